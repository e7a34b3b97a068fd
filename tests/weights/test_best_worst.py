"""The linear best-worst method against published weights and the corners of its plane of best and worst weight."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.result import Weights
from mcda.weights.best_worst import INPUT_LIMITS, elicit_best_worst, input_limit
from problems import case


def elicit(from_best: Any, to_worst: Any, best: int, worst: int) -> Weights:
    items = tuple(f"c{j}" for j in range(len(from_best)))
    others, towards = dict(zip(items, from_best, strict=True)), dict(zip(items, to_worst, strict=True))
    return elicit_best_worst(items[best], items[worst], others, towards, items, "top")


def quality(weights: Weights) -> dict[str, float]:
    return {entry.name: entry.value for entry in weights.quality}


def by_corners(from_best: Any, to_worst: Any, best: int, worst: int) -> Any:
    """Another route to the optimum: with xi = 1 the weights are maximised instead of xi minimised. For given w_B and
    w_W each other weight is the smaller of its two upper limits, so the sum is maximal at a corner of the limits on
    w_B and w_W; every pair of limits is tried. None when unbounded: then the answers are consistent."""
    a, b = np.asarray(from_best, dtype=float), np.asarray(to_worst, dtype=float)
    top = a[worst]
    lines = [(1.0, -top, 1.0), (-1.0, top, 1.0), (-1.0, 0.0, 0.0), (0.0, -1.0, 0.0)]
    middle = [j for j in range(len(a)) if j not in (best, worst)]
    lines += [(1.0, -a[j] * b[j], 1.0 + a[j]) for j in middle]  # (w_B - 1) / a_j <= b_j w_W + 1
    lines += [(-1.0, a[j] * b[j], 1.0 + a[j]) for j in middle]
    best_sum, answer = 0.0, None
    for one, two in combinations(lines, 2):
        square = np.array([one[:2], two[:2]])
        if abs(np.linalg.det(square)) < 1e-9:
            continue
        point = np.linalg.solve(square, [one[2], two[2]])
        if any(p * point[0] + q * point[1] > r + 1e-9 for p, q, r in lines):
            continue
        weights = np.minimum((point[0] + 1) / a, b * point[1] + 1)
        weights[best], weights[worst] = point
        if weights.sum() > best_sum:
            best_sum, answer = weights.sum(), weights
    return None if answer is None else (answer / best_sum, 1 / best_sum)


def test_rezaei_s_car_is_fully_consistent() -> None:
    example = case("bwm_consistent_car")
    found = elicit(example["inputs"]["best_to_others"], example["inputs"]["others_to_worst"], 1, 4)
    assert found.leaf == pytest.approx(example["expected"]["weights"], abs=example["tolerance"])
    assert quality(found) == {"bwm_input_cr": 0.0, "bwm_xi": example["expected"]["xi"]}
    assert found.findings == ()
    assert found.sources[0].elicitation == "best_worst"


def test_transport_under_the_linear_model() -> None:
    example = case("bwm_linear_transport")
    found = elicit(example["inputs"]["best_to_others"], example["inputs"]["others_to_worst"], 2, 0)
    assert found.leaf == pytest.approx(example["expected"]["weights"], abs=example["tolerance"])
    assert quality(found)["bwm_xi"] == pytest.approx(example["expected"]["xi"])
    assert quality(found)["bwm_input_cr"] == pytest.approx(2 / 56)  # |2 * 5 - 8| / (64 - 8)


def test_the_consistency_index_table_is_the_smaller_root() -> None:
    """Rezaei's index belongs to the non-linear model, which is not offered: only the formula is held here."""
    example = case("bwm_consistency_index")
    a = np.array(example["inputs"]["a_bw"], dtype=float)
    roots = ((1 + 2 * a) - np.sqrt((1 + 2 * a) ** 2 - 4 * (a**2 - a))) / 2
    assert roots == pytest.approx(np.array(example["expected"]["ci"]), abs=example["tolerance"])


@st.composite
def answers(draw: Any) -> tuple[list[float], list[float], int, int]:
    size = draw(st.integers(2, 7))
    best, worst = draw(st.permutations(range(size)))[:2]
    scale = st.integers(1, 9).map(float)
    a, b = [draw(scale) for _ in range(size)], [draw(scale) for _ in range(size)]
    a[best] = b[worst] = 1.0
    b[best] = a[worst]
    return a, b, best, worst


@given(answers())
def test_the_linear_program_against_the_corners(said: tuple[list[float], list[float], int, int]) -> None:
    found = elicit(*said)
    xi = quality(found)["bwm_xi"]
    if xi == 0:  # fully consistent: w_B / w_j is what was said
        assert found.leaf[said[2]] / found.leaf == pytest.approx(np.array(said[0]), rel=1e-7)
        return
    other = by_corners(*said)
    assert other is not None
    assert found.leaf == pytest.approx(other[0], abs=1e-8)
    assert xi == pytest.approx(other[1], abs=1e-8)


@given(answers(), st.randoms())
def test_labels_decide_never_the_order(said: tuple[list[float], list[float], int, int], random: Any) -> None:
    a, b, best, worst = said
    items = [f"c{j}" for j in range(len(a))]
    others, towards = dict(zip(items, a, strict=True)), dict(zip(items, b, strict=True))
    shuffled = items.copy()
    random.shuffle(shuffled)
    found = elicit_best_worst(items[best], items[worst], others, towards, shuffled)
    assert found.local == pytest.approx(elicit(*said).local, abs=1e-9)
    assert list(found.local) == shuffled


@given(st.lists(st.integers(1, 9), min_size=3, max_size=6))
def test_consistent_answers_give_back_the_weights_they_came_from(parts: list[int]) -> None:
    parts = sorted(parts)
    if parts[0] == parts[-1] and len(set(parts)) == 1:
        parts[-1] += 1
    share = np.array(parts) / sum(parts)
    found = elicit((share[-1] / share).tolist(), (share / share[0]).tolist(), len(parts) - 1, 0)
    assert found.leaf == pytest.approx(share, abs=1e-9)
    assert quality(found)["bwm_input_cr"] == pytest.approx(0, abs=1e-12)


def test_the_most_contradictory_criterion_is_named_above_the_limit() -> None:
    found = elicit([1, 6, 3, 8], [8, 7, 3, 1], 0, 3)
    (told,) = found.findings
    assert (told.code, told.level) == ("best_worst_contradiction", "warning")
    assert told.params["criterion"] == "c1"
    assert (told.params["product"], told.params["direct"]) == (42, 8)
    assert "c1" in told.sentence("de")
    assert "c1" in told.sentence("en")


def test_limits_come_from_the_published_table_and_end_with_it() -> None:
    assert {len(row) for row in INPUT_LIMITS.values()} == {7}
    assert input_limit(5, 8) == 0.2958
    assert input_limit(4, 4) == 0.1529
    assert input_limit(12, 30) == 0.3662
    assert input_limit(4, 1.0) == 0
    assert input_limit(2, 9) == 0


def test_all_equal_is_consistent_by_definition() -> None:
    found = elicit([1, 1, 1], [1, 1, 1], 0, 2)
    assert found.leaf == pytest.approx([1 / 3] * 3)
    assert quality(found) == {"bwm_input_cr": 0.0, "bwm_xi": 0.0}


def test_one_criterion_has_all_the_weight() -> None:
    found = elicit_best_worst("a", "a", {}, {}, ("a",))
    assert found.local == {"a": 1.0}
    assert quality(found) == {"bwm_input_cr": 0.0, "bwm_xi": 0.0}


def test_what_goes_without_saying_may_be_left_out() -> None:
    items = ("a", "b", "c")
    full = elicit_best_worst("a", "c", {"a": 1, "b": 2, "c": 8}, {"a": 8, "b": 3, "c": 1}, items)
    assert elicit_best_worst("a", "c", {"b": 2, "c": 8}, {"b": 3}, items).local == full.local
    assert elicit_best_worst("a", "c", {"b": 2}, {"a": 8, "b": 3}, items).local == full.local


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("a", "a", {"b": 2, "c": 3}, {"b": 2, "c": 3}), {"best_is_worst"}),
        (("a", "c", {"b": 0.5, "c": 8}, {"b": 3}), {"out_of_range"}),
        (("a", "c", {"b": 2, "c": float("nan")}, {"b": 3}), {"not_a_number"}),
        (("a", "c", {"c": 8}, {}), {"judgement_missing"}),
        (("a", "c", {"b": 2}, {"b": 3}), {"judgement_missing"}),
        (("a", "c", {"b": 2, "c": 8}, {"b": 3, "a": 7}), {"judgement_contradiction"}),
        (("a", "c", {"a": 2, "b": 2, "c": 8}, {"b": 3}), {"judgement_contradiction"}),
        (("a", "d", {"b": 2, "c": 8, "d": 9}, {"b": 3, "c": 2}), {"unknown_criterion"}),
        (("x", "c", {"b": 2, "c": 8}, {"a": 3, "b": 3}), {"unknown_criterion", "judgement_missing"}),
        (("a", "c", {"b": 101, "c": 8}, {"b": -3, "k": 2}), {"out_of_range", "unknown_criterion"}),
    ],
)
def test_what_is_wrong_is_told_completely(arguments: Any, codes: set[str]) -> None:
    with pytest.raises(InputError) as error:
        elicit_best_worst(*arguments, ("a", "b", "c"))
    assert {issue.code for issue in error.value.issues} == codes
    assert all(issue.sentence("de") for issue in error.value.issues)
