"""The plan's paper and what other papers say of it: marked, honest where plan and ranking part, short."""

from dataclasses import replace

import pytest

from example import ranked_example
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.portfolio import PlanTask, plan
from mcda.report.document import Document, Heading, Paragraph
from mcda.report.documents import council_paper, plan_paper, ranked_list
from mcda.report.exhibits.plan_beside import LATE, disagreement, disagreement_sentence
from mcda.report.kinds import report
from mcda.report.request import Request
from pdf_tags import pages_of
from portfolio_parts import over_five_years, selected
from small import small_study


def said(document: Document) -> str:
    return " ".join(part.words for part in document.parts if isinstance(part, Heading | Paragraph))


def test_the_paper_names_single_amounts_and_is_marked_also_in_public() -> None:
    for public in (True, False):
        document = plan_paper.build(ranked_example(), Request(plan=selected(), public=public))
        assert document.notice.startswith(text("confidential.notice", "de"))


def test_the_paper_has_at_most_three_pages() -> None:
    for made in (selected(), over_five_years()):
        assert len(pages_of(report(ranked_example(), "plan", request=Request(plan=made)))) <= 3


def test_a_plan_without_years_has_no_chapter_on_years() -> None:
    chapter = text("plan_list.title.years", "de")
    assert chapter not in said(plan_paper.build(ranked_example(), Request(plan=selected())))
    assert chapter in said(plan_paper.build(ranked_example(), Request(plan=over_five_years())))


def test_where_plan_and_ranking_part_is_said_of_every_measure_it_is_true_of() -> None:
    made, result = selected(), ranked_example()
    listing = disagreement(result, made, "de")
    told = {row[2]: (row[4], row[5]) for row in listing.rows}
    first = {line.measure for line in result.ranking if line.tier == 1} - set(made.measures)
    late = {line.measure for line in result.ranking if line.tier >= LATE} & set(made.measures)
    assert {name for name, (state, _) in told.items() if state == "nicht im Plan"} == first
    assert {name for name, (state, _) in told.items() if state == "im Plan"} == late
    assert all(reason for _, reason in told.values())
    assert f"Nicht im Plan: {len(first)} von" in disagreement_sentence(result, made, "de")


def test_list_and_council_paper_speak_of_the_plan_only_where_there_is_one() -> None:
    result, heading = ranked_example(), text("document.title.plan", "de")
    for paper, request in ((ranked_list, Request()), (council_paper, Request(municipality="ISM", public=False))):
        assert heading not in said(paper.build(result, request))
        told = said(paper.build(result, replace(request, plan=selected())))
        assert heading in told
        assert f"Der Plan enthält {len(selected().chosen)} Maßnahmen" in told


def test_in_public_a_plan_of_few_measures_tells_no_sum() -> None:
    made = plan(ranked_example(), PlanTask.model_validate({"budget_eur": 90_000}))
    assert 0 < len(made.chosen) < 3
    told = said(council_paper.build(ranked_example(), Request(municipality="ISM", plan=made)))
    assert "Punkten Nutzen." in told
    assert f"{made.own:.2f}" not in told.replace(".", "").replace(",", ".")


def test_what_is_no_plan_of_this_study_is_refused() -> None:
    other = evaluate(small_study())
    cases = {
        "plan_needed": (ranked_example(), Request()),
        "plan_other_study": (other, Request(plan=selected())),
        "plan_infeasible": (ranked_example(), Request(plan=replace(selected(), status="infeasible"))),
    }
    for code, (result, request) in cases.items():
        with pytest.raises(InputError) as told:
            report(result, "plan", request=request)
        assert [one.code for one in told.value.issues] == [code]
    with pytest.raises(InputError) as told:
        report(ranked_example(), "kofi", request=Request(plan=selected()))
    assert [one.code for one in told.value.issues] == ["changes_nothing"]
