"""What was changed in a study, and that what is shown of a cell reads back to it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example import the_example
from mcda.report.exhibits.changes import KEYS, cell_shown, changes
from mcda.study.cells import convert
from mcda.study.edit import Edit, edit_study
from mcda.study.model import TABLES, Measure, Programme, Record, Study
from small import small_study


@pytest.fixture(scope="module")
def example() -> Study:
    return the_example()


def records(study: Study, table: str) -> tuple[Record, ...]:
    content = getattr(study, table)
    return content if isinstance(content, tuple) else (content,)


def reads_back(record: Record, column: str, language: str) -> bool:
    written = cell_shown(record, column, language)
    return not written or all(
        convert(type(record), column, written, sign) == getattr(record, column)
        for sign in ("", "," if language == "de" else ".")
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_cell_of_the_example_is_shown_as_it_is_read(example: Study, language: str) -> None:
    wrong = [
        (table, column, cell_shown(record, column, language))
        for table, model in TABLES.items()
        for record in records(example, table)
        for column in model.model_fields
        if column != "extra_columns" and not reads_back(record, column, language)
    ]
    assert wrong == []


@given(st.decimals(min_value=0, max_value=10**9, places=3), st.sampled_from(["de", "en"]))
def test_no_amount_is_shown_so_that_it_could_mean_another(amount: Decimal, language: str) -> None:
    assert reads_back(Measure(id="M", title="M", capex_eur=amount), "capex_eur", language)
    assert reads_back(Measure(id="M", title="M", units=(("A", amount),)), "units", language)
    assert reads_back(Programme(id="P", name="P", rate_pct=amount / 10**9), "rate_pct", language)


def test_german_cells_have_a_decimal_comma_and_german_days() -> None:
    programme = Programme(id="P", name="P", rate_pct=Decimal("62.5"), valid_to=date(2026, 6, 30), vat_rule="gross")
    assert cell_shown(programme, "rate_pct", "de") == "62,5"
    assert cell_shown(programme, "rate_pct", "en") == "62.5"
    assert cell_shown(programme, "valid_to", "de") == "30.06.2026"
    assert cell_shown(Measure(id="M", title="M", capex_eur=Decimal("540000.0")), "capex_eur", "de") == "540000"
    assert cell_shown(Measure(id="M", title="M", capex_eur=Decimal("1.234")), "capex_eur", "de") == "1,2340"


def test_equal_studies_have_no_changes(example: Study) -> None:
    assert changes(example, example.model_copy(update={"file_hash": "x"})) == ()


def test_a_changed_cell_is_named_with_its_old_and_its_new_content() -> None:
    study = small_study()
    (change,) = changes(study, edit_study(study, Edit("measures", {(0, "capex_eur"): "1.234,5"})), "de")
    assert change.kind == "changed"
    assert change.row.startswith("M1")
    assert (change.column, change.before, change.after) == ("Investition (EUR)", "60000", "1234,5")


def test_rows_come_and_gone_are_one_change_each() -> None:
    study = small_study()
    other = edit_study(study, Edit("ratings", {}, deleted=(0,)))
    assert [c.kind for c in changes(study, other)] == ["deleted"]
    assert [c.kind for c in changes(other, study)] == ["added"]


def test_every_table_has_its_key() -> None:
    assert set(KEYS) == set(TABLES)
    assert all(set(key) <= set(TABLES[table].model_fields) for table, key in KEYS.items())
