"""Pages from templates: every text escaped, every word from the catalogue, times of the log as local time."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined

from mcda.locale import text
from mcda.locale.formats import day, number, percent
from mcda.version import __version__


def page(template: str, language: str, /, **context: Any) -> str:
    """A template with its context; `t` looks words up, `token` makes a form count once."""
    return (
        _environment()
        .get_template(template)
        .render(
            language=language,
            other="en" if language == "de" else "de",
            t=lambda key, **params: text(key, language, **params),
            pct=lambda share, digits=0: percent(share, language, digits),
            num=lambda value, digits=2: number(value, language, digits),
            day_of=lambda at: day(datetime.fromisoformat(at).astimezone().date(), language) if at else "",
            token=lambda: secrets.token_urlsafe(12),
            version=__version__,
            **context,
        )
    )


def local_time(at: str) -> str:
    """'14:03' of a moment of the log; what is no moment stays as it is."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%H:%M")
    except ValueError:
        return at


def minutes_since(at: str) -> float | None:
    """The minutes since a moment of the log; None before the start."""
    return (datetime.now().astimezone() - datetime.fromisoformat(at)).total_seconds() / 60 if at else None


def later(at: str, minutes: int) -> str:
    """The time of day so many minutes after a moment of the log; '+20 min' before the start."""
    if not at:
        return f"+{minutes}"
    return (datetime.fromisoformat(at) + timedelta(minutes=minutes)).astimezone().strftime("%H:%M")


@lru_cache(maxsize=64)
def qr(words: str) -> str:
    """A QR code as an address an image can show, drawn here. Kept, because drawing takes longer than all else a view
    needs."""
    return str(segno.make(words, error="m", micro=False).svg_data_uri(border=2, scale=8))


def qr_svg(words: str) -> bytes:
    """A QR code as an SVG file."""
    out = BytesIO()
    segno.make(words, error="m", micro=False).save(out, kind="svg", border=2, scale=8)
    return out.getvalue()


@cache
def static(name: str) -> bytes:
    """One of the two files beside the templates. Raises FileNotFoundError for any other."""
    if name not in STATIC:
        raise FileNotFoundError(name)
    return files("mcda.ui.workshop").joinpath("static", name).read_bytes()


STATIC: Mapping[str, str] = {"workshop.css": "text/css", "workshop.js": "text/javascript"}


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("mcda.ui.workshop"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["clock"] = local_time
    made.globals["later"] = later
    return made
