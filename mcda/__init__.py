"""Rangfolge: ranks the measures of a municipal alliance by several criteria and explains every rank.

>>> import mcda
>>> study = mcda.read_study("data/nordallianz")
>>> result = mcda.evaluate(study, mcda.Scenario(weights={"relevance": 40, "cost": 20}))
>>> ranking = result.frame()
"""

import importlib
import typing

from mcda.errors import Finding, InputError, Issue, McdaError, MethodError
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.result import Result
from mcda.scenario import Scenario, read_scenario
from mcda.study.model import Study
from mcda.study.read import read_study
from mcda.study.write import write_study
from mcda.version import __version__

if typing.TYPE_CHECKING:
    from mcda.batch import Batch, read_batch, run_batch
    from mcda.portfolio import PlanTask, plan, read_task
    from mcda.scenario_set import read_scenarios

__all__ = [
    # the flow
    "read_study",
    "write_study",
    "read_scenario",
    "read_scenarios",
    "evaluate",
    "run_batch",
    "read_batch",
    "read_task",
    "plan",
    # what goes in and what comes out
    "Study",
    "Scenario",
    "Result",
    "Batch",
    "PlanTask",
    "METHODS",
    # what can be wrong, and what is worth knowing
    "Issue",
    "Finding",
    "McdaError",
    "InputError",
    "MethodError",
    # the package itself
    "__version__",
]

_LATER = {
    **dict.fromkeys(("run_batch", "read_batch", "Batch"), "mcda.batch"),
    **dict.fromkeys(("plan", "PlanTask", "read_task"), "mcda.portfolio"),
    "read_scenarios": "mcda.scenario_set",
}
"""Public names whose modules load on first use: whoever ranks one study does not wait for them."""


def __getattr__(name: str) -> typing.Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_LATER[name]), name)
