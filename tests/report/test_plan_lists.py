"""Plans as listings: sums agree with the plan, reasons with the tables, and nothing stands there empty."""

from decimal import Decimal

import pytest

from example import ranked_example, the_example
from mcda.portfolio import Plan, PlanTask, plan
from mcda.portfolio.left_out import left_out
from mcda.report.exhibits.listing import Cell, Listing
from mcda.report.exhibits.plan_lists import (
    left_out_listing,
    missed_listing,
    municipality_listing,
    plan_listing,
    use_listing,
    year_listing,
)
from portfolio_parts import over_five_years, selected


def column(listing: Listing, key: str) -> list[Cell]:
    at = [one.key for one in listing.columns].index(key)
    return [row[at] for row in listing.rows]


def keys(listing: Listing) -> list[str]:
    return [one.key for one in listing.columns]


def test_a_plan_without_years_has_no_columns_about_years() -> None:
    assert not {"start", "end", "later"} & set(keys(plan_listing(ranked_example(), selected(), "de").listing))
    assert {"start", "end", "later"} <= set(keys(plan_listing(ranked_example(), over_five_years(), "de").listing))
    assert year_listing(selected(), "de").listing.rows == ()


@pytest.mark.parametrize("made", [selected(), over_five_years()], ids=["selection", "years"])
def test_no_column_of_the_plan_is_empty_and_its_sums_are_the_plan_s(made: Plan) -> None:
    found = plan_listing(ranked_example(), made, "de")
    assert all(any(cell not in (None, "") for cell in column(found.listing, key)) for key in keys(found.listing))
    told = dict(zip(keys(found.listing), found.total, strict=True))
    assert (told["own"], told["cost"], told["grant"]) == (made.own, made.cost, made.grant)
    assert set(column(found.listing, "id")) == set(made.measures)


def test_years_and_municipalities_add_up_to_the_own_money_of_the_plan() -> None:
    made = over_five_years()
    years = year_listing(made, "de")
    assert column(years.listing, "year") == list(range(2026, 2031))
    assert sum(map(Decimal, map(str, column(years.listing, "own")))) == made.own
    assert column(years.listing, "own_so_far")[-1] == made.own
    members = municipality_listing(ranked_example(), made, "de").listing
    for place, year in enumerate(made.years):
        paid = sum((Decimal(str(one)) for one in column(members, f"y{year}")), Decimal(0))
        assert paid == column(years.listing, "own")[place]
    assert sum(map(Decimal, map(str, column(members, "own")))) == made.own


def test_what_is_left_out_would_break_the_rules_named() -> None:
    """Oracle: a plan in which the measure is set, everything else as it is, is refused or keeps to other measures."""
    made, result = selected(), ranked_example()
    found = {one.measure: one for one in left_out(result, made)}
    assert set(found) == set(made.left_out)
    assert "requires.DO-08.DO-01" in found["DO-08"].keys
    room = Decimal(1_000_000) - made.own
    for one in found.values():
        needs = set(the_example().measure_by_id[one.measure].depends_on)
        assert any(key.startswith("requires.") for key in one.keys) == bool(needs - set(made.measures))
        assert ("budget" in one.keys) == (one.own > room)


def test_a_measure_struck_out_is_left_out_for_that_reason_alone() -> None:
    listing = left_out_listing(ranked_example(), over_five_years(), "de")
    told = dict(zip(column(listing, "id"), column(listing, "reason"), strict=True))
    assert told["DO-02"] == "gestrichen"
    assert str(told["DO-03"]).startswith("braucht DO-02, nicht im Plan")
    assert column(listing, "rank") == sorted(column(listing, "rank"), key=lambda rank: float(str(rank)))


def test_a_measure_worth_nothing_is_left_out_although_it_would_fit() -> None:
    study = the_example()
    perfect = {name: study.criterion_by_id[name].best for name in study.leaves if study.top_of(name) == "relevance"}
    made = plan(ranked_example(), PlanTask.model_validate({"not_doing": perfect}))
    listing = left_out_listing(ranked_example(), made, "de")
    told = dict(zip(column(listing, "id"), column(listing, "reason"), strict=True))
    alone = [
        name
        for name in made.left_out
        if not (study.measure_by_id[name].depends_on or study.measure_by_id[name].excludes)
    ]
    assert {told[name] for name in alone} == {"bringt nicht mehr Nutzen, als sie zu lassen"}


def test_limits_stand_with_their_units_and_what_binds() -> None:
    listing = use_listing(over_five_years(), the_example(), "de")
    assert column(listing, "rule") == ["Eigenmittel gesamt", "Budget Eching"]
    assert column(listing, "unit") == ["€", "€"]
    for used, limit, left in zip(*(column(listing, key) for key in ("used", "limit", "left")), strict=True):
        assert float(str(used)) + float(str(left)) == pytest.approx(float(str(limit)), abs=0.005)


def test_a_missed_minimum_has_its_row() -> None:
    listing = missed_listing(over_five_years(), the_example(), "de")
    assert column(listing, "rule") == ["Mindestzahl Handlungsfeld Wohnen und Siedlungsentwicklung"]
    assert column(listing, "wanted") == [7]
    assert int(str(column(listing, "reached")[0])) < 7
