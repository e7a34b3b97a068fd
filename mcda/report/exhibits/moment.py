"""A moment of a log for paper: by the clock on the wall in Germany, where the councils sit; lists of steps in UTC."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mcda.locale import text
from mcda.locale.formats import day


def moment_text(at: str, language: str) -> str:
    """'01.03.2026, 11:05 Uhr' for an ISO 8601 moment in UTC; empty for an empty one. On a machine that does not know
    the time zones it stays in UTC, and says so."""
    if not at:
        return ""
    zone = _zone()
    then = datetime.fromisoformat(at).astimezone(zone) if zone else datetime.fromisoformat(at)
    key = "moment.at" if zone else "moment.at_utc"
    return text(key, language, day=day(then.date(), language), time=f"{then:%H:%M}")


@cache
def _zone() -> ZoneInfo | None:
    try:
        return ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return None


def moment_short(at: str, language: str) -> str:
    """The same for a narrow column whose header names the zone, to the second: '01.03.2026 10:05:07'."""
    return f"{_day(at, language)} {at[11:19]}" if at else ""


def _day(at: str, language: str) -> str:
    return day(date.fromisoformat(at[:10]), language)
