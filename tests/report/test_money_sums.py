"""Sums over measures: exact, and in public never so few measures behind one that a bidder could read off a cost."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import hostile_study
from mcda.evaluate import evaluate
from mcda.report.exhibits.decided_tiers import decided_tiers
from mcda.report.exhibits.grants_counted import grants_counted
from mcda.report.exhibits.money_sums import (
    FEWEST,
    grants_tellable,
    joined_parts,
    money_sum,
    paid_measures,
    rounded_up,
)
from mcda.report.exhibits.payer_sums import payer_table
from mcda.report.exhibits.tier_sums import tier_table
from mcda.report.exhibits.year_shares import year_shares
from mcda.result import Result
from mcda.workshop.room import Decision
from small import LEVELS, measure, ratings, small_study

MEMBERS = ("ISM", "GAR")


@pytest.fixture(scope="module")
def hostile() -> Result:
    return evaluate(hostile_study())


@pytest.fixture(scope="module")
def many() -> Result:
    """Nine measures with running cost and crooked amounts; the last one is a mandatory task."""
    names = [f"M{n}" for n in range(1, 10)]
    return evaluate(
        small_study(
            measures=tuple(
                measure(
                    name,
                    10_000 * n + 0.01 * n,
                    opex_eur_per_year="333.33",
                    start_year=2026 + n % 3,
                    duration_months=7 * n,
                    cost_key="per_capita" if n % 2 else "equal",
                    mandatory=n == 9,
                )
                for n, name in enumerate(names, start=1)
            ),
            ratings=tuple(r for n, name in enumerate(names) for r in ratings(name, 1 + n % 5, 1 + n % 3, 1 + n % 4)),
        )
    )


def test_cost_is_what_grants_others_and_the_members_pay(hostile: Result) -> None:
    found = money_sum(hostile, paid_measures(hostile))
    assert found.cost == found.grant + found.others + found.own
    assert found.own == sum(found.shares.values()) + found.unsplit
    assert found.cost == sum(Decimal(str(m.capex_eur)) for m in hostile.study.measures if m.id != "M5")


def test_the_programmes_add_up_to_the_grants_and_say_what_is_awarded(hostile: Result) -> None:
    names = paid_measures(hostile)
    found, counted = money_sum(hostile, names), grants_counted(hostile, names, "de")
    assert sum(one.sure for one in counted) == found.grant_low
    assert sum(one.high for one in counted) == found.grant_high
    assert [one.awarded for one in counted] == [Decimal("50000.01")]


def test_unknown_costs_are_counted_and_not_summed() -> None:
    known = tuple(measure(m, levels[3]) for m, levels in LEVELS.items() if m != "M4")
    unknown = measure("M4", 1, capex_eur=None, opex_eur_per_year=None)
    result = evaluate(small_study(measures=(*known, unknown)))
    found = money_sum(result, paid_measures(result))
    assert (found.unknown, len(found.measures)) == (("M4",), 3)
    assert found.cost == sum(result.money[name].life_cycle_gross for name in found.measures)


@pytest.mark.parametrize(("amount", "told"), [("0", 0), ("0.01", 1000), ("1000", 1000), ("1000.01", 2000)])
def test_amounts_in_public_are_never_less_than_they_are(amount: str, told: int) -> None:
    assert rounded_up(Decimal(amount)) == told


NUMBERS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=8)


@given(NUMBERS)
def test_joined_parts_hide_every_measure_among_others(sizes: list[tuple[int, int]]) -> None:
    parts = [
        (f"P{n}", frozenset(f"{n}.{i}" for i in range(size)), frozenset(f"{n}.{i}" for i in range(min(helped, size))))
        for n, (size, helped) in enumerate(sizes)
    ]
    joined = joined_parts(parts, public=True)
    assert [name for names in joined for name in names] == [name for name, _, _ in parts]
    by_name = {name: (measures, helped) for name, measures, helped in parts}
    for names in joined if len(joined) > 1 else ():
        assert sum(len(by_name[name][0]) for name in names) >= FEWEST
        assert sum(len(by_name[name][1]) for name in names) not in range(1, FEWEST)


def test_not_in_public_every_tier_stands_alone_and_adds_up(many: Result) -> None:
    tiers = {line.measure: line.tier for line in many.ranking}
    table = tier_table(many, tiers, "de", public=False)
    *rows, total = table.rows
    assert len(rows) == len(set(tiers.values())) + 1
    for at, column in enumerate(table.columns[1:], start=1):
        assert sum(row[at] for row in rows) == total[at], column.key  # type: ignore[misc]
    assert total[1] == 9


def test_in_public_no_row_and_no_difference_of_rows_is_about_fewer_than_three(many: Result) -> None:
    for count in range(1, 4):
        for chosen in combinations([line.measure for line in many.ranking], count):
            tiers = {line.measure: 1 if line.measure in chosen else 2 for line in many.ranking}
            table = tier_table(many, tiers, "de", public=True)
            counts = [row[1] for row in table.rows]
            assert all(isinstance(n, int) and n >= FEWEST for n in counts)
            assert counts == [9] or sum(counts[:-1]) == counts[-1] == 9  # type: ignore[arg-type]
        assert all(row[2] % 1000 == 0 for row in table.rows)  # type: ignore[operator]


def test_what_falls_on_each_member_adds_up_and_hides_what_stands_for_too_few(many: Result) -> None:
    every = paid_measures(many)
    table = payer_table(many, every[:4], every, "Stufe 1", "de", public=False, cents=True)
    for at, names in ((1, every[:4]), (2, every)):
        expected = [sum((many.money[n].shares[home] for n in names), Decimal(0)) for home in MEMBERS]
        assert [row[at] for row in table.listing.rows] == [*expected, sum(expected)]
    assert table.rows == {2}
    for first in (every[:2], every[:7]):
        hidden = payer_table(many, first, every, "Stufe 1", "de", public=True)
        assert [c.key for c in hidden.listing.columns] == ["municipality", "all"]
        assert not hidden.rows


@pytest.mark.parametrize("home", MEMBERS)
def test_the_years_add_up_to_the_measures_share_to_the_cent(many: Result, home: str) -> None:
    names = paid_measures(many)
    table = year_shares(many, names, home, "de", public=False).listing
    *years, total = table.rows
    keys = [column.key for column in table.columns]
    assert total[keys.index("share")] == sum(many.money[n].shares[home] for n in names)
    assert total[keys.index("cost")] == sum(many.money[n].life_cycle_gross for n in names)
    for at in range(1, len(keys)):
        assert sum(row[at] for row in years) == total[at]  # type: ignore[misc]


def test_years_in_public_tell_no_cost_and_are_joined_until_three_measures_pay(many: Result) -> None:
    names = paid_measures(many)
    table = year_shares(many, names, "ISM", "de", public=True).listing
    assert [column.key for column in table.columns] == ["year", "share"]
    assert [c.key for c in year_shares(many, names, "", "de", public=True).listing.columns] == ["year", "own"]
    assert year_shares(many, names[:2], "ISM", "de", public=True).listing.rows == ()


def test_a_decided_tier_counts_before_a_decided_place_before_the_computed_one() -> None:
    result = evaluate(small_study())
    order = [line.measure for line in result.ranking]
    assert [line.rank for line in result.ranking] == [1, 2, 3, 4]
    decisions = {order[3]: Decision(1, None, "eilt"), order[0]: Decision(1, 4, "später")}
    # by hand: limits 25, 50, 75 % of four measures are the places 2, 3, 4; ranks 3 and 4 are one rank group
    found = decided_tiers(result, decisions)
    assert found == {order[0]: 4, order[1]: 2, order[2]: 3, order[3]: 1}


def test_grants_are_told_apart_from_what_others_pay_only_where_enough_stand_behind_each() -> None:
    rows = tuple(
        measure(f"M{n}", 50_000.0 * n, co_payer="Landkreis" if n == 1 else "", co_payer_pct=50 if n == 1 else None)
        for n in range(1, 8)
    )
    one = evaluate(small_study(measures=rows, ratings=[r for m in rows for r in ratings(m.id, 5, 4, 4)]))
    found = money_sum(one, paid_measures(one))
    assert found.shared == ("M1",)
    assert not grants_tellable((found,), public=True)
    assert grants_tellable((found,), public=False)
    tiers = dict.fromkeys(found.measures, 1)
    keys = {c.key: c.header for c in tier_table(one, tiers, "de", public=True).columns}
    assert "others" not in keys
    assert "Dritte zahlen" not in keys.values()
