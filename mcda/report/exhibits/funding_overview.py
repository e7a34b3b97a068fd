"""Every measure on one line: is there a grant, from which programmes, how much, and by when to apply."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mcda.funding.records import Assessment, MeasureMoney
from mcda.report.exhibits.catalogue import best_verdict, title_of
from mcda.report.exhibits.programmes import programme_text
from mcda.result import Result
from mcda.study.model import Verdict

VERDICTS: tuple[Verdict, ...] = ("yes", "check", "no")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day in a programme's calendar: the last one to apply, or (`opens`) the first one of its next call."""

    day: date
    programme: str
    opens: bool = False


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """One measure: its best verdict over its candidate programmes, the bundle in words, and money in EUR.

    Amounts are None where the measure states no cost. `deadline` is the first of `deadlines`.
    """

    measure: str
    title: str
    verdict: Verdict
    bundle: str
    grant_low: Decimal | None
    grant: Decimal | None
    grant_high: Decimal | None
    own_contribution: Decimal | None
    deadline: Deadline | None


def funding_overview(result: Result, language: str, measure: str = "") -> tuple[OverviewLine, ...]:
    """One line per measure in the study's order, or the line of one measure."""
    return tuple(_line(result, name, language) for name in result.money if measure in ("", name))


def pair_counts(result: Result, measure: str = "") -> Mapping[str, int]:
    """How many of all pairs of measure and programme are eligible, to be checked, not eligible."""
    found: Counter[str] = Counter(
        a.verdict for name, m in result.money.items() if measure in ("", name) for a in m.assessments
    )
    return {verdict: found[verdict] for verdict in VERDICTS}


def deadlines(money: MeasureMoney) -> tuple[Deadline, ...]:
    """Last days to apply for candidate programmes that are open to the measure, then the next calls of closed ones.

    A closed programme stands here only where its dates are all that is in the way.
    """
    candidates = [a for a in money.assessments if a.candidate]
    last = [Deadline(a.closes, a.programme) for a in candidates if a.verdict != "no" and a.closes]
    first = [Deadline(a.opens, a.programme, opens=True) for a in candidates if a.opens and only_dates(a)]
    return (*sorted(last, key=lambda d: d.day), *sorted(first, key=lambda d: d.day))


def only_dates(found: Assessment) -> bool:
    """Whether the programme's calendar alone stands in the measure's way; a person's no is more than a date."""
    refused = found.finding is not None and found.finding.verdict == "no"
    return not refused and all(reason.gate == "date" for reason in found.reasons if reason.verdict == "no")


def _line(result: Result, name: str, language: str) -> OverviewLine:
    money = result.money[name]

    def known(amount: Decimal) -> Decimal | None:
        return amount if money.cost_known else None

    return OverviewLine(
        measure=name,
        title=title_of(result.study.measure_by_id[name], language),
        verdict=best_verdict(money),
        bundle=programme_text(money, result.study, language),
        grant_low=known(money.grant_low),
        grant=known(money.grant),
        grant_high=known(money.grant_high),
        own_contribution=known(money.own_contribution),
        deadline=next(iter(deadlines(money)), None),
    )
