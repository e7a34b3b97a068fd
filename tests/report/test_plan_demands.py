"""What is demanded of a plan, in words; papers say what a plan costs later and what it misses."""

from dataclasses import replace

import pytest

from example import ranked_example, the_example
from mcda.locale import LANGUAGES
from mcda.locale.formats import money
from mcda.portfolio import Inclusion, Plan, PlanTask, fair_plan, fairness, plan
from mcda.report.document import Facts
from mcda.report.documents import plan_paper
from mcda.report.exhibits.money_sums import told_text
from mcda.report.exhibits.plan_demands import demands
from mcda.report.exhibits.plan_lists import use_listing
from mcda.report.exhibits.plan_questions import core_listing, fair_sentences, worst_off
from mcda.report.exhibits.plan_short import plan_short
from mcda.report.exhibits.plan_words import missed_sentences, sum_sentence
from mcda.report.request import Request
from portfolio_parts import FIVE_YEARS, over_five_years, selected


def test_demands_are_phrases_and_a_minimum_says_of_what_first() -> None:
    said = demands(FIVE_YEARS, the_example(), "de")
    assert "Handlungsfeld Wohnen, Wirtschaft und Gewerbe: mindestens 7 (darf verfehlt werden)" in said or any(
        one.startswith("Handlungsfeld Wohnen") and one.endswith(": mindestens 7 (darf verfehlt werden)") for one in said
    )
    assert {"MV-07 ist gesetzt", "DO-02 ist gestrichen", "Budget Eching: höchstens 150.000 €"} <= set(said)
    assert demands(PlanTask(), the_example(), "de") == ()


def test_the_paper_has_the_rules_in_words_and_no_file() -> None:
    for made in (selected(), over_five_years()):
        document = plan_paper.build(ranked_example(), Request(plan=made))
        told = [one for part in document.parts if isinstance(part, Facts) for one in part.rows]
        facts = " ".join(f"{one.label} {one.value}" for one in told)
        assert "{" not in facts
        assert ("MV-07 ist gesetzt" in facts) is (made is over_five_years())


@pytest.mark.parametrize("public", [True, False])
def test_the_council_hears_what_comes_later_and_what_is_missed(public: bool) -> None:
    made = over_five_years()
    assert made.later
    assert made.missed
    said = plan_short(ranked_example(), made, "de", public=public)
    for amount in (made.own, made.later, made.whole):
        assert told_text(amount, "de", public=public) in said
    assert all(one in said for one in missed_sentences(made, the_example(), "de"))
    assert "danach" not in plan_short(ranked_example(), selected(), "de", public=public)


def test_in_public_no_sum_tells_what_a_few_measures_cost_later() -> None:
    made = over_five_years()
    paying = [one for one in made.chosen if one.later or one.whole != one.own]
    few = [*paying[:1], *(one for one in made.chosen if one not in paying)]
    stubs = [replace(one, later=paying[0].later * 0, whole=one.own) for one in paying[1:]]
    cut = replace(made, chosen=(*few, *stubs))
    said = plan_short(ranked_example(), cut, "de", public=True)
    assert told_text(made.later, "de", public=True) not in said
    assert "Danach kommen weitere Eigenmittel hinzu." in said
    assert money(made.later, "de") in plan_short(ranked_example(), cut, "de", public=False)


def test_one_measure_is_said_in_the_singular() -> None:
    one = plan(ranked_example(), PlanTask.model_validate({"numbers": [{"most": 1}], "years": 3}))
    whole = plan(ranked_example(), PlanTask.model_validate({"numbers": [{"most": 1}]}))
    for made in (one, whole):
        assert len(made.chosen) == 1
        for said in (sum_sentence(made, "de"), plan_short(ranked_example(), made, "de", public=False)):
            assert "1 Maßnahme" in said
            assert "1 Maßnahmen" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_a_limit_binds_is_yes_or_nothing(language: str) -> None:
    rows = use_listing(over_five_years(), the_example(), language).rows
    assert {row[-1] for row in rows} <= {{"de": "ja", "en": "yes"}[language], ""}


def test_who_has_least_is_named() -> None:
    made: Plan = selected()
    now = fairness(ranked_example(), made)
    shares = {one.municipality: one.share for one in now if one.share is not None}
    least = min(shares, key=lambda who: shares[who])
    name = the_example().municipality_by_id[least].name
    assert worst_off(now, "potential", the_example()) == (name,)
    fairest = fair_plan(ranked_example(), made, seconds=2.0)
    assert fairest is not None
    assert f"Am wenigsten: {name} mit" in fair_sentences(fairest, made, now, the_example(), "de")[0]


def test_the_core_says_what_was_varied() -> None:
    found = Inclusion({"WS-01": 1.0, "MV-01": 0.5, "MV-02": 0.0}, {}, 4, 2, False, 0, 0, 0)
    words = {str(row[2]) for row in core_listing(found, None, the_example(), "de").rows}
    assert words == {"bei allen Gewichtungen", "kommt darauf an", "bei keiner Gewichtung"}
