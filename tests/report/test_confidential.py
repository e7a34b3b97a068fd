"""Papers that tell what single measures cost say on every page that they are not for the public; the others do not."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from example import ranked_example
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.report.kinds import BUILDERS, report
from mcda.report.request import Request
from mcda.result import Result
from pdf_tags import pages_of
from small import measure, ratings, small_study

SOME = ("DO-08", "KB-02")
TELLING = ("list", "kofi", "factsheets", "dossier")


def costless() -> Result:
    """Two measures nobody priced, compared by what is rated."""
    study = small_study()
    kept = tuple(c for c in study.criteria if c.id in ("relevance", "goals", "urgency", "feasibility"))
    free = tuple(measure(name, 0, capex_eur=None, opex_eur_per_year=None) for name in ("M1", "M2"))
    rated = (*ratings("M1", 5, 4, 4), *ratings("M2", 3, 5, 2))
    return evaluate(small_study(criteria=kept, measures=free, ratings=rated))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("kind", TELLING)
def test_a_paper_with_single_amounts_is_marked_whoever_asked_for_it(kind: str, public: bool, language: str) -> None:
    measures = SOME if kind != "list" else ()
    columns = ("rank", "title", "life_cycle_cost_eur") if kind == "list" else ()
    wanted = Request(language=language, measures=measures, public=public, columns=columns)
    notice = BUILDERS[kind](ranked_example(), wanted).notice
    assert notice.startswith(text("confidential.notice", language))
    assert notice.count(text("confidential.notice", language)) == 1


def test_every_page_bears_the_mark() -> None:
    pages = pages_of(report(ranked_example(), "factsheets", request=Request(measures=SOME)))
    assert len(pages) > 1
    assert all(page.startswith("NICHT ÖFFENTLICH.") for page in pages)


def test_the_sheets_in_word_bear_the_mark() -> None:
    made = report(ranked_example(), "factsheets", "docx", Request(measures=SOME[:1]))
    with zipfile.ZipFile(BytesIO(made)) as archive:
        told = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    assert "NICHT ÖFFENTLICH." in told


def test_a_list_without_amounts_is_for_everybody_unless_asked_otherwise() -> None:
    wanted = Request(columns=("rank", "title"))
    assert "NICHT ÖFFENTLICH" not in BUILDERS["list"](ranked_example(), wanted).notice
    assert "NICHT ÖFFENTLICH" in BUILDERS["list"](ranked_example(), replace(wanted, public=False)).notice


@pytest.mark.parametrize("kind", TELLING)
def test_without_costs_there_is_nothing_to_hide(kind: str) -> None:
    assert "NICHT ÖFFENTLICH" not in BUILDERS[kind](costless(), Request()).notice
