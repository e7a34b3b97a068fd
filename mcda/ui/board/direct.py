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

PATH = "/board/move"
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


def answer(question: Question) -> dict[str, Any]:
    """The ranking after the move, with what the next one needs.

    Raises UnknownStudy for one that is on no screen, InputError for a bad move.
    """
    with _lock:
        study = _studies.get(question.study)
    if study is None:
        raise UnknownStudy(question.study)
    scenario = moved_scenario(study, question.scenario, question.order)
    payload = board_payload(evaluate(study, scenario), _compared(study, question.baseline), question.language)
    points = payload["points"]
    return payload | {
        "remembered": remembered(study, points, (question.order.points, question.order.remembered)),
        "note": [question.order.moved, limit_note(study, question.order, points, question.language)],
    }


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
def _compared(study: Study, baseline: Scenario) -> Result:
    return evaluate(study, baseline)
