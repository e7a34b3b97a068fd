"""What the README tells people to type works as it stands."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from mcda.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def commands() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines() if line.startswith("mcda ")]


def run(program: list[str], folder: Path) -> str:
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("data", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.mark.parametrize(
    ("example", "sign"), [*zip(blocks("python"), ("rank", "DO-08", "contested", "KRL_NKI yes", "WS-04"), strict=True)]
)
def test_the_python_examples_run(example: str, sign: str, project: Path) -> None:
    assert sign in run([sys.executable, "-W", "error", "-c", example], project)


@pytest.mark.parametrize("command", commands())
def test_the_command_lines_run(command: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert main(shlex.split(command)[1:]) == 0
    written = re.findall(r"-o (\S+)", command)
    assert all((project / name).stat().st_size > 1000 for name in written)


def test_every_make_command_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"make (\w+)", README)) - {"and"} <= targets


def test_every_file_it_points_to_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
