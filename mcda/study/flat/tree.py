"""The criteria of a flat list: its ratings below relevance and feasibility or on their own, cost, funding."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mcda.errors import Issue, Where
from mcda.locale import text
from mcda.study.cells import Cell, CellError, Percent, parse_number
from mcda.study.flat.drafts import Draft, cell_issue
from mcda.study.flat.mapping import Assigned, FlatMapping, Group
from mcda.study.flat.rows import MeasureRow
from mcda.study.flat.scales import label_of
from mcda.study.flat.spelling import slug
from mcda.study.flat.values import level_word
from mcda.study.model import Criterion, ScaleLevel

GROUPS: Mapping[Group, float] = {"relevance": 35.0, "feasibility": 25.0, "cost": 20.0, "funding": 20.0}
"""The four top criteria and their points where the list gives no weights (design: the default tree)."""

OWN = 20.0
"""Points of a rating that belongs to none of the four."""

BOUNDS_WITHOUT_COST = (10_000.0, 1_000_000.0)
"""Bounds where every measure costs nothing."""

BEST_SHARE = 0.9
"""Public money leaves an own share of a tenth (as in the example study)."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A criterion to be: where it belongs, and its declaration without id, parent and weight. `header`: its column."""

    header: str
    group: Group
    declared: Criterion
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """The criteria, and the id of each leaf by its column's header."""

    criteria: tuple[Criterion, ...]
    ids: Mapping[str, str]


def rating_leaves(mapping: FlatMapping, drafts: Sequence[Draft]) -> list[Leaf]:
    """A given criterion for every rating column, its steps as fine as its ratings."""
    return [_rating_leaf(column, drafts) for column in mapping.of("rating")]


def cost_leaf(column: Assigned, costs: Sequence[Decimal]) -> Leaf:
    """The computed life-cycle cost, logarithmic, on bounds rounded outward to 1-2-5 steps from the known costs."""
    best, worst = bounds(costs)
    declared = Criterion(
        id="cost",
        label_de=text("flat.criterion.cost", "de"),
        label_en=text("flat.criterion.cost", "en"),
        sense="min",
        unit="EUR",
        kind="computed",
        quantity="life_cycle_cost_eur",
        best=best,
        worst=worst,
        value_function="logarithmic",
    )
    return Leaf(column.header, "cost", declared, column.weight)


def funding_leaf(column: Assigned, computed: bool, highest: float) -> Leaf:
    """The grant as a share of life-cycle cost, computed; or the listed rate in per cent where no cost is known.
    `highest` is the highest share listed, 0 to 1."""
    best = BEST_SHARE if computed and highest <= BEST_SHARE else 1.0
    declared = Criterion(
        id="funding",
        label_de=text("flat.criterion.funding", "de"),
        label_en=text("flat.criterion.funding", "en"),
        unit="share" if computed else "%",
        kind="computed" if computed else "given",
        quantity="funding_share" if computed else None,
        best=best if computed else 100.0,
        worst=0,
    )
    return Leaf(column.header, "funding", declared, column.weight)


def bounds(costs: Iterable[Decimal]) -> tuple[float, float]:
    """Lowest and highest cost above zero, rounded outward to 1, 2 or 5 times a power of ten; never equal."""
    paid = [float(c) for c in costs if c > 0]
    if not paid:
        return BOUNDS_WITHOUT_COST
    low, high = _step(min(paid), down=True), _step(max(paid), down=False)
    return (low, high) if low < high else (_step(low * 0.99, down=True), _step(high * 1.01, down=False))


def _step(amount: float, *, down: bool) -> float:
    power = 10.0 ** (len(str(int(amount))) - 1) if amount >= 1 else 0.01
    steps = [power * f for f in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)]
    return max(s for s in steps if s <= amount) if down else min(s for s in steps if s >= amount)


def build_tree(leaves: Sequence[Leaf], weights: Mapping[str, float]) -> Tree:
    """Criteria top down. The only leaf of one of the four takes its id; several stand below it.

    With weights every leaf counts as its column says, and a group as much as its leaves together.
    """
    groups = [[leaf for leaf in leaves if leaf.group == group] for group in GROUPS]
    groups += [[leaf] for leaf in leaves if not leaf.group]
    criteria: list[Criterion] = []
    ids: dict[str, str] = {}
    taken: set[str] = set(GROUPS)
    for members in (group for group in groups if group):
        top = members[0].group
        total = sum(weights.get(leaf.header, 0.0) for leaf in members)
        weight = total if weights else GROUPS[members[0].group] if top else OWN
        if top and len(members) > 1:
            criteria.append(_node(top, weight))
        for leaf in members:
            alone = len(members) == 1
            name = top if alone and top else slug(leaf.declared.label_de, taken, "criterion")
            taken.add(name)
            ids[leaf.header] = name
            own = weight if alone else weights[leaf.header] if total else 1.0
            update = {"id": name, "parent": "" if alone else top, "weight": own}
            criteria.append(leaf.declared.model_copy(update=update))
    return Tree(tuple(criteria), ids)


def weights_of(
    leaves: Sequence[Leaf], row: Mapping[str, Cell], table: str, number: int
) -> tuple[dict[str, float], list[Issue]]:
    """Points by column, from the list's row of weights or the planner's answers; none where nobody gave any.

    Fractions of one count as per cent. A rating without a weight beside others that have one is asked about. Cost and
    funding the list does not weigh get their default part, declared in a note.
    """
    found: dict[str, float] = {}
    issues: list[Issue] = []
    for leaf in leaves:
        cell = row.get(leaf.header)
        try:
            given = leaf.weight if leaf.weight is not None else None if cell is None else _points(cell)
        except CellError as error:
            issues.append(cell_issue(error, cell, Where(table, number or None, leaf.header)))
            continue
        if given is not None:
            found[leaf.header] = given
    if not found or issues:
        return {}, issues
    if sum(found.values()) <= 1 + 1e-9:
        found = {header: round(points * 100, 6) for header, points in found.items()}
    rated = [leaf for leaf in leaves if leaf.declared.kind == "given" and leaf.group not in {"cost", "funding"}]
    bare = [leaf.header for leaf in rated if leaf.header not in found]
    issues += [Issue("flat_weight_missing", where=Where(table, number or None, header)) for header in bare]
    share = sum(found.values()) / (GROUPS["relevance"] + GROUPS["feasibility"])
    for leaf in leaves:
        if leaf.header not in found and leaf not in rated:
            found[leaf.header] = round(share * GROUPS[leaf.group], 2)
            params = {"value": f"{found[leaf.header]:g}"}
            issues.append(Issue("flat_weight_assumed", "note", Where(table, column=leaf.header), params))
    return found, issues


def _points(cell: Cell) -> float:
    """A weight in points; 30 % counts 30."""
    percent = isinstance(cell, Percent)
    number = parse_number(cell, "," if isinstance(cell, str) and "," in cell else ".")
    if number < 0:
        raise CellError("weight_negative", "")
    return float(number * 100 if percent else number)


def _rating_leaf(column: Assigned, drafts: Sequence[Draft]) -> Leaf:
    assert column.low is not None  # both asked for before
    assert column.high is not None
    more = column.better == "more"
    given = [d.ratings[column.header].value for d in drafts if column.header in d.ratings]
    step = next((s for s in (1.0, 0.5) if all((v / s).is_integer() for v in given)), 0.0)
    declared = Criterion(
        id="x",
        label_de=column.name,
        sense="max" if more else "min",
        unit="points",
        best=column.high if more else column.low,
        worst=column.low if more else column.high,
        step=min(step, column.high - column.low),
    )
    return Leaf(column.header, column.parent, declared, column.weight)


def _node(group: str, weight: float) -> Criterion:
    labels = {f"label_{lang}": text(f"flat.criterion.{group}", lang) for lang in ("de", "en")}
    return Criterion.model_validate({"id": group, "weight": weight} | labels)


def levels_of(mapping: FlatMapping, ids: Mapping[str, str], rows: Sequence[MeasureRow]) -> Iterator[ScaleLevel]:
    """The planner's own word for each level a rating column uses."""
    for column in mapping.of("rating"):
        cells = [row.cells.get(column.header) for row in rows]
        seen = {level_word(c) for c in cells if c is not None}
        words = {n: label_of(w, cells) for w, n in reversed(column.words) if n is not None and w in seen}
        for number in sorted(words):
            yield ScaleLevel(criterion=ids[column.header], value=number, label_de=words[number])
