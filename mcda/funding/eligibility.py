"""May this measure apply to this programme? One function per gate, three answers, every reason kept.

Order of the gates: applicant, area, population, dates, theme and cost, minimum, prerequisites (domain
reference 3.3). A fact nobody stated gives 'check', never 'no'. A limit a programme does not state is no limit.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from mcda.funding.calls import call
from mcda.funding.facts import WHERE, Facts, fulfils, marked
from mcda.funding.forms import GROUP, MUNICIPAL, covered
from mcda.funding.grants import Grant
from mcda.funding.records import Reason
from mcda.funding.rulebook import INVESTMENT_KINDS, RUNNING_KINDS, Rules
from mcda.study.model import Municipality, Programme, Verdict

VERDICTS: tuple[Verdict, ...] = ("yes", "check", "no")
STARTED = frozenset({"running", "done"})


Answer = tuple[tuple[Reason, ...], tuple[Reason, ...], int]
"""What the gates say but those on amounts: the reasons before the minimums, those after, and the worst (0, 1, 2)."""

Column = list[tuple[tuple[Reason, ...], int]]
"""What one group of gates says before every programme: the reasons, and the worst of them."""


def answers(rulebook: Sequence[Rules], facts: Facts, day: date, known: dict[int, Column] | None = None) -> list[Answer]:
    """Every gate's answer for one measure before every programme. `known` holds what was said to measures of the same
    kind on the same day before the same programmes: a group of gates is asked once for each facet."""
    columns: list[Column] = []
    for gates, facet in zip(GROUPS, facts.facets, strict=True):
        column = None if known is None else known.get(facet)
        if column is None:
            column = [_told(gates, rules, facts, day) for rules in rulebook]
            if known is not None:
                known[facet] = column
        columns.append(column)
    return [_joined(told) for told in zip(*columns, strict=True)]


def _joined(told: tuple[tuple[tuple[Reason, ...], int], ...]) -> Answer:
    (who, a), (where, b), (when, c), (plan, d), (theme_, e), (cost_, f), (needs, g) = told
    return who + where + when + plan + theme_ + cost_, needs, max(a, b, c, d, e, f, g)


def _told(
    gates: Sequence[Callable[[Rules, Facts, date], Reason | None]], rules: Rules, facts: Facts, day: date
) -> tuple[tuple[Reason, ...], int]:
    found = tuple(reason for gate in gates if (reason := gate(rules, facts, day)) is not None)
    return found, worst_of(found)


def worst_of(reasons: Iterable[Reason]) -> int:
    """0 if every reason says yes, 1 if one is open, 2 if one says no: the place of the verdict in VERDICTS."""
    return max((VERDICTS.index(reason.verdict) for reason in reasons), default=0)


def insiders(rules: Rules, facts: Facts) -> tuple[Municipality, ...]:
    """The participants inside the programme's area and population limits; all of them where that is not known."""
    programme, key = rules.programme, facts.facets[WHERE]
    if key not in rules.insiders:
        rules.insiders[key] = tuple(
            m
            for m in facts.members
            if _in_area(programme, facts, m) is not False and _in_size(programme, m) is not False
        )
    return rules.insiders[key]


def applicant(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 1: the form of whoever leads the measure against the forms that may apply."""
    form, allowed = facts.measure.lead_form, rules.programme.applicant_types
    if not allowed:
        return Reason("applicant", "check", "applicants_unknown")
    if not form:
        return Reason("applicant", "check", "lead_form_unknown", {"forms": allowed})
    if covered(form, allowed):
        return Reason("applicant", "yes", "applicant_fits", {"forms": form})
    if form == GROUP and MUNICIPAL & set(allowed):
        return _group(rules.programme)
    lead = {"lead": facts.measure.lead or "?", "lead_en": facts.measure.lead_en}
    return Reason("applicant", "no", "applicant_excluded", {"forms": allowed, **lead})


def partners(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 1, second half: whether several municipalities may or must apply together."""
    rule, count = rules.programme.intermunicipal, len(facts.members)
    if rule == "required" and count < 2:
        return Reason("applicant", "no" if count else "check", "partners_required")
    if rule == "no" and count > 1 and facts.measure.lead_form != GROUP:
        return Reason("applicant", "check", "each_applies_alone", {"count": count})
    return None


def area(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 2: all, some or no participant inside the programme's area."""
    where = rules.programme.area
    if not where:
        return None
    inside = [_in_area(rules.programme, facts, m) for m in facts.members]
    return _spread("area", inside, facts.members, {"area": where})


def population(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 3: every participant's inhabitants within the programme's limits."""
    low, high = rules.programme.population_min, rules.programme.population_max
    if low is None and high is None:
        return None
    inside = [_in_size(rules.programme, m) for m in facts.members]
    limits = {"low": low or 0, "high": "∞" if high is None else high}
    return _spread("population", inside, facts.members, limits)


def not_started(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 4: a measure under way has lost its grant (no start before approval, VV 1.3 to Art. 44 BayHO)."""
    if facts.measure.status == "done" or (facts.measure.status in STARTED and not rules.programme.early_start_allowed):
        return Reason("date", "no", "already_started")
    year = facts.measure.start_year
    if year is not None and year < day.year and facts.measure.status not in STARTED:
        code = "start_has_passed"
        return None if rules.programme.early_start_allowed else Reason("date", "check", code, {"year": str(year)})
    return None


def project_end(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 4: the planned end against the latest project end; the start is known to the year only."""
    latest = rules.programme.latest_project_end
    if latest is None:
        return None
    params = {"last_day": latest.isoformat()}
    months, year = facts.measure.duration_months, facts.measure.start_year
    soonest = max(day, date(year, 1, 1)) if year else day
    if _after(soonest, months or 0) > latest:
        return Reason("date", "no", "ends_too_late", params)
    if months is None or year is None or _after(max(day, date(year, 12, 31)), months) > latest:
        return Reason("date", "check", "end_uncertain", params)
    return Reason("date", "yes", "ends_in_time", params)


def duration(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 4: the planned duration against the longest one allowed."""
    longest, months = rules.programme.max_duration_months, facts.measure.duration_months
    if longest is None or (months is not None and months <= longest):
        return None
    if months is None:
        return Reason("date", "check", "duration_unknown", {"longest": longest})
    return Reason("date", "no", "takes_too_long", {"longest": longest, "months": months})


def theme(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 5: a theme in common. `any_investment` takes whatever invests."""
    wanted, given = rules.programme.themes, facts.themes
    if "any_investment" in wanted:
        if facts.measure.capex_eur is None:
            return Reason("theme", "check", "investment_unknown")
        return None if facts.costs.investment.gross else Reason("theme", "no", "no_investment")
    if not wanted or not given:
        return Reason("theme", "check", "theme_unknown" if wanted else "programme_themes_unknown")
    common = tuple(t for t in wanted if t in given)
    if common:
        return Reason("theme", "yes", "theme_fits", {"themes": common})
    return Reason("theme", "no", "theme_outside", {"themes": wanted})


def cost_kind(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 5: the kinds of cost the programme pays for. Only some of them: the eligible part must be stated."""
    kinds, programme = facts.kinds, rules.programme
    if not programme.eligible_costs and not programme.excluded_costs:
        return Reason("cost", "check", "programme_costs_unknown")
    if not kinds:
        return Reason("cost", "check", "cost_kinds_unknown")
    paid = frozenset(k for k in kinds if _pays(programme, k))
    if not paid:
        refused = tuple(sorted(kinds))
        if not programme.eligible_costs:
            return Reason("cost", "no", "cost_kinds_excluded", {"kinds": refused})
        return Reason("cost", "no", "cost_kinds_outside", {"kinds": programme.eligible_costs, "refused": refused})
    unpaid = kinds - paid - (frozenset() if programme.running_cost_years else RUNNING_KINDS)
    if unpaid:
        return Reason("cost", "check", "cost_kinds_partly", {"kinds": tuple(sorted(unpaid))})
    return Reason("cost", "yes", "cost_kinds_fit", {"kinds": tuple(sorted(paid))})


def minimum_cost(rules: Rules, facts: Facts, cost: Decimal) -> Reason | None:
    """Gate 6: the smallest eligible cost a project may have."""
    least = rules.programme.min_eligible_cost_eur
    if least is None or cost >= least:
        return None
    if _cost_open(rules, facts):
        return Reason("minimum", "check", "cost_unknown", {"least_eur": float(least)})
    return Reason("minimum", "no", "cost_below_minimum", {"least_eur": float(least), "cost_eur": float(cost)})


def _cost_open(rules: Rules, facts: Facts) -> bool:
    """Whether a cost the programme would count is not stated: then no minimum is missed for sure."""
    measure = facts.measure
    once = rules.invests and measure.capex_eur is None
    return once or (rules.programme.running_cost_years > 0 and measure.opex_eur_per_year is None)


def minimum_grant(rules: Rules, facts: Facts, grant: Grant) -> Reason | None:
    """Gate 6: the smallest grant that is paid out."""
    least = rules.programme.min_grant_eur
    if least is None or grant.low >= least or rules.programme.instrument == "loan":
        return None
    if _cost_open(rules, facts):
        return Reason("minimum", "check", "cost_unknown", {"least_eur": float(least)})
    params = {"least_eur": float(least), "grant_eur": float(grant.high)}
    if grant.high < least:
        return Reason("minimum", "no", "grant_below_minimum", params)
    return Reason("minimum", "check", "grant_maybe_below_minimum", params)


def prerequisites(rules: Rules, facts: Facts, day: date) -> Reason | None:
    """Gate 7: what must be in place. What the measure lists as fulfilled is; the rest only a person can confirm."""
    required = rules.programme.requires
    words = {"what": rules.programme.prerequisites, "what_en": rules.programme.prerequisites_en}
    if not required:
        return Reason("prerequisites", "check", "prerequisites_open", words) if words["what"] else None
    state = {code: fulfils(facts.measure, code) for code in required}
    if lacking := tuple(code for code, known in state.items() if known is False):
        return Reason("prerequisites", "no", "prerequisites_lacking", {"needs": lacking})
    if unsaid := tuple(code for code, known in state.items() if known is None):
        return Reason("prerequisites", "check", "prerequisites_unsaid", {"needs": unsaid})
    return Reason("prerequisites", "yes", "prerequisites_met", {"needs": required})


GROUPS: tuple[tuple[Callable[[Rules, Facts, date], Reason | None], ...], ...] = (
    (applicant, partners),
    (area, population),
    (call,),
    (not_started, project_end, duration),
    (theme,),
    (cost_kind,),
    (prerequisites,),
)
"""Gates in their order, grouped by what they ask of a measure (`Facts.facets`); the minimums, which ask for the amount,
come before the prerequisites."""


def _group(programme: Programme) -> Reason:
    """A group without legal form before a programme for single municipalities."""
    if programme.intermunicipal == "required":
        return Reason("applicant", "yes", "partners_apply")
    if programme.intermunicipal == "allowed":
        return Reason("applicant", "check", "group_needs_applicant", {"forms": programme.applicant_types})
    code = "each_municipality_alone" if programme.intermunicipal == "no" else "joint_application_unknown"
    return Reason("applicant", "check", code, {"forms": programme.applicant_types})


def _in_area(programme: Programme, facts: Facts, member: Municipality) -> bool | None:
    return True if not programme.area else marked(facts, member, programme.area)


def _in_size(programme: Programme, member: Municipality) -> bool | None:
    low, high = programme.population_min, programme.population_max
    if low is None and high is None:
        return True
    if member.population is None:
        return None
    return (low or 0) <= member.population and (high is None or member.population <= high)


def _spread(
    gate: str,
    inside: Sequence[bool | None],
    members: Sequence[Municipality],
    params: dict[str, str | int],
) -> Reason:
    """All, some, none or nobody knows: one answer for both area and population."""
    if not members or None in inside:
        return Reason(gate, "check", f"{gate}_unknown", params)
    names = ", ".join(m.name for m, known in zip(members, inside, strict=True) if known)
    if all(inside):
        return Reason(gate, "yes", f"{gate}_fits", params)
    if not any(inside):
        return Reason(gate, "no", f"{gate}_outside", params)
    return Reason(gate, "check", f"{gate}_mixed", params | {"names": names, "count": len(members)})


def _after(start: date, months: int) -> date:
    """The same day `months` months later, or that month's last."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _pays(programme: Programme, kind: str) -> bool:
    if kind in programme.excluded_costs:
        return False
    eligible = programme.eligible_costs
    invests = bool(INVESTMENT_KINDS & set(eligible)) and kind not in RUNNING_KINDS
    return not eligible or kind in eligible or invests
