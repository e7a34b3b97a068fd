"""What a hand on the board can ask for, checked again here: a browser's limits protect nothing."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mcda.errors import InputError, Issue, nearest
from mcda.locale import text
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.weights.direct import shift

AS_ASKED = 0.05
"""Points by which a weight may miss its target without a word: they are shown to tenths."""
Points = Annotated[float, Field(ge=0, le=100.0001, allow_inf_nan=False)]


class Order(BaseModel):
    """One wish. `seq` numbers the wishes of a board; each is carried out once.

    A `move` brings criterion `moved` to `to` points, starting from `points`, the weights when the hand took hold:
    moving there and back again ends where it began. `remembered` are the points of criteria now at zero as they last
    stood to each other (see `remembered`). `final` means the hand has let go.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seq: int = Field(ge=0)
    kind: Literal["move", "profile", "method", "lock", "undo", "baseline", "reset"]
    moved: str = ""
    to: Points = 0.0
    points: Mapping[str, Points] = Field(default_factory=dict)
    remembered: Mapping[str, Points] = Field(default_factory=dict)
    locked: tuple[str, ...] = ()
    choice: str = ""
    final: bool = True


def moved_scenario(study: Study, scenario: Scenario, order: Order) -> Scenario:
    """The scenario after a move: the siblings of the moved criterion give way in proportion, locked ones stay.

    Holds the points of every criterion, so it no longer depends on a profile. Raises InputError for criteria
    the study does not have.
    """
    unknown = sorted({order.moved, *order.points, *order.remembered, *order.locked} - set(study.criterion_by_id))
    missing = sorted(set(study.criterion_by_id) - set(order.points))
    if unknown or missing:
        raise InputError([_unknown(study, name) for name in unknown] + [_unknown(study, name) for name in missing])
    siblings = study.children[study.criterion_by_id[order.moved].parent]
    group = {sibling: order.points[sibling] for sibling in siblings}
    locked = frozenset(order.locked) & frozenset(siblings)
    weights = {**order.points, **shift(group, order.moved, order.to, locked, order.remembered)}
    return scenario.model_copy(update={"weights": weights, "profile": "", "name": ""})


def remembered(study: Study, points: Mapping[str, float], earlier: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The points that criteria now at zero last had together, group by group: so they come back in proportion.

    `earlier` holds all points of earlier moments, the latest first; a group at zero in all of them is left out.
    """
    found: dict[str, float] = {}
    for siblings in study.children.values():
        empty = [name for name in siblings if points[name] == 0]
        past = next((past for past in earlier if any(past.get(name, 0) > 0 for name in empty)), {})
        found |= {name: past[name] for name in empty if name in past}
    return found


def limit_note(study: Study, order: Order, points: Mapping[str, float], language: str) -> str:
    """Why a moved weight is not where the hand wanted it; empty when it is."""
    if abs(points[order.moved] - order.to) < AS_ASKED:
        return ""
    siblings = set(study.children[study.criterion_by_id[order.moved].parent]) - {order.moved}
    if not siblings:
        return text("board.only_one", language)
    if siblings <= set(order.locked):
        return text("board.all_fixed", language)
    return text("board.fixed_limit", language, points=round(points[order.moved], 1))


def _unknown(study: Study, name: str) -> Issue:
    known = tuple(study.criterion_by_id)
    return Issue("unknown_criterion", params={"value": name, "allowed": known, "nearest": nearest(name, known)})
