"""The example study, read and ranked once for all tests of a process: nothing changes a study or a result."""

from functools import cache
from pathlib import Path

from mcda.evaluate import evaluate
from mcda.result import Result
from mcda.study.model import Study
from mcda.study.read import read_study

EXAMPLE = Path(__file__).parents[1] / "data" / "nordallianz"


@cache
def the_example() -> Study:
    """The study as its files have it."""
    return read_study(EXAMPLE)


@cache
def ranked_example() -> Result:
    """Its result under its own weights, method and day."""
    return evaluate(the_example())
