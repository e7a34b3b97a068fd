"""Best-worst answers as the table `judgements` holds them: which criterion is the best, which the worst."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mcda.errors import InputError, Issue, Param, Where
from mcda.result import Source, Weights
from mcda.study.model import Judgement
from mcda.weights.best_worst import elicit_best_worst

Answers = dict[tuple[str, str], float]
Ends = tuple[str, str]

_SAME = 0.01
"""Two answers to one pair agree within 1 % (0.33 answers 3)."""


def best_worst_of(judgements: Sequence[Judgement], items: Sequence[str], parent: str = "") -> Weights:
    """The weights one person's rows with elicitation `best_worst` under `parent` give the siblings `items`.

    The best criterion is the one compared with all others as the more important, the worst the one all others are
    compared with; nothing else may be answered. A row (a, b, v) with v below 1 reads as (b, a, 1/v); rows of value 1
    count as written (a before b), and the other way round only where that alone makes an end of the comparisons.
    Who answered and when the last answer came stand in the source. Without rows one criterion has all the weight.
    Raises InputError with every issue: a criterion that is no sibling, two answers to one pair that differ by more
    than 1 %, a comparison that is missing or belongs to neither end, answers that leave best and worst open.
    """
    rows = [row for row in judgements if row.elicitation == "best_worst" and row.parent == parent]
    answers, issues = _answers(rows, items, parent)
    if issues:
        raise InputError(issues)
    best, worst = _ends(answers, items, parent)
    said = answers | {(b, a): ratio for (a, b), ratio in answers.items() if ratio == 1.0}
    others = {b: ratio for (a, b), ratio in said.items() if a == best}
    towards = {a: ratio for (a, b), ratio in said.items() if b == worst}
    found = elicit_best_worst(best, worst, others, towards, items, parent)
    people = tuple(dict.fromkeys(row.stakeholder for row in rows))
    when = max((row.answered_at for row in rows), default="")
    return replace(found, sources=(Source(parent, "best_worst", people, when),))


def _answers(rows: Sequence[Judgement], items: Sequence[str], parent: str) -> tuple[Answers, list[Issue]]:
    """One ratio of 1 or more for each pair, the more important criterion first; and what is wrong with the rows."""
    answers: Answers = {}
    issues: list[Issue] = []
    at = Where("judgements")
    for row in rows:
        if row.a == row.b or not {row.a, row.b} <= set(items):
            issues.append(Issue("not_siblings", where=at, params={"value": (row.a, row.b), "parent": parent}))
            continue
        pair, ratio = ((row.a, row.b), row.value) if row.value >= 1 else ((row.b, row.a), 1.0 / row.value)
        earlier = answers.get(pair)
        if earlier is None and pair[::-1] in answers:
            earlier = 1.0 / answers[pair[::-1]]
        if earlier is None:
            answers[pair] = ratio
        elif abs(ratio - earlier) > _SAME * earlier:
            said: dict[str, Param] = {"a": pair[0], "b": pair[1], "first": earlier, "second": ratio}
            issues.append(Issue("judgement_contradiction", where=at, params=said))
    return answers, issues


def _ends(answers: Answers, items: Sequence[str], parent: str) -> Ends:
    """Best and worst. Raises InputError that names what is missing, what is too much, or that they stay open."""
    if len(items) == 1:
        return items[0], items[0]
    written = set(answers)
    either = written | {(b, a) for (a, b), ratio in answers.items() if ratio == 1.0}
    for known in (written, either):
        fitting = [ends for ends in _all_ends(items) if _questions(*ends, items) <= known]
        if len(fitting) == 1:
            _nothing_else(fitting[0], answers, items)
            return fitting[0]
    raise InputError(_missing(either, items, parent))


def _all_ends(items: Sequence[str]) -> list[Ends]:
    return [(best, worst) for best in items for worst in items if best != worst]


def _questions(best: str, worst: str, items: Sequence[str]) -> set[tuple[str, str]]:
    """The 2n-3 pairs to answer when these are the ends."""
    return {(best, key) for key in items if key != best} | {(key, worst) for key in items if key != worst}


def _nothing_else(ends: Ends, answers: Mapping[tuple[str, str], float], items: Sequence[str]) -> None:
    asked = _questions(*ends, items)
    extra = [pair for pair in answers if pair not in asked and pair[::-1] not in asked]
    if extra:
        where = Where("judgements")
        raise InputError([Issue("best_worst_extra", where=where, params={"a": a, "b": b}) for a, b in extra])


def _missing(known: set[tuple[str, str]], items: Sequence[str], parent: str) -> list[Issue]:
    """The comparisons that are missing where one pair of ends is nearest to complete, else that the ends are open."""
    gaps = {ends: _questions(*ends, items) - known for ends in _all_ends(items)}
    fewest = min(len(gap) for gap in gaps.values())
    nearest = [ends for ends, gap in gaps.items() if len(gap) == fewest]
    at = Where("judgements")
    if fewest and len(nearest) == 1:
        asked = sorted(gaps[nearest[0]], key=lambda pair: (items.index(pair[0]), items.index(pair[1])))
        return [Issue("judgement_missing", where=at, params={"a": a, "b": b}) for a, b in asked]
    return [Issue("best_worst_unclear", where=at, params={"parent": parent, "value": tuple(items)})]
