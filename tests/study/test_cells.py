from datetime import date, datetime
from decimal import Decimal

import pytest

from mcda.study.cells import CellError, Percent, convert, is_empty, parse_number, told_signs
from mcda.study.model import Judgement, Measure, Programme, Rating


@pytest.mark.parametrize(
    ("written", "decimal", "meant"),
    [
        ("1.234,5", ",", "1234.5"),
        ("1,234.5", ",", "1234.5"),
        ("1.234,5", ".", "1234.5"),
        ("12,5", ",", "12.5"),
        ("34.567,89 €", ",", "34567.89"),
        ("1.234.567", ",", "1234567"),
        ("0.125", ",", "0.125"),
        ("1234.5", ",", "1234.5"),
        ("70 %", ",", "70"),
        ("\u22125", ",", "-5"),
        ("\u20135", ",", "-5"),
        ("- 5", ",", "-5"),
        ("1e3", ".", "1000"),
        ("1,234E+05", "", "123400"),
        ("1.234e5", "", "123400"),
        ("1 234", "", "1234"),
        ("1\u202f234\u00a0567,5", "", "1234567.5"),
        ("1'234.50", "", "1234.5"),
        ("€ 1.200,-", "", "1200"),
        ("50 Euro", "", "50"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1,234", ".", "1234"),
        (1234.5, ",", "1234.5"),
        (7, ",", "7"),
    ],
)
def test_numbers_as_offices_write_them(written, decimal, meant):
    assert parse_number(written, decimal) == Decimal(meant)


@pytest.mark.parametrize(("written", "decimal"), [("1.234", ""), ("1,234", "")])
def test_one_separator_before_three_digits_is_asked_about(written, decimal):
    with pytest.raises(CellError) as caught:
        parse_number(written, decimal)
    assert caught.value.code == "ambiguous_number"


@pytest.mark.parametrize(
    "written",
    [
        *("abc", "1,2,3", "1.2.3", "", "--5", "nan", "inf", "1e999999", True, float("inf")),
        *("3 5", "2025 2026", "100000, 500000", "100, 200, 300", "12€50", "50 T€", "ca. 50", "1e20", 1e20, "5%5", "–"),
    ],
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(CellError):
        parse_number(written, "")


def test_cells_become_the_types_of_their_columns():
    assert convert(Measure, "vat_deductible", "Ja") is True
    assert convert(Measure, "mandatory", "nein") is False
    assert convert(Measure, "municipalities", "ECH; GAR;") == ("ECH", "GAR")
    assert convert(Measure, "units", "ECH=4;GAR=2,5") == (("ECH", Decimal(4)), ("GAR", Decimal("2.5")))
    assert convert(Measure, "time_horizon", "mittel") == "medium"
    assert convert(Measure, "category", "Sofortmaßnahme") == "quick_start"
    assert convert(Measure, "category", "Eigene Art") == "Eigene Art"
    assert convert(Programme, "valid_to", "31.12.2026") == date(2026, 12, 31)
    assert convert(Programme, "valid_to", "2026-12-31") == date(2026, 12, 31)
    assert convert(Rating, "value", "3,5") == 3.5
    assert convert(Measure, "id", 12.0) == "12"


@pytest.mark.parametrize(
    ("model", "column", "written", "code"),
    [
        (Programme, "instrument", "gift", "not_a_choice"),
        (Programme, "valid_to", "31.02.2026", "not_a_date"),
        (Measure, "vat_deductible", "vielleicht", "not_yes_or_no"),
        (Measure, "units", "ECH:4", "not_pairs"),
        (Measure, "start_year", "2026,5", "not_an_integer"),
    ],
)
def test_a_wrong_cell_says_what_is_allowed(model, column, written, code):
    with pytest.raises(CellError) as caught:
        convert(model, column, written)
    assert caught.value.code == code
    assert caught.value.allowed


@pytest.mark.parametrize(
    ("model", "column", "cell", "code"),
    [
        (Measure, "id", datetime(2025, 10, 1), "changed_value"),
        (Measure, "title", True, "changed_value"),
        (Measure, "municipalities", date(2025, 2, 1), "changed_value"),
        (Measure, "title", "#DIV/0!", "cell_failed"),
        (Measure, "title", "NaN", "cell_failed"),
        (Measure, "capex_eur", "#NV", "cell_failed"),
        (Rating, "value", float("nan"), "cell_failed"),
        (Rating, "value", datetime(2026, 5, 3), "not_a_number"),
        (Programme, "valid_to", "31.12.0026", "not_a_date"),
        (Programme, "valid_to", 46387, "not_a_date"),
        (Measure, "capex_eur", "12345678901234567890", "number_too_large"),
    ],
)
def test_what_a_spreadsheet_changed_or_failed_to_count_is_told(model, column, cell, code):
    with pytest.raises(CellError) as caught:
        convert(model, column, cell)
    assert caught.value.code == code


def test_texts_are_cleaned_of_what_nobody_sees():
    assert convert(Measure, "id", "\u200bM1\ufeff ") == "M1"
    assert convert(Measure, "title", "Fo\u0308rderung") == "Förderung"
    assert convert(Measure, "municipalities", "ISM\nGAR") == ("ISM", "GAR")
    assert convert(Measure, "description", Percent(0.7)) == "70 %"
    assert convert(Measure, "cost_quality", "grob\u00a0 geschätzt") == "rough"
    assert convert(Programme, "valid_to", "2026-12-31 00:00:00") == date(2026, 12, 31)
    assert is_empty("\u00a0\u200b")
    assert not is_empty(float("nan"))


@pytest.mark.parametrize("cell", ["nein", "-", "–", "k.A."])
def test_a_word_for_no_knocks_nothing_out(cell):
    assert convert(Measure, "knock_out", cell) == ""
    assert convert(Measure, "knock_out", "kein Grundstück") == "kein Grundstück"


@pytest.mark.parametrize(
    ("cells", "whole", "signs"),
    [
        (["1.234", "5"], False, ""),
        (["1.234", "1.234,5"], False, ","),
        (["1.5", "2,5"], False, ",."),
        (["18.043"], True, ","),
        (["18,043"], True, "."),
        (["18.000"], True, ""),
        ([1.5, None], False, ""),
    ],
)
def test_a_column_tells_its_decimal_sign(cells, whole, signs):
    assert told_signs(cells, whole) == frozenset(signs)


@pytest.mark.parametrize(
    ("cell", "value"), [("1/3", 1 / 3), (" 2 / 5 ", 0.4), ("0,5/2", 0.25), ("3", 3.0), ("0,333", 0.333)]
)
def test_an_answer_of_the_pairwise_scale_may_be_a_fraction(cell: str, value: float) -> None:
    assert convert(Judgement, "value", cell) == pytest.approx(value)


@pytest.mark.parametrize("cell", ["1/0", "1/", "/3", "1/2/3", "a/b"])
def test_what_is_no_fraction_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        convert(Judgement, "value", cell)
