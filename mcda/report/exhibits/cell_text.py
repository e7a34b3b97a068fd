"""A typed cell as people read it on paper: German numbers, money and dates by DIN 5008, English ones by custom."""

from datetime import date

from mcda.locale.formats import day, fixed, money, number, percent
from mcda.report.exhibits.ranked_list import Cell, Column

NUMBERS = frozenset({"whole", "points", "money", "cents", "percent", "number"})
"""Kinds of column that stand to the right, digit under digit."""


def cell_text(value: Cell, column: Column, language: str) -> str:
    """The cell's words; empty for None. Points have one decimal (own methods score 0..100), money is whole EUR."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date):
        return day(value, language)
    match column.kind:
        case "money" | "cents":
            return money(value, language, cents=column.kind == "cents")
        case "percent":
            return percent(value, language, 1)
        case "points":
            return fixed(value, language, 1)
        case "year":
            return str(int(value))
        case "whole":
            return number(value, language, 0)
        case _:
            return number(value, language, 2)
