"""The screen, the command line, the files and Python say the same of the example, to the last digit."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from example import the_example
from mcda import Scenario, Study, evaluate
from mcda.cli import main
from mcda.ui.board.payload import board_payload

EXAMPLE = Path(__file__).parents[1] / "data" / "nordallianz"
WEIGHTINGS = (
    {},
    {"relevance": 60.0, "feasibility": 20.0, "cost": 10.0, "funding": 10.0},
    {"relevance": 12.5, "cost": 55.0, "urgency": 80.0},
)
METHODS = ("topsis", "weighted_sum")


@pytest.fixture(scope="module")
def example() -> Study:
    return the_example()


def told(arguments: list[str], target: Path) -> bytes:
    assert main(["rank", str(EXAMPLE), *arguments, "--lang", "de", "-o", str(target)]) == 0
    return target.read_bytes()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("weights", WEIGHTINGS, ids=("as the study", "relevance first", "cost first"))
def test_every_face_gives_the_same_ranks_and_scores(
    weights: dict[str, float], method: str, example: Study, tmp_path: Path
) -> None:
    result = evaluate(example, Scenario(weights=weights, method=method))
    python = [(line.measure, line.rank, line.score) for line in result.ranking]
    assert len(python) == 40

    points = ",".join(f"{name}={value}" for name, value in weights.items())
    options = ["--method", method, *(["--weights", points] if points else [])]
    from_json = json.loads(told([*options, "--to", "json"], tmp_path / "r.json"))["ranking"]
    from_csv = list(csv.DictReader(io.StringIO(told([*options, "--to", "csv"], tmp_path / "r.csv").decode())))
    screen = board_payload(result, evaluate(example), "de")["rows"]

    assert [(row["id"], row["rank"], row["score"]) for row in from_json] == python
    assert [(row["id"], int(row["rank"]), float(row["score"])) for row in from_csv] == python
    assert [(row["id"], row["rank"], row["score_value"]) for row in screen] == python


def test_the_workbook_holds_the_same_ranks(example: Study, tmp_path: Path) -> None:
    python = [(line.measure, line.rank) for line in evaluate(example).ranking]
    sheet = load_workbook(io.BytesIO(told(["--to", "xlsx"], tmp_path / "r.xlsx"))).worksheets[0]
    known = set(example.measure_by_id)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    listed = [(name, row[0]) for row in rows for name in row if name in known]
    assert listed == python
