"""Rooms of a workshop in the terminal: a list, and a log that was run again."""

from datetime import date

from mcda.locale import text
from mcda.locale.formats import day
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.score import score_text
from mcda.workshop.replay import Replay, last_hash
from mcda.workshop.store import RoomRow

SHOWN = 10


def room_lines(rooms: tuple[RoomRow, ...], language: str) -> tuple[str, ...]:
    """One line per room: code, when opened, when deleted."""
    if not rooms:
        return (text("cli.workshop.none", language),)
    return tuple(
        text(
            "cli.workshop.line",
            language,
            code=room.code,
            day=day(date.fromisoformat(room.opened_at[:10]), language),
            until=day(date.fromisoformat(room.delete_after[:10]), language),
        )
        for room in rooms
    )


def replay_lines(found: Replay, language: str) -> tuple[str, ...]:
    """The first ten of the ranking the log leads to, and that it is whole. For a log without issues."""
    study = found.result.study
    lines = [
        f"{line.rank:>3}  {line.measure:<8} {score_text(found.result, line.score, language):>7}  "
        f"{title_of(study.measure_by_id[line.measure], language)}"
        for line in found.result.ranking[:SHOWN]
    ]
    lines.append(text("cli.workshop.whole", language, count=len(found.events)))
    if found.not_checked:
        steps = ", ".join(str(number) for number in found.not_checked)
        lines.append(text("cli.workshop.not_checked", language, steps=steps))
    lines.append(text("cli.workshop.checksum", language, hash=last_hash(found.events)))
    return tuple(lines)
