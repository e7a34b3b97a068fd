"""Whether the order of two measures hangs on a third: the list with one measure less or more, method by method."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.checks.list_probes import Change, changes
from mcda.errors import Issue, MethodError
from mcda.methods import method
from mcda.result import Result
from mcda.robustness.method_agreement import ALL


@dataclass(frozen=True, slots=True)
class RankReversal:
    """How often a method reorders measures because the list around them changes.

    `by_construction`: the method scores on declared bounds, a measure's score depends on no other, and nothing was to
    be tried. Otherwise `tried` lists were ranked, `changed` of them put some pair of the measures in both lists the
    other way round, and in `first_moved` nobody who was first among them stayed so. `examples`: changes with another
    first place before others, then by the pairs swapped. `without`: why the method has no answer for the list itself.
    """

    method: str
    by_construction: bool
    tried: int = 0
    changed: int = 0
    first_moved: int = 0
    examples: tuple[Change, ...] = ()
    without: Issue | None = None

    @property
    def share(self) -> float:
        """The share of lists tried that changed the order, 0 where none was."""
        return self.changed / self.tried if self.tried else 0.0


def rank_reversals(result: Result, methods: Sequence[str] = ALL, most: int = 3) -> tuple[RankReversal, ...]:
    """Rank reversal (V20) of a result's own method and others, at most `most` examples each.

    Every measure is left out once, and one is added at the best end of all scales, at the worst, and as a copy of the
    first: m + 3 lists, fewer where the method has no answer for one. One measure: none to try. A method named twice
    counts once. Raises InputError for a method that does not exist. Sources: Belton & Gear 1983, Omega 11, 228-230;
    Garcia-Cascales & Lamata 2012, Mathematical and Computer Modelling 56, 123-132 (TOPSIS).
    """
    return tuple(_of(result, name, most) for name in dict.fromkeys((result.method, *methods)))


def _of(result: Result, name: str, most: int) -> RankReversal:
    chosen = method(name)
    if chosen.fixed_bounds:
        return RankReversal(name, by_construction=True)
    try:
        found = tuple(changes(result.study, chosen, result.matrix, result.weights.leaf))
    except MethodError as error:
        return RankReversal(name, by_construction=False, without=error.issue)
    changed = sorted((one for one in found if one.swapped), key=lambda one: (not one.first_moved, -one.swapped))
    return RankReversal(
        method=name,
        by_construction=False,
        tried=len(found),
        changed=len(changed),
        first_moved=sum(one.first_moved for one in found),
        examples=tuple(changed[:most]),
    )
