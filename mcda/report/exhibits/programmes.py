"""Which programme the money comes from: the sure one with its amount, and the further possible one with the most.

`programme_text(money, study, language)` is the one wording for all faces: board, list, fact sheet, files.
"""

from mcda.funding.records import Bundle, MeasureMoney
from mcda.locale import formats, text
from mcda.study.model import Study


def programme_text(money: MeasureMoney, study: Study, language: str) -> str:
    """The sure programme with its amount, then the one that may bring more, with the highest amount.

    'FÖRLA: 12.000 €; zu prüfen: BAYERN DIGITAL bis 30.000 €'. A programme whose amount is open but whose verdict is
    yes is named once, with both ends. Empty when no programme brings a grant.
    """
    sure, possible = money.sure, money.possible
    low, high = (formats.money(amount, language, cents=False) for amount in (money.grant_low, money.grant_high))
    if sure and possible and set(sure.programmes) == set(possible.programmes):
        return text("programme.between", language, programme=bundle_name(sure, study, language), low=low, high=high)
    parts = []
    if sure:
        parts.append(text("programme.sure", language, programme=bundle_name(sure, study, language), amount=low))
    if possible:
        key = "programme.check" if any(part.verdict == "check" for part in possible.parts) else "programme.open"
        parts.append(text(key, language, programme=bundle_name(possible, study, language), amount=high))
    return "; ".join(parts)


def bundle_name(bundle: Bundle, study: Study, language: str) -> str:
    """The programmes of a bundle by name, the largest grant first, joined by a plus sign."""
    return " + ".join(programme_name(study, programme, language) for programme in bundle.programmes)


def point_text(study: Study, language: str) -> str:
    """Which amount between the sure and the highest grant is counted while something is to be checked."""
    point = study.study.interval_point
    key = {0.0: "sure", 0.5: "middle", 1.0: "highest"}.get(point, "between")
    return text(f"programme.point_{key}", language, percent=formats.percent(point, language))


def programme_name(study: Study, programme: str, language: str) -> str:
    """The programme's name in the reader's language."""
    row = study.programme_by_id[programme]
    return (row.name_en if language == "en" else "") or row.name
