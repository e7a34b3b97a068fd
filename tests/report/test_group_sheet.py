"""What is said of a group, and of everybody's weights, on studies with known answers."""

from itertools import product

import numpy as np
import pytest

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.report.exhibits.group_sheet import (
    agreement_sentences,
    camp_sentences,
    dispute_lines,
    influence_sentence,
    key_lines,
    key_sentences,
)
from mcda.report.exhibits.profiles import profile, profile_ids, profile_label, profile_rows
from mcda.report.exhibits.setting import changed_weights, scenario_name
from mcda.report.exhibits.trade_sentence import heaviest_trade, trade_sentence, trade_sentences
from mcda.robustness.voting_keys import voting_keys
from mcda.scenario import GROUP, Scenario
from mcda.study.model import DirectWeight, Stakeholder, Study
from mcda.tradeoffs import TradeOff, trade_offs
from mcda.ui.board.controls import board_controls
from mcda.weights.agenda import agenda
from mcda.weights.clusters import clusters
from mcda.weights.consensus import consensus
from mcda.weights.influence import influence
from mcda.weights.tree import tree_weights
from small import small_study

TOP = ("relevance", "feasibility", "cost", "funding")
MINDS = {"value": (90.0, 60.0, 10.0, 15.0), "thrift": (10.0, 30.0, 100.0, 80.0)}


def camps(*sizes: int) -> Study:
    """Two camps: people who want value and people who want thrift, each a little different from the next."""
    people, rows = [], []
    for mind, size in zip(MINDS, sizes, strict=True):
        for n in range(size):
            name = f"{mind}{n}"
            people.append(Stakeholder(id=name, label_de=name.capitalize(), municipality="ISM" if n % 2 else "GAR"))
            for criterion, points in zip(TOP, MINDS[mind], strict=True):
                moved = points + (n if criterion == "feasibility" else 0)
                rows.append(DirectWeight(stakeholder=name, criterion=criterion, points=moved, elicitation="swing"))
    return small_study(stakeholders=tuple(people), weights=tuple(rows))


def alone(study: Study) -> dict[str, object]:
    return {person.id: tree_weights(study, Scenario(profile=person.id)) for person in study.stakeholders}


def by_id(who: str) -> str:
    return who


def test_two_camps_are_told_with_their_main_criterion() -> None:
    study = camps(4, 4)
    everybody = alone(study)
    found = clusters([w.leaf for w in everybody.values()], list(everybody), study.leaves)  # type: ignore[attr-defined]
    first, *said = camp_sentences(study, found, by_id, "de")
    assert "Silhouette" in first
    assert [sentence.rsplit(": ", 1)[1] for sentence in said] == [
        "Ihnen ist Relevanz wichtiger als den anderen.",
        "Ihnen ist Kosten wichtiger als den anderen.",
    ]
    assert said[0].startswith("value0, value1, value2 und value3")


def test_one_mind_is_not_told_as_camps() -> None:
    study = camps(6, 0)
    everybody = alone(study)
    found = clusters([w.leaf for w in everybody.values()], list(everybody), study.leaves)  # type: ignore[attr-defined]
    assert len(camp_sentences(study, found, by_id, "de")) == 1


def test_the_agenda_names_the_factor_and_who_stands_at_either_end() -> None:
    study = camps(1, 1)
    first = dispute_lines(study, agenda(study, alone(study)), by_id, "de")[0]  # type: ignore[arg-type]
    assert first.title == "Relevanz gegen Kosten"
    assert "Faktor 81 " in f"{first.sentence} " or "Faktor 90 " in first.sentence
    assert "Am stärksten für Relevanz: value0. Am stärksten für Kosten: thrift0." in first.sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_a_group_is_whole_in_both_languages(language: str) -> None:
    study = camps(3, 2)
    everybody = alone(study)
    stack = [w.leaf for w in everybody.values()]  # type: ignore[attr-defined]
    found = voting_keys(study, Scenario(profile=GROUP, voting_key="equal"), everybody, draws=500)  # type: ignore[arg-type]
    said = [
        *agreement_sentences(consensus(np.array(stack)), language),
        *key_sentences(study, found, by_id, language),
        influence_sentence(study, influence(study, everybody, "equal"), by_id, language),  # type: ignore[arg-type]
        *(f"{line.title} {line.sentence}" for line in dispute_lines(study, agenda(study, everybody), by_id, language)),  # type: ignore[arg-type]
    ]
    assert all(sentence and "{" not in sentence and "None" not in sentence for sentence in said)
    lines = key_lines(study, found, language)
    assert len(lines) == 4
    assert lines[0].others == "0"


def test_the_group_is_called_by_how_many_they_are_and_how_votes_count() -> None:
    study = camps(2, 1)
    scenario = Scenario(profile=GROUP, voting_key="population")
    result = evaluate(study, scenario)
    assert scenario_name(result, "de") == "Gruppe: 3 Beteiligte, nach Einwohnerzahl"
    assert changed_weights(result, "de") == ""
    one = scenario.model_copy(update={"people": ("value0",)})
    assert profile_label(study, one, "de") == "Gruppe: 1 Person, nach Einwohnerzahl"


def test_profiles_stand_side_by_side_with_the_range_over_the_people() -> None:
    study = camps(2, 1)
    ids = profile_ids(study)
    assert ids == ("", GROUP, "value0", "value1", "thrift0")
    shown = [profile(study, Scenario(), name, "de") for name in ids]
    rows = {row.criterion: row for row in profile_rows(study, shown, "de")}
    for name, found in product(rows, (1,)):
        assert rows[name].overall[found] == tree_weights(study, Scenario(profile=GROUP)).overall[name]
    weights = [tree_weights(study, Scenario(profile=name)).overall["cost"] for name in ids[2:]]
    assert rows["cost"].span == (min(weights), max(weights))
    assert (rows["relevance"].depth, rows["goals"].depth) == (0, 1)
    assert shown[0].name == "Gewichte der Studie"
    assert shown[2].how == "Swing, Gewichte der Studie"
    assert len(shown[2].first) == 3


def test_the_live_page_offers_the_group_once_two_have_answered() -> None:
    offered = [preset["id"] for preset in board_controls(camps(1, 1), "de")["presets"]]
    assert offered == ["", GROUP, "value0", "thrift0"]
    assert [preset["id"] for preset in board_controls(camps(1, 0), "de")["presets"]] == ["", "value0"]


def test_a_trade_off_is_a_sentence_with_its_level_step_and_worth() -> None:
    study = small_study()
    trade = next(t for t in trade_offs(study, tree_weights(study, Scenario()), at=200_000) if t.leaf == "goals")
    worth = 200_000 * 1000 ** (0.21 * 0.25 / 0.2) - 200_000
    assert trade.worth == pytest.approx(worth)
    told = f"{float(f'{worth:.2e}'):,.0f} €".replace(",", ".")
    assert trade_sentence(study, trade, "de") == (
        f"Ab 200.000 € (Kosten) ist ein Schritt bei Ziele (von 3 auf 4 von 5) {told} wert."
    )
    beyond = TradeOff("goals", 3, 4, "cost", 200_000, 9_800_000, True)
    assert "mehr wert als alles" in trade_sentence(study, beyond, "de")


def test_the_heaviest_criterion_s_trade_off_stands_beside_the_live_weights() -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    said = heaviest_trade(study, weights, "de")
    assert said.startswith("Ab 320.000 € (Kosten) ist ein Schritt bei Umsetzbarkeit (von 3 auf 4 von 5)")
    assert said in trade_sentences(study, weights, "de")
    alone = tree_weights(study, Scenario(weights={"relevance": 0, "feasibility": 0, "cost": 1, "funding": 0}))
    assert heaviest_trade(study, alone, "de") == ""
    heavy = tree_weights(study, Scenario(weights={"relevance": 1, "feasibility": 1, "cost": 90, "funding": 5}))
    assert "Förderung" in heaviest_trade(study, heavy, "de")
