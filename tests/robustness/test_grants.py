"""Rankings with and without grants, programme by programme, and with own contribution as the one criterion of money."""

from decimal import Decimal

import pytest

from example import the_example
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.robustness.grants import (
    OWN,
    by_own_contribution,
    hanging_on_one,
    if_closed,
    own_contribution_study,
    without_grants,
)
from mcda.scenario import Scenario


@pytest.fixture(scope="module")
def study():
    return the_example()


def test_without_grants_every_measure_pays_all_itself(study) -> None:
    bare = evaluate(study, Scenario(without_programmes=("*",)))
    assert all(money.grant_high == 0 and not money.assessments for money in bare.money.values())
    today = {line.measure: line.rank for line in evaluate(study).ranking}
    then = {line.measure: line.rank for line in bare.ranking}
    changes = without_grants(study)
    assert {c.measure: (c.rank, c.other_rank) for c in changes} == {m: (today[m], then[m]) for m in today}
    assert [c.rank for c in changes] == sorted(today.values())
    assert any(c.moved for c in changes)


def test_closing_a_programme_is_the_study_without_its_row(study) -> None:
    closures = {closure.programme: closure for closure in if_closed(study)}
    assert "SCSR" not in closures
    closed = closures["IKZ"]
    rows = tuple(p for p in study.programmes if p.id != "IKZ")
    bare = study.model_copy(
        update={
            "programmes": rows,
            "eligibility": tuple(e for e in study.eligibility if e.programme != "IKZ"),
            "programme_caps": tuple(c for c in study.programme_caps if c.programme != "IKZ"),
            "programme_rates": tuple(c for c in study.programme_rates if c.programme != "IKZ"),
            "measures": tuple(
                m.model_copy(update={"funding_candidates": tuple(c for c in m.funding_candidates if c != "IKZ")})
                for m in study.measures
            ),
        }
    )
    today, then = evaluate(study), evaluate(bare)
    lost = sum((today.money[m].grant - then.money[m].grant for m in today.money), Decimal(0))
    assert closed.lost == lost > 0
    ranks = {line.measure: line.rank for line in then.ranking}
    assert {c.measure: c.other_rank for c in closed.changes} == {
        line.measure: ranks[line.measure] for line in today.ranking if ranks[line.measure] != line.rank
    }
    hanging = hanging_on_one(tuple(closures.values()))
    assert hanging["ZK-04"] == ("IKZ",)


def test_own_contribution_stands_alone_and_counts_nothing_twice(study) -> None:
    other = own_contribution_study(study)
    assert other.children[""] == ("relevance", "feasibility", OWN)
    assert other.criterion_by_id[OWN].weight == 40
    result = evaluate(other)
    assert "money_counted_twice" not in {finding.code for finding in result.findings}
    changes = by_own_contribution(study)
    assert len(changes) == 40
    assert any(c.moved for c in changes)
    weights = {"relevance": 70, "feasibility": 10, "cost": 10, "funding": 10}
    assert by_own_contribution(study, Scenario(weights=weights)) != changes


def test_a_study_without_both_criteria_stays_as_it_is(study) -> None:
    other = own_contribution_study(study)
    assert own_contribution_study(other) is other


def test_an_unknown_programme_is_named_with_the_nearest(study) -> None:
    with pytest.raises(InputError) as caught:
        evaluate(study, Scenario(without_programmes=("IKX",)))
    assert caught.value.issues[0].params["nearest"] == "IKZ"
