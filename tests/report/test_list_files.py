"""The list as workbook and CSV, opened by other programs: the same ranks, money and weights, and nothing that runs."""

import csv
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from hostile import TITLES, hostile_study
from mcda.evaluate import evaluate
from mcda.report.exhibits import sensitivity_short
from mcda.report.exhibits.ranked_list import list_groups
from mcda.report.exports.csv_file import DIALECTS, csv_file
from mcda.report.exports.xlsx_file import xlsx_file
from mcda.result import Result
from mcda.scenario import Scenario
from rated import rated
from small import measure, ratings, small_study

LEAVES = "Anteil am Ganzen, der größte zuerst"


@pytest.fixture(scope="module")
def result() -> Result:
    return evaluate(hostile_study())


@pytest.fixture(scope="module")
def every(result: Result) -> tuple[str, ...]:
    """The keys of all columns the list can have."""
    return tuple(c.key for group in list_groups(result).values() for c in group)


@pytest.fixture(scope="module")
def book(result: Result, every: tuple[str, ...]) -> Any:
    return load_workbook(io.BytesIO(xlsx_file(result, "de", every)))


def cells(book: Any) -> Iterator[Any]:
    return (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def records(sheet: Any, count: int) -> list[dict[str, Any]]:
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=count + 1)]
    return [dict(zip(header, row, strict=True)) for row in rows]


def leaf_weights(sheet: Any) -> list[float]:
    """The shares below the title of the sorted weights."""
    rows = [[cell.value for cell in row[:2]] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if row[0] == LEAVES) + 2
    return [row[1] for row in rows[start:] if isinstance(row[1], float)]


def test_the_workbook_holds_ranks_money_and_values_as_numbers(result: Result, book: Any) -> None:
    for row, line in zip(records(book["Rangliste"], 4), result.ranking, strict=True):
        money = result.money[line.measure]
        assert (row["Rang"], row["Nr."], row["Gruppe"]) == (line.rank, line.measure, line.rank_group)
        assert row["Punkte"] == pytest.approx(100 * line.score, abs=1e-9)
        found = (row["Gesamtkosten brutto"], row["Gerechneter Zuschuss"], row["Eigenanteil"])
        assert found == tuple(map(float, (money.life_cycle_gross, money.grant, money.own_contribution)))
        assert row["Zuwendungsfähige Kosten"] == float(money.best.eligible_cost) if money.best else True
        assert row["Wert =rang (1 bis 5) (2)"] == result.matrix.raw[result.matrix.measures.index(line.measure), 1]


def test_the_workbook_s_weights_are_the_result_s(result: Result, book: Any) -> None:
    assert leaf_weights(book["Gewichte"]) == pytest.approx(sorted(result.weights.leaf, reverse=True))
    assert sum(leaf_weights(book["Gewichte"])) == pytest.approx(1)


@pytest.mark.parametrize("criteria", [3, 7])
def test_any_number_of_criteria_has_its_weights_and_its_parts(criteria: int) -> None:
    weights = [float(n) for n in range(1, criteria + 1)]
    values = [[(row + column) % 4 / 3 for column in range(criteria)] for row in range(5)]
    found = rated(values, weights)
    book = load_workbook(io.BytesIO(xlsx_file(found, "de")))
    assert leaf_weights(book["Gewichte"]) == pytest.approx([n / sum(weights) for n in reversed(weights)])
    rows = records(book["Rangliste"], 5)
    assert [row["Rang"] for row in rows] == [line.rank for line in found.ranking]
    for row in rows:
        assert sum(row[f"Teil c{n}"] for n in range(criteria)) == pytest.approx(row["Punkte"])
    assert "Förderung" not in book.sheetnames
    assert "Förderprogramm" not in rows[0]


def test_nothing_in_the_workbook_is_a_formula_or_a_link(book: Any) -> None:
    found = list(cells(book))
    assert {cell.data_type for cell in found} == {"s", "n"}
    assert not [cell for cell in found if cell.hyperlink]
    texts = {cell.value for cell in found}
    assert {*TITLES, "=Thema", "=Kategorie", "@Leitung", "=Ismaning", "=bald", "=Status", "=eilt"} <= texts


def test_no_part_of_the_package_holds_a_formula_but_the_charts_and_the_marks(result: Result, every: Any) -> None:
    """A second look that does not lean on openpyxl: sheets have no <f> element, table columns no formula."""
    with zipfile.ZipFile(io.BytesIO(xlsx_file(result, "de", every))) as package:
        for name in package.namelist():
            if name.startswith(("xl/worksheets/sheet", "xl/tables/")):
                content = package.read(name).decode()
                assert "<f>" not in content
                assert "calculatedColumnFormula" not in content
                assert "<hyperlink" not in content


def test_the_table_object_has_the_headers_of_its_cells_each_once(book: Any) -> None:
    sheet = book["Rangliste"]
    names = [column.name for column in sheet.tables["ranking"].tableColumns]
    assert names == [cell.value for cell in sheet[1]]
    assert len({name.casefold() for name in names}) == len(names)
    assert sheet.tables["ranking"].ref.endswith(f"{sheet.cell(1, len(names)).column_letter}5")


def test_colours_go_by_the_sign_in_the_cell(book: Any, every: tuple[str, ...]) -> None:
    sheet = book["Rangliste"]
    rules = {
        (str(area.sqref).split(":")[0], rule.text)
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.type == "beginsWith"
    }
    place = {key: sheet.cell(2, at).coordinate for at, key in enumerate(every, start=1)}
    assert {(place["tier"], "▲ Stufe 1"), (place["robustness"], "◐"), (place["verdict"], "?")} <= rules


def test_there_are_native_charts_with_words_for_who_cannot_see_them(result: Result) -> None:
    content = xlsx_file(result, "de")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        drawings = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/drawings/drawing")]
    assert len(charts) == 2
    assert all('descr="' in drawing for drawing in drawings)
    sheet = load_workbook(io.BytesIO(content))["Diagramm"]
    assert [row[2].value for row in sheet.iter_rows(min_row=2, max_row=5)] == [
        pytest.approx(100 * line.score) for line in result.ranking
    ]


def test_many_columns_are_printed_on_a3_with_what_they_belong_to(book: Any, result: Result) -> None:
    sheet = book["Rangliste"]
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "8")
    assert sheet.print_title_cols is not None
    few = load_workbook(io.BytesIO(xlsx_file(result, "de", ("rank", "title", "score"))))["Rangliste"]
    assert str(few.page_setup.paperSize) == "9"
    assert few.print_title_rows == "$1:$1"
    assert few.freeze_panes == "C2"
    assert "Seite &P von &N" in few.oddFooter.right.text


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_same_list_gives_the_same_bytes(result: Result, language: str) -> None:
    again = evaluate(hostile_study())
    keys = ("rank", "title", "robustness", "value_cost", "own_contribution_eur")
    assert xlsx_file(result, language, keys) == xlsx_file(again, language, keys)
    assert xlsx_file(result, language) == xlsx_file(again, language)
    for dialect in DIALECTS:
        assert csv_file(result, language, dialect, keys) == csv_file(again, language, dialect, keys)


def read(content: bytes, dialect: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";" if dialect == "office" else ","))


def test_both_dialects_hold_the_same_chosen_columns(result: Result) -> None:
    keys = ("rank", "id", "own_contribution_eur", "value_title", "decided_rank", "robustness")
    office = read(csv_file(result, "de", "office", keys), "office")
    machine = read(csv_file(result, "de", "machine", keys), "machine")
    assert (
        office[0] == ["Rang", "Nr.", "Eigenanteil", "'=rang", "Beschlossener Rang", "Wie sicher?"][:3] + office[0][3:]
    )
    assert tuple(machine[0][: len(keys)]) == keys
    for line, shown, plain in zip(result.ranking, office[1:], machine[1:], strict=False):
        own = result.money[line.measure].own_contribution
        assert shown[:3] == [str(line.rank), line.measure, f"{own:.2f}".replace(".", ",")]
        assert plain[:2] == [str(line.rank), line.measure]
        assert Decimal(plain[2]) == own
        assert float(shown[3].replace(",", ".")) == float(plain[3])
    assert any("Betrachtet wurden 10.000 Gewichtungen" in cell for row in office[6:] for cell in row)
    assert {row[5] for row in machine[1:]} <= {"secure", "likely", "contested", "unlikely"}
    assert {row[0] for row in machine[1:]} == {"1", "2", "3", "4"}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_text_column_of_a_csv_runs(result: Result, every: tuple[str, ...], dialect: str) -> None:
    rows = read(csv_file(result, "de", dialect, every), dialect)
    found = [cell for row in rows for cell in row]
    assert not [cell for cell in found if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert not [cell for cell in found if cell.startswith("-") and not cell[1:2].isdigit()]
    assert {f"'{title}" for title in TITLES} <= set(found)


def test_some_measures_alone_in_both_dialects(result: Result) -> None:
    rows = read(csv_file(result, "de", "machine", measures=("M3",)), "machine")
    assert len(rows) == 2
    assert rows[1][rows[0].index("id")] == "M3"


def test_a_list_of_one_is_a_workbook_without_a_sensitivity() -> None:
    found = evaluate(small_study(measures=(measure("M1", 60_000),), ratings=ratings("M1", 5, 4, 4)))
    book = load_workbook(io.BytesIO(xlsx_file(found, "de")))
    assert "Diagramm" in book.sheetnames
    assert "Sensitivität" not in book.sheetnames


def test_a_list_of_measures_that_are_not_ranked_has_headers_alone(result: Result) -> None:
    book = load_workbook(io.BytesIO(xlsx_file(result, "de", measures=("M5",))))
    assert book["Rangliste"]["A1"].value == "Rang"
    assert not book["Rangliste"].tables
    (header,) = read(csv_file(result, "de", "machine", measures=("M5",)), "machine")
    assert {"id", "rank", "lead", "version"} <= set(header)


def test_a_second_opinion_says_what_it_has_no_answer_to() -> None:
    book = load_workbook(io.BytesIO(xlsx_file(evaluate(hostile_study(), Scenario(method="pymcdm:VIKOR")), "de")))
    told = [cell.value for row in book["Sensitivität"].iter_rows() for cell in row if cell.value]
    assert any("nicht oft genug durchspielen" in str(words) for words in told)


def test_the_sheet_says_what_is_left_out_of_a_long_list(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sensitivity_short, "STABLE_UP_TO", 3)
    monkeypatch.setattr("mcda.report.exhibits.list_labels.LABELLED_UP_TO", 3)
    book = load_workbook(io.BytesIO(xlsx_file(result, "de")))
    told = " ".join(str(cell.value) for row in book["Sensitivität"].iter_rows() for cell in row)
    assert "Bei mehr als 3 Maßnahmen" in told
    assert "nur gerechnet, wenn eine Spalte dazu gewählt ist" in told
    assert "Wie sicher?" not in [cell.value for cell in book["Rangliste"][1]]
