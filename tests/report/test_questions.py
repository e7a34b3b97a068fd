"""Questions about weights carry their ranges; pairs come in an order that soon connects all criteria."""

import pytest

from mcda.report.exhibits.questions import group_name, pair_question, question_plan, swing_of, swings_of
from mcda.report.exhibits.revision_sentence import answer_sentence, consistency_sentence, ratio_text, triad_sentences
from mcda.result import Consistency
from mcda.study.model import ScaleLevel
from mcda.weights.comparisons import components
from mcda.weights.contradictions import Triad
from small import small_study

STUDY = small_study(
    levels=(
        ScaleLevel(criterion="urgency", value=1, label_de="kann warten", label_en="can wait"),
        ScaleLevel(criterion="urgency", value=5, label_de="sofort"),
    )
)


@pytest.mark.parametrize(
    ("criterion", "language", "worst", "best"),
    [
        ("urgency", "de", "„kann warten“", "„sofort“"),
        ("urgency", "en", "“can wait”", "“sofort”"),
        ("goals", "de", "1 von 5", "5 von 5"),
        ("cost", "de", "10.000.000 €", "10.000 €"),
        ("cost", "en", "€10,000,000", "€10,000"),
        ("funding", "de", "0,0 %", "90,0 %"),
        ("relevance", "de", "dem schlechtesten Stand", "den besten Stand (alle 2 Unterkriterien)"),
    ],
)
def test_a_step_goes_from_the_worst_to_the_best_level_in_words(
    criterion: str, language: str, worst: str, best: str
) -> None:
    found = swing_of(STUDY, criterion, language)
    assert (found.worst, found.best) == (worst, best)


def test_a_pair_is_one_sentence_with_both_ranges() -> None:
    assert pair_question(STUDY, "urgency", "cost", "de") == (
        "Was zählt mehr: Dringlichkeit von „kann warten“ auf „sofort“ – oder Kosten von 10.000.000 € auf 10.000 €?"
    )


def test_groups_are_called_by_what_is_above_them() -> None:
    assert group_name(STUDY, "", "de") == "Hauptkriterien"
    assert group_name(STUDY, "relevance", "en") == "Relevance: 2 sub-criteria"
    assert [s.criterion for s in swings_of(STUDY, "relevance", "de")] == ["goals", "urgency"]


@pytest.mark.parametrize("size", range(2, 13))
def test_the_plan_asks_every_pair_once_and_connects_all_within_the_first_round(size: int) -> None:
    items = [f"c{n}" for n in range(size)]
    plan, enough = question_plan(items)
    assert len(plan) == len({frozenset(pair) for pair in plan}) == size * (size - 1) // 2
    assert all(items.index(a) < items.index(b) for a, b in plan)
    import numpy as np

    answered = np.eye(size, dtype=bool)
    for a, b in plan[: max(size - 1, 1)]:
        i, j = items.index(a), items.index(b)
        answered[i, j] = answered[j, i] = True
    assert len(components(answered)) == 1
    assert enough == (len(plan) if size <= 5 else min(2 * size, len(plan)))
    times = [sum(item in pair for pair in plan[:enough]) for item in items]
    assert max(times) - min(times) <= 1


@pytest.mark.parametrize(
    ("value", "german"),
    [(6.0, "6"), (0.5, "1/2"), (1 / 3, "1/3"), (1.0, "1"), (2.35, "2,35"), (1 / 2.4, "0,42"), (0.333, "0,33")],
)
def test_answers_are_written_as_people_give_them(value: float, german: str) -> None:
    assert ratio_text(value, "de") == german


def test_an_answer_below_one_is_turned_round() -> None:
    assert answer_sentence(STUDY, "goals", "urgency", 1 / 3, "de") == "Dringlichkeit zählt 3-mal so viel wie Ziele."
    assert answer_sentence(STUDY, "goals", "urgency", 1, "de") == "Ziele und Dringlichkeit zählen gleich viel."


def test_the_worst_triad_is_three_sentences_and_what_follows() -> None:
    found = triad_sentences(STUDY, Triad(("goals", "urgency", "cost"), 3, 2, 0.5, 0.9), "de")
    assert found == (
        "Ziele zählt 3-mal so viel wie Dringlichkeit.",
        "Dringlichkeit zählt 2-mal so viel wie Kosten.",
        "Kosten zählt 2-mal so viel wie Ziele.",
        "Aus den ersten beiden folgt aber: Ziele zählt 6-mal so viel wie Kosten.",
    )


@pytest.mark.parametrize(
    ("size", "ratio", "sentence"),
    [
        (2, 0.0, "Bei zwei Kriterien kann sich nichts widersprechen."),
        (5, 0.05, "Die Antworten passen zusammen."),
        (5, 0.2, "Die Antworten widersprechen sich stärker als üblich."),
    ],
)
def test_contradictions_in_plain_words(size: int, ratio: float, sentence: str) -> None:
    assert consistency_sentence(Consistency("", size, size, ratio, 0.1, "x"), "de") == sentence
