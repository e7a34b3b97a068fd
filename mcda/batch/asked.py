"""What a batch is asked to say of every scenario, and which seed each gets."""

from dataclasses import dataclass, field

import numpy as np

from mcda.errors import InputError, Issue, Where
from mcda.portfolio import PlanTask
from mcda.robustness.smaa import MOST_DRAWS
from mcda.scenario import LARGEST_SEED, Scenario

QUESTIONS = ("ranking", "robustness", "funding", "portfolio")
"""Ranks always; labels and rank shares from drawn weights and ratings; each municipality's share of each measure; the
best plan."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`what`: of `QUESTIONS`; `draws` of weights and of open ratings per scenario; `seed`: root of all seeds; `plan`:
    for the question 'portfolio' what the best plan must keep to (a scenario's budget counts where it names none).

    Raises InputError for a question there is not, and for draws outside 1 to 10,000,000.
    """

    what: tuple[str, ...] = ("ranking",)
    draws: int = 10_000
    seed: int = 0
    plan: PlanTask = field(default_factory=PlanTask)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        issues = [
            Issue("not_a_choice", where=Where("what"), params={"value": name, "allowed": QUESTIONS})
            for name in self.what
            if name not in QUESTIONS
        ]
        for name, value, low, high in (
            ("draws", self.draws, 1, MOST_DRAWS),
            ("seed", self.seed, 0, LARGEST_SEED),
        ):
            if not low <= value <= high:
                params = {"value": value, "low": low, "high": high}
                issues.append(Issue("not_between", where=Where(name), params=params))
        if issues:
            raise InputError(issues)

    def seed_of(self, number: int, scenario: Scenario) -> int:
        """The seed of the scenario with this number: the child of that name of `SeedSequence([seed, its own])`.

        It hangs on nothing else, so any worker, in any order, draws the same; and whoever evaluates the scenario alone
        with this seed gets the batch's numbers.
        """
        child = np.random.SeedSequence([self.seed, scenario.seed], spawn_key=(number,))
        return int(child.generate_state(1, np.uint64)[0]) & LARGEST_SEED
