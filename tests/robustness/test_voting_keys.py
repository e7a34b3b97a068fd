"""Does the way of counting decide: by hand, against evaluate one by one, with nobody, with one, with zeros."""

import numpy as np
import pytest

from group_people import MEMBERS, answered, person, study_of, tops
from mcda import evaluate
from mcda.errors import InputError
from mcda.locale import LANGUAGES
from mcda.result import Weights
from mcda.robustness.key_check import KeyOutcome
from mcda.robustness.voting_keys import KEYS, STEPS, voting_keys
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.weights.group_tree import group_leaf_weights
from small import with_measure

STUDY = study_of(person("anna", "ISM", 1), person("bert", "GAR", 1), person("cleo", "GAR", 5))


def leaning(study: Study, name: str, top: str, points: float = 1000.0) -> Weights:
    rest = {"relevance": 1.0, "feasibility": 1.0, "cost": 1.0, "funding": 1.0}
    return answered(study, name, {"": rest | {top: points}})


APART = {
    "anna": leaning(STUDY, "anna", "relevance"),
    "bert": leaning(STUDY, "bert", "feasibility"),
    "cleo": leaning(STUDY, "cleo", "feasibility"),
}
ALIKE = {name: answered(STUDY, name, tops(35, 25, 20, 20)) for name in ("anna", "bert", "cleo")}


def test_with_opinions_apart_the_key_decides_and_an_example_says_so() -> None:
    found = voting_keys(STUDY, Scenario(voting_key="equal"), APART, draws=500)
    assert found.reference == "equal"
    assert {key: outcome.first for key, outcome in found.named.items()} == {
        "equal": ("M3",),
        "declared": ("M3",),
        "municipality": ("M1",),
        "population": ("M1",),
    }
    assert (found.keys.tried, found.keys.first_changed) == (4, 2)
    assert found.first_decided_by_key
    example = found.keys.first_example
    assert example is not None
    assert example.parts == {"municipality": 1.0}
    assert example.voices == pytest.approx({"anna": 0.75, "bert": 0.125, "cleo": 0.125})
    assert found.alone.first_changed == 1
    assert found.alone.first_example is not None
    assert found.alone.first_example.voices == {"anna": 1, "bert": 0, "cleo": 0}


def test_the_example_is_the_change_nearest_to_the_reference() -> None:
    found = voting_keys(STUDY, Scenario(voting_key="equal"), APART, draws=500)
    example = found.drawn.first_example
    assert example is not None
    assert example.first != ("M3",)
    assert 1 / 3 < example.voices["anna"] < 0.6
    assert sum(example.voices.values()) == pytest.approx(1)


def test_people_of_one_mind_leave_nothing_to_the_key() -> None:
    found = voting_keys(STUDY, Scenario(), ALIKE, draws=300)
    assert not found.first_decided_by_key
    assert not found.top_decided_by_key
    assert found.drawn.tried == found.draws == 300
    assert found.drawn.first_example is None
    assert (found.drawn.share(0), found.drawn.standard_error(0)) == (0, 0)
    assert not any(left.first_changed or left.top_changed for left in found.leaving)
    first = evaluate(STUDY).ranking[0].measure
    assert {outcome.first for outcome in found.named.values()} == {(first,)}


def many() -> Study:
    study = STUDY
    generator = np.random.default_rng(8)
    for i in range(9):
        levels = generator.integers(1, 6, 3).tolist()
        study = with_measure(study, f"N{i}", (*levels, float(generator.integers(20_000, 3_000_000))))
    return study


@pytest.mark.parametrize("method", ["topsis", "weighted_sum"])
def test_every_outcome_is_what_evaluate_says_for_these_weights(method: str) -> None:
    study = many()
    found = voting_keys(study, Scenario(method=method, weights={"cost": 30}), APART, draws=20)
    seen = [*found.named.values(), *(left.outcome for left in found.leaving)]
    seen += [o for t in (found.mixtures, found.drawn) for o in (t.first_example, t.top_example) if o is not None]
    for outcome in seen:
        votes = np.array([[outcome.voices[name] for name in APART]])
        leaf = dict(zip(study.leaves, group_leaf_weights(study, APART, votes, {"cost": 30})[0], strict=True))
        top = {"relevance": leaf["goals"] + leaf["urgency"], **{k: leaf[k] for k in ("feasibility", "cost", "funding")}}
        points = {key: 100 * weight for key, weight in top.items()}
        ranking = evaluate(study, Scenario(method=method, weights=points)).ranking
        assert set(outcome.first) == {line.measure for line in ranking if line.rank == 1}
        assert set(outcome.top) == {line.measure for line in ranking if line.rank <= 10}


def test_the_first_ten_change_where_a_measure_falls_out() -> None:
    found = voting_keys(many(), Scenario(voting_key="equal"), APART, draws=50)
    assert found.top_decided_by_key
    example = found.alone.top_example
    assert example is not None
    assert set(found.named["equal"].top) - set(example.top)


def test_mixtures_hold_the_keys_their_halves_and_nothing_twice() -> None:
    found = voting_keys(STUDY, Scenario(), APART, draws=1)
    assert found.mixtures.tried == 455
    example = found.mixtures.first_example
    assert example is not None
    assert sum(example.parts.values()) == pytest.approx(1)
    assert all(part * STEPS == pytest.approx(round(part * STEPS)) for part in example.parts.values())


def test_keys_that_cannot_be_applied_are_left_out_with_their_reason() -> None:
    study = study_of(person("anna"), person("bert"))
    people = {name: leaning(study, name, top) for name, top in (("anna", "relevance"), ("bert", "cost"))}
    found = voting_keys(study, Scenario(voting_key="population"), people, draws=10)
    assert set(found.named) == {"equal", "declared"}
    assert found.reference == "equal"
    assert {key: issue.code for key, issue in found.left_out.items()} == dict.fromkeys(KEYS[2:], "nobody_votes")
    assert all(issue.sentence(language) for issue in found.left_out.values() for language in LANGUAGES)
    assert found.mixtures.tried == STEPS + 1


def test_who_leaves_and_changes_first_place() -> None:
    study = study_of(person("anna"), person("bert"), person("cleo"))
    people = {
        "anna": leaning(study, "anna", "relevance"),
        "bert": leaning(study, "bert", "feasibility", 900),
        "cleo": answered(study, "cleo", tops(1, 1, 1, 1)),
    }
    found = voting_keys(study, Scenario(voting_key="equal"), people, draws=1)
    base = found.named["equal"].first
    for left in found.leaving:
        assert left.outcome.voices[left.person] == 0
        assert left.first_changed == (not set(base) <= set(left.outcome.first))
    assert any(left.first_changed for left in found.leaving)


def test_ties_for_first_place_are_all_first() -> None:
    study = with_measure(STUDY, "M5", (5, 4, 4, 60_000.0))
    found = voting_keys(study, Scenario(), ALIKE, draws=10)
    assert found.named["equal"].first == ("M1", "M5")
    assert not found.first_decided_by_key


def test_one_person_decides_whatever_the_key() -> None:
    found = voting_keys(STUDY, Scenario(), {"anna": APART["anna"]}, draws=20)
    assert not found.first_decided_by_key
    assert {tuple(o.voices.items()) for o in found.named.values()} == {(("anna", 1.0),)}
    (left,) = found.leaving
    assert left.outcome.voices == {"anna": 0}
    assert left.outcome.first == (evaluate(STUDY).ranking[0].measure,)


def test_same_seed_same_answer_and_seed_0_is_a_seed() -> None:
    one, again = (voting_keys(STUDY, Scenario(seed=3), APART, draws=200) for _ in range(2))
    other = voting_keys(STUDY, Scenario(seed=3), APART, draws=200, seed=0)
    assert one == again
    assert (one.seed, other.seed) == (3, 0)
    assert one.drawn.first_example != other.drawn.first_example
    assert 0 < one.drawn.standard_error(one.drawn.first_changed) < 0.05


def test_draws_beyond_a_chunk_change_nothing_but_their_number() -> None:
    found = voting_keys(STUDY, Scenario(), APART, draws=2500)
    assert found.drawn.tried == 2500
    assert isinstance(found.drawn.first_example, KeyOutcome)


def test_nobody_strangers_and_no_draws_are_told() -> None:
    with pytest.raises(InputError) as error:
        voting_keys(STUDY, Scenario(), {})
    assert {issue.code for issue in error.value.issues} == {"nobody_votes"}
    with pytest.raises(InputError, match="anna"):
        voting_keys(STUDY, Scenario(), {"ana": APART["anna"]})
    with pytest.raises(ValueError, match="draws"):
        voting_keys(STUDY, Scenario(), APART, draws=0)
    assert len(MEMBERS) == 3
