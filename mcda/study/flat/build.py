"""A flat list with its meanings to a whole study; all issues at once, nothing half-built."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Literal

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.study.flat.drafts import Draft, read_drafts
from mcda.study.flat.grants import Funding, gross_of, listed_funding
from mcda.study.flat.layout import Layout, headerless, layout_with
from mcda.study.flat.mapping import FIELDS, MANY, Assigned, FlatMapping, remembered
from mcda.study.flat.rows import ReadRows, read_rows
from mcda.study.flat.spelling import fold, slug
from mcda.study.flat.tree import GROUPS, Leaf, Tree, build_tree, cost_leaf, levels_of, rating_leaves, weights_of
from mcda.study.model import Eligibility, Measure, Municipality, Rating, Study, StudyInfo, Theme
from mcda.study.rules import check_study
from mcda.study.sheets import Sheet

ALIKE = 0.9
"""How alike two names of municipalities are (difflib ratio) to be taken for one misspelt."""


def flat_study(
    sheet: Sheet, mapping: FlatMapping, *, title: str, as_of: date, language: Literal["de", "en"] = "de"
) -> tuple[Study, tuple[Issue, ...]]:
    """The study a flat list makes, and notes on what was assumed, skipped or switched off.

    Rows are counted as on the sheet, columns called by the planner's own headers. Ratings become given criteria,
    costs and grants computed ones; what the list lacks is switched off with a note.
    Raises InputError with every issue: unanswered questions of the mapping first, then all cells at once.
    """
    layout, mapping = _located(sheet, mapping)
    _stop([*_mapping_faults(sheet.name, mapping)])
    rows = read_rows(sheet, layout, mapping)
    drafts = read_drafts(sheet.name, rows.measures, mapping)
    issues = [*rows.issues, *_ids_given(sheet.name, drafts, mapping)]
    issues += [issue for draft in drafts for issue in draft.issues]
    info = StudyInfo(title=title, as_of=as_of, language=language)
    parts = _parts(sheet.name, mapping, rows, [draft for draft in drafts if not draft.issues], info)
    issues += parts.issues
    _stop(issues)
    if not parts.tree.criteria:
        raise InputError([Issue("flat_no_criteria", where=Where(sheet.name))])
    study, more = _study(sheet.name, mapping, drafts, info, parts, rows)
    issues += more
    _stop(issues)
    return study, tuple(issues)


def _stop(issues: Sequence[Issue]) -> None:
    if errors := [issue for issue in issues if issue.level == "error"]:
        raise InputError(sorted(errors, key=lambda issue: issue.where.row or 0))


def _located(sheet: Sheet, mapping: FlatMapping) -> tuple[Layout, FlatMapping]:
    """The list on its sheet, and the mapping under the headers as they stand there."""
    headers = [column.header for column in mapping.columns]
    layout = headerless(sheet) if mapping.headerless else layout_with(sheet, headers)
    if layout is None:
        raise InputError([Issue("flat_header_missing", where=Where(sheet.name), params={"columns": tuple(headers)})])
    present = tuple(h for h in layout.headers if h)
    seen = remembered(mapping, present)
    reworded = dict(seen.similar)
    lost = [c for c in mapping.columns if c.meaning not in {"remark", "ignore"} and c.header in {*seen.gone, *reworded}]
    _stop([_gone(sheet.name, layout, c.header, reworded.get(c.header) or nearest(c.header, seen.new)) for c in lost])
    kept = tuple(c for c in seen.mapping.columns if c.header not in reworded.values())
    return layout, mapping.model_copy(update={"columns": kept})


def _gone(table: str, layout: Layout, header: str, near: str) -> Issue:
    return Issue("flat_column_gone", where=Where(table, layout.row or None), params={"value": header, "nearest": near})


def _mapping_faults(table: str, mapping: FlatMapping) -> Iterator[Issue]:
    """What the mapping leaves open or says twice."""
    if not mapping.of("title"):
        yield Issue("flat_no_title", where=Where(table))
    held: dict[str, str] = {}
    for column in mapping.columns:
        where = Where(table, column=column.header)
        if column.meaning not in MANY and column.meaning in held:
            params: dict[str, Param] = {"value": held[column.meaning], "meaning": column.meaning}
            yield Issue("flat_meaning_twice", where=where, params=params)
        held.setdefault(column.meaning, column.header)
        if (code := _unanswered(column)) is not None:
            yield Issue(code, where=where)
    bases = {c.price_basis for c in mapping.of("capex", "opex")} - {None}
    if len(bases) > 1:
        yield Issue("flat_basis_mixed", where=Where(table, column=mapping.of("opex")[0].header))


def _unanswered(column: Assigned) -> str | None:
    if column.factor is None:
        return "flat_unit_open"
    if column.meaning != "rating":
        return None
    if column.low is None or column.high is None or column.low >= column.high:
        return "flat_scale_open"
    return "flat_direction_open" if column.better is None else None


def _ids_given(table: str, drafts: Sequence[Draft], mapping: FlatMapping) -> Iterator[Issue]:
    """Ids as listed, unique; M1, M2 ... in a list without. Titles that stand twice are told."""
    column = mapping.of("id")
    seen: dict[str, int] = {}
    titles: dict[str, int] = {}
    for number, draft in enumerate(drafts, start=1):
        if not column:
            draft.fields["id"] = f"M{number}"
        name = str(draft.fields.get("id", ""))
        if column and not any(i.where.column == column[0].header for i in draft.issues):
            where = Where(table, draft.row, column[0].header)
            if not name:
                yield Issue("cell_missing", where=where)
            elif name in seen:
                yield Issue("id_twice", where=where, params={"value": name, "row": str(seen[name])})
        seen.setdefault(name, draft.row)
        title = str(draft.fields.get("title", ""))
        known = titles.setdefault(fold(title), draft.row)
        if title and known != draft.row:
            params: dict[str, Param] = {"value": title, "row": str(known)}
            yield Issue("flat_title_twice", "warning", Where(table, draft.row, mapping.of("title")[0].header), params)


@dataclass(frozen=True, slots=True)
class _Parts:
    tree: Tree
    funding: Funding
    issues: tuple[Issue, ...]


def _parts(table: str, mapping: FlatMapping, rows: ReadRows, drafts: Sequence[Draft], info: StudyInfo) -> _Parts:
    """Criteria, costs and grants, and what is to be told of them."""
    issues: list[Issue] = []
    columns = mapping.of("capex", "opex")
    costs = [_life_cycle(draft, info) if draft.amounts else None for draft in drafts]
    known = [cost for cost in costs if cost is not None]
    leaves: list[Leaf] = rating_leaves(mapping, drafts)
    if known:
        leaves.append(cost_leaf(columns[0], known))
        issues += _told_costs(table, columns, leaves[-1], drafts)
    funding = listed_funding(table, mapping, drafts, costs, info)
    leaves += [funding.leaf] if funding.leaf else []
    weights, more = weights_of(leaves, rows.weights, table, rows.weights_row)
    issues += [*funding.issues, *more]
    tree = build_tree(leaves, weights if not any(i.level == "error" for i in more) else {})
    tops = {c.id for c in tree.criteria}
    issues += [Issue(_OFF[group], "note", Where(table)) for group in GROUPS if group not in tops]
    return _Parts(tree, funding, tuple(issues))


_OFF: Mapping[str, str] = {
    "relevance": "criterion_off_relevance",
    "feasibility": "criterion_off_feasibility",
    "cost": "criterion_off_cost",
    "funding": "criterion_off_funding",
}
"""What would switch a criterion on: one sentence each, naming the three fields that bring most."""


def _life_cycle(draft: Draft, info: StudyInfo) -> Decimal:
    """Gross life-cycle cost over the study's horizon, as the engine counts it."""
    return gross_of(draft, "capex") + info.horizon_years * gross_of(draft, "opex")


def _told_costs(table: str, columns: Sequence[Assigned], leaf: Leaf, drafts: Sequence[Draft]) -> Iterator[Issue]:
    where = Where(table, column=columns[0].header)
    limits: dict[str, Param] = {"best": leaf.declared.best or 0, "worst": leaf.declared.worst or 0}
    yield Issue("flat_cost_bounds", "note", where, limits)
    unknown = tuple(str(d.row) for d in drafts if not d.amounts)
    if unknown:
        yield Issue("flat_cost_unknown", "warning", where, {"rows": unknown})
    running = tuple(str(d.row) for d in drafts if "opex" in d.amounts and "capex" not in d.amounts)
    if running and columns[0].meaning == "capex":
        yield Issue("flat_investment_unknown", "warning", where, {"rows": running})
    if all(column.price_basis is None for column in columns):
        yield Issue("flat_gross_assumed", "note", where)
    for column in columns:
        if column.factor != 1:
            params: dict[str, Param] = {"value": column.factor or 1}
            yield Issue("flat_factor", "note", Where(table, column=column.header), params)


def _study(
    table: str, mapping: FlatMapping, drafts: Sequence[Draft], info: StudyInfo, parts: _Parts, rows: ReadRows
) -> tuple[Study, list[Issue]]:
    members, issues = _municipalities(table, mapping, drafts)
    themes = _themes(drafts)
    ratings = [(d.row, r) for d in drafts for r in _ratings(d, parts)]
    programmes = parts.funding.programmes.values() if parts.funding.leaf else ()
    study = Study(
        study=info,
        criteria=parts.tree.criteria,
        measures=tuple(_measures(drafts, members, themes, parts.funding)),
        themes=tuple(Theme(id=i, label_de=name) for i, name in themes.values()),
        levels=tuple(levels_of(mapping, parts.tree.ids, rows.measures)),
        ratings=tuple(rating for _, rating in ratings),
        municipalities=tuple(Municipality(id=i, name=name) for i, name in members.values()),
        programmes=tuple(programmes),
        eligibility=tuple(_findings(drafts, parts.funding)) if programmes else (),
    )
    counted = {"measures": [d.row for d in drafts], "ratings": [row for row, _ in ratings]}
    found = check_study(study, lambda name, index: counted[name][index] if name in counted else 0)
    issues += [_as_seen(table, mapping, issue) for issue in found if issue.level == "error"]
    return study, issues


def _as_seen(table: str, mapping: FlatMapping, issue: Issue) -> Issue:
    """An issue of the study at the place the planner sees."""
    headers = {FIELDS[c.meaning]: c.header for c in mapping.columns if c.meaning in FIELDS}
    column = headers.get(issue.where.column, issue.where.column)
    return replace(issue, where=Where(table, issue.where.row or None, column))


def _municipalities(
    table: str, mapping: FlatMapping, drafts: Sequence[Draft]
) -> tuple[dict[str, tuple[str, str]], list[Issue]]:
    """Folded name -> (id, name as first written); names so alike that one may be misspelt are told."""
    names = [c.name for c in mapping.of("municipality")] + [name for d in drafts for name in d.members]
    members: dict[str, tuple[str, str]] = {}
    for name in names:
        if fold(name) not in members:
            members[fold(name)] = (slug(name, {i for i, _ in members.values()}, "municipality"), name)
    issues: list[Issue] = []
    where = Where(table, column=next((c.header for c in mapping.of("municipalities", "municipality")), ""))
    for index, name in enumerate(members):
        near = get_close_matches(name, list(members)[:index], n=1, cutoff=ALIKE)
        if near:
            rows = tuple(str(d.row) for d in drafts if name in {fold(m) for m in d.members})
            params: dict[str, Param] = {"value": members[name][1], "other": members[near[0]][1], "rows": rows}
            issues.append(Issue("flat_names_alike", "warning", where, params))
    everyone = tuple(str(d.row) for d in drafts if d.everyone)
    if everyone and not members:
        issues.append(Issue("flat_all_unnamed", "warning", where, {"rows": everyone}))
    return members, issues


def _themes(drafts: Sequence[Draft]) -> dict[str, tuple[str, str]]:
    """Folded name -> (id, name as first written), from the theme column or the headings between rows."""
    themes: dict[str, tuple[str, str]] = {}
    for draft in drafts:
        name = str(draft.fields.get("theme", "") or draft.heading)
        if name and fold(name) not in themes:
            themes[fold(name)] = (slug(name, {i for i, _ in themes.values()}, "theme"), name)
    return themes


def _measures(
    drafts: Sequence[Draft],
    members: Mapping[str, tuple[str, str]],
    themes: Mapping[str, tuple[str, str]],
    funding: Funding,
) -> Iterator[Measure]:
    for draft in drafts:
        theme = fold(draft.fields.get("theme", "") or draft.heading)
        taking_part = members if draft.everyone else dict.fromkeys(fold(name) for name in draft.members)
        more: dict[str, Any] = {
            "theme": themes[theme][0] if theme else "",
            "municipalities": tuple(members[name][0] for name in taking_part),
            "funding_candidates": (funding.programme_of[draft.row],) if draft.row in funding.programme_of else (),
            "extra_columns": tuple(draft.extra),
        }
        yield Measure.model_validate(draft.fields | more)


def _ratings(draft: Draft, parts: _Parts) -> Iterator[Rating]:
    """The measure's ratings, its listed funding rate among them where no cost is known."""
    measure, ids = draft.fields["id"], parts.tree.ids
    for header, level in draft.ratings.items():
        values = {"value": level.value, "low": level.low, "high": level.high, "reason": level.reason}
        yield Rating.model_validate({"measure": measure, "criterion": ids[header]} | values)
    leaf = parts.funding.leaf
    if leaf is not None and draft.row in parts.funding.ratings:
        yield parts.funding.ratings[draft.row].model_copy(update={"measure": measure, "criterion": ids[leaf.header]})


def _findings(drafts: Sequence[Draft], funding: Funding) -> Iterator[Eligibility]:
    for draft in drafts:
        if draft.row in funding.findings:
            yield funding.findings[draft.row].model_copy(update={"measure": draft.fields["id"]})
