"""The rating workbook of one municipality: its measures, each criterion's scale beside the cell to fill."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from mcda.locale import text
from mcda.study.collection.asked import (
    asked,
    bounds_of,
    heading,
    identity,
    label_in,
    levels_of,
    study_title,
    title_in,
    wording_of,
)
from mcda.study.model import Criterion, Measure, Municipality, Rating, Study

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
COLUMNS: Mapping[str, float] = {
    "measure": 9,
    "title": 38,
    "criterion": 24,
    "scale": 58,
    "value": 12,
    "abstain": 12,
    "reason": 48,
    "previous": 10,
    "key": 12,
}
"""The columns of the sheet to fill and their widths in characters; `key` is hidden, `previous` only on request."""

TO_FILL = ("value", "abstain", "reason")
HEADER_ROW = 4
LINE, CHARACTERS = 12.5, 76
"""Height of a line in points, and how many characters one takes in the column of the scale."""

DARK, PALE, GREY = "#1F3A5F", "#FFF8DC", "#F2F5F8"


def rating_workbook(
    study: Study,
    municipality_id: str,
    language: str = "de",
    previous: Study | None = None,
    criteria: Sequence[str] | None = None,
) -> bytes:
    """The .xlsx workbook a municipality fills: one row per measure it takes part in and criterion it is asked about.

    The scale's wording stands beside each cell, levels and abstention are chosen from lists, a reason may be given.
    `previous` shows the municipality's ratings of that study beside the cells; nothing is filled in for anybody.
    `criteria`: ids of rated criteria or groups; default: those municipalities rate. Same arguments, same bytes.
    Raises InputError for an unknown municipality, criteria that cannot be rated, or nothing to rate.
    """
    municipality, measures, leaves = asked(study, municipality_id, criteria)
    stream = io.BytesIO()
    with Workbook(stream, OPTIONS) as book:
        title = study_title(study, language)
        book.set_properties({"title": title, "created": datetime.combine(study.study.as_of, time())})
        looks = _looks(book)
        sheet = book.add_worksheet(text("collection.sheet.ratings", language))
        about = book.add_worksheet(text("collection.sheet.measures", language))
        scales = book.add_worksheet(text("collection.sheet.scales", language))
        marks = book.add_worksheet(text("collection.sheet.identity", language))
        places = _write_scales(scales, study, leaves, looks, language)
        _write_head(sheet, study, municipality, looks, language, previous is not None)
        _write_rows(sheet, study, measures, leaves, looks, language, places, _last(previous, municipality_id))
        _write_about(about, measures, looks, language)
        _write_identity(marks, identity(study, municipality, leaves, language), looks, language)
    return stream.getvalue()


def _looks(book: Workbook) -> Mapping[str, Format]:
    base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#B8C4D0"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "font_color": DARK}),
        "plain": book.add_format({"valign": "top"}),
        "wrapped": book.add_format({"valign": "top", "text_wrap": True}),
        "header": book.add_format(
            {"bold": True, "font_color": "white", "bg_color": DARK, "border": 1} | {"valign": "vcenter"}
        ),
        "fixed": book.add_format(base | {"bg_color": GREY, "num_format": "@"}),
        "small": book.add_format(base | {"bg_color": GREY, "font_size": 9}),
        "value": book.add_format(base | {"bg_color": PALE, "locked": False, "align": "center", "font_size": 12}),
        "abstain": book.add_format(base | {"bg_color": PALE, "locked": False, "align": "center"}),
        "reason": book.add_format(base | {"bg_color": PALE, "locked": False}),
    }


def _last(previous: Study | None, rater: str) -> Mapping[tuple[str, str], Rating] | None:
    """The rater's own ratings of an earlier study by measure and criterion; None if none are to be shown."""
    if previous is None:
        return None
    return {(r.measure, r.criterion): r for r in previous.ratings if r.rater == rater}


def _shown(with_previous: bool) -> list[str]:
    return [name for name in COLUMNS if name != "previous" or with_previous]


def _write_head(
    sheet: Worksheet,
    study: Study,
    municipality: Municipality,
    looks: Mapping[str, Format],
    language: str,
    with_previous: bool,
) -> None:
    """Title, who rates, how to, and the header row; A4 across, header repeated, only the cells to fill unlocked."""
    sheet.write_string(0, 0, study_title(study, language), looks["title"])
    sheet.write_string(1, 0, heading(study, municipality, language), looks["plain"])
    sheet.write_string(2, 0, text("collection.how_to", language), looks["plain"])
    for column, name in enumerate(_shown(with_previous)):
        sheet.write_string(HEADER_ROW, column, text(f"collection.column.{name}", language), looks["header"])
        sheet.set_column(column, column, COLUMNS[name], None, {"hidden": name == "key"})
    sheet.set_row(HEADER_ROW, 24)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    allowed = ("format_columns", "format_rows", "autofilter", "select_locked_cells", "select_unlocked_cells")
    sheet.protect("", dict.fromkeys(allowed, True))


def _write_rows(
    sheet: Worksheet,
    study: Study,
    measures: Sequence[Measure],
    leaves: Sequence[Criterion],
    looks: Mapping[str, Format],
    language: str,
    places: Mapping[str, str],
    last: Mapping[tuple[str, str], Rating] | None,
) -> None:
    names = _shown(last is not None)
    row = HEADER_ROW
    for measure in measures:
        for leaf in leaves:
            row += 1
            wording = wording_of(study, leaf, language)
            cells = {
                "measure": measure.id,
                "title": title_in(measure, language),
                "criterion": label_in(leaf, language),
                "scale": wording,
                "previous": _before((last or {}).get((measure.id, leaf.id)), language),
                "key": leaf.id,
            }
            for column, name in enumerate(names):
                look = looks["small" if name == "scale" else name if name in TO_FILL else "fixed"]
                if cells.get(name):
                    sheet.write_string(row, column, cells[name], look)
                else:
                    sheet.write_blank(row, column, None, look)
            sheet.set_row(row, LINE * max(2, sum(1 + len(line) // CHARACTERS for line in wording.splitlines())))
            _offer(sheet, row, names, leaf, places, language)
    sheet.autofilter(HEADER_ROW, 0, row, len(names) - 1)


def _offer(
    sheet: Worksheet, row: int, names: Sequence[str], leaf: Criterion, places: Mapping[str, str], language: str
) -> None:
    """Lists to choose from at the two cells to fill: the scale's levels (or its ends), and abstention."""
    low, high = bounds_of(leaf)
    scale = (
        {"validate": "list", "source": places[leaf.id]}
        if leaf.id in places
        else {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    )
    wrong = text("collection.off_scale", language, low=low, high=high)
    sheet.data_validation(row, names.index("value"), row, names.index("value"), scale | {"error_message": wrong})
    words = [text("collection.yes", language), text("collection.no", language)]
    at = names.index("abstain")
    sheet.data_validation(row, at, row, at, {"validate": "list", "source": words})


def _before(rating: Rating | None, language: str) -> str:
    if rating is None or (rating.value is None and not rating.abstain):
        return ""
    return text("collection.abstained", language) if rating.abstain else f"{rating.value:g}"


def _write_scales(
    sheet: Worksheet, study: Study, leaves: Sequence[Criterion], looks: Mapping[str, Format], language: str
) -> Mapping[str, str]:
    """The levels of every scale as numbers, one column each; returns where the lists stand, by criterion."""
    places: dict[str, str] = {}
    for column, leaf in enumerate(leaves):
        sheet.write_string(0, column, label_in(leaf, language), looks["header"])
        sheet.set_column(column, column, 26)
        levels = levels_of(study, leaf)
        for row, level in enumerate(levels, start=1):
            sheet.write_number(row, column, level, looks["plain"])
        if levels:
            first, final = (xl_rowcol_to_cell(r, column, True, True) for r in (1, len(levels)))
            places[leaf.id] = f"='{text('collection.sheet.scales', language)}'!{first}:{final}"
    return places


def _write_about(sheet: Worksheet, measures: Sequence[Measure], looks: Mapping[str, Format], language: str) -> None:
    """The measures to rate with their descriptions, to read up."""
    for column, (name, width) in enumerate({"measure": 9, "title": 44, "description": 100}.items()):
        sheet.write_string(0, column, text(f"collection.column.{name}", language), looks["header"])
        sheet.set_column(column, column, width)
    for row, measure in enumerate(measures, start=1):
        described = (measure.description_en if language == "en" else "") or measure.description
        for column, words in enumerate((measure.id, title_in(measure, language), described)):
            sheet.write_string(row, column, words, looks["wrapped"])
    sheet.freeze_panes(1, 0)


def _write_identity(sheet: Worksheet, marks: Mapping[str, str], looks: Mapping[str, Format], language: str) -> None:
    """By what the workbook is recognised when it comes back: words for people, the value, its name for the reader."""
    sheet.write_string(0, 0, text("collection.identity.keep", language), looks["title"])
    for row, (name, value) in enumerate(marks.items(), start=2):
        sheet.write_string(row, 0, text(f"collection.identity.{name}", language), looks["plain"])
        sheet.write_string(row, 1, value, looks["plain"])
        sheet.write_string(row, 2, name, looks["plain"])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 70)
    sheet.protect()
