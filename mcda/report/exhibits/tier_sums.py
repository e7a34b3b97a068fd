"""What each tier costs and who pays it: one row per tier, mandatory tasks after them, the sum below."""

from collections.abc import Mapping, Sequence

from mcda.funding.costs import ZERO
from mcda.locale import text
from mcda.report.exhibits.catalogue import gates_by_measure
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing
from mcda.report.exhibits.money_sums import (
    cost_tellable,
    grants_tellable,
    joined_parts,
    money_sum,
    paid_measures,
    tellable,
    told,
)
from mcda.report.exhibits.tier_names import tier_name
from mcda.result import Result

Row = tuple[Cell, ...]
Part = tuple[str, tuple[str, ...]]
"""A name and the measures it stands for."""


def tier_parts(result: Result, tiers: Mapping[str, int], language: str, municipality: str = "") -> tuple[Part, ...]:
    """The tiers with their measures, then mandatory tasks; with `municipality` only what it takes part in."""
    known = result.study.measure_by_id
    wanted = [n for n in paid_measures(result) if not municipality or municipality in known[n].municipalities]
    mandatory = tuple(n for n in wanted if n in gates_by_measure(result))
    found: list[Part] = [
        (tier_name(tier, language), tuple(n for n in wanted if tiers.get(n) == tier))
        for tier in sorted(set(tiers.values()))
    ]
    return tuple((name, of) for name, of in (*found, (text("sums.mandatory", language), mandatory)) if of)


def tier_table(
    result: Result, tiers: Mapping[str, int], language: str, *, public: bool, municipality: str = ""
) -> Listing:
    """Per tier the number of measures, cost, counted grants, own contribution and, for one municipality, its share.

    The last row is the sum. In public, tiers with too few measures are joined with the next, and amounts rounded up;
    without rows where even the whole is too little to be told, grants and what others pay as one amount where either
    is too little, and of one municipality only its share: the sums of all stand in the annex, for all the same.
    """
    members = dict(tier_parts(result, tiers, language, municipality))
    sums = [(name, money_sum(result, of)) for name, of in members.items()]
    joined = joined_parts([(n, frozenset(one.measures), frozenset(one.helped)) for n, one in sums], public=public)
    every = [measure for of in members.values() for measure in of]
    whole = money_sum(result, every)
    parts = [(_joined(names, language), [m for n in names for m in members[n]]) for names in joined]
    apart = grants_tellable((whole, *(money_sum(result, of) for _, of in parts)), public=public)
    rows = [_row(result, name, of, municipality, public, apart) for name, of in parts]
    if not tellable(whole.measures, public=public):
        rows = []
    elif len(rows) > 1:
        rows.append(_row(result, text("sums.total", language), every, municipality, public, apart))
    share_only = public and bool(
        municipality
    )  # sums over one council's measures, set beside another's, tell single ones
    with_cost = cost_tellable(whole, public=public) and not share_only
    return _listing(result, rows, language, municipality, with_cost=with_cost, apart=apart, own=not share_only)


def _row(result: Result, name: str, measures: Sequence[str], municipality: str, public: bool, apart: bool) -> Row:
    found = money_sum(result, measures)
    helped = (found.grant, found.others) if apart else (found.grant + found.others, ZERO)
    amounts = [found.cost, *helped, found.own]
    if municipality:
        amounts.append(found.shares.get(municipality, ZERO))
    return (name, len(measures), *(told(amount, public=public) for amount in amounts))


def _joined(names: Sequence[str], language: str) -> str:
    """'A', 'A and B', 'A, B and C'."""
    return ", ".join(names[:-1]) + (text("sums.and", language) if len(names) > 1 else "") + names[-1]


def _listing(
    result: Result,
    rows: Sequence[Row],
    language: str,
    municipality: str,
    *,
    with_cost: bool,
    apart: bool,
    own: bool,
) -> Listing:
    home = result.study.municipality_by_id.get(municipality)
    columns: list[tuple[str, str, Kind, int]] = [
        ("tier", text("sums.tier", language), "text", 20),
        ("count", text("sums.count", language), "whole", 10),
        ("cost", text("export.column.life_cycle_cost_eur", language), "money", 14),
        ("grant", text("sums.grant" if apart else "sums.grant_and_others", language), "money", 14),
        ("others", text("sums.others", language), "money", 14),
        ("own", text("sums.own", language), "money", 14),
    ]
    if home:
        columns.append(("share", text("sums.share", language, municipality=home.name), "money", 14))
    idle = set() if with_cost else {"cost", "grant", "others"}
    idle |= set() if own else {"own"}
    idle |= {key for at, (key, *_) in enumerate(columns) if key in ("grant", "others") and not any(r[at] for r in rows)}
    kept = [at for at, (key, *_) in enumerate(columns) if key not in idle]
    heads = tuple(Column(*columns[at]) for at in kept)
    return Listing("", heads, tuple(tuple(row[at] for at in kept) for row in rows))
