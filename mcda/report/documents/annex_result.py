"""The annex's middle: the first of the ranking with their rank groups, and how sure their places are."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from mcda.locale import text
from mcda.report.document import Bullets, Heading, Paragraph, Part, Table
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.how_sure import sure_sentences
from mcda.report.exhibits.label_list import LabelLine, considered, label_lines
from mcda.report.exhibits.list_columns import points
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing
from mcda.report.exhibits.tier_names import tier_name, tier_starts
from mcda.result import Ranked, Result
from mcda.robustness.labels import SETTINGS, Labels

SHOWN = 10
TYPE_PT = 7.8
SEALED: tuple[tuple[str, Kind, int], ...] = (
    *(("rank", "whole", 5), ("title", "text", 42), ("rank_group", "whole", 7), ("tier", "text", 8)),
    *(("robustness", "text", 46), ("score", "points", 7)),
)
OPEN: tuple[tuple[str, Kind, int], ...] = (
    *(("rank", "whole", 5), ("title", "text", 48), ("rank_group", "whole", 7), ("robustness", "text", 14)),
    *(("life_cycle_cost_eur", "money", 12), ("grant_eur", "money", 12), ("own_contribution_eur", "money", 12)),
)
"""The columns for the public, and those with the money of single measures."""

TIER_REST = 6
"""So many measures of the first tier are named below the table."""

REASONS = 4
"""So many reasons stand in the table, none where money needs the room; all are counted below it."""


def result_parts(
    result: Result, labels: Labels | None, tiers: Mapping[str, int], language: str, *, public: bool
) -> Iterator[Part]:
    """The first ten with rank group, tier and how sure; not in public also with their money. Then what makes it sure
    or not, and in small print what was considered."""
    lines = result.ranking[:SHOWN]
    groups = frozenset(at for at, (a, b) in enumerate(pairwise(lines), start=1) if a.rank_group != b.rank_group)
    rest = len(result.ranking) - len(lines)
    yield Heading(text("annex.heading.result", language))
    yield Table(
        _listing(result, lines, labels, tiers, language, public=public),
        note=" ".join(
            (
                *((text("annex.more", language, count=rest),) if rest else ()),
                *((text("annex.rounded", language),) if public else ()),
                *_same_tier(result, lines, tiers, language),
                *_legend(result, language, public=public),
            )
        ),
        groups=groups,
        size=TYPE_PT,
    )
    if told := sure_sentences(result, lines, labels, language):
        yield Heading(text("annex.heading.sure", language))
        yield Bullets(told)
    if labels is not None:
        yield Paragraph(considered(labels, SETTINGS, language), "small")


def _same_tier(result: Result, lines: Sequence[Ranked], tiers: Mapping[str, int], language: str) -> Iterator[str]:
    """Who else belongs to the first tier but stands below the table."""
    top = min(tiers.values())
    below = [line for line in result.ranking[len(lines) :] if tiers[line.measure] == top]
    if not 0 < len(below) <= TIER_REST:
        return
    names = "; ".join(
        text(
            "annex.ranked",
            language,
            rank=str(line.rank),
            title=title_line(result.study.measure_by_id[line.measure], language),
        )
        for line in below
    )
    yield text("annex.tier_rest", language, tier=tier_name(top, language), names=names)


def _legend(result: Result, language: str, *, public: bool) -> Iterator[str]:
    """What a rank group is, and a tier where one is shown."""
    yield text("annex.rank_group_words", language)
    if public:
        yield text("annex.tiers", language, tiers="; ".join(tier_starts(result, language, signed=False)))


def _listing(
    result: Result,
    lines: Sequence[Ranked],
    labels: Labels | None,
    tiers: Mapping[str, int],
    language: str,
    *,
    public: bool,
) -> Listing:
    columns = SEALED if public else OPEN
    told = REASONS if public else 0
    sure = {} if labels is None else {one.measure: one for one in label_lines(labels, language)}
    rows = [_row(result, line, sure.get(line.measure), tiers, told, language) for line in lines]
    idle = {"robustness"} if labels is None else set()
    idle |= set() if result.study.programmes else {"grant_eur"}
    heads = tuple(
        Column(key, _head(key, labels, language), kind, width) for key, kind, width in columns if key not in idle
    )
    return Listing("", heads, tuple(tuple(row[head.key] for head in heads) for row in rows))


def _head(key: str, labels: Labels | None, language: str) -> str:
    """The column's name; of how sure a place is, the question that is answered."""
    if key == "rank_group":
        return text("annex.rank_group", language)
    if key != "robustness" or labels is None:
        return text(f"export.column.{key}", language)
    asked = "_budget" if labels.budget_eur is not None else "_one" if labels.line == 1 else ""
    return text(f"annex.sure{asked}", language, line=labels.line)


def _row(
    result: Result, line: Ranked, sure: LabelLine | None, tiers: Mapping[str, int], reasons: int, language: str
) -> Mapping[str, Cell]:
    money = result.money[line.measure]
    known = money.cost_known
    return {
        "rank": line.rank,
        "title": title_line(result.study.measure_by_id[line.measure], language),
        "rank_group": line.rank_group,
        "tier": tier_name(tiers[line.measure], language),
        "robustness": _sure(sure, reasons),
        "score": points(result, line.score),
        "life_cycle_cost_eur": money.life_cycle_gross if known else None,
        "grant_eur": money.grant if known else None,
        "own_contribution_eur": money.own_contribution if known else None,
    }


def _sure(one: LabelLine | None, most: int) -> str:
    """'◐ umstritten: Beteiligte', with the strongest reasons."""
    if one is None:
        return ""
    reasons = ", ".join(one.reasons.split(", ")[:most])
    return f"{one.sign} {one.word}" + (f": {reasons}" if reasons else "")
