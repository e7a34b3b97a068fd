"""`mcda report` and `mcda.report`: every kind in every format, the same bytes from both, faults told whole."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

import mcda
from council_log import council_log
from mcda.arguments import DOCUMENT_FORMATS, DOCUMENTS
from mcda.cli import main
from mcda.errors import InputError
from mcda.report import BUILDERS, Request, formats, report
from mcda.result import Result
from mcda.study.model import Study
from mcda.study.write import write_study
from mcda.workshop.baseline import in_force
from mcda.workshop.fold import fold
from small import small_study


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


@pytest.fixture(scope="module")
def folder(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("study") / "small.xlsx"
    write_study(study, target)
    return target


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    return mcda.evaluate(mcda.read_study(folder))


def test_the_command_knows_the_kinds_and_formats_python_knows() -> None:
    assert set(DOCUMENTS) == set(BUILDERS)
    assert {form for kind in DOCUMENTS for form in formats(kind)} == set(DOCUMENT_FORMATS)


MADE = [(kind, form) for kind in DOCUMENTS if kind != "protocol" for form in formats(kind)]


@pytest.mark.parametrize(("kind", "form"), MADE)
def test_command_and_python_write_the_same_bytes(
    kind: str, form: str, folder: Path, result: Result, tmp_path: Path
) -> None:
    target = tmp_path / f"document.{form}"
    assert main(["report", str(folder), "--kind", kind, "-o", str(target), "--lang", "de"]) == 0
    content = target.read_bytes()
    assert content == report(result, kind, form, Request(language="de"))
    start = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}[form]
    assert content.startswith(start)


def test_every_municipality_gets_its_own_file(result: Result) -> None:
    archive = zipfile.ZipFile(io.BytesIO(report(result, "kofi", "xlsx", Request(municipality="all"))))
    assert archive.namelist() == [f"kofi_{m.id}.xlsx" for m in result.study.municipalities]
    assert load_workbook(io.BytesIO(archive.read(archive.namelist()[0]))).worksheets


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--kind", "lst"], "lst"),
        (["--kind", "dossier", "--to", "xlsx"], "xlsx"),
        (["--kind", "kofi", "--municipality", "X9"], "X9"),
        (["--kind", "factsheets", "--measure", "M99"], "M99"),
        (["--kind", "list", "--columns", "rank,titel"], "titel"),
        (["--kind", "factsheets", "--to", "docx", "--template", "nowhere.docx"], "nowhere.docx"),
        (["--kind", "protocol"], "--room"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(
    options: list[str], code: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.pdf"
    assert main(["report", str(folder), *options, "-o", str(target), "--lang", "en"]) == 2
    assert code in capsys.readouterr().err
    assert not target.exists()


def test_a_faulty_call_from_python_names_everything_at_once(result: Result) -> None:
    with pytest.raises(InputError) as error:
        report(result, "list", "odt", Request(measures=("M99",), municipality="X9"))
    assert [issue.where.table for issue in error.value.issues] == ["--to", "--measure", "--municipality"]


def test_progress_is_told_up_to_the_end(result: Result) -> None:
    heard: list[float] = []
    report(result, "factsheets", "pdf", Request(told=heard.append))
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


@pytest.mark.parametrize("form", formats("protocol"))
def test_a_workshop_s_log_becomes_minutes(study: Study, form: str) -> None:
    room = council_log(study, [("M1", 1, "weil es eilt")], {"relevance": 60})
    found = in_force(room.study, fold(room.events))
    content = report(found, "protocol", form, Request(room=room))
    assert content.startswith({"pdf": b"%PDF", "docx": b"PK", "json": b"{"}[form])
    assert content == report(found, "protocol", form, Request(room=room))
