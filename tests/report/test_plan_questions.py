"""The answers about a plan in tables and sentences: each figure is the engine's, each sentence true of it."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from example import ranked_example, the_example
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.portfolio import GrantFails, Hanging, MoreMoney, Plan, PlanTask, Relaxation, plan
from mcda.report.exhibits.listing import Cell, Listing
from mcda.report.exhibits.plan_answers import QUESTIONS, Answers, answers
from mcda.report.exhibits.plan_questions import (
    answer_listings,
    answer_sentences,
    relaxation_sentence,
    relaxation_sentences,
    step_sentence,
)
from mcda.result import Result
from portfolio_parts import selected
from small import small_study


@cache
def result() -> Result:
    return evaluate(small_study())


@cache
def planned() -> Plan:
    return plan(result(), PlanTask.model_validate({"budget_eur": 300_000}))


@cache
def answered() -> Answers:
    return answers(result(), planned(), QUESTIONS)


def column(listing: Listing, key: str) -> list[Cell]:
    at = [one.key for one in listing.columns].index(key)
    return [row[at] for row in listing.rows]


@cache
def listings(language: str = "de") -> dict[str, Listing]:
    return dict(answer_listings(result(), planned(), answered(), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_its_table_with_a_header_of_its_own(language: str) -> None:
    found = listings(language)
    assert set(found) >= {"prices", "more", "line", "frontier", "core", "fair"}
    for listing in found.values():
        heads = [one.header for one in listing.columns]
        assert listing.rows
        assert len(set(heads)) == len(heads)
    assert len({listing.title for listing in found.values()}) == len(found)


def test_figures_are_the_engine_s() -> None:
    found, told = listings(), answered()
    assert column(found["prices"], "gain") == [one.gain for one in told.prices]
    assert column(found["line"], "loss") == [one.loss for one in told.line]
    assert told.frontier is not None
    assert told.core is not None
    assert column(found["frontier"], "value") == [one.value for one in told.frontier.points]
    assert dict(zip(column(found["core"], "id"), column(found["core"], "share"), strict=True)) == told.core.shares
    assert column(found["more"], "extra") == sorted(Decimal(str(one)) for one in column(found["more"], "extra"))
    losses = [float(str(one)) for one in column(found["frontier"], "ratio_loss") if one is not None]
    assert max(losses) <= told.frontier.largest_loss + 1e-9


def test_the_core_sentence_counts_every_measure_once() -> None:
    said = answer_sentences(result(), planned(), answered(), "de")["core"][0]
    kinds = column(listings()["core"], "core")
    for words in ("immer dabei", "kommt darauf an", "nie dabei"):
        assert str(kinds.count(words)) in said
    assert len(kinds) == len(result().study.measures)


def test_grants_that_fail_are_told_by_name_and_where_no_plan_is_left() -> None:
    failing = (
        GrantFails("IKZ", Decimal(100_000), 12.5, ("ZK-02",), ("KB-01",)),
        GrantFails("LEADER_BY", Decimal(3_545), None, (), ()),
    )
    hanging = (Hanging("MV-08", ("STADT_LAND",), Decimal(72_000), 3.0),)
    told = Answers(failing=failing, hanging=hanging)
    found = dict(answer_listings(ranked_example(), selected(), told, "de"))
    assert column(found["failing"], "programme")[0] == the_example().programme_by_id["IKZ"].name
    assert column(found["failing"], "falls_out") == ["ZK-02", ""]
    assert column(found["failing"], "note") == ["", "dann ist kein Plan möglich"]
    assert column(found["hanging"], "title") == [the_example().measure_by_id["MV-08"].title]


def test_nothing_asked_is_nothing_answered() -> None:
    empty = answers(ranked_example(), selected(), ())
    assert empty == Answers()
    assert list(answer_listings(ranked_example(), selected(), empty, "de")) == []
    assert answers(ranked_example(), replace(selected(), status="no_answer"), QUESTIONS) == Answers()


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            Relaxation("budget", "raise", 500.5, 1500.5, "eur"),
            "Eigenmittel gesamt: um 500,50 € auf 1.500,50 € erhöhen.",
        ),
        (
            Relaxation("staff", "raise", 1.5, 3.0, "fte"),
            "Personal: um 1,5 Vollzeitstellen auf 3 Vollzeitstellen erhöhen.",
        ),
        (
            Relaxation("least.theme.mobility", "lower", 2, 1, "measures"),
            "Mindestzahl Handlungsfeld Mobilität und Verkehr: um 2 Maßnahmen auf 1 Maßnahme senken.",
        ),
        (Relaxation("requires.MV-08.DO-02", "drop", 0, 0, ""), "MV-08 braucht DO-02: darauf verzichten."),
    ],
)
def test_a_way_out_is_a_sentence(one: Relaxation, words: str) -> None:
    assert relaxation_sentence(one, the_example(), "de") == words


def test_it_is_said_whether_one_way_out_is_enough() -> None:
    one = Relaxation("budget", "raise", 500, 1500, "eur")
    assert relaxation_sentences((), the_example(), "de") == ()
    assert relaxation_sentences((one,), the_example(), "de")[0] == "Möglich wird ein Plan so:"
    assert relaxation_sentences((one, one), the_example(), "de")[0].startswith("Jede dieser Änderungen allein")
    both = replace(one, together=True)
    assert relaxation_sentences((both, both), the_example(), "de")[0].startswith("Erst alle diese Änderungen zusammen")


def test_the_next_step_is_rounded_up_and_says_what_it_brings() -> None:
    step = MoreMoney(Decimal("8513.65"), 7.942708, ("KB-03",), ("MV-08",), True)
    said = step_sentence(step, the_example(), "de")
    assert said.startswith("8.514 € mehr bringen 7,9 Punkte. Neu: KB-03 ")
    assert "Dafür fällt heraus: MV-08 " in said
    assert "fällt" not in step_sentence(replace(step, leaves=()), the_example(), "de")
    assert "früher" in step_sentence(replace(step, leaves=(), enters=()), the_example(), "de")
