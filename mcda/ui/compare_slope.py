"""Page Compare, two orders: who moves between two scenarios, as a slope graph with its table."""

from zlib import crc32

import streamlit as st

from mcda.locale import text
from mcda.report.exhibits.compare_lists import Compared
from mcda.report.exhibits.listing_texts import listing_frame
from mcda.report.exhibits.slope_graph import (
    farthest_of,
    ranked_scenarios,
    slope_graph,
    slope_listing,
    slope_sentence,
)
from mcda.ui.figures.slope import slope_html
from mcda.ui.literal import literal
from mcda.ui.markup import show_table


def show_slope(found: Compared, language: str) -> None:
    """Draw the part: the two scenarios to choose, what moves in words, the lines, the table."""
    st.subheader(text("compare_more.slope", language), anchor=False)
    names = ranked_scenarios(found)
    options = list(names)
    far = list(names.values()).index(farthest_of(found))
    # another set of scenarios starts with its own farthest
    known = crc32("\n".join(options).encode())
    sides = st.columns(2)
    chosen = [
        side.selectbox(
            text(f"compare_more.slope_{which}", language),
            options,
            index=index,
            key=f"compare_{which}_{known}",
            persist_state="session",
        )
        for side, which, index in ((sides[0], "left", 0), (sides[1], "right", far))
    ]
    graph = slope_graph(found, names[chosen[0]], names[chosen[1]], language)
    st.markdown(f"**{literal(slope_sentence(graph, language))}**")
    st.html(slope_html(graph, language))
    with st.expander(text("compare_more.slope_table", language)):
        listing = slope_listing(graph, language)
        show_table(listing_frame(listing, language), listing.title, numeric=(2, 3, 4), stack=True, own_line=2)
