"""Who pays how much: an amount split over the municipalities, exact to the cent."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from mcda.errors import InputError, Issue
from mcda.funding.costs import HUNDRED, ZERO, cents
from mcda.study.model import Measure, Municipality, Study

Split = dict[str, Decimal]
Key = tuple[Split, str]
"""Shares by municipality id in any unit, or none with the code of the missing fact."""


def split(amount: Decimal, shares: Mapping[str, Decimal]) -> Split:
    """Split an amount (EUR, rounded to the cent) in proportion to the shares by the largest remainder.

    The parts sum exactly to the amount; equal remainders go in the order of the mapping. A single share may be
    zero. Raises InputError for a negative amount or share and for shares that are empty or all zero.
    Source: method of Hare-Niemeyer, applied to cents.
    """
    _check(amount, shares)
    pot = int(cents(amount) * 100)
    total = sum(map(Fraction, shares.values()), Fraction(0))
    quotas = {who: pot * Fraction(share) / total for who, share in shares.items()}
    parts = {who: int(quota) for who, quota in quotas.items()}
    order = sorted(shares, key=lambda who: parts[who] - quotas[who])
    for who in order[: pot - sum(parts.values())]:
        parts[who] += 1
    return {who: Decimal(part) / HUNDRED for who, part in parts.items()}


def cost_shares(study: Study, measure: Measure) -> Key:
    """The shares of the measure's cost key, or no shares and why: (shares, issue code or '').

    Participants outside the table of municipalities and facts nobody stated give no split, never a guessed one.
    """
    if not measure.municipalities:
        return {}, "share_members_missing"
    if any(m not in study.municipality_by_id for m in measure.municipalities):
        return {}, "share_member_unknown"
    members = tuple(study.municipality_by_id[m] for m in measure.municipalities)
    return _KEYS[measure.cost_key or study.study.cost_key](measure, members)


def _check(amount: Decimal, shares: Mapping[str, Decimal]) -> None:
    if amount < 0:
        raise InputError([Issue("split_negative_amount", params={"amount": float(amount)})])
    negative = [Issue("split_negative_share", params={"who": who}) for who, share in shares.items() if share < 0]
    if negative:
        raise InputError(negative)
    if not any(shares.values()):
        raise InputError([Issue("split_no_shares")])


def _equal(measure: Measure, members: tuple[Municipality, ...]) -> Key:
    return {m.id: Decimal(1) for m in members}, ""


def _per_capita(measure: Measure, members: tuple[Municipality, ...]) -> Key:
    if any(m.population is None for m in members):
        return {}, "share_population_missing"
    return {m.id: Decimal(m.population or 0) for m in members}, ""


def _per_unit(measure: Measure, members: tuple[Municipality, ...]) -> Key:
    return _stated(dict(measure.units), members, "share_units_missing")


def _benefit(measure: Measure, members: tuple[Municipality, ...]) -> Key:
    return _stated(dict(measure.benefit_shares), members, "share_benefit_missing")


def _stated(stated: Split, members: tuple[Municipality, ...], issue: str) -> Key:
    if any(m.id not in stated for m in members):
        return {}, issue
    shares = {m.id: stated[m.id] for m in members}
    return (shares, "") if any(shares.values()) else ({}, issue)


def _base_plus_per_capita(measure: Measure, members: tuple[Municipality, ...]) -> Key:
    if measure.base_share_pct is None:
        return {}, "share_base_missing"
    return _mixed(measure.base_share_pct, measure, members)


def _mixed_50_50(measure: Measure, members: tuple[Municipality, ...]) -> Key:
    return _mixed(Decimal(50), measure, members)


def _mixed(base_pct: Decimal, measure: Measure, members: tuple[Municipality, ...]) -> Key:
    heads, issue = _per_capita(measure, members)
    if issue:
        return {}, issue
    everyone = sum(heads.values(), ZERO)
    # Times members x inhabitants, so that the shares stay whole: base% equally, the rest per head.
    shares = {who: base_pct * everyone + (HUNDRED - base_pct) * n * len(members) for who, n in heads.items()}
    return shares, ""


def _single_payer(measure: Measure, members: tuple[Municipality, ...]) -> Key:
    payer = measure.payer or (members[0].id if len(members) == 1 else "")
    return ({payer: Decimal(1)}, "") if payer else ({}, "share_payer_missing")


_KEYS: Mapping[str, Callable[[Measure, tuple[Municipality, ...]], Key]] = {
    "equal": _equal,
    "per_capita": _per_capita,
    "per_unit": _per_unit,
    "benefit": _benefit,
    "base_plus_per_capita": _base_plus_per_capita,
    "mixed_50_50": _mixed_50_50,
    "single_payer": _single_payer,
}
