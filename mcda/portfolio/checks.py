"""Tasks that no plan can answer: unknown names, decisions against each other, what costs more than there is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import get_args

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.portfolio.options import Offered, earliest_start
from mcda.portfolio.rules import counts
from mcda.portfolio.task import CountedBy, Number, PlanTask, ignored
from mcda.result import Result
from mcda.study.model import Study

MOST_NAMED = 12


def check_task(result: Result, task: PlanTask, offer: Offered) -> None:
    """Raises InputError with every name the study does not hold and every demand that cannot be met whatever is
    chosen, naming the culprits. Rules that are ignored demand nothing."""
    issues = [
        *_strangers(result.study, task),
        *_ignored(result.study, task),
        *_years(result, task, offer),
        *_numbers(result.study, task, offer),
    ]
    if not issues:
        issues = [*_locks(result.study, task, offer), *_too_dear(result.study, task, offer)]
    if issues:
        raise InputError(issues)


def check_names(study: Study, task: PlanTask) -> None:
    """Raises InputError with every name the study does not hold, whatever the scenario."""
    if issues := list(_strangers(study, task)):
        raise InputError(issues)


def _issue(code: str, column: str, **params: Param) -> Issue:
    return Issue(code, where=Where("plan", column=column), params=params)


def _strangers(study: Study, task: PlanTask) -> Iterator[Issue]:
    measures, members, programmes = (
        tuple(one.id for one in rows) for rows in (study.measures, study.municipalities, study.programmes)
    )
    kinds = {
        "theme": tuple(sorted({m.theme for m in study.measures} | {t.id for t in study.themes})),
        "category": tuple(sorted({m.category for m in study.measures})),
        "municipality": members,
    }
    asked: list[tuple[str, Iterable[str], tuple[str, ...]]] = [
        ("must", task.must, measures),
        ("never", task.never, measures),
        ("starts", task.starts, measures),
        ("synergies", [name for pair in task.synergies for name in (pair.a, pair.b)], measures),
        ("municipality_budgets_eur", task.municipality_budgets_eur, members),
        ("municipality_budgets_by_year_eur", task.municipality_budgets_by_year_eur, members),
        ("pots_eur", task.pots_eur, programmes),
        ("yearly_pots", task.yearly_pots, programmes),
    ]
    asked += [("numbers", [number.name], kinds[number.of]) for number in task.numbers if number.of in kinds]
    for column, names, allowed in asked:
        for name in names:
            if name not in allowed:
                near = nearest(name, allowed)
                yield _issue("unknown_id", column, value=name, allowed=allowed, nearest=near)
    for pair in task.synergies:
        if pair.a == pair.b:
            yield _issue("plan_synergy_alone", "synergies", value=pair.a)


RULES = (
    *("budget", "municipality", "later", "pot", "staff", "requires", "excludes", "must", "never", "mandatory", "start"),
    *("least", "most"),
)
"""What a rule's key can begin with."""


def _ignored(study: Study, task: PlanTask) -> Iterator[Issue]:
    """Keys that no rule of this study can have. A rule that is not asked for now may be named: a switch stays off."""
    measures, members, programmes = (
        tuple(one.id for one in rows) for rows in (study.measures, study.municipalities, study.programmes)
    )
    seconds: Mapping[str, tuple[str, ...]] = {
        **dict.fromkeys(("requires", "excludes", "must", "never", "mandatory", "start"), measures),
        **dict.fromkeys(("least", "most"), get_args(CountedBy)),
        "municipality": members,
        "pot": programmes,
    }
    for key in task.ignore:
        kind, _, rest = key.partition(".")
        second, _, third = rest.partition(".")
        if kind not in RULES:
            yield _issue("unknown_id", "ignore", value=key, allowed=RULES, nearest=nearest(kind, RULES))
        elif second and kind in seconds and second not in seconds[kind]:
            near = nearest(second, seconds[kind])
            hint = f"{kind}.{near}" if near else ""
            yield _issue("unknown_id", "ignore", value=key, allowed=seconds[kind][:MOST_NAMED], nearest=hint)
        elif third and kind == "requires" and third not in study.measure_by_id[second].depends_on:
            needed = study.measure_by_id[second].depends_on
            allowed = tuple(f"{kind}.{second}.{other}" for other in needed)
            yield _issue("unknown_id", "ignore", value=key, allowed=allowed, nearest=nearest(key, allowed))


def _years(result: Result, task: PlanTask, offer: Offered) -> Iterator[Issue]:
    today = date.fromisoformat(result.provenance.as_of).year
    if task.first_year is not None and task.first_year < today:
        yield _issue("out_of_range", "first_year", value=str(task.first_year), allowed=f"≥ {today}")
    by_year = {"budget_by_year_eur": [task.budget_by_year_eur], "municipality_budgets_by_year_eur": []}
    by_year["municipality_budgets_by_year_eur"] = list(task.municipality_budgets_by_year_eur.values())
    for column, tables in by_year.items():
        named = sorted({year for table in tables for year in table})
        if named and not offer.years:
            yield _issue("plan_years_missing", column)
        elif strange := [str(year) for year in named if year not in offer.years]:
            allowed = f"{offer.years[0]} … {offer.years[-1]}"
            yield _issue("out_of_range", column, value=", ".join(strange), allowed=allowed)
        elif any(missing := [str(year) for year in offer.years if year not in table] for table in tables if table):
            yield _issue("plan_years_unnamed", column, years=tuple(missing))


def _numbers(study: Study, task: PlanTask, offer: Offered) -> Iterator[Issue]:
    seen: set[tuple[str, str, str]] = set()
    for number in task.numbers:
        name = f"{number.of}.{number.name}" if number.name else number.of
        for end in ("least", "most"):
            if getattr(number, end) is None:
                continue
            if (end, number.of, number.name) in seen:
                yield _issue("plan_number_twice", "numbers", value=f"{end}.{name}")
            seen.add((end, number.of, number.name))
        if number.least is not None and number.most is not None and number.least > number.most:
            yield _issue("plan_least_above_most", "numbers", value=name, least=number.least, most=number.most)
        yield from _too_many(study, task, offer, number, name)


def _too_many(study: Study, task: PlanTask, offer: Offered, number: Number, name: str) -> Iterator[Issue]:
    if number.least is None or number.soft or ignored(f"least.{name}", task.ignore):
        return
    there = {option.measure for option in offer.options if counts(study, offer, number, option)}
    if number.least > len(there):
        yield _issue("plan_too_few_measures", "numbers", value=name, least=number.least, count=len(there))


def _locks(study: Study, task: PlanTask, offer: Offered) -> Iterator[Issue]:
    """Decisions that contradict each other, the measures' needs or what can be planned."""
    fixed = fixed_measures(task, offer)
    never = {name for name in task.never if not ignored(f"never.{name}", task.ignore)}
    out = {one.measure: one.code for one in offer.out}
    there = {option.measure for option in offer.options}
    done = {m.id for m in study.measures if m.status == "done"}
    for name in fixed:
        if name in never:
            yield _issue("plan_must_and_never", "never", value=name)
        if name in out or name not in there:
            yield _issue("plan_must_unplannable", "must", value=name, unplannable=out.get(name, "starts_later"))
    for name, needed in _needed(study, task, fixed):
        if needed in never:
            yield _issue("plan_must_needs_never", "never", value=name, needed=needed)
        elif needed not in there and needed not in done:
            yield _issue(
                "plan_must_needs_missing",
                "must",
                value=name,
                needed=needed,
                unplannable=out.get(needed, "starts_later"),
            )
    together = {*fixed, *(needed for _, needed in _needed(study, task, fixed))} - done
    pairs = {tuple(sorted((a, b))) for a in together for b in study.measure_by_id[a].excludes if b in together}
    for name, other in sorted(pairs):
        if not ignored(f"excludes.{name}.{other}", task.ignore):
            yield _issue("plan_must_excludes", "must", value=name, other=other)
    yield from _starts(study, task, offer, out)


def _starts(study: Study, task: PlanTask, offer: Offered, out: Mapping[str, str]) -> Iterator[Issue]:
    late = "starts_later"
    for name, year in task.starts.items():
        if ignored(f"start.{name}", task.ignore):
            continue
        if not offer.years:
            yield _issue("plan_years_missing", f"starts.{name}")
        elif out.get(name, late) == late and not any(o.measure == name and o.start == year for o in offer.options):
            first = earliest_start(study.measure_by_id[name], offer.years)
            possible = sorted({str(o.start) for o in offer.options if o.measure == name}) or [str(first)]
            yield _issue("plan_start_impossible", f"starts.{name}", value=str(year), allowed=tuple(possible))


def fixed_measures(task: PlanTask, offer: Offered) -> tuple[str, ...]:
    """What is decided to be in: mandatory tasks and what the task names, without what is ignored."""
    named = [*(("mandatory", name) for name in offer.mandatory), *(("must", name) for name in task.must)]
    return tuple(dict.fromkeys(name for kind, name in named if not ignored(f"{kind}.{name}", task.ignore)))


def _needed(study: Study, task: PlanTask, fixed: Iterable[str]) -> list[tuple[str, str]]:
    """(decided measure, what it needs), through everything that is needed in turn."""
    found: list[tuple[str, str]] = []
    for name in fixed:
        ahead, seen = [name], {name}
        while ahead:
            one = ahead.pop()
            for needed in study.measure_by_id[one].depends_on:
                if needed not in seen and not ignored(f"requires.{one}.{needed}", task.ignore):
                    seen.add(needed)
                    found.append((name, needed))
                    if study.measure_by_id[needed].status != "done":
                        ahead.append(needed)
    return found


def _too_dear(study: Study, task: PlanTask, offer: Offered) -> Iterator[Issue]:
    """What is decided to be in costs more, with all that it needs and at its cheapest, than the whole budget or
    somebody's own."""
    decided = fixed_measures(task, offer)
    fixed = dict.fromkeys((*decided, *(needed for _, needed in _needed(study, task, decided))))
    limits: list[tuple[str, str, Decimal]] = []
    if task.budget_eur is not None:
        limits.append(("budget", "", task.budget_eur))
    limits += [(f"municipality.{who}", who, limit) for who, limit in task.municipality_budgets_eur.items()]
    for key, who, limit in limits:
        if ignored(key, task.ignore):
            continue
        least = {name: _least(offer, name, who) for name in fixed}
        least = {name: amount for name, amount in least.items() if amount}
        total = sum(least.values(), Decimal(0))
        if total > limit:
            dearest = sorted(least, key=lambda name: -least[name])
            culprits = tuple(dearest[:MOST_NAMED])
            code = "plan_must_too_dear_for" if who else "plan_must_too_dear"
            yield _issue(
                code, key, measures=culprits, needed_eur=float(total), budget_eur=float(limit), municipality=who
            )


def _least(offer: Offered, name: str, who: str) -> Decimal:
    amounts = [o.shares.get(who, Decimal(0)) if who else o.own for o in offer.options if o.measure == name]
    return min(amounts, default=Decimal(0))
