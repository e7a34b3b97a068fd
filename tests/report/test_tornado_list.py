"""Leader against challenger for people: words, table and figure say what the bars found."""

from math import ceil, floor

import pytest

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.report.exhibits.tornado import TornadoList, tornado_list, tornado_table
from mcda.robustness.tornado import tornado
from mcda.scenario import Scenario
from mcda.ui.figures.tornado import tornado_figure
from small import small_study

STUDY = small_study()


def listed(language: str = "de", method: str = "topsis", **more: object) -> TornadoList:
    found = tornado_list(evaluate(STUDY, Scenario(method=method)), language, **more)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "pymcdm:VIKOR"])
def test_every_change_has_its_words_in_the_order_of_its_bars(method: str, language: str) -> None:
    result = evaluate(STUDY, Scenario(method=method))
    shown, found = listed(language, method), tornado(result)
    assert found is not None
    assert [line.turns for line in shown.lines] == [bar.flip is not None for bar in found.bars]
    scale = 1 if method.startswith("pymcdm") else 100
    assert [line.smallest for line in shown.lines] == pytest.approx([scale * bar.smallest for bar in found.bars])
    assert shown.gap == pytest.approx(scale * found.gap)
    assert shown.leader in shown.sentence
    assert shown.challenger in shown.reading
    said = [shown.sentence, shown.reading, shown.alt, *(w for line in shown.lines for w in (line.name, line.flip))]
    assert not any("{" in words for words in said)


def test_the_flip_is_told_with_its_value_its_distance_and_who_then_leads() -> None:
    found = tornado(evaluate(STUDY), points=40)
    shown = listed(points=40)
    assert found is not None
    turning = [(bar, line) for bar, line in zip(found.bars, shown.lines, strict=True) if bar.flip is not None]
    assert turning
    for bar, line in turning:
        assert bar.flip is not None
        assert shown.challenger in line.flip
        assert line.flip.startswith("Über" if bar.flip > bar.now else "Unter")
        if bar.kind == "weight":
            outward = ceil(1000 * bar.flip) / 10 if bar.flip > bar.now else floor(1000 * bar.flip) / 10
            assert f"{outward:.1f}".replace(".", ",") in line.flip
            assert f"{100 * abs(bar.flip - bar.now):.1f}".replace(".", ",") in line.flip
    assert turning[0][1].flip in shown.sentence


def test_where_nothing_turns_that_is_said() -> None:
    shown = listed(points=0.01, challenger=evaluate(STUDY).ranking[-1].measure)
    still = [line for line in shown.lines if not line.turns]
    assert still
    assert {line.flip for line in still} == {"Die Reihenfolge bleibt."}
    if len(still) == len(shown.lines):
        assert "Keine dieser Änderungen" in shown.sentence


def test_twins_are_level_and_decided_at_once() -> None:
    twin = small_study(
        measures=tuple(STUDY.measure_by_id["M1"].model_copy(update={"id": i}) for i in ("M1", "M9")),
        ratings=tuple(
            r.model_copy(update={"measure": i}) for r in STUDY.ratings for i in ("M1", "M9") if r.measure == "M1"
        ),
    )
    shown = tornado_list(evaluate(twin), "de")
    assert shown is not None
    assert "gleichauf" in shown.sentence
    assert {line.turn for line in shown.lines if line.turns} == {"entscheidet sofort"}
    assert tornado_figure(shown, "de").data


def test_one_measure_has_nothing_to_show() -> None:
    alone = small_study(measures=STUDY.measures[:1], ratings=tuple(r for r in STUDY.ratings if r.measure == "M1"))
    assert tornado_list(evaluate(alone), "de") is None


def test_the_table_has_a_row_per_change() -> None:
    shown = listed()
    table = tornado_table(shown, "de")
    assert list(table.columns) == ["Was sich ändert", "von, bis", "Vorsprung", "Wechsel"]
    assert len(table) == len(shown.lines)
    assert table["Was sich ändert"].is_unique


def test_the_figure_stripes_what_lies_beyond_the_flip_and_marks_zero_and_today() -> None:
    shown = listed(points=40)
    figure = tornado_figure(shown, "de", len(shown.lines))
    behind = [bar for bar in figure.data if bar.name == "behind"]
    ahead = [bar for bar in figure.data if bar.name == "ahead"]
    assert len(behind) == sum(line.turns for line in shown.lines)
    assert all(bar.base[0] + bar.x[0] <= 1e-9 for bar in behind)
    assert all(bar.base[0] >= 0 for bar in ahead)
    assert {bar.marker.pattern.shape for bar in behind} == {"/"}
    assert {bar.marker.pattern.shape for bar in ahead} == {""}
    lines = {shape.x0: shape.line for shape in figure.layout.shapes}
    assert lines[0].width > lines[shown.gap].width
    assert lines[shown.gap].dash == "dash"
    words = " ".join(note.text for note in figure.layout.annotations)
    for said in ("Wechsel", "heute", f"{shown.leader} vorn", f"{shown.challenger} vorn", shown.lines[0].short):
        assert said in words


def test_the_figure_is_limited_to_the_first_changes() -> None:
    shown = listed()
    figure = tornado_figure(shown, "en", 3)
    words = " ".join(note.text for note in figure.layout.annotations)
    assert shown.lines[2].short in words
    assert figure.layout.yaxis.range[1] == 3
