"""What the command line shows: issues, the state of a study and a ranking, as plain lines or drawn by rich."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rich.box import HORIZONTALS
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from mcda.errors import Issue
from mcda.locale import label, text
from mcda.locale.formats import day, fixed, money
from mcda.report.exhibits.catalogue import gate_reason
from mcda.report.exhibits.findings import FindingLine, finding_lines
from mcda.report.exhibits.issue_list import IssueLine, as_written, issue_list
from mcda.report.exhibits.listing import Listing
from mcda.report.exhibits.listing_texts import cell_text
from mcda.report.exhibits.setting import setting_line
from mcda.result import Ranked, Result
from mcda.study.model import Measure, Study, StudyInfo
from mcda.study.sheets import Sheet

LEVEL_STYLE = {"error": "bold red", "strong": "bold yellow", "warning": "yellow", "note": "dim"}
VERDICT_SIGNS = {"yes": "✓", "check": "?", "no": "✗"}
TITLE_WIDTH = 28  # a title narrower than this breaks into too many lines
GAP = 2  # blanks between columns, one of them the frame's own
SURE = 5e-7  # a score interval narrower than what is printed is a single number


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the printed ranking. Numbers stand to the right; `spare` columns give way, highest first."""

    key: str
    number: bool = False
    spare: int = 0


COLUMNS = (
    Column("rank", number=True),
    Column("group", number=True, spare=1),
    Column("id"),
    Column("title"),
    Column("score", number=True),
    Column("interval", spare=4),
    Column("weighted_sum_rank", number=True, spare=3),
    Column("own_contribution", number=True),
    Column("funding", spare=2),
)


def issue_lines(issues: Sequence[Issue], language: str, sheets: Sequence[Sheet] = ()) -> list[str]:
    """Issues as one line each, the level in words first, the place as it is called in the file of these sheets."""
    lines = issue_list(issues, sheets, language)
    placed = [as_written(issue, line, sheets) for issue, line in zip(issues, lines, strict=True)]
    return [f"{text(f'cli.level.{issue.level}', language)}: {issue.sentence(language)}" for issue in placed]


def issue_rows(issues: Sequence[Issue], language: str, sheets: Sequence[Sheet]) -> list[dict[str, object]]:
    """Issues as plain values for machines: `where` by ids, `place` as the author of the file calls it."""
    return [_issue_row(i, line, language) for i, line in zip(issues, issue_list(issues, sheets, language), strict=True)]


def _issue_row(issue: Issue, line: IssueLine, language: str) -> dict[str, object]:
    place = {"table": issue.where.table, "row": issue.where.row, "column": issue.where.column}
    row: dict[str, object] = {"code": issue.code, "level": issue.level, "where": place, "params": dict(issue.params)}
    own = {"file": line.file, "sheet": line.sheet, "cell": line.cell, "row": line.row, "column": line.column}
    return row | {"place": own if line.file else None, "sentence": issue.sentence(language)}


def check_lines(study: Study, issues: Sequence[Issue], language: str, sheets: Sequence[Sheet] = ()) -> list[str]:
    """That a study can be used, its size, and what is worth knowing about it."""
    size = text(
        "cli.check.valid",
        language,
        title=title_of(study.study, language),
        measures=len(study.measures),
        criteria=len(study.leaves),
        programmes=len(study.programmes),
        municipalities=len(study.municipalities),
    )
    return [size, *issue_lines(issues, language, sheets)]


def ranking_lines(result: Result, language: str) -> list[str]:
    """The ranking as plain text: nothing cut off, no colours, the same in every terminal and pipe."""
    verdicts = {verdict: f"({text(f'cli.verdict.{verdict}', language)})" for verdict in VERDICT_SIGNS}
    header, rows = _header(language), _rows(result, language, verdicts)
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = [_aligned(row, widths) for row in [header, ["-" * width for width in widths], *rows]]
    return [*_above(result, language), "", *lines, "", *_below(result, language)]


def draw_ranking(result: Result, language: str, console: Console | None = None) -> None:
    """The ranking as a table that fits the terminal; a line closes each rank group."""
    console = console or Console(highlight=False)
    title, *notice = _above(result, language)
    console.print(Text(title, style="bold"))
    for line in notice:
        console.print(Text(line, style="italic"))
    table = _table(result, language, console.width)
    console.print(table)
    if text("cli.column.funding", language) in {str(column.header) for column in table.columns}:
        signs = (f"{sign} {text(f'cli.verdict.{verdict}', language)}" for verdict, sign in VERDICT_SIGNS.items())
        console.print(Text("   ".join(signs), style="dim"))
    for told in finding_lines(result, language):
        console.print(Text(_finding_text(told, language), style=LEVEL_STYLE[told.level]))
    for below in [*gated_lines(result, language), made_by(result, language)]:
        console.print(Text(below, style="dim"))


def _finding_text(line: FindingLine, language: str) -> str:
    return f"{text(f'cli.level.{line.level}', language)}: {line.sentence}"


def title_of(titled: StudyInfo | Measure, language: str) -> str:
    """A title in the reader's language, or as the study has it."""
    return (titled.title_en if language == "en" else "") or titled.title


def score_text(result: Result, score: float, language: str) -> str:
    """Points of 100 for our own methods, whose scores lie in 0..1; a second opinion's figure as it is."""
    return fixed(score, language, 3) if result.method.startswith("pymcdm:") else fixed(100 * score, language, 1)


def _header(language: str) -> list[str]:
    return [text(f"cli.column.{column.key}", language) for column in COLUMNS]


def _rows(result: Result, language: str, verdicts: Mapping[str, str]) -> list[list[str]]:
    return [_row(result, line, language, verdicts) for line in result.ranking]


def _row(result: Result, line: Ranked, language: str, verdicts: Mapping[str, str]) -> list[str]:
    measure, spent = result.study.measure_by_id[line.measure], result.money[line.measure]
    unsure = line.score_high - line.score_low > SURE
    interval = "–".join(score_text(result, end, language) for end in (line.score_low, line.score_high) if unsure)
    funding = ""
    if spent.best is not None:
        funding = f"{spent.best.programme} {verdicts[spent.best.verdict]}"
    return [
        str(line.rank),
        str(line.rank_group),
        line.measure,
        title_of(measure, language),
        score_text(result, line.score, language),
        interval,
        str(line.weighted_sum_rank),
        money(spent.own_contribution, language, cents=False) if spent.cost_known else text("amount.unknown", language),
        funding,
    ]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(row, COLUMNS, widths, strict=True)
    line = "  ".join(cell.rjust(width) if column.number else cell.ljust(width) for cell, column, width in cells)
    return line.rstrip()


def _table(result: Result, language: str, width: int) -> Table:
    rows = [[cell.replace(" €", "\xa0€") for cell in row] for row in _rows(result, language, VERDICT_SIGNS)]
    header = _header(language)
    shown = _fitting(header, rows, width)
    table = Table(box=HORIZONTALS, show_edge=False, pad_edge=False, header_style="bold", padding=(0, GAP - 1, 0, 0))
    for place in shown:
        title = COLUMNS[place].key == "title"
        side: JustifyMethod = "right" if COLUMNS[place].number else "left"
        table.add_column(
            Text(header[place].replace(" ", "\n")), justify=side, overflow="fold", ratio=1 if title else None
        )
    closes = [after.rank_group != line.rank_group for line, after in pairwise(result.ranking)]
    for row, last in zip(rows, [*closes, False], strict=False):
        table.add_row(*(Text(row[place]) for place in shown), end_section=last)
    return table


def _fitting(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The columns that leave the titles room, in order; what can be spared goes first."""

    def needed(place: int) -> int:
        words = header[place].split()
        cells = [row[place] for row in rows] if COLUMNS[place].key != "title" else ["x" * TITLE_WIDTH]
        return GAP + max(map(len, [*words, *cells]))

    shown = list(range(len(COLUMNS)))
    while sum(map(needed, shown)) > width:
        spare = max(shown, key=lambda place: COLUMNS[place].spare)
        if not COLUMNS[spare].spare:
            break
        shown.remove(spare)
    return shown


def _above(result: Result, language: str) -> list[str]:
    info = result.study.study
    notice = (info.notice_en if language == "en" else "") or info.notice
    setting = setting_line(result, language)
    return [title_of(info, language), *([notice] if notice else []), *([setting] if setting else [])]


def _below(result: Result, language: str) -> Iterator[str]:
    yield from gated_lines(result, language)
    yield from (_finding_text(line, language) for line in finding_lines(result, language))
    yield made_by(result, language)


def gated_lines(result: Result, language: str) -> Iterator[str]:
    for name in dict.fromkeys(gate.measure for gate in result.gated):
        reason = gate_reason(result.study, (gate for gate in result.gated if gate.measure == name), language)
        title = title_of(result.study.measure_by_id[name], language)
        yield text("cli.outside", language, measure=name, title=title, reason=reason)


def made_by(result: Result, language: str) -> str:
    made = result.provenance
    return text(
        "cli.made_by",
        language,
        version=made.version,
        method=label("board.method", made.method, language),
        as_of=day(date.fromisoformat(made.as_of), language),
        inputs=made.input_hash[:12],
        seed=str(made.seed),
    )


def listing_lines(listing: Listing, language: str) -> Iterator[str]:
    """Columns as wide as their widest cell, numbers to the right."""
    heads = [column.header for column in listing.columns]
    rows = [
        [cell_text(cell, column, language) for cell, column in zip(row, listing.columns, strict=True)]
        for row in listing.rows
    ]
    wide = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        cells = [
            cell.ljust(width) if column.kind == "text" else cell.rjust(width)
            for cell, width, column in zip(row, wide, listing.columns, strict=True)
        ]
        yield (" " * GAP).join(cells).rstrip()
