"""Plans under budgets: how soon there is one, how soon it is near the best, and what value per euro would lose.

    python benchmarks/portfolio.py [--measures 40 200] [--seconds 5 20] [--points 50] [--no-peers]

A study is drawn by a seeded generator: invented members and measures that cost as such measures do (see regions.py),
the criteria and the 28 grant programmes of the example, each with a pot; a tenth of the measures needs another one, a
tenth excludes one, a tenth is worth more or less with another. `plain`: one joint budget for all own money, pots,
minimums. `years`: five planned years, starts are chosen, a joint budget a year with carry-over, a ceiling for each
member. Once more `cells`: a budget for each member in each year, the hardest kind.

`first_s` and `percent_s` are the seconds until the solver had a first plan worth anything and one at most 1 % below the
bound (-1: not within the time); `gap_5`, `gap_20` what was left open then, in per cent; `ratio_loss` what value per
euro of own money reaches less, in per cent of the best found, missed minimums taken off (`_points`: without them). The
frontier has 50 budgets, without years.

pyDecision's PROMETHEE V knows one budget and nothing else, so it is asked with one budget alone, for the smallest size,
in an environment of its own below .bench/ made by this program ('not installed' where that cannot be had). It maximises
the sum of net flows; with linear preferences over the whole scale a flow is a measure's value less the mean. So both
are told: points, and its own goal as a share of what is possible. Last line: one JSON object.
"""

import argparse
import ctypes
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import scipy.optimize
from regions import members_of, new_measure
from smaa import environment

from mcda.evaluate import evaluate
from mcda.portfolio import PlanTask, frontier, plan, task_from
from mcda.portfolio.plan import best
from mcda.portfolio.ratio import ratio_columns
from mcda.portfolio.ready import prepare
from mcda.portfolio.solve import search, solved_by
from mcda.portfolio.values import benefit_leaves, benefit_values, benefit_weights, plan_values
from mcda.result import Result
from mcda.study.measure import Measure
from mcda.study.model import Rating, Study
from mcda.study.read import read_study

EXAMPLE = Path(__file__).resolve().parents[1] / "data" / "nordallianz"
MEMBERS, YEARS, SEED = 8, 5, 7
BUDGET_SHARE = 0.3
"""What there is, of what everything would cost the members."""

PROMETHEE_V = """
import contextlib, io, json, sys, time
import numpy as np
from pyDecision.algorithm import promethee_v
asked = json.load(sys.stdin)
x = np.array(asked["values"]); n = x.shape[1]
np.random.seed(7)
started = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    found = promethee_v(x, W=asked["weights"], Q=[0] * n, S=[1] * n, P=[1] * n, F=["t3"] * n, sort=False,
                        criteria=len(x), cost=asked["cost"], budget=asked["budget"], verbose=False)
took = time.perf_counter() - started
print(json.dumps({"seconds": took, "flow": found[:, 1].tolist(), "chosen": found[:, 2].tolist()}))
"""


def main() -> None:
    """Solve every size and kind and print a table for people and a line for machines."""
    parser = argparse.ArgumentParser(description="Time plans under budgets.")
    parser.add_argument("--measures", type=int, nargs="+", default=[40, 200])
    parser.add_argument("--seconds", type=float, nargs="+", default=[5.0, 20.0])
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    template, figures = read_study(EXAMPLE), {}
    for count in options.measures:
        result = evaluate(drawn(template, count))
        tasks = asked(result)
        for kind, task in tasks.items():
            told = solved(result, task, options.seconds)
            figures |= {f"{kind}_{count}_{name}": figure for name, figure in told.items()}
            print(f"{kind:6} {count:4}  " + "  ".join(f"{name} {figure:g}" for name, figure in told.items()))
        figures |= {
            f"frontier_{count}_{k}": v for k, v in drawn_frontier(result, tasks["plain"], options.points).items()
        }
        if not options.no_peers and count == min(options.measures):
            figures |= {f"promethee_v_{count}_{name}": v for name, v in beside(result).items()}
    ctypes.CDLL(None).fflush(None)  # what the solver still has to say comes before the last line
    for name, figure in figures.items():
        print(f"{name:32} {figure if isinstance(figure, str) else format(figure, '12,.6g'):>14}")
    print(json.dumps(figures))


def drawn(template: Study, count: int) -> Study:
    """The study of so many measures; the same for the same number."""
    draw = np.random.default_rng([SEED, count])
    members = members_of(template, draw, "R00", MEMBERS)
    measures = [new_measure(template, members, draw, n) for n in range(count)]
    measures = [_more(m, measures, draw) for m in measures]
    given = [leaf for leaf in template.leaves if template.criterion_by_id[leaf].kind == "given"]
    ratings = (
        Rating(measure=m.id, criterion=leaf, value=float(draw.integers(1, 6))) for m in measures for leaf in given
    )
    pots = (Decimal(round(float(draw.uniform(4e5, 2e6)), -3)) * max(count // 40, 1) for _ in template.programmes)
    return template.model_copy(
        update={
            "municipalities": members,
            "measures": tuple(measures),
            "ratings": tuple(ratings),
            "programmes": tuple(
                p.model_copy(update={"pot_eur": pot}) for p, pot in zip(template.programmes, pots, strict=True)
            ),
            **dict.fromkeys(("eligibility", "stakeholders", "judgements", "weights"), ()),
        }
    )


def _more(measure: Measure, measures: list[Measure], draw: np.random.Generator) -> Measure:
    """What it needs (an earlier one), what it excludes (a later one), and the people it takes."""
    at, last = measures.index(measure), len(measures) - 1
    more: dict[str, Any] = {"staff_fte": round(float(draw.uniform(0.1, 0.8)), 1)}
    if at and draw.random() < 0.1:
        more["depends_on"] = (measures[int(draw.integers(at))].id,)
    elif 2 * at < last and draw.random() < 0.2:
        more["excludes"] = (measures[int(draw.integers(last - at // 2, last + 1))].id,)
    return measure.model_copy(update=more)


def asked(result: Result) -> dict[str, PlanTask]:
    """The tasks by kind: budgets are BUDGET_SHARE of what everything would cost."""
    study, draw = result.study, np.random.default_rng([SEED, 1])
    names = [m.id for m in study.measures]
    own = sum((money.own_contribution for money in result.money.values()), Decimal(0))
    budget = (own * Decimal(str(BUDGET_SHARE))).quantize(Decimal(1))
    by_member: dict[str, Decimal] = {}
    for money in result.money.values():
        for who, share in money.shares.items():
            by_member[who] = by_member.get(who, Decimal(0)) + share
    pairs = [draw.choice(names, 2, replace=False) for _ in range(len(names) // 10)]
    common: dict[str, Any] = {
        "numbers": [
            *({"of": "theme", "name": t.id, "least": len(names) // 20, "soft": True} for t in study.themes),
            {"of": "start_at_once", "least": len(names) // 10},
        ],
        "synergies": [{"a": a, "b": b, "points": int(draw.choice((-20, 15, 30)))} for a, b in pairs],
        "staff_fte": 0.15 * len(names),
    }
    first = study.study.as_of.year + 1
    by_year = {**common, "years": YEARS, "schedule": True}
    span = range(first, first + YEARS)
    return {
        "plain": task_from({**common, "budget_eur": budget}),
        "years": task_from(
            {
                **by_year,
                "budget_by_year_eur": dict.fromkeys(span, budget // YEARS),
                "municipality_budgets_eur": {w: int(float(a) * BUDGET_SHARE * 1.1) for w, a in by_member.items()},
            }
        ),
        "cells": task_from(
            {
                **by_year,
                "carry_over": False,
                "municipality_budgets_by_year_eur": {
                    w: dict.fromkeys(span, int(float(a) * BUDGET_SHARE) // YEARS) for w, a in by_member.items()
                },
            }
        ),
    }


def solved(result: Result, task: PlanTask, limits: list[float]) -> dict[str, float]:
    """One task: its size, how the search went, what was open at each limit, what the rule of thumb loses."""
    ready, built = timed(lambda: prepare(result, task))
    with told() as lines:
        search(ready.problem, -ready.problem.worth, ready.problem.rows, max(limits), 1e-4)
    steps = list(_steps(lines))
    found = {
        "columns": len(ready.problem.worth),
        "rows": len(ready.problem.rows),
        "build_s": built,
        "first_s": next((at for at, reached, _ in steps if reached < 0), -1.0),
        "percent_s": next((at for at, _, gap in steps if gap <= 1.0), -1.0),
    }
    for limit in sorted(limits):
        made, took = timed(lambda limit=limit: best(ready, seconds=limit, gap=1e-4, cheapest=False))
        found |= {f"gap_{limit:g}": round(100 * made.gap, 3), f"took_{limit:g}": took}
    x = ratio_columns(ready)
    if x is not None:
        rule = solved_by(ready.problem, x, math.inf)
        found["ratio_loss"] = round(100 * (1 - rule.objective / made.objective), 2)
        found["ratio_loss_points"] = round(100 * (1 - rule.value / made.value), 2)
    return found


def drawn_frontier(result: Result, task: PlanTask, points: int) -> dict[str, float]:
    """Value against own money: the whole curve."""
    found, took = timed(lambda: frontier(result, task, points=points))
    return {
        "points": len(found.points),
        "seconds": took,
        "largest_gap": round(100 * max(point.gap for point in found.points), 3),
        "largest_ratio_loss": round(100 * found.largest_loss, 2),
    }


def beside(result: Result) -> dict[str, float | str]:
    """One budget and nothing else, asked of both."""
    own = [float(result.money[m.id].own_contribution) for m in result.study.measures]
    budget = round(BUDGET_SHARE * sum(own))
    task = task_from({"budget_eur": budget, "pots_eur": {}, "ignore": ["pot", "requires", "excludes"]})
    made, took = timed(lambda: plan(result, task))
    figures: dict[str, float | str] = {"our_value": round(made.value, 2), "our_seconds": took}
    kept = benefit_leaves(result.study)
    request = {
        "values": benefit_values(result)[:, kept].tolist(),
        "weights": benefit_weights(result)[kept].tolist(),
        "cost": own,
        "budget": budget,
    }
    try:
        python = environment("pyDecision", "pyDecision>=5")
    except (subprocess.CalledProcessError, OSError):
        return figures | {"status": "not installed"}
    done = subprocess.run(
        [python, "-c", PROMETHEE_V], input=json.dumps(request), capture_output=True, text=True, check=True
    )
    theirs = json.loads(done.stdout.splitlines()[-1])
    chosen = np.array(theirs["chosen"]) > 0.5
    points, flow = np.array(list(plan_values(result, {}).values())), np.array(theirs["flow"])
    return figures | {
        "value": round(float(points[chosen].sum()), 2),
        "seconds": round(theirs["seconds"], 2),
        "over_budget_eur": max(round(float(np.array(own)[chosen].sum()) - budget), 0),
        "own_goal_percent": round(100 * float(flow[chosen].sum()) / _most(flow, own, budget), 1),
    }


def _most(worth: np.ndarray, cost: list[float], budget: float) -> float:
    """The most a knapsack of these holds."""
    limit = scipy.optimize.LinearConstraint(np.array(cost)[None, :] / 1000, -np.inf, budget / 1000)
    found = scipy.optimize.milp(-worth, constraints=limit, integrality=np.ones(len(worth)), bounds=(0, 1))
    return float(-found.fun)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    found = work()
    return found, round(time.perf_counter() - started, 2)


@contextmanager
def told() -> Iterator[list[str]]:
    """What the solver says of its search, line by line; it writes past Python, to the process's own output."""
    real, lines = scipy.optimize.milp, []

    def loud(*parts: Any, options: Mapping[str, Any], **more: Any) -> Any:
        return real(*parts, options={**options, "disp": True}, **more)

    sys.stdout.flush()
    kept = os.dup(1)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 1)
        scipy.optimize.milp = loud
        try:
            yield lines
        finally:
            scipy.optimize.milp = real
            ctypes.CDLL(None).fflush(None)
            os.dup2(kept, 1)
            os.close(kept)
            file.seek(0)
            lines += file.read().decode(errors="replace").splitlines()


def _steps(lines: list[str]) -> Iterator[tuple[float, float, float]]:
    """Seconds, the best plan's objective (to be minimised) and the gap in per cent, from the solver's table."""
    row = re.compile(r"\s(\S+)\s+(\S+)\s+(Large|inf|[\d.]+%)(?:\s+\d+){4}\s+([\d.]+)s$")
    for line in lines:
        if found := row.search(line):
            gap = found[3].rstrip("%")
            yield float(found[4]), float(found[2]), float(gap) if gap[0].isdigit() else float("inf")


if __name__ == "__main__":
    main()
