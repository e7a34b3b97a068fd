"""Cells of a flat list as planners write them: 'ca. 50.000', '50 T€', 'k.A.', '2 Jahre', '4 (dringend)', 'x'.

Words and units are taken off, then `cells.convert` reads the rest, so nothing is guessed that the reader would ask.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from mcda.study.cells import Cell, CellError, Formula, convert, is_empty, told_signs
from mcda.study.flat.mapping import Assigned
from mcda.study.flat.spelling import fold
from mcda.study.model import Measure, Programme, Rating

DASHES = frozenset({"-", "--", "---", "–", "—", "−", "./.", ".", "/", "…", "..."})
UNKNOWN = frozenset(
    re.split(
        ", ",
        "k.a., k. a., k.a, ka, n/a, n.a., na, ?, ??, ???, tbd, t.b.d., tba, open, unknown, offen, noch offen, unklar, "
        "noch unklar, unbekannt, keine angabe, keine angaben, zu klaeren, in klaerung, noch zu ermitteln, "
        "wird ermittelt, noch nicht bekannt, nicht bekannt, zu pruefen, in pruefung",
    )
)
"""What stands for 'nobody knows', folded. Excel's own errors (#NV, #WERT!) do not: they are asked about."""

MARKS = frozenset("x✓✔✗✘●•■√")
CROSSED_OUT = frozenset("✗✘")

ROUGH = re.compile(r"^(ca|circa|rd|rund|etwa|ungef\w*|approx|about|geschätzt|~|≈)(?![a-zäöü])\.?\s*", re.IGNORECASE)
ONE_SIDED = re.compile(r"^(ab|mind|min|mindestens|max|maximal|höchstens|bis( zu)?|über|unter|[<>≤≥])(?![a-zäöü])", re.I)
RANGE = re.compile(r"^[+-]?\d[\d.,' ]*\s*[a-zäöü€. ]*?\s*(-|–|—|−|bis|to)\s*\d[\d.,' ]*$", re.IGNORECASE)
_TAILS: tuple[tuple[str, str], ...] = (
    ("rough", r"\s*\((geschätzt|schätzung|grob|ca\.?)\)$|\s*\*+$|\s*[¹²³]$|\s+(geschätzt|grob)$"),
    ("per_year", r"\s*(p\. ?a\.?|/ ?(a|jahr|year)|pro jahr|im jahr|jährlich|per year)$"),
    ("net", r"\s*\(?(netto|net|zzgl\.? ?mwst\.?|zzgl\.? ?ust\.?)\)?$"),
    ("gross", r"\s*\(?(brutto|gross|inkl\.? ?mwst\.?|inkl\.? ?ust\.?)\)?$"),
    ("1000000", r"\s*(mio\.?|mill\.?|million(en)?|m)\s*(€|euro?)$|\s*(mio\.?|million(en)?|meur)$"),
    ("1000", r"\s*(tsd\.?|tausend|t|k)\s*(€|euro?)$|\s*(tsd\.?|tausend|teur|keur)$"),
    ("1", r"\s*(€|euro?)$"),
    ("", r",\s*[-–—]{1,2}$|\.[-–—]{1,2}$"),
)
MOST_IN_UNIT = 100_000_000
"""Euros: a measure that costs more says so with a unit of its own ('120 Mio. €')."""

_LEADS = re.compile(r"^(€|euro?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """An amount's text taken apart: the bare number, the unit it carries itself (None: none), what it says beside."""

    number: str
    unit: int | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros. `basis` is the cell's own word for net or gross, '' without one."""

    euros: Decimal
    rough: bool = False
    basis: Literal["", "net", "gross"] = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A rating on its scale, with the interval and the reason its cell gives."""

    value: float
    low: float | None = None
    high: float | None = None
    reason: str = ""


def says_nothing(cell: Cell) -> bool:
    """Empty, or a dash: nothing is stated."""
    return is_empty(cell) or (isinstance(cell, str) and cell.strip() in DASHES)


def is_unknown(cell: Cell) -> bool:
    """A word for 'nobody knows yet'."""
    return isinstance(cell, str) and fold(cell) in UNKNOWN


@lru_cache(maxsize=1024)  # the same few marks and amounts fill a list
def take_apart(text: str) -> Written:
    """'ca. 1,2 Mio. € netto' is 1,2 in millions, rough and net."""
    rest = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    words: set[str] = set()
    unit: int | None = None
    if found := ROUGH.match(rest):
        words.add("rough")
        rest = rest[found.end() :]
    if found := _LEADS.match(rest):
        unit, rest = 1, rest[found.end() :]
    changed = True
    while changed:
        changed = False
        for name, pattern in _TAILS:
            found = re.search(pattern, rest, re.IGNORECASE)
            if found and found.start():
                rest, changed = rest[: found.start()], True
                if name.isdigit():
                    unit = max(unit or 1, int(name))
                elif name:
                    words.add(name)
    return Written(rest.strip(), unit, frozenset(words))


def sign_of(cells: Iterable[Cell], column: Assigned) -> str:
    """The decimal sign of a column: as the planner answered, else as its own numbers tell, else ''.

    The file's form does not tell: a list cut by commas may still hold '50.000' for fifty thousand.
    """
    told = told_signs(take_apart(c).number for c in cells if isinstance(c, str))
    return column.decimal or (min(told) if len(told) == 1 else "")


def amount(cell: Cell, column: Assigned, sign: str) -> Amount:
    """Euros from a cell. The cell's own unit counts; a column in thousands that holds full euros is asked about."""
    field = "opex_eur_per_year" if column.meaning == "opex" else "capex_eur"
    factor = column.factor or 1
    if not isinstance(cell, str) or isinstance(cell, Formula):
        _refuse_day(cell)
        return Amount(_in_unit(_paid(convert(Measure, field, cell, sign)), factor))
    written = take_apart(cell)
    _refuse_open_end(written.number)
    if "per_year" in written.words and column.meaning != "opex":
        raise CellError("flat_per_year", "")
    if written.unit == 1 and factor != 1:
        raise CellError("flat_unit_differs", "")
    number = _paid(convert(Measure, field, written.number, sign))
    basis: Literal["", "net", "gross"] = "net" if "net" in written.words else ""
    basis = "gross" if "gross" in written.words else basis
    euros = number * written.unit if written.unit else _in_unit(number, factor)
    return Amount(euros, "rough" in written.words, basis)


def _in_unit(number: Decimal, factor: int) -> Decimal:
    """Euros of a number in the column's unit. Whole euros in a column of thousands would be billions."""
    if factor != 1 and number * factor >= MOST_IN_UNIT:
        raise CellError("flat_too_dear", "")
    return number * factor


def _paid(number: Decimal) -> Decimal:
    if number < 0:
        raise CellError("out_of_range", "≥ 0")
    return number


def rate(cell: Cell, column: Assigned, sign: str) -> Decimal:
    """A funding rate in per cent; `factor` 100 reads fractions (0.6 is 60 %)."""
    _refuse_day(cell)
    if isinstance(cell, str) and not isinstance(cell, Formula):
        cell = take_apart(cell).number
        _refuse_open_end(cell.rstrip("% "))
    if column.factor == 100 and not (isinstance(cell, str) and cell.endswith("%")):
        fraction: Decimal = convert(Measure, "capex_eur", float(cell) if isinstance(cell, float) else cell, sign)
        return fraction * 100
    found: Decimal = convert(Programme, "rate_pct", cell, sign)
    return found


def staff(cell: Cell, _: Assigned, sign: str) -> float:
    """Full-time equivalents: 0,5 VZÄ."""
    _refuse_day(cell)
    if isinstance(cell, str) and not isinstance(cell, Formula):
        cell = re.sub(r"\s*(vzä|fte|vollzeitstellen?|stellen?|vk)$", "", take_apart(cell).number, flags=re.IGNORECASE)
    found: float = convert(Measure, "staff_fte", cell, sign)
    return found


def months(cell: Cell, column: Assigned, sign: str) -> int:
    """A duration in months; the cell's own unit counts: '2 Jahre', '18 Monate'."""
    _refuse_day(cell)
    factor = column.factor or 1
    if isinstance(cell, str) and not isinstance(cell, Formula):
        cell = take_apart(cell).number
        found = re.search(r"\s*(monate?n?|mon\.?|months?|(jahre?n?|years?))$", cell, re.IGNORECASE)
        if found:
            cell, factor = cell[: found.start()], 12 if found[2] else 1
        _refuse_open_end(cell)
    whole: int = convert(Measure, "duration_months", convert(Measure, "staff_fte", cell, sign) * factor)
    return whole


def year(cell: Cell, _: Assigned, __: str) -> int:
    """The year work starts: 2026, 01.03.2026, Q3/2026, 2026-2028 (its first)."""
    if isinstance(cell, date):
        return cell.year
    if isinstance(cell, str) and not isinstance(cell, Formula):
        years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", cell)
        if years and years == sorted(years):
            cell = years[0]
    whole: int = convert(Measure, "start_year", cell)
    return whole


def horizon(cell: Cell, _: Assigned, __: str) -> str:
    """short, medium or long, told by the whole cell or its first word; else the cell's own words."""
    whole: str = convert(Measure, "time_horizon", cell)
    first = re.split(r"[\s(,;:/–-]", whole, maxsplit=1)[0]
    known: str = convert(Measure, "time_horizon", first) if first else whole
    return known if known in {"short", "medium", "long"} else whole


def is_marked(cell: Cell) -> bool:
    """Whether a cell ticks its column: x, ja, 1, a tick; empty, a dash, nein, 0 and a crossed box do not."""
    if says_nothing(cell):
        return False
    if isinstance(cell, str) and cell.strip().casefold() in MARKS:
        return cell.strip() not in CROSSED_OUT
    found: bool = convert(Measure, "mandatory", int(cell) if isinstance(cell, float) and cell in (0, 1) else cell)
    return found


def level(cell: Cell, column: Assigned, sign: str) -> Level | None:
    """A rating's value, with an interval '3-4' or a reason '4 (dringend)'; None when the cell leaves it open."""
    words = dict(column.words)
    if words and (key := level_word(cell)) in words:
        number = words[key]
        return None if number is None else Level(number)
    if says_nothing(cell) or is_unknown(cell):
        return None
    _refuse_day(cell)
    if isinstance(cell, str) and not isinstance(cell, Formula):
        if found := re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(?:-|–|—|bis)\s*(\d+(?:[.,]\d+)?)", cell.strip()):
            low, high = (convert(Rating, "value", part, sign) for part in found.groups())
            return Level((low + high) / 2, low, high)
        if found := re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(?:[(:=]|[-–—]\s)\s*([^\d\s].*?)\)?", cell.strip()):
            return Level(convert(Rating, "value", found[1], sign), reason=found[2])
    if column.words:
        raise CellError("not_a_choice", ", ".join(word for word, _ in column.words))
    return Level(convert(Rating, "value", cell, sign))


def level_word(cell: Cell) -> str:
    """How a word or sign of a scale is looked up: folded, one kind of minus, no spaces between signs."""
    if cell is None or isinstance(cell, bool | date):
        return fold("" if cell is None else cell)
    if isinstance(cell, int | float):
        return f"{cell:g}"
    folded = re.sub("[\u2212–—]", "-", fold(cell))
    return re.sub(r"\s+", "", folded) if re.fullmatch(r"[+\-o0/±ø° ★☆*]+", folded) else folded


def _refuse_day(cell: Cell) -> None:
    """Excel turns 3-4 and 1.2 into days; nobody meant one here."""
    if isinstance(cell, date):
        raise CellError("flat_day", "")


def _refuse_open_end(text: str) -> None:
    if ONE_SIDED.match(text):
        raise CellError("flat_one_sided", "")
    if RANGE.match(text):
        raise CellError("flat_range", "")
