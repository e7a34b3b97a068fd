"""Page Compare, files: a file of scenarios in, with every fault told; the comparison on screen out as such a file."""

from functools import lru_cache

import streamlit as st

from mcda.errors import InputError
from mcda.locale import text
from mcda.scenario import Scenario
from mcda.scenario_set import scenarios_in, scenarios_json, scenarios_toml
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.issues import show_issues
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet

MOST_LIVE = 200
"""Scenarios computed while somebody waits; more are for the command line."""
LARGEST_MB = 1
_FILE, _COUNT = "compare_file_taken", "compare_file_count"
_BUTTON = ".st-key-compare_file [data-testid=stFileUploaderDropzone] button[data-testid=stBaseButton-secondary]"
_STYLE = f"""
{_BUTTON} p {{ display: none; }}
{_BUTTON}::after {{ content: "WORDS"; }}
.st-key-compare_file [data-testid=stFileUploaderDropzoneInstructions] {{ display: none; }}
"""
"""The words inside Streamlit's upload box are English and cannot be set."""


def file_scenarios(language: str) -> tuple[Scenario, ...]:
    """Draw the part; the scenarios of the file, none while it has faults."""
    st.subheader(text("compare_more.file", language), anchor=False)
    show_quiet(text("compare_more.file_about", language, most=MOST_LIVE))
    taken: tuple[str, bytes] | None = st.session_state.get(_FILE)
    if taken is None:
        _put(language)
        return ()
    name, written = taken
    found: tuple[Scenario, ...] = ()
    try:
        found = _read(written, name, state.study())
    except InputError as error:
        show_issues(name, error.issues, language)
    else:
        st.markdown(literal(text("compare_more.file_taken", language, name=name, count=len(found))))
    st.button(text("compare_more.file_forget", language), key="compare_file_forget", on_click=_forget)
    return found


def offer_scenarios(scenarios: tuple[Scenario, ...], language: str) -> None:
    """The comparison as a file that the command line computes again; TOML only where it can say everything."""
    st.subheader(text("compare_more.again", language), anchor=False)
    show_quiet(text("compare_more.again_about", language, file=f"{text('compare_more.again_file', language)}.toml"))
    if state.origin() is not None:
        show_quiet(text("compare_more.again_edited", language))
    with st.container(horizontal=True):
        if not any(value is None for one in scenarios for value in one.cells.values()):
            _offer("toml", scenarios_toml(scenarios), "application/toml", language)
        _offer("json", scenarios_json(scenarios), "application/json", language)


def _put(language: str) -> None:
    """The box a file is put into."""
    key = f"compare_upload_{st.session_state.get(_COUNT, 0)}"
    with st.container(key="compare_file"):
        st.html(f"<style>{_STYLE.replace('WORDS', text('data.choose', language))}</style>")
        st.file_uploader(
            text("compare_more.file_put", language),
            type=["toml", "json"],
            key=key,
            max_upload_size=LARGEST_MB,
            on_change=_take,
            args=(key,),
        )


def _offer(ending: str, content: bytes, kind: str, language: str) -> None:
    st.download_button(
        text(f"compare_more.again_{ending}", language),
        content,
        f"{text('compare_more.again_file', language)}.{ending}",
        kind,
        key=f"download_scenarios_{ending}",
        on_click="ignore",
    )


def _take(key: str) -> None:
    given = st.session_state[key]
    if given is not None:
        st.session_state[_FILE] = (given.name, given.getvalue())


def _forget() -> None:
    """Put the file away; another box starts empty."""
    st.session_state.pop(_FILE, None)
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


@lru_cache(maxsize=8)
def _read(written: bytes, name: str, study: Study) -> tuple[Scenario, ...]:
    return scenarios_in(written, name, study, MOST_LIVE)
