"""All a cell of the ranked list may need of one measure: its place, money, values, what people decided, how sure."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.funding.records import MeasureMoney
from mcda.report.exhibits.decided_order import decided_places, decisions_of
from mcda.report.exhibits.label_list import LabelLine, label_lines
from mcda.result import Ranked, Result
from mcda.robustness.labels import Labels, Robustness
from mcda.study.model import Measure
from mcda.workshop.room import Decision, Room

UNDECIDED = Decision(None, None, "")


@dataclass(frozen=True, slots=True)
class ListLine:
    """One measure of the list. `row` is its row in the decision matrix, `place` its place in the decided order (None
    where nothing was decided), `status` the room's where it set one. `sure` is how sure its place is, `sure_words` the
    same in words; both None where that was not asked for."""

    result: Result
    ranked: Ranked
    measure: Measure
    money: MeasureMoney
    language: str
    row: int
    decision: Decision
    place: int | None
    status: str
    sure: Robustness | None
    sure_words: LabelLine | None


def list_lines(
    result: Result, lines: Sequence[Ranked], language: str, room: Room | None = None, labels: Labels | None = None
) -> tuple[ListLine, ...]:
    """These lines of the ranking with all that is known of them, in their order."""
    rows = {measure: row for row, measure in enumerate(result.matrix.measures)}
    decisions = decisions_of(result, room)
    places = decided_places(result, decisions)
    statuses = room.statuses if room is not None else {}
    sure = labels.by_measure() if labels else {}
    words = {line.measure: line for line in label_lines(labels, language)} if labels else {}
    return tuple(
        ListLine(
            result=result,
            ranked=line,
            measure=(measure := result.study.measure_by_id[line.measure]),
            money=result.money[line.measure],
            language=language,
            row=rows[line.measure],
            decision=decisions.get(line.measure, UNDECIDED),
            place=places.get(line.measure),
            status=statuses.get(line.measure) or measure.status,
            sure=sure.get(line.measure),
            sure_words=words.get(line.measure),
        )
        for line in lines
    )
