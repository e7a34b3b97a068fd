"""The annex to a council paper: two pages that say how the order came about, how sure it is and what it costs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mcda.locale import text
from mcda.locale.formats import number
from mcda.report.document import Beside, Bullets, Document, Facts, Figure, Heading, Paragraph, Part, Table
from mcda.report.documents.annex_money import money_parts
from mcda.report.documents.annex_result import result_parts
from mcda.report.documents.confidential import marked, names_amounts
from mcda.report.documents.frame import framed
from mcda.report.documents.in_effect import in_effect
from mcda.report.exhibits.catalogue import criterion_label, gate_reason, gates_by_measure, title_line
from mcda.report.exhibits.decided_beside import decided_beside
from mcda.report.exhibits.decided_order import decisions_of
from mcda.report.exhibits.decided_tiers import decided_tiers
from mcda.report.exhibits.decision_sentences import decided_first, decision_sentences
from mcda.report.exhibits.fact_sheet import Fact
from mcda.report.exhibits.labels_once import labels_once
from mcda.report.exhibits.listing import Column, Listing, picked
from mcda.report.exhibits.method_note import method_paragraph
from mcda.report.exhibits.money_sums import paid_measures
from mcda.report.exhibits.origin_code import origin_code
from mcda.report.exhibits.people_weights import people_weights
from mcda.report.exhibits.ranked_list import study_title
from mcda.report.exhibits.setting import method_name, scenario_name
from mcda.report.exhibits.upsets import upsets
from mcda.report.exhibits.weights_origin import weights_origin
from mcda.report.exhibits.who_took_part import who_took_part
from mcda.report.figures.qr_code import qr_code
from mcda.report.request import Request
from mcda.result import Result
from mcda.workshop.room import Room

TYPE_PT = 8.8
TABLE_PT = 7.8
GROUP = 16
LEADERS = 3
"""So many measures that are level in front are named."""

OUTSIDE = 4
DECISIONS = 6
"""So many measures outside and decisions are told here; all stand in the ranked list and the minutes."""


def build(result: Result, request: Request) -> Document:
    """The annex, public or not; with a workshop as it agreed and decided. Raises InputError as `fold` does."""
    found, room = in_effect(result, request)
    language, public = request.language, request.public
    labels = labels_once(found)
    tiers = decided_tiers(found, decisions_of(found, room))
    parts = (
        *_question(found, room, language),
        *_people(found, room, language),
        *_weights(found, room, language),
        *result_parts(found, labels, tiers, language, public=public),
        *_changes(found, room, language, public=public),
        *_decided(found, room, language),
        *money_parts(found, tiers, language, public=public),
        *_outside(found, language),
        Heading(text("annex.heading.method", language)),
        _how_made(found, room, request, language),
    )
    free = "" if names_amounts(found, paid_measures(found)) else "_free"
    document = framed(found, "annex", parts, language, subtitle=text(f"annex.subtitle{free}", language))
    return marked(replace(document, type_pt=TYPE_PT), language, public=public)


def _question(result: Result, room: Room | None, language: str) -> Iterator[Part]:
    study, count = result.study, len(result.ranking)
    made = decisions_of(result, room)
    yield Paragraph(f"{decided_first(result, made, language)} {_lead(result, language)}".strip(), "lead")
    members = [m.name for m in study.municipalities]
    advice = text("annex.advice_decided" if made else "annex.advice", language)
    asked = text("annex.question", language, title=study_title(result, language), count=count, advice=advice)
    if len(members) > 1:
        names = ", ".join(members[:12]) + (" …" if len(members) > 12 else "")
        asked += " " + text("annex.members", language, count=len(members), names=names)
    outside = len(gates_by_measure(result))
    asked += " " + text("annex.outside_count" if outside else "annex.outside_none", language, count=outside)
    yield Paragraph(asked)


def _lead(result: Result, language: str) -> str:
    """Who is in front: the first, or those that cannot be told apart from it."""
    tied = [line.measure for line in result.ranking if line.rank == 1]
    group = [line.measure for line in result.ranking if line.rank_group == result.ranking[0].rank_group]
    level = len(tied) > 1
    group = tied if level else group
    size, count = len(group), len(result.ranking)
    named = group[:LEADERS] if size <= LEADERS else group[:1]
    first = "; ".join(title_line(result.study.measure_by_id[name], language) for name in named)
    key = "lead" if size == 1 else "lead_tied" if level else "lead_level"
    return text(f"annex.{key}{'_many' if size > LEADERS else ''}", language, count=count, size=size, first=first)


def _people(result: Result, room: Room | None, language: str) -> Iterator[Part]:
    told = who_took_part(result, room, language)
    if told:
        yield Heading(text("annex.heading.people", language))
        yield Paragraph(" ".join(told))


def _weights(result: Result, room: Room | None, language: str) -> Iterator[Part]:
    """The main criteria with their weights, what each asks, and how the weights came about."""
    columns = (
        Column("criterion", text("export.basis.criterion", language), "text", 20),
        Column("weight", text("annex.weight", language), "text", 9),
        Column("about", text("annex.about", language), "text", 90),
    )
    rows = tuple(
        (criterion_label(result.study, top, language), _share(result, top, language), _about(result, top, language))
        for top in result.study.children.get("", ())
    )
    yield Heading(text("annex.heading.weights", language))
    kept = ("criterion", "weight", *(("about",) if any(row[2] for row in rows) else ()))
    yield Table(picked(Listing("", columns, rows), kept), size=TABLE_PT)
    asked = people_weights(result, language) if room is None else ""
    yield Paragraph(" ".join(filter(None, (*weights_origin(result, room, language), asked))))


def _about(result: Result, top: str, language: str) -> str:
    """The criterion's question, and the criteria below it with their share of the whole."""
    row = result.study.criterion_by_id[top]
    asks = (row.description_en if language == "en" else "") or row.description_de
    below = [
        f"{criterion_label(result.study, leaf, language)} {_share(result, leaf, language)}"
        for leaf in result.matrix.leaves
        if leaf != top and result.study.top_of(leaf) == top
    ]
    return " ".join(filter(None, (asks, text("annex.below", language, names=", ".join(below)) if below else "")))


def _share(result: Result, criterion: str, language: str) -> str:
    sign = "\u00a0%" if language == "de" else "%"
    return f"{number(100 * result.weights.overall[criterion], language)}{sign}"


def _changes(result: Result, room: Room | None, language: str, *, public: bool) -> Iterator[Part]:
    told = upsets(result, language, public=public, people=room is None)
    if told:
        yield Heading(text("annex.heading.changes", language))
        yield Bullets(told)


def _decided(result: Result, room: Room | None, language: str) -> Iterator[Part]:
    """What was decided, by whom, with the reasons written down; or that nothing is decided yet."""
    listing = decided_beside(result, room, language)
    yield Heading(text("annex.heading.decided", language))
    yield Paragraph(" ".join(decision_sentences(result, room, language)))
    if listing.rows:
        yield Table(Listing("", listing.columns, listing.rows[:DECISIONS]), _more(listing, language), size=TABLE_PT)


def _more(listing: Listing, language: str) -> str:
    rest = len(listing.rows) - DECISIONS
    return text("annex.more_decisions", language, count=rest) if rest > 0 else ""


def _outside(result: Result, language: str) -> Iterator[Part]:
    gates = gates_by_measure(result)
    if not gates:
        return
    study = result.study
    told = [
        text(
            "annex.outside",
            language,
            title=title_line(study.measure_by_id[name], language),
            reason=gate_reason(study, found, language),
        )
        for name, found in list(gates.items())[:OUTSIDE]
    ]
    if len(gates) > OUTSIDE:
        told.append(text("annex.more_outside", language, count=len(gates) - OUTSIDE))
    yield Heading(text("annex.heading.outside", language))
    yield Bullets(tuple(told))


def _how_made(result: Result, room: Room | None, request: Request, language: str) -> Part:
    """The method in a paragraph and what makes every number again, beside them the same as a code."""
    events = request.room.events if request.room else ()
    last = events[-1].hash if events else ""
    words = origin_code(result, room, last)
    alt = text("annex.code_alt", language, words=words.replace("\n", "; "))
    told = (
        Paragraph(method_paragraph(result, language, groups=False)),
        Heading(text("annex.heading.provenance", language)),
        Facts(_facts(result, room, last, language), text("annex.origin", language)),
    )
    code = (Figure(qr_code(words), alt), Paragraph(text("annex.code", language), "small"))
    return Beside(told, code, share=0.82)


def _facts(result: Result, room: Room | None, last: str, language: str) -> tuple[Fact, ...]:
    made = result.provenance
    rows: Mapping[str, str] = {
        text("export.basis.version", language): text("annex.made", language, version=made.version, seed=str(made.seed)),
        text("export.basis.scenario", language): text(
            "annex.setting",
            language,
            setting=text("annex.room_weights", language) if room and room.agreed else scenario_name(result, language),
            method=method_name(result.method, language),
        ),
        text("export.basis.input_hash", language): _grouped(made.input_hash),
        **({text("annex.contact", language): contact} if (contact := result.study.study.contact) else {}),
        **(
            {text("annex.log", language): text("annex.log_at", language, seq=room.seq, hash=last[:GROUP])}
            if room
            else {}
        ),
    }
    return tuple(Fact(name, value) for name, value in rows.items())


def _grouped(digest: str) -> str:
    """A checksum in groups, for eyes that compare it and lines that must break."""
    return " ".join(digest[at : at + GROUP] for at in range(0, len(digest), GROUP))
