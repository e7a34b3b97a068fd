"""What grants do to the ranking, in words: every move has sign and word, most money and deepest falls first."""

from decimal import Decimal

import pytest

from example import ranked_example
from mcda.report.exhibits.funding_effect import (
    change_sentence,
    change_table,
    closure_table,
    hanging_table,
    moved_text,
)
from mcda.result import Result
from mcda.robustness.grants import Closure, RankChange

CHANGES = (
    RankChange("DO-08", 1, 3, 0.9, 0.7),
    RankChange("WS-04", 2, 1, 0.8, 0.8),
    RankChange("DO-02", 3, 3, 0.7, 0.7),
)
CLOSURES = (
    Closure("IKZ", CHANGES[:2], Decimal(50000), ("DO-08",)),
    Closure("KOMMWFP", (), Decimal(1950000), ("WS-06",)),
)


@pytest.fixture(scope="module")
def result() -> Result:
    return ranked_example()


def test_a_move_is_said_with_sign_and_word() -> None:
    assert [moved_text(n, "de") for n in (2, -3, 0)] == ["▲ 2 höher", "▼ 3 tiefer", "= gleich"]
    assert moved_text(-1, "en") == "▼ 1 lower"


def test_both_places_stand_side_by_side(result: Result) -> None:
    frame = change_table(CHANGES, result, "de", "Rang ohne Zuschüsse")
    assert list(frame.columns) == ["Maßnahme", "Rang heute", "Rang ohne Zuschüsse", "Veränderung"]
    assert list(frame.iloc[0])[1:] == ["1", "3", "▼ 2 tiefer"]
    assert len(change_table(CHANGES, result, "de", "x", only_moved=True)) == 2
    assert change_sentence(CHANGES, "de") == ("2 von 3 Maßnahmen ändern ihren Rang, die am weitesten bewegte um 2.")
    assert change_sentence(CHANGES[2:], "de") == "Kein Rang ändert sich."


def test_the_programme_whose_end_costs_most_comes_first(result: Result) -> None:
    frame = closure_table(CLOSURES, result, "de")
    assert list(frame["Verlorenes Geld"]) == ["1.950.000 €", "50.000 €"]
    assert list(frame["Veränderte Ränge"]) == ["0", "2"]


def test_a_measure_hangs_on_the_programme_that_pays_for_it(result: Result) -> None:
    frame = hanging_table(CLOSURES, result, "de")
    assert [list(row)[1:4] for row in frame.itertuples(index=False)] == [
        ["Förderung interkommunaler Zusammenarbeit", "1", "3"]
    ]
    assert len(hanging_table((), result, "de")) == 0
