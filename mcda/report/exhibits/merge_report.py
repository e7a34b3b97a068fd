"""What became of the rating workbooks that came back, as tables: files, places to look at, who stands apart, values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mcda.errors import Issue, Where
from mcda.locale import text
from mcda.locale.formats import number, plain
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.findings import finding_sentence
from mcda.study.collection import CellSummary, FileReport, Merge, farthest
from mcda.study.model import Study

NONE = "–"
CONTRADICTIONS = frozenset({"collection_contradiction", "collection_row_contradiction"})
"""Issues whose value is a measure and a criterion."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of finished texts; `numeric` are the columns that stand right."""

    name: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


def merge_report(merge: Merge, language: str = "de") -> tuple[ReportTable, ...]:
    """The report of a merge in reading order: files, issues, outliers, values. A table without rows is left out."""
    tables = (
        _files(merge, language),
        _issues(merge, language),
        _outliers(merge, language),
        _values(merge, language),
    )
    return tuple(table for table in tables if table.rows)


def municipality_name(study: Study, municipality: str) -> str:
    """A municipality's name; what is no municipality of the study is its own name."""
    member = study.municipality_by_id.get(municipality)
    return member.name if member is not None else municipality


def _table(name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]], language: str) -> ReportTable:
    headers = tuple(text(f"merge_report.column.{column}", language) for column in columns)
    numeric = tuple(n for n, column in enumerate(columns) if column in _NUMERIC)
    filled = tuple(tuple(cell or NONE for cell in row) for row in rows)
    return ReportTable(name, text(f"merge_report.{name}", language), headers, filled, numeric)


_NUMERIC = frozenset({"rated", "abstained", "replaced", "open", "value", "others", "lowest", "highest", "spread"})


def _files(merge: Merge, language: str) -> ReportTable:
    rows = [_file(report, merge.study, language) for report in merge.files]
    rows += [
        ("", municipality_name(merge.study, name), text("merge_report.state.missing", language), "", "", "", "")
        for name in merge.missing
        if name not in {report.municipality for report in merge.files}
    ]
    columns = ("file", "municipality", "state", "rated", "abstained", "replaced", "open")
    return _table("files", columns, rows, language)


def _file(report: FileReport, study: Study, language: str) -> tuple[str, ...]:
    state = text(f"merge_report.state.{'merged' if report.merged else 'refused'}", language)
    counts = (report.rated, report.abstained, report.replaced, len(report.open))
    shown = [str(count) for count in counts] if report.merged else [""] * len(counts)
    return report.file, municipality_name(study, report.municipality), state, *shown


def _issues(merge: Merge, language: str) -> ReportTable:
    """Errors first; what concerns no single file comes last."""
    told = sorted(merge.issues, key=lambda issue: (not issue.where.table, issue.level != "error"))
    rows = [_issue(_with_names(issue, merge, language), merge.study, language) for issue in told]
    return _table("issues", ("file", "row", "column", "entry", "message"), rows, language)


def _issue(issue: Issue, study: Study, language: str) -> tuple[str, ...]:
    where = issue.where
    entry = plain(issue.params.get("value", ""), language)
    sentence = finding_sentence(replace(issue, where=Where()), study, language)
    return where.table, "" if where.row is None else str(where.row), where.column, entry, sentence


def _with_names(issue: Issue, merge: Merge, language: str) -> Issue:
    """Municipalities and criteria by name, where a sentence lists them."""
    study, params = merge.study, dict(issue.params)
    listed = params.get("municipalities")
    if isinstance(listed, tuple):
        params["municipalities"] = tuple(municipality_name(study, name) for name in listed)
    if issue.code == "collection_outliers":
        params["cells"] = tuple(
            f"{o.measure} / {criterion_label(study, o.criterion, language)} ({municipality_name(study, o.rater)})"
            for o in farthest(merge.outliers)
        )
    if issue.code in CONTRADICTIONS:
        measure, _, criterion = str(params["value"]).partition(" / ")
        params["value"] = f"{measure} / {criterion_label(study, criterion, language)}"
    return replace(issue, params=params)


def _outliers(merge: Merge, language: str) -> ReportTable:
    rows = [
        (
            *_cell(merge.study, outlier.measure, outlier.criterion, language),
            municipality_name(merge.study, outlier.rater),
            number(outlier.value, language),
            number(outlier.others, language),
        )
        for outlier in merge.outliers
    ]
    return _table("outliers", ("measure", "criterion", "municipality", "value", "others"), rows, language)


def _values(merge: Merge, language: str) -> ReportTable:
    """The widest spread first: there the workshop has something to talk about."""
    cells = sorted(merge.cells, key=lambda cell: -cell.spread)
    columns = ("measure", "criterion", "counted", "value", "lowest", "highest", "spread", "rated", "abstained")
    rows = [_value(cell, merge.study, language) for cell in cells]
    return _table("values", (*columns, "awaited"), rows, language)


def _value(cell: CellSummary, study: Study, language: str) -> tuple[str, ...]:
    levels = [
        "" if level is None else number(level, language)
        for level in (cell.value, cell.lowest, cell.highest, cell.spread if cell.count else None)
    ]
    counted = text(f"merge_report.counted.{'agreed' if cell.agreed else 'mean'}", language)
    awaited = ", ".join(municipality_name(study, name) for name in cell.awaited)
    return (
        *_cell(study, cell.measure, cell.criterion, language),
        counted if cell.value is not None else "",
        *levels,
        str(cell.count),
        str(cell.abstained),
        awaited,
    )


def _cell(study: Study, measure: str, criterion: str, language: str) -> tuple[str, str]:
    title = title_of(study.measure_by_id[measure], language)
    return f"{measure} · {title}", criterion_label(study, criterion, language)
