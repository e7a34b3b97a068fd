"""Every workbook the program writes is one Excel takes as it is, whatever a study's words try."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hostile import hostile_study
from mcda.evaluate import evaluate
from mcda.report import Request, report
from mcda.report.exhibits.ranked_list import list_groups
from mcda.report.exports.funding_file import funding_xlsx
from mcda.report.exports.sensitivity_file import Asked, sensitivity_xlsx
from mcda.result import Result
from mcda.study.collection.ballot import ballot_bytes
from mcda.study.collection.form import rating_workbook
from mcda.study.model import Study
from mcda.study.template import template_bytes
from mcda.study.write import write_study
from small import small_study
from workbook_parts import check_workbook

SPOILT = "Bell\x07 form\x0c feed \ufffe <&> "
LONG = "Ein sehr langes Kriterium & mehr " * 12


def spoilt_study() -> Study:
    """Control characters and endless words wherever a study holds words; criteria that differ in case alone."""
    study = small_study()
    names = (LONG, f"{LONG}.", "Ziel", "ziel", f"ZIEL{SPOILT}", SPOILT)
    return study.model_copy(
        update={
            "study": study.study.model_copy(update={"title": SPOILT * 20, "notice": "& " * 400}),
            "criteria": tuple(
                c.model_copy(update={"label_de": name}) for c, name in zip(study.criteria, names, strict=True)
            ),
            "measures": tuple(
                m.model_copy(update={"title": SPOILT * 2_000, "description": SPOILT * 3_000}) for m in study.measures
            ),
        }
    )


def every_column(result: Result) -> bytes:
    keys = tuple(c.key for group in list_groups(result).values() for c in group)
    return report(result, "list", "xlsx", Request(columns=keys))


def written(result: Result, folder: Path) -> bytes:
    write_study(result.study, folder / "study.xlsx")
    return (folder / "study.xlsx").read_bytes()


WORKBOOKS: dict[str, Callable[[Result, Path], bytes]] = {
    "list": lambda result, _: report(result, "list", "xlsx"),
    "every column": lambda result, _: every_column(result),
    "kofi": lambda result, _: report(result, "kofi", "xlsx"),
    "funding": lambda result, _: funding_xlsx(result),
    "sensitivity": lambda result, _: sensitivity_xlsx(result, Asked()),
    "study": written,
    "ratings": lambda result, _: rating_workbook(result.study, "ISM"),
    "ballot": lambda result, _: ballot_bytes(result.study, "ISM"),
}


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    return {"hostile": evaluate(hostile_study()), "spoilt": evaluate(spoilt_study())}


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("words", ["hostile", "spoilt"])
def test_excel_takes_it_as_it_is(results: dict[str, Result], words: str, name: str, tmp_path: Path) -> None:
    check_workbook(WORKBOOKS[name](results[words], tmp_path))


@pytest.mark.parametrize("language", ["de", "en"])
def test_excel_takes_the_template_as_it_is(language: str) -> None:
    check_workbook(template_bytes(language))


def test_no_control_character_is_left_in_the_list(results: dict[str, Result]) -> None:
    book = load_workbook(io.BytesIO(every_column(results["spoilt"])))
    texts = [cell.value for row in book["Rangliste"] for cell in row if isinstance(cell.value, str)]
    assert any(text.startswith("Bell  form  feed   <&>") for text in texts)
    assert not [text for text in texts if re.search("[\x00-\x08\x0b\x0c\ufffe]|_x00", text)]
