"""Fact sheets as .docx through a Word template: the one that comes with the program, or the planner's own.

A template holds one sheet. Fields stand in double braces, `{{ title }}`; rows between `{%tr for row in shares %}`
and `{%tr endfor %}` are repeated. Several measures are the sheet several times, each on a new page.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any

from mcda.errors import InputError, Issue, Where
from mcda.locale import text
from mcda.report.documents.confidential import marked_notice, names_amounts
from mcda.report.documents.fact_sheets import all_fields, in_order, values_in_words
from mcda.report.documents.frame import made_with
from mcda.report.exhibits.ranked_list import notice_of, study_title
from mcda.report.exhibits.sheet_fields import NAMES, SheetFields, about
from mcda.report.exports.docx_marks import plain_text, start_page
from mcda.report.exports.packed import dated
from mcda.report.exports.pdf_file import png_of
from mcda.report.exports.template_rules import OPTION, Reading, strict_environment
from mcda.report.figures.value_bars import ValueBar, value_bars
from mcda.report.request import Request
from mcda.result import Result
from mcda.study.guard import guard_workbook

CHART_MM = 76
LISTS: Mapping[str, tuple[str, ...]] = {
    "about": ("label", "value"),
    "criteria": ("name", "top", "value", "weight", "wording"),
    "shares": ("label", "value"),
    "money_lines": ("label", "value", "note"),
    "programmes": ("name", "verdict", "grant", "reasons"),
    "steps": ("number", "sentence"),
    "deadlines": ("day", "programme"),
}
"""The lists a template may repeat rows for, with the fields of a row."""

ALONE = ("subject", "notice", "made_with", "as_of", "chart")
"""Fields that are the same on every sheet, and the drawing of the criterion values."""


def fact_sheet_docx(result: Result, request: Request) -> bytes:
    """The sheets asked for in the planner's template or the usual one; same request, same bytes.

    Raises InputError for a template that is no Word file, does not follow the rules of templates, or names a field
    there is not, and where the packages of the extra `report` are not installed.
    """
    template = request.template or default_template(request.language)
    _check(template)
    names = in_order(result, request.measures)
    notice = marked_notice(
        notice_of(result, request.language),
        request.language,
        public=request.public and not names_amounts(result, names),
    )
    whole: Any = None
    for fields in all_fields(result, names, request):
        alt = values_in_words(fields, request.language)
        sheet = _filled(template, _context(result, fields, notice, request.language), alt)
        if whole is None:
            whole = sheet
        else:
            _append(whole, sheet)
    if whole is None:
        raise InputError([Issue("no_measures", where=Where("--measure"))])
    day = date.fromisoformat(result.provenance.as_of)
    _describe(whole, result, request.language, day)
    buffer = io.BytesIO()
    whole.save(buffer)
    request.told(1.0)
    return dated(buffer.getvalue(), day)


def default_template(language: str) -> bytes:
    """The template that comes with the program, to be changed and given back."""
    name = f"fact_sheet_{'en' if language == 'en' else 'de'}.docx"
    return files("mcda.report").joinpath("templates", name).read_bytes()


def _check(template: bytes) -> None:
    """Raise InputError where the file is no Word file, or one that would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            whole = {"word/document.xml", "[Content_Types].xml", "_rels/.rels"} <= set(archive.namelist())
    except zipfile.BadZipFile:
        whole = False
    if not whole:
        raise InputError([Issue("template_not_word", where=Where(OPTION))])
    try:
        guard_workbook(template, OPTION)
    except InputError as error:
        issues = [i if i.code != "not_a_workbook" else replace(i, code="template_not_word") for i in error.issues]
        raise InputError(issues) from None


def _filled(template: bytes, context: Mapping[str, Any], alt: str) -> Any:
    """The template with the fields of one measure; a python-docx document. `alt` says what the drawing shows."""
    try:
        from docx.shared import Mm
        from docxtpl import DocxTemplate, InlineImage
        from jinja2 import TemplateError
    except ImportError:
        raise InputError([Issue("report_missing", params={"packages": ("docxtpl",)})]) from None
    paper = DocxTemplate(io.BytesIO(template))
    image = png_of(context["chart"]) if context["chart"] else b""
    filled = {**context, "chart": InlineImage(paper, io.BytesIO(image), width=Mm(CHART_MM)) if image else ""}
    reading = Reading((*NAMES, *ALONE), LISTS)
    try:
        paper.render(filled, strict_environment(reading), autoescape=True)
    except TemplateError as error:  # what reading let pass and filling cannot do
        raise InputError([Issue("template_wrong", where=Where(OPTION), params={"value": str(error)})]) from None
    if not reading.used:
        raise InputError([Issue("template_empty", where=Where(OPTION), params={"field": "{{ title }}"})])
    _tell(paper.docx, image, alt)
    return paper.docx


def _tell(sheet: Any, image: bytes, alt: str) -> None:
    """Words for the drawing wherever the template has it; pictures of the planner's own keep theirs."""
    from docx.oxml.ns import qn

    for picture in sheet.element.body.xpath(".//wp:inline"):
        files = [sheet.part.related_parts[one.get(qn("r:embed"))] for one in picture.iter(qn("a:blip"))]
        if any(file.blob == image for file in files):
            picture.docPr.set("descr", plain_text(alt))


def _context(result: Result, fields: SheetFields, notice: str, language: str) -> dict[str, Any]:
    """All fields of a sheet by name: single words, and rows of words for the lists."""
    sheet, funding = fields.sheet, fields.funding
    candidates = [line for line in sheet.programmes if line.candidate]
    steps = [text("sheet.apply_by", language, day=d.day, programme=d.name) for d in funding.deadlines]
    steps += [point.sentence for point in funding.to_do]
    said: Mapping[str, Sequence[tuple[str, ...]]] = {
        "about": [(fact.label, fact.value) for fact in about(fields, language)],
        "criteria": [(c.label, c.top, c.value, c.weight, c.wording) for c in sheet.criteria],
        "shares": [(fact.label, fact.value) for fact in sheet.shares],
        "money_lines": [(fact.label, fact.value, fact.note) for fact in sheet.money],
        "programmes": [
            (line.name, text(f"export.verdict.{line.verdict}", language), line.grant, _reasons(line.reasons))
            for line in candidates
        ],
        "steps": [(f"{number}.", sentence) for number, sentence in enumerate(steps, start=1)],
        "deadlines": [(deadline.day, deadline.name) for deadline in funding.deadlines],
    }
    rows = {
        name: [dict(zip(LISTS[name], map(plain_text, row), strict=True)) for row in listed]
        for name, listed in said.items()
    }
    words = {name: plain_text(fields.words.get(name, "")) for name in NAMES}
    return words | rows | _alone(result, fields, notice, language)


def _alone(result: Result, fields: SheetFields, notice: str, language: str) -> dict[str, str]:
    bars = [ValueBar(c.label, c.share, c.value, c.top) for c in fields.sheet.criteria]
    shown = any(bar.share is not None for bar in bars)
    return {
        "subject": plain_text(study_title(result, language)),
        "notice": plain_text(notice),
        "made_with": made_with(result, language),
        "as_of": result.provenance.as_of,
        "chart": value_bars(bars) if shown else "",
    }


def _reasons(reasons: Sequence[tuple[str, str]]) -> str:
    return " ".join(sentence for verdict, sentence in reasons if verdict != "yes")


def _append(whole: Any, sheet: Any) -> None:
    """The body of one more sheet behind what is there, on a new page, with its pictures."""
    from docx.oxml.ns import qn

    end = whole.element.body.find(qn("w:sectPr"))
    first = True
    for element in sheet.element.body:
        if element.tag == qn("w:sectPr"):
            continue
        copied = deepcopy(element)
        for picture in copied.iter(qn("a:blip")):
            part = sheet.part.related_parts[picture.get(qn("r:embed"))]
            name, _ = whole.part.get_or_add_image(io.BytesIO(part.blob))
            picture.set(qn("r:embed"), name)
        if first and element.tag == qn("w:p"):
            start_page(copied)
        first = False
        end.addprevious(copied)


def _describe(whole: Any, result: Result, language: str, day: date) -> None:
    """Title, dates and language of the file, and a number of its own for every picture."""
    properties = whole.core_properties
    properties.title = text("document.title.factsheets", language)
    properties.subject = plain_text(study_title(result, language))[:255]
    properties.author, properties.last_modified_by = "Rangfolge", ""
    properties.created = properties.modified = datetime.combine(day, time())
    properties.language = language
    for number, picture in enumerate(_pictures(whole), start=1):
        picture.set("id", str(number))


def _pictures(whole: Any) -> Iterator[Any]:
    yield from whole.element.body.xpath(".//wp:docPr")
