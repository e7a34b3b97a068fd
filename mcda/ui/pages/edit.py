"""Page: the study's tables to type into. Every cell is text; the strict reader of files reads what was typed."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from mcda.errors import InputError, Issue, MethodError
from mcda.evaluate import check_rankable
from mcda.locale import label, text
from mcda.report.exhibits.changes import Change, changes
from mcda.study.edit import edit_study
from mcda.study.model import Study
from mcda.study.write import workbook_bytes
from mcda.ui import state
from mcda.ui.changed import show_changes
from mcda.ui.editing import COLUMNS, FIRST_ROW, GRID, Plan, View, issue_rows, plan, raters, typed_into, view_of
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEY = "edit_page"
_PAGE_ROWS = 16
_ROW_PX = 36


@dataclass(frozen=True, slots=True)
class Told:
    """What the last click had to say: the rows of issues, the changes as they were read, or a sentence's key."""

    issues: tuple[tuple[str, str, str, str], ...] = ()
    applied: tuple[Change, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page's own state: how often the editor was emptied, and what there is to tell."""

    emptied: int = 0
    told: Told = Told()


def show() -> None:
    """Draw the page: what to edit, the editor, the buttons, and what became of the last click."""
    language, study = state.language(), state.study()
    st.title(text("ui.page.edit.title", language), anchor=False)
    st.markdown(text("ui.page.edit.lead", language))
    view = view_of(study, *_choice(study, language))
    key = editor_key(view)
    _editor(view, key, language)
    _buttons(view, key, language)
    _told(language)
    show_quiet(text("edit.numbers", language))
    if view.table == GRID:
        show_quiet(text("edit.grid", language, word=text("edit.abstains", language)))
    if view.grows:
        show_quiet(f"{text('edit.grow', language)} {text('edit.follow', language)}")


def editor_key(view: View) -> str:
    """The editor's key: another table, other data or an emptied editor is another editor."""
    return f"edit_{view.table}_{view.rater}_{state.study().input_hash[:12]}_{_sheet().emptied}"


def _sheet() -> Sheet:
    sheet: Sheet = st.session_state.get(_KEY, Sheet())
    return sheet


def _choice(study: Study, language: str) -> tuple[str, str, str]:
    """Table, language and rater."""
    table = st.pills(
        text("edit.what", language),
        list(COLUMNS),
        default="measures",
        required=True,
        format_func=lambda name: text(f"edit.table.{name}", language),
        key="edit_what",
        persist_state="session",
    )
    if table != GRID:
        return table or "measures", language, ""
    rater = st.selectbox(
        text("edit.rater", language),
        raters(study),
        format_func=lambda rater: _rater_name(study, rater, language),
        key="edit_rater",
        persist_state="session",
    )
    return GRID, language, rater or ""


def _rater_name(study: Study, rater: str, language: str) -> str:
    if not rater:
        return text("edit.agreed", language)
    member = study.municipality_by_id.get(rater)
    return member.name if member is not None else label("ui.rater", rater, language)


def _editor(view: View, key: str, language: str) -> None:
    """Nothing is sent on while somebody types: the click on a button brings every cell along."""
    st.data_editor(
        editor_frame(view),
        key=key,
        num_rows="dynamic" if view.grows else "fixed",
        hide_index=False,
        height=_ROW_PX * (min(len(view.rows), _PAGE_ROWS) + 2),
        disabled=sorted(view.settled),
        column_config={"_index": st.column_config.Column(text("edit.row", language), width=60, pinned=True)}
        | {
            name: st.column_config.TextColumn(heading, pinned=name in ("id", "measure", "programme"))
            for name, heading in view.columns.items()
        },
        on_change="ignore",
        alt=text("edit.alt", language, table=text(f"edit.table.{view.table}", language)),
    )


def editor_frame(view: View) -> pd.DataFrame:
    """The view as texts; rows count as in the workbook, where the header is row 1."""
    index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(view.rows))
    return pd.DataFrame(list(view.rows), columns=list(view.columns), index=index, dtype=str)


def _buttons(view: View, key: str, language: str) -> None:
    study = state.study()
    with st.container(horizontal=True):
        st.button(
            text("edit.apply", language), key="edit_apply", type="primary", on_click=_apply, args=(view, key, language)
        )
        st.button(text("edit.discard", language), key="edit_discard", on_click=_empty)
        if state.can_undo():
            st.button(text("edit.undo", language), key="edit_undo", on_click=_undo, args=(view, key))
        if state.origin() is not None:
            st.download_button(
                text("edit.download", language),
                lambda: workbook_bytes(study),
                f"{text('edit.file', language)}.xlsx",
                XLSX,
                key="download_changed_study",
                on_click="ignore",
            )


def _told(language: str) -> None:
    told = _sheet().told
    if told.sentence:
        st.info(literal(text(f"edit.{told.sentence}", language)))
    if told.issues:
        st.error(literal(text("edit.refused", language, count=len(told.issues))))
        names = [text(f"edit.col_{name}", language) for name in ("row", "column", "value", "message")]
        show_table(pd.DataFrame(told.issues, columns=names), text("edit.refused_alt", language))
    if told.applied:
        st.success(text("edit.applied", language))
        show_changes(told.applied, text("edit.applied_alt", language), language)


def _apply(view: View, key: str, language: str) -> None:
    """Put what was typed in force, all of it or, where something is wrong, nothing."""
    typed = typed_into(view, st.session_state.get(key))
    sheet = _sheet()
    if not typed.count:
        st.session_state[_KEY] = replace(sheet, told=Told(sentence="nothing"))
        return
    planned, before = plan(state.study(), view, typed), state.study()
    issues = _put_in_force(planned)
    if issues:
        rows = tuple(issue_rows(planned, view, issues, language))
        st.session_state[_KEY] = replace(sheet, told=Told(issues=rows))
        return
    read = changes(before, state.study(), language)
    told = Told(applied=read) if read else Told(sentence="unchanged")
    st.session_state[_KEY] = Sheet(sheet.emptied + 1, told)


def _put_in_force(planned: Plan) -> tuple[Issue, ...]:
    """Every issue of the edit; none if it is in force now."""
    try:
        changed = edit_study(planned.study, planned.edit)
        check_rankable(changed)
        state.change_study(changed)
    except InputError as error:
        return error.issues
    except MethodError as error:
        return (error.issue,)
    return ()


def _empty() -> None:
    st.session_state[_KEY] = Sheet(_sheet().emptied + 1)


def _undo(view: View, key: str) -> None:
    """Take the last step back, but not over the head of somebody who is typing."""
    if typed_into(view, st.session_state.get(key)).count:
        st.session_state[_KEY] = replace(_sheet(), told=Told(sentence="apply_first"))
        return
    state.undo()
    st.session_state[_KEY] = replace(_sheet(), told=Told())
