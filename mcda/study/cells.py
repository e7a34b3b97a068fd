"""One cell to one value: texts as offices write them become the types of the model.

`convert` raises CellError, which names what is allowed; the reader adds table, row and column.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from mcda.study.model import Record
from mcda.study.words import meanings


class Formula(str):
    """A formula's text: never trusted, never calculated."""

    __slots__ = ()


class Percent(float):
    """A fraction that its cell showed with a percent sign: 0.7 seen as 70 %."""

    __slots__ = ()


Cell = str | int | float | bool | date | None

NUMBERS = frozenset({"number", "decimal", "integer"})

YES = frozenset({"yes", "ja", "true", "wahr", "x", "1", "j", "y"})
NO = frozenset({"no", "nein", "false", "falsch", "0", "n", "-"})


class CellError(ValueError):
    """A cell that is not what its column needs. `code` and `allowed` become an issue."""

    def __init__(self, code: str, allowed: str) -> None:
        self.code, self.allowed = code, allowed
        super().__init__(f"{code}: {allowed}")


def is_empty(cell: Cell) -> bool:
    """An empty cell, or one of blanks only, or a spreadsheet's NaN."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, float) and cell != cell)


def convert(model: type[Record], column: str, cell: Cell, decimal: str = "") -> Any:
    """The cell's value for `column` of `model`. `decimal`: the decimal sign its column uses, '' if unknown."""
    kind, choices = _kinds(model)[column]
    if isinstance(cell, Formula):
        raise CellError("formula", "")
    words = meanings(column)
    if kind == "choice" or (kind == "text" and words):
        return _choice(words, _text(cell, ""), choices)
    if kind == "texts":
        return tuple(words.get(part.casefold(), part) for part in _texts(cell, decimal))
    if kind in NUMBERS:
        cell = _percentage(column, cell, decimal)
    return _CONVERTERS[kind](cell, decimal)


def holds_numbers(model: type[Record], column: str) -> bool:
    """Whether a column's cells are plain numbers."""
    return _kinds(model)[column][0] in NUMBERS


def decimal_sign(cells: Iterable[Cell], default: str = "") -> str:
    """The decimal sign of the numbers written as text in one column; `default` where none of them tells.

    A number tells by its form: both signs (the later one is decimal), a sign repeated (it groups), a sign not
    followed by exactly three digits (it is decimal). Numbers of one column that contradict leave it open: ''.
    """
    told = {sign for cell in cells if isinstance(cell, str) and (sign := _told_sign(_bare(cell)))}
    if len(told) > 1:
        return ""
    return told.pop() if told else default


def parse_number(cell: Cell, decimal: str = "") -> Decimal:
    """A number from a cell: 1234.5, 1.234,5 or 1,234.5, with a currency or percent sign around it or not.

    `decimal` is ',' or '.', or '' when nothing tells: then `1.234` and `1,234` (one sign before exactly three
    digits) are ambiguous and refused; every other form tells by itself.
    """
    if isinstance(cell, bool | date) or cell is None:
        raise CellError("not_a_number", "number")
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            raise CellError("not_a_number", "number")
        return Decimal(repr(cell + 0))
    text = _bare(cell)
    sign = _told_sign(text) or decimal
    if not sign and _one_group(text):
        whole, part = re.split("[.,]", text)
        raise CellError("ambiguous_number", f"{whole}{part} / {whole},{part}0")
    return _plain_number(text, sign or ".")


def _bare(written: str) -> str:
    return re.sub(r"[\s\u00a0\u202f']|€|EUR|%$", "", written).replace("\u2212", "-")


def _told_sign(text: str) -> str:
    """The decimal sign a number's own form tells, or ''."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0 or not re.fullmatch(r"[+-]?[\d.,]+", text):
        return ""
    sign = text[last]
    other = "," if sign == "." else "."
    if other in text:
        return sign
    if text.count(sign) > 1:
        return other
    return "" if _one_group(text) else sign


def _one_group(text: str) -> bool:
    """1.234 or 12,345: the sign may group thousands or start the decimals."""
    return re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text) is not None


def _plain_number(text: str, sign: str) -> Decimal:
    group = re.escape("," if sign == "." else ".")
    point = re.escape(sign)
    form = rf"[+-]?(\d+|[1-9]\d{{0,2}}({group}\d{{3}})+)?({point}\d*)?([eE][+-]?\d{{1,3}})?"
    if not re.fullmatch(form, text) or not re.search(r"\d", text):
        raise CellError("not_a_number", "number")
    try:
        return Decimal(re.sub(group, "", text).replace(sign, "."))
    except InvalidOperation:
        raise CellError("not_a_number", "number") from None


def _percentage(column: str, cell: Cell, decimal: str) -> Cell:
    """In a `_pct` column 70 and 70 % are seventy; a bare value in (0, 1] is asked about. Elsewhere no percent."""
    percent = isinstance(cell, Percent) or (isinstance(cell, str) and cell.rstrip().endswith("%"))
    if not column.endswith("_pct"):
        if percent:
            raise CellError("not_a_percentage", "number")
        return cell
    if isinstance(cell, Percent):
        return float(Decimal(repr(cell + 0)) * 100)
    number = parse_number(cell, decimal)
    if not percent and 0 < number <= 1:
        raise CellError("percent_below_one", f"{(number * 100).normalize():f} / {number} %")
    return cell


def _choice(words: Mapping[str, str], text: str, choices: tuple[str, ...]) -> str:
    word = words.get(text.casefold(), text)
    if choices and word not in choices:
        folded = {choice.casefold(): choice for choice in choices}
        if word.casefold() not in folded:
            raise CellError("not_a_choice", ", ".join(choices))
        return folded[word.casefold()]
    return word


def _integer(cell: Cell, decimal: str) -> int:
    number = parse_number(cell, decimal)
    if number != number.to_integral_value():
        raise CellError("not_an_integer", "0, 1, 2, ...")
    return int(number)


def _bool(cell: Cell, _: str) -> bool:
    word = str(cell).strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellError("not_yes_or_no", "yes, no, ja, nein")


def _date(cell: Cell, _: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(str(cell).strip(), pattern).date()
        except ValueError:
            continue
    raise CellError("not_a_date", "2026-12-31, 31.12.2026")


def _texts(cell: Cell, _: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _text(cell, "").split(";") if part.strip())


def _numbers(cell: Cell, decimal: str) -> tuple[float, ...]:
    return tuple(float(parse_number(part, decimal)) for part in _texts(cell, decimal))


def _shares(cell: Cell, decimal: str) -> tuple[tuple[str, Decimal], ...]:
    return tuple((name, parse_number(amount, decimal)) for name, amount in _pairs(cell, "ECH=4;GAR=2"))


def _points(cell: Cell, decimal: str) -> tuple[tuple[float, float], ...]:
    return tuple(
        (float(parse_number(x, decimal)), float(parse_number(v, decimal))) for x, v in _pairs(cell, "0=1;500000=0.5")
    )


def _pairs(cell: Cell, example: str) -> list[tuple[str, str]]:
    parts = [tuple(p.strip() for p in part.split("=")) for part in _texts(cell, "")]
    if any(len(part) != 2 for part in parts):
        raise CellError("not_pairs", example)
    return [(part[0], part[1]) for part in parts]


def _text(cell: Cell, _: str) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


_CONVERTERS: Mapping[str, Callable[[Cell, str], Any]] = {
    "text": _text,
    "number": lambda cell, sign: float(parse_number(cell, sign)),
    "decimal": parse_number,
    "integer": _integer,
    "bool": _bool,
    "date": _date,
    "texts": _texts,
    "numbers": _numbers,
    "shares": _shares,
    "points": _points,
}


@cache
def _kinds(model: type[Record]) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    return {name: _kind(info.annotation) for name, info in model.model_fields.items()}


def _kind(annotation: Any) -> tuple[str, tuple[str, ...]]:
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _kind(next(a for a in get_args(annotation) if a is not NoneType))
    if get_origin(annotation) is Literal:
        return "choice", tuple(str(a) for a in get_args(annotation))
    if get_origin(annotation) is tuple:
        inner = get_args(annotation)[0]
        if get_origin(inner) is tuple:
            return ("shares" if get_args(inner)[0] is str else "points"), ()
        return ("texts" if inner is str else "numbers"), ()
    names = {str: "text", float: "number", int: "integer", bool: "bool", date: "date", Decimal: "decimal"}
    return names[annotation], ()
