"""The template filled with LibreOffice at a German desk reads back to the study that was typed, in every format."""

import csv
import re
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from desk import Desk
from example import the_example
from mcda.cli import main
from mcda.locale import LANGUAGES
from mcda.study.model import Study
from mcda.study.read import read_study, read_with_notes
from mcda.study.rules import check_study
from mcda.study.template import template_bytes
from whole_study import whole_study
from writing import emptied, pages, typed


def filled_in(desk: Desk, folder: Path, study: Study, language: str) -> list[Path]:
    """The template of the command, filled with the study: the workbooks and the folder of CSV files saved of it."""
    template = folder / "vorlage.xlsx"
    assert main(["template", str(template), "--lang", language]) == 0
    content = template.read_bytes()
    filled = dict(pages(content, study, language))
    texts = folder / "csv"
    texts.mkdir()
    saved = [folder / "liste.xlsx", folder / "liste.ods", texts / "liste.csv"]
    desk.fill(template, typed(content, filled), *saved, empty=list(emptied(content, filled)))
    return [*saved[:2], texts]


def assert_reads_back(source: Path, study: Study) -> None:
    """The command has nothing to say against it, and the study is the one that was typed."""
    assert main(["check", str(source)]) == 0
    again, notes = read_with_notes(source)
    assert {note.code for note in notes} == {"sheets_not_read"}
    assert again == study
    assert again.input_hash == study.input_hash
    assert check_study(again) == check_study(study)


def as_text(folder: Path, filled: dict[str, list[list[str]]]) -> Path:
    """What would be typed, as CSV files of Excel in Germany: Windows-1252, semicolons, decimal commas."""
    folder.mkdir()
    for name, rows in filled.items():
        with (folder / f"{name}.csv").open("w", encoding="cp1252", newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)
    return folder


@pytest.mark.office
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_reads_back_from_every_format(desk: Desk, tmp_path: Path, language: str) -> None:
    study = whole_study()
    assert check_study(study) == ()
    for source in filled_in(desk, tmp_path, study, language):
        assert_reads_back(source, study)


@pytest.mark.office
def test_the_example_of_forty_measures_typed_into_the_template_reads_back(desk: Desk, tmp_path: Path) -> None:
    study = the_example()
    for source in filled_in(desk, tmp_path, study, "de"):
        assert_reads_back(source, study)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("study", [whole_study(), the_example()], ids=["whole", "nordallianz"])
def test_the_same_texts_as_windows_1252_with_decimal_commas_give_an_equal_study(
    tmp_path: Path, language: str, study: Study
) -> None:
    folder = as_text(tmp_path / "csv", dict(pages(template_bytes(language), study, language)))
    texts = b"".join(file.read_bytes() for file in folder.iterdir())
    assert "Maßnahme".encode("cp1252") in texts
    assert re.search(rb"\d,\d", texts)
    again = read_study(folder)
    assert again == study
    assert again.input_hash == study.input_hash


SPELT = {
    "62,5": "62,5 %",
    "1.234,50": "1.234,50 €",
    "98.765,43": "98765,43",
    "1.234.567,89": "1.234.567,89 EUR",
    "31.12.2026": "31.12.26",
    "27.02.2026": "27.2.2026",
    "ja": "Ja",
}
"""Other ways to type what the whole study holds."""


@pytest.mark.office
def test_other_ways_to_type_the_same_read_back_to_the_same(desk: Desk, tmp_path: Path) -> None:
    study = whole_study()
    template = template_bytes("de")
    (tmp_path / "vorlage.xlsx").write_bytes(template)
    filled = dict(pages(template, study, "de"))
    cells = list(typed(template, filled))
    assert set(SPELT) <= {words for *_, words in cells}
    saved = [tmp_path / "liste.xlsx", tmp_path / "liste.ods", tmp_path / "csv" / "liste.csv"]
    saved[2].parent.mkdir()
    spelt = [(sheet, place, SPELT.get(words, words)) for sheet, place, words in cells]
    desk.fill(tmp_path / "vorlage.xlsx", spelt, *saved, empty=list(emptied(template, filled)))
    for source in (*saved[:2], saved[2].parent):
        assert_reads_back(source, study)


@pytest.mark.office
def test_libreoffice_makes_numbers_and_dates_of_what_a_german_types(desk: Desk, tmp_path: Path) -> None:
    template, saved = tmp_path / "vorlage.xlsx", tmp_path / "liste.xlsx"
    template.write_bytes(template_bytes("de"))
    words = [cell.value for cell in load_workbook(template)["Maßnahmen"][1]]
    cost = f"{get_column_letter(words.index('Investition (EUR)') + 1)}2"
    row = [cell.value for cell in load_workbook(template)["Studie"]["A"]].index("Stichtag") + 1
    desk.fill(template, [("Maßnahmen", cost, "1.234,5"), ("Studie", f"B{row}", "31.12.2027")], saved)
    book = load_workbook(saved)
    assert book["Maßnahmen"][cost].value == 1234.5
    assert book["Studie"][f"B{row}"].value == datetime(2027, 12, 31)
