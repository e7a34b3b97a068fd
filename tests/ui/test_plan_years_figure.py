"""The years of a plan as bars: names stand whole, the years above and below."""

import pytest

from mcda.ui.figures.plan_years import YearBar, plan_years_figure, wrapped

LONG = "MV-05 Digitale Parkraumerfassung und Parkleitsystem an S-Bahn-Höfen und Ortskernen"


def test_a_long_name_takes_two_lines_and_loses_nothing() -> None:
    lines = wrapped(LONG[:70])
    assert len(lines) == 2
    assert " ".join(lines) == LONG[:70].rstrip()
    assert wrapped("MV-01 Kurz") == ["MV-01 Kurz"]
    assert wrapped(LONG * 2)[-1].endswith("…")


@pytest.mark.parametrize("years", [(2027,), (2027, 2028, 2029)])
def test_years_stand_above_and_below_the_bars(years: tuple[int, ...]) -> None:
    figure = plan_years_figure([YearBar(LONG, LONG, 2027.0, 2028.0)], years, "de")
    said = [str(one.text) for one in figure.layout.annotations]
    assert [one for one in said if one.isdigit()] == [str(year) for year in years]
    assert list(figure.layout.xaxis.ticktext) == [str(year) for year in years]
