"""What the live board draws: texts and numbers in the reader's language, exactly those of the result."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import Issue
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.methods.from_pymcdm import MENU
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.model import Eligibility, Programme, Stakeholder, Study
from mcda.ui.board.controls import board_controls
from mcda.ui.board.payload import baseline_name, board_payload, shown_points
from small import CRITERIA, MEMBERS, measure, ratings, small_study


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


@pytest.fixture(scope="module")
def base(study: Study) -> Result:
    return evaluate(study)


def rows_of(result: Result, baseline: Result, language: str = "de") -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in board_payload(result, baseline, language)["rows"]}


def test_rows_carry_ranks_and_scores_of_the_result_to_the_last_digit(study: Study, base: Result) -> None:
    result = evaluate(study, Scenario(weights={"cost": 60}))
    rows = board_payload(result, base, "de")["rows"]
    assert [(r["id"], r["rank"], r["group"], r["score_value"]) for r in rows] == [
        (line.measure, line.rank, line.rank_group, line.score) for line in result.ranking
    ]


def test_arrows_tell_the_way_and_the_places_against_the_baseline(study: Study, base: Result) -> None:
    result = evaluate(study, Scenario(weights={"cost": 90, "relevance": 1}))
    was = {line.measure: line.rank for line in base.ranking}
    moved = [line for line in result.ranking if line.rank != was[line.measure]]
    assert moved
    rows = rows_of(result, base)
    for line in moved:
        places = was[line.measure] - line.rank
        assert rows[line.measure]["move"] == places
        assert rows[line.measure]["arrow"] == f"{'▲' if places > 0 else '▼'} {abs(places)}"
        assert f"vorher Rang {was[line.measure]}" in rows[line.measure]["move_text"]


def test_no_arrow_without_a_move(base: Result) -> None:
    assert {(r["move"], r["arrow"], r["move_text"]) for r in rows_of(base, base).values()} == {(0, "", "unverändert")}


def test_a_measure_the_baseline_does_not_rank_is_new(study: Study, base: Result) -> None:
    without_first = replace(base, ranking=base.ranking[1:])
    first = rows_of(base, without_first)[base.ranking[0].measure]
    assert (first["move"], first["arrow"]) == (0, "neu")


def test_numbers_follow_the_language(base: Result) -> None:
    german, english = rows_of(base, base, "de")["M1"], rows_of(base, base, "en")["M1"]
    assert german["own"] == "60.000 €"
    assert english["own"] == "€60,000"
    assert german["score"] == english["score"].replace(".", ",")


def test_bar_pieces_are_the_contributions_in_percent_of_the_full_bar(base: Result) -> None:
    for line in base.ranking:
        row = rows_of(base, base)[line.measure]
        assert row["parts"] == pytest.approx([100 * part for part in line.contributions.values()], abs=0.005)
        assert row["parts_text"].count("·") == len(line.contributions) - 1


@pytest.mark.parametrize("method", [*METHODS, *(f"pymcdm:{name}" for name in MENU)])
def test_every_method_on_the_menu_can_be_drawn(study: Study, base: Result, method: str) -> None:
    full = small_study(criteria=tuple(c for c in CRITERIA if c.id != "funding"))
    result = evaluate(full, Scenario(method=method))
    payload = board_payload(result, evaluate(full), "de")
    assert len(payload["rows"]) == len(result.ranking)
    assert all(0 <= sum(row["parts"]) <= 100.01 for row in payload["rows"])
    assert payload["method"] == method
    assert payload["method_help"]


def test_a_missing_rating_shows_the_interval_beside_the_score() -> None:
    open_rating = tuple(r for r in small_study().ratings if (r.measure, r.criterion) != ("M1", "goals"))
    result = evaluate(small_study(ratings=open_rating))
    row = rows_of(result, result)["M1"]
    assert row["incomplete"]
    low, high = row["interval"].split("–")
    assert float(low.replace(",", ".")) <= float(row["score"].replace(",", ".")) <= float(high.replace(",", "."))
    assert "Es fehlen Angaben" in row["interval_text"]


def test_best_programme_with_its_verdict_and_the_open_amount() -> None:
    programme = Programme(
        id="P1", name="Programm Eins", name_en="Programme One", rate_pct=50, valid_from="2020-01-01", vat_rule="gross"
    )
    finding = Eligibility(measure="M1", programme="P1", verdict="check", reason="offen")
    measures = tuple(
        m.model_copy(update={"funding_candidates": ("P1",)}) if m.id == "M1" else m for m in small_study().measures
    )
    study = small_study(programmes=(programme,), eligibility=(finding,), measures=measures)
    row = rows_of(evaluate(study), evaluate(study), "en")["M1"]
    assert (row["programme"], row["verdict"], row["verdict_text"]) == ("Programme One", "check", "to be checked")
    assert row["own"] == "€45,000"
    assert row["own_interval"] == "€30,000–€60,000"


def test_no_programme_is_said_in_words(base: Result) -> None:
    row = rows_of(base, base)["M1"]
    assert (row["programme"], row["verdict"], row["verdict_text"]) == ("", "", "kein Programm gefunden")


def test_measures_outside_the_competition_stay_visible_with_their_reason() -> None:
    measures = (
        *small_study().measures,
        measure("M5", 1, mandatory=True),
        measure("M6", 1, knock_out="Nicht zuständig"),
    )
    result = evaluate(small_study(measures=measures, ratings=small_study().ratings + ratings("M5", 3, 3, 3)))
    mandatory, excluded = board_payload(result, result, "de")["gated"]
    assert mandatory["lines"] == ["Maßnahme M5"]
    assert excluded["heading"] == "Ausgeschlossen (1)"
    assert excluded["lines"][0].startswith("Maßnahme M6: ")
    assert "Nicht zuständig" in excluded["lines"][0]


def test_findings_strongest_first_three_at_once_the_rest_behind() -> None:
    levels = ("note", "warning", "strong", "note", "warning")
    base = evaluate(small_study())
    findings = tuple(Issue("unknown_id", level, params={"value": f"W{i}"}) for i, level in enumerate(levels))
    findings = tuple(replace(f, params={"value": f.params["value"], "allowed": "-"}) for f in findings)
    shown = board_payload(replace(base, findings=findings), base, "de")["findings"]
    assert [f["level"] for f in shown["first"]] == ["strong", "warning", "warning"]
    assert len(shown["rest"]) == 2
    assert shown["more"] == "Weitere Hinweise (2)"


def test_findings_name_measures_and_criteria_instead_of_ids(base: Result) -> None:
    finding = Issue("unknown_id", "note", params={"value": "M1", "allowed": ("goals",)})
    shown = board_payload(replace(base, findings=(finding,)), base, "de")["findings"]["first"][0]
    assert shown["sentence"] == "„Maßnahme M1“ ist nicht vorhanden. Erlaubt: Ziele."


@given(st.lists(st.floats(0, 1000), min_size=4, max_size=4).filter(lambda p: sum(p) > 1))
def test_points_on_screen_are_tenths_that_sum_to_100(points: list[float]) -> None:
    study = small_study()
    result = evaluate(study, Scenario(weights=dict(zip(study.children[""], points, strict=True))))
    payload = board_payload(result, result, "de")
    for siblings in study.children.values():
        assert sum(payload["points"][s] for s in siblings) == pytest.approx(100)
        tenths = [round(10 * float(payload["shown"][s].replace(",", "."))) for s in siblings]
        assert sum(tenths) == 1000
        for s, tenth in zip(siblings, tenths, strict=True):
            assert abs(tenth - 10 * payload["points"][s]) < 1


@pytest.mark.parametrize(
    ("tops", "shown"),
    [
        ((100 / 3, 100 / 3, 100 / 6, 100 / 6), ("33,3", "33,3", "16,7", "16,7")),
        ((200 / 3, 100 / 6, 100 / 6, 0), ("66,6", "16,7", "16,7", "0")),
        ((100 / 3, 100 / 3, 100 / 3, 0), ("33,4", "33,3", "33,3", "0")),
        ((100 - 100 / 7, 100 / 7, 0, 0), ("85,7", "14,3", "0", "0")),
    ],
)
def test_the_largest_remainder_rounds_up_and_of_equal_ones_the_largest_weight_gives_way(
    study: Study, tops: tuple[float, ...], shown: tuple[str, ...]
) -> None:
    points = dict.fromkeys(study.criterion_by_id, 50.0) | dict(zip(study.children[""], tops, strict=True))
    assert tuple(shown_points(study, points, "de")[c] for c in study.children[""]) == shown


def test_the_comparison_names_method_and_day_where_they_differ(study: Study, base: Result) -> None:
    other = evaluate(study, Scenario(method="weighted_sum"))
    later = evaluate(study, Scenario(weights={"cost": 30}, as_of=date(2026, 7, 1)))
    assert baseline_name(base, base, "de") == "Gewichte der Studie"
    assert baseline_name(other, base, "de") == "Gewichte der Studie, Abstand zum Ideal"
    assert baseline_name(base, later, "de") == "Eigene Gewichtung, Stichtag 01.07.2026"
    assert baseline_name(base, other, "en").startswith("The study's weights, ")
    assert baseline_name(other, base, "de") in board_payload(other, base, "de")["compared"]


def test_whole_points_are_shown_without_decimals(study: Study) -> None:
    assert shown_points(study, dict.fromkeys(study.criterion_by_id, 25.0) | {"goals": 60.0, "urgency": 40.0}, "de") == {
        "relevance": "25",
        "feasibility": "25",
        "cost": "25",
        "funding": "25",
        "goals": "60",
        "urgency": "40",
    }


def test_provenance_names_everything_needed_to_make_the_numbers_again(base: Result) -> None:
    line = board_payload(base, base, "de")["provenance"]
    for part in (base.provenance.version, base.provenance.input_hash[:12], "30.06.2025", "Gewichte der Studie"):
        assert part in line


def test_controls_hold_the_tree_the_starting_points_and_the_notice(study: Study) -> None:
    who = Stakeholder(id="treasury", label_de="Kämmerei")
    silent = Stakeholder(id="silent", label_de="Sagt nichts")
    weights = ({"stakeholder": "treasury", "criterion": "cost", "points": 50},)
    spoken = Study.model_validate(
        {**study.model_dump(), "stakeholders": [who, silent], "weights": weights, "municipalities": MEMBERS}
    )
    controls = board_controls(spoken, "de")
    assert [c["id"] for c in controls["criteria"]] == ["relevance", "feasibility", "cost", "funding"]
    assert [c["id"] for c in controls["criteria"][0]["children"]] == ["goals", "urgency"]
    assert controls["criteria"][0]["lock"] == "Relevanz festhalten"
    assert [preset["id"] for preset in controls["presets"]] == ["", "treasury"]
    assert [m["id"] for m in controls["methods"]] == list(METHODS)


def test_an_unstated_cost_is_no_zero_on_the_board() -> None:
    study = small_study()
    bare = study.measures[0].model_copy(update={"capex_eur": None, "opex_eur_per_year": None})
    result = evaluate(study.model_copy(update={"measures": (bare, *study.measures[1:])}))
    row = next(r for r in board_payload(result, result, "de")["rows"] if r["id"] == "M1")
    assert row["own"] == "nicht angegeben"
    assert row["own_interval"] == ""
