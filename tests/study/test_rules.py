"""Each rule across tables: what breaks it is named with its place, what keeps it is not mentioned."""

from datetime import date

import pytest

from mcda.locale import LANGUAGES
from mcda.study.model import (
    Criterion,
    DirectWeight,
    Judgement,
    Municipality,
    Programme,
    ProgrammeCall,
    Rating,
    ScaleLevel,
    Stakeholder,
    Study,
)
from mcda.study.rules import RULES, check_study
from small import CRITERIA, MEMBERS, small_study

PEOPLE = (Stakeholder(id="mayors", label_de="Rathäuser"),)
BARE = Criterion(id="effort", label_de="Mühe", best=5, worst=1, weight=0)


CHAIN = (("relevance", "feasibility", 2), ("feasibility", "cost", 3), ("cost", "funding", 1))


def answers(*pairs: tuple[str, str, float]) -> tuple[Judgement, ...]:
    return tuple(Judgement(stakeholder="mayors", a=a, b=b, value=value) for a, b, value in pairs)


def points(criterion: str, **facts: object) -> DirectWeight:
    return DirectWeight.model_validate({"stakeholder": "mayors", "criterion": criterion} | facts)


def programme(**facts: object) -> Programme:
    return Programme.model_validate({"id": "P", "name": "Förderung"} | facts)


def measures(**changes: object):
    """The four measures of the small study, M1 changed."""
    first, *others = small_study().measures
    return (first.model_copy(update=changes), *others)


def rating(**changes: object) -> tuple[Rating, ...]:
    """The small study's ratings, the first one (M1, goals) changed."""
    first, *others = small_study().ratings
    return (first.model_copy(update=changes), *others)


def criteria(name: str, **changes: object) -> tuple[Criterion, ...]:
    return tuple(c.model_copy(update=changes) if c.id == name else c for c in CRITERIA)


def told(study: Study) -> list[tuple[str, str, str, int | None, str]]:
    return [(i.code, i.level, i.where.table, i.where.row, i.where.column) for i in check_study(study)]


def test_a_sound_study_is_not_criticised():
    assert told(small_study()) == []


ERRORS = {
    "id_twice": ({"measures": measures(id="M2")}, ("measures", 3, "id")),
    "id_form": ({"criteria": (*CRITERIA, BARE.model_copy(update={"id": "a.b"}))}, ("criteria", 8, "id")),
    "unknown_id": ({"measures": measures(payer="ISN")}, ("measures", 2, "payer")),
    "listed_twice": ({"measures": measures(municipalities=("ISM", "ISM"))}, ("measures", 2, "municipalities")),
    "share_below_zero": ({"measures": measures(units=(("ISM", -1),))}, ("measures", 2, "units")),
    "circle": ({"measures": measures(depends_on=("M1",))}, ("measures", 2, "depends_on")),
    "excludes_itself": ({"measures": measures(excludes=("M1",))}, ("measures", 2, "excludes")),
    "bounds_missing": ({"criteria": criteria("goals", best=None)}, ("criteria", 3, "best")),
    "bounds_equal": ({"criteria": criteria("goals", worst=5)}, ("criteria", 3, "best")),
    "bounds_against_sense": ({"criteria": criteria("goals", sense="min")}, ("criteria", 3, "sense")),
    "step_above_scale": ({"criteria": criteria("goals", step=11)}, ("criteria", 3, "step")),
    "bounds_not_positive": ({"criteria": criteria("cost", best=0)}, ("criteria", 6, "best")),
    "quantity_missing": ({"criteria": criteria("cost", quantity=None)}, ("criteria", 6, "quantity")),
    "points_missing": ({"criteria": criteria("goals", value_function="piecewise")}, ("criteria", 3, "value_points")),
    "minimum_above_leaves": ({"criteria": criteria("relevance", minimum=2)}, ("criteria", 2, "minimum")),
    "weight_negative": ({"criteria": criteria("goals", weight=-1)}, ("criteria", 3, "weight")),
    "rating_not_asked": ({"ratings": rating(criterion="relevance")}, ("ratings", 2, "value")),
    "rating_off_scale": ({"ratings": rating(value=6)}, ("ratings", 2, "value")),
    "interval_reversed": ({"ratings": rating(low=5, value=4)}, ("ratings", 2, "value")),
    "interval_without_value": ({"ratings": rating(low=2, value=None)}, ("ratings", 2, "value")),
    "abstain_and_value": ({"ratings": rating(abstain=True)}, ("ratings", 2, "abstain")),
    "row_twice": ({"ratings": (*small_study().ratings, small_study().ratings[0])}, ("ratings", 14, "measure")),
    "raised_rate_lower": (
        {"programmes": (programme(rate_pct=50, rate_raised_pct=40),)},
        ("programmes", 2, "rate_raised_pct"),
    ),
    "not_siblings": (
        {"stakeholders": PEOPLE, "judgements": (Judgement(stakeholder="mayors", a="cost", b="goals", value=3),)},
        ("judgements", 2, "b"),
    ),
    "judgement_contradiction_row": (
        {"stakeholders": PEOPLE, "judgements": answers(*CHAIN, ("feasibility", "relevance", 2))},
        ("judgements", 5, "value"),
    ),
    "judgements_disconnected_row": (
        {"stakeholders": PEOPLE, "judgements": answers(CHAIN[0], CHAIN[2])},
        ("judgements", 2, "a"),
    ),
    "elicitation_mixed": (
        {"stakeholders": PEOPLE, "judgements": answers(*CHAIN), "weights": (points("cost", points=3),)},
        ("weights", 2, "elicitation"),
    ),
    "points_missing_in_row": ({"stakeholders": PEOPLE, "weights": (points("cost"),)}, ("weights", 2, "points")),
    "rank_missing_in_row": (
        {"stakeholders": PEOPLE, "weights": (points("cost", elicitation="roc"),)},
        ("weights", 2, "rank"),
    ),
    "points_and_rank": (
        {"stakeholders": PEOPLE, "weights": (points("cost", points=3, rank=1),)},
        ("weights", 2, "rank"),
    ),
    "out_of_range": (
        {"stakeholders": PEOPLE, "weights": (points("cost", points=101, elicitation="swing"),)},
        ("weights", 2, "points"),
    ),
    "answer_left_out": (
        {"stakeholders": PEOPLE, "weights": (points("goals", points=100, elicitation="swing"),)},
        ("weights", 2, "criterion"),
    ),
    "not_a_moment": (
        {"stakeholders": PEOPLE, "weights": (points("cost", points=1, answered_at="gestern"),)},
        ("weights", 2, "answered_at"),
    ),
}


@pytest.mark.parametrize("code", ERRORS)
def test_a_fault_is_an_error_at_its_place(code):
    changes, (table, row, column) = ERRORS[code]
    assert (code, "error", table, row, column) in told(small_study(**changes))


def test_the_siblings_of_a_group_need_some_weight():
    none = tuple(c.model_copy(update={"weight": 0}) if c.parent == "relevance" else c for c in CRITERIA)
    assert told(small_study(criteria=none)) == [("weights_all_zero", "error", "criteria", 3, "weight")]


@pytest.mark.parametrize(("points", "wrong"), [({"goals": 0, "urgency": 0}, True), ({"goals": 0}, False)])
def test_direct_weights_all_zero_are_an_error_unless_the_study_weighs_the_rest(points, wrong):
    given = tuple(DirectWeight(stakeholder="mayors", criterion=c, points=p) for c, p in points.items())
    expected = [("weights_all_zero", "error", "weights", 2, "points")] if wrong else []
    assert told(small_study(stakeholders=PEOPLE, weights=given)) == expected


@pytest.mark.parametrize(
    ("facts", "code", "column"),
    [
        ({"valid_from": date(2026, 1, 1), "valid_to": date(2025, 1, 1)}, "dates_reversed", "valid_to"),
        (
            {"valid_from": date(2026, 1, 1), "latest_project_end": date(2025, 1, 1)},
            "dates_reversed",
            "latest_project_end",
        ),
        ({"min_grant_eur": 2, "max_grant_eur": 1}, "minimum_above_maximum", "min_grant_eur"),
        ({"min_eligible_cost_eur": 2, "max_eligible_cost_eur": 1}, "minimum_above_maximum", "min_eligible_cost_eur"),
        ({"population_min": 2, "population_max": 1}, "minimum_above_maximum", "population_min"),
    ],
)
def test_a_programme_in_the_wrong_order_is_an_error(facts, code, column):
    assert told(small_study(programmes=(programme(**facts),))) == [(code, "error", "programmes", 2, column)]


def test_a_rate_over_a_hundred_percent_is_refused_by_the_record_and_told_in_sum():
    with pytest.raises(ValueError, match="less than or equal to 100"):
        programme(rate_pct=101)
    doubtful = programme(rate_pct=60, rate_raised_pct=90, min_own_share_pct=20)
    (found,) = check_study(
        small_study(programmes=(doubtful, programme(id="Q", name="Zweite", rate_pct=90, min_own_share_pct=10)))
    )
    assert (found.code, found.level, found.params["programmes"]) == ("rates_above_hundred", "warning", ("P",))


def test_a_worded_level_and_a_minimum_lie_on_their_scale():
    level = ScaleLevel(criterion="goals", value=6, label_de="Spitze")
    assert told(small_study(levels=(level,))) == [("rating_off_scale", "error", "levels", 2, "value")]
    assert told(small_study(criteria=criteria("goals", minimum=0))) == [
        ("rating_off_scale", "error", "criteria", 3, "minimum")
    ]


def test_a_measure_cannot_build_on_what_it_excludes_through_any_number_of_steps():
    first, second, third, last = small_study().measures
    chain = (
        first.model_copy(update={"depends_on": ("M2",)}),
        second.model_copy(update={"depends_on": ("M3",)}),
        third.model_copy(update={"excludes": ("M1",)}),
        last,
    )
    found = check_study(small_study(measures=chain))
    errors = [(i.where.row, i.params["a"], i.params["b"]) for i in found if i.code == "excludes_what_it_needs"]
    assert errors == [(2, "M1", "M3")]


def test_nor_on_two_that_exclude_each_other():
    first, second, *others = small_study().measures
    both = (first.model_copy(update={"depends_on": ("M2", "M3")}), second.model_copy(update={"excludes": ("M3",)}))
    found = check_study(small_study(measures=(*both, *others)))
    assert [(i.code, i.level) for i in found] == [("excludes_what_it_needs", "error"), ("exclusion_one_sided", "note")]


def test_an_exclusion_on_one_side_is_noted_and_on_both_sides_fine():
    (found,) = check_study(small_study(measures=measures(excludes=("M2",))))
    assert (found.code, found.level, found.params["pairs"]) == ("exclusion_one_sided", "note", ("M1 – M2",))
    first, second, *others = small_study().measures
    both = (first.model_copy(update={"excludes": ("M2",)}), second.model_copy(update={"excludes": ("M1",)}))
    assert told(small_study(measures=(*both, *others))) == []


def test_one_title_twice_is_a_note_whatever_its_blanks_and_capitals():
    (found,) = check_study(small_study(measures=measures(title=" maßnahme  m2")))
    assert (found.code, found.level, found.params["ids"]) == ("name_twice", "note", ("M1 = M2",))


def test_measures_without_participants_are_one_warning_where_there_are_municipalities():
    alone = tuple(m.model_copy(update={"municipalities": ()}) for m in small_study().measures)
    (found,) = check_study(small_study(measures=alone))
    assert (found.code, found.level) == ("participants_missing", "warning")
    assert found.params["measures"] == ("M1", "M2", "M3", "M4")
    assert told(small_study(measures=alone, municipalities=())) == []


@pytest.mark.parametrize("key", ["per_capita", "mixed_50_50", "base_plus_per_capita"])
def test_inhabitants_are_missed_only_by_a_key_that_counts_them(key):
    unknown = (MEMBERS[0], Municipality(id="GAR", name="Garching"))
    changed = measures(cost_key=key, base_share_pct=30)
    (found,) = check_study(small_study(measures=changed, municipalities=unknown))
    assert (found.code, found.level) == ("population_missing", "warning")
    assert (found.params["municipalities"], found.params["measures"]) == (("GAR",), ("M1",))
    assert told(small_study(municipalities=unknown)) == []


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("per_unit", {"units": (("ISM", 1), ("GAR", 0))}),
        ("benefit", {"benefit_shares": (("ISM", 1), ("GAR", 3))}),
        ("base_plus_per_capita", {"base_share_pct": 20}),
        ("single_payer", {"payer": "ISM"}),
    ],
)
def test_a_cost_key_misses_the_facts_it_goes_by(key, facts):
    (found,) = check_study(small_study(measures=measures(cost_key=key)))
    assert (found.code, found.level, found.params["measures"]) == ("key_facts_missing", "warning", ("M1",))
    assert told(small_study(measures=measures(cost_key=key, **facts))) == []


def test_criteria_without_any_rating_are_one_warning_and_an_abstention_is_no_rating():
    only = tuple(r for r in small_study().ratings if r.criterion == "goals")
    silent = (*only, Rating(measure="M1", criterion="urgency", rater="ISM", abstain=True))
    (found,) = check_study(small_study(ratings=silent))
    assert (found.code, found.level) == ("criterion_unrated", "warning")
    assert found.params["criteria"] == ("urgency", "feasibility")


@pytest.mark.parametrize(
    ("rater", "told_of"), [("ISM", False), ("mayors", False), ("team", False), ("Ismaning", True), ("ISN", True)]
)
def test_a_rater_who_is_likely_a_municipality_misspelt_is_told(rater, told_of):
    found = told(small_study(stakeholders=PEOPLE, ratings=rating(rater=rater)))
    assert [code for code, *_ in found] == (["rater_unknown"] if told_of else [])


def test_a_stranger_among_municipalities_is_told():
    more = Rating(measure="M1", criterion="goals", rater="ISM", value=3)
    found = told(small_study(ratings=(*rating(rater="team"), more)))
    assert [code for code, *_ in found] == ["rater_unknown"]


@pytest.mark.parametrize(
    "answer",
    [
        {"judgements": answers(*CHAIN)},
        {"judgements": answers(*CHAIN, ("feasibility", "relevance", 0.5))},
        {"weights": (points("cost", points=3),)},
        {"weights": (points("goals", rank=1, elicitation="roc"), points("urgency", rank=1, elicitation="roc"))},
        {"weights": (points("cost", points=3, answered_at="2026-11-26T14:03:05+01:00"),)},
    ],
)
def test_answers_that_connect_the_criteria_in_one_way_of_asking_are_fine(answer):
    assert told(small_study(stakeholders=PEOPLE, **answer)) == []


def test_the_parts_nothing_connects_are_named_with_a_pair_that_would():
    study = small_study(stakeholders=PEOPLE, judgements=answers(CHAIN[0], CHAIN[2]))
    (found,) = check_study(study)
    assert found.params["parts"] == ("relevance + feasibility", "cost + funding")
    assert found.params["value"] == "relevance / cost"


def test_a_stakeholder_given_twice_is_named():
    assert ("id_twice", "error", "stakeholders", 3, "id") in told(small_study(stakeholders=PEOPLE * 2))


def test_a_rating_of_a_group_of_criteria_is_refused_though_it_has_no_scale():
    assert told(small_study(ratings=rating(criterion="relevance"))) == [
        ("rating_not_asked", "error", "ratings", 2, "value")
    ]


def test_hundreds_of_unknown_ids_are_all_named_and_the_first_get_a_hint():
    lost = tuple(Rating(measure=f"M1{i}", criterion="goals", value=3) for i in range(300))
    found = [i for i in check_study(small_study(ratings=lost)) if i.code == "unknown_id"]
    assert len(found) == 300
    assert found[0].params["nearest"]
    assert not found[-1].params["nearest"]


def test_unknown_columns_are_one_note():
    (found,) = check_study(small_study(measures=measures(extra_columns=(("Farbe", "rot"),))))
    assert (found.code, found.level, found.params["columns"]) == ("column_unknown", "note", ("Farbe",))


def test_rows_are_counted_as_the_author_sees_them():
    study = small_study(ratings=rating(value=6))
    (found,) = check_study(study, lambda table, index: 100 + index)
    assert found.where.row == 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_sentence_without_gaps(language):
    sentences = [i.sentence(language) for changes, _ in ERRORS.values() for i in check_study(small_study(**changes))]
    assert sentences
    assert not [s for s in sentences if "{" in s or "None" in s.replace("(None)", "")]


REVERSED_CALL = ProgrammeCall(programme="P1", first_day=date(2025, 5, 1), last_day=date(2025, 4, 1))


def test_every_rule_can_find_something():
    probes = [small_study(**changes) for changes, _ in ERRORS.values()]
    probes += [
        small_study(ratings=()),
        small_study(measures=measures(excludes=("M2",), title="Maßnahme M2", cost_key="per_unit", municipalities=())),
        small_study(measures=measures(cost_key="single_payer", extra_columns=(("Farbe", "rot"),))),
        small_study(ratings=rating(rater="Ismaning")),
        small_study(levels=(ScaleLevel(criterion="goals", value=6, label_de="Spitze"),)),
        small_study(stakeholders=PEOPLE, weights=_zero()),
        small_study(measures=measures(decided_rank=99)),
        small_study(study=small_study().study.model_copy(update={"tier_limits_pct": (50, 25)})),
        small_study(measures=measures(key_mix_pct=(("equal", 30),))),
        small_study(programmes=(programme(combined_rate_pct=50),), programme_calls=(REVERSED_CALL,)),
        small_study(municipalities=(Municipality(id="ISM", name="Ismaning", latitude=48_226_700),)),
    ]
    silent = [rule.__name__ for rule in RULES if not any(list(rule(p, _row)) for p in probes)]
    assert silent == []


def _zero() -> tuple[DirectWeight, ...]:
    return tuple(DirectWeight(stakeholder="mayors", criterion=c, points=0) for c in ("goals", "urgency"))


def _row(_table: str, index: int) -> int:
    return index + 2
