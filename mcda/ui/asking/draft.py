"""Answers on their way into the study: kept from the first click, stored as soon as they give weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import numpy as np
import streamlit as st

from mcda.errors import InputError, MethodError
from mcda.result import Weights
from mcda.study.model import DirectWeight, Judgement, Stakeholder, Study
from mcda.ui import state
from mcda.weights.comparisons import Comparisons, comparisons_of, components
from mcda.weights.stored import Answer, Answers, Elicitation, answered_weights, answers_of, store_answers

Door = Literal["order", "swing", "pairs"]
Formula = Literal["roc", "rank_sum", "rank_reciprocal"]
DOORS: tuple[Door, ...] = ("order", "swing", "pairs")
FORMULAS: tuple[Formula, ...] = ("roc", "rank_sum", "rank_reciprocal")

DOOR_OF: Mapping[Elicitation, Door] = {
    "roc": "order",
    "rank_sum": "order",
    "rank_reciprocal": "order",
    "swing": "swing",
    "ahp": "pairs",
}
"""Through which door stored answers came; the others (direct points, best-worst) came in another way."""

Pair = tuple[str, str]
Place = tuple[str, str, Door]
"""A person, the parent of the criteria asked about, and the door."""

_KEY = "asking"


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's answers about one sibling group through one door, complete or not.

    `ranks` (1 is first, equals share a number), `points` 0..100, `pairs`: how many times as important the first is.
    """

    door: Door
    ranks: Mapping[str, int] = field(default_factory=dict)
    points: Mapping[str, float] = field(default_factory=dict)
    pairs: Mapping[Pair, float] = field(default_factory=dict)
    formula: Formula = "roc"


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page remembers of this session beside the study it was opened with (`study`, a hash).

    `drafts` are answers the study does not hold; `before` what was drafted or stored until other answers took its
    place, shown again where the study holds none. `may_replace`: the doors whose answers may replace others. `told`:
    what went wrong. `open_pair` is the pair whose question is open, `strength_of` the person and the pair of which
    the first was just said to matter more, `cells` what was typed into a table and not taken yet.
    """

    study: str = ""
    drafts: Mapping[Place, Draft] = field(default_factory=dict)
    before: Mapping[Place, Draft] = field(default_factory=dict)
    may_replace: frozenset[Place] = frozenset()
    told: tuple[str, ...] = ()
    open_pair: Mapping[tuple[str, str], Pair] = field(default_factory=dict)
    strength_of: tuple[str, Pair] | None = None
    cells: Mapping[tuple[str, str], Mapping[Pair, str]] = field(default_factory=dict)
    tables_taken: int = 0


def asking() -> Asking:
    """What the page remembers; another study starts afresh."""
    opened = state.opened().input_hash
    found: Asking = st.session_state.get(_KEY, Asking())
    return found if found.study == opened else Asking(study=opened)


def remember(changed: Asking) -> None:
    """Put another state in place."""
    st.session_state[_KEY] = changed


def draft_of(study: Study, who: str, parent: str, door: Door) -> Draft:
    """The answers to show at a door: the draft, else what the study holds, else what was there before, else none."""
    now, place = asking(), (who, parent, door)
    kept = now.drafts.get(place)
    if kept is None and stored_door(study, who, parent) != door:
        kept = now.before.get(place)
    return _stored(answers_of(study, who, parent), door) if kept is None else _among(kept, study.children[parent])


def stored_door(study: Study, who: str, parent: str) -> Door | None:
    """The door through which the answers in the study came; None without answers or where they came otherwise."""
    return DOOR_OF.get(answers_of(study, who, parent).elicitation)


def blocked(study: Study, who: str, parent: str, door: Door) -> bool:
    """Whether the study holds answers of another kind that nobody has agreed to replace yet."""
    kind = answers_of(study, who, parent).elicitation
    return bool(kind) and DOOR_OF.get(kind) != door and (who, parent, door) not in asking().may_replace


def allow_replacing(who: str, parent: str, door: Door) -> None:
    """The answers of another kind may go; what is drafted takes their place at once if it is whole."""
    now = asking()
    remember(replace(now, may_replace=now.may_replace | {(who, parent, door)}))
    keep(who, parent, draft_of(state.study(), who, parent, door))


def keep(who: str, parent: str, draft: Draft) -> None:
    """Keep a draft, and store it in the study as soon as it gives weights and replaces nothing unasked."""
    now, study, place = asking(), state.study(), (who, parent, draft.door)
    earlier = _earlier(study, who, parent, draft.door)
    remember(replace(now, drafts={**now.drafts, place: draft}, told=()))
    if blocked(study, who, parent, draft.door) or missing(study, parent, draft):
        return
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    rows = _unchanged_keep_their_time(answers(study, who, parent, draft, moment), answers_of(study, who, parent))
    try:
        state.change_study(store_answers(study, who, parent, rows))
    except InputError as error:
        told = tuple(issue.sentence(state.language()) for issue in error.issues)
        remember(replace(asking(), told=told))
    except MethodError as error:
        remember(replace(asking(), told=(error.issue.sentence(state.language()),)))
    else:
        now = asking()
        drafts = {other: found for other, found in now.drafts.items() if other != place}
        asked = frozenset(other for other in now.may_replace if other[:2] != (who, parent))
        remember(replace(now, drafts=drafts, before={**now.before, **earlier}, may_replace=asked))


def _earlier(study: Study, who: str, parent: str, door: Door) -> dict[Place, Draft]:
    """What new answers at a door push out of sight: a draft, and answers stored through another door."""
    stored = stored_door(study, who, parent)
    if stored == door:
        return {}
    pushed: dict[Place, Draft] = {(who, parent, door): draft_of(study, who, parent, door)}
    if stored is not None:
        pushed[who, parent, stored] = draft_of(study, who, parent, stored)
    return pushed


def _unchanged_keep_their_time(rows: Sequence[Answer], stored: Answers) -> tuple[Answer, ...]:
    """The rows, those that say what the study holds already with the time they were given at."""
    known: tuple[Answer, ...] = (*stored.judgements, *stored.weights)
    times = {_said(row): row.answered_at for row in known}
    return tuple(row.model_copy(update={"answered_at": times.get(_said(row), row.answered_at)}) for row in rows)


def _said(row: Answer) -> Answer:
    return row.model_copy(update={"answered_at": ""})


def missing(study: Study, parent: str, draft: Draft) -> tuple[str, ...]:
    """The criteria that still need an answer before there are weights; for pairs those nothing connects yet."""
    items = study.children[parent]
    if draft.door == "order":
        return tuple(key for key in items if key not in draft.ranks)
    if draft.door == "swing":
        left = tuple(key for key in items if key not in draft.points)
        return left or (() if any(draft.points.values()) else items)
    parts = components(_connections(items, draft.pairs))
    return tuple(items[i] for part in parts[1:] for i in part)


def answers(study: Study, who: str, parent: str, draft: Draft, at: str) -> tuple[Answer, ...]:
    """A draft as rows of the study's tables."""
    items = study.children[parent]
    if draft.door == "pairs":
        return tuple(
            Judgement(stakeholder=who, parent=parent, a=a, b=b, value=value, answered_at=at)
            for (a, b), value in draft.pairs.items()
        )
    if draft.door == "swing":
        return tuple(
            DirectWeight(stakeholder=who, criterion=key, points=draft.points[key], elicitation="swing", answered_at=at)
            for key in items
        )
    return tuple(
        DirectWeight(stakeholder=who, criterion=key, rank=draft.ranks[key], elicitation=draft.formula, answered_at=at)
        for key in items
    )


def weights_of(study: Study, who: str, parent: str, draft: Draft) -> Weights | None:
    """The weights a draft gives; None while it gives none."""
    if missing(study, parent, draft):
        return None
    tried = store_answers(study, who, parent, answers(study, who, parent, draft, ""))
    return answered_weights(tried, who, parent)


def comparisons_in(study: Study, who: str, parent: str, draft: Draft) -> Comparisons:
    """The answered pairs of a draft as a matrix; the answers connect all criteria."""
    rows = [row for row in answers(study, who, parent, draft, "") if isinstance(row, Judgement)]
    return comparisons_of(rows, study.children[parent], parent)


def add_person(label: str, role: str, municipality: str) -> str:
    """Add a stakeholder to the study and say under which id."""
    study = state.study()
    taken = {person.id for person in study.stakeholders}
    words = "".join(c if c.isascii() and c.isalnum() else "_" for c in label.casefold().translate(_PLAIN)).strip("_")
    base = words or "person"
    name = next(i for i in (base, *(f"{base}_{n}" for n in range(2, len(taken) + 3))) if i not in taken)
    person = Stakeholder(id=name, label_de=label, role=role, municipality=municipality)
    state.change_study(study.model_copy(update={"stakeholders": (*study.stakeholders, person)}))
    return name


def _among(draft: Draft, items: Sequence[str]) -> Draft:
    """The draft without answers about criteria that are no longer there."""
    return replace(
        draft,
        ranks={key: rank for key, rank in draft.ranks.items() if key in items},
        points={key: points for key, points in draft.points.items() if key in items},
        pairs={(a, b): value for (a, b), value in draft.pairs.items() if a in items and b in items},
    )


_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _stored(found: Answers, door: Door) -> Draft:
    if DOOR_OF.get(found.elicitation) != door:
        return Draft(door)
    if door == "pairs":
        return Draft(door, pairs={(j.a, j.b): j.value for j in found.judgements})
    if door == "swing":
        return Draft(door, points={w.criterion: w.points for w in found.weights if w.points is not None})
    formula = next(name for name in FORMULAS if name == found.elicitation)
    return Draft(door, ranks={w.criterion: w.rank for w in found.weights if w.rank is not None}, formula=formula)


def _connections(items: Sequence[str], pairs: Mapping[Pair, float]) -> np.typing.NDArray[np.bool_]:
    answered = np.eye(len(items), dtype=np.bool_)
    for a, b in pairs:
        i, j = items.index(a), items.index(b)
        answered[i, j] = answered[j, i] = True
    return answered
