"""Page: an own study in. Template, upload, and then what was recognised, what is to be mapped, or every fault."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from mcda.errors import Issue, Where
from mcda.locale import text
from mcda.report.exhibits.findings import finding_sentence
from mcda.study.columns import table_title
from mcda.study.guard import MAX_FILE_BYTES
from mcda.study.model import TABLES, Study
from mcda.study.template import template_bytes
from mcda.ui import state
from mcda.ui.downloads import offer_file, offer_lists
from mcda.ui.frame import study_title
from mcda.ui.issues import show_issues
from mcda.ui.links import show_link
from mcda.ui.literal import literal
from mcda.ui.mapping_form import show_mapping
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.upload import Upload, has_list
from mcda.ui.upload_box import word_upload

ENDINGS = ["xlsx", "ods", "csv", "txt", "tsv", "xlsm", "xls"]
WEIGHTY = ("strong", "warning")


def show() -> None:
    """Draw the page: one column of steps."""
    language, upload = state.language(), state.upload()
    st.title(text("ui.page.data.title", language), anchor=False)
    with st.container(key="data_page"):
        st.markdown(text("ui.page.data.lead", language))
        _template(language)
        _upload(language)
        if upload is None or upload.study is not None:
            _opened(upload, language)
        elif upload.draft is not None:
            _step("map", language)
            show_mapping(upload.draft, language)
        else:
            _rejected(upload, language)


def _step(name: str, language: str) -> None:
    st.header(text(f"data.{name}", language), anchor=False)


def _template(language: str) -> None:
    _step("template", language)
    st.markdown(text("data.template_about", language))
    study = state.study()
    with st.container(horizontal=True):
        offer_file("template", lambda: template_bytes(language), "xlsx", language)
        offer_file("example", lambda: template_bytes(language, state.example_study()), "xlsx", language)
        if not state.is_example():
            offer_file("study", lambda: template_bytes(language, study), "xlsx", language)


def _upload(language: str) -> None:
    _step("upload", language)
    key = f"upload_{state.upload_count()}"
    word_upload("data_page", text("data.choose", language))
    st.file_uploader(
        text("data.upload_label", language),
        type=ENDINGS,
        accept_multiple_files=True,
        key=key,
        max_upload_size=MAX_FILE_BYTES >> 20,
        on_change=_take,
        args=(key,),
    )
    show_quiet(text("data.upload_about", language, limit=str(MAX_FILE_BYTES >> 20)))


def _take(key: str) -> None:
    files = st.session_state[key]
    if files:
        state.open_upload([(file.name, file.getvalue()) for file in files])


def _opened(upload: Upload | None, language: str) -> None:
    study = state.study()
    _step("opened", language)
    title = study_title(study, language)
    if upload is None:
        st.markdown(literal(text("data.open_now", language, title=title)))
    else:
        st.success(literal(text("data.open_file", language, name=upload.name, title=title)))
        with st.container(key="to_live"):
            show_link("live", text("data.to_live", language), language)
    with st.container(key="data_sizes"):
        show_table(table_sizes(study, language), text("data.sizes_alt", language), numeric=(1,))
    if upload is not None:
        _notes(upload.issues, study, language)
        if upload.draft is not None:
            st.button(
                text("data.map_again", language), key="map_again", on_click=state.keep_draft, args=(upload.draft,)
            )


def table_sizes(study: Study, language: str) -> pd.DataFrame:
    """The tables that were read and how many rows each has."""
    rows = [
        (table_title(table, language), str(len(content)))
        for table in TABLES
        if isinstance(content := getattr(study, table), tuple) and content
    ]
    return pd.DataFrame(rows, columns=[text("data.col_table", language), text("data.col_rows", language)])


def _notes(notes: Sequence[Issue], study: Study, language: str) -> None:
    """What was left out, assumed or is worth a look, the weighty first."""
    if not notes:
        return
    st.subheader(text("data.notes", language), anchor=False)
    for note in sorted(notes, key=lambda n: n.level not in WEIGHTY):
        place = ", ".join(_place(note.where, language))
        sentence = finding_sentence(note, study, language)
        st.markdown(f"- {literal(f'{place}: {sentence}' if place else sentence)}")


def _place(where: Where, language: str) -> list[str]:
    table = table_title(where.table, language) if where.table in TABLES else where.table
    row = text("issue.row", language, row=str(where.row)) if where.row is not None else ""
    return [part for part in (table, row, where.column) if part]


def _rejected(upload: Upload, language: str) -> None:
    _step("rejected", language)
    st.markdown(text("data.rejected_about", language))
    with st.container(horizontal=True):
        offer_lists(upload, upload.issues, language)
        if has_list(upload.sheets):
            st.button(text("data.as_list", language), key="as_list", on_click=state.map_upload)
        st.button(text("data.forget", language), key="forget_upload", on_click=state.forget_upload)
    show_issues(upload.name, upload.issues, language, upload.sheets)
