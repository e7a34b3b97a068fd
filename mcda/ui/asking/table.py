"""The experts' view of pairwise answers: a matrix to type into, with the strict reading of numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
    key = f"pairs_table_{who}_{parent}_{asking().tables_taken}"
    _remember_typed(who, parent, key)
    st.data_editor(
        pairs_frame(study, who, parent, language),
        key=key,
        hide_index=False,
        disabled=["_index"],
        column_config={
            item: st.column_config.TextColumn(criterion_label(study, item, language)) for item in study.children[parent]
        },
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
    if asking().cells.get((who, parent)):
        show_quiet(text("weights_page.table_waiting", language))


def pairs_frame(study: Study, who: str, parent: str, language: str) -> pd.DataFrame:
    """The answers as texts: the row's criterion against the column's, 1 on the diagonal, '' where it is open. What
    was typed and not taken yet stands in its cell, and its reciprocal in the cell across the diagonal."""
    items = study.children[parent]
    names = [criterion_label(study, item, language) for item in items]
    draft, typed = draft_of(study, who, parent, "pairs"), asking().cells.get((who, parent), {})

    def cell(a: str, b: str) -> str:
        if (a, b) in typed:
            return typed[a, b]
        if a == b:
            return "1"
        across = typed.get((b, a))
        value = answer_to(draft, (a, b)) if across is None else read_ratio(across)
        if value is None:
            return ""
        return ratio_text(value if across is None else 1 / value, language)

    cells = [[cell(a, b) for b in items] for a in items]
    return pd.DataFrame(cells, index=pd.Index(names), columns=list(items), dtype=str)


def typed_pairs(
    study: Study, who: str, parent: str, cells: Mapping[Pair, str], language: str
) -> tuple[dict[Pair, float], list[str]]:
    """All answers after what was typed into the matrix, and a sentence for every cell that cannot be taken.

    An emptied cell takes the answer away. A cell typed below the diagonal counts like its mirror above; two that
    contradict each other are refused. Answers nobody typed over stay as they were given.
    """
    pairs = dict(draft_of(study, who, parent, "pairs").pairs)
    faults: list[str] = []
    typed: dict[Pair, float | None] = {}
    for (a, b), cell in cells.items():
        _one(study, a, b, cell.strip(), typed, faults, language)
    for (a, b), value in typed.items():
        pairs.pop((a, b), None)
        pairs.pop((b, a), None)
        if value is not None:
            pairs[a, b] = value
    return pairs, faults


def typed_cells(items: Sequence[str], edits: Any) -> dict[Pair, str]:
    """What the editor reports as changed, by the criteria of row and column; what is no cell of it is left out."""
    rows = (edits or {}).get("edited_rows", {})
    named = {str(place): item for place, item in enumerate(items)}
    return {
        (named[str(row)], name): str(cell or "")
        for row, cells in rows.items()
        for name, cell in cells.items()
        if str(row) in named and name in items
    }


def _remember_typed(who: str, parent: str, key: str) -> None:
    """Keep what was typed: another person, group or page may come before it is taken."""
    now, items = asking(), state.study().children[parent]
    if typed := typed_cells(items, st.session_state.get(key)):
        earlier = now.cells.get((who, parent), {})
        remember(replace(now, cells={**now.cells, (who, parent): {**earlier, **typed}}))


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
    _remember_typed(who, parent, key)
    study, now = state.study(), asking()
    items = study.children[parent]
    cells = {pair: cell for pair, cell in now.cells.get((who, parent), {}).items() if set(pair) <= set(items)}
    pairs, faults = typed_pairs(study, who, parent, cells, language)
    if faults:
        st.session_state[_FAULTS] = tuple(faults)
        return
    waiting = {place: found for place, found in now.cells.items() if place != (who, parent)}
    opened = {place: pair for place, pair in now.open_pair.items() if place != (who, parent)}
    taken = now.tables_taken + 1
    remember(replace(now, cells=waiting, open_pair=opened, strength_of=None, tables_taken=taken))
    keep(who, parent, replace(draft_of(study, who, parent, "pairs"), pairs=pairs))
