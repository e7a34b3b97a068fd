"""What the study says of a measure in its own words: starting point, goal, steps, risks, and how far it is."""

from mcda.locale import label
from mcda.locale.formats import day
from mcda.report.exhibits.catalogue import in_language
from mcda.study.model import Measure

PROSE = ("situation", "goal", "target_group", "indicator", "synergies", "risks", "legal_basis", "remark")


def measure_texts(measure: Measure, language: str) -> dict[str, str]:
    """The texts of a measure by their field, in the reader's language where the study has them; '' where it says
    nothing. The steps stand one to a line."""
    return {name: str(in_language(measure, name, language)) for name in PROSE} | {
        "milestones": "\n".join(f"• {step}" for step in in_language(measure, "milestones", language)),
        "status": _status(measure, language),
        "application_state": label("choice.application_state", measure.application_state, language),
        "editor": measure.editor,
    }


def _status(measure: Measure, language: str) -> str:
    said = label("export.status", measure.status, language)
    return said if measure.status_date is None else f"{said} ({day(measure.status_date, language)})"
