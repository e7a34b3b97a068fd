"""A planner's flat list on its way to a study: what was guessed, what was answered, and what comes of it so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from mcda.errors import InputError, Issue
from mcda.study.flat import Choice, Column, FlatList, FlatMapping, Meaning, Question, answered, assign
from mcda.study.flat import questions as ask
from mcda.study.flat.build import flat_study
from mcda.study.flat.mapping import Assigned, Group, Remembered, remembered
from mcda.study.flat.spelling import bare
from mcda.study.model import Study

Language = Literal["de", "en"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A list with the meanings given so far. `settled` are questions with an answer, as (header, code).

    `memory` tells what an earlier mapping brought. `study` is what would be opened now; None while `issues` forbid it.
    """

    found: FlatList
    columns: tuple[Column, ...]
    title: str
    as_of: date
    language: Language
    title_only: Literal["heading", "measure"] | None = None
    use_weights: bool = True
    settled: frozenset[tuple[str, str]] = frozenset()
    memory: Remembered | None = None
    study: Study | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def mapping(self) -> FlatMapping:
        """The meanings as they are kept and used again."""
        return FlatMapping(
            columns=tuple(c.assigned for c in self.columns),
            title_only=self.title_only,
            headerless=self.found.header_row == 0,
            use_weights=self.use_weights,
        )


def start(
    found: FlatList,
    title: str,
    as_of: date,
    language: str,
    known: Iterable[FlatMapping] = (),
    before: Draft | None = None,
) -> Draft:
    """The list as guessed, or as it was mapped before: `before` is the same list handed over before it was corrected,
    `known` are earlier mappings; one that has all of the list's headers is used."""
    spoken: Language = "en" if language == "en" else "de"
    draft = Draft(found, found.columns, title, as_of, spoken)
    headers = _folded(column.header for column in found.columns)
    if before is not None and headers == _folded(column.header for column in before.columns):
        again = with_mapping(draft, before.mapping)
        return replace(again, settled=again.settled & before.settled, memory=before.memory)
    same = next((m for m in known if _folded(c.header for c in m.columns) == headers), None)
    return with_mapping(draft, same) if same else _read(draft)


def with_mapping(draft: Draft, mapping: FlatMapping) -> Draft:
    """The list under an earlier mapping; columns it does not know stay as guessed, similar headers are asked about."""
    memory = remembered(mapping, [column.header for column in draft.found.columns])
    known = {assigned.header: assigned for assigned in memory.mapping.columns}
    similar = {header for _, header in memory.similar}
    columns = [_as_before(draft.found, c, known.get(c.header)) for c in draft.found.columns]
    seen = [c for c in columns if c.header in known and c.header not in similar]
    settled = {(c.header, q.code) for c in seen for q in c.questions if not q.must or chosen(c.assigned, q)}
    return _read(
        replace(
            draft,
            columns=tuple(columns),
            title_only=mapping.title_only,
            use_weights=mapping.use_weights,
            settled=frozenset(settled),
            memory=memory,
        )
    )


def with_meaning(draft: Draft, header: str, meaning: Meaning, parent: Group = "") -> Draft:
    """A column under another meaning, or its guessed one confirmed; what it then leaves open is asked."""
    held = column_of(draft, header)
    if held.meaning == meaning:
        asked = {(header, q.code) for q in held.questions if changes_meaning(q)}
        return _read(replace(draft, settled=draft.settled | asked))
    column = assign(draft.found, header, meaning, parent)
    kept = {(h, code) for h, code in draft.settled if h != header}
    kept |= {(header, q.code) for q in column.questions if changes_meaning(q)}
    return _read(replace(_with_column(draft, column), settled=frozenset(kept)))


def with_answer(draft: Draft, header: str, question: Question, choice: Choice | None) -> Draft:
    """A question about a column answered; None where nobody knows and the list can be read without an answer."""
    column = column_of(draft, header)
    changed = replace(column, assigned=answered(column.assigned, choice)) if choice else column
    return _read(replace(_with_column(draft, changed), settled=draft.settled | {(header, question.code)}))


def with_parent(draft: Draft, header: str, parent: Group) -> Draft:
    """A rating moved under another of the four criteria, or on its own."""
    column = column_of(draft, header)
    assigned = column.assigned.model_copy(update={"parent": parent})
    return _read(_with_column(draft, replace(column, assigned=assigned)))


def with_all(draft: Draft, **changes: Any) -> Draft:
    """The whole list changed: its title, how rows with only a title are read, whether its weights count."""
    return _read(replace(draft, **changes))


def column_of(draft: Draft, header: str) -> Column:
    """A column by its header. Raises StopIteration for a header the list does not have."""
    return next(column for column in draft.columns if column.header == header)


def questions(column: Column) -> tuple[Question, ...]:
    """What can be set about a column under its meaning: what the guess leaves open first, then the usual."""
    asked = [q for q in column.questions if not changes_meaning(q)]
    held = {field for q in asked for choice in q.choices for field in choice.changes}
    usual = [q for q in _usual(column.assigned) if not held & set(q.choices[0].changes)]
    return (*asked, *usual)


def doubt(column: Column) -> Question | None:
    """The question whether the guessed meaning is right."""
    return next((q for q in column.questions if changes_meaning(q)), None)


def changes_meaning(question: Question) -> bool:
    """Whether answering gives the column another meaning."""
    return any("meaning" in choice.changes for choice in question.choices)


def is_open(draft: Draft, column: Column, question: Question) -> bool:
    """Whether a question of the guess waits for an answer."""
    return question in column.questions and (column.header, question.code) not in draft.settled


def must_answer(draft: Draft) -> tuple[str, ...]:
    """Headers of columns without whose answers the list cannot be read."""
    return tuple(c.header for c in draft.columns if any(q.must and is_open(draft, c, q) for q in c.questions))


def to_look_at(draft: Draft) -> tuple[str, ...]:
    """Headers of columns with any question not answered yet."""
    return tuple(c.header for c in draft.columns if any(is_open(draft, c, q) for q in c.questions))


def chosen(column: Assigned, question: Question) -> Choice | None:
    """The answer a column has now, None if none of the choices."""
    fits = (c for c in question.choices if all(getattr(column, k) == v for k, v in c.changes.items()))
    return next(fits, None)


def _usual(column: Assigned) -> Sequence[Question]:
    """What can be set under a meaning even where the guess is sure."""
    scale = () if column.low is None or column.high is None or column.words else _scaled(column.low, column.high)
    ends = () if column.low is None or column.high is None else (ask.direction(column.low, column.high),)
    options: Mapping[str, Sequence[Question]] = {
        "capex": (ask.unit(), ask.price_basis()),
        "opex": (ask.unit(), ask.price_basis()),
        "grant": (ask.unit(), ask.awarded()),
        "duration": (ask.duration_unit(),),
        "funding_rate": (ask.rate_unit(), ask.awarded()),
        "rating": (*scale, *ends),
    }
    return options.get(column.meaning, ())


def _scaled(low: float, high: float) -> tuple[Question, ...]:
    return (ask.scale(low, high, must=True),)


def _as_before(found: FlatList, column: Column, before: Assigned | None) -> Column:
    """A column as it was mapped before: the questions are those of its meaning, the answers the old ones."""
    if before is None:
        return column
    again = column if column.meaning == before.meaning else assign(found, column.header, before.meaning, before.parent)
    return replace(again, assigned=before)


def _with_column(draft: Draft, column: Column) -> Draft:
    columns = tuple(column if c.header == column.header else c for c in draft.columns)
    return replace(draft, columns=columns)


def _read(draft: Draft) -> Draft:
    """The draft with the study it makes, or with what forbids it; unanswered questions first."""
    open_first = must_answer(draft)
    try:
        study, notes = flat_study(
            draft.found.sheet,
            draft.mapping,
            title=draft.title,
            as_of=draft.as_of,
            language=draft.language,
        )
    except InputError as error:
        return replace(draft, study=None, issues=error.issues)
    return replace(draft, study=None if open_first else study, issues=notes)


def _folded(headers: Iterable[str]) -> frozenset[str]:
    return frozenset(bare(h) or h for h in headers)
