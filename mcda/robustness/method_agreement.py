"""How alike several methods order the same measures: compared, never blended, for they answer different questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.errors import InputError, Issue, MethodError
from mcda.methods import method
from mcda.rank_correlation import tau_b, ws
from mcda.ranking import competition_ranks, quantise
from mcda.result import Array, Ranks, Result

OWN = ("topsis", "weighted_sum", "weighted_product")
OTHER_SCALES = ("topsis_vector", "topsis_minmax")
"""The same distance on scales taken from the data: what another normalisation would say."""
SECOND_OPINIONS = ("pymcdm:VIKOR", "pymcdm:PROMETHEE_II", "pymcdm:MARCOS")
ALL = (*OWN, *OTHER_SCALES, *SECOND_OPINIONS)
TOPS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class MethodAgreement:
    """Ranks (k, m) of every measure under every method, and how alike the methods are.

    `tau` (k, k) is Kendall's tau-b, `ws` (k, k) has the row's method as reference. `overlap`: for every top the share
    (k, k) of the measures among the first so many under either of two methods that are so under both (Jaccard; equals
    at the edge count). `without`: methods that have no answer here, with the reason.
    """

    methods: tuple[str, ...]
    measures: tuple[str, ...]
    ranks: Ranks
    tau: Array
    ws: Array
    overlap: Mapping[int, Array]
    without: Mapping[str, Issue]

    def rank_range(self, measure: str) -> tuple[int, int]:
        """The best and the worst rank a measure has under any of the methods."""
        column = self.ranks[:, self.measures.index(measure)]
        return int(column.min()), int(column.max())

    def within(self, top: int) -> NDArray[np.bool_]:
        """Who is among the first `top` (competition rank at most `top`) under which method, (k, m)."""
        return np.asarray(self.ranks <= top)

    def furthest_apart(self, most: int = 3) -> tuple[str, ...]:
        """The measures whose ranks the methods spread furthest, at most `most`; ties in the order of the measures,
        those all methods rank alike never."""
        spread = np.ptp(self.ranks, axis=0)
        order = np.argsort(-spread, kind="stable")[:most]
        return tuple(self.measures[i] for i in order if spread[i])


def method_agreement(result: Result, methods: Sequence[str] = ALL, tops: Sequence[int] = TOPS) -> MethodAgreement:
    """The orders of a result's measures under its own method and others, same matrix, same weights.

    The result's own method comes first, a method named twice counts once. One measure: all agree. Raises InputError
    for a method that does not exist, ValueError for a top below 1. Sources: Kendall 1945 (tau-b), Salabun & Urbaniak
    2020 (WS), Jaccard 1901 (overlap).
    """
    if min(tops, default=1) < 1:
        raise ValueError("a top holds at least the first place")
    names = tuple(dict.fromkeys((result.method, *methods)))
    answered: dict[str, Ranks] = {}
    without: dict[str, Issue] = {}
    for name in names:
        try:
            scores = method(name).score(result.matrix, result.weights.leaf[None, :])[0]
            answered[name] = competition_ranks(quantise(scores))
        except MethodError as error:
            without[name] = error.issue
    if not answered:
        raise InputError(list(without.values()))
    ranks = np.array(list(answered.values()))
    pairs = [[(a, b) for b in ranks] for a in ranks]
    tau = np.array([[tau_b(a, b) for a, b in row] for row in pairs])
    alike = np.array([[ws(a, b) for a, b in row] for row in pairs])
    overlap = {top: np.array([[_shared(a, b, top) for a, b in row] for row in pairs]) for top in tops}
    for array in (ranks, tau, alike, *overlap.values()):
        array.setflags(write=False)
    return MethodAgreement(tuple(answered), result.matrix.measures, ranks, tau, alike, overlap, without)


def _shared(one: Ranks, other: Ranks, top: int) -> float:
    """How much of the first `top` under either is so under both."""
    first, second = one <= top, other <= top
    return float((first & second).sum() / max(int((first | second).sum()), 1))
