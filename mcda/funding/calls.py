"""Is the programme open on a day? Its validity, its calls, and the day the next one opens."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mcda.errors import Param
from mcda.funding.facts import Facts
from mcda.funding.records import Reason
from mcda.funding.rulebook import Rules
from mcda.study.model import Programme, ProgrammeCall

SHUT = frozenset(
    {"closed", "closed_noted", "not_open_yet", "between_calls", "calls_ended", "closed_by_status"},
)
"""Reasons that say a programme takes no applications on the day, whatever the measure is."""


def call(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 4: the day inside the programme's validity and, where it has calls, inside one of them.

    A programme without a first day is known from the earlier of its own as-of date and the study's; on a day
    before that it is to be checked. Without first and last day nothing says it is open: to be checked. Between two
    calls it is closed, and the reason names the day the next one opens.
    """
    first, last = rules.programme.valid_from, rules.programme.valid_to
    if last is not None and day > last:
        return _ended(rules.programme, last, day)
    if first is not None and day < first:
        return Reason("date", "no", "not_open_yet", {"first_day": first.isoformat(), "at_day": day.isoformat()})
    if rules.calls:
        return _window(rules, day)
    status = rules.programme.status
    if last is None and (status == "closed" or (status == "open" and first is None)):
        return _by_status(rules, facts, day)
    if first is None and last is None:
        state = {"note": rules.programme.status_note or "-", "note_en": rules.programme.status_note_en}
        return Reason("date", "check", "validity_unknown", state)
    if first is None and day < min(rules.programme.as_of or facts.known_since, facts.known_since):
        return Reason("date", "check", "first_day_unknown", {"at_day": day.isoformat()})
    if last is None:
        return Reason("date", "yes", "open_without_end", {"at_day": day.isoformat()})
    return Reason("date", "yes", "open", {"last_day": last.isoformat(), "at_day": day.isoformat()})


@dataclass(frozen=True, slots=True)
class Window:
    """How a programme stands on a day: `closes`, the last day to apply while open, `opens`, the next first day."""

    closes: date | None = None
    opens: date | None = None


def window_of(rules: Rules, facts: Facts, day: date) -> Window:
    """The programme's window on a day; the day's answer does not depend on the measure."""
    answer = call(rules, facts, day)
    shut = answer is not None and answer.verdict == "no"
    return Window(opens=opens(rules, day)) if shut else Window(closes=closes(rules, day))


def opens(rules: Rules, day: date) -> date | None:
    """The first day after `day` on which the programme takes applications again; None where none is known."""
    first, last = rules.programme.valid_from, rules.programme.valid_to
    starts = [start for start, _ in _windows(rules.calls, day) if start > day]
    if first is not None and day < first and not rules.calls:
        starts.append(first)
    known = [start for start in starts if (last is None or start <= last) and (first is None or start >= first)]
    return min(known, default=None)


def closes(rules: Rules, day: date) -> date | None:
    """The last day to apply in the window open on `day`; the programme's own last day without calls."""
    ends = [end for start, end in _windows(rules.calls, day) if start <= day <= end]
    last = rules.programme.valid_to
    if rules.calls and not ends:
        return None
    return min((end for end in (*ends, last) if end is not None), default=None)


def _ended(programme: Programme, last: date, day: date) -> Reason:
    """Closed, with what the source said once it was over: that is where a successor is named."""
    at: dict[str, Param] = {"last_day": last.isoformat(), "at_day": day.isoformat()}
    if not programme.status_note or programme.as_of is None or programme.as_of <= last:
        return Reason("date", "no", "closed", at)
    note: dict[str, Param] = {"note": programme.status_note, "note_en": programme.status_note_en}
    return Reason("date", "no", "closed_noted", at | note)


def _by_status(rules: Rules, facts: Facts, day: date) -> Reason:
    """What the source said holds from the day it was read; before that nobody knows."""
    seen = rules.programme.as_of or facts.known_since
    at = {"at_day": day.isoformat(), "seen_day": seen.isoformat()}
    if day < seen:
        return Reason("date", "check", "status_seen_later", at)
    if rules.programme.status == "closed":
        return Reason("date", "no", "closed_by_status", at)
    return Reason("date", "yes", "open_by_status", at)


def _window(rules: Rules, day: date) -> Reason:
    at = {"at_day": day.isoformat()}
    end = closes(rules, day)
    if end is not None:
        return Reason("date", "yes", "call_open", at | {"last_day": end.isoformat()})
    start = opens(rules, day)
    if start is not None:
        return Reason("date", "no", "between_calls", at | {"first_day": start.isoformat()})
    ended = max((call.last_day for call in rules.calls), default=day)
    return Reason("date", "no", "calls_ended", at | {"last_day": ended.isoformat()})


def _windows(calls: Sequence[ProgrammeCall], day: date) -> Iterator[tuple[date, date]]:
    """The windows of all calls; yearly ones in the years around the day, none before their first."""
    for row in calls:
        if not row.yearly:
            yield row.first_day, row.last_day
            continue
        for year in range(day.year - 1, day.year + 3):
            start = _in_year(row.first_day, year)
            end = _in_year(row.last_day, year + row.last_day.year - row.first_day.year)
            if start >= row.first_day:
                yield start, end


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February is the last of February where there is none."""
    leap = monthrange(year, 2)[1] == 29
    return day.replace(year=year) if leap or (day.month, day.day) != (2, 29) else day.replace(year=year, day=28)
