"""Eight rating workbooks filled in LibreOffice: one missing, one with altered headers, one of last year; the report."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from alliance import IDS, alliance
from desk import Desk, Typed
from mcda.report.exhibits.merge_report import merge_report
from mcda.study.collection import Merge, merge_ratings, rating_workbook
from mcda.study.model import Study

pytestmark = pytest.mark.office

Answers = Mapping[tuple[str, str], Mapping[str, str]]
SHEET = "Bewertung"
HEADERS = {"value": "Bewertung", "abstain": "Enthaltung", "reason": "Begründung"}

LEVEL = {"ECH": "4", "GAR": "4,0", "HBM": "4", "ISM": "4", "NEU": "5", "OSH": "2", "UFG": "2"}
"""What each municipality types throughout; Lohhof (USH) sends nothing back."""

OTHERWISE: Mapping[str, Answers] = {
    "HBM": {("M2", "urgency"): {"value": "3,5"}},
    "ISM": {("M1", "goals"): {"value": "1", "reason": "Haben wir schon; 2024 gebaut"}},
    "NEU": {("M2", "goals"): {"value": "", "abstain": "ja", "reason": "befangen"}, ("M3", "goals"): {"value": ""}},
}


def typed(content: bytes, level: str, otherwise: Answers) -> list[Typed]:
    """One level in every cell to fill, but for the cells answered otherwise."""
    sheet = load_workbook(io.BytesIO(content))[SHEET]
    header = next(row for row in sheet.iter_rows(max_row=10) if row[0].value == "Nr.")
    columns = {str(cell.value): cell.column for cell in header}
    found: list[Typed] = []
    for row in range(header[0].row + 1, sheet.max_row + 1):
        place = (str(sheet.cell(row, 1).value), str(sheet.cell(row, columns["Kennung"]).value))
        answer = {"value": level} | dict(otherwise.get(place, {}))
        found += [
            (SHEET, f"{get_column_letter(columns[HEADERS[name]])}{row}", words)
            for name, words in answer.items()
            if words
        ]
    return found


def collected(desk: Desk, folder: Path, study: Study) -> dict[str, bytes]:
    """What comes back of eight workbooks: seven, saved as .xlsx and as .ods."""
    last_year = study.model_copy(update={"study": study.study.model_copy(update={"as_of": date(2024, 6, 30)})})
    files = {}
    for place, who in enumerate(IDS):
        if who not in LEVEL:
            continue
        sent = folder / f"Bewertung_{who}.xlsx"
        sent.write_bytes(rating_workbook(last_year if who == "UFG" else study, who))
        back = folder / f"{who}.{('xlsx', 'ods')[place % 2]}"
        answers = typed(sent.read_bytes(), LEVEL[who], OTHERWISE.get(who, {}))
        altered = [(SHEET, "E5", "Punkte"), (SHEET, "H5", "Schlüssel")] if who == "OSH" else []
        desk.fill(sent, [*altered, *answers], back, unlock=[SHEET] if altered else [])
        files[back.name] = back.read_bytes()
    return files


@pytest.fixture(scope="module")
def merged(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Merge:
    study = alliance()
    return merge_ratings(study, collected(desk, tmp_path_factory.mktemp("back"), study))


def lines(merged: Merge, name: str) -> list[tuple[str, ...]]:
    (table,) = [t for t in merge_report(merged, "de") if t.name == name]
    return list(table.rows)


def test_every_file_and_the_missing_one_stand_in_the_report(merged: Merge) -> None:
    assert lines(merged, "files") == [
        ("ECH.xlsx", "Eching", "wird übernommen", "8", "0", "0", "0"),
        ("GAR.ods", "Garching", "wird übernommen", "8", "0", "0", "0"),
        ("HBM.xlsx", "Hallbergmoos", "wird übernommen", "6", "0", "0", "0"),
        ("ISM.ods", "Ismaning", "wird übernommen", "8", "0", "0", "0"),
        ("NEU.xlsx", "Neufahrn", "wird übernommen", "4", "1", "0", "1"),
        ("OSH.ods", "Oberschleißheim", "nicht übernommen", "–", "–", "–", "–"),
        ("UFG.xlsx", "Unterföhring", "nicht übernommen", "–", "–", "–", "–"),
        ("–", "Lohhof", "fehlt noch", "–", "–", "–", "–"),
    ]


def test_altered_headers_last_year_and_everything_else_to_look_at_are_told(merged: Merge) -> None:
    found = "Nr., Maßnahme, Kriterium, Skala, Punkte, Enthaltung, Begründung, Schlüssel"
    lost = (
        f"Die Spaltenüberschrift {{}} fehlt oder wurde geändert. Gefunden: {found}. "
        "Bitte die Überschriften der versandten Datei wiederherstellen."
    )
    other_day = (
        "Die Datei hat einen anderen Stichtag (30.06.2024, erwartet: 30.06.2025) und ist wohl aus einem früheren "
        "Jahr. Bitte die aktuelle Datei ausfüllen."
    )
    missing = "Von diesen Kommunen liegt keine verwendbare Datei vor: Oberschleißheim, Unterföhring, Lohhof."
    apart = (
        "In einem Fall liegt eine Bewertung weit von den übrigen entfernt: M1 / Ziele (Ismaning). "
        "Bitte im Termin ansprechen."
    )
    between = "3,5 liegt zwischen zwei Stufen der Skala; der Wert zählt so."
    assert lines(merged, "issues") == [
        ("OSH.ods", "5", "Bewertung", "–", lost.format("Bewertung")),
        ("OSH.ods", "5", "Kennung", "–", lost.format("Kennung")),
        ("UFG.xlsx", "–", "–", "30.06.2024", other_day),
        ("HBM.xlsx", "9", "Bewertung", "3,5", between),
        ("–", "–", "–", "–", missing),
        ("–", "–", "–", "–", apart),
    ]


def test_who_stands_apart_and_what_counts_stand_in_the_report(merged: Merge) -> None:
    assert lines(merged, "outliers") == [("M1 · Maßnahme M1", "Ziele", "Ismaning", "1", "4")]
    late = "Oberschleißheim, Unterföhring, Lohhof"
    numbers = {  # value, lowest, highest, spread; how many rated, abstained; who has not answered
        ("M1", "Ziele"): ("3,6", "1", "5", "4", "5", "0", late),
        ("M2", "Dringlichkeit"): ("4,1", "3,5", "5", "1,5", "5", "0", late),
        ("M1", "Dringlichkeit"): ("4,2", "4", "5", "1", "5", "0", late),
        ("M3", "Dringlichkeit"): ("4,2", "4", "5", "1", "5", "0", late),
        ("M2", "Ziele"): ("4", "4", "4", "0", "4", "1", late),
        ("M3", "Ziele"): ("4", "4", "4", "0", "4", "0", f"Neufahrn, {late}"),
        ("M4", "Ziele"): ("4", "4", "4", "0", "3", "0", "–"),
        ("M4", "Dringlichkeit"): ("4", "4", "4", "0", "3", "0", "–"),
    }
    expected = [(f"{m} · Maßnahme {m}", c, "Mittelwert", *rest) for (m, c), rest in numbers.items()]
    assert lines(merged, "values") == expected


def test_reasons_and_abstentions_come_along(merged: Merge) -> None:
    given = {(r.rater, r.measure, r.criterion): r for r in merged.study.ratings}
    assert given["ISM", "M1", "goals"].reason == "Haben wir schon; 2024 gebaut"
    assert given["NEU", "M2", "goals"].abstain
    assert given["NEU", "M2", "goals"].reason == "befangen"
    assert not {"OSH", "UFG", "USH"} & {r.rater for r in merged.study.ratings}


def test_the_protection_of_a_workbook_sent_out_keeps_its_headers(desk: Desk, tmp_path: Path) -> None:
    sent, back = tmp_path / "gesandt.xlsx", tmp_path / "zurück.xlsx"
    sent.write_bytes(rating_workbook(alliance(), "ECH"))
    desk.fill(sent, [(SHEET, "E5", "Punkte"), (SHEET, "E6", "4")], back)
    sheet = load_workbook(back)[SHEET]
    assert (sheet["E5"].value, sheet["E6"].value) == ("Bewertung", 4)
