"""A moment of a log for paper: in the log's own time, the zone named, for nobody knows where the reader sits."""

from datetime import date

from mcda.locale import text
from mcda.locale.formats import day


def moment_text(at: str, language: str) -> str:
    """'01.03.2026, 10:05 Uhr (UTC)' for an ISO 8601 moment in UTC; empty for an empty one."""
    return text("moment.at", language, day=_day(at, language), time=at[11:16]) if at else ""


def moment_short(at: str, language: str) -> str:
    """The same for a narrow column whose header names the zone, to the second: '01.03.2026 10:05:07'."""
    return f"{_day(at, language)} {at[11:19]}" if at else ""


def _day(at: str, language: str) -> str:
    return day(date.fromisoformat(at[:10]), language)
