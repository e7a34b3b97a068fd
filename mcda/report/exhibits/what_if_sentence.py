"""What would have to be true, as one sentence: the smallest step first."""

from collections.abc import Iterable

from mcda.locale import label, text
from mcda.locale.formats import money, number
from mcda.methods import method
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.result import Result
from mcda.robustness.cost_needed import CostNeeded
from mcda.robustness.grant_needed import GrantNeeded
from mcda.robustness.rating_needed import RatingNeeded
from mcda.robustness.weight_shift import WeightChange, WeightShift
from mcda.robustness.what_if import WhatIf
from mcda.study.counted import counted_ratings
from mcda.study.model import Criterion

LEVEL_DIGITS = 4
MOST_STEPS = 4
"""So many kinds of single changes there are: weights, a rating, the cost, the grant."""

_POINTS = ("", "points")


def what_if_sentence(result: Result, found: WhatIf, language: str = "de", most: int = MOST_STEPS) -> str:
    """'X overtakes Y if 6.2 points of weight move from cost to relevance (35 → 41.2%), or if ...', or why not.

    Steps on one scale: weights by the share that changes hands, all else by the share of its criterion's whole range.
    At most `most` steps are told. What weights cannot do is said behind it, as is that nothing but a changed rating
    parts equal measures.
    """
    if found.already:
        return _already(result, found, language)
    names = _names(result, found, language)
    if not method(result.method).fixed_bounds:
        return text("what_if.not_offered", language, **names)
    told = [_equal(result, found, language)] if found.equal else []
    steps = what_if_steps(result, found, language)[:most]
    if steps:
        lead = text(_key("beats", "first", "among", found), language, **names)
        with_grant = found.grant is not None and steps[0] == _grant(found.grant, language)
        key = "what_if.sentence_with" if with_grant else "what_if.sentence"
        told.append(text(key, language, lead=lead, steps=text("what_if.or", language).join(steps)))
    elif found.weights is not None and found.weights.status == "none":
        told.append(text(_key("never", "never_first", "never_among", found), language, **names))
    else:
        told.append(text(_key("never_else", "never_else_first", "never_else_among", found), language, **names))
    if not found.equal:
        told += _without_weights(found, language, anything=bool(steps))
    return " ".join(told)


def what_if_steps(result: Result, found: WhatIf, language: str = "de") -> tuple[str, ...]:
    """Every single change that is enough, the smallest first: 'if ...', 'with a grant of at least ...'.

    Of the ratings the one that has to change least.
    """
    steps: list[tuple[float, str]] = []
    if found.weights is not None and found.weights.status == "found":
        steps.append((found.weights.points / 100, _weights(result, found.weights, language)))
    steps += [(one.share, _rating(result, found, one, language)) for one in found.ratings[:1]]
    if found.cost is not None:
        steps.append((found.cost.share, _cost(found.cost, language)))
    if found.grant is not None:
        steps.append((found.grant.share, _grant(found.grant, language)))
    return tuple(step for _, step in sorted(steps, key=lambda one: one[0]))


def _key(beats: str, first: str, among: str, found: WhatIf) -> str:
    if found.goal.rivals:
        return f"what_if.{beats}"
    return f"what_if.{first if found.goal.top == 1 else among}"


def _names(result: Result, found: WhatIf, language: str) -> dict[str, object]:
    goal = found.goal
    rivals = _joined((_title(result, rival, language) for rival in goal.rivals), language)
    return {"target": _title(result, goal.target, language), "rivals": rivals, "top": goal.top}


def _already(result: Result, found: WhatIf, language: str) -> str:
    names = _names(result, found, language)
    first = [line.measure for line in result.ranking if line.rank == 1 and line.measure != found.goal.target]
    if not found.goal.rivals and found.goal.top == 1 and first:
        others = _joined((_title(result, measure, language) for measure in first), language)
        return text("what_if.already_first_shared", language, others=others, **names)
    return text(_key("already", "already_first", "already_among", found), language, **names)


def _equal(result: Result, found: WhatIf, language: str) -> str:
    others = _joined((_title(result, measure, language) for measure in found.equal), language)
    return text("what_if.equal", language, target=_title(result, found.goal.target, language), others=others)


def _without_weights(found: WhatIf, language: str, *, anything: bool) -> list[str]:
    """What is to be said of weights that do not do it."""
    if found.weights is None:
        return [text("what_if.weights_not_offered", language)]
    if found.weights.status == "not_found":
        return [text("what_if.weights_not_found", language)]
    return [text("what_if.no_weights", language)] if found.weights.status == "none" and anything else []


def _weights(result: Result, shift: WeightShift, language: str) -> str:
    givers = [change for change in shift.changes if change.after < change.before]
    takers = [change for change in shift.changes if change.after > change.before]
    shown = takers if len(shift.changes) == 2 else shift.changes
    points = number(shift.points, language, shift.decimals)
    return text(
        "what_if.weights" if shift.level == "top" else "what_if.weights_leaf",
        language,
        count=points,
        points=points,
        givers=_joined((_criterion(result, one.criterion, language) for one in givers), language),
        takers=_joined((_criterion(result, one.criterion, language) for one in takers), language),
        changes=", ".join(_change(result, shift, one, language) for one in shown),
    )


def _change(result: Result, shift: WeightShift, change: WeightChange, language: str) -> str:
    before, after = (number(100 * weight, language, shift.decimals) for weight in (change.before, change.after))
    name = criterion_label(result.study, change.criterion, language)
    return text("what_if.change", language, criterion=name, before=before, after=after)


def _rating(result: Result, found: WhatIf, needed: RatingNeeded, language: str) -> str:
    criterion = result.study.criterion_by_id[needed.criterion]
    given = _given(result, found.goal.target, needed.criterion)
    rising = needed.level > needed.now if given else (criterion.best or 0.0) > (criterion.worst or 0.0)
    step = needed.step is not None and abs(needed.step - needed.level) > 1e-9
    now = text("what_if.instead", language, now=_level(criterion, needed.now, language))
    return text(
        "what_if.rating_max" if rising else "what_if.rating_min",
        language,
        criterion=_criterion(result, needed.criterion, language),
        mean=text("what_if.mean", language) if given > 1 else "",
        level=_level(criterion, needed.level, language),
        now=now if given else text("what_if.still_open", language),
        step=text("what_if.next_step", language, step=_level(criterion, needed.step or 0.0, language)) if step else "",
    )


def _given(result: Result, measure: str, criterion: str) -> int:
    """How many ratings of the cell count."""
    study = result.study
    ratings = [r for r in study.ratings if r.measure == measure and r.criterion == criterion]
    return len(counted_ratings(study, study.measure_by_id[measure], ratings))


def _level(criterion: Criterion, level: float, language: str) -> str:
    unit = "" if criterion.unit in _POINTS else label("export.unit", criterion.unit, language)
    return f"{number(level, language, LEVEL_DIGITS)} {unit}".rstrip()


def _cost(needed: CostNeeded, language: str) -> str:
    cost, now = (money(amount, language, cents=False) for amount in (needed.cost, needed.now))
    if needed.floor is None:
        return text("what_if.cost", language, cost=cost, now=now)
    floor = money(needed.floor, language, cents=False)
    return text("what_if.cost_between", language, cost=cost, now=now, floor=floor)


def _grant(needed: GrantNeeded, language: str) -> str:
    grant, now = (money(amount, language, cents=False) for amount in (needed.grant, needed.now))
    return text("what_if.grant" if needed.now > 0 else "what_if.grant_new", language, grant=grant, now=now)


def _title(result: Result, measure: str, language: str) -> str:
    return text("what_if.quoted", language, name=title_of(result.study.measure_by_id[measure], language))


def _criterion(result: Result, criterion: str, language: str) -> str:
    return text("what_if.quoted", language, name=criterion_label(result.study, criterion, language))


def _joined(names: Iterable[str], language: str) -> str:
    """'A', 'A and B', 'A, B and C'."""
    found = list(names)
    if len(found) < 2:
        return "".join(found)
    return ", ".join(found[:-1]) + text("what_if.and", language) + found[-1]
