"""Which single answer to look at again: the one without which the others agree best."""

from dataclasses import dataclass

import numpy as np

from mcda.result import Array
from mcda.weights.ahp import consistency_ratio, priorities
from mcda.weights.comparisons import Comparisons, components
from mcda.weights.contradictions import errors
from mcda.weights.incomplete import complete
from mcda.weights.perron import perron

SCALE = tuple(1.0 / n for n in range(9, 1, -1)) + tuple(float(n) for n in range(1, 10))
"""Saaty's scale: 1/9 ... 1/2, 1, 2 ... 9."""

MOST_PAIRS = 120
"""So many answers are tried in full; of more, those furthest from the weights."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One answer, and what changing it alone would do.

    `a` was said to be `answer` times as important as `b`. `best` is the value that fits all other answers, `nearest`
    the value of the 1-9 scale next to it. `ratio_before` and `ratio_after` are CR as it is and with `nearest`.
    `error` is a_ij w_j / w_i: how far the answer stands from the weights.
    """

    a: str
    b: str
    answer: float
    best: float
    nearest: float
    ratio_before: float
    ratio_after: float
    error: float


def revisions(comparisons: Comparisons, most: int = 3) -> tuple[Revision, ...]:
    """The answers worth a second look, the most rewarding first: each one is dropped in turn, the matrix completed
    so that the others agree best, and the consistency ratio reached is compared.

    With equal ratios (three criteria: every answer alone can mend the triad) the answer furthest from the weights
    comes first, then the order of the criteria. Answers that the others cannot do without, and answers whose nearest
    scale value mends nothing, are left out; consistent answers give none. Sources: Harker 1987 for dropping a pair;
    Bozóki, Fülöp & Rónyai 2010 for the completion; for many pairs only those with the largest errors e_ij are tried
    (Saaty 2003, EJOR 145, 85-91).
    """
    size = len(comparisons.items)
    before = priorities(comparisons).consistency.ratio
    if size < 3 or before <= 1e-9:
        return ()
    eigenvector = priorities(comparisons, how="eigenvector").weights
    error = errors(comparisons, eigenvector)
    pairs = sorted(_spare(comparisons), key=lambda pair: (-abs(np.log(error[pair])), pair))[:MOST_PAIRS]
    if not pairs:
        return ()
    reached, fitted, mended = _tried(comparisons, pairs)
    rank = sorted(range(len(pairs)), key=lambda n: (round(float(reached[n]), 9), n))
    found = [
        Revision(
            a=comparisons.items[pairs[n][0]],
            b=comparisons.items[pairs[n][1]],
            answer=float(comparisons.matrix[pairs[n]]),
            best=float(fitted[n]),
            nearest=nearest_on_scale(float(fitted[n])),
            ratio_before=before,
            ratio_after=float(mended[n]),
            error=float(error[pairs[n]]),
        )
        for n in rank
        if mended[n] < before - 1e-9
    ]
    return tuple(found[:most])


def nearest_on_scale(value: float) -> float:
    """The value of the 1-9 scale nearest in ratio; values beyond it give its end."""
    return min(SCALE, key=lambda step: (abs(np.log(step / value)), step))


def _spare(comparisons: Comparisons) -> list[tuple[int, int]]:
    """Answered pairs without which the others still connect all criteria."""
    if not comparisons.missing:
        return list(comparisons.pairs())
    found = []
    for i, j in comparisons.pairs():
        without = comparisons.answered.copy()
        without[i, j] = without[j, i] = False
        found += [(i, j)] if len(components(without)) == 1 else []
    return found


def _tried(comparisons: Comparisons, pairs: list[tuple[int, int]]) -> tuple[Array, Array, Array]:
    """For each pair: CR when it is free, the value it would then have, CR with the nearest value of the scale."""
    rows, columns = np.array(pairs).T
    each = np.arange(len(pairs))
    stack = np.repeat(comparisons.matrix[None], len(pairs), axis=0)
    answered = np.repeat(comparisons.answered[None], len(pairs), axis=0)
    answered[each, rows, columns] = answered[each, columns, rows] = False
    filled = complete(stack, answered)
    free = perron(filled)[1]
    fitted = filled[each, rows, columns]
    scale = np.array([nearest_on_scale(float(value)) for value in fitted])
    stack[each, rows, columns], stack[each, columns, rows] = scale, 1.0 / scale
    if comparisons.missing:
        stack = complete(stack, np.repeat(comparisons.answered[None], len(pairs), axis=0))
    size = len(comparisons.items)
    mended = consistency_ratio(perron(stack)[1], size, comparisons.missing)
    return consistency_ratio(free, size), fitted, mended
