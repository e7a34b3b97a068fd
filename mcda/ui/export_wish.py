"""What a person chooses on the export page: which document, in which form, on what."""

from dataclasses import dataclass

import streamlit as st

from mcda.locale import text
from mcda.portfolio import Plan
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.plan_doubts import plan_fits
from mcda.report.exhibits.ranked_list import list_groups
from mcda.report.exports.fact_sheet_docx import default_template
from mcda.report.kinds import BUILDERS, EVERY, formats, speaks_of_plan
from mcda.report.request import Request
from mcda.result import Result
from mcda.study.guard import MAX_FILE_BYTES
from mcda.ui.board import direct
from mcda.ui.literal import literal
from mcda.ui.remembered import remember, remembered
from mcda.ui.segments import choose_one
from mcda.ui.workshop.by_link import room_by_link
from mcda.workshop.baseline import in_force
from mcda.workshop.desk import UnknownRoom
from mcda.workshop.fold import fold
from mcda.workshop.log_file import RoomLog
from mcda.workshop.store import StoreError

OF_MEASURES = ("factsheets", "dossier", "kofi")
OF_MUNICIPALITY = ("council", "kofi")
OF_PUBLIC = ("council", "annex")
"""Kinds with a public side and another one; the others tell amounts of single measures as they are, and say so."""

OF_ROOM = ("protocol", "annex", "council", "list", "factsheets")
_COLUMNS, _PICKED = "export_columns", "export_columns_picked"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Wish:
    """A document asked for: `result` is the one on screen, or what the workshop agreed. None of it is made yet."""

    kind: str
    form: str
    request: Request
    result: Result


def choose(result: Result, language: str, plan: Plan | None = None) -> Wish | None:
    """The document chosen; None where something is still missing, which is then said. `plan`: the one taken over for
    the documents, which then speak of it; without, none is offered."""
    plan = plan if plan is not None and plan.solved and plan_fits(plan, result) else None
    kinds = tuple(kind for kind in BUILDERS if kind != "plan" or plan is not None)
    kind = st.radio(
        text("export_page.kind", language),
        kinds,
        format_func=lambda name: text(f"document.title.{name}", language),
        captions=[text(f"export_page.about.{name}", language) for name in kinds],
        key="export_kind",
        persist_state="session",
    )
    form = choose_one(
        text("export_page.form", language),
        formats(kind),
        formats(kind)[0],
        shown=lambda name: text(f"export_page.form_{name}", language),
        key=f"export_form_{kind}",
    )
    room, asked_for = _room(kind, language)
    if asked_for and room is None:
        return None
    request = Request(
        language=language,
        measures=_measures(kind, result, language),
        municipality=_municipality(kind, result, language),
        public=_public(kind, language),
        columns=_columns(kind, form, result, language),
        room=room,
        template=_template(kind, form, language),
        plan=plan if room is None and speaks_of_plan(kind, form) else None,
    )
    return Wish(kind, form, request, result if room is None else in_force(room.study, fold(room.events)))


def _measures(kind: str, result: Result, language: str) -> tuple[str, ...]:
    if kind not in OF_MEASURES:
        return ()
    ranked = [line.measure for line in result.ranking]
    known = result.study.measure_by_id
    return tuple(
        st.multiselect(
            text("export_page.measures", language),
            [*ranked, *(name for name in known if name not in ranked)],
            format_func=lambda name: f"{name} {title_of(known[name], language)}",
            placeholder=text("export_page.measures_all", language),
            key="export_measures",
            persist_state="session",
        )
    )


def _municipality(kind: str, result: Result, language: str) -> str:
    known = result.study.municipality_by_id
    if kind not in OF_MUNICIPALITY or not known:
        return ""
    named = {"": text("export_page.alliance", language), EVERY: text("export_page.each", language)}
    return st.selectbox(
        text("export_page.municipality", language),
        ("", EVERY, *known),
        format_func=lambda name: named.get(name) or known[name].name,
        key=f"export_municipality_{kind}",
        persist_state="session",
    )


def _public(kind: str, language: str) -> bool:
    if kind not in OF_PUBLIC:
        return True
    return not st.toggle(
        text("export_page.non_public", language),
        key="export_non_public",
        help=text("export_page.non_public_help", language),
        persist_state="session",
    )


def _columns(kind: str, form: str, result: Result, language: str) -> tuple[str, ...]:
    """The columns of the list, in the order they were picked. They stand in the page's address, so that a bookmark
    keeps them, and the browser remembers those last picked; an address wins."""
    if kind != "list" or form == "json":
        return ()
    heads = {one.key: one.header for group in list_groups(result, language).values() for one in group}
    if _COLUMNS not in st.session_state and _COLUMNS not in st.query_params:
        st.session_state[_COLUMNS] = [key for key in dict.fromkeys(remembered(_COLUMNS)) if key in heads]
    chosen = st.multiselect(
        text("export_page.columns", language),
        list(heads),
        format_func=lambda key: heads[key],
        placeholder=text("export_page.columns_usual", language),
        key=_COLUMNS,
        help=text("export_page.columns_help", language),
        on_change=_pick_columns,
        bind="query-params",
        persist_state="session",
    )
    if _PICKED in st.session_state:
        remember(_COLUMNS, st.session_state[_PICKED])
    return tuple(chosen)


def _pick_columns() -> None:
    """What a person picks is remembered; not what an address brought along, or what another study left of it."""
    st.session_state[_PICKED] = tuple(st.session_state[_COLUMNS])


def _template(kind: str, form: str, language: str) -> bytes:
    if (kind, form) != ("factsheets", "docx"):
        return b""
    with st.expander(text("export_page.template", language)):
        st.markdown(text("export_page.template_about", language, field="`{{ title }}`"))
        st.download_button(
            text("export_page.template_get", language),
            lambda: default_template(language),
            text("export_page.template_file", language) + ".docx",
            DOCX,
            key="download_template",
            on_click="ignore",
        )
        given = st.file_uploader(
            text("export_page.template_put", language),
            type=["docx"],
            key="export_template",
            max_upload_size=MAX_FILE_BYTES >> 20,
        )
    return given.getvalue() if given is not None else b""


def _room(kind: str, language: str) -> tuple[RoomLog | None, bool]:
    """The workshop whose link was pasted, and whether one is needed or was asked for in vain."""
    if kind not in OF_ROOM or not direct.is_served():
        return None, kind == "protocol"
    link = st.text_input(
        text(f"export_page.room{'_must' if kind == 'protocol' else ''}", language),
        key="export_room",
        help=text("export_page.room_help", language),
        persist_state="session",
    )
    if not link:
        if kind == "protocol":
            st.info(text("export_page.room_needed", language))
        return None, kind == "protocol"
    try:
        loaded = room_by_link(link)
    except UnknownRoom:
        st.error(text("workshop_page.take_wrong", language))
        return None, True
    except StoreError as error:
        st.error(literal(error.issue.sentence(language)))
        return None, True
    return RoomLog(loaded.study, loaded.events), False
