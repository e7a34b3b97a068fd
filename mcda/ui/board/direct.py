"""The short way for a thumb in motion: one stateless question, one ranking, the same engine.

A full pass through the session costs several times the ranking itself, so while a weight is dragged the board asks
here. Nothing is kept; what the hand lets go of travels the normal way and is stored in the session.
"""

from collections import OrderedDict
from functools import lru_cache
from threading import Lock
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from mcda.evaluate import evaluate
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui.board.orders import Order, limit_note, moved_scenario, remembered
from mcda.ui.board.payload import board_payload
from mcda.ui.board.sureness import sure_payload

PATH = "/board/move"
SURE_PATH = "/board/sure"
KEPT_STUDIES = 32
_studies: OrderedDict[str, Study] = OrderedDict()
_lock = Lock()
_served = False


class UnknownStudy(LookupError):
    """The study asked about is on no screen any more."""


class Question(BaseModel):
    """A move within a scenario of a study this process has on some screen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: str
    scenario: Scenario
    baseline: Scenario
    language: str = Field(pattern="^(de|en)$")
    order: Order


class SureQuestion(BaseModel):
    """How sure is the ranking of a scenario, after a move of the hand where one is given?"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: str
    scenario: Scenario
    language: str = Field(pattern="^(de|en)$")
    locked: tuple[str, ...] = ()
    order: Order | None = None


def sureness(question: SureQuestion) -> dict[str, Any]:
    """Labels of the rows and the way of first place beside the sliders.

    Raises UnknownStudy for a study that is on no screen, InputError for a bad move, MethodError as the ranking does.
    """
    study = _known(question.study)
    scenario = question.scenario
    if question.order is not None:
        scenario = moved_scenario(study, scenario, question.order)
    return _sure(study, scenario, frozenset(question.locked), question.language)


def answer(question: Question) -> dict[str, Any]:
    """The ranking after the move, with what the next one needs.

    Raises UnknownStudy for one that is on no screen, InputError for a bad move.
    """
    study = _known(question.study)
    scenario = moved_scenario(study, question.scenario, question.order)
    payload = board_payload(evaluate(study, scenario), _compared(study, question.baseline), question.language)
    points = payload["points"]
    return payload | {
        "remembered": remembered(study, points, (question.order.points, question.order.remembered)),
        "note": [question.order.moved, limit_note(study, question.order, points, question.language)],
    }


def _known(key: str) -> Study:
    with _lock:
        study = _studies.get(key)
    if study is None:
        raise UnknownStudy(key)
    return study


def remember(study: Study) -> str:
    """Make a study answerable; returns the key a question names it by. The least used ones are forgotten."""
    key = f"{study.input_hash}-{study.file_hash}"
    with _lock:
        _studies[key] = study
        _studies.move_to_end(key)
        while len(_studies) > KEPT_STUDIES:
            _studies.popitem(last=False)
    return key


def serve_here() -> None:
    """The server of this process answers at PATH."""
    global _served
    _served = True


def is_served() -> bool:
    """Whether the board may ask at PATH; `streamlit run app.py` alone has no such address."""
    return _served


@lru_cache(maxsize=64)
def _sure(study: Study, scenario: Scenario, locked: frozenset[str], language: str) -> dict[str, Any]:
    """Kept, since what a hand lets go of is asked about again when the session has stored it."""
    return sure_payload(evaluate(study, scenario), locked, language)


@lru_cache(maxsize=64)
def _compared(study: Study, baseline: Scenario) -> Result:
    return evaluate(study, baseline)
