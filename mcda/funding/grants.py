"""How much a programme would pay for a measure: min(rate x eligible cost, cap, cost - minimum own share)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mcda.funding.costs import HUNDRED, ZERO, Costs, Price, cents
from mcda.funding.facts import Facts
from mcda.funding.records import Reason
from mcda.study.model import Municipality, Programme

RUNNING_KINDS = frozenset({"operation", "operating", "operating_deficit", "maintenance"})
"""Kinds of cost that arise every year; everything else is investment."""

INVESTMENT_KINDS = frozenset({"investment", "capex"})
"""Words for investment as a whole, in a programme's eligible or excluded costs."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What one programme would pay: `low` is sure, `high` the most possible, `bound` the term that limits it."""

    eligible_cost: Decimal
    rate_pct: Decimal | None
    low: Decimal
    high: Decimal
    bound: str
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scope:
    """The part of a measure a programme looks at: `eligible` by its VAT rule, `borne` after input tax."""

    eligible: Decimal
    borne: Decimal


def grant_of(programme: Programme, facts: Facts, inside: Sequence[Municipality] = ()) -> Grant:
    """The programme's grant for the measure, limited to the share of the partners inside its area.

    A loan brings no grant. An unknown or yearly falling rate gives [0, the most possible], never a guess.
    """
    if programme.instrument == "loan":
        return Grant(ZERO, programme.rate_pct, ZERO, ZERO, "loan", (_note("loan_is_financing"),))
    scope = _scope(programme, facts, inside_share(facts, inside))
    limits = _limits(programme, facts, scope, len(inside) or len(facts.members))
    bound, amount = min(limits, key=lambda limit: limit[1])
    open_end = _unknown(programme, facts)
    return Grant(
        eligible_cost=scope.eligible,
        rate_pct=None if programme.instrument == "fixed_amount" else programme.rate_pct,
        low=ZERO if open_end else cents(amount),
        high=cents(amount),
        bound=open_end or bound,
        notes=_notes(programme, open_end),
    )


def inside_share(facts: Facts, inside: Sequence[Municipality]) -> Fraction:
    """The share of the cost that falls on the given participants: by the cost key, by heads counted without one.

    All of it when none is named (nothing is known to limit it).
    """
    if not inside or len(inside) == len(facts.members):
        return Fraction(1)
    shares, _ = facts.shares
    total = sum(shares.values(), ZERO)
    if not total:
        return Fraction(len(inside), len(facts.members))
    return Fraction(sum((shares.get(m.id, ZERO) for m in inside), ZERO)) / Fraction(total)


def uses_net(programme: Programme, deductible: bool) -> bool:
    """Whether VAT stays outside the eligible cost.

    The programme's own rule, else the general one: input tax that can be deducted is never eligible, otherwise
    the gross sum is (BayVV 7070-W 14078, see the domain reference 3.2).
    """
    if programme.vat_rule in ("net_only", "not_eligible"):
        return True
    return deductible and programme.vat_rule != "gross"


def takes_investment(programme: Programme) -> bool:
    """Whether the programme pays for investment at all, not for operation alone."""
    eligible = set(programme.eligible_costs)
    return not INVESTMENT_KINDS & set(programme.excluded_costs) and not (eligible and eligible <= RUNNING_KINDS)


def _scope(programme: Programme, facts: Facts, share: Fraction) -> _Scope:
    costs = facts.costs
    years = min(programme.running_cost_years, costs.years)
    parts = [costs.investment] if takes_investment(programme) else []
    eligible = _sum_of(parts, costs.running, years, uses_net(programme, costs.deductible))
    borne = _sum_of(parts, costs.running, years, costs.deductible)
    if share != 1:
        eligible, borne = _part(eligible, share), _part(borne, share)
    if programme.max_eligible_cost_eur is not None:
        eligible = min(eligible, programme.max_eligible_cost_eur)
    return _Scope(eligible, borne)


def _sum_of(once: Sequence[Price], running: Price, years: int, net: bool) -> Decimal:
    if net:
        return sum((p.net for p in once), ZERO) + years * running.net
    return sum((p.gross for p in once), ZERO) + years * running.gross


def _part(amount: Decimal, share: Fraction) -> Decimal:
    return cents(amount * share.numerator / share.denominator)


def _limits(programme: Programme, facts: Facts, scope: _Scope, partners: int) -> list[tuple[str, Decimal]]:
    own = scope.borne * (HUNDRED - (programme.min_own_share_pct or ZERO)) / HUNDRED
    limits = [("own_share", own)]
    cap = _cap(programme, facts, partners)
    if cap is not None:
        limits.insert(0, ("cap", cap))
    if programme.instrument != "fixed_amount":
        limits.insert(0, ("rate", scope.eligible * _top_rate(programme) / HUNDRED))
    return limits


def _top_rate(programme: Programme) -> Decimal:
    """The base rate where one is stated; for an unknown rate the most the programme could pay."""
    if programme.rate_pct is not None:
        return programme.rate_pct
    return HUNDRED if programme.rate_raised_pct is None else programme.rate_raised_pct


def _cap(programme: Programme, facts: Facts, partners: int) -> Decimal | None:
    """The highest grant: per unit, per municipality or per project year where the programme says so."""
    cap = programme.max_grant_eur
    if cap is None:
        return None
    if programme.instrument == "per_unit":
        return cap * facts.units if facts.units else None
    if programme.max_grant_basis == "municipality":
        return cap * max(partners, 1)
    if programme.max_grant_basis == "project_year":
        return cap * max(1, -(-(facts.measure.duration_months or 0) // 12))
    return cap


def _unknown(programme: Programme, facts: Facts) -> str:
    """Why the amount is open: the bound's name, or empty when it is known."""
    if programme.instrument == "fixed_amount":
        return "unknown_rate" if programme.max_grant_eur is None else ""
    if programme.instrument == "degressive" or programme.rate_pct is None:
        return "unknown_rate"
    capped_by_unit = programme.instrument == "per_unit" and programme.max_grant_eur is not None
    return "unknown_units" if capped_by_unit and not facts.units else ""


def _notes(programme: Programme, open_end: str) -> tuple[Reason, ...]:
    notes: list[Reason] = []
    if programme.vat_rule is None:
        notes.append(_note("vat_rule_assumed"))
    if programme.instrument == "degressive":
        notes.append(_note("rate_falls"))
    elif open_end:
        notes.append(_note(open_end))
    elif programme.rate_raised_pct is not None and programme.rate_raised_pct != programme.rate_pct:
        notes.append(_raised(programme))
    return tuple(notes)


def _raised(programme: Programme) -> Reason:
    words = {"condition": programme.rate_raised_condition, "condition_en": programme.rate_raised_condition_en}
    return Reason("amount", "yes", "rate_raised_possible", {"rate": float(programme.rate_raised_pct or 0), **words})


def _note(code: str) -> Reason:
    return Reason("amount", "yes", code)


def borne(costs: Costs) -> Decimal:
    """Gross life-cycle cost less recoverable VAT: what someone has to pay, grant or own money."""
    return costs.life_cycle.gross - costs.recoverable_vat
