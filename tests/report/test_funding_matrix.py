"""The funding matrix: every pair has its answer in words, and a filter hides without changing anything."""

from datetime import date

import pytest

from example import ranked_example
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.report.exhibits.funding_matrix import MatrixCell, MatrixChoice, funding_matrix
from mcda.result import Result
from mcda.scenario import Scenario

CANDIDATES = MatrixChoice(candidates_only=True)


@pytest.fixture(scope="module")
def result() -> Result:
    return ranked_example()


def pair(result: Result, measure: str, programme: str, language: str = "de") -> MatrixCell:
    matrix = funding_matrix(result, language)
    place = [column.id for column in matrix.columns].index(programme)
    cell = next(row for row in matrix.rows if row.id == measure).cells[place]
    assert cell is not None
    return cell


def test_every_pair_of_the_example_is_there_with_what_speaks_against_it(result: Result) -> None:
    matrix = funding_matrix(result, "de")
    assert (len(matrix.rows), len(matrix.columns)) == (40, 28)
    cells = [cell for row in matrix.rows for cell in row.cells]
    assert all(cell is not None and (cell.verdict == "yes" or cell.why) for cell in cells)
    assert sum(matrix.counts.values()) == 40 * 28


def test_the_verdicts_are_those_of_the_assessments(result: Result) -> None:
    matrix = funding_matrix(result, "de")
    assert len(matrix.rows) == len(result.money)
    for row in matrix.rows:
        computed = {found.programme: found.verdict for found in result.money[row.id].assessments}
        assert {cell.programme: cell.verdict for cell in row.cells if cell} == computed


def test_a_sure_grant_a_possible_one_and_a_loan_are_told_apart(result: Result) -> None:
    assert pair(result, "DO-08", "IKZ").amount == "50.000 €"
    assert pair(result, "MV-09", "BAYGVFG_RZSTRA").amount == "bis 2.712.000 €"
    assert pair(result, "MV-09", "BAYGVFG_RZSTRA", "en").amount == "up to €2,712,000"
    assert pair(result, "WS-06", "KFW208").amount == "Darlehen"


def test_ranked_measures_come_first_and_hopeful_programmes_left(result: Result) -> None:
    matrix = funding_matrix(result, "de", CANDIDATES)
    ranks = [row.rank for row in matrix.rows if row.rank is not None]
    assert ranks == sorted(ranks)
    hopes = [
        sum(row.cells[n] is not None and row.cells[n].verdict != "no" for row in matrix.rows)
        for n in range(len(matrix.columns))
    ]
    assert hopes == sorted(hopes, reverse=True)


def test_filters_leave_out_rows_and_columns_with_nothing_to_show(result: Result) -> None:
    matrix = funding_matrix(result, "de", CANDIDATES)
    assert all(cell is None or cell.candidate for row in matrix.rows for cell in row.cells)
    assert all(any(row.cells) for row in matrix.rows)
    assert all(any(row.cells[n] for row in matrix.rows) for n in range(len(matrix.columns)))
    sure = funding_matrix(result, "de", MatrixChoice(verdicts=["yes"], themes=["mobility"]))
    assert sure.rows
    assert {row.theme for row in sure.rows} == {"mobility"}
    assert {cell.verdict for row in sure.rows for cell in row.cells if cell} == {"yes"}
    assert funding_matrix(result, "de", MatrixChoice(themes=["nothing"])).rows == ()


def test_a_programme_that_has_ended_is_open_again_when_the_day_is_moved_back(result: Result) -> None:
    earlier = evaluate(result.study, Scenario(as_of=date(2020, 6, 1)))
    open_now, open_then = (
        {column.id for column in funding_matrix(r, "de", MatrixChoice(programmes="open")).columns}
        for r in (result, earlier)
    )
    assert "SCSR" not in open_now
    assert "SCSR" in open_then


def test_a_persons_no_against_the_rules_is_named_as_such(result: Result) -> None:
    assert pair(result, "MV-13", "STBAUF_BY").why == text("funding.matrix.by_person", "de")


def test_without_any_programme_there_is_nothing_to_show(result: Result) -> None:
    bare = evaluate(result.study, Scenario(without_programmes=("*",)))
    assert funding_matrix(bare, "de").rows == ()
