"""Plans made once for each question: the page asks for them again at every click."""

from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mcda.portfolio import Plan, PlanTask, plan
from mcda.report.exhibits.result_key import ResultKey

Answer = TypeVar("Answer")

Told = Callable[[int, int], None]

ROUNDS = (1.0, 4.0, 15.0)
"""Seconds of search, one after the other, until the plan is proven to be the best."""


@lru_cache(maxsize=128)
def made(key: ResultKey, task: PlanTask, seconds: float = ROUNDS[0]) -> Plan:
    """The plan after so many seconds. Raises InputError with every demand that cannot be met."""
    return plan(key.result, task, seconds=seconds)


def settled(found: Plan) -> bool:
    """Whether more time cannot change the answer."""
    return found.status in ("optimal", "infeasible")


def rounds(key: ResultKey, task: PlanTask) -> Iterator[tuple[float, Plan]]:
    """Better and better plans with the share of the search that is done, until nothing better can come."""
    best: Plan | None = None
    for number, seconds in enumerate(ROUNDS, 1):
        found = made(key, task, seconds)
        if best is None or not best.solved or (found.solved and found.gap <= best.gap):
            best = found
        over = settled(best) or number == len(ROUNDS)
        yield (1.0 if over else number / len(ROUNDS)), best
        if over:
            return


def longest(words: str, key: ResultKey, task: PlanTask) -> Plan:
    """The plan after as long a search as it needs; a bar says how far it is."""
    bar = st.empty()
    for done, found in rounds(key, task):
        best = found
        bar.progress(done, words)
    bar.empty()
    return best


def bar_of(place: DeltaGenerator, words: str) -> Told:
    """Tells in this place how far some work is."""

    def told(done: int, of: int) -> None:
        place.progress(min(done / max(of, 1), 1.0), words)

    return told


@lru_cache(maxsize=256)
def _drawer(question: str, key: ResultKey, task: PlanTask, more: Hashable) -> list[object]:
    return []


def is_answered(question: str, key: ResultKey, task: PlanTask, more: Hashable = ()) -> bool:
    """Whether a question about a task was answered before."""
    return bool(_drawer(question, key, task, more))


def answered(question: str, key: ResultKey, task: PlanTask, work: Callable[[], Answer], more: Hashable = ()) -> Answer:
    """The answer to a question about a task: worked out the first time, kept afterwards."""
    drawer = _drawer(question, key, task, more)
    if not drawer:
        drawer.append(work())
    return drawer[0]  # type: ignore[return-value]


def asked(
    question: str,
    key: ResultKey,
    task: PlanTask,
    words: str,
    work: Callable[[Told], Answer],
    more: Hashable = (),
) -> Answer:
    """The answer to a question, with a bar that says how far the work is; nothing is drawn for one that is known."""
    place = st.empty()
    found = answered(question, key, task, lambda: work(bar_of(place, words)), more)
    place.empty()
    return found


def on_demand(
    question: str,
    key: ResultKey,
    task: PlanTask,
    label: str,
    words: str,
    work: Callable[[Told], Answer],
    more: Hashable = (),
) -> Answer | None:
    """The answer once somebody pressed the button; None until then."""
    place = st.empty()
    if not is_answered(question, key, task, more):
        if not place.button(label, key=f"budget_ask_{question}", type="primary"):
            return None
        place.empty()
    return asked(question, key, task, words, work, more)
