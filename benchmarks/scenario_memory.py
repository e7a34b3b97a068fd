"""What a file of scenarios takes in memory and time when it is expanded: 1,000 and 1,000,000 of them.

Each is a process of its own: it reads the file with the study (checking every scenario), then makes every scenario once
more, as a batch does. What grows with the count are the numbers of a random design, 8 bytes for each draw and range,
and 8 bytes for each name while they are checked. Beside it, what some of the same scenarios take in a tuple.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "data" / "nordallianz"
COUNTS = (1_000, 1_000_000)
KEPT = 100_000
"""So many are kept in a tuple for comparison; a million take ten times as much."""

GRID = """
weights = {{ relevance = 40 }}
[grid]
"weights.cost" = {first}
"weights.funding" = {second}
"""
RANDOM = """
weights = {{ relevance = 40 }}
[random]
design = "latin_hypercube"
count = {count}
[random.ranges]
"weights.cost" = [5, 40]
"cells.study.discount_rate_pct" = [0, 4]
"""
CHILD = """
import resource, sys, time
from mcda.scenario_set import read_scenarios
from mcda.study.read import read_study
study = read_study(sys.argv[1])
started = time.perf_counter()
found = read_scenarios(sys.argv[2], study)
read = time.perf_counter() - started
if sys.argv[3] == "kept":
    found = tuple(found)
count = sum(1 for one in found)
print(count, read, time.perf_counter() - started - read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    """Measure and print; the last line is JSON."""
    figures: dict[str, float] = {}
    for kind in ("grid", "random"):
        for count, way in (*((count, "lazy") for count in COUNTS), (KEPT, "kept")):
            made, read, again, peak = _child(_content(kind, count), way)
            assert made == count
            said = "in a tuple" if way == "kept" else "by number"
            print(
                f"{kind:6} {count:>9,} {said:10}  peak {peak:6.0f} MB"
                f"  checked in {read:6.1f} s, made again in {again:6.1f} s"
            )
            figures[f"{kind}_{count}_{way}_mb"] = peak
    print(json.dumps(figures))


def _content(kind: str, count: int) -> str:
    if kind == "random":
        return RANDOM.format(count=count)
    first = 1_000 if count > 1_000 else 100
    return GRID.format(first=list(range(1, first + 1)), second=list(range(1, count // first + 1)))


def _child(content: str, way: str) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scenarios.toml"
        file.write_text(content, encoding="utf-8")
        command = [sys.executable, "-c", CHILD, str(EXAMPLE), str(file), way]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(word) for word in said.split()]


if __name__ == "__main__":
    main()
