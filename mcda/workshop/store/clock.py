"""The time of day, as the log writes it."""

from datetime import UTC, datetime, timedelta


def this_moment() -> str:
    """Now in UTC, ISO 8601 to the millisecond, with a Z: such texts sort as the moments they name."""
    return stamp(datetime.now(UTC))


def days_from_now(days: int) -> str:
    """The moment so many days ahead, written alike."""
    return stamp(datetime.now(UTC) + timedelta(days=days))


def stamp(moment: datetime) -> str:
    """A moment as the log writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
