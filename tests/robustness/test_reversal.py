"""Rank reversal: none on fixed bounds, Belton & Gear's by shares of the list, the others against lists ranked anew."""

from dataclasses import replace

import numpy as np
import pytest

from example import ranked_example
from mcda.checks.list_probes import Change, changes
from mcda.checks.order import rank_reversal
from mcda.errors import InputError, MethodError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.methods import METHODS, Method, method
from mcda.methods.from_pymcdm import ON_BOUNDS
from mcda.methods.topsis import topsis_minmax, topsis_vector
from mcda.report.exhibits.reversal_table import reversal_table
from mcda.result import Array, DecisionMatrix, Result
from mcda.robustness.reversal import RankReversal, rank_reversals
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Study
from problems import case, decision_matrix
from small import CRITERIA, small_study

KERNELS = {"topsis_vector": topsis_vector, "topsis_minmax": topsis_minmax}


@pytest.fixture(scope="module")
def example() -> Result:
    return ranked_example()


@pytest.fixture(scope="module")
def found(example: Result) -> dict[str, RankReversal]:
    return {one.method: one for one in rank_reversals(example)}


def rated(best: float, worst: float, count: int) -> Study:
    """A study with criteria c0, c1, ... on one scale; its measures do not matter here."""
    criteria = tuple(Criterion(id=f"c{j}", label_de=f"c{j}", best=best, worst=worst) for j in range(count))
    return small_study(criteria=criteria)


# ---- no reversal on fixed bounds ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["topsis", "weighted_sum", "weighted_product", *(f"pymcdm:{n}" for n in sorted(ON_BOUNDS))]
)
def test_on_fixed_bounds_no_list_changes_an_order(name: str) -> None:
    """What is told 'by construction' is so when it is tried all the same."""
    rng = np.random.default_rng(12)
    for _ in range(3):
        matrix = decision_matrix(rng.uniform(0.05, 0.95, (7, 3)))
        tried = list(changes(rated(1, 0, 3), method(name), matrix, rng.dirichlet(np.ones(3))))
        assert len(tried) == 10
        assert not any(one.swapped or one.first_moved for one in tried)


def test_methods_on_fixed_bounds_are_told_without_a_trial(found: dict[str, RankReversal]) -> None:
    told = {name for name, one in found.items() if one.by_construction}
    assert told == {"topsis", "weighted_sum", "weighted_product"}
    assert all((found[name].tried, found[name].changed, found[name].share) == (0, 0, 0.0) for name in told)


# ---- reversal where the list is the scale ---------------------------------------------------------------------------


def by_shares(matrix: DecisionMatrix, weights: Array) -> Array:
    """AHP's distributive mode: every column divided by its sum."""
    return np.asarray(weights @ (matrix.raw / matrix.raw.sum(axis=0)).T)


def by_the_best(matrix: DecisionMatrix, weights: Array) -> Array:
    """AHP's ideal mode: every column divided by its maximum."""
    return np.asarray(weights @ (matrix.raw / matrix.raw.max(axis=0)).T)


def copied(score: object) -> Change:
    example = case("rank_reversal_belton_gear")
    matrix = decision_matrix(example["inputs"]["ratings"])
    chosen = Method("shares", False, score, METHODS["weighted_sum"].split)  # type: ignore[arg-type]
    tried = changes(rated(9, 1, 3), chosen, matrix, np.array(example["inputs"]["weights"]))
    return next(one for one in tried if one.probe.kind == "copy")


def test_belton_and_gear_1983_a_copy_of_the_first_puts_another_first() -> None:
    one = copied(by_shares)
    assert one.probe.measure == "A1"
    assert one.first_moved
    assert (one.swapped, one.example) == (1, ("A1", "A0"))


def test_belton_and_gear_1983_not_in_the_ideal_mode() -> None:
    one = copied(by_the_best)
    assert (one.swapped, one.first_moved, one.example) == (0, False, ())


@pytest.mark.parametrize("name", list(KERNELS))
def test_leaving_out_is_ranking_the_others_anew(example: Result, found: dict[str, RankReversal], name: str) -> None:
    """Deletions and declared ends by loops over the kernel."""
    raw, senses, weights = example.matrix.raw, example.matrix.senses, example.weights.leaf
    kernel, count = KERNELS[name], len(raw)
    leaves = [example.study.criterion_by_id[leaf] for leaf in example.matrix.leaves]
    ends = [np.array([leaf.best for leaf in leaves]), np.array([leaf.worst for leaf in leaves])]
    before = kernel(raw, weights[None, :], senses)[0].round(12)
    lists = [(np.delete(raw, i, axis=0), [j for j in range(count) if j != i]) for i in range(count)]
    lists += [(np.vstack([raw, row]), list(range(count))) for row in (*ends, raw[before.argmax()])]
    changed = first = 0
    for table, kept in lists:
        after = kernel(table, weights[None, :], senses)[0].round(12)
        pairs = [(a, b) for a in range(len(kept)) for b in range(len(kept)) if before[kept[a]] > before[kept[b]]]
        changed += any(after[a] < after[b] for a, b in pairs)
        first += max(range(len(kept)), key=lambda a: after[a]) != max(range(len(kept)), key=lambda a: before[kept[a]])
    assert (found[name].tried, found[name].changed, found[name].first_moved) == (count + 3, changed, first)
    assert changed > 0


def test_examples_show_a_pair_that_changed_places(example: Result, found: dict[str, RankReversal]) -> None:
    for one in found.values():
        assert len(one.examples) <= 3
        assert [e.first_moved for e in one.examples] == sorted((e.first_moved for e in one.examples), reverse=True)
        for change in one.examples:
            chosen, weights = method(one.method), example.weights.leaf[None, :]
            old = dict(zip(example.matrix.measures, chosen.score(example.matrix, weights)[0], strict=True))
            new = dict(zip(change.probe.matrix.measures, chosen.score(change.probe.matrix, weights)[0], strict=True))
            was_ahead, is_ahead = change.example
            assert old[was_ahead] > old[is_ahead]
            assert new[was_ahead] < new[is_ahead]


def test_an_end_of_the_scale_moves_the_lead_of_a_scale_from_the_list(found: dict[str, RankReversal]) -> None:
    """The ends are those declared: the best levels present would leave a scale between the extremes as it is."""
    assert {one.probe.kind for one in found["topsis_minmax"].examples} & {"best", "worst"}


def test_the_ends_of_a_curve_are_its_best_and_worst_point() -> None:
    points = ((1.0, 0.2), (3.0, 1.0), (5.0, 0.0))
    curve = {"value_function": "piecewise", "value_points": points}
    criteria = tuple(c.model_copy(update=curve) if c.id == "goals" else c for c in CRITERIA)
    result = evaluate(small_study(criteria=criteria))
    tried = {
        c.probe.kind: c.probe for c in changes(result.study, METHODS["topsis"], result.matrix, result.weights.leaf)
    }
    at = result.matrix.leaves.index("goals")
    assert (tried["best"].matrix.raw[-1, at], tried["best"].matrix.values[-1, at]) == (3.0, 1.0)
    assert (tried["worst"].matrix.raw[-1, at], tried["worst"].matrix.values[-1, at]) == (5.0, 0.0)


# ---- the edges ------------------------------------------------------------------------------------------------------


def test_one_measure_has_no_order_to_change() -> None:
    study = small_study()
    alone = study.model_copy(
        update={"measures": study.measures[:1], "ratings": tuple(r for r in study.ratings if r.measure == "M1")}
    )
    for one in rank_reversals(evaluate(alone)):
        assert (one.tried, one.changed, one.first_moved, one.share, one.examples) == (0, 0, 0, 0.0, ())


def test_two_measures_are_tried_too() -> None:
    one = rank_reversals(evaluate(with_two()), ("topsis_vector",))[1]
    assert one.tried == 5


def with_two() -> Study:
    study = small_study()
    return study.model_copy(
        update={"measures": study.measures[:2], "ratings": tuple(r for r in study.ratings if r.measure in ("M1", "M2"))}
    )


@pytest.mark.parametrize("name", list(KERNELS))
def test_measures_all_alike_stay_alike(name: str) -> None:
    tried = list(changes(rated(1, 0, 3), method(name), decision_matrix(np.full((4, 3), 0.5)), np.full(3, 1 / 3)))
    assert len(tried) == 7
    assert not any(one.swapped or one.first_moved for one in tried)


def test_measures_all_alike_are_no_list_for_vikor() -> None:
    with pytest.raises(MethodError):
        list(changes(rated(1, 0, 3), method("pymcdm:VIKOR"), decision_matrix(np.full((4, 3), 0.5)), np.full(3, 1 / 3)))


def test_a_shared_first_place_that_one_keeps_has_not_moved() -> None:
    def score(matrix: DecisionMatrix, weights: Array) -> Array:
        grown = len(matrix.measures) > 3
        return np.array([[0.9, 0.8 if grown else 0.9, 0.1, 0.0][: len(matrix.measures)]])

    chosen = Method("made", False, score, METHODS["weighted_sum"].split)
    tried = list(changes(rated(1, 0, 2), chosen, decision_matrix(np.zeros((3, 2))), np.array([0.5, 0.5])))
    added = [one for one in tried if one.probe.kind != "without"]
    assert [(one.swapped, one.first_moved) for one in added] == [(0, False)] * 3


def test_a_method_without_an_answer_says_why(example: Result) -> None:
    needs_positive = rank_reversals(example, ("pymcdm:ARAS",))[1]
    assert needs_positive.without is not None
    assert not needs_positive.by_construction
    assert needs_positive.tried == 0


def test_an_unknown_method_is_refused_here_too(example: Result) -> None:
    with pytest.raises(InputError):
        rank_reversals(example, ("magic",))


def test_the_finding_counts_the_same_trials(example: Result) -> None:
    result = evaluate(example.study, Scenario(method="topsis_minmax"))
    one = rank_reversals(result, ())[0]
    (told,) = (finding for finding in result.findings if finding.code == "rank_reversal")
    assert told.params == {"changes": one.changed, "probes": one.tried, "first": one.first_moved}
    chosen = replace(METHODS["topsis"], fixed_bounds=False)
    assert not list(rank_reversal(result.study, chosen, result.matrix, result.weights.leaf))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_who_changes_places(found: dict[str, RankReversal], language: str) -> None:
    table = reversal_table([*found.values(), RankReversal("pymcdm:EDAS", by_construction=False)], language)
    assert len(table) == len(found) + 1
    assert table.iloc[-1, 2:].tolist() == ["–", "–"]
    row = table.iloc[list(found).index("topsis_minmax")]
    assert str(found["topsis_minmax"].changed) in row.iloc[1]
    assert "DO-08" in row.iloc[3]
    assert "{" not in " ".join(table.to_numpy().ravel())
