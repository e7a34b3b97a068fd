"""Stability in words: every end is where the named measure overtakes."""

import pytest

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.report.exhibits.stability_list import stability_list
from mcda.scenario import Scenario
from mcda.ui.sensitivity_one import stability_html
from small import small_study


def test_the_most_delicate_weight_stands_first_and_beyond_its_end_another_measure_leads() -> None:
    study = small_study()
    result = evaluate(study)
    found = stability_list(result, "de")
    line = found.lines[0]
    leader = result.ranking[0].measure
    siblings = study.children[study.criterion_by_id[line.criterion].parent]
    changed = []
    for end, beyond in ((line.first[0], -1e-6), (line.first[1], 1e-6)):
        if 0 < end < 1:
            others = {c: result.weights.local[c] for c in siblings if c != line.criterion}
            share = end + beyond
            points = {c: part / sum(others.values()) * (1 - share) for c, part in others.items()}
            moved = evaluate(study, Scenario(weights=points | {line.criterion: share}))
            changed.append(moved.ranking[0].measure != leader)
    assert changed
    assert all(changed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_weight_has_its_words_and_its_bar(language: str) -> None:
    found = stability_list(evaluate(small_study()), language)
    assert found.critical
    assert {line.criterion for line in found.lines} == {c.id for c in small_study().criteria}
    for line in found.lines:
        assert line.first[0] <= line.now <= line.first[1]
        assert line.top_words == ("bei jedem Gewicht" if language == "de" else "whatever the weight")
    markup = stability_html(found, language)
    assert markup.count("<tr>") == len(found.lines) + 1
    assert "{" not in markup


def test_a_locked_weight_cannot_be_moved_and_is_not_listed() -> None:
    result = evaluate(small_study())
    locked = frozenset({"relevance", "feasibility", "cost"})
    assert {line.criterion for line in stability_list(result, "de", locked).lines} <= {"goals", "urgency", *locked}
