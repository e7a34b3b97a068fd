"""Votes as they come in: checked against the question and the study, with every fault told."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.result import Weights
from mcda.study.model import Criterion, DirectWeight, Judgement, Study
from mcda.weights.ahp import elicit_ahp
from mcda.weights.comparisons import comparisons_of
from mcda.weights.rank_order import elicit_rank_order
from mcda.weights.stored import Answer
from mcda.weights.swing import elicit_swing
from mcda.workshop.contents import RoundOpened, Voted

LARGEST_PAIR = 9.0
"""The end of the scale of pairwise answers (Saaty 1980)."""
TOP = 3
"""So many measures are named in a gut vote."""
MOST_STRANGERS = 8
"""Of an answer that names more than these things nobody asked about, no more are told: finding what each of thousands
might have meant would keep everybody waiting."""


def pairs_asked(study: Study, parent: str) -> tuple[tuple[str, str], ...]:
    """The pairs of siblings a pairwise round asks about, in the order of the criteria."""
    return tuple(combinations(study.children[parent], 2))


def pair_key(a: str, b: str) -> str:
    """How a vote names a pair, or a rating: the two ids with a bar between them."""
    return f"{a}|{b}"


def cells_asked(study: Study, asked: RoundOpened) -> tuple[tuple[str, str], ...]:
    """The measures and criteria a rating round asks about, measure by measure."""
    return tuple((measure, criterion) for measure in asked.measures for criterion in asked.criteria)


def names_asked(study: Study, asked: RoundOpened) -> Mapping[str, None]:
    """What an answer may name, in order: criteria, pairs, measures with a criterion, or measures."""
    if asked.kind == "top":
        return dict.fromkeys(study.measure_by_id)
    if asked.kind == "ratings":
        return dict.fromkeys(pair_key(m, k) for m, k in cells_asked(study, asked))
    if asked.kind == "weights" and asked.asked == "pairwise":
        return dict.fromkeys(pair_key(a, b) for a, b in pairs_asked(study, asked.parent))
    return dict.fromkeys(study.children.get(asked.parent, ()))


def cells_by_round(study: Study, room_rounds: Mapping[int, RoundOpened]) -> dict[int, tuple[str, ...]]:
    """What each rating round asks for, as a vote names it."""
    asked = {number: one for number, one in room_rounds.items() if one.kind == "ratings"}
    return {number: tuple(pair_key(m, k) for m, k in cells_asked(study, one)) for number, one in asked.items()}


def check_question(study: Study, asked: RoundOpened) -> None:
    """Raise InputError with everything that makes a question unanswerable in this study."""
    issues: list[Issue] = []
    if asked.kind == "weights" and len(study.children.get(asked.parent, ())) < 2:
        groups = tuple(p for p, c in study.children.items() if len(c) > 1)
        issues.append(_issue("room_no_siblings", "parent", asked.parent, groups))
    if asked.kind == "ratings":
        issues += [
            _unknown("measures", m, tuple(study.measure_by_id)) for m in asked.measures if m not in study.measure_by_id
        ]
        rated = tuple(leaf for leaf in study.leaves if study.criterion_by_id[leaf].kind == "given")
        issues += [_unknown("criteria", k, rated) for k in asked.criteria if k not in rated]
        if not asked.measures or not asked.criteria:
            issues.append(_issue("room_nothing_to_rate", "measures", ""))
    if asked.kind == "approval" and not asked.question:
        issues.append(_issue("room_no_question", "question", ""))
    if issues:
        raise InputError(issues)


def check_vote(study: Study, asked: RoundOpened, vote: Voted) -> None:
    """Raise InputError with every fault of an answer: what is missing, unknown, off the scale, named twice, or answers
    another question."""
    allowed = {
        "weights": {"rank_order": "ranks", "swing": "points", "pairwise": "pairs"}[asked.asked],
        "ratings": "ratings",
        "top": "top",
        "approval": "answer",
    }[asked.kind]
    given = {name for name in ("ranks", "points", "pairs", "ratings", "top", "answer") if getattr(vote, name)}
    if stray := given - {allowed}:
        raise InputError([_issue("vote_other_question", name, name) for name in sorted(stray)])
    names = names_asked(study, asked)
    strangers = [name for name in getattr(vote, allowed) if name not in names] if allowed != "answer" else []
    if len(strangers) > MOST_STRANGERS:
        raise InputError([_unknown(allowed, name, tuple(names)) for name in strangers[:MOST_STRANGERS]])
    if asked.kind == "weights":
        weights_of(study, asked, vote)
    elif asked.kind == "ratings":
        _raise(_rating_issues(study, asked, vote))
    elif asked.kind == "top":
        _raise(_top_issues(study, vote))
    elif not vote.answer:
        raise InputError([_issue("vote_no_answer", "answer", "", ("yes", "no", "abstain"))])


def weights_of(study: Study, asked: RoundOpened, vote: Voted) -> Weights:
    """The weights one answer stands for. Raises InputError with every fault of it."""
    items, parent = study.children[asked.parent], asked.parent
    if asked.asked == "rank_order":
        return elicit_rank_order(vote.ranks, items, parent)
    if asked.asked == "swing":
        return elicit_swing(vote.points, items, parent)
    return elicit_ahp(comparisons_of(_judgements(study, asked, vote, "voter"), items, parent), parent)


def answers_from(study: Study, asked: RoundOpened, vote: Voted, at: str) -> tuple[Answer, ...]:
    """One answer to a weights round as rows of the study's own tables."""
    who = vote.participant
    if asked.asked == "pairwise":
        return tuple(j.model_copy(update={"answered_at": at}) for j in _judgements(study, asked, vote, who))
    if asked.asked == "swing":
        return tuple(
            DirectWeight(stakeholder=who, criterion=k, points=p, elicitation="swing", answered_at=at)
            for k, p in vote.points.items()
        )
    return tuple(
        DirectWeight(stakeholder=who, criterion=k, rank=r, elicitation="roc", answered_at=at)
        for k, r in vote.ranks.items()
    )


def _judgements(study: Study, asked: RoundOpened, vote: Voted, who: str) -> tuple[Judgement, ...]:
    keys = {pair_key(a, b): (a, b) for a, b in pairs_asked(study, asked.parent)}
    issues = [_unknown("pairs", key, tuple(keys)) for key in vote.pairs if key not in keys]
    issues += [
        _issue("out_of_range", key, value, "1/9 ... 9")
        for key, value in vote.pairs.items()
        if not 1 / LARGEST_PAIR - 1e-9 <= value <= LARGEST_PAIR
    ]
    issues += [_issue("answer_missing", key, key) for key in keys if key not in vote.pairs]
    _raise(issues)
    return tuple(
        Judgement(stakeholder=who, parent=asked.parent, a=keys[key][0], b=keys[key][1], value=value)
        for key, value in vote.pairs.items()
    )


def _rating_issues(study: Study, asked: RoundOpened, vote: Voted) -> list[Issue]:
    keys = {pair_key(m, k): k for m, k in cells_asked(study, asked)}
    issues: list[Issue] = []
    for key, rated in vote.ratings.items():
        if key not in keys:
            issues.append(_unknown("ratings", key, tuple(keys)))
        elif rated.abstain == (rated.value is not None):
            issues.append(_issue("vote_value_or_abstain", key, ""))
        elif rated.value is not None and not _on_scale(study.criterion_by_id[keys[key]], rated.value):
            issues.append(_issue("out_of_range", key, rated.value, _scale(study.criterion_by_id[keys[key]])))
    if not vote.ratings:
        issues.append(_issue("vote_empty", "ratings", ""))
    return issues


def _on_scale(criterion: Criterion, value: float) -> bool:
    """Between worst and best, and on a step where the scale has steps."""
    worst, best = float(criterion.worst or 0), float(criterion.best or 0)
    if not min(worst, best) <= value <= max(worst, best):
        return False
    steps = (value - worst) / criterion.step if criterion.step else 0.0
    return abs(steps - round(steps)) < 1e-9


def _scale(criterion: Criterion) -> str:
    step = f", {criterion.step:g}" if criterion.step else ""
    return f"{criterion.worst:g} ... {criterion.best:g}{step}"


def _top_issues(study: Study, vote: Voted) -> list[Issue]:
    issues = [_unknown("top", m, tuple(study.measure_by_id)) for m in vote.top if m not in study.measure_by_id]
    double = [m for m in dict.fromkeys(vote.top) if vote.top.count(m) > 1]
    issues += [_issue("vote_named_twice", "top", name) for name in double]
    if not 1 <= len(vote.top) <= TOP:
        issues.append(_issue("out_of_range", "top", len(vote.top), f"1 ... {TOP}"))
    return issues


def _raise(issues: Sequence[Issue]) -> None:
    if issues:
        raise InputError(issues)


def _unknown(column: str, value: str, allowed: tuple[str, ...]) -> Issue:
    hint: Mapping[str, Param] = {"value": value, "allowed": allowed, "nearest": nearest(value, allowed)}
    return Issue("unknown_id", where=Where("vote", column=column), params=hint)


def _issue(code: str, column: str, value: Param, allowed: Param = "") -> Issue:
    return Issue(code, where=Where("vote", column=column), params={"value": value, "allowed": allowed})
