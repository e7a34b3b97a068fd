"""docs/plan.md: every block runs in order and prints what stands below it; its commands write what it says."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from mcda.cli import main
from mcda.portfolio import Plan
from mcda.report import Request, report

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def plain(printed: str) -> str:
    return "\n".join(line.rstrip() for line in printed.splitlines())


@pytest.fixture(scope="module")
def names() -> dict[str, object]:
    """What the page's Python leaves behind, and by the place of each block what it printed."""
    found: dict[str, object] = {"__name__": "__main__"}
    printed = {}
    with contextlib.chdir(ROOT):
        for place, (kind, text) in enumerate(BLOCK.findall(PAGE)):
            if kind == "python":
                with contextlib.redirect_stdout(io.StringIO()) as out:
                    exec(compile(text, f"docs/plan.md, block {place}", "exec"), found)  # the page's own code
                printed[place] = plain(out.getvalue())
    return {**found, "printed": printed}


def test_every_block_prints_what_stands_below_it(names: dict[str, object]) -> None:
    below = {place - 1: plain(text) for place, (kind, text) in enumerate(BLOCK.findall(PAGE)) if kind == "text"}
    assert len(below) == 6
    assert names["printed"] == below


def test_the_file_shown_is_the_file() -> None:
    shown = [text for kind, text in BLOCK.findall(PAGE) if kind == "toml"]
    assert shown == [(ROOT / "examples" / "plan.toml").read_text(encoding="utf-8")]


def test_the_commands_write_the_plan_of_the_page(names: dict[str, object], tmp_path: Path) -> None:
    for name in ("data", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    commands = [line for kind, text in BLOCK.findall(PAGE) if kind == "sh" for line in text.splitlines()]
    assert len(commands) == 3
    with contextlib.chdir(tmp_path):
        for command in commands:
            assert main([*shlex.split(command)[1:], "--lang", "en"]) == 0
    made, result = names["made"], names["result"]
    assert isinstance(made, Plan)
    written = (tmp_path / "plan.pdf").read_bytes()
    assert written == report(result, "plan", "pdf", Request(language="en", plan=made))  # type: ignore[arg-type]
    assert (tmp_path / "plan.xlsx").stat().st_size > 10_000
    assert (tmp_path / "plan.json").stat().st_size > 10_000


def test_what_the_page_points_to_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert len(links) > 1
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
