"""Which programme the money comes from: the sure one with its amount, and the further possible one with the most.

`programme_text(money, study, language)` is the one wording for all faces: board, list, fact sheet, files.
"""

from mcda.funding.records import Assessment, MeasureMoney
from mcda.locale import formats, text
from mcda.study.model import Study


def programme_text(money: MeasureMoney, study: Study, language: str) -> str:
    """The sure programme with its amount, then the one that may bring more, with the highest amount.

    'FÖRLA: 12.000 €; zu prüfen: BAYERN DIGITAL bis 30.000 €'. A programme whose amount is open but whose verdict is
    yes is named once, with both ends. Empty when no programme brings a grant.
    """
    sure, possible = money.sure, money.possible
    low, high = (formats.money(amount, language, cents=False) for amount in (money.grant_low, money.grant_high))
    if sure and possible and sure.programme == possible.programme:
        return text("programme.between", language, programme=_name(sure, study, language), low=low, high=high)
    parts = []
    if sure:
        parts.append(text("programme.sure", language, programme=_name(sure, study, language), amount=low))
    if possible:
        key = "programme.check" if possible.verdict == "check" else "programme.open"
        parts.append(text(key, language, programme=_name(possible, study, language), amount=high))
    return "; ".join(parts)


def point_text(study: Study, language: str) -> str:
    """Which amount between the sure and the highest grant is counted while something is to be checked."""
    point = study.study.interval_point
    key = {0.0: "sure", 0.5: "middle", 1.0: "highest"}.get(point, "between")
    return text(f"programme.point_{key}", language, percent=formats.percent(point, language))


def programme_name(study: Study, programme: str, language: str) -> str:
    """The programme's name in the reader's language."""
    row = study.programme_by_id[programme]
    return (row.name_en if language == "en" else "") or row.name


def _name(found: Assessment, study: Study, language: str) -> str:
    return programme_name(study, found.programme, language)
