"""Page: how firm is the ranking? One weight moved all the way, and many weightings played through."""

from datetime import date
from functools import lru_cache
from html import escape

import streamlit as st

from mcda.errors import MethodError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.locale.formats import fixed, number, percent
from mcda.report.exhibits.acceptability_map import (
    DRAWS,
    AcceptabilityMap,
    acceptability_map,
    acceptability_table,
    played_method,
    sample,
)
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.ranked_list import points
from mcda.report.exhibits.score import score_unit
from mcda.report.exhibits.setting import method_name
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
from mcda.robustness.smaa import Acceptability
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.figures.acceptability_map import acceptability_figure
from mcda.ui.figures.look import CONFIG, LINES
from mcda.ui.figures.weight_lines import weight_lines_figure
from mcda.ui.frame import page_head, provenance_line
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table

_HIGHLIGHTED = 5
_ROWS_SHOWN = 15
_DRAWS = (2_000, DRAWS, 50_000)


def show() -> None:
    """Draw the page; each chart is a fragment, so that one does not redraw the other."""
    language, result = state.language(), state.result()
    page_head("sensitivity", result, language)
    _lines()
    _stability()
    _acceptance()
    show_quiet(provenance_line(result, language))


@st.fragment
def _lines() -> None:
    language, result = state.language(), state.result()
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


def _legend(lines: WeightLines, study: Study, language: str) -> str:
    """The line styles with ids and titles, as text that wraps on a phone. Styles match the figure's dashes."""
    styles = {"solid": "solid", "dash": "dashed", "longdash": "dashed", "dot": "dotted"}
    items = "".join(
        f"<li style='margin:0.15rem 0'><span aria-hidden='true' style='display:inline-block;width:2.6rem;"
        f"border-top:4px {styles.get(dash, 'dashed')} {colour};vertical-align:middle;margin-right:0.6rem'></span>"
        f"<strong style='color:{colour}'>{escape(measure)}</strong> "
        f"{escape(title_of(study.measure_by_id[measure], language))}</li>"
        for measure, (colour, dash) in zip(lines.highlighted, LINES, strict=False)
    )
    return f"<ul style='list-style:none;margin:0;padding:0'>{items}</ul>"


@st.fragment
def _stability() -> None:
    """How far every weight can move: for first place and for the first ten, the most delicate weight first."""
    language, result = state.language(), state.result()
    st.header(text("stability.title", language), anchor=False)
    try:
        found = stability_list(result, language, state.locked())
    except MethodError as error:
        st.info(literal(error.issue.sentence(language)))
        return
    st.markdown(f"**{literal(found.critical)}**")
    if found.lines:
        st.html(stability_html(found, language))
    show_quiet(text("stability.reading", language))


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


@st.fragment
def _acceptance() -> None:
    language, result = state.language(), state.result()
    st.header(text("ui.sensitivity.acceptance", language), anchor=False)
    draws = st.segmented_control(
        text("ui.sensitivity.acceptance_draws", language),
        _DRAWS,
        default=DRAWS,
        required=True,
        format_func=lambda count: number(count, language),
        key="sensitivity_draws",
        persist_state="session",
    )
    scenario = Scenario(
        method=played_method(result.method),
        as_of=date.fromisoformat(result.provenance.as_of),
        seed=result.scenario.seed,
    )
    found = acceptability_map(result, _sampled(result.study, scenario, draws or DRAWS))
    if found.replaced:
        st.info(text("ui.sensitivity.acceptance_method", language))
    st.markdown(text("ui.sensitivity.acceptance_lead", language, draws=found.draws))
    _draw_acceptance(found, result, language)


def _draw_acceptance(found: AcceptabilityMap, result: Result, language: str) -> None:
    chart, table = st.columns([1, 1], gap="medium")
    with chart:
        st.plotly_chart(
            acceptability_figure(found, result.study, language),
            theme=None,
            config=CONFIG,
            key="sensitivity_acceptance_chart",
            alt=acceptance_alt(found, result, language),
        )
    with table:
        st.subheader(text("ui.sensitivity.acceptance_table", language), anchor=False)
        show_table(
            acceptability_table(found, result, language),
            text("ui.sensitivity.acceptance_table", language),
            numeric=range(1, 7),
            stack=True,
            fold=_ROWS_SHOWN,
            more=text("ui.sensitivity.more_rows", language, count=len(found.measures) - _ROWS_SHOWN),
        )
    made = text(
        "ui.sensitivity.acceptance_made",
        language,
        seed=str(found.seed),
        method=method_name(found.method, language),
        error=fixed(100 * found.largest_error, language, 2),
    )
    show_quiet(made)


def acceptance_alt(found: AcceptabilityMap, result: Result, language: str) -> str:
    """What the heat map shows, for those who do not see it."""
    best = int(found.shares[:, 0].argmax())
    return text(
        "ui.sensitivity.acceptance_alt",
        language,
        draws=found.draws,
        first=title_of(result.study.measure_by_id[found.measures[best]], language),
        share=percent(found.shares[best, 0], language),
    )


@lru_cache(maxsize=32)
def _sampled(study: Study, scenario: Scenario, draws: int) -> Acceptability:
    """Sampling depends on study, method, day and seed, not on the weights in force: a moved slider costs nothing."""
    return sample(evaluate(study, scenario), draws)
