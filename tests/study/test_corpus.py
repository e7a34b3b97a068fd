"""Planners' files, by openpyxl, xlsxwriter, LibreOffice and by hand: each gives the study it means, or its issues."""

import importlib.util
from pathlib import Path

import pytest

from corpus import FILES, Case, cases, places, read
from good_study import good_study
from mcda.study.rules import check_study

CASES = cases()
DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("case", [c for c in CASES if "issues" not in c.expected], ids=lambda c: c.name)
def test_a_good_file_gives_the_study_it_means(case: Case, tmp_path: Path):
    study, notes = read(case.name, tmp_path)
    assert study is not None, [issue.sentence() for issue in notes]
    meant = good_study(*case.expected.get("without", ()))
    titles = case.expected.get("titles", {})
    meant = meant.model_copy(
        update={"measures": tuple(m.model_copy(update={"title": titles.get(m.id, m.title)}) for m in meant.measures)}
    )
    assert study.model_dump() == meant.model_dump()
    assert study == meant
    assert [[n.code, n.where.table, n.where.row or 0] for n in notes] == case.expected.get("notes", [])
    assert sorted({i.code for i in check_study(study)}) == case.expected.get("told", [])


@pytest.mark.parametrize("case", [c for c in CASES if "issues" in c.expected], ids=lambda c: c.name)
def test_a_faulty_file_gives_all_its_issues_and_nothing_else(case: Case, tmp_path: Path):
    study, issues = read(case.name, tmp_path)
    assert study is None
    assert places(issues) == sorted(case.expected["issues"])
    for issue in issues:
        assert issue.sentence("de")
        assert issue.sentence("en")


def test_every_file_has_its_expectation_and_the_corpus_stays_small():
    here = {p.name for p in FILES.iterdir() if p.suffix not in {".py", ".toml"} and p.name[0] not in "._"}
    assert here == {case.name for case in CASES}
    assert len(here) >= 120
    assert sum(p.stat().st_size for p in FILES.rglob("*")) < 1_500_000


def test_the_corpus_holds_every_format_and_maker():
    endings = {Path(case.name).suffix for case in CASES}
    assert {".xlsx", ".ods", ".csv", ".txt", ".tsv", ".xls", ".xlsm", ""} == endings
    texts = b"".join(p.read_bytes()[:4_000] for p in FILES.rglob("*.csv"))
    assert b"\xef\xbb\xbf" in texts
    assert b"\r\n" in texts, "line ends were changed on the way (see tests/files/.gitattributes)"
    assert "Größe".encode("cp1252") in texts
    assert "Größe".encode() in texts


def test_the_page_of_messages_is_up_to_date():
    spec = importlib.util.spec_from_file_location("make_messages", DOCS / "make_messages.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert (DOCS / "messages.md").read_text(encoding="utf-8") == script.page(), "run python docs/make_messages.py"
