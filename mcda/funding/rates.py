"""Rates and caps that hang on conditions, years and steps: what is sure and what is possible."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mcda.errors import Param
from mcda.funding.costs import HUNDRED, ZERO
from mcda.funding.facts import FULFILLED, WHERE, WHO, Facts, fulfils, marked
from mcda.funding.forms import FORMS, covered
from mcda.funding.records import Reason
from mcda.funding.rulebook import Rules
from mcda.study.model import MOST_MONEY, ProgrammeRate


@dataclass(frozen=True, slots=True)
class Ends:
    """A figure as far as it is known: `low` is sure, `high` the most possible; equal where all is known."""

    low: Decimal
    high: Decimal


def met(condition: str, facts: Facts) -> bool | None:
    """Whether the condition of a rate or a cap holds for a measure; None where a fact is missing.

    Asked in this order: what the measure lists as fulfilled, the number of participants, the form of the applicant,
    the marks of the participants (all of them: yes, none: no, some: to be checked).
    """
    if not condition:
        return True
    stated = fulfils(facts.measure, condition)
    if stated is not None:
        return stated
    if condition in {"intermunicipal", "single_applicant"}:
        count = len(facts.members)
        return None if not count else (count > 1) == (condition == "intermunicipal")
    if condition in FORMS:
        form = facts.measure.lead_form
        return covered(form, (condition,)) if form else None
    found = {marked(facts, member, condition) for member in facts.members}
    return found.pop() if len(found) == 1 else None


def rate_ends(rules: Rules, facts: Facts, *, combined: bool = False) -> Ends | None:
    """The rate in per cent, conditions and bonuses included; None where no rate is known.

    `combined`: other grants stand beside it, and the programme has a reduced rate for that.
    """
    programme = rules.programme
    low = high = programme.rate_pct
    for row in rules.rates:
        if row.year is None and not row.above_eur:
            state = met(row.condition, facts)
            if state:
                low = row.rate_pct if low is None else max(low, row.rate_pct)
            if state is not False:
                high = row.rate_pct if high is None else max(high, row.rate_pct)
    if low is None or high is None:
        return None if high is None else Ends(ZERO, high)
    for row in rules.bonuses:
        state = met(row.condition, facts)
        low += row.rate_pct if state else ZERO
        high += row.rate_pct if state is not False else ZERO
    most = max(programme.rate_raised_pct or HUNDRED, programme.rate_pct or ZERO) if rules.bonuses else HUNDRED
    low, high = min(low, most), min(high, most)
    if combined and programme.combined_rate_pct is not None:
        low, high = min(low, programme.combined_rate_pct), min(high, programme.combined_rate_pct)
    return Ends(low, high)


def rates_told(rules: Rules, facts: Facts) -> tuple[Ends | None, tuple[Reason, ...]]:
    """The rate and what is to be told of its conditions, remembered for measures of the same participants and facts."""
    key = facts.facets[WHO], facts.facets[WHERE], facts.facets[FULFILLED]
    if key not in rules.rate_answers:
        rules.rate_answers[key] = rate_ends(rules, facts), condition_notes(rules, facts)
    return rules.rate_answers[key]


def top_rate(rules: Rules) -> Decimal:
    """For an unknown rate the most the programme could pay."""
    return HUNDRED if rules.programme.rate_raised_pct is None else rules.programme.rate_raised_pct


def by_years(rules: Rules, running: Decimal, present: Sequence[Decimal], most: Decimal = HUNDRED) -> Decimal:
    """The sum of yearly falling rates, e.g. 65 / 55 / 45 / 40 % of each year's deficit.

    `running` is the whole of the years paid, `present` what each year weighs in it (1 each without discounting). A year
    without a rate of its own brings nothing; no rate counts above `most`.
    """
    rates = {row.year: min(row.rate_pct, most) for row in rules.rates if row.year is not None}
    weight = sum(present, ZERO)
    if not weight:
        return ZERO
    paid = sum((part * rates.get(year, ZERO) for year, part in enumerate(present, start=1)), ZERO)
    return running * paid / weight / HUNDRED


def by_steps(rows: Sequence[ProgrammeRate], base: Decimal, amount: Decimal, most: Decimal = HUNDRED) -> Decimal:
    """Each rate of its own part of the amount: `base` from the first euro, a row's rate above its `above_eur`; none
    counts above `most`."""
    steps = sorted((row.above_eur, row.rate_pct) for row in rows if row.above_eur)
    paid, floor, rate = ZERO, ZERO, min(base, most)
    for above, following in steps:
        paid += (min(amount, above) - floor) * rate
        floor, rate = above, min(following, most)
        if amount <= above:
            return paid / HUNDRED
    return (paid + (amount - floor) * rate) / HUNDRED


def cap_ends(rules: Rules, facts: Facts, partners: int) -> Ends | None:
    """The highest grant; None without a limit, or where it counts units that nobody stated.

    Rows of `programme_caps` that hold come before the programme's own limit of the same basis; of several the highest
    counts. Limits of different bases (per unit, per project) bind together. An unknown condition leaves it open.
    """
    found: list[Ends] = []
    for basis in dict.fromkeys((_basis(rules), *(row.basis for row in rules.caps))):
        ends = _basis_ends(rules, basis, facts, partners)
        if ends is not None:
            found.append(ends)
    return Ends(min(e.low for e in found), min(e.high for e in found)) if found else None


def _basis_ends(rules: Rules, basis: str, facts: Facts, partners: int) -> Ends | None:
    base = rules.programme.max_grant_eur if basis == _basis(rules) else None
    states = [(row.max_grant_eur, met(row.condition, facts)) for row in rules.caps if row.basis == basis]
    sure = [amount for amount, state in states if state]
    known = max(sure) if sure else base
    possible = [amount for amount, state in states if state is None]
    if known is None and not possible:
        return None
    low = min(amount for amount in (known, *possible) if amount is not None)
    high = MOST_MONEY if known is None else max(known, *possible) if possible else known
    return _per(low, high, basis, facts, partners)


def _basis(rules: Rules) -> str:
    return "unit" if rules.programme.instrument == "per_unit" else rules.programme.max_grant_basis or "project"


def counts_units(rules: Rules) -> bool:
    """Whether a limit goes by units."""
    limited = rules.programme.max_grant_eur is not None and _basis(rules) == "unit"
    return limited or any(row.basis == "unit" for row in rules.caps)


def _per(low: Decimal, high: Decimal, basis: str, facts: Facts, partners: int) -> Ends | None:
    """Both ends times what the limit counts. Without a stated duration it is one project year at least, the whole
    period at most."""
    if basis == "unit":
        return Ends(low * facts.units, high * facts.units) if facts.units else None
    if basis == "municipality":
        return Ends(low * max(partners, 1), high * max(partners, 1))
    if basis == "project_year":
        months = facts.measure.duration_months
        years = None if months is None else max(1, -(-months // 12))
        return Ends(low * (years or 1), high * (years or facts.costs.years))
    return Ends(low, high)


def condition_notes(rules: Rules, facts: Facts) -> tuple[Reason, ...]:
    """What conditional rates and caps did, and which fact would move them."""
    notes: list[Reason] = []
    for row in (*rules.rates, *rules.bonuses):
        state = met(row.condition, facts) if row.condition else False
        if state is not False:
            kind = "bonus" if row.rate_kind == "bonus" else "rate"
            code = f"{kind}_condition_{'met' if state else 'open'}"
            notes.append(Reason("amount", "yes", code, {"rate": float(row.rate_pct), "mark": row.condition}))
    for cap in rules.caps:
        if cap.condition and met(cap.condition, facts) is None:
            facts_open: dict[str, Param] = {"most_eur": float(cap.max_grant_eur), "mark": cap.condition}
            notes.append(Reason("amount", "yes", "cap_condition_open", facts_open))
    return tuple(notes)
