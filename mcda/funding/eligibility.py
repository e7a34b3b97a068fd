"""May this measure apply to this programme? One function per gate, three answers, every reason kept.

Order of the gates: applicant, area, population, dates, theme and cost, minimum, prerequisites (domain
reference 3.3). A fact nobody stated gives 'check', never 'no'. A limit a programme does not state is no limit.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mcda.funding.facts import Facts
from mcda.funding.grants import INVESTMENT_KINDS, RUNNING_KINDS, Grant
from mcda.funding.records import Reason
from mcda.study.model import Municipality, Programme, Verdict

GROUP = "interkommunaler_zusammenschluss"
MUNICIPAL = frozenset({"gemeinde", "stadt", "markt"})

COVERED_BY = {
    "stadt": ("gemeinde",),
    "markt": ("gemeinde",),
    "kreisfreie_stadt": ("stadt", "gemeinde", "oepnv_aufgabentraeger"),
    "landkreis": ("oepnv_aufgabentraeger", "gemeindeverband"),
    "bezirk": ("gemeindeverband",),
    "oepnv_aufgabentraeger": ("landkreis", "kreisfreie_stadt"),
    "eigenbetrieb": ("gemeinde",),
}
"""Form -> wider words that include it: towns and markets are Gemeinden (Art. 3 GO); public transport is the task
of districts and district-free towns (Art. 8 BayÖPNVG); an Eigenbetrieb is its municipality."""

NOT_LEGAL_PERSONS = frozenset({"natuerliche_person", "private", GROUP, ""})
STARTED = frozenset({"running", "done"})


@dataclass(frozen=True, slots=True)
class Case:
    """One measure before one programme on one day, with the participants inside its area and the grant."""

    programme: Programme
    facts: Facts
    day: date
    inside: tuple[Municipality, ...]
    grant: Grant


def check_gates(case: Case) -> tuple[Reason, ...]:
    """Every gate's answer, in the order of the gates; a gate the programme does not have is silent."""
    return tuple(reason for gate in GATES if (reason := gate(case)) is not None)


def verdict_of(reasons: Sequence[Reason]) -> Verdict:
    """No if any gate says no, else check if any is open, else yes."""
    verdicts = {reason.verdict for reason in reasons}
    return "no" if "no" in verdicts else "check" if "check" in verdicts else "yes"


def insiders(programme: Programme, facts: Facts) -> tuple[Municipality, ...]:
    """The participants inside the programme's area and population limits; all of them where that is not known."""
    return tuple(
        m for m in facts.members if _in_area(programme, facts, m) is not False and _in_size(programme, m) is not False
    )


def applicant(case: Case) -> Reason | None:
    """Gate 1: the form of whoever leads the measure against the forms that may apply."""
    form, allowed = case.facts.measure.lead_form, case.programme.applicant_types
    if not allowed:
        return Reason("applicant", "check", "applicants_unknown")
    if not form:
        return Reason("applicant", "check", "lead_form_unknown", {"forms": allowed})
    if _covered(form, allowed):
        return Reason("applicant", "yes", "applicant_fits", {"forms": form})
    if form == GROUP and MUNICIPAL & set(allowed):
        return _group(case.programme)
    lead = {"lead": case.facts.measure.lead or "?", "lead_en": case.facts.measure.lead_en}
    return Reason("applicant", "no", "applicant_excluded", {"forms": allowed, **lead})


def partners(case: Case) -> Reason | None:
    """Gate 1, second half: whether several municipalities may or must apply together."""
    rule, count = case.programme.intermunicipal, len(case.facts.members)
    if rule == "required" and count < 2:
        return Reason("applicant", "no" if count else "check", "partners_required")
    if rule == "no" and count > 1 and case.facts.measure.lead_form != GROUP:
        return Reason("applicant", "check", "each_applies_alone", {"count": count})
    return None


def area(case: Case) -> Reason | None:
    """Gate 2: all, some or no participant inside the programme's area."""
    where = case.programme.area
    if not where:
        return None
    inside = [_in_area(case.programme, case.facts, m) for m in case.facts.members]
    return _spread("area", inside, case.facts.members, {"area": where})


def population(case: Case) -> Reason | None:
    """Gate 3: every participant's inhabitants within the programme's limits."""
    low, high = case.programme.population_min, case.programme.population_max
    if low is None and high is None:
        return None
    inside = [_in_size(case.programme, m) for m in case.facts.members]
    limits = {"low": low or 0, "high": "∞" if high is None else high}
    return _spread("population", inside, case.facts.members, limits)


def call(case: Case) -> Reason | None:
    """Gate 4: the day inside the programme's validity.

    A programme without a first day is known from the earlier of its own as-of date and the study's; on a day
    before that it is to be checked. Without first and last day nothing says it is open: to be checked.
    """
    day, first, last = case.day, case.programme.valid_from, case.programme.valid_to
    if last is not None and day > last:
        return Reason("date", "no", "closed", {"last_day": last.isoformat(), "at_day": day.isoformat()})
    if first is not None and day < first:
        return Reason("date", "no", "not_open_yet", {"first_day": first.isoformat(), "at_day": day.isoformat()})
    if first is None and last is None:
        state = {"note": case.programme.status_note or "-", "note_en": case.programme.status_note_en}
        return Reason("date", "check", "validity_unknown", state)
    if first is None and day < min(case.programme.as_of or case.facts.known_since, case.facts.known_since):
        return Reason("date", "check", "first_day_unknown", {"at_day": day.isoformat()})
    if last is None:
        return Reason("date", "yes", "open_without_end", {"at_day": day.isoformat()})
    return Reason("date", "yes", "open", {"last_day": last.isoformat(), "at_day": day.isoformat()})


def not_started(case: Case) -> Reason | None:
    """Gate 4: a measure under way has lost its grant (no start before approval, VV 1.3 to Art. 44 BayHO)."""
    if case.facts.measure.status in STARTED:
        return Reason("date", "no", "already_started")
    return None


def project_end(case: Case) -> Reason | None:
    """Gate 4: the planned end against the latest project end; the start is known to the year only."""
    latest = case.programme.latest_project_end
    if latest is None:
        return None
    params = {"last_day": latest.isoformat()}
    months, year = case.facts.measure.duration_months, case.facts.measure.start_year
    soonest = max(case.day, date(year, 1, 1)) if year else case.day
    if _after(soonest, months or 0) > latest:
        return Reason("date", "no", "ends_too_late", params)
    if months is None or year is None or _after(max(case.day, date(year, 12, 31)), months) > latest:
        return Reason("date", "check", "end_uncertain", params)
    return Reason("date", "yes", "ends_in_time", params)


def duration(case: Case) -> Reason | None:
    """Gate 4: the planned duration against the longest one allowed."""
    longest, months = case.programme.max_duration_months, case.facts.measure.duration_months
    if longest is None or (months is not None and months <= longest):
        return None
    if months is None:
        return Reason("date", "check", "duration_unknown", {"longest": longest})
    return Reason("date", "no", "takes_too_long", {"longest": longest, "months": months})


def theme(case: Case) -> Reason | None:
    """Gate 5: a theme in common. `any_investment` takes whatever invests."""
    wanted, given = case.programme.themes, case.facts.themes
    if "any_investment" in wanted:
        if case.facts.measure.capex_eur is None:
            return Reason("theme", "check", "investment_unknown")
        return None if case.facts.costs.investment.gross else Reason("theme", "no", "no_investment")
    if not wanted or not given:
        return Reason("theme", "check", "theme_unknown" if wanted else "programme_themes_unknown")
    common = tuple(t for t in wanted if t in given)
    if common:
        return Reason("theme", "yes", "theme_fits", {"themes": common})
    return Reason("theme", "no", "theme_outside", {"themes": wanted})


def cost_kind(case: Case) -> Reason | None:
    """Gate 5: the kinds of cost the programme pays for. Only some of them: the eligible part must be stated."""
    kinds, programme = case.facts.kinds, case.programme
    if not programme.eligible_costs and not programme.excluded_costs:
        return Reason("cost", "check", "programme_costs_unknown")
    if not kinds:
        return Reason("cost", "check", "cost_kinds_unknown")
    paid = frozenset(k for k in kinds if _pays(programme, k))
    if not paid:
        return Reason("cost", "no", "cost_kinds_outside", {"kinds": programme.eligible_costs or tuple(sorted(kinds))})
    unpaid = kinds - paid - (frozenset() if programme.running_cost_years else RUNNING_KINDS)
    if unpaid:
        return Reason("cost", "check", "cost_kinds_partly", {"kinds": tuple(sorted(unpaid))})
    return Reason("cost", "yes", "cost_kinds_fit", {"kinds": tuple(sorted(paid))})


def minimum_cost(case: Case) -> Reason | None:
    """Gate 6: the smallest eligible cost a project may have."""
    least, cost = case.programme.min_eligible_cost_eur, case.grant.eligible_cost
    if least is None or cost >= least:
        return None
    if not case.facts.costs.known:
        return Reason("minimum", "check", "cost_unknown", {"least_eur": float(least)})
    return Reason("minimum", "no", "cost_below_minimum", {"least_eur": float(least), "cost_eur": float(cost)})


def minimum_grant(case: Case) -> Reason | None:
    """Gate 6: the smallest grant that is paid out."""
    least, grant = case.programme.min_grant_eur, case.grant
    if least is None or grant.low >= least:
        return None
    if not case.facts.costs.known:
        return Reason("minimum", "check", "cost_unknown", {"least_eur": float(least)})
    params = {"least_eur": float(least), "grant_eur": float(grant.high)}
    if grant.high < least:
        return Reason("minimum", "no", "grant_below_minimum", params)
    return Reason("minimum", "check", "grant_maybe_below_minimum", params)


def prerequisites(case: Case) -> Reason | None:
    """Gate 7: conditions only a person can confirm."""
    if not case.programme.prerequisites:
        return None
    words = {"what": case.programme.prerequisites, "what_en": case.programme.prerequisites_en}
    return Reason("prerequisites", "check", "prerequisites_open", words)


GATES: tuple[Callable[[Case], Reason | None], ...] = (
    applicant,
    partners,
    area,
    population,
    call,
    not_started,
    project_end,
    duration,
    theme,
    cost_kind,
    minimum_cost,
    minimum_grant,
    prerequisites,
)


def _covered(form: str, allowed: tuple[str, ...]) -> bool:
    if form in allowed or any(wider in allowed for wider in COVERED_BY.get(form, ())):
        return True
    return "juristische_person" in allowed and form not in NOT_LEGAL_PERSONS


def _group(programme: Programme) -> Reason:
    """A group without legal form before a programme for single municipalities."""
    if programme.intermunicipal == "required":
        return Reason("applicant", "yes", "partners_apply")
    if programme.intermunicipal == "allowed":
        return Reason("applicant", "check", "group_needs_applicant", {"forms": programme.applicant_types})
    code = "each_municipality_alone" if programme.intermunicipal == "no" else "joint_application_unknown"
    return Reason("applicant", "check", code, {"forms": programme.applicant_types})


def _in_area(programme: Programme, facts: Facts, member: Municipality) -> bool | None:
    code = programme.area
    if not code or code in member.areas:
        return True
    return False if code in facts.recorded_areas else None


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
