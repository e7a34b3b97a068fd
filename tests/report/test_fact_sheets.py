"""Fact sheets and dossiers: the same ranks and money as Python's result, in PDF and Word; a planner's own template."""

import io
import re
import zipfile
from typing import Any

import docx
import pytest

from example import ranked_example
from hostile import hostile_study
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale.formats import money
from mcda.report.documents import dossier, fact_sheets
from mcda.report.exhibits.sheet_fields import NAMES, field_names, sheet_fields
from mcda.report.exports.fact_sheet_docx import LISTS, default_template, fact_sheet_docx
from mcda.report.exports.pdf_file import pdf_file
from mcda.report.request import Request
from mcda.result import Result
from pdf_tags import check_accessible, pages_of
from small import small_study

THREE = ("DO-08", "MV-01", "KB-02")


@pytest.fixture(scope="module")
def result() -> Result:
    return ranked_example()


def words_of(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in paper.paragraphs), *cells]).replace("\u00a0", " ")


def own_template(*words: str) -> bytes:
    paper = docx.Document()
    for line in words:
        paper.add_paragraph(line)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def without(name: str) -> bytes:
    """A template that lacks a part of the package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(own_template("{{ title }}"))) as whole, zipfile.ZipFile(buffer, "w") as left:
        for member in whole.namelist():
            if member != name:
                left.writestr(member, whole.read(member))
    return buffer.getvalue()


def test_every_measure_of_the_example_has_one_page(result: Result) -> None:
    content = pdf_file(fact_sheets.build(result, Request()))
    _, *sheets = pages_of(content)
    assert len(sheets) == len(result.ranking)
    for said, line in zip(sheets, result.ranking, strict=True):
        purse = result.money[line.measure]
        assert line.measure in said
        assert f"{line.rank} von {len(result.ranking)}" in said
        for amount in (purse.life_cycle_gross, purse.own_contribution, *purse.shares.values()):
            assert money(amount, "de") in said


def test_sheets_are_accessible(result: Result) -> None:
    content = pdf_file(fact_sheets.build(result, Request(measures=THREE)))
    check_accessible(content, "de", "Maßnahmensteckbriefe")


@pytest.mark.parametrize("language", ["de", "en"])
def test_word_says_the_same_in_the_usual_template(result: Result, language: str) -> None:
    request = Request(language=language, measures=THREE)
    content = fact_sheet_docx(result, request)
    assert content == fact_sheet_docx(result, request)
    said = words_of(content)
    for name in THREE:
        purse = result.money[name]
        assert result.study.measure_by_id[name].id in said
        for amount in (purse.life_cycle_gross, purse.own_contribution, *purse.shares.values()):
            assert money(amount, language) in said
    paper = docx.Document(io.BytesIO(content))
    numbers = [one.get("id") for one in paper.element.body.xpath(".//wp:docPr")]
    assert len(numbers) == len(set(numbers)) == 3
    assert not re.search(r"[{}]", said)


def test_a_planners_own_template_is_filled_for_every_measure(result: Result) -> None:
    own = own_template(
        "Blatt {{ id }}",
        "{{ title }} kostet {{ life_cycle }}",
        "{%p for row in shares %}",
        "{{ row.label }}: {{ row.value }}",
        "{%p endfor %}",
    )
    said = words_of(fact_sheet_docx(result, Request(measures=THREE, template=own)))
    for name in THREE:
        assert f"Blatt {name}" in said
        for who, share in result.money[name].shares.items():
            assert f"{result.study.municipality_by_id[who].name}: {money(share, 'de')}" in said


@pytest.mark.parametrize(
    ("template", "code", "value"),
    [
        (b"no zip at all", "template_not_word", None),
        (own_template("{{ titel }}"), "template_field", "titel"),
        (own_template("{%p for row in shares %}", "{{ row.amount }}", "{%p endfor %}"), "template_field", "amount"),
        (own_template("{{ own }}"), "template_field", "own"),
        (own_template("{{ title {{ id }}"), "template_wrong", "{{ title {{ id }}"),
        (own_template("{% endfr %}"), "template_wrong", "{% endfr %}"),
        (own_template("{% for x in shares %}"), "template_unclosed", None),
        (own_template("{{ ''.__class__.__mro__ }}"), "template_rule", "{{ ''.__class__.__mro__ }}"),
        (own_template("{{ title.__init__.__globals__ }}"), "template_rule", None),
        (own_template("{{ 'x' * 3000000000 }}"), "template_rule", "{{ 'x' * 3000000000 }}"),
        (own_template("{% for i in range(1000000000) %}{{ i }}{% endfor %}"), "template_rule", None),
        (own_template("{% for a in steps %}{% for b in steps %}{% endfor %}{% endfor %}"), "template_rule", None),
        (own_template("{% set x = title ~ title %}{{ x }}"), "template_rule", None),
        (own_template("{{ title | center(1000000000) }}"), "template_rule", None),
        (own_template("{{ title | lower(3) }}"), "template_rule", None),
        (own_template("{{ steps }}"), "template_rule", "{{ steps }}"),
        (without("word/styles.xml"), "template_not_word", None),
        (without("_rels/.rels"), "template_not_word", None),
        (own_template("{% if 3 > title %}{{ title }}{% endif %}"), "template_rule", None),
        (own_template("Steckbrief"), "template_empty", None),
    ],
)
def test_a_template_that_cannot_be_filled_is_told(result: Result, template: bytes, code: str, value: Any) -> None:
    with pytest.raises(InputError) as error:
        fact_sheet_docx(result, Request(measures=("DO-08",), template=template))
    issue = error.value.issues[0]
    assert issue.code == code
    if value:
        assert issue.params["value"] == value
    assert issue.sentence("de").startswith("--template: ")
    assert "„“" not in issue.sentence("de")


def test_all_fields_a_template_must_not_name_are_told_at_once_with_what_may_be_meant(result: Result) -> None:
    own = own_template("{{ titel }}", "{{ own }}", "{{ titel }}", "{{ qqq }}")
    with pytest.raises(InputError) as error:
        fact_sheet_docx(result, Request(template=own))
    assert [issue.sentence("de").partition(": ")[2] for issue in error.value.issues] == [
        "Das Feld „titel“ gibt es in Vorlagen nicht. Gemeint: title?",
        "Das Feld „own“ gibt es in Vorlagen nicht. Gemeint: own_contribution?",
        "Das Feld „qqq“ gibt es in Vorlagen nicht.",
    ]


@pytest.mark.parametrize(("limit", "most"), [("MOST_LETTERS", 10_000), ("MOST_TAGS", 100)])
def test_a_sheet_that_grows_without_end_is_stopped(
    limit: str, most: int, result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"mcda.report.exports.template_rules.{limit}", most)
    own = own_template("{%p for row in steps %}", "{{ row.sentence }}" * 100, "{%p endfor %}")
    with pytest.raises(InputError) as error:
        fact_sheet_docx(result, Request(measures=("MV-01",), template=own))
    assert [issue.code for issue in error.value.issues] == ["template_too_long"]


def test_every_field_is_named_and_filled(result: Result) -> None:
    assert set(field_names("de")) == set(field_names("en")) == set(NAMES)
    words = sheet_fields(result, "MV-01", "de").words
    assert set(NAMES) <= set(words)
    lines = [f"{name}: {{{{ {name} }}}}" for name in NAMES] + [f"{{{{ {name} | length }}}}" for name in LISTS]
    content = fact_sheet_docx(result, Request(measures=("MV-01",), template=own_template(*lines)))
    assert "own_contribution: 1.170.554,62 €" in words_of(content)


def test_hostile_words_come_out_as_words() -> None:
    found = evaluate(hostile_study())
    content = fact_sheet_docx(found, Request())
    said = words_of(content)
    for measure in found.study.measures:
        assert " ".join(measure.title.split())[:80] in " ".join(said.split())
    assert len(pages_of(pdf_file(fact_sheets.build(found, Request())))) >= 5
    assert default_template("de") != default_template("en")


@pytest.mark.parametrize("name", THREE)
def test_a_sheet_alone_is_a_page_of_its_own(result: Result, name: str) -> None:
    content = pdf_file(fact_sheets.build(result, Request(measures=(name,))))
    assert len(pages_of(content)) == 1
    check_accessible(content, "de", f"{name} {result.study.measure_by_id[name].title}")


def test_a_dossier_tells_amounts_reasons_and_days(result: Result) -> None:
    content = pdf_file(dossier.build(result, Request(measures=("MV-02",))))
    said = " ".join(pages_of(content))
    purse = result.money["MV-02"]
    for amount in (purse.grant_low, purse.grant_high, purse.own_contribution, purse.co_payment, *purse.shares.values()):
        assert money(amount, "de") in said
    for found in purse.assessments:
        if found.candidate:
            assert all(" ".join(reason.sentence("de").split())[:40] in said for reason in found.reasons)
    check_accessible(content, "de", "Fördermappe: MV-02 Leihradsystem auf die Freisinger Mitgliedsgemeinden ausweiten")


def test_a_measure_without_a_programme_has_an_honest_dossier(result: Result) -> None:
    said = " ".join(pages_of(pdf_file(dossier.build(result, Request(measures=("KB-02",))))))
    assert "keine Förderung in Sicht" in said
    assert money(result.money["KB-02"].own_contribution, "de") in said


def test_a_small_study_has_no_word_of_the_example() -> None:
    study = small_study()
    tables = ("programmes", "programme_rates", "programme_caps", "programme_calls", "eligibility")
    bare = study.model_copy(update=dict.fromkeys(tables, ()))
    for build in (fact_sheets.build, dossier.build):
        said = str(build(evaluate(bare), Request()))
        assert "NordAllianz" not in said
