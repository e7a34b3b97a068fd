"""The funding dossier (Fördermappe): what an application for a grant needs from the study, measure by measure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mcda.funding.costs import ZERO
from mcda.locale import text
from mcda.locale.formats import money
from mcda.report.document import Bullets, Document, Facts, Heading, PageBreak, Paragraph, Part, Table
from mcda.report.documents.confidential import marked, names_amounts
from mcda.report.documents.fact_sheets import in_order
from mcda.report.documents.frame import framed
from mcda.report.exhibits.fact_sheet import Fact, ProgrammeLine
from mcda.report.exhibits.finance_years import flows_by_year, plan, remarks
from mcda.report.exhibits.funding_sheet import BundleView, FundingSheet
from mcda.report.exhibits.sheet_fields import SheetFields, sheet_fields
from mcda.report.request import Request
from mcda.result import Result

ASKED = ("situation", "goal", "description", "target_group", "milestones", "indicator", "lead", "municipalities")
ASKED_MORE = ("partners", "timing", "staff", "legal_basis", "risks", "status", "application_state", "editor")


def build(result: Result, request: Request) -> Document:
    """A dossier for the measures asked for, or for all that some programme may pay for.

    With a measure's amounts in it, it is marked as not for the public.
    """
    names = _wanted(result, request.measures)
    document = _document(result, names, request)
    return marked(document, request.language, public=request.public and not names_amounts(result, names))


def _document(result: Result, names: Sequence[str], request: Request) -> Document:
    language = request.language
    if len(names) == 1:
        fields = sheet_fields(result, names[0], language)
        parts = tuple(_dossier(result, fields, 1, language))
        title = text("dossier.title_of", language, measure=f"{names[0]} {fields.words['title']}")
        return framed(result, "dossier", parts, language, title=title)
    return framed(result, "dossier", tuple(_all(result, names, request)), language)


def _wanted(result: Result, measures: Sequence[str]) -> tuple[str, ...]:
    """The measures named; with none named those with a programme in sight, or all where there is no such measure."""
    every = in_order(result, measures)
    if measures:
        return every
    ranked = {line.measure for line in result.ranking}
    hopeful = tuple(name for name in every if name in ranked and result.money[name].grant_high > 0)
    return hopeful or every[:1]


def _all(result: Result, names: Sequence[str], request: Request) -> Iterator[Part]:
    language = request.language
    yield Paragraph(text("dossier.lead", language, count=len(names)), "lead")
    yield Bullets(tuple(f"{name} {_title(result, name, language)}" for name in names))
    for done, name in enumerate(names):
        fields = sheet_fields(result, name, language)
        yield PageBreak()
        yield Heading(f"{name} {fields.words['title']}")
        yield from _dossier(result, fields, 2, language)
        request.told((done + 1) / len(names))


def _title(result: Result, name: str, language: str) -> str:
    measure = result.study.measure_by_id[name]
    return (measure.title_en if language == "en" else "") or measure.title


def _dossier(result: Result, fields: SheetFields, level: int, language: str) -> Iterator[Part]:
    funding = fields.funding
    yield Paragraph(_first_words(fields, language), "lead")
    known = [(name, fields.words[name]) for name in (*ASKED, *ASKED_MORE) if fields.words.get(name)]
    facts = tuple(Fact(text(f"sheet.field.{name}", language), said) for name, said in known)
    if facts:
        yield Facts(facts, text("dossier.project", language))
    yield from _bundles(funding, level, language)
    yield from _to_do(funding, level, language)
    yield from _plan(result, fields, level, language)
    yield from _programmes(fields, level, language)


def _first_words(fields: SheetFields, language: str) -> str:
    """Whether there is a grant in sight, how much, and by when to apply."""
    funding, words = fields.funding, fields.words
    if not funding.bundles:
        return text("dossier.no_grant", language)
    kinds = {bundle.kind for bundle in funding.bundles}
    key = "sure" if kinds == {"sure"} else "possible" if kinds == {"possible"} else "partly"
    said = text(f"dossier.{key}", language, programme=words["programme"], own=words["own_contribution"])
    if funding.deadlines:
        first = funding.deadlines[0]
        said += " " + text("dossier.first_day", language, day=first.day, programme=first.name)
    return said


def _bundles(funding: FundingSheet, level: int, language: str) -> Iterator[Part]:
    """The programmes that may stand together, what each pays, what was left out and why."""
    if not funding.bundles:
        return
    yield Heading(text("dossier.programmes", language), level)
    yield Paragraph(text("kofi.remark.brackets", language), "small")
    for bundle in funding.bundles:
        rows = [Fact(part.name, part.amount, part.note) for part in bundle.parts]
        rows.append(Fact(text("dossier.total", language), bundle.total, _notes(bundle), strong=True))
        yield Facts(tuple(rows), text(f"dossier.bundle_{bundle.kind}", language))
    others = [*funding.left_out, *funding.alternatives, *funding.loans]
    if others:
        yield Facts(tuple(others), text("dossier.others", language))


def _notes(bundle: BundleView) -> str:
    return " ".join(bundle.notes)


def _to_do(funding: FundingSheet, level: int, language: str) -> Iterator[Part]:
    """Deadlines, papers to obtain, facts to find out: a list to tick off."""
    days = [text("sheet.apply_by", language, day=d.day, programme=d.name) for d in funding.deadlines]
    days += [text("dossier.opens", language, day=d.day, programme=d.name) for d in funding.watch_list]
    papers = [point for point in funding.to_do if point.document]
    facts = [point for point in funding.to_do if not point.document]
    if not (days or papers or facts):
        return
    yield Heading(text("dossier.to_do", language), level)
    for name, lines in (
        ("days", days),
        ("papers", [f"{p.sentence} ({', '.join(p.programmes)})" for p in papers]),
        ("facts", [f"{p.sentence} ({', '.join(p.programmes)})" for p in facts]),
    ):
        if lines:
            yield Heading(text(f"dossier.list.{name}", language), level + 1)
            yield Bullets(tuple(lines), boxes=True)


def _plan(result: Result, fields: SheetFields, level: int, language: str) -> Iterator[Part]:
    """Cost and financing: the sums with what counts as eligible, the years, and each member's part."""
    yield Heading(text("dossier.plan", language), level)
    yield Facts(fields.funding.money, text("dossier.money", language))
    found = plan(result, (fields.measure,))
    if not found.measures:
        outside = fields.measure in found.outside
        yield Paragraph(text(f"dossier.{'outside' if outside else 'no_years'}", language))
        return
    years = flows_by_year(found, language)
    yield Table(years.listing, totals=years.total)
    if fields.sheet.shares:
        rows = (
            *fields.sheet.shares,
            Fact(text("kofi.total", language), _sum(result, fields.measure, language), strong=True),
        )
        yield Facts(rows, text("ui.sheet.shares", language))
    yield Bullets(remarks(found, language))


def _sum(result: Result, measure: str, language: str) -> str:
    shares = result.money[measure].shares.values()
    return money(sum(shares, Decimal(ZERO)), language)


def _programmes(fields: SheetFields, level: int, language: str) -> Iterator[Part]:
    """Every programme considered: the verdict with all its reasons, and where its rules were read and when."""
    candidates = [line for line in fields.sheet.programmes if line.candidate]
    if not candidates:
        return
    yield Heading(text("dossier.why", language), level)
    for line in candidates:
        yield Heading(f"{line.name}: {text(f'export.verdict.{line.verdict}', language)}", level + 1)
        yield Bullets(tuple(sentence for _, sentence in line.reasons))
        yield Paragraph(_source(line, language), "small")


def _source(line: ProgrammeLine, language: str) -> str:
    said = [line.finding] if line.finding else []
    if line.source:
        said.append(text("dossier.source", language, source=line.source, as_of=line.as_of or "–"))
    if line.not_verified:
        said.append(text("ui.sheet.not_verified", language, facts=line.not_verified))
    return " ".join(said) or text("dossier.no_source", language)
