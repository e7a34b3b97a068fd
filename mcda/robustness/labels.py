"""How sure is a measure's place above or below the line: secure, likely, contested or unlikely, and why.

Five doubts are looked at one by one, everything else as it is: the weights move a little, each person's weights count,
ratings and costs are open, another method ranks, the budget is a little smaller or larger. A doubt is the share of its
situations in which the measure changes sides of the line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mcda.errors import InputError
from mcda.methods import METHODS
from mcda.ranking import quantise
from mcda.result import Array, Result
from mcda.robustness.line import Line, line_of
from mcda.robustness.open_ratings import open_ratings
from mcda.robustness.smaa import CHUNK, MOST_DRAWS, rank_acceptability, weights_of_chunk
from mcda.robustness.stacked import STACKED
from mcda.robustness.uncertain_ratings import DOUBT, RatingDoubt
from mcda.robustness.weight_draws import Draw, weights_around, weights_of_people
from mcda.weights.stored import people_with_answers
from mcda.weights.voices import voices

Flags = NDArray[np.bool_]
Label = Literal["secure", "likely", "contested", "unlikely"]
Reason = Literal["weights", "people", "data", "method", "budget"]


@dataclass(frozen=True, slots=True)
class LabelSettings:
    """Where the line is and how much doubt is too much. All defaults are the product's own, not the literature's.

    The line lies behind the first `first` measures (None: those of the study's first tier); with `budget_eur` those are
    above it whose own contributions the budget pays, going down the ranking and passing over what does not fit.
    `spread`: by how many points a weight of 25 % moves (standard deviation). `budget_slack`: by what share the budget
    may be smaller or larger. Below `secure` doubt a place is secure, from `contested` on it is contested. `methods`
    are those whose order counts as another opinion. `draws` of weights, `data_draws` of ratings.
    """

    first: int | None = None
    budget_eur: float | None = None
    spread: float = 6.0
    budget_slack: float = 0.1
    secure: float = 0.05
    contested: float = 0.25
    methods: tuple[str, ...] = STACKED
    doubt: RatingDoubt = DOUBT
    draws: int = 10_000
    data_draws: int = 10_000

    def __post_init__(self) -> None:
        """Refuse settings that cannot be meant."""
        if strange := [name for name in self.methods if name not in METHODS]:
            raise ValueError(f"methods must be among {', '.join(METHODS)}, not {', '.join(strange)}")
        if self.first is not None and self.first < 1:
            raise ValueError(f"first must be at least 1, not {self.first}")
        if self.budget_eur is not None and not 0 <= self.budget_eur < np.inf:
            raise ValueError(f"budget_eur must be an amount of 0 or more, not {self.budget_eur}")
        if not 0 <= self.secure <= self.contested <= 1:
            raise ValueError(f"0 <= secure <= contested <= 1 must hold, not {self.secure} and {self.contested}")
        if not 0 <= self.budget_slack <= 1:
            raise ValueError(f"budget_slack must lie in 0 .. 1, not {self.budget_slack}")
        if not (1 <= self.draws <= MOST_DRAWS and 1 <= self.data_draws <= MOST_DRAWS):
            raise ValueError(f"draws must lie in 1 .. {MOST_DRAWS}, not {self.draws} and {self.data_draws}")


SETTINGS = LabelSettings()


@dataclass(frozen=True, slots=True)
class Robustness:
    """One measure: its label, and the `reasons` of a contested one, the strongest first.

    `above`: whether it is above the line today. `doubts`: by reason the share of situations in which it would be on
    the other side, 0..1. `share_above`: in what share it is above with weights and ratings open at once, with its
    standard error.
    """

    measure: str
    label: Label
    reasons: tuple[Reason, ...]
    above: bool
    doubts: Mapping[str, float]
    share_above: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels in rank order, and what was considered. `line`: the first so many are asked about, or with a budget
    how many it reaches today.

    `method`: the one played through. `draws` of weights, `data_draws` of ratings; `people` whose weights were asked.
    `criteria`: so many share the weights; `priced`: whether some measure states a cost.
    """

    lines: tuple[Robustness, ...]
    line: int
    budget_eur: float | None
    method: str
    people: tuple[str, ...]
    draws: int
    data_draws: int
    seed: int
    criteria: int = 2
    priced: bool = True

    def by_measure(self) -> Mapping[str, Robustness]:
        """The labels by measure id."""
        return {line.measure: line for line in self.lines}


def robustness_labels(
    result: Result, settings: LabelSettings = SETTINGS, *, budget_doubts: Mapping[str, float] | None = None
) -> Labels:
    """The label of every ranked measure, sampled with the scenario's seed; same result, same labels.

    Raises ValueError for a method that is not on fixed bounds (see `has_labels`): what TOPSIS would say of its measures
    is no answer. People count where at least two with a vote answered. The budget is a doubt only where one is stated;
    a cost that is not known is then a doubt of the data. A place is contested where some doubt reaches `contested`,
    alone or weights and ratings together (then the stronger of the two is the reason); 'unlikely' is below the line
    and not contested. `budget_doubts`: where a plan was made, the share of the budgets around its own in which each
    measure changes sides (`mcda.portfolio.budget_doubts`); it takes the place of the budget's doubt down the ranking.
    One measure is above every line of at least one.
    """
    if not has_labels(result):
        raise ValueError(f"labels need one of {', '.join(STACKED)}, not {result.method}")
    name = result.method
    line, leaf = line_of(result, settings.first, settings.budget_eur), result.weights.leaf
    losses = -quantise(METHODS[name].score(result.matrix, leaf[None, :]))
    today = line.above(losses)[0]
    seed = result.scenario.seed
    ratings = open_ratings(result, name, settings.doubt, settings.data_draws, seed)
    around = weights_around(result.study, result.weights, settings.spread)
    above: dict[Reason, Array] = {
        "weights": _share_by_weights(result, line, name, around, settings.draws),
        "data": line.above(ratings.losses(leaf)).mean(axis=0),
    }
    people = voters(result)
    if people:
        above["people"] = _share_by_people(result, line, name, people)
    if others := [other for other in settings.methods if other != name]:
        above["method"] = _share_by_methods(result, line, others, today)
    if budget_doubts is not None:
        doubted = np.array([budget_doubts.get(m, 0.0) for m in result.matrix.measures])
        above["budget"] = np.where(today, 1.0 - doubted, doubted)
    elif settings.budget_eur is not None:
        above["budget"] = line.share_of_budgets(losses[0], settings.budget_slack)
    if settings.budget_eur is not None:
        unknown = np.array([not result.money[m].cost_known for m in result.matrix.measures])
        above["data"] = np.where(unknown, 0.5, above["data"])  # nobody knows whether a budget pays it
    drawn = np.concatenate(
        [weights_of_chunk(around, ratings.draws, seed, n) for n in range(-(-ratings.draws // CHUNK))]
    )
    together = line.above(ratings.losses(drawn)).mean(axis=0)
    place = {m: i for i, m in enumerate(result.matrix.measures)}
    return Labels(
        lines=tuple(
            _labelled(one.measure, place[one.measure], today, above, together, ratings.draws, settings)
            for one in result.ranking
        ),
        line=int(today.sum()) if line.budget is not None else min(line.first, len(today)),
        budget_eur=settings.budget_eur,
        method=name,
        people=people,
        draws=settings.draws,
        data_draws=ratings.draws,
        seed=seed,
        criteria=len(leaf),
        priced=any(one.cost_known for one in result.money.values()),
    )


def has_labels(result: Result) -> bool:
    """Whether the result's method can be played through often enough, open ratings included, to label its measures."""
    return result.method in STACKED


def voters(result: Result) -> tuple[str, ...]:
    """The people whose answers count: of the scenario's own people, else of the whole study, those with a vote; at
    least two, else nobody."""
    asked = result.scenario.people
    people = [who for who in people_with_answers(result.study) if not asked or who in asked]
    try:
        shares = voices(result.study, people, result.scenario.voting_key).shares
    except InputError:
        return ()
    found = tuple(person for person, share in shares.items() if share > 0)
    return found if len(found) > 1 else ()


def _labelled(
    measure: str,
    at: int,
    today: Flags,
    above: Mapping[Reason, Array],
    together: Array,
    draws: int,
    settings: LabelSettings,
) -> Robustness:
    side = bool(today[at])
    share = float(together[at])
    doubts: dict[str, float] = {
        n: round(float(1 - shares[at] if side else shares[at]), 12) for n, shares in above.items()
    }
    worst = max([*doubts.values(), 1 - share if side else share])
    reasons = sorted((name for name in above if doubts[name] >= settings.contested), key=lambda name: -doubts[name])
    if worst >= settings.contested:
        label: Label = "contested"
        reasons = reasons or ["weights" if doubts["weights"] > doubts["data"] else "data"]
    elif side:
        label = "secure" if worst < settings.secure else "likely"
    else:
        label = "unlikely"
    error = float(np.sqrt(share * (1 - share) / draws))
    return Robustness(measure, label, tuple(reasons), side, doubts, share, error)


def _share_by_weights(result: Result, line: Line, method: str, draw: Draw, draws: int) -> Array:
    """In what share of the weightings each measure is above the line."""
    matrix, seed, chosen = result.matrix, result.scenario.seed, METHODS[method]
    if line.budget is None:
        return rank_acceptability(matrix, chosen, draw, draws=draws, seed=seed).within(line.first)
    above = np.zeros(len(matrix.measures))
    for number in range(-(-draws // CHUNK)):
        scores = quantise(chosen.score(matrix, weights_of_chunk(draw, draws, seed, number)))
        above += line.above(-scores).sum(axis=0)
    return above / draws


def _share_by_people(result: Result, line: Line, method: str, people: Sequence[str]) -> Array:
    """In what share of the votes each measure is above the line when every person's own weights rank."""
    leaves, votes = weights_of_people(result.study, people, result.scenario.voting_key, result.scenario.ahp_priorities)
    scores = METHODS[method].score(result.matrix, leaves)
    return np.asarray(votes @ line.above(-quantise(scores)))


def _share_by_methods(result: Result, line: Line, others: Sequence[str], today: Flags) -> Array:
    """In what share of the other methods, weights as they are, each measure is above the line. A method that ties
    measures across the line (the weighted product gives 0 to all that have nothing on one criterion) parts them
    nowhere and is no other opinion; where none is left, all stand as today."""
    weights = result.weights.leaf[None, :]
    scores = [METHODS[other].score(result.matrix, weights)[0] for other in others]
    above = line.above(-quantise(np.stack(scores)))
    if line.budget is None:
        parts = above.sum(axis=1) <= line.first
        above = above[parts] if parts.any() else today[None, :]
    return np.asarray(above.mean(axis=0))
