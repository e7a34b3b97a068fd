"""One cell to one value: texts as offices write them become the types of the model.

`convert` raises CellError, which names what is allowed; the reader adds table, row and column.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from mcda.study.model import Judgement, Record
from mcda.study.words import meanings


class Formula(str):
    """A formula's text: never trusted, never calculated."""

    __slots__ = ()


TRUTH = re.compile(r"(of:)?=(?:(TRUE|WAHR)|FALSE|FALSCH)\(\)", re.IGNORECASE)
"""What LibreOffice makes of a truth value when it saves a workbook."""


def formula_cell(text: str) -> "Formula | bool":
    """A formula as a cell, or the truth value it stands for."""
    truth = TRUTH.fullmatch(text)
    return Formula(text.removeprefix("of:")) if truth is None else truth[2] is not None


class Percent(float):
    """A fraction that its cell showed with a percent sign: 0.7 seen as 70 %."""

    __slots__ = ()


Cell = str | int | float | bool | date | None

NUMBERS = frozenset({"number", "decimal", "integer"})

BLANKS = " \t\r\n\f\v\u00a0\u2007\u202f\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""What stands around a text without being seen: zero-width characters come along when a web page is copied."""

UNSEEN = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
"""What stands within a text without being seen: two ids would look the same and differ."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years a date of a study can lie in; others are slips of the pen."""

LARGEST = 15
"""Digits a number may have before its decimal sign; beyond, a spreadsheet itself no longer counts exactly."""

FAILED = re.compile(
    r"#(DIV/0|N/A|NV|WERT|VALUE|REF|BEZUG|NAME|NUM|ZAHL|NULL|SPILL|ÜBERLAUF|CALC|KALK)[!?]?|(Err|Fehler):\d{3}|#{3,}"
    r"|<?(nan|nat|null)>?|<na>",
    re.IGNORECASE,
)
"""What spreadsheets, and programs that export tables, write where there is no value."""

CURRENCY = re.compile(r"^(€|EUR|Euro) ?| ?(€|EUR|Euro)$", re.IGNORECASE)
MONEY = re.compile(r"_eur\b|_eur_|^(best|worst|step|minimum|value|low|high)$")
"""Columns that may hold amounts of money: those named so, and the levels of a criterion."""

NO_REASON = frozenset({"-", "–", "—", "no", "none", "nein", "keine", "keiner", "k.a.", "k. a.", "n/a"})
"""Words that say a measure is not knocked out."""

YES = frozenset({"yes", "ja", "true", "wahr", "x", "1", "j", "y"})
NO = frozenset({"no", "nein", "false", "falsch", "0", "n", "-"})


class CellError(ValueError):
    """A cell that is not what its column needs. `code` and `allowed` become an issue."""

    def __init__(self, code: str, allowed: str) -> None:
        self.code, self.allowed = code, allowed
        super().__init__(f"{code}: {allowed}")


def is_empty(cell: Cell) -> bool:
    """An empty cell, or one of blanks only."""
    return cell is None or (isinstance(cell, str) and not cell.strip(BLANKS))


def convert(model: type[Record], column: str, cell: Cell, decimal: str = "") -> Any:
    """The cell's value for `column` of `model`. `decimal`: the decimal sign its column uses, '' if unknown."""
    kind, choices = _kinds(model)[column]
    if isinstance(cell, Formula):
        raise CellError("formula", "")
    if isinstance(cell, str):
        cell = cell.strip(BLANKS)
    if _failed(cell):
        raise CellError("cell_failed", "")
    words = meanings(column)
    if kind == "choice" or (kind == "text" and words):
        return _choice(words, " ".join(_text(cell, "").split()), choices)
    if kind == "texts":
        return tuple(words.get(part.casefold(), part) for part in _texts(cell, decimal))
    if kind in NUMBERS:
        if isinstance(cell, str) and CURRENCY.search(cell) and not MONEY.search(column):
            raise CellError("not_money", "number")
        cell = _percentage(column, cell, decimal)
        if model is Judgement and isinstance(cell, str) and "/" in cell:
            return _fraction(cell, decimal)
    found = _CONVERTERS[kind](cell, decimal)
    return "" if column == "knock_out" and found.casefold() in NO_REASON else found


def _failed(cell: Cell) -> bool:
    if isinstance(cell, float):
        return cell != cell
    return isinstance(cell, str) and FAILED.fullmatch(cell) is not None


def kind_of(model: type[Record], column: str) -> tuple[str, tuple[str, ...]]:
    """What a column's cells hold ('text', 'decimal', 'bool', 'texts', 'choice' ...), and the choices of a choice."""
    return _kinds(model)[column]


def holds_numbers(model: type[Record], column: str) -> bool:
    """Whether a column's cells are plain numbers."""
    return _kinds(model)[column][0] in NUMBERS


def holds_whole_numbers(model: type[Record], column: str) -> bool:
    """Whether a column's cells are whole numbers."""
    return _kinds(model)[column][0] == "integer"


def told_signs(cells: Iterable[Cell], whole: bool = False) -> frozenset[str]:
    """The decimal signs that the numbers written as text in one column tell by their form: both signs (the later
    one is decimal), a sign repeated (it groups), a sign not followed by exactly three digits (it is decimal).

    In a column of `whole` numbers the sign in 18.043 groups. Empty where nothing tells; both where they contradict.
    """
    texts = [_bare(cell) for cell in cells if isinstance(cell, str)]
    groups = {"," if "." in text else "." for text in texts if whole and _one_group(text) and text[-3:] != "000"}
    return frozenset(sign for text in texts if (sign := _told_sign(text))) | groups


def three_after(cells: Iterable[Cell], sign: str) -> bool:
    """Whether some number written as text has this sign before exactly three digits, as 120.000 has the point."""
    return any(isinstance(cell, str) and sign in cell and _one_group(_bare(cell)) for cell in cells)


def parse_number(cell: Cell, decimal: str = "") -> Decimal:
    """A number from a cell: 1234.5, 1.234,5 or 1,234.5, with a currency or percent sign around it or not.

    `decimal` is ',' or '.', or '' when nothing tells: then `1.234` and `1,234` (one sign before exactly three
    digits) are ambiguous and refused; every other form tells by itself.
    """
    if isinstance(cell, bool | date) or cell is None:
        raise CellError("not_a_number", "number")
    if isinstance(cell, int):
        return _sized(Decimal(cell))
    if isinstance(cell, float):
        if not math.isfinite(cell):
            raise CellError("not_a_number", "number")
        return _sized(Decimal(repr(cell + 0)))
    text = _bare(cell)
    sign = _told_sign(text) or decimal
    if not sign and _one_group(text):
        whole, part = re.split("[.,]", text)
        raise CellError("ambiguous_number", f"{whole}{part} / {whole},{part}0")
    return _sized(_plain_number(text, sign or "."))


def _sized(number: Decimal) -> Decimal:
    if number and number.adjusted() >= LARGEST:
        raise CellError("number_too_large", f"< 1{LARGEST * '0'}")
    return number


def _bare(written: str) -> str:
    """A written number without currency, percent sign, price dash and the blanks that group its thousands."""
    text = re.sub(rf"[{BLANKS}\s]+", " ", written).strip()
    text = CURRENCY.sub("", text).removesuffix("%").rstrip()
    text = re.sub(r"(?<=\d),[-–—]{1,2}$", ",0", text)
    text = re.sub(r"^[-\u2212\u2013] ?(?=\d)", "-", text)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}([ '’]\d{3})+([.,]\d*)?", text):
        return re.sub("[ '’]", "", text)
    return text


def _told_sign(text: str) -> str:
    """The decimal sign a number's own form tells, or ''. Before an exponent stands one digit group: 1,234E+05."""
    mantissa, *exponent = re.split("[eE]", text, maxsplit=1)
    last = max(mantissa.rfind(","), mantissa.rfind("."))
    if last < 0 or not re.fullmatch(r"[+-]?[\d.,]+", mantissa):
        return ""
    sign = mantissa[last]
    other = "," if sign == "." else "."
    if other in mantissa:
        return sign
    if mantissa.count(sign) > 1:
        return other
    return "" if _one_group(mantissa) and not exponent else sign


def _one_group(text: str) -> bool:
    """1.234 or 12,345: the sign may group thousands or start the decimals."""
    return re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text) is not None


def _plain_number(text: str, sign: str) -> Decimal:
    group = re.escape("," if sign == "." else ".")
    point = re.escape(sign)
    form = rf"[+-]?(\d+|[1-9]\d{{0,2}}({group}\d{{3}})+)?({point}\d*)?([eE][+-]?\d{{1,3}})?"
    if not re.fullmatch(form, text) or not re.match(r"\D{0,2}\d", text):
        raise CellError("not_a_number", "number")
    try:
        return Decimal(re.sub(group, "", text).replace(sign, "."))
    except InvalidOperation:
        raise CellError("not_a_number", "number") from None


def _fraction(cell: str, decimal: str) -> float:
    """An answer of the pairwise scale as people write it: 1/3."""
    above, _, below = (part.strip() for part in cell.partition("/"))
    numbers = [parse_number(part, decimal) for part in (above, below)]
    if not numbers[1]:
        raise CellError("not_a_number", "1/3")
    return float(numbers[0] / numbers[1])


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
    if isinstance(cell, date) and FIRST_YEAR <= cell.year <= LAST_YEAR:
        return cell.date() if isinstance(cell, datetime) else cell
    written = re.sub(r"[ T]00:00(:00)?$", "", str(cell).strip(BLANKS))
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            day = datetime.strptime(written, pattern).date()
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise CellError("not_a_date", "2026-12-31, 31.12.2026")


def _texts(cell: Cell, _: str) -> tuple[str, ...]:
    return tuple(part.strip(BLANKS) for part in re.split("[;\n]", _text(cell, "")) if part.strip(BLANKS))


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
    """A text as it was meant. A spreadsheet that made a date of 3-4, or a truth value of a word, is told."""
    if isinstance(cell, bool | date):
        raise CellError("changed_value", "")
    return shown_text(cell)


def shown_text(cell: Cell) -> str:
    """A cell as the text its author sees: no blanks around it, letters in one piece, whole numbers without point."""
    if isinstance(cell, Percent):
        return f"{(Decimal(repr(cell + 0)) * 100).normalize():f} %"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return unicodedata.normalize("NFC", str(cell).translate(UNSEEN).strip(BLANKS))


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
