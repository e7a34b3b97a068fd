"""The session: one key, one frozen record. Pages read and change it through these functions and own no numbers.

A *settled* scenario is one a person has let go of; while a thumb is dragged the scenario moves ahead of it
(`record=False`), so one drag is one step of the undo list however many values it passed through.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import streamlit as st

from mcda.errors import InputError
from mcda.evaluate import check_rankable, evaluate
from mcda.locale import LANGUAGES
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.flat import FlatMapping
from mcda.study.model import Study
from mcda.study.read import read_study
from mcda.ui.home import home
from mcda.ui.mapping import Draft
from mcda.ui.planning import NOTHING_PLANNED, Planning
from mcda.ui.upload import File, Upload, as_list, take

_KEY = "rangfolge"
_UNDO_STEPS = 200
_UNDO_STUDIES = 20
"""Studies are large: so many changes of data can be taken back, and nothing that came before them."""
_MAPPINGS = 20
STUDY_VARIABLE = "RANGFOLGE_STUDY"
_AS_THE_STUDY_SAYS = Scenario()


@dataclass(frozen=True, slots=True)
class Session:
    """What one browser tab is looking at. `undo` holds what was in force before each step, the latest last: a
    scenario, or a study whose data were changed. `origin` is the study as it was opened, once its data were changed.

    `measure` is the one whose fact sheet is open, `sort` the catalogue's column and whether it runs downwards.
    `upload` is the last file handed over and what became of it, `uploads` how many there were, `mappings` how lists
    were mapped in this session, the latest first. `kept` are scenarios put away under names, to compare with.
    `planning` is what is asked of a plan, and the plan taken over.
    """

    study: Study
    language: str
    scenario: Scenario = _AS_THE_STUDY_SAYS
    settled: Scenario = _AS_THE_STUDY_SAYS
    baseline: Scenario = _AS_THE_STUDY_SAYS
    undo: tuple[Scenario | Study, ...] = ()
    origin: Study | None = None
    locked: frozenset[str] = frozenset()
    measure: str = ""
    sort: tuple[str, bool] = ("rank", False)
    upload: Upload | None = None
    uploads: int = 0
    mappings: tuple[FlatMapping, ...] = ()
    planning: Planning = NOTHING_PLANNED
    kept: tuple[Scenario, ...] = ()


def study() -> Study:
    """The study on screen. Raises InputError when the example study cannot be read."""
    return _session().study


def scenario() -> Scenario:
    """The scenario in force, also in the middle of a drag."""
    return _session().scenario


def baseline() -> Scenario:
    """The scenario the arrows compare with; the study's own settings until somebody sets another."""
    return _session().baseline


def language() -> str:
    """'de' or 'en': the person's choice, else the browser's language, else German."""
    if _KEY in st.session_state:
        return _session().language
    return _first_language()


def locked() -> frozenset[str]:
    """Ids of the criteria whose weights may not give way."""
    return _session().locked


def set_language(language: str) -> None:
    """Switch the language of every page. Unknown languages raise ValueError."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
    _keep(replace(_session(), language=language))


def set_locked(ids: Iterable[str]) -> None:
    """Lock exactly these criteria."""
    _keep(replace(_session(), locked=frozenset(ids)))


def apply(scenario: Scenario, *, record: bool = True) -> None:
    """Put a scenario in force. `record=False` while dragging: nothing is added to the undo list yet."""
    now = _session()
    if not record:
        _keep(replace(now, scenario=scenario))
        return
    undo = now.undo if scenario == now.settled else (*now.undo, now.settled)[-_UNDO_STEPS:]
    _keep(replace(now, scenario=scenario, settled=scenario, undo=undo))


def can_undo() -> bool:
    """Whether there is a step to take back."""
    now = _session()
    return bool(now.undo) or now.scenario != now.settled


def past_scenarios() -> tuple[Scenario, ...]:
    """The scenarios in force before each step that can be taken back, the latest first."""
    return tuple(step for step in reversed(_session().undo) if isinstance(step, Scenario))


def undo() -> None:
    """Take the last step back; an unfinished drag counts as one. Nothing to undo is no error."""
    now = _session()
    if now.scenario != now.settled:
        _keep(replace(now, scenario=now.settled))
    elif now.undo:
        *earlier, back = now.undo
        now = replace(now, undo=tuple(earlier))
        _keep(replace(now, scenario=back, settled=back) if isinstance(back, Scenario) else _with_data(now, back))


def change_study(changed: Study) -> None:
    """Put a study with changed data in force, undoable; the file it came from stays known.

    Raises InputError or MethodError, and changes nothing, when it has no result under the scenarios in force.
    """
    now = _session()
    if changed == now.study:
        return
    for wanted in (now.scenario, now.baseline):
        _evaluated(changed, changed.file_hash, wanted)
    unsettled = () if now.scenario == now.settled else (now.settled,)
    undo = _few_studies((*now.undo, *unsettled, now.study)[-_UNDO_STEPS:])
    _keep(replace(_with_data(now, changed), settled=now.scenario, undo=undo))


def origin() -> Study | None:
    """The study as it was opened, if the one on screen has other data; None while nothing is changed."""
    now = _session()
    return now.origin if now.origin is not None and now.origin != now.study else None


def opened() -> Study:
    """The study as it was opened, whether or not its data were changed since."""
    now = _session()
    return now.origin or now.study


def return_to_origin() -> None:
    """Put the data as they were opened back in force; this too can be undone. Raises as `change_study` does."""
    opened = origin()
    if opened is not None:
        change_study(opened)


def kept_scenarios() -> tuple[Scenario, ...]:
    """The scenarios put away under names, the oldest first; another study starts without any."""
    return _session().kept


def keep_scenario(name: str) -> None:
    """Put the scenario in force away under a name; one of that name gives way."""
    now = _session()
    others = tuple(one for one in now.kept if one.name != name)
    _keep(replace(now, kept=(*others, now.scenario.model_copy(update={"name": name}))))


def forget_scenario(name: str) -> None:
    """Put a scenario away for good; a name that is not there is no error."""
    _keep(replace(_session(), kept=tuple(one for one in _session().kept if one.name != name)))


def set_baseline() -> None:
    """From now on the arrows compare with the scenario in force."""
    _keep(replace(_session(), baseline=scenario()))


def reset_to_baseline() -> None:
    """Return to the baseline scenario; this too can be undone."""
    apply(baseline())


def open_study(study: Study) -> None:
    """Start over with another study: its own settings, no undo list, no locks. The language stays."""
    now = _session()
    _keep(Session(study=study, language=language(), uploads=now.uploads, mappings=now.mappings))


def measure() -> str:
    """Id of the measure whose fact sheet is open; empty when none is."""
    return _session().measure


def open_measure(measure: str) -> None:
    """Open the fact sheet of a measure; an id the study does not hold closes it."""
    _keep(replace(_session(), measure=measure if measure in study().measure_by_id else ""))


def close_measure() -> None:
    """Close the fact sheet."""
    _keep(replace(_session(), measure=""))


def planning() -> Planning:
    """What is asked of a plan for the study on screen, and the plan taken over."""
    return _session().planning


def keep_planning(planning: Planning) -> None:
    """Ask something else of a plan, or take one over."""
    _keep(replace(_session(), planning=planning))


def sort() -> tuple[str, bool]:
    """The catalogue's column and whether it runs downwards."""
    return _session().sort


def sort_by(column: str) -> None:
    """Sort the catalogue by a column; the same column again turns the direction."""
    now, downwards = _session().sort
    _keep(replace(_session(), sort=(column, column == now and not downwards)))


def open_upload(files: Sequence[File]) -> bool:
    """Open what was uploaded; keep its issues, or the list to be mapped, and leave the study on screen as it was."""
    now = _session()
    before = now.upload.draft if now.upload is not None and now.upload.study is None else None
    upload = take(files, language(), date.today(), now.mappings, before)
    if upload.study is not None:
        open_study(upload.study)
    _keep(replace(_session(), upload=upload, uploads=now.uploads + 1))
    return upload.study is not None


def upload() -> Upload | None:
    """The last file handed over and what became of it."""
    return _session().upload


def upload_count() -> int:
    """How many files were handed over in this session."""
    return _session().uploads


def file_name() -> str:
    """The file the study on screen was opened from; empty for the study opened at start."""
    last = _session().upload
    return last.name if last is not None and last.study is not None else ""


def map_upload() -> None:
    """Take the uploaded file for a plain list after all; one without a list keeps its issues."""
    now = _session()
    if now.upload is None:
        return
    try:
        mapped = as_list(now.upload, language(), date.today(), now.mappings)
    except InputError as error:
        mapped = replace(now.upload, issues=error.issues)
    _keep(replace(now, upload=mapped))


def keep_draft(draft: Draft) -> None:
    """Keep another state of the list being mapped."""
    now = _session()
    if now.upload is not None:
        _keep(replace(now, upload=replace(now.upload, draft=draft, study=None)))


def open_draft() -> None:
    """Open the list as it is mapped now, and remember how; nothing is opened that is not whole or cannot rank."""
    now = _session()
    draft = now.upload.draft if now.upload is not None else None
    if now.upload is None or draft is None or draft.study is None:
        return
    try:
        check_rankable(draft.study)
    except InputError as error:
        keep_draft(replace(draft, study=None, issues=error.issues))
        return
    open_study(draft.study)
    mappings = (draft.mapping, *(m for m in now.mappings if m != draft.mapping))[:_MAPPINGS]
    opened = replace(now.upload, study=draft.study, issues=draft.issues)
    _keep(replace(_session(), upload=opened, mappings=mappings))


def forget_upload() -> None:
    """Put the last upload away; the study on screen stays."""
    _keep(replace(_session(), upload=None))


def open_example() -> None:
    """Return to the study opened at start."""
    open_study(example_study())


def is_example() -> bool:
    """Whether the study on screen is the one opened at start."""
    return study() == example_study()


def result() -> Result:
    """The study evaluated under the scenario in force."""
    return _evaluated(study(), study().file_hash, scenario())


def baseline_result() -> Result:
    """The study evaluated under the baseline scenario."""
    return _evaluated(study(), study().file_hash, baseline())


def example_path() -> Path:
    """The study opened at start: environment variable RANGFOLGE_STUDY, else data/nordallianz beside app.py."""
    named = os.environ.get(STUDY_VARIABLE)
    return Path(named) if named else home() / "data" / "nordallianz"


def example_study() -> Study:
    """The study opened at start, read once per process. Raises InputError with every issue found."""
    return _read_once(example_path())


def _session() -> Session:
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Session(study=example_study(), language=_first_language())
    session: Session = st.session_state[_KEY]
    return session


def _with_data(now: Session, study: Study) -> Session:
    """The session with another state of the same study's data."""
    measure = now.measure if now.measure in study.measure_by_id else ""
    return replace(now, study=study, origin=now.origin or now.study, measure=measure)


def _few_studies(undo: tuple[Scenario | Study, ...]) -> tuple[Scenario | Study, ...]:
    places = [place for place, step in enumerate(undo) if isinstance(step, Study)]
    return undo if len(places) <= _UNDO_STUDIES else undo[places[-_UNDO_STUDIES] :]


def _keep(session: Session) -> None:
    st.session_state[_KEY] = session


def _first_language() -> str:
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    browser = (st.context.locale or "")[:2]
    return browser if browser in LANGUAGES else "de"


@cache
def _read_once(path: Path) -> Study:
    return read_study(path)


@lru_cache(maxsize=128)
def _evaluated(study: Study, file_hash: str, scenario: Scenario) -> Result:
    """Equal studies from different files share their numbers but not their provenance, hence `file_hash`."""
    return evaluate(study, scenario)
