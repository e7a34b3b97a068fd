"""Agreement of methods against scipy and orders known by hand; other scales; what is worth warning of."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import kendalltau

from example import ranked_example
from mcda.checks.order import methods_disagree
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.locale.formats import fixed
from mcda.methods import METHODS
from mcda.ranking import quantise
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.method_table import (
    agreement_pairs,
    agreement_sentence,
    agreement_table,
    apart_sentence,
    choices_table,
    ranks_table,
    unanswered,
)
from mcda.result import Result
from mcda.robustness.doubts import fragile, no_clear_winner, sampling_error
from mcda.robustness.method_agreement import ALL, MethodAgreement, method_agreement
from mcda.robustness.smaa import rank_acceptability
from mcda.robustness.stability import StabilityInterval, stability_intervals
from mcda.robustness.value_choices import ValueChoice, value_choices
from mcda.robustness.weight_draws import uniform_weights
from mcda.scenario import Scenario
from problems import case, decision_matrix
from small import CRITERIA, small_study


@pytest.fixture(scope="module")
def example() -> Result:
    return ranked_example()


@pytest.fixture(scope="module")
def found(example: Result) -> MethodAgreement:
    return method_agreement(example)


@pytest.fixture(scope="module")
def choices(example: Result) -> dict[tuple[str, str], ValueChoice]:
    return {(one.criterion, one.choice): one for one in value_choices(example)}


def made(example: Result, values: list[list[float]]) -> Result:
    """The example's result with a matrix of plain numbers and equal weights."""
    count = len(values[0])
    weights = replace(example.weights, leaf=np.full(count, 1 / count))
    return replace(example, matrix=decision_matrix(values), weights=weights)


SWAPS = (
    [[1.0, 0.2], [0.59, 0.59], [0.4, 0.4], [0.3, 0.3], [0.1, 0.1]],
    [[0.9, 0.9], [0.8, 0.8], [0.7, 0.7], [0.41, 0.1], [0.26, 0.26]],
)
"""Sums .6 > .59 but closenesses .560 < .59; sums .255 < .26 but closenesses .281 > .26: one pair changes places."""


def test_the_own_method_comes_first_and_agrees_with_itself(example: Result, found: MethodAgreement) -> None:
    assert found.methods == ALL
    assert np.diag(found.tau) == pytest.approx(np.ones(len(ALL)))
    assert np.diag(found.ws) == pytest.approx(np.ones(len(ALL)))
    assert found.tau == pytest.approx(found.tau.T)
    assert {line.measure: line.rank for line in example.ranking} == dict(
        zip(found.measures, found.ranks[0].tolist(), strict=True)
    )


@pytest.mark.parametrize("swapped", [0, 1])
def test_salabun_urbaniak_2020_swaps_at_the_top_and_at_the_end(example: Result, swapped: int) -> None:
    published = case("ws_swaps")
    agreement = method_agreement(made(example, SWAPS[swapped]), ("weighted_sum",), tops=(1, 5))
    ranks = [published["inputs"]["x"], published["inputs"]["y"][swapped]]
    assert agreement.ranks.tolist() in (ranks, ranks[::-1])
    ws = published["expected"]["ws"][swapped]
    assert agreement.ws[0, 1] == pytest.approx(ws, abs=published["tolerance"])
    assert agreement.tau[0, 1] == pytest.approx(0.8)
    assert agreement.overlap[1][0, 1] == swapped
    assert agreement.overlap[5][0, 1] == 1
    assert agreement.rank_range("A0") == ((1, 1) if swapped else (1, 2))
    assert agreement.furthest_apart() == (("A3", "A4") if swapped else ("A0", "A1"))


def test_the_row_is_the_reference_of_ws(found: MethodAgreement) -> None:
    reference, other = (found.ranks[i].astype(float) for i in (1, 3))
    count = len(reference)
    lost = sum(2**-r * abs(r - q) / max(abs(r - 1), abs(r - count)) for r, q in zip(reference, other, strict=True))
    assert found.ws[1, 3] == pytest.approx(1 - lost)
    assert found.ws[1, 3] != pytest.approx(found.ws[3, 1])


def test_equals_at_the_edge_of_a_top_all_count(example: Result) -> None:
    equal = made(example, [[0.9, 0.9], [0.5, 0.5], [0.5, 0.5], [0.2, 0.2]])
    agreement = method_agreement(equal, ("weighted_sum",), tops=(2, 50))
    assert agreement.ranks.tolist() == [[1, 2, 2, 4]] * 2
    assert agreement.within(2).tolist() == [[True, True, True, False]] * 2
    assert (agreement.overlap[2] == 1).all()
    assert (agreement.overlap[50] == 1).all()
    assert agreement.furthest_apart() == ()


def test_an_agreement_cannot_be_written_to_and_a_top_has_a_place(found: MethodAgreement, example: Result) -> None:
    for array in (found.ranks, found.tau, found.ws, *found.overlap.values()):
        assert not array.flags.writeable
    with pytest.raises(ValueError, match="first place"):
        method_agreement(example, tops=(0,))


def test_tau_is_scipys(found: MethodAgreement) -> None:
    for i in range(len(found.methods)):
        for j in range(i):
            assert found.tau[i, j] == pytest.approx(kendalltau(found.ranks[i], found.ranks[j]).statistic)


def test_the_overlap_counts_the_measures_in_front_under_both(example: Result) -> None:
    found = method_agreement(example, ("weighted_sum",), tops=(1, 10))
    first = [{m for m, rank in zip(found.measures, row, strict=True) if rank <= 10} for row in found.ranks]
    assert found.overlap[10][0, 1] == len(first[0] & first[1]) / len(first[0] | first[1])
    assert found.rank_range("DO-08") == (1, 2)


def test_a_method_without_an_answer_is_named_and_not_fatal() -> None:
    alone = small_study(
        measures=small_study().measures[:1], ratings=tuple(r for r in small_study().ratings if r.measure == "M1")
    )
    found = method_agreement(evaluate(alone), (*ALL, "pymcdm:EDAS"))
    assert set(found.methods) | set(found.without) == {*ALL, "pymcdm:EDAS"}
    assert (found.tau == 1).all()
    for language in LANGUAGES:
        assert len(unanswered(found, language)) == len(found.without)


def test_an_unknown_method_is_refused(example: Result) -> None:
    with pytest.raises(InputError):
        method_agreement(example, ("magic",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_methods_and_scales(
    example: Result, found: MethodAgreement, choices: dict[tuple[str, str], ValueChoice], language: str
) -> None:
    table = agreement_table(found, language)
    assert len(table) == len(found.methods) - 1
    ranks = ranks_table(found, example, [line.measure for line in example.ranking[:3]], language)
    assert len(ranks) == 3
    assert list(ranks.iloc[:, 1]) == ["1", "2", "3"]
    assert agreement_sentence(found, language)
    assert len(choices_table(choices.values(), example, language)) == len(choices)
    pairs = agreement_pairs(found, language)
    count = len(ALL)
    assert len(pairs) == len({frozenset(pair) for pair in pairs.iloc[:, :2].itertuples(index=False)})
    assert len(pairs) == count * (count - 1) / 2
    told = pairs.iloc[:, 3].tolist()
    assert told == [fixed(tau, language, 2) for tau in sorted(found.tau[np.triu_indices(count, 1)].tolist())]
    own = pairs[pairs.iloc[:, 0] == ranks.columns[1]].set_index(pairs.columns[1])
    for row in table.itertuples(index=False):
        assert own.loc[row[0]].tolist()[1:] == [row[1], row[2]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_measures_that_hang_most_on_the_method_are_named(
    example: Result, found: MethodAgreement, language: str
) -> None:
    spread = {m: int(np.ptp(found.ranks[:, i])) for i, m in enumerate(found.measures)}
    named = found.furthest_apart(3)
    assert [spread[m] for m in named] == sorted(spread.values(), reverse=True)[:3]
    sentence = apart_sentence(found, example, language)
    assert all(m in sentence for m in named)
    low, high = found.rank_range(named[0])
    assert str(low) in sentence
    assert str(high) in sentence
    alone = method_agreement(example, ())
    assert apart_sentence(alone, example, language) == ""
    assert agreement_sentence(alone, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_first_under_all_is_told_whatever_tops_were_asked(example: Result, language: str) -> None:
    differ, agree = (method_agreement(made(example, SWAPS[i]), ("weighted_sum",), tops=(3,)) for i in (0, 1))
    figures = {"low": fixed(0.8, language, 2), "high": fixed(0.8, language, 2)}
    assert agreement_sentence(differ, language) == text("method_table.not_all_first", language, **figures)
    assert agreement_sentence(agree, language) == text("method_table.all_first", language, **figures)


def test_other_scales_are_those_of_a_study_written_so(
    example: Result, choices: dict[tuple[str, str], ValueChoice]
) -> None:
    """The linear cost scale gives the ranking of the same study with a linear cost scale."""
    criteria = tuple(
        c.model_copy(update={"value_function": "linear"}) if c.id == "cost" else c for c in example.study.criteria
    )
    other = evaluate(example.study.model_copy(update={"criteria": criteria}))
    now = {line.measure: line.rank for line in example.ranking}
    then = {line.measure: line.rank for line in other.ranking}
    one = choices["cost", "linear"]
    assert one.moved == sum(now[m] != then[m] for m in now)
    assert one.furthest == max(abs(now[m] - then[m]) for m in now) == abs(now[one.measure] - then[one.measure])
    assert one.tau == pytest.approx(kendalltau([now[m] for m in now], [then[m] for m in now]).statistic)
    assert one.first_kept == (other.ranking[0].measure == example.ranking[0].measure)


def test_bounds_move_by_a_tenth_and_never_cut_a_level_off(
    example: Result, choices: dict[tuple[str, str], ValueChoice]
) -> None:
    assert choices["goals", "best_out"].best == pytest.approx(5.4)
    assert choices["goals", "worst_out"].worst == pytest.approx(0.6)
    cost = example.study.criterion_by_id["cost"]
    assert cost.best is not None
    assert cost.worst is not None
    wider = choices["cost", "best_out"].best
    assert np.log(cost.worst / wider) == pytest.approx(1.1 * np.log(cost.worst / cost.best))
    raw = example.matrix.raw
    for one in choices.values():
        if one.choice.endswith("_in"):
            levels = raw[:, example.matrix.leaves.index(one.criterion)]
            assert min(one.best, one.worst) <= levels.min()
            assert levels.max() <= max(one.best, one.worst)


def test_a_curve_of_its_own_is_left_alone() -> None:
    curve = {"value_function": "piecewise", "value_points": ((1.0, 0.0), (2.0, 0.7), (5.0, 1.0))}
    criteria = tuple(c.model_copy(update=curve) if c.id == "goals" else c for c in CRITERIA)
    assert "goals" not in {one.criterion for one in value_choices(evaluate(small_study(criteria=criteria)))}


def test_a_rated_scale_may_reach_below_nothing_a_computed_one_not() -> None:
    """1 to 20 reaches -0.9 when widened, as 0 to 20 would reach -2; a share of funding stays within 0 to 1."""
    criteria = tuple(c.model_copy(update={"best": 20.0}) if c.id == "goals" else c for c in CRITERIA)
    tried = {(one.criterion, one.choice): one for one in value_choices(evaluate(small_study(criteria=criteria)))}
    assert tried["goals", "worst_out"].worst == pytest.approx(-0.9)
    assert tried["goals", "best_in"].best == pytest.approx(18.1)
    assert ("funding", "worst_out") not in tried
    assert tried["funding", "best_out"].best == pytest.approx(0.99)


def test_a_wider_scale_of_the_only_criterion_moves_nobody() -> None:
    study = small_study()
    only = study.model_copy(
        update={
            "criteria": tuple(c.model_copy(update={"weight": 100.0}) for c in CRITERIA if c.id == "feasibility"),
            "ratings": tuple(r for r in study.ratings if r.criterion == "feasibility"),
        }
    )
    tried = value_choices(evaluate(only))
    assert {one.choice for one in tried} == {"best_out", "worst_out", "worst_in"}
    assert {(one.moved, one.furthest, one.measure, one.tau, one.first_kept) for one in tried} == {(0, 0, "", 1.0, True)}


# ---- findings -------------------------------------------------------------------------------------------------------


def told(values: list[list[float]], method: str = "topsis") -> list[str]:
    matrix, weights = decision_matrix(values), np.full(len(values[0]), 1 / len(values[0]))
    chosen = METHODS[method]
    scores = quantise(chosen.score(matrix, weights[None, :])[0])
    return [one.code for one in methods_disagree(chosen, matrix, weights, scores)]


def test_another_first_by_adding_up_is_told() -> None:
    assert told([[1.0, 0.2], [0.59, 0.59]]) == ["another_first"]
    assert told([[0.9, 0.9], [0.5, 0.5]]) == []
    assert told([[1.0, 0.2], [0.59, 0.59]], "weighted_sum") == []
    assert told([[1.0, 0.2]]) == []


def test_a_shared_first_place_is_not_another_one() -> None:
    assert told([[1.0, 0.0], [0.5, 0.5]]) == []


def test_a_clearly_different_order_is_told() -> None:
    values = [[1.0, 1.0], *[[1.0 - 0.001 * i, 0.2] for i in range(5)], *[[0.595 - 0.001 * i] * 2 for i in range(5)]]
    assert told(values) == ["methods_disagree"]


def interval(low: float, high: float, now: float = 0.3) -> StabilityInterval:
    ends = ("A", "B")
    return StabilityInterval("cost", "first", 1, now, low, high, ends if low else (), ends if high < 1 else ())


def test_a_first_place_is_fragile_within_five_points(example: Result) -> None:
    assert [one.code for one in fragile(example, [interval(0.26, 1.0)])] == ["fragile_weight"]
    assert not list(fragile(example, [interval(0.2, 0.4)]))
    assert not list(fragile(example, [interval(0.0, 1.0)]))
    assert [one.code for one in fragile(example, [], points=4.9)] == ["fragile_points"]
    assert not list(fragile(example, [], points=5.0))
    assert not list(fragile(example, [], points=None))
    exact = stability_intervals(example.study, example.matrix, METHODS["topsis"], example.weights)
    assert [one.params["points"] for one in fragile(example, exact)] == [3.3]


def test_limits_of_doubt_are_settings(example: Result) -> None:
    assert not list(fragile(example, [interval(0.26, 1.0)], points=4.9, few=4.0, room=0.03))
    assert len(list(fragile(example, [interval(0.2, 0.4)], points=5.0, few=6.0, room=0.2))) == 2
    found = rank_acceptability(example.matrix, METHODS["topsis"], uniform_weights(example.study), draws=500)
    assert not list(no_clear_winner(example, found, ahead=0.4, clear=0.0, lead=0.4))
    assert not list(sampling_error(found, largest=0.5))


def test_no_clear_winner_below_half_and_hardly_ahead_below_six_tenths(example: Result) -> None:
    found = rank_acceptability(example.matrix, METHODS["topsis"], uniform_weights(example.study), draws=4_000)
    codes = [one.code for one in no_clear_winner(example, found, ahead=0.47)]
    assert codes == ["no_clear_winner", "hardly_ahead"]
    assert [one.code for one in no_clear_winner(example, found, ahead=0.6)] == ["no_clear_winner"]
    sure = replace(found, shares=np.ones_like(found.shares))
    assert not list(no_clear_winner(example, sure, ahead=0.9))


def test_too_few_draws_are_told_by_their_standard_error(example: Result) -> None:
    def told_with(draws: int) -> list[str]:
        draw = uniform_weights(example.study)
        return [
            one.code for one in sampling_error(rank_acceptability(example.matrix, METHODS["topsis"], draw, draws=draws))
        ]

    assert told_with(500) == ["too_few_draws"]
    assert told_with(10_000) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_a_sentence_with_names(example: Result, language: str) -> None:
    found = rank_acceptability(example.matrix, METHODS["topsis"], uniform_weights(example.study), draws=100)
    doubts = [
        *fragile(example, [interval(0.26, 1.0)], points=1.0),
        *no_clear_winner(example, found, ahead=0.2),
        *sampling_error(found),
    ]
    assert len(doubts) == 5
    for one in doubts:
        sentence = finding_sentence(one, example.study, language)
        assert "{" not in sentence
        assert "DO-08" not in sentence


def test_the_live_findings_say_that_adding_up_puts_another_first(example: Result) -> None:
    assert "another_first" in {one.code for one in example.findings}
    assert "another_first" not in {
        one.code for one in evaluate(example.study, Scenario(method="weighted_sum")).findings
    }
