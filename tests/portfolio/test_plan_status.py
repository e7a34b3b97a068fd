"""Never more certain than proven; and tasks that no plan can answer, with the culprits by name in both languages."""

import math
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import scipy.optimize

from drawn import drawn_study, drawn_task
from hand_made import FIRST_YEAR, pays, ranked, study_of, work
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.portfolio import Plan, PlanTask, plan, relaxations, task_from
from mcda.portfolio.solve import OPTIMAL
from mcda.result import Result
from mcda.study.measure import Measure

real_milp = scipy.optimize.milp


@cache
def lumpy(count: int = 40, years: int = 5) -> tuple[Result, PlanTask]:
    """Lumps of very different size over rigid years: what takes a solver longest."""
    draw = np.random.default_rng(11)
    measures = [
        work(
            f"M{n:02d}",
            round(float(draw.lognormal(11, 1.2)), 2),
            duration_months=int(draw.integers(6, 37)),
            opex_eur_per_year=int(draw.integers(0, 4000)),
            lifetime_years=5,
        )
        for n in range(count)
    ]
    worth = {m.id: int(draw.integers(20, 100)) for m in measures}
    result = ranked(measures, worth)
    budgets = {FIRST_YEAR + n: 160_000 for n in range(years)}
    by_town = {town: dict.fromkeys(budgets, 90000) for town in ("AAA", "BBB")}
    return result, task_from(
        {
            "years": years,
            "schedule": True,
            "carry_over": False,
            "budget_by_year_eur": budgets,
            "municipality_budgets_by_year_eur": by_town,
        }
    )


def honest(made: Plan) -> None:
    """What every plan keeps, however short the time was."""
    if not made.solved:
        assert made.status in ("infeasible", "no_answer")
        assert [finding.code for finding in made.findings] == [f"plan_{made.status}"]
        return
    reached = made.value - sum(one.points for one in made.missed)
    assert made.bound >= reached - 1e-6
    open_part = made.bound - reached
    share = open_part / made.value if made.value > 0 else math.inf
    assert made.gap == pytest.approx(share if open_part > 1e-6 else 0, rel=1e-9)
    assert (made.status == "optimal") == (made.gap <= OPTIMAL)
    told = {finding.code: finding for finding in made.findings}
    assert ("plan_not_proven" in told) == (made.status == "feasible")
    if made.status == "feasible":
        assert float(told["plan_not_proven"].params["percent"]) >= min(100 * made.gap, 100) - 1e-9


@pytest.mark.parametrize("seconds", [1e-6, 0.02, 0.3])
def test_a_hard_plan_cut_short_says_how_far_it_may_be_from_the_best(seconds: float) -> None:
    result, task = lumpy()
    made = plan(result, task, seconds=seconds)
    assert made.status == "feasible"
    honest(made)


@pytest.mark.long
def test_no_longer_search_beats_the_bound_of_a_shorter_one() -> None:
    result, task = lumpy()
    plans = [plan(result, task, seconds=seconds) for seconds in (0.02, 0.3, 2, 20)]
    for made in plans:
        honest(made)
    assert min(made.bound for made in plans) >= max(made.value for made in plans) - 1e-6


@pytest.mark.parametrize("gap", [0.0, 0.5, 0.05])
def test_a_search_that_may_stop_early_says_where_it_stopped(gap: float) -> None:
    result, task = lumpy(12, 2)
    made = plan(result, task, seconds=60, gap=gap)
    honest(made)
    assert made.gap <= max(gap, 1e-6)


@pytest.mark.parametrize("number", range(12))
def test_drawn_tasks_cut_short_are_told_honestly(number: int) -> None:
    result = drawn_study(number)
    for attempt in range(3):
        with suppress(InputError):
            honest(plan(result, drawn_task(result, 9_000 + 10 * number + attempt), seconds=1e-6))


Spoil = Callable[[Any], None]


def answers_spoilt(monkeypatch: pytest.MonkeyPatch, spoil: Spoil) -> None:
    """Hand every answer of the solver on with something else in it."""

    def spoilt(*asked: Any, **more: Any) -> SimpleNamespace:
        found = real_milp(*asked, **more)
        answer = SimpleNamespace(x=found.x, status=found.status, mip_dual_bound=found.mip_dual_bound)
        spoil(answer)
        return answer

    monkeypatch.setattr(scipy.optimize, "milp", spoilt)


@pytest.mark.parametrize(
    ("open_share", "status"), [(0.0, "optimal"), (0.99e-4, "optimal"), (1.01e-4, "feasible"), (0.0083, "feasible")]
)
def test_optimal_is_said_up_to_a_ten_thousandth(
    open_share: float, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the solver calls its answer: what counts is the gap between value and bound."""

    def further(answer: Any) -> None:
        answer.mip_dual_bound *= 1 + open_share

    answers_spoilt(monkeypatch, further)
    made = plan(ranked([work("A"), work("B")], {"A": 60, "B": 40}), task_from({"budget_eur": 1000}))
    assert made.status == status
    assert made.gap == pytest.approx(open_share, rel=1e-3)
    honest(made)
    if open_share == 0.0083:
        (told,) = [finding for finding in made.findings if finding.code == "plan_not_proven"]
        assert told.sentence("de") == "plan: Bester gefundener Plan, höchstens 0,9 % unter dem Optimum."


def test_without_a_bound_nothing_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    def unbound(answer: Any) -> None:
        answer.mip_dual_bound, answer.status = None, 1

    answers_spoilt(monkeypatch, unbound)
    made = plan(ranked([work("A"), work("B")], {"A": 60, "B": 40}), task_from({"budget_eur": 1000}))
    assert (made.status, made.measures) == ("feasible", ("A",))
    assert float(made.findings[0].params["percent"]) == 100


def test_without_an_answer_there_is_the_rule_of_thumb_and_nothing_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(answer: Any) -> None:
        answer.x, answer.mip_dual_bound, answer.status = None, None, 1

    answers_spoilt(monkeypatch, silent)
    result = ranked([work("A", 500), work("B")], {"A": 60, "B": 100})
    made = plan(result, task_from({"budget_eur": 1000}))
    assert (made.status, made.measures) == ("feasible", ("A",))
    two = {"of": "theme", "name": "digital", "least": 2}
    none = plan(result, task_from({"years": 1, "budget_by_year_eur": {FIRST_YEAR: 1000}, "numbers": [two]}))
    assert none.status == "no_answer"
    honest(none)


def test_only_what_is_proven_to_be_impossible_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, status in ((2, "infeasible"), (1, "no_answer"), (4, "no_answer")):

        def silent(answer: Any, code: int = code) -> None:
            answer.x, answer.status = None, code

        answers_spoilt(monkeypatch, silent)
        two = {"years": 1, "budget_by_year_eur": {FIRST_YEAR: 1000}, "numbers": [{"least": 2}]}
        assert plan(ranked([work("A"), work("B")]), task_from(two)).status == status


def chain() -> list[Measure]:
    return [work("A-01", depends_on=("B-02",)), work("B-02", depends_on=("C-03",)), work("C-03")]


ASKED: dict[str, tuple[Callable[[], list[Measure]], Mapping[str, Any], tuple[str, ...]]] = {
    "in and out": (lambda: [work("A-01")], {"must": ["A-01"], "never": ["A-01"]}, ("A-01",)),
    "needs what is out, two steps on": (chain, {"must": ["A-01"], "never": ["C-03"]}, ("A-01", "C-03")),
    "both of two that exclude each other": (
        lambda: [work("A-01", excludes=("B-02",)), work("B-02", excludes=("A-01",))],
        {"must": ["A-01", "B-02"]},
        ("A-01", "B-02"),
    ),
    "needs what excludes another": (
        lambda: [work("A-01", depends_on=("B-02",)), work("B-02"), work("C-03", excludes=("B-02",))],
        {"must": ["A-01", "C-03"]},
        ("B-02", "C-03"),
    ),
    "mandatory and out": (lambda: [work("A-01", mandatory=True), work("B-02")], {"never": ["A-01"]}, ("A-01",)),
    "mandatory and too dear": (
        lambda: [work("A-01", 90_000, mandatory=True), work("B-02")],
        {"budget_eur": 50_000},
        ("A-01", r"90[.,]000", r"50[.,]000"),
    ),
    "mandatory and too dear for one": (
        lambda: [work("A-01", 90_000, mandatory=True), work("B-02")],
        {"municipality_budgets_eur": {"BBB": 44_000}},
        ("A-01", "BBB", r"45[.,]000", r"44[.,]000"),
    ),
    "decided and mandatory together too dear": (
        lambda: [work("A-01", 30_000, mandatory=True), work("B-02", 30_000)],
        {"budget_eur": 50_000, "must": ["B-02"]},
        ("A-01", "B-02", r"60[.,]000"),
    ),
    "must of unknown cost": (lambda: [work("A-01", None), work("B-02")], {"must": ["A-01"]}, ("A-01", "Kosten|cost")),
    "must that is done": (lambda: [work("A-01", status="done"), work("B-02")], {"must": ["A-01"]}, ("A-01", "um|done")),
    "must that starts later": (
        lambda: [work("A-01", start_year=FIRST_YEAR + 9), work("B-02")],
        {"must": ["A-01"], "years": 2},
        ("A-01", "erst nach|after"),
    ),
    "must needs what cannot be planned": (
        lambda: [work("A-01", depends_on=("B-02",)), work("B-02", knock_out="Moor")],
        {"must": ["A-01"]},
        ("A-01", "B-02", "Vergleich|comparison"),
    ),
    "a start that cannot be": (
        lambda: [work("A-01", start_year=FIRST_YEAR + 1)],
        {"years": 2, "starts": {"A-01": FIRST_YEAR}},
        ("A-01", "2026", "2027"),
    ),
    "more than there are": (
        chain,
        {"numbers": [{"of": "theme", "name": "digital", "least": 4}]},
        ("digital", "4", "3"),
    ),
    "at least above at most": (chain, {"numbers": [{"least": 3, "most": 2}]}, ("3", "2")),
    "a year nobody plans": (chain, {"years": 2, "budget_by_year_eur": {2031: 5}}, ("2031", "2026 … 2027")),
    "a year without an amount": (chain, {"years": 2, "budget_by_year_eur": {2026: 5}}, ("2027",)),
    "an unknown measure": (chain, {"must": ["B-2"]}, ("B-2", "B-02")),
    "less than nothing": (chain, {"budget_eur": -1}, ("-1|−1", "budget_eur", "0")),
    "less than nothing in a year": (
        chain,
        {"years": 1, "budget_by_year_eur": {2026: -5}},
        ("-5|−5", "budget_by_year_eur", "2026"),
    ),
    "less than nothing for one": (chain, {"municipality_budgets_eur": {"AAA": -5}}, ("-5|−5", "AAA")),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_what_cannot_be_asked_names_the_culprits(name: str, language: str) -> None:
    measures, asked, named = ASKED[name]
    result = ranked(measures())
    with pytest.raises(InputError) as caught:
        plan(result, task_from(asked))
    sentences = [issue.sentence(language) for issue in caught.value.issues]
    assert len(sentences) == len(set(sentences)) == 1
    for part in named:
        assert re.search(part, sentences[0]), sentences
    assert not re.search(r"starts_later|cost_unknown|[{}]", sentences[0])


def test_needs_in_a_circle_are_refused_before_any_plan() -> None:
    measures = [
        work("A-01", depends_on=("B-02",)),
        work("B-02", depends_on=("C-03",)),
        work("C-03", depends_on=("A-01",)),
    ]
    with pytest.raises(InputError) as caught:
        evaluate(study_of(measures))
    for language in LANGUAGES:
        sentence = caught.value.issues[0].sentence(language)
        assert sentence.count("→") == 3
        assert all(name in sentence for name in ("A-01", "B-02", "C-03", "depends_on"))


@pytest.mark.parametrize("ignore", ["must", "must.A-01", "never", "never.A-01"])
def test_a_decision_that_is_ignored_contradicts_nothing(ignore: str) -> None:
    asked = {"must": ["A-01"], "never": ["A-01"], "ignore": [ignore]}
    made = plan(ranked([work("A-01")]), task_from(asked))
    assert made.measures == (() if ignore.startswith("must") else ("A-01",))


def test_a_mandatory_task_dearer_than_the_years_have_is_named_by_what_would_help() -> None:
    """Yearly budgets: no single amount says that it cannot be, so the smallest changes do."""
    result = ranked([work("A-01", 9000, mandatory=True), work("B-02")], None, pays("P", 50, themes=("mobility",)))
    task = task_from({"years": 2, "budget_by_year_eur": {FIRST_YEAR: 8000, FIRST_YEAR + 1: 500}})
    made = plan(result, task)
    assert made.status == "infeasible"
    honest(made)
    changes = {one.key: (one.kind, one.needed) for one in relaxations(result, task)}
    assert changes == {"mandatory.A-01": ("drop", 0.0), "budget": ("raise", 1000.0)}
