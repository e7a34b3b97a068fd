"""What can go wrong, as records; sentences are made at the edge, by language.

McdaError
├── InputError        the study, the scenario or a call's arguments are wrong; carries every issue found
├── MethodError       a method has no answer for valid input (named, never a NaN)
└── StoreError        the database of a workshop did not do what was asked (in mcda.workshop.store)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from mcda.locale import has_text, label, text
from mcda.locale.formats import plain

Level = Literal["error", "strong", "warning", "note"]
Param = str | int | float | tuple[str, ...]

CODES = frozenset({"unplannable"})
"""Parameters that hold a code; the catalogue has the words for it in the group of that name."""


MOST_NAMED = 20
"""So many choices are named in a sentence before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the study as its author counts it: table, row (header = row 1) and column."""

    table: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One fact worth telling: a fault in the input (issue) or in the result (finding).

    `code` is a key of the message catalogue without its prefix (`issue.` or `finding.`); `params` fill the sentence.
    """

    code: str
    level: Level = "error"
    where: Where = Where()
    params: Mapping[str, Param] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        """The issue as a sentence, preceded by its place where it has one."""
        key = f"issue.{self.code}"
        said = {k: label(k, str(v), language) if k in CODES else v for k, v in self.params.items()}
        if isinstance(self.params.get("allowed"), tuple):
            said["allowed"] = few(self.params["allowed"], language)
        message = text(key if has_text(key, language) else f"finding.{self.code}", language, **said)
        if self.params.get("nearest"):
            message += " " + text("issue.nearest", language, nearest=self.params["nearest"])
        place = place_of(self.where, language)
        return f"{place}: {message}" if place else message


Finding = Issue


def few(choices: Param, language: str) -> Param:
    """The first of many choices and how many more there are; a word where there is none."""
    if not isinstance(choices, tuple) or 0 < len(choices) <= MOST_NAMED:
        return choices
    more = len(choices) - MOST_NAMED
    shown = plain(choices[:MOST_NAMED], language)
    return text("issue.and_more", language, shown=shown, count=more) if choices else text("issue.none", language)


def place_of(where: Where, language: str) -> str:
    """'measures, row 7, column capex_eur' in the reader's language; empty when there is no place."""
    parts = [where.table] if where.table else []
    if where.row is not None:
        parts.append(text("issue.row", language, row=str(where.row)))
    if where.column:
        parts.append(text("issue.column", language, column=where.column))
    return ", ".join(parts)


def nearest(value: str, choices: Iterable[str]) -> str:
    """The valid choice that looks most like `value`, for an issue's hint; empty when none is like it."""
    folded = {choice.casefold(): choice for choice in choices}
    found = get_close_matches(value.casefold(), folded, n=1, cutoff=0.5)
    return folded[found[0]] if found else ""


class McdaError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(McdaError):
    """Input that cannot be used. `issues` holds all faults found, not only the first."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(issues)
        super().__init__("\n".join(issue.sentence() for issue in self.issues))


class MethodError(McdaError):
    """A method that cannot score this matrix, with the reason."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(issue.sentence())
