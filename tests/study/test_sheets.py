from datetime import datetime

import pytest

from mcda.errors import InputError
from mcda.study.cells import Formula, Percent
from mcda.study.sheets import Sheet, sheets_of
from raw_files import raw_ods, raw_xlsx, styles, texts


def rows(content: bytes, file: str = "a.xlsx") -> list[tuple[int, tuple[object, ...]]]:
    return sheets_of(content, file)[0].rows


def refusal(content: bytes, file: str = "a.xlsx") -> tuple[str, int | None]:
    with pytest.raises(InputError) as caught:
        sheets_of(content, file)
    (issue,) = caught.value.issues
    assert issue.sentence("de")
    assert issue.sentence("en")
    return issue.code, issue.where.row


def data(*lines: str) -> str:
    return f"<sheetData>{''.join(lines)}</sheetData>"


def test_rows_beyond_the_declared_size_of_a_sheet_are_read():
    sheet = '<dimension ref="A1:A1"/>' + data(texts(1, "id", "title"), texts(2, "A", "Rufbus"))
    assert rows(raw_xlsx(sheet)) == [(1, ("id", "title")), (2, ("A", "Rufbus"))]


def test_a_sheet_declared_too_large_costs_nothing():
    sheet = '<dimension ref="A1:XFD1048576"/>' + data(texts(7, "A"))
    assert rows(raw_xlsx(sheet)) == [(7, ("A",))]


@pytest.mark.parametrize(
    "lines",
    [
        (texts(2, "A"), texts(1, "B")),
        (texts(1, "A"), texts(1, "B")),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',),
        ('<row r="1"><c r="A2"><v>1</v></c></row>',),
        ('<row r="-1"><c><v>1</v></c></row>',),
        ('<row r="1"><c r="1A"><v>1</v></c></row>',),
        ('<row r="1"><c t="s"><v>7</v></c></row>',),
        ('<row r="1"><c t="s"><v>-1</v></c></row>',),
        ('<row r="1"><c><v>zwei</v></c></row>',),
    ],
)
def test_a_sheet_at_odds_with_itself_is_refused(lines):
    assert refusal(raw_xlsx(data(*lines), strings="<si><t>x</t></si>"))[0] == "not_a_workbook"


def test_rows_and_cells_without_a_number_count_on():
    sheet = data(texts(3, "id"), "<row><c><v>1</v></c><c/><c><v>2</v></c></row>")
    assert rows(raw_xlsx(sheet)) == [(3, ("id",)), (4, (1, None, 2))]


@pytest.mark.parametrize(
    ("code", "number", "meant"),
    [
        ("0%", "0.7", Percent(0.7)),
        ('0" %"', "70", 70),
        (r"0\%", "70", 70),
        ("0.00", "0.5", 0.5),
        ("dd.mm.yyyy", "46387", datetime(2026, 12, 31)),
        ("[$-407]d. mmmm yyyy;@", "46387", datetime(2026, 12, 31)),
        ("mmm", "1", datetime(1900, 1, 1)),
        ("h:mm", "0.5", "12:00:00"),
        ("[h]:mm", "0.5", "12:00:00"),
        ("dd.mm.yyyy", "-3", "########"),
        ('#,##0.00 "Std"', "8", 8),
        ("[Red]#,##0 [$EUR]", "8", 8),
        ("General", "8", 8),
    ],
)
def test_a_number_is_what_its_format_shows(code, number, meant):
    content = raw_xlsx(data(f'<row r="1"><c s="1"><v>{number}</v></c></row>'), styles=styles(code))
    ((_, (cell,)),) = rows(content)
    assert cell == meant
    assert type(cell) is type(meant)


def test_dates_of_old_macintosh_workbooks_count_from_1904():
    content = raw_xlsx(
        data('<row r="1"><c s="1"><v>44925</v></c></row>'),
        styles=styles("dd.mm.yyyy"),
        book='<workbookPr date1904="1"/>',
    )
    assert rows(content) == [(1, (datetime(2026, 12, 31),))]


def test_kinds_of_cells():
    line = (
        '<row r="1"><c t="s"><v>0</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><v>x</v></c>'
        '<c t="d"><v>2026-12-31</v></c><c><f>SUM(A2:A9)</f><v>3</v></c><c><f t="shared" si="0"/><v>3</v></c></row>'
    )
    strings = (
        '<si><r><t>Ruf</t></r><r><rPr><b/></rPr><t xml:space="preserve">bus _x0041_</t></r><rPh><t>no</t></rPh></si>'
    )
    ((_, cells),) = rows(raw_xlsx(data(line), strings=strings))
    assert cells == ("Rufbus A", True, "#N/A", "x", datetime(2026, 12, 31), "=SUM(A2:A9)", "=…")
    assert isinstance(cells[5], Formula)
    assert isinstance(cells[6], Formula)


def test_cells_merged_downwards_are_known():
    sheet = data(texts(1, "a"), texts(2, "b")) + '<mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells>'
    assert sheets_of(raw_xlsx(sheet), "a.xlsx")[0].merged == [(2, 1, 3)]
    line = (
        '<table:table-row><table:table-cell/><table:table-cell table:number-rows-spanned="3"><text:p>b</text:p>'
        "</table:table-cell></table:table-row>"
    )
    assert sheets_of(raw_ods(line), "a.ods")[0].merged == [(1, 1, 3)]


def cell(inside: str, attributes: str = "") -> str:
    return f"<table:table-row><table:table-cell {attributes}>{inside}</table:table-cell></table:table-row>"


@pytest.mark.parametrize(
    ("xml", "meant"),
    [
        (cell("<text:p>eins</text:p><text:p>zwei</text:p>"), "eins\nzwei"),
        (cell("<text:p>eins<text:line-break/>zwei</text:p>"), "eins\nzwei"),
        (cell('<text:p>a<text:s text:c="2"/>b <text:span>c</text:span></text:p>'), "a  b c"),
        (cell("<draw:frame><text:p>Bild</text:p></draw:frame><text:p>Text</text:p>"), "Text"),
        (cell("<office:annotation><text:p>Notiz</text:p></office:annotation><text:p>Text</text:p>"), "Text"),
        (cell("", 'office:value-type="string" office:string-value="Text"'), "Text"),
        (cell("", 'office:value-type="percentage" office:value="0.7"'), Percent(0.7)),
        (cell("", 'office:value-type="boolean" office:boolean-value="true"'), True),
        (cell("<text:p>3</text:p>", 'table:formula="of:=1+2" office:value-type="float"'), "=1+2"),
    ],
)
def test_kinds_of_opendocument_cells(xml, meant):
    ((_, (found,)),) = rows(raw_ods(xml), "a.ods")
    assert found == meant


def test_not_a_number_is_a_cell_not_an_empty_one():
    ((_, (found,)),) = rows(raw_ods(cell("", 'office:value-type="float" office:value="NaN"')), "a.ods")
    assert found != found


def test_cached_tables_of_tracked_changes_do_no_harm():
    before = "<table:tracked-changes><table:table-cell><text:p>alt</text:p></table:table-cell></table:tracked-changes>"
    assert rows(raw_ods(cell("<text:p>neu</text:p>"), before=before), "a.ods") == [(1, ("neu",))]


def csv_rows(text: str | bytes) -> list[tuple[int, tuple[object, ...]]]:
    return rows(text if isinstance(text, bytes) else text.encode(), "a.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_text_files_of_every_dialect(encoding, separator):
    text = f"id{separator}Maßnahme\r\nA{separator}Fähre für 5 €\r\n"
    assert csv_rows(text.encode(encoding)) == [(1, ("id", "Maßnahme")), (2, ("A", "Fähre für 5 €"))]


def test_the_separator_may_be_announced():
    assert csv_rows("sep=|\nid|title\nA|a;b;c\n") == [(2, ("id", "title")), (3, ("A", "a;b;c"))]
    assert csv_rows("sep=\n\nid;title\n") == [(1, ("sep=",)), (3, ("id", "title"))]


def test_rows_count_as_excel_counts_them():
    assert csv_rows('id;title\n\n;;\nA;"zwei\nZeilen"\nB;x\n') == [
        (1, ("id", "title")), (4, ("A", "zwei\nZeilen")), (5, ("B", "x"))
    ]  # fmt: skip


def test_a_text_excel_was_told_to_keep():
    assert csv_rows('id;title\n="007";"=""A"""\n') == [(1, ("id", "title")), (2, ("007", "A"))]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        ("id;title\nA;FÃ¶rderung\n".encode(), "damaged_text", 2),
        ("id;title\nA;F\ufffdrderung\n".encode(), "damaged_text", 2),
        ("id;title\nA;Preis 5 â‚¬\n".encode(), "damaged_text", 2),
        ("id;title\nA;März und Förderung\n".encode("cp850"), "damaged_text", None),
        ("id;title\nA;März für Straßen\n".encode("mac_roman"), "damaged_text", None),
        ("id;title\nA;für\n".encode("cp850"), "not_text", None),
        (b'id;title\nA;"Ruf"bus\n', "quotes_unmatched", 2),
        (b'id;title\nA;"Rufbus\nB;x\n', "quotes_unmatched", 2),
        (b"id;title\nA;" + b"x" * 40_000, "cell_too_long", 2),
        (b"id;title\nA;" + b"x" * 2_000_000, "cell_too_long", None),
        (b";" * 2_000_000, "too_many_columns", None),
        (b"id;title\n" + b";" * 900, "too_many_columns", 2),
    ],
)
def test_text_files_that_cannot_be_trusted_are_refused(content, code, row):
    assert refusal(content, "a.csv") == (code, row)


def test_damaged_umlauts_are_found_in_workbooks_too():
    assert refusal(raw_xlsx(data(texts(4, "FÃ¶rderung")))) == ("damaged_text", 4)


def test_foreign_names_are_no_damage():
    text = "id;title\nA;São Tomé, Škoda, Łódź, „Zitat“, Âge d'or § 5, naïve\n"
    assert len(csv_rows(text)) == 2
    assert sheets_of(text.encode(), "a.csv")[0] == Sheet("a", "a.csv", csv_rows(text), is_text=True)


def test_an_encoding_nobody_knows_is_refused():
    part = b'<?xml version="1.0" encoding="klingon"?><sst/>'
    assert refusal(raw_xlsx("", **{"xl/sharedStrings.xml": part}))[0] == "not_a_workbook"
