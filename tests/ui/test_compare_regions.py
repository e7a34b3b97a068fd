"""Page Compare, part Regions: workbooks in, all faults named and nothing lost, the numbers those of the tables."""

import io
import re
import shlex
from html import escape
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from example import EXAMPLE, the_example
from mcda.batch.lessons import lessons
from mcda.batch.side_by_side import side_by_side
from mcda.cli import main
from mcda.errors import Issue
from mcda.locale import LANGUAGES, text
from mcda.locale.formats import money
from mcda.report.exhibits.region_bars import RegionBars
from mcda.report.exhibits.region_lessons import lesson_lines
from mcda.report.exports.compare_file import compare_xlsx
from mcda.study.model import Study
from mcda.study.read import read_study
from mcda.study.write import workbook_bytes
from mcda.ui import compare_regions
from mcda.ui.figures.region_bars import region_bars_figure
from small import small_study
from test_data_page import LIST, faulty, sheet_of
from test_pages import opened
from test_pages import words as some_words

XLSX = compare_regions.XLSX


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare_regions, "DRAWS", 60)
    compare_regions.compared_regions.cache_clear()


def second() -> Study:
    """The example without its last measures: another study on the same scales."""
    study = the_example()
    kept = {m.id for m in study.measures[:12]}
    info = study.study.model_copy(update={"title": "Zweite Region", "title_en": "Second region"})
    return study.model_copy(
        update={
            "study": info,
            "measures": tuple(
                m.model_copy(update={"depends_on": (), "excludes": ()}) for m in study.measures if m.id in kept
            ),
            "ratings": tuple(r for r in study.ratings if r.measure in kept),
            "eligibility": tuple(e for e in study.eligibility if e.measure in kept),
        }
    )


def unlike() -> Study:
    study = the_example()
    leaf = study.leaves[0]
    criteria = tuple(c.model_copy(update={"best": 9.0}) if c.id == leaf else c for c in study.criteria)
    return study.model_copy(update={"criteria": criteria})


def part(language: str = "de", **files: bytes) -> AppTest:
    app = opened("compare", language)
    next(box for box in app.get("button_group") if box.key == "compare_what").set_value("regions").run()
    assert not app.exception
    if files:
        add(app, **files)
    return app


def add(app: AppTest, **files: bytes) -> None:
    (box,) = app.get("file_uploader")
    box.set_value([(f"{name}.xlsx", content, XLSX) for name, content in files.items()])
    app.run()
    assert not app.exception, app.exception


def words(app: AppTest) -> str:
    groups = (app.warning, app.success, app.info, app.subheader)
    return some_words(app) + " ".join(one.value for group in groups for one in group).replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_files_the_part_asks_for_them(language: str) -> None:
    said = words(part(language))
    assert text("compare_regions.nothing", language) in said
    assert text("compare_regions.lead", language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_lessons_stand_above_the_tables_they_come_from(language: str) -> None:
    app = part(language, sued=workbook_bytes(second()))
    said = words(app)
    assert text("compare_regions.held", language, count=2, names="nordallianz, sued") in said
    studies = (("nordallianz", the_example(), the_example().file_hash), ("sued", second(), ""))
    side = compare_regions.compared_regions(studies, labels=True).side
    assert side is not None
    told = lesson_lines(side, lessons(side), language)
    assert len(told) > 5
    plain = said.replace("\\", "")
    for _, sentence in told:
        assert sentence in plain or escape(sentence) in plain
    for table in ("lessons", "regions", "labels", "programmes", "theme_sums", "criteria", "costs"):
        assert text(f"compare.table.{table}", language) in plain
    (chart,) = app.get("plotly_chart")
    assert all(name in chart.proto.alt for name in ("nordallianz", "sued"))


def test_bad_files_are_named_and_the_good_ones_stay() -> None:
    app = part(sued=workbook_bytes(second()), falsch=faulty(), kaputt=b"no workbook", liste=sheet_of(*LIST))
    said = words(app)
    for name in ("falsch", "kaputt", "liste"):
        assert text("compare_regions.refused", "de", name=f"{name}.xlsx") in said
    assert text("compare_regions.faults", "de", name="falsch.xlsx") in [e.label.replace("\\", "") for e in app.expander]
    assert "viel" in said, "the cell that is wrong is told"
    assert text("compare_regions.held", "de", count=2, names="nordallianz, sued") in said
    add(app, kaputt=workbook_bytes(without_last(second())))
    said = words(app)
    assert text("compare_regions.held", "de", count=3, names="nordallianz, sued, kaputt") in said
    assert text("compare_regions.refused", "de", name="kaputt.xlsx") not in said
    app.button(key="compare_regions_forget").click().run()
    assert text("compare_regions.nothing", "de") in words(app)


def without_last(study: Study) -> Study:
    *kept, last = study.measures
    return study.model_copy(
        update={
            "measures": tuple(kept),
            "ratings": tuple(r for r in study.ratings if r.measure != last.id),
            "eligibility": tuple(e for e in study.eligibility if e.measure != last.id),
        }
    )


def test_the_command_names_every_file_that_counts_and_can_be_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = part("de", **{"süd ost": workbook_bytes(second()), "anders": workbook_bytes(unlike())})
    (said,) = re.findall(r"mcda compare .*? -o vergleich\.xlsx", words(app).replace("&#x27;", "'"))
    command = shlex.split(said)
    assert command[:5] == ["mcda", "compare", "nordallianz", "--also", "süd ost.xlsx"]
    assert "anders.xlsx" not in command
    monkeypatch.chdir(tmp_path)
    Path("nordallianz").symlink_to(EXAMPLE)
    Path("süd ost.xlsx").write_bytes(workbook_bytes(second()))
    assert main(command[1:]) == 0
    assert Path("vergleich.xlsx").exists()


def test_unlike_scales_are_refused_by_name() -> None:
    app = part(anders=workbook_bytes(unlike()), fremd=workbook_bytes(small_study()))
    said = words(app)
    assert text("compare_regions.refused", "de", name="anders.xlsx") in said
    assert text("compare_regions.refused", "de", name="fremd.xlsx") in said
    leaf = the_example().leaves[0]
    params = {"value": "9.0", "allowed": "5.0", "other": "nordallianz"}
    assert Issue("scales_differ", params=params).sentence("de") in said
    assert f"criteria.{leaf}.best" in said
    assert text("compare_regions.nothing", "de") in said


def test_the_same_study_again_and_the_same_name_are_told() -> None:
    app = part(kopie=workbook_bytes(the_example()), nordallianz=workbook_bytes(second()))
    said = words(app)
    assert Issue("region_same_study", params={"other": "nordallianz"}).sentence("de") in said
    assert Issue("region_same_name", params={"value": "nordallianz"}).sentence("de") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bars_stripe_who_is_far_above_and_show_names_as_they_are(language: str) -> None:
    bars = RegionBars((("<b>a", 500.0), ("b", 200.0), ("c", 100.0)), 200.0, ("<b>a",))
    figure = region_bars_figure(bars, language).to_dict()
    assert [bar["x"] for bar in figure["data"]] == [[500.0], [200.0], [100.0]]
    assert [bool(bar["marker"].get("pattern")) for bar in figure["data"]] == [True, False, False]
    said = [note["text"] for note in figure["layout"]["annotations"]]
    assert "<b>&lt;b&gt;a</b>" in said
    assert money(500, language, cents=False) in said
    assert figure["layout"]["separators"] == (",." if language == "de" else ".,")


def test_the_workbook_is_the_one_of_the_command_line(tmp_path: Path) -> None:
    file, target = tmp_path / "sued.xlsx", tmp_path / "vergleich.xlsx"
    file.write_bytes(workbook_bytes(second()))
    command = ["compare", str(EXAMPLE), "--also", str(file), "--what", "robustness", "--draws", "60", "--lang", "de"]
    assert main([*command, "-o", str(target)]) == 0
    opened_study, other = read_study(EXAMPLE), read_study(file)
    told = (("nordallianz", opened_study, opened_study.file_hash), ("sued", other, other.file_hash))
    compared = compare_regions.compared_regions(told, labels=True)
    assert compare_xlsx(compared, "de") == target.read_bytes()
    book = load_workbook(io.BytesIO(target.read_bytes()))
    assert book.sheetnames[0] == text("compare.sheet.lessons", "de")
    assert book.sheetnames[-1] == text("compare.sheet.provenance", "de")
    side = side_by_side(compared.batch, compared.studies)
    sheet = book[text("compare.sheet.regions", "de")]
    heads = [cell.value for cell in sheet[1]]
    at = heads.index(text("compare.column.own_per_head_eur", "de")) + 1
    assert [sheet.cell(row, at).value for row in (2, 3)] == pytest.approx(list(side.regions["own_per_head_eur"]))
    assert "€" in sheet.cell(2, at).number_format
    share = heads.index(text("compare.column.grant_share", "de")) + 1
    assert [sheet.cell(row, share).value for row in (2, 3)] == pytest.approx(list(side.regions["grant_share"]))
    assert "%" in sheet.cell(2, share).number_format
    weights = book[text("compare.sheet.weights", "de")]
    assert [cell.value for cell in weights[1]] == [text("compare.column.criterion", "de"), "nordallianz", "sued"]
    assert weights.cell(2, 2).value == pytest.approx(0.35)
    origin = [str(cell.value) for row in book[text("compare.sheet.provenance", "de")] for cell in row if cell.value]
    assert {opened_study.input_hash, other.input_hash, "60"} <= set(origin)
