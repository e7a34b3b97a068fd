"""What the answers mean: weights with intervals, contradictions in plain words, and the question to look at again."""

from collections.abc import Mapping
from functools import lru_cache
from html import escape

import numpy as np
import streamlit as st

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.report.exhibits.catalogue import criterion_label
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.revision_sentence import (
    consistency_figures,
    consistency_sentence,
    revision_sentence,
    triad_sentences,
)
from mcda.report.exhibits.trade_sentence import trade_sentences
from mcda.result import Weights
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui.asking.draft import Door, comparisons_in, draft_of, missing, weights_of
from mcda.ui.asking.pairs import give, open_question
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet
from mcda.weights.comparisons import Comparisons
from mcda.weights.contradictions import contradictions
from mcda.weights.rank_order import ordinal_bounds
from mcda.weights.revision import Revision, revisions
from mcda.weights.rounding import rounding_intervals
from mcda.weights.tree import tree_weights

Bounds = Mapping[str, tuple[float, float]]
_SENTENCES = 3
_QUIET = frozenset({"rank_order_only"})


def show_weights_so_far(study: Study, who: str, parent: str, door: Door, language: str) -> None:
    """The weights these answers give, or what is still missing before they give any."""
    draft = draft_of(study, who, parent, door)
    found = weights_of(study, who, parent, draft)
    st.subheader(text("weights_page.so_far", language), anchor=False)
    if found is None:
        left = ", ".join(criterion_label(study, key, language) for key in missing(study, parent, draft))
        st.info(literal(text("weights_page.missing", language, names=left)))
        return
    bounds: Bounds = {}
    if door == "order":
        bounds = ordinal_bounds(draft.ranks, study.children[parent])
    elif door == "pairs":
        around = rounding_intervals(comparisons_in(study, who, parent, draft))
        bounds = {key: (around.low[key], around.high[key]) for key in around.low}
    st.html(bars_html(study, found, bounds, language))
    if bounds:
        show_quiet(text(f"weights_page.interval_{door}", language))
    if door == "pairs":
        _consistency(study, who, parent, found, comparisons_in(study, who, parent, draft), language)
    for finding in found.findings:
        if finding.code not in _QUIET:
            show_quiet(finding_sentence(finding, study, language))


def bars_html(study: Study, found: Weights, bounds: Bounds, language: str) -> str:
    """Each weight as a bar with its number; the line through its end is the interval. `data-weight`: all digits."""
    rows = []
    for key, weight in found.local.items():
        low, high = bounds.get(key, (weight, weight))
        span = text("weights_page.interval", language, low=percent(low, language), high=percent(high, language))
        line = f"<u style='left:{100 * low:.2f}%;width:{100 * (high - low):.2f}%'></u>" if high > low else ""
        between = f"<small>{escape(span)}</small>" if high > low else ""
        name, share = escape(criterion_label(study, key, language)), f"{100 * weight:.2f}%"
        rows.append(
            f"<li data-criterion='{escape(key)}' data-weight='{weight!r}'><span>{name}</span>"
            f"<b>{percent(weight, language, 1)}</b><i><em style='width:{share}'></em>{line}</i>{between}</li>"
        )
    return f"<ul class='rf-weights'>{''.join(rows)}</ul>"


def show_trades(study: Study, scenario: Scenario, language: str, most: int = _SENTENCES) -> None:
    """What the weights say in plain amounts; nothing where value functions allow no such sentence."""
    for sentence in trade_sentences(study, tree_weights(study, scenario), language)[:most]:
        st.markdown("- " + literal(sentence))


@lru_cache(maxsize=256)
def _second_looks(items: tuple[str, ...], cells: tuple[float, ...], answered: bytes) -> tuple[Revision, ...]:
    """Kept: 28 completions take longer than a redraw."""
    size = len(items)
    flags = np.frombuffer(answered, dtype=np.bool_).reshape(size, size).copy()
    return revisions(Comparisons(items, np.array(cells).reshape(size, size), flags))


def _consistency(study: Study, who: str, parent: str, found: Weights, comparisons: Comparisons, language: str) -> None:
    """Do the answers agree, and if not: which question to look at again, one click away."""
    consistency = found.consistency[0]
    over = consistency.ratio > consistency.limit
    (st.warning if over else st.success)(consistency_sentence(consistency, language))
    if over:
        cells = tuple(comparisons.matrix.ravel().tolist())
        looks = _second_looks(comparisons.items, cells, comparisons.answered.tobytes())
        for number, look in enumerate(looks[:1]):
            st.markdown(literal(revision_sentence(study, look, language)))
            key = f"{who}_{parent}_{number}"
            again, take = st.columns(2)
            again.button(
                text("weights_page.reopen", language),
                key=f"look_{key}",
                type="primary",
                width="stretch",
                on_click=open_question,
                args=(who, parent, (look.a, look.b)),
            )
            take.button(
                text("weights_page.take_proposal", language),
                key=f"take_{key}",
                width="stretch",
                on_click=give,
                args=(who, parent, (look.a, look.b), look.nearest),
            )
    with st.expander(text("weights_page.more_on_contradictions", language)):
        show_quiet(consistency_figures(consistency, language))
        worst = contradictions(comparisons, found.leaf).worst
        if worst is not None and worst.index > 0:
            for sentence in triad_sentences(study, worst, language):
                st.markdown("- " + literal(sentence))
