"""What leaves the house: the same ranks as the result, the same bytes every time, and nothing a spreadsheet runs."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.report.exhibits.ranked_list import ranked_list
from mcda.report.exports.csv_file import DIALECTS, csv_file, harmless
from mcda.report.exports.json_file import json_file
from mcda.report.exports.xlsx_file import xlsx_file
from mcda.result import Result
from mcda.robustness.labels import robustness_labels
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Eligibility, Measure, Municipality, Programme, Rating, Study, StudyInfo

NASTY = '=HYPERLINK("http://x";"y")'
LEVELS = {"A-1": 5, "A-2": 3, "A-3": 4, "A-4": 2}


def measure(name: str, **facts: Any) -> Measure:
    return Measure(
        **{
            "id": name,
            "title": f"Maßnahme {name}",
            "municipalities": ("ISM",),
            "lead_form": "gemeinde",
            "capex_eur": Decimal(170_000),
            "price_basis": "net",
            "funding_themes": ("digital",),
            "cost_categories": ("planning",),
        }
        | facts
    )


@pytest.fixture(scope="module")
def result() -> Result:
    """Three ranked measures and an excluded one; hostile texts; a grant awarded, one to be checked."""
    study = Study(
        study=StudyInfo(title="Öffentliche Studie & mehr", as_of=date(2025, 6, 30), notice="Erfundenes Beispiel " * 20),
        criteria=(
            Criterion(id="relevance", label_de="Relevanz", best=5, worst=1, step=1, weight=60),
            Criterion(
                id="cost", label_de="Kosten", kind="computed", quantity="life_cycle_cost_eur", sense="min", best=0,
                worst=1_000_000, weight=40,
            ),
        ),
        measures=(
            measure("A-1", title=NASTY, decided_rank=2, decided_reason="+1 Platz"),
            measure("A-2", capex_eur=Decimal("1234567.89"), price_basis="gross", staff_fte=0.5),
            measure("A-3", title="@alle", capex_eur=Decimal(10)),
            measure("A-4", knock_out="keine eigene Aufgabe"),
        ),
        municipalities=(Municipality(id="ISM", name="Ismaning", population=18_043),),
        ratings=tuple(Rating(measure=m, criterion="relevance", value=v) for m, v in LEVELS.items()),
        programmes=(
            Programme(
                id="P1", name="-Programm", rate_pct=60, themes=("digital",), applicant_types=("gemeinde",),
                eligible_costs=("planning",), valid_to=date(2026, 12, 31), prerequisites="ISEK",
                source="https://example.org/a",
            ),
        ),
        eligibility=(
            Eligibility(
                measure="A-1", programme="P1", verdict="yes", awarded_eur=Decimal(120_000), by="Planung",
                reason="bewilligt", date=date(2025, 5, 1),
            ),
        ),
    )  # fmt: skip
    return evaluate(study, Scenario(name="=Probe", weights={"relevance": 50}))


@pytest.fixture(scope="module")
def book(result: Result) -> Any:
    return load_workbook(io.BytesIO(xlsx_file(result, "de")))


def table(sheet: Any) -> list[dict[str, Any]]:
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=4)]
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_json_has_the_agreed_keys_and_normalised_weights(result: Result) -> None:
    content = json.loads(json_file(result, "de"))
    assert content["weights"] == pytest.approx({"relevance": 50 / 90, "cost": 40 / 90})
    assert content["local_weights"] == pytest.approx(content["weights"])
    assert [(row["id"], row["rank"], row["score"]) for row in content["ranking"]] == [
        (line.measure, line.rank, line.score) for line in result.ranking
    ]
    for row in content["ranking"]:
        money = result.money[row["id"]]
        found = (row["life_cycle_cost_eur"], row["grant_eur"], row["own_contribution_eur"])
        assert found == tuple(map(float, (money.life_cycle_gross, money.grant, money.own_contribution)))
    assert content["provenance"]["input_hash"] == result.study.input_hash
    assert content["gated"][0]["id"] == "A-4"
    for finding in content["findings"]:
        assert finding.keys() == {"code", "level", "where", "params", "sentence"}
        assert finding["sentence"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_result_same_bytes(result: Result, language: str) -> None:
    again = evaluate(result.study, result.scenario)
    assert json_file(result, language) == json_file(again, language)
    assert xlsx_file(result, language) == xlsx_file(again, language)
    for dialect in DIALECTS:
        assert csv_file(result, language, dialect) == csv_file(again, language, dialect)


def test_machine_csv_holds_the_frame_unrounded(result: Result) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_file(result, "de", "machine").decode())))
    frame = result.frame()
    assert list(rows[0])[: len(frame.columns)] == list(frame.columns)
    assert [float(row["score"]) for row in rows] == frame["score"].tolist()
    assert [int(row["rank"]) for row in rows] == frame["rank"].tolist()


def test_csv_holds_the_required_columns_of_a_ranked_list(result: Result) -> None:
    labels = robustness_labels(result).by_measure()
    rows = list(csv.DictReader(io.StringIO(csv_file(result, "de", "machine").decode())))
    for row, line in zip(rows, result.ranking, strict=True):
        measure, sure = result.study.measure_by_id[line.measure], labels[line.measure]
        assert (row["robustness"], row["robustness_reason"]) == (sure.label, "|".join(sure.reasons))
        assert (row["lead"], row["time_horizon"]) == (measure.lead, measure.time_horizon)
        assert row["municipalities"] == "|".join(measure.municipalities)
        assert row["staff_fte"] == ("" if measure.staff_fte is None else str(measure.staff_fte))
        values = [float(row[f"value_{leaf}"]) for leaf in result.matrix.leaves]
        expected = result.matrix.raw[result.matrix.measures.index(line.measure)]
        assert values == pytest.approx(expected.tolist(), abs=0.005)
    assert {"start_year", "running_cost_eur_per_year", "eligible_cost_eur"} <= set(rows[0])
    office, below = listed(result, "de")
    words = {"secure": "sicher", "likely": "wahrscheinlich", "contested": "umstritten", "unlikely": "unwahrscheinlich"}
    told = [row["Wie sicher?"].partition(" ")[2] for row in office]
    assert told == [words[labels[line.measure].label] for line in result.ranking]
    assert "Wie sicher?" in below  # what was considered for it


def test_machine_csv_is_read_without_options_and_every_row_says_where_it_comes_from(result: Result) -> None:
    for language in LANGUAGES:
        found = pd.read_csv(io.BytesIO(csv_file(result, language, "machine")))
        pd.testing.assert_series_equal(found["score"], result.frame()["score"])
        assert (found["input_hash"] == result.study.input_hash).all()
        assert (found["notice"] == result.study.study.notice).all()
        assert set(found["seed"]) == {0}
        assert (found["method"][0], found["as_of"][0]) == ("topsis", "2025-06-30")
        assert json.loads(found["scenario"][0]) == result.scenario.canonical()
        assert json.loads(found["weights"][0]) == result.weights.overall


def test_json_carries_the_study_s_notice(result: Result) -> None:
    assert json.loads(json_file(result, "de"))["study"]["notice"] == result.study.study.notice


def listed(result: Result, language: str) -> tuple[list[dict[str, str]], str]:
    """The list of the office CSV, and what stands under its empty line."""
    content = csv_file(result, language, "office").decode("utf-8-sig")
    above, below = content.split("\r\n\r\n", 1)
    return list(csv.DictReader(io.StringIO(above), delimiter=";")), below


@pytest.mark.parametrize("language", LANGUAGES)
def test_office_csv_says_under_an_empty_line_what_it_rests_on(result: Result, language: str) -> None:
    _, below = listed(result, language)
    assert result.study.study.notice in below
    assert result.study.input_hash in below
    assert "0,5556" in below
    assert "A-4 Maßnahme A-4" in below
    with_day = "30.06.2025" if language == "de" else "30 Jun 2025"
    assert with_day in below


def test_office_csv_opens_in_german_excel(result: Result) -> None:
    content = csv_file(result, "de", "office")
    assert content.startswith(b"\xef\xbb\xbf")
    rows, _ = listed(result, "de")
    assert [int(row["Rang"]) for row in rows] == [line.rank for line in result.ranking]
    by_id = {row["Nr."]: row for row in rows}
    assert by_id["A-2"]["Investition brutto"] == "1234567,89"
    assert by_id["A-2"]["Personal (VZÄ)"] == "0,50"


def test_the_dialect_decides_the_decimal_sign_whatever_the_language(result: Result) -> None:
    rows, _ = listed(result, "en")
    assert {row["No."]: row["Investment gross"] for row in rows}["A-2"] == "1234567,89"
    for language in LANGUAGES:
        assert "1234567.89" in csv_file(result, language, "machine").decode()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_csv_text_can_be_taken_for_a_formula(result: Result, dialect: str) -> None:
    content = csv_file(result, "de", dialect).decode("utf-8-sig")
    cells = [c for row in csv.reader(io.StringIO(content), delimiter=";" if dialect == "office" else ",") for c in row]
    assert f"'{NASTY}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx", "\rx"])
def test_risky_first_characters_are_neutralised(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("ok =1") == "ok =1"


def test_unknown_csv_dialect_is_refused(result: Result) -> None:
    with pytest.raises(ValueError, match="office, machine"):
        csv_file(result, "de", "excel")


def test_workbook_ranks_scores_and_money_are_the_result_s_as_numbers(result: Result, book: Any) -> None:
    rows = table(book["Rangliste"])
    assert [row["Rang"] for row in rows] == [line.rank for line in result.ranking]
    assert [row["Nr."] for row in rows] == [line.measure for line in result.ranking]
    assert [row["Punkte"] for row in rows] == pytest.approx([100 * line.score for line in result.ranking])
    first = {row["Nr."]: row for row in rows}["A-1"]
    assert first["Eigenanteil"] == 82_300
    assert first["Sicherer Zuschuss"] == first["Gerechneter Zuschuss"] == 120_000
    assert first["Förderprogramm"] == "-Programm: 120.000 €"
    assert first["Förderung"] == "✓ förderfähig"
    assert first["Beschlossener Rang"] == 2
    assert first["Teil Relevanz"] + first["Teil Kosten"] == pytest.approx(first["Punkte"])


def test_workbook_texts_are_neither_formulas_nor_links(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert NASTY in [cell.value for cell in cells]
    assert "=Probe" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_workbook_list_is_ready_to_filter_and_print(book: Any) -> None:
    sheet = book["Rangliste"]
    assert sheet.freeze_panes == "D2"
    assert sheet.tables["ranking"].ref.startswith("A1:")
    assert sheet.tables["ranking"].autoFilter is not None
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    money = [cell.value for cell in sheet[1]].index("Gesamtkosten brutto")
    assert "[$€-407]" in sheet[2][money].number_format
    kinds = {rule.type for area in sheet.conditional_formatting for rule in area.rules}
    assert {"colorScale", "iconSet", "dataBar", "expression"} <= kinds


def test_workbook_says_what_it_is_on_screen_and_paper(result: Result, book: Any) -> None:
    for sheet in book:
        assert "Erfundenes Beispiel" in sheet.oddHeader.left.text
    for name in ("Rangliste", "Herkunft"):
        assert result.study.study.notice in [cell.value for row in book[name].iter_rows() for cell in row]


def test_workbook_basis_explains_weights_exclusions_and_provenance(result: Result, book: Any) -> None:
    sheets = ("Gewichte", "Rechenweg", "Hinweise", "Herkunft")
    cells = [cell.value for name in sheets for row in book[name].iter_rows() for cell in row]
    assert result.study.input_hash in cells
    assert "A-4 Maßnahme A-4" in cells
    assert 50 / 90 in cells
    assert "Relevanz 55,6 % (vorher 60 %); Kosten 44,4 % (vorher 40 %)" in cells
    assert "Darlehen" in " ".join(str(cell) for cell in cells)
    assert any("Mitte zwischen sicherem und höchstmöglichem Zuschuss, solange zu prüfen ist" in str(c) for c in cells)


def setting(result: Result) -> dict[str, Any]:
    """The lines of the sheet on what the list rests on, by their labels."""
    sheet = load_workbook(io.BytesIO(xlsx_file(result, "de")))["Herkunft"]
    return {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}


def test_workbook_names_the_setting_as_the_screen_does(result: Result) -> None:
    own = evaluate(result.study, Scenario(weights={"relevance": 60, "cost": 60}))
    assert setting(own)["Einstellung"] == "Eigene Gewichtung"
    assert setting(evaluate(result.study))["Einstellung"] == "Gewichte der Studie"


def test_workbook_lists_only_weights_that_moved(result: Result) -> None:
    still = evaluate(result.study, Scenario(weights={"relevance": 30, "cost": 20}))
    assert setting(still)["Geänderte Gewichte (Anteil in der Gruppe)"] == "keine"


def test_a_cost_nobody_stated_leaves_its_cells_empty(result: Result) -> None:
    measures = (*result.study.measures[:2], measure("A-3", capex_eur=None), *result.study.measures[3:])
    open_cost = evaluate(result.study.model_copy(update={"measures": measures}))
    rows = {row["Nr."]: row for row in table(load_workbook(io.BytesIO(xlsx_file(open_cost, "de")))["Rangliste"])}
    assert rows["A-3"]["Gesamtkosten brutto"] is None
    assert rows["A-3"]["Eigenanteil"] is None
    assert rows["A-1"]["Eigenanteil"] == 82_300


def test_workbook_funding_sheet_gives_every_reason(book: Any) -> None:
    rows = {row["Nr."]: row for row in table(book["Förderung"])}
    assert rows["A-1"]["Ergebnis"] == "✓ förderfähig"
    assert rows["A-1"]["Regelprüfung"] == "? zu prüfen"
    assert rows["A-1"]["Befund von Personen"] == "bewilligt (Planung, 01.05.2025)"
    assert "? Vor dem Antrag zu prüfen: ISEK." in rows["A-2"]["Gründe"].split("\n")
    assert rows["A-2"]["Fördersatz"] == 0.6


def test_no_word_of_a_header_is_wider_than_its_column(book: Any) -> None:
    sheet = book["Förderung"]
    widths = {at: one.width for one in sheet.column_dimensions.values() for at in range(one.min, one.max + 1)}
    assert "Höchstmöglicher Zuschuss" in [cell.value for cell in sheet[1]]
    for cell in sheet[1]:
        assert max(map(len, cell.value.split())) * 1.1 < widths[cell.column], cell.value


def test_second_opinion_scores_stay_as_the_method_gives_them(result: Result) -> None:
    foreign = evaluate(result.study, Scenario(method="pymcdm:VIKOR"))
    column = [c.key for c in ranked_list(foreign).columns].index("score")
    assert [row[column] for row in ranked_list(foreign).rows] == [line.score for line in foreign.ranking]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_its_own_header(result: Result, language: str) -> None:
    headers = [column.header for column in ranked_list(result, language).columns]
    assert len(set(headers)) == len(headers)
    assert not [header for header in headers if "_" in header]
