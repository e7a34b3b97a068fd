"""`mcda.__all__` is the public surface: nothing more is offered, nothing in it is missing, importing it is cheap."""

import subprocess
import sys
from types import ModuleType

import mcda

HEAVY = ("streamlit", "plotly", "pymcdm", "scipy.stats", "matplotlib", "sqlalchemy", "rich")
PUBLIC = {
    *("read_study", "write_study", "read_scenario", "evaluate", "Study", "Scenario", "Result", "METHODS"),
    *("Issue", "Finding", "McdaError", "InputError", "MethodError", "__version__"),
}


def test_public_names_are_the_promised_ones() -> None:
    assert set(mcda.__all__) == PUBLIC
    assert len(mcda.__all__) == len(PUBLIC)


def test_every_public_name_exists_and_no_other_is_lying_about() -> None:
    offered = {name for name in vars(mcda) if not name.startswith("_")}
    modules = {name for name in offered if isinstance(getattr(mcda, name), ModuleType)}
    assert offered - modules == PUBLIC - {"__version__"}


def test_public_functions_and_classes_are_explained() -> None:
    bare = [name for name in mcda.__all__ if callable(getattr(mcda, name)) and not getattr(mcda, name).__doc__]
    assert not bare


def test_importing_the_engine_loads_nothing_heavy() -> None:
    program = f"import sys, mcda; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
