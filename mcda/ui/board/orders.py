"""What a hand on the board can ask for, checked again here: a browser's limits protect nothing."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mcda.errors import InputError, Issue, nearest
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.weights.direct import shift

Points = Annotated[float, Field(ge=0, le=100.0001, allow_inf_nan=False)]


class Order(BaseModel):
    """One wish. `seq` numbers the wishes of a board; each is carried out once.

    A `move` brings criterion `moved` to `to` points, starting from `points`, the weights when the hand took hold:
    moving there and back again ends where it began. `final` means the hand has let go.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seq: int = Field(ge=0)
    kind: Literal["move", "profile", "method", "lock", "undo", "baseline", "reset"]
    moved: str = ""
    to: Points = 0.0
    points: Mapping[str, Points] = Field(default_factory=dict)
    locked: tuple[str, ...] = ()
    choice: str = ""
    final: bool = True


def moved_scenario(study: Study, scenario: Scenario, order: Order) -> Scenario:
    """The scenario after a move: the siblings of the moved criterion give way in proportion, locked ones stay.

    Holds the points of every criterion, so it no longer depends on a profile. Raises InputError for criteria
    the study does not have.
    """
    unknown = sorted({order.moved, *order.points, *order.locked} - set(study.criterion_by_id))
    missing = sorted(set(study.criterion_by_id) - set(order.points))
    if unknown or missing:
        raise InputError([_unknown(study, name) for name in unknown] + [_unknown(study, name) for name in missing])
    siblings = study.children[study.criterion_by_id[order.moved].parent]
    group = {sibling: order.points[sibling] for sibling in siblings}
    locked = frozenset(order.locked) & frozenset(siblings)
    weights = {**order.points, **shift(group, order.moved, order.to, locked)}
    return scenario.model_copy(update={"weights": weights, "profile": "", "name": ""})


def _unknown(study: Study, name: str) -> Issue:
    known = tuple(study.criterion_by_id)
    return Issue("unknown_criterion", params={"value": name, "allowed": known, "nearest": nearest(name, known)})
