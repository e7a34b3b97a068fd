"""What the fact sheet says of a measure comes back from every file, and takes nothing from studies without it."""

import csv
import hashlib
import io
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from flat_lists import build, look, meanings
from mcda.errors import InputError
from mcda.locale import LANGUAGES
from mcda.study.columns import column_name, header
from mcda.study.edit import Edit, edit_study
from mcda.study.measure import SHEET_FIELDS, SHEET_TEXTS
from mcda.study.model import Criterion, Measure, Study
from mcda.study.read import read_study
from mcda.study.template import template_bytes
from mcda.study.template_columns import words_of
from mcda.study.write import workbook_bytes, write_study
from small import CRITERIA, measure, small_study

SAID = {
    "situation": "=1+1 & <b>nichts</b> „passt“",
    "situation_en": "Nothing fits",
    "goal": "Ein Satz,\nzwei Zeilen",
    "target_group": "Ältere 👵, עברית",
    "milestones": ("Fläche klären", "Bau 2027", "Freigabe"),
    "milestones_en": ("Clear the site", "Build in 2027", "Open"),
    "indicator": "60 Stellplätze bis 2028",
    "synergies": "mit M2",
    "risks": "x" * 300,
    "risks_en": "y" * 300,
    "legal_basis": "§ 2 Abs. 2 Baugesetzbuch",
    "remark": "-",
    "status_date": date(2026, 10, 1),
    "editor": "Bauamt",
    "application_state": "submitted",
}
FOLDED = {"Stand der Angaben": "status_date", "Ziele": "goal", "Meilensteine": "milestones", "Risks": "risks"}


def told_study() -> Study:
    plain = small_study()
    return plain.model_copy(update={"measures": (measure("M1", 60_000, **SAID), *plain.measures[1:])})


def renamed(content: bytes, names: dict[str, str], cells: dict[str, object] | None = None) -> bytes:
    """A workbook whose sheet of measures has other headers, and in its first row other cells."""
    book = load_workbook(io.BytesIO(content))
    for cell in book["measures"][1]:
        if cell.value in (cells or {}):
            book["measures"].cell(2, cell.column).value = cells[cell.value]
        cell.value = names.get(cell.value, cell.value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def listed(header_row: list[str], *rows: list[object]) -> bytes:
    book = Workbook()
    for row in (header_row, *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_every_text_has_its_english_twin_of_the_same_kind() -> None:
    fields = Measure.model_fields
    assert [n for n in SHEET_TEXTS if fields[n].annotation != fields[f"{n}_en"].annotation] == []
    assert set(SHEET_FIELDS) <= set(fields)


def test_the_texts_come_back_from_a_workbook_and_a_folder(tmp_path: Path) -> None:
    study = told_study()
    write_study(study, tmp_path / "csv")
    with (tmp_path / "csv" / "measures.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["milestones"] == "Fläche klären;Bau 2027;Freigabe"
    assert row["status_date"] == "2026-10-01"
    for again in (read_study(workbook_bytes(study)), read_study(tmp_path / "csv")):
        assert {name: getattr(again.measure_by_id["M1"], name) for name in SAID} == SAID
        assert again == study


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_filled_template_keeps_them_in_either_language(language: str) -> None:
    content = template_bytes(language, told_study())
    assert read_study(content) == told_study()
    book = load_workbook(io.BytesIO(content))
    sheet = next(s for s in book if s.title in {"Maßnahmen", "Measures"})
    shown = {cell.value: sheet.cell(2, cell.column) for cell in sheet[1]}
    assert shown[header("measures", "situation", language)].data_type == "s"
    said = {"de": "Antrag gestellt", "en": "application submitted"}[language]
    assert shown[header("measures", "application_state", language)].value == said
    offered = words_of("application_state", (), language)
    assert len(offered) == 5
    assert said in offered


def test_the_empty_template_asks_for_them() -> None:
    sheet = load_workbook(io.BytesIO(template_bytes("de")))["Maßnahmen"]
    named = [column_name("measures", str(cell.value)) for cell in sheet[1]]
    assert [n for n in (*SHEET_TEXTS, "status_date", "editor", "application_state") if n not in named] == []
    example = read_study(template_bytes("de")).measure_by_id["M1"]
    assert len(example.milestones) == len(example.milestones_en) == 5


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Antrag bewilligt", "approved"),
        ("application refused", "refused"),
        ("planned", "planned"),
        ("eingereicht", "submitted"),
        ("kein Antrag", "none"),
        ("Rückfragen der Regierung", "Rückfragen der Regierung"),
    ],
)
def test_the_state_of_the_application_is_a_known_word_or_the_planners_own(written: str, kept: str) -> None:
    content = renamed(workbook_bytes(told_study()), {}, {"application_state": written})
    assert read_study(content).measure_by_id["M1"].application_state == kept


def test_a_day_that_is_none_is_told_at_its_cell() -> None:
    content = renamed(workbook_bytes(told_study()), {}, {"status_date": "bald"})
    with pytest.raises(InputError) as caught:
        read_study(content)
    assert [(i.code, i.where.row, i.where.column) for i in caught.value.issues] == [("not_a_date", 2, "status_date")]


def test_a_study_without_them_keeps_the_checksum_it_had() -> None:
    """The oracle is the checksum of before: all other fields as sorted JSON, without a trace of the new ones."""
    study = small_study()
    tables = study.model_dump(mode="json")
    del tables["study"]["contact"]
    for row in tables["measures"]:
        for name in SHEET_FIELDS:
            del row[name]
    flat = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    for name, rows in tables.items():
        if isinstance(rows, list):
            tables[name] = sorted(rows, key=lambda row: json.dumps(row, **flat))
    assert study.input_hash == hashlib.sha256(json.dumps(tables, **flat).encode()).hexdigest()


@pytest.mark.parametrize("field", SHEET_FIELDS)
def test_each_of_them_is_part_of_the_checksum_once_it_is_filled(field: str) -> None:
    plain = small_study()
    value = ("a",) if "milestones" in field else date(2026, 1, 1) if field == "status_date" else "a"
    first = plain.measures[0].model_copy(update={field: value})
    assert plain.model_copy(update={"measures": (first, *plain.measures[1:])}).input_hash != plain.input_hash


@pytest.mark.parametrize(("word", "field"), FOLDED.items())
def test_other_words_for_them_are_understood(word: str, field: str) -> None:
    assert column_name("measures", word) == field


def test_a_criterion_called_like_a_text_keeps_its_column_of_points() -> None:
    """Studies from before these texts: 'Risiken' rated in the sheet of measures, and a column of one's own."""
    plain = small_study(ratings=())
    rated = Criterion(id="hazard", label_de="Risiken", best=1, worst=5, sense="min", step=1, weight=10)
    study = plain.model_copy(update={"criteria": (*CRITERIA, rated)})
    book = load_workbook(io.BytesIO(workbook_bytes(study)))
    sheet = book["measures"]
    for at, word in enumerate(("Risiken", "Ziele", "Ziel", "Zielsetzungen"), start=sheet.max_column + 1):
        sheet.cell(1, at).value = word
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, at).value = {"Risiken": row, "Ziele": None}.get(word, f"{word} {row}")
    stream = io.BytesIO()
    book.save(stream)
    again = read_study(stream.getvalue())
    assert [(r.measure, r.value) for r in again.ratings] == [("M1", 2), ("M2", 3), ("M3", 4), ("M4", 5)]
    assert {r.criterion for r in again.ratings} == {"hazard"}
    first = again.measure_by_id["M1"]
    assert (first.risks, first.goal) == ("", "Ziel 2")
    assert first.extra_columns == (("Zielsetzungen", "Zielsetzungen 2"),)


def test_a_second_word_for_a_text_stays_a_column_of_its_own() -> None:
    content = renamed(workbook_bytes(told_study()), {"milestones": "Meilensteine", "synergies": "Arbeitsschritte"})
    first = read_study(content).measure_by_id["M1"]
    assert first.milestones == SAID["milestones"]
    assert first.extra_columns == (("Arbeitsschritte", "mit M2"),)


def test_a_planners_list_brings_its_texts() -> None:
    heads = ["Maßnahme", "Ausgangslage", "Ziele", "Zielgruppe", "Meilensteine", "Indikator", "Risiken", "Synergien"]
    texts = [
        "Zu wenig Platz.",
        "Mehr Platz.",
        "Alle",
        "- Planung\n2. Bau\n• Freigabe",
        "60 bis 2028",
        "Fläche fehlt",
        "mit dem Rufbus",
    ]
    content = listed(
        [*heads, "Rechtsgrundlage", "Bemerkung", "Kosten brutto (€)", "Relevanz (1-5)"],
        ["Radständer", *texts, "freiwillig", "eilt", 12_000, 4],
        ["Rufbus", *texts, "freiwillig", None, 90_000, 3],
    )
    found = meanings(look(content))
    names = ["title", "situation", "goal", "target_group", "milestones", "indicator", "risks", "synergies"]
    assert found == [*names, "legal_basis", "remark", "capex", "rating"]
    study, _ = build(content)
    first = study.measures[0]
    assert (first.situation, first.goal, first.risks) == ("Zu wenig Platz.", "Mehr Platz.", "Fläche fehlt")
    assert first.milestones == ("Planung", "Bau", "Freigabe")
    assert (first.synergies, first.remark, first.legal_basis) == ("mit dem Rufbus", "eilt", "freiwillig")
    assert read_study(workbook_bytes(study)) == study


def test_points_under_the_same_headers_still_rate() -> None:
    heads = ["Maßnahme", "Risiken (1-5)", "Ziele", "Kosten brutto (€)"]
    content = listed(heads, ["Rad", 2, "hoch", 12_000], ["Bus", 4, "mittel", 90_000], ["Bahn", 3, "gering", 70_000])
    assert meanings(look(content)) == ["title", "rating", "rating", "capex"]


def test_the_page_that_edits_takes_steps_and_words_back() -> None:
    cells = {(0, "milestones"): "Planung; Bau", (0, "application_state"): "Antrag geplant"}
    first = edit_study(small_study(), Edit("measures", cells, (), ())).measures[0]
    assert (first.milestones, first.application_state) == (("Planung", "Bau"), "planned")
