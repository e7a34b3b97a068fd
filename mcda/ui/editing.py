"""What the page Bearbeiten shows as texts, and what was typed into it as one edit of one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mcda.errors import Issue
from mcda.locale import text
from mcda.locale.formats import plain
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.changes import cell_shown
from mcda.study.cells import BLANKS
from mcda.study.columns import header, table_title
from mcda.study.edit import Edit
from mcda.study.model import TABLES, Rating, Study

GRID = "ratings"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "measures": (
        *("id", "title", "capex_eur", "opex_eur_per_year", "price_basis", "vat_rate_pct", "vat_deductible"),
        *("municipalities", "status", "start_year", "duration_months", "lifetime_years", "theme", "category"),
        *("lead", "staff_fte", "cost_quality", "cost_key", "depends_on", "excludes", "funding_candidates"),
        *("fulfilled", "running_cost_key", "fixed_shares_pct", "key_mix_pct", "share_caps_eur", "opt_outs"),
        *("co_payer", "co_payer_pct", "mandatory", "knock_out", "decided_rank", "decided_reason"),
        *("description", "situation", "goal", "target_group", "milestones", "indicator", "synergies", "risks"),
        *("legal_basis", "application_state", "status_date", "editor", "remark"),
    ),
    GRID: (),
    "criteria": ("id", "label_de", "weight", "best", "worst", "step", "minimum"),
    "programmes": (
        *("id", "name", "valid_from", "valid_to", "latest_project_end", "rate_pct", "rate_raised_pct"),
        *("max_grant_eur", "max_eligible_cost_eur", "min_eligible_cost_eur", "min_grant_eur", "min_own_share_pct"),
        *("stacking", "stacking_cap_pct", "combined_rate_pct", "requires", "pot_eur", "status"),
    ),
    "programme_rates": ("programme", "rate_kind", "year", "above_eur", "rate_pct", "condition", "note"),
    "programme_caps": ("programme", "max_grant_eur", "basis", "condition", "note"),
    "programme_calls": ("programme", "first_day", "last_day", "yearly", "note"),
    "eligibility": ("measure", "programme", "verdict", "reason", "by", "date", "awarded_eur"),
    "municipalities": ("id", "name", "population", "population_date", "voting_weight"),
}
"""What can be edited, in the order of the choice: the everyday columns; the others keep what they hold."""

SETTLED: Mapping[str, frozenset[str]] = {
    "criteria": frozenset({"id", "label_de"}),
    "municipalities": frozenset({"id"}),
    GRID: frozenset({"measure", "title"}),
}
"""Columns that are shown only."""

GROWING = frozenset({"measures", "programmes", "programme_rates", "programme_caps", "programme_calls", "eligibility"})
"""Tables that may get and lose rows here."""

REFERRED_BY: Mapping[str, str] = {"measures": "measure", "programmes": "programme"}
"""How other tables name the rows of a table; they follow a new id and go with a deleted row."""

FOLLOWERS = ("ratings", "eligibility", "programme_rates", "programme_caps", "programme_calls")
"""The tables whose rows do so."""

FIRST_ROW = 2
"""Rows count as in the workbook, whose header is row 1."""

LEAF = "criterion:"


@dataclass(frozen=True, slots=True)
class View:
    """A table as texts to edit. `columns` gives each column's heading; in the grid of ratings a column is a criterion
    and a row a measure, `rater` the one whose ratings these are."""

    table: str
    columns: Mapping[str, str]
    rows: tuple[Mapping[str, str], ...]
    rater: str = ""

    @property
    def grows(self) -> bool:
        """Whether rows may be added and deleted."""
        return self.table in GROWING

    @property
    def settled(self) -> frozenset[str]:
        """The columns that cannot be typed into."""
        return SETTLED.get(self.table, frozenset())


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed: cells by (row of the view, column), new rows, deleted rows. '' empties a cell."""

    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)
    added: tuple[Mapping[str, str], ...] = ()
    deleted: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many cells and rows."""
        return len(self.cells) + len(self.added) + len(self.deleted)


@dataclass(frozen=True, slots=True)
class Plan:
    """An edit ready for the rules: of which study, and where each row of the changed table stands on the page."""

    study: Study
    edit: Edit
    places: tuple[tuple[str, str], ...]


def view_of(study: Study, table: str, language: str, rater: str = "") -> View:
    """A table of the study as texts, in the reader's language."""
    if table == GRID:
        return _grid(study, rater, language)
    columns = {name: header(table, name, language) for name in COLUMNS[table]}
    rows = tuple({name: cell_shown(r, name, language) for name in columns} for r in getattr(study, table))
    return View(table, columns, rows)


def raters(study: Study) -> tuple[str, ...]:
    """Whose ratings can be edited: the agreed ones (''), the municipalities', then everybody else who rated."""
    return tuple(dict.fromkeys(["", *study.municipality_by_id, *(r.rater for r in study.ratings)]))


def typed_into(view: View, changes: Any) -> Typed:
    """What the editor reports (edited_rows, added_rows, deleted_rows); cells typed back to what they were are none."""
    if not changes:
        return Typed()
    cells = {
        (int(row), column): _written(value)
        for row, edited in changes.get("edited_rows", {}).items()
        for column, value in edited.items()
        if column in view.columns and column not in view.settled and int(row) < len(view.rows)
    }
    new = {place: value for place, value in cells.items() if value != view.rows[place[0]][place[1]]}
    added = [{c: _written(row.get(c)) for c in view.columns} for row in changes.get("added_rows", [])]
    deleted = tuple(sorted(int(row) for row in changes.get("deleted_rows", []) if int(row) < len(view.rows)))
    kept = {place: value for place, value in new.items() if place[0] not in deleted}
    return Typed(kept, tuple(row for row in added if any(row.values())), deleted)


def plan(study: Study, view: View, typed: Typed) -> Plan:
    """The edit a person typed, with what follows from it elsewhere."""
    if view.table == GRID:
        return _plan_grid(study, view, typed)
    edit = Edit(view.table, typed.cells, typed.added, typed.deleted)
    kept = [n for n in range(len(view.rows)) if n not in typed.deleted]
    names = [(str(n + FIRST_ROW), "") for n in kept]
    names += [(str(len(view.rows) + n + FIRST_ROW), "") for n in range(len(typed.added))]
    return Plan(_followed(study, view, typed), edit, tuple(names))


def issue_rows(plan: Plan, view: View, issues: Sequence[Issue], language: str) -> list[tuple[str, str, str, str]]:
    """Each issue as row, column, what stands there and what to do; the row is the one on the page."""
    return [_issue_row(plan, view, issue, language) for issue in issues]


def _issue_row(plan: Plan, view: View, issue: Issue, language: str) -> tuple[str, str, str, str]:
    where, value = issue.where, plain(issue.params.get("value", ""), language)
    said = type(issue)(issue.code, issue.level, params=issue.params).sentence(language)
    row = "" if where.row is None else str(where.row)
    column = where.column
    if where.table == view.table and where.row is not None and 0 <= where.row - FIRST_ROW < len(plan.places):
        row, leaf = plan.places[where.row - FIRST_ROW]
        column = view.columns.get(leaf, "") or view.columns.get(column) or _header(where.table, column, language)
    elif where.table in TABLES:
        column = _header(where.table, column, language)
        if where.table != view.table:
            row = f"{table_title(where.table, language)}: {row}".rstrip(": ")
    return row or "–", column or "–", value or "–", said


def _header(table: str, column: str, language: str) -> str:
    return header(table, column, language) if column in TABLES[table].model_fields else column


def _written(value: object) -> str:
    return "" if value is None else str(value).strip(BLANKS)


def _followed(study: Study, view: View, typed: Typed) -> Study:
    """The study with the rows that follow: a new id is theirs too, a deleted row takes them along."""
    column = REFERRED_BY.get(view.table)
    if column is None:
        return study
    ids = [row.id for row in getattr(study, view.table)]
    named = {ids[row]: new for (row, name), new in typed.cells.items() if name == "id" and new}
    gone = {ids[row] for row in typed.deleted}
    if not named and not gone:
        return study
    found: dict[str, Any] = {}
    for table in FOLLOWERS:
        rows = [r for r in getattr(study, table) if getattr(r, column, None) not in gone]
        found[table] = tuple(
            r.model_copy(update={column: named[old]}) if (old := getattr(r, column, None)) in named else r for r in rows
        )
    return study.model_copy(update=found)


def _grid(study: Study, rater: str, language: str) -> View:
    leaves = [leaf for leaf in study.leaves if study.criterion_by_id[leaf].kind == "given"]
    columns = {"measure": header("measures", "id", language), "title": header("measures", "title", language)}
    columns |= {LEAF + leaf: criterion_label(study, leaf, language) for leaf in leaves}
    given = {(r.measure, r.criterion): r for r in study.ratings if r.rater == rater}
    rows = tuple(
        {"measure": m.id, "title": title_of(m, language)}
        | {LEAF + leaf: _rating(given.get((m.id, leaf)), language) for leaf in leaves}
        for m in study.measures
    )
    return View(GRID, columns, rows, rater)


def _rating(rating: Rating | None, language: str) -> str:
    """What a person sees in the grid: the level, the word for abstaining, or the two ends of an unsure rating."""
    if rating is None:
        return ""
    if rating.abstain:
        return text("edit.abstains", language)
    if rating.value is None and rating.low is not None and rating.high is not None:
        return f"{cell_shown(rating, 'low', language)}–{cell_shown(rating, 'high', language)}"
    return cell_shown(rating, "value", language)


def _plan_grid(study: Study, view: View, typed: Typed) -> Plan:
    at = {(r.measure, r.criterion): n for n, r in enumerate(study.ratings) if r.rater == view.rater}
    cells: dict[tuple[int, str], str] = {}
    added: list[Mapping[str, str]] = []
    deleted: list[int] = []
    for (row, column), written in typed.cells.items():
        cell = (view.rows[row]["measure"], column.removeprefix(LEAF))
        content = _content(written)
        if cell not in at:
            added += [{"measure": cell[0], "criterion": cell[1], "rater": view.rater} | content] if written else []
        elif not written:
            deleted.append(at[cell])
        else:
            cells |= {(at[cell], name): value for name, value in content.items()}
    keys = [(r.measure, r.criterion) for n, r in enumerate(study.ratings) if n not in deleted]
    keys += [(new["measure"], new["criterion"]) for new in added]
    places = tuple((measure, LEAF + leaf) for measure, leaf in keys)
    return Plan(study, Edit(GRID, cells, tuple(added), tuple(deleted)), places)


def _content(written: str) -> dict[str, str]:
    abstains = {text("edit.abstains", language).casefold() for language in ("de", "en")}
    if written.casefold() in abstains:
        return {"value": "", "low": "", "high": "", "abstain": "yes"}
    return {"value": written, "low": "", "high": "", "abstain": "no"}
