"""How much each person counts under the four voting keys, and what has to be filled in for them."""

from typing import get_args

import numpy as np
import pytest

from group_people import person, study_of
from mcda.errors import InputError
from mcda.locale import LANGUAGES
from mcda.scenario import VotingKey
from mcda.weights.voices import leave_one_out, voices

KEYS: tuple[VotingKey, ...] = get_args(VotingKey)
STUDY = study_of(
    person("anna", "ISM", 2), person("bert", "ISM"), person("cleo", "GAR", 0), person("dora"), person("emil", "ECH")
)


def codes(people: list[str], key: VotingKey = "equal") -> list[str]:
    with pytest.raises(InputError) as error:
        voices(STUDY, people, key)
    assert all(issue.sentence(language) for issue in error.value.issues for language in LANGUAGES)
    return [issue.code for issue in error.value.issues]


def test_equal_is_one_person_one_vote() -> None:
    assert voices(STUDY, ["anna", "dora"], "equal").shares == {"anna": 0.5, "dora": 0.5}


def test_declared_takes_the_stakeholders_own_weight_and_0_is_a_share_of_0() -> None:
    found = voices(STUDY, ["cleo", "bert", "anna"], "declared")
    assert found.shares == pytest.approx({"cleo": 0, "bert": 1 / 3, "anna": 2 / 3})
    assert list(found.shares) == ["cleo", "bert", "anna"]
    assert found.left_out == ()


def test_a_municipality_s_vote_is_shared_by_its_people() -> None:
    assert voices(STUDY, ["anna", "bert", "cleo"], "municipality").shares == pytest.approx(
        {"anna": 3 / 8, "bert": 3 / 8, "cleo": 2 / 8}
    )


def test_a_municipality_s_population_is_shared_by_its_people() -> None:
    assert voices(STUDY, ["anna", "cleo"], "population").shares == pytest.approx({"anna": 0.75, "cleo": 0.25})


@pytest.mark.parametrize(("key", "without"), [("municipality", ("dora",)), ("population", ("dora", "emil"))])
def test_people_without_a_municipality_or_its_population_are_named(key: VotingKey, without: tuple[str, ...]) -> None:
    found = voices(STUDY, ["anna", "dora", "emil"], key)
    assert found.left_out == without
    (finding,) = found.findings
    assert (finding.code, finding.params["people"]) == ("voice_left_out", without)
    assert all("dora" in finding.sentence(language) for language in LANGUAGES)


@pytest.mark.parametrize("key", KEYS)
def test_shares_sum_to_1(key: VotingKey) -> None:
    assert sum(voices(STUDY, ["anna", "bert", "cleo", "dora", "emil"], key).shares.values()) == pytest.approx(1)


def test_nobody_left_to_vote_names_the_key_and_what_is_needed() -> None:
    assert codes(["emil", "dora"], "population") == ["nobody_votes"]
    assert codes(["cleo"], "declared") == ["nobody_votes"]
    assert codes([]) == ["nobody_votes"]
    with pytest.raises(InputError, match=r"population.*municipalities\.population"):
        voices(STUDY, ["emil"], "population")


def test_unknown_people_and_people_named_twice_are_all_told_with_the_nearest() -> None:
    assert codes(["ana", "bert", "bert", "x"]) == ["unknown_person", "unknown_person", "person_twice"]
    with pytest.raises(InputError, match="anna"):
        voices(STUDY, ["ana"], "equal")


def test_a_municipality_keeps_its_vote_when_one_of_its_people_leaves() -> None:
    table = leave_one_out(STUDY, ["anna", "bert", "cleo", "dora"], "municipality")
    expected = [[0, 0.75, 0.25, 0], [0.75, 0, 0.25, 0], [0.5, 0.5, 0, 0], [3 / 8, 3 / 8, 2 / 8, 0]]
    assert table == pytest.approx(np.array(expected))


def test_nobody_votes_when_the_only_one_leaves() -> None:
    assert leave_one_out(STUDY, ["anna"], "equal").tolist() == [[0.0]]
