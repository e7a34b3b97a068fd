"""Two orders joined by lines: ends, moves and ties against ranks made by hand, and the figure against its table."""

import re
from urllib.parse import unquote

import pandas as pd
import pytest

from example import the_example
from mcda.batch import Batch, run_batch
from mcda.locale import LANGUAGES
from mcda.report.exhibits.alternatives import alternatives
from mcda.report.exhibits.compare_lists import Compared
from mcda.report.exhibits.slope_graph import (
    SlopeGraph,
    farthest_of,
    ranked_scenarios,
    slope_graph,
    slope_listing,
    slope_sentence,
)
from mcda.scenario import Scenario
from mcda.ui.figures.slope import slope_alt, slope_html
from small import small_study


def ranked(*orders: dict[str, int]) -> Compared:
    rows = [
        {"study": "", "scenario": number, "name": f"Fall {number}", "id": name, "rank": rank, "tier": 1, "score": 0.0}
        for number, order in enumerate(orders)
        for name, rank in order.items()
    ]
    return Compared(Batch(frames={"ranking": pd.DataFrame(rows)}), {"": small_study()})


def ends(graph: SlopeGraph) -> dict[str, tuple[int | None, int | None, int]]:
    return {
        line.measure: (line.left and line.left.rank, line.right and line.right.rank, line.rise) for line in graph.lines
    }


def test_ends_and_moves_by_hand() -> None:
    found = ranked({"M1": 1, "M2": 2, "M3": 3, "M4": 4}, {"M4": 1, "M1": 2, "M2": 3, "M3": 4})
    graph = slope_graph(found, 0, 1, "de")
    assert (graph.left, graph.right, graph.rows, graph.moved) == ("Fall 0", "Fall 1", 4, 4)
    assert ends(graph) == {"M1": (1, 2, -1), "M2": (2, 3, -1), "M3": (3, 4, -1), "M4": (4, 1, 3)}
    assert ends(slope_graph(found, 1, 0, "de"))["M4"] == (1, 4, -3)
    assert [line.measure for line in graph.lines if line.stressed] == ["M1", "M2", "M3", "M4"]
    two = slope_graph(found, 0, 1, "de", stressed=2)
    assert [line.measure for line in two.lines if line.stressed] == ["M1", "M4"]


def test_equal_ranks_share_rows_in_the_other_sides_order_so_that_nothing_crosses() -> None:
    found = ranked({"M1": 1, "M2": 2, "M3": 2, "M4": 4}, {"M3": 1, "M2": 2, "M1": 3, "M4": 4})
    graph = slope_graph(found, 0, 1, "de")
    rows = {line.measure: (line.left and line.left.row, line.right and line.right.row) for line in graph.lines}
    assert rows == {"M1": (0, 2), "M3": (1, 0), "M2": (2, 1), "M4": (3, 3)}
    assert ends(graph)["M2"] == (2, 2, 0)
    level, order = dict.fromkeys(("M1", "M2", "M3", "M4"), 1), {"M4": 1, "M3": 2, "M2": 3, "M1": 4}
    tied = slope_graph(ranked(level, order), 0, 1, "de")
    assert all(line.left and line.right and line.left.row == line.right.row for line in tied.lines)


def test_a_measure_of_one_side_has_one_end_and_no_line() -> None:
    graph = slope_graph(ranked({"M1": 1, "M2": 2}, {"M2": 1, "M3": 2}), 0, 1, "de")
    assert ends(graph) == {"M1": (1, None, 0), "M2": (2, 1, 1), "M3": (None, 2, 0)}
    assert graph.moved == 3
    drawn = unquote(slope_html(graph, "de"))
    assert drawn.count("<line ") == 1
    assert drawn.count("nur hier") == 2
    assert [row[2:] for row in slope_listing(graph, "de").rows] == [
        (1, None, "nur hier"),
        (2, 1, "▲ 1"),
        (None, 2, "nur hier"),
    ]


def test_the_same_order_twice_moves_nothing() -> None:
    graph = slope_graph(ranked({"M1": 1, "M2": 2}, {"M1": 1, "M2": 2}), 0, 1, "de")
    assert graph.moved == 0
    assert not any(line.stressed for line in graph.lines)
    assert slope_sentence(graph, "de") == "„Fall 0“ und „Fall 1“ ergeben dieselbe Reihenfolge."


def test_an_unranked_scenario_has_no_graph() -> None:
    with pytest.raises(KeyError):
        slope_graph(ranked({"M1": 1}), 0, 7, "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_forty_measures_keep_every_rank_and_stress_the_eight_that_move_most(language: str) -> None:
    study = the_example()
    cases = alternatives(study, Scenario(), ("grants", "cost"), language)
    found = Compared(run_batch({"": study}, cases, backend="serial"), {"": study})
    names = ranked_scenarios(found)
    assert list(names) == [one.name for one in cases]
    graph = slope_graph(found, 0, farthest_of(found), language)
    by_case = found.batch.ranking.set_index("id").groupby("scenario")["rank"]
    ranks = [by_case.get_group(number) for number in (0, farthest_of(found))]
    moves = (ranks[0] - ranks[1]).abs().sort_values(ascending=False)
    stressed = [line for line in graph.lines if line.stressed]
    assert sorted(abs(line.rise) for line in stressed) == sorted(moves.head(8))
    html = slope_html(graph, language)
    for side, place in (("left", 0), ("right", 1)):
        column = html.split(f"class='rf-{side}'")[1].split("</ol>")[0]
        shown = dict(zip(re.findall(r"<i>([^<]+)</i>", column), re.findall(r"<b>(\d+)</b>", column), strict=True))
        assert shown == {name: str(rank) for name, rank in ranks[place].items()}
    assert unquote(html).count("<line ") == 40
    assert len(set(re.findall(r'stroke="(#\w+)" stroke-width="3.5"', unquote(html)))) == 8
    for line in stressed:
        assert line.title in slope_alt(graph, language)
    assert [row[2] for row in slope_listing(graph, language).rows] == [ranks[0][line.measure] for line in graph.lines]


def test_names_are_never_read_as_markup() -> None:
    found = ranked({"M1": 1, "M2": 2}, {"M2": 1, "M1": 2})
    study = found.studies[""]
    bold = study.measures[0].model_copy(update={"title": "<b onclick='x'>\"&"})
    found = Compared(found.batch, {"": study.model_copy(update={"measures": (bold, *study.measures[1:])})})
    html = slope_html(slope_graph(found, 0, 1, "de"), "de")
    assert "<b onclick" not in html
    assert "&lt;b onclick=&#x27;x&#x27;&gt;&quot;&amp;" in html
