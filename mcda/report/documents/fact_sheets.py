"""Fact sheets (Maßnahmensteckbriefe): one page per measure, with its place, ratings, money and grants."""

from collections.abc import Iterator, Mapping, Sequence

from mcda.locale import text
from mcda.report.document import Bars, Beside, Bullets, Document, Facts, Heading, PageBreak, Paragraph, Part, Table
from mcda.report.documents.confidential import marked, names_amounts
from mcda.report.documents.frame import framed
from mcda.report.exhibits.catalogue import gates_by_measure, title_of
from mcda.report.exhibits.fact_sheet import Fact
from mcda.report.exhibits.label_list import LabelLine, label_lines
from mcda.report.exhibits.labels_once import labels_once
from mcda.report.exhibits.listing import Column, Listing
from mcda.report.exhibits.sheet_fields import SheetFields, about, sheet_fields
from mcda.report.request import Request
from mcda.result import Result
from mcda.robustness.open_ratings import forget_open_ratings
from mcda.workshop.fold import fold

MOST_PROGRAMMES, MOST_STEPS = 4, 4
"""So many programmes and open points fit a page; the dossier tells them all."""


LARGE = 100
"""With more measures than that, setting the pages needs the memory the draws would go on holding."""


def build(result: Result, request: Request) -> Document:
    """The sheets asked for in rank order, measures outside the competition last; several begin with a list of them.

    With a measure's amounts in them, they are marked as not for the public.
    """
    names = in_order(result, request.measures)
    document = _document(result, names, request)
    return marked(document, request.language, public=request.public and not names_amounts(result, names))


def _document(result: Result, names: Sequence[str], request: Request) -> Document:
    if len(names) == 1:
        (one,) = all_fields(result, names, request)
        head = f"{one.words['id']} {one.words['title']}"
        parts = tuple(_sheet(one, 1, request.language))
        return framed(result, "factsheets", parts, request.language, title=head, subtitle=_kind(one), dense=True)
    return framed(result, "factsheets", tuple(_all(result, names, request)), request.language, dense=True)


def in_order(result: Result, measures: Sequence[str]) -> tuple[str, ...]:
    """The measures asked for, or all: by rank, then those outside the competition."""
    ranked = [line.measure for line in result.ranking]
    every = (*ranked, *gates_by_measure(result))
    return tuple(name for name in every if not measures or name in measures)


def all_fields(
    result: Result, names: Sequence[str], request: Request, sure: Mapping[str, LabelLine] | None = None
) -> Iterator[SheetFields]:
    """The fields of these measures, one after the other; how sure their places are is worked out once for all."""
    room = fold(request.room.events) if request.room is not None else None
    lines = sure_lines(result, request.language) if sure is None else sure
    for done, name in enumerate(names):
        yield sheet_fields(result, name, request.language, lines.get(name), room)
        request.told(0.8 * (done + 1) / len(names))


def sure_lines(result: Result, language: str) -> dict[str, LabelLine]:
    """How sure every ranked measure's place is; nothing where the method cannot tell."""
    labels = labels_once(result)
    found = {line.measure: line for line in label_lines(labels, language)} if labels else {}
    if len(result.ranking) > LARGE:
        forget_open_ratings()
    return found


def _all(result: Result, names: Sequence[str], request: Request) -> Iterator[Part]:
    language = request.language
    sure = sure_lines(result, language)
    yield Paragraph(text("sheet.contents_lead", language, count=len(names)))
    columns = (
        Column("rank", text("export.column.rank", language), "text", 8),
        Column("id", text("export.column.id", language), "text", 9),
        Column("title", text("export.column.title", language), "text", 60),
        Column("sure", text("labels.column.label", language), "text", 20),
    )
    yield Table(Listing("", columns, tuple(_line(result, name, sure, language) for name in names)))
    for sheet in all_fields(result, names, request, sure):
        yield PageBreak()
        yield Heading(f"{sheet.words['id']} {sheet.words['title']}")
        if said := _kind(sheet):
            yield Paragraph(said, "small")
        yield from _sheet(sheet, 2, language)
    request.told(1.0)


def _line(result: Result, name: str, sure: Mapping[str, LabelLine], language: str) -> tuple[str, ...]:
    """A measure in the list of sheets: rank, id, title, how sure its place is or why it has none."""
    rank = next((str(line.rank) for line in result.ranking if line.measure == name), "–")
    found = sure.get(name)
    told = f"{found.sign} {found.word}" if found else ""
    if rank == "–":
        gates = gates_by_measure(result)[name]
        told = text(f"ui.standing.{'mandatory' if gates[0].mandatory else 'excluded'}", language)
    return rank, name, title_of(result.study.measure_by_id[name], language), told


def _kind(sheet: SheetFields) -> str:
    return " · ".join(sheet.words[name] for name in ("theme", "category") if sheet.words[name])


def _sheet(sheet: SheetFields, level: int, language: str) -> Iterator[Part]:
    yield Facts(about(sheet, language), text("sheet.about", language))
    left = (Facts(place_facts(sheet, language), text("ui.sheet.position", language)), *_values(sheet, language))
    right = (Facts(sheet.sheet.money, text("ui.sheet.money", language)), *_shares(sheet, language))
    yield Beside(left, right, 0.52)
    yield from _grants(sheet, level, language)


def place_facts(sheet: SheetFields, language: str) -> tuple[Fact, ...]:
    """Where the measure stands, how sure that is and why, and what was decided instead."""
    words, position = sheet.words, sheet.sheet.position
    found = [*position[:4]]
    if words["robustness"]:
        found.append(Fact(text("labels.column.label", language), words["robustness"], words["robustness_reason"]))
    if words["decided_rank"] or words["decided_reason"]:
        name = text("ui.sheet.decided_rank", language)
        found.append(Fact(name, words["decided_rank"] or "–", words["decided_reason"]))
    return tuple(found)


def _values(sheet: SheetFields, language: str) -> Iterator[Part]:
    """The criterion values as bars with their figures beside them."""
    rows = tuple((c.top, c.label, c.share, c.value) for c in sheet.sheet.criteria)
    if all(share is None for _, _, share, _ in rows):
        return
    yield Bars(rows, values_in_words(sheet, language), text("sheet.figure", language))


def values_in_words(sheet: SheetFields, language: str) -> str:
    """What the bars of the criterion values show, for who cannot see them."""
    said = "; ".join(f"{c.label}: {c.value}" for c in sheet.sheet.criteria)
    return text("sheet.figure_alt", language, values=said)


def _shares(sheet: SheetFields, language: str) -> Iterator[Part]:
    if sheet.sheet.shares:
        yield Facts(sheet.sheet.shares, text("ui.sheet.shares", language))
    if sheet.sheet.share_note and sheet.words["own_contribution"]:
        yield Paragraph(sheet.sheet.share_note, "small")


def _grants(sheet: SheetFields, level: int, language: str) -> Iterator[Part]:
    """The programmes considered with their verdict and reasons, what to settle first, and until when."""
    candidates = [line for line in sheet.sheet.programmes if line.candidate]
    if not candidates:
        if sheet.sheet.programmes:
            yield Paragraph(text("ui.sheet.no_candidates", language), "small")
        return
    rows = tuple(
        Fact(
            line.name,
            f"{text(f'export.verdict.{line.verdict}', language)}: {line.grant}",
            " ".join(sentence for verdict, sentence in line.reasons if verdict != "yes"),
        )
        for line in candidates[:MOST_PROGRAMMES]
    )
    yield Facts(rows, text("sheet.programmes_caption", language))
    steps = [*_steps(sheet, language)]
    if steps:
        yield Heading(text("sheet.next_steps", language), level)
        yield Bullets(tuple(steps))


def _steps(sheet: SheetFields, language: str) -> Iterator[str]:
    for deadline in sheet.funding.deadlines[:2]:
        yield text("sheet.apply_by", language, day=deadline.day, programme=deadline.name)
    for point in sheet.funding.to_do[:MOST_STEPS]:
        yield point.sentence
    left = len(sheet.funding.to_do) - MOST_STEPS
    if left > 0:
        yield text("sheet.more_points", language, count=left)
