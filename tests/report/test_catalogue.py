"""The catalogue's rows: order, filters, and what stands outside the competition."""

from mcda.evaluate import evaluate
from mcda.report.exhibits.catalogue import Choice, catalogue_rows, gate_reason, matching
from mcda.study.model import Study, Theme
from mcda.ui.pages.catalogue import sorted_rows
from small import CRITERIA, LEVELS, measure, small_study


def study() -> Study:
    extra = {
        "M1": {"theme": "mobility", "category": "key_project", "partners": ("MVV",)},
        "M2": {"mandatory": True, "theme": "mobility"},
        "M3": {"knock_out": "Keine Rechtsgrundlage.", "status": "dropped"},
        "M4": {"title_en": "Measure four", "municipalities": ("GAR",), "theme": "mobility"},
    }
    measures = tuple(measure(m, LEVELS[m][3], **more) for m, more in extra.items())
    return small_study(measures=measures, themes=(Theme(id="mobility", label_de="Mobilität", label_en="Mobility"),))


def rows(language: str = "de"):
    return catalogue_rows(evaluate(study()), language)


def test_ranked_measures_come_first_then_mandatory_then_excluded_with_every_reason() -> None:
    found = rows()
    assert [row.standing for row in found] == ["ranked", "ranked", "mandatory", "excluded"]
    assert [row.rank for row in found] == [1, 2, None, None]
    assert found[2].id == "M2"
    assert found[3].id == "M3"
    assert "Keine Rechtsgrundlage." in found[3].standing_reason
    assert len([row for row in found if row.id == "M3"]) == 1


def test_titles_and_themes_follow_the_language() -> None:
    by_id = {row.id: row for row in rows("en")}
    assert by_id["M4"].title == "Measure four"
    assert by_id["M4"].theme_label == "Mobility"
    assert by_id["M1"].title == "Maßnahme M1"


def test_every_word_of_a_search_must_occur_somewhere() -> None:
    assert [row.id for row in matching(rows(), Choice(search="mvv  maßnahme"))] == ["M1"]
    assert matching(rows(), Choice(search="mvv rufbus")) == ()
    assert len(matching(rows(), Choice())) == 4


def test_filters_hold_together_and_within_one_any_choice_will_do() -> None:
    chosen = Choice(themes=frozenset({"mobility"}), municipalities=frozenset({"ISM"}))
    assert {row.id for row in matching(rows(), chosen)} == {"M1", "M2"}
    assert matching(rows(), Choice(verdicts=frozenset({"yes"}))) == ()
    assert len(matching(rows(), Choice(verdicts=frozenset({"yes", "no"})))) == 4


def test_sorting_turns_round_and_leaves_the_rest_at_the_end_of_a_ranking() -> None:
    found = rows()
    assert [row.rank for row in sorted_rows(found, ("rank", True))] == [2, 1, None, None]
    costs = [row.life_cycle for row in sorted_rows(found, ("life_cycle", False))]
    assert costs == sorted(costs)


def gated_sentence(language: str = "de", **changes: dict[str, object]) -> str:
    criteria = tuple(c.model_copy(update=changes[c.id]) if c.id in changes else c for c in CRITERIA)
    result = evaluate(small_study(criteria=criteria))
    return gate_reason(result.study, [next(g for g in result.gated if g.measure == "M4")], language)


def test_a_missed_limit_is_told_by_sense_and_unit() -> None:
    dear = {"cost": {"minimum": 500_000.0}}
    assert gated_sentence(**dear) == "Ausgeschlossen wegen Kosten: 2.000.000 €, erlaubt höchstens 500.000 €."
    assert gated_sentence("en", **dear).endswith("€2,000,000, allowed at most €500,000.")
    hard = {"feasibility": {"minimum": 3.5}}
    assert gated_sentence(**hard) == "Ausgeschlossen wegen Umsetzbarkeit: 3 von 5, verlangt mindestens 3,5 von 5."


def test_a_reason_with_its_own_full_stop_is_not_given_another() -> None:
    refused = tuple(
        m.model_copy(update={"knock_out": "Gemeinderat lehnt ab."}) if m.id == "M2" else m
        for m in small_study().measures
    )
    result = evaluate(small_study(measures=refused))
    assert gate_reason(result.study, result.gated, "de") == "Ausgeschlossen: Gemeinderat lehnt ab."


def test_an_unstated_cost_stays_open_and_stands_last_whichever_way_amounts_are_sorted() -> None:
    bare = tuple(
        m.model_copy(update={"capex_eur": None, "opex_eur_per_year": None}) if m.id == "M2" else m
        for m in small_study().measures
    )
    found = catalogue_rows(evaluate(small_study(measures=bare)), "de")
    assert next(row for row in found if row.id == "M2").own_contribution is None
    for downwards in (True, False):
        assert sorted_rows(found, ("life_cycle", downwards))[-1].id == "M2"
