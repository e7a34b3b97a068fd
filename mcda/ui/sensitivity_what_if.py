"""Part "What would it take?" of the page Sensitivity: one measure, one goal, the smallest changes in a sentence."""

from html import escape

import streamlit as st

from mcda.errors import MethodError
from mcda.locale import text
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.challengers import MOST, challengers
from mcda.report.exhibits.critical_ratings import critical_ratings
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.listing_texts import listing_frame
from mcda.report.exhibits.what_if_sentence import what_if_sentence, what_if_steps
from mcda.result import Result
from mcda.robustness.doubts import fragile
from mcda.robustness.weight_levers import points_for
from mcda.robustness.what_if import what_if
from mcda.ui import state
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.segments import choose_one

_GOALS = ("beat", "first", "top")
_TOP = 10


def show(result: Result, language: str) -> None:
    """Draw the part."""
    _one(result, language)
    _first_place(result, language)
    _cells(result, language)


@st.fragment
def _one(result: Result, language: str) -> None:
    st.header(text("sensitivity_page.what_if_title", language), anchor=False)
    if len(result.ranking) < 2:
        st.markdown(text("sensitivity_page.one_measure", language))
        return
    target, rival, top = _choose(result, language)
    found = what_if(result, target, rival or (), top)
    st.markdown(f"### {literal(what_if_sentence(result, found, language))}")
    if steps := what_if_steps(result, found, language):
        items = "".join(f"<li>{escape(step)}</li>" for step in steps)
        st.html(f"<p class='rf-levers'>{escape(text('sensitivity_page.each_alone', language))}</p><ol>{items}</ol>")
    if found.weights is not None and found.weights.status == "found" and found.weights.leaf is not None:
        points = points_for(result.study, found.weights.leaf, result.weights.local)
        if st.button(text("sensitivity_page.try_weights", language), key="sensitivity_try"):
            _try(result, points)
            st.rerun()
    show_quiet(text("sensitivity_page.what_if_reading", language))


def _try(result: Result, points: dict[str, float]) -> None:
    """Put these weights in force everywhere; one step back on the board takes them away again."""
    state.apply(result.scenario.model_copy(update={"weights": points, "profile": "", "people": (), "name": ""}))


def _choose(result: Result, language: str) -> tuple[str, str, int]:
    """The measure, whom it is to pass ('' for nobody in particular), and the place it is to reach."""
    measures = [line.measure for line in result.ranking]

    def called(measure: str) -> str:
        return f"{measure} {title_of(result.study.measure_by_id[measure], language)}"

    who, goal_at = st.columns([2, 1])
    with who:
        target = st.selectbox(
            text("sensitivity_page.target", language),
            measures,
            index=1,
            format_func=called,
            key="sensitivity_target",
            persist_state="session",
        )
    with goal_at:
        goal = choose_one(
            text("sensitivity_page.goal", language),
            _GOALS,
            "beat",
            shown=lambda name: text(f"sensitivity_page.goals.{name}", language),
            key="sensitivity_goal",
        )
    if goal == "first":
        return target, "", 1
    if goal == "top":
        most = st.number_input(
            text("sensitivity_page.goal_top", language),
            min_value=1,
            max_value=len(measures),
            value=min(_TOP, len(measures)),
            key="sensitivity_goal_top",
            persist_state="session",
        )
        return target, "", int(most)
    others = [m for m in measures if m != target]
    rival = st.selectbox(
        text("sensitivity_page.rival", language),
        others,
        format_func=called,
        key=f"sensitivity_rival_{target}",
        persist_state="session",
    )
    return target, rival, 1


@st.fragment
def _first_place(result: Result, language: str) -> None:
    """Who could take first place, by the weight that would have to move."""
    if len(result.ranking) < 2:
        return
    st.header(text("challengers.title", language), anchor=False)
    try:
        found = challengers(result, language)
    except MethodError as error:
        st.info(literal(error.issue.sentence(language)))
        return
    st.markdown(f"**{literal(found.sentence)}**")
    for doubt in fragile(result, (), found.points):
        st.warning(literal(finding_sentence(doubt, result.study, language)))
    if len(found.table):
        show_table(found.table, text("challengers.title", language), numeric=(1,), stack=True)
        show_quiet(text("challengers.reading", language, count=min(MOST, len(result.ranking) - 1)))


@st.fragment
def _cells(result: Result, language: str) -> None:
    listing = critical_ratings(result, language)
    if not listing.rows:
        return
    with st.expander(listing.title):
        frame = listing_frame(listing, language)
        show_table(
            frame,
            listing.title,
            numeric=(2, 3, 5),
            stack=True,
            own_line=2,
            fold=20,
            more=text("sensitivity_page.more_cells", language),
        )
