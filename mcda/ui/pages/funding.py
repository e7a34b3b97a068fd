"""Page: grants. Which programme fits which measure, what it brings, who pays the rest, and what the ranking owes."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

import pandas as pd
import streamlit as st

from mcda.errors import InputError, MethodError
from mcda.locale import text
from mcda.locale.formats import day, money
from mcda.report.exhibits.catalogue import theme_label, title_of
from mcda.report.exhibits.funding_effect import (
    by_loss,
    change_sentence,
    change_table,
    closure_table,
    hanging_table,
)
from mcda.report.exhibits.funding_matrix import VERDICTS, FundingMatrix, MatrixChoice, funding_matrix
from mcda.report.exhibits.funding_sheet import funding_sheet
from mcda.report.exhibits.payers import Payer, Unsplit, payers, payers_list, unsplit
from mcda.report.exhibits.programmes import point_text, programme_name
from mcda.report.exports.csv_file import listing_csv
from mcda.result import Result
from mcda.robustness.grants import Closure, RankChange, by_own_contribution, if_closed, without_grants
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.frame import page_head, provenance_line
from mcda.ui.funding_html import funding_sheet_html, matrix_html
from mcda.ui.issues import show_no_result
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.sheet import MARKS

_ROWS_SHOWN = 20


def show() -> None:
    """Draw the page: the day in force, what to show, and that part alone; the others cost nothing."""
    language, result = state.language(), state.result()
    page_head("funding", result, language)
    at = day(date.fromisoformat(result.provenance.as_of), language)
    show_quiet(text("funding.as_of", language, day=at))
    part = st.pills(
        text("funding.part", language),
        list(_PARTS),
        default="matrix",
        required=True,
        format_func=lambda name: text(f"funding.parts.{name}", language),
        key="funding_part",
        persist_state="session",
    )
    _PARTS[part or "matrix"](result, language)
    show_quiet(provenance_line(result, language))


def _matrix(result: Result, language: str) -> None:
    choice = _choice(result.study, language)
    found = funding_matrix(result, language, choice)
    if not found.rows:
        st.markdown(text("funding.matrix.nothing", language))
        return
    caption = matrix_caption(found, len(result.money), language)
    st.html(matrix_html(found, caption, language, mark=not choice.candidates_only))
    show_quiet(text("funding.matrix.why", language))


def matrix_caption(found: FundingMatrix, measures: int, language: str) -> str:
    """How many of the study's measures the matrix shows, and how often it says yes, perhaps and no."""
    size = {"rows": len(found.rows), "all": measures, "columns": len(found.columns)}
    return text("funding.matrix.caption", language, **size, **found.counts)


def _choice(study: Study, language: str) -> MatrixChoice:
    themes, verdicts, programmes = st.container(key="funding_filters").columns(3)
    with themes:
        names = {m.theme: theme_label(study, m.theme, language) for m in study.measures if m.theme}
        wanted = _filter("theme", names, language)
    with verdicts:
        words = {str(v): f"{MARKS[v]} {text(f'board.verdict.{v}', language)}" for v in VERDICTS}
        said = _filter("verdict", words, language)
    with programmes:
        which = st.selectbox(
            text("funding.matrix.programmes", language),
            ["all", "open"],
            format_func=lambda name: text(f"funding.matrix.{name}", language),
            key="funding_programmes",
            persist_state="session",
        )
    only = st.checkbox(
        text("funding.matrix.candidates_only", language),
        value=True,
        help=text("funding.matrix.candidates_help", language),
        key="funding_candidates_only",
        persist_state="session",
    )
    return MatrixChoice(wanted, said, "open" if which == "open" else "all", only)


def _filter(name: str, labels: Mapping[str, str], language: str) -> list[str]:
    return st.multiselect(
        text(f"funding.matrix.{name}", language),
        sorted(labels) if name == "theme" else list(labels),
        format_func=lambda option: labels.get(option, option),
        placeholder=text("funding.matrix.all", language),
        key=f"funding_{name}",
        persist_state="session",
    )


def _sheet(result: Result, language: str) -> None:
    ranked = [line.measure for line in result.ranking]
    measure = st.selectbox(
        text("funding.sheet.measure", language),
        [*ranked, *(name for name in result.money if name not in ranked)],
        format_func=lambda name: f"{name} · {title_of(result.study.measure_by_id[name], language)}",
        key="funding_measure",
        persist_state="session",
    )
    if measure in result.money:
        st.html(funding_sheet_html(funding_sheet(result, measure, language), language))


def _payers(result: Result, language: str) -> None:
    found, open_ones = payers(result, language), unsplit(result, language)
    st.markdown(text("funding.payers.lead", language, point=point_text(result.study, language)))
    st.header(text("funding.payers.overview", language), anchor=False)
    overview = text("funding.payers.overview", language)
    show_table(payers_overview(found, language), overview, numeric=(2, 3), stack=True)
    st.download_button(
        text("funding.payers.download", language),
        lambda: listing_csv(payers_list(result, language), result, language),
        f"{text('funding.payers.file', language)}.csv",
        "text/csv",
        key="download_payers",
        on_click="ignore",
    )
    if open_ones:
        st.header(text("funding.payers.unsplit", language), anchor=False)
        show_table(unsplit_table(open_ones, language), text("funding.payers.unsplit", language), numeric=(1,))
    if found:
        _payer({payer.id: payer for payer in found}, language)


def _payer(found: Mapping[str, Payer], language: str) -> None:
    who = st.selectbox(
        text("funding.payers.who", language),
        list(found),
        format_func=lambda name: found[name].name,
        key="funding_payer",
        persist_state="session",
    )
    payer = found.get(who or "", next(iter(found.values())))
    if not payer.shares:
        st.markdown(text("funding.payers.nothing", language))
        return
    population = f" · {text('funding.payers.population', language)}: {payer.population}" if payer.population else ""
    total = f"{text('funding.payers.total', language)}: {money(payer.total, language)}"
    st.markdown(literal(f"{payer.name} · {total}{population}"))
    show_table(payer_table(payer, language), payer.name, numeric=(2, 3), stack=True)


def payers_overview(found: tuple[Payer, ...], language: str) -> pd.DataFrame:
    """One row per municipality with its total, and the total of all below."""
    rows = [(p.name, p.population or "–", str(len(p.shares)), money(p.total, language)) for p in found]
    everything = sum((p.total for p in found[1:]), found[0].total) if found else 0
    rows.append((text("funding.payers.everybody", language), "", "", money(everything, language)))
    heads = [text(f"funding.payers.{name}", language) for name in ("municipality", "population", "measures", "total")]
    return pd.DataFrame(rows, columns=heads)


def payer_table(payer: Payer, language: str) -> pd.DataFrame:
    """What one municipality pays, measure by measure."""
    rows = [
        (
            f"{s.measure} · {s.title}",
            "–" if s.rank is None else str(s.rank),
            money(s.share, language),
            money(s.own_contribution, language),
            s.key,
        )
        for s in payer.shares
    ]
    names = ("title", "rank", "share", "own_contribution", "key")
    return pd.DataFrame(rows, columns=[text(f"funding.payers.{name}", language) for name in names])


def unsplit_table(found: tuple[Unsplit, ...], language: str) -> pd.DataFrame:
    """The own contributions nobody can split yet, with what is missing."""
    rows = [(f"{u.measure} · {u.title}", money(u.own_contribution, language), u.sentence) for u in found]
    names = ("title", "own_contribution", "missing")
    return pd.DataFrame(rows, columns=[text(f"funding.payers.{name}", language) for name in names])


def _without(result: Result, language: str) -> None:
    _changes(result, _without_grants, "without", "rank_without", language)


def _own(result: Result, language: str) -> None:
    if not {"cost", "funding"} <= set(result.study.children[""]):
        st.markdown(text("funding.effect.no_own", language))
        return
    _changes(result, _by_own, "own", "rank_own", language)


def _changes(
    result: Result,
    compare: Callable[[Study, Scenario], tuple[RankChange, ...]],
    name: str,
    second: str,
    language: str,
) -> None:
    st.markdown(text(f"funding.effect.{name}", language))
    try:
        found = compare(result.study, state.scenario())
    except (InputError, MethodError) as error:
        show_no_result(error)
        return
    st.markdown(f"**{change_sentence(found, language)}**")
    only = st.checkbox(
        text("funding.effect.only_moved", language), key=f"funding_moved_{name}", persist_state="session"
    )
    heading = text(f"funding.effect.{second}", language)
    frame = change_table(found, result, language, heading, only_moved=only)
    show_table(frame, heading, numeric=(1, 2), stack=True)


def _closure(result: Result, language: str) -> None:
    st.markdown(text("funding.effect.closure", language))
    try:
        closures = _closures(result.study, state.scenario())
    except (InputError, MethodError) as error:
        show_no_result(error)
        return
    if not closures:
        st.markdown(text("funding.effect.no_closure", language))
        return
    _one_by_one(closures, result, language)
    st.header(text("funding.effect.hanging", language), anchor=False)
    frame = hanging_table(closures, result, language)
    show_quiet(text(f"funding.effect.{'hanging_lead' if len(frame) else 'no_hanging'}", language))
    if len(frame):
        show_table(frame, text("funding.effect.hanging", language), numeric=(2, 3), stack=True, own_line=2)


def _one_by_one(closures: tuple[Closure, ...], result: Result, language: str) -> None:
    heading = text("funding.effect.closures", language)
    st.header(heading, anchor=False)
    show_table(closure_table(closures, result, language), heading, numeric=(1, 2, 3), stack=True)
    by_id = {closure.programme: closure for closure in by_loss(closures)}
    which = st.selectbox(
        text("funding.effect.which", language),
        list(by_id),
        format_func=lambda name: programme_name(result.study, name, language),
        key="funding_closing",
        persist_state="session",
    )
    closure = by_id.get(which or "", closures[0])
    if not closure.changes:
        st.markdown(text("funding.effect.nothing_moves", language))
        return
    after = text("funding.effect.rank_after", language)
    more = text("funding.effect.more", language, count=len(closure.changes) - _ROWS_SHOWN)
    frame = change_table(closure.changes, result, language, after)
    show_table(frame, after, numeric=(1, 2), stack=True, fold=_ROWS_SHOWN, more=more)


@lru_cache(maxsize=32)
def _without_grants(study: Study, scenario: Scenario) -> tuple[RankChange, ...]:
    return without_grants(study, scenario)


@lru_cache(maxsize=32)
def _by_own(study: Study, scenario: Scenario) -> tuple[RankChange, ...]:
    return by_own_contribution(study, scenario)


@lru_cache(maxsize=32)
def _closures(study: Study, scenario: Scenario) -> tuple[Closure, ...]:
    """About a second for fifty measures: an evaluation per programme, hence only where it is looked at."""
    return if_closed(study, scenario)


_PARTS: Mapping[str, Callable[[Result, str], None]] = {
    "matrix": _matrix,
    "sheet": _sheet,
    "payers": _payers,
    "without": _without,
    "closure": _closure,
    "own": _own,
}
"""The parts of the page by name, in the order of the choice."""
