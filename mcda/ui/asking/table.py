"""The experts' view of pairwise answers: a matrix to type into, with the strict reading of numbers."""

import re
from dataclasses import replace
from itertools import combinations
from typing import Any

import pandas as pd
import streamlit as st

from mcda.locale import text
from mcda.report.exhibits.catalogue import criterion_label
from mcda.report.exhibits.revision_sentence import ratio_text
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.asking.draft import Pair, asking, draft_of, keep, remember
from mcda.ui.asking.pairs import answer_to
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet

MOST = 1000.0
"""No answer is larger; beyond, a sign was left out or the numbers mean something else."""

_NUMBER = re.compile(r"\d+([.,]\d+)?")
_FAULTS = "asking_table_faults"


def read_ratio(cell: str) -> float | None:
    """An answer as people write it: '3', '1/3', '0,333', '2.5'; None for anything else, zero and what is not above
    0 included. There is no sign for thousands here, so a point or comma is the decimal sign."""
    parts = [part.strip() for part in cell.strip().split("/")]
    if not 1 <= len(parts) <= 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    numbers = [float(part.replace(",", ".")) for part in parts]
    if min(numbers) <= 0:
        return None
    value = numbers[0] / numbers[1] if len(numbers) == 2 else numbers[0]
    return value if 1 / MOST <= value <= MOST else None


def show_table_of_pairs(study: Study, who: str, parent: str, language: str) -> None:
    """The matrix, the button that takes it, and every cell that cannot be taken."""
    frame = pairs_frame(study, who, parent, language)
    key = f"pairs_table_{who}_{parent}_{study.input_hash[:12]}_{len(asking().drafts)}"
    st.data_editor(
        frame,
        key=key,
        hide_index=False,
        disabled=["_index"],
        column_config={name: st.column_config.TextColumn(name) for name in frame.columns},
        on_change="ignore",
        alt=text("weights_page.table_alt", language),
    )
    show_quiet(text("weights_page.table_help", language))
    st.button(
        text("weights_page.table_apply", language),
        key=f"pairs_table_apply_{who}_{parent}",
        type="primary",
        on_click=_apply,
        args=(who, parent, key, language),
    )
    for sentence in st.session_state.pop(_FAULTS, ()):
        st.error(literal(sentence))


def pairs_frame(study: Study, who: str, parent: str, language: str) -> pd.DataFrame:
    """The answers as texts: the row's criterion against the column's, 1 on the diagonal, '' where it is open."""
    items = study.children[parent]
    names = [criterion_label(study, item, language) for item in items]
    draft = draft_of(study, who, parent, "pairs")
    cells = [
        ["1" if a == b else "" if (v := answer_to(draft, (a, b))) is None else ratio_text(v, language) for b in items]
        for a in items
    ]
    return pd.DataFrame(cells, index=pd.Index(names), columns=names, dtype=str)


def typed_pairs(
    study: Study, who: str, parent: str, changes: Any, language: str
) -> tuple[dict[Pair, float], list[str]]:
    """All answers after what was typed into the matrix, and a sentence for every cell that cannot be taken.

    An emptied cell takes the answer away. A cell typed below the diagonal counts like its mirror above; two that
    contradict each other are refused.
    """
    items, draft = study.children[parent], draft_of(study, who, parent, "pairs")
    pairs = {pair: v for pair in combinations(items, 2) if (v := answer_to(draft, pair)) is not None}
    columns = {criterion_label(study, item, language): item for item in items}
    faults: list[str] = []
    typed: dict[Pair, float | None] = {}
    for row, cells in (changes or {}).get("edited_rows", {}).items():
        for name, cell in cells.items():
            a, b = items[int(row)], columns[name]
            _one(study, a, b, (cell or "").strip(), typed, faults, language)
    for pair, value in typed.items():
        if value is None:
            pairs.pop(pair, None)
        else:
            pairs[pair] = value
    return pairs, faults


def _one(
    study: Study, a: str, b: str, cell: str, typed: dict[Pair, float | None], faults: list[str], language: str
) -> None:
    """One typed cell: kept in `typed` in the order of the study's criteria, or told in `faults`."""
    names = {"a": criterion_label(study, a, language), "b": criterion_label(study, b, language), "value": cell or "–"}
    value = read_ratio(cell) if cell else None
    if a == b:
        if value != 1:
            faults.append(text("weights_page.table_diagonal", language, **names))
        return
    if cell and value is None:
        faults.append(text("weights_page.table_fault", language, **names))
        return
    items = study.children[study.criterion_by_id[a].parent]
    upper = items.index(a) < items.index(b)
    pair = (a, b) if upper else (b, a)
    said = value if upper or value is None else 1 / value
    earlier = typed.get(pair, said)
    if (earlier is None) != (said is None) or (earlier and said and abs(earlier / said - 1) > 0.01):
        faults.append(text("weights_page.table_twice", language, **names))
        return
    typed[pair] = said


def _apply(who: str, parent: str, key: str, language: str) -> None:
    """Take the whole table or, where a cell is wrong, nothing."""
    study = state.study()
    pairs, faults = typed_pairs(study, who, parent, st.session_state.get(key), language)
    if faults:
        st.session_state[_FAULTS] = tuple(faults)
        return
    now = asking()
    remember(replace(now, open_pair={k: v for k, v in now.open_pair.items() if k != (who, parent)}, strength_of=None))
    keep(who, parent, replace(draft_of(study, who, parent, "pairs"), pairs=pairs))
