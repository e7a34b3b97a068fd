"""What an order of criteria alone says about the ranking: the places measures can reach under all its weightings."""

from functools import lru_cache

import pandas as pd
import streamlit as st

from mcda.errors import InputError, MethodError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.locale.formats import percent
from mcda.methods import method
from mcda.report.exhibits.catalogue import title_of
from mcda.result import Result
from mcda.robustness.ordinal import OrderAlone, order_alone
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui.asking.draft import draft_of, missing
from mcda.ui.markup import show_quiet, show_table

DRAWS = 10_000
SHOWN = 10


def show_order_alone(result: Result, who: str, parent: str, language: str) -> None:
    """The measures that can come first or among the first ten; nothing while the order is not whole."""
    study = result.study
    draft = draft_of(study, who, parent, "order")
    if missing(study, parent, draft):
        return
    base = result.scenario.model_copy(update={"weights": {}, "profile": "", "name": ""})
    try:
        found = _ranges(study, base, parent, tuple(draft.ranks.items()))
    except (InputError, MethodError):
        return
    with st.expander(text("ordinal.title", language)):
        show_quiet(text("ordinal.lead", language, draws=found.draws, seed=str(found.seed)))
        columns = [text(f"ordinal.{name}", language) for name in ("measure", "ranks", "first", "ten")]
        best = sorted(found.ranges, key=lambda one: (-one.first_ten, -one.first, one.best))[:SHOWN]
        lines = [
            (
                f"{one.measure} · {title_of(study.measure_by_id[one.measure], language)}",
                f"{one.best} – {one.worst}",
                percent(one.first, language),
                percent(one.first_ten, language),
            )
            for one in best
        ]
        frame = pd.DataFrame(lines, columns=columns)
        show_table(frame, text("ordinal.caption", language), numeric=(1, 2, 3), stack=True)


@lru_cache(maxsize=64)
def _ranges(study: Study, base: Scenario, parent: str, ranks: tuple[tuple[str, int], ...]) -> OrderAlone:
    """Kept: the catalogue is ranked ten thousand times. The other sibling groups stay at the study's points."""
    result = evaluate(study, base)
    ranked = {parent: dict(ranks)}
    chosen = method(result.method)
    return order_alone(study, result.matrix, chosen, ranked, result.weights, draws=DRAWS, seed=base.seed)
