"""The rooms' direction: imports point down, rooms of one storey leave each other alone, the world stays at the edge."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mcda"
MODULES = sorted(PACKAGE.rglob("*.py"))

STOREYS: tuple[tuple[str, ...], ...] = (
    ("mcda.version", "mcda.locale"),
    ("mcda.errors",),
    ("mcda.study.record",),
    ("mcda.study.programme", "mcda.study.people", "mcda.study.measure"),
    ("mcda.study.model", "mcda.scenario"),
    ("mcda.scenario_set",),
    ("mcda.funding.records",),
    ("mcda.result",),
    ("mcda.study", "mcda.funding", "mcda.weights", "mcda.methods"),
    ("mcda.matrix", "mcda.gates", "mcda.ranking", "mcda.rank_correlation", "mcda.tradeoffs"),
    ("mcda.altered",),
    ("mcda.checks",),
    ("mcda.evaluate",),
    ("mcda.robustness", "mcda.portfolio"),
    ("mcda.batch", "mcda.workshop"),
    ("mcda.report",),
    ("mcda.terminal",),
    ("mcda.terminal_funding", "mcda.terminal_sensitivity", "mcda.terminal_weights", "mcda.terminal_workshop"),
    ("mcda.terminal_compare", "mcda.terminal_plan"),
    ("mcda.ui",),
    ("mcda.arguments", "mcda.asked"),
    ("mcda.asked_scenario", "mcda.asked_rooms", "mcda.asked_output"),
    ("mcda.asked_report", "mcda.asked_plan"),
    ("mcda.asked_batch",),
    ("mcda.cli",),
    ("mcda.__main__", "mcda"),
)
"""From the ground up. The longest matching name is a module's room; the bare package only gathers the public names."""

STREAMLIT_ROOMS = ("mcda.ui",)
EDGE = (
    "mcda.study.read",
    "mcda.study.write",
    "mcda.scenario",
    "mcda.scenario_set",
    "mcda.portfolio.read",
    "mcda.batch",
    "mcda.workshop.store",
    "mcda.asked_output",
    "mcda.cli",
    "mcda.ui",
)
"""The only places that touch files, clock, environment or network."""

WORLD = {
    *("os", "pathlib", "tempfile", "shutil", "glob", "subprocess", "time", "secrets", "platform", "getpass"),
    *("socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "sqlite3", "sqlalchemy"),
}
CLOCK = {"now", "today", "utcnow"}


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    rooms = [room for storey in STOREYS for room in storey]
    holding = [room for room in rooms if module == room or (room != "mcda" and module.startswith(room + "."))]
    assert holding, f"{module} stands in no room: give it a place in STOREYS"
    return max(holding, key=len)


def storey_of(module: str) -> int:
    room = room_of(module)
    return next(number for number, rooms in enumerate(STOREYS) if room in rooms)


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    """The imports and calls in a module."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom | ast.Call))


@cache
def imports_of(file: Path) -> tuple[tuple[str, int], ...]:
    return tuple(_imports_of(file))


def _imports_of(file: Path) -> Iterator[tuple[str, int]]:
    for node in nodes_of(file):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written in full"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner if is_module(inner) else str(node.module)), node.lineno


@cache
def is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def inside(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == room or module.startswith(room + ".") for room in rooms)


def wrong_way(module: str, target: str) -> bool:
    if not inside(target, ("mcda",)) or room_of(module) == room_of(target):
        return False
    if module.split(".")[:2] == target.split(".")[:2]:  # a room's own ground floor, such as study.model under study
        return False
    return storey_of(target) >= storey_of(module)


@pytest.mark.parametrize("file", MODULES, ids=module_name)
def test_imports_point_down(file: Path) -> None:
    module = module_name(file)
    wrong = [f"line {line}: {target}" for target, line in imports_of(file) if wrong_way(module, target)]
    assert not wrong, f"{module} must not import these: {wrong}"


def test_the_direction_test_can_fail() -> None:
    assert wrong_way("mcda.errors", "mcda.study.model")
    assert wrong_way("mcda.methods.topsis", "mcda.weights.ahp")
    assert wrong_way("mcda.evaluate", "mcda.robustness.smaa")
    assert wrong_way("mcda.report.exports.csv_file", "mcda.ui.state")
    assert not wrong_way("mcda.report.exports.csv_file", "mcda.result")
    assert not wrong_way("mcda.study.read", "mcda.study.model")


def test_only_the_front_end_imports_streamlit() -> None:
    users = {module_name(file) for file in MODULES for name, _ in imports_of(file) if name.split(".")[0] == "streamlit"}
    assert [module for module in sorted(users) if not inside(module, STREAMLIT_ROOMS)] == []


@pytest.mark.parametrize("file", [f for f in MODULES if not inside(module_name(f), EDGE)], ids=module_name)
def test_files_clock_environment_and_network_stay_at_the_edge(file: Path) -> None:
    touched = [f"line {line}: {name}" for name, line in imports_of(file) if name.split(".")[0] in WORLD]
    for node in nodes_of(file):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"open", "input", "print"}
        ):
            touched.append(f"line {node.lineno}: {node.func.id}()")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK:
            touched.append(f"line {node.lineno}: .{node.func.attr}()")
    assert not touched
