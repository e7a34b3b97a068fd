"""What only the planner can answer about a column, with the answers to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mcda.errors import Param
from mcda.locale import text
from mcda.study.flat.mapping import Assigned
from mcda.study.flat.scales import Points


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: `changes` are the fields of `Assigned` it sets, `key` its text `flat.answer.KEY`."""

    key: str
    changes: Mapping[str, Any]
    params: Mapping[str, Param] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """The answer in the reader's language."""
        return text(f"flat.answer.{self.key}", language, **self.params)


@dataclass(frozen=True, slots=True)
class Question:
    """A question on one column (text `flat.question.CODE`). `must`: the list cannot be read without an answer."""

    code: str
    choices: tuple[Choice, ...]
    must: bool = False
    params: Mapping[str, Param] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """The question in the reader's language."""
        return text(f"flat.question.{self.code}", language, **self.params)


@dataclass(frozen=True, slots=True)
class Guess:
    """A column's guessed meaning, `why` (text `flat.why.WHY`), and what is to be asked. `rates`: it holds ratings
    in points whose scale is still to be found."""

    assigned: Assigned
    why: str
    questions: tuple[Question, ...] = ()
    points: Points | None = None


def answered(column: Assigned, choice: Choice) -> Assigned:
    """The column with an answer put in. (An answer that changes the meaning: see `assign`.)"""
    return Assigned.model_validate(column.model_dump() | dict(choice.changes))


def price_basis() -> Question:
    """Net or gross?"""
    return Question("price_basis", tuple(Choice(b, {"price_basis": b}) for b in ("gross", "net")))


def unit() -> Question:
    """Euros, thousands or millions?"""
    factors = {"euro": 1, "thousand": 1_000, "million": 1_000_000}
    return Question("unit", tuple(Choice(key, {"factor": f}) for key, f in factors.items()), must=True)


def duration_unit() -> Question:
    """Months or years?"""
    return Question("duration_unit", (Choice("months", {"factor": 1}), Choice("years", {"factor": 12})), must=True)


def rate_unit() -> Question:
    """Is 0.6 sixty per cent?"""
    return Question("rate_unit", (Choice("fraction", {"factor": 100}), Choice("percent", {"factor": 1})), must=True)


def decimal(example: str) -> Question:
    """Is 1.234 one thousand or one point two?"""
    sign = next((c for c in example if c in ".,"), ".")
    other = "," if sign == "." else "."
    thousands = Choice("thousands", {"decimal": other}, {"value": example.replace(sign, "")})
    decimals = Choice("decimals", {"decimal": sign}, {"value": example.replace(sign, ",")})
    return Question("decimal", (thousands, decimals), must=True, params={"value": example})


def direction(low: float, high: float, code: str = "direction") -> Question:
    """Is the upper or the lower end of the scale the better one?"""
    ends: dict[str, Param] = {"low": f"{low:g}", "high": f"{high:g}"}
    more = Choice("more", {"better": "more"}, {"high": f"{high:g}"})
    less = Choice("less", {"better": "less"}, {"low": f"{low:g}"})
    return Question(code, (more, less), must=True, params=ends)


def scale(low: float, high: float, *, must: bool) -> Question:
    """From where to where does the scale go? The column's own points do not reach its ends."""
    usual = [(low, high), (1.0, 3.0), (1.0, 4.0), (1.0, 5.0), (1.0, 6.0), (1.0, 10.0)]
    usual += [(0.0, 3.0), (0.0, 5.0), (0.0, 10.0), (0.0, 100.0)]
    choices = [
        Choice("scale", {"low": a, "high": b}, {"low": f"{a:g}", "high": f"{b:g}"})
        for a, b in dict.fromkeys(usual)
        if must or (a <= low and b >= high)
    ]
    return Question("scale", tuple(choices), must=must, params={"low": f"{low:g}", "high": f"{high:g}"})


def meaning(code: str, *meanings: str) -> Question:
    """What is this column?"""
    return Question(code, tuple(Choice(f"meaning_{m}", {"meaning": m}) for m in meanings))


def priority(is_priority: bool) -> tuple[Question, ...]:
    """Is a priority a rating, or the result already?"""
    return (meaning("priority", "rating", "remark", "ignore"),) if is_priority else ()


def awarded() -> Question:
    """Are the grants promised?"""
    return Question("awarded", (Choice("expected", {"awarded": False}), Choice("awarded", {"awarded": True})))


def fill_down() -> Question:
    """Does an empty cell repeat the one above?"""
    return Question("fill_down", (Choice("repeat", {"fill_down": True}), Choice("empty", {"fill_down": False})))
