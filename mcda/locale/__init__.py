"""The message catalogue: every word a person reads, in German and English.

A catalogue is the folder of a language; its TOML files are merged, nested tables become dotted keys.
"""

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from mcda.locale.formats import plain

LANGUAGES = ("de", "en")

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?=\s|$)")
"""A full stop of the catalogue after one that somebody wrote."""


def text(key: str, language: str = "en", /, **params: object) -> str:
    """The catalogue's text for `key` with its parameters filled in, numbers in the language's format.

    Where `count` is 1 and the catalogue has `key` with the ending `_one`, that singular is taken. A parameter that
    brings its own full stop does not double the sentence's.
    Raises KeyError for a key the catalogue does not hold: a missing text is a defect, not a state.
    """
    messages, one = catalogue(language), f"{key}_one"
    message = messages[one if str(params.get("count", "")) == "1" and one in messages else key]
    said = message.format_map({k: plain(v, language) for k, v in params.items()})
    return _TWO_STOPS.sub(".", said) if ".." in said else said


def label(group: str, name: str, language: str = "en") -> str:
    """The reader's word for a known id such as time_horizon 'short'; an unknown id is its own word."""
    return catalogue(language).get(f"{group}.{name}", name)


def has_text(key: str, language: str = "en") -> bool:
    """Whether the catalogue holds the key."""
    return key in catalogue(language)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of one language, by dotted key. Unknown languages raise ValueError."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
    entries: dict[str, str] = {}
    for file in sorted(files(__package__).joinpath(language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            entries.update(_flatten(tomllib.loads(file.read_text(encoding="utf-8"))))
    return entries


def placeholders(message: str) -> frozenset[str]:
    """The parameter names a message uses (for the test that both languages use the same)."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name)


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
