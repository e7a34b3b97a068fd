"""How a batch is cut, and the memory of a cluster's workers."""

import ctypes
import sys

import pytest

from mcda.batch import memory
from mcda.batch.cut import Parts
from mcda.scenario import Scenario


@pytest.mark.parametrize("longest", [1, 2, 3, 7, 100])
def test_parts_are_stretches_of_all_scenarios_on_all_studies(longest: int) -> None:
    scenarios = [Scenario(name=str(n)) for n in range(5)]
    parts = Parts(("north", "south"), scenarios, longest)
    wanted = [(n, name, one) for name in ("north", "south") for n, one in enumerate(scenarios)]
    assert [job for part in parts for job in part] == wanted
    assert parts.jobs == 10
    assert [parts.size(n) for n in range(len(parts))] == [len(part) for part in parts]
    assert {len(part) for part in list(parts)[:-1]} <= {longest}
    with pytest.raises(IndexError):
        parts[len(parts)]


class Library:
    """Stands in for the system's C library and notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def mallopt(self, setting: int, value: int) -> int:
        self.told.append((setting, value))
        return 1

    def malloc_trim(self, rest: int) -> int:
        self.told.append((0, rest))
        return 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there memory is set so")
def test_memory_is_kept_during_a_task_and_as_it_was_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "65536")

    def fail() -> None:
        with memory.steady_memory():
            during.update(library.told)
            raise KeyError

    during: dict[int, int] = {}
    with pytest.raises(KeyError):
        fail()
    assert min(during[-1], during[-3]) > 10_000 * 40 * 8  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, and an array of draws
    assert dict(library.told) == {-1: 65536, -3: 131072, 0: 0}


@pytest.mark.parametrize("value", ["", "much"])
def test_memory_nobody_set_is_left_alone(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", value)
    with memory.steady_memory():
        pass
    assert library.told == []
