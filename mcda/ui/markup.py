"""Small pieces of HTML every page uses; every text is escaped, so a study's words are never read as markup."""

from collections.abc import Collection
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
    frame: pd.DataFrame, caption: str, *, numeric: Collection[int] = (), fold: int = 0, more: str = ""
) -> None:
    """A frame of finished texts as a table; `numeric` columns stand right, rows after `fold` open on a click."""
    st.html(table_html(frame, caption, numeric=numeric, fold=fold, more=more))


def table_html(
    frame: pd.DataFrame, caption: str, *, numeric: Collection[int] = (), fold: int = 0, more: str = ""
) -> str:
    """The markup of `show_table`; the caption is for screen readers, headings say it to the others."""
    cut = fold if 0 < fold < len(frame) else len(frame)
    first = _table(frame.iloc[:cut], caption, numeric)
    rest = _table(frame.iloc[cut:], f"{caption}: {more}", numeric) if cut < len(frame) else ""
    folded = f"<details><summary>{escape(more)}</summary>{rest}</details>" if rest else ""
    return f"<div class='rf-table'>{first}{folded}</div>"


def _table(frame: pd.DataFrame, caption: str, numeric: Collection[int]) -> str:
    sides = [" class='rf-value'" if i in numeric else "" for i in range(len(frame.columns))]
    heads = "".join(
        f"<th scope='col'{side}>{escape(str(n))}</th>" for n, side in zip(frame.columns, sides, strict=True)
    )
    rows = "".join(
        f"<tr>{''.join(f'<td{side}>{escape(str(cell))}</td>' for cell, side in zip(row, sides, strict=True))}</tr>"
        for row in frame.itertuples(index=False, name=None)
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


@cache
def _style() -> str:
    return files("mcda.ui").joinpath("page.css").read_text(encoding="utf-8")
