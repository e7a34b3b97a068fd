"""Part "What moves it most?" of the page Sensitivity: every single change of two measures, three weights at once."""

import streamlit as st

from mcda.errors import MethodError
from mcda.locale import text
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.ternary_map import (
    heaviest_three,
    ternary_alt,
    ternary_exhibit,
    ternary_groups,
    ternary_reading,
    ternary_sentence,
    ternary_table,
)
from mcda.report.exhibits.tornado import tornado_list, tornado_table
from mcda.result import Result
from mcda.ui import state
from mcda.ui.figures.look import CONFIG
from mcda.ui.figures.ternary_map import ternary_figure
from mcda.ui.figures.tornado import SHOWN, tornado_figure
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.segments import choose_one

_POINTS = (5.0, 10.0, 20.0)


def show(result: Result, language: str) -> None:
    """Draw the part; each picture is a fragment, so that one does not redraw the other."""
    _tornado(result, language)
    _ternary(result, language)


@st.fragment
def _tornado(result: Result, language: str) -> None:
    st.header(text("tornado.title", language), anchor=False)
    others = [line.measure for line in result.ranking[1:]]
    if not others:
        st.markdown(text("sensitivity_page.one_measure", language))
        return
    which, how_far = st.columns([2, 1])
    with which:
        challenger = st.selectbox(
            text("sensitivity_page.challenger", language),
            others,
            format_func=lambda m: f"{m} {title_of(result.study.measure_by_id[m], language)}",
            key="sensitivity_challenger",
            persist_state="session",
        )
    with how_far:
        points = choose_one(
            text("sensitivity_page.plausible", language),
            _POINTS,
            10.0,
            shown=lambda value: text("sensitivity_page.points", language, points=value),
            key="sensitivity_plausible",
        )
    try:
        found = tornado_list(result, language, challenger, points=points or 10.0, locked=state.locked())
    except MethodError as error:
        st.info(literal(error.issue.sentence(language)))
        return
    if found is None:
        st.markdown(text("sensitivity_page.nothing_moves", language))
        return
    st.markdown(f"**{literal(found.sentence)}**")
    st.plotly_chart(
        tornado_figure(found, language),
        theme=None,
        config=CONFIG,
        key="sensitivity_tornado_chart",
        alt=found.alt,
    )
    show_quiet(found.reading)
    if len(found.lines) > SHOWN:
        show_quiet(text("tornado.some", language, shown=SHOWN, count=len(found.lines)))
    with st.expander(text("sensitivity_page.as_table", language)):
        show_table(tornado_table(found, language), text("tornado.title", language), stack=True)


@st.fragment
def _ternary(result: Result, language: str) -> None:
    groups = ternary_groups(result.study)
    if not groups:
        return
    st.header(text("ternary.title", language), anchor=False)
    three = _three(result, groups, language)
    if len(three) != 3:
        st.info(text("sensitivity_page.choose_three", language))
        return
    try:
        shown = ternary_exhibit(result, three)
    except MethodError as error:
        st.info(literal(error.issue.sentence(language)))
        return
    if shown.replaced:
        st.info(text("ternary.replaced", language))
    st.markdown(f"**{literal(ternary_sentence(shown, result, language))}**")
    chart, table = st.columns([3, 2], gap="medium")
    with chart:
        st.plotly_chart(
            ternary_figure(shown, result.study, language),
            theme=None,
            config=CONFIG,
            key="sensitivity_ternary_chart",
            alt=ternary_alt(shown, result, language),
        )
        show_quiet(ternary_reading(shown, result, language))
    with table:
        show_table(ternary_table(shown, result, language), text("ternary.title", language), numeric=(1,), stack=True)


def _three(result: Result, groups: dict[str, tuple[str, ...]], language: str) -> list[str]:
    """Which three weights of which group; with three there is nothing to choose."""
    parent = next(iter(groups))
    if len(groups) > 1:
        parent = st.selectbox(
            text("sensitivity_page.group", language),
            list(groups),
            format_func=lambda name: (
                criterion_label(result.study, name, language) if name else text("sensitivity_page.top_level", language)
            ),
            key="sensitivity_ternary_group",
            persist_state="session",
        )
    if len(groups[parent]) == 3:
        return list(groups[parent])
    return st.multiselect(
        text("sensitivity_page.three", language),
        groups[parent],
        default=heaviest_three(result, parent),
        max_selections=3,
        format_func=lambda name: criterion_label(result.study, name, language),
        key=f"sensitivity_three_{parent}",
        persist_state="session",
    )
