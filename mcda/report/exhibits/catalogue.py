"""The catalogue as a table: one row per measure, ranked ones first, then what stands outside the competition."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from mcda.funding.records import MeasureMoney
from mcda.locale import label, text
from mcda.report.exhibits.levels import level_text
from mcda.report.exhibits.programmes import programme_text
from mcda.result import Gated, Ranked, Result
from mcda.study.model import Measure, Record, Study, Verdict

Standing = Literal["ranked", "mandatory", "excluded"]


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One measure. `verdict` is its best over all candidate programmes; amounts in EUR, None where no
    cost was stated. `programme` names those that bring a grant (`programme_text`).

    `standing_reason` says why a measure is outside the competition; it then has neither rank nor group.
    """

    id: str
    title: str
    theme: str
    theme_label: str
    category: str
    category_label: str
    municipalities: tuple[str, ...]
    rank: int | None
    rank_group: int | None
    verdict: Verdict
    programme: str
    life_cycle: Decimal | None
    own_contribution: Decimal | None
    standing: Standing
    standing_reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader wants to see; an empty field lets everything through."""

    search: str = ""
    themes: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()


def catalogue_rows(result: Result, language: str) -> tuple[CatalogueRow, ...]:
    """All measures of the study: by rank, then mandatory tasks, then excluded ones with their reason."""
    outside = sorted(gates_by_measure(result).items(), key=lambda item: not item[1][0].mandatory)
    return (
        *(_row(result, line.measure, line, (), language) for line in result.ranking),
        *(_row(result, measure, None, gates, language) for measure, gates in outside),
    )


def gates_by_measure(result: Result) -> Mapping[str, tuple[Gated, ...]]:
    """Every reason why a measure stands outside the competition, the mandatory task first."""
    found: dict[str, tuple[Gated, ...]] = {}
    for gate in sorted(result.gated, key=lambda g: not g.mandatory):
        found[gate.measure] = (*found.get(gate.measure, ()), gate)
    return found


def matching(rows: Iterable[CatalogueRow], choice: Choice) -> tuple[CatalogueRow, ...]:
    """The rows that meet every filter; every word of the search must occur somewhere in the measure."""
    words = choice.search.casefold().split()
    return tuple(
        row
        for row in rows
        if all(word in row.words for word in words)
        and _allows(choice.themes, (row.theme,))
        and _allows(choice.categories, (row.category,))
        and _allows(choice.verdicts, (row.verdict,))
        and _allows(choice.municipalities, row.municipalities)
    )


def in_language(record: Record, field: str, language: str) -> Any:
    """What the study says in a field, from its English twin where that is asked for and filled."""
    return (getattr(record, f"{field}_en") if language == "en" else None) or getattr(record, field)


def title_of(measure: Measure, language: str) -> str:
    """The measure's title in the reader's language, in the study's own where there is no translation."""
    return (measure.title_en if language == "en" else "") or measure.title


def title_line(measure: Measure, language: str) -> str:
    """The title on one line, whatever breaks it holds."""
    return " ".join(title_of(measure, language).split())


def description_of(measure: Measure, language: str) -> str:
    """The measure's description in the reader's language, in the study's own where there is none."""
    return (measure.description_en if language == "en" else "") or measure.description


def theme_label(study: Study, theme: str, language: str) -> str:
    """The theme's name; an id without a row in the table of themes is its own name."""
    for row in study.themes:
        if row.id == theme:
            return (row.label_en if language == "en" else "") or row.label_de
    return theme


def best_verdict(money: MeasureMoney) -> Verdict:
    """Whether some candidate programme is open to the measure: yes before to be checked before no."""
    found = {assessment.verdict for assessment in money.assessments if assessment.candidate}
    if "yes" in found:
        return "yes"
    return "check" if "check" in found else "no"


def gate_reason(study: Study, gates: Iterable[Gated], language: str) -> str:
    """Why a measure stands outside the competition, one sentence per reason."""
    return " ".join(_gate_sentence(study, gate, language) for gate in gates)


def criterion_label(study: Study, criterion: str, language: str) -> str:
    """The criterion's name in the reader's language."""
    row = study.criterion_by_id[criterion]
    return (row.label_en if language == "en" else "") or row.label_de


def _gate_sentence(study: Study, gate: Gated, language: str) -> str:
    if gate.code != "minimum_level":
        return text(f"gate.{gate.code}", language, **_named(gate, language))
    criterion = study.criterion_by_id[str(gate.params["criterion"])]
    value, limit = (level_text(criterion, float(gate.params[key]), language) for key in ("value", "minimum"))
    key = "gate.minimum_level" if criterion.sense == "max" else "gate.maximum_level"
    name = criterion_label(study, criterion.id, language)
    return text(key, language, criterion=name, value=value, minimum=limit)


def _named(gate: Gated, language: str) -> dict[str, str | float]:
    """A gate's facts in the reader's words."""
    facts = dict(gate.params)
    return facts | ({"status": label("export.status", str(facts["status"]), language)} if "status" in facts else {})


def _allows(wanted: Collection[str], present: Iterable[str]) -> bool:
    return not wanted or any(item in wanted for item in present)


def _row(result: Result, measure_id: str, line: Ranked | None, gates: tuple[Gated, ...], language: str) -> CatalogueRow:
    study, measure, money = result.study, result.study.measure_by_id[measure_id], result.money[measure_id]
    return CatalogueRow(
        id=measure.id,
        title=title_of(measure, language),
        theme=measure.theme,
        theme_label=theme_label(study, measure.theme, language),
        category=measure.category,
        category_label=label("category", measure.category, language),
        municipalities=measure.municipalities,
        rank=line.rank if line else None,
        rank_group=line.rank_group if line else None,
        verdict=best_verdict(money),
        programme=programme_text(money, study, language),
        life_cycle=money.life_cycle_gross if money.cost_known else None,
        own_contribution=money.own_contribution if money.cost_known else None,
        standing="ranked" if not gates else "mandatory" if gates[0].mandatory else "excluded",
        standing_reason=gate_reason(study, gates, language),
        words=_words(study, measure),
    )


def _words(study: Study, measure: Measure) -> str:
    names = [study.municipality_by_id[m].name for m in measure.municipalities if m in study.municipality_by_id]
    titles = (measure.title, measure.title_en, measure.description, measure.description_en)
    parts = (*titles, measure.lead, measure.lead_en)
    lists = (*measure.partners, *measure.partners_en, *measure.funding_candidates, *names)
    return " ".join((measure.id, *parts, *lists)).casefold()
