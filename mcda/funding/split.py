"""Who pays how much: an amount split over the municipalities, exact to the cent."""

import math
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
    weights = _whole(shares)
    total = sum(weights.values())
    parts = {who: pot * weight // total for who, weight in weights.items()}
    order = sorted(shares, key=lambda who: -(pot * weights[who] % total))
    for who in order[: pot - sum(parts.values())]:
        parts[who] += 1
    return {who: Decimal(part) / HUNDRED for who, part in parts.items()}


def split_within(amount: Decimal, shares: Mapping[str, Decimal], caps: Mapping[str, Decimal]) -> Split | None:
    """As `split`, but nobody pays more than their limit: what exceeds it goes to the others by the same shares.

    None where the limits of all who pay are together below the amount: then nobody knows who bears the rest.
    Source: domain reference 4.1 (Art. 42 KommZG lets an agreement limit a member's part).
    """
    fixed: Split = {}
    while True:
        free = {who: share for who, share in shares.items() if who not in fixed}
        left = amount - sum(fixed.values(), ZERO)
        if not any(free.values()):
            return {who: fixed.get(who, ZERO) for who in shares} if not left else None
        parts = split(left, free)
        over = {who: cents(caps[who]) for who, part in parts.items() if who in caps and part > cents(caps[who])}
        if not over:
            found = fixed | parts
            return {who: found[who] for who in shares}
        fixed |= over


def _whole(shares: Mapping[str, Decimal]) -> dict[str, int]:
    """The shares as whole numbers in the same proportion."""
    whole = {who: int(share) for who, share in shares.items()}
    if all(whole[who] == share for who, share in shares.items()):
        return whole
    scale = Decimal(10) ** max(-int(share.as_tuple().exponent) for share in shares.values())
    return {who: int(share * scale) for who, share in shares.items()}


def cost_shares(study: Study, measure: Measure, *, running: bool = False) -> Key:
    """The shares of the measure's cost key, or no shares and why: (shares, issue code or '').

    `running`: the key of the running cost where that has one of its own. Participants outside the table of
    municipalities and facts nobody stated give no split, never a guessed one. Who opted out pays nothing.
    """
    if not measure.municipalities:
        return {}, "share_members_missing"
    if any(m not in study.municipality_by_id for m in measure.municipalities):
        return {}, "share_member_unknown"
    payers = [m for m in measure.municipalities if m not in measure.opt_outs]
    if not payers:
        return {}, "share_all_opted_out"
    members = tuple(study.municipality_by_id[m] for m in payers)
    key = (measure.running_cost_key if running else None) or measure.cost_key or study.study.cost_key
    if key == "single_payer":
        return _single_payer(measure, members, (measure.running_payer if running else "") or measure.payer)
    return _KEYS[key](measure, members)


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


def _fixed(measure: Measure, members: tuple[Municipality, ...]) -> Key:
    return _stated(dict(measure.fixed_shares_pct), members, "share_fixed_missing")


def _mix(measure: Measure, members: tuple[Municipality, ...]) -> Key:
    """Several keys, each for its part of the amount; parts of 100 in all are held by the rules of the study."""
    found = {m.id: Fraction(0) for m in members}
    for name, part in measure.key_mix_pct:
        if name not in _KEYS or name == "mixed":
            return {}, "share_mix_missing"
        shares, issue = _KEYS[name](measure, members)
        if issue:
            return {}, issue
        total = sum(map(Fraction, shares.values()), Fraction(0))
        for who, share in shares.items():
            found[who] += Fraction(part) * Fraction(share) / total
    if not any(found.values()):
        return {}, "share_mix_missing"
    common = math.lcm(*(share.denominator for share in found.values()))
    return {who: Decimal(int(share * common)) for who, share in found.items()}, ""


def _single_payer(measure: Measure, members: tuple[Municipality, ...], payer: str) -> Key:
    payer = payer or (members[0].id if len(members) == 1 else "")
    if payer in measure.opt_outs:
        return {}, "share_payer_missing"
    return ({payer: Decimal(1)}, "") if payer else ({}, "share_payer_missing")


_KEYS: Mapping[str, Callable[[Measure, tuple[Municipality, ...]], Key]] = {
    "equal": _equal,
    "per_capita": _per_capita,
    "per_unit": _per_unit,
    "benefit": _benefit,
    "fixed": _fixed,
    "base_plus_per_capita": _base_plus_per_capita,
    "mixed_50_50": _mixed_50_50,
    "mixed": _mix,
}
