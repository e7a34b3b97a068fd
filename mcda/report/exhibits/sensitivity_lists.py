"""The answers of the sensitivity analysis as tables of typed cells: for the workbook and the command line."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from mcda.locale import text
from mcda.methods import method
from mcda.report.exhibits.acceptability_map import likely_ranks
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.ranked_list import Cell, Column, Kind, Listing
from mcda.report.exhibits.weight_lines import path_label
from mcda.report.exhibits.what_if_sentence import what_if_sentence
from mcda.result import Result
from mcda.robustness.crossover import crossovers, slider_path
from mcda.robustness.labels import Labels
from mcda.robustness.smaa import Acceptability
from mcda.robustness.stability import stability_intervals
from mcda.robustness.what_if import what_if

TOP = 10


def listing(
    name: str, columns: Sequence[tuple[str, Kind, int]], rows: Sequence[tuple[Cell, ...]], language: str
) -> Listing:
    """A table whose title and headers stand in the catalogue under `sensitivity`."""
    heads = tuple(Column(key, text(f"sensitivity.column.{key}", language), kind, width) for key, kind, width in columns)
    return Listing(text(f"sensitivity.title.{name}", language), heads, tuple(rows))


def stability_listing(result: Result, language: str, locked: Collection[str] = frozenset()) -> Listing:
    """Every criterion: its weight among its siblings, and from where to where first place, the first ten and the
    whole order hold, with the measure that overtakes at either end."""
    intervals = stability_intervals(
        result.study, result.matrix, method(result.method), result.weights, top=TOP, locked=locked
    )
    kept = {(one.criterion, one.kept): one for one in intervals}
    rows: list[tuple[Cell, ...]] = []
    for criterion in dict.fromkeys(one.criterion for one in intervals):
        first, top, order = (kept[criterion, name] for name in ("first", "top", "order"))
        rivals: list[Cell] = [rival[1] if rival else "" for rival in (first.low_rival, first.high_rival)]
        rows.append(
            (
                path_label(result.study, criterion, language),
                *(first.now, first.low, first.high),
                *rivals,
                *(top.low, top.high, order.low, order.high),
            )
        )
    columns: list[tuple[str, Kind, int]] = [("criterion", "text", 44), ("now", "percent", 10)]
    columns += [("first_low", "percent", 12), ("first_high", "percent", 12)]
    columns += [("low_rival", "text", 14), ("high_rival", "text", 14)]
    columns += [(f"{name}_{end}", "percent", 12) for name in ("top", "order") for end in ("low", "high")]
    return listing("stability", columns, rows, language)


def crossover_listing(result: Result, language: str, locked: Collection[str] = frozenset(), top: int = TOP) -> Listing:
    """Every change of places among the first `top` measures along every criterion's weight, exact."""
    chosen = method(result.method)
    places = {m: i for i, m in enumerate(result.matrix.measures)}
    among = [places[line.measure] for line in result.ranking if line.rank <= top]
    rows: list[tuple[Cell, ...]] = []
    for criterion in result.study.criteria:
        path = slider_path(result.study, result.weights, criterion.id, locked)
        for swap in crossovers(result.matrix, chosen, path, among):
            label = path_label(result.study, criterion.id, language)
            now = result.weights.local[criterion.id]
            rows.append(
                (label, now, swap.t, swap.a, _title(result, swap.a, language), swap.b, _title(result, swap.b, language))
            )
    columns: list[tuple[str, Kind, int]] = [("criterion", "text", 44), ("now", "percent", 10), ("at", "percent", 10)]
    columns += [("below", "text", 9), ("below_title", "text", 40), ("above", "text", 9), ("above_title", "text", 40)]
    return listing("crossover", columns, rows, language)


def goals(result: Result, top: int = TOP) -> list[tuple[str, tuple[str, ...], int]]:
    """What is asked of the first twice `top` measures: to pass the one before, of the first also to come first, of the
    others to be among the first `top`: (measure, rivals, place)."""
    order = [line.measure for line in result.ranking[: 2 * top]]
    asked: list[tuple[str, tuple[str, ...], int]] = [(measure, (before,), 1) for before, measure in pairwise(order)]
    asked += [(measure, (), 1) for measure in order[1 : top + 1]]
    return asked + [(measure, (), top) for measure in order[top:]]


def what_if_listing(result: Result, language: str, top: int = TOP) -> Listing:
    """One sentence per goal: what would have to be true, smallest step first."""
    ranks = {line.measure: line.rank for line in result.ranking}
    rows: list[tuple[Cell, ...]] = []
    for target, rivals, place in goals(result, top):
        found = what_if(result, target, rivals, place)
        goal = text("sensitivity.goal.pass", language, rival=rivals[0]) if rivals else ""
        goal = goal or text(f"sensitivity.goal.{'first' if place == 1 else 'among'}", language, top=place)
        title = _title(result, target, language)
        rows.append((target, title, ranks[target], goal, what_if_sentence(result, found, language)))
    columns: list[tuple[str, Kind, int]] = [("id", "text", 9), ("title", "text", 36), ("rank", "whole", 7)]
    return listing("what_if", [*columns, ("goal", "text", 20), ("needed", "text", 90)], rows, language)


def acceptability_listing(result: Result, found: Acceptability, language: str) -> Listing:
    """Every measure: in what share it gets rank 1 and the first 3, 5 and 10, mean rank, holistic index."""
    expected, errors, holistic = found.expected_ranks(), found.rank_errors(), found.holistic()
    shares = {top: found.within(top) for top in (1, 3, 5, 10)}
    rows: list[tuple[Cell, ...]] = []
    for line in result.ranking:
        at = found.measures.index(line.measure)
        low, high = likely_ranks(found.shares[at])
        rows.append(
            (
                *(line.measure, _title(result, line.measure, language), line.rank),
                *(float(shares[1][at]), float(found.standard_error[at, 0])),
                *(float(shares[top][at]) for top in (3, 5, 10)),
                *(float(expected[at]), float(errors[at]), low, high, float(holistic[at])),
            )
        )
    columns: list[tuple[str, Kind, int]] = [("id", "text", 9), ("title", "text", 40), ("rank", "whole", 7)]
    columns += [("share_1", "percent", 9), ("error_1", "percent", 9)]
    columns += [(f"share_{top}", "percent", 9) for top in (3, 5, 10)]
    columns += [("expected", "number", 9), ("expected_error", "number", 9)]
    columns += [("rank_low", "whole", 8), ("rank_high", "whole", 8), ("holistic", "number", 9)]
    return listing("smaa", columns, rows, language)


def label_listing(result: Result, found: Labels, language: str) -> Listing:
    """Every measure: how sure its place above or below the line is, why not, and every doubt."""
    ranks = {line.measure: line.rank for line in result.ranking}
    reasons = list(found.lines[0].doubts) if found.lines else []
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.measure, _title(result, one.measure, language), ranks[one.measure]),
            text(f"labels.word.{one.label}", language),
            ", ".join(text(f"labels.reason.{reason}", language) for reason in one.reasons),
            *(one.share_above, one.standard_error, *(one.doubts[reason] for reason in reasons)),
        )
        for one in found.lines
    ]
    columns: list[tuple[str, Kind, int]] = [("id", "text", 9), ("title", "text", 40), ("rank", "whole", 7)]
    columns += [
        ("label", "text", 16),
        ("reasons", "text", 30),
        ("share_above", "percent", 10),
        ("error_above", "percent", 10),
    ]
    columns += [(f"doubt_{reason}", "percent", 11) for reason in reasons]
    return listing("labels", columns, rows, language)


def _title(result: Result, measure: str, language: str) -> str:
    return title_of(result.study.measure_by_id[measure], language)
