"""What a cell that is no number probably means: 'ca. 120 TEUR' is 120000, 'k.A.' is nothing."""

from mcda.study.cells import CellError, parse_number
from mcda.study.flat.values import is_unknown, says_nothing, take_apart


def says_no_number(text: str) -> bool:
    """Whether a text stands for nothing stated: a dash, k.A., n/a."""
    return says_nothing(text) or is_unknown(text)


def near_number(text: str) -> str:
    """The number in a text with a word or a unit beside it, as its own decimal sign has it; '' if there is none or
    it can be read in two ways."""
    written = take_apart(text)
    if written.number == text.strip():
        return ""
    try:
        number = parse_number(written.number) * (written.unit or 1)
    except CellError:
        return ""
    shown = f"{number.normalize():f}"
    return shown.replace(".", ",") if "," in written.number.partition(".")[2] or "." not in written.number else shown
