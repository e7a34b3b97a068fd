"""Grants as files: what the workbook, CSV and JSON hold, the same bytes every time, nothing a spreadsheet runs."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from example import the_example
from mcda import Result, Scenario, evaluate, read_study
from mcda.locale import LANGUAGES, text
from mcda.report.exhibits.bundle_list import bundle_lines
from mcda.report.exhibits.funding_overview import deadlines, funding_overview, pair_counts
from mcda.report.exhibits.paid_shares import paid_shares, split_sentence
from mcda.report.exports.funding_file import funding_csv, funding_json, funding_xlsx
from mcda.robustness.grants import if_closed, without_grants

EXAMPLE = Path(__file__).parents[2] / "data" / "nordallianz"
NASTY = '=HYPERLINK("http://x";"y")'
SHEETS = ("pairs", "bundles", "payers", "effect", "closures", "basis")


@pytest.fixture(scope="module")
def result() -> Result:
    """The example, one measure's title a formula."""
    study = the_example()
    first, *others = study.measures
    measures = (first.model_copy(update={"title": NASTY}), *others)
    return evaluate(study.model_copy(update={"measures": measures}))


@pytest.fixture(scope="module")
def book(result: Result) -> Workbook:
    return load_workbook(io.BytesIO(funding_xlsx(result, "de")))


def rows_of(book: Workbook, name: str) -> list[tuple[object, ...]]:
    return list(book[text(f"export.sheet.{name}", "de")].iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_its_sheets_in_the_readers_language(language: str, result: Result) -> None:
    made = load_workbook(io.BytesIO(funding_xlsx(result, language, "MV-08")))
    assert made.sheetnames == [text(f"export.sheet.{name}", language) for name in SHEETS]


def test_every_pair_has_its_row_with_all_reasons(book: Workbook, result: Result) -> None:
    rows = rows_of(book, "pairs")
    assert len(rows) == len(result.study.measures) * len(result.study.programmes)
    every = {(found.measure, found.programme): found for m in result.money.values() for found in m.assessments}
    assert [row[0] for row in rows] == [measure for measure, _ in every]
    assert {(row[0], row[13]) for row in rows} == set(every)
    for row in rows:
        found = every[str(row[0]), str(row[13])]
        assert (row[5], row[6]) == (float(found.grant_low), float(found.grant_high))
        assert str(row[11]).count("\n") == len(found.reasons) - 1


def test_numbers_are_numbers_and_days_are_days(book: Workbook) -> None:
    sheet = book[text("export.sheet.pairs", "de")]
    amounts = [sheet.cell(row, 6) for row in range(2, 40)]
    assert {cell.data_type for cell in amounts} == {"n"}
    assert {cell.number_format for cell in amounts} == {"#,##0.00 [$€-407]"}
    days = [cell for (cell,) in sheet.iter_rows(min_row=2, min_col=9, max_col=9) if cell.value is not None]
    assert days
    assert {type(cell.value) for cell in days} == {datetime}


def test_no_text_is_a_formula_or_a_link(book: Workbook) -> None:
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert NASTY in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_shares_of_the_payers_sheet_sum_to_all_own_contributions(book: Workbook, result: Result) -> None:
    rows = [row for row in rows_of(book, "payers") if row[0] != "–"]
    split = [money for money in result.money.values() if money.shares]
    single = sum(Decimal(str(row[3])) for row in rows if row[1])
    sums = [Decimal(str(row[3])) for row in rows if not row[1]]
    assert single == sums[-1] == sum(sums[:-1]) == sum(money.own_contribution for money in split)
    per_head = [row for row in rows if row[1] == "MV-03"]
    assert all(isinstance(row[5], int) and isinstance(row[6], datetime) for row in per_head)
    unsplit = [row for row in rows_of(book, "payers") if row[0] == "–"]
    assert len(unsplit) == len(result.money) - len(split)


def test_bundles_effect_and_closures_are_the_engines(book: Workbook, result: Result) -> None:
    lines = [line for money in result.money.values() for line in bundle_lines(result.study, money, "de")]
    assert [row[6] for row in rows_of(book, "bundles")] == [float(line.alone) for line in lines]
    effect = [(c.measure, c.rank, c.other_rank, c.moved) for c in without_grants(result.study)]
    assert [(row[0], row[2], row[3], row[4]) for row in rows_of(book, "effect")] == effect
    closures = [(c.programme, float(c.lost), len(c.changes)) for c in if_closed(result.study)]
    assert [(row[1], row[2], row[4]) for row in rows_of(book, "closures")] == closures


def test_the_basis_names_where_the_numbers_come_from(book: Workbook, result: Result) -> None:
    told = {cell for row in rows_of(book, "basis") for cell in row}
    assert {result.provenance.input_hash, result.provenance.version, "30.06.2025"} <= told


@pytest.mark.parametrize("make", [funding_xlsx, funding_csv, funding_json])
def test_the_same_result_gives_the_same_bytes(make: object) -> None:
    first, second = (evaluate(read_study(EXAMPLE), Scenario(name="Probe")) for _ in range(2))
    assert callable(make)
    assert make(first, "de", "MV-01") == make(second, "de", "MV-01")


def test_csv_holds_one_row_per_pair_for_programs(result: Result) -> None:
    rows = list(csv.DictReader(io.StringIO(funding_csv(result, "en").decode())))
    assert len(rows) == sum(pair_counts(result).values())
    assert rows[0]["measure"] == "MV-01"
    assert {row["verdict"] for row in rows} == {"yes", "check", "no"}
    assert {row["input_hash"] for row in rows} == {result.provenance.input_hash}


def test_json_tells_reasons_bundles_and_shares(result: Result) -> None:
    told = json.loads(funding_json(result, "en", "MV-02"))
    (one,) = told["measures"]
    assert told["summary"] == dict(pair_counts(result, "MV-02"))
    assert sum(one["shares_eur"].values()) == pytest.approx(one["own_contribution_eur"], abs=0.005)
    assert one["sure"]["total_eur"] == one["grant_low_eur"]
    assert all(pair["reasons"] or pair["grant_high_eur"] for pair in one["pairs"])


def test_the_overview_has_every_measure_and_its_next_deadline(result: Result) -> None:
    lines = {line.measure: line for line in funding_overview(result, "de")}
    assert list(lines) == [m.id for m in result.study.measures]
    charging = lines["MV-10"].deadline
    assert charging is not None
    assert (charging.programme, charging.day.isoformat(), charging.opens) == ("LADEN_BY", "2025-07-04", False)


def test_a_programme_between_two_calls_goes_to_the_watch_list() -> None:
    study = the_example()
    call = next(call for call in study.programme_calls if call.programme == "RZOEPNV")
    shorter = call.model_copy(update={"last_day": date(2025, 3, 1)})
    others = tuple(one for one in study.programme_calls if one is not call)
    later = evaluate(study.model_copy(update={"programme_calls": (shorter, *others)}))
    watched = [d for d in deadlines(later.money["MV-11"]) if d.programme == "RZOEPNV"]
    assert [(d.opens, d.day) for d in watched] == [(True, date(2025, 12, 2))]


def test_a_measure_without_cost_has_no_amounts_and_no_split() -> None:
    study = the_example()
    bare = study.measures[0].model_copy(update={"capex_eur": None, "opex_eur_per_year": None})
    changed = study.model_copy(update={"measures": (bare, *study.measures[1:])})
    found = evaluate(changed)
    (line,) = funding_overview(found, "en", "MV-01")
    assert (line.grant, line.own_contribution) == (None, None)
    assert paid_shares(found, "MV-01") == ()
    assert split_sentence(found, "MV-01", "en") == text("funding_words.no_cost_no_split", "en")
