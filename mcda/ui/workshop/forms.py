"""From a form's flat fields to what an event says: votes from phones, steps from the console."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mcda.errors import InputError, Issue, Where
from mcda.ui.workshop.guard import Form
from mcda.workshop.contents import clean

Fields = Mapping[str, str]


def last_values(form: Form) -> dict[str, str]:
    """Each field once, the last value of those sent several times."""
    return dict(form)


Cells = Mapping[int, Sequence[str]]
"""The ratings each round asks for, as 'measure|criterion', by the round's number."""


def vote_from(form: Form, participant: str, cells: Cells) -> dict[str, Any]:
    """The content of a vote as a phone's form says it; empty fields are answers not given. Who abstains from a measure
    abstains from every criterion the round asks about.

    Raises InputError with every field that is no number. Whether the answer fits the question is checked later.
    """
    fields, issues = last_values(form), list[Issue]()
    said: dict[str, Any] = {
        "round": _whole(fields, "round", issues),
        "participant": participant,
        "ranks": _numbered(fields, "rank.", int_of, issues),
        "points": _numbered(fields, "points.", number_of, issues),
        "pairs": _numbered(fields, "pair.", _ratio, issues),
        "ratings": {},
        "top": tuple(fields[f"top.{n}"] for n in (1, 2, 3) if fields.get(f"top.{n}")),
        "answer": fields.get("answer", ""),
        "reason": fields.get("reason", ""),
    }
    said["ratings"] = _ratings(fields, cells.get(said["round"], ()), issues)
    if issues:
        raise InputError(issues)
    return {name: value for name, value in said.items() if value not in ("", {}, ())}


def number_of(typed: str) -> float:
    """A number typed with comma or dot. Raises ValueError."""
    words = typed.strip().replace(",", ".")
    if len(words) > 30 or words.strip("+-0123456789.") != "":
        raise ValueError(typed)
    return float(words)


def int_of(typed: str) -> int:
    """A whole number. Raises ValueError."""
    words = typed.strip()
    if len(words) > 9 or not words.isascii() or not words.removeprefix("-").isdigit():
        raise ValueError(typed)
    return int(words)


def _ratio(typed: str) -> float:
    """-5 says that the second is five times as important, 5 that the first is."""
    steps = number_of(typed)
    if -1 < steps < 1 or steps == -1:
        raise ValueError(typed)
    return steps if steps > 0 else -1.0 / steps


def _numbered(fields: Fields, prefix: str, read: Callable[[str], float], issues: list[Issue]) -> dict[str, float]:
    found = {}
    for name, typed in fields.items():
        if name.startswith(prefix) and typed.strip():
            try:
                found[name.removeprefix(prefix)] = read(typed)
            except ValueError:
                issues.append(_not_a_number(name.removeprefix(prefix), typed))
    return found


def _ratings(fields: Fields, asked: Sequence[str], issues: list[Issue]) -> dict[str, dict[str, Any]]:
    values = _numbered(fields, "value.", number_of, issues)
    abstained = {name.removeprefix("abstain.") for name, on in fields.items() if name.startswith("abstain.") and on}
    measures = {key for key in abstained if "|" not in key}
    abstained |= {key for key in asked if key.split("|")[0] in measures}
    cells = {name.removeprefix("reason.") for name in fields if name.startswith("reason.") and fields[name].strip()}
    found: dict[str, dict[str, Any]] = {}
    for key in dict.fromkeys((*values, *sorted(abstained - measures), *sorted(cells))):
        reason = fields.get(f"reason.{key}", "")
        if key in abstained:
            found[key] = {"abstain": True, "reason": reason}
        elif key in values:
            found[key] = {"value": values[key], "reason": reason}
        elif reason.strip():
            issues.append(Issue("vote_value_or_abstain", where=Where("vote", column=key), params={"value": ""}))
    return found


def _whole(fields: Fields, name: str, issues: list[Issue]) -> int:
    try:
        return int_of(fields.get(name, ""))
    except ValueError:
        issues.append(_not_a_number(name, fields.get(name, "")))
        return 0


def _not_a_number(column: str, typed: str) -> Issue:
    return Issue("not_a_number", where=Where("vote", column=column), params={"value": typed[:60]})


def step_from(form: Form, cells: Cells) -> tuple[str, dict[str, Any]]:
    """The kind and the content of a facilitator's step. Raises InputError with every field that cannot be read."""
    fields, issues = last_values(form), list[Issue]()
    kind = fields.get("kind", "")
    if kind == "voted":
        return kind, vote_from(form, fields.get("participant", ""), cells)
    said = _READ.get(kind, _as_given)(form, fields, issues)
    if issues:
        raise InputError(issues)
    return kind, said


Read = Callable[[Form, Fields, list[Issue]], dict[str, Any]]


def _as_given(form: Form, fields: Fields, issues: list[Issue]) -> dict[str, Any]:
    """Texts and whole numbers as they stand; `kind` and `token` are not part of what is said."""
    said: dict[str, Any] = {}
    for name, value in fields.items():
        if name in ("kind", "token", "then", "show") or not value.strip():
            continue
        said[name] = _whole(fields, name, issues) if name in _WHOLE else value
    return said


_WHOLE = frozenset({"round", "snapshot", "step", "rank", "tier", "lines"})


def _several(form: Form, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for key, value in form if key == name and value))


def _with_lists(*names: str) -> Read:
    def read(form: Form, fields: Fields, issues: list[Issue]) -> dict[str, Any]:
        rest = [(name, value) for name, value in form if name not in names]
        return _as_given(rest, last_values(rest), issues) | {name: _several(form, name) for name in names}

    return read


def _asked(form: Form, fields: Fields, issues: list[Issue]) -> dict[str, Any]:
    """A round's question: what kind it is stands in the field `what`."""
    rest = [(name, value) for name, value in form if name not in ("measures", "criteria", "what")]
    lists = {name: _several(form, name) for name in ("measures", "criteria")}
    return _as_given(rest, last_values(rest), issues) | lists | {"kind": fields.get("what", "")}


def _with_points(form: Form, fields: Fields, issues: list[Issue]) -> dict[str, Any]:
    plain = {name: value for name, value in fields.items() if not name.startswith("points.")}
    return _as_given(form, plain, issues) | {"points": _numbered(fields, "points.", number_of, issues)}


def _with_ratings(form: Form, fields: Fields, issues: list[Issue]) -> dict[str, Any]:
    plain = {name: value for name, value in fields.items() if not name.startswith("value.")}
    values = _numbered(fields, "value.", number_of, issues)
    rows = [
        {"measure": key.partition("|")[0], "criterion": key.partition("|")[2], "value": v} for key, v in values.items()
    ]
    return _as_given(form, plain, issues) | {"ratings": rows}


def _joined(form: Form, fields: Fields, issues: list[Issue]) -> dict[str, Any]:
    return {name: fields.get(name, "") for name in ("role", "municipality")} | {"paper": True}


_READ: Mapping[str, Read] = {
    "round_opened": _asked,
    "round_reopened": _with_lists("focus"),
    "weights_agreed": _with_points,
    "weights_tried": _with_points,
    "ratings_agreed": _with_ratings,
    "shown": _with_lists("measures"),
    "pinned": _with_lists("measures"),
    "joined": _joined,
}


def kept_values(form: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What somebody typed, to be shown again beside the fault."""
    return {name: clean(value[:2000]) for name, value in form if name not in ("token", "kind")}
