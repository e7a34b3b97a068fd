"""Ratings, costs and grants that would be enough: closed forms, and what a whole evaluation says at every euro."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from mcda.evaluate import evaluate
from mcda.methods import method
from mcda.ranking import quantise
from mcda.result import Result
from mcda.robustness.cost_needed import _priced, cost_needed
from mcda.robustness.grant_needed import grant_needed
from mcda.robustness.outward import exponent_for, round_to, said, significant
from mcda.robustness.rating_needed import critical_cells, ratings_needed
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Programme, Rating, Study
from rated import rated
from small import CRITERIA, LEVELS, measure, small_study


def test_a_sum_needs_the_gap_divided_by_the_weight() -> None:
    result = rated([[0.4, 0.4, 0.5], [0.5, 0.5, 0.5]], [50, 30, 20], "weighted_sum")
    exact = {"c0": 0.4 + 0.08 / 0.5, "c1": 0.4 + 0.08 / 0.3, "c2": 0.5 + 0.08 / 0.2}
    for one in ratings_needed(result, "A0", "A1"):
        assert exact[one.criterion] <= one.level <= exact[one.criterion] + 0.1 * (exact[one.criterion] - one.now) + 1e-9


def test_closeness_needs_the_root_of_a_quadratic() -> None:
    """(1-t)^2 (q + w v^2) = t^2 (p + w (1-v)^2) with t the rival's closeness."""
    generator = np.random.default_rng(11)
    for _ in range(20):
        values, weights = generator.random((2, 4)), generator.dirichlet(np.ones(4))
        result = rated(values, (100 * weights).tolist())
        target, rival = result.ranking[1].measure, result.ranking[0].measure
        v, t = values[int(target[1])], result.ranking[0].score
        found = {one.criterion: one.level for one in ratings_needed(result, target, rival)}
        for j, w in enumerate(weights):
            others = np.arange(4) != j
            rest_near = weights[others] @ (1 - v[others]) ** 2
            rest_far = weights[others] @ v[others] ** 2
            a, b = w * ((1 - t) ** 2 - t**2), 2 * w * t**2
            c = (1 - t) ** 2 * rest_far - t**2 * (rest_near + w)
            roots = [float(x.real) for x in np.roots([a, b, c]) if abs(x.imag) < 1e-12 and v[j] < x.real <= 1]
            assert (f"c{j}" in found) == bool(roots)
            if roots:
                assert roots[0] - 1e-9 <= found[f"c{j}"] <= min(roots[0] + 0.1 * (roots[0] - v[j]) + 1e-3, 1)


def test_the_next_step_of_the_scale_is_told() -> None:
    result = evaluate(small_study())
    target = result.ranking[-1].measure
    for one in ratings_needed(result, target, result.ranking[-2].measure):
        assert one.step is not None
        assert one.level <= one.step < one.level + 1
        assert one.step in (1, 2, 3, 4, 5)
        row = result.matrix.measures.index(target)
        moved = with_rating(result.study, target, one.criterion, one.level)
        assert place(moved, target) < place(moved, result.ranking[-2].measure)
        assert one.share == pytest.approx((one.level - result.matrix.raw[row, column(result, one.criterion)]) / 4)


def column(result: Result, criterion: str) -> int:
    return result.matrix.leaves.index(criterion)


def with_rating(study: Study, target: str, criterion: str, level: float) -> Result:
    kept = tuple(r for r in study.ratings if (r.measure, r.criterion) != (target, criterion))
    again = Rating(measure=target, criterion=criterion, value=level)
    return evaluate(study.model_copy(update={"ratings": (*kept, again)}))


def place(result: Result, target: str) -> int:
    return next(line.rank for line in result.ranking if line.measure == target)


def test_a_tie_is_parted_by_the_smallest_step_that_is_said() -> None:
    result = rated([[0.4, 0.6], [0.6, 0.4]], [50, 50], "weighted_sum")
    found = {one.criterion: one.level for one in ratings_needed(result, "A0", "A1")}
    assert found == {"c0": 0.4001, "c1": 0.6001}


def test_a_rating_where_less_is_better_falls() -> None:
    noise = Criterion(id="noise", label_de="Lärm", sense="min", best=0, worst=100, step=5, weight=50)
    other = Criterion(id="use", label_de="Nutzen", best=5, worst=1, step=1, weight=50)
    levels = {("M1", "noise"): 60, ("M1", "use"): 3, ("M2", "noise"): 30, ("M2", "use"): 3}
    ratings = tuple(Rating(measure=m, criterion=c, value=v) for (m, c), v in levels.items())
    study = small_study(criteria=(noise, other), measures=(measure("M1", 1), measure("M2", 1)), ratings=ratings)
    found = {one.criterion: one for one in ratings_needed(evaluate(study), "M1", "M2")}
    assert 27 <= found["noise"].level < 30
    assert found["noise"].step == 25


@pytest.mark.parametrize("name", ["topsis", "weighted_sum", "weighted_product"])
def test_every_critical_cell_changes_places_there_and_not_before(name: str) -> None:
    result = evaluate(small_study(criteria=CRITERIA[:4]), Scenario(method=name))
    cells = critical_cells(result)
    assert len(cells) == len(result.ranking) * 3
    assert any(cell.rise is not None for cell in cells)
    assert any(cell.fall is not None for cell in cells)
    for cell in cells:
        for level, rival, up in ((cell.rise, cell.overtakes, True), (cell.fall, cell.overtaken_by, False)):
            assert (level is None) == (rival == "")
            if level is None:
                continue
            for share, changed in ((1.0, True), (0.9, False)):
                scores = rescored(result, cell.measure, cell.criterion, cell.now + share * (level - cell.now))
                mine, other = (scores[result.matrix.measures.index(m)] for m in (cell.measure, rival))
                assert ((mine > other) if up else (mine < other)) == changed


def rescored(result: Result, target: str, criterion: str, level: float) -> np.ndarray:
    values = result.matrix.values.copy()
    values[result.matrix.measures.index(target), column(result, criterion)] = (level - 1) / 4
    return quantise(method(result.method).score(replace(result.matrix, values=values), result.weights.leaf[None, :])[0])


def test_methods_that_compare_with_the_others_offer_nothing() -> None:
    result = evaluate(small_study(), Scenario(method="topsis_vector"))
    behind, ahead = result.ranking[-1].measure, result.ranking[0].measure
    assert ratings_needed(result, behind, ahead) == ()
    assert critical_cells(result) == ()
    assert cost_needed(result, behind, ahead) is None
    assert grant_needed(result, behind, ahead) is None


PROGRAMME = Programme(
    id="P1",
    name="Programm",
    rate_pct=Decimal(60),
    vat_rule="gross",
    min_eligible_cost_eur=Decimal(150_000),
    valid_from=date(2024, 1, 1),
    valid_to=date(2026, 12, 31),
)
PAID = tuple(measure(m, 300_000 if m == "M2" else level[3], funding_candidates=("P1",)) for m, level in LEVELS.items())


def granted(**changes: object) -> Study:
    """M2 costs 300,000 EUR; a programme pays 60 % from 150,000 EUR on, so that below it the grant is lost."""
    return small_study(programmes=(PROGRAMME,), measures=PAID, **changes)


def at_cost(study: Study, cost: float, name: str = "M2") -> Result:
    changed = tuple(
        m.model_copy(update={"capex_eur": Decimal(str(cost))}) if m.id == name else m for m in study.measures
    )
    return evaluate(study.model_copy(update={"measures": changed}))


@pytest.mark.parametrize("weight", [20, 45])
def test_the_highest_cost_that_is_enough_as_found_by_trying_every_two_thousand(weight: float) -> None:
    criteria = tuple(c.model_copy(update={"weight": weight}) if c.id in ("cost", "funding") else c for c in CRITERIA)
    study = granted(criteria=criteria)
    result = evaluate(study)
    assert result.money["M2"].grant > 0
    assert at_cost(study, 140_000).money["M2"].grant == 0
    found = cost_needed(result, "M2", "M3")
    enough = [c for c in range(298_000, 2_000, -2_000) if ahead(at_cost(study, c), "M2", "M3")]
    assert found is not None
    assert found.now == 300_000
    assert enough[0] - 2_000 <= found.cost < enough[0] + 2_000
    assert ahead(at_cost(study, found.cost), "M2", "M3")
    gaps = [low for high, low in pairwise(enough) if high - low > 2_000]
    assert bool(gaps) == (found.floor is not None)
    if found.floor is not None:  # from 150,000 EUR on there is a grant; further down the cost alone is low enough again
        assert weight == 45
        assert found.floor == 150_000
        assert ahead(at_cost(study, found.floor), "M2", "M3")
        assert not ahead(at_cost(study, found.floor - 1), "M2", "M3")


def ahead(result: Result, target: str, rival: str) -> bool:
    scores = {line.measure: line.score for line in result.ranking}
    return scores[target] > scores[rival]


def test_a_measure_alone_has_the_same_values_as_in_its_study() -> None:
    result = evaluate(granted())
    for name in LEVELS:
        priced = _priced(result.study, result.study.study.as_of, (), name)
        row = priced.row(float(result.money[name].life_cycle_gross))
        np.testing.assert_allclose(row[0], result.matrix.values[result.matrix.measures.index(name)], atol=1e-12)


def test_who_names_no_programme_gets_none_though_it_is_looked_at_alone() -> None:
    unnamed = tuple(m.model_copy(update={"funding_candidates": ()}) if m.id == "M2" else m for m in PAID)
    study = small_study(programmes=(PROGRAMME,), measures=unnamed)
    priced = _priced(study, study.study.as_of, (), "M2")
    assert priced.row(300_000.0)[0, study.leaves.index("funding")] == 0


def test_the_grant_needed_is_enough_and_nine_tenths_of_it_are_not() -> None:
    result = evaluate(small_study())
    found = 0
    for behind in result.ranking[1:]:
        rival = result.ranking[behind.rank - 2].measure
        needed = grant_needed(result, behind.measure, rival)
        if needed is None:
            continue
        found += 1
        cost = float(result.money[behind.measure].life_cycle_gross)
        assert 0 < needed.grant <= cost
        assert needed.share == pytest.approx(min(needed.grant / cost / 0.9, 1))
        for share, enough in ((1.0, True), (0.9, False)):
            values = result.matrix.values.copy()
            worth = min(share * needed.grant / cost / 0.9, 1)
            values[result.matrix.measures.index(behind.measure), column(result, "funding")] = worth
            scores = method("topsis").score(replace(result.matrix, values=values), result.weights.leaf[None, :])[0]
            by_name = dict(zip(result.matrix.measures, scores, strict=True))
            assert (by_name[behind.measure] > by_name[rival]) == enough
    assert found


def test_a_grant_also_counts_through_the_own_contribution() -> None:
    own = CRITERIA[4].model_copy(update={"id": "own", "quantity": "own_contribution_eur"})
    study = small_study(criteria=(*CRITERIA[:4], own))
    result = evaluate(study)
    behind, rival = result.ranking[1].measure, result.ranking[0].measure
    needed = grant_needed(result, behind, rival)
    if needed is not None:
        cost = float(result.money[behind].life_cycle_gross)
        assert ahead(at_cost(study, cost - needed.grant, behind), behind, rival)


def test_no_weight_on_money_means_no_step_through_money() -> None:
    criteria = tuple(c.model_copy(update={"weight": 0}) if c.id in ("cost", "funding") else c for c in CRITERIA)
    result = evaluate(small_study(criteria=criteria))
    behind, rival = result.ranking[-1].measure, result.ranking[0].measure
    assert cost_needed(result, behind, rival) is None
    assert grant_needed(result, behind, rival) is None


def test_an_unknown_cost_has_no_step_through_money() -> None:
    nothing = {"capex_eur": None, "opex_eur_per_year": None}
    unknown = tuple(m.model_copy(update=nothing) if m.id == "M4" else m for m in small_study().measures)
    result = evaluate(small_study(measures=unknown))
    assert cost_needed(result, "M4", "M1") is None
    assert grant_needed(result, "M4", "M1") is None


def test_figures_are_rounded_to_the_side_on_which_they_are_true() -> None:
    assert round_to(6.13, -1, up=True) == 6.2
    assert round_to(6.2, -1, up=True) == 6.2
    assert round_to(419_900.0, 3, up=False) == 419_000
    assert significant(423_456.0) == 3
    assert significant(99.9) == -1
    assert exponent_for(6.2, -1, -3) == -1
    assert exponent_for(0.5, -1, -3) == -2
    assert exponent_for(0.0, -1, -3) == -3
    assert said(3.31, 3.0, 5.0, -1, -4, lambda level: level >= 3.31) == 3.34 - 0.03
    assert said(4.96, 3.0, 5.0, -1, -4, lambda level: level >= 4.97) == 5.0
    assert said(4.96, 3.0, 5.0, -1, -4, lambda level: False) is None
