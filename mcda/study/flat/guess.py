"""A first guess at each column of a flat list: by its header, checked against its cells; by its cells alone."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mcda.study.flat import questions as ask
from mcda.study.flat.headings import Heading, heading
from mcda.study.flat.layout import Layout
from mcda.study.flat.mapping import Assigned, Group, Meaning
from mcda.study.flat.profile import HALF, Profile, profile
from mcda.study.flat.questions import Question
from mcda.study.flat.scales import Points, Scale, point_range, point_scale
from mcda.study.flat.spelling import bare
from mcda.study.flat.values import says_nothing, sign_of, take_apart

SMALLEST_EUROS = 500
"""Below this nobody states a measure's cost in euros: thousands are likelier, so the unit is asked about."""
MANY_WORDS = 60
"""A column whose texts are longer on average describes."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A column's guessed meaning, `why` (text `flat.why.WHY`), and what is to be asked. `rates`: it holds ratings
    in points whose scale is still to be found."""

    assigned: Assigned
    why: str
    questions: tuple[Question, ...] = ()
    points: Points | None = None


def guess_columns(layout: Layout, decimal: str) -> tuple[Guess, ...]:
    """One guess per column, in order; a meaning that belongs to one column goes to the surest claim.

    `decimal` is the decimal sign the list's other numbers tell, '' if none does.
    """
    profiles = [profile(layout.cells(i)) for i in range(len(layout.headers))]
    heads = [heading(h, hint) for h, hint in zip(layout.headers, layout.hints, strict=True)]
    found = [_guess(*column, decimal) for column in zip(layout.headers, heads, profiles, strict=True)]
    found = _with_scales(found, heads)
    found = _one_basis(_one_each(found))
    return tuple(_with_title(found, profiles))


def _guess(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    if not header:
        return Guess(Assigned(header=header, meaning="ignore"), "empty")
    if not column.filled and column.words is None:
        return Guess(Assigned(header=header, meaning="remark"), "no_cells")
    if not head.key:
        return _by_cells(header, head, column, decimal)
    found = _BY_KEY[head.key](header, head, column, decimal)
    return replace(found, why=head.by if found.why == "" else found.why)


def _plain(meaning: Meaning) -> Callable[[str, Heading, Profile, str], Guess]:
    def guess(header: str, _: Heading, column: Profile, __: str) -> Guess:
        return Guess(Assigned(header=header, meaning=meaning), "")

    return guess


def _text(meaning: Meaning) -> Callable[[str, Heading, Profile, str], Guess]:
    """A column of words; merged cells leave every value standing once, above empty ones."""

    def guess(header: str, _: Heading, column: Profile, __: str) -> Guess:
        gaps = len(column.cells) > len(column.filled) == column.distinct > 0
        merged = gaps and not says_nothing(column.cells[0]) and meaning in {"theme", "category"}
        assigned = Assigned(header=header, meaning=meaning, fill_down=merged)
        return Guess(assigned, "", (ask.fill_down(),) if merged else ())

    return guess


def _remark(code: str, *meanings: Meaning) -> Callable[[str, Heading, Profile, str], Guess]:
    def guess(header: str, _: Heading, column: Profile, __: str) -> Guess:
        return Guess(Assigned(header=header, meaning=meanings[0]), code, (ask.meaning(code, *meanings),))

    return guess


def _rating(parent: Group) -> Callable[[str, Heading, Profile, str], Guess]:
    def guess(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
        money = head.factor is not None or column.with_unit or max(column.numbers, default=0) > 100
        if column.words is None and column.points is None and money and column.is_numeric:
            return _money("capex")(header, head, column, decimal)
        if column.words is not None:
            return _worded(header, head, column.words, parent)
        points = column.points or (Points(*head.scale) if head.scale and column.numbers else None)
        if points is not None:
            assigned = Assigned(header=header, meaning="rating", label=criterion_label(header), parent=parent)
            return Guess(assigned, "", points=points)
        return Guess(Assigned(header=header, meaning="remark"), "not_a_scale", (ask.meaning("not_a_scale", "remark"),))

    return guess


def _worded(header: str, head: Heading, scale: Scale, parent: Group) -> Guess:
    """A rating in words: much effort is worse, much benefit better; what is good by itself says so."""
    clear = not (scale.good_up and head.less_is_better)
    better = scale.better or head.better or ("more" if scale.good_up or not head.less_is_better else "less")
    if scale.good_up and head.less_is_better and any(w.startswith("+") for w, _ in scale.words):
        better, clear = None, False  # type: ignore[assignment]  # ++ under 'effort': good, or much of it?
    assigned = Assigned(
        header=header,
        meaning="rating",
        label=criterion_label(header),
        parent=parent,
        low=scale.low,
        high=scale.high,
        better=better,
        words=scale.words,
    )
    asked = () if clear or better else (ask.direction(scale.low, scale.high, "direction_signs"),)
    return Guess(assigned, "words", asked + (_priority(head)))


def _money(meaning: Meaning) -> Callable[[str, Heading, Profile, str], Guess]:
    """An amount in euros; words and small points under a cost header rate instead."""

    def guess(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
        top, most = head.scale[1] if head.scale else 10, max(column.numbers, default=0)
        points = column.points is not None and column.is_whole and 0 < most <= top
        named = head.factor is not None or column.with_unit
        if column.words is not None or (points and not named):
            return _rating("funding" if meaning == "grant" else "cost")(header, head, column, decimal)
        if not column.holds_numbers:
            return Guess(
                Assigned(header=header, meaning="remark"), "not_numbers", (ask.meaning("not_numbers", "remark"),)
            )
        small = not named and 0 < most < SMALLEST_EUROS
        assigned = Assigned(
            header=header,
            meaning=meaning,
            price_basis=head.basis,
            factor=None if small else head.factor or 1,
            awarded=head.awarded,
        )
        asked = [ask.unit()] if small else []
        asked += [ask.price_basis()] if head.basis is None and meaning != "grant" and not _says_basis(column) else []
        asked += [ask.awarded()] if meaning == "grant" and not head.awarded else []
        return _with_decimal(Guess(assigned, "", tuple(asked)), column, decimal)

    return guess


def _says_basis(column: Profile) -> bool:
    return any({"net", "gross"} & take_apart(c).words for c in column.filled if isinstance(c, str))


def _with_decimal(guess: Guess, column: Profile, decimal: str) -> Guess:
    """Where some number can be read in two ways and none of the column tells: thousands if the rest of the list
    says so (`decimal` is its sign), else asked about."""
    if sign_of(column.cells, guess.assigned):
        return guess
    numbers = (take_apart(c).number for c in column.filled if isinstance(c, str))
    unclear = next((n for n in numbers if re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", n)), None)
    if unclear is None:
        return guess
    if decimal and decimal not in unclear:
        return replace(guess, assigned=guess.assigned.model_copy(update={"decimal": decimal}))
    return replace(guess, questions=(*guess.questions, ask.decimal(unclear)))


def _grant(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    if head.percent or column.percent:
        return _rate(header, head, column, decimal)
    return _money("grant")(header, head, column, decimal)


def _rate(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    if not column.holds_numbers:
        return _rating("funding")(header, head, column, decimal)
    fractions = (
        not column.percent and all(0 <= n <= 1 for n in column.numbers) and any(0 < n < 1 for n in column.numbers)
    )
    assigned = Assigned(header=header, meaning="funding_rate", factor=None if fractions else 1, awarded=head.awarded)
    asked = [ask.rate_unit()] if fractions else []
    asked += [] if head.awarded else [ask.awarded()]
    return _with_decimal(Guess(assigned, "", tuple(asked)), column, decimal)


def _funding(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    """Money, a rate, or a rating (1-5, yes/no/to be checked); the name of a programme is kept as a remark."""
    if head.percent or column.percent:
        return _rate(header, head, column, decimal)
    if column.words is not None or column.points is not None:
        return _rating("funding")(header, head, column, decimal)
    if column.is_numeric:
        return _money("grant")(header, head, column, decimal)
    return Guess(Assigned(header=header, meaning="remark"), "programme")


def _municipalities(header: str, _: Heading, column: Profile, __: str) -> Guess:
    if column.marks:
        return Guess(Assigned(header=header, meaning="municipality", label=place_name(header)), "marks")
    if column.is_numeric:
        return Guess(Assigned(header=header, meaning="remark"), "not_names")
    unsure = bare(header) == "beteiligte"
    asked = (ask.meaning("municipalities", "municipalities", "partners", "remark"),) if unsure else ()
    return Guess(Assigned(header=header, meaning="municipalities"), "", asked)


def _staff(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    named = re.search(r"vzae|fte|stellen", bare(header)) or any("stelle" in str(c).casefold() for c in column.filled)
    points = column.points is not None and column.points.high <= 10 and column.is_whole
    if column.words is not None or head.scale is not None:
        return _rating("feasibility")(header, head, column, decimal)
    if not column.is_numeric and not named:
        return Guess(Assigned(header=header, meaning="remark"), "not_numbers")
    asked = () if named or not points else (ask.meaning("staff", "staff", "rating", "remark"),)
    return Guess(Assigned(header=header, meaning="staff"), "", asked)


def _duration(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    own_unit = all(re.search("jahr|monat|year|month", str(c), re.IGNORECASE) for c in column.filled)
    factor = 1 if own_unit else head.months
    assigned = Assigned(header=header, meaning="duration", factor=factor)
    if not column.is_numeric and not own_unit:
        return _text("time_horizon")(header, head, column, decimal)
    return Guess(assigned, "", () if factor else (ask.duration_unit(),))


def _start(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    dated = [c for c in column.filled if isinstance(c, date) or re.search(r"(19|20)\d\d", str(c))]
    return Guess(
        Assigned(header=header, meaning="start" if len(dated) >= HALF * len(column.filled) else "time_horizon"), ""
    )


def _lead(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    if column.points is not None or column.words is not None:
        return _rating("feasibility")(header, head, column, decimal)
    return Guess(Assigned(header=header, meaning="lead"), "")


def _note_or_grade(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    if column.points is not None or column.words is not None:
        return _rating("")(header, head, column, decimal)
    return Guess(Assigned(header=header, meaning="remark"), "")


def _by_cells(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    """The header says nothing: marks are municipalities, points and words rate, amounts cost, texts are kept."""
    if column.marks:
        asked = (ask.meaning("municipality", "municipality", "mandatory", "remark"),)
        return Guess(Assigned(header=header, meaning="municipality", label=place_name(header)), "marks", asked)
    points = point_range(column.cells) is not None and (head.scale is not None or max(column.numbers, default=0) <= 10)
    if column.words is not None or points:
        if column.points and not column.words and column.distinct == len(column.cells) and _counts_up(column):
            return Guess(Assigned(header=header, meaning="id"), "counts_up")
        found = _rating("")(header, head, column, decimal)
        kinds = ask.meaning("rating", "rating", "remark", "ignore")
        return replace(found, why="content", questions=(*found.questions, kinds))
    if column.is_numeric and (head.factor or column.with_unit or max(column.numbers) >= SMALLEST_EUROS):
        years = all(1990 <= n <= 2100 for n in column.numbers)
        found = _start(header, head, column, decimal) if years else _money("capex")(header, head, column, decimal)
        other = ask.meaning("amount", found.assigned.meaning, "opex", "grant", "remark")
        return replace(found, why="content", questions=(*found.questions, other))
    if column.length > MANY_WORDS:
        return Guess(Assigned(header=header, meaning="description"), "long_text")
    return Guess(Assigned(header=header, meaning="remark"), "content")


def _counts_up(column: Profile) -> bool:
    return list(column.numbers) == [float(n) for n in range(1, len(column.numbers) + 1)]


def _priority(head: Heading) -> tuple[Question, ...]:
    return (ask.meaning("priority", "rating", "remark", "ignore"),) if head.priority else ()


def _with_scales(found: list[Guess], heads: Sequence[Heading]) -> list[Guess]:
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
    return replace(guess, assigned=assigned, questions=(*guess.questions, *asked, *_priority(head)))


def _one_each(found: Sequence[Guess]) -> list[Guess]:
    """A meaning that only one column can have stays with the surest claim, the first among equals; a total counts
    as the rating of a list that has no other."""
    rank = {"header": 0, "similar": 1}
    claims: dict[str, int] = {}
    for i, guess in enumerate(found):
        meaning = guess.assigned.meaning
        if meaning not in {"rating", "municipality", "remark", "ignore"}:
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


def _one_basis(found: list[Guess]) -> list[Guess]:
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


def criterion_label(header: str) -> str:
    """A criterion's name: the header without its scale and unit."""
    return " ".join(re.sub(r"\(.*?\)|\[.*?\]|\b\d+ ?(-|–|bis) ?\d+\b", " ", header).split()).strip(" :,-–*") or header


def place_name(header: str) -> str:
    """A municipality's name without the word for what it is: 'Gemeinde Ismaning' is Ismaning."""
    last = header.rsplit(": ", 1)[-1]
    return re.sub(r"^(Gemeinde|Stadt|Markt|Kommune|Gde\.?)\s+", "", last).strip() or header


_BY_KEY: Mapping[str, Callable[[str, Heading, Profile, str], Guess]] = {
    "rank": _remark("rank", "remark", "decided_rank", "ignore"),
    "result": _remark("result", "ignore", "rating", "remark"),
    "id": _plain("id"),
    "title": _plain("title"),
    "theme": _text("theme"),
    "category": _text("category"),
    "description": _plain("description"),
    "remark": _note_or_grade,
    "grade": _note_or_grade,
    "status": _plain("status"),
    "lead": _lead,
    "partners": _plain("partners"),
    "municipalities": _municipalities,
    "time_horizon": _plain("time_horizon"),
    "duration": _duration,
    "start": _start,
    "staff": _staff,
    "mandatory": _plain("mandatory"),
    "capex": _money("capex"),
    "opex": _money("opex"),
    "grant": _grant,
    "funding_rate": _rate,
    "funding": _funding,
    "own": _remark("own", "remark", "ignore"),
    "programme": _plain("remark"),
    "relevance": _rating("relevance"),
    "feasibility": _rating("feasibility"),
}
