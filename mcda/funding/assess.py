"""A measure against a programme: gates, amount, and a person's finding on top."""

from datetime import date
from decimal import Decimal

from mcda.funding.costs import ZERO, cents
from mcda.funding.eligibility import Case, check_gates, insiders, verdict_of
from mcda.funding.facts import Facts
from mcda.funding.grants import Grant, grant_of
from mcda.funding.records import Assessment, Reason
from mcda.study.model import Eligibility, Programme, Verdict


def assess(
    programme: Programme, facts: Facts, day: date, *, candidate: bool = True, finding: Eligibility | None = None
) -> Assessment:
    """Verdict, reasons and grant of one measure before one programme on one day.

    A person's finding overrides the verdict and its awarded grant every formula; what the rules say stays
    beside it. `day` is the assessment day (Stichtag). A dated finding holds while its call is open:
    it gives way on a day after the programme's end or before its beginning, unless a grant was awarded.
    """
    inside = insiders(programme, facts)
    grant = grant_of(programme, facts, inside)
    reasons = check_gates(Case(programme, facts, day, inside, grant))
    computed = verdict_of(reasons)
    closed = _out_of_call(programme, day, finding)
    verdict = "no" if closed else finding.verdict if finding else computed
    low, high, bound = _in_force(grant, verdict, finding)
    return Assessment(
        measure=facts.measure.id,
        programme=programme.id,
        candidate=candidate,
        verdict=verdict,
        computed_verdict=computed,
        reasons=reasons + grant.notes + closed,
        eligible_cost=grant.eligible_cost,
        rate_pct=grant.rate_pct,
        grant_low=low,
        grant_high=high,
        bound=bound,
        finding=finding,
    )


def _out_of_call(programme: Programme, day: date, finding: Eligibility | None) -> tuple[Reason, ...]:
    """Why a favourable finding does not hold on this day: the programme has ended since, or had not begun."""
    if finding is None or finding.verdict == "no" or finding.awarded_eur is not None or finding.date is None:
        return ()
    first, last = programme.valid_from, programme.valid_to
    if last is not None and finding.date <= last < day:
        return (Reason("date", "no", "finding_outlived", {"last_day": last.isoformat()}),)
    if first is not None and day < first <= finding.date:
        return (Reason("date", "no", "finding_too_late", {"first_day": first.isoformat()}),)
    return ()


def _in_force(grant: Grant, verdict: Verdict, finding: Eligibility | None) -> tuple[Decimal, Decimal, str]:
    if verdict == "no":
        return ZERO, ZERO, "none"
    if finding and finding.awarded_eur is not None:
        awarded = cents(finding.awarded_eur)
        return awarded, awarded, "awarded"
    return grant.low, grant.high, grant.bound
