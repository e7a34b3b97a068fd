from mcda import evaluate
from mcda.report.exhibits.findings import finding_lines
from small import CRITERIA, LEVELS, ratings, small_study, with_measure


def test_criteria_are_called_by_name():
    flat = tuple(r for m in LEVELS for r in ratings(m, 3, 4, 2))
    sentences = [line.sentence for line in finding_lines(evaluate(small_study(ratings=flat)), "de")]
    assert "Umsetzbarkeit ist bei allen Maßnahmen gleich und unterscheidet sie nicht." in sentences


def test_dominated_measures_are_one_sentence_and_the_weightiest_comes_first():
    leaf = next(c for c in CRITERIA if c.id == "funding")
    own = leaf.model_copy(
        update={"id": "own", "sense": "min", "quantity": "own_contribution_eur", "best": 0, "worst": 1e7}
    )
    study = with_measure(
        with_measure(small_study(criteria=(*CRITERIA, own)), "W1", (1, 1, 1, 9e6)), "W2", (1, 1, 1, 8e6)
    )
    lines = finding_lines(evaluate(study), "en")
    assert lines[0].code == "money_counted_twice"
    dominated = [line for line in lines if line.code == "dominated"]
    assert len(dominated) == 1
    assert "W1 (" in dominated[0].sentence
    assert "W2 (" in dominated[0].sentence


def test_a_note_on_the_study_is_a_sentence_too():
    first, *others = small_study().measures
    noted = first.model_copy(update={"extra_columns": (("Farbe", "rot"),), "excludes": ("M2",)})
    lines = finding_lines(evaluate(small_study(measures=(noted, *others))), "en")
    assert {"column_unknown", "exclusion_one_sided"} <= {line.code for line in lines}
    assert any("Farbe" in line.sentence for line in lines)
