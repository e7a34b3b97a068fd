"""Page: the same measures under other scenarios, or studies of several regions, side by side."""

from functools import lru_cache

import streamlit as st

from mcda.batch.run import run_batch
from mcda.locale import text
from mcda.report.exhibits.alternatives import alternatives, kinds_for
from mcda.report.exhibits.compare_lists import (
    Compared,
    departure_listing,
    failed_sentences,
    range_listing,
    regret_listing,
)
from mcda.report.exhibits.compare_notes import compare_notes
from mcda.report.exhibits.compare_words import steady_sentences
from mcda.report.exhibits.listing import Listing, picked
from mcda.report.exhibits.listing_texts import listing_frame
from mcda.scenario import Scenario
from mcda.scenario_set import distinct
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.compare_file import MOST_LIVE, offer_scenarios
from mcda.ui.compare_more import more_scenarios
from mcda.ui.compare_regions import show_regions
from mcda.ui.compare_slope import show_slope
from mcda.ui.frame import page_head, provenance_line
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.segments import choose_one

FOLD = 15
USUAL = ("grants", "cost", "people")
PARTS = ("scenarios", "regions")


def show() -> None:
    """Draw the page: what to compare with, what stays and what decides, and the tables behind it."""
    language, result = state.language(), state.result()
    page_head("compare", result, language)
    if _part(language) == "regions":
        show_regions(language)
        return
    offered = kinds_for(result.study)
    chosen = st.pills(
        text("compare_page.with", language),
        offered,
        selection_mode="multi",
        default=[kind for kind in USUAL if kind in offered],
        format_func=lambda kind: text(f"compare_page.kind.{kind}", language),
        key="compare_kinds",
        persist_state="session",
    )
    kinds = tuple(kind for kind in offered if kind in (chosen or ()))
    usual = alternatives(state.study(), state.scenario(), kinds, language)
    _side_by_side(distinct((*usual, *more_scenarios(language))), language)
    show_quiet(provenance_line(result, language))


def _side_by_side(scenarios: tuple[Scenario, ...], language: str) -> None:
    """What there is to compare, and as a file; too many are only a file."""
    if len(scenarios) == 1:
        st.info(literal(text("compare_page.nothing", language)))
        return
    if len(scenarios) > MOST_LIVE:
        told = text("compare_more.too_many", language, count=len(scenarios), most=MOST_LIVE)
        st.warning(literal(told))
    else:
        _compared(_batch(state.study(), scenarios), language)
    offer_scenarios(scenarios, language)


def _part(language: str) -> str:
    return choose_one(
        text("compare_page.what", language),
        PARTS,
        PARTS[0],
        shown=lambda part: text(f"compare_page.part.{part}", language),
        key="compare_what",
    )


def _compared(found: Compared, language: str) -> None:
    for sentence in steady_sentences(found, language):
        st.markdown(f"**{literal(sentence)}**")
    for sentence in failed_sentences(found, language):
        st.warning(literal(sentence))
    show_slope(found, language)
    _table(departure_listing(found, language), (2, 3, 4, 5, 6), language, more="compare_page.more_cases")
    notes = compare_notes(found, language)
    ranges = range_listing(found, language)
    named = tuple(column.key for column in ranges.columns if column.key not in ("best_in", "worst_in"))
    _table(picked(ranges, named), (2, 3, 4, 5, 6, 7), language, notes.get("ranges", ()))
    with st.expander(text("compare_page.regret", language)):
        st.markdown(literal(text("compare_page.regret_lead", language)))
        _table(regret_listing(found, language), (2, 3), language, notes.get("regrets", ()))


def _table(
    listing: Listing,
    numbers: tuple[int, ...],
    language: str,
    notes: tuple[str, ...] = (),
    more: str = "ui.sensitivity.more_rows",
) -> None:
    """A table under its title, with what has to be known beside it; `more` names the text for rows folded away."""
    st.subheader(listing.title, anchor=False)
    for note in notes:
        st.markdown(literal(note))
    frame = listing_frame(listing, language)
    rest = len(frame) - FOLD
    show_table(
        frame,
        listing.title,
        numeric=numbers,
        stack=True,
        own_line=2,
        fold=FOLD,
        more=text(more, language, count=rest) if rest > 0 else "",
    )


@lru_cache(maxsize=8)
def _batch(study: Study, scenarios: tuple[Scenario, ...]) -> Compared:
    return Compared(run_batch({"": study}, scenarios, backend="serial"), {"": study})
