"""A study's texts shown as they are: Streamlit reads most texts as Markdown, which could load outside pictures."""

import re

import pandas as pd

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def literal(words: str) -> str:
    """The text with every ASCII punctuation sign escaped for Markdown (CommonMark 0.31, section 2.4)."""
    return _SIGNS.sub(r"\\\1", words)


def literal_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with every text cell and column name escaped."""
    return frame.map(lambda cell: literal(cell) if isinstance(cell, str) else cell).rename(columns=literal)
