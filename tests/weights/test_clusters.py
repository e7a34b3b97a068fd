"""Like-minded people: planted camps are found, groups of one mind are not split, degenerate groups have answers."""

from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

from mcda.locale import LANGUAGES, has_text
from mcda.weights.clusters import DRAWS, best_cut, clusters, cuts, homogeneous, silhouette_of

ITEMS = ("a", "b", "c", "d")


def names(count: int) -> list[str]:
    return [f"p{i}" for i in range(count)]


def planted(generator: np.random.Generator, sizes: tuple[int, ...], strength: float = 80.0) -> Any:
    """Each camp gives 60 % to a criterion of its own; its people scatter around that."""
    centres = np.full((len(sizes), 4), 0.4 / 3)
    centres[range(len(sizes)), range(len(sizes))] = 0.6
    camps = [generator.dirichlet(strength * c, size) for c, size in zip(centres, sizes, strict=True)]
    return np.vstack(camps)


@pytest.mark.parametrize("sizes", [(4, 4), (5, 5, 5), (6, 6), (4, 4, 4), (3, 9)])
def test_planted_camps_are_found_with_their_members_and_what_sets_them_apart(sizes: tuple[int, ...]) -> None:
    """4 of 5 at least; the measured rates stand in the module's docstring."""
    generator, found = np.random.default_rng(1), 0
    ends = np.cumsum((0, *sizes)).tolist()
    camps = {tuple(names(ends[-1])[a:b]): ITEMS[i] for i, (a, b) in enumerate(pairwise(ends))}
    for _ in range(5):
        result = clusters(planted(generator, sizes), names(sum(sizes)), ITEMS)
        found += {c.members: c.favours for c in result.clusters} == camps
        sizes_found = [len(c.members) for c in result.clusters]
        assert sizes_found == sorted(sizes_found, reverse=True)
    assert found >= 4


@pytest.mark.parametrize("people", [4, 8, 15, 30])
def test_a_group_of_one_mind_is_not_split(people: int) -> None:
    generator, split = np.random.default_rng(people), 0
    for strength in (5, 50):
        for criteria in ("abc", "abcdef"):
            centre = generator.dirichlet(np.full(len(criteria), 4.0))
            result = clusters(generator.dirichlet(strength * centre, people), names(people), criteria)
            split += result.state == "split"
    assert split <= 1


def test_opinions_along_a_line_without_a_gap_are_not_camps() -> None:
    line = np.linspace(0.1, 0.5, 12)
    result = clusters(np.column_stack([line, 0.6 - line, np.full(12, 0.4)]), names(12), "abc")
    assert result.state == "one"
    assert result.silhouette > 0.5


def test_the_record_says_how_clear_it_is_and_what_a_group_of_one_mind_may_reach() -> None:
    stack = planted(np.random.default_rng(0), (5, 5))
    result = clusters(stack, names(10), ITEMS)
    first, second = result.clusters
    assert result.silhouette > max(result.reference, 0.5)
    assert 0 < result.reference == homogeneous(stack[np.lexsort(stack.T)], 0)
    assert (result.draws, result.seed) == (DRAWS, 0)
    assert list(first.weights.values()) == pytest.approx(stack[:5].mean(axis=0))
    column = ITEMS.index(first.criterion)
    assert first.difference == pytest.approx(stack[:5, column].mean() - stack[5:, column].mean())
    assert second.difference == pytest.approx(-first.difference)
    assert first.criterion == second.criterion
    assert (first.favours, second.favours) == ("a", "b")


def test_the_order_of_people_changes_nothing() -> None:
    stack = planted(np.random.default_rng(2), (4, 6))
    order = np.random.default_rng(3).permutation(10)
    one = clusters(stack, names(10), ITEMS)
    other = clusters(stack[order], [names(10)[i] for i in order], ITEMS)
    assert {frozenset(c.members) for c in one.clusters} == {frozenset(c.members) for c in other.clusters}
    assert (one.silhouette, one.reference) == pytest.approx((other.silhouette, other.reference), abs=1e-12)


def test_same_seed_same_reference_and_seed_0_is_a_seed() -> None:
    stack = planted(np.random.default_rng(4), (4, 4))
    one, again, other = (clusters(stack, names(8), ITEMS, seed=seed) for seed in (0, 0, 1))
    assert one == again
    assert one.reference != other.reference


@pytest.mark.parametrize(
    ("stack", "state"),
    [
        ([[0.2, 0.8]], "too_few"),
        ([[0.9, 0.1], [0.1, 0.9]], "too_few"),
        ([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9]], "too_few"),
        ([[0.2, 0.8]] * 7, "alike"),
        ([[1.0]] * 5, "alike"),
        ([[1.0, 0.0]] * 5, "alike"),
    ],
)
def test_few_people_and_people_who_weigh_alike_are_one_group(stack: list[list[float]], state: str) -> None:
    result = clusters(stack, names(len(stack)), ITEMS[: len(stack[0])])
    assert (result.state, result.silhouette, result.reference) == (state, 0, 0)
    (whole,) = result.clusters
    assert whole.members == tuple(names(len(stack)))
    assert (whole.criterion, whole.difference, whole.favours) == ("", 0, "")
    assert list(whole.weights.values()) == pytest.approx(np.mean(stack, axis=0).tolist())


def test_nobody_is_one_empty_group() -> None:
    assert clusters(np.zeros((0, 3)), [], "abc").clusters == ()


def test_identical_people_in_two_camps_and_zeros_have_answers() -> None:
    result = clusters([[1.0, 0.0, 0.0]] * 4 + [[0.0, 1.0, 0.0]] * 5, names(9), "abc")
    assert [len(c.members) for c in result.clusters] == [5, 4]
    assert result.silhouette == 1


def test_every_opinion_at_a_corner_has_an_answer() -> None:
    result = clusters(np.eye(5), names(5), "abcde")
    assert result.state == "one"
    assert np.isfinite([result.silhouette, result.reference]).all()


def test_silhouettes_by_rousseeuw_s_definition() -> None:
    points = np.random.default_rng(6).random((9, 3))
    table = np.sqrt(((points[:, None] - points[None, :]) ** 2).sum(axis=2))
    labels = np.array([0, 0, 1, 1, 1, 2, 0, 1, 0])
    each = []
    for i in range(9):
        mates = {part: [j for j in range(9) if labels[j] == part and j != i] for part in range(3)}
        mean = {part: table[i, others].mean() if others else 0.0 for part, others in mates.items()}
        own, other = mean[labels[i]], min(mean[part] for part in range(3) if part != labels[i])
        each.append((other - own) / max(own, other) if mates[labels[i]] else 0.0)
    assert silhouette_of(table, labels) == pytest.approx(np.mean(each))


def test_cuts_go_from_six_parts_to_two_and_only_merge() -> None:
    found = list(cuts(np.random.default_rng(7).random((20, 3))))
    assert [len(set(labels.tolist())) for labels in found] == [6, 5, 4, 3, 2]
    for fine, coarse in pairwise(found):
        assert all(coarse[i] == coarse[j] for i, j in combinations(range(20), 2) if fine[i] == fine[j])


def test_of_equally_good_cuts_the_one_with_fewer_parts_counts() -> None:
    silhouette, labels = best_cut(np.repeat([[0.0, 1.0], [1.0, 0.0]], 4, axis=0))
    assert silhouette == 1
    assert len(set(labels.tolist())) == 2


def test_shapes_must_fit() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        clusters([[0.5, 0.5]], names(2), "ab")


@pytest.mark.parametrize("state", ["too_few", "alike", "one", "split"])
def test_every_state_has_words(state: str) -> None:
    assert all(has_text(f"cluster_state.{state}", language) for language in LANGUAGES)
