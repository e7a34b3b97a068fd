"""What a whole evaluation tells: each check once, in both languages, with names for criteria."""

import pytest

from mcda import evaluate
from mcda.evaluate import prepare
from mcda.locale import LANGUAGES
from mcda.report.exhibits.findings import finding_lines
from mcda.study.model import Criterion, Rating, Study
from small import CRITERIA, MEMBERS, measure, small_study, with_measure


def troubled() -> Study:
    """Twelve measures with nearly every trouble at once."""
    names = [f"M{i}" for i in range(12)]
    effort = Criterion(id="effort", label_de="Aufwand", best=5, worst=1, step=1, weight=20)
    staff = Criterion(
        id="staff",
        label_de="Stellen",
        sense="min",
        kind="computed",
        quantity="staff_fte",
        best=0.1,
        worst=40,
        weight=10,
    )
    spare = tuple(Criterion(id=f"s{i}", label_de=f"Weiteres {i}", best=5, worst=1, step=1, weight=1) for i in range(8))
    ratings = [
        Rating(measure=m, criterion=c, rater=who, value=1 + (i + extra) % 5)
        for i, m in enumerate(names)
        for c in ("goals", "urgency", "effort")
        for who, extra in (("ISM", 0), ("GAR", 2 if i % 5 < 3 else 0))
    ]
    team = [Rating(measure=m, criterion="feasibility", rater="team", value=1 + i % 5) for i, m in enumerate(names)]
    return small_study(
        criteria=(*CRITERIA, effort, staff, *spare),
        measures=tuple(
            measure(m, 20_000 * 2**i, staff_fte=0.1 if i < 11 else 40, extra_columns=(("Farbe", "rot"),))
            for i, m in enumerate(names)
        ),
        ratings=tuple(ratings + team),
        municipalities=MEMBERS,
    )


EXPECTED = {
    *("column_unknown", "criterion_unrated", "direction_against_name", "many_siblings", "many_leaves", "one_rater"),
    *("raters_differ", "bounds_from_data", "skewed", "counted_alike"),
}


def test_a_troubled_study_is_told_everything_once():
    codes = [f.code for f in evaluate(troubled()).findings]
    assert set(codes) >= EXPECTED
    assert [code for code in EXPECTED if codes.count(code) != 1] == []


def test_a_criterion_nobody_rated_is_not_told_again_measure_by_measure():
    open_cells = [f.params["criterion"] for f in evaluate(troubled()).findings if f.code == "rating_missing"]
    assert open_cells == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_a_sentence_with_names(language):
    lines = finding_lines(evaluate(troubled()), language)
    assert {line.code for line in lines} >= EXPECTED
    for line in lines:
        assert "{" not in line.sentence
        assert line.sentence.endswith(".")
    assert any("Aufwand" in line.sentence for line in lines)


def test_what_no_weight_changes_is_computed_once():
    study = troubled()
    before = prepare.cache_info().misses
    day = study.study.as_of
    assert prepare(study, day) is prepare(study, day)
    assert prepare.cache_info().misses <= before + 1


def test_a_measure_with_an_open_level_is_not_called_dominated_before_it_is():
    worse = with_measure(small_study(), "WORSE", (4, 4, 3, 90_000))
    told = {f.params["measure"] for f in evaluate(worse).findings if f.code == "dominated"}
    assert "WORSE" in told
    without = tuple(r for r in worse.ratings if (r.measure, r.criterion) != ("WORSE", "urgency"))
    open_level = worse.model_copy(update={"ratings": without})
    told = {f.params["measure"] for f in evaluate(open_level).findings if f.code == "dominated"}
    assert "WORSE" not in told
