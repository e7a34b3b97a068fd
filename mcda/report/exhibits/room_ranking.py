"""A room's ranking for everybody's eyes: rows with arrows, snapshots as a slope graph, decided beside computed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mcda.locale import label, text
from mcda.locale.formats import percent
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.decided_order import decided_order
from mcda.report.exhibits.score import score_text
from mcda.report.exhibits.shares import whole_percents
from mcda.report.exhibits.what_if_sentence import what_if_sentence, what_if_steps
from mcda.result import Ranked, Result
from mcda.robustness.what_if import what_if
from mcda.study.model import Study
from mcda.workshop.baseline import frozen_order, in_force, on_screen, result_of
from mcda.workshop.room import Baseline, Decision, Room

Clock = Callable[[str], str]
MAJOR_MOVE = 3
"""From so many places on a move is drawn large; smaller ones do not flicker."""


@dataclass(frozen=True, slots=True)
class RankRow:
    """A measure on the screen. `rank` is where it stands in the order shown, `now` its rank under the weights in
    force or tried; `move` > 0 is upwards: since the last change, or (order frozen) what applying would bring.
    `bar`: the score as a share of the first one's, 0..1; `score` exact."""

    measure: str
    title: str
    rank: int
    now: int
    move: int
    moved: str
    major: bool
    score: float
    shown: str
    bar: float
    pinned: bool
    decided: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking on the screen: rows, what the arrows compare with, the weights behind it."""

    rows: tuple[RankRow, ...]
    compared: str
    weights: tuple[tuple[str, str, float, str], ...]
    tried: bool
    frozen: bool
    pending: int
    note: str


def ranking_of(study: Study, room: Room, lines: int, language: str) -> Ranking:
    """The first `lines` measures and those pinned, in the frozen order where there is one."""
    now = on_screen(study, room)
    frozen = room.frozen is not None
    reference = _reference(study, room, now)
    was = {line.measure: line.rank for line in reference.ranking}
    order = frozen_order(study, room) if frozen else tuple(line.measure for line in now.ranking)
    by_name = {line.measure: line for line in now.ranking}
    best = max((line.score for line in now.ranking), default=1.0) or 1.0
    shown = [m for n, m in enumerate(order) if (n < lines or m in room.baseline.pinned) and m in by_name]
    rows = []
    for name in shown:
        line = by_name[name]
        before = was.get(name, line.rank)
        move = before - line.rank
        rows.append(
            RankRow(
                measure=name,
                title=title_of(study.measure_by_id[name], language),
                rank=before if frozen else line.rank,
                now=line.rank,
                move=move,
                moved=move_text(move, language),
                major=abs(move) >= MAJOR_MOVE,
                score=line.score,
                shown=score_text(now, line.score, language),
                bar=max(line.score, 0.0) / best,
                pinned=name in room.baseline.pinned,
                decided=decided_text(room.baseline, name, language),
            )
        )
    key = "frozen" if frozen else "tried" if room.trial else "before"
    return Ranking(
        tuple(rows),
        text(f"room.compared.{key}", language),
        _weights(study, now, language),
        bool(room.trial),
        frozen,
        sum(was.get(line.measure) != line.rank for line in now.ranking) if frozen else 0,
        ranking_note(now, room, language),
    )


def _weights(study: Study, now: Result, language: str) -> tuple[tuple[str, str, float, str], ...]:
    """The main criteria: id, name, exact share, and whole percent that sum to 100."""
    tops = study.children[""]
    shares = [now.weights.local[top] for top in tops]
    return tuple(
        (top, criterion_label(study, top, language), share, percent(whole / 100, language))
        for top, share, whole in zip(tops, shares, whole_percents(shares), strict=True)
    )


def _reference(study: Study, room: Room, now: Result) -> Result:
    """What the arrows compare with: the frozen order, the agreed weights while others are tried, else the state
    before the last change."""
    if room.frozen is not None:
        return result_of(study, room, room.frozen)
    return in_force(study, room) if room.trial else result_of(study, room, room.previous)


def ranking_note(result: Result, room: Room, language: str) -> str:
    """Where the numbers come from: version, data, the log's last event, seed."""
    return text(
        "room.provenance",
        language,
        version=result.provenance.version,
        hash=result.provenance.input_hash[:12],
        method=text(f"board.method.{result.method}", language) if ":" not in result.method else result.method,
        seq=str(room.seq),
        seed=str(result.provenance.seed),
    )


def move_text(move: int, language: str) -> str:
    """'2 up', '3 down', 'as before'."""
    if move == 0:
        return text("room.move.same", language)
    return text("room.move.up" if move > 0 else "room.move.down", language, count=abs(move))


def decided_text(baseline: Baseline, name: str, language: str) -> str:
    """The decided place or tier of a measure; empty where none was decided."""
    made = baseline.decisions.get(name)
    if made is None:
        return ""
    said = [text("room.decided_rank", language, rank=made.rank)] if made.rank is not None else []
    said += [text("room.decided_tier", language, tier=made.tier)] if made.tier is not None else []
    return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Beats:
    """What it would take for one measure to pass another: both titles, each single step that is enough, and all in one
    sentence, which alone is filled where there is no step."""

    target: str
    rival: str
    steps: tuple[str, ...]
    sentence: str


def beats(study: Study, room: Room, target: str, rival: str, language: str) -> Beats:
    """'B overtakes A if ...' under the weights in force. Raises InputError for measures that are not ranked."""
    result = in_force(study, room)
    found = what_if(result, target, rival)
    steps = () if found.already else what_if_steps(result, found, language)
    titles = [title_of(study.measure_by_id[name], language) for name in (target, rival)]
    return Beats(titles[0], titles[1], steps, what_if_sentence(result, found, language))


@dataclass(frozen=True, slots=True)
class Slope:
    """One measure's line from a snapshot to now: ranks, and heights 0..1 on either side."""

    measure: str
    title: str
    before: int
    now: int
    move: int
    moved: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A snapshot beside what is in force: lines, and what differs in weights and ratings, in words."""

    name: str
    lines: tuple[Slope, ...]
    last: int
    changed: tuple[str, ...]


def compare_snapshot(study: Study, room: Room, snapshot: int, lines: int, language: str) -> Comparison:
    """A snapshot compared with the present, over the measures among the first `lines` on either side or pinned.

    Raises KeyError for a snapshot the room does not have.
    """
    kept = room.snapshots[snapshot]
    then, now = result_of(study, room, kept.baseline), in_force(study, room)
    was = {line.measure: line.rank for line in then.ranking}
    ranks = {line.measure: line.rank for line in now.ranking}
    chosen = [
        line.measure
        for line in now.ranking
        if min(line.rank, was.get(line.measure, line.rank)) <= lines or line.measure in room.baseline.pinned
    ]
    slopes = []
    for name in chosen:
        before = was.get(name, ranks[name])
        move = before - ranks[name]
        slopes.append(
            Slope(
                name,
                title_of(study.measure_by_id[name], language),
                before,
                ranks[name],
                move,
                move_text(move, language),
            )
        )
    last = max((max(s.before, s.now) for s in slopes), default=1)
    return Comparison(
        kept.name, tuple(slopes), last, _changed(study, then, now, kept.baseline, room.baseline, language)
    )


def _changed(
    study: Study, then: Result, now: Result, was: Baseline, is_now: Baseline, language: str
) -> tuple[str, ...]:
    told = [
        text(
            "room.changed_weight",
            language,
            criterion=criterion_label(study, name, language),
            before=percent(then.weights.local[name], language),
            now=percent(share, language),
        )
        for name, share in now.weights.local.items()
        if abs(share - then.weights.local[name]) >= 0.005
    ]
    ratings = {**was.ratings, **is_now.ratings}
    changed = sum(was.ratings.get(cell) != is_now.ratings.get(cell) for cell in ratings)
    if changed:
        told.append(text("room.changed_ratings", language, count=changed))
    if was.settings != is_now.settings:
        told.append(text("room.changed_settings", language))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """Computed and decided place of a measure, with the reason where they differ."""

    measure: str
    title: str
    rank: int
    tier: str
    decided: str
    reason: str
    differs: bool
    status: str


def decision_rows(study: Study, room: Room, language: str) -> tuple[DecisionRow, ...]:
    """Every ranked measure in the decided order, each beside the computed: who has a decided place stands there, the
    others fill the gaps in their computed order. Two at one place stand in their computed order."""
    ranking = in_force(study, room).ranking
    made = room.baseline.decisions
    return tuple(
        _decision_row(study, room, line, made.get(line.measure), language) for line in decided_order(ranking, made)
    )


def _decision_row(study: Study, room: Room, line: Ranked, one: Decision | None, language: str) -> DecisionRow:
    differs = one is not None and not (one.rank in (None, line.rank) and one.tier in (None, line.tier))
    status = room.statuses.get(line.measure) or study.measure_by_id[line.measure].status
    return DecisionRow(
        line.measure,
        title_of(study.measure_by_id[line.measure], language),
        line.rank,
        text("room.tier", language, tier=line.tier),
        decided_text(room.baseline, line.measure, language),
        one.reason if one else "",
        differs,
        status_text(status, language),
    )


def status_text(status: str, language: str) -> str:
    """How far a measure has come, in words; a study's own word stays as it is."""
    return label("room.status", status, language)


def decision_state(room: Room, language: str, clock: Clock = lambda at: at[11:16]) -> str:
    """Whether the list was decided, when, and whether anything in force has changed since. `clock` writes a moment of
    the log as the reader's time of day."""
    if room.taken is None:
        return text("room.not_decided", language)
    if replace(room.taken.baseline, pinned=()) != replace(room.baseline, pinned=()):
        return text("room.decided_stale", language, at=clock(room.taken.at))
    return text("room.decided_at", language, at=clock(room.taken.at))
