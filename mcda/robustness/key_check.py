"""What came out when votes were counted in many ways: the records of the check of voting keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mcda.errors import Issue
from mcda.scenario import VotingKey


@dataclass(frozen=True, slots=True)
class KeyOutcome:
    """What comes out under one way of counting votes: `voices` by person, summing to 1, or all 0 when nobody votes.

    `first`: who is first, more than one when tied; `top`: ranks 1 to 10; both in catalogue order. `parts`: how much
    of which named key the voices hold ({"equal": 1.0} is that key), empty for voices no named key gives.
    """

    voices: Mapping[str, float]
    first: tuple[str, ...]
    top: tuple[str, ...]
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tried:
    """Many ways of counting against the reference: in how many of `tried` first place changes, or the first ten.

    Each change has an example, the one whose voices are nearest to the reference (None: no change was found).
    """

    tried: int
    first_changed: int
    top_changed: int
    first_example: KeyOutcome | None
    top_example: KeyOutcome | None

    def share(self, changed: int) -> float:
        """A count as a share of the ways tried, 0..1."""
        return changed / self.tried if self.tried else 0.0

    def standard_error(self, changed: int) -> float:
        """Of that share when the ways were drawn at random: sqrt(p (1 - p) / tried)."""
        share = self.share(changed)
        return float(np.sqrt(share * (1.0 - share) / self.tried)) if self.tried else 0.0


@dataclass(frozen=True, slots=True)
class Leaving:
    """What changes when one person stays away; municipality and population votes go to their colleagues."""

    person: str
    outcome: KeyOutcome
    first_changed: bool
    top_changed: bool


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """Whether the way of counting votes decides. Everything is compared with the `reference` key.

    `named`: the applicable keys; `left_out`: why the others are not applicable. `keys`: the same as counts;
    `mixtures`: all mixtures of the named keys in twelfths; `alone`: each person deciding alone; `drawn`: voices drawn
    at random, all alike likely. A change found is one (there is an example); none found is none among those tried.
    """

    reference: VotingKey
    named: Mapping[VotingKey, KeyOutcome]
    left_out: Mapping[VotingKey, Issue]
    keys: Tried
    mixtures: Tried
    alone: Tried
    drawn: Tried
    leaving: tuple[Leaving, ...]
    draws: int
    seed: int

    @property
    def first_decided_by_key(self) -> bool:
        """Whether some way of counting votes, named or not, puts another measure first."""
        return any(tried.first_changed for tried in (self.keys, self.mixtures, self.alone, self.drawn))

    @property
    def top_decided_by_key(self) -> bool:
        """Whether some way of counting votes, named or not, changes who is among the first ten."""
        return any(tried.top_changed for tried in (self.keys, self.mixtures, self.alone, self.drawn))
