"""A scenario: everything that may change while the study stays the same. Files in TOML or JSON."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from numbers import Real
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from mcda.errors import InputError, Issue, Param, Where, nearest

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
"""The days a study can be looked at: as far as programmes, prices and horizons mean anything."""
LARGEST_WEIGHT = 1e9
"""More points than anybody writes, and few enough that sums of them stay exact."""
LARGEST_SEED = 2**53 - 1
"""The largest whole number a browser hands back as it was."""

_CODES = {
    "float": "not_a_number",
    "decimal": "not_a_number",
    "int": "not_an_integer",
    "string": "not_a_word",
    "mapping": "not_a_table",
    "dict": "not_a_table",
    "model": "not_a_table",
}
"""Our sentence for each kind of value a field may want, by the first word of pydantic's error type."""


class ReadOnly(dict[str, Any]):
    """A table nobody can change any more. A dict, so that it can be pickled and written as one."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a scenario cannot be changed; make another with model_copy(update=...)")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type["ReadOnly"], tuple[dict[str, Any]]]:
        """How it is copied and pickled."""
        return ReadOnly, (dict(self),)


def _number(value: Any) -> Any:
    """Numbers of every kind, numpy's too; True and '30' are none, though they could be read as such."""
    if isinstance(value, bool | int):
        return value
    return float(value) if isinstance(value, Real) else value


def _writable(name: str) -> str:
    name.encode()  # half a character, as \ud800 in a JSON file, cannot be written anywhere
    return name


_OF_POINTS = {"greater_than_equal": "weight_negative", "finite_number": "not_a_number"}
"""Our sentence for points that are none, by pydantic's error type."""

CellValue = bool | int | float | str | date | tuple[str, ...] | None
Factor = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False, strict=True), BeforeValidator(_number)]
Points = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True), BeforeValidator(_number)]
_Fixed = AfterValidator(ReadOnly)
ALTERING = ("cells", "cost_factors", "measures", "themes", "municipality")
"""Fields that change what the study holds, not how it is looked at."""
LATER = (*ALTERING, "budget_eur", "columns")
"""Fields scenarios have not had from the beginning."""

AhpPriorities = Literal["row_geometric_mean", "eigenvector"]
GroupMethod = Literal["aip", "aij"]
VotingKey = Literal["declared", "equal", "municipality", "population"]
GROUP = "*"
"""As `profile`: the weights of several stakeholders together."""


class Scenario(BaseModel):
    """One way to look at a study. Empty fields mean: as the study says.

    `weights`: points by criterion id; siblings not named keep their points, then all siblings are normalised.
    `profile`: a stakeholder whose answers are the starting point instead of the study's points; '*' is the group.
    `people`: who belongs to the group (empty: everybody who answered), `group_method`: 'aip' joins their weights,
    'aij' their answers, `voting_key`: how much each counts.
    `method`: a name of `mcda.METHODS` or 'pymcdm:NAME'. `as_of`: the day grant programmes are judged on.
    `without_programmes`: programmes taken as closed; '*' closes all.
    `cells`: other values for cells of the study, by address: 'measures.MV-01.capex_eur', 'study.horizon_years',
    'ratings.MV-01.reach.ECH.value', 'eligibility.MV-01.KRL_NKI.verdict'; their rows must be there. `cost_factors`:
    what investment and running cost are multiplied by, for '*' (all), themes and measures. `measures`, `themes`: only
    these. `municipality`: what it takes part in, by its own ratings. `budget_eur`: own contributions that can be paid;
    the line of the labels. `columns`: keys of the ranked list in the order wanted, where it is asked for without; no
    number hangs on them.
    Raises InputError with every field that is unknown or has a value it cannot have.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, AfterValidator(_writable)] = ""
    weights: Annotated[Mapping[str, Points], _Fixed] = Field(default_factory=ReadOnly)
    profile: str = ""
    method: str = ""
    ahp_priorities: AhpPriorities = "row_geometric_mean"
    people: tuple[str, ...] = ()
    group_method: GroupMethod = "aip"
    voting_key: VotingKey = "declared"
    without_programmes: tuple[str, ...] = ()
    as_of: date | None = Field(default=None, ge=FIRST_DAY, le=LAST_DAY)
    seed: int = Field(default=0, ge=0, le=LARGEST_SEED)
    cells: Annotated[Mapping[str, CellValue], _Fixed] = Field(default_factory=ReadOnly)
    cost_factors: Annotated[Mapping[str, Factor], _Fixed] = Field(default_factory=ReadOnly)
    measures: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    municipality: str = ""
    budget_eur: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    columns: tuple[str, ...] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _told(cls, content: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(content)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            raise InputError([issue_of(fault, "scenario", tuple(cls.model_fields)) for fault in faults]) from None

    def __hash__(self) -> int:
        return hash(json.dumps(self.canonical(), sort_keys=True))

    def canonical(self) -> dict[str, Any]:
        """The scenario as plain JSON values with sorted weights, for provenance. Younger fields only where they say
        something: what was made before a scenario could have them keeps its bytes."""
        plain = self.model_dump(
            mode="json", exclude={name for name in LATER if getattr(self, name) in (None, "", (), {})}
        )
        for name in ("weights", "cells", "cost_factors"):
            if name in plain:
                plain[name] = dict(sorted(plain[name].items()))
        return plain


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario from a TOML or JSON file. Raises InputError naming file, field, value and what is allowed."""
    file = Path(path)
    return scenario_from(content_of(file), file.name)


def content_of(file: Path) -> dict[str, Any]:
    """What stands in a TOML file, or in a JSON file by its ending .json. Raises InputError where it cannot be read."""
    try:
        written = file.read_bytes()
    except FileNotFoundError:
        raise InputError([Issue("file_missing", where=Where(str(file)), params={"path": str(file)})]) from None
    except (OSError, ValueError):  # also a name no file can have
        raise InputError([Issue("cannot_read", where=Where(str(file)), params={"path": str(file)})]) from None
    return content_in(written, file.name, str(file))


def content_in(written: bytes, name: str, path: str = "") -> dict[str, Any]:
    """What stands in the bytes of such a file called `name`. Raises InputError where they are no such file."""
    is_json, told = name.lower().endswith(".json"), {"path": path or name}
    try:
        words = written.decode("utf-8-sig")
        return _table(json.loads(words), name) if is_json else tomllib.loads(words)
    except UnicodeDecodeError:
        raise InputError([Issue("not_text", where=Where(name), params=told)]) from None
    except json.JSONDecodeError as error:
        raise InputError([Issue("not_json", where=Where(name, error.lineno), params=told)]) from None
    except RecursionError:  # brackets in brackets without end
        raise InputError([Issue("not_json" if is_json else "not_toml", where=Where(name), params=told)]) from None
    except ValueError as error:  # also a whole number of thousands of digits
        if is_json:
            raise InputError([Issue("not_json", where=Where(name), params=told)]) from None
        line = re.search(r"at line (\d+)", str(error))
        raise InputError([Issue("not_toml", where=Where(name, int(line[1]) if line else None))]) from None


def _table(content: Any, name: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise InputError([Issue("not_a_table", where=Where(name), params={"value": str(content)})])
    return content


def scenario_from(content: Mapping[str, Any], origin: str = "scenario") -> Scenario:
    """Build a scenario from plain values; every wrong field becomes an issue of one InputError."""
    try:
        return Scenario.model_validate(content)
    except InputError as error:
        raise InputError([replace(i, where=replace(i.where, table=origin)) for i in error.issues]) from None


def issue_of(fault: Any, table: str, known: tuple[str, ...]) -> Issue:
    """A fault pydantic found in a field, in our own words: what stands there and what is allowed. `known`: the names a
    field may have."""
    kind, value = fault["type"], str(fault["input"]).encode("utf-8", "backslashreplace").decode()
    field = ".".join(str(part) for part in fault["loc"])
    where = Where(table, column=field)
    limits = {"greater_than_equal": "≥ {ge}", "less_than_equal": "≤ {le}", "greater_than": "> {gt}"}
    if kind == "extra_forbidden":
        return Issue("unknown_field", where=where, params={"allowed": known, "nearest": nearest(field, known)})
    if kind in _OF_POINTS and field.startswith("weights."):
        return Issue(_OF_POINTS[kind], where=where, params={"value": value})
    if kind in limits:
        allowed = limits[kind].format(**fault["ctx"])
        return Issue("out_of_range", where=where, params={"value": value, "allowed": allowed})
    if kind == "literal_error":
        choices = tuple(re.findall("'([^']+)'", fault["ctx"]["expected"]))
        params: dict[str, Param] = {"value": value, "allowed": choices, "nearest": nearest(value, choices)}
        return Issue("not_a_choice", where=where, params=params)
    if kind.startswith("date"):
        return Issue("not_a_date", where=where, params={"value": value, "allowed": "2026-12-31"})
    return Issue(_CODES.get(kind.partition("_")[0], "invalid_value"), where=where, params={"value": value})
