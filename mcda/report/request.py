"""What a person asks of a document: which kind, in which language, on which measures, for which municipality."""

from collections.abc import Callable
from dataclasses import dataclass, field

from mcda.portfolio import Plan
from mcda.workshop.log_file import RoomLog


def _quiet(done: float) -> None:
    """Nobody asked how far it is."""


@dataclass(frozen=True, slots=True)
class Request:
    """The wishes behind a document.

    `measures`: ids, empty for all. `municipality`: whose council reads it (council paper) or whose share is shown,
    empty for the alliance as a whole. `public`: whether the paper is for the public part of the sitting; amounts that
    could harm a tender are told only in the other. `columns`: keys of the ranked list in the order wanted, empty for
    the usual ones. `dialect`: of a ranked list in CSV, 'machine' for programs, empty or 'office' for a spreadsheet.
    `room`: the log of the workshop, where there was one: then the decided order, who was there and how the weights came
    about are taken from it. `plan`: which measures are to be done together, where that was worked out on this result:
    it has a paper of its own, and list and council paper speak of it. `template`: a planner's own Word template, as the
    bytes of the file. `told` hears how much of a long document is done (0..1); it is no part of the wish itself.
    """

    language: str = "de"
    measures: tuple[str, ...] = ()
    municipality: str = ""
    public: bool = True
    columns: tuple[str, ...] = ()
    dialect: str = ""
    room: RoomLog | None = None
    template: bytes = b""
    plan: Plan | None = field(default=None, hash=False)
    told: Callable[[float], None] = field(default=_quiet, compare=False)
