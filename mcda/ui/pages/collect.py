"""Page: rating workbooks out to the municipalities, their answers back in, and what is missing or unclear."""

from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

from mcda.errors import InputError, Issue, MethodError
from mcda.evaluate import check_rankable
from mcda.locale import text
from mcda.report.exhibits.catalogue import criterion_label
from mcda.report.exhibits.merge_report import ReportTable, merge_report
from mcda.report.exports.merge_file import merge_xlsx
from mcda.study.collection import Merge, merge_ratings
from mcda.study.guard import MAX_FILE_BYTES
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.collecting import all_files, asked_municipalities, by_name, file_name, made, rated_criteria, usual_criteria
from mcda.ui.links import show_link
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEY = "collect_page"
_FOLD = 15


@dataclass(frozen=True, slots=True)
class Collected:
    """The files that came back, what merging them gives, and into which study; why it could not be put in force."""

    files: tuple[tuple[str, bytes], ...]
    base: Study
    merge: Merge
    issues: tuple[Issue, ...] = ()


def show() -> None:
    """Draw the page: files out, files in, the report."""
    language, study = state.language(), state.study()
    st.title(text("ui.page.collect.title", language), anchor=False)
    st.markdown(text("ui.page.collect.lead", language))
    st.header(text("collect.out", language), anchor=False)
    if asked_municipalities(study) and rated_criteria(study):
        _send_out(study, language)
    else:
        st.info(text("collect.nobody", language))
    st.header(text("collect.back", language), anchor=False)
    _take_back(language)
    collected = _collected()
    if collected is not None:
        st.header(text("collect.report", language), anchor=False)
        _report(collected, language)


def _send_out(study: Study, language: str) -> None:
    chosen = st.multiselect(
        text("collect.criteria", language),
        rated_criteria(study),
        default=usual_criteria(study),
        format_func=lambda leaf: criterion_label(study, leaf, language),
        key=f"collect_criteria_{study.input_hash[:12]}",
        placeholder=text("collect.criteria_none", language),
    )
    criteria = tuple(chosen) or usual_criteria(study)
    previous = st.checkbox(text("collect.previous", language), key="collect_previous", persist_state="session")
    who = st.selectbox(
        text("collect.municipality", language),
        asked_municipalities(study),
        format_func=lambda name: study.municipality_by_id[name].name if name in study.municipality_by_id else name,
        key="collect_municipality",
        persist_state="session",
    )
    with st.container(horizontal=True):
        for kind in ("workbook", "ballot"):
            st.download_button(
                text(f"collect.{kind}", language),
                partial(made, study, who, kind, language, criteria, previous),
                file_name(study, who, kind, language),
                XLSX,
                key=f"download_{kind}",
                on_click="ignore",
            )
        st.download_button(
            text("collect.all", language),
            lambda: all_files(study, language, criteria, previous),
            f"{text('collect.file.all', language)}.zip",
            "application/zip",
            key="download_all_workbooks",
            on_click="ignore",
            type="primary",
        )
    show_quiet(text("collect.out_about", language))


def _take_back(language: str) -> None:
    st.file_uploader(
        text("collect.upload", language),
        type=["xlsx", "ods"],
        accept_multiple_files=True,
        key="collect_upload",
        max_upload_size=MAX_FILE_BYTES >> 20,
        on_change=_merge_uploaded,
    )
    show_quiet(text("collect.back_about", language))


def _merge_uploaded() -> None:
    uploaded = st.session_state["collect_upload"]
    if uploaded:
        files = tuple(by_name((file.name, file.getvalue()) for file in uploaded).items())
        st.session_state[_KEY] = _merged(files, state.study())


def _merged(files: tuple[tuple[str, bytes], ...], study: Study) -> Collected:
    return Collected(files, study, merge_ratings(study, dict(files)))


def _collected() -> Collected | None:
    """What was collected, merged anew if the data have changed otherwise since."""
    held: Collected | None = st.session_state.get(_KEY)
    if held is not None and state.study() not in (held.base, held.merge.study):
        held = st.session_state[_KEY] = _merged(held.files, state.study())
    return held


def _report(collected: Collected, language: str) -> None:
    tables = merge_report(collected.merge, language)
    _state(collected, language)
    with st.container(horizontal=True):
        if collected.merge.study != state.study():
            st.button(text("collect.apply", language), key="collect_apply", type="primary", on_click=_put_in_force)
        st.download_button(
            text("collect.report_file", language),
            lambda: merge_xlsx(tables),
            f"{text('collect.file.report', language)}.xlsx",
            XLSX,
            key="download_merge_report",
            on_click="ignore",
        )
        st.button(text("collect.forget", language), key="collect_forget", on_click=_forget)
        if state.can_undo():
            st.button(text("edit.undo", language), key="collect_undo", on_click=state.undo)
    for table in tables:
        _table(table, language)


def _state(collected: Collected, language: str) -> None:
    """In one sentence: what is ready to be put in force, or that it is."""
    merge = collected.merge
    sound = sum(report.merged for report in merge.files)
    if collected.issues:
        st.error(literal(text("collect.refused", language)))
        for issue in collected.issues:
            st.markdown(f"- {literal(issue.sentence(language))}")
    elif merge.study == collected.base:
        st.info(literal(text("collect.nothing_new", language, files=len(merge.files))))
    elif merge.study == state.study():
        st.success(literal(text("collect.applied", language, sound=sound)))
        show_link("live", text("collect.to_live", language), language)
    else:
        st.info(literal(text("collect.ready", language, sound=sound, files=len(merge.files))))


def _table(table: ReportTable, language: str) -> None:
    st.subheader(table.title, anchor=False)
    show_quiet(text(f"merge_report.about.{table.name}", language))
    show_table(
        pd.DataFrame(table.rows, columns=list(table.headers)),
        table.title,
        numeric=table.numeric,
        fold=_FOLD,
        more=text("changed.more", language, count=len(table.rows) - _FOLD),
    )


def _put_in_force() -> None:
    """The study with the answers in; where it would have no result, the reasons and nothing else."""
    held: Collected = st.session_state[_KEY]
    try:
        check_rankable(held.merge.study)
        state.change_study(held.merge.study)
    except InputError as error:
        st.session_state[_KEY] = replace(held, issues=error.issues)
    except MethodError as error:
        st.session_state[_KEY] = replace(held, issues=(error.issue,))


def _forget() -> None:
    st.session_state.pop(_KEY, None)
