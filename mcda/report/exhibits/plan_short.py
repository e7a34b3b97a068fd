"""A plan in a few sentences, for papers that are about something else."""

from mcda.locale import text
from mcda.locale.formats import fixed
from mcda.portfolio import Plan
from mcda.report.exhibits.money_sums import tellable, told_text
from mcda.report.exhibits.plan_beside import disagreement_sentence
from mcda.report.exhibits.plan_words import capital, status_sentence, task_sentence
from mcda.result import Result


def plan_short(result: Result, made: Plan, language: str, *, public: bool) -> str:
    """What the plan was made for, how far it is proven, what it holds and costs, where it departs from the ranking.

    In public no sums are told that would tell what single measures cost.
    """
    asked = f"{capital(task_sentence(made, language))}. {status_sentence(made, language)}."
    parts = {"count": len(made.chosen), "value": fixed(made.value, language, 1)}
    if tellable(made.measures, public=public):
        own = told_text(made.own, language, public=public)
        held = text("plan_said.short", language, own=own, **parts)
    else:
        held = text("plan_said.short_sealed", language, **parts)
    return " ".join((asked, held, disagreement_sentence(result, made, language)))
