"""What the live board draws, made from two results: every text and number is finished here, none in the browser."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mcda.funding.records import MeasureMoney
from mcda.locale import text
from mcda.locale.formats import day, fixed, money, number
from mcda.report.exhibits.catalogue import (
    criterion_label,
    gate_reason,
    gates_by_measure,
    title_of,
)
from mcda.report.exhibits.findings import finding_lines
from mcda.report.exhibits.programmes import programme_name
from mcda.report.exhibits.setting import method_name, scenario_name
from mcda.report.exhibits.trade_sentence import heaviest_trade
from mcda.result import Ranked, Result
from mcda.scenario import GROUP
from mcda.study.model import Study
from mcda.weights.stored import people_with_answers
from mcda.weights.tree import points_of

_SHOWN_FINDINGS = 3
_SECOND_OPINION = "pymcdm:"


def board_payload(result: Result, baseline: Result, language: str) -> dict[str, Any]:
    """The ranking as the board shows it, as JSON values: rows with arrows against `baseline`, points, findings.

    `points` holds the exact weights (siblings sum to 100) and is what a move starts from; `shown` the same
    rounded to tenths that still sum to 100; `trade` is what they mean in an amount. A row's `score_value` is the
    score to the last digit.
    """
    points = points_of(result.study, result.weights)
    rows = _rows(result, baseline, language)
    moved = sum(row["move"] != 0 for row in rows)
    return {
        "points": points,
        "trade": heaviest_trade(result.study, result.weights, language),
        "shown": shown_points(result.study, points, language),
        "rows": rows,
        "gated": _gated(result, language),
        "findings": _findings(result, language),
        "compared": text("board.compared", language, name=baseline_name(result, baseline, language)),
        "said": text("board.said", language, first=rows[0]["title"], moved=str(moved)) if rows else "",
        "provenance": _provenance(result, language),
        "method": result.method,
        "method_help": method_help(result.method, language),
        "profile": _preset(result),
        "as_study": not result.scenario.weights and not result.scenario.profile,
    }


def _preset(result: Result) -> str:
    """The starting point in force: none with own weights, and a part of the group is not the whole group."""
    scenario = result.scenario
    if scenario.profile == GROUP and scenario.people:
        everybody = set(people_with_answers(result.study)) <= set(scenario.people)
        return GROUP if everybody and not scenario.weights else ""
    return "" if scenario.weights else scenario.profile


def shown_points(study: Study, points: Mapping[str, float], language: str) -> dict[str, str]:
    """Points as people read them: tenths by largest remainder, so that what is seen also sums to 100."""
    shown: dict[str, str] = {}
    for siblings in study.children.values():
        tenths = _to_tenths([points[s] for s in siblings])
        shown |= {s: _short(t / 10, language) for s, t in zip(siblings, tenths, strict=True)}
    return shown


def baseline_name(result: Result, baseline: Result, language: str) -> str:
    """What the arrows compare with: whose weights, and method and as-of date where they are others than now."""
    parts = [scenario_name(baseline, language)]
    if baseline.method != result.method:
        parts.append(method_name(baseline.method, language))
    if baseline.provenance.as_of != result.provenance.as_of:
        as_of = day(date.fromisoformat(baseline.provenance.as_of), language)
        parts.append(text("board.as_of", language, day=as_of))
    return ", ".join(parts)


def method_help(method: str, language: str) -> str:
    """One or two sentences on what a method does, its technical name last."""
    return text(f"board.method_help.{'second_opinion' if method.startswith(_SECOND_OPINION) else method}", language)


def _rows(result: Result, baseline: Result, language: str) -> list[dict[str, Any]]:
    was = {line.measure: line.rank for line in baseline.ranking}
    same_scale = not result.method.startswith(_SECOND_OPINION)
    scale = _Scale(result.ranking, same_scale)
    return [_row(result, line, was.get(line.measure), scale, language) for line in result.ranking]


def _row(result: Result, line: Ranked, was: int | None, scale: "_Scale", language: str) -> dict[str, Any]:
    measure = result.study.measure_by_id[line.measure]
    return {
        "id": line.measure,
        "rank": line.rank,
        "group": line.rank_group,
        "title": title_of(measure, language),
        "score_value": line.score,
        "score": scale.written(line.score, language),
        "parts": scale.widths(line),
        "parts_text": _parts_text(result.study, line, scale, language),
        "incomplete": line.incomplete,
        **_interval(line, scale, language),
        **_move(line.rank, was, language),
        **_money(result.study, result.money[line.measure], language),
    }


class _Scale:
    """How long a bar is and how a score is written: points of 100 on fixed bounds, else the method's own figures."""

    __slots__ = ("hundred", "low", "span", "split")

    def __init__(self, ranking: Sequence[Ranked], hundred: bool) -> None:
        scores = [line.score for line in ranking]
        inside = bool(scores) and min(scores) >= 0 and max(scores) <= 1
        self.hundred = hundred
        self.split = inside and all(part >= 0 for line in ranking for part in line.contributions.values())
        self.low = 0.0 if inside or not scores else min(scores)
        self.span = 1.0 if inside or not scores else max(scores) - self.low or 1.0

    def written(self, score: float, language: str) -> str:
        """The score as text."""
        return _fixed(round(100 * score, 1), language, 1) if self.hundred else _fixed(round(score, 3), language, 3)

    def widths(self, line: Ranked) -> list[float]:
        """Percent of the full bar per top criterion; a single piece where the score has no split."""
        if self.split and line.contributions:
            return [round(100 * part, 2) for part in line.contributions.values()]
        return [round(100 * (line.score - self.low) / self.span, 2)]


def _parts_text(study: Study, line: Ranked, scale: _Scale, language: str) -> str:
    if not scale.split:
        return ""
    return " · ".join(
        text("board.part", language, name=criterion_label(study, top, language), points=scale.written(part, language))
        for top, part in line.contributions.items()
    )


def _interval(line: Ranked, scale: _Scale, language: str) -> dict[str, str]:
    if not line.incomplete or line.score_low == line.score_high:
        return {"interval": "", "interval_text": ""}
    low, high = scale.written(line.score_low, language), scale.written(line.score_high, language)
    return {
        "interval": text("board.interval", language, low=low, high=high),
        "interval_text": text("board.incomplete", language, low=low, high=high),
    }


def _move(rank: int, was: int | None, language: str) -> dict[str, Any]:
    if was is None:
        return {"move": 0, "arrow": text("board.new", language), "move_text": text("board.moved_new", language)}
    places = was - rank
    if not places:
        return {"move": 0, "arrow": "", "move_text": text("board.moved_not", language)}
    key = f"board.moved_{'up' if places > 0 else 'down'}{'_one' if abs(places) == 1 else ''}"
    params = {"was": str(was)} | ({} if abs(places) == 1 else {"count": str(abs(places))})
    arrow = f"{'▲' if places > 0 else '▼'} {abs(places)}"
    return {"move": places, "arrow": arrow, "move_text": text(key, language, **params)}


def _money(study: Study, amounts: MeasureMoney, language: str) -> dict[str, str]:
    open_amount = amounts.cost_known and amounts.own_contribution_low != amounts.own_contribution_high
    own = _euro(amounts.own_contribution, language) if amounts.cost_known else text("amount.unknown", language)
    ends = {
        "low": _euro(amounts.own_contribution_low, language).removesuffix(" €"),
        "high": _euro(amounts.own_contribution_high, language),
    }
    best = amounts.best
    return {
        "own": own,
        "own_interval": text("board.interval", language, **ends) if open_amount else "",
        "own_text": text("board.own_interval", language, **ends) if open_amount else "",
        "programme": programme_name(study, best.programme, language) if best else "",
        "verdict": best.verdict if best else "",
        "verdict_text": text(f"board.verdict.{best.verdict}", language)
        if best
        else text("board.no_programme", language),
    }


def _gated(result: Result, language: str) -> list[dict[str, Any]]:
    """Mandatory tasks by title, excluded measures with every reason; a list that would be empty is left out."""
    mandatory, excluded = [], []
    for measure, gates in gates_by_measure(result).items():
        title = title_of(result.study.measure_by_id[measure], language)
        if gates[0].mandatory:
            mandatory.append(title)
        else:
            excluded.append(f"{title}: {gate_reason(result.study, gates, language)}")
    lists = (("board.mandatory", mandatory), ("board.excluded", excluded))
    return [{"heading": text(key, language, count=str(len(lines))), "lines": lines} for key, lines in lists if lines]


def _findings(result: Result, language: str) -> dict[str, Any]:
    lines = [
        {
            "level": line.level,
            "level_text": text(f"board.level.{line.level}", language),
            "sentence": line.sentence,
        }
        for line in finding_lines(result, language)
    ]
    rest = lines[_SHOWN_FINDINGS:]
    more = text("board.more_findings", language, count=str(len(rest))) if rest else ""
    return {"first": lines[:_SHOWN_FINDINGS], "rest": rest, "more": more}


def _provenance(result: Result, language: str) -> str:
    source = result.provenance
    return text(
        "board.provenance",
        language,
        version=source.version,
        inputs=source.input_hash[:12],
        scenario=scenario_name(result, language),
        method=method_name(source.method, language),
        as_of=day(date.fromisoformat(source.as_of), language),
        seed=str(source.seed),
    )


def _to_tenths(points: Sequence[float]) -> list[int]:
    """Whole tenths that sum to 1000, each next to its own value: largest remainder, of equal ones the smallest
    weight's, so that equal small weights look equal and the largest gives way."""
    floors = [int(10 * p) for p in points]
    missing = 1000 - sum(floors)
    by_rest = sorted(range(len(points)), key=lambda i: (round(floors[i] - 10 * points[i], 6), round(points[i], 6)))
    return [tenth + (i in by_rest[:missing]) for i, tenth in enumerate(floors)]


@lru_cache(maxsize=8192)
def _fixed(value: float, language: str, digits: int) -> str:
    return fixed(value, language, digits)


@lru_cache(maxsize=4096)
def _short(value: float, language: str) -> str:
    return number(value, language, 1)


@lru_cache(maxsize=4096)
def _euro(amount: Decimal, language: str) -> str:
    return money(amount, language, cents=False)
