"""A first guess at each column of a flat list: by its header, checked against its cells; by its cells alone."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from mcda.study.cells import Cell
from mcda.study.flat import questions as ask
from mcda.study.flat.headings import Heading, heading
from mcda.study.flat.layout import Layout
from mcda.study.flat.mapping import Assigned, Group, Meaning
from mcda.study.flat.profile import HALF, Profile, profile
from mcda.study.flat.questions import Guess
from mcda.study.flat.scales import Points, Scale, point_range
from mcda.study.flat.settle import settled, with_scales
from mcda.study.flat.spelling import bare
from mcda.study.flat.values import says_nothing, sign_of, take_apart

Reader = Callable[[str, Heading, Profile, str], Guess]
"""A guess from header, heading, cells and the list's decimal sign."""

SMALLEST_EUROS = 500
"""Below this nobody states a measure's cost in euros: thousands are likelier, so the unit is asked about."""
MANY_WORDS = 60
"""A column whose texts are longer on average describes."""


def guess_columns(layout: Layout, decimal: str) -> tuple[Guess, ...]:
    """One guess per column, in order; a meaning that belongs to one column goes to the surest claim.

    `decimal` is the decimal sign the list's other numbers tell, '' if none does.
    """
    profiles = [profile(layout.cells(i)) for i in range(len(layout.headers))]
    heads = [heading(h, hint) for h, hint in zip(layout.headers, layout.hints, strict=True)]
    found = [_guess(*column, decimal) for column in zip(layout.headers, heads, profiles, strict=True)]
    return settled(found, heads, profiles)


def guess_as(meaning: Meaning, parent: Group, header: str, head: Heading, cells: Sequence[Cell], decimal: str) -> Guess:
    """What is to be known of a column whose meaning the planner chose: its scale or unit as its cells tell, the rest
    asked about."""
    column = profile(cells)
    found = _CHOSEN.get(meaning, _plain)(meaning, parent)(header, head, column, decimal)
    if meaning == "rating" and found.assigned.meaning == "rating":
        return replace(with_scales([found], [head])[0], why="chosen")
    if meaning == "rating":
        label = criterion_label(header)
        assigned = Assigned(header=header, meaning=meaning, label=label, parent=parent)
        return Guess(assigned, "chosen", (ask.scale(1, 5, must=True), ask.direction(1, 5)))
    if found.assigned.meaning != meaning:
        assigned = Assigned(header=header, meaning=meaning, price_basis=head.basis, factor=head.factor or 1)
        return Guess(assigned, "chosen")
    return replace(found, why="chosen")


def _guess(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    if not header:
        return Guess(Assigned(header=header, meaning="ignore"), "empty")
    if not column.filled and column.words is None:
        return Guess(Assigned(header=header, meaning="remark"), "no_cells")
    if not head.key:
        return _by_cells(header, head, column, decimal)
    found = _BY_KEY[head.key](header, head, column, decimal)
    return replace(found, why=head.by if found.why == "" else found.why)


def _plain(meaning: Meaning, _: Group = "") -> Reader:
    def guess(header: str, _: Heading, column: Profile, __: str) -> Guess:
        label = place_name(header) if meaning == "municipality" else ""
        return Guess(Assigned(header=header, meaning=meaning, label=label), "")

    return guess


def _text(meaning: Meaning) -> Reader:
    """A column of words; merged cells leave every value standing once, above empty ones."""

    def guess(header: str, _: Heading, column: Profile, __: str) -> Guess:
        gaps = len(column.cells) > len(column.filled) == column.distinct > 0
        merged = gaps and not says_nothing(column.cells[0]) and meaning in {"theme", "category"}
        assigned = Assigned(header=header, meaning=meaning, fill_down=merged)
        return Guess(assigned, "", (ask.fill_down(),) if merged else ())

    return guess


def _remark(code: str, *meanings: Meaning) -> Reader:
    def guess(header: str, _: Heading, column: Profile, __: str) -> Guess:
        return Guess(Assigned(header=header, meaning=meanings[0]), code, (ask.meaning(code, *meanings),))

    return guess


def _rating(parent: Group) -> Reader:
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
    plus = scale.good_up and head.less_is_better and any(word.startswith("+") for word, _ in scale.words)
    much_is_better = scale.good_up or not head.less_is_better
    better = None if plus else scale.better or head.better or ("more" if much_is_better else "less")
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
    asked = (ask.direction(scale.low, scale.high, "direction_signs"),) if plus else ()  # ++ effort: good, or much?
    return Guess(assigned, "words", asked + ask.priority(head.priority))


def _money(meaning: Meaning) -> Reader:
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


def _told(meaning: Meaning, parent: Group) -> Reader:
    """A text of the fact sheet, or a rating under the same header: 'Risiken' may hold sentences or points."""

    def guess(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
        if column.words is not None or column.points is not None or head.scale is not None:
            return _rating(parent)(header, head, column, decimal)
        return Guess(Assigned(header=header, meaning=meaning), "")

    return guess


def _by_cells(header: str, head: Heading, column: Profile, decimal: str) -> Guess:
    """The header says nothing: ticks are municipalities, points and words rate, amounts cost, texts are kept."""
    if column.marks:
        asked = (ask.meaning("municipality", "municipality", "mandatory", "remark"),)
        meaning: Meaning = "municipality" if column.ticks else "remark"
        return Guess(Assigned(header=header, meaning=meaning, label=place_name(header)), "marks", asked)
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


def criterion_label(header: str) -> str:
    """A criterion's name: the header without its scale and unit."""
    return " ".join(re.sub(r"\(.*?\)|\[.*?\]|\b\d+ ?(-|–|bis) ?\d+\b", " ", header).split()).strip(" :,-–*") or header


def place_name(header: str) -> str:
    """A municipality's name without the word for what it is: 'Gemeinde Ismaning' is Ismaning."""
    last = header.rsplit(": ", 1)[-1]
    return re.sub(r"^(Gemeinde|Stadt|Markt|Kommune|Gde\.?)\s+", "", last).strip() or header


_BY_KEY: Mapping[str, Reader] = {
    "rank": _remark("rank", "remark", "decided_rank", "ignore"),
    "result": _remark("result", "ignore", "rating", "remark"),
    "id": _plain("id"),
    "title": _plain("title"),
    "theme": _text("theme"),
    "category": _text("category"),
    "description": _plain("description"),
    "situation": _plain("situation"),
    "goal": _told("goal", "relevance"),
    "target_group": _plain("target_group"),
    "milestones": _plain("milestones"),
    "indicator": _told("indicator", "relevance"),
    "synergies": _told("synergies", "relevance"),
    "risks": _told("risks", "feasibility"),
    "legal_basis": _plain("legal_basis"),
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
_CHOSEN: Mapping[Meaning, Callable[[Meaning, Group], Reader]] = {
    "rating": lambda _, parent: _rating(parent),
    "capex": lambda meaning, _: _money(meaning),
    "opex": lambda meaning, _: _money(meaning),
    "grant": lambda meaning, _: _money(meaning),
    "funding_rate": lambda _, __: _rate,
    "duration": lambda _, __: _duration,
    "theme": lambda meaning, _: _text(meaning),
    "category": lambda meaning, _: _text(meaning),
}
