"""A scenario: everything that may change while the study stays the same. Files in TOML."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mcda.errors import InputError, Issue, Where

AhpPriorities = Literal["row_geometric_mean", "eigenvector"]


class Scenario(BaseModel):
    """One way to look at a study. Empty fields mean: as the study says.

    `weights`: points by criterion id; siblings not named keep their points, then all siblings are normalised.
    `profile`: a stakeholder whose judgements or direct weights are the starting point instead of the study's.
    `method`: a name of `mcda.METHODS` or 'pymcdm:NAME'. `as_of`: the day grant programmes are judged on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    weights: Mapping[str, float] = Field(default_factory=dict)
    profile: str = ""
    method: str = ""
    ahp_priorities: AhpPriorities = "row_geometric_mean"
    as_of: date | None = None
    seed: int = Field(default=0, ge=0)

    def __hash__(self) -> int:
        return hash(json.dumps(self.canonical(), sort_keys=True))

    def canonical(self) -> dict[str, Any]:
        """The scenario as plain JSON values with sorted weights, for provenance."""
        plain = self.model_dump(mode="json")
        plain["weights"] = dict(sorted(self.weights.items()))
        return plain


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario from a TOML file. Raises InputError naming file, field, value and what is allowed."""
    file = Path(path)
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError([Issue("file_missing", where=Where(str(file)), params={"path": str(file)})]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError([Issue("not_toml", where=Where(file.name), params={"detail": str(error)})]) from None
    return scenario_from(content, file.name)


def scenario_from(content: Mapping[str, Any], origin: str = "scenario") -> Scenario:
    """Build a scenario from plain values; every wrong field becomes an issue of one InputError."""
    try:
        return Scenario.model_validate(content)
    except ValidationError as error:
        raise InputError(
            [
                Issue(
                    "invalid_value",
                    where=Where(origin, column=".".join(str(part) for part in fault["loc"])),
                    params={"value": str(fault["input"]), "allowed": fault["msg"]},
                )
                for fault in error.errors()
            ]
        ) from None
