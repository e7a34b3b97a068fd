"""Part "One weight" of the page Sensitivity: one weight moved all the way, and how far each can move."""

from html import escape

import streamlit as st

from mcda.errors import MethodError
from mcda.locale import text
from mcda.locale.formats import percent
from mcda.methods import METHODS
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.ranked_list import points
from mcda.report.exhibits.score import score_unit
from mcda.report.exhibits.stability_list import StabilityLine, StabilityList, stability_list
from mcda.report.exhibits.weight_lines import (
    WeightLines,
    movable,
    path_label,
    path_sentence,
    score_table,
    slider_name,
    swap_table,
    weight_lines,
)
from mcda.result import Result
from mcda.robustness.doubts import fragile
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.figures.look import CONFIG, LINES
from mcda.ui.figures.weight_lines import weight_lines_figure
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table

_HIGHLIGHTED = 5


def show(result: Result, language: str) -> None:
    """Draw the part; each half is a fragment, so that one does not redraw the other."""
    _lines(result, language)
    _stability(result, language)


@st.fragment
def _lines(result: Result, language: str) -> None:
    st.header(text("ui.sensitivity.lines", language), anchor=False)
    options = movable(result.study, state.locked())
    if not options:
        st.markdown(text(f"ui.sensitivity.{'all_locked' if state.locked() else 'one_weight'}", language))
        return
    choose, count = st.columns([2, 1])
    with choose:
        criterion = st.selectbox(
            text("ui.sensitivity.criterion", language),
            options,
            format_func=lambda c: path_label(result.study, c, language),
            key="sensitivity_criterion",
            persist_state="session",
        )
    with count:
        highlight = st.slider(
            text("ui.sensitivity.highlight", language),
            2,
            len(LINES),
            _HIGHLIGHTED,
            key="sensitivity_highlight",
            persist_state="session",
        )
    try:
        lines = weight_lines(result, criterion, highlight, state.locked())
    except MethodError as error:
        st.info(literal(error.issue.sentence(language)))
        return
    _draw_lines(lines, result, language)


def _draw_lines(lines: WeightLines, result: Result, language: str) -> None:
    name = slider_name(result.study, lines.criterion, language)
    if sentence := leader_sentence(lines, result, language):
        st.markdown(f"**{literal(sentence)}**")
    chart, tables = st.columns([3, 2], gap="medium")
    with chart:
        st.plotly_chart(
            weight_lines_figure(lines, name, score_unit(result, language), points(result, 1.0), language),
            theme=None,
            config=CONFIG,
            key="sensitivity_lines_chart",
            alt=lines_alt(lines, result, language),
        )
        st.html(_legend(lines, result.study, language))
        show_quiet(path_sentence(lines, result, language))
    with tables:
        st.subheader(text("ui.sensitivity.crossings", language), anchor=False)
        if lines.swaps:
            show_table(swap_table(lines, result, language), text("ui.sensitivity.crossings", language), stack=True)
        else:
            st.markdown(text("ui.sensitivity.no_crossings", language))
    with st.expander(text("ui.sensitivity.scores", language)):
        scores = score_table(lines, result, language)
        show_table(scores, text("ui.sensitivity.scores", language), numeric=range(1, 9), stack=True)


def leader_sentence(lines: WeightLines, result: Result, language: str) -> str:
    """Between which weights of this criterion the leader stays first; empty where that is not known exactly."""
    if lines.first_holds is None:
        return ""
    low, high = lines.first_holds
    return text(
        "ui.sensitivity.leader_stays",
        language,
        first=title_of(result.study.measure_by_id[lines.highlighted[0]], language),
        criterion=slider_name(result.study, lines.criterion, language),
        low=percent(low, language, 1),
        high=percent(high, language, 1),
        present=percent(lines.present, language, 1),
    )


def lines_alt(lines: WeightLines, result: Result, language: str) -> str:
    """What the line chart shows, for those who do not see it."""
    return text(
        "ui.sensitivity.lines_alt",
        language,
        reach=percent(lines.at[-1], language),
        criterion=slider_name(result.study, lines.criterion, language),
        present=percent(lines.present, language, 1),
        first=title_of(result.study.measure_by_id[lines.highlighted[0]], language),
        count=len(lines.highlighted),
        crossings=len(lines.swaps),
    )


_DASHES = {
    "dash": (12, 5),
    "dashdot": (12, 4, 4, 4),
    "longdash": (20, 5),
    "dot": (4, 4),
    "longdashdot": (20, 4, 4, 4),
}
"""Lengths of drawn and empty pieces in pixels."""


def _dashes(dash: str, colour: str) -> str:
    """A line style as a background: what borders have no names for."""
    if dash not in _DASHES:
        return colour
    stops, at = [], 0
    for number, length in enumerate(_DASHES[dash]):
        paint = "transparent" if number % 2 else colour
        stops.append(f"{paint} {at}px {at + length}px")
        at += length
    return f"repeating-linear-gradient(90deg,{','.join(stops)})"


def _legend(lines: WeightLines, study: Study, language: str) -> str:
    """The line styles with ids and titles, as text that wraps on a phone. Styles match the figure's dashes."""
    items = "".join(
        f"<li style='margin:0.15rem 0'><span aria-hidden='true' style='display:inline-block;width:3.2rem;"
        f"height:4px;background:{_dashes(dash, colour)};vertical-align:middle;margin-right:0.6rem'></span>"
        f"<strong style='color:{colour}'>{escape(measure)}</strong> "
        f"{escape(title_of(study.measure_by_id[measure], language))}</li>"
        for measure, (colour, dash) in zip(lines.highlighted, LINES, strict=False)
    )
    return f"<ul style='list-style:none;margin:0;padding:0'>{items}</ul>"


@st.fragment
def _stability(result: Result, language: str) -> None:
    """How far every weight can move: for first place and for the first ten, the most delicate weight first."""
    st.header(text("stability.title", language), anchor=False)
    try:
        found = stability_list(result, language, state.locked())
    except MethodError as error:
        st.info(literal(error.issue.sentence(language)))
        return
    st.markdown(f"**{literal(found.critical)}**")
    for doubt in fragile(result, found.intervals):
        st.warning(literal(finding_sentence(doubt, result.study, language)))
    if found.lines:
        st.html(stability_html(found, language))
    exact = text(f"stability.{'exact' if result.method in METHODS else 'scanned'}", language)
    show_quiet(text("stability.reading", language, exact=exact))


def stability_html(found: StabilityList, language: str) -> str:
    """One row per weight: a bar from 0 to 100 % with the two ranges and a mark where the weight stands."""
    rows = "".join(_stability_row(line, language) for line in found.lines)
    heads = "".join(
        f"<th scope='col'>{escape(text(f'stability.{name}', language))}</th>"
        for name in ("criterion", "bar", "first", "top")
    )
    caption = f"<caption class='rf-unseen'>{escape(text('stability.title', language))}</caption>"
    return (
        f"<div class='rf-stability'><table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _stability_row(line: StabilityLine, language: str) -> str:
    spans = {name: (100 * low, 100 * (high - low)) for name, (low, high) in (("top", line.top), ("first", line.first))}
    bars = "".join(
        f"<em class='rf-{name}' style='left:{left:.2f}%;width:{width:.2f}%'></em>"
        for name, (left, width) in spans.items()
    )
    mark = f"<u style='left:{100 * line.now:.2f}%'></u>"
    first = f"{percent(line.first[0], language, 1)} – {percent(line.first[1], language, 1)}"
    top = f"{percent(line.top[0], language, 1)} – {percent(line.top[1], language, 1)}"
    return (
        f"<tr><th scope='row'>{escape(line.name)}<b>{percent(line.now, language, 1)}</b></th>"
        f"<td><i>{bars}{mark}</i></td>"
        f"<td data-name='{escape(text('stability.first', language))}'><b>{first}</b> {escape(line.first_words)}</td>"
        f"<td data-name='{escape(text('stability.top', language))}'><b>{top}</b> {escape(line.top_words)}</td></tr>"
    )
