"""A fact sheet as named fields in finished words: what the page arranges, and what a planner's own template may use."""

from collections.abc import Mapping
from dataclasses import dataclass

from mcda.locale import label, text
from mcda.locale.formats import number
from mcda.report.exhibits.catalogue import description_of, in_language, theme_label, title_of
from mcda.report.exhibits.decided_order import decisions_of
from mcda.report.exhibits.fact_sheet import Fact, FactSheet, fact_sheet
from mcda.report.exhibits.funding_sheet import FundingSheet, funding_sheet
from mcda.report.exhibits.label_list import LabelLine
from mcda.report.exhibits.measure_texts import measure_texts
from mcda.report.exhibits.programmes import programme_text
from mcda.result import Result
from mcda.study.model import Measure, Study
from mcda.workshop.room import Room

ABOUT = (
    *("situation", "goal", "description", "target_group", "milestones", "indicator"),
    *("lead", "municipalities", "partners", "timing", "staff", "depends_on", "excludes"),
    *("synergies", "risks", "legal_basis", "status", "application_state", "editor", "remark", "source"),
)
"""What a sheet tells of the measure itself, in reading order; what is empty is left out."""


@dataclass(frozen=True, slots=True)
class SheetFields:
    """One measure's sheet. `words` holds every single field by name, empty where there is nothing to say; the lists
    hold a row per criterion, member, programme, open point and deadline."""

    measure: str
    words: Mapping[str, str]
    sheet: FactSheet
    funding: FundingSheet


def sheet_fields(
    result: Result, measure: str, language: str, sure: LabelLine | None = None, room: Room | None = None
) -> SheetFields:
    """All fields of one measure. `sure`: how sure its place is. Unknown ids raise KeyError."""
    sheet = fact_sheet(result, measure, language)
    funding = funding_sheet(result, measure, language, sheet.programmes)
    return SheetFields(
        measure=measure,
        words={
            **_measure_words(result.study, sheet.measure, language),
            **_place_words(result, sheet, sure, room, language),
            **_money_words(result, sheet, language),
        },
        sheet=sheet,
        funding=funding,
    )


def about(fields: SheetFields, language: str) -> tuple[Fact, ...]:
    """What is known of the measure itself, filled lines only."""
    return tuple(
        Fact(text(f"sheet.field.{name}", language), fields.words[name]) for name in ABOUT if fields.words.get(name)
    )


def field_names(language: str) -> Mapping[str, str]:
    """Every single field a template may name, with what it holds."""
    return {name: text(f"sheet.field.{name}", language) for name in NAMES}


def _measure_words(study: Study, measure: Measure, language: str) -> dict[str, str]:
    known = study.municipality_by_id
    others = {other: f"{other} {title_of(study.measure_by_id[other], language)}" for other in study.measure_by_id}
    return measure_texts(measure, language) | {
        "id": measure.id,
        "title": title_of(measure, language),
        "theme": theme_label(study, measure.theme, language),
        "category": label("category", measure.category, language),
        "description": description_of(measure, language),
        "lead": in_language(measure, "lead", language),
        "municipalities": ", ".join(known[m].name if m in known else m for m in measure.municipalities),
        "partners": ", ".join(in_language(measure, "partners", language)),
        "timing": _timing(measure, language),
        "staff": _staff(measure, language),
        "depends_on": ", ".join(others.get(name, name) for name in measure.depends_on),
        "excludes": ", ".join(others.get(name, name) for name in measure.excludes),
        "source": in_language(measure, "source_kind", language) or measure.source,
    }


def _timing(measure: Measure, language: str) -> str:
    said = [label("export.horizon", measure.time_horizon, language)] if measure.time_horizon else []
    if measure.start_year is not None:
        said.append(text("sheet.start", language, year=str(measure.start_year)))
    if measure.duration_months:
        said.append(text("sheet.duration", language, count=measure.duration_months))
    return ", ".join(said)


def _staff(measure: Measure, language: str) -> str:
    if measure.staff_fte is None:
        return ""
    return text("sheet.fte", language, count=number(measure.staff_fte, language))


def _place_words(
    result: Result, sheet: FactSheet, sure: LabelLine | None, room: Room | None, language: str
) -> dict[str, str]:
    line = next((one for one in result.ranking if one.measure == sheet.measure.id), None)
    position, made = sheet.position, decisions_of(result, room).get(sheet.measure.id)
    return {
        "rank": "" if line is None else str(line.rank),
        "rank_of": "" if line is None else str(len(result.ranking)),
        "rank_group": "" if line is None else str(line.rank_group),
        "tier": "" if line is None else label("ui.tier", str(line.tier), language),
        "score": next((f.value for f in position[3:4]), "") if line is not None else "",
        "standing": position[0].value if line is None else "",
        "robustness": "" if sure is None else f"{sure.sign} {sure.word}",
        "robustness_reason": "" if sure is None else sure.why or sure.share,
        "decided_rank": "" if made is None or made.rank is None else str(made.rank),
        "decided_reason": "" if made is None else made.reason,
    }


def _money_words(result: Result, sheet: FactSheet, language: str) -> dict[str, str]:
    purse = result.money[sheet.measure.id]
    by_label = {fact.label: fact.value for fact in sheet.money}
    names = ("investment_net", "vat", "investment_gross", "running", "life_cycle", "recoverable_vat", "grant")
    found = {name: by_label.get(text(f"ui.sheet.{name}", language), "") for name in (*names, "own_contribution")}
    found["grant"] = found["grant"].removeprefix("− ")
    found["programme"] = programme_text(purse, result.study, language)
    found["verdict"] = text(f"board.verdict.{sheet.verdict}", language) if purse.assessments else ""
    found["split"] = sheet.share_note if sheet.shares else ""
    found["own_shares"] = "; ".join(f"{fact.label} {fact.value}" for fact in sheet.shares)
    return found


NAMES = (
    *("id", "title", "theme", "category", *ABOUT),
    *("rank", "rank_of", "rank_group", "tier", "score", "standing"),
    *("robustness", "robustness_reason", "decided_rank", "decided_reason"),
    *("investment_net", "vat", "investment_gross", "running", "life_cycle", "recoverable_vat"),
    *("grant", "own_contribution", "programme", "verdict", "split", "own_shares"),
)
"""The single fields of a sheet, by the names a template uses."""
