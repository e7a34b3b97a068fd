"""Ratings sent out and collected: eight municipalities, one silent, one with altered headers, one from last year."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from alliance import IDS, alliance
from mcda import InputError, evaluate
from mcda.locale import LANGUAGES
from mcda.report.exhibits.merge_report import merge_report
from mcda.study.collection import Merge, ballot_bytes, merge_ratings, rating_workbook
from mcda.study.model import Rating, Study
from mcda.study.rules import check_study
from small import measure

Fill = Callable[[int, str, str], Mapping[str, Any]]
HEADERS = {"value": "Bewertung", "abstain": "Enthaltung", "reason": "Begründung", "title": "Maßnahme"} | {
    "scale": "Skala",
    "key": "Kennung",
    "measure": "Nr.",
}


def opened(content: bytes) -> tuple[Workbook, Any, dict[str, int], range]:
    """The workbook, its sheet of ratings, the columns by name and the rows to fill."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    header = next(row for row in range(1, 10) if sheet.cell(row, 1).value in {"Nr.", "No."})
    words = {sheet.cell(header, c).value: c for c in range(1, sheet.max_column + 1)}
    return (
        book,
        sheet,
        {name: words.get(word, 0) for name, word in HEADERS.items()},
        range(header + 1, sheet.max_row + 1),
    )


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(study: Study, who: str, level: float = 3, **cells: Mapping[str, Any]) -> bytes:
    """The workbook of a municipality with one level throughout; `cells` M1_goals={"value": 5} differ."""
    book, sheet, columns, rows = opened(rating_workbook(study, who))
    for row in rows:
        place = f"{sheet.cell(row, columns['measure']).value}_{sheet.cell(row, columns['key']).value}"
        for name, value in ({"value": level} | dict(cells.get(place, {}))).items():
            sheet.cell(row, columns[name]).value = value
    return saved(book)


def changed(content: bytes, edit: Callable[[Any, dict[str, int], range], None]) -> bytes:
    book, sheet, columns, rows = opened(content)
    edit(sheet, columns, rows)
    return saved(book)


def codes(merge: Merge, file: str, level: str = "error") -> list[str]:
    (report,) = [f for f in merge.files if f.file == file]
    return [i.code for i in report.issues if i.level == level]


def values(study: Study, who: str) -> dict[tuple[str, str], float | None]:
    return {(r.measure, r.criterion): r.value for r in study.ratings if r.rater == who}


def test_a_workbook_asks_only_for_the_municipalitys_own_measures_and_given_criteria():
    book, sheet, columns, rows = opened(rating_workbook(alliance(), "USH"))
    asked = [(sheet.cell(r, columns["measure"]).value, sheet.cell(r, columns["key"]).value) for r in rows]
    assert asked == [(m, c) for m in ("M1", "M2", "M3") for c in ("goals", "urgency")]
    assert [s.title for s in book.worksheets] == ["Bewertung", "Maßnahmen", "Skalen", "Kennung"]
    assert sheet.cell(rows[0], columns["scale"]).value.splitlines()[-1] == "5 = sehr hoch"
    assert sheet.cell(rows[1], columns["scale"]).value == "1 (schlechtester) bis 5 (bester Wert)"
    assert all(sheet.cell(r, columns["value"]).value is None for r in rows)
    offered = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert offered[f"E{rows[0]}"] == "'Skalen'!$A$2:$A$6"
    assert offered[f"F{rows[0]}"] == '"ja,nein"'
    assert [c.value for c in book["Skalen"]["A"]][1:] == [1, 2, 3, 4, 5]


def test_only_the_cells_to_fill_are_open_and_the_key_is_hidden():
    _, sheet, columns, rows = opened(rating_workbook(alliance(), "ECH"))
    unlocked = {c for c in range(1, sheet.max_column + 1) if not sheet.cell(rows[0], c).protection.locked}
    assert unlocked == {columns["value"], columns["abstain"], columns["reason"]}
    assert sheet.protection.sheet
    assert sheet.column_dimensions["H"].hidden


def test_what_does_not_compete_is_not_asked():
    first, second, third, last = alliance().measures
    gated = (
        first.model_copy(update={"mandatory": True}),
        second.model_copy(update={"knock_out": "kein Grundstück"}),
        third.model_copy(update={"status": "done"}),
        last,
    )
    _, sheet, columns, rows = opened(rating_workbook(alliance(measures=gated), "ECH"))
    assert {sheet.cell(r, columns["measure"]).value for r in rows} == {"M4"}
    with pytest.raises(InputError, match="nothing to rate"):
        rating_workbook(alliance(measures=gated), "USH")


def test_criteria_are_those_rated_by_municipalities_before_or_those_named():
    before = (*alliance().ratings, Rating(measure="M1", criterion="urgency", rater="ECH", value=2))
    _, sheet, columns, rows = opened(rating_workbook(alliance(ratings=before), "USH"))
    assert {sheet.cell(r, columns["key"]).value for r in rows} == {"urgency"}
    _, sheet, columns, rows = opened(rating_workbook(alliance(), "USH", criteria=("relevance", "feasibility")))
    assert {sheet.cell(r, columns["key"]).value for r in rows} == {"goals", "urgency", "feasibility"}


@pytest.mark.parametrize(
    ("who", "criteria", "code"),
    [("USX", None, "unknown_id"), ("USH", ("goal",), "unknown_criterion"), ("USH", ("cost",), "rating_not_asked")],
)
def test_what_cannot_be_asked_is_refused_with_the_nearest(who, criteria, code):
    with pytest.raises(InputError) as caught:
        rating_workbook(alliance(), who, criteria=criteria)
    assert [i.code for i in caught.value.issues] == [code]


def test_last_times_rating_stands_beside_the_cell_and_is_no_answer():
    before = (
        Rating(measure="M1", criterion="goals", rater="ECH", value=2),
        Rating(measure="M1", criterion="urgency", rater="ECH", abstain=True),
        Rating(measure="M2", criterion="goals", rater="GAR", value=5),
    )
    study = alliance()
    content = rating_workbook(study, "ECH", previous=alliance(ratings=before))
    _, sheet, _, rows = opened(content)
    column = next(c for c in range(1, 12) if sheet.cell(rows[0] - 1, c).value == "Zuletzt")
    assert [sheet.cell(r, column).value for r in rows][:3] == ["2", "enthalten", None]
    merged = merge_ratings(study, {"ech.xlsx": content})
    assert merged.study == study
    assert len(merged.files[0].open) == len(rows)


@pytest.mark.parametrize("write", [rating_workbook, ballot_bytes])
def test_the_same_arguments_give_the_same_bytes(write):
    assert write(alliance(), "ECH") == write(alliance(), "ECH")
    assert write(alliance(), "ECH") != write(alliance(), "GAR")


def test_the_workbook_comes_back_in_either_language():
    study = alliance()
    content = rating_workbook(study, "ECH", "en")
    book = load_workbook(io.BytesIO(content))
    assert book.worksheets[0]["B6"].value == "Measure M1"
    book.worksheets[0]["E6"], book.worksheets[0]["F7"] = 4, "yes"
    merged = merge_ratings(study, {"eching.xlsx": saved(book)})
    assert values(merged.study, "ECH") == {("M1", "goals"): 4, ("M1", "urgency"): None}
    assert [r.abstain for r in merged.study.ratings if r.rater == "ECH"] == [False, True]


def collected(study: Study) -> dict[str, bytes]:
    """Eight workbooks: Lohhof's never came, Oberschleißheim's headers were altered, Unterföhring's is of last year."""
    last_year = study.model_copy(update={"study": study.study.model_copy(update={"as_of": date(2024, 6, 30)})})
    files = {f"{who}.xlsx": filled(study, who, level=4) for who in ("ECH", "GAR", "HBM")}
    files["ISM.xlsx"] = filled(study, "ISM", level=4, M1_goals={"value": 1, "reason": "Haben wir schon"})
    files["NEU.xlsx"] = filled(study, "NEU", 5, M2_goals={"value": None, "abstain": "ja"}, M3_goals={"value": None})

    def alter(sheet: Any, columns: dict[str, int], rows: range) -> None:
        sheet.cell(rows[0] - 1, columns["value"]).value = "Punkte"

    files["OSH.xlsx"] = changed(filled(study, "OSH", 2), alter)
    files["UFG.xlsx"] = filled(last_year, "UFG", 2)
    return files


def test_what_came_back_is_merged_and_the_rest_reported():
    study = alliance()
    merged = merge_ratings(study, collected(study))
    assert {f.municipality: f.merged for f in merged.files} == dict.fromkeys(IDS[:5], True) | {
        "OSH": False,
        "UFG": False,
    }
    assert merged.missing == ("OSH", "UFG", "USH")
    assert codes(merged, "OSH.xlsx") == ["collection_header_altered"]
    assert codes(merged, "UFG.xlsx") == ["collection_other_day"]
    assert values(merged.study, "ISM")["M1", "goals"] == 1
    assert not values(merged.study, "OSH")
    assert not values(merged.study, "UFG")
    (neufahrn,) = [f for f in merged.files if f.municipality == "NEU"]
    assert (neufahrn.rated, neufahrn.abstained, neufahrn.open) == (4, 1, (("M3", "goals"),))


def test_the_agreed_value_and_the_spread_stand_per_measure_and_criterion():
    cells = {(c.measure, c.criterion): c for c in merge_ratings(alliance(), collected(alliance())).cells}
    first = cells["M1", "goals"]
    assert (first.value, first.lowest, first.highest, first.spread) == (pytest.approx(18 / 5), 1, 5, 4)
    assert (first.count, first.awaited, first.agreed) == (5, ("OSH", "UFG", "USH"), False)
    assert (cells["M2", "goals"].count, cells["M2", "goals"].abstained) == (4, 1)
    assert cells["M3", "goals"].awaited == ("NEU", "OSH", "UFG", "USH")
    assert (cells["M4", "urgency"].value, cells["M4", "urgency"].count, cells["M4", "urgency"].awaited) == (4, 3, ())


def test_who_stands_far_apart_from_the_others_is_listed():
    (found,) = merge_ratings(alliance(), collected(alliance())).outliers
    assert (found.measure, found.criterion, found.rater, found.value, found.others) == ("M1", "goals", "ISM", 1, 4)


def test_the_merged_study_is_sound_and_ranks_as_its_ratings_say():
    merged = merge_ratings(alliance(), collected(alliance())).study
    assert not [i for i in check_study(merged) if i.level == "error"]
    result = evaluate(merged)
    row, column = result.matrix.measures.index("M1"), result.matrix.leaves.index("goals")
    assert result.matrix.raw[row, column] == pytest.approx(18 / 5)


def test_the_order_of_files_and_merging_again_change_nothing():
    study = alliance()
    files = collected(study)
    once = merge_ratings(study, files)
    assert merge_ratings(study, dict(reversed(files.items()))).study == once.study
    again = merge_ratings(once.study, files)
    assert again.study == once.study
    assert sum(f.replaced for f in again.files) == 0


def test_a_late_file_joins_though_others_were_merged_meanwhile():
    study = alliance()
    late = filled(study, "USH", 3)
    half = merge_ratings(study, collected(study)).study
    merged = merge_ratings(half, {"USH.xlsx": late})
    assert values(merged.study, "USH")["M1", "goals"] == 3
    assert codes(merged, "USH.xlsx", "warning") == []


def test_a_new_answer_replaces_the_old_one_and_an_empty_cell_leaves_it():
    study = merge_ratings(alliance(), {"a.xlsx": filled(alliance(), "ECH", 2)}).study
    merged = merge_ratings(study, {"b.xlsx": filled(study, "ECH", 2, M1_goals={"value": 5}, M2_goals={"value": None})})
    assert (values(merged.study, "ECH")["M1", "goals"], values(merged.study, "ECH")["M2", "goals"]) == (5, 2)
    assert (merged.files[0].replaced, merged.files[0].open) == (1, ())
    assert len([r for r in merged.study.ratings if r.rater == "ECH"]) == 8


def test_a_file_with_one_fault_is_not_merged_at_all_and_the_others_are():
    study = alliance()
    files = {"bad.xlsx": filled(study, "ECH", 3, M2_goals={"value": 6}), "good.xlsx": filled(study, "GAR", 3)}
    merged = merge_ratings(study, files)
    assert codes(merged, "bad.xlsx") == ["rating_off_scale"]
    assert (values(merged.study, "ECH"), len(values(merged.study, "GAR"))) == ({}, 8)
    assert merged.missing == ("ECH", "HBM", "ISM", "NEU", "OSH", "UFG", "USH")


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"value": "viel"}, "not_a_number", "Bewertung"),
        ({"value": 0}, "rating_off_scale", "Bewertung"),
        ({"value": date(2026, 5, 4)}, "not_a_number", "Bewertung"),
        ({"value": "=2+2"}, "formula", "Bewertung"),
        ({"value": 3, "abstain": "ja"}, "abstain_and_value", "Enthaltung"),
        ({"abstain": "vielleicht"}, "not_yes_or_no", "Enthaltung"),
        ({"measure": "M9"}, "collection_cell_altered", "Nr."),
        ({"measure": "M2"}, "collection_cell_altered", "Maßnahme"),
        ({"measure": None}, "collection_cell_altered", "Nr."),
        ({"key": "urgency"}, "collection_cell_altered", "Kriterium"),
        ({"title": "Etwas anderes"}, "collection_cell_altered", "Maßnahme"),
    ],
)
def test_each_bad_cell_is_named_with_file_row_and_header(cells, code, column):
    study = alliance()
    merged = merge_ratings(study, {"ech.xlsx": filled(study, "ECH", 3, M1_goals=cells)})
    errors = [i for i in merged.issues if i.level == "error"]
    assert [(i.code, i.where.table, i.where.row, i.where.column) for i in errors][:1] == [(code, "ech.xlsx", 6, column)]
    assert merged.study == study


@pytest.mark.parametrize("written", ["4", " 4 ", "4,0", 4.0, "4.0"])
def test_levels_may_be_typed_in_every_way(written):
    study = alliance()
    merged = merge_ratings(study, {"ech.xlsx": filled(study, "ECH", 3, M1_goals={"value": written})})
    assert values(merged.study, "ECH")["M1", "goals"] == 4


def test_a_level_between_two_counts_and_is_told():
    study = alliance()
    merged = merge_ratings(study, {"ech.xlsx": filled(study, "ECH", 3, M1_goals={"value": "3,5"})})
    assert codes(merged, "ech.xlsx", "warning") == ["collection_between_levels"]
    assert values(merged.study, "ECH")["M1", "goals"] == 3.5


def test_an_altered_scale_is_told_and_a_lone_reason_asked_about():
    study = alliance()
    cells = {"M1_goals": {"scale": "5 = schlecht"}, "M2_goals": {"value": None, "reason": "Unklar"}}
    merged = merge_ratings(study, {"ech.xlsx": filled(study, "ECH", 3, **cells)})
    assert codes(merged, "ech.xlsx", "warning") == ["collection_wording_altered", "collection_reason_only"]
    assert merged.files[0].merged


def test_deleted_rows_are_counted_as_open():
    study = alliance()
    shorter = changed(filled(study, "USH", 3), lambda sheet, _, rows: sheet.delete_rows(rows[0], 2))
    merged = merge_ratings(study, {"ush.xlsx": shorter})
    assert codes(merged, "ush.xlsx", "warning") == ["collection_rows_missing"]
    assert merged.files[0].open == (("M1", "goals"), ("M1", "urgency"))


def test_the_order_of_rows_and_columns_does_not_matter():
    study = alliance()
    plain = filled(study, "USH", 3, M1_goals={"value": 5})

    def turn(sheet: Any, _: dict[str, int], rows: range) -> None:
        table = [[sheet.cell(r, c).value for c in range(1, 9)] for r in (rows[0] - 1, *rows)]
        turned = [row[::-1] for row in (table[0], *table[:0:-1])]
        for r, row in enumerate(turned, start=rows[0] - 1):
            for c, value in enumerate(row, start=1):
                sheet.cell(r, c).value = value

    merged = merge_ratings(study, {"ush.xlsx": changed(plain, turn)})
    assert merged.study == merge_ratings(study, {"ush.xlsx": plain}).study


@pytest.mark.parametrize(("second", "error"), [(2, True), (3, False)])
def test_one_cell_answered_twice_in_a_file_must_say_the_same(second, error):
    study = alliance()

    def double(sheet: Any, columns: dict[str, int], rows: range) -> None:
        for c in range(1, 9):
            sheet.cell(rows[-1] + 1, c).value = sheet.cell(rows[0], c).value
        sheet.cell(rows[-1] + 1, columns["value"]).value = second

    merged = merge_ratings(study, {"ush.xlsx": changed(filled(study, "USH", 3), double)})
    assert codes(merged, "ush.xlsx") == (["collection_row_contradiction"] if error else [])


def test_two_files_of_one_municipality_complete_each_other_or_neither_is_merged():
    study = alliance()
    half = filled(study, "USH", 3, M1_goals={"value": None})
    other = filled(study, "USH", 3, M2_goals={"value": None})
    both = merge_ratings(study, {"a.xlsx": half, "b.xlsx": other})
    assert len(values(both.study, "USH")) == 6
    torn = merge_ratings(study, {"a.xlsx": half, "b.xlsx": filled(study, "USH", 3, M3_goals={"value": 1})})
    assert torn.study == study
    assert [codes(torn, f) for f in ("a.xlsx", "b.xlsx")] == [["collection_contradiction"]] * 2


def test_another_study_is_recognised_and_a_study_changed_since_is_told():
    study = alliance()
    foreign = study.model_copy(
        update={"study": study.study.model_copy(update={"title": "Landkreis"}), "measures": study.measures[:3]}
    )
    content = filled(foreign, "ECH", 3)
    assert codes(merge_ratings(study, {"x.xlsx": content}), "x.xlsx") == ["collection_other_study"]
    more = study.model_copy(update={"measures": (*study.measures, measure("M5", 50_000, municipalities=("ECH",)))})
    merged = merge_ratings(more, {"x.xlsx": filled(study, "ECH", 3)})
    assert codes(merged, "x.xlsx", "warning") == ["collection_study_changed", "collection_rows_missing"]
    assert merged.files[0].open == (("M5", "goals"), ("M5", "urgency"))


def test_a_title_corrected_after_sending_is_no_fault_of_the_sender():
    study = alliance()
    sent = filled(study, "ECH", 3)
    first, *others = study.measures
    corrected = study.model_copy(update={"measures": (first.model_copy(update={"title": "Rufbus"}), *others)})
    merged = merge_ratings(corrected, {"x.xlsx": sent})
    assert merged.files[0].merged
    assert codes(merged, "x.xlsx", "warning") == ["collection_study_changed", *["collection_cell_altered"] * 2]


def test_a_municipality_that_does_not_take_part_is_not_heard():
    study = alliance()
    sent = filled(study, "ISM", 3)
    *others, last = study.measures
    without = study.model_copy(
        update={"measures": (*others, last.model_copy(update={"municipalities": ("ECH", "GAR")}))}
    )
    merged = merge_ratings(without, {"x.xlsx": sent})
    assert codes(merged, "x.xlsx") == ["collection_not_asked"] * 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "collection_not_recognised"),
        (b"Nr.;Bewertung\nM1;3\n", "collection_not_recognised"),
        (b"PK\x03\x04 broken", "not_a_workbook"),
    ],
)
def test_what_is_no_rating_workbook_is_listed_and_hurts_nobody(content, code):
    study = alliance()
    merged = merge_ratings(study, {"x.csv": content, "ech.xlsx": filled(study, "ECH", 3)})
    assert codes(merged, "x.csv") == [code]
    assert len(values(merged.study, "ECH")) == 8


def test_a_municipality_unknown_to_the_study_is_named():
    study = alliance()
    sent = filled(study, "USH", 3)
    fewer = study.model_copy(
        update={
            "municipalities": study.municipalities[:-1],
            "measures": tuple(m.model_copy(update={"municipalities": m.municipalities[:3]}) for m in study.measures),
        }
    )
    assert codes(merge_ratings(fewer, {"x.xlsx": sent}), "x.xlsx") == ["unknown_id"]


def test_an_agreed_rating_still_counts_and_that_is_said():
    study = alliance(ratings=(*alliance().ratings, Rating(measure="M1", criterion="goals", value=5)))
    merged = merge_ratings(study, {"ech.xlsx": filled(study, "ECH", 3)})
    (cell,) = [c for c in merged.cells if (c.measure, c.criterion) == ("M1", "goals")]
    assert (cell.value, cell.agreed, cell.highest) == (5, True, 3)
    assert [i.params["measures"] for i in merged.issues if i.code == "collection_agreed_counts"] == [("M1",)]


STRANGE = st.one_of(
    st.text(st.characters(min_codepoint=32, max_codepoint=400), max_size=8),
    st.sampled_from(["4,5", "1.234", "=A1", "ja", "x", "M2", "goals", "-", "5 (hoch)", "3 ", "\u00a03"]),
    st.integers(-2, 9),
    st.floats(0, 6),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)


@settings(max_examples=40)
@given(value=STRANGE, place=st.tuples(st.integers(6, 13), st.integers(1, 8)))
def test_whatever_stands_in_one_cell_is_told_or_moves_that_one_answer(value, place):
    study = alliance()
    content, before = _eching()

    def strike(sheet: Any, _: dict[str, int], rows: range) -> None:
        sheet.cell(*place).value = value

    merged = merge_ratings(study, {"x.xlsx": changed(content, strike)})
    after = values(merged.study, "ECH")
    moved = [key for key in before if before[key] != after.get(key)]
    if not merged.files[0].merged:
        assert merged.study == study
        assert codes(merged, "x.xlsx")
    elif place[1] in {1, 2, 3, 4, 8}:
        assert not moved
        assert value in {"", *_given(study, place)} or codes(merged, "x.xlsx", "warning")
    else:
        assert len(moved) <= 1


@cache
def _eching() -> tuple[bytes, dict[tuple[str, str], float | None]]:
    """Eching's workbook with level 3 throughout, and what it says."""
    content = filled(alliance(), "ECH", 3)
    return content, values(merge_ratings(alliance(), {"x.xlsx": content}).study, "ECH")


def _given(study: Study, place: tuple[int, int]) -> set[Any]:
    """What stood in the cell before, with blanks around it or not."""
    _, sheet, *_ = opened(rating_workbook(study, "ECH"))
    written = sheet.cell(*place).value
    return {written, f" {written}", f"{written} "}


@given(content=st.binary(max_size=300))
def test_no_bytes_make_the_merge_raise(content):
    merged = merge_ratings(alliance(), {"x.xlsx": content, "x.csv": content, "x.ods": content})
    assert [f.merged for f in merged.files] == [False] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_the_report_is_a_sentence(language):
    study = alliance()
    merged = merge_ratings(study, collected(study))
    sentences = [i.sentence(language) for i in merged.issues]
    assert len(sentences) >= 4
    assert not [s for s in sentences if "{" in s]


def test_the_ballot_has_a_box_for_every_level_and_prints_on_a4():
    sheet = load_workbook(io.BytesIO(ballot_bytes(alliance(), "ISM"))).active
    rows = [[c.value for c in row if c.value] for row in sheet.iter_rows()]
    lines = [row for row in rows if row and str(row[0]) in {m.id for m in alliance().measures}]
    assert [row[0] for row in lines] == ["M1", "M2", "M3", "M4"]
    assert all(str(row[2]).count("☐") == 6 for row in lines)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    header = 1 + next(i for i, row in enumerate(rows) if row[:1] == ["Nr."])
    assert sheet.print_title_rows == f"${header}:${header}"
    assert "Ismaning" in sheet["A2"].value


def test_a_scale_of_many_levels_gets_a_line_for_a_number():
    smooth = tuple(
        c.model_copy(update={"step": 0, "best": 100, "worst": 0}) if c.id == "goals" else c for c in alliance().criteria
    )
    study = alliance(criteria=smooth, levels=())
    sheet = load_workbook(io.BytesIO(ballot_bytes(study, "ISM"))).active
    assert any("______ (0 – 100)" in str(c.value) for row in sheet.iter_rows() for c in row)
    _, form, _, rows = opened(rating_workbook(study, "ISM"))
    offered = {str(v.sqref): v for v in form.data_validations.dataValidation}
    found = offered[f"E{rows[0]}"]
    assert (found.type, found.formula1, found.formula2) == ("decimal", "0", "100")


def told(merge: Merge) -> list[tuple[str, ...]]:
    """Entry and sentence of each line of the report's issues."""
    (table,) = [t for t in merge_report(merge, "de") if t.name == "issues"]
    return [row[-2:] for row in table.rows]


def test_the_report_calls_criteria_and_municipalities_by_name():
    study = alliance()
    outlier = told(merge_ratings(study, collected(study)))[-1]
    assert outlier[1].endswith("entfernt: M1 / Ziele (Ismaning). Bitte im Termin ansprechen.")
    torn = {"a.xlsx": filled(study, "USH", 3), "b.xlsx": filled(study, "USH", 3, M3_goals={"value": 1})}
    for entry, sentence in told(merge_ratings(study, torn))[:2]:
        assert entry == "M3 / Ziele"
        assert sentence.startswith("M3 / Ziele ist hier anders beantwortet")
