"""Plans in words: every rule has a name of its own, and 'best' is said only of what is proven."""

from dataclasses import replace
from math import inf

import pytest

from example import ranked_example, the_example
from mcda.locale import LANGUAGES
from mcda.portfolio import Missed, Plan, PlanTask, plan
from mcda.portfolio.ready import prepare
from mcda.report.exhibits.plan_words import (
    missed_sentences,
    plan_finding_sentences,
    rule_words,
    status_sentence,
    task_sentence,
)

EVERYTHING = {
    "years": 2,
    "schedule": True,
    "budget_eur": 1_000_000,
    "budget_by_year_eur": {2026: 500_000, 2027: 500_000},
    "municipality_budgets_eur": {"ECH": 300_000},
    "municipality_budgets_by_year_eur": {"GAR": {2026: 300_000, 2027: 300_000}},
    "later_own_eur_per_year": 900_000,
    "pots_eur": {"IKZ": 90_000},
    "staff_fte": 30,
    "must": ["MV-07"],
    "never": ["MV-09"],
    "starts": {"MV-07": 2026},
    "numbers": [
        {"of": "theme", "name": "mobility", "least": 1, "most": 30},
        {"of": "category", "name": "quick_start", "most": 30},
        {"of": "municipality", "name": "ECH", "most": 50},
        {"of": "start_at_once", "most": 50},
        {"most": 50},
    ],
}


def made(**task: object) -> Plan:
    return plan(ranked_example(), PlanTask.model_validate({"budget_eur": 1_000_000, **task}))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("budget", "Eigenmittel gesamt"),
        ("budget.2027", "Eigenmittel 2027"),
        ("municipality.ECH", "Budget Eching"),
        ("municipality.ECH.2027", "Budget Eching 2027"),
        ("least.theme.mobility", "Mindestzahl Handlungsfeld Mobilität und Verkehr"),
        ("least.start_at_once", "Mindestzahl sofort beginnbar"),
        ("most.category.quick_start", "Höchstzahl Kategorie Sofortmaßnahme"),
        ("requires.MV-02.DO-02", "MV-02 braucht DO-02"),
        ("requires", "was eine Maßnahme voraussetzt"),
        ("never.MV-02", "MV-02 ist gestrichen"),
        ("something.else", "something.else"),
    ],
)
def test_a_rule_is_called_by_what_it_means(key: str, words: str) -> None:
    assert rule_words(key, the_example(), "de") == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rule_of_a_full_task_is_left_as_its_key_and_no_two_read_alike(language: str) -> None:
    ready = prepare(ranked_example(), PlanTask.model_validate(EVERYTHING))
    keys = {row.key for row in ready.rows if not row.key.startswith("once.")}
    assert {key.partition(".")[0] for key in keys} >= {"budget", "municipality", "later", "pot", "staff", "requires"}
    words = {key: rule_words(key, the_example(), language) for key in keys}
    assert [key for key, said in words.items() if said == key] == []
    assert len(set(words.values())) == len(words)


def test_best_is_said_only_of_a_proven_plan() -> None:
    best = made()
    assert status_sentence(best, "de") == "Bester Plan"
    near = replace(best, status="feasible", gap=0.0071)
    assert status_sentence(near, "de") == "Bester gefundener Plan, höchstens 0,8 % unter dem Optimum"
    assert status_sentence(replace(near, gap=inf), "en").endswith("is open")


def test_what_the_plan_was_made_for() -> None:
    assert task_sentence(made(), "de") == "Eigenmittel 1.000.000 € über die Laufzeit der Maßnahmen"
    assert task_sentence(made(years=5), "de") == "Eigenmittel 1.000.000 €, Jahre 2026 bis 2030"


def test_a_missed_minimum_is_told_with_its_rule_in_words() -> None:
    missed = replace(made(), missed=(Missed("least.theme.mobility", 4, 3, 100.0),))
    assert missed_sentences(missed, the_example(), "de") == (
        "Mindestzahl Handlungsfeld Mobilität und Verkehr: verlangt sind 4, erreicht werden 3.",
    )


def test_findings_come_as_sentences_and_how_far_it_is_proven_is_not_said_twice() -> None:
    told = plan_finding_sentences(made(), the_example(), "de")
    assert any(sentence.startswith("Angenommen ist") for sentence in told)
    assert not any("unter dem Optimum" in sentence for sentence in told)
