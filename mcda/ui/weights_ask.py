"""Page Gewichte, part Fragen: who answers, which criteria, through which door; the answers and what they mean."""

from dataclasses import replace
from html import escape

import streamlit as st

from mcda.errors import InputError, MethodError
from mcda.locale import text
from mcda.report.exhibits.questions import group_name, question_plan, swings_of
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.study.write import workbook_bytes
from mcda.ui import state
from mcda.ui.asking.draft import (
    DOORS,
    FORMULAS,
    Door,
    add_person,
    allow_replacing,
    asking,
    blocked,
    draft_of,
    keep,
    stored_door,
    weights_of,
)
from mcda.ui.asking.order_alone import show_order_alone
from mcda.ui.asking.order_and_points import Mode, sent, show_order_and_points
from mcda.ui.asking.pairs import show_pairs
from mcda.ui.asking.table import show_table_of_pairs
from mcda.ui.asking.weights_so_far import show_trades, show_weights_so_far
from mcda.ui.downloads import XLSX
from mcda.ui.links import show_link
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet
from mcda.weights.direct import TOTAL
from mcda.weights.stored import answers_of, people_with_answers

_NEW = "+"
_TEXTS = (
    "up",
    "down",
    "drag",
    "place",
    "place_fault",
    "equal",
    "confirm",
    "points",
    "points_fault",
    "first",
    "from",
    "to",
)
_TOLD = "weights_ask_told"


def show(result: Result, language: str) -> None:
    """Draw the part."""
    study = result.study
    person, criteria = st.columns([2, 3], gap="large")
    with person:
        who = _who(study, language)
    if not who:
        return
    with criteria:
        parent = _group(study, who, language)
    door = _door(study, who, parent, language)
    _stored(study, who, parent, language)
    _replace(study, who, parent, door, language)
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key=f"weights_asks_{who}_{parent or 'top'}_{door}"):
        _ask(study, who, parent, door, language)
    with right:
        show_weights_so_far(study, who, parent, door, language)
        if door == "order":
            show_order_alone(result, who, parent, language)
        _meaning(study, who, parent, door, language)
        _next(study, who, parent, language)
        _into_live(study, who, language)
        _download(study, language)


def _who(study: Study, language: str) -> str:
    """The stakeholder who answers; '' while a new one is being named."""
    people = {person.id: person for person in study.stakeholders}
    who = st.selectbox(
        text("weights_page.who", language),
        [*people, _NEW],
        format_func=lambda name: (
            ((people[name].label_en if language == "en" else "") or people[name].label_de)
            if name in people
            else text("weights_page.new_person", language)
        ),
        key="weights_who",
        persist_state="session",
    )
    if who in people:
        return str(who)
    _new_person(study, language)
    return ""


def _new_person(study: Study, language: str) -> None:
    members = {member.id: member.name for member in study.municipalities}
    with st.form("weights_new_person", border=True):
        st.text_input(text("weights_page.person_label", language), key="weights_person_label")
        show_quiet(text("weights_page.person_help", language))
        st.text_input(text("weights_page.person_role", language), key="weights_person_role")
        st.selectbox(
            text("weights_page.person_home", language),
            ["", *members],
            format_func=lambda name: members.get(name, text("weights_page.person_no_home", language)),
            key="weights_person_home",
        )
        st.form_submit_button(
            text("weights_page.person_add", language), type="primary", on_click=_add, args=(language,)
        )
    if told := st.session_state.pop(_TOLD, ""):
        st.error(literal(told))


def _add(language: str) -> None:
    """Add the person who was named in the form, and let them answer."""
    label, role, home = (
        str(st.session_state.get(f"weights_person_{part}") or "") for part in ("label", "role", "home")
    )
    if not label.strip():
        st.session_state[_TOLD] = text("weights_page.person_unnamed", language)
        return
    try:
        st.session_state["weights_who"] = add_person(label.strip(), role.strip(), home)
    except InputError as error:
        st.session_state[_TOLD] = error.issues[0].sentence(language)
    except MethodError as error:
        st.session_state[_TOLD] = error.issue.sentence(language)
    else:
        for part in ("label", "role"):
            st.session_state[f"weights_person_{part}"] = ""


def _group(study: Study, who: str, language: str) -> str:
    """Which criteria are weighed: the main ones, or those below one of them; with how far this person is."""
    parents = [parent for parent, items in study.children.items() if len(items) > 1]
    done = [parent for parent in parents if answers_of(study, who, parent).elicitation]
    show_quiet(text("weights_page.groups_done", language, done=len(done), all=len(parents)))
    chosen = st.pills(
        text("weights_page.which_criteria", language),
        parents,
        default=parents[0],
        required=True,
        format_func=lambda parent: f"{'✓ ' if parent in done else ''}{group_name(study, parent, language)}",
        key="weights_group",
        persist_state="session",
    )
    if done:
        show_quiet(" · ".join(_answered(study, who, parent, language) for parent in done))
    return chosen if chosen is not None else parents[0]


def _answered(study: Study, who: str, parent: str, language: str) -> str:
    """How and when a group was answered: 'Main criteria: Swing, 26.11.2026, 14:03'."""
    found = answers_of(study, who, parent)
    return text(
        "weights_page.answered",
        language,
        group=group_name(study, parent, language),
        kind=text(f"elicitation.{found.elicitation}", language),
        at=moment_text(found.answered_at) or text("weights_page.no_time", language),
    )


def _door(study: Study, who: str, parent: str, language: str) -> Door:
    """The way to ask; the one answered before, else the recommended one, is preselected."""
    size = len(study.children[parent])
    counts = {"order": 1, "swing": size, "pairs": question_plan(study.children[parent])[1]}
    door = st.pills(
        text("weights_page.door", language),
        list(DOORS),
        default=stored_door(study, who, parent) or "swing",
        required=True,
        format_func=lambda name: text(f"weights_page.door_{name}", language, count=counts[name]),
        key=f"weights_door_{who}_{parent}",
        persist_state="session",
    )
    chosen: Door = door
    show_quiet(text(f"weights_page.about_{chosen}", language))
    return chosen


def _replace(study: Study, who: str, parent: str, door: Door, language: str) -> None:
    """Answers of another kind are replaced only when somebody says so."""
    if not blocked(study, who, parent, door):
        return
    kind = text(f"elicitation.{answers_of(study, who, parent).elicitation}", language)
    st.warning(literal(text("weights_page.stored_other", language, kind=kind)))
    st.button(
        text("weights_page.replace", language),
        key=f"weights_replace_{who}_{parent}_{door}",
        on_click=allow_replacing,
        args=(who, parent, door),
    )


def _ask(study: Study, who: str, parent: str, door: Door, language: str) -> None:
    if door == "pairs":
        expert = st.toggle(text("weights_page.as_table", language), key="weights_as_table", persist_state="session")
        (show_table_of_pairs if expert else show_pairs)(study, who, parent, language)
        return
    st.markdown(f"### {text(f'weights_page.ask_{door}', language)}")
    draft = draft_of(study, who, parent, door)
    mode: Mode = "order" if door == "order" else "points"
    key = f"asked_{door}_{who}_{parent}"
    numbers: dict[str, float] = dict(draft.ranks) if door == "order" else dict(draft.points)
    show_order_and_points(
        swings_of(study, parent, language),
        numbers,
        mode,
        {name: text(f"weights_page.list_{name}", language) for name in _TEXTS},
        key=key,
        on_change=lambda: _take(who, parent, door, key),
        version=f"{who}-{parent}-{language}-{_version(key, numbers, study, parent)}",
    )
    if door == "order":
        _formula(study, who, parent, language)


def _version(key: str, numbers: dict[str, float], study: Study, parent: str) -> int:
    """Counts how often the answers changed otherwise than by the list itself: undone, replaced, read from a file."""
    items = study.children[parent]
    count, shown = st.session_state.get(f"{key}_shown", (0, numbers))
    if numbers not in (shown, sent(key, items, max(len(items), 100))):
        count += 1
    st.session_state[f"{key}_shown"] = (count, numbers)
    return int(count)


def _take(who: str, parent: str, door: Door, key: str) -> None:
    """What the list sent becomes the draft."""
    study = state.study()
    items = study.children[parent]
    numbers = sent(key, items, len(items) if door == "order" else 100)
    if numbers is None:
        return
    draft = draft_of(study, who, parent, door)
    if door == "order":
        draft = replace(draft, ranks={name: round(number) for name, number in numbers.items()})
    else:
        draft = replace(draft, points={name: float(round(number)) for name, number in numbers.items()})
    keep(who, parent, draft)


def _formula(study: Study, who: str, parent: str, language: str) -> None:
    """How an order becomes weights: a choice for experts."""
    draft = draft_of(study, who, parent, "order")
    key = f"weights_formula_{who}_{parent}"

    def change() -> None:
        now = draft_of(state.study(), who, parent, "order")
        keep(who, parent, replace(now, formula=st.session_state[key] or "roc"))

    with st.expander(text("weights_page.formula", language)):
        st.radio(
            text("weights_page.formula_choice", language),
            list(FORMULAS),
            index=FORMULAS.index(draft.formula),
            format_func=lambda name: text(f"weights_page.formula_{name}", language),
            key=key,
            on_change=change,
        )


def _stored(study: Study, who: str, parent: str, language: str) -> None:
    """Whether the answers are in the study, since when, the way back, and what went wrong if they are not."""
    for sentence in asking().told:
        st.error(literal(sentence))
    found = answers_of(study, who, parent)
    with st.container(horizontal=True, vertical_alignment="center", key="weights_status"):
        if found.elicitation:
            kind = text(f"elicitation.{found.elicitation}", language)
            at = moment_text(found.answered_at) or text("weights_page.no_time", language)
            words = escape(text("weights_page.stored", language, kind=kind, at=at))
            st.html(f"<p class='rf-stored' role='status'>{words}</p>")
        else:
            show_quiet(text("weights_page.not_stored", language))
        if state.can_undo():
            st.button(text("weights_page.undo", language), key="weights_undo", on_click=state.undo)


def _download(study: Study, language: str) -> None:
    """The study with all answers as a workbook, once it differs from the one opened."""
    if state.origin() is None:
        return
    st.download_button(
        text("weights_page.download", language),
        lambda: workbook_bytes(study),
        f"{text('edit.file', language)}.xlsx",
        XLSX,
        key="download_answers",
        on_click="ignore",
    )


def _next(study: Study, who: str, parent: str, language: str) -> None:
    """Once these criteria are answered: on to the first group that is not."""
    open_groups = [
        group
        for group, items in study.children.items()
        if len(items) > 1 and not answers_of(study, who, group).elicitation
    ]
    if open_groups and parent not in open_groups:
        st.button(
            text("weights_page.next_group", language, name=literal(group_name(study, open_groups[0], language))),
            key="weights_next",
            type="primary",
            on_click=_to_group,
            args=(open_groups[0],),
        )


def _to_group(parent: str) -> None:
    st.session_state["weights_group"] = parent


def moment_text(at: str) -> str:
    """The day and time of an answer, '26.11.2026, 14:03'; '' where the time of day is unknown."""
    return f"{at[8:10]}.{at[5:7]}.{at[:4]}, {at[11:16]}" if len(at) >= 16 else ""


def _meaning(study: Study, who: str, parent: str, door: Door, language: str) -> None:
    """The weights on screen in amounts: this person's, with the answers at this door in their place."""
    found = weights_of(study, who, parent, draft_of(study, who, parent, door))
    if found is None:
        return
    profile = who if who in people_with_answers(study) else ""
    points = {key: TOTAL * share for key, share in found.local.items()}
    with st.expander(text("weights_page.in_amounts", language), expanded=True):
        show_trades(study, Scenario(profile=profile, weights=points), language)


def _into_live(study: Study, who: str, language: str) -> None:
    """The way into the live page with this person's stored weights."""
    if who not in people_with_answers(study):
        return
    st.button(
        text("weights_page.into_live", language),
        key="weights_into_live",
        on_click=lambda: state.apply(state.scenario().model_copy(update={"profile": who, "weights": {}, "name": ""})),
    )
    if state.scenario().profile == who and not state.scenario().weights:
        show_link("live", text("weights_page.to_live", language), language)
        show_quiet(text("weights_page.in_live", language, name=person_label(study, who, language)))


def person_label(study: Study, who: str, language: str) -> str:
    """The stakeholder's name in the reader's language."""
    person = next(one for one in study.stakeholders if one.id == who)
    return (person.label_en if language == "en" else "") or person.label_de
