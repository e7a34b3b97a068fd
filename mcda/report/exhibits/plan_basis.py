"""How a plan is worked out, in a block of facts: what was asked, how far it is proven, what counts."""

import json
from collections.abc import Sequence
from importlib.metadata import version

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.portfolio import Plan
from mcda.report.exhibits.basis import WIDE
from mcda.report.exhibits.listing import Cell, Column, Listing
from mcda.report.exhibits.plan_words import status_sentence, task_sentence

EVERY = ("task", "file", "status", "gap", "worth", "own", "solver")


def plan_basis(made: Plan, language: str, keys: Sequence[str] = EVERY) -> Listing:
    """The block 'how the plan is worked out' where it is told what numbers come from, or some of its facts."""
    facts = {
        "task": task_sentence(made, language),
        "file": json.dumps(made.task.canonical(), ensure_ascii=False, sort_keys=True),
        "status": status_sentence(made, language),
        "gap": percent(made.gap, language, 2) if made.gap < 1 else "–",
        "worth": text("plan_basis.worth_said", language),
        "own": text(f"plan_basis.own_{'years' if made.years else 'whole'}", language),
        "solver": text("plan_basis.solver_said", language, scipy=version("scipy")),
    }
    rows: list[tuple[Cell, ...]] = [
        (text(f"plan_basis.{key}", language), said) for key, said in facts.items() if key in keys
    ]
    columns = (Column("name", "", "text", 34), Column("said", "", "text", WIDE))
    return Listing(text("plan_basis.title", language), columns, tuple(rows))
