"""How much a programme would pay for a measure: min(rate x eligible cost, cap, cost - minimum own share)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mcda.funding.costs import HUNDRED, ZERO, Costs, Price, annuity, cents, present_values
from mcda.funding.facts import Facts, PartSums
from mcda.funding.rates import Ends, by_steps, by_years, cap_ends, counts_units, rate_ends, rates_told, top_rate
from mcda.funding.records import Reason
from mcda.funding.rulebook import Rules
from mcda.study.model import Municipality, Programme


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a measure a programme looks at, investment and running cost apart: `once` and `running`
    eligible by its VAT rule, `once_borne` and `running_borne` what is to pay after input tax. Running cost is that of
    the years it pays for, each at its present value (`present`, 1 each without discounting), as in the life-cycle cost.
    """

    once: Decimal
    running: Decimal
    once_borne: Decimal
    running_borne: Decimal
    present: tuple[Decimal, ...] = ()
    most: Decimal | None = None

    @property
    def eligible(self) -> Decimal:
        """The eligible cost, as far as the programme counts it."""
        both = self.once + self.running
        return both if self.most is None else min(both, self.most)

    @property
    def borne(self) -> Decimal:
        """What is to pay for this part."""
        return self.once_borne + self.running_borne


@dataclass(frozen=True, slots=True)
class Grant:
    """What one programme would pay: `low` is sure, `high` the most possible, `bound` the term that limits it.

    `combined_low` and `combined_high` hold when other grants stand beside it; `loan` is financing, not a saving.
    """

    eligible_cost: Decimal
    rate_pct: Decimal | None
    low: Decimal
    high: Decimal
    bound: str
    notes: tuple[Reason, ...] = ()
    combined_low: Decimal = ZERO
    combined_high: Decimal = ZERO
    loan: Decimal = ZERO
    scope: Scope | None = None


NO_GRANT = Grant(ZERO, None, ZERO, ZERO, "none")


def grant_of(rules: Rules, facts: Facts, inside: Sequence[Municipality] = ()) -> Grant:
    """The programme's grant for the measure, limited to the share of the partners inside its area.

    A loan brings no grant. An unknown rate gives [0, the most possible], a rate that hangs on an unknown fact the
    interval between both rates, never a guess.
    """
    programme = rules.programme
    scope = scope_of(rules, facts, inside)
    loan = _loan(rules, scope)
    if programme.instrument == "loan":
        note = (Reason("amount", "yes", "loan_is_financing"),)
        return Grant(ZERO, programme.rate_pct, ZERO, ZERO, "loan", note, loan=loan, scope=scope)
    rates, told = rates_told(rules, facts) if rules.rates or rules.bonuses or rules.caps else (_only_rate(rules), ())
    if programme.instrument == "fixed_amount":
        rates = None
    cap = cap_ends(rules, facts, len(inside) or len(facts.members))
    open_end = _unknown(rules, facts, rates)
    top = Ends(ZERO, top_rate(rules)) if rates is None else rates
    bound, high = _least(rules, scope, top.high, None if cap is None else cap.high)
    low = high if top.low == top.high and (cap is None or cap.low == cap.high) else None
    if low is None:
        low = _least(rules, scope, top.low, None if cap is None else cap.low)[1]
    low = ZERO if open_end else low
    combined = low, high
    if programme.stacking == "reduced_rate_when_combined" and programme.combined_rate_pct is None:
        combined = ZERO, high
    elif programme.combined_rate_pct is not None:
        reduced = rate_ends(rules, facts, combined=True) or Ends(ZERO, programme.combined_rate_pct)
        combined = (
            ZERO
            if open_end
            else _least(rules, scope, reduced.low, None if cap is None else cap.low, programme.combined_rate_pct)[1],
            _least(rules, scope, reduced.high, None if cap is None else cap.high, programme.combined_rate_pct)[1],
        )
    return Grant(
        eligible_cost=scope.eligible,
        rate_pct=None if rates is None or open_end == "unknown_rate" else rates.low,
        low=low,
        high=high,
        bound=open_end or bound,
        notes=_notes_told(rules, told, open_end),
        combined_low=combined[0],
        combined_high=combined[1],
        loan=loan,
        scope=scope,
    )


def inside_share(facts: Facts, inside: Sequence[Municipality]) -> Fraction:
    """The share of the cost that falls on the given participants: by the cost key, by heads counted without one.

    All of it when none is named (nothing is known to limit it).
    """
    if not inside or len(inside) == len(facts.members):
        return WHOLE
    shares, _ = facts.shares
    total = sum(shares.values(), ZERO)
    if not total:
        return Fraction(len(inside), len(facts.members))
    return Fraction(sum((shares.get(m.id, ZERO) for m in inside), ZERO)) / Fraction(total)


WHOLE = Fraction(1)


def uses_net(programme: Programme, deductible: bool) -> bool:
    """Whether VAT stays outside the eligible cost.

    The programme's own rule, else the general one: input tax that can be deducted is never eligible, otherwise
    the gross sum is (BayVV 7070-W 14078, see the domain reference 3.2).
    """
    if programme.vat_rule in ("net_only", "not_eligible"):
        return True
    return deductible and programme.vat_rule != "gross"


def scope_of(rules: Rules, facts: Facts, inside: Sequence[Municipality] = ()) -> Scope:
    """The part of the measure's cost the programme looks at, once for all programmes that look at the same."""
    programme, costs = rules.programme, facts.costs
    share = inside_share(facts, inside)
    years = min(programme.running_cost_years, costs.years)
    key = rules.invests, years, uses_net(programme, costs.deductible), None if share is WHOLE else share
    sums = facts.sums.get(key)
    if sums is None:
        sums = facts.sums[key] = _sums(costs, *key[:3], share)
    return Scope(*sums, present_values(years, costs.discount_rate_pct), programme.max_eligible_cost_eur)


def _sums(costs: Costs, invests: bool, years: int, net: bool, share: Fraction) -> PartSums:
    def side(price: Price, without_vat: bool) -> Decimal:
        return price.net if without_vat else price.gross

    once = (side(costs.investment, net), side(costs.investment, costs.deductible)) if invests else (ZERO, ZERO)
    factor = annuity(years, costs.discount_rate_pct)
    running = (cents(factor * side(costs.running, net)), cents(factor * side(costs.running, costs.deductible)))
    if share == 1:
        return once[0], running[0], once[1], running[1]
    return _part(once[0], share), _part(running[0], share), _part(once[1], share), _part(running[1], share)


def _part(amount: Decimal, share: Fraction) -> Decimal:
    return cents(amount * share.numerator / share.denominator)


def _least(
    rules: Rules, scope: Scope, rate: Decimal, cap: Decimal | None, most: Decimal = HUNDRED
) -> tuple[str, Decimal]:
    """The amount to the cent and the term that limits it; no rate counts above `most`."""
    programme = rules.programme
    floor = programme.min_own_share_pct
    own = scope.borne * (HUNDRED - floor) / HUNDRED if floor else scope.borne
    bound, amount = "own_share", own
    if cap is not None and cap <= amount:
        bound, amount = "cap", cap
    if programme.instrument != "fixed_amount" and (paid := _by_rate(rules, scope, rate, most)) <= amount:
        bound, amount = "rate", paid
    return bound, cents(amount)


def _by_rate(rules: Rules, scope: Scope, rate: Decimal, most: Decimal) -> Decimal:
    """What the rate brings: yearly rates on running cost, steps on the eligible cost, else one rate on all of it."""
    if not rules.rates:
        return scope.eligible * rate / HUNDRED
    if any(row.year is not None for row in rules.rates):
        paid = scope.once * min(rate, most) / HUNDRED + by_years(rules, scope.running, scope.present, most)
        whole = scope.once + scope.running
        return paid * scope.eligible / whole if whole else ZERO
    return by_steps(rules.rates, rate, scope.eligible, most)


def _loan(rules: Rules, scope: Scope) -> Decimal:
    """What the programme lends on the investment; a plain loan without rows lends its rate of it."""
    programme = rules.programme
    if rules.loans:
        base = max((row.rate_pct for row in rules.loans if not row.above_eur), default=ZERO)
        return cents(by_steps(rules.loans, base, scope.once_borne))
    if programme.instrument != "loan":
        return ZERO
    return cents(scope.once_borne * (HUNDRED if programme.rate_pct is None else programme.rate_pct) / HUNDRED)


def _unknown(rules: Rules, facts: Facts, rates: Ends | None) -> str:
    """Why the amount is open: the bound's name, or empty when it is known."""
    programme = rules.programme
    if programme.instrument == "fixed_amount":
        return "unknown_rate" if programme.max_grant_eur is None and not rules.caps else ""
    yearly = any(row.year is not None for row in rules.rates)
    if programme.instrument == "degressive" and not yearly:
        return "unknown_rate"
    if programme.rate_pct is None and not yearly and (rates is None or rates.low == 0):
        return "unknown_rate"
    return "unknown_units" if not facts.units and counts_units(rules) else ""


def _notes_told(rules: Rules, told: tuple[Reason, ...], open_end: str) -> tuple[Reason, ...]:
    """The notes on the amount, remembered where no condition of the measure is among them."""
    if told:
        return _notes(rules, told, open_end)
    if open_end not in rules.notes:
        rules.notes[open_end] = _notes(rules, told, open_end)
    return rules.notes[open_end]


def _only_rate(rules: Rules) -> Ends | None:
    rate = rules.programme.rate_pct
    return None if rate is None else Ends(rate, rate)


def _notes(rules: Rules, told: tuple[Reason, ...], open_end: str) -> tuple[Reason, ...]:
    programme = rules.programme
    notes: list[Reason] = [*((VAT_ASSUMED,) if programme.vat_rule is None else ()), *told]
    if programme.instrument == "degressive":
        notes.append(Reason("amount", "yes", "rate_falls" if open_end else "rate_falls_known"))
    elif open_end:
        notes.append(Reason("amount", "yes", open_end))
    elif not rules.rates and not rules.bonuses and programme.rate_raised_pct not in (None, programme.rate_pct):
        words = {"condition": programme.rate_raised_condition, "condition_en": programme.rate_raised_condition_en}
        raised = float(programme.rate_raised_pct or 0)
        notes.append(Reason("amount", "yes", "rate_raised_possible", {"rate": raised, **words}))
    return tuple(notes)


VAT_ASSUMED = Reason("amount", "yes", "vat_rule_assumed")


def borne(costs: Costs) -> Decimal:
    """Gross life-cycle cost less recoverable VAT: what someone has to pay, grant or own money."""
    return costs.life_cycle.gross - costs.recoverable_vat
