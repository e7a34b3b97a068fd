"""A table of typed cells as finished texts: for screens that cannot format numbers themselves."""

import pandas as pd

from mcda.locale.formats import fixed, number, percent
from mcda.report.exhibits.cell_text import cell_text as paper_text
from mcda.report.exhibits.ranked_list import Cell, Column, Listing


def listing_frame(listing: Listing, language: str) -> pd.DataFrame:
    """The listing with every cell as the reader's language writes it; headers as columns."""
    rows = [
        [cell_text(c, column, language) for c, column in zip(row, listing.columns, strict=True)] for row in listing.rows
    ]
    return pd.DataFrame(rows, columns=[column.header for column in listing.columns])


def cell_text(cell: Cell, column: Column, language: str) -> str:
    """One cell as text: percents with a decimal, levels as short as they are, errors and means with two decimals;
    counts, money and points as on paper."""
    if cell is None:
        return ""
    if column.kind == "percent" and isinstance(cell, float):
        return percent(cell, language, 1)
    if column.kind == "number" and isinstance(cell, float):
        return number(cell, language, 4) if column.key in ("now", "rise", "fall") else fixed(cell, language, 2)
    return paper_text(cell, column, language) if column.kind in ("whole", "money", "cents", "points") else str(cell)
