"""A unit that only the cell's format shows is never lost."""

import io

import pytest
from openpyxl import load_workbook

from mcda.study.ods import ods_sheets
from mcda.study.shown_units import unit_in_format, unit_shown, with_unit
from raw_files import raw_ods
from small_tables import places, small_workbook


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('0.0 "T€"', "T€"),
        ('#,##0.00" TEUR"', "TEUR"),
        ("#,##0.0 [$T€-407]", "T€"),
        ('0.0" Mio. €";-0.0" Mio. €"', "Mio. €"),
        (r"0\ \T\€", "T€"),
        ('#,##0," T€"', ""),
        ('#,##0.0,," Mio. €"', ""),
        ('#,##0.00 "€"', ""),
        ("#,##0.00 [$€-407]", ""),
        ('0" Jahre"', ""),
        ('0"%"', ""),
        ("General", ""),
        ("#,##0.00 [$CHF]", "CHF"),
        ("#,##0.00 [$$-409]", "$"),
        ('"$"#,##0.00', "$"),
    ],
)
def test_the_unit_of_a_format_unless_it_divides_by_itself(code, unit):
    assert unit_in_format(code).replace(" ", "") == unit.replace(" ", "")


@pytest.mark.parametrize(
    ("shown", "amount", "unit"),
    [
        ("34,6 T€", 34.56789, "T€"),
        ("1.250 TEUR", 1250.0, "TEUR"),
        ("35 T€", 34567.89, ""),
        ("0,9 Mio. €", 0.89, "Mio. €"),
        ("34.567,89 €", 34567.89, ""),
        ("Text", 3.0, ""),
    ],
)
def test_the_unit_seen_in_an_open_document(shown, amount, unit):
    assert unit_shown(shown, amount) == unit


def test_a_number_with_its_unit_reads_in_one_way():
    assert [with_unit(x, "T€") for x in (50.0, 34.5, 34.567)] == ["50 T€", "34.5 T€", "34.5670 T€"]


def test_a_cost_formatted_in_thousands_is_told_with_what_is_meant():
    book = load_workbook(io.BytesIO(small_workbook()))
    book["measures"]["D2"].value = 34.5
    book["measures"]["D2"].number_format = '#,##0.0 "T€"'
    stream = io.BytesIO()
    book.save(stream)
    assert places(stream.getvalue()) == [("not_a_number", "measures", 2, "capex_eur")]


def test_money_other_than_euros_is_told_in_an_open_document():
    cell = 'office:value-type="currency" office:currency="CHF" office:value="5"'
    rows = f"<table:table-row><table:table-cell {cell}><text:p>5 CHF</text:p></table:table-cell></table:table-row>"
    (sheet,) = ods_sheets(raw_ods(rows), "a.ods")
    assert sheet[1] == [(1, ("5 CHF",))]
