"""What is said of a group, and of everybody's weights, on studies with known answers."""

from itertools import product

import numpy as np
import pytest

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.report.exhibits.group_sheet import (
    agreement_sentences,
    camp_sentences,
    dispute_lines,
    influence_sentence,
    key_headline,
    key_lines,
    key_sentences,
    missing_sentence,
)
from mcda.report.exhibits.group_sources import source_sentences
from mcda.report.exhibits.profiles import profile, profile_ids, profile_label, profile_rows
from mcda.report.exhibits.setting import changed_weights, scenario_name
from mcda.report.exhibits.trade_sentence import heaviest_trade, trade_sentence, trade_sentences
from mcda.robustness.key_check import KeyCheck, KeyOutcome, Tried
from mcda.robustness.voting_keys import voting_keys
from mcda.scenario import GROUP, Scenario, VotingKey
from mcda.study.model import DirectWeight, Stakeholder, Study
from mcda.tradeoffs import TradeOff, trade_offs
from mcda.ui.board.controls import board_controls
from mcda.weights.agenda import agenda
from mcda.weights.clusters import Cluster, Clusters, clusters
from mcda.weights.consensus import consensus
from mcda.weights.influence import Influence, influence
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
        "Ihnen ist Relevanz wichtiger als den anderen (51 % gegen 5 %).",
        "Ihnen ist Kosten wichtiger als den anderen (45 % gegen 6 %).",
    ]
    assert said[0].startswith("value0, value1, value2 und value3")


def test_camps_that_raise_the_same_criterion_are_told_apart_and_one_alone_is_a_voice() -> None:
    study = small_study()
    weights = (
        {"goals": 0.4, "urgency": 0.1, "feasibility": 0.2, "cost": 0.2, "funding": 0.1},
        {"goals": 0.1, "urgency": 0.4, "feasibility": 0.2, "cost": 0.2, "funding": 0.1},
        {"goals": 0.1, "urgency": 0.1, "feasibility": 0.2, "cost": 0.5, "funding": 0.1},
    )
    members = (("a", "b", "c"), ("d", "e"), ("f",))
    camps = tuple(Cluster(who, mine) for who, mine in zip(members, weights, strict=True))
    _, *said = camp_sentences(study, Clusters("split", camps, 0.9, 0.6, 199, 0), str.upper, "de")
    more, apart = "wichtiger als den anderen", "Vom ähnlichsten Lager trennt sie"
    goals = study.criterion_by_id["goals"].label_de
    assert said == [
        f"A, B und C: Ihnen ist Relevanz {more} (50 % gegen 40 %). {apart} {goals} (40 % gegen 10 %).",
        f"D und E: Ihnen ist Relevanz {more} (50 % gegen 43 %). {apart} {goals} (10 % gegen 40 %).",
        f"F: Dieser Stimme ist Kosten {more} (50 % gegen 20 %).",
    ]


def test_the_group_s_weights_say_how_many_answered_when_and_where_nobody_did() -> None:
    study = camps(2, 1)
    at = {"value0": "2026-11-20T10:00:00+01:00", "thrift0": "2026-11-23T08:00:00+01:00"}
    dated = tuple(w.model_copy(update={"answered_at": at.get(w.stakeholder, "")}) for w in study.weights)
    goals = tuple(
        DirectWeight(stakeholder="value1", criterion=leaf, points=50.0, elicitation="swing")
        for leaf in study.children["relevance"]
    )

    def said(*rows: DirectWeight) -> str:
        changed = study.model_copy(update={"weights": rows})
        joined = tree_weights(changed, Scenario(profile=GROUP))
        return " ".join(source_sentences(changed, joined, ("value0", "value1", "thrift0"), "de"))

    assert said(*study.weights) == (
        "Gemittelt aus den Antworten von 3 der 3 Beteiligten. "
        "Ohne Antwort, deshalb mit den Gewichten der Studie: Relevanz."
    )
    assert said(*dated, *goals) == (
        "Gemittelt aus den Antworten von 3 der 3 Beteiligten. Die letzte Antwort kam am 23.11.2026. "
        "Nur ein Teil hat auch hierzu geantwortet: Relevanz (1)."
    )


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


def test_a_key_that_cannot_be_used_names_what_is_missing_for_it() -> None:
    study = camps(1, 1)
    home, away = study.stakeholders
    people = ("value0", "thrift0")

    def said(key: VotingKey, *who: Stakeholder, **changes: object) -> str:
        members = tuple(m.model_copy(update=changes) for m in study.municipalities)
        changed = study.model_copy(update={"stakeholders": who, "municipalities": members})
        return missing_sentence(changed, people, key, "de")

    nowhere = [who.model_copy(update={"municipality": ""}) for who in (home, away)]
    silent = [who.model_copy(update={"voting_weight": 0.0}) for who in (home, away)]
    assert said("population", *nowhere).endswith("weil bei niemandem aus der Gruppe eine Kommune steht.")
    assert said("population", home, away, population=None).endswith("die Einwohnerzahl steht.")
    assert said("municipality", home, away, voting_weight=0.0).endswith("ein Stimmgewicht hat.")
    assert said("declared", *silent).endswith("weil alle in der Gruppe das Stimmgewicht 0 haben.")


def outcome(first: str, top: str, **voices: float) -> KeyOutcome:
    return KeyOutcome(voices, (first,), tuple(top))


def checked(keys: int = 0, drawn: int = 0, top: int = 0) -> KeyCheck:
    """A check of three people that found so many changes between the keys, among drawn voices, in the first ten."""
    far = outcome("M2", "M1", a=0.426, b=0.338, c=0.236)
    none, found = Tried(13, 0, 0, None, None), Tried(1000, drawn, top, far if drawn else None, far if top else None)
    between = Tried(2, keys, 0, far if keys else None, None)
    return KeyCheck("equal", {"equal": outcome("M1", "M1", a=1.0)}, {}, between, none, none, found, (), 1000, 7)


@pytest.mark.parametrize(
    ("found", "answer"),
    [
        (checked(), "no"),
        (checked(top=3), "top"),
        (checked(drawn=3, top=3), "voices"),
        (checked(keys=1, drawn=3), "yes"),
    ],
)
def test_the_headline_tells_the_named_ways_of_counting_from_any_votes_at_all(found: KeyCheck, answer: str) -> None:
    assert key_headline(found, "de") == text(f"group_page.keys_{answer}", "de")


def test_shares_of_an_example_sum_to_a_hundred_and_nothing_found_says_how_many_were_tried() -> None:
    *_, drawn, leaving = key_sentences(small_study(), checked(drawn=3), str.upper, "de")
    assert "43 % A, 34 % B und 23 % C. Dann steht vorn: M2 · " in drawn
    assert leaving == text("group_page.leaving_none", "de")
    drawn = key_sentences(small_study(), checked(), str.upper, "de")[2]
    assert "keine unter 1.000 geprüften" in drawn
    assert "Startzahl 7" in drawn


def test_one_vote_alone_is_no_agreement() -> None:
    found = consensus(np.array([[0.6, 0.4], [0.1, 0.9]]), [1.0, 0.0])
    assert agreement_sentences(found, "de") == (text("group_page.one_vote", "de"),)


def test_the_most_influential_person_is_told_in_percentage_points() -> None:
    found = (Influence("value0", 0.5, 0.205, "cost", -0.109), Influence("thrift0", 0.5, 0.1, "cost", 0.05))
    assert influence_sentence(small_study(), found, by_id, "de") == (
        "value0: Ohne diese Antworten verteilten sich 20,5 % des Gewichts anders. "
        "Kosten zählte dann 10,9 Prozentpunkte weniger."
    )


def test_names_that_hold_an_and_are_kept_apart_by_semicolons() -> None:
    study = camps(2, 1)
    called = {"value0": "Ämter und Räte", "value1": "Kasse"}
    points = (4, 3, 2, 1, 4, 3, 2, 1, 4, 3, 2, 2)
    answers = tuple(w.model_copy(update={"points": p}) for w, p in zip(study.weights, points, strict=True))
    moved = study.model_copy(update={"weights": answers})
    lines = dispute_lines(moved, agenda(moved, alone(moved)), lambda who: called.get(who, who), "de")  # type: ignore[arg-type]
    assert any("Ämter und Räte; Kasse" in line.sentence for line in lines)


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
