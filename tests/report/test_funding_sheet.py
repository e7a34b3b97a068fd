"""The funding sheet: what to apply for, what is open, by when, and money that adds up."""

from datetime import date

import pytest

from example import ranked_example
from mcda.evaluate import evaluate
from mcda.locale.formats import money
from mcda.report.exhibits.funding_sheet import funding_sheet
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.ui.funding_html import funding_sheet_html


@pytest.fixture(scope="module")
def result() -> Result:
    return ranked_example()


def test_the_sure_bundle_stands_before_the_possible_one_with_amounts_and_what_decided_them(result: Result) -> None:
    sure, possible = funding_sheet(result, "MV-02", "de").bundles
    assert (sure.kind, sure.total) == ("sure", "235.294,12 €")
    assert sure.parts[0].note == "50 % von 470.588 € förderfähigen Kosten"
    assert [part.verdict for part in possible.parts] == ["yes", "check"]
    assert possible.total == "459.294,12 €"
    assert "Höchstbetrag" in funding_sheet(result, "DO-08", "de").bundles[0].parts[0].note


def test_a_programme_that_gives_way_says_to_whom(result: Result) -> None:
    (left,) = funding_sheet(result, "WS-02", "de").left_out
    assert left.label.startswith("LEADER")
    assert left.note == "Tritt zurück, weil Städtebauförderung Bayern (Basissatz, StBauFR) zahlen kann."
    assert funding_sheet(result, "WS-02", "de").alternatives


def test_a_loan_is_listed_apart_from_the_grants(result: Result) -> None:
    sheet = funding_sheet(result, "WS-06", "de")
    assert [fact.value for fact in sheet.loans] == ["bis 3.900.000,00 €", "bis 4.250.000,00 €"]
    assert "Darlehen: Finanzierung, keine Ersparnis" in funding_sheet_html(sheet, "de")
    assert [part.name for bundle in sheet.bundles for part in bundle.parts] == [
        "Kommunales Wohnraumförderungsprogramm (KommWFP)"
    ]


def test_open_questions_come_once_with_every_programme_that_waits_documents_first(result: Result) -> None:
    to_do = funding_sheet(result, "MV-02", "de").to_do
    sentences = [item.sentence for item in to_do]
    assert len(sentences) == len(set(sentences))
    assert [item.document for item in to_do] == sorted((item.document for item in to_do), reverse=True)
    assert all(item.programmes for item in to_do)


def test_deadlines_run_in_order_and_closed_calls_go_to_the_watch_list(result: Result) -> None:
    days = [found.on for found in funding_sheet(result, "MV-02", "de").deadlines]
    assert days == sorted(days) == [date(2027, 12, 31), date(2029, 12, 31)]
    between = evaluate(result.study, Scenario(as_of=date(2025, 12, 1)))
    shut = evaluate(result.study, Scenario(as_of=date(2024, 12, 1)))
    waiting = [found.day for r in (between, shut) for found in funding_sheet(r, "MV-11", "de").watch_list]
    assert waiting == ["02.12.2024"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_sheet_of_the_example_ends_with_the_own_contribution_of_its_measure(
    result: Result, language: str
) -> None:
    for measure, purse in result.money.items():
        sheet = funding_sheet(result, measure, language)
        assert sheet.money[-1].value == money(purse.own_contribution, language)
        assert sheet.money[-1].value in funding_sheet_html(sheet, language)


def test_the_share_is_the_grant_over_the_whole_cost_with_both_ends(result: Result) -> None:
    share = funding_sheet(result, "MV-01", "de").share
    assert share.value == "22,0 %"
    assert "Sicher sind 14,4 %, höchstens möglich 29,5 %." in share.note
    assert "Mitte" in share.note


def test_a_measure_without_a_programme_says_so(result: Result) -> None:
    bare = evaluate(result.study, Scenario(without_programmes=("*",)))
    sheet = funding_sheet(bare, "MV-01", "de")
    assert sheet.bundles == sheet.to_do == sheet.deadlines == ()
    assert "Kein vorgesehenes Programm bringt einen Zuschuss." in funding_sheet_html(sheet, "de")
