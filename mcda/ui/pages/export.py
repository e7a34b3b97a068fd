"""Page: the result as it is set now, to download; what each file holds is said before the click."""

import re
from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from mcda.locale import text
from mcda.locale.formats import day, percent
from mcda.report.exhibits.catalogue import criterion_label, gates_by_measure, title_of
from mcda.report.exhibits.plan_doubts import plan_fits
from mcda.report.exhibits.setting import method_name, scenario_name
from mcda.report.exports.csv_file import csv_file
from mcda.report.exports.json_file import json_file
from mcda.report.exports.xlsx_file import xlsx_file
from mcda.result import Result
from mcda.ui import state
from mcda.ui.export_made import offer, show_preview
from mcda.ui.export_wish import choose
from mcda.ui.frame import page_head, provenance_line
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """Draw the page: a document chosen, previewed and downloaded; below it the data to go on calculating with."""
    language, result = state.language(), state.result()
    page_head("export", result, language)
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.header(text("export_page.document", language), anchor=False)
        taken = state.planning().taken
        if taken is not None and not plan_fits(taken, result):
            st.warning(text("budget_page.taken_before", language))
        wish = choose(result, language, taken)
        if wish is not None:
            offer(wish, language)
    with right:
        st.header(text("ui.export.preview", language), anchor=False)
        if wish is None:
            st.info(text("export_page.nothing_yet", language))
        else:
            with st.spinner(text("export_page.drawing", language)):
                show_preview(wish, language)
    _data(result, language)
    show_quiet(provenance_line(result, language))


def _data(result: Result, language: str) -> None:
    """The result as data, for who goes on calculating; what the files hold and the weights behind them."""
    left, middle, right = st.columns([1, 1, 1], gap="large")
    with left:
        st.header(text("ui.export.formats", language), anchor=False)
        _buttons(result, language)
    with middle:
        st.header(text("ui.export.what", language), anchor=False)
        _contents(result, language)
    with right:
        st.header(text("ui.export.weights", language), anchor=False)
        show_table(weight_table(result, language), text("ui.export.weights_alt", language), numeric=(1,))


def file_stem(result: Result, language: str) -> str:
    """A file name without its ending: what it is, whose, and the as-of date; safe on every system."""
    owner = re.sub(r"[^\w-]+", "-", result.study.study.region or result.study.study.title).strip("-")[:40]
    parts = (text("ui.export.file_name", language), owner, result.provenance.as_of)
    return "_".join(part for part in parts if part)


def weight_table(result: Result, language: str) -> pd.DataFrame:
    """The weights behind the ranking: every criterion with its share of the whole, sub-criteria indented."""
    study = result.study
    rows: list[tuple[str, str]] = []

    def walk(node: str, depth: int) -> None:
        for child in study.children.get(node, ()):
            indent = "\u2003" * depth
            rows.append((indent + criterion_label(study, child, language), _share(result, child, language)))
            walk(child, depth + 1)

    walk("", 0)
    return pd.DataFrame(rows, columns=[text(f"ui.export.col_{name}", language) for name in ("criterion", "weight")])


def _share(result: Result, criterion: str, language: str) -> str:
    return percent(result.weights.overall[criterion], language, 1)


def _contents(result: Result, language: str) -> None:
    first = ", ".join(
        title_of(result.study.measure_by_id[line.measure], language) for line in result.ranking if line.rank == 1
    )
    lines = [text("ui.export.ranked", language, count=len(result.ranking), first=first)]
    if result.gated:
        lines.append(text("ui.export.gated", language, count=len(gates_by_measure(result))))
    lines.append(
        text(
            "ui.export.setting",
            language,
            scenario=scenario_name(result, language),
            method=method_name(result.method, language),
            as_of=day(date.fromisoformat(result.provenance.as_of), language),
        )
    )
    lines.append(text("ui.export.findings", language, count=len(result.findings)))
    for line in lines:
        st.markdown(f"- {literal(line)}")


def _buttons(result: Result, language: str) -> None:
    stem, taken = file_stem(result, language), state.planning().taken
    files: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("xlsx", f"{stem}.xlsx", _XLSX, lambda: xlsx_file(result, language, plan=taken)),
        ("csv_office", f"{stem}.csv", "text/csv", lambda: csv_file(result, language, "office", plan=taken)),
        ("csv_machine", f"{stem}_utf8.csv", "text/csv", lambda: csv_file(result, language, "machine", plan=taken)),
        ("json", f"{stem}.json", "application/json", lambda: json_file(result, language)),
    )
    for key, name, mime, make in files:
        st.download_button(
            text(f"ui.export.{key}", language),
            make,
            name,
            mime,
            key=f"download_{key}",
            on_click="ignore",
            type="primary" if key == "xlsx" else "secondary",
        )
        show_quiet(text(f"ui.export.{key}_about", language))
