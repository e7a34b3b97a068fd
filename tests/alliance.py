"""Eight municipalities that have not rated relevance yet, for tests of collecting ratings."""

from typing import Any

from mcda.study.model import Municipality, ScaleLevel, Study
from small import LEVELS, measure, ratings, small_study

NAMES = ("Eching", "Garching", "Hallbergmoos", "Ismaning", "Neufahrn", "Oberschleißheim", "Unterföhring", "Lohhof")
IDS = ("ECH", "GAR", "HBM", "ISM", "NEU", "OSH", "UFG", "USH")
WORDS = {1: "gering", 2: "mäßig", 3: "mittel", 4: "hoch", 5: "sehr hoch"}


def alliance(**changes: Any) -> Study:
    """Eight municipalities; all take part in M1 to M3, three of them in M4. Nobody has rated relevance yet."""
    everybody = {"municipalities": IDS}
    tables: dict[str, Any] = {
        "municipalities": tuple(Municipality(id=i, name=n) for i, n in zip(IDS, NAMES, strict=True)),
        "measures": (
            *(measure(m, LEVELS[m][3], **everybody, title_en=f"Measure {m}") for m in ("M1", "M2", "M3")),
            measure("M4", 2_000_000, municipalities=("ECH", "GAR", "ISM")),
        ),
        "levels": tuple(ScaleLevel(criterion="goals", value=v, label_de=w) for v, w in WORDS.items()),
        "ratings": tuple(r for m in LEVELS for r in ratings(m, 1, 1, 4) if r.criterion == "feasibility"),
    }
    return small_study(**(tables | changes))
