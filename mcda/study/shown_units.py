"""What only a cell's format shows of its money: 34.5 seen as '34,5 T€' is 34,500 euros, seen as 'CHF 34.5' none."""

import re

from mcda.study.cells import CellError, parse_number

UNIT = re.compile(
    r"(?<![^\W\d_])(T ?€|T ?EUR|Tsd\.?( ?€| ?EUR)?|k ?€|k ?EUR|M ?€|M ?EUR|Mio\.?( ?€| ?EUR)?)(?![^\W\d_])",
    re.IGNORECASE,
)
FOREIGN = re.compile(r"[$£¥]|(?<![^\W\d_])(CHF|USD|GBP|SFr\.?)(?![^\W\d_])", re.IGNORECASE)
"""Other money than euros."""

SCALED = re.compile(r"[0#?],+(?![0#?,])")
"""A comma behind the last digit divides by a thousand: then the cell itself holds whole euros."""

LITERAL = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\\(.)|([€$£¥A-Za-zäöü. ])')


def unit_in_format(code: str) -> str:
    """The thousands, millions or foreign money that an Excel number format writes beside the cell's own number;
    '' where there is none."""
    section = code.partition(";")[0]
    words = "".join(" ".join(filter(None, found.groups())) for found in LITERAL.finditer(section))
    if money := FOREIGN.search(words):
        return money[0]
    unit = UNIT.search(words)
    return "" if unit is None or SCALED.search(LITERAL.sub("", section)) else unit[0]


def unit_shown(shown: str, amount: float) -> str:
    """The unit behind a number as it is seen, where that number is the cell's own and not a part of it."""
    unit = UNIT.search(shown)
    if unit is None or not amount:
        return ""
    for sign in ",.":
        try:
            seen = float(parse_number(shown[: unit.start()], sign))
        except CellError:
            continue
        if abs(seen - amount) <= 0.5 + 0.05 * abs(amount):
            return unit[0]
    return ""


def with_unit(amount: float, unit: str) -> str:
    """The amount as its author sees it, in a form that cannot be read in two ways."""
    written = repr(int(amount) if amount.is_integer() else amount)
    return f"{written}{'0' if len(written.partition('.')[2]) == 3 else ''} {unit}"
