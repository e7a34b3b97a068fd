"""A study's texts shown as they are: Streamlit reads most texts as Markdown, which could load outside pictures."""

import re

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def literal(words: str) -> str:
    """The text with every ASCII punctuation sign escaped for Markdown (CommonMark 0.31, section 2.4)."""
    return _SIGNS.sub(r"\\\1", words)
