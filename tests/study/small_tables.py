"""A small study as the texts of its tables, to be changed and read from a folder or a workbook."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from mcda.errors import InputError
from mcda.study.read import read_study

Place = tuple[str, str, int | None, str]

SMALL = {
    "study": "field,value\ntitle,Kleine Studie\nas_of,2025-06-30\n",
    "criteria": (
        "id,parent,label_de,sense,kind,quantity,best,worst,step,value_function,weight\n"
        "relevance,,Relevanz,max,given,,5,1,1,linear,60\n"
        "cost,,Kosten,min,computed,life_cycle_cost_eur,10000,1000000,,logarithmic,40\n"
    ),
    "measures": (
        "id,title,municipalities,capex_eur,vat_deductible\nA,Rufbus,ISM,100000,no\nB,Radkarte,ISM;GAR,20000,no\n"
    ),
    "municipalities": "id,name,population\nISM,Ismaning,18043\nGAR,Garching,17577\n",
    "ratings": "measure,criterion,value\nA,relevance,4\nB,relevance,3\n",
}


def folder(path: Path, **changes: str) -> Path:
    """The small study as a folder of CSV files; a table given as '' is left out."""
    for name, text in (SMALL | changes).items():
        (path / f"{name}.csv").unlink(missing_ok=True)
        if text:
            (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def rows_of(text: str) -> list[list[object]]:
    """The cells of a CSV text, numbers as numbers, empty cells as None."""
    return [[_typed(cell) for cell in row] for row in csv.reader(io.StringIO(text))]


def workbook(tables: Mapping[str, list[list[object]]]) -> bytes:
    """A workbook with these sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def small_workbook(**changes: list[list[object]]) -> bytes:
    """The small study as a workbook, some sheets replaced."""
    return workbook({name: rows_of(text) for name, text in SMALL.items()} | changes)


def places(source: Path | bytes) -> list[Place]:
    """(code, table, row, column) of every issue that reading raises; [] when it raises none."""
    try:
        read_study(source)
    except InputError as error:
        for issue in error.issues:
            assert issue.sentence("de")
            assert issue.sentence("en")
        return [(i.code, i.where.table, i.where.row, i.where.column) for i in error.issues]
    return []


def _typed(cell: str) -> object:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell or None
