"""One cell to one value: texts as offices write them become the types of the model.

`convert` raises CellError, which names what is allowed; the reader adds table, row and column.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from mcda.study.model import Record

Cell = str | int | float | bool | date | None

YES = frozenset({"yes", "ja", "true", "wahr", "x", "1", "j", "y"})
NO = frozenset({"no", "nein", "false", "falsch", "0", "n", "-"})
WORDS: Mapping[str, Mapping[str, str]] = {
    "sense": {"nutzen": "max", "maximieren": "max", "kosten": "min", "minimieren": "min"},
    "kind": {"gegeben": "given", "bewertet": "given", "berechnet": "computed"},
    "price_basis": {"brutto": "gross", "netto": "net"},
    "verdict": {"ja": "yes", "nein": "no", "prüfen": "check", "zu prüfen": "check"},
    "time_horizon": {"kurz": "short", "kurzfristig": "short", "mittel": "medium", "mittelfristig": "medium"}
    | {"lang": "long", "langfristig": "long"},
    "category": {
        "sofortmaßnahme": "quick_start",
        "schlüsselprojekt": "key_project",
        "leuchtturm": "key_project",
        "einzelprojekt": "single_project",
        "daueraufgabe": "standing_task",
        "prüfauftrag": "study_task",
    },
    "cost_quality": {"grob": "rough", "grob geschätzt": "rough", "geschätzt": "estimated"}
    | {"geschaetzt": "estimated", "berechnet": "calculated", "vergeben": "awarded"},
    "value_function": {"log": "logarithmic", "logarithmisch": "logarithmic", "stückweise": "piecewise"},
    "cost_key": {"gleich": "equal", "pro_kopf": "per_capita", "je einwohner": "per_capita"},
    "status": {"idee": "idea", "geprüft": "checked", "beschlossen": "decided", "läuft": "running"}
    | {"umgesetzt": "done", "verworfen": "dropped"},
}


class CellError(ValueError):
    """A cell that is not what its column needs. `code` and `allowed` become an issue."""

    def __init__(self, code: str, allowed: str) -> None:
        self.code, self.allowed = code, allowed
        super().__init__(f"{code}: {allowed}")


def is_empty(cell: Cell) -> bool:
    """An empty cell, or one of blanks only, or a spreadsheet's NaN."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, float) and cell != cell)


def convert(model: type[Record], column: str, cell: Cell, decimal_comma: bool = False) -> Any:
    """The cell's value for `column` of `model`. `decimal_comma`: the file writes 1,5 for one and a half."""
    kind, choices = _kinds(model)[column]
    if kind == "choice" or column in WORDS:
        return _choice(column, str(cell).strip(), choices)
    return _CONVERTERS[kind](cell, decimal_comma)


def parse_number(cell: Cell, decimal_comma: bool) -> Decimal:
    """A number from a cell: 1234.5, 1.234,5 or 1,234.5, with a currency or percent sign around it or not.

    `1.234` and `1,234` (one separator before exactly three digits) mean what the file's own decimal sign
    says: with a decimal comma `1.234` is ambiguous with a typing slip and refused, and the other way round.
    """
    if isinstance(cell, bool | date):
        raise CellError("not_a_number", "number")
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            raise CellError("not_a_number", "number")
        return Decimal(repr(cell))
    text = re.sub(r"[\s\u00a0\u202f']|€|EUR|%$", "", str(cell)).replace("\u2212", "-")
    decimal_sign, group_sign = (",", ".") if decimal_comma else (".", ",")
    if group_sign in text and decimal_sign not in text and _one_group(text, group_sign):
        raise CellError(
            "ambiguous_number", f"{text.replace(group_sign, '')} / {text.replace(group_sign, decimal_sign)}"
        )
    if group_sign in text and decimal_sign in text and text.rfind(group_sign) > text.rfind(decimal_sign):
        decimal_sign, group_sign = group_sign, decimal_sign
    elif group_sign in text and decimal_sign not in text and not _grouped(text, group_sign):
        decimal_sign, group_sign = group_sign, decimal_sign
    if text.count(decimal_sign) > 1 or (group_sign in text and not _grouped(text.split(decimal_sign)[0], group_sign)):
        raise CellError("not_a_number", "number")
    plain = text.replace(group_sign, "").replace(decimal_sign, ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", plain):
        raise CellError("not_a_number", "number")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise CellError("not_a_number", "number") from None


def _one_group(text: str, sign: str) -> bool:
    return re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}{re.escape(sign)}\d{{3}}", text) is not None


def _grouped(text: str, sign: str) -> bool:
    return re.fullmatch(rf"[+-]?(\d+|[1-9]\d{{0,2}}({re.escape(sign)}\d{{3}})+)", text) is not None


def _choice(column: str, text: str, choices: tuple[str, ...]) -> str:
    word = _words(column).get(text.casefold(), text)
    if choices and word not in choices:
        folded = {choice.casefold(): choice for choice in choices}
        if word.casefold() not in folded:
            raise CellError("not_a_choice", ", ".join(choices))
        return folded[word.casefold()]
    return word


def _integer(cell: Cell, decimal_comma: bool) -> int:
    number = parse_number(cell, decimal_comma)
    if number != number.to_integral_value():
        raise CellError("not_an_integer", "0, 1, 2, ...")
    return int(number)


def _bool(cell: Cell, _: bool) -> bool:
    word = str(cell).strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellError("not_yes_or_no", "yes, no, ja, nein")


def _date(cell: Cell, _: bool) -> date:
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


def _texts(cell: Cell, _: bool) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(cell).split(";") if part.strip())


def _numbers(cell: Cell, decimal_comma: bool) -> tuple[float, ...]:
    return tuple(float(parse_number(part, decimal_comma)) for part in _texts(cell, decimal_comma))


def _shares(cell: Cell, decimal_comma: bool) -> tuple[tuple[str, Decimal], ...]:
    return tuple((name, parse_number(amount, decimal_comma)) for name, amount in _pairs(cell, "ECH=4;GAR=2"))


def _points(cell: Cell, decimal_comma: bool) -> tuple[tuple[float, float], ...]:
    return tuple(
        (float(parse_number(x, decimal_comma)), float(parse_number(v, decimal_comma)))
        for x, v in _pairs(cell, "0=1;500000=0.5")
    )


def _pairs(cell: Cell, example: str) -> list[tuple[str, str]]:
    parts = [tuple(p.strip() for p in part.split("=")) for part in _texts(cell, False)]
    if any(len(part) != 2 for part in parts):
        raise CellError("not_pairs", example)
    return [(part[0], part[1]) for part in parts]


def _text(cell: Cell, _: bool) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


_CONVERTERS: Mapping[str, Callable[[Cell, bool], Any]] = {
    "text": _text,
    "number": lambda cell, comma: float(parse_number(cell, comma)),
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
def _words(column: str) -> Mapping[str, str]:
    return {word.casefold(): meaning for word, meaning in WORDS.get(column, {}).items()}


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
