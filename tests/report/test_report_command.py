"""`mcda report` and `mcda.report`: every kind in every format, the same bytes from both, faults told whole."""

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

import mcda
from council_log import council_log
from mcda.arguments import DOCUMENT_FORMATS, DOCUMENTS, PRINTED
from mcda.cli import main
from mcda.errors import InputError
from mcda.portfolio import plan, read_task
from mcda.report import BUILDERS, Request, formats, report
from mcda.result import Result
from mcda.study.model import Study
from mcda.study.write import write_study
from mcda.workshop.baseline import in_force
from mcda.workshop.fold import fold
from mcda.workshop.log_file import log_json
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
    target, task = tmp_path / f"document.{form}", tmp_path / "task.toml"
    task.write_text("budget_eur = 500000\n", encoding="utf-8")
    planned = plan(result, read_task(task)) if kind == "plan" else None
    asked = ["--plan", str(task)] if planned else []
    assert main(["report", str(folder), "--kind", kind, *asked, "-o", str(target), "--lang", "de"]) == 0
    content = target.read_bytes()
    assert content == report(result, kind, form, Request(language="de", plan=planned))
    start = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}[form]
    assert content.startswith(start)


@pytest.mark.parametrize("form", [*PRINTED, "xlsx"])
def test_rank_writes_the_list_report_writes(form: str, folder: Path, tmp_path: Path) -> None:
    listed, ranked, named = (tmp_path / f"{name}.{form}" for name in ("listed", "ranked", "named"))
    setting = ["--weights", "relevance=70,cost=5", "--as-of", "2026-07-01", "--lang", "en"]
    assert main(["report", str(folder), "--kind", "list", *setting, "-o", str(listed)]) == 0
    assert main(["rank", str(folder), "--to", form, *setting, "-o", str(ranked)]) == 0
    assert main(["rank", str(folder), *setting, "-o", str(named)]) == 0  # as the file's ending says
    assert ranked.read_bytes() == named.read_bytes() == listed.read_bytes()


CHOSEN = ("title", "rank", "own_contribution_eur")


@pytest.mark.parametrize("form", formats("list"))
def test_a_scenario_brings_the_columns_of_the_list_unless_others_are_asked_for(
    form: str, folder: Path, result: Result, tmp_path: Path
) -> None:
    scenario, target = tmp_path / "s.toml", tmp_path / f"list.{form}"
    scenario.write_text(f"columns = {list(CHOSEN)}\n", encoding="utf-8")
    found = mcda.evaluate(result.study, mcda.read_scenario(scenario))
    call = ["report", str(folder), "--kind", "list", "--scenario", str(scenario), "--lang", "de", "-o", str(target)]
    assert main(call) == 0
    assert target.read_bytes() == report(found, "list", form)
    if form != "json":  # which holds everything
        assert main([*call, "--columns", "id,score"]) == 0
        assert target.read_bytes() == report(found, "list", form, Request(columns=("id", "score")))
        assert report(found, "list", form) == report(found, "list", form, Request(columns=CHOSEN))
        assert report(found, "list", form) != report(result, "list", form)


def test_columns_of_a_scenario_are_traced_and_change_no_number(result: Result) -> None:
    found = mcda.evaluate(result.study, mcda.Scenario(columns=CHOSEN))
    assert found.provenance.input_hash == result.provenance.input_hash
    assert found.rows() == result.rows()
    assert found.provenance.scenario["columns"] == list(CHOSEN)
    book = load_workbook(io.BytesIO(report(found, "list", "xlsx")))
    assert next(book.worksheets[0].iter_rows(values_only=True))[:3] == ("Maßnahme", "Rang", "Eigenanteil")
    told = {row[0]: row[1] for row in book.worksheets[-1].iter_rows(values_only=True) if row[0]}
    assert told["Spalten laut Szenario"] == ", ".join(CHOSEN)


def test_rank_takes_the_columns_of_the_scenario_too(folder: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "s.toml"
    scenario.write_text(f"columns = {list(CHOSEN)}\n", encoding="utf-8")
    for form in (*PRINTED, "xlsx", "csv"):
        paths = [tmp_path / f"{name}.{form}" for name in ("ranked", "listed")]
        more = ["--scenario", str(scenario), "--lang", "de", "-o"]
        office = ["--dialect", "office"] if form == "csv" else []
        assert main(["rank", str(folder), *office, *more, str(paths[0])]) == 0
        assert main(["report", str(folder), "--kind", "list", *more, str(paths[1])]) == 0
        assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_list_of_a_workshop_has_the_columns_of_the_scenario(folder: Path, tmp_path: Path) -> None:
    study = mcda.read_study(folder)
    room = council_log(study, [("M1", 1, "weil es eilt")], {"relevance": 60})
    scenario, log, target = tmp_path / "s.toml", tmp_path / "log.json", tmp_path / "list.csv"
    scenario.write_text(f"columns = {list(CHOSEN)}\n", encoding="utf-8")
    log.write_bytes(log_json(study, room.events))
    call = ["report", str(folder), "--kind", "list", "--room", str(log), "--scenario", str(scenario), "--lang", "de"]
    assert main([*call, "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8-sig").splitlines()[0] == "Maßnahme;Rang;Eigenanteil"


def test_a_column_of_a_scenario_that_does_not_exist_is_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = tmp_path / "s.toml"
    scenario.write_text('columns = ["rank", "titel"]\n', encoding="utf-8")
    call = ["rank", str(folder), "--scenario", str(scenario), "-o", str(tmp_path / "list.pdf"), "--lang", "de"]
    assert main(call) == 2
    told = capsys.readouterr().err
    assert "titel" in told
    assert "title" in told


@pytest.mark.parametrize(("form", "package"), [("docx", "docx"), ("pdf", "typst")])
def test_rank_names_the_missing_packages_as_report_does(
    form: str,
    package: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    target = tmp_path / f"list.{form}"
    told = []
    for call in (["rank", str(folder)], ["report", str(folder), "--kind", "list"]):
        assert main([*call, "--to", form, "-o", str(target), "--lang", "de"]) == 2
        told.append(capsys.readouterr().err)
    assert told[0] == told[1]
    assert "rangfolge[report]" in told[0]
    assert not target.exists()


@pytest.mark.parametrize("form", PRINTED)
def test_a_paper_needs_somewhere_to_go(form: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", str(folder), "--to", form, "--lang", "de"]) == 2
    printed = capsys.readouterr()
    assert f"-o DATEI.{form}" in printed.err
    assert printed.out == ""


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
        (["--kind", "list", "--columns", "rank,titel"], "--columns"),
        (["--kind", "list", "--columns", " ,"], "--columns"),
        (["--kind", "list", "--to", "docx"], ".docx"),
        (["--kind", "kofi", "--municipality", "all"], ".zip"),
        (["--kind", "annex", "--measure", "M1"], "--measure"),
        (["--kind", "annex", "--columns", "rank"], "--columns"),
        (["--kind", "factsheets", "--municipality", "ISM"], "--municipality"),
        (["--kind", "factsheets", "--template", __file__], "--template"),
        (["--kind", "list", "--dialect", "machine"], "--dialect"),
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


@pytest.mark.parametrize(
    ("kind", "form", "asked", "option"),
    [
        ("list", "csv", Request(municipality="ISM"), "--municipality"),
        ("list", "pdf", Request(municipality="ISM", columns=("rank",)), "--municipality"),
        ("list", "json", Request(columns=("rank",)), "--columns"),
        ("kofi", "csv", Request(dialect="machine"), "--dialect"),
        ("factsheets", "pdf", Request(template=b"no template"), "--template"),
        ("protocol", "pdf", Request(measures=("M1",)), "--measure"),
    ],
)
def test_a_wish_that_changes_nothing_is_refused(
    kind: str, form: str, asked: Request, option: str, result: Result
) -> None:
    with pytest.raises(InputError) as error:
        report(result, kind, form, asked)
    assert [(issue.code, issue.where.table) for issue in error.value.issues] == [("changes_nothing", option)]
    assert "Bitte weglassen" in error.value.issues[0].sentence("de")


@pytest.mark.parametrize(
    ("call", "endings"),
    [
        (["rank", "--to", "xlsx", "-o", "x.csv"], [".xlsx"]),
        (["rank", "-o", "x.odt"], [".txt", ".json", ".csv", ".xlsx", ".docx", ".pdf"]),
        (["rank", "--to", "table", "-o", "x.xlsx"], [".txt"]),
        (["funding", "--to", "json", "-o", "x.csv"], [".json"]),
        (["weights", "-o", "x.csv"], [".txt", ".json"]),
        (["report", "--kind", "list", "-o", "a.odt"], [".pdf", ".docx", ".xlsx", ".csv", ".json"]),
        (["report", "--kind", "list", "--to", "docx", "-o", "a.pdf"], [".docx"]),
        (["report", "--kind", "council", "--municipality", "all", "--to", "docx", "-o", "c.docx"], [".zip"]),
    ],
)
def test_the_ending_of_a_file_does_not_lie(
    call: list[str], endings: list[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    *before, name = call
    target = tmp_path / name
    assert main([*before[:1], str(folder), *before[1:], str(target), "--lang", "de"]) == 2
    told = capsys.readouterr().err
    assert f"({target.suffix}) passt nicht" in told
    assert f"Erlaubt: {', '.join(endings)}." in told
    assert not target.exists()


def test_columns_and_dialects_are_the_same_from_rank_and_report(folder: Path, tmp_path: Path) -> None:
    ranked, listed = tmp_path / "ranked.csv", tmp_path / "listed.csv"
    for dialect, start in ("office", "Maßnahme;Rang\n"), ("machine", "title,rank,"):
        more = ["--columns", "title,rank", "--dialect", dialect, "--lang", "de", "-o"]
        assert main(["rank", str(folder), *more, str(ranked)]) == 0
        assert main(["report", str(folder), "--kind", "list", *more, str(listed)]) == 0
        assert ranked.read_bytes() == listed.read_bytes()
        assert ranked.read_text(encoding="utf-8-sig").startswith(start)


@pytest.mark.parametrize("option", ["--columns", "--dialect"])
def test_rank_refuses_what_changes_nothing(option: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = {"--columns": "rank", "--dialect": "office"}[option]
    assert main(["rank", str(folder), "--to", "json", option, given, "--lang", "de"]) == 2
    assert f"{option}: Das ändert hier nichts" in capsys.readouterr().err


def test_what_a_workshop_has_settled_is_not_asked_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = mcda.read_study(folder)
    log, scenario = tmp_path / "log.json", tmp_path / "s.toml"
    log.write_bytes(log_json(study, council_log(study, [("M1", 1, "weil es eilt")], {"relevance": 60}).events))
    scenario.write_text('method = "weighted_sum"\n', encoding="utf-8")
    call = ["report", str(folder), "--kind", "list", "--room", str(log), "--lang", "de", "-o", str(tmp_path / "l.csv")]
    for options, told in (
        (["--method", "weighted_sum", "--weights", "cost=1"], ["--weights", "--method"]),
        (["--scenario", str(scenario)], ["--scenario"]),
    ):
        assert main([*call, *options]) == 2
        said = capsys.readouterr().err.splitlines()
        assert [line.split(": ")[1] for line in said] == told
        assert "Workshops" in said[0]


def test_json_holds_the_measures_asked_for_and_what_the_workshop_decided(study: Study, result: Result) -> None:
    room = council_log(study, [("M1", 1, "weil es eilt")], {"relevance": 60})
    found = in_force(room.study, fold(room.events))
    (row,) = json.loads(report(found, "list", "json", Request(measures=("M1",), room=room)))["ranking"]
    assert (row["id"], row["decided_rank"], row["decided_place"]) == ("M1", 1, 1)
    assert row["decided_reason"] == "weil es eilt"
    every = json.loads(report(result, "list", "json"))["ranking"]
    assert every == result.rows()


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
