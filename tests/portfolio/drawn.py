"""Small studies and tasks drawn by a seed, with every kind of rule a task knows."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from hand_made import AS_OF, THEMES, pays, work
from mcda.evaluate import evaluate
from mcda.portfolio import PlanTask, task_from
from mcda.result import Result
from mcda.study.model import (
    Criterion,
    Eligibility,
    Measure,
    Municipality,
    Programme,
    ProgrammeCall,
    Rating,
    Study,
    StudyInfo,
    Theme,
)

FIRST = AS_OF.year + 1
CRITERIA = (
    Criterion(id="relevance", label_de="Relevanz", best=100, worst=0, weight=60),
    Criterion(id="feasibility", label_de="Umsetzbarkeit", best=100, worst=0, weight=40),
    Criterion(
        id="cost", label_de="Kosten", sense="min", unit="EUR", kind="computed", quantity="life_cycle_cost_eur",
        best=0, worst=1_000_000, weight=50,
    ),
)  # fmt: skip
SHARE = {"relevance": 0.6, "feasibility": 0.4}
STACKING = ("free", "free", "exclusive", "subsidiary", "capped", "unknown", "state_exclusive")


def drawn_study(seed: int) -> Result:
    """4 to 7 measures of 2 to 3 municipalities before 2 to 3 programmes."""
    draw = Random(f"study {seed}")
    towns = tuple(
        Municipality(id=i, name=i, population=draw.randrange(2_000, 30_000))
        for i in ("AAA", "BBB", "CCC")[: draw.randint(2, 3)]
    )
    programmes = tuple(_programme(draw, f"P{n}") for n in range(draw.randint(2, 3)))
    measures = list(_measures(draw, towns))
    for odds, facts in (
        (0.3, {"mandatory": True}),
        (0.3, {"status": "done"}),
        (0.15, {"knock_out": "kein Grundstück"}),
        (0.15, {"capex_eur": None, "opex_eur_per_year": None}),
    ):
        if draw.random() < odds:
            at = draw.randrange(len(measures))
            measures[at] = measures[at].model_copy(update=facts)
    return evaluate(
        Study(
            study=StudyInfo(title="Gezogen", as_of=AS_OF, horizon_years=5, discount_rate_pct=draw.choice((0, 0, 3))),
            criteria=CRITERIA,
            themes=tuple(Theme(id=t, label_de=t, funding_themes=(t,)) for t in THEMES),
            municipalities=towns,
            programmes=programmes,
            programme_calls=tuple(_calls(draw, programmes)),
            measures=tuple(measures),
            ratings=tuple(
                Rating(measure=m.id, criterion=c, value=draw.randrange(0, 101, 5)) for m in measures for c in SHARE
            ),
            eligibility=tuple(_findings(draw, measures, programmes)),
        )
    )


def _programme(draw: Random, name: str) -> Programme:
    return pays(
        name,
        draw.choice((30, 50, 60, 80)),
        stacking=draw.choice(STACKING),
        level=draw.choice(("Land", "Bund", "EU")),
        max_grant_eur=draw.choice((None, None, 15_000)),
        min_own_share_pct=draw.choice((None, 10)),
        pot_eur=draw.choice((None, None, 40_000, 90_000)),
        themes=draw.choice((THEMES, THEMES, THEMES[:1])),
        valid_to=draw.choice((date(2040, 12, 31), date(2025, 12, 31), date(2026, 9, 30))),
    )


def _calls(draw: Random, programmes: tuple[Programme, ...]) -> Iterator[ProgrammeCall]:
    for programme in programmes:
        if draw.random() < 0.35:
            first = draw.choice((date(2025, 3, 1), date(2025, 10, 1), date(2026, 4, 1)))
            last = first.replace(month=first.month + 2)
            yield ProgrammeCall(programme=programme.id, first_day=first, last_day=last, yearly=draw.random() < 0.5)


def _findings(draw: Random, measures: list[Measure], programmes: tuple[Programme, ...]) -> Iterator[Eligibility]:
    for m in measures:
        for p in programmes:
            found = draw.random()
            if found < 0.1:
                yield Eligibility(measure=m.id, programme=p.id, verdict="check")
            elif found < 0.15:
                yield Eligibility(measure=m.id, programme=p.id, verdict="no")
            elif found < 0.18:
                yield Eligibility(
                    measure=m.id, programme=p.id, verdict="yes", awarded_eur=Decimal(draw.randrange(9_000))
                )


def _measures(draw: Random, towns: tuple[Municipality, ...]) -> Iterator[Measure]:
    names = [f"M{n}" for n in range(draw.randint(4, 7))]
    apart = draw.sample(names, 2) if draw.random() < 0.6 else None
    for number, name in enumerate(names):
        before = [n for n in names[:number] if apart is None or n not in apart]
        yield work(
            name,
            draw.choice((0, 7_000, 12_345.67, 20_000, 33_333.33, 50_000, 80_000)),
            theme=draw.choice(THEMES),
            category=draw.choice(("plan", "build")),
            municipalities=tuple(t.id for t in towns if draw.random() < 0.7) or (towns[0].id,),
            opex_eur_per_year=draw.choice((0, 0, 1_000, 2_500.5)),
            lifetime_years=draw.choice((None, 2, 4)),
            duration_months=draw.choice((None, 6, 12, 18, 30)),
            start_year=draw.choice((None, None, None, FIRST, FIRST + 1, FIRST + 3)),
            time_horizon=draw.choice(("", "short", "long")),
            staff_fte=draw.choice((None, 0.1, 0.25, 0.5, 1.0)),
            cost_key=draw.choice(("equal", "per_capita")),
            co_payer_pct=draw.choice((None, None, None, 20)),
            depends_on=(draw.choice(before),) if before and draw.random() < 0.3 else (),
            excludes=tuple(n for n in apart if n != name) if apart and name in apart else (),
        )


def worth_of(result: Result, task: PlanTask) -> dict[str, float]:
    """Points by measure, from the ratings."""
    found = dict.fromkeys((m.id for m in result.study.measures), 0.0)
    for row in result.study.ratings:
        found[row.measure] += SHARE[row.criterion] * (row.value - task.not_doing.get(row.criterion, 0))
    return found


def drawn_task(result: Result, seed: int) -> PlanTask:
    """A task with any mix of rules; amounts are drawn so that most tasks can be answered and most rules bite."""
    draw = Random(f"task {seed}")
    study = result.study
    names = [m.id for m in study.measures]
    total = sum(int(result.money[n].own_contribution) for n in names) or 1000
    asked: dict[str, Any] = {"grants": draw.choice(("as_ranked", "as_ranked", "sure", "possible"))}
    years = draw.choice((None, 2, 3))
    if years:
        asked |= {"years": years, "schedule": draw.random() < 0.6, "delay_pct": draw.choice((0, 10, 40))}
        asked |= {"carry_over": draw.random() < 0.5}
        if draw.random() < 0.15:
            asked["first_year"] = FIRST + draw.choice((-1, 1))
    asked |= _money_asked(draw, study, total, asked)
    if draw.random() < 0.3:
        asked["must"] = [draw.choice(names)]
    if draw.random() < 0.3:
        asked["never"] = [draw.choice(names)]
    if years and draw.random() < 0.3:
        first = asked.get("first_year", FIRST)
        who = draw.choice(study.measures)
        asked["starts"] = {who.id: max(who.start_year or first, first) + (draw.random() < 0.4)}
    if draw.random() < 0.3:
        asked["staff_fte"] = draw.choice((0.25, 0.6, 1.0, 1.5))
    if draw.random() < 0.3:
        asked["not_doing"] = {draw.choice(("relevance", "feasibility")): draw.choice((20, 50))}
    asked["numbers"] = list(_numbers_asked(draw, study))
    asked["synergies"] = [
        dict(zip(("a", "b"), draw.sample(names, 2), strict=True), points=draw.choice((-60, -25, 10, 35)))
        for _ in range(draw.choice((0, 0, 1, 2)))
    ]
    if draw.random() < 0.35:
        asked["ignore"] = draw.sample(list(_keys(study, asked)), 2)
    return task_from(asked)


def _money_asked(draw: Random, study: Study, total: int, asked: dict[str, Any]) -> dict[str, Any]:
    towns, years, found = [t.id for t in study.municipalities], asked.get("years"), {}
    first = asked.get("first_year", FIRST)

    def part(low: float, high: float) -> str:
        return f"{draw.uniform(low, high) * total:.2f}"

    if draw.random() < 0.5:
        found["budget_eur"] = part(0.05, 0.9)
    if draw.random() < 0.3:
        found["municipality_budgets_eur"] = {draw.choice(towns): part(0.05, 0.4)}
    if draw.random() < 0.3:
        found["pots_eur"] = {draw.choice(study.programmes).id: draw.choice((0, 5_000, 17_000, 44_000))}
    if draw.random() < 0.3:
        found["yearly_pots"] = [draw.choice(study.programmes).id]
    if not years:
        return found
    span = range(first, first + years)
    if draw.random() < 0.3:
        found["budget_by_year_eur"] = {y: part(0.05, 0.5) for y in span}
    if draw.random() < 0.3:
        found["municipality_budgets_by_year_eur"] = {draw.choice(towns): {y: part(0.02, 0.3) for y in span}}
    if draw.random() < 0.3:
        found["later_own_eur_per_year"] = draw.choice((500, 3_000, 20_000))
    return found


def _numbers_asked(draw: Random, study: Study) -> Iterator[dict[str, Any]]:
    kinds = [
        ("all", ""),
        ("start_at_once", ""),
        ("theme", draw.choice([m.theme for m in study.measures])),
        ("category", draw.choice([m.category for m in study.measures])),
        ("municipality", draw.choice(study.municipalities).id),
    ]
    for of, name in draw.sample(kinds, draw.choice((0, 0, 1, 2))):
        row: dict[str, Any] = {"of": of, "name": name}
        if draw.random() < 0.7:
            row |= {"least": draw.randint(1, 3), "soft": draw.random() < 0.5, "penalty": draw.choice((5, 40, 100))}
        if draw.random() < 0.5:
            row["most"] = max(draw.randint(1, 4), row.get("least", 0))
        if "least" in row or "most" in row:
            yield row


def _keys(study: Study, asked: dict[str, Any]) -> Iterator[str]:
    """What can be ignored: whole kinds of rules, and some single ones."""
    yield from ("budget", "municipality", "pot", "staff", "later", "requires", "excludes", "must", "never", "start")
    yield from ("mandatory", "least", "most", "least.theme")
    yield from (f"pot.{p.id}" for p in study.programmes)
    yield from (f"municipality.{t.id}" for t in study.municipalities)
    yield from (f"requires.{m.id}.{other}" for m in study.measures for other in m.depends_on)
    first = asked.get("first_year", FIRST)
    yield from (
        f"{key}.{first}" for key in ("budget", "staff", *(f"municipality.{t.id}" for t in study.municipalities))
    )
