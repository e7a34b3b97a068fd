"""What the package imports is what it declares; what people are told to install is what was tested."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from mcda.ui import home, state
from mcda.ui.server import SCRIPT

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def names(requirements: list[str]) -> set[str]:
    return {plain(re.split(r"[<>=!~;\[ ]", requirement)[0]) for requirement in requirements}


@cache
def imported(folder: str) -> tuple[tuple[str, str], ...]:
    return tuple(_imported(folder))


def _imported(folder: str) -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            found = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in found:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names and top != "mcda":
                    yield plain(top), file.relative_to(ROOT).as_posix()


def test_the_engine_imports_only_what_the_base_install_brings() -> None:
    base = names(PROJECT["dependencies"])
    app = names(PROJECT["optional-dependencies"]["app"])
    report = names(PROJECT["optional-dependencies"]["report"]) | {"docx"}  # python-docx calls itself so
    batch = names([*PROJECT["optional-dependencies"]["batch"], *PROJECT["optional-dependencies"]["cluster"]])
    missing = {(name, file) for name, file in imported("mcda") if name not in base | app | report | batch}
    assert missing == set()
    heavy = {(name, file) for name, file in imported("mcda") if name in app - base}
    paper = ("mcda/report/exports/", "mcda/report/figures/qr_code.py")
    word = {file for name, file in imported("mcda") if name in report - base}
    assert {file for file in word if not file.startswith((*paper, "mcda/ui/"))} == set()
    assert {
        file for name, file in imported("mcda") if name in batch - base and not file.startswith("mcda/batch/")
    } == set()
    front = ("mcda/ui/", "mcda/workshop/store/", *paper)  # what a base install may leave unloaded
    assert {file for _, file in heavy if not file.startswith(front)} == set()


def test_every_requirement_is_among_the_tested_constraints() -> None:
    pinned = {plain(line.split("==")[0]) for line in CONSTRAINTS.splitlines() if "==" in line}
    extras = PROJECT["optional-dependencies"].values()
    assert names([*PROJECT["dependencies"], *(r for extra in extras for r in extra)]) <= pinned


def test_constraints_name_no_index_and_no_place() -> None:
    lines = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_the_double_click_starts_with_windows_line_ends() -> None:
    assert re.search(r"^\*\.cmd .*eol=crlf$", (ROOT / ".gitattributes").read_text(encoding="utf-8"), re.MULTILINE)


def test_a_wheel_holds_the_front_end_its_settings_and_the_example() -> None:
    targets = PYPROJECT["tool"]["hatch"]["build"]["targets"]
    carried = targets["wheel"]["force-include"]
    assert carried == {name: f"mcda/_app/{name}" for name in ("app.py", ".streamlit/config.toml", "data/nordallianz")}
    for name in carried:
        assert (ROOT / name).exists()
        assert f"/{name.split('/')[0]}" in targets["sdist"]["include"]


def test_the_front_end_is_found_in_a_checkout_and_in_an_installed_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert home.home() == ROOT
    assert ROOT / "app.py" == SCRIPT
    (tmp_path / "mcda" / "_app").mkdir(parents=True)
    monkeypatch.setattr(home, "PACKAGE", tmp_path / "mcda")
    monkeypatch.delenv(state.STUDY_VARIABLE, raising=False)
    assert home.home() == tmp_path / "mcda" / "_app"
    assert state.example_path() == tmp_path / "mcda" / "_app" / "data" / "nordallianz"
