"""Page Compare, part Regions: studies of other regions from their files, beside the one that is open."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from itertools import groupby
from shlex import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mcda.batch.lessons import lessons
from mcda.batch.run import run_batch
from mcda.batch.side_by_side import SideBySide, side_by_side
from mcda.locale import text
from mcda.report.exhibits.compare_lists import Compared, beside, failed_sentences
from mcda.report.exhibits.issue_list import issue_list
from mcda.report.exhibits.listing import Listing, picked
from mcda.report.exhibits.listing_texts import listing_frame
from mcda.report.exhibits.region_bars import region_bars, region_bars_alt, region_bars_sentence
from mcda.report.exhibits.region_lessons import lesson_sentence
from mcda.report.exhibits.region_lists import region_listings
from mcda.report.exports.compare_file import compare_xlsx
from mcda.study.guard import MAX_FILE_BYTES
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.downloads import XLSX
from mcda.ui.figures.look import CONFIG
from mcda.ui.figures.region_bars import region_bars_figure
from mcda.ui.issues import show_issue_table
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.region_files import gathered, stem, take_each
from mcda.ui.upload import Upload
from mcda.ui.upload_box import word_upload

ENDINGS = ["xlsx", "ods", "xlsm", "xls"]
DRAWS = 1_000
"""Enough to tell secure from contested: the standard error of a share is at most 1.6 points of a hundred."""

FOLD = 15
LESSONS = 4
"""So many lessons of a topic are told before the rest opens on a click."""

SHOWN = {
    "regions": ("study", "measures", "own_contribution_eur", "own_per_head_eur", "grant_share"),
    "labels": ("study", "secure", "likely", "contested", "unlikely"),
    "programmes": ("programme", "named", "check", "counted", "grant_eur"),
    "theme_sums": ("theme", "regions", "measures", "first_tier", "first_tier_share"),
    "criteria": ("criterion", "having", "low", "middle", "high"),
    "costs": ("study", "missing", "rough", "unstated", "thin_share"),
}
"""The columns on screen; the workbook holds all."""

UNLIKE = ("scales_differ", "places_differ")
"""Faults that say nothing without the criterion they are about."""

Named = tuple[tuple[str, Study, str], ...]
"""Studies with their names and the hashes of their files."""

_KEY, _COUNT = "compare_regions", "compare_regions_uploads"


def show_regions(language: str) -> None:
    """Draw the part: files in, lessons on top, then the tables they come from."""
    st.markdown(text("compare_regions.lead", language))
    _files(language)
    found = gathered(_name(), state.study(), _held())
    for upload in found.refused:
        _left_out(upload, language)
    if len(found.studies) < 2:
        st.info(literal(text("compare_regions.nothing", language)))
        return
    names = ", ".join(found.studies)
    st.success(literal(text("compare_regions.held", language, count=len(found.studies), names=names)))
    studies = tuple((name, one, one.file_hash) for name, one in found.studies.items())
    with st.spinner(text("compare_regions.working", language)):
        compared = compared_regions(studies, labels=False)
    how_sure = _answers(compared, language)
    with how_sure, st.spinner(text("compare_regions.drawing", language)):
        _labels(compared_regions(studies, labels=True), language)
    _take_along(studies, language)


@lru_cache(maxsize=4)
def compared_regions(studies: Named, *, labels: bool) -> Compared:
    """The studies as they stand, side by side, with labels or without. Equal studies from different files share their
    numbers but not where they come from, hence the file's hash."""
    by_name = {name: study for name, study, _ in studies}
    what = ("ranking", "robustness") if labels else ("ranking",)
    batch = run_batch(by_name, what=what, draws=DRAWS, backend="serial")
    return Compared(batch, by_name, side=side_by_side(batch, by_name))


def _name() -> str:
    """What the open study is called in the tables: its file, or the folder it was started with."""
    return stem(state.file_name().partition(", ")[0]) or state.example_path().stem


def _held() -> tuple[Upload, ...]:
    held: tuple[Upload, ...] = st.session_state.get(_KEY, ())
    return held


def _files(language: str) -> None:
    key = f"compare_regions_{st.session_state.get(_COUNT, 0)}"
    with st.container(key="regions_upload"):
        word_upload("regions_upload", text("data.choose", language))
        st.file_uploader(
            text("compare_regions.files", language),
            type=ENDINGS,
            accept_multiple_files=True,
            key=key,
            max_upload_size=MAX_FILE_BYTES >> 20,
            on_change=_take,
            args=(key, language),
        )
        show_quiet(text("compare_regions.about", language, limit=str(MAX_FILE_BYTES >> 20)))
    if _held():
        st.button(text("compare_regions.forget", language), key="compare_regions_forget", on_click=_forget)


def _take(key: str, language: str) -> None:
    """Add what was handed over; a file of the same name takes the place of the one before."""
    files = [(file.name, file.getvalue()) for file in st.session_state[key] or ()]
    if files:
        taken = take_each(files, language, date.today())
        new = {upload.name for upload in taken}
        st.session_state[_KEY] = (*(upload for upload in _held() if upload.name not in new), *taken)
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def _forget() -> None:
    st.session_state.pop(_KEY, None)


def _left_out(upload: Upload, language: str) -> None:
    """Which file is left out and why: in the same sentence where it is one thing about the whole file."""
    refused = text("compare_regions.refused", language, name=upload.name)
    lines = issue_list(upload.issues, upload.sheets, language)
    if len(lines) == 1 and upload.issues[0].code not in UNLIKE:
        st.warning(literal(f"{refused} {lines[0].message}"))
        return
    st.warning(literal(refused))
    with st.expander(literal(text("compare_regions.faults", language, name=upload.name))):
        show_issue_table(upload.issues, language, upload.sheets)


def _answers(compared: Compared, language: str) -> DeltaGenerator:
    """Draw all that is known at once; returns the place for how sure the ranks are, which takes longer."""
    side = beside(compared)
    listings = region_listings(side, language)
    for sentence in failed_sentences(compared, language):
        st.warning(literal(sentence))
    st.html(lessons_html(listings["lessons"], language))
    _chart(side, language)
    _table(listings, "regions", language)
    place = st.container()
    for name, folded in (("programmes", ""), ("theme_sums", "themes"), ("criteria", "weights"), ("costs", "")):
        if name in listings:
            _table(listings, name, language)
        if folded in listings:
            with st.expander(listings[folded].title):
                _table(listings, folded, language)
    return place


def _chart(side: SideBySide, language: str) -> None:
    bars = region_bars(side)
    if bars is None:
        return
    st.subheader(text("compare_regions.chart", language), anchor=False)
    st.markdown(f"**{literal(region_bars_sentence(bars, language))}**")
    st.plotly_chart(
        region_bars_figure(bars, language),
        theme=None,
        config=CONFIG,
        key="compare_regions_chart",
        alt=region_bars_alt(bars, language),
    )


def _labels(compared: Compared, language: str) -> None:
    """How sure the ranks are: what can be learnt of it, and the table."""
    side = beside(compared)
    if side.labels.empty:
        show_quiet(text("labels.not_offered", language))
        return
    listings = region_listings(side, language)
    _heading(listings["labels"])
    for one in lessons(side):
        if one.topic == "sure":
            st.markdown(f"**{literal(lesson_sentence(side, one, language))}**")
    _table(listings, "labels", language, headed=False)
    show_quiet(text("compare_regions.labels_about", language, draws=DRAWS))


def lessons_html(listing: Listing, language: str) -> str:
    """Topic by topic the lessons as a list; those beyond the first few open on a click."""
    parts = [f"<h2>{escape(listing.title)}</h2>"]
    for topic, rows in groupby(listing.rows, key=lambda row: str(row[0])):
        sentences = [str(row[1]) for row in rows]
        parts.append(f"<h3>{escape(topic)}</h3>{_list(sentences[:LESSONS])}")
        if rest := sentences[LESSONS:]:
            more = text("compare_regions.more_lessons", language, count=len(rest), topic=topic)
            parts.append(f"<details><summary>{escape(more)}</summary>{_list(rest)}</details>")
    if not listing.rows:
        parts.append(f"<p>{escape(text('lesson.none', language))}</p>")
    return f"<div class='rf-sheet rf-lessons'>{''.join(parts)}</div>"


def _list(sentences: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in sentences)}</ul>"


def _heading(listing: Listing) -> None:
    st.subheader(listing.title, anchor=False)


def _table(listings: Mapping[str, Listing], name: str, language: str, *, headed: bool = True) -> None:
    listing = listings[name]
    shown = picked(listing, SHOWN[name]) if name in SHOWN else listing
    if headed:
        _heading(shown)
    frame = listing_frame(shown, language)
    rest = len(frame) - FOLD
    numeric = [at for at, column in enumerate(shown.columns) if column.kind != "text"]
    more = text("compare_regions.more_rows", language, count=rest) if rest > 0 else ""
    show_table(frame, shown.title, numeric=numeric, stack=name in SHOWN, fold=FOLD, more=more)


def _take_along(studies: Named, language: str) -> None:
    """The workbook `mcda compare` writes of the same files."""
    st.download_button(
        text("compare_regions.download", language),
        lambda: compare_xlsx(compared_regions(studies, labels=True), language),
        f"{text('compare_regions.file_name', language)}.xlsx",
        XLSX,
        key="compare_regions_download",
        on_click="ignore",
    )
    show_quiet(text("compare_regions.command", language, files=_files_named(studies), draws=str(DRAWS)))
    if state.origin() is not None:
        show_quiet(text("compare_more.again_edited", language))


def _files_named(studies: Named) -> str:
    """The files of these studies as the command line takes them."""
    first = state.file_name() or state.example_path().name
    uploaded = {stem(upload.name): upload.name for upload in _held()}
    others = (f"--also {quote(uploaded[name])}" for name, _, _ in studies[1:])
    return " ".join((quote(studies[0][0] if ", " in first else first), *others))
