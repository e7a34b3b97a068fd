"""What the columns of a printed list mean, one line each, and only of those that are shown."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from mcda.locale import has_text, text
from mcda.locale.formats import percent
from mcda.report.exhibits.fact_sheet import Fact
from mcda.report.exhibits.label_list import question
from mcda.report.exhibits.programmes import point_text
from mcda.report.exhibits.score import score_unit
from mcda.report.exhibits.tier_names import tier_starts
from mcda.result import Result
from mcda.robustness.labels import SETTINGS, Labels

Explain = Callable[[Result, Labels | None, str], str]

_CALLED = {"grant_low_eur": "grant_eur", "grant_high_eur": "grant_eur", "robustness_reason": "robustness"}
"""Columns whose explanation stands under another one's name."""


def list_legend(
    keys: Sequence[str], result: Result, labels: Labels | None, language: str, measures: Collection[str] = ()
) -> tuple[Fact, ...]:
    """The lines for these columns, in their order; nothing for what explains itself. `measures`: those that are shown,
    empty for all."""
    if labels is not None and measures:
        labels = replace(labels, lines=tuple(one for one in labels.lines if one.measure in measures))
    wanted = dict.fromkeys(_CALLED.get(key, key) for key in keys)
    told = [(key, _explained(key, result, labels, language)) for key in wanted]
    return tuple(Fact(text(f"export.column.{key}", language), words) for key, words in told if words)


def _explained(key: str, result: Result, labels: Labels | None, language: str) -> str:
    if key in _COMPUTED:
        return _COMPUTED[key](result, labels, language)
    name = f"list.legend.{key}"
    return text(name, language) if has_text(name, language) else ""


def _tiers(result: Result, labels: Labels | None, language: str) -> str:
    return text("list.legend.tier", language, tiers="; ".join(tier_starts(result, language, signed=True)))


def _sure(result: Result, labels: Labels | None, language: str) -> str:
    """The question, and what each label that occurs says."""
    if labels is None:
        return ""
    limits = {"secure": percent(SETTINGS.secure, language), "contested": percent(SETTINGS.contested, language)}
    found = {one.label for one in labels.lines}
    parts = [
        text(
            f"list.legend.sure.{name}",
            language,
            label=f"{text(f'labels.sign.{name}', language)} {text(f'labels.word.{name}', language)}",
            **limits,
        )
        for name in ("secure", "likely", "contested", "unlikely")
        if name in found
    ]
    return f"{question(labels, language)} {'; '.join(parts)}."


def _score(result: Result, labels: Labels | None, language: str) -> str:
    return text("list.legend.score", language, unit=score_unit(result, language))


def _cost(result: Result, labels: Labels | None, language: str) -> str:
    return text("export.basis.read_costs", language, years=result.study.study.horizon_years)


def _grant(result: Result, labels: Labels | None, language: str) -> str:
    return text("export.basis.read_grant", language, point=point_text(result.study, language))


_COMPUTED: Mapping[str, Explain] = {
    "tier": _tiers,
    "robustness": _sure,
    "score": _score,
    "life_cycle_cost_eur": _cost,
    "grant_eur": _grant,
}
