"""What a round came to, as everybody may see it: figures with their spread, agreement in words, what to talk about."""

from collections.abc import Mapping
from dataclasses import dataclass

from mcda.locale import text
from mcda.locale.formats import fixed, number, percent
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.levels import level_text
from mcda.report.exhibits.shares import whole_percents
from mcda.study.model import Study
from mcda.weights.agenda import Dispute
from mcda.workshop.baseline import in_force
from mcda.workshop.room import Room, Round
from mcda.workshop.tally import (
    FEWEST_SHOWN,
    ApprovalTally,
    CellTally,
    RatingsTally,
    TopTally,
    WeightsTally,
    tally,
)

MOST_DISPUTES = 5


@dataclass(frozen=True, slots=True)
class RevealLine:
    """One figure: what of, how much (`value` exact, `shown` as read), how far votes reach (`ends`, in units of
    `span`), in words. `note` holds what is to be said beside it."""

    key: str
    name: str
    value: float | None
    shown: str
    ends: tuple[float, float] | None
    reach: str
    share: float
    low: float
    high: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One point worth talking about; `focus` is what a reopened question is about."""

    title: str
    sentence: str
    focus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reveal:
    """A round turned over. `comparable`: enough people answered to say what is disputed."""

    headline: str
    lines: tuple[RevealLine, ...]
    agreement: tuple[str, ...] = ()
    disputes: tuple[DisputeLine, ...] = ()
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    comparable: bool = False


def reveal_of(study: Study, room: Room, asked: Round, language: str) -> Reveal:
    """A revealed round in words and figures. Raises InputError as `tally` does."""
    found = tally(study, room, asked)
    if isinstance(found, WeightsTally):
        return _weights(study, found, asked, language)
    if isinstance(found, RatingsTally):
        return _ratings(study, found, asked, language)
    if isinstance(found, TopTally):
        return _top(study, room, found, language)
    return _approval(found, asked, language)


def _weights(study: Study, found: WeightsTally, asked: Round, language: str) -> Reveal:
    lines = []
    most = max((found.spreads[k].highest for k in found.spreads), default=max(found.group.values()))
    shown = dict(zip(found.group, whole_percents(list(found.group.values())), strict=True))
    for name, share in found.group.items():
        spread = found.spreads.get(name)
        ends = (spread.lowest, spread.highest) if spread else None
        reach = (
            text("room.reach", language, low=percent(ends[0], language), high=percent(ends[1], language))
            if ends
            else ""
        )
        lines.append(
            RevealLine(
                name, criterion_label(study, name, language), share, percent(shown[name] / 100, language), ends, reach,
                share / most, (ends[0] if ends else share) / most, (ends[1] if ends else share) / most,
            )
        )  # fmt: skip
    agreement: tuple[str, ...] = ()
    if found.agreement:
        amounts = text(
            "room.agreement",
            language,
            word=text(f"consensus_word.{found.agreement.word}", language),
            value=percent(found.agreement.indicator, language),
            difference=percent(found.agreement.difference, language),
        )
        agreement = (amounts,)
    return Reveal(
        text("room.reveal.weights", language, count=found.votes),
        tuple(lines),
        agreement,
        tuple(dispute_line(study, one, language) for one in found.disputes[:MOST_DISPUTES]),
        notes=_weight_notes(found, asked, language),
        comparable=found.votes >= FEWEST_SHOWN,
    )


def _weight_notes(found: WeightsTally, asked: Round, language: str) -> tuple[str, ...]:
    told = [text("room.counted_by", language, key=text(f"voting_key.{asked.key}", language))]
    if found.counted < found.votes:
        told.append(text("room.without_vote", language, count=found.votes - found.counted))
    if found.votes < FEWEST_SHOWN:
        told.append(text("room.few_votes", language, fewest=FEWEST_SHOWN))
    if found.agreement:
        told.append(text("group_page.order", language, value=fixed(found.agreement.concordance, language, 2)))
    if found.contradictory:
        told.append(text("room.contradictory", language, count=found.contradictory))
    return tuple(told)


def dispute_line(study: Study, found: Dispute, language: str) -> DisputeLine:
    """A pair of criteria on which opinions lie apart, without names."""
    a, b = (criterion_label(study, name, language) for name in (found.a, found.b))
    low, high = found.lowest_ratio, found.highest_ratio
    if low < 1 < high:
        key, figures = "both", {"more": number(high, language, 1), "less": number(1 / low, language, 1)}
    elif low >= 1:
        key, figures = "first", {"more": number(high, language, 1), "less": number(low, language, 1)}
    else:
        key, figures = "second", {"more": number(1 / low, language, 1), "less": number(1 / high, language, 1)}
    sentence = text(f"room.dispute.{key}", language, a=a, b=b, **figures)
    return DisputeLine(text("group_page.against", language, a=a, b=b), sentence, (found.a, found.b))


def _ratings(study: Study, found: RatingsTally, asked: Round, language: str) -> Reveal:
    cells = {(cell.measure, cell.criterion): cell for cell in found.cells}
    reasons = dict.fromkeys(reason for cell in found.cells for reason in cell.reasons)
    return Reveal(
        text("room.reveal.ratings", language, count=found.votes),
        tuple(_cell_line(study, cell, language) for cell in found.cells),
        disputes=tuple(_cell_dispute(study, cells[key], language) for key in found.disputes[:MOST_DISPUTES]),
        reasons=tuple(reasons),
        comparable=any(cell.votes >= FEWEST_SHOWN for cell in found.cells),
        notes=(text("room.counted_by", language, key=text(f"voting_key.{asked.key}", language)),),
    )


def cell_name(study: Study, measure: str, criterion: str, language: str) -> str:
    """'MV-01 Mobility stations: Urgency'"""
    title = title_of(study.measure_by_id[measure], language)
    return f"{measure} {title}: {criterion_label(study, criterion, language)}"


def _cell_line(study: Study, cell: CellTally, language: str) -> RevealLine:
    leaf = study.criterion_by_id[cell.criterion]
    low, high = sorted((float(leaf.worst or 0), float(leaf.best or 0)))
    ends = (cell.spread.lowest, cell.spread.highest) if cell.spread else None
    shown = "–" if cell.mean is None else level_text(leaf, cell.mean, language)
    said = [text("room.cell_votes", language, count=cell.votes)]
    if cell.abstained:
        said.append(text("room.cell_abstained", language, count=cell.abstained))

    def place(value: float) -> float:
        return (value - low) / (high - low) if high > low else 0.0

    mean = low if cell.mean is None else cell.mean
    reach = text("room.reach", language, low=number(ends[0], language), high=number(ends[1], language)) if ends else ""
    return RevealLine(
        f"{cell.measure}|{cell.criterion}", cell_name(study, cell.measure, cell.criterion, language), cell.mean, shown,
        ends, reach, place(mean), place(ends[0] if ends else mean), place(ends[1] if ends else mean), ", ".join(said),
    )  # fmt: skip


def _cell_dispute(study: Study, cell: CellTally, language: str) -> DisputeLine:
    assert cell.spread is not None  # only cells with a spread are disputed
    low, high = number(cell.spread.lowest, language), number(cell.spread.highest, language)
    sentence = text("room.dispute.cell", language, low=low, high=high)
    return DisputeLine(
        cell_name(study, cell.measure, cell.criterion, language), sentence, (cell.measure, cell.criterion)
    )


def _top(study: Study, room: Room, found: TopTally, language: str) -> Reveal:
    """The gut votes beside the ranks of the model."""
    ranks = {line.measure: line.rank for line in in_force(study, room).ranking}
    most = max(found.named.values(), default=1)
    lines = tuple(
        RevealLine(
            name, f"{name} {title_of(study.measure_by_id[name], language)}", float(count),
            text("room.times", language, count=count), None,
            text("room.times_first", language, count=found.first[name]) if found.first[name] else "",
            count / most, 0.0, count / most,
            text("room.model_rank", language, rank=ranks[name]) if name in ranks else text("room.not_ranked", language),
        )
        for name, count in list(found.named.items())[:10]
    )  # fmt: skip
    return Reveal(text("room.reveal.top", language, count=found.votes), lines)


def _approval(found: ApprovalTally, asked: Round, language: str) -> Reveal:
    heads: Mapping[str, int] = {"yes": found.yes, "no": found.no, "abstain": found.abstain}
    most = max(found.votes, 1)
    lines = tuple(
        RevealLine(
            name, text(f"room.answer.{name}", language), float(count), str(count), None, "", count / most, 0.0,
            count / most,
        )
        for name, count in heads.items()
    )  # fmt: skip
    told = [text("room.counted_by", language, key=text(f"voting_key.{asked.key}", language))]
    if found.share is not None:
        told.insert(0, text("room.approval_share", language, share=percent(found.share, language)))
    return Reveal(
        text("room.reveal.approval", language, count=found.votes), lines, reasons=found.reasons, notes=tuple(told)
    )
