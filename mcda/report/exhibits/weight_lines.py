"""One weight moves, the others give way: every measure's score along the way, and where leaders change places."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.methods import PREFIX, method
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.score import score_text
from mcda.result import Array, Result
from mcda.robustness.crossover import Crossover, crossovers, slider_path, sweep
from mcda.study.model import Study

POINTS = 101
TABLE_STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class WeightLines:
    """Scores (k, m) of all measures where the criterion's slider stands at `at` (k,), and where it stands today.

    `at` and `present` are the criterion's weight among its siblings, 0..1, as the slider shows it; `at` ends where
    locked siblings leave no more. `highlighted`: the measures leading today. `swaps`: their exact changes of places,
    by rising weight. `locked`: the siblings that stay. `first_holds`: the interval of weights around today's in which
    the leader stays first; None for methods whose crossings are only scanned for, and where several measures lead.
    """

    criterion: str
    locked: tuple[str, ...]
    present: float
    at: Array
    measures: tuple[str, ...]
    scores: Array
    highlighted: tuple[str, ...]
    swaps: tuple[Crossover, ...]
    first_holds: tuple[float, float] | None


def movable(study: Study, locked: Collection[str] = frozenset()) -> tuple[str, ...]:
    """The criteria whose slider can move, a parent before its children: those with a sibling free to give way."""
    return tuple(c for c in _depth_first(study, "") if any(s not in locked for s in _siblings(study, c)))


def path_label(study: Study, criterion: str, language: str) -> str:
    """The criterion's name behind those above it: Relevanz › Dringlichkeit."""
    names = [criterion_label(study, criterion, language)]
    while parent := study.criterion_by_id[criterion].parent:
        names.insert(0, criterion_label(study, parent, language))
        criterion = parent
    return " › ".join(names)


def slider_name(study: Study, criterion: str, language: str) -> str:
    """What a slider weighs: the criterion, below the top level with the group it weighs in."""
    name, parent = criterion_label(study, criterion, language), study.criterion_by_id[criterion].parent
    if not parent:
        return name
    return text("ui.sensitivity.within", language, criterion=name, parent=criterion_label(study, parent, language))


def path_sentence(lines: WeightLines, result: Result, language: str) -> str:
    """The way the lines follow: what moves, who gives way, what stays."""
    study, parent = result.study, result.study.criterion_by_id[lines.criterion].parent
    free = [s for s in _siblings(study, lines.criterion) if s not in lines.locked]
    params = {
        "criterion": slider_name(study, lines.criterion, language),
        "reach": percent(lines.at[-1], language),
        "siblings": tuple(criterion_label(study, s, language) for s in free),
    }
    said = [text("ui.sensitivity.path", language, **params)]
    if parent:
        share = percent(result.weights.overall[parent], language, 1)
        name = criterion_label(study, parent, language)
        said.append(text("ui.sensitivity.path_parent", language, parent=name, share=share))
    if lines.locked:
        names = tuple(criterion_label(study, s, language) for s in lines.locked)
        said.append(text("ui.sensitivity.path_locked", language, names=names))
    said.append(text("ui.sensitivity.path_marks", language, present=percent(lines.present, language, 1)))
    return " ".join(said)


def weight_lines(result: Result, criterion: str, highlight: int, locked: Collection[str] = frozenset()) -> WeightLines:
    """The lines of one criterion's slider, the `highlight` leading measures picked out.

    `locked` criteria do not give way, as on the live page.
    Raises MethodError when the method has no answer somewhere on the path.
    """
    matrix, chosen = result.matrix, method(result.method)
    path = slider_path(result.study, result.weights, criterion, locked)
    at = np.linspace(0.0, path.reach, POINTS)
    leading = tuple(line.measure for line in result.ranking[:highlight])
    exact = not result.method.startswith(PREFIX)
    among = None if exact else [matrix.measures.index(measure) for measure in leading]
    found = crossovers(matrix, chosen, path, among)
    present = float(result.weights.local[criterion])
    return WeightLines(
        criterion=criterion,
        locked=tuple(s for s in _siblings(result.study, criterion) if s in locked),
        present=present,
        at=at,
        measures=matrix.measures,
        scores=sweep(matrix, chosen, path, at),
        highlighted=leading,
        swaps=tuple(swap for swap in found if swap.a in leading and swap.b in leading),
        first_holds=_first_holds(result, found, present, path.reach) if exact else None,
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
    steps = sorted({*(step for step in TABLE_STEPS if step <= lines.at[-1]), lines.present})
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


def _first_holds(
    result: Result, found: tuple[Crossover, ...], present: float, reach: float
) -> tuple[float, float] | None:
    if sum(line.rank == 1 for line in result.ranking) != 1:
        return None
    first = result.ranking[0].measure
    met = [swap.t for swap in found if first in (swap.a, swap.b)]
    return max((t for t in met if t < present), default=0.0), min((t for t in met if t > present), default=reach)


def _depth_first(study: Study, node: str) -> tuple[str, ...]:
    return tuple(c for child in study.children.get(node, ()) for c in (child, *_depth_first(study, child)))


def _siblings(study: Study, criterion: str) -> tuple[str, ...]:
    """The others under the same parent."""
    return tuple(c for c in study.children[study.criterion_by_id[criterion].parent] if c != criterion)
