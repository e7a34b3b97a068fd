"""How a batch is cut: every scenario on every study has a number, and a part is a stretch of numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mcda.scenario import Scenario

Job = tuple[int, str, Scenario]
"""A scenario with its number and the name of the study it is asked of."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a batch by number: the first study with all scenarios, then the next. Scenarios are taken from
    their sequence when a part is looked at, and not kept."""

    studies: Sequence[str]
    scenarios: Sequence[Scenario]
    longest: int

    @property
    def jobs(self) -> int:
        """How many scenarios are evaluated, on all studies together."""
        return len(self.studies) * len(self.scenarios)

    def __len__(self) -> int:
        """How many parts there are."""
        return -(-self.jobs // self.longest)

    def size(self, number: int) -> int:
        """How many scenarios are in one part."""
        return min(self.longest, self.jobs - number * self.longest)

    def __getitem__(self, number: int) -> list[Job]:
        """The scenarios of one part."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        start = number * self.longest
        return [self._job(at) for at in range(start, start + self.size(number))]

    def __iter__(self) -> Iterator[list[Job]]:
        """All parts in order, one after the other."""
        return (self[number] for number in range(len(self)))

    def _job(self, at: int) -> Job:
        study, number = divmod(at, len(self.scenarios))
        return number, self.studies[study], self.scenarios[number]
