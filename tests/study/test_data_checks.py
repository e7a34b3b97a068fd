"""Checks of the data told from the study alone: V09, V12 and V19 of the list of validity checks."""

import pytest

from mcda.study.counted import counted_ratings
from mcda.study.data_checks import MOST_LEAVES, MOST_SIBLINGS, data_findings
from mcda.study.model import Criterion, Rating, ScaleLevel, Study
from small import CRITERIA, small_study


def leaf(name: str, **more: object) -> Criterion:
    return Criterion.model_validate({"id": name, "label_de": name, "best": 5, "worst": 1, "step": 1} | more)


def found(study: Study, code: str):
    return [f for f in data_findings(study) if f.code == code]


def rated(*values: tuple[str, str, float], criterion: str = "goals") -> tuple[Rating, ...]:
    return tuple(Rating(measure=m, criterion=criterion, rater=who, value=v) for m, who, v in values)


def test_a_calm_study_has_no_findings():
    assert data_findings(small_study()) == ()


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"label_de": "Verwaltungsaufwand"}, True),
        ({"label_de": "Risiko"}, True),
        ({"label_de": "Dauer bis zum Start"}, True),
        ({"label_de": "X", "label_en": "Running cost"}, True),
        ({"label_de": "Risiko", "sense": "min", "best": 1, "worst": 5}, False),
        ({"label_de": "Kosteneinsparung"}, False),
        ({"label_de": "Kostendeckungsgrad"}, False),
        ({"label_de": "Dauerhaftigkeit"}, False),
        ({"label_de": "Geringer Aufwand"}, False),
        ({"label_de": "X", "label_en": "Risk reduction"}, False),
        ({"label_de": "Nähe"}, False),
    ],
)
def test_a_burden_that_counts_as_a_benefit_is_asked_about(changes, asked):
    study = small_study(criteria=(*CRITERIA, leaf("extra", **changes)))
    assert [f.params["criteria"] for f in found(study, "direction_against_name")] == ([("extra",)] if asked else [])


def test_the_wording_of_the_best_level_answers_the_question():
    wording = (ScaleLevel(criterion="extra", value=5, label_de="Sehr geringer Aufwand"),)
    study = small_study(criteria=(*CRITERIA, leaf("extra", label_de="Aufwand")), levels=wording)
    assert not found(study, "direction_against_name")


def test_more_criteria_than_people_can_compare_are_told_once():
    many = tuple(leaf(f"c{i}") for i in range(MOST_LEAVES + 1))
    codes = {f.code: f.params["count"] for f in data_findings(small_study(criteria=many, ratings=()))}
    assert codes == {"many_siblings": MOST_LEAVES + 1, "many_leaves": MOST_LEAVES + 1}


def test_as_many_criteria_as_people_can_compare_are_fine_and_weightless_ones_do_not_count():
    many = tuple(leaf(f"c{i}") for i in range(MOST_SIBLINGS))
    assert data_findings(small_study(criteria=many, ratings=())) == ()
    spare = tuple(leaf(f"s{i}", parent="spare") for i in range(MOST_SIBLINGS))
    groups = (*many[1:], leaf("spare", weight=0), *spare)
    assert data_findings(small_study(criteria=groups, ratings=())) == ()


def test_raters_more_than_a_step_apart_are_one_finding_with_the_widest_first():
    ratings = rated(("M1", "ISM", 2), ("M1", "GAR", 4), ("M2", "ISM", 1), ("M2", "GAR", 5))
    close = rated(("M3", "ISM", 3), ("M3", "GAR", 4))
    (finding,) = found(small_study(ratings=(*ratings, *close)), "raters_differ")
    assert finding.level == "note"
    assert (finding.params["count"], finding.params["total"]) == (2, 3)
    assert (finding.params["measures"], finding.params["criteria"]) == (("M2", "M1"), ("goals",))


def test_what_was_agreed_or_is_not_heard_does_not_differ():
    apart = rated(("M1", "ISM", 1), ("M1", "GAR", 5))
    assert not found(small_study(ratings=(*apart, *rated(("M1", "", 3)))), "raters_differ")
    local = small_study().measure_by_id["M1"].model_copy(update={"municipalities": ("ISM",)})
    assert not found(small_study(ratings=apart, measures=(local,)), "raters_differ")


def test_a_scale_without_steps_counts_quarters():
    smooth = tuple(c.model_copy(update={"step": 0}) if c.id == "goals" else c for c in CRITERIA)
    near, far = rated(("M1", "ISM", 2), ("M1", "GAR", 3)), rated(("M1", "ISM", 2), ("M1", "GAR", 3.1))
    assert not found(small_study(criteria=smooth, ratings=near), "raters_differ")
    assert found(small_study(criteria=smooth, ratings=far), "raters_differ")


def test_a_criterion_one_party_rated_alone_is_told():
    team = rated(("M1", "team", 3), ("M2", "team", 4), criterion="feasibility")
    several = rated(("M1", "ISM", 3), ("M2", "GAR", 4))
    (finding,) = found(small_study(ratings=(*team, *several)), "one_rater")
    assert finding.params["criteria"] == ("feasibility",)


def test_the_agreed_rating_outweighs_and_outsiders_are_not_heard():
    study = small_study()
    local = study.measure_by_id["M1"].model_copy(update={"municipalities": ("ISM",)})
    given = rated(("M1", "ISM", 2), ("M1", "GAR", 5), ("M1", "team", 4))
    silent = Rating(measure="M1", criterion="goals", rater="ISM", abstain=True)
    assert [r.rater for r in counted_ratings(study, local, (*given, silent))] == ["ISM", "team"]
    everybody = local.model_copy(update={"municipalities": ()})
    assert len(counted_ratings(study, everybody, given)) == 3
    assert [r.value for r in counted_ratings(study, local, (*given, *rated(("M1", "", 3))))] == [3]
