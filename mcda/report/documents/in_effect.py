"""What is in force behind a document: the study's ranking, or the one a workshop agreed on."""

from mcda.report.request import Request
from mcda.result import Result
from mcda.workshop.baseline import in_force
from mcda.workshop.fold import fold
from mcda.workshop.room import Room


def in_effect(result: Result, request: Request) -> tuple[Result, Room | None]:
    """The ranking the document speaks of and the room it comes from: with a workshop what it agreed on (its own study,
    weights and ratings), else the result given and no room. Raises InputError as `in_force` does."""
    if request.room is None:
        return result, None
    room = fold(request.room.events)
    return in_force(request.room.study, room), room
