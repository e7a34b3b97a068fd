"""The money of every measure on one day: cost, the best permitted grants, own contribution and who pays it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mcda.funding.assess import NO, assess, refused
from mcda.funding.bundles import Offer, best_bundle, left_out, permitted, standing
from mcda.funding.calls import Window, window_of
from mcda.funding.costs import HUNDRED, ZERO, cents
from mcda.funding.eligibility import Column, answers
from mcda.funding.facts import Facts, facts_of
from mcda.funding.grants import Grant, borne
from mcda.funding.records import Assessment, Bundle, LeftOut, MeasureMoney
from mcda.funding.rulebook import Rules, rules_of
from mcda.funding.split import Split, cost_shares, split, split_within
from mcda.study.model import Eligibility, Measure, Study

MOST_ALTERNATIVES = 5
"""So many other bundles are told for one measure."""

Paying = tuple[Rules, Assessment, Grant]
"""A candidate that may bring money: its rules, what it answers and how the amount came about."""


def measure_money(study: Study, as_of: date | None = None, without: Iterable[str] = ()) -> dict[str, MeasureMoney]:
    """All money of every measure by id, judged on `as_of` (default: the study's own day), in EUR to the cent.

    Every measure is judged against every programme but those in `without` ('*': all are left out); only candidates
    bring money. Candidates are those the measure names; where no measure of the study names any, every programme is a
    candidate of every measure.
    """
    day = as_of or study.study.as_of
    rulebook = rules_of(study, without)
    findings = {(row.measure, row.programme): row for row in study.eligibility}
    nobody_named_any = not any(m.funding_candidates for m in study.measures)
    point = Decimal(str(study.study.interval_point))
    found = facts_of(study)
    anyone = next(iter(found.values()), None)
    windows = [] if anyone is None else [window_of(rules, anyone, day) for rules in rulebook]
    desk = Desk(rulebook, windows, day, findings, nobody_named_any)
    return {name: money_of(study, facts, *judge(desk, facts), point) for name, facts in found.items()}


@dataclass(frozen=True, slots=True)
class Desk:
    """What stays the same for all measures of a study on one day: programmes and how they stand, what people found,
    whether every programme is a candidate; `known` is what gates have already answered."""

    rulebook: tuple[Rules, ...]
    windows: list[Window]
    day: date
    findings: Mapping[tuple[str, str], Eligibility]
    every: bool
    known: dict[int, Column] = field(default_factory=dict)


def judge(desk: Desk, facts: Facts) -> tuple[tuple[Assessment, ...], list[Paying]]:
    """The answers of every programme, and the candidates among them that may bring money."""
    measure, named = facts.measure.id, frozenset(facts.measure.funding_candidates)
    found: list[Assessment] = []
    paying: list[Paying] = []
    said = answers(desk.rulebook, facts, desk.day, desk.known)
    for rules, window, answer in zip(desk.rulebook, desk.windows, said, strict=True):
        programme = rules.programme.id
        finding = desk.findings.get((measure, programme)) if desk.findings else None
        candidate = desk.every or programme in named
        if answer[2] == NO and finding is None and not rules.least:
            found.append(refused(rules, facts, answer, window, candidate=candidate))
            continue
        answered, grant = assess(
            rules, facts, desk.day, candidate=candidate, finding=finding, window=window, answer=answer
        )
        found.append(answered)
        if candidate and answered.verdict != "no" and answered.grant_high > 0:
            paying.append((rules, answered, grant))
    return tuple(found), paying


@dataclass(frozen=True, slots=True)
class _Grants:
    """Both ends of what grants bring, and why."""

    sure: Bundle
    possible: Bundle
    left_out: tuple[LeftOut, ...] = ()
    alternatives: tuple[Bundle, ...] = ()


def money_of(
    study: Study, facts: Facts, assessments: tuple[Assessment, ...], paying: Sequence[Paying], point: Decimal
) -> MeasureMoney:
    """One measure's money with the grants that `paying` can bring, at `point` (0..1) of what is open about them."""
    costs, measure, to_pay = facts.costs, facts.measure, borne(facts.costs)
    grants = _grants(paying, to_pay)
    low, high = grants.sure.total, grants.possible.total
    grant = low + cents(point * (high - low))
    own, co_payment = own_part(measure, to_pay - grant)
    once = costs.investment.net if costs.deductible else costs.investment.gross
    left_once = _left_once(grants, point, once, to_pay - grant)
    own_once = _own_once(left_once, to_pay - grant, own)
    shares, running, issue = _shares(study, facts, own, own_once)
    return MeasureMoney(
        measure=measure.id,
        investment_net=costs.investment.net,
        investment_vat=costs.investment.vat,
        investment_gross=costs.investment.gross,
        running_gross_per_year=costs.running.gross,
        running_years=costs.years,
        life_cycle_gross=costs.life_cycle.gross,
        recoverable_vat=costs.recoverable_vat,
        grant_low=low,
        grant=grant,
        grant_high=high,
        own_contribution_low=own_part(measure, to_pay - high)[0],
        own_contribution=own,
        own_contribution_high=own_part(measure, to_pay - low)[0],
        best=_best(assessments, grants),
        assessments=assessments,
        cost_key=measure.cost_key or study.study.cost_key,
        shares=shares,
        share_issue=issue,
        sure=grants.sure if low else None,
        possible=grants.possible if high > low else None,
        cost_known=costs.known,
        left_out=grants.left_out,
        alternatives=grants.alternatives,
        loans=_loans(assessments, own),
        co_payment=co_payment,
        own_investment=own_once,
        own_running=own - own_once,
        grant_investment=once - left_once,
        running_cost_key=measure.running_cost_key or "",
        shares_running=running,
    )


def _grants(paying: Sequence[Paying], to_pay: Decimal) -> _Grants:
    """The best bundle of the sure programmes at their sure amounts, and of all not refused at their highest."""
    if not paying:
        return _Grants(Bundle(), Bundle())
    offers = [offer_of(r, a, g, high=True) for r, a, g in paying]
    pool = standing(offers)
    kept = {o.id for o in pool}
    sure_offers = [
        offer_of(r, a, g, high=False)
        for r, a, g in paying
        if a.verdict == "yes" and a.grant_low > 0 and a.programme in kept
    ]
    sure, possible = best_bundle(sure_offers, to_pay), best_bundle(pool, to_pay)
    if len(offers) == 1:
        return _Grants(sure, possible)
    return _Grants(sure, possible, left_out(offers, possible), _alternatives(pool, possible, to_pay))


def _alternatives(pool: Sequence[Offer], chosen: Bundle, to_pay: Decimal) -> tuple[Bundle, ...]:
    """Other bundles worth knowing, those that pay most first: the best with each programme left out, and the best if
    programmes whose combination nobody has checked may stand together."""
    outside = [o.id for o in pool if o.id not in chosen.programmes]
    if not outside:
        return ()
    instead = [best_bundle(pool, to_pay, with_id=name) for name in outside]
    instead.append(best_bundle(pool, to_pay, unsure=True))
    by_id = {o.id: o for o in pool}
    others = {
        bundle.programmes: bundle
        for bundle in instead
        if permitted([by_id[name] for name in bundle.programmes], pool, unsure=True)
        and bundle.programmes != chosen.programmes
    }
    return tuple(sorted(others.values(), key=lambda b: -b.total)[:MOST_ALTERNATIVES])


def offer_of(rules: Rules, found: Assessment, grant: Grant, *, high: bool) -> Offer:
    """What a paying candidate offers: at its highest amount, or what it pays at least."""
    assert grant.scope is not None  # worked out for every verdict but no
    awarded = found.bound == "awarded"
    alone = found.grant_high if high else found.grant_low
    combined = grant.combined_high if high else grant.combined_low
    return Offer(
        rules, found.verdict, alone, alone if awarded else combined, grant.scope, awarded, sure=found.grant_low
    )


def _best(assessments: Sequence[Assessment], grants: _Grants) -> Assessment | None:
    """The assessment of the largest grant: of the sure bundle, else of the possible one."""
    parts = grants.sure.parts or grants.possible.parts
    return next((a for a in assessments if parts and a.programme == parts[0].programme), None)


def _loans(assessments: Sequence[Assessment], own: Decimal) -> tuple[tuple[str, Decimal], ...]:
    """What candidates would lend for the own contribution; financing, no saving."""
    lent = ((a.programme, min(a.loan_eur, own)) for a in assessments if a.candidate)
    return tuple((programme, amount) for programme, amount in lent if amount > 0)


def own_part(measure: Measure, rest: Decimal) -> tuple[Decimal, Decimal]:
    """What is left to the municipalities of `rest`, which is what grants leave, and what the co-payer bears."""
    if measure.co_payer_eur is not None:
        paid = min(rest, cents(measure.co_payer_eur))
    else:
        paid = cents(rest * (measure.co_payer_pct or ZERO) / HUNDRED)
    return rest - paid, paid


def _left_once(grants: _Grants, point: Decimal, once: Decimal, rest: Decimal) -> Decimal:
    """What grants leave of the investment, never more than they leave (`rest`) of the whole."""
    low, high = (sum((part.once for part in b.parts), ZERO) for b in (grants.sure, grants.possible))
    return min(max(once - low - cents(point * (high - low)), ZERO), rest)


def _own_once(left: Decimal, rest: Decimal, own: Decimal) -> Decimal:
    """The investment's part of the own contribution: what its grants leave, the co-payer's part taken off evenly."""
    return min(cents(left * own / rest), own) if rest else ZERO


def _shares(study: Study, facts: Facts, own: Decimal, own_once: Decimal) -> tuple[Split, Split, str]:
    """Who pays: in all, of the running part where that has its own key, and why nobody can tell."""
    measure = facts.measure
    shares, issue = facts.shares
    if issue:
        return {}, {}, issue
    caps = dict(measure.share_caps_eur)
    if not measure.running_cost_key:
        parts = split_within(own, shares, caps) if caps else split(own, shares)
        return ({}, {}, "share_caps_too_low") if parts is None else (parts, {}, "")
    running_shares, issue = cost_shares(study, measure, running=True)
    if issue:
        return {}, {}, issue
    once = split_within(own_once, shares, caps)
    left = {} if once is None else {who: max(cap - once.get(who, ZERO), ZERO) for who, cap in caps.items()}
    running = split_within(own - own_once, running_shares, left)
    if once is None or running is None:
        return {}, {}, "share_caps_too_low"
    return {m: once.get(m, ZERO) + running.get(m, ZERO) for m in {**once, **running}}, running, ""
