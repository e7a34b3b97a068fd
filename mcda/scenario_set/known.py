"""The names a scenario uses, held against the study: everything a file can get wrong that only the study knows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, get_args, get_origin

from mcda.altered import cell_faults, strangers
from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.methods import method
from mcda.scenario import Scenario
from mcda.study.model import TABLES, Study
from mcda.weights.tree import profile_issue

EVERY = "*"
"""As a programme: all of them."""


def unknown_names(content: dict[str, Any], study: Study | None) -> Iterator[Issue]:
    """The issues of methods, profiles, people, programmes, measures, themes, municipalities, factors and cells that
    the study does not hold, and of values its cells cannot have, each at its field. Methods are known without one.

    Fields with a fault of their own are left to the scenario, criteria to whoever reads points.
    """
    for field, value in content.items():
        try:
            wish = Scenario.model_validate({field: value})
        except InputError:
            continue
        for issue in (*_unknown_method(wish), *(_of_study(wish, study) if study else ())):
            yield replace(issue, where=Where(column=issue.where.column or field))


def _unknown_method(wish: Scenario) -> Sequence[Issue]:
    try:
        if wish.method:
            method(wish.method)
    except InputError as error:
        return error.issues
    return ()


def _of_study(wish: Scenario, study: Study) -> Iterator[Issue]:
    if wish.profile and (fault := profile_issue(study, wish.profile)):
        yield fault
    lists = (
        ("people", wish.people, tuple(person.id for person in study.stakeholders)),
        ("without_programmes", wish.without_programmes, (*study.programme_by_id, EVERY)),
    )
    for field, given, known in lists:
        yield from (_unknown(field, name, known) for name in given if name not in known)
    yield from strangers(study, wish)
    yield from cell_faults(study, wish)


def _unknown(field: str, name: str, known: Sequence[str]) -> Issue:
    params: dict[str, Param] = {"value": name, "allowed": tuple(known), "nearest": nearest(name, known)}
    return Issue("unknown_id", where=Where(column=field), params=params)


def only_whole(path: str) -> bool:
    """Whether a dotted key of a scenario takes whole numbers alone: its seed, and cells such as a horizon in years."""
    field, _, address = path.partition(".")
    if field != "cells":
        owner: Any = Scenario
        column = path
    else:
        owner, column = TABLES.get(address.partition(".")[0]), address.rpartition(".")[2]
    if owner is None or column not in owner.model_fields:
        return False
    kinds = set(_kinds(owner.model_fields[column].annotation))
    return int in kinds and kinds <= {int, type(None)}


def _kinds(annotation: Any) -> Iterator[Any]:
    """The types a field takes, without what is said about them."""
    if get_origin(annotation) is None:
        yield annotation
    elif hasattr(annotation, "__metadata__"):
        yield from _kinds(get_args(annotation)[0])
    else:
        for one in get_args(annotation):
            yield from _kinds(one)
