"""Small pieces of HTML every page uses; every text is escaped, so a study's words are never read as markup."""

from collections.abc import Collection, Iterable
from functools import cache
from html import escape
from importlib.resources import files

import pandas as pd
import streamlit as st


def show_style() -> None:
    """The style of these pieces, once per page."""
    st.html(f"<style>{_style()}</style>")


def show_quiet(words: str) -> None:
    """A line for those who want to know more: smaller, still readable (7:1 on white)."""
    st.html(f"<p class='rf-quiet'>{escape(words)}</p>")


def show_table(
    frame: pd.DataFrame,
    caption: str,
    *,
    numeric: Collection[int] = (),
    fold: int = 0,
    more: str = "",
    stack: bool = False,
    own_line: int = 1,
) -> None:
    """A frame of finished texts as a table; `numeric` columns stand right, rows after `fold` open on a click.

    `stack`: on a phone the first cell of a row, or the first two (`own_line`), take a line of their own, so that all
    columns are seen.
    """
    st.html(table_html(frame, caption, numeric=numeric, fold=fold, more=more, stack=stack, own_line=own_line))


def table_html(
    frame: pd.DataFrame,
    caption: str,
    *,
    numeric: Collection[int] = (),
    fold: int = 0,
    more: str = "",
    stack: bool = False,
    own_line: int = 1,
) -> str:
    """The markup of `show_table`; the caption is for screen readers, headings say it to the others."""
    cut = fold if 0 < fold < len(frame) else len(frame)
    first = _table(frame.iloc[:cut], caption, numeric)
    rest = _table(frame.iloc[cut:], f"{caption}: {more}", numeric) if cut < len(frame) else ""
    folded = f"<details><summary>{escape(more)}</summary>{rest}</details>" if rest else ""
    beside = max(len(frame.columns) - own_line, 1)
    two = " rf-two" if own_line > 1 else ""
    look = f"class='rf-table rf-stack{two}' style='--rf-beside:{beside}'" if stack else "class='rf-table'"
    return f"<div {look}>{first}{folded}</div>"


def _table(frame: pd.DataFrame, caption: str, numeric: Collection[int]) -> str:
    """The roles say what a table is even where the style lays its rows out as a grid."""
    sides = [" class='rf-value'" if i in numeric else "" for i in range(len(frame.columns))]
    heads = "".join(
        f"<th scope='col' role='columnheader'{side}>{escape(str(name))}</th>"
        for name, side in zip(frame.columns, sides, strict=True)
    )
    rows = "".join(f"<tr role='row'>{_cells(row, sides)}</tr>" for row in frame.itertuples(index=False, name=None))
    return (
        f"<table role='table'><caption>{escape(caption)}</caption>"
        f"<thead role='rowgroup'><tr role='row'>{heads}</tr></thead><tbody role='rowgroup'>{rows}</tbody></table>"
    )


def _cells(row: Iterable[object], sides: Iterable[str]) -> str:
    return "".join(f"<td role='cell'{side}>{escape(str(cell))}</td>" for cell, side in zip(row, sides, strict=True))


@cache
def _style() -> str:
    return files("mcda.ui").joinpath("page.css").read_text(encoding="utf-8")
