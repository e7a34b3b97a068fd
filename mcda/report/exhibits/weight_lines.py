"""One weight moves, the others give way: every measure's score along the way, and where leaders change places."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.methods import PREFIX, method
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.score import score_text
from mcda.result import Array, Result
from mcda.robustness.crossover import Crossover, crossovers, sweep
from mcda.study.model import Study

POINTS = 101
TABLE_STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class WeightLines:
    """Scores (k, m) of all measures at the node's weights `at` (k,), 0..1, and today's weight `present`.

    `highlighted`: the measures leading today. `swaps`: their exact changes of places, by rising weight.
    `first_holds`: the interval of weights around today's in which the leader stays first; None for methods
    whose crossings are only scanned for, and where several measures lead together.
    """

    criterion: str
    present: float
    at: Array
    measures: tuple[str, ...]
    scores: Array
    highlighted: tuple[str, ...]
    swaps: tuple[Crossover, ...]
    first_holds: tuple[float, float] | None


def movable(study: Study) -> tuple[str, ...]:
    """The criteria whose weight can move, a parent before its children: all that do not hold every leaf."""
    return tuple(c for c in _depth_first(study, "") if len(_leaves_below(study, c)) < len(study.leaves))


def path_label(study: Study, criterion: str, language: str) -> str:
    """The criterion's name behind those above it: Relevanz › Dringlichkeit."""
    names = [criterion_label(study, criterion, language)]
    while parent := study.criterion_by_id[criterion].parent:
        names.insert(0, criterion_label(study, parent, language))
        criterion = parent
    return " › ".join(names)


def weight_lines(result: Result, criterion: str, highlight: int) -> WeightLines:
    """The lines of one criterion, its `highlight` leading measures picked out.

    Raises MethodError when the method has no answer somewhere on the path.
    """
    matrix, chosen, weights = result.matrix, method(result.method), result.weights.leaf
    columns = [matrix.leaves.index(leaf) for leaf in _leaves_below(result.study, criterion)]
    at = np.linspace(0.0, 1.0, POINTS)
    leading = tuple(line.measure for line in result.ranking[:highlight])
    exact = not result.method.startswith(PREFIX)
    among = None if exact else [matrix.measures.index(measure) for measure in leading]
    found = crossovers(matrix, chosen, weights, columns, among)
    return WeightLines(
        criterion=criterion,
        present=float(result.weights.overall[criterion]),
        at=at,
        measures=matrix.measures,
        scores=sweep(matrix, chosen, weights, columns, at),
        highlighted=leading,
        swaps=tuple(swap for swap in found if swap.a in leading and swap.b in leading),
        first_holds=_first_holds(result, found, criterion) if exact else None,
    )


def score_at(lines: WeightLines, measure: str, weight: float) -> float:
    """A measure's score where the weight is `weight`, between two points of the sweep by a straight line."""
    return float(np.interp(weight, lines.at, lines.scores[:, lines.measures.index(measure)]))


def swap_table(lines: WeightLines, result: Result, language: str) -> pd.DataFrame:
    """One row per change of places: at which weight, who is ahead below it, who above."""
    names = {m: title_of(result.study.measure_by_id[m], language) for m in lines.highlighted}
    columns = [text(f"ui.sensitivity.col_{name}", language) for name in ("at", "below", "above")]
    rows = [(percent(s.t, language, 1), f"{s.a} {names[s.a]}", f"{s.b} {names[s.b]}") for s in lines.swaps]
    return pd.DataFrame(rows, columns=columns)


def score_table(lines: WeightLines, result: Result, language: str) -> pd.DataFrame:
    """Points of the highlighted measures at some weights; the column of today's weight says so."""
    steps = sorted({*TABLE_STEPS, lines.present})
    heads = [_step_label(step, lines.present, language) for step in steps]
    rows = [
        (
            f"{measure} {title_of(result.study.measure_by_id[measure], language)}",
            *(score_text(result, score_at(lines, measure, step), language) for step in steps),
        )
        for measure in lines.highlighted
    ]
    return pd.DataFrame(rows, columns=[text("ui.sensitivity.col_measure", language), *heads])


def _step_label(step: float, present: float, language: str) -> str:
    if step == present:
        return text("ui.sensitivity.col_present", language, present=percent(step, language, 1))
    return percent(step, language)


def _first_holds(result: Result, found: tuple[Crossover, ...], criterion: str) -> tuple[float, float] | None:
    if sum(line.rank == 1 for line in result.ranking) != 1:
        return None
    first, present = result.ranking[0].measure, result.weights.overall[criterion]
    met = [swap.t for swap in found if first in (swap.a, swap.b)]
    return max((t for t in met if t < present), default=0.0), min((t for t in met if t > present), default=1.0)


def _depth_first(study: Study, node: str) -> tuple[str, ...]:
    return tuple(c for child in study.children.get(node, ()) for c in (child, *_depth_first(study, child)))


def _leaves_below(study: Study, criterion: str) -> tuple[str, ...]:
    return tuple(c for c in (criterion, *_depth_first(study, criterion)) if not study.children.get(c))
