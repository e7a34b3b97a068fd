"""Page: every measure of the study, to filter, to sort and to open as a fact sheet."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import streamlit as st

from mcda.locale import label, text
from mcda.locale.formats import money
from mcda.report.exhibits.catalogue import CatalogueRow, Choice, catalogue_rows, matching, theme_label, title_of
from mcda.report.exhibits.fact_sheet import fact_sheet
from mcda.result import Result
from mcda.ui import state
from mcda.ui.frame import page_head, provenance_line
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet
from mcda.ui.sheet import MARKS, sheet_html
from mcda.ui.table import Cell, Column, Row, table

_VERDICTS = ("yes", "check", "no")


def show() -> None:
    """Draw the page; the open fact sheet lies above it."""
    language, result = state.language(), state.result()
    page_head("catalogue", result, language)
    rows = catalogue_rows(result, language)
    shown = matching(rows, _choice(result, rows, language))
    caption = text("ui.catalogue.caption", language, shown=len(shown), all=len(rows))
    table(
        caption,
        _columns(language),
        [_line(row, language) for row in sorted_rows(shown, state.sort())],
        state.sort(),
        key="catalogue_table",
        on_open=state.open_measure,
        on_sort=state.sort_by,
    )
    show_quiet(provenance_line(result, language))
    if state.measure():
        _open_sheet(result, state.measure(), language)


def sorted_rows(rows: Iterable[CatalogueRow], sort: tuple[str, bool]) -> list[CatalogueRow]:
    """The rows by one column; measures outside the competition keep their place at the end of a ranking, unstated
    amounts come last."""
    column, downwards = sort
    keys = {
        "measure": lambda row: row.title.casefold(),
        "verdict": lambda row: (_VERDICTS.index(row.verdict), row.programme.casefold()),
    }
    amounts = {"life_cycle": lambda row: row.life_cycle, "own_contribution": lambda row: row.own_contribution}
    if column in amounts:
        found = [(row, amounts[column](row)) for row in rows]
        known = sorted(((r, a) for r, a in found if a is not None), key=lambda pair: pair[1], reverse=downwards)
        return [row for row, _ in known] + [row for row, amount in found if amount is None]
    if column in keys:
        return sorted(rows, key=keys[column], reverse=downwards)
    ranked = [row for row in rows if row.rank is not None]
    outside = [row for row in rows if row.rank is None]
    return sorted(ranked, key=lambda row: row.rank or 0, reverse=downwards) + outside


def _choice(result: Result, rows: Sequence[CatalogueRow], language: str) -> Choice:
    study = result.study
    search, *boxes = st.container(key="catalogue_filters").columns([1.3, 1, 1, 1, 1])
    with search:
        words = st.text_input(
            text("ui.catalogue.search", language),
            key="catalogue_search",
            placeholder=text("ui.catalogue.search_hint", language),
            persist_state="session",
            live=True,
        )
    options = (
        ("theme", {t: theme_label(study, t, language) for t in _in_order(row.theme for row in rows)}),
        ("category", {c: label("category", c, language) for c in _in_order(row.category for row in rows)}),
        ("verdict", {v: f"{MARKS[v]} {text(f'board.verdict.{v}', language)}" for v in _VERDICTS}),
        ("municipality", {m.id: m.name for m in study.municipalities}),
    )
    chosen = []
    for box, (name, labels) in zip(boxes, options, strict=True):
        with box:
            chosen.append(_filter(name, labels, language))
    themes, categories, verdicts, municipalities = chosen
    return Choice(words or "", themes, categories, verdicts, municipalities)


def _filter(name: str, labels: dict[str, str], language: str) -> frozenset[str]:
    return frozenset(
        st.multiselect(
            text(f"ui.catalogue.{name}", language),
            list(labels),
            format_func=lambda option: labels.get(option, option),
            placeholder=text("ui.catalogue.all", language),
            key=f"catalogue_{name}",
            persist_state="session",
        )
    )


def _in_order(values: Iterable[str]) -> list[str]:
    return sorted({value for value in values if value})


def _columns(language: str) -> list[Column]:
    names = ("rank", "rank_group", "measure", "verdict", "life_cycle", "own_contribution")
    return [Column(name, text(f"ui.catalogue.col_{name}", language), heading=name == "measure") for name in names]


def _line(row: CatalogueRow, language: str) -> Row:
    own, cost = _amount(row.own_contribution, language), _amount(row.life_cycle, language)
    verdict = f"{MARKS[row.verdict]} {text(f'board.verdict.{row.verdict}', language)}"
    about = " · ".join(part for part in (row.id, row.theme_label, row.category_label) if part)
    phone = text("ui.catalogue.phone", language, own=own, verdict=verdict)
    if row.standing != "ranked":
        about = f"{about} · {text(f'ui.standing.{row.standing}', language)}: {row.standing_reason}"
    return Row(
        row.id,
        (
            Cell("–" if row.rank is None else str(row.rank)),
            Cell("–" if row.rank_group is None else str(row.rank_group)),
            Cell(row.title, small=about, phone=phone),
            Cell(verdict, small=row.programme, mark=row.verdict),
            Cell(cost),
            Cell(own),
        ),
        row.standing,
    )


def _amount(amount: Decimal | None, language: str) -> str:
    return text("amount.unknown", language) if amount is None else money(amount, language, cents=False)


def _open_sheet(result: Result, measure: str, language: str) -> None:
    title = f"{measure} · {title_of(result.study.measure_by_id[measure], language)}"

    def body() -> None:
        st.html(sheet_html(fact_sheet(result, measure, language), language))
        if st.button(text("ui.sheet.close", language), key="close_measure", on_click=state.close_measure):
            st.rerun()

    st.dialog(literal(title), width="large", on_dismiss=state.close_measure)(body)()
