"""Random indices: exact where they can be, the published tables elsewhere, each named."""

import pytest

from mcda.weights.random_index import LARGEST, random_index
from problems import case


def test_3_and_4_criteria_have_the_exact_index() -> None:
    exact = case("ri_exact_3_4")
    for size, index in zip(exact["inputs"]["n"], exact["expected"]["ri"], strict=True):
        assert random_index(size) == (pytest.approx(index, abs=exact["tolerance"]), "exact enumeration")


def test_up_to_15_criteria_alonso_and_lamata_hold() -> None:
    sampled = case("ri_alonso_lamata")
    for size, index in zip(sampled["inputs"]["n"], sampled["expected"]["ri"], strict=True):
        assert random_index(size)[0] == pytest.approx(index, abs=0 if size > 4 else sampled["tolerance"])
    assert random_index(15)[1] == "Alonso & Lamata 2006"


@pytest.mark.parametrize(("size", "index"), [(16, 1.5078), (20, 1.5371), (22, 1.5371 + 0.4 * 0.0248), (100, 1.6339)])
def test_beyond_donegan_and_dodd_hold_with_straight_lines_between(size: int, index: float) -> None:
    assert random_index(size) == (pytest.approx(index, abs=1e-9), "Donegan & Dodd 1991")


@pytest.mark.parametrize("size", [0, 1, 2])
def test_two_criteria_or_fewer_need_none(size: int) -> None:
    assert random_index(size) == (0.0, "none")


def test_more_than_a_hundred_criteria_have_none() -> None:
    with pytest.raises(ValueError, match="at most 100"):
        random_index(LARGEST + 1)


def test_open_pairs_lower_the_index_as_agoston_and_csato_found() -> None:
    published = case("incomplete_ri_linear")
    for (size, missing), index in zip(published["inputs"]["n_m"], published["expected"]["ri"], strict=True):
        found, name = random_index(size, missing)
        assert found == pytest.approx(index, abs=published["tolerance"])
        assert "approximate" in name


def test_a_tree_of_answers_cannot_contradict_itself() -> None:
    assert random_index(4, 3)[0] == 0.0
    assert random_index(5, 6)[0] == 0.0
