"""The JSON Schema of a set's file, for editors and for programs that write one."""

from typing import Any

from mcda.scenario import Scenario
from mcda.scenario_set.axes import kinds
from mcda.scenario_set.designs import DESIGNS
from mcda.scenario_set.fields import tables

Schema = dict[str, Any]
_DEEPEST = 5
"""Parts of the longest address of a cell, which without quotes are tables in tables."""


def scenarios_json_schema() -> Schema:
    """JSON Schema (2020-12) of a file of scenarios. That of one scenario is '#/$defs/Scenario'.

    It knows names and types. What hangs together (ranges that go up, unique names, circles, criteria of a study) only
    the reader tells.
    """
    one = Scenario.model_json_schema()
    inner = one.pop("$defs", {})
    fields = one["properties"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenarios",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **fields,
            "include": {"type": "array", "items": {"type": "string"}},
            "scenarios": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Scenario"}},
            "grid": _by_path(fields, lambda field: {"type": "array", "minItems": 1, "items": field}, whole=True),
            "random": {"oneOf": [_random("latin_hypercube", fields), _random("dirichlet", fields)]},
            "each": {"type": "array", "minItems": 1, "items": _each()},
        },
        "$defs": {"Scenario": one, **inner},
    }


def _by_path(fields: Schema, wanted: Any, *, whole: bool = False) -> Schema:
    """A table by dotted key: a field, 'weights.cost' with quotes, or cost in an inner table weights.

    `whole`: a field that is a table may also stand for itself.
    """
    plain = {name: wanted(field) for name, field in fields.items() if name != "name" and name not in tables()}
    values = {name: wanted(_values(fields[name])) for name in tables()}
    nested: Schema = {}
    for name, value in values.items():
        table: Schema = {"type": "object", "minProperties": 1, "additionalProperties": value}
        for _ in range(_DEEPEST - 1):
            table = table | {"additionalProperties": {"anyOf": [value, table]}}
        nested[name] = {"anyOf": [table, wanted(fields[name])]} if whole else table
    return {
        "type": "object",
        "minProperties": 1,
        "properties": plain | nested,
        "patternProperties": {rf"^{name}\..+$": value for name, value in values.items()},
        "additionalProperties": False,
    }


def _values(table: Schema) -> Schema:
    """The schema of a table's values; where it has none of its own, anything goes."""
    values = table.get("additionalProperties")
    return values if isinstance(values, dict) else {}


def _random(design: str, fields: Schema) -> Schema:
    assert design in DESIGNS
    ends = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    over = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
    weights = {
        "type": "object",
        "additionalProperties": False,
        "required": ["over", "concentration"],
        "properties": {"over": over, "concentration": {"type": "number", "exclusiveMinimum": 0}},
    }
    part = {"ranges": _by_path(fields, lambda _: ends)} if design == "latin_hypercube" else {"weights": weights}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["design", "count", *part],
        "properties": {
            "design": {"const": design},
            "count": {"type": "integer", "minimum": 1},
            "seed": fields["seed"],
            **({"whole": {"type": "boolean"}} if design == "latin_hypercube" else {}),
            **part,
        },
    }


def _each() -> Schema:
    day = r"\d{4}-\d{2}-\d{2}"
    return {"anyOf": [{"enum": [*kinds()]}, {"type": "string", "pattern": rf"^as_of:\s*{day}(\s*,\s*{day})*\s*$"}]}
