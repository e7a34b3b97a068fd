"""The facts of a council paper (Sachverhalt): how the list came about and which measures concern this council."""

from collections.abc import Iterator, Sequence

from mcda.funding.costs import ZERO
from mcda.locale import text
from mcda.locale.formats import number
from mcda.report.document import Bullets, Heading, Paragraph, Part, Table
from mcda.report.documents.council_scope import Scope
from mcda.report.exhibits.catalogue import criterion_label, in_language, title_line
from mcda.report.exhibits.decided_beside import decided_beside
from mcda.report.exhibits.decided_order import decided_places, decisions_of
from mcda.report.exhibits.decision_sentences import decision_sentences
from mcda.report.exhibits.how_sure import sure_sentences
from mcda.report.exhibits.label_list import LabelLine, label_lines
from mcda.report.exhibits.list_legend import list_legend
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing
from mcda.report.exhibits.programmes import point_text
from mcda.report.exhibits.ranked_list import study_title
from mcda.report.exhibits.weights_origin import weights_origin
from mcda.report.exhibits.who_took_part import who_took_part

TYPE_PT = 8.0

SEALED: tuple[tuple[str, Kind, int], ...] = (
    *(("decided_place", "whole", 9), ("rank", "whole", 5), ("id", "text", 8), ("title", "text", 44)),
    *(("lead", "text", 26), ("start_year", "year", 6), ("robustness", "text", 16)),
)
OPEN: tuple[tuple[str, Kind, int], ...] = (
    *(("decided_place", "whole", 9), ("rank", "whole", 5), ("title", "text", 40), ("life_cycle_cost_eur", "money", 12)),
    *(("grant_low_eur", "money", 12), ("grant_high_eur", "money", 12), ("own_contribution_eur", "money", 12)),
    ("share", "cents", 13),
)
"""What is told of each measure in public, and what only where the public is not present."""


def facts(scope: Scope) -> Iterator[Part]:
    """How the list came about, the measures that come first, how sure their places are, what was decided so far."""
    result, language = scope.result, scope.language
    yield Heading(scope.say("heading.facts"))
    yield Paragraph(_compared(scope))
    made = (*who_took_part(result, scope.room, language), *weights_origin(result, scope.room, language))
    yield Paragraph(" ".join(made))
    yield Paragraph(_concerned(scope))
    if scope.first:
        table = measures_table(scope)
        totals = frozenset() if scope.public or len(scope.first) < 2 else frozenset({len(table.rows) - 1})
        counted = not scope.public and scope.sums.grant_high > scope.sums.grant_low
        point = scope.say("point", point=point_text(result.study, language)) if counted else ""
        yield Table(table, point, totals=totals, size=TYPE_PT)
        yield from _sure(scope, [column.key for column in table.columns])
    yield Paragraph(" ".join(decision_sentences(result, scope.room, language)))
    decided = decided_beside(result, scope.room, language)
    if decided.rows:
        yield Table(decided, size=TYPE_PT)


def _compared(scope: Scope) -> str:
    result, language = scope.result, scope.language
    sign = "\u00a0%" if language == "de" else "%"
    shares = ((top, number(100 * result.weights.overall[top], language)) for top in result.study.children.get("", ()))
    named = (f"{criterion_label(result.study, top, language)} {share}{sign}" for top, share in shares)
    weights = " ".join(", ".join(named).splitlines())
    others = len(result.study.municipalities) - (1 if scope.voice.municipality else 0)
    key = scope.voice.key if others else "body"
    said = {"title": study_title(result, language), "count": len(result.ranking), "others": others}
    return scope.say(f"compared.{key}", weights=weights, **said)


def _concerned(scope: Scope) -> str:
    """How many measures concern this council, and which come first."""
    facts = {"mine": len(scope.mine), "first": len(scope.first), "called": scope.called, "count": len(scope.first)}
    if scope.first and len(scope.mine) == 1:
        return scope.say(f"only.{scope.voice.key}")
    if not scope.first:
        return scope.say(f"nothing_first.{scope.voice.key}", **facts)
    return scope.say(f"concerned.{scope.voice.key}", **facts)


def measures_table(scope: Scope) -> Listing:
    """The measures that come first, a row each, in the decided order where there is one; not in public with their money
    and the sum of it in the last row."""
    places = decided_places(scope.result, decisions_of(scope.result, scope.room))
    sure = {} if scope.labels is None else {one.measure: one for one in label_lines(scope.labels, scope.language)}
    order = sorted(scope.first, key=lambda name: places.get(name, len(places) + 1))
    rows = [_row(scope, name, sure.get(name)) | {"decided_place": places.get(name)} for name in order]
    columns = SEALED if scope.public else OPEN
    optional = [key for key, _, _ in columns if key not in ("rank", "title", "life_cycle_cost_eur")]
    idle = {key for key in optional if all(row[key] in (None, "") for row in rows)}
    if not scope.result.study.programmes:
        idle |= {"grant_low_eur", "grant_high_eur"}
    kept = [(key, kind, width) for key, kind, width in columns if key not in idle]
    heads = tuple(Column(key, _header(scope, key), kind, width) for key, kind, width in kept)
    cells = [tuple(row[key] for key, _, _ in kept) for row in rows]
    if not scope.public and len(rows) > 1:
        cells.append(tuple(_total(scope, key) for key, _, _ in kept))
    return Listing("", heads, tuple(cells))


def _header(scope: Scope, key: str) -> str:
    if key == "share":
        home = scope.result.study.municipality_by_id[scope.voice.municipality]
        return text("sums.share", scope.language, municipality=home.name)
    if key in ("grant_low_eur", "grant_high_eur"):
        return scope.say(f"column.{key}")  # shorter words: eight columns share an upright page
    if key == "decided_place":
        return text("decided.place", scope.language)
    return text(f"export.column.{key}", scope.language)


def _row(scope: Scope, name: str, sure: LabelLine | None) -> dict[str, Cell]:
    result, language = scope.result, scope.language
    measure, money = result.study.measure_by_id[name], result.money[name]
    rank = next((line.rank for line in result.ranking if line.measure == name), None)
    home, known = scope.voice.municipality, money.cost_known
    return {
        "rank": rank,
        "id": measure.id,
        "title": title_line(measure, language),
        "lead": in_language(measure, "lead", language),
        "start_year": measure.start_year,
        "robustness": f"{sure.sign} {sure.word}" if sure else "",
        "life_cycle_cost_eur": money.life_cycle_gross if known else None,
        "grant_low_eur": money.grant_low if known else None,
        "grant_high_eur": money.grant_high if known else None,
        "own_contribution_eur": money.own_contribution if known else None,
        "share": money.shares.get(home) if known and home else None,
    }


def _total(scope: Scope, key: str) -> Cell:
    sums = scope.sums
    sums_of: dict[str, Cell] = {
        "title": text("sums.total", scope.language),
        "life_cycle_cost_eur": sums.cost,
        "grant_low_eur": sums.grant_low,
        "grant_high_eur": sums.grant_high,
        "own_contribution_eur": sums.own,
        "share": sums.shares.get(scope.voice.municipality, ZERO),
    }
    return sums_of.get(key)


def _sure(scope: Scope, shown: Sequence[str]) -> Iterator[Part]:
    """How sure the places of these measures are, and what the words mean where the table shows them."""
    lines = [line for line in scope.result.ranking if line.measure in scope.first]
    if not lines:
        return
    if told := sure_sentences(scope.result, lines, scope.labels, scope.language):
        yield Bullets(told)
    if scope.labels is not None and "robustness" in shown:
        legend = list_legend(("robustness",), scope.result, scope.labels, scope.language, scope.first)
        yield Paragraph(" ".join(f"{one.label} {one.value}" for one in legend), "small")
