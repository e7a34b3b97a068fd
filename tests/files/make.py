"""Makes the files beside it. What a planner would have made by hand is made here, with the program named.

    python tests/files/make.py                 all but those of LibreOffice
    python tests/files/make.py --libreoffice   those too (needs soffice; 7.4 made the committed ones)

The committed files are the truth the tests read: making them anew changes time stamps, and another LibreOffice may write
other bytes. expected.toml says what each must give.
"""

# ruff: noqa: E501 -- tables and cases stand one to a line

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from tables import TABLES, Rows, texts_of, workbook_rows

HERE = Path(__file__).parent
GERMAN_CSV = "59,34,76,1,,1031,false,true,false,false,false,-1"
"""LibreOffice's export: semicolon, quotes, UTF-8, German, not everything quoted, as shown, every sheet a file."""
GERMAN_CSV_1252 = GERMAN_CSV.replace("34,76", "34,1")


# --- text files -----------------------------------------------------------------------------------------------------


def csv_text(rows: Iterable[Iterable[str]], separator: str = ";", end: str = "\r\n", quote_all: bool = False) -> str:
    def cell(text: str) -> str:
        must = quote_all or any(sign in text for sign in (separator, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if must else text

    return "".join(separator.join(cell(text) for text in row) + end for row in rows)


def german(table: str, change: Callable[[list[list[str]]], object] | None = None, **how: Any) -> str:
    """A table as German Excel saves it, perhaps changed before."""
    rows = texts_of(table, "de", how.pop("grouped", False))
    if change is not None:
        change(rows)
    return csv_text(rows, **how)


def english(table: str, change: Callable[[list[list[str]]], object] | None = None, **how: Any) -> str:
    rows = texts_of(table, "en", how.pop("grouped", False))
    if change is not None:
        change(rows)
    return csv_text(rows, **{"separator": ",", "end": "\n"} | how)


def setting(row: int, column: str, text: str, *more: tuple[int, str, str]) -> Callable[[list[list[str]]], None]:
    """Puts texts into cells, by row as spreadsheets count and header."""

    def change(rows: list[list[str]]) -> None:
        for number, name, value in ((row, column, text), *more):
            rows[number - 1][rows[0].index(name)] = value

    return change


def column(name: str, change: Callable[[str], str]) -> Callable[[list[list[str]]], None]:
    """Changes every cell of a column below its header."""

    def apply(rows: list[list[str]]) -> None:
        index = rows[0].index(name)
        for row in rows[1:]:
            row[index] = change(row[index])

    return apply


def header(name: str, text: str) -> Callable[[list[list[str]]], None]:
    def apply(rows: list[list[str]]) -> None:
        rows[0][rows[0].index(name)] = text

    return apply


def appending(*row: str) -> Callable[[list[list[str]]], None]:
    return lambda rows: rows.append(list(row) + [""] * (len(rows[0]) - len(row)))


def titled(rows: list[list[str]]) -> None:
    """A title, its date and an empty row above; blank rows within; a sum and blanks below."""
    width = len(rows[0])
    blank = [""] * width
    total = [""] * width
    total[rows[0].index("Maßnahme")], total[rows[0].index("Investition (€)")] = "Summe", "3.390.246,39"
    rows.insert(3, blank)
    rows[:0] = [["Maßnahmenkatalog Isarraum", *blank[1:]], ["Stand: Juni 2026", *blank[1:]], blank]
    rows += [total, blank, blank]


def two_headers(rows: list[list[str]]) -> None:
    """Group headers above, as merged cells come out: the word in the first of its columns, single headers only above."""
    first = rows[0]
    above = list(first)
    costs = [i for i, word in enumerate(first) if "Kosten" in word or "Invest" in word or "MwSt" in word]
    for i in costs:
        above[i] = ""
    above[costs[0]] = "Kosten"
    below = [word if i in costs else "" for i, word in enumerate(first)]
    rows[:1] = [above, below]


def wide_ratings(rows: list[list[str]]) -> None:
    """One column per criterion instead of one row per rating."""
    found: dict[str, list[str]] = {}
    for measure, _, value in rows[1:]:
        found.setdefault(measure, []).append(value)
    rows[:] = [["Maßnahme", "Zielbeitrag", "Dringlichkeit", "Umsetzbarkeit"], *([m, *v] for m, v in found.items())]


def turned(rows: list[list[str]]) -> None:
    """The columns from last to first."""
    rows[:] = [row[::-1] for row in rows]


def pages(rows: list[list[str]]) -> None:
    """The header again, as on every printed page."""
    rows.insert(3, list(rows[0]))


def each(*changes: Callable[[list[list[str]]], object]) -> Callable[[list[list[str]]], None]:
    def apply(rows: list[list[str]]) -> None:
        for change in changes:
            change(rows)

    return apply


INVESTMENT, TAX = "Investition (€)", "MwSt.-Satz in %"

TEXTS: dict[str, str | bytes] = {
    # numbers, dates, yes and no, encodings, separators: all mean the same
    "measures-excel-german-cp1252.csv": german("measures").encode("cp1252", "replace"),
    "ratings-excel-german-cp1252.csv": german("ratings").encode("cp1252"),
    "criteria-excel-german-cp1252.csv": german("criteria").encode("cp1252"),
    "programmes-excel-german-cp1252.csv": german("programmes", grouped=False).encode("cp1252"),
    "measures-excel-utf8.csv": german("measures", grouped=True).encode("utf-8-sig"),
    "measures-excel-unicode.txt": german("measures", separator="\t").encode("utf-16"),
    "measures-tab.tsv": german("measures", separator="\t"),
    "measures-pipe.csv": english("measures", separator="|"),
    "measures-english-thousands.csv": english("measures", grouped=True),
    "measures-all-quoted.csv": german("measures", quote_all=True),
    "measures-announced-separator.csv": "sep=;\r\n" + german("measures"),
    "municipalities-old-macintosh-lines.csv": german("municipalities", end="\r"),
    "measures-currency.csv": german("measures", column(INVESTMENT, lambda t: f"{t} €"), grouped=True),
    "measures-price-dash.csv": german("measures", setting(3, INVESTMENT, "120.000,-", (5, INVESTMENT, "2.345.678,--"))),
    "measures-percent.csv": german("measures", column(TAX, lambda t: f"{t} %")),
    "measures-blanks.csv": german(
        "measures", column("Kommunen", lambda t: f"\u00a0{t.replace(';', ' ; ')}  "), grouped=True
    ).replace("34.567,89", "34\u202f567,89"),
    "measures-list-over-lines.csv": german("measures", column("Kommunen", lambda t: t.replace(";", "\n"))),
    "measures-any-order.csv": german("measures", turned),
    "measures-title-and-sum.csv": german("measures", titled, grouped=True),
    "measures-two-header-rows.csv": german("measures", two_headers),
    "measures-header-on-every-page.csv": german("measures", pages),
    "measures-further-columns.csv": german(
        "measures", lambda rows: [r.append(w) for r, w in zip(rows, ("Bearbeiter", "MK", "", "TS", ""), strict=True)]
    ),
    "measures-yes-no.csv": german(
        "measures", column("Vorsteuer abziehbar", lambda t: {"ja": "X", "nein": "-"}[t])
    ),
    "municipalities-grouped.csv": german("municipalities", grouped=True),
    "ratings-wide.csv": german("ratings", wide_ratings),
    "programmes-iso-dates.csv": german("programmes", each(column("Gültig ab", lambda _: "2026-01-01"), column("Gültig bis", lambda _: "2027-12-31 00:00:00"))),
    "programmes-percent.csv": german("programmes", column("Fördersatz (%)", lambda _: "60,0 %")),
    "study-across.csv": csv_text([[row[i] for row in texts_of("study", "de")[1:]] for i in (0, 1)]),
    "study-with-title.csv": csv_text(
        [["", "Unsere Studie", "", ""], ["", "Angabe", "Wert", "Hinweis"]]
        + [["", *row, "bitte prüfen"] for row in texts_of("study", "de")[1:]]
    ),
    "eligibility-capitals.csv": german("eligibility", column("Ergebnis", str.upper)),
    # numbers that say nothing clear
    "measures-ambiguous.csv": german("measures", each(*(setting(r, INVESTMENT, t) for r, t in ((2, "34.567"), (3, "120.000"), (4, "890.001"), (5, "234.567")))), ).replace("0,5;2027", "1;2027").replace("1,25", "1").replace("45678,9", "45678"),
    "criteria-ambiguous-comma.csv": english("criteria", setting(6, "best", "10.000")).replace("62.5", "62").replace("37.5", "38").replace(",0.5,", ",1,").replace("0.9", "1"),
    "programmes-fraction.csv": german("programmes", column("Fördersatz (%)", lambda _: "0,6")),
    "measures-units-in-cells.csv": german("measures", each(setting(2, INVESTMENT, "35 T€"), setting(3, INVESTMENT, "ca. 120.000"), setting(4, INVESTMENT, "0,9 Mio."), setting(5, INVESTMENT, "k.A."))),
    "measures-costs-in-thousands.csv": german("measures", each(header(INVESTMENT, "Investition netto (T€)"), setting(2, "Investition netto (T€)", "34,5"), setting(3, "Investition netto (T€)", "120"))),
    "measures-total-with-a-name.csv": german("measures", appending("Gesamt", "Gesamtkosten")),
    "municipalities-thousands-beside-point.csv": "Kennung;Name;Einwohner;Breitengrad\r\nISM;Ismaning;18.000;48.2267\r\nGAR;Garching b. München;17.000;48.249\r\nUNT;Unterföhring;11.000;48.1919\r\n",
    "municipalities-lost-point.csv": german("municipalities", setting(2, "Breitengrad", "48.226.700")),
    "criteria-share-in-percent.csv": german("criteria", setting(7, "Bester Wert", "90")),
    "ratings-wide-scale-beside.csv": german("ratings", each(wide_ratings, header("Zielbeitrag", "Zielbeitrag (1-5)"))),
    "ratings-wide-misspelt.csv": german("ratings", each(wide_ratings, header("Zielbeitrag", "Zielbeitag"), header("Dringlichkeit", "Bewertung Dringlichkeit"))),
    "measures-two-numbers.csv": german("measures", each(setting(2, INVESTMENT, "30000 40000"), setting(3, INVESTMENT, "100.000-120.000"))),
    "measures-en-dash-minus.csv": german("measures", setting(2, INVESTMENT, "–34567,89")),
    "measures-year-in-euro.csv": german("measures", setting(2, "Startjahr", "2027 €")),
    "measures-exponent.csv": german("measures", setting(5, INVESTMENT, "2,345678E+06")),
    "measures-phone-number.csv": german("measures", setting(5, INVESTMENT, "498999999999999999")),
    # cells a spreadsheet could not fill
    "measures-failed-cells.csv": german("measures", each(setting(2, INVESTMENT, "#DIV/0!"), setting(3, "Maßnahme", "#NV"), setting(4, "Startjahr", "#######"))),
    "ratings-nan.csv": english("ratings", each(setting(2, "value", "NaN"), setting(3, "criterion", "nan"))),
    # rows and columns
    "measures-shifted.csv": english("measures").replace("34567.89", "34567,89"),
    "measures-no-header-cell.csv": german("measures", header(INVESTMENT, "")),
    "measures-misspelt-header.csv": german("measures", header(INVESTMENT, "Investiton (€)")),
    "measures-no-id.csv": german("measures", header("Nr.", "Kürzel")),
    "measures-header-twice.csv": german("measures", header("Laufende Kosten pro Jahr (EUR)", "Investition EUR")),
    "measures-no-title.csv": german("measures", setting(4, "Maßnahme", "")),
    "measures-second-table.csv": german("measures", lambda rows: rows.insert(3, ["Titel", "Kennung", "Ort"] + [""] * (len(rows[0]) - 3))),
    "measures-only-header.csv": german("measures", lambda rows: rows.__delitem__(slice(1, None))),
    "measures-empty.csv": "",
    "measures-open-quote.csv": german("measures").replace("Radwege-App", '"Radwege-App'),
    "measures-inch-sign.csv": german("measures").replace("Radwege-App", '"19" Bildschirm"'),
    "measures-gesamt.csv": german("measures", setting(5, "Maßnahme", "Gesamt-Glasfaser")),
    # texts damaged on their way
    "municipalities-ms-dos.csv": german("municipalities").replace("Unterföhring", "Märkt Unterföhring").encode("cp850"),
    "municipalities-macintosh.csv": german("municipalities").encode("mac_roman"),
    "municipalities-read-twice.csv": german("municipalities").encode().decode("cp1252", "replace").encode(),
    "measures-novel.csv": german("measures", setting(5, "Beschreibung", "Sehr lang. " * 4_000)),
    # ids, doubles, references
    "measures-ismanning.csv": german("measures", setting(2, "Kommunen", "Ismanning")),
    "measures-names-for-ids.csv": german("measures", setting(3, "Kommunen", "Unterföhring")),
    "measures-comma-list.csv": german("measures", setting(2, "Kommunen", "ISM, GAR")),
    "measures-id-twice.csv": german("measures", setting(3, "Nr.", "M1")),
    "measures-listed-twice.csv": german("measures", setting(2, "Kommunen", "ISM;GAR;ISM")),
    "measures-circle.csv": german("measures", setting(3, "Setzt voraus", "M3")),
    "measures-dotted-ids.csv": german("measures", column("Nr.", lambda t: t.replace("M", "1."))),
    "ratings-relabelled.csv": english("ratings", column("measure", lambda t: f"Maßnahme {t[1:]}")),
    "ratings-twice.csv": english("ratings", appending("M1", "goals", "2")),
    "ratings-renamed-criterion.csv": english("ratings", setting(3, "criterion", "urgencie")),
    # values that cannot be
    "ratings-off-scale.csv": german("ratings", each(setting(2, "Wert", "6"), setting(3, "Wert", "0"), setting(4, "Wert", "-3"))),
    "ratings-words.csv": german("ratings", setting(2, "Wert", "hoch")),
    "ratings-computed.csv": english("ratings", appending("M1", "cost", "4")),
    "ratings-reversed.csv": csv_text([["measure", "criterion", "value", "low", "high"], ["M1", "goals", "3", "4", "2"]], ","),
    "measures-negative-cost.csv": german("measures", setting(2, INVESTMENT, "-34567,89")),
    "measures-tax-over-100.csv": german("measures", setting(2, TAX, "190")),
    "measures-year.csv": german("measures", setting(2, "Startjahr", "27", (3, "Startjahr", "2026,5"))),
    "measures-maybe.csv": german("measures", setting(2, "Vorsteuer abziehbar", "vielleicht")),
    "criteria-negative-weight.csv": german("criteria", setting(2, "Gewicht", "-35")),
    "criteria-no-weight.csv": german("criteria", each(setting(3, "Gewicht", "0"), setting(4, "Gewicht", "0"))),
    "criteria-equal-bounds.csv": german("criteria", setting(3, "Bester Wert", "1")),
    "criteria-against-sense.csv": german("criteria", setting(6, "Richtung", "Nutzen")),
    "criteria-no-bounds.csv": german("criteria", setting(3, "Bester Wert", "", (4, "Schlechtester Wert", "x"))),
    "criteria-circle.csv": german("criteria", setting(2, "Oberkriterium", "goals")),
    "programmes-rate-over-100.csv": german("programmes", setting(2, "Fördersatz (%)", "160")),
    "programmes-reversed-dates.csv": german("programmes", setting(2, "Gültig bis", "31.12.2025")),
    "programmes-american-dates.csv": english("programmes", setting(2, "valid_to", "12/31/2027")),
    "programmes-least-above-most.csv": german("programmes", lambda rows: [rows[0].append("Bagatellgrenze (EUR)"), rows[1].append("300000")]),
    "eligibility-maybe.csv": german("eligibility", setting(2, "Ergebnis", "vielleicht", (3, "Programm", "DIGIT"))),
    "study-misspelt-field.csv": german("study").replace("Stichtag", "Stichtagg"),
    "study-no-date.csv": german("study", setting(4, "Wert", "Ende Juni")),
    "study-two.csv": csv_text([["title", "as_of"], ["Digitalkonzept", "2026-06-30"], ["Altes Konzept", "2020-06-30"]], ","),
}  # fmt: skip
"""Single tables: the part of the name before the first dash says which; the others come from base/."""


# --- workbooks ------------------------------------------------------------------------------------------------------


def book_of(sheets: dict[str, Rows]) -> Workbook:
    """A workbook made by openpyxl: dates as dates, whole numbers as numbers."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, date):
                    cell.number_format = "DD.MM.YYYY"
    return book


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell_of(sheet: Worksheet, row: int, name: str) -> Any:
    """The cell below a header."""
    return sheet.cell(row, next(c.column for c in sheet[1] if c.value == name))


def changed(change: Callable[[Workbook], object], language: str = "de") -> bytes:
    book = book_of(workbook_rows(language))
    change(book)
    return saved(book)


def in_measures(*cells: tuple[int, str, Any]) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for row, name, value in cells:
            cell_of(book["Maßnahmen"], row, name).value = value

    return change


def with_titles(book: Workbook) -> None:
    """Title rows, an empty column and row, headers merged over two rows, and a sum by formula below."""
    sheet = book["Maßnahmen"]
    last, place = sheet.max_row, cell_of(sheet, 1, INVESTMENT).column
    sheet.cell(last + 2, 2, "Gesamtsumme")
    sheet.cell(last + 2, place, f"=SUM({sheet.cell(2, place).coordinate}:{sheet.cell(last, place).coordinate})")
    sheet.insert_rows(3)
    sheet.insert_rows(1, 3)
    sheet.insert_cols(1)
    sheet["A1"], sheet["B2"] = "Maßnahmenkatalog zum Digitalkonzept", "Stand: 30.06.2026"
    sheet.merge_cells("A1:F1")
    sheet.insert_rows(4)
    for number in range(2, sheet.max_column + 1):
        above, below = sheet.cell(4, number), sheet.cell(5, number)
        if number == place + 1:
            above.value = "Kosten"
        elif number not in (place + 2, place + 3):
            above.value, below.value = below.value, None
            sheet.merge_cells(start_row=4, end_row=5, start_column=number, end_column=number)
    sheet.merge_cells(start_row=4, end_row=4, start_column=place + 1, end_column=place + 3)


def decorated(book: Workbook) -> None:
    """Colours, notes, filters, fixed headers, a table, a hidden list, a chart, an empty sheet, a read-me."""
    sheet = book["Maßnahmen"]
    sheet.freeze_panes, sheet.auto_filter.ref = "C2", sheet.dimensions
    sheet["B3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B3"].comment = Comment("Noch klären!", "TS")
    sheet.row_dimensions[4].hidden = True
    ratings = book["Bewertungen"]
    ratings.add_table(Table(displayName="Bewertungen", ref=ratings.dimensions))
    book.create_sheet("Anleitung", 0)["A1"] = "Bitte jede Zeile ausfüllen."
    lists = book.create_sheet("Listen")
    lists.append(["kurzfristig", "mittelfristig"])
    lists.sheet_state = "hidden"
    book.create_sheet("Tabelle7")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=6, min_row=1, max_row=5))
    book.create_chartsheet("Diagramm").add_chart(chart)


def as_texts(book: Workbook) -> None:
    """Every number typed as German text, as after pasting from a letter."""
    for sheet in book:
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                    cell.value = f"{cell.value}".replace(".", ",")


def percentages(book: Workbook) -> None:
    """Tax and grant rates as cells formatted in percent."""
    for sheet, names in (
        (book["Maßnahmen"], (TAX,)),
        (book["Förderprogramme"], ("Fördersatz (%)", "Erhöhter Fördersatz (%)")),
    ):
        for name in names:
            for row in range(2, sheet.max_row + 1):
                cell = cell_of(sheet, row, name)
                cell.value, cell.number_format = cell.value / 100, "0.0%"
    for name in (INVESTMENT, "Laufende Kosten pro Jahr (EUR)"):
        for row in range(2, 6):
            cell_of(book["Maßnahmen"], row, name).number_format = '#,##0.00\\ "€"'


def wide(book: Workbook) -> None:
    """Ratings as columns of the measures, no sheet of ratings."""
    sheet = book["Maßnahmen"]
    for name, title in (("goals", "Zielbeitrag"), ("urgency", "Dringlichkeit"), ("feasibility", "Umsetzbarkeit")):
        values = [row[2] for row in TABLES["ratings"] if row[1] == name]
        for row, value in enumerate([title, *values], start=1):
            sheet.cell(row, sheet.max_column + (row == 1), value)
    del book["Bewertungen"]


def merged_themes(book: Workbook) -> None:
    sheet = book["Maßnahmen"]
    for row in (3, 5):
        cell_of(sheet, row, "Handlungsfeld").value = None
    sheet.merge_cells("C2:C3")
    sheet.merge_cells("C4:C5")


def merged_costs(book: Workbook) -> None:
    sheet = book["Maßnahmen"]
    cell_of(sheet, 3, INVESTMENT).value = None
    sheet.merge_cells("F2:F3")


def twelve_mistakes(book: Workbook) -> None:
    in_measures(
        (2, INVESTMENT, "34.567"), (2, "Kommunen", "ISM;Ismanning"), (3, "Startjahr", "bald"), (3, TAX, 0.07),
        (4, "Setzt voraus", "M9"), (4, "Pflichtaufgabe", "vielleicht"), (5, INVESTMENT, -5),
    )(book)  # fmt: skip
    ratings = book["Bewertungen"]
    ratings["C2"], ratings["B3"], ratings["C5"] = 9, "Dringlichkeit!", "=1+2"
    book["Förderprogramme"]["H2"] = datetime(2025, 12, 31)
    book["Kriterien"]["L2"] = -35


def renaming(old: str, new: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[old].title = new

    return change


def doubled_sheet(book: Workbook) -> None:
    copy = book.copy_worksheet(book["Gemeinden"])
    copy.title = "Kommunen"


def second_table(book: Workbook) -> None:
    sheet = book["Maßnahmen"]
    sheet.append(["Nr.", "Maßnahme", "Ort", "Status"])
    sheet.append(["M5", "Zweite Liste", "Ismaning", "Idee"])


def by_xlsxwriter() -> bytes:
    """Tables, drop-downs, colours by condition, notes and a defined name, as Excel keeps them."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        for name, rows in workbook_rows("de").items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            sheet.add_table(0, 0, len(rows) - 1, len(rows[0]) - 1, {"columns": [{"header": word} for word in rows[0]]})
            sheet.write_comment(1, 0, "Kennung nicht ändern")
        sheet = book.get_worksheet_by_name("Maßnahmen")
        sheet.data_validation("L2:L99", {"validate": "list", "source": ["kurzfristig", "mittelfristig", "langfristig"]})
        sheet.conditional_format("F2:F99", {"type": "data_bar"})
        book.define_name("Kosten", "=Maßnahmen!$F$2:$F$5")
    return stream.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """A workbook with its parts changed, as some other program would write them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return stream.getvalue()


def strict(name: str, part: bytes) -> bytes:
    """The names of the format Excel calls "Strict Open XML"."""
    return (
        part.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    )  # fmt: skip


def wrong_size(name: str, part: bytes) -> bytes:
    """Sheets that claim to be one cell large, as some exports of databases do."""
    start, end = part.find(b"<dimension"), part.find(b"/>", part.find(b"<dimension"))
    return part[:start] + b'<dimension ref="A1"' + part[end:] if start > 0 else part


def flat_list() -> bytes:
    rows = [["Maßnahme", "Kosten", "Priorität"], ["Rufbus", 30000, "hoch"], ["Radweg", 120000, "mittel"]]
    return saved(book_of({"Tabelle1": rows}))


WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "english.xlsx": lambda: saved(book_of(workbook_rows("en"))),
    "german.xlsx": lambda: saved(book_of(workbook_rows("de"))),
    "by-xlsxwriter.xlsx": by_xlsxwriter,
    "titles-and-sums.xlsx": lambda: changed(with_titles),
    "decorated.xlsx": lambda: changed(decorated),
    "numbers-as-texts.xlsx": lambda: changed(as_texts),
    "percent-cells.xlsx": lambda: changed(percentages),
    "wide-ratings.xlsx": lambda: changed(wide),
    "merged-themes.xlsx": lambda: changed(merged_themes),
    "strict.xlsx": lambda: repacked(saved(book_of(workbook_rows("de"))), strict),
    "wrong-size.xlsx": lambda: repacked(saved(book_of(workbook_rows("de"))), wrong_size),
    "no-ratings.xlsx": lambda: changed(lambda book: book.remove(book["Bewertungen"])),
    "twelve-mistakes.xlsx": lambda: changed(twelve_mistakes),
    "formulas.xlsx": lambda: changed(in_measures((2, INVESTMENT, "=30000+4567.89"), (3, "Startjahr", "=YEAR(TODAY())"))),
    "ids-turned-into-dates.xlsx": lambda: changed(in_measures((2, "Nr.", datetime(2026, 1, 3)))),
    "rating-turned-into-date.xlsx": lambda: changed(lambda book: book["Bewertungen"].__setitem__("C3", datetime(2026, 5, 3))),
    "true-for-a-title.xlsx": lambda: changed(in_measures((3, "Maßnahme", True))),
    "merged-costs.xlsx": lambda: changed(merged_costs),
    "second-table.xlsx": lambda: changed(second_table),
    "misnamed-sheet.xlsx": lambda: changed(renaming("Bewertungen", "Bewertung")),
    "sheet-twice.xlsx": lambda: changed(doubled_sheet),
    "no-criteria.xlsx": lambda: changed(lambda book: book.remove(book["Kriterien"])),
    "flat-list.xlsx": flat_list,
    "empty.xlsx": lambda: saved(book_of({"Tabelle1": []})),
    "macros.xlsm": lambda: repacked(saved(book_of(workbook_rows("de"))), lambda _, part: part, **{"xl/vbaProject.bin": b"VBA"}),
    "other-workbook.xlsx": lambda: repacked(
        saved(book_of(workbook_rows("de"))), lambda _, part: part, **{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    ),
    "letter.xlsx": lambda: b"Sehr geehrte Damen und Herren,\n",
}  # fmt: skip


# --- LibreOffice ----------------------------------------------------------------------------------------------------

CONVERTED = {
    "german.ods": "german.xlsx",
    "titles-and-sums.ods": "titles-and-sums.xlsx",
    "decorated.ods": "decorated.xlsx",
    "percent-cells.ods": "percent-cells.xlsx",
    "merged-themes.ods": "merged-themes.xlsx",
    "wide-ratings.ods": "wide-ratings.xlsx",
    "formulas.ods": "formulas.xlsx",
    "twelve-mistakes.ods": "twelve-mistakes.xlsx",
    "rating-turned-into-date.ods": "rating-turned-into-date.xlsx",
    "merged-costs.ods": "merged-costs.xlsx",
    "old-excel.xls": "german.xlsx",
}
"""soffice --convert-to ods (or xls) of the workbooks above."""

SAVED_AGAIN = {"libreoffice.xlsx": "german.ods", "libreoffice-percent.xlsx": "percent-cells.ods"}
"""soffice --convert-to xlsx of those."""

FOLDERS = {"libreoffice-csv": GERMAN_CSV, "libreoffice-csv-1252": GERMAN_CSV_1252}
"""soffice --convert-to csv of german.xlsx with these options: a file for every sheet, named WORKBOOK-SHEET."""


GERMAN_LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"><value>de-DE</value></prop></item>
</oor:items>
"""


def soffice(to: str, source: Path, folder: Path) -> None:
    """LibreOffice as on a German desk, with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        (Path(profile) / "user").mkdir()
        (Path(profile) / "user" / "registrymodifications.xcu").write_text(GERMAN_LOCALE, encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to]
        subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True)


def by_libreoffice() -> None:
    for sources in (CONVERTED, SAVED_AGAIN):
        for target, source in sources.items():
            with tempfile.TemporaryDirectory() as folder:
                to = target.rpartition(".")[2]
                soffice("xlsx:Calc MS Excel 2007 XML" if to == "xlsx" else to, HERE / source, Path(folder))
                shutil.copy(next(Path(folder).iterdir()), HERE / target)
    for name, options in FOLDERS.items():
        shutil.rmtree(HERE / name, ignore_errors=True)
        soffice(f"csv:Text - txt - csv (StarCalc):{options}", HERE / "german.xlsx", HERE / name)


# --- folders --------------------------------------------------------------------------------------------------------


def base() -> None:
    for table in TABLES:
        write(f"base/{table}.csv", english(table))


def mixed() -> None:
    """Every table from somebody else's computer."""
    write("mixed/Studie.csv", german("study").encode("cp1252"))
    write("mixed/Handlungsfelder.txt", german("themes", separator="\t").encode("utf-16"))
    write("mixed/criteria.csv", english("criteria"))
    write("mixed/Stufen.csv", german("levels", quote_all=True))
    write("mixed/Maßnahmen.csv", german("measures", titled, grouped=True).encode("utf-8-sig"))
    write("mixed/Gemeinden.tsv", german("municipalities", separator="\t").encode("cp1252"))
    write("mixed/Bewertungen.csv", german("ratings", wide_ratings))
    write("mixed/Förderprogramme.csv", english("programmes", separator=";"))
    write("mixed/eligibility.csv", english("eligibility", separator="|"))
    write("mixed/Protokoll der Sitzung.csv", "nur eine Notiz\n")


def write(name: str, content: str | bytes) -> None:
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def main() -> None:
    base()
    mixed()
    for name, content in TEXTS.items():
        write(name, content)
    for name, make in WORKBOOKS.items():
        write(name, make())
    if "--libreoffice" in sys.argv:
        by_libreoffice()


if __name__ == "__main__":
    main()
