"""A unit that only the cell's format shows is never lost."""

import io

import pytest
from openpyxl import load_workbook

from mcda.study.shown_units import unit_in_format, unit_shown, with_unit
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
