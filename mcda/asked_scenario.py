"""What a command line says about the scenario: a file, and options laid over it."""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from mcda.asked import together
from mcda.errors import InputError, Issue, Where
from mcda.scenario import Scenario, read_scenario, scenario_from
from mcda.study.cells import CellError, convert
from mcda.study.model import StudyInfo


def scenario_of(options: argparse.Namespace) -> Scenario:
    """The scenario file, if one was named, with the options of the command line laid over it."""
    base, weights, as_of = together(
        lambda: read_scenario(options.scenario) if options.scenario else Scenario(),
        lambda: parse_weights(options.weights),
        lambda: parse_day(options.as_of),
    )
    chosen = {"profile": options.profile, "method": options.method, "as_of": as_of, "seed": options.seed}
    changes = {name: value for name, value in chosen.items() if value not in ("", None)}
    try:
        return scenario_from(dict(base) | changes | {"weights": {**base.weights, **weights}})
    except InputError as error:  # the file is right by now: what is wrong came from an option
        options_of = {i.where.column: Where("--" + i.where.column.replace("_", "-")) for i in error.issues}
        raise InputError([replace(i, where=options_of[i.where.column]) for i in error.issues]) from None


def parse_weights(entries: Iterable[str]) -> dict[str, float]:
    """Points by criterion id from `relevance=40,cost=20`. Raises InputError with every part that is not so."""
    weights: dict[str, float] = {}
    issues: list[Issue] = []
    for part in (part.strip() for entry in entries for part in entry.split(",") if part.strip()):
        name, _, points = (piece.strip() for piece in part.partition("="))
        try:
            number = float(points)
        except ValueError:
            issues.append(Issue("weight_form", where=Where("--weights"), params={"value": part}))
            continue
        if not name or name in weights:
            issues.append(Issue("weight_form", where=Where("--weights"), params={"value": part}))
        weights[name] = number
    if issues:
        raise InputError(issues)
    return weights


def parse_day(entry: str) -> Any:
    """The as-of date of the command line, or None when none was given."""
    try:
        return convert(StudyInfo, "as_of", entry) if entry else None
    except CellError as error:
        params = {"value": entry, "allowed": error.allowed}
        raise InputError([Issue(error.code, where=Where("--as-of"), params=params)]) from None
