"""Headers and sheet names people read are understood when they come back."""

import pytest

from mcda.locale import LANGUAGES, has_text
from mcda.study.columns import column_name, header, table_name, table_title
from mcda.study.model import TABLES

FIELDS = [(table, field) for table, model in TABLES.items() for field in model.model_fields if field != "extra_columns"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_header_reads_back_to_its_field(language):
    wrong = [(t, f, column_name(t, header(t, f, language))) for t, f in FIELDS]
    assert [found for found in wrong if found[1] != found[2]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_reads_back_from_its_sheet(language):
    assert {name: table_name(table_title(name, language)) for name in TABLES} == {name: name for name in TABLES}
    assert table_name(table_title("measures", language).upper()) == "measures"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_sentence_of_help(language):
    assert [(t, f) for t, f in FIELDS if not has_text(f"column.{t}.{f}", language)] == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Investition (EUR)", "capex_eur"),
        ("Investition [€] *", "capex_eur"),
        ("INVESTITION\nin EUR", "capex_eur"),
        ("MwSt.-Satz in %", "vat_rate_pct"),
        ("MwSt.-Satz (%)", "vat_rate_pct"),
        ("VAT rate %:", "vat_rate_pct"),
        ("Dauer (Monate)", "duration_months"),
        ("Nr.", "id"),
        ("capex_eur", "capex_eur"),
        ("extra_columns", None),
        ("", None),
    ],
)
def test_signs_and_units_in_headers(written, meant):
    assert column_name("measures", written) == meant


@pytest.mark.parametrize("written", ["Anleitung", "Read me", "Auswahllisten", "Zu korrigieren", "To correct", ""])
def test_sheets_for_people_are_no_tables(written):
    assert table_name(written) is None
