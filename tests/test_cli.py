"""The command line over a small study: what it prints, writes and refuses, and with which exit code."""

import io
import json
import os
import pty
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from rich.console import Console

from example import ranked_example, the_example
from mcda import Scenario, evaluate, read_study, write_study
from mcda.asked_scenario import parse_weights
from mcda.cli import COMMANDS, main, reader_language
from mcda.errors import InputError
from mcda.study.columns import header
from mcda.terminal_funding import draw_overview
from small import measure, small_study


@pytest.fixture
def study(tmp_path: Path) -> str:
    write_study(small_study(), tmp_path / "study")
    return str(tmp_path / "study")


@pytest.fixture
def broken(tmp_path: Path) -> str:
    folder = tmp_path / "broken"
    write_study(small_study(measures=(measure("M1", 5), measure("M1", 6, payer="nobody"))), folder)
    return str(folder)


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def test_rank_prints_every_measure_in_order(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", study, "--lang", "en"]) == 0
    printed = capsys.readouterr()
    order = re.findall(r"^ *\d+ +\d+  (M\d) ", printed.out, re.MULTILINE)
    assert order == [line.measure for line in evaluate(small_study()).ranking]
    assert printed.err == ""


def test_rank_in_a_pipe_is_plain_and_whole(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    long = measure(
        "M9", 1_000, title="Ein sehr langer Titel, der auch in einer schmalen Ausgabe nie gekürzt werden darf " * 2
    )
    write_study(small_study(measures=(*small_study().measures, long)), study)
    main(["rank", study, "--lang", "de"])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert long.title.strip() in out
    assert "…" not in out


def test_rank_in_a_terminal_is_drawn_in_colour(study: str) -> None:
    primary, secondary = pty.openpty()
    program = [sys.executable, "-m", "mcda", "rank", study, "--lang", "de"]
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "120"}
    with subprocess.Popen(program, stdout=secondary, env=environment) as running:
        os.close(secondary)
        seen = b""
        while True:
            try:
                piece = os.read(primary, 65536)
            except OSError:  # Linux: the other end has closed
                break
            if not piece:
                break
            seen += piece
    os.close(primary)
    assert running.returncode == 0
    assert b"\x1b[1m" in seen
    assert "Maßnahme M1".encode() in seen


def test_json_is_what_python_says(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", study, "--weights", "relevance=60,cost=10", "--method", "weighted_sum", "--to", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    same = evaluate(small_study(), Scenario(weights={"relevance": 60, "cost": 10}, method="weighted_sum"))
    expected = [(line.measure, line.rank, line.rank_group, line.score) for line in same.ranking]
    assert [(r["id"], r["rank"], r["rank_group"], r["score"]) for r in told["ranking"]] == expected
    assert told["provenance"]["method"] == "weighted_sum"


def test_options_lie_over_the_scenario_file(study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "s.toml"
    file.write_text('name = "Probe"\nmethod = "weighted_sum"\nseed = 3\n[weights]\nrelevance = 10\ncost = 70\n')
    assert (
        main(["rank", study, "--scenario", str(file), "--weights", "cost=5", "--as-of", "1.7.2026", "--to=json"]) == 0
    )
    scenario = json.loads(capsys.readouterr().out)["provenance"]["scenario"]
    assert scenario["weights"] == {"relevance": 10.0, "cost": 5.0}
    assert (scenario["name"], scenario["seed"], scenario["as_of"]) == ("Probe", 3, "2026-07-01")


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "table"])
def test_files_and_standard_output_hold_the_same_bytes(
    form: str, study: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / f"out.{'txt' if form == 'table' else form}"
    call = ["rank", study, "--to", form, "--lang", "de"]
    assert main([*call, "-o", str(file)]) == 0
    capsysbinary.readouterr()
    assert main([*call, "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == file.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()].count(file.name) == 1
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("form", ["xlsx", "table"])
def test_a_pipe_gets_the_bytes_of_the_file(form: str, study: str, tmp_path: Path) -> None:
    file = tmp_path / f"out.{'txt' if form == 'table' else form}"
    call = ["rank", study, "--to", form, "--lang", "de"]
    assert main([*call, "-o", str(file)]) == 0
    piped = subprocess.run([sys.executable, "-m", "mcda", *call, "-o", "-"], capture_output=True, check=True)
    assert piped.stdout == file.read_bytes()


def test_the_form_follows_the_files_ending(study: str, tmp_path: Path) -> None:
    assert main(["rank", study, "-o", str(tmp_path / "r.xlsx")]) == 0
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")
    assert main(["rank", study, "-o", str(tmp_path / "r.json")]) == 0
    assert json.loads((tmp_path / "r.json").read_text())["ranking"]


def test_bad_input_lists_all_issues_and_writes_nothing(
    broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "r.json"
    code = main(["rank", broken, "--weights", "cost=much", "--as-of", "soon", "-o", str(target), "--lang", "en"])
    printed = capsys.readouterr()
    assert code == 2
    assert printed.out == ""
    assert not target.exists()
    told = printed.err
    assert all(sign in told for sign in ("--weights", "cost=much", "--as-of", "soon", "nobody", "row 3, column id"))
    assert all(line.startswith("Error: ") for line in lines(told))


@pytest.mark.parametrize(
    ("options", "sign"),
    [
        (["--weights", "relevanz=40"], "relevance"),
        (["--weights", "relevance=-1"], "-1"),
        (["--weights", "relevance=nan"], "relevance"),
        (["--weights", "cost=1,cost=2"], "cost=2"),
        (["--method", "topsy"], "topsis"),
        (["--profile", "nobody"], "nobody"),
        (["--scenario", "missing.toml"], "missing.toml"),
        (["--to", "xlsx"], "-o"),
        (["--as-of", "9999-12-31"], "--as-of"),
        (["--as-of", "2150-01-01"], "--as-of"),
        (["--weights", "relevance=1e308,cost=1e308"], "relevance"),
        (["--seed", "-3"], "--seed"),
        (["--seed", "viel"], "--seed"),
        (["--seed"], "--seed"),
        (["--to", "jsn"], "json"),
        (["--sead", "3"], "--sead"),
    ],
)
def test_each_wrong_option_is_named(
    options: list[str], sign: str, study: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rank", study, *options, "--lang", "de"]) == 2
    printed = capsys.readouterr()
    assert sign in printed.err
    assert printed.out == ""
    assert all(line.startswith("Fehler: ") for line in lines(printed.err))
    assert not re.search(r"\b(invalid|argument|input|should|expected|usage)\b", printed.err)


def test_a_place_that_cannot_be_written_is_named(
    study: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "no" / "such" / "folder" / "r.json"
    assert main(["rank", study, "-o", str(target), "--lang", "de"]) == 2
    told = capsys.readouterr().err
    assert told == f"Fehler: -o: {target} kann nicht geschrieben werden: den Ordner gibt es nicht.\n"


def test_check_says_that_a_study_can_be_used(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", study, "--lang", "de"]) == 0
    assert "kann verwendet werden. 4 Maßnahmen" in capsys.readouterr().out


def test_check_lists_every_issue_on_standard_error(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", broken, "--lang", "de"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(lines(printed.err)) >= 2
    assert "Zeile 3, Spalte id" in printed.err


def test_check_for_machines(study: str, broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", study, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"valid": True, "issues": []}
    assert main(["check", broken, "--format", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["valid"] is False
    assert {"id_twice"} <= {issue["code"] for issue in told["issues"]}
    assert all(issue["sentence"] for issue in told["issues"])


def cost_no_number(tmp_path: Path) -> Path:
    """A German workbook in which a cost is no number."""
    path = tmp_path / "Liste.xlsx"
    assert main(["template", str(path), "--lang", "de"]) == 0
    book = load_workbook(path)
    sheet = book["Maßnahmen"]
    column = next(
        c.column for row in sheet.iter_rows() for c in row if c.value == header("measures", "capex_eur", "de")
    )
    row = next(c.row for c in sheet[get_column_letter(column)] if isinstance(c.value, int | float))
    sheet.cell(row, column).value = "ca. 50"
    book.save(path)
    return path


@pytest.mark.parametrize("command", [["check"], ["rank"]])
def test_places_are_called_as_in_the_planners_file(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = cost_no_number(tmp_path)
    capsys.readouterr()
    assert main([*command, str(path), "--lang", "de"]) == 2
    told = capsys.readouterr().err
    assert re.match(rf"Fehler: Maßnahmen, Zeile \d+, Spalte {re.escape(header('measures', 'capex_eur', 'de'))}: ", told)
    assert "capex_eur" not in told


def test_machines_get_ids_and_the_planners_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = cost_no_number(tmp_path)
    capsys.readouterr()
    assert main(["check", str(path), "--format", "json"]) == 2
    issue = json.loads(capsys.readouterr().out)["issues"][0]
    assert (issue["where"]["table"], issue["where"]["column"]) == ("measures", "capex_eur")
    assert issue["place"]["file"] == "Liste.xlsx"
    assert issue["place"]["sheet"] == "Maßnahmen"
    assert issue["place"]["column"] == header("measures", "capex_eur", "de")
    assert issue["place"]["cell"].endswith(str(issue["where"]["row"]))


def test_a_table_of_a_folder_is_called_by_its_file(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", broken, "--lang", "de"]) == 2
    assert "measures.csv, Zeile 3, Spalte id: " in capsys.readouterr().err


def test_a_missing_study_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere", "--lang", "de"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_bug_keeps_its_traceback(study: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import mcda.ranking\nmcda.ranking.competition_ranks = None\n")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    program = [sys.executable, "-m", "mcda", "rank", study]
    done = subprocess.run(program, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(study: str) -> None:
    program = [sys.executable, "-m", "mcda", "rank", study, "--to", "json"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
    assert (running.returncode, told) == (0, b"")


def test_app_says_when_its_port_is_taken(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["app", study, "--port", port, "--no-browser", "--lang", "en"]) == 2
    assert port in capsys.readouterr().err


def test_app_says_what_is_not_installed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("mcda.cli.APP_PACKAGES", ("no_such_package_here",))
    assert main(["app", "--lang", "de"]) == 2
    told = capsys.readouterr().err
    assert "no_such_package_here" in told
    assert "rangfolge[app]" in told


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("command", list(COMMANDS))
def test_help_is_in_the_readers_language(command: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help", "--lang", language])
    assert stopped.value.code == 0
    assert ("Sprache aller Texte" in capsys.readouterr().out) is (language == "de")


def test_a_wrong_call_is_exit_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank"]) == 2
    assert "STUDY" in capsys.readouterr().err
    assert main([]) == 2
    assert "COMMAND" in capsys.readouterr().err
    assert main(["rnk", "--lang", "en"]) == 2
    assert "rank" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {"LANG": "de_DE.UTF-8"}, "de"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "en"),
        (["--lang", "en"], {"LANG": "de_DE.UTF-8"}, "en"),
        (["rank", "x", "--lang=de"], {}, "de"),
        ([], {}, "en"),
    ],
)
def test_language_of_the_reader(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert reader_language(arguments, environment) == language


def test_weights_of_several_options_add_up() -> None:
    assert parse_weights(["relevance=40, cost=20", "funding=1.5"]) == {"relevance": 40, "cost": 20, "funding": 1.5}


def test_every_wrong_weight_is_named_at_once() -> None:
    with pytest.raises(InputError) as refused:
        parse_weights(["relevance", "cost=x,=3,funding=1"])
    assert len(refused.value.issues) == 3


def test_check_tells_what_was_not_read(study: str, capsys: pytest.CaptureFixture[str]) -> None:
    (Path(study) / "Notizen.csv").write_text("nur so\n", encoding="utf-8")
    assert main(["check", study, "--lang", "en"]) == 0
    assert "Not read, because no table has this name: Notizen." in capsys.readouterr().out


def test_the_template_reads_back_without_an_issue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("de", "en"):
        file = str(tmp_path / f"{language}.xlsx")
        assert main(["template", file, "--lang", language]) == 0
        assert file in capsys.readouterr().out
        assert main(["check", file, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["valid"]


def test_the_template_filled_with_a_study_is_that_study(study: str, tmp_path: Path) -> None:
    file = tmp_path / "filled.xlsx"
    assert main(["template", str(file), "--study", study]) == 0
    assert read_study(file).input_hash == read_study(study).input_hash


def test_a_filled_template_is_never_replaced_by_an_empty_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(b"hours of work")
    assert main(["template", str(file), "--lang", "en"]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert file.read_bytes() == b"hours of work"
    assert main(["template", str(file), "--overwrite"]) == 0
    assert file.read_bytes().startswith(b"PK")
    assert main(["template", str(tmp_path / "mine.csv")]) == 2


def marked(file: Path) -> list[str]:
    """The cells of a copy that carry a comment, as sheet!cell."""
    book = load_workbook(file)
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return [f"{cell.parent.title}!{cell.coordinate}" for cell in cells if cell.comment is not None]


def test_check_writes_a_copy_with_the_bad_cells_marked(study: str, broken: str, tmp_path: Path) -> None:
    copy = tmp_path / "marked.xlsx"
    assert main(["check", broken, "--annotate", str(copy)]) == 2
    header = [cell.value for cell in load_workbook(copy)["measures"][1]]
    payer = chr(ord("A") + header.index("payer"))
    assert {"measures!A3", f"measures!{payer}3"} <= set(marked(copy))
    assert len(marked(copy)) == 2 + sum(rating.measure != "M1" for rating in small_study().ratings)
    book = tmp_path / "good.xlsx"
    write_study(small_study(), book)
    assert main(["check", str(book), "--annotate", str(copy)]) == 0
    assert marked(copy) == []


def test_a_copy_never_replaces_the_file_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "good.xlsx"
    write_study(small_study(), book)
    before = book.read_bytes()
    assert main(["check", str(book), "--annotate", str(book)]) == 2
    assert "good.xlsx" in capsys.readouterr().err
    assert book.read_bytes() == before


def test_a_file_that_cannot_be_opened_has_no_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, copy = tmp_path / "bad.xlsx", tmp_path / "copy.xlsx"
    bad.write_bytes(b"no workbook")
    assert main(["check", str(bad), "--annotate", str(copy), "--format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)["issues"][0]["code"] == "not_a_workbook"
    assert main(["check", str(tmp_path / "nowhere"), "--annotate", str(copy)]) == 2
    assert not copy.exists()


EXAMPLE = str(Path(__file__).parents[1] / "data" / "nordallianz")


def test_funding_tells_every_measure_on_one_line_and_the_sum_of_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["funding", EXAMPLE, "--lang", "de"]) == 0
    out = capsys.readouterr().out
    assert re.findall(r"^([A-Z]{2}-\d\d)  ", out, re.MULTILINE) == [m.id for m in the_example().measures]
    assert "1.120 Paare aus 40 Maßnahmen und 28 Programmen: " in out
    assert "bis 04.07.2025 (LADEN_BY)" in out
    assert "\x1b" not in out


def test_funding_of_one_measure_holds_every_programme_with_all_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["funding", EXAMPLE, "--measure", "MV-01", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    study = the_example()
    money = evaluate(study).money["MV-01"]
    assert all(f"[{programme.id}]" in out for programme in study.programmes)
    assert all(reason.sentence("en") in out for found in money.assessments for reason in found.reasons)
    assert all(study.municipality_by_id[who].name in out for who in money.shares)


def test_funding_as_of_another_day_closes_programmes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["funding", EXAMPLE, "--as-of", "2026-11-24", "--measure", "MV-10", "--to", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (charging,) = [p for p in told["measures"][0]["pairs"] if p["programme"] == "LADEN_BY"]
    assert (charging["verdict"], told["provenance"]["as_of"]) == ("no", "2026-11-24")


def test_funding_follows_the_scenario_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "s.toml"
    file.write_text('name = "ohne"\nwithout_programmes = ["STADT_LAND"]\n')
    assert main(["funding", EXAMPLE, "--scenario", str(file), "--measure", "MV-08", "--to", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert "STADT_LAND" not in {pair["programme"] for pair in told["measures"][0]["pairs"]}


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "table"])
def test_funding_files_and_standard_output_hold_the_same_bytes(
    form: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / f"out.{'txt' if form == 'table' else form}"
    write_study(small_study(), tmp_path / "small.xlsx")
    call = ["funding", str(tmp_path / "small.xlsx"), "--measure", "M2", "--to", form, "--lang", "de"]
    assert main([*call, "-o", str(file)]) == 0
    capsysbinary.readouterr()
    assert main([*call, "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == file.read_bytes()


def test_funding_lists_all_that_is_wrong_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "f.xlsx"
    call = ["funding", EXAMPLE, "--measure", "MV-1", "--as-of", "bald", "--scenario", "fehlt.toml"]
    assert main([*call, "-o", str(target), "--lang", "de"]) == 2
    printed = capsys.readouterr()
    assert all(sign in printed.err for sign in ("--measure", "MV-1", "MV-10", "--as-of", "bald", "fehlt.toml"))
    assert printed.out == ""
    assert not target.exists()
    assert main(["funding", EXAMPLE, "--to", "xlsx"]) == 2
    assert "-o" in capsys.readouterr().err


def test_funding_in_a_terminal_fits_it() -> None:
    console = Console(width=120, record=True, file=io.StringIO(), highlight=False)
    draw_overview(ranked_example(), "de", console)
    drawn = console.export_text()
    assert max(map(len, drawn.splitlines())) <= 120
    assert "MV-01" in drawn
