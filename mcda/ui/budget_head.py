"""What a plan comes to: one sentence, five large numbers, and how far it is proven."""

from html import escape

from mcda.locale import text
from mcda.locale.formats import money, number, percent
from mcda.portfolio import Plan
from mcda.report.exhibits.plan_words import status_sentence
from mcda.ui.budget_task import Room, has_budget

_SIGNS = {"optimal": "✓", "feasible": "≈", "infeasible": "✗", "no_answer": "?"}


def head_html(made: Plan, room: Room, language: str) -> str:
    """The plan in one piece of markup; without a plan the sentence alone."""
    status = escape(status_sentence(made, language))
    mark = f"<span aria-hidden='true'>{_SIGNS[made.status]}</span> {status}"
    if not made.solved:
        return f"<div class='rf-plan' role='status'><p class='rf-plan-said'>{mark}</p></div>"
    numbers = "".join(
        f"<div><dt>{escape(text(f'budget_page.number.{name}', language))}</dt><dd>{escape(large)}</dd>"
        f"<dd class='rf-plan-note'>{escape(note)}</dd></div>"
        for name, large, note in plan_numbers(made, room, language)
    )
    return (
        f"<div class='rf-plan' role='status'><p class='rf-plan-said'>{escape(plan_sentence(made, language))}</p>"
        f"<dl>{numbers}</dl><p class='rf-plan-status rf-plan-{made.status}'>{mark}</p></div>"
    )


def plan_sentence(made: Plan, language: str) -> str:
    """With how much money in which years how many measures can be done."""
    task, years = made.task, made.years
    key = f"{'with' if has_budget(task) else 'without'}_{'years' if years else 'whole'}"
    return text(
        f"budget_page.sentence.{key}",
        language,
        count=len(made.chosen),
        amount=money(task.budget_eur or 0, language, cents=False),
        first=str(years[0]) if years else "",
        last=str(years[-1]) if years else "",
    )


def plan_numbers(made: Plan, room: Room, language: str) -> tuple[tuple[str, str, str], ...]:
    """(name, large number, what it is held against), the weightiest first."""

    def euro(amount: object) -> str:
        return money(amount, language, cents=False)  # type: ignore[arg-type]

    share = percent(made.value / room.points, language) if room.points else "–"
    left = next((use.left for use in made.uses if use.key == "budget"), None)
    of_cost = ""
    if made.cost:
        of_cost = text("budget_page.note.grant", language, share=percent(made.grant / made.cost, language))
    told = [
        ("measures", str(len(made.chosen)), text("budget_page.note.measures", language, all=len(room.least))),
        (
            "benefit",
            number(made.value, language, 0),
            text("budget_page.note.benefit", language, all=number(room.points, language, 0), share=share),
        ),
        ("own", euro(made.own), "" if left is None else text("budget_page.note.left", language, amount=euro(left))),
        ("grant", euro(made.grant), of_cost),
    ]
    if made.years:
        later = text("budget_page.note.later", language, whole=euro(made.whole))
        told.append(("later", euro(made.later), later))
    return tuple(told)
