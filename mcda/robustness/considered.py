"""What a rank acceptability looks at: which weightings, and whether ratings are open too."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from mcda.errors import InputError, Issue, Where
from mcda.methods import METHODS
from mcda.result import Array, Result
from mcda.robustness.labels import voters
from mcda.robustness.ordinal import ordered_weights
from mcda.robustness.smaa import MOST_DRAWS, Acceptability, pairwise_winning, rank_acceptability
from mcda.robustness.stacked import STACKED
from mcda.robustness.statement_reader import read_statements
from mcda.robustness.uncertain_ratings import DOUBT, RatingDoubt, ValueDraw, uncertain_values
from mcda.robustness.weight_draws import SPREAD, Draw, by_person, people_weights, uniform_weights, weights_around
from mcda.robustness.weight_statements import weights_within

Weightings = Literal["all", "around", "order", "people", "statements"]
WEIGHTINGS: tuple[Weightings, ...] = ("all", "around", "order", "people", "statements")

Found = TypeVar("Found")

DEFAULT_METHOD = "topsis"
"""Takes the place of a method that cannot be played through."""


@dataclass(frozen=True, slots=True)
class Considered:
    """The situations a rank acceptability considers; goes with every figure made from them.

    `weightings`: 'all' alike, 'around' the present ones (`spread` points), those that keep the present 'order' of
    importance, those of the 'people' asked (around theirs), or those that keep to `statements` such as
    'cost >= 20 %' or 'relevance >= cost'. `ratings`: whether ratings and costs are open as `doubt` says.
    """

    weightings: Weightings = "all"
    spread: float = SPREAD
    statements: tuple[str, ...] = ()
    ratings: bool = False
    doubt: RatingDoubt = DOUBT
    draws: int = 10_000

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.weightings not in WEIGHTINGS:
            raise ValueError(f"weightings must be one of {', '.join(WEIGHTINGS)}, not {self.weightings}")
        if not 1 <= self.draws <= MOST_DRAWS:
            raise ValueError(f"draws must lie in 1 .. {MOST_DRAWS}, not {self.draws}")


ALL = Considered()


def weights_considered(result: Result, considered: Considered) -> Draw:
    """The weightings as draws of leaf weights (k, n).

    Raises InputError: people where fewer than two answered, statements that contradict each other or name what does
    not exist; ValueError for a spread that cannot be meant.
    """
    study = result.study
    if considered.weightings == "around":
        return weights_around(study, result.weights, considered.spread)
    if considered.weightings == "order":
        return ordered_weights(study, _order(result), result.weights)
    if considered.weightings == "statements":
        return weights_within(study, read_statements(study, considered.statements))
    if considered.weightings == "people":
        people = voters(result)
        if not people:
            raise InputError([Issue("too_few_people", where=Where("stakeholders"))])
        scenario = result.scenario
        return people_weights(study, people, scenario.voting_key, considered.spread, scenario.ahp_priorities)
    return uniform_weights(study)


def played_method(name: str, considered: Considered = ALL) -> str:
    """The method to play through: the one named, or TOPSIS on fixed bounds where that one takes one call per weighting
    or, with open ratings, is not on fixed bounds."""
    return name if name in (STACKED if considered.ratings else METHODS) else DEFAULT_METHOD


def open_values(result: Result, considered: Considered) -> ValueDraw | None:
    """The ratings as draws, or None where they stay as they are."""
    if not considered.ratings:
        return None
    return uncertain_values(result.study, result.matrix, result.money, considered.doubt)


def sampled(result: Result, considered: Considered = ALL, workers: int = 1) -> Acceptability:
    """The rank acceptability of a result's measures over what is considered, with the scenario's seed.

    Raises as `weights_considered` and `rank_acceptability`.
    """
    return _over(rank_acceptability, result, considered, weights_considered(result, considered), workers=workers)


def pairwise_considered(result: Result, considered: Considered, among: tuple[str, ...]) -> Array:
    """The pairwise winning indices of some measures over what is considered. Raises as `sampled`."""
    return _over(pairwise_winning, result, considered, weights_considered(result, considered), among=among)


def ahead_of_second(result: Result, considered: Considered = ALL) -> float | None:
    """In what share the first is ahead of the second; None where there is no second. Raises as `sampled`."""
    leaders = tuple(line.measure for line in result.ranking[:2])
    return float(pairwise_considered(result, considered, leaders)[0, 1]) if len(leaders) == 2 else None


def sampled_by_person(result: Result, considered: Considered = ALL) -> dict[str, Acceptability]:
    """The rank acceptability of every person asked alone, around their own weights: beside the pooled one, which hides
    who stands for what. Empty where fewer than two answered. Raises as `sampled`."""
    people = voters(result)
    draws = by_person(result.study, people, considered.spread, result.scenario.ahp_priorities) if people else {}
    return {who: _over(rank_acceptability, result, considered, draw) for who, draw in draws.items()}


def _over(index: Callable[..., Found], result: Result, considered: Considered, draw: Draw, **more: Any) -> Found:
    """An index of SMAA over the situations considered, with the method that can be played through and the seed."""
    return index(
        result.matrix,
        METHODS[played_method(result.method, considered)],
        draw,
        draws=considered.draws,
        seed=result.scenario.seed,
        ratings=open_values(result, considered),
        **more,
    )


def _order(result: Result) -> dict[str, dict[str, int]]:
    """The present order of importance in every sibling group; equal weights share a place."""
    local = result.weights.local
    return {
        parent: {c: 1 + sum(local[other] > local[c] + 1e-12 for other in siblings) for c in siblings}
        for parent, siblings in result.study.children.items()
    }
