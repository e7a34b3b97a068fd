"""A plan in a few sentences, for papers that are about something else."""

from mcda.locale import text
from mcda.locale.formats import fixed
from mcda.portfolio import Plan
from mcda.report.exhibits.money_sums import tellable, told_text
from mcda.report.exhibits.plan_beside import disagreement_sentence
from mcda.report.exhibits.plan_words import capital, missed_sentences, status_sentence, task_sentence
from mcda.result import Result


def plan_short(result: Result, made: Plan, language: str, *, public: bool) -> str:
    """What the plan was made for, how far it is proven, what it holds and costs,
    afterwards too, what was missed, and where it departs from the ranking.

    In public no sums are told that would tell what single measures cost.
    """
    asked = f"{capital(task_sentence(made, language))}. {status_sentence(made, language)}."
    held = _held(made, language, public=public)
    return " ".join(
        (asked, held, *missed_sentences(made, result.study, language), disagreement_sentence(result, made, language))
    )


def _held(made: Plan, language: str, *, public: bool) -> str:
    """How many measures, worth how much; what they cost now, in the dearest year afterwards, and over their lives."""
    parts: dict[str, object] = {"count": len(made.chosen), "value": fixed(made.value, language, 1)}
    if not tellable(made.measures, public=public):
        return text("plan_said.short_sealed", language, **parts)
    parts |= {name: told_text(getattr(made, name), language, public=public) for name in ("own", "later", "whole")}
    after = [one.measure for one in made.chosen if one.later or one.whole != one.own]
    if not made.years or not after:
        return text("plan_said.short", language, **parts)
    key = "short_years" if tellable(after, public=public) else "short_after"
    return text(f"plan_said.{key}", language, **parts)
