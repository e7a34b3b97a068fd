from decimal import Decimal

import pytest

from mcda import InputError
from mcda.study.edit import Edit, edit_study, edited_rows
from small import small_study


def codes(study, edit):
    with pytest.raises(InputError) as caught:
        edit_study(study, edit)
    return [(i.code, i.where.table, i.where.row, i.where.column) for i in caught.value.issues]


def test_no_change_gives_an_equal_study():
    assert edit_study(small_study(), Edit("measures", {})) == small_study()


@pytest.mark.parametrize(
    ("typed", "meant"), [("12,5", "12.5"), ("1.234,5", "1234.5"), ("1234,5", "1234.5"), ("34.567,89 €", "34567.89")]
)
def test_german_numbers_typed_or_pasted_are_what_they_say(typed, meant):
    changed = edit_study(small_study(), Edit("measures", {(0, "capex_eur"): typed}))
    assert changed.measures[0].capex_eur == Decimal(meant)
    assert changed.measures[1:] == small_study().measures[1:]


def test_a_number_that_can_be_read_in_two_ways_is_asked_about():
    assert codes(small_study(), Edit("measures", {(1, "capex_eur"): "1.234"})) == [
        ("ambiguous_number", "measures", 3, "capex_eur")
    ]


def test_a_rating_off_its_scale_is_refused_and_nothing_changes():
    study = small_study()
    before = study.model_dump_json()
    assert codes(study, Edit("ratings", {(0, "value"): "9"})) == [("rating_off_scale", "ratings", 2, "value")]
    assert study.model_dump_json() == before


def test_rows_are_added_and_deleted():
    added = edit_study(
        small_study(), Edit("measures", {}, added=({"id": "M9", "title": "Neu", "capex_eur": "5,5"}, {}))
    )
    assert [m.id for m in added.measures] == ["M1", "M2", "M3", "M4", "M9"]
    assert added.measures[-1].capex_eur == Decimal("5.5")
    assert ("unknown_id", "ratings", 2, "measure") in codes(small_study(), Edit("measures", {}, deleted=(0,)))


def test_a_column_not_used_before_can_be_filled():
    changed = edit_study(small_study(), Edit("measures", {(0, "start_year"): "2027"}))
    assert changed.measures[0].start_year == 2027


def test_rows_to_edit_are_texts():
    assert edited_rows(small_study(), "measures", ("id", "capex_eur", "start_year"))[0] == {
        "id": "M1",
        "capex_eur": "60000",
        "start_year": "",
    }
