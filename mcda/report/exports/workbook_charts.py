"""Native charts of a workbook, drawn from the cells beside them: the ranking's bars by rank group, the weights."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.report.exhibits.catalogue import criterion_label, title_line
from mcda.report.exhibits.ranked_list import points
from mcda.report.exhibits.score import score_text, score_unit
from mcda.report.exports.letters import writable
from mcda.report.exports.workbook import DARK, STRONG, Formats, new_sheet
from mcda.result import Ranked, Result

BARS = 60
"""So many measures are drawn; more bars nobody reads."""

LONGEST = 60
"""Characters of a title beside its bar."""

BAR = 20
"""Height of a bar in pixels, with the room to the next."""

_QUIET = {"visible": True, "line": {"color": "#D5DBE2"}}


def ranking_chart(book: Workbook, result: Result, formats: Formats, language: str) -> None:
    """A sheet with a bar per measure; groups alternate in shade and are named on the axis."""
    lines = result.ranking[:BARS]
    sheet = new_sheet(book, "chart", result, language)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, LONGEST)
    sheet.set_column(2, 2, 12)
    heads = ("list.chart.group", "list.chart.measure", "export.column.score")
    for at, key in enumerate(heads):
        sheet.write_string(0, at, text(key, language), formats["header"])
    for row, (group, line) in enumerate(_grouped(lines), start=1):
        sheet.write_string(row, 0, text("list.chart.one_group", language, group=group) if group else "")
        sheet.write_string(row, 1, _bar_name(result, line, language))
        sheet.write_number(row, 2, points(result, line.score), formats["points"])
    if len(result.ranking) > BARS:
        said = text("list.chart.first_only", language, count=BARS, all=len(result.ranking))
        sheet.write_string(len(lines) + 2, 0, said)
    chart = _bars(book, sheet, (1, 0, len(lines), 1), (1, 2, len(lines), 2), _shades(lines))
    chart.set_title({"name": text("list.chart.title", language), "name_font": {"size": 12}, "overlay": False})
    chart.set_x_axis({"name": score_unit(result, language), "min": 0, "major_gridlines": _QUIET})
    _insert(sheet, chart, (0, 4), len(lines), _alt(result, lines, language))


def weights_chart(
    book: Workbook, sheet: Worksheet, result: Result, formats: Formats, language: str, at: tuple[int, int]
) -> None:
    """Below the tables of the sheet: the leaves' shares of the whole, largest first, and a bar for each."""
    shares = leaf_shares(result)
    row, column = at
    sheet.write_string(row, column, text("list.weights.sorted", language), formats["title"])
    for shift, key in enumerate(("criterion", "share")):
        sheet.write_string(row + 1, column + shift, text(f"list.weights.{key}", language), formats["header"])
    for down, (leaf, share) in enumerate(shares, start=row + 2):
        sheet.write_string(down, column, criterion_label(result.study, leaf, language), formats["text"])
        sheet.write_number(down, column + 1, share, formats["percent"])
    last = row + 1 + len(shares)
    chart = _bars(
        book, sheet, (row + 2, column, last, column), (row + 2, column + 1, last, column + 1), [DARK] * len(shares)
    )
    chart.set_title({"name": text("list.weights.chart", language), "name_font": {"size": 12}, "overlay": False})
    chart.set_x_axis({"min": 0, "num_format": "0 %", "major_gridlines": _QUIET})
    said = ", ".join(
        f"{criterion_label(result.study, leaf, language)} {percent(share, language, 1)}" for leaf, share in shares
    )
    alt = text("list.weights.chart_alt", language, shares=said)
    _insert(sheet, chart, (row, column + 2), len(shares), alt)


def leaf_shares(result: Result) -> tuple[tuple[str, float], ...]:
    """Every criterion without sub-criteria and its share of the whole, the largest first."""
    return tuple(
        sorted(zip(result.matrix.leaves, map(float, result.weights.leaf), strict=True), key=lambda pair: -pair[1])
    )


def _bars(
    book: Workbook,
    sheet: Worksheet,
    names: tuple[int, int, int, int],
    values: tuple[int, int, int, int],
    shades: Sequence[str],
) -> Any:
    """Lying bars, the first on top, each with its figure at the end."""
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [sheet.get_name(), *names],
            "values": [sheet.get_name(), *values],
            "points": [{"fill": {"color": shade}} for shade in shades],
            "data_labels": {"value": True},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    return chart


def _insert(sheet: Worksheet, chart: Any, at: tuple[int, int], bars: int, alt: str) -> None:
    chart.set_size({"width": 900, "height": 110 + BAR * bars})
    sheet.insert_chart(*at, chart, {"description": writable(alt), "object_position": 3})


def _grouped(lines: Sequence[Ranked]) -> list[tuple[int, Ranked]]:
    """Every line with its group's number, 0 below the first of the group: an axis names a group once."""
    found: list[tuple[int, Ranked]] = []
    for group, members in groupby(lines, key=lambda line: line.rank_group):
        found += [(group if at == 0 else 0, line) for at, line in enumerate(members)]
    return found


def _shades(lines: Sequence[Ranked]) -> list[str]:
    return [DARK if line.rank_group % 2 else STRONG for line in lines]


def _bar_name(result: Result, line: Ranked, language: str) -> str:
    title = title_line(result.study.measure_by_id[line.measure], language)
    short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    return text("list.chart.bar", language, rank=str(line.rank), title=short)


def _alt(result: Result, lines: Sequence[Ranked], language: str) -> str:
    """What the bars show, in words."""
    first, last = lines[0], lines[-1]
    return text(
        "list.chart.alt",
        language,
        first=_bar_name(result, first, language),
        last=_bar_name(result, last, language),
        most=score_text(result, first.score, language),
        least=score_text(result, last.score, language),
    )
