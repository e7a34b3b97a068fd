"""Which columns each sheet of the template shows, what their cells look like and which words they offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mcda.locale import text
from mcda.locale.formats import plain
from mcda.study.cells import kind_of
from mcda.study.columns import column_name, header
from mcda.study.measure import SHEET_FIELDS
from mcda.study.model import TABLES, Criterion, ScaleLevel, Study
from mcda.study.words import GROUPS, known_ids, shown
from mcda.study.write import cell_text, tables_of

Look = Literal["text", "money", "day", "number", "whole", "degree"]
Strict = Literal["stop", "warning", "free"]

SHOWN: Mapping[str, tuple[str, ...]] = {
    "study": (
        *("title", "title_en", "region", "as_of", "horizon_years", "discount_rate_pct", "currency", "cost_key"),
        *("method", "language", "notice", "contact"),
    ),
    "municipalities": (
        *("id", "name", "kind", "district", "ags", "population", "population_date", "voting_weight", "areas"),
        *("latitude", "longitude", "source"),
    ),
    "themes": ("id", "label_de", "label_en", "funding_themes"),
    "criteria": (
        *("id", "parent", "label_de", "label_en", "sense", "unit", "kind", "quantity", "best", "worst", "step"),
        *("value_function", "weight", "minimum"),
    ),
    "levels": ("criterion", "value", "label_de", "label_en"),
    "measures": (
        *("id", "title", "title_en", "theme", "category", "description", "lead", "lead_form", "municipalities"),
        *("partners", "time_horizon", "start_year", "duration_months", "capex_eur", "price_basis", "vat_rate_pct"),
        *("vat_deductible", "opex_eur_per_year", "lifetime_years", "staff_fte", "cost_quality", "cost_categories"),
        *("cost_key", "units", "funding_themes", "funding_candidates", "fulfilled", "depends_on", "excludes"),
        *("mandatory", "knock_out", "status", "decided_rank", "decided_reason", "location", "source"),
        *("situation", "goal", "target_group", "milestones", "indicator", "synergies", "risks", "legal_basis"),
        *("application_state", "status_date", "editor", "remark"),
    ),
    "ratings": ("measure", "criterion", "rater", "value", "low", "high", "abstain", "reason"),
    "programmes": (
        *("id", "name", "funder", "level", "themes", "instrument", "rate_pct", "rate_raised_pct"),
        *("rate_raised_condition", "max_grant_eur", "max_grant_basis", "max_eligible_cost_eur"),
        *("min_eligible_cost_eur", "min_grant_eur", "min_own_share_pct", "vat_rule", "applicant_types"),
        *("intermunicipal", "area", "population_min", "population_max", "eligible_costs", "excluded_costs"),
        *("running_cost_years", "max_duration_months", "stacking", "requires", "prerequisites", "valid_from"),
        *("valid_to", "latest_project_end", "source", "as_of", "note"),
    ),
    "programme_rates": ("programme", "rate_kind", "rate_pct", "year", "above_eur", "condition", "note"),
    "programme_caps": ("programme", "max_grant_eur", "basis", "condition", "note"),
    "programme_calls": ("programme", "first_day", "last_day", "yearly", "note"),
    "eligibility": ("measure", "programme", "verdict", "reason", "by", "date", "awarded_eur"),
    "stakeholders": ("id", "label_de", "label_en", "role", "municipality", "voting_weight"),
    "judgements": ("stakeholder", "parent", "a", "b", "value"),
    "weights": ("stakeholder", "criterion", "points", "rank", "elicitation"),
}
"""The sheets in the order of the workbook. Rarer columns are added where a study fills them."""

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "criteria": {"parent": "criteria"},
    "levels": {"criterion": "criteria"},
    "measures": {"theme": "themes", "municipalities": "municipalities", "payer": "municipalities"}
    | {"running_payer": "municipalities", "opt_outs": "municipalities"}
    | {"depends_on": "measures", "excludes": "measures", "funding_candidates": "programmes"},
    "ratings": {"measure": "measures", "criterion": "criteria", "rater": "municipalities"},
    "programme_rates": {"programme": "programmes"},
    "programme_caps": {"programme": "programmes"},
    "programme_calls": {"programme": "programmes"},
    "eligibility": {"measure": "measures", "programme": "programmes"},
    "stakeholders": {"municipality": "municipalities"},
    "judgements": {"stakeholder": "stakeholders", "parent": "criteria", "a": "criteria", "b": "criteria"},
    "weights": {"stakeholder": "stakeholders", "criterion": "criteria"},
}
"""Columns whose cells name an id of another sheet (or of their own)."""

OWN_METHODS = ("topsis", "weighted_sum", "weighted_product")
"""The ways to rank a beginner is offered."""

RATINGS_AFTER = "duration_months"
"""The column of the sheet of measures that the rating columns follow."""

MOST_LEVELS = 21
"""A scale of more levels gets bounds instead of a drop-down list."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its field ('' if it has none), or the criterion it rates, or an unknown column's name.

    `offer` names the drop-down list: a table whose ids are offered (`ids_TABLE`) or words (`words_...`).
    """

    header: str
    field: str = ""
    criterion: str = ""
    help: str = ""
    note: str = ""
    look: Look = "text"
    required: bool = False
    offer: str = ""
    strict: Strict = "free"


def columns_of(study: Study, language: str) -> dict[str, tuple[Column, ...]]:
    """The columns of every sheet: those for beginners, those this study fills, one per rated criterion."""
    used = {table: names for table, (names, _) in tables_of(study).items() if table != "study"}
    used["study"] = [name for name in TABLES["study"].model_fields if _filled_in(study, name)]
    used["study"] += [name for name, _ in study.study.extra_columns]
    found = {table: _columns(table, used.get(table, []), language) for table in SHOWN}
    rated = rating_columns(study, [c.header for c in found["measures"]], language)
    at = [c.field for c in found["measures"]].index(RATINGS_AFTER) + 1
    return found | {"measures": found["measures"][:at] + rated + found["measures"][at:]}


def _filled_in(study: Study, name: str) -> bool:
    field = type(study.study).model_fields[name]
    return name != "extra_columns" and getattr(study.study, name) != field.default


def _columns(table: str, used: Sequence[str], language: str) -> tuple[Column, ...]:
    fields = [*SHOWN[table], *(name for name in used if name not in SHOWN[table])]
    known = TABLES[table].model_fields
    return tuple(_column(table, f, language) if f in known else Column(header=f) for f in fields)


def _column(table: str, field: str, language: str) -> Column:
    offer, strict = _offer(table, field)
    return Column(
        header=header(table, field, language),
        field=field,
        help=text(f"column.{table}.{field}", language),
        look=_look(table, field),
        required=TABLES[table].model_fields[field].is_required(),
        offer=offer,
        strict=strict,
    )


def _look(table: str, field: str) -> Look:
    kind, _ = kind_of(TABLES[table], field)
    if field in {"latitude", "longitude"}:
        return "degree"
    if kind == "decimal":
        return "money" if "_eur" in field else "number"
    looks: Mapping[str, Look] = {"number": "number", "integer": "whole", "date": "day"}
    return looks.get(kind, "text")


def _offer(table: str, field: str) -> tuple[str, Strict]:
    kind, choices = kind_of(TABLES[table], field)
    if kind == "bool":
        return "words_yes_no", "stop"
    if field in REFERENCES.get(table, {}):
        target = REFERENCES[table][field]
        return f"ids_{target}", "warning" if kind == "text" and field != "rater" else "free"
    if choices or (field in GROUPS and kind in {"text", "texts"} and (table, field) != ("municipalities", "kind")):
        return f"words_{field}", "stop" if choices else "free"
    return "", "free"


def words_of(field: str, choices: Sequence[str], language: str) -> tuple[str, ...]:
    """The words a drop-down list offers: those of the choices, else of every id known for the column."""
    if field == "yes_no":
        return yes_no(True, language), yes_no(False, language)
    ids = OWN_METHODS if field == "method" else choices or known_ids(field)
    return tuple(shown(field, name, language) for name in ids)


def yes_no(value: bool, language: str) -> str:
    """Yes or no as a cell's word."""
    return text(f"choice.yes_no.{'yes' if value else 'no'}", language)


def rating_columns(study: Study, taken: Sequence[str], language: str) -> tuple[Column, ...]:
    """A column of the sheet of measures for every criterion people rate, where its name can be told apart."""
    words = {
        w.casefold(): c.id for c in study.criteria if c.kind == "given" for w in (c.label_en, c.label_de, c.id) if w
    }
    used = {name.casefold() for name in taken}
    found: list[Column] = []
    for leaf in (study.criterion_by_id[i] for i in study.leaves):
        names = (leaf.label_en, leaf.label_de, leaf.id) if language == "en" else (leaf.label_de, leaf.label_en, leaf.id)
        free = [n for n in names if words.get(n.casefold()) == leaf.id and _free_header(n) and n.casefold() not in used]
        if leaf.kind == "given" and free:
            used.add(free[0].casefold())
            found.append(_rating_column(study, leaf, free[0], language))
    return tuple(found)


def _free_header(name: str) -> bool:
    """Whether a column of points can bear this name: one that means a text of the fact sheet still reads as points."""
    return name == " ".join(name.split()) and column_name("measures", name) in {None, *SHEET_FIELDS}


def _rating_column(study: Study, leaf: Criterion, name: str, language: str) -> Column:
    english = language == "en"
    about = (leaf.description_en if english else "") or leaf.description_de
    worded = [_worded(level, language) for level in study.levels if level.criterion == leaf.id]
    bounds = {"best": plain(leaf.best, language), "worst": plain(leaf.worst, language)}
    scale = "\n".join(worded) or text("template.scale", language, **bounds)
    note = "\n".join(line for line in (about, scale, text("template.blank_rating", language)) if line)
    offer = f"level_{leaf.id}"
    return Column(name, criterion=leaf.id, help=scale, note=note, look="number", offer=offer, strict="warning")


def _worded(level: ScaleLevel, language: str) -> str:
    wording = (level.label_en if language == "en" else "") or level.label_de
    return text("template.level", language, value=level.value, wording=wording)


def scale_levels(leaf: Criterion) -> tuple[float, ...]:
    """The levels of a criterion's scale from low to high; none if it has no steps or too many."""
    if not leaf.step or leaf.best is None or leaf.worst is None:
        return ()
    low, high = sorted((leaf.best, leaf.worst))
    steps = (high - low) / leaf.step
    return tuple(round(low + i * leaf.step, 9) for i in range(int(steps + 1e-6) + 1)) if steps < MOST_LEVELS else ()


def cell_value(column: Column, value: Any, language: str) -> Any:
    """A record's value as its cell shows it: dates and numbers as they are, choices and lists as words."""
    if isinstance(value, bool):
        return yes_no(value, language)
    if isinstance(value, tuple):
        texts = all(isinstance(part, str) for part in value)
        return "; ".join(shown(column.field, p, language) for p in value) if texts else cell_text(value)
    return shown(column.field, value, language) if isinstance(value, str) else value
