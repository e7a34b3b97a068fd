"""The ranked list on paper: the table with its rank groups, how to read it, weights, bars, and what stands outside."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mcda.locale import LANGUAGES, text
from mcda.locale.formats import number
from mcda.report.document import Beside, Document, Facts, Figure, Heading, PageBreak, Paragraph, Part, Table
from mcda.report.documents.confidential import marked, shows_amounts
from mcda.report.documents.frame import framed
from mcda.report.documents.in_effect import in_effect
from mcda.report.documents.list_paper import TYPE_PT, fitting, narrowed, on_paper, widest
from mcda.report.exhibits.catalogue import criterion_label, gate_reason, gates_by_measure, title_line, title_of
from mcda.report.exhibits.decided_order import decisions_of
from mcda.report.exhibits.decision_sentences import decided_first, decision_sentences
from mcda.report.exhibits.fact_sheet import Fact
from mcda.report.exhibits.label_list import considered
from mcda.report.exhibits.labels_once import labels_once
from mcda.report.exhibits.list_columns import list_sources, points
from mcda.report.exhibits.list_legend import list_legend
from mcda.report.exhibits.listing import Column, Kind, Listing, picked
from mcda.report.exhibits.plan_short import plan_short
from mcda.report.exhibits.ranked_list import OF_GRANTS, asks_how_sure, list_rows, ranked_list, wanted_columns
from mcda.report.exhibits.score import score_text, score_unit
from mcda.report.exhibits.setting import method_name, scenario_name
from mcda.report.exhibits.tier_names import signed_tier
from mcda.report.figures.ranking_bars import Bar, ranking_bars
from mcda.report.request import Request
from mcda.result import Ranked, Result
from mcda.robustness.labels import SETTINGS, Labels, has_labels, robustness_labels
from mcda.workshop.room import Room

USUAL = (
    *("rank", "decided_place", "id", "tier", "robustness", "title", "life_cycle_cost_eur", "best_programme"),
    *("grant_eur", "own_contribution_eur"),
)
"""What a list shows unless columns are chosen, where the study has it."""

ROOM_FOR = (
    *("lead", "municipalities", "rank_group", "time_horizon", "status", "theme", "category", "staff_fte"),
    "start_year",
)
"""What fills the page where something of the usual is missing, the first that fits first."""

SPARE = ("best_programme", "tier", "grant_eur")
"""What goes first where decisions or a share need its room."""

ORDER = (
    *("rank", "decided_place", "id", "rank_group", "tier", "robustness", "title", "theme", "category", "lead"),
    *("municipalities", "time_horizon", "start_year", "staff_fte", "status", "life_cycle_cost_eur", "best_programme"),
    *("grant_eur", "own_contribution_eur"),
)
"""How the usual columns stand side by side."""

FIRSTS = 3
"""So many measures on rank 1 are named."""

BARS = 60
"""More bars nobody reads."""


def build(result: Result, request: Request) -> Document:
    """The list of the measures asked for, with the columns asked for, else those of the scenario. With a
    measure's amounts in it, it is marked as not for the public.

    Raises InputError for columns and measures that do not exist.
    """
    language = request.language
    result, room = in_effect(result, request)
    request = replace(request, columns=wanted_columns(result, request.columns))
    labels = _labels(result, request)
    listing = _listing(result, request, room, labels)
    paper, tables = on_paper(listing, language)
    lines = list_rows(result, request.measures)
    parts = (
        *_lead(result, lines, room, language),
        *_tables(tables, lines, language),
        *(_reading(result, lines, _explained(listing, lines, request), labels, language) if lines else ()),
        *_bars(result, lines, language),
        *_decided(result, lines, room, language),
        *_outside(result, request.measures, language),
        *_plan(result, request),
    )
    document = framed(result, "list", parts, language, page="landscape", paper=paper)
    return marked(document, language, public=request.public and not shows_amounts(listing))


def _plan(result: Result, request: Request) -> Iterator[Part]:
    """What was worked out to be done together, where it was, in a few sentences."""
    if request.plan is not None:
        yield Heading(text("document.title.plan", request.language))
        yield Paragraph(plan_short(result, request.plan, request.language, public=request.public))


def _explained(listing: Listing, lines: Sequence[Ranked], request: Request) -> tuple[str, ...]:
    """The columns to explain: those shown, and of the usual list the groups, for the lines that part them."""
    grouped = not request.columns and len({line.rank_group for line in lines}) > 1
    return tuple(dict.fromkeys((*(column.key for column in listing.columns), *(("rank_group",) if grouped else ()))))


def _labels(result: Result, request: Request) -> Labels | None:
    """How sure each place is, where it is shown; with a plan also how near its budget line is."""
    shown = asks_how_sure(request.columns) or not request.columns
    if not shown or not has_labels(result):
        return None
    return labels_once(result, request.plan) or robustness_labels(result)


def _listing(result: Result, request: Request, room: Room | None, labels: Labels | None) -> Listing:
    """The columns chosen, or the usual ones that fit, as wide as their words need to be on paper."""
    language = request.language
    offered = {source.key: source.paper for group in list_sources(result, language).values() for source in group}
    share = f"share_{request.municipality}"
    idle = frozenset() if result.study.programmes else OF_GRANTS
    usual = tuple(key for key in (*USUAL, *ROOM_FOR, share) if key in offered and key not in idle)
    keys = request.columns or usual
    found = ranked_list(result, language, keys, measures=request.measures, room=room, labels=labels)
    listing = narrowed(found, offered)
    if request.columns:
        return listing
    others = {
        other: narrowed(ranked_list(result, other, keys, measures=request.measures, room=room, labels=labels), offered)
        for other in LANGUAGES
        if other != language
    }
    filled = [c.key for at, c in enumerate(listing.columns) if any(row[at] not in (None, "") for row in listing.rows)]
    wanted = [key for key in (*USUAL, share) if key in filled]
    chosen = fitting(widest({language: listing, **others}), wanted, SPARE, [key for key in ROOM_FOR if key in filled])
    return picked(listing, tuple(key for key in (*ORDER, share) if key in chosen))


def _lead(result: Result, lines: Sequence[Ranked], room: Room | None, language: str) -> Iterator[Part]:
    """What the list is, in a sentence, how it was made, and whether it is decided."""
    firsts = [title_of(result.study.measure_by_id[x.measure], language) for x in result.ranking if x.rank == 1]
    named = "; ".join(firsts[:FIRSTS]) + ("; …" if len(firsts) > FIRSTS else "")
    decided = decided_first(result, decisions_of(result, room), language)
    lead = text(f"list.paper.lead{'_computed' if decided else ''}", language, count=len(result.ranking), first=named)
    yield Paragraph(f"{decided} {lead}".lstrip(), "lead")
    agreed = room is not None and room.agreed
    setting = text("annex.room_weights", language) if agreed else scenario_name(result, language)
    words = text("list.paper.made", language, method=method_name(result.method, language), setting=setting)
    told = (text("list.paper.advice", language),) if room is None else decision_sentences(result, room, language)
    words = " ".join((words, *told))
    if len(lines) < len(result.ranking):
        chosen = text("list.paper.chosen", language, count=len(lines), all=len(result.ranking))
        words = f"{chosen} {words}"
    yield Paragraph(words)


def _tables(tables: Sequence[Listing], lines: Sequence[Ranked], language: str) -> Iterator[Part]:
    """The list; of a list too wide for a page every part, each under its number."""
    groups = frozenset(at for at, (one, two) in enumerate(pairwise(lines), start=1) if one.rank_group != two.rank_group)
    for part, listing in enumerate(tables, start=1):
        if not lines:
            return
        if part > 1:
            yield PageBreak()
        title = text("list.paper.part", language, part=part, parts=len(tables)) if len(tables) > 1 else ""
        yield Table(Listing(title, listing.columns, listing.rows), groups=groups, size=TYPE_PT)


def _reading(
    result: Result, lines: Sequence[Ranked], keys: Sequence[str], labels: Labels | None, language: str
) -> Iterator[Part]:
    """What the columns mean, beside the weights; below, what was considered for the labels."""
    legend = list_legend(keys, result, labels, language, [line.measure for line in lines])
    weights = Facts(_weights(result, language), text("export.basis.weights", language))
    yield Heading(text("list.paper.reading", language))
    if legend:
        yield Beside((Facts(legend, text("list.paper.columns", language)),), (weights,), share=0.62)
    else:
        yield weights
    if labels is not None and asks_how_sure(keys):
        yield Paragraph(considered(labels, SETTINGS, language), "small")


def _weights(result: Result, language: str) -> tuple[Fact, ...]:
    """Every top criterion with its share, what is below it as a remark."""
    return tuple(
        Fact(
            criterion_label(result.study, top, language),
            _share(result, top, language),
            ", ".join(_below(result, top, language)),
        )
        for top in result.study.children.get("", ())
    )


def _below(result: Result, top: str, language: str) -> Iterator[str]:
    """The criteria without sub-criteria under a top one, with their shares of the whole."""
    for leaf in result.matrix.leaves:
        if leaf != top and result.study.top_of(leaf) == top:
            name = criterion_label(result.study, leaf, language)
            yield f"{name} {_share(result, leaf, language)}"


def _share(result: Result, criterion: str, language: str) -> str:
    """The criterion's share of the whole, its percent sign kept on the line."""
    sign = "\u00a0%" if language == "de" else "%"
    return f"{number(100 * result.weights.overall[criterion], language)}{sign}"


def _bars(result: Result, lines: Sequence[Ranked], language: str) -> Iterator[Part]:
    """The points as bars, in rank order."""
    if len(lines) < 2:
        return
    shown = lines[:BARS]
    bars = tuple(
        Bar(
            words=str(line.rank),
            value=points(result, line.score),
            low=points(result, line.score_low),
            high=points(result, line.score_high),
            group=line.rank_group,
            tier=line.tier,
        )
        for line in shown
    )
    said = {
        "unit": score_unit(result, language),
        "first": _named(result, shown[0], language),
        "last": _named(result, shown[-1], language),
        "most": score_text(result, shown[0].score, language),
        "least": score_text(result, shown[-1].score, language),
        "count": len(shown),
    }
    caption = text("list.paper.bars", language, **said)
    if any(bar.high > bar.low for bar in bars):
        why = "open" if result.study.programmes else "missing"
        caption = f"{caption} {text(f'list.paper.bars_{why}', language)}"
    if len(shown) < len(lines):
        caption = f"{caption} {text('list.chart.first_only', language, count=BARS, all=len(lines))}"
    yield Heading(text("list.paper.points", language))
    svg = ranking_bars(bars, text("export.column.rank_group", language), language)
    yield Figure(svg, text("list.paper.bars_alt", language, **said), caption)


def _named(result: Result, line: Ranked, language: str) -> str:
    return title_line(result.study.measure_by_id[line.measure], language)


def _decided(result: Result, lines: Sequence[Ranked], room: Room | None, language: str) -> Iterator[Part]:
    """Where people decided otherwise than computed, with their reasons."""
    decisions = decisions_of(result, room)
    rows = tuple(
        (_named(result, x, language), x.rank, made.rank, signed_tier(made.tier, language), made.reason)
        for x in lines
        if (made := decisions.get(x.measure)) is not None
    )
    if not rows:
        return
    keys = ("title", "rank", "decided_rank", "decided_tier", "decided_reason")
    kinds: tuple[Kind, ...] = ("text", "whole", "whole", "text", "text")
    columns = tuple(
        Column(key, text(f"export.column.{key}", language), kind, width)
        for key, kind, width in zip(keys, kinds, (40, 6, 8, 12, 60), strict=True)
    )
    kept = tuple(c.key for at, c in enumerate(columns) if any(row[at] not in (None, "") for row in rows))
    yield Heading(text("list.paper.decided", language))
    yield Paragraph(text("list.paper.decided_about", language))
    yield Table(picked(Listing("", columns, rows), kept), size=TYPE_PT)


def _outside(result: Result, measures: Sequence[str], language: str) -> Iterator[Part]:
    """What is not ranked, and why."""
    gates = {name: found for name, found in gates_by_measure(result).items() if not measures or name in measures}
    if not gates:
        return
    study = result.study
    columns = (
        Column("title", text("export.column.title", language), "text", 40),
        Column("reason", text("list.paper.why", language), "text", 60),
    )
    rows = tuple(
        (title_of(study.measure_by_id[name], language), gate_reason(study, found, language))
        for name, found in gates.items()
    )
    yield Heading(text("export.basis.outside", language))
    yield Table(Listing("", columns, rows), size=TYPE_PT)
