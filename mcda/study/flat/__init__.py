"""A planner's flat list, one sheet with a row per measure, to a study: recognise, confirm, build.

found = recognise(sheets_of(content, "liste.xlsx"))
mapping = suggested(found)            # or as the planner answered found.columns[i].questions
study, notes = flat_study(found.sheet, mapping, title="...", as_of=date.today())
"""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from mcda.errors import InputError, Issue, Where
from mcda.study.cells import is_empty, told_signs
from mcda.study.flat.build import flat_study
from mcda.study.flat.guess import guess_as, guess_columns
from mcda.study.flat.headings import heading
from mcda.study.flat.layout import Layout, find_layout, headerless, layout_with, number_in
from mcda.study.flat.mapping import Assigned, FlatMapping, Group, Meaning, Remembered, remembered
from mcda.study.flat.questions import Choice, Guess, Question, answered
from mcda.study.flat.rows import sort_lines, title_only_rows, without_extras
from mcda.study.flat.values import take_apart
from mcda.study.sheets import Sheet

__all__ = [
    "Assigned",
    "Choice",
    "Column",
    "FlatList",
    "FlatMapping",
    "Meaning",
    "Question",
    "Remembered",
    "answered",
    "assign",
    "flat_study",
    "recognise",
    "remembered",
    "suggested",
]

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: `assigned` is its guessed meaning with all options, `why` the reason for it (text
    `flat.why.WHY`), `questions` what the guess leaves open, those that must be answered first."""

    header: str
    letter: str
    samples: tuple[str, ...]
    assigned: Assigned
    why: str
    questions: tuple[Question, ...]

    @property
    def meaning(self) -> Meaning:
        """The guessed meaning."""
        return self.assigned.meaning

    @property
    def question(self) -> Question | None:
        """The most pressing question, None if all is clear."""
        return self.questions[0] if self.questions else None


@dataclass(frozen=True, slots=True)
class FlatList:
    """What was recognised. `header_row` as the user counts, 0 without one; `measures`: how many rows look like one;
    `weight_row`: a row of weights, None without; `title_only`: rows with one filled cell in between, headings or
    measures without data; `others`: sheets passed over."""

    sheet: Sheet
    header_row: int
    columns: tuple[Column, ...]
    measures: int
    weight_row: int | None
    title_only: tuple[int, ...]
    others: tuple[str, ...]


def recognise(sheets: Sequence[Sheet]) -> FlatList:
    """The sheet that looks most like a list of measures, and what each of its columns seems to mean.

    Raises InputError when no sheet holds a list.
    """
    found = [_look(sheet) for sheet in sheets if sheet.rows]
    lists = [one for one in found if one[1].body]
    if not lists:
        raise InputError([Issue("flat_no_list", where=Where(sheets[0].file if sheets else ""))])
    layout, body, guesses, sheet = max(lists, key=lambda one: _likeness(one[1], one[2]))
    weights = sort_lines(sheet, layout).weights
    return FlatList(
        sheet=sheet,
        header_row=layout.row,
        columns=tuple(_column(body, i, guess) for i, guess in enumerate(guesses) if guess.assigned.header),
        measures=len(body.body),
        weight_row=weights[0] if weights else None,
        title_only=title_only_rows(sheet, layout),
        others=tuple(other.name for other in sheets if other is not sheet),
    )


def suggested(found: FlatList) -> FlatMapping:
    """The mapping as guessed; what the guess leaves open stays open, and `flat_study` asks for it."""
    return FlatMapping(columns=tuple(c.assigned for c in found.columns), headerless=found.header_row == 0)


def assign(found: FlatList, header: str, meaning: Meaning, parent: Group = "") -> Column:
    """A column under another meaning, chosen by the planner: its scale or unit as its cells tell, the rest asked.

    `parent` is where a rating belongs. Raises KeyError for a header the list does not have.
    """
    headers = [column.header for column in found.columns]
    if header not in headers:
        raise KeyError(header)
    layout = layout_with(found.sheet, headers) if found.header_row else headerless(found.sheet)
    assert layout is not None  # the headers were read from this sheet
    body = without_extras(found.sheet, layout)
    index = body.headers.index(header)
    head = heading(header, body.hints[index])
    guess = guess_as(meaning, parent, header, head, body.cells(index), _decimal(body))
    return _column(body, index, guess)


def _look(sheet: Sheet) -> tuple[Layout, Layout, tuple[Guess, ...], Sheet]:
    """The sheet's layout, whole and with rows of measures only, and a guess for each column."""
    layout = find_layout(sheet)
    assert layout is not None  # the sheet has rows
    body = without_extras(sheet, layout)
    return layout, body, guess_columns(body, _decimal(body)), sheet


def _decimal(layout: Layout) -> str:
    """The decimal sign that the list's numbers written as text tell, '' where none tells or two contradict."""
    texts = (c for _, cells in layout.body for c in cells if isinstance(c, str) and number_in(c) is not None)
    told = told_signs(take_apart(c).number.rstrip("% ") for c in texts)
    return min(told) if len(told) == 1 else ""


def _likeness(layout: Layout, guesses: Sequence[Guess]) -> tuple[bool, int, int]:
    by_header = [g for g in guesses if g.why in {"header", "similar"}]
    titled = any(g.assigned.meaning == "title" for g in by_header)
    return titled, len(by_header), len(layout.body)


def _column(layout: Layout, index: int, guess: Guess) -> Column:
    samples = dict.fromkeys(str(c).strip() for c in layout.cells(index) if not is_empty(c))
    return Column(
        header=layout.headers[index],
        letter=get_column_letter(index + 1),
        samples=tuple(samples)[:SAMPLES],
        assigned=guess.assigned,
        why=guess.why,
        questions=tuple(sorted(guess.questions, key=lambda q: not q.must)),
    )
