"""A copy of the planner's own file with every bad cell marked, the reason beside it, and a list of all of them."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mcda.errors import Issue, Where
from mcda.locale import LANGUAGES, text
from mcda.locale.formats import plain
from mcda.study.annotate_places import Spot, spots_of
from mcda.study.annotate_rebuild import cell_of, put_text, rebuilt
from mcda.study.columns import header
from mcda.study.model import TABLES
from mcda.study.sheets import Sheet, sheets_of

AUTHOR = "Rangfolge"
MARK, RULE = "Rangfolge:", "\n\n– – –\n"
"""How our comment begins, and what separates it from a comment that was there before."""

RED, YELLOW = "FFFFC7CE", "FFFFF2CC"
MOST_COMMENTS, MOST_VALUE = 2_000, 200
MOST_BYTES = 40 * 2**20
"""Size of the unpacked sheets up to which a workbook is copied; of a larger one only the list is made."""

UNLOADABLE = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError)
FONT = "Calibri"
TITLE_ROW, HEADER_ROW = 1, 4
COLUMNS: Mapping[str, float] = {
    "number": 6,
    "table": 20,
    "cell": 9,
    "row": 8,
    "column": 28,
    "value": 30,
    "sentence": 90,
}


def annotated_copy(content: bytes, issues: Sequence[Issue], language: str = "de", file: str = "study.xlsx") -> bytes:
    """The uploaded file as .xlsx: bad cells filled and commented, a first sheet that lists all issues with links.

    `content` is a workbook (.xlsx, .ods) or a CSV file, `file` its name. Formats, drop-down lists, comments and
    formulas of an .xlsx stay; pictures and charts do not come along. Marks of an earlier copy are taken away first.
    Once corrected, the copy can be read again. Raises InputError where the file itself is refused.
    """
    sheets = sheets_of(content, file)
    book = _book(content, sheets)
    if _is_marked(content):
        _clear(book)
    return _annotated(book, sheets, issues, language)


def annotated_sheets(sheets: Sequence[Sheet], issues: Sequence[Issue], language: str = "de") -> bytes:
    """As `annotated_copy`, for the sheets of several CSV files: one workbook with all of them."""
    return _annotated(rebuilt(sheets), sheets, issues, language)


def _annotated(book: Workbook, sheets: Sequence[Sheet], issues: Sequence[Issue], language: str) -> bytes:
    titles = [sheet.title for sheet in book.worksheets]
    spots = spots_of(issues, sheets)
    if titles:
        _mark(book, titles, issues, spots, language)
    _list_sheet(book, titles, issues, spots, language)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _book(content: bytes, sheets: Sequence[Sheet]) -> Workbook:
    """The user's workbook itself; built anew from its sheets if it is of another format or cannot be loaded whole.

    Without a sheet if it is too large to copy.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return rebuilt(sheets)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {m.filename: m.file_size for m in archive.infolist()}
    if sum(size for name, size in parts.items() if name.endswith(".xml")) > MOST_BYTES:
        return rebuilt(())
    if "content.xml" in parts:
        return rebuilt(sheets)
    try:
        with warnings.catch_warnings():  # of extensions openpyxl drops: it says so on its own
            warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
            book = load_workbook(io.BytesIO(content), keep_links=False, rich_text=True)
    except UNLOADABLE:
        return rebuilt(sheets)
    same = [sheet.title for sheet in book.worksheets] == [sheet.name for sheet in sheets]
    return book if same else rebuilt(sheets)


def _is_marked(content: bytes) -> bool:
    """Whether some comment in a workbook is ours: only then every cell is visited."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any("comments" in name and MARK.encode() in archive.read(name) for name in archive.namelist())


def _clear(book: Workbook) -> None:
    """Take away the marks and the list of an earlier copy; a comment that was there before stays."""
    for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        if cell.comment is not None and cell.comment.text.startswith(MARK):
            own = cell.comment.text.partition(RULE)[2]
            cell.comment = Comment(own, cell.comment.author) if own else None
            if cell.fill.fgColor.rgb in (RED, YELLOW):
                cell.fill = PatternFill()


def _mark(book: Workbook, titles: Sequence[str], issues: Iterable[Issue], spots: Iterable[Spot], language: str) -> None:
    found: dict[tuple[int, int, int], list[Issue]] = {}
    for issue, spot in zip(issues, spots, strict=True):
        if spot.sheet is not None and spot.row is not None and spot.column is not None:
            found.setdefault((spot.sheet, spot.row, spot.column), []).append(issue)
    for number, ((at, row, column), told) in enumerate(found.items()):
        cell = cell_of(book[titles[at]], row, column)
        grave = any(issue.level in {"error", "strong"} for issue in told)
        cell.fill = PatternFill("solid", fgColor=RED if grave else YELLOW)
        if number < MOST_COMMENTS:
            _comment(cell, [_sentence(issue, language) for issue in told])


def _comment(cell: BookCell, sentences: Sequence[str]) -> None:
    own = RULE + cell.comment.text if cell.comment is not None else ""
    said = "\n".join((MARK, *sentences))
    lines = sum(1 + len(line) // 42 for line in (said + own).splitlines())
    cell.comment = Comment(said + own, AUTHOR, width=320, height=20 * lines + 20)


def _sentence(issue: Issue, language: str) -> str:
    return replace(issue, where=Where()).sentence(language)[:2_000]


def _list_sheet(
    book: Workbook, titles: Sequence[str], issues: Sequence[Issue], spots: Sequence[Spot], language: str
) -> None:
    for title in {text("marked.sheet", name) for name in LANGUAGES} & set(book.sheetnames):
        if str(book[title].cell(TITLE_ROW, 1).value or "").startswith(MARK):
            del book[title]
    sheet = book.create_sheet(text("marked.sheet", language), 0)
    put_text(cell_of(sheet, TITLE_ROW, 1), f"{MARK} {text('marked.title', language, count=len(issues))}")
    sheet.cell(TITLE_ROW, 1).font = Font(FONT, 14, bold=True)
    lead = "nothing" if not issues else "lead" if titles else "list_only"
    put_text(cell_of(sheet, TITLE_ROW + 1, 1), text(f"marked.{lead}", language))
    for column, (name, width) in enumerate(COLUMNS.items(), start=1):
        head = sheet.cell(HEADER_ROW, column, text(f"marked.{name}", language))
        head.font, head.fill = Font(FONT, 11, bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F3A5F")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, (issue, spot) in enumerate(zip(issues, spots, strict=True), start=1):
        _list_row(sheet, number, issue, spot, titles, language)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet


def _column_word(where: Where, language: str) -> str:
    """A column that is not in the file, as the template calls it."""
    known = where.table in TABLES and where.column in TABLES[where.table].model_fields
    return header(where.table, where.column, language) if known else where.column


def _list_row(sheet: Worksheet, number: int, issue: Issue, spot: Spot, titles: Sequence[str], language: str) -> None:
    row = HEADER_ROW + number
    sheet.cell(row, 1, number)
    title = titles[spot.sheet] if spot.sheet is not None and titles else issue.where.table
    place = f"{get_column_letter(spot.column)}{spot.row}" if spot.row and spot.column else ""
    value = plain(issue.params.get("value", ""), language)[:MOST_VALUE]
    column_named = spot.header or _column_word(issue.where, language)
    said = {2: title, 3: place, 5: column_named, 6: value, 7: _sentence(issue, language)}
    for column, words in said.items():
        put_text(cell_of(sheet, row, column), words)
        sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    if spot.row or issue.where.row:
        sheet.cell(row, 4, spot.row or issue.where.row)
    if spot.sheet is not None and titles:
        link = sheet.cell(row, 3 if place else 2)
        link.hyperlink = Hyperlink(link.coordinate, location=f"{quote_sheetname(title)}!{place or 'A1'}")
        link.font = Font(FONT, 11, underline="single", color="FF0563C1")
