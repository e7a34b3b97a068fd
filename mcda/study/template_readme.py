"""The first sheet of the template: what to do, what the colours mean, what each sheet is for. It is never read."""

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from mcda.locale import has_text, text
from mcda.study.columns import table_title
from mcda.study.model import TABLES, Study
from mcda.study.template_cells import Book

RULES = ("help", "lists", "empty", "numbers", "ratings", "columns")
COLOURS = ("required", "optional", "rating")
LINE = 15.0
WIDTH = 96
"""Characters on a line of the wide column; its rows get their height here, as not every program grows them."""

Row = tuple[str, str, str]
"""What stands in the narrow and in the wide column, and the look."""


def write_readme(made: Book, sheet: Worksheet, study: Study, tables: Sequence[str], *, example: bool) -> None:
    """Title, steps, colours, rules and a linked list of the sheets."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WIDTH)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for row, (left, right, look) in enumerate(_rows(made.language, study, example)):
        _write(made, sheet, row, left, right, look)
    start = sum(1 for _ in _rows(made.language, study, example))
    for row, table in enumerate(tables, start=start):
        name = table_title(table, made.language)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(row, 1, text(f"template.about.{table}", made.language), made.formats["wrapped"])


def _rows(language: str, study: Study, example: bool) -> Iterator[Row]:
    def said(key: str) -> str:
        names = {table: table_title(table, language) for table in TABLES}
        ids = [m.id for m in study.municipalities][:2] or ["A", "B"]
        return text(f"template.readme.{key}", language, **names, title=study.study.title, example="; ".join(ids))

    yield said("title" if example else "title_filled"), "", "title"
    yield said("lead"), "", "help"
    if example:
        yield said("example"), "", "help"
    yield "", "", ""
    yield said("steps"), "", "heading"
    steps = [f"step_{n}" for n in range(1, 10) if has_text(f"template.readme.step_{n}", language)]
    yield from ((str(n), said(key), "") for n, key in enumerate(steps, start=1))
    yield "", "", ""
    yield said("colours"), "", "heading"
    yield from (("", said(colour), colour) for colour in COLOURS)
    yield "", "", ""
    yield said("rules"), "", "heading"
    yield from (("–", said(f"rule_{rule}"), "") for rule in RULES)
    yield "", "", ""
    yield said("sheets"), "", "heading"


def _write(made: Book, sheet: Worksheet, row: int, left: str, right: str, look: str) -> None:
    if look in COLOURS:
        sheet.write_blank(row, 0, None, made.formats[look])
    elif left:
        sheet.write_string(row, 0, left, made.formats[look or "numbered"])
    if right:
        sheet.write_string(row, 1, right, made.formats["wrapped"])
        sheet.set_row(row, LINE * (1 + len(right) // WIDTH))
