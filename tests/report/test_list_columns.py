"""The ranked list with chosen columns: what stands in them is the study's, the ranking's and what people decided."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from hostile import COSTS, hostile_study
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, has_text
from mcda.report.exhibits.decided_order import decided_order, decided_places, decisions_of
from mcda.report.exhibits.ranked_list import list_groups, ranked_list
from mcda.result import Result
from mcda.robustness.labels import robustness_labels
from mcda.scenario import Scenario
from mcda.workshop.contents import Opened
from mcda.workshop.room import Baseline, Decision, Room
from small import small_study


@pytest.fixture(scope="module")
def result() -> Result:
    return evaluate(hostile_study())


def column(result: Result, key: str, **more: object) -> dict[str, object]:
    """A column's cells by measure."""
    listing = ranked_list(result, "de", ("id", key), **more)  # type: ignore[arg-type]
    return {str(row[0]): row[1] for row in listing.rows}


def room_with(result: Result, **decisions: Decision) -> Room:
    opened = Opened(title="R", study=result.study.input_hash, scenario={}, version="1")
    return Room(opened, "2026-01-01T10:00:00Z", baseline=Baseline(decisions=decisions), statuses={"M1": "running"})


def test_columns_come_in_the_order_asked_for_and_once(result: Result) -> None:
    listing = ranked_list(result, "de", ("title", "rank", "title", "score"))
    assert [c.key for c in listing.columns] == ["title", "rank", "score"]
    assert [row[1] for row in listing.rows] == [line.rank for line in result.ranking]


def test_every_column_that_is_offered_can_be_had_and_has_a_group_with_a_name(result: Result) -> None:
    for language in LANGUAGES:
        groups = list_groups(result, language)
        assert all(has_text(f"list.group.{name}", language) for name in groups)
        keys = tuple(c.key for group in groups.values() for c in group)
        assert [c.key for c in ranked_list(result, language, keys).columns] == list(keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_are_unlike_even_where_users_call_two_criteria_alike(result: Result, language: str) -> None:
    headers = [c.header.casefold() for group in list_groups(result, language).values() for c in group]
    assert len(set(headers)) == len(headers)
    assert not [header for header in headers if "\n" in header]


def test_unknown_columns_are_all_named_with_what_may_have_been_meant(result: Result) -> None:
    with pytest.raises(InputError) as caught:
        ranked_list(result, "de", ("rnak", "rank", "robustnes", "own"))
    assert [(i.params["value"], i.params["nearest"]) for i in caught.value.issues] == [
        ("rnak", "rank"),
        ("robustnes", "robustness"),
        ("own", "own_contribution_eur"),
    ]
    said = caught.value.issues[0].sentence("de")
    assert said.startswith("--columns: ")
    assert said.count(",") < 12
    assert "Gemeint: robustness?" in caught.value.issues[1].sentence("de")


def test_some_measures_keep_the_ranks_of_the_whole_list(result: Result) -> None:
    listing = ranked_list(result, "de", ("id", "rank"), measures=("M2", "M4"))
    assert dict(listing.rows) == {x.measure: x.rank for x in result.ranking if x.measure in ("M2", "M4")}
    with pytest.raises(InputError, match="M9"):
        ranked_list(result, measures=("M9",))


def test_values_stand_in_their_own_unit(result: Result) -> None:
    assert column(result, "value_title") == {"M1": 4.5, "M2": 2.0, "M3": 1.0, "M4": 5.0}
    assert column(result, "value_cost") == {
        f"M{n}": Decimal(cost).quantize(Decimal("0.01")) for n, cost in enumerate(COSTS, 1)
    }
    share = column(result, "value_funding")
    assert share["M1"] == pytest.approx(50_000.01 / 119_000.01)
    kinds = {c.key: c.kind for c in list_groups(result)["values"]}
    assert kinds == {"value_rank": "number", "value_title": "number", "value_cost": "money", "value_funding": "percent"}


def test_money_columns_add_up_to_the_cent(result: Result) -> None:
    keys = ("id", "life_cycle_cost_eur", "grant_eur", "own_contribution_eur", "share_ISM", "eligible_cost_eur")
    for name, cost, grant, own, share, eligible in ranked_list(result, "de", keys).rows:
        assert cost == grant + own
        assert own == share
        assert cost == Decimal(COSTS[int(str(name)[1]) - 1]) == eligible


def test_how_sure_a_place_is_is_what_the_sampling_says(result: Result) -> None:
    labels = robustness_labels(result).by_measure()
    assert column(result, "robustness", codes=True) == {name: one.label for name, one in labels.items()}
    assert column(result, "robustness_share") == {name: one.share_above for name, one in labels.items()}
    shown = column(result, "robustness")
    signs = {
        "secure": "● sicher",
        "likely": "◕ wahrscheinlich",
        "contested": "◐ umstritten",
        "unlikely": "○ unwahrscheinlich",
    }
    assert shown == {name: signs[one.label] for name, one in labels.items()}


def test_how_sure_is_not_computed_unasked(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: Result) -> None:
        raise AssertionError

    monkeypatch.setattr("mcda.report.exhibits.ranked_list.robustness_labels", never)
    assert "robustness" not in [c.key for c in ranked_list(result).columns]
    with pytest.raises(AssertionError):
        ranked_list(result, "de", ("robustness",))


def test_a_method_that_cannot_be_played_through_leaves_the_label_empty() -> None:
    foreign = evaluate(hostile_study(), Scenario(method="pymcdm:VIKOR"))
    assert set(column(foreign, "robustness").values()) == {""}
    assert column(foreign, "score") == {line.measure: line.score for line in foreign.ranking}


def test_codes_are_for_programs(result: Result) -> None:
    line = result.ranking[0]
    keys = ("score", "part_rank", "tier", "verdict", "best_programme", "municipalities", "theme")
    (row,) = ranked_list(result, "de", keys, measures=(line.measure,), codes=True).rows
    assert row == (line.score, line.contributions["rank"], line.tier, "yes", "P", "ISM", "t")


def test_usual_columns_leave_out_what_no_measure_has() -> None:
    keys = {c.key for c in ranked_list(evaluate(small_study())).columns}
    assert {"rank", "title", "own_contribution_eur", "municipalities"} <= keys
    assert not keys & {"remark", "lead", "theme", "decided_rank", "programme", "verdict", "grant_eur", "staff_fte"}


def test_decisions_of_the_study_stand_beside_the_computed_ranks(result: Result) -> None:
    assert column(result, "decided_rank") == {"M1": None, "M2": None, "M3": None, "M4": 1}
    assert column(result, "decided_place") == {"M4": 1, "M1": 2, "M3": 3, "M2": 4}
    assert column(result, "rank") == {line.measure: line.rank for line in result.ranking}


def test_a_room_s_decisions_take_the_place_of_the_study_s(result: Result) -> None:
    room = room_with(result, M2=Decision(2, None, "weil"), M3=Decision(None, 1, "bald"))
    assert column(result, "decided_rank", room=room) == {"M1": None, "M2": 2, "M3": None, "M4": None}
    assert column(result, "decided_place", room=room) == {"M1": 1, "M2": 2, "M4": 3, "M3": 4}
    assert column(result, "decided_tier", room=room)["M3"] == "▲ Stufe 1"
    assert column(result, "decided_reason", room=room)["M2"] == "weil"
    assert column(result, "status", room=room, codes=True)["M1"] == "running"


def test_who_has_a_decided_place_stands_there(result: Result) -> None:
    generator = np.random.default_rng(7)
    names = [line.measure for line in result.ranking]
    for _ in range(50):
        chosen = generator.choice(names, size=2, replace=False)
        one, two = (int(place) for place in generator.choice([1, 2, 3, 4], size=2, replace=False))
        decisions = {str(chosen[0]): Decision(one, None, ""), str(chosen[1]): Decision(two, None, "")}
        order = [line.measure for line in decided_order(result.ranking, decisions)]
        assert sorted(order) == sorted(names)
        assert [order[one - 1], order[two - 1]] == list(chosen)
        rest = [name for name in order if name not in chosen]
        assert rest == [name for name in names if name not in chosen]


def test_nothing_decided_is_no_order() -> None:
    plain = evaluate(small_study())
    assert decisions_of(plain) == {}
    assert decided_places(plain, {}) == {}
    assert decided_places(plain, {"M1": Decision(None, 1, "")}) == {}


def test_a_value_nobody_knows_is_named_as_open() -> None:
    study = small_study()
    kept = tuple(r for r in study.ratings if (r.measure, r.criterion) != ("M2", "urgency"))
    open_one = evaluate(study.model_copy(update={"ratings": kept}))
    assert column(open_one, "open_values") == {"M1": "", "M2": "Dringlichkeit", "M3": "", "M4": ""}
    assert column(open_one, "open_values", codes=True)["M2"] == "urgency"
    line = next(x for x in open_one.ranking if x.measure == "M2")
    assert column(open_one, "score_high")["M2"] == 100 * line.score_high


def test_a_tier_without_a_name_is_its_number(result: Result) -> None:
    line = replace(result.ranking[0], tier=7)
    assert column(replace(result, ranking=(line,)), "tier") == {line.measure: "7"}
