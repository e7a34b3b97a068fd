"""How each of those asked weights the main criteria, in one sentence."""

from mcda.errors import InputError
from mcda.locale import text
from mcda.locale.formats import number
from mcda.report.exhibits.catalogue import criterion_label
from mcda.report.exhibits.setting import person_name
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.weights.stored import people_with_answers
from mcda.weights.tree import tree_weights

MOST_PEOPLE = 5
MOST_CRITERIA = 6
"""Beyond these a sentence is no help; the sheet of weights has them all."""


def people_weights(result: Result, language: str) -> str:
    """'Those asked weight as follows (Cost / Use): Treasuries 60 / 40 %; ...'; '' where nobody or too many were."""
    study = result.study
    tops, people = study.children.get("", ()), people_with_answers(study)
    if not 0 < len(people) <= MOST_PEOPLE or not 1 < len(tops) <= MOST_CRITERIA:
        return ""
    told = []
    for who in people:
        try:
            overall = tree_weights(study, Scenario(profile=who)).overall
        except InputError:
            return ""  # answers that give no weights; the check of the study names them
        shares = "\u00a0/\u00a0".join(number(round(100 * overall[top]), language) for top in tops)
        name = person_name(study, who, language)
        told.append(text("annex.group_weight", language, person=name, weights=shares))
    names = " / ".join(criterion_label(study, top, language) for top in tops)
    return text("annex.group_weights", language, criteria=names, people="; ".join(told))
