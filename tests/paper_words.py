"""What a person finds in a document on paper, whichever program opened it: the words in reading order, and which of
them have to follow each other. Amounts and shares are written here by hand, not by the program's own formats."""

import io
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from types import EllipsisType

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

from mcda.result import Ranked, Result

Said = tuple[str | EllipsisType, ...]
"""Words that follow each other; where an ellipsis stands, others may come between."""

OTHERS = r"[\s\S]{0,400}?"
"""What may stand where an ellipsis is."""

SOFT = r"[\s\u00ad-]*"
"""What a line's end may put into a word."""


def words_of(content: bytes, form: str) -> str:
    return pdf_words(content) if form == "pdf" else word_words(content)


def pdf_words(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def word_words(content: bytes) -> str:
    """Paragraphs and tables in the order of the body; cells of a row follow each other."""
    return "\n".join(_blocks(docx.Document(io.BytesIO(content))))


def _blocks(holder: object) -> Iterator[str]:
    for block in holder.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                yield "\t".join("\n".join(_blocks(cell)) for cell in row.cells if cells.pop(cell._tc, 0) is None)


def unfinished(words: str) -> list[str]:
    """What a program leaves where it had nothing to say: fields, and the names of no value."""
    return re.findall(r"\{\w*\}|\{\{|\{%|%\}|\bNone\b(?! of)|\b[Nn]a[Nn]\b|Decimal\(|\w+\.\w+_\w+", words)


def missing(said: list[Said], words: str) -> list[Said]:
    """Those the words do not hold."""
    return [one for one in said if not re.search(pattern(one), words)]


def pattern(said: Said) -> str:
    """A search for cells of a row or words of a sentence, wherever lines end."""
    parts = [OTHERS if isinstance(one, EllipsisType) else _soft(one) for one in said]
    return r"\s*".join(parts)


def _soft(words: str) -> str:
    body = SOFT.join(re.escape(letter) for letter in re.sub(SOFT, "", words))
    return rf"(?<![\d.,]){body}(?!\d)" if words[:1].isdigit() else rf"{body}(?!\d)"


def euro(amount: Decimal, language: str, cents: bool = True) -> str:
    step = Decimal("0.01") if cents else Decimal(1)
    figures = f"{amount.quantize(step, ROUND_HALF_EVEN):,}"
    return f"{_german(figures)} €" if language == "de" else f"€{figures}"


def share(fraction: float, language: str, digits: int = 0) -> str:
    """A share in percent, without the zeros nobody writes where `digits` is 0."""
    figures = f"{100 * fraction:.{digits}f}" if digits else f"{round(100 * fraction, 2):g}"
    return f"{_german(figures)} %" if language == "de" else f"{figures}%"


def points(result: Result, line: Ranked, language: str) -> str:
    assert result.provenance.method == "topsis"
    figures = f"{100 * line.score:.1f}"
    return _german(figures) if language == "de" else figures


def title(result: Result, name: str, language: str) -> str:
    measure = result.study.measure_by_id[name]
    return (measure.title_en if language == "en" else "") or measure.title


def label(result: Result, criterion: str, language: str) -> str:
    found = result.study.criterion_by_id[criterion]
    return (found.label_en if language == "en" else "") or found.label_de


def _german(figures: str) -> str:
    return figures.translate(str.maketrans(",.", ".,"))
