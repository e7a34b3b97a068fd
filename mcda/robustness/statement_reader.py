"""Short texts about weights as statements: "cost >= 20 %", "relevance >= 2 * cost", "10 % <= funding <= 30 %"."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.robustness.weight_statements import Statement
from mcda.study.model import Study

_NUMBER = r"\d+(?:[.,]\d+)?"
_COMPARES = {">=": 1, "≥": 1, "=>": 1, "<=": -1, "≤": -1, "=<": -1, "=": 0}

MOST = 100
"""More than anybody says; the region they leave would take long to find."""

_Sum = dict[str, float]
"""Factors by criterion; the constant stands under ''."""


class _Unreadable(Exception):
    """A text that is no statement, with the issue to tell."""

    def __init__(self, code: str, **params: Param) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def read_statements(study: Study, texts: Iterable[str]) -> tuple[Statement, ...]:
    """Statements about weights among siblings from short texts, one after the other; empty texts say nothing.

    A text compares two or more sums with >=, <= or =. Sums are made of criteria (by id or by label, capitals do not
    matter), each with a factor if wanted ("2 * cost", "cost * 2", "50 % * cost"), and of percentages. Figures are
    written 12.5 or 12,5. "=" gives two statements, a double comparison one or two for each sign; all keep the text.
    Raises InputError with an issue for every text that is wrong, its row counted from 1: an unknown criterion (with
    what is allowed, and the nearest), criteria of different sibling groups, a percentage without its sign, a text
    that says nothing about weights, one that cannot be read (with where it breaks off).
    """
    names = _names(study)
    pattern = _pattern(names)
    found: list[Statement] = []
    issues: list[Issue] = []
    texts = [" ".join(text.split()) for text in texts]
    if len(set(texts)) > MOST:
        told: dict[str, Param] = {"count": len(set(texts)), "most": MOST}
        raise InputError([Issue("statements_too_many", where=Where("statements"), params=told)])
    for row, said in enumerate(texts, 1):
        if said in texts[: row - 1]:
            continue
        try:
            found += _statements(study, said, _tokens(said, pattern, names)) if said else []
        except _Unreadable as error:
            told = {"statement": said, **error.params}
            issues.append(Issue(error.code, where=Where("statements", row), params=told))
    if issues:
        raise InputError(issues)
    return tuple(found)


def _names(study: Study) -> dict[str, str]:
    """Ids of the criteria by what they may be called, in small letters: ids before labels, labels of one only."""
    labels: dict[str, set[str]] = {}
    for criterion in study.criteria:
        for label in (criterion.label_de, criterion.label_en):
            labels.setdefault(" ".join(label.split()).lower(), set()).add(criterion.id)
    names = {label: next(iter(ids)) for label, ids in labels.items() if len(ids) == 1}
    names |= {criterion.id.lower(): criterion.id for criterion in study.criteria}
    names |= {criterion.id: criterion.id for criterion in study.criteria}
    return {name: key for name, key in names.items() if name and not re.fullmatch(_NUMBER, name)}


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """The pieces of a text: names before numbers, the longest name first; a word that is none of them is unknown."""
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    name = "|".join([rf"(?:{one})(?!\w)" for one in longest] or ["(?!)"])
    return re.compile(
        rf"\s*(?:(?P<name>{name})|(?P<number>{_NUMBER})(?P<percent>\s*%)?(?!\w)|(?P<compare>>=|<=|=>|=<|≥|≤|=)"
        rf"|(?P<sign>[+−–-])|(?P<times>[*·×])|(?P<word>[^\W\d][\w.-]*))",
        re.IGNORECASE,
    )


def _tokens(text: str, pattern: re.Pattern[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """(kind, value) of each piece: name (id), number, percent (as a fraction), compare, sign, times."""
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        piece = pattern.match(text, place)
        if piece is None:
            raise _Unreadable("statement_unreadable", value=text[place:].strip())
        kind, value = str(piece.lastgroup), piece[0].strip()
        if kind == "word":
            allowed = tuple(dict.fromkeys(names.values()))
            raise _Unreadable(
                "statement_unknown_criterion", value=value, allowed=allowed, nearest=nearest(value, allowed)
            )
        if kind == "name":
            value = names.get(value) or names[value.lower()]
        elif kind in ("number", "percent"):
            figure = float(piece["number"].replace(",", "."))
            value = repr(figure / 100 if kind == "percent" else figure)
        found.append((kind, value))
        place = piece.end()
    return found


def _statements(study: Study, text: str, tokens: list[tuple[str, str]]) -> list[Statement]:
    """All that one text says."""
    sides: list[list[tuple[str, str]]] = [[]]
    signs: list[int] = []
    for kind, value in tokens:
        if kind == "compare":
            signs.append(_COMPARES[value])
            sides.append([])
        else:
            sides[-1].append((kind, value))
    if not signs or not all(sides):
        raise _Unreadable("statement_unreadable", value=text)
    sums = [_sum(side, text) for side in sides]
    found: list[Statement] = []
    for sign, (left, right) in zip(signs, pairwise(sums), strict=True):
        for way in (1, -1) if sign == 0 else (sign,):
            found.append(_statement(study, text, left if way > 0 else right, right if way > 0 else left))
    return found


def _sum(side: list[tuple[str, str]], text: str) -> _Sum:
    """One side of a comparison: terms with signs between them."""
    total: _Sum = {}
    sign, rest = 1.0, list(side)
    while rest:
        if rest[0][0] == "sign":
            sign *= 1.0 if rest.pop(0)[1] == "+" else -1.0
        term: list[tuple[str, str]] = []
        while rest and rest[0][0] != "sign":
            term.append(rest.pop(0))
        criterion, amount = _term(term, text)
        total[criterion] = total.get(criterion, 0.0) + sign * amount
        sign = 1.0
    return total


def _term(term: list[tuple[str, str]], text: str) -> tuple[str, float]:
    """A criterion with its factor, or a percentage: ('' , fraction)."""
    parts = [(kind, value) for kind, value in term if kind != "times"]
    kinds = [kind for kind, _ in parts]
    figures = [float(value) for kind, value in parts if kind != "name"]
    if len(term) == 1 and kinds == ["name"]:
        return parts[0][1], 1.0
    if len(parts) == 2 and kinds.count("name") == 1 and len(term) == 2 + (term[1][0] == "times"):
        return next(value for kind, value in parts if kind == "name"), figures[0]
    if len(term) == 1 and (kinds == ["percent"] or figures == [0.0]):
        return "", figures[0]
    if len(term) == 1 and kinds == ["number"]:
        raise _Unreadable("statement_no_number", value=f"{figures[0]:g}", allowed="20 %")
    raise _Unreadable("statement_unreadable", value=text)


def _statement(study: Study, text: str, more: _Sum, less: _Sum) -> Statement:
    """more >= less as a statement about one sibling group."""
    factors = {key: more.get(key, 0.0) - less.get(key, 0.0) for key in {**more, **less} if key}
    factors = {key: factor for key, factor in factors.items() if factor}
    parents = {study.criterion_by_id[key].parent for key in {**more, **less} if key}
    if len(parents) > 1:
        groups = tuple(dict.fromkeys(", ".join(study.children[parent]) for parent in sorted(parents)))
        named = tuple(key for key in {**more, **less} if key)
        raise _Unreadable("statement_not_siblings", value=named, allowed=" / ".join(groups))
    if not factors:
        raise _Unreadable("statement_says_nothing")
    return Statement(parents.pop(), factors, less.get("", 0.0) - more.get("", 0.0), text)
