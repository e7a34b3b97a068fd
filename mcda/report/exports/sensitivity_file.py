"""The sensitivity analysis as files: tables for people on the terminal and as a workbook, JSON for programs."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any, Literal

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mcda.errors import Finding, Issue, MethodError
from mcda.locale import text
from mcda.methods import method
from mcda.portfolio import Plan
from mcda.report.exhibits.acceptability_map import considered_sentence
from mcda.report.exhibits.basis import basis
from mcda.report.exhibits.challengers import least_points
from mcda.report.exhibits.critical_ratings import critical_ratings
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.label_list import considered as labels_considered
from mcda.report.exhibits.method_table import agreement_listing, agreement_sentence, apart_sentence, unanswered
from mcda.report.exhibits.plan_doubts import plan_doubts
from mcda.report.exhibits.ranked_list import Listing, notice_of, study_title
from mcda.report.exhibits.sensitivity_lists import (
    TOP,
    acceptability_listing,
    crossover_listing,
    goals,
    label_listing,
    listing,
    stability_listing,
    what_if_listing,
)
from mcda.report.exports.workbook import Formats, draw_blocks, draw_table, new_sheet, row_height, workbook
from mcda.result import Result
from mcda.robustness.considered import (
    ALL,
    Considered,
    ahead_of_second,
    pairwise_considered,
    played_method,
    sampled,
)
from mcda.robustness.crossover import crossovers, slider_path
from mcda.robustness.doubts import fragile, no_clear_winner, sampling_error
from mcda.robustness.exact_first import exact_first
from mcda.robustness.labels import SETTINGS, Labels, LabelSettings, has_labels, robustness_labels
from mcda.robustness.method_agreement import method_agreement
from mcda.robustness.rating_needed import critical_cells
from mcda.robustness.reversal import RankReversal, rank_reversals
from mcda.robustness.smaa import Acceptability
from mcda.robustness.stability import critical_weights, stability_intervals
from mcda.robustness.what_if import what_if

Question = Literal["crossover", "stability", "what-if", "smaa", "agreement"]
QUESTIONS: tuple[Question, ...] = ("crossover", "stability", "what-if", "smaa", "agreement")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the questions, the situations the sampling considers, where the line of the labels is, and
    the plan whose budget line may be near."""

    questions: tuple[Question, ...] = QUESTIONS
    considered: Considered = ALL
    labels: LabelSettings = SETTINGS
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The answer to one question: its table, and sentences that go with it (what was considered, what to mind)."""

    name: str
    listing: Listing
    notes: tuple[str, ...] = ()


def sections(result: Result, asked: Asked, language: str) -> tuple[Section, ...]:
    """The answers in the order of `QUESTIONS`. Of several questions those the method cannot answer say so in their
    place; one alone raises MethodError. Raises InputError as the questions do."""
    makers: Mapping[Question, Callable[[Result, Asked, str], Sequence[Section]]] = {
        "crossover": _crossover,
        "stability": _stability,
        "what-if": _what_if,
        "smaa": _smaa,
        "agreement": _agreement,
    }
    found: list[Section] = []
    for name in (name for name in QUESTIONS if name in asked.questions):
        try:
            found += makers[name](result, asked, language)
        except MethodError as error:
            if len(asked.questions) == 1:
                raise
            found.append(_unanswered(name, error.issue, language))
    return tuple(found)


def _unanswered(name: Question, issue: Issue, language: str) -> Section:
    """In place of an answer the method does not have: why not."""
    key = name.replace("-", "_")
    return Section(key, listing(key, [("note", "text", 90)], [(issue.sentence(language),)], language))


def sensitivity_xlsx(result: Result, asked: Asked, language: str = "de") -> bytes:
    """The answers as .xlsx: a sheet per table with its notes below, and what all of it rests on.

    Numbers are numbers, texts are never formulas or links; the same result and question give the same bytes.
    """
    found = sections(result, asked, language)

    def draw(book: Workbook, formats: Formats) -> None:
        for part in found:
            sheet = new_sheet(book, part.name, result, language)
            draw_table(sheet, part.listing, formats, len(part.listing.columns))
            last = len(part.listing.rows)
            for below, note in enumerate(part.notes, start=2):
                _write_note(sheet, last + below, part, note, formats)
            sheet.print_area(0, 0, last + 1 + len(part.notes), len(part.listing.columns) - 1)
        draw_blocks(new_sheet(book, "basis", result, language), basis(result, language), formats)

    return workbook(result, language, draw)


def _write_note(sheet: Worksheet, row: int, part: Section, note: str, formats: Formats) -> None:
    """A sentence below a table, over its whole width, in as many lines as it needs."""
    wide = sum(column.width for column in part.listing.columns)
    if len(part.listing.columns) > 1:
        sheet.merge_range(row, 0, row, len(part.listing.columns) - 1, "", formats["text"])
    sheet.write_string(row, 0, note, formats["text"])
    sheet.set_row(row, row_height(ceil(1.15 * len(note) / max(wide, 1))))


def sensitivity_json(result: Result, asked: Asked, language: str = "en") -> bytes:
    """The answers as UTF-8 JSON: study, provenance, one object per question; figures unrounded, weights fractions.

    `smaa` holds the rank acceptabilities by measure (rank 1 first), their standard errors, central weights, mean ranks,
    the holistic index, pairwise winning indices of the first ten, labels, and what was considered. The same result and
    question give the same bytes.
    """
    makers: Mapping[Question, Callable[[Result, Asked], Any]] = {
        "crossover": _crossover_facts,
        "stability": _stability_facts,
        "what-if": _what_if_facts,
        "smaa": _smaa_facts,
        "agreement": _agreement_facts,
    }
    findings = list(_findings(result, asked)) if {"smaa", "stability"} & set(asked.questions) else []
    answers: dict[str, Any] = {}
    for name in (name for name in QUESTIONS if name in asked.questions):
        try:
            answers[name] = makers[name](result, asked)
        except MethodError as error:
            if len(asked.questions) == 1:
                raise
            answers[name] = {"unanswered": error.issue.code, "sentence": error.issue.sentence(language)}
    content = {
        "study": {"title": study_title(result, language), "notice": notice_of(result, language)},
        "provenance": asdict(result.provenance),
        **answers,
        "findings": [
            {"code": one.code, "level": one.level, "sentence": finding_sentence(one, result.study, language)}
            for one in findings
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False, default=_plain) + "\n").encode()


def _crossover(result: Result, _: Asked, language: str) -> Sequence[Section]:
    return (Section("crossover", crossover_listing(result, language)),)


def _stability(result: Result, _: Asked, language: str) -> Sequence[Section]:
    intervals = stability_intervals(result.study, result.matrix, method(result.method), result.weights, top=TOP)
    doubts = fragile(result, intervals, least_points(result))
    told = tuple(finding_sentence(one, result.study, language) for one in doubts)
    return (Section("stability", stability_listing(result, language), told),)


def _what_if(result: Result, _: Asked, language: str) -> Sequence[Section]:
    return (
        Section("what_if", what_if_listing(result, language)),
        Section("critical", critical_ratings(result, language)),
    )


def _smaa(result: Result, asked: Asked, language: str) -> Sequence[Section]:
    found = sampled(result, asked.considered)
    doubts = [*no_clear_winner(result, found, ahead_of_second(result, asked.considered)), *sampling_error(found)]
    told = tuple(finding_sentence(one, result.study, language) for one in doubts)
    said = [considered_sentence(asked.considered, result, language)]
    if played_method(result.method, asked.considered) != result.method:
        said.insert(0, text("ui.sensitivity.acceptance_method", language))
    return (
        Section("smaa", acceptability_listing(result, found, language), (*said, *told)),
        _labels(result, asked, language),
    )


def _labels(result: Result, asked: Asked, language: str) -> Section:
    """How sure every place is, or why that is not said."""
    if not has_labels(result):
        why = [(text("labels.not_offered", language),)]
        return Section("labels", listing("labels", [("note", "text", 90)], why, language))
    found = _sure(result, asked)
    said = labels_considered(found, asked.labels, language)
    return Section("labels", label_listing(result, found, language), (said,))


def _sure(result: Result, asked: Asked) -> Labels:
    return robustness_labels(result, asked.labels, budget_doubts=plan_doubts(result, asked.plan))


def _agreement(result: Result, _: Asked, language: str) -> Sequence[Section]:
    found = method_agreement(result)
    apart = filter(None, [apart_sentence(found, result, language)])
    notes = (agreement_sentence(found, language), *apart, *unanswered(found, language))
    return (Section("agreement", agreement_listing(found, result, language), notes),)


def _findings(result: Result, asked: Asked) -> Sequence[Finding]:
    found: list[Finding] = []
    if "stability" in asked.questions:
        with suppress(MethodError):  # told in the place of the answer
            chosen = method(result.method)
            intervals = stability_intervals(result.study, result.matrix, chosen, result.weights)
            found += fragile(result, intervals, least_points(result))
    if "smaa" in asked.questions:
        drawn = sampled(result, asked.considered)
        found += [*no_clear_winner(result, drawn, ahead_of_second(result, asked.considered)), *sampling_error(drawn)]
    return found


def _crossover_facts(result: Result, _: Asked) -> Any:
    chosen = method(result.method)
    places = {m: i for i, m in enumerate(result.matrix.measures)}
    among = [places[line.measure] for line in result.ranking if line.rank <= TOP]
    return {
        criterion.id: [
            {"weight": swap.t, "ahead_below": swap.a, "ahead_above": swap.b}
            for swap in crossovers(
                result.matrix, chosen, slider_path(result.study, result.weights, criterion.id), among
            )
        ]
        for criterion in result.study.criteria
    }


def _stability_facts(result: Result, _: Asked) -> Any:
    intervals = stability_intervals(result.study, result.matrix, method(result.method), result.weights, top=TOP)
    first, order = critical_weights(intervals)
    return {
        "intervals": [asdict(one) for one in intervals],
        "percent_top": asdict(first) if first else None,
        "percent_any": asdict(order) if order else None,
    }


def _what_if_facts(result: Result, _: Asked) -> Any:
    return {
        "goals": [asdict(what_if(result, target, rivals, top)) for target, rivals, top in goals(result)],
        "critical_ratings": [asdict(cell) for cell in critical_cells(result)],
    }


def _smaa_facts(result: Result, asked: Asked) -> Any:
    found: Acceptability = sampled(result, asked.considered)
    labels = _sure(result, asked) if has_labels(result) else None
    top = tuple(line.measure for line in result.ranking[:TOP])
    expected, errors, holistic = found.expected_ranks(), found.rank_errors(), found.holistic()
    exact = exact_first(result)
    return {
        "considered": asdict(asked.considered),
        "method": played_method(result.method, asked.considered),
        "draws": found.draws,
        "seed": found.seed,
        "leaves": list(result.matrix.leaves),
        "measures": {
            measure: {
                "rank_acceptability": found.shares[i],
                "standard_error": found.standard_error[i],
                "central_weights": found.central_weights.get(measure),
                "expected_rank": expected[i],
                "expected_rank_error": errors[i],
                "holistic": holistic[i],
            }
            for i, measure in enumerate(found.measures)
        },
        "choice_entropy_bits": found.choice_entropy(),
        "exact_first": None if exact is None else asdict(exact),
        "pairwise_winning": {"measures": list(top), "index": pairwise_considered(result, asked.considered, top)},
        "labels": None
        if labels is None
        else {
            "line": labels.line,
            "settings": asdict(asked.labels),
            "people": list(labels.people),
            "measures": [asdict(one) for one in labels.lines],
        },
    }


def _agreement_facts(result: Result, _: Asked) -> Any:
    found = method_agreement(result)
    return {
        "methods": list(found.methods),
        "ranks": {m: found.ranks[:, i] for i, m in enumerate(found.measures)},
        "tau_b": found.tau,
        "ws": found.ws,
        "overlap": {str(top): shares for top, shares in found.overlap.items()},
        "without": {name: issue.code for name, issue in found.without.items()},
        "rank_reversals": {one.method: _reversal_facts(one) for one in rank_reversals(result)},
    }


def _reversal_facts(one: RankReversal) -> Any:
    return {
        "by_construction": one.by_construction,
        "tried": one.tried,
        "changed": one.changed,
        "first_moved": one.first_moved,
        "examples": [
            {
                "list": change.probe.kind,
                "measure": change.probe.measure,
                "swapped": change.swapped,
                "pair": change.example,
            }
            for change in one.examples
        ],
    }


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else str(value)
