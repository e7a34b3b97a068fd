"""The minutes of a workshop (Ergebnisprotokoll): who was there, what was asked, agreed and decided, and the log."""

from collections.abc import Iterator, Sequence
from datetime import date

from mcda.errors import InputError, Issue
from mcda.locale import text
from mcda.locale.formats import day
from mcda.report.document import Bullets, Document, Facts, Heading, PageBreak, Paragraph, Part, Table
from mcda.report.documents.frame import framed
from mcda.report.documents.in_effect import in_effect
from mcda.report.exhibits.decided_beside import decided_beside
from mcda.report.exhibits.decided_order import decisions_of
from mcda.report.exhibits.decided_tiers import decided_tiers
from mcda.report.exhibits.decision_sentences import decision_sentences
from mcda.report.exhibits.fact_sheet import Fact
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing
from mcda.report.exhibits.method_note import method_paragraph
from mcda.report.exhibits.moment import moment_short, moment_text
from mcda.report.exhibits.ranked_list import study_title
from mcda.report.exhibits.room_protocol import Asked, Line, Protocol, protocol_of
from mcda.report.exhibits.room_reveal import Reveal, RevealLine
from mcda.report.exhibits.tier_names import tier_name
from mcda.report.exhibits.weights_origin import weights_origin
from mcda.report.request import Request
from mcda.result import Result
from mcda.workshop.room import Room

FIRST = 10
"""So many places of the decided order are printed; the ranked list has them all."""

TYPE_PT = 8.5
LOG_PT = 7.5


def build(result: Result, request: Request) -> Document:
    """The minutes of `request.room`. Times are the log's own, in UTC. Raises InputError without a workshop."""
    if request.room is None:
        raise InputError([Issue("room_needed")])
    found, room = in_effect(result, request)
    assert room is not None  # a request with a room has one
    language, events = request.language, request.room.events
    told = protocol_of(request.room.study, events, language)
    parts = (
        *_head(found, told, language),
        *_people(told, language),
        *_rounds(told, language),
        *_weights(found, room, told, language),
        *_ratings(told, language),
        *_decided(found, room, told, language),
        *_councils(told, language),
        *_provenance(found, told, language),
        *_log(told.lines, language),
    )
    return framed(found, "protocol", parts, language, subtitle=told.title)


def _head(result: Result, told: Protocol, language: str) -> Iterator[Part]:
    rows = {
        "study": study_title(result, language),
        "opened": moment_text(told.opened_at, language),
        "ended": moment_text(told.ended_at, language) or text("minutes.still_open", language),
        "remark": told.remark,
    }
    facts = tuple(Fact(text(f"minutes.{name}", language), value) for name, value in rows.items() if value)
    yield Facts(facts, text("minutes.caption", language))
    yield Paragraph(text("minutes.zone", language), "small")


def _people(told: Protocol, language: str) -> Iterator[Part]:
    if told.people:
        yield Heading(text("minutes.heading.people", language))
        yield Paragraph(text("minutes.roles", language))
        yield Bullets(told.people)


def _rounds(told: Protocol, language: str) -> Iterator[Part]:
    """Every question with what came of it; of one that was not revealed only that it was asked."""
    if not told.rounds:
        return
    yield Heading(text("minutes.heading.rounds", language))
    for asked in told.rounds:
        yield Heading(text("minutes.round", language, number=str(asked.number), name=asked.name), 2)
        if asked.reveal is None:
            yield Paragraph(f"{_when(asked, language)} {text('minutes.not_revealed', language)}")
        else:
            yield from _revealed(asked.reveal, _when(asked, language), language)


def _when(asked: Asked, language: str) -> str:
    closed = moment_text(asked.closed_at, language)
    key = "asked_until" if closed else "asked"
    opened = moment_text(asked.opened_at, language)
    return text(f"minutes.{key}", language, votes=asked.votes, opened=opened, closed=closed)


def _revealed(found: Reveal, when: str, language: str) -> Iterator[Part]:
    rows = [_line(one) for one in found.lines]
    columns: tuple[tuple[str, Kind, int], ...] = (
        *(("name", "text", 50), ("result", "text", 18)),
        *(("reach", "text", 18), ("note", "text", 30)),
    )
    yield Table(_filled("minutes", columns, rows, language), when, size=TYPE_PT)
    if found.agreement:
        yield Paragraph(" ".join(found.agreement))
    if found.disputes:
        yield Paragraph(text("minutes.disputes", language))
        yield Bullets(tuple(f"{one.title}: {one.sentence}" for one in found.disputes))
    if found.reasons:
        yield Paragraph(text("minutes.reasons", language))
        yield Bullets(found.reasons)
    if found.notes:
        yield Paragraph(" ".join(found.notes), "small")


def _line(one: RevealLine) -> tuple[Cell, ...]:
    """A figure with how far votes reach; where it has no ends, what is said of its reach is a remark."""
    reach, more = (one.reach, "") if one.ends else ("", one.reach)
    return one.name, one.shown, reach, ", ".join(filter(None, (more, one.note)))


def _filled(
    group: str, columns: Sequence[tuple[str, Kind, int]], rows: Sequence[tuple[Cell, ...]], language: str
) -> Listing:
    """The rows without the columns nobody filled, but for the first two."""
    kept = [at for at in range(len(columns)) if at < 2 or any(row[at] not in (None, "") for row in rows)]
    heads = tuple(
        Column(columns[at][0], text(f"{group}.column.{columns[at][0]}", language), *columns[at][1:]) for at in kept
    )
    return Listing("", heads, tuple(tuple(row[at] for at in kept) for row in rows))


def _weights(result: Result, room: Room, told: Protocol, language: str) -> Iterator[Part]:
    yield Heading(text("minutes.heading.weights", language))
    yield Paragraph(" ".join(weights_origin(result, room, language)))
    if told.weights:
        columns: tuple[tuple[str, Kind, int], ...] = (
            *(("criterion", "text", 40), ("before", "text", 14), ("now", "text", 14)),
        )
        yield Table(_filled("minutes", columns, told.weights, language), text("minutes.shares", language), size=TYPE_PT)


def _ratings(told: Protocol, language: str) -> Iterator[Part]:
    if told.ratings:
        yield Heading(text("minutes.heading.ratings", language))
        columns: tuple[tuple[str, Kind, int], ...] = (("name", "text", 60), ("agreed", "text", 14))
        yield Table(_filled("minutes", columns, told.ratings, language), size=TYPE_PT)


def _decided(result: Result, room: Room, told: Protocol, language: str) -> Iterator[Part]:
    """What was decided with its reasons, then the first of the order that makes."""
    yield Heading(text("minutes.heading.decided", language))
    yield Paragraph(" ".join(decision_sentences(result, room, language)))
    listing = decided_beside(result, room, language)
    if listing.rows:
        yield Table(listing, size=TYPE_PT)
    columns: tuple[tuple[str, Kind, int], ...] = (
        *(
            ("place", "whole", 6),
            ("title", "text", 60),
            ("rank", "whole", 8),
            ("tier", "text", 12),
            ("status", "text", 14),
        ),
    )
    tiers = decided_tiers(result, decisions_of(result, room))
    rows: list[tuple[Cell, ...]] = [
        (place, " ".join(one.title.split()), one.rank, tier_name(tiers[one.measure], language), one.status)
        for place, one in enumerate(told.decisions[:FIRST], start=1)
    ]
    rest = len(told.decisions) - len(rows)
    yield Heading(text("minutes.heading.order", language), 2)
    note = text("annex.more", language, count=rest) if rest else ""
    yield Table(_filled("minutes", columns, rows, language), note, size=TYPE_PT)


def _councils(told: Protocol, language: str) -> Iterator[Part]:
    if not told.councils:
        return
    columns: tuple[tuple[str, Kind, int], ...] = (
        *(("municipality", "text", 30), ("outcome", "text", 24), ("day", "text", 12), ("remark", "text", 50)),
    )
    rows = [
        (name, outcome, day(date.fromisoformat(on), language) if on else "", remark)
        for name, outcome, on, remark in told.councils
    ]
    yield Heading(text("minutes.heading.councils", language))
    yield Table(_filled("minutes", columns, rows, language), size=TYPE_PT)


def _provenance(result: Result, told: Protocol, language: str) -> Iterator[Part]:
    rows = {
        "version": f"Rangfolge {told.version}",
        "input_hash": _grouped(told.input_hash),
        "last_hash": _grouped(told.last_hash),
    }
    yield Heading(text("minutes.heading.provenance", language))
    yield Paragraph(method_paragraph(result, language))
    yield Facts(
        tuple(Fact(text(f"minutes.{name}", language), value) for name, value in rows.items()),
        text("minutes.proof", language),
    )
    yield Paragraph(text("minutes.replay", language), "small")


def _grouped(digest: str) -> str:
    """A checksum in groups, for eyes that compare it and lines that must break."""
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _log(lines: Sequence[Line], language: str) -> Iterator[Part]:
    """The log as an appendix; what was taken back stays, marked."""
    columns: tuple[tuple[str, Kind, int], ...] = (
        *(("seq", "whole", 5), ("at", "text", 20), ("who", "text", 12), ("what", "text", 60), ("effect", "text", 50)),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.seq,
            moment_short(one.at, language),
            one.who,
            text("minutes.undone", language, what=one.what) if one.undone else one.what,
            "; ".join(one.effect),
        )
        for one in lines
    ]
    yield PageBreak()
    yield Heading(text("minutes.heading.log", language))
    yield Table(_filled("minutes", columns, rows, language), size=LOG_PT)
