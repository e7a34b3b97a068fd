"""The rows of a flat list: measures, headings between them, sums, weights, repeated headers, notes at the end."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mcda.errors import Issue, Where
from mcda.study.cells import Cell, Formula, is_empty
from mcda.study.flat.layout import Layout, number_in
from mcda.study.flat.mapping import FlatMapping
from mcda.study.flat.spelling import fold
from mcda.study.header import is_total, total_name
from mcda.study.ods import Line
from mcda.study.sheets import Sheet
from mcda.study.tables import hidden_rows

WEIGHTS = re.compile(r"(gewicht\w*|weights?|weighting)\b.*")
FOOTER = re.compile(
    r"(stand|quelle|legende|hinweis|anmerkung|erlaeuterung|skala|note|source|as of|legend)\b.*|[*¹²³].*"
)
THEME_WORD = re.compile(
    r"^(handlungsfeld|themenfeld|thema|bereich|schwerpunkt|cluster|theme|topic)\s*(\d+|[A-Z]\b|[IVX]+\b)?\s*[:.–-]?\s*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of a list by their kind, before anything is known of its columns."""

    lines: tuple[Line, ...]
    totals: tuple[int, ...]
    repeated: tuple[int, ...]
    weights: Line | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure as it stands: its row as the user counts, its cells by header, the heading above it."""

    number: int
    cells: Mapping[str, Cell]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The measures of a list, the weights its weight row gives by header, and what is to be told."""

    measures: tuple[MeasureRow, ...]
    weights: Mapping[str, Cell]
    weights_row: int
    issues: tuple[Issue, ...]


def sort_lines(sheet: Sheet, layout: Layout) -> Sorted:
    """Take sums, the row of weights and repeated headers out of a list's rows."""
    above = [line for line in sheet.rows if line[0] < layout.row][-3:]
    weights = next((line for line in (*above, *layout.body) if _is_weights(line[1])), None)
    lines, totals, repeated = [], [], []
    for line in layout.body:
        words = [" ".join(str(c).split()) for c in line[1] if not is_empty(c)]
        if _is_sum(line[1]):
            totals.append(line[0])
        elif len(words) > 1 and all(word in layout.headers for word in words):
            repeated.append(line[0])
        elif line != weights:
            lines.append(line)
    return Sorted(tuple(lines), tuple(totals), tuple(repeated), weights)


def without_extras(sheet: Sheet, layout: Layout) -> Layout:
    """The layout with rows of measures only, as far as that shows before the columns are known."""
    lines = sort_lines(sheet, layout).lines
    full = tuple(line for line in lines if len([c for c in line[1] if not is_empty(c)]) > 1 and _has_words(line[1]))
    return replace(layout, body=full or lines)


def title_only_rows(sheet: Sheet, layout: Layout) -> tuple[int, ...]:
    """Rows with a single filled cell, up to the last full row: headings, or measures without any data."""
    lines = sort_lines(sheet, layout).lines
    single = [len([c for c in cells if not is_empty(c)]) == 1 for _, cells in lines]
    last = max((i for i, alone in enumerate(single) if not alone), default=-1)
    return tuple(line[0] for line, alone in zip(lines[: last + 1], single, strict=False) if alone)


def read_rows(sheet: Sheet, layout: Layout, mapping: FlatMapping) -> ReadRows:
    """Tell measures from headings and notes; what cannot be told is an issue."""
    found = sort_lines(sheet, layout)
    issues = [Issue("totals_row_skipped", "note", Where(sheet.name, row)) for row in found.totals]
    issues += [hidden] if (hidden := hidden_rows(sheet.name, sheet)) else []
    rows = [(number, _by_header(layout, cells)) for number, cells in found.lines]
    measures, more, skipped = _measures(sheet.name, rows, mapping, found.repeated)
    issues += more
    if skipped:
        params = {"rows": tuple(str(row) for row in sorted(skipped))}
        issues.append(Issue("flat_rows_skipped", "note", Where(sheet.name), params))
    if not measures and not any(i.level == "error" for i in issues):
        issues.append(Issue("flat_no_measures", where=Where(sheet.name)))
    if found.weights is None:
        return ReadRows(tuple(measures), {}, 0, tuple(issues))
    code = "flat_weights_used" if mapping.use_weights else "flat_weights_left"
    issues.append(Issue(code, "note", Where(sheet.name, found.weights[0])))
    weights = _by_header(layout, found.weights[1]) if mapping.use_weights else {}
    return ReadRows(tuple(measures), weights, found.weights[0], tuple(issues))


def _measures(
    table: str, rows: Sequence[tuple[int, dict[str, Cell]]], mapping: FlatMapping, repeated: Iterable[int]
) -> tuple[list[MeasureRow], list[Issue], list[int]]:
    title, ids = mapping.of("title")[0].header, mapping.of("id")
    last = max((i for i, (_, cells) in enumerate(rows) if len(cells) > 1), default=len(rows))
    last_titled = max((i for i, (_, cells) in enumerate(rows) if title in cells and len(cells) > 1), default=0)
    measures: list[MeasureRow] = []
    issues: list[Issue] = []
    skipped, heading, before = list(repeated), "", 0
    for index, (number, cells) in enumerate(rows):
        kind = _kind(cells, title, bool(ids), mapping)
        if len(cells) == 1 and index > last and (number > before + 1 or _is_footer(cells) or kind == "heading"):
            kind = "footer"
        before = number
        if kind == "measure":
            measures.append(MeasureRow(number, cells, heading))
        elif kind == "heading":
            heading = THEME_WORD.sub("", str(next(iter(cells.values()))).strip()) or heading
            skipped.append(number)
        elif kind == "sum" and index < last_titled:
            issues.append(Issue("cell_missing", where=Where(table, number, title)))
        elif kind in {"sum", "named_sum"}:
            issues.append(Issue("totals_row_skipped", "note", Where(table, number)))
        elif kind == "footer":
            skipped.append(number)
        else:
            issues.append(Issue(kind, where=Where(table, number, title), params={"value": str(cells.get(title, ""))}))
    return measures, issues, skipped


def _kind(cells: Mapping[str, Cell], title: str, has_ids: bool, mapping: FlatMapping) -> str:
    """measure, heading, sum, named_sum, footer, or the code of an issue."""
    if total_name([cells.get(title)]):
        return "named_sum"
    if title not in cells:
        if all(isinstance(c, Formula) or number_in(c) is not None for c in cells.values()):
            return "sum" if cells else "footer"
        return "heading" if len(cells) == 1 else "cell_missing"
    if len(cells) > 1 or len(mapping.columns) < 3:
        return "measure"
    if has_ids:
        return "heading"
    return mapping.title_only or "flat_title_only"


def _by_header(layout: Layout, cells: Sequence[Cell]) -> dict[str, Cell]:
    return {h: c for h, c in zip(layout.headers, cells, strict=False) if h and not is_empty(c)}


def _is_sum(cells: Sequence[Cell]) -> bool:
    """A sum says so first and holds nothing but numbers after it; a 'Gesamt-Radwegekonzept' is a measure."""
    filled = [c for c in cells if not is_empty(c)]
    numbers = all(isinstance(c, Formula) or number_in(c) is not None for c in filled[1:])
    return is_total(cells) and numbers and not re.match(r"gesamt-\w", str(filled[0]).strip(), re.IGNORECASE)


def _has_words(cells: Sequence[Cell]) -> bool:
    """A measure has a title; a row of nothing but numbers is a sum without a word."""
    return any(isinstance(c, str) and not isinstance(c, Formula) and number_in(c) is None and c.strip() for c in cells)


def _is_weights(cells: Sequence[Cell]) -> bool:
    first = next((c for c in cells if not is_empty(c)), None)
    numbers = [c for c in cells if number_in(c) is not None]
    return isinstance(first, str) and WEIGHTS.fullmatch(fold(first)) is not None and bool(numbers)


def _is_footer(cells: Mapping[str, Cell]) -> bool:
    return FOOTER.fullmatch(fold(next(iter(cells.values()), ""))) is not None
