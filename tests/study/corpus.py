"""The files of tests/files and what each must give."""

import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcda.errors import InputError, Issue
from mcda.study.model import Study
from mcda.study.read import read_with_notes

FILES = Path(__file__).parents[1] / "files"
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".ods", ".xls"})
BASE = "base"


@dataclass(frozen=True)
class Case:
    """A file, what is in it and what it must give."""

    name: str
    expected: dict[str, Any]


def cases() -> list[Case]:
    """All cases in the order of expected.toml."""
    content = tomllib.loads((FILES / "expected.toml").read_text(encoding="utf-8"))
    return [Case(name, expected) for name, expected in content.items()]


def source_of(name: str, folder: Path) -> Path:
    """What a case reads: a workbook, a folder, or one table laid over the base in `folder`."""
    path = FILES / name
    if path.is_dir() or path.suffix in WORKBOOKS:
        return path
    table = name.partition("-")[0]
    for file in (FILES / BASE).iterdir():
        if file.stem != table:
            shutil.copy(file, folder / file.name)
    shutil.copy(path, folder / f"{table}{path.suffix}")
    return folder


def read(name: str, folder: Path) -> tuple[Study | None, tuple[Issue, ...]]:
    """The study with its notes, or None with the issues."""
    try:
        return read_with_notes(source_of(name, folder))
    except InputError as error:
        return None, error.issues


def places(issues: tuple[Issue, ...]) -> list[list[Any]]:
    """Code, table, row and column of issues, as expected.toml writes them."""
    return sorted([i.code, i.where.table, i.where.row or 0, i.where.column] for i in issues)
