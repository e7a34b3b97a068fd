"""The money of every measure on one day: cost, the best single grant, own contribution and who pays it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from mcda.funding.assess import assess
from mcda.funding.costs import ZERO, cents
from mcda.funding.facts import Facts, facts_of
from mcda.funding.grants import borne
from mcda.funding.records import Assessment, MeasureMoney
from mcda.funding.split import split
from mcda.study.model import Eligibility, Study


def measure_money(study: Study, as_of: date | None = None) -> dict[str, MeasureMoney]:
    """All money of every measure by id, judged on `as_of` (default: the study's own day), in EUR to the cent.

    Every measure is judged against every programme; only candidates bring money. Candidates are those the
    measure names; where no measure of the study names any, every programme is a candidate of every measure.
    """
    day = as_of or study.study.as_of
    findings = {(row.measure, row.programme): row for row in study.eligibility}
    nobody_named_any = not any(m.funding_candidates for m in study.measures)
    point = Decimal(str(study.study.interval_point))
    return {
        name: _money(study, facts, _assess_all(study, facts, day, findings, nobody_named_any), point)
        for name, facts in facts_of(study).items()
    }


def _assess_all(
    study: Study,
    facts: Facts,
    day: date,
    findings: dict[tuple[str, str], Eligibility],
    every: bool,
) -> tuple[Assessment, ...]:
    measure = facts.measure
    return tuple(
        assess(
            programme,
            facts,
            day,
            candidate=every or programme.id in measure.funding_candidates,
            finding=findings.get((measure.id, programme.id)),
        )
        for programme in study.programmes
    )


def _money(study: Study, facts: Facts, assessments: tuple[Assessment, ...], point: Decimal) -> MeasureMoney:
    costs, measure, to_pay = facts.costs, facts.measure, borne(facts.costs)
    low, high = grant_interval(assessments, to_pay)
    grant = low + cents(point * (high - low))
    shares, issue = facts.shares
    sure, possible = _ends(assessments)
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
        own_contribution_low=to_pay - high,
        own_contribution=to_pay - grant,
        own_contribution_high=to_pay - low,
        best=best_of(assessments, point),
        assessments=assessments,
        cost_key=measure.cost_key or study.study.cost_key,
        shares={} if issue else split(to_pay - grant, shares),
        share_issue=issue,
        sure=sure if low else None,
        possible=possible if high > low else None,
        cost_known=costs.known,
    )


def grant_interval(assessments: Sequence[Assessment], to_pay: Decimal) -> tuple[Decimal, Decimal]:
    """The best single grant with sure programmes only, and with those to be checked; never more than is to pay."""
    sure, possible = _ends(assessments)
    return min(sure.grant_low if sure else ZERO, to_pay), min(possible.grant_high if possible else ZERO, to_pay)


def _ends(assessments: Sequence[Assessment]) -> tuple[Assessment | None, Assessment | None]:
    """The candidate that surely brings most, and the one that may; ties by table order, sure ones first."""
    counted = [a for a in assessments if a.candidate and a.verdict != "no"]
    sure = max((a for a in counted if a.verdict == "yes"), key=lambda a: a.grant_low, default=None)
    return sure, max(counted, key=lambda a: (a.grant_high, a.verdict == "yes"), default=None)


def best_of(assessments: Sequence[Assessment], point: Decimal) -> Assessment | None:
    """The candidate that brings most at the declared point of its interval, sure ones first; ties by table order."""
    for verdict in ("yes", "check"):
        paying = [a for a in assessments if a.candidate and a.verdict == verdict and a.grant_high > 0]
        if paying:
            return max(paying, key=lambda a: (a.grant_low + point * (a.grant_high - a.grant_low), a.grant_low))
    return None
