"""What the package imports is what it declares; what people are told to install is what was tested."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def names(requirements: list[str]) -> set[str]:
    return {plain(re.split(r"[<>=!~;\[ ]", requirement)[0]) for requirement in requirements}


def imported(folder: str) -> Iterator[tuple[str, str]]:
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
    missing = {(name, file) for name, file in imported("mcda") if name not in base | app}
    assert missing == set()
    heavy = {(name, file) for name, file in imported("mcda") if name in app - base}
    assert {file for _, file in heavy if not file.startswith("mcda/ui/")} == set()


def test_every_requirement_is_among_the_tested_constraints() -> None:
    pinned = {plain(line.split("==")[0]) for line in CONSTRAINTS.splitlines() if "==" in line}
    extras = PROJECT["optional-dependencies"].values()
    assert names([*PROJECT["dependencies"], *(r for extra in extras for r in extra)]) <= pinned


def test_constraints_name_no_index_and_no_place() -> None:
    lines = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_the_double_click_starts_with_windows_line_ends() -> None:
    assert re.search(r"^\*\.cmd .*eol=crlf$", (ROOT / ".gitattributes").read_text(encoding="utf-8"), re.MULTILINE)
