"""Studies of three and of seven criteria, without grants and without a workshop: every document is whole and theirs."""

import io
import re
from datetime import date
from functools import cache

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from documents_made import example
from mcda.evaluate import evaluate
from mcda.portfolio import PlanTask, plan
from mcda.report import BUILDERS, Request, formats, report
from mcda.result import Result
from mcda.study.model import Criterion, Municipality, Rating, Study, StudyInfo
from paper_words import missing, title, unfinished, words_of
from pdf_tags import check_accessible
from small import measure
from word_parts import check_word
from workbook_parts import check_workbook

COSTS = (40_000, 125_000, 300_000, 18_000, 960_000, 75_500)
HOMES = (
    Municipality(id="AD", name="Altdorf", population=12_000),
    Municipality(id="NS", name="Neustadt", kind="stadt", population=30_500),
)
COST = Criterion(
    id="cost", label_de="Aufwand", label_en="Outlay", sense="min", unit="EUR", kind="computed",
    quantity="life_cycle_cost_eur", best=10_000, worst=1_000_000, value_function="logarithmic", weight=30,
)  # fmt: skip
KINDS = tuple(kind for kind in BUILDERS if kind != "protocol")
MADE = tuple((kind, form) for kind in KINDS for form in formats(kind))


def study_of(leaves: int) -> Study:
    """Six measures of two municipalities. Of seven criteria four stand in two groups; of three none does."""
    rated = [f"c{n}" for n in range(leaves - 1)]
    parents = dict(zip(rated, ("g0", "g0", "g1", "g1"), strict=False)) if leaves > 4 else {}
    groups = tuple(
        Criterion(id=g, label_de=f"Bereich {g}", label_en=f"Field {g}", weight=20)
        for g in dict.fromkeys(parents.values())
    )
    criteria = tuple(
        Criterion(
            id=c, parent=parents.get(c, ""), label_de=f"Frage {c}", label_en=f"Question {c}", best=4, worst=0, step=1,
            weight=10 + n,
        )
        for n, c in enumerate(rated)
    )  # fmt: skip
    names = [f"P{n}" for n in range(len(COSTS))]
    return Study(
        study=StudyInfo(title="Planung Süd", title_en="Plan South", as_of=date(2026, 2, 1)),
        criteria=(*groups, *criteria, COST),
        municipalities=HOMES,
        measures=tuple(
            measure(name, cost, title=f"Vorhaben {name}", title_en=f"Project {name}", municipalities=("AD", "NS"),
                    cost_key="equal")
            for name, cost in zip(names, COSTS, strict=True)
        ),
        ratings=tuple(
            Rating(measure=name, criterion=c, value=(3 * i + j * j) % 5)
            for i, name in enumerate(names)
            for j, c in enumerate(rated)
        ),
    )  # fmt: skip


@cache
def result(leaves: int, alone: bool = False) -> Result:
    """Evaluated; `alone`: nobody takes part, a municipality ranks for itself without naming itself."""
    study = study_of(leaves)
    bare = tuple(m.model_copy(update={"municipalities": (), "cost_key": None}) for m in study.measures)
    return evaluate(study.model_copy(update={"municipalities": (), "measures": bare}) if alone else study)


@cache
def strange() -> re.Pattern[str]:
    """The words only the example has: its title, places, programmes, measures."""
    study = example().study
    names = [
        *(one.name for one in study.municipalities), *(name for one in study.programmes for name in (one.id, one.name)),
        *(one.title for one in study.measures), *(one.id for one in study.measures), "NordAllianz", "IDEK", "München",
        "Freising",
    ]  # fmt: skip
    return re.compile("|".join(rf"\b{re.escape(name)}" for name in names))


def told(content: bytes, form: str) -> str:
    if form in ("pdf", "docx"):
        return words_of(content, form)
    if form == "xlsx":
        cells = (cell.value for sheet in load_workbook(io.BytesIO(content)) for row in sheet for cell in row)
        return "\n".join(str(value) for value in cells if value is not None)
    return content.decode("utf-8-sig")


def check_whole(found: Result, kind: str, form: str, language: str) -> str:
    """AssertionError where another program or a reader would stumble; the words of the document."""
    planned = plan(found, PlanTask.model_validate({"years": 3, "budget_eur": 600_000})) if kind == "plan" else None
    content = report(found, kind, form, Request(language=language, plan=planned))
    if form == "pdf":
        metadata = PdfReader(io.BytesIO(content)).metadata
        check_accessible(content, language, str(metadata and metadata.title))
    elif form == "docx":
        check_word(content, language)
    elif form == "xlsx":
        check_workbook(content)
    words = told(content, form)
    assert not strange().search(words)
    assert form == "json" or not unfinished(words)
    return words


@pytest.mark.parametrize(("leaves", "language"), [(3, "de"), (7, "en")])
@pytest.mark.parametrize(("kind", "form"), MADE)
def test_a_small_study_s_documents_are_whole_and_its_own(kind: str, form: str, leaves: int, language: str) -> None:
    found = result(leaves)
    words = check_whole(found, kind, form, language)
    first = found.ranking[0].measure
    assert not missing([(first if form == "json" else title(found, first, language),)], words)


@pytest.mark.parametrize("kind", KINDS)
def test_a_study_without_municipalities_has_whole_documents(kind: str) -> None:
    words = check_whole(result(3, alone=True), kind, "pdf", "de")
    assert "Altdorf" not in words
    assert "Eigenanteil je Kommune" not in words


@pytest.mark.parametrize("kind", ["list", "kofi"])
@pytest.mark.parametrize("leaves", [3, 7])
def test_no_sheet_and_no_column_of_a_table_is_empty(leaves: int, kind: str) -> None:
    book = load_workbook(io.BytesIO(report(result(leaves, leaves == 7), kind, "xlsx", Request())))
    for sheet in book:
        assert sheet.max_row > 1, sheet.title
        for table in sheet.tables.values():
            for head, *cells in zip(*sheet[table.ref], strict=True):
                assert any(cell.value not in (None, "") for cell in cells), (sheet.title, head.value)
