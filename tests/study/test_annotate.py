"""The marked copy shows every fault where it stands, keeps the planner's work, and reads again once corrected."""

import io
import zipfile
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from mcda.errors import InputError, Issue, Where
from mcda.study import annotate
from mcda.study.annotate import HEADER_ROW, RED, YELLOW, annotated_copy
from mcda.study.model import TABLES
from mcda.study.read import read_study
from mcda.study.template import template_bytes
from mcda.study.template_example import example_study
from mcda.study.write import workbook_bytes
from small import small_study

SMALL = workbook_bytes(small_study())


def book_of(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def issues_of(content: bytes, name: str = "study.xlsx") -> tuple[Issue, ...]:
    with pytest.raises(InputError) as caught:
        read_study(content, name)
    return caught.value.issues


def cell_at(book: Workbook, sheet: str, header: str, row: int):
    at = next(cell.column for cell in book[sheet][1] if cell.value == header)
    return book[sheet].cell(row, at)


@cache
def template(language: str) -> bytes:
    return template_bytes(language)


@cache
def faulty() -> bytes:
    """The template with faults in five cells: three of measures, one of a programme, one of the study."""
    book = book_of(template("de"))
    cell_at(book, "Maßnahmen", "Dringlichkeit", 3).value = 7
    cell_at(book, "Maßnahmen", "Kommunen", 4).value = "MUS; BEH"
    cell_at(book, "Maßnahmen", "Investition (EUR)", 2).value = "viel"
    cell_at(book, "Förderprogramme", "Fördersatz (%)", 2).value = 120
    next(row for row in book["Studie"].iter_rows() if row[0].value == "Stichtag")[1].value = "gestern"
    return saved(book)


@cache
def faulty_copy() -> bytes:
    return annotated_copy(faulty(), issues_of(faulty()), "de")


def rows_of(book: Workbook) -> list[tuple[object, ...]]:
    return [row for row in book.worksheets[0].iter_rows(min_row=HEADER_ROW + 1, values_only=True) if row[0]]


def marked(book: Workbook) -> set[tuple[str, str]]:
    cells = (c for sheet in book.worksheets[1:] for row in sheet.iter_rows() for c in row)
    return {(c.parent.title, c.coordinate) for c in cells if c.fill.fgColor.rgb in (RED, YELLOW)}


def corrected(content: bytes) -> bytes:
    book = book_of(content)
    cell_at(book, "Maßnahmen", "Dringlichkeit", 3).value = 3
    cell_at(book, "Maßnahmen", "Kommunen", 4).value = "BEI; MUS"
    cell_at(book, "Maßnahmen", "Investition (EUR)", 2).value = "84.500,00 €"
    cell_at(book, "Förderprogramme", "Fördersatz (%)", 2).value = 50
    next(row for row in book["Studie"].iter_rows() if row[0].value == "Stichtag")[1].value = date(2026, 12, 31)
    return saved(book)


def test_every_bad_cell_is_filled_and_commented_and_no_other():
    book = book_of(faulty_copy())
    urgency = cell_at(book, "Maßnahmen", "Dringlichkeit", 3)
    assert "7 liegt außerhalb der Skala" in urgency.comment.text
    assert urgency.value == 7
    assert "BEI" in cell_at(book, "Maßnahmen", "Kommunen", 4).comment.text
    places = {("Maßnahmen", cell_at(book, "Maßnahmen", h, r).coordinate)
              for h, r in (("Dringlichkeit", 3), ("Kommunen", 4), ("Investition (EUR)", 2))}  # fmt: skip
    places |= {("Förderprogramme", cell_at(book, "Förderprogramme", "Fördersatz (%)", 2).coordinate), ("Studie", "B5")}
    assert marked(book) == places


def test_the_first_sheet_lists_all_issues_with_links_to_their_cells():
    issues = issues_of(faulty())
    book = book_of(faulty_copy())
    sheet = book.worksheets[0]
    assert sheet.title == book.active.title == "Zu korrigieren"
    assert [other.sheet_view.tabSelected for other in book.worksheets].count(True) == 1
    rows = rows_of(book)
    assert len(rows) == len(issues) == 5
    row = next(row for row in rows if row[4] == "Dringlichkeit")
    assert row[1:4] == ("Maßnahmen", "O3", 3)
    assert row[5] == "7"
    assert next(row for row in rows if row[1] == "Studie")[2:6] == ("B5", 5, "Stichtag", "gestern")
    assert "Erlaubt: 1 – 5" in str(row[6])
    links = {c.value: c.hyperlink.location for (c,) in sheet.iter_rows(HEADER_ROW + 1, min_col=3, max_col=3)}
    assert links["O3"] == "'Maßnahmen'!O3"
    assert links["B5"] == "'Studie'!B5"


def test_the_copy_reads_again_once_corrected():
    copy = faulty_copy()
    assert issues_of(copy) == issues_of(faulty())
    assert read_study(corrected(copy)) == example_study()


def test_a_second_copy_takes_the_marks_of_the_first_away():
    first = faulty_copy()
    book = book_of(first)
    cell_at(book, "Maßnahmen", "Dringlichkeit", 3).value = 3
    book["Maßnahmen"]["B4"].comment = Comment("Meine Notiz", "Planerin")
    cell_at(book, "Maßnahmen", "Kommunen", 4).comment.text += "\n\n– – –\nMit Beispielheim klären"
    second = annotated_copy(saved(book), issues_of(saved(book)), "en")
    book = book_of(second)
    assert book.sheetnames[0] == "To correct"
    assert "Zu korrigieren" not in book.sheetnames
    assert cell_at(book, "Maßnahmen", "Dringlichkeit", 3).comment is None
    assert cell_at(book, "Maßnahmen", "Dringlichkeit", 3).fill.fill_type is None
    assert book["Maßnahmen"]["B4"].comment.text == "Meine Notiz"
    kept = cell_at(book, "Maßnahmen", "Kommunen", 4).comment.text
    assert kept.count("Rangfolge:") == 1
    assert kept.endswith("Mit Beispielheim klären")
    assert len(rows_of(book)) == len(marked(book)) == 4


def test_without_issues_the_copy_only_loses_its_marks():
    first = faulty_copy()
    book = book_of(annotated_copy(corrected(first), (), "de"))
    assert marked(book) == set()
    assert rows_of(book) == []
    assert book.worksheets[0]["A2"].value == "Kein Fehler gefunden."
    assert read_study(saved(book)) == example_study()


def test_formats_widths_and_drop_downs_of_the_planner_stay():
    book = book_of(faulty())
    book["Maßnahmen"]["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    before = book["Maßnahmen"].column_dimensions["B"].width
    copy = book_of(annotated_copy(saved(book), issues_of(saved(book)), "de"))
    sheet = copy["Maßnahmen"]
    assert sheet["B2"].fill.fgColor.rgb == "FF00FF00"
    assert sheet.column_dimensions["B"].width == before
    assert cell_at(copy, "Maßnahmen", "Laufende Kosten pro Jahr (EUR)", 2).number_format == "#,##0.00"
    assert any(rule.type == "list" for rule in sheet.data_validations.dataValidation)
    assert sheet.freeze_panes == "C2"


def test_a_missing_column_and_a_missing_table_are_told_without_a_cell_of_their_own():
    book = book_of(template("de"))
    cell_at(book, "Kommunen", "Kennung", 1).value = "Zeichen"
    del book["Kriterien"]
    issues = issues_of(saved(book))
    copy = book_of(annotated_copy(saved(book), issues, "de"))
    rows = {str(row[1]): row for row in rows_of(copy)}
    assert rows["Kommunen"][2:5] == ("A1", 1, "Kennung")
    assert "Spalte id fehlt" in copy["Kommunen"]["A1"].comment.text
    assert rows["criteria"][2:4] == (None, None)
    assert marked(copy) == {("Kommunen", "A1")}


def test_two_faults_in_one_cell_share_its_comment():
    where = Where("measures", 2, "capex_eur")
    issues = [Issue("not_a_number", where=where, params={"value": "a"}), Issue("cell_missing", where=where)]
    book = book_of(annotated_copy(template("en"), issues, "en"))
    said = cell_at(book, "Measures", "Investment (EUR)", 2).comment.text.splitlines()
    assert len(said) == 3
    assert len(rows_of(book)) == 2


def test_a_hint_is_marked_in_another_colour():
    note = Issue("not_a_number", "note", Where("measures", 2, "title"), {"value": "x"})
    book = book_of(annotated_copy(template("de"), [note], "de"))
    assert book["Maßnahmen"]["B2"].fill.fgColor.rgb == YELLOW


def test_texts_that_look_like_formulas_stay_texts():
    content = b'Kennung;Titel;Investition (EUR)\nM1;"=1+1";viel\nM2;@SUM(A1);-x\nM3;Glocke\x07;1\n'
    issue = Issue("not_a_number", where=Where("measures", 2, "capex_eur"), params={"value": "=HYPERLINK(1)"})
    copy = annotated_copy(content, [issue], "de", "Maßnahmen.csv")
    book = book_of(copy)
    sheet = book["Maßnahmen"]
    texts = [sheet["B2"], sheet["B3"], sheet["C3"], book.worksheets[0].cell(HEADER_ROW + 1, 6)]
    assert [(c.value, c.data_type, c.quotePrefix) for c in texts] == [
        ("=1+1", "s", True),
        ("@SUM(A1)", "s", True),
        ("-x", "s", True),
        ("=HYPERLINK(1)", "s", True),
    ]
    assert sheet["B4"].value == "Glocke"
    assert sheet["C2"].comment is not None


def whole(copy: bytes) -> bytes:
    """A copy of one table in the workbook of all others."""
    book, found = book_of(template("de")), book_of(copy)
    at = book.sheetnames.index("Maßnahmen")
    del book["Maßnahmen"]
    target = book.create_sheet("Maßnahmen", at)
    for row in found["Maßnahmen"].iter_rows():
        for cell in row:
            target.cell(cell.row, cell.column, cell.value)
    return saved(book)


def test_numbers_only_the_text_file_as_a_whole_settles_are_settled_in_the_copy():
    content = (
        "Kennung,Titel,Investition (EUR),Laufende Kosten pro Jahr (EUR),Personal (VZÄ)\n"
        'M1,A,"84,500",2500,0.125\nM2,B,1000000.5,1.125,\nM3,C,x,"1,250.50",\n'
    ).encode()
    issue = Issue("not_a_number", where=Where("measures", 4, "capex_eur"), params={"value": "x"})
    copy = annotated_copy(content, [issue], "de", "liste-Maßnahmen.csv")
    book = book_of(copy)
    assert book.sheetnames == ["Zu korrigieren", "Maßnahmen"]
    assert book["Maßnahmen"]["C4"].comment is not None
    book["Maßnahmen"]["C4"].value = "1"
    measures = read_study(whole(saved(book))).measures
    assert [float(m.capex_eur) for m in measures] == [84500, 1000000.5, 1]
    assert [float(m.opex_eur_per_year) for m in measures] == [2500, 1.125, 1250.5]


def ods_of(tables: dict[str, list[list[str]]]) -> bytes:
    def cell(value: str) -> str:
        kind, _, written = value.partition(":")
        attributes = {"f": "float", "p": "percentage"}.get(kind)
        if attributes:
            return f'<table:table-cell office:value-type="{attributes}" office:value="{written}"/>'
        if kind == "d":
            return f'<table:table-cell office:value-type="date" office:date-value="{written}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    body = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in tables.items()
    )
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    document = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", document)
    return stream.getvalue()


SMALL_ODS = {
    "Studie": [["Feld", "Wert"], ["Titel", "Klein"], ["Stichtag", "d:2026-12-31"], ["Abzinsung (%)", "p:0.02"]],
    "Kriterien": [
        ["Kennung", "Bezeichnung", "Bester Wert", "Schlechtester Wert"],
        ["relevance", "Relevanz", "f:5", "f:1"],
    ],
    "Maßnahmen": [["Kennung", "Titel", "Relevanz"], ["M1", "A", "f:4"], ["M2", "B", "viel"]],
}


def test_an_ods_file_comes_back_as_a_marked_xlsx_that_reads_as_the_file_did():
    content = ods_of(SMALL_ODS)
    copy = annotated_copy(content, issues_of(content, "liste.ods"), "de", "liste.ods")
    book = book_of(copy)
    assert book.sheetnames == ["Zu korrigieren", *SMALL_ODS]
    assert marked(book) == {("Maßnahmen", "C3")}
    assert book["Studie"]["B3"].number_format == "dd.mm.yyyy"
    book["Maßnahmen"]["C3"].value = 3
    right = {**SMALL_ODS, "Maßnahmen": [*SMALL_ODS["Maßnahmen"][:2], ["M2", "B", "f:3"]]}
    assert read_study(saved(book)) == read_study(ods_of(right), "liste.ods")


def test_a_fault_in_merged_cells_is_marked_at_their_corner():
    book = book_of(template("de"))
    book["Maßnahmen"].merge_cells("F2:F3")
    issue = Issue("cell_missing", where=Where("measures", 3, "description"))
    copy = book_of(annotated_copy(saved(book), [issue], "de"))
    assert copy["Maßnahmen"]["F2"].comment is not None


def test_a_workbook_too_large_to_copy_gets_the_list_only(monkeypatch):
    monkeypatch.setattr(annotate, "MOST_BYTES", 1_000)
    book = book_of(annotated_copy(faulty(), issues_of(faulty()), "de"))
    assert book.sheetnames == ["Zu korrigieren"]
    assert len(rows_of(book)) == 5
    assert "zu groß" in str(book.worksheets[0]["A2"].value)


def test_a_workbook_that_cannot_be_loaded_whole_is_built_anew(monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise ValueError("broken style")

    issues = issues_of(faulty())
    monkeypatch.setattr(annotate, "load_workbook", fails)
    copy = annotated_copy(faulty(), issues, "de")
    assert len(marked(load_workbook(io.BytesIO(copy)))) == 5
    assert issues_of(copy) == issues


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0\1\2"])
def test_a_file_that_is_refused_is_not_copied(content):
    with pytest.raises(InputError):
        annotated_copy(content, (), "de")


@settings(max_examples=20, deadline=None)
@given(
    st.builds(
        Where,
        st.sampled_from([*TABLES, "", "Maßnahmen", "Auswahllisten", "x"]),
        st.none() | st.integers(1, 60),
        st.sampled_from(["", "id", "title", "Titel", "as_of", "best", "no such"]) | st.text(max_size=5),
    )
)
def test_any_place_can_be_listed(where):
    issue = Issue("not_a_number", where=where, params={"value": where.column})
    copy = annotated_copy(SMALL, [issue], "en")
    assert len(rows_of(book_of(copy))) == 1
    assert read_study(copy) == small_study()
