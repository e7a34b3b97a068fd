"""The page Compare: what it says of scenarios is what evaluating them says, and it follows what is chosen."""

import pytest

from example import the_example
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.report.exhibits.alternatives import alternatives, kinds_for
from mcda.scenario import Scenario
from mcda.scenario_set import scenarios_toml
from mcda.ui.pages.compare import FOLD
from small import small_study
from test_pages import opened, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_count_what_evaluating_alone_says(language: str) -> None:
    said = words(opened("compare", language)).replace("\\", "")
    study = the_example()
    cases = alternatives(study, Scenario(), ("grants", "cost", "people"), language)
    results = [evaluate(study, one) for one in cases]
    firsts = [line.measure for one in results for line in one.ranking if line.rank == 1]
    times = {name: firsts.count(name) for name in firsts}
    leaders = {name for name, count in times.items() if count == max(times.values())}
    assert f"{max(times.values())} {'of' if language == 'en' else 'von'} {len(cases)}" in said
    for name in leaders:
        measure = study.measure_by_id[name]
        assert (measure.title_en if language == "en" else measure.title) in said
    tiers = [{line.measure for line in one.ranking if line.tier == 1} for one in results]
    assert text("compare_page.always", language, count=len(set.intersection(*tiers))) in said
    for one in cases[1:]:
        assert one.name in said


def test_only_what_the_study_can_be_compared_with_is_offered() -> None:
    assert kinds_for(the_example()) == ("grants", "cost", "people", "methods", "municipalities")
    assert kinds_for(small_study(programmes=(), stakeholders=())) == ("cost", "methods", "municipalities")
    app = opened("compare", study=small_study())
    assert not app.exception


def test_nothing_chosen_asks_for_a_choice() -> None:
    app = opened("compare")
    app.session_state["compare_kinds"] = []
    app.run()
    assert not app.exception
    assert text("compare_page.nothing", "de") in [one.value.replace("\\", "") for one in app.info]


def test_every_kind_names_its_cases_and_leaves_the_present_one_first() -> None:
    study, present = the_example(), Scenario(weights={"cost": 40.0}, method="weighted_sum")
    for kind in kinds_for(study):
        first, *others = alternatives(study, present, (kind,), "de")
        assert first.model_copy(update={"name": ""}) == present
        assert others
        assert len({one.name for one in others}) == len(others)
        for one in others:
            assert one.model_copy(update={"name": ""}) != present


@pytest.mark.parametrize("language", LANGUAGES)
def test_cases_folded_away_are_called_cases_and_measures_measures(language: str) -> None:
    app = opened("compare", language)
    weights = [Scenario(name=f"w{n}", weights={"cost": 20.0 + n}) for n in range(1, 14)]
    app.session_state["compare_file_taken"] = ("w.toml", scenarios_toml(weights))
    app.session_state["compare_kinds"] = ["grants", "cost"]
    app.run()
    assert not app.exception
    cases = len(alternatives(the_example(), Scenario(), ("grants", "cost"), language)) + len(weights)
    assert cases == FOLD + 1
    said = words(app)
    assert text("compare_page.more_cases", language, count=cases - FOLD) in said
    assert text("ui.sensitivity.more_rows", language, count=len(the_example().measures) - FOLD) in said
