"""Which measures a picture of doubt shows: the first, the pinned and the contested; the others are named as hidden."""

from collections.abc import Collection
from dataclasses import dataclass

from mcda.locale import text
from mcda.result import Result
from mcda.robustness.labels import Labels

TOP = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """The measures shown, in rank order, and how many of the ranking are not."""

    measures: tuple[str, ...]
    hidden: int
    labelled: bool = True


def doubtful(result: Result, found: Labels | None, pinned: Collection[str] = (), top: int = TOP) -> Shown:
    """The first `top` measures, those `pinned`, and all that are contested (where there are labels)."""
    labels = {} if found is None else found.by_measure()
    shown = tuple(
        line.measure
        for line in result.ranking
        if line.rank <= top or line.measure in pinned or (labels and labels[line.measure].label == "contested")
    )
    return Shown(shown, len(result.ranking) - len(shown), found is not None)


def hidden_sentence(shown: Shown, language: str) -> str:
    """What is not shown, and why; empty where everything is."""
    if not shown.hidden:
        return ""
    key = "hidden" if shown.labelled else "hidden_plain"
    return text(f"sensitivity_page.{key}{'_one' if shown.hidden == 1 else ''}", language, count=shown.hidden)
