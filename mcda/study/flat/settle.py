"""Guesses at single columns made to fit each other: one scale, one column per meaning, one word on VAT, a title."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mcda.study.flat import questions as ask
from mcda.study.flat.headings import Heading
from mcda.study.flat.mapping import MANY, Assigned
from mcda.study.flat.profile import Profile
from mcda.study.flat.questions import Guess, Question
from mcda.study.flat.scales import Scale, point_scale
from mcda.study.flat.spelling import bare


def settled(found: Sequence[Guess], heads: Sequence[Heading], profiles: Sequence[Profile]) -> tuple[Guess, ...]:
    """All columns of a list in the light of each other."""
    return tuple(_with_title(_one_basis(_one_each(_neighbours(with_scales(found, heads)))), profiles))


def with_scales(found: Sequence[Guess], heads: Sequence[Heading]) -> list[Guess]:
    """Point scales: the header's own; else the one another header names or all columns of points share.

    A column whose largest points stand far out is left open where no other tells its scale.
    """
    named = {h.scale for g, h in zip(found, heads, strict=True) if g.points and h.scale and h.key != "grade"}
    columns = [g.points for g, h in zip(found, heads, strict=True) if g.points and not h.scale]
    clear = [p for p in columns if p.high <= 10 and not p.doubtful]
    shared = Scale(*named.pop()) if len(named) == 1 else point_scale(clear) if clear else None
    done = []
    for guess, head in zip(found, heads, strict=True):
        points = guess.points
        if points is None:
            done.append(guess)
            continue
        fits = shared is not None and shared.low <= points.low and (points.high <= shared.high or points.doubtful)
        scale = Scale(*head.scale) if head.scale else shared if fits else None
        done.append(_scaled(guess, head, scale or point_scale([points]), unclear=scale is None and points.doubtful))
    return done


def _scaled(guess: Guess, head: Heading, scale: Scale, *, unclear: bool) -> Guess:
    better = head.better
    asked: list[Question] = [] if scale.sure else [ask.scale(scale.low, scale.high, must=unclear)]
    if better is None and head.key == "grade":
        better = "less" if scale.low == 1 and scale.high == 6 else None
    elif better is None and not (head.less_is_better or head.priority or (scale.low, scale.high) == (1.0, 6.0)):
        better = "more"
    if better is None:
        code = "direction_much" if head.less_is_better else "direction"
        asked.append(ask.direction(scale.low, scale.high, code))
    ends = {"low": None, "high": None} if unclear else {"low": scale.low, "high": scale.high}
    assigned = guess.assigned.model_copy(update={"better": better} | ends)
    return replace(guess, assigned=assigned, questions=(*guess.questions, *asked, *ask.priority(head.priority)))


def _one_each(found: Sequence[Guess]) -> list[Guess]:
    """A meaning that only one column can have stays with the surest claim, the first among equals; a total counts
    as the rating of a list that has no other."""
    rank = {"header": 0, "similar": 1}
    claims: dict[str, int] = {}
    for i, guess in enumerate(found):
        meaning = guess.assigned.meaning
        if meaning not in MANY:
            held = claims.get(meaning)
            if held is None or _strength(guess, rank) < _strength(found[held], rank):
                claims[meaning] = i
    return [
        guess
        if guess.assigned.meaning not in claims or claims[guess.assigned.meaning] == i
        else Guess(Assigned(header=guess.assigned.header, meaning="remark"), "second")
        for i, guess in enumerate(found)
    ]


def _strength(guess: Guess, rank: Mapping[str, int]) -> tuple[int, bool, bool]:
    """Smaller is surer: by the header, the total before its parts, gross before net."""
    part = "gesamt" not in bare(guess.assigned.header) and "total" not in bare(guess.assigned.header)
    return rank.get(guess.why, 2), part, guess.assigned.price_basis == "net"


def _one_basis(found: Sequence[Guess]) -> list[Guess]:
    """Net or gross belongs to the measure: what one cost column says holds for the other, or is asked once."""
    costs = [g for g in found if g.assigned.meaning in {"capex", "opex"}]
    said = any(g.assigned.price_basis for g in costs)
    silent = costs if said else costs[1:]
    return [
        replace(g, questions=tuple(q for q in g.questions if q.code != "price_basis")) if g in silent else g
        for g in found
    ]


def _with_title(found: list[Guess], profiles: Sequence[Profile]) -> list[Guess]:
    """A list has titles: where no header says so, the first column of different words."""
    if any(g.assigned.meaning == "title" for g in found):
        return found
    for i, (guess, column) in enumerate(zip(found, profiles, strict=True)):
        worded = column.filled and not column.numbers and column.distinct == len(column.filled) > 1
        if worded and column.words is None and guess.assigned.meaning in {"remark", "description", "theme", "category"}:
            asked = (ask.meaning("title", "title", "remark"),)
            found[i] = Guess(Assigned(header=guess.assigned.header, meaning="title"), "content", asked)
            return found
    return found


def _neighbours(found: Sequence[Guess]) -> list[Guess]:
    """Ticked columns under unknown headers are municipalities side by side; one alone says something else. A column
    of 'ja' beside them is one of them."""
    settled: list[Guess] = []
    ticked = [guess for guess in found if guess.assigned.meaning == "municipality"]
    for guess in found:
        meaning = guess.assigned.meaning
        if len(ticked) == 1 and guess is ticked[0] and guess.questions:
            meaning = "remark"
        elif guess.why == "marks" and settled and settled[-1].assigned.meaning == "municipality":
            meaning = "municipality"
        settled.append(replace(guess, assigned=guess.assigned.model_copy(update={"meaning": meaning})))
    return settled
