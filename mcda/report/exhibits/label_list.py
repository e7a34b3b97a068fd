"""How sure every measure's place is, in words: the label, its reasons, and what was considered."""

from dataclasses import dataclass

import pandas as pd

from mcda.locale import text
from mcda.locale.formats import fixed, money, number, percent
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.shares import share_percent
from mcda.result import Result
from mcda.robustness.labels import Labels, LabelSettings, Robustness

SMALL = 0.05
"""A standard error below so many percentage points would be told as nothing."""


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One measure. `sign` and `word` are the label, `reasons` its reasons in single words (empty unless contested),
    `why` the same as sentences with shares. `percent` and, in a sentence, `share`: how often it is above the line with
    weights and ratings open."""

    measure: str
    label: str
    sign: str
    word: str
    reasons: str
    why: str
    percent: str
    share: str


def label_lines(found: Labels, language: str) -> tuple[LabelLine, ...]:
    """The labels in rank order as texts."""
    return tuple(_line(one, found, language) for one in found.lines)


def label_table(found: Labels, result: Result, language: str) -> pd.DataFrame:
    """One row per measure in rank order: rank, label, reasons, the share above the line and every doubt."""
    ranks = {line.measure: line.rank for line in result.ranking}
    reasons = list(found.lines[0].doubts) if found.lines else []
    rows = [
        (
            f"{one.measure} {title_of(result.study.measure_by_id[one.measure], language)}",
            str(ranks[one.measure]),
            text(f"labels.word.{one.label}", language),
            ", ".join(text(f"labels.reason.{reason}", language) for reason in one.reasons),
            share_percent(one.share_above, language),
            *(share_percent(one.doubts[reason], language) for reason in reasons),
        )
        for one in found.lines
    ]
    heads = [text(f"labels.column.{name}", language) for name in ("measure", "rank", "label", "reasons", "above")]
    doubts = [
        text("labels.column.doubt", language, reason=text(f"labels.reason.{reason}", language)) for reason in reasons
    ]
    return pd.DataFrame(rows, columns=[*heads, *doubts])


def question(found: Labels, language: str) -> str:
    """What the labels answer: among the first so many, or within the budget."""
    if found.budget_eur is None:
        return text(f"labels.question{'_one' if found.line == 1 else ''}", language, line=found.line)
    return text("labels.question_budget", language, budget=money(found.budget_eur, language, cents=False))


def considered(found: Labels, settings: LabelSettings, language: str) -> str:
    """What was considered, with draws, largest standard error and seed: goes with every label."""
    parts = {"people": "", "methods": "", "budget": ""}
    spread = {"draws": number(found.draws, language), "spread": number(settings.spread, language)}
    parts["weights"] = text("labels.considered_weights", language, **spread) if found.criteria > 1 else ""
    open_ = "data" if found.priced else "ratings"
    parts["data"] = text(f"labels.considered_{open_}", language, draws=number(found.data_draws, language))
    if found.people:
        parts["people"] = text("labels.considered_people", language, count=len(found.people))
    if others := [name for name in settings.methods if name != found.method]:
        parts["methods"] = text("labels.considered_methods", language, count=len(others) + 1)
    if found.budget_eur is not None:
        low, high = ((1 + side * settings.budget_slack) * found.budget_eur for side in (-1, 1))
        ends = {"low": money(low, language, cents=False), "high": money(high, language, cents=False)}
        parts["budget"] = text("labels.considered_budget", language, **ends)
    elif any("budget" in one.doubts for one in found.lines):
        parts["budget"] = text("labels.considered_plan", language, slack=percent(settings.budget_slack, language))
    said = text(
        "labels.considered",
        language,
        question=question(found, language),
        error=_error(found, language),
        seed=str(found.seed),
        **parts,
    )
    limits = {"secure": percent(settings.secure, language), "contested": percent(settings.contested, language)}
    return f"{said} {text('labels.thresholds', language, **limits)}"


def _told(reason: str, found: Labels) -> str:
    """The key of a reason's sentence: without costs nothing is said of them."""
    return "ratings" if reason == "data" and not found.priced else reason


def _error(found: Labels, language: str) -> str:
    """The largest standard error; one that is nothing when rounded is called small, for it never is nothing."""
    points = 100 * max((one.standard_error for one in found.lines), default=0.0)
    if points < SMALL:
        return text("labels.error_small", language)
    return text("labels.error", language, error=fixed(points, language, 1))


def _line(one: Robustness, found: Labels, language: str) -> LabelLine:
    shown = {"share": share_percent(one.share_above, language), "line": found.line}
    key = "above_budget" if found.budget_eur is not None else "above_one" if found.line == 1 else "above"
    above = text(f"labels.{key}", language, **shown)
    why = [
        text(f"labels.sentence.{_told(reason, found)}", language, share=share_percent(one.doubts[reason], language))
        for reason in one.reasons
    ]
    return LabelLine(
        measure=one.measure,
        label=one.label,
        sign=text(f"labels.sign.{one.label}", language),
        word=text(f"labels.word.{one.label}", language),
        reasons=", ".join(text(f"labels.reason.{reason}", language) for reason in one.reasons),
        why=" ".join(why),
        percent=share_percent(one.share_above, language),
        share=above,
    )
