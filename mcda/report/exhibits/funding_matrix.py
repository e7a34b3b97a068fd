"""Measures against programmes: who may apply where, as sign, word and amount, with what stands in the way."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mcda.funding.calls import SHUT
from mcda.funding.records import Assessment
from mcda.locale import text
from mcda.locale.formats import money
from mcda.report.exhibits.catalogue import theme_label, title_of
from mcda.report.exhibits.programmes import programme_name
from mcda.result import Result
from mcda.study.model import Verdict

VERDICTS: tuple[Verdict, ...] = ("yes", "check", "no")


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One measure before one programme. `amount` is the grant in words, empty where there is none; `why` names what is
    to be checked or speaks against it; `candidate`: the planners have this programme in mind for the measure."""

    programme: str
    verdict: Verdict
    candidate: bool
    amount: str
    why: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One measure; `cells` in the order of the programmes, None where the reader asked not to see it."""

    id: str
    title: str
    theme: str
    theme_label: str
    rank: int | None
    cells: tuple[MatrixCell | None, ...]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One programme; `open` on the assessment day."""

    id: str
    name: str
    open: bool


@dataclass(frozen=True, slots=True)
class FundingMatrix:
    """The matrix as the reader asked for it; `counts` says how often each verdict is in it."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many pairs there are of each verdict."""
        shown = [cell.verdict for row in self.rows for cell in row.cells if cell is not None]
        return {verdict: shown.count(verdict) for verdict in VERDICTS}


@dataclass(frozen=True, slots=True)
class MatrixChoice:
    """What the reader wants to see; an empty field lets everything through."""

    themes: Collection[str] = ()
    verdicts: Collection[str] = ()
    programmes: Literal["all", "open"] = "all"
    candidates_only: bool = False


EVERYTHING = MatrixChoice()


def funding_matrix(result: Result, language: str, choice: MatrixChoice = EVERYTHING) -> FundingMatrix:
    """Every measure before every programme in rank order, measures outside the ranking last.

    The programmes that are open to most of these measures come first. Measures and programmes with nothing to show
    under the choice are left out.
    """
    columns = _columns(result, language)
    kept = [n for n, column in enumerate(columns) if choice.programmes == "all" or column.open]
    rows = [
        replace(row, cells=tuple(_let_through(row.cells[n], choice) for n in kept))
        for row in _rows(result, language)
        if not choice.themes or row.theme in choice.themes
    ]
    rows = [row for row in rows if any(row.cells)]
    filled = sorted((n for n in range(len(kept)) if any(row.cells[n] for row in rows)), key=lambda n: _use(rows, n))
    return FundingMatrix(
        tuple(columns[kept[n]] for n in filled),
        tuple(replace(row, cells=tuple(row.cells[n] for n in filled)) for row in rows),
    )


def amount_text(found: Assessment, language: str) -> str:
    """The grant of one assessment in words: '216.000 €', 'bis 40.000 €', 'Darlehen', or nothing."""
    if found.verdict == "no":
        return ""
    if found.grant_high == 0:
        return text("funding.loan", language) if found.loan_eur else ""
    high = money(found.grant_high, language, cents=False)
    sure = found.verdict == "yes" and found.grant_low == found.grant_high
    return high if sure else text("funding.up_to", language, amount=high)


def in_the_way(found: Assessment, language: str) -> str:
    """Which rules say no or leave something to be checked, in one or two words each; a yes needs none.

    Where the rules have nothing against it, a person said so.
    """
    if found.verdict == "yes":
        return ""
    gates = dict.fromkeys(reason.gate for reason in found.reasons if reason.verdict == found.verdict)
    if not gates and found.finding is not None:
        return text("funding.matrix.by_person", language)
    return ", ".join(text(f"funding_gate.{gate}", language) for gate in gates)


def _use(rows: Sequence[MatrixRow], column: int) -> tuple[int, int]:
    """A column's place: by how many measures may hope for it, then by how many are shown in it."""
    shown = [cell for row in rows if (cell := row.cells[column]) is not None]
    return -sum(cell.verdict != "no" for cell in shown), -len(shown)


def _let_through(cell: MatrixCell | None, choice: MatrixChoice) -> MatrixCell | None:
    if cell is None or (choice.candidates_only and not cell.candidate):
        return None
    return cell if not choice.verdicts or cell.verdict in choice.verdicts else None


def _columns(result: Result, language: str) -> Sequence[MatrixColumn]:
    first = next(iter(result.money.values()), None)
    return [
        MatrixColumn(
            found.programme,
            programme_name(result.study, found.programme, language),
            not any(reason.code in SHUT for reason in found.reasons),
        )
        for found in (first.assessments if first else ())
    ]


def _rows(result: Result, language: str) -> Iterator[MatrixRow]:
    ranks = {line.measure: line.rank for line in result.ranking}
    for measure in (*ranks, *(name for name in result.money if name not in ranks)):
        row = result.study.measure_by_id[measure]
        yield MatrixRow(
            id=measure,
            title=title_of(row, language),
            theme=row.theme,
            theme_label=theme_label(result.study, row.theme, language),
            rank=ranks.get(measure),
            cells=tuple(_cell(found, language) for found in result.money[measure].assessments),
        )


def _cell(found: Assessment, language: str) -> MatrixCell:
    return MatrixCell(
        programme=found.programme,
        verdict=found.verdict,
        candidate=found.candidate,
        amount=amount_text(found, language),
        why=in_the_way(found, language),
    )
