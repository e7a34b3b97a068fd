"""Scenarios back into a file that `read_scenarios` reads: the same scenarios, in the same order, by the same names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mcda.scenario import Scenario


def distinct(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The scenarios with names of their own, as a file wants them: a second 'Cost' becomes 'Cost (2)', and one without
    a name its place in the list."""
    taken: set[str] = set()
    named = []
    for place, one in enumerate(scenarios, start=1):
        wanted = name = one.name or str(place)
        number = 2
        while name in taken:
            name, number = f"{wanted} ({number})", number + 1
        taken.add(name)
        named.append(one if name == one.name else one.model_copy(update={"name": name}))
    return tuple(named)


def scenarios_json(scenarios: Sequence[Scenario]) -> bytes:
    """A file in JSON. Fields that say what the study says are left out."""
    content = {"scenarios": [_fields(one, "json") for one in distinct(scenarios)]}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def scenarios_toml(scenarios: Sequence[Scenario]) -> bytes:
    """The same in TOML. Raises ValueError where a cell is emptied (None), which TOML has no word for."""
    return "\n".join(line for one in distinct(scenarios) for line in _lines(_fields(one, "python"))).encode()


def _fields(scenario: Scenario, mode: str) -> dict[str, Any]:
    return {"name": scenario.name, **scenario.model_dump(mode=mode, exclude_defaults=True, exclude={"name"})}


def _lines(fields: Mapping[str, Any]) -> Iterator[str]:
    yield "[[scenarios]]"
    yield from (f"{key} = {_value(value)}" for key, value in fields.items())
    yield ""


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_word(str(key))} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _word(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    raise ValueError(f"{value!r} cannot be written as TOML")


def _word(word: str) -> str:
    """A word in quotation marks; the escapes of JSON are those of TOML, but for one sign that TOML also wants so."""
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")
