"""Making a document for the export page: its preview, its file, and how far a long one is."""

import re
from dataclasses import replace
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mcda.errors import InputError, MethodError, Where
from mcda.locale import text
from mcda.report.exhibits.result_key import ResultKey
from mcda.report.exports.pdf_file import page_images
from mcda.report.kinds import BUILDERS, EVERY, report
from mcda.report.request import Request
from mcda.ui.export_wish import Wish
from mcda.ui.literal import literal

_MADE = "export_made"
_PAGES = 3
_DOTS = 75
LONG = 12
"""From so many sheets on a file is made under a progress bar, not at the click on the download."""

MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
}


def offer(wish: Wish, language: str) -> None:
    """The button that gives the file: at once, or first made under a progress bar where that takes its time."""
    name, ending = file_name(wish, language), _ending(wish)
    if not _is_long(wish):
        st.download_button(
            text("export_page.download", language),
            lambda: made(wish),
            name,
            MIMES[ending],
            key="download_document",
            on_click="ignore",
            type="primary",
        )
        return
    asked = repr((wish.kind, wish.form, wish.request, wish.result.provenance))
    if st.button(text("export_page.make", language), key="make_document", type="primary"):
        _make(wish, asked, language)
    kept = st.session_state.get(_MADE)
    if kept is not None and kept[0] == asked:
        st.download_button(
            text("export_page.download_ready", language),
            kept[1],
            name,
            MIMES[ending],
            key="download_document",
            on_click="ignore",
        )


def _make(wish: Wish, asked: str, language: str) -> None:
    """Make the file and keep it for the download; what stands against it is told."""
    bar = st.progress(0.0, text("export_page.making", language))
    told = replace(wish.request, told=lambda done: _show(bar, done))
    try:
        st.session_state[_MADE] = (asked, made(replace(wish, request=told)))
    except InputError as error:
        _tell(error, language)
    finally:
        bar.empty()


def _show(bar: DeltaGenerator, done: float) -> None:
    bar.progress(min(max(done, 0.0), 1.0))


def _tell(error: InputError | MethodError, language: str) -> None:
    for issue in error.issues if isinstance(error, InputError) else (error.issue,):
        at_option = issue.where.table.startswith("--")  # which a page has not: its place is the field beside
        st.error(literal((replace(issue, where=Where()) if at_option else issue).sentence(language)))


def made(wish: Wish) -> bytes:
    """The file."""
    return report(wish.result, wish.kind, wish.form, wish.request)


def show_preview(wish: Wish, language: str) -> None:
    """The first pages as they come out of a printer; what stands against the document is told instead."""
    try:
        pages, count = _previewed(wish.kind, _one_of(wish), ResultKey(wish.result))
    except (InputError, MethodError) as error:
        _tell(error, language)
        return
    for number, page in enumerate(pages, start=1):
        with st.container(key=f"export_sheet_{number}"):
            st.image(page, alt=text("export_page.page_alt", language, page=number, name=_title(wish, language)))
    if count > len(pages):
        st.caption(text("export_page.more_pages", language, count=count - len(pages)))
    if wish.request.template:
        st.caption(text("export_page.preview_template", language))
    if wish.form not in ("pdf", "docx"):
        st.caption(text("export_page.preview_print", language))


def file_name(wish: Wish, language: str) -> str:
    """What it is, whose, and the as-of date; safe on every system."""
    study, asked = wish.result.study, wish.request
    home = study.municipality_by_id.get(asked.municipality)
    whose = home.name if home else study.study.region or study.study.title
    one = asked.measures[0] if len(asked.measures) == 1 else ""
    parts = (_title(wish, language), one, whose[:60], wish.result.provenance.as_of)
    stem = "_".join(re.sub(r"[^\w.-]+", "-", part).strip("-") for part in parts if part)
    return f"{stem}.{_ending(wish)}"


def _title(wish: Wish, language: str) -> str:
    return text(f"document.title.{wish.kind}", language)


def _ending(wish: Wish) -> str:
    return "zip" if wish.request.municipality == EVERY else wish.form


def _is_long(wish: Wish) -> bool:
    sheets = len(wish.request.measures) or len(wish.result.study.measures)
    return (
        wish.request.municipality == EVERY
        or bool(wish.request.template)
        or (wish.kind in ("factsheets", "dossier") and sheets >= LONG)
    )


def _one_of(wish: Wish) -> Request:
    """The wish cut down to what the first pages show."""
    asked, study = wish.request, wish.result.study
    if wish.kind in ("factsheets", "dossier"):
        ranked = [line.measure for line in wish.result.ranking] or list(study.measure_by_id)
        asked = replace(asked, measures=(asked.measures or tuple(ranked))[:1])
    if asked.municipality == EVERY:
        asked = replace(asked, municipality=study.municipalities[0].id)
    return replace(asked, template=b"")


@lru_cache(maxsize=32)
def _previewed(kind: str, request: Request, key: ResultKey) -> tuple[tuple[bytes, ...], int]:
    """The first pages as pictures, and how many pages there are."""
    pages = page_images(BUILDERS[kind](key.result, request), _DOTS)
    return pages[:_PAGES], len(pages)
