"""Cells of flat lists, and last month's mapping on new headers."""

from datetime import date
from decimal import Decimal

import pytest

from mcda.study.cells import CellError, Formula, Percent
from mcda.study.flat import Assigned, FlatMapping, remembered
from mcda.study.flat.drafts import names_in
from mcda.study.flat.spelling import bare, fold, slug
from mcda.study.flat.tree import bounds
from mcda.study.flat.values import Level, amount, horizon, is_marked, level, months, rate, sign_of, staff, year

COST = Assigned(header="Kosten", meaning="capex")
THOUSANDS = Assigned(header="Kosten", meaning="capex", factor=1000)
OPEX = Assigned(header="laufend", meaning="opex")


@pytest.mark.parametrize(
    ("written", "column", "euros", "rough", "basis"),
    [
        (50_000, COST, "50000", False, ""),
        ("ca. 50.000,00 €", COST, "50000", True, ""),
        ("rd. 50.000", COST, "50000", True, ""),
        ("~ 50 T€", COST, "50000", True, ""),
        ("50 TEUR", COST, "50000", False, ""),
        ("50 Tsd. €", COST, "50000", False, ""),
        ("1,2 Mio. €", COST, "1200000", False, ""),
        ("EUR 1.200", COST, "1200", False, ""),
        ("1.200,-", COST, "1200", False, ""),
        ("1.200,-- €", COST, "1200", False, ""),
        ("50.000 € netto", COST, "50000", False, "net"),
        ("50.000 € (brutto)", COST, "50000", False, "gross"),
        ("50.000*", COST, "50000", True, ""),
        ("50", THOUSANDS, "50000", False, ""),
        (35.5, THOUSANDS, "35500", False, ""),
        ("50 T€", THOUSANDS, "50000", False, ""),
        ("5.000 € p.a.", OPEX, "5000", False, ""),
        ("5.000 €/Jahr", OPEX, "5000", False, ""),
    ],
)
def test_amounts_as_offices_write_them(written, column, euros, rough, basis):
    found = amount(written, column, ",")
    assert (found.euros, found.rough, found.basis) == (Decimal(euros), rough, basis)


@pytest.mark.parametrize(
    ("written", "column", "code"),
    [
        ("50.000 - 80.000", COST, "flat_range"),
        ("50-80 T€", COST, "flat_range"),
        ("50 bis 80 T€", COST, "flat_range"),
        ("ab 50.000", COST, "flat_one_sided"),
        ("> 50.000 €", COST, "flat_one_sided"),
        ("bis zu 50.000 €", COST, "flat_one_sided"),
        ("5.000 € p.a.", COST, "flat_per_year"),
        ("30.000 €", THOUSANDS, "flat_unit_differs"),
        ("1.234", COST, "ambiguous_number"),
        ("gering", COST, "not_a_number"),
        ("-5", COST, "out_of_range"),
        (-5, COST, "out_of_range"),
        (Formula("=B2"), COST, "formula"),
        (date(2026, 1, 5), COST, "flat_day"),
        (True, COST, "not_a_number"),
        ("#WERT!", COST, "cell_failed"),
        (Percent(0.5), COST, "not_a_percentage"),
    ],
)
def test_amounts_that_are_asked_about(written, column, code):
    with pytest.raises(CellError) as caught:
        amount(written, column, "")
    assert caught.value.code == code


def test_a_columns_own_numbers_or_the_planner_tell_the_decimal_sign():
    assert sign_of(["ca. 50.000", "1.200,50 €"], COST) == ","
    assert sign_of(["50.000", "20.000"], COST) == ""
    assert sign_of(["50.000"], Assigned(header="x", meaning="capex", decimal=",")) == ","
    assert sign_of(["1.200,50", "1,200.50"], COST) == ""


SCALE = Assigned(header="Relevanz", meaning="rating", low=1, high=5, better="more")
WORDS = Assigned(
    header="P", meaning="rating", low=1, high=3, words=(("-", 1.0), ("o", 2.0), ("+", 3.0), ("offen", None))
)


@pytest.mark.parametrize(
    ("written", "column", "meant"),
    [
        (4, SCALE, Level(4.0)),
        ("3,5", SCALE, Level(3.5)),
        ("3-4", SCALE, Level(3.5, 3.0, 4.0)),
        ("4 (dringend)", SCALE, Level(4.0, reason="dringend")),
        ("4 - dringend", SCALE, Level(4.0, reason="dringend")),
        ("k.A.", SCALE, None),
        ("-", SCALE, None),
        (None, SCALE, None),
        ("-", WORDS, Level(1.0)),
        ("–", WORDS, Level(1.0)),
        (" + ", WORDS, Level(3.0)),
        ("Offen", WORDS, None),
    ],
)
def test_ratings_with_intervals_and_reasons(written, column, meant):
    assert level(written, column, "") == meant


@pytest.mark.parametrize(
    ("written", "column", "code"),
    [
        (date(2026, 4, 3), SCALE, "flat_day"),
        ("viel", SCALE, "not_a_number"),
        ("4/5", SCALE, "not_a_number"),
        ("hoch", WORDS, "not_a_choice"),
        (4, WORDS, "not_a_choice"),
    ],
)
def test_ratings_that_are_asked_about(written, column, code):
    with pytest.raises(CellError) as caught:
        level(written, column, "")
    assert caught.value.code == code


def test_rates_staff_durations_years_and_horizons():
    percent, fraction = (
        Assigned(header="F", meaning="funding_rate"),
        Assigned(header="F", meaning="funding_rate", factor=100),
    )
    assert [rate(c, percent, ",") for c in (60, "60 %", "62,5%", Percent(0.6))] == [60, 60, Decimal("62.5"), 60]
    assert [rate(c, fraction, ",") for c in (0.6, "0,6")] == [60, 60]
    with pytest.raises(CellError, match="percent_below_one"):
        rate(0.6, percent, "")
    years = Assigned(header="Dauer", meaning="duration", factor=12)
    assert [months(c, years, ",") for c in (2, "1,5", "2 Jahre", "18 Monate")] == [24, 18, 24, 18]
    assert staff("0,5 VZÄ", years, "") == 0.5
    assert [year(c, years, "") for c in (2026, "2026", "Q3/2026", "2026-2028", date(2026, 3, 1))] == [2026] * 5
    with pytest.raises(CellError):
        year("bald", years, "")
    assert [horizon(c, years, "") for c in ("kurz", "mittelfristig (bis 2030)", "lang", "sofort")] == [
        "short",
        "medium",
        "long",
        "sofort",
    ]


def test_ticks():
    assert all(is_marked(c) for c in ("x", "X", "✓", "●", "ja", 1, 1.0, True, "1"))
    assert not any(is_marked(c) for c in (None, "", " ", "-", "–", "nein", 0, "✗", False))
    with pytest.raises(CellError):
        is_marked("(x)")


def test_names_and_ids():
    assert names_in("Eching, Garching und Ismaning") == ("Eching", "Garching", "Ismaning")
    assert names_in("Eching/Garching\nEching; Neufahrn") == ("Eching", "Garching", "Neufahrn")
    assert slug("Garching b. München") == "garching_b_muenchen"
    assert slug("Größe", {"groesse"}) == "groesse_2"
    assert slug("東京", (), "municipality") == "municipality"
    assert fold("  Maßnahme\u00a0A ") == fold("MASSNAHME A")
    assert fold("Mu\u0308nchen") == "muenchen"
    assert bare("Kosten (in €):") == "kosten in"


@pytest.mark.parametrize(
    ("costs", "low", "high"),
    [
        ([12_000, 480_000], 10_000, 500_000),
        ([20_000, 200_000], 20_000, 200_000),
        ([0, 50_000], 20_000, 100_000),
        ([50_000], 20_000, 100_000),
        ([0, 0], 10_000, 1_000_000),
        ([199_999, 200_001], 100_000, 500_000),
        ([3, 33_900_000], 2, 50_000_000),
    ],
)
def test_cost_bounds_are_rounded_outward_and_never_equal(costs, low, high):
    assert bounds([Decimal(c) for c in costs]) == (low, high)


def test_a_reworded_header_is_offered_and_a_new_one_is_listed():
    mapping = FlatMapping(
        columns=(
            Assigned(header="Maßnahme", meaning="title"),
            Assigned(header="Kosten 2026 (€)", meaning="capex"),
            Assigned(header="Alt", meaning="remark"),
        )
    )
    seen = remembered(mapping, ("Kosten 2027 (€)", "MASSNAHME", "Neues"))
    assert seen.similar == (("Kosten 2026 (€)", "Kosten 2027 (€)"),)
    assert (seen.new, seen.gone) == (("Neues",), ("Alt",))
    assert [(c.header, c.meaning) for c in seen.mapping.columns] == [
        ("MASSNAHME", "title"),
        ("Kosten 2027 (€)", "capex"),
    ]
    assert FlatMapping.model_validate_json(mapping.model_dump_json()) == mapping
