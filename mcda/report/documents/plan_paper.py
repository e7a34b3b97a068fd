"""The plan on paper (Umsetzungsplan): what is done when, who pays, what it leans on, what is left out and why."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mcda.locale import text
from mcda.locale.formats import money, number
from mcda.portfolio import Plan
from mcda.portfolio.left_out import LeftOut, left_out
from mcda.report.document import Bullets, Document, Facts, Figure, Heading, Paragraph, Part, Table
from mcda.report.documents.confidential import marked
from mcda.report.documents.frame import framed
from mcda.report.exhibits.fact_sheet import Fact
from mcda.report.exhibits.listing import Cell, Listing, picked
from mcda.report.exhibits.plan_basis import plan_basis
from mcda.report.exhibits.plan_beside import disagreement, disagreement_sentence
from mcda.report.exhibits.plan_demands import demands
from mcda.report.exhibits.plan_lists import (
    Summed,
    grant_listing,
    left_out_listing,
    municipality_listing,
    out_listing,
    plan_listing,
    use_listing,
    year_listing,
)
from mcda.report.exhibits.plan_words import (
    capital,
    missed_sentences,
    plan_finding_lines,
    status_sentence,
    sum_sentence,
    task_sentence,
)
from mcda.report.figures.year_columns import year_columns
from mcda.report.request import Request
from mcda.result import Result

TYPE_PT = 8.8
TABLE_PT = 7.8
MOST_LEFT_OUT = 8
"""So many more of what is left out are named, the best ranked first; all stand in the workbook."""

ZERO = Decimal(0)
SAID_ELSEWHERE = ("plan_minimum_missed", "plan_zero_assumed")


def build(result: Result, request: Request) -> Document:
    """The paper on the request's plan. It tells what single measures cost, and is marked as not for the public.

    Raises ValueError without a plan: `report` tells people so before.
    """
    made, language = request.plan, request.language
    if made is None:
        raise ValueError("a plan's paper needs a plan")
    document = framed(result, "plan", _parts(result, made, language), language, page="landscape")
    return marked(replace(document, type_pt=TYPE_PT), language, public=request.public and not made.chosen)


def _parts(result: Result, made: Plan, language: str) -> Iterator[Part]:
    asked = f"{capital(task_sentence(made, language))}: {sum_sentence(made, language)}"
    yield Paragraph(asked, "lead")
    yield Paragraph(f"{status_sentence(made, language)}. {text('plan_paper.verified', language)}")
    if made.chosen:
        yield Heading(text("plan_list.title.plan", language))
        yield _summed(_narrow(plan_listing(result, made, language)), language)
    yield from _money(result, made, language)
    yield from _leaning(result, made, language)
    found = left_out(result, made)
    yield from _beside(result, made, found, language)
    yield from _left_out(result, made, found, language)
    yield Heading(text("plan_basis.title", language))
    yield Facts(_facts(result, made, language), text("plan_paper.facts", language))


def _narrow(found: Summed) -> Summed:
    """Without the theme, which the paper has no room for."""
    keys = tuple(column.key for column in found.listing.columns if column.key != "theme")
    return Summed(picked(found.listing, keys), found.sums)


def _money(result: Result, made: Plan, language: str) -> Iterator[Part]:
    """Own money by year, by municipality, and how far the limits go."""
    years = year_listing(made, language)
    if len(years.listing.rows) > 1:
        yield Heading(years.listing.title)
        yield _columns(made, language)
    members = municipality_listing(result, made, language)
    if members.listing.rows:
        yield Heading(members.listing.title)
        yield _summed(members, language)
    uses = use_listing(made, result.study, language)
    if uses.rows:
        yield Heading(uses.title)
        yield Table(replace(uses, title=""), size=TABLE_PT)
    if missed := missed_sentences(made, result.study, language):
        yield Bullets(missed)


def _columns(made: Plan, language: str) -> Figure:
    paid = [(year, sum((o.own_by_year.get(year, ZERO) for o in made.chosen), ZERO)) for year in made.years]
    shown = [(str(year), float(amount), number(amount / 1000, language, 0)) for year, amount in paid]
    most = max(paid, key=lambda one: one[1])
    alt = text(
        "plan_paper.figure_alt",
        language,
        first=str(made.years[0]),
        last=str(made.years[-1]),
        year=str(most[0]),
        amount=money(most[1], language, cents=False),
    )
    return Figure(year_columns(shown), alt, text("plan_paper.figure", language))


def _leaning(result: Result, made: Plan, language: str) -> Iterator[Part]:
    """The programmes that pay, and what is worth knowing."""
    grants = grant_listing(result, made, language)
    told = [
        line.sentence for line in plan_finding_lines(made, result.study, language) if line.code not in SAID_ELSEWHERE
    ]
    if grants.listing.rows or told:
        yield Heading(text("plan_paper.leans", language))
    if grants.listing.rows:
        yield _summed(grants, language)
    if told:
        yield Bullets(tuple(told))


def _beside(result: Result, made: Plan, found: tuple[LeftOut, ...], language: str) -> Iterator[Part]:
    yield Heading(text("plan_list.title.beside", language))
    yield Paragraph(f"{text('plan_paper.why_apart', language)} {disagreement_sentence(result, made, language)}")
    listing = disagreement(result, made, language, found=found)
    if listing.rows:
        yield Table(replace(listing, title=""), size=TABLE_PT)


def _left_out(result: Result, made: Plan, found: tuple[LeftOut, ...], language: str) -> Iterator[Part]:
    listing = left_out_listing(result, made, language, found=found)
    told = {row[2] for row in disagreement(result, made, language, found=found).rows}
    listing = replace(listing, rows=tuple(row for row in listing.rows if row[0] not in told))
    if listing.rows:
        yield Heading(text("plan_paper.else_left_out", language) if told else listing.title)
        rest = len(listing.rows) - MOST_LEFT_OUT
        note = text("plan_paper.more_left_out", language, count=rest) if rest > 0 else ""
        yield Table(Listing("", listing.columns, listing.rows[:MOST_LEFT_OUT]), note, size=TABLE_PT)
    never = out_listing(result, made, language)
    if never.rows:
        yield Heading(never.title)
        yield Table(replace(never, title=""), size=TABLE_PT)


def _summed(found: Summed, language: str) -> Table:
    """The table with its sums in the last row; without the sums where there is only one row."""
    listing = found.listing
    if len(listing.rows) < 2:
        return Table(replace(listing, title=""), size=TABLE_PT)
    first = next(at for at, column in enumerate(listing.columns) if column.kind == "text")
    total: list[Cell] = list(found.total)
    total[first] = text("plan_paper.sum", language)
    rows = (*listing.rows, tuple(total))
    return Table(Listing("", listing.columns, rows), totals=frozenset({len(listing.rows)}), size=TABLE_PT)


def _facts(result: Result, made: Plan, language: str) -> tuple[Fact, ...]:
    facts = [Fact(str(name), str(said)) for name, said in plan_basis(made, language, ("worth", "own", "solver")).rows]
    if rules := demands(made.task, result.study, language):
        facts.insert(0, Fact(text("plan_basis.rules", language), "; ".join(rules)))
    zero = [text("finding.plan_zero_assumed", language)] if not made.task.not_doing else []
    return (*facts, *(Fact(text("plan_paper.zero", language), said) for said in zero))
