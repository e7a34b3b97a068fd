"""Rangfolge: ranks the measures of a municipal alliance by several criteria and explains every rank.

>>> import mcda
>>> study = mcda.read_study("data/nordallianz")
>>> result = mcda.evaluate(study, mcda.Scenario(weights={"relevance": 40, "cost": 20}))
>>> ranking = result.frame()
"""

from mcda.errors import Finding, InputError, Issue, McdaError, MethodError
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.result import Result
from mcda.scenario import Scenario, read_scenario
from mcda.study.model import Study
from mcda.study.read import read_study
from mcda.study.write import write_study
from mcda.version import __version__

__all__ = [
    # the flow
    "read_study",
    "write_study",
    "read_scenario",
    "evaluate",
    # what goes in and what comes out
    "Study",
    "Scenario",
    "Result",
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
