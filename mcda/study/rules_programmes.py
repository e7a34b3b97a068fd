"""Rules on programmes: what ends before it begins, minimums above maximums, rates that promise too much."""

from collections.abc import Iterator

from mcda.errors import Issue, Param, Where
from mcda.study.model import Programme, Study
from mcda.study.rules_ids import RowOf

HUNDRED = 100
LONGEST_YEARLY = 365
"""Days a yearly call may stay open; with more it would overlap itself."""


def programme_dates(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A programme ends after it begins, no minimum is above its maximum, and the raised rate is the higher one.
    Rate and least own share of more than 100 % together cannot both hold: one warning names the programmes."""
    for index, p in enumerate(study.programmes):
        for column, code, low, high in _reversed(p):
            params: dict[str, Param] = {"value": low, "other": high}
            yield Issue(code, where=Where("programmes", row_of("programmes", index), column), params=params)
    over = tuple(p.id for p in study.programmes if _promises(p) > HUNDRED)
    if over:
        yield Issue("rates_above_hundred", "warning", Where("programmes"), {"programmes": over})


def programme_calls(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A call ends after it begins, and a yearly one within a year."""
    for index, call in enumerate(study.programme_calls):
        first, last = call.first_day, call.last_day
        params: dict[str, Param] = {"value": last.isoformat(), "other": first.isoformat()}
        where = Where("programme_calls", row_of("programme_calls", index), "last_day")
        if last < first:
            yield Issue("dates_reversed", where=where, params=params)
        elif call.yearly and (last - first).days > LONGEST_YEARLY:
            yield Issue("yearly_call_too_long", where=where, params=params)


def stacking_facts(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A common limit and a rate for combinations belong to the rules that use them: one warning names the others."""
    idle = tuple(
        p.id
        for p in study.programmes
        if (p.stacking_cap_pct is not None and p.stacking != "capped")
        or (p.combined_rate_pct is not None and p.stacking != "reduced_rate_when_combined")
    )
    if idle:
        yield Issue("stacking_field_idle", "warning", Where("programmes", column="stacking"), {"programmes": idle})


def _reversed(p: Programme) -> Iterator[tuple[str, str, str, str]]:
    """(column, code, its value, the other value) of every pair in the wrong order."""
    for column in ("valid_to", "latest_project_end"):
        end = getattr(p, column)
        if p.valid_from and end and end < p.valid_from:
            yield column, "dates_reversed", end.isoformat(), p.valid_from.isoformat()
    pairs = (
        ("min_grant_eur", "max_grant_eur"),
        ("min_eligible_cost_eur", "max_eligible_cost_eur"),
        ("population_min", "population_max"),
    )
    for least, most in pairs:
        low, high = getattr(p, least), getattr(p, most)
        if low is not None and high is not None and high and low > high:
            yield least, "minimum_above_maximum", str(low), str(high)
    if p.rate_pct is not None and p.rate_raised_pct is not None and p.rate_raised_pct < p.rate_pct:
        yield "rate_raised_pct", "raised_rate_lower", str(p.rate_raised_pct), str(p.rate_pct)


def _promises(p: Programme) -> float:
    return float(max(p.rate_pct or 0, p.rate_raised_pct or 0)) + float(p.min_own_share_pct or 0)
