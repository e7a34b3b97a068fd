"""Regions side by side, against sums and counts made by hand and from the results alone."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from example import the_example
from mcda.batch import run_batch
from mcda.batch.first import first_results
from mcda.batch.lessons import lesson_frame, lessons
from mcda.batch.lessons_record import TOPICS, Lesson
from mcda.batch.side_by_side import SideBySide, side_by_side
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.scenario import Scenario
from mcda.study.model import Municipality, Programme, ScaleLevel, Study, StudyInfo
from small import LEVELS, measure, ratings, small_study

DRAWS = 50
GRANT = Programme(
    id="P", name="Zuschuss", rate_pct=Decimal(50), applicant_types=("municipality",), intermunicipal="allowed"
)


def beside(what: tuple[str, ...] = ("ranking",), **studies: Study) -> SideBySide:
    return side_by_side(run_batch(studies, what=what, draws=DRAWS, backend="serial"), studies)


def region(cost: float = 1.0, people: int | None = 1000, **changes: Any) -> Study:
    """The small study with costs multiplied and one municipality of so many people."""
    home = Municipality(id="ISM", name="Ort", population=people)
    measures = tuple(
        measure(m, level[3] * cost, municipalities=("ISM",), theme="t" if m < "M3" else "u", category=m)
        for m, level in LEVELS.items()
    )
    return small_study(**{"measures": measures, "municipalities": (home,)} | changes)


def named(told: tuple[Lesson, ...], code: str) -> list[dict[str, Any]]:
    return [dict(one.params) for one in told if one.code == code]


def test_each_study_stands_there_under_the_first_scenario_that_could_be_computed() -> None:
    study = small_study()
    first = Scenario(weights={"cost": 60}, cost_factors={"*": 1.3})
    found = run_batch({"a": study, "b": study}, [first, Scenario()], backend="serial")
    alone = evaluate(study, first)
    for result in first_results(found, {"a": study, "b": study}).values():
        assert result.ranking == alone.ranking
        assert result.money == alone.money


def test_a_criterion_has_its_weight_among_siblings_and_of_the_whole() -> None:
    side = beside(a=small_study(), b=small_study())
    table = side.criteria[side.criteria["study"] == "b"].set_index("criterion")
    assert list(table.index) == ["relevance", "goals", "urgency", "feasibility", "cost", "funding"]
    assert table.loc["goals", "weight_among_siblings"] == pytest.approx(0.6)
    assert table.loc["goals", "weight"] == pytest.approx(0.35 * 0.6)
    assert list(table["leaf"]) == [False, True, True, True, True, True]
    assert table[table["leaf"]]["weight"].sum() == pytest.approx(1)


def test_programmes_add_up_to_the_grants_of_the_study() -> None:
    example = the_example()
    side = beside(a=example, b=example.model_copy(update={"study": info(example, interval_point=0.0)}))
    for name, result in side.results.items():
        table = side.programmes[side.programmes["study"] == name].set_index("programme")
        moneys = [result.money[line.measure] for line in result.ranking]
        for column, end in (("grant_low_eur", "grant_low"), ("grant_eur", "grant"), ("grant_high_eur", "grant_high")):
            whole = float(sum(getattr(money, end) for money in moneys))
            assert table[column].sum() == pytest.approx(whole, abs=0.005 * len(moneys)), (name, column)
        said = Counter((a.programme, a.verdict) for m in moneys for a in m.assessments if a.candidate)
        for programme, row in table.iterrows():
            assert [row[verdict] for verdict in ("yes", "check", "no")] == [
                said[str(programme), verdict] for verdict in ("yes", "check", "no")
            ]
            assert row["named"] == row["yes"] + row["check"] + row["no"]
    assert (side.programmes[side.programmes["study"] == "b"]["grant_eur"] > 0).any()


def info(study: Study, **changes: Any) -> StudyInfo:
    return study.study.model_copy(update=changes)


def test_labels_are_those_of_the_table_and_absent_where_nobody_asked() -> None:
    studies = {"a": the_example(), "b": small_study()}
    shared = {"b": small_study()}
    found = run_batch(shared | {"c": small_study()}, what=("ranking", "robustness"), draws=DRAWS, backend="serial")
    side = side_by_side(found, {**shared, "c": small_study()})
    for row in side.labels.to_dict("records"):
        lines = found.ranking[found.ranking["study"] == row["study"]]
        assert {name: row[name] for name in ("secure", "likely", "contested", "unlikely")} == {
            name: int((lines["label"] == name).sum()) for name in ("secure", "likely", "contested", "unlikely")
        }
        reasons = Counter(";".join(one for one in lines["reasons"] if one).split(";"))
        assert row["because_weights"] == reasons["weights"]
        assert row["because_data"] == reasons["data"]
        assert row["measures"] == len(lines) == 4
    assert len(side.labels) == 2
    assert beside(a=studies["b"], c=small_study()).labels.empty


def test_cost_figures_are_counted_by_their_quality() -> None:
    kinds = {"M1": "rough", "M2": "", "M3": "calculated"}
    measures = (*(measure(m, 50_000, cost_quality=kind) for m, kind in kinds.items()), no_cost("M4"))
    side = beside(a=small_study(measures=measures), b=small_study())
    assert side.costs.to_dict("records")[0] == {
        "study": "a",
        "measures": 4,
        "missing": 1,
        "rough": 1,
        "unstated": 1,
        "thin_share": 0.75,
    }


def no_cost(name: str) -> Any:
    return measure(name, 1).model_copy(update={"capex_eur": None, "opex_eur_per_year": None})


def test_unlike_scales_are_refused_before_anything_is_said() -> None:
    study = small_study()
    criteria = tuple(c.model_copy(update={"best": 9.0}) if c.id == "goals" else c for c in study.criteria)
    with pytest.raises(InputError) as error:
        beside(north=study, south=study.model_copy(update={"criteria": criteria}))
    assert [(i.code, i.where.table, i.where.column) for i in error.value.issues] == [
        ("scales_differ", "south", "criteria.goals.best")
    ]


def test_one_study_teaches_nothing() -> None:
    assert lessons(beside(a=region())) == ()


def test_a_region_far_above_the_middle_is_named_with_its_amount() -> None:
    told = lessons(beside(a=region(), b=region(people=999), c=region(people=100)))
    (one,) = named(told, "own_high")
    own = float(sum(m.own_contribution for m in evaluate(region()).money.values()))
    assert one["study"] == "c"
    assert one["own_eur"] == pytest.approx(own / 100)
    assert one["median_eur"] == pytest.approx(own / 999)
    assert one["times"] == 10.0
    assert not named(lessons(beside(a=region(), b=region(people=100))), "own_high"), "of two none stands out"
    assert not named(lessons(beside(a=region(), b=region(people=999), c=region(people=600))), "own_high")


def test_a_region_without_inhabitants_is_named() -> None:
    told = lessons(beside(a=region(), b=region(people=None)))
    assert named(told, "people_missing") == [{"studies": ("b",), "count": 1}]


def test_a_region_with_some_inhabitants_unknown_is_named_and_never_far_above() -> None:
    homes = (Municipality(id="ISM", name="Ort", population=1000), Municipality(id="Y", name="Anderswo"))
    told = lessons(beside(a=region(), b=region(), c=region(municipalities=homes, cost=9)))
    assert named(told, "people_incomplete") == [{"study": "c", "missing": 1, "of": 2}]
    assert not named(told, "people_missing")
    assert not named(told, "own_high")


def test_weights_far_apart_are_told_and_near_ones_are_not() -> None:
    def weighted(**points: float) -> Study:
        study = region()
        criteria = tuple(c.model_copy(update={"weight": points.get(c.id, c.weight)}) for c in study.criteria)
        return study.model_copy(update={"criteria": criteria})

    told = lessons(beside(a=region(), b=weighted(cost=60), c=region()))  # 20 of 100, 60 of 140
    facts = {one["criterion"]: one for one in named(told, "weights_apart")}
    assert list(facts) == ["cost"]
    assert (facts["cost"]["low_study"], facts["cost"]["high_study"]) == ("a", "b")
    assert facts["cost"]["high_share"] == pytest.approx(60 / 140)
    assert not named(lessons(beside(a=region(), b=weighted(cost=30))), "weights_apart")


def test_programmes_are_told_by_what_hinders_them() -> None:
    rules = {
        "OPEN": {"applicant_types": ()},  # who may apply is not known
        "ENDED": {"valid_to": date(2020, 1, 1)},
        "UNNAMED": {},
    }
    programmes = tuple(GRANT.model_copy(update={"id": name, **change}) for name, change in rules.items())
    measures = tuple(
        measure(m, level[3], lead_form="municipality", funding_candidates=("OPEN", "ENDED"))
        for m, level in LEVELS.items()
    )
    study = small_study(programmes=programmes, measures=measures)
    told = lessons(beside(a=study, b=study))
    (unclear,) = named(told, "rule_unclear")
    assert (unclear["programme"], unclear["check"], unclear["named"], unclear["regions"]) == ("OPEN", 8, 8, 2)
    (refused,) = named(told, "programme_refused")
    assert (refused["programme"], refused["measures"], refused["regions"]) == ("ENDED", 8, 2)
    assert (refused["gate"], refused["times"]) == ("date", 8)
    assert named(told, "programmes_unnamed") == [{"programmes": ("UNNAMED",), "count": 1}]


def test_thin_cost_figures_are_told_with_their_parts() -> None:
    rough = small_study(measures=tuple(measure(m, v[3], cost_quality="rough") for m, v in LEVELS.items()))
    sound = small_study(measures=tuple(measure(m, v[3], cost_quality="calculated") for m, v in LEVELS.items()))
    (one,) = named(lessons(beside(a=rough, b=sound)), "costs_thin")
    assert (one["thin"], one["total"], one["rough"], one["missing"], one["mostly"], one["of"]) == (4, 8, 4, 0, 1, 2)
    assert not named(lessons(beside(a=sound, b=sound.model_copy(update={"ratings": other_ratings()}))), "costs_thin")


def other_ratings() -> tuple[Any, ...]:
    return tuple(r for m in LEVELS for r in ratings(m, 3, 3, 3))


def test_what_cannot_be_compared_is_told() -> None:
    study = small_study()
    other = study.model_copy(update={"study": info(study, as_of=date(2026, 1, 1), horizon_years=15)})
    more = tuple(c for c in study.criteria if c.id != "funding")
    less = study.model_copy(update={"criteria": more})
    told = lessons(beside(a=study, b=other, c=less))
    assert named(told, "criteria_not_shared") == [{"shared": 4, "of": 5, "criteria": ("funding",)}]
    assert named(told, "differs_as_of") == [{"values": ("2025-06-30", "2026-01-01"), "times": (2, 1)}]
    assert named(told, "differs_horizon_years") == [{"values": ("10", "15"), "times": (2, 1)}]
    assert not named(told, "differs_method")


def test_levels_described_in_other_words_are_told() -> None:
    def worded(**words: str) -> Study:
        levels = (ScaleLevel(criterion=name, value=5, label_de=word) for name, word in words.items())
        return region(levels=tuple(levels))

    told = lessons(beside(a=worded(goals="trägt voll bei", urgency="sofort"), b=worded(goals="gut", urgency=" Sofort")))
    assert named(told, "levels_differ") == [{"criteria": ("goals",)}]
    for other in (worded(urgency="sofort"), region(), worded(goals="Trägt  voll bei")):
        assert not named(lessons(beside(a=worded(goals="trägt voll bei"), b=other)), "levels_differ")


def test_lessons_come_topic_by_topic_and_as_a_table() -> None:
    example = the_example()
    told = lessons(beside(("ranking", "robustness"), a=example, b=replace_title(example)))
    places = [TOPICS.index(one.topic) for one in told]
    assert places == sorted(places)
    table = lesson_frame(told)
    assert [json.loads(text) for text in table["params"]] == [json.loads(json.dumps(dict(o.params))) for o in told]
    assert {"grants", "sure"} <= set(table["topic"])
    pd.testing.assert_frame_equal(table, lesson_frame(tuple(replace(one) for one in told)))


def replace_title(study: Study) -> Study:
    return study.model_copy(update={"study": info(study, title="Andere Region")})
