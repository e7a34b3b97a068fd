"""The form that maps a flat list: a card per column, the questions left open, and what would be read so far."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any, get_args

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from mcda.locale import has_text, text
from mcda.locale.formats import day, money, number
from mcda.study.flat import Column, FlatMapping, Meaning, Question
from mcda.study.flat.mapping import FIELDS, Assigned, Group
from mcda.study.model import Measure, Study
from mcda.ui import mapping, state
from mcda.ui.downloads import offer_lists
from mcda.ui.issues import show_issue_table
from mcda.ui.literal import literal
from mcda.ui.mapping import Draft
from mcda.ui.markup import show_quiet, show_table

PREVIEW_ROWS = 5
GROUPS: Sequence[Group] = ("relevance", "feasibility", "cost", "funding", "")
OBVIOUS = frozenset({"header", "chosen"})
"""Reasons for a meaning that need no words."""
MEANINGS: Sequence[Meaning] = get_args(Meaning)


def show_mapping(draft: Draft, language: str) -> None:
    """Draw the form for the list being mapped; every change is read at once."""
    _head(draft, language)
    _memory(draft, language)
    _title(draft, language)
    for column in draft.columns:
        _card(draft, column, language)
    _whole(draft, language)
    st.subheader(text("data.preview", language), anchor=False)
    _outcome(draft, language)
    _keep_mapping(draft, language)


def _draft() -> Draft | None:
    upload = state.upload()
    return upload.draft if upload is not None else None


def _head(draft: Draft, language: str) -> None:
    found = draft.found
    words = {"sheet": found.sheet.name, "measures": str(found.measures), "columns": str(len(draft.columns))}
    where = "data.list_found" if found.header_row else "data.list_headerless"
    st.markdown(literal(text(where, language, row=str(found.header_row), **words)))
    if found.others:
        show_quiet(text("data.list_others", language, sheets=found.others))
    if waiting := mapping.to_look_at(draft):
        st.html(f"<p class='rf-notice'>{escape(text('data.to_look_at', language, columns=waiting))}</p>")


def _memory(draft: Draft, language: str) -> None:
    """What an earlier mapping brought, and what it did not know."""
    if draft.memory is None:
        return
    st.info(literal(text("data.remembered", language)))
    pairs = tuple(f"{old} → {new}" for old, new in draft.memory.similar)
    for name, told in (("similar", pairs), ("new", draft.memory.new), ("gone", draft.memory.gone)):
        if told:
            show_quiet(text(f"data.memory_{name}", language, columns=told))


def _title(draft: Draft, language: str) -> None:
    st.session_state["map_title"] = draft.title
    st.text_input(text("data.study_title", language), key="map_title", on_change=_take_title)


def _take_title() -> None:
    draft, title = _draft(), st.session_state["map_title"].strip()
    if draft is not None and title:
        state.keep_draft(mapping.with_all(draft, title=title))


def _card(draft: Draft, column: Column, language: str) -> None:
    waits = any(mapping.is_open(draft, column, q) for q in column.questions)
    key = draft.columns.index(column)
    with st.container(border=True, key=f"map_card_{'open' if waits else 'sure'}_{key}"):
        left, middle, right = st.columns([1.1, 1, 1.2])
        with left:
            st.markdown(f"**{literal(column.header)}**")
            samples = " · ".join(column.samples) or text("data.no_samples", language)
            show_quiet(text("data.samples", language, letter=column.letter, samples=samples))
        with middle:
            _choose_meaning(draft, column, key, language)
        with right:
            if words := column.assigned.words:
                said = tuple(f"{w} = {'?' if v is None else number(v, language)}" for w, v in words)
                show_quiet(text("data.words_read", language, words=said))
            for question in mapping.questions(column):
                _ask(draft, column, question, key, language)


def _choose_meaning(draft: Draft, column: Column, key: int, language: str) -> None:
    doubt = mapping.doubt(column)
    waits = doubt is not None and mapping.is_open(draft, column, doubt)
    name = f"map_meaning_{key}"
    st.session_state[name] = column.meaning
    st.selectbox(
        literal(text("data.meaning_of", language, column=column.header)),
        MEANINGS,
        format_func=lambda meaning: text(f"flat.meaning.{meaning}", language),
        key=name,
        on_change=_take_meaning,
        args=(column.header, name),
        label_visibility="collapsed",
    )
    if waits and doubt is not None:
        st.html(f"<p class='rf-ask'>{escape(doubt.sentence(language))}</p>")
        st.button(
            text("data.is_right", language),
            key=f"map_right_{key}",
            on_click=_take_meaning,
            args=(column.header, name),
        )
    elif column.why not in OBVIOUS and has_text(f"flat.why.{column.why}", language):
        show_quiet(text(f"flat.why.{column.why}", language))
    if column.meaning == "rating":
        _choose_group(column, key, language)


def _choose_group(column: Column, key: int, language: str) -> None:
    name = f"map_group_{key}"
    st.session_state[name] = column.assigned.parent
    st.selectbox(
        text("data.belongs_to", language),
        GROUPS,
        format_func=lambda group: text(f"flat.criterion.{group}" if group else "data.own_criterion", language),
        key=name,
        on_change=_take_group,
        args=(column.header, name),
    )


def _take_meaning(header: str, key: str) -> None:
    draft = _draft()
    if draft is not None:
        parent = mapping.column_of(draft, header).assigned.parent
        state.keep_draft(mapping.with_meaning(draft, header, st.session_state[key], parent))


def _take_group(header: str, key: str) -> None:
    draft = _draft()
    if draft is not None:
        state.keep_draft(mapping.with_parent(draft, header, st.session_state[key]))


def _ask(draft: Draft, column: Column, question: Question, key: int, language: str) -> None:
    """One question as a list of its answers; one that waits for an answer is marked and has none chosen."""
    waits = mapping.is_open(draft, column, question)
    held = mapping.chosen(column.assigned, question)
    name = f"map_{question.code}_{key}"
    choices = list(range(len(question.choices)))
    st.session_state[name] = None if held is None or (waits and question.must) else question.choices.index(held)
    if waits:
        st.html(f"<p class='rf-ask'>{escape(question.sentence(language))}</p>")
    st.selectbox(
        question.sentence(language),
        choices,
        index=None if st.session_state[name] is None else 0,
        format_func=lambda index: question.choices[index].label(language),
        key=name,
        on_change=_take_answer,
        args=(column.header, question, name),
        placeholder=text("data.please_choose", language),
        label_visibility="collapsed" if waits else "visible",
    )
    if waits and not question.must:
        st.button(
            text("data.is_right" if held is not None else "data.not_known", language),
            key=f"{name}_right",
            on_click=_take_answer,
            args=(column.header, question, name),
        )


def _take_answer(header: str, question: Question, key: str) -> None:
    draft, index = _draft(), st.session_state[key]
    if draft is not None and (index is not None or not question.must):
        choice = question.choices[index] if index is not None else None
        state.keep_draft(mapping.with_answer(draft, header, question, choice))


def _whole(draft: Draft, language: str) -> None:
    """Questions about the whole list: rows that hold a title only, a row of weights."""
    if draft.found.title_only:
        options = ("heading", "measure")
        st.session_state["map_title_only"] = draft.title_only
        st.radio(
            text("data.title_only", language, rows=tuple(str(row) for row in draft.found.title_only)),
            options,
            index=None,
            format_func=lambda option: text(f"data.title_only_{option}", language),
            key="map_title_only",
            on_change=_take_whole,
            args=("title_only", "map_title_only"),
        )
    if draft.found.weight_row is not None:
        st.session_state["map_weights"] = draft.use_weights
        st.checkbox(
            text("data.use_weights", language, row=str(draft.found.weight_row)),
            key="map_weights",
            on_change=_take_whole,
            args=("use_weights", "map_weights"),
        )


def _take_whole(field: str, key: str) -> None:
    draft = _draft()
    if draft is not None:
        state.keep_draft(mapping.with_all(draft, **{field: st.session_state[key]}))


def _outcome(draft: Draft, language: str) -> None:
    """The first measures as they would be read, or what has to be settled before."""
    if draft.study is not None:
        lead = text(
            "data.preview_lead",
            language,
            shown=str(min(PREVIEW_ROWS, len(draft.study.measures))),
            count=str(len(draft.study.measures)),
        )
        st.markdown(literal(lead))
        show_table(preview(draft, draft.study, language), text("data.preview", language))
    elif waiting := mapping.must_answer(draft):
        st.markdown(literal(text("data.must_answer", language, columns=waiting)))
    else:
        _faults(draft, language)
    with st.container(horizontal=True):
        st.button(
            text("data.take_over", language),
            key="take_over",
            type="primary",
            disabled=draft.study is None,
            on_click=state.open_draft,
        )
        st.button(text("data.forget_list", language), key="forget_upload", on_click=state.forget_upload)


def _faults(draft: Draft, language: str) -> None:
    """The cells that cannot be read under this mapping, as a table and as files."""
    st.markdown(text("data.list_faults", language))
    upload = state.upload()
    if upload is not None:
        with st.container(horizontal=True):
            offer_lists(upload, draft.issues, language)
    show_issue_table(draft.issues, language, (draft.found.sheet,))


def preview(draft: Draft, study: Study, language: str) -> pd.DataFrame:
    """The first measures as read: a column for each of the list that counts, under its own header; ticks as names."""
    columns = [a for a in draft.mapping.columns if a.meaning in FIELDS or a.meaning in {"rating", "grant"}]
    ticked = any(a.meaning == "municipality" for a in draft.mapping.columns)
    heads = [a.header for a in columns] + ([text("table.municipalities", language)] if ticked else [])
    rows: list[list[str]] = []
    for measure in study.measures[:PREVIEW_ROWS]:
        values = [_value(study, measure, a) for a in columns]
        values += [_field(study, measure, "municipalities")] if ticked else []
        rows.append([_shown(value, language) for value in values])
    return pd.DataFrame(rows, columns=heads)


def _value(study: Study, measure: Measure, column: Assigned) -> Any:
    """What a column of the list became for one measure."""
    if column.meaning == "grant":
        return next((e.awarded_eur for e in study.eligibility if e.measure == measure.id), None)
    if column.meaning == "rating":
        names = {c.id for c in study.criteria if column.name in (c.label_de, c.label_en)}
        return next((r.value for r in study.ratings if r.measure == measure.id and r.criterion in names), None)
    return _field(study, measure, FIELDS[column.meaning])


def _field(study: Study, measure: Measure, field: str) -> Any:
    value = getattr(measure, field)
    if field == "municipalities":
        return tuple(study.municipality_by_id[m].name for m in value if m in study.municipality_by_id)
    if field == "theme":
        return next((theme.label_de for theme in study.themes if theme.id == value), value)
    return value


def _shown(value: Any, language: str) -> str:
    if value is None or value in ("", ()):
        return "–"
    if isinstance(value, bool):
        return text(f"choice.yes_no.{'yes' if value else 'no'}", language)
    if isinstance(value, Decimal):
        return money(value, language, cents=value != value.to_integral_value())
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value, language)
    if isinstance(value, date):
        return day(value, language)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _keep_mapping(draft: Draft, language: str) -> None:
    """The mapping to take along, and one from an earlier time to bring back."""
    with st.expander(text("data.mapping_file", language)):
        show_quiet(text("data.mapping_about", language))
        st.download_button(
            text("data.mapping_button", language),
            lambda: draft.mapping.model_dump_json(indent=2).encode(),
            f"{text('data.mapping_name', language)}.json",
            "application/json",
            key="download_mapping",
            on_click="ignore",
        )
        st.file_uploader(
            text("data.mapping_upload", language), type=["json"], key="mapping_upload", on_change=_take_mapping
        )
        if st.session_state.get("mapping_wrong"):
            st.error(text("data.mapping_wrong", language))


def _take_mapping() -> None:
    draft, file = _draft(), st.session_state["mapping_upload"]
    st.session_state["mapping_wrong"] = False
    if draft is None or file is None:
        return
    try:
        earlier = FlatMapping.model_validate_json(file.getvalue())
    except ValidationError:
        st.session_state["mapping_wrong"] = True
        return
    state.keep_draft(mapping.with_mapping(draft, earlier))
