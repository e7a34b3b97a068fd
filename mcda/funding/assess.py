"""A measure against a programme: gates, amount, and a person's finding on top."""

from datetime import date
from decimal import Decimal

from mcda.funding.calls import Window, closes, window_of
from mcda.funding.costs import ZERO, cents
from mcda.funding.eligibility import VERDICTS, Answer, answers, insiders, minimum_cost, minimum_grant, worst_of
from mcda.funding.facts import Facts
from mcda.funding.grants import NO_GRANT, Grant, grant_of, scope_of
from mcda.funding.records import Assessment, Reason
from mcda.funding.rulebook import Rules
from mcda.study.model import Eligibility, Verdict


def assess(
    rules: Rules,
    facts: Facts,
    day: date,
    *,
    candidate: bool = True,
    finding: Eligibility | None = None,
    window: Window | None = None,
    answer: Answer | None = None,
) -> tuple[Assessment, Grant]:
    """Verdict, reasons and grant of one measure before one programme on one day, and how the amount came about.

    A person's finding overrides the verdict and its awarded grant every formula; what the rules say stays
    beside it. `day` is the assessment day (Stichtag), `window` how the programme stands on it and `answer` what the
    gates say, where that is known already. A dated finding holds while its call is open: it gives way on a day after
    the programme's end or before its beginning, unless a grant was awarded. Where the gates have said no, the amount
    is worked out only if a minimum depends on it or a person says otherwise.
    """
    programme = rules.programme
    reasons, last, worst = answers((rules,), facts, day)[0] if answer is None else answer
    inside = insiders(rules, facts) if rules.limited else ()
    grant = NO_GRANT
    if worst < NO or finding is not None or programme.min_grant_eur is not None:
        grant = grant_of(rules, facts, inside)
    if programme.min_eligible_cost_eur is not None or programme.min_grant_eur is not None:
        cost = scope_of(rules, facts, inside).eligible if grant is NO_GRANT else grant.eligible_cost
        least = minimum_cost(rules, facts, cost), minimum_grant(rules, facts, grant)
        told = tuple(reason for reason in least if reason is not None)
        reasons, worst = reasons + told, max(worst, worst_of(told))
    computed = VERDICTS[worst]
    closed = () if finding is None else _out_of_call(rules, facts, day, finding)
    verdict = "no" if closed else _found(finding) if finding else computed
    low, high, bound = NOTHING if verdict == "no" else _in_force(grant, finding)
    if window is None:
        window = window_of(rules, facts, day)
    return Assessment(
        measure=facts.measure.id,
        programme=programme.id,
        candidate=candidate,
        verdict=verdict,
        computed_verdict=computed,
        reasons=reasons + last + grant.notes + closed,
        eligible_cost=grant.eligible_cost,
        rate_pct=grant.rate_pct,
        grant_low=low,
        grant_high=high,
        bound=bound,
        finding=finding,
        loan_eur=ZERO if verdict == "no" else grant.loan,
        closes=window.closes,
        opens=window.opens,
    ), grant


NO = VERDICTS.index("no")


def refused(rules: Rules, facts: Facts, answer: Answer, window: Window, *, candidate: bool) -> Assessment:
    """The assessment of a pair that a gate refuses, nobody found otherwise and no minimum is asked of: no amount."""
    return Assessment(
        measure=facts.measure.id,
        programme=rules.programme.id,
        candidate=candidate,
        verdict="no",
        computed_verdict="no",
        reasons=answer[0] + answer[1],
        eligible_cost=ZERO,
        rate_pct=None,
        grant_low=ZERO,
        grant_high=ZERO,
        bound="none",
        closes=window.closes,
        opens=window.opens,
    )


def _found(finding: Eligibility) -> Verdict:
    """A person's verdict; a grant that is awarded needs no more checking."""
    return "yes" if finding.verdict == "check" and finding.awarded_eur is not None else finding.verdict


def _out_of_call(rules: Rules, facts: Facts, day: date, finding: Eligibility) -> tuple[Reason, ...]:
    """Why a favourable finding does not hold on this day: the programme has ended since, or had not begun."""
    if finding.verdict == "no" or finding.awarded_eur is not None or finding.date is None:
        return ()
    first, last = rules.programme.valid_from, rules.programme.valid_to
    if last is not None and finding.date <= last < day:
        return (Reason("date", "no", "finding_outlived", {"last_day": last.isoformat()}),)
    if first is not None and day < first <= finding.date:
        return (Reason("date", "no", "finding_too_late", {"first_day": first.isoformat()}),)
    ended = closes(rules, finding.date) if rules.calls and finding.date <= day else None
    if ended is not None and ended < day and window_of(rules, facts, day).closes is None:
        return (Reason("date", "no", "finding_outlived", {"last_day": ended.isoformat()}),)
    return ()


NOTHING = ZERO, ZERO, "none"


def _in_force(grant: Grant, finding: Eligibility | None) -> tuple[Decimal, Decimal, str]:
    if finding and finding.awarded_eur is not None:
        awarded = cents(finding.awarded_eur)
        return awarded, awarded, "awarded"
    return grant.low, grant.high, grant.bound
