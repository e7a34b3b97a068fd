from datetime import date
from decimal import Decimal

import pytest

from mcda.study.cells import CellError, convert, parse_number
from mcda.study.model import Measure, Programme, Rating


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
        ("1e3", ".", "1000"),
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


@pytest.mark.parametrize("written", ["abc", "1,2,3", "1.2.3", "", "--5", "nan", "inf", "1e999999", True, float("inf")])
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
