"""One upload from its bytes to what the page Daten shows: a whole study, a list to be mapped, or all its issues."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mcda.errors import InputError, Issue
from mcda.evaluate import check_rankable
from mcda.study.annotate import annotated_copy, annotated_sheets
from mcda.study.annotate_places import spots_of
from mcda.study.columns import table_name
from mcda.study.flat import FlatMapping, recognise
from mcda.study.model import Study
from mcda.study.read import read_tables, sheets_of_files
from mcda.study.rules import check_study
from mcda.study.sheets import Sheet
from mcda.ui.mapping import Draft, start

File = tuple[str, bytes]
NAMED = 3


@dataclass(frozen=True, slots=True)
class Upload:
    """What was handed over and what became of it: a `study` with its notes, a `draft` to be mapped, or issues.

    `files` and `sheets` are kept for the marked copy, as long as there may be something to mark.
    """

    name: str
    files: tuple[File, ...]
    sheets: tuple[Sheet, ...] = ()
    study: Study | None = None
    draft: Draft | None = None
    issues: tuple[Issue, ...] = ()


def take(
    files: Sequence[File],
    language: str,
    today: date,
    known: Iterable[FlatMapping] = (),
    before: Draft | None = None,
) -> Upload:
    """Read what was handed over. A file without a table of criteria is a list to be mapped; `known` are earlier
    mappings, `before` the list being mapped until now."""
    upload = Upload(_name(files), tuple(files))
    try:
        sheets, file_hash, others = sheets_of_files(files)
        upload = replace(upload, sheets=tuple(sheets))
        if is_list(upload.sheets):
            return as_list(upload, language, today, known, before)
        study, notes = read_tables(sheets, file_hash, others)
        check_rankable(study)
    except InputError as error:
        return replace(upload, issues=in_order(error.issues, upload.sheets))
    told = tuple(issue for issue in check_study(study) if issue.level != "error")
    return replace(upload, files=(), sheets=(), study=study, issues=(*notes, *told))


def in_order(issues: Sequence[Issue], sheets: Sequence[Sheet]) -> tuple[Issue, ...]:
    """The issues as one meets them going through the file; those of the whole file first."""
    spots = spots_of(issues, sheets)
    places = [(-1 if s.sheet is None else s.sheet, s.row or 0, s.column or 0) for s in spots]
    return tuple(issue for _, issue in sorted(zip(places, issues, strict=True), key=lambda pair: pair[0]))


def is_list(sheets: Sequence[Sheet]) -> bool:
    """Whether a file is a plain list: none of its sheets holds criteria, and at most one is a table of a study."""
    tables = {table_name(sheet.name) for sheet in sheets if sheet.rows} - {None}
    return "criteria" not in tables and len(tables) <= 1


def has_list(sheets: Sequence[Sheet]) -> bool:
    """Whether a file that is no study may still be a plain list: it opened, and holds no criteria."""
    return bool(sheets) and all(table_name(sheet.name) != "criteria" for sheet in sheets)


def as_list(
    upload: Upload, language: str, today: date, known: Iterable[FlatMapping] = (), before: Draft | None = None
) -> Upload:
    """The upload as a list to be mapped. Raises InputError when no sheet holds one."""
    found = recognise(upload.sheets)
    title = upload.files[0][0].rpartition(".")[0] or upload.name
    return replace(upload, draft=start(found, title, today, language, known, before), issues=())


def marked_copy(upload: Upload, issues: Sequence[Issue], language: str) -> bytes:
    """The file, or all CSV files as one workbook, with every bad cell marked. InputError if it cannot be opened."""
    if len(upload.files) == 1:
        name, content = upload.files[0]
        return annotated_copy(content, issues, language, name)
    return annotated_sheets(upload.sheets, issues, language)


def _name(files: Sequence[File]) -> str:
    names = [name for name, _ in files]
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
