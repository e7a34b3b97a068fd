"""The page that opens a workshop room on the study on screen, and takes a room's state back into this window."""

from textwrap import shorten

import streamlit as st

from mcda.errors import InputError, McdaError, MethodError
from mcda.locale import text
from mcda.report.exhibits.catalogue import in_language
from mcda.scenario import VotingKey
from mcda.ui import state
from mcda.ui.board import direct
from mcda.ui.literal import literal
from mcda.ui.segments import choose_one
from mcda.ui.workshop.ask import plain_sentence
from mcda.ui.workshop.by_link import room_by_link
from mcda.ui.workshop.place import KEPT_CHOICES, KEPT_DAYS, place
from mcda.workshop import contents as c
from mcda.workshop.baseline import scenario_of, study_of
from mcda.workshop.desk import Opening, UnknownRoom
from mcda.workshop.store import StoreError
from mcda.workshop.store.clock import days_from_now

_OPENED = "workshop_opened"
_KEYS: tuple[VotingKey, ...] = ("equal", "municipality", "population")


def show() -> None:
    """Draw the page."""
    language = state.language()
    st.title(text("ui.page.workshop.title", language), anchor=False)
    st.markdown(text("ui.page.workshop.lead", language))
    if not direct.is_served():
        st.info(text("workshop_page.unserved", language))
        return
    _open(language)
    _take(language)


def _open(language: str) -> None:
    st.header(text("workshop_page.open", language), anchor=False)
    st.markdown(text("workshop_page.open_lead", language))
    about = in_language(state.study().study, "title", language)
    with st.form("workshop_open"):
        title = st.text_input(
            text("workshop_page.title", language),
            shorten(text("workshop_page.title_default", language, title=about), c.LONGEST_WORD, placeholder=" …"),
            max_chars=c.LONGEST_WORD,
            key="workshop_title",
        )
        roles = st.text_area(
            text("workshop_page.roles", language), text("workshop_page.roles_default", language), key="workshop_roles"
        )
        key = choose_one(
            text("workshop_page.key", language),
            _KEYS,
            "equal",
            shown=lambda name: text(f"voting_key.{name}", language),
            key="workshop_key",
        )
        kept = choose_one(
            text("workshop_page.kept", language),
            KEPT_CHOICES,
            KEPT_DAYS,
            shown=lambda days: text("workshop_page.days", language, count=days),
            key="workshop_kept",
        )
        anonymous = st.checkbox(text("workshop_page.anonymous", language), True, key="workshop_anonymous")
        rehearsal = st.checkbox(text("workshop_page.rehearsal", language), False, key="workshop_rehearsal")
        sent = st.form_submit_button(text("workshop_page.button", language), type="primary")
    if sent:
        named = tuple(c.clean(line)[: c.LONGEST_WORD] for line in roles.splitlines() if c.clean(line))
        _opened(Opening(c.clean(title) or about, named, anonymous, rehearsal, key, language), kept, language)
    if _OPENED in st.session_state:
        code, secret = st.session_state[_OPENED]
        _links(code, secret, language)


def _opened(opening: Opening, kept: int, language: str) -> None:
    """Open the room; what stands against it is told, and nothing is opened."""
    try:
        found = place().desk().open_room(state.study(), state.scenario(), opening, days_from_now(kept))
    except StoreError as error:
        st.error(literal(plain_sentence(error.issue, language)))
    except (InputError, MethodError) as error:
        issue = error.issues[0] if isinstance(error, InputError) else error.issue
        st.error(literal(issue.sentence(language)))
    else:
        st.session_state[_OPENED] = found


def _links(code: str, key: str, language: str) -> None:
    """The way to the console and to the projector; the key is shown to its owner and kept nowhere else."""
    st.success(text("workshop_page.opened", language, code=code))
    st.markdown(text("workshop_page.keep", language))
    console, screen = st.columns(2)
    console.link_button(text("workshop_page.console", language), f"/w/{code}/f/{key}", type="primary")
    screen.link_button(text("workshop_page.screen", language), f"/w/{code}/screen")


def _take(language: str) -> None:
    st.header(text("workshop_page.take", language), anchor=False)
    st.markdown(text("workshop_page.take_lead", language))
    with st.form("workshop_take"):
        link = st.text_input(text("workshop_page.take_link", language), key="workshop_link")
        sent = st.form_submit_button(text("workshop_page.take_button", language))
    if not sent:
        return
    try:
        code = _taken(link)
    except (UnknownRoom, LookupError):
        st.error(text("workshop_page.take_wrong", language))
    except McdaError as error:
        st.error(literal(str(error)))
    else:
        st.success(text("workshop_page.taken", language, code=code))


def _taken(link: str) -> str:
    """Open what is in force in a room as the study of this window; the room's code.

    Raises UnknownRoom for a link that is none, InputError where the state has no ranking.
    """
    loaded = room_by_link(link)
    study, scenario = study_of(loaded.study, loaded.room.baseline), scenario_of(loaded.room, loaded.room.baseline)
    state.open_study(study)
    state.apply(scenario)
    state.result()
    return loaded.row.code
