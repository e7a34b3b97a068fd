"""How sure the live ranking is: a label for every row, the way of first place beside every slider, as finished texts.

Asked for after the ranking is on the screen, so that the ranking never waits for it.
"""

from collections.abc import Collection
from typing import Any

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.methods import METHODS
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.label_list import considered, label_lines
from mcda.result import Result
from mcda.robustness.labels import SETTINGS, robustness_labels
from mcda.robustness.stability import FirstPlace, first_places
from mcda.robustness.stacked import STACKED

WIDE, HIGH = 100.0, 20.0
"""The small picture beside a slider, in its own units."""


def sure_payload(result: Result, locked: Collection[str], language: str) -> dict[str, Any]:
    """JSON values: `rows` by measure, `sliders` by criterion, `considered` as the line that goes with the labels.

    Methods that cannot be played through have no labels, and second opinions no lines: `considered` then says so.
    """
    if result.method not in METHODS:
        return {"rows": {}, "sliders": {}, "considered": text("labels.not_offered", language)}
    ways = first_places(result.study, result.matrix, METHODS[result.method], result.weights, locked=locked)
    sliders = {way.interval.criterion: _slider(way, result, language) for way in ways}
    if result.method not in STACKED:
        return {"rows": {}, "sliders": sliders, "considered": text("labels.not_offered", language)}
    found = robustness_labels(result)
    rows = {
        line.measure: {
            "label": line.label,
            "sign": line.sign,
            "word": line.word,
            "reasons": line.reasons,
            "share": line.percent,
            "why": f"{line.word}, {line.share}. {line.why}".strip(),
        }
        for line in label_lines(found, language)
    }
    return {"rows": rows, "sliders": sliders, "considered": considered(found, SETTINGS, language)}


def _slider(way: FirstPlace, result: Result, language: str) -> dict[str, Any]:
    interval = way.interval
    ends = {"low": percent(interval.low, language), "high": percent(interval.high, language)}
    always = not interval.low_rival and not interval.high_rival
    said = text("labels.first_holds_always" if always else "labels.first_holds", language, **ends)
    rivals = [
        text(
            "labels.rival",
            language,
            at=percent(at, language),
            second=title_of(result.study.measure_by_id[r[1]], language),
        )
        for at, r in ((interval.low, interval.low_rival), (interval.high, interval.high_rival))
        if r
    ]
    return {
        "from": round(100 * interval.low, 2),
        "to": round(100 * interval.high, 2),
        "line": _line(way),
        "text": said,
        "help": " ".join([f"{said}.", *rivals, text("labels.lead", language)]),
    }


def _line(way: FirstPlace) -> str:
    """The lead as points of an SVG polyline; level is half way up, whichever side is larger touches the edge."""
    most = float(abs(way.lead).max(initial=0.0)) or 1.0
    points = zip(WIDE * way.at, HIGH / 2 * (1 - way.lead / most), strict=True)
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
