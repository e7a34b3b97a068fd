"""What somebody says about weights ("cost at least 20 %", "relevance at least as much as cost"), and all weightings
that keep to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from mcda.errors import InputError, Issue, Param, Where
from mcda.result import Array, Weights
from mcda.robustness.hit_and_run import region_draw
from mcda.robustness.weight_draws import Draw, leaf_weights, top_down
from mcda.robustness.weight_region import contradiction, weight_region
from mcda.study.model import Study

_Shares = Callable[[np.random.Generator, int], Array]


@dataclass(frozen=True, slots=True)
class Statement:
    """The weights below one `parent` satisfy: the sum of coefficient times local weight (0..1) is `at_least` so much.

    "cost >= 20 %" is {cost: 1}, 0.2; "relevance >= 2 * cost" is {relevance: 1, cost: -2}, 0. An equality is two
    statements. `text` is how it was said, for messages; what was said in one sentence shares it.
    """

    parent: str
    coefficients: Mapping[str, float]
    at_least: float
    text: str = ""

    def said(self) -> str:
        """The statement in words of its own where it came without."""
        terms = [f"{factor:+g} * {criterion}" for criterion, factor in self.coefficients.items()]
        return self.text or f"{' '.join(terms)} >= {100 * self.at_least:g} %"


def weights_within(study: Study, statements: Iterable[Statement], fixed: Weights | None = None) -> Draw:
    """All weightings that keep to the statements, alike: each sibling group spoken of is uniform on what they leave.

    Groups nobody spoke of are uniform too, or stay at `fixed`. A statement that holds only with equality (two that
    say relevance = cost, or cost <= 0 %) takes a dimension: what is left is uniform among itself; where one weighting
    alone is left, every draw is that one. Bounds are kept to 1e-6. Leaf columns (k, n) in the order of
    `study.leaves`. The same state of the generator gives the same rows; with one group spoken of and the others fixed
    more rows begin with the fewer. Successive draws are not quite independent: means over draws scatter up to a
    third more than over as many independent ones.
    Raises InputError with every issue: criteria that are no siblings, figures that are no numbers
    (`statement_not_siblings`, `statement_no_number`), and for each group that is left without any weighting a
    set of statements that contradict each other and of which none can be spared (`statements_contradict`).
    Source: Tervonen, van Valkenhoef, Bastürk & Postmus 2013, EJOR 224, 552-559.
    """
    by_parent: dict[str, list[Statement]] = {}
    for one in statements:
        by_parent.setdefault(one.parent, []).append(one)
    if issues := [issue for said in by_parent.values() for one in said for issue in _faults(study, one)]:
        raise InputError(issues)
    groups: dict[str, _Shares] = {}
    for parent in top_down(study):
        siblings = study.children[parent]
        if parent in by_parent:
            found = _within(siblings, by_parent[parent])
            issues += [found] if isinstance(found, Issue) else []
            groups |= {} if isinstance(found, Issue) else {parent: found}
        else:
            groups[parent] = _unspoken(siblings, fixed)
    if issues:
        raise InputError(issues)

    def draw(generator: np.random.Generator, count: int) -> Array:
        return leaf_weights(study, {p: shares(generator, count) for p, shares in groups.items()}, count)

    return draw


def conditions(siblings: Sequence[str], statements: Sequence[Statement]) -> tuple[Array, Array]:
    """Statements about these siblings as rows (r, n) and floors (r,): rows @ weights >= floors."""
    rows = np.array([[one.coefficients.get(item, 0.0) for item in siblings] for one in statements], dtype=np.float64)
    return rows.reshape(-1, len(siblings)), np.array([one.at_least for one in statements], dtype=np.float64)


def _unspoken(siblings: Sequence[str], fixed: Weights | None) -> _Shares:
    if fixed is None:
        return lambda generator, count: generator.dirichlet(np.ones(len(siblings)), count)
    local = [fixed.local[item] for item in siblings]
    return lambda _, count: np.tile(local, (count, 1))


def _within(siblings: Sequence[str], statements: Sequence[Statement]) -> _Shares | Issue:
    """Draws of one group's local weights (k, n), or why there are none."""
    rows, floors = conditions(siblings, statements)
    region = weight_region(rows, floors)
    if region is not None:
        return region_draw(region)
    sentences = tuple(dict.fromkeys(statements[i].said() for i in contradiction(rows, floors)))
    told: dict[str, Param] = {"statements": "; ".join(sentences), "count": len(sentences)}
    return Issue("statements_contradict", where=Where("statements"), params=told)


def _faults(study: Study, statement: Statement) -> list[Issue]:
    """Why a statement cannot be used: criteria that are not below its parent, figures that are none."""
    siblings = study.children.get(statement.parent, ())
    wrong = tuple(item for item in statement.coefficients if item not in siblings)
    figures = (*statement.coefficients.values(), statement.at_least)
    faults: list[tuple[str, dict[str, Param]]] = []
    if wrong or not siblings:
        value, allowed = wrong or (statement.parent,), siblings or tuple(study.children)
        faults.append(("statement_not_siblings", {"value": value, "allowed": allowed}))
    if not all(map(isfinite, figures)):
        value = tuple(str(figure) for figure in figures if not isfinite(figure))
        faults.append(("statement_no_number", {"value": value, "allowed": "20 %"}))
    said: dict[str, Param] = {"statement": statement.said()}
    return [Issue(code, where=Where("statements"), params=said | told) for code, told in faults]
