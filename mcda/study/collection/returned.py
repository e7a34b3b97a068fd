"""One rating workbook that came back: whose it is, what it says, and everything that was altered or left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.locale import LANGUAGES, text
from mcda.study.cells import Cell, CellError, convert, is_empty
from mcda.study.collection.asked import FORM, asked_measures, fingerprint, levels_of, wording_of
from mcda.study.collection.form import COLUMNS
from mcda.study.counted import takes_part
from mcda.study.model import Rating, Study
from mcda.study.rules_criteria import ratings_on_scale
from mcda.study.sheets import Sheet, sheets_of

SEARCHED_ROWS = 15
NEEDED = tuple(name for name in COLUMNS if name != "previous")
FIXED = ("measure", "title", "criterion", "scale", "key")
FEWEST = 4
"""So many of its headers make a sheet the one with the ratings, though others were altered."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What one file says. `rows` are the rows of its `ratings`; `open` are (measure, criterion) left unanswered."""

    file: str
    municipality: str
    ratings: tuple[Rating, ...]
    rows: tuple[int, ...]
    open: tuple[tuple[str, str], ...]
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class _Reading:
    study: Study
    file: str
    municipality: str
    changed: bool
    issues: list[Issue] = field(default_factory=list)
    answers: dict[tuple[str, str], tuple[int, Rating]] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    headers: Mapping[str, str] = field(default_factory=dict)

    def tell(self, code: str, row: int, column: str, warning: bool = False, **params: Param) -> None:
        where = Where(self.file, row, self.headers.get(column, column))
        self.issues.append(Issue(code, "warning" if warning else "error", where, params))


def read_returned(study: Study, file: str, content: bytes) -> Returned:
    """Read one returned workbook (.xlsx or .ods) against the study. Never raises for what is in the file: its
    issues say why it cannot be merged (errors) or what to look at (warnings)."""
    try:
        sheets = sheets_of(content, file)
    except InputError as error:
        return Returned(file, "", (), (), (), tuple(error.issues))
    marks = _marks(sheets)
    told = _recognise(study, file, marks)
    who = marks.get("municipality", "")
    if any(issue.level == "error" for issue in told):
        return Returned(file, who if who in study.municipality_by_id else "", (), (), (), tuple(told))
    found = _table(sheets)
    if found is None or (lost := [name for name in NEEDED if name not in found[2]]):
        told += _lost_headers(file, sheets, NEEDED if found is None else lost, marks["language"])
        return Returned(file, who, (), (), (), tuple(told))
    sheet, first, columns = found
    changed = marks["scales_and_measures"] != fingerprint(study)
    reading = _Reading(study, file, who, changed, told)
    reading.headers = {name: str(sheet.rows[first][1][index]).strip() for name, index in columns.items()}
    _read_rows(reading, sheet.rows[first + 1 :], columns)
    return _answered(reading, [c for c in marks["criteria"].split(";") if c in study.criterion_by_id])


def _marks(sheets: Iterable[Sheet]) -> Mapping[str, str]:
    """The identity the workbook was sent out with: name and value stand beside each other; empty if it has none."""
    for sheet in sheets:
        found = {str(c[2]).strip(): str(c[1]).strip() for _, c in sheet.rows if len(c) > 2 and not is_empty(c[1])}
        if found.get("form") == FORM and found.keys() >= {"as_of", "municipality", "criteria", "scales_and_measures"}:
            return {"language": "de", "title": ""} | found
    return {}


def _recognise(study: Study, file: str, marks: Mapping[str, str]) -> list[Issue]:
    """Whether the workbook belongs to this study, this day and one of its municipalities."""

    def issue(code: str, level: Any = "error", **params: Param) -> list[Issue]:
        return [Issue(code, level, Where(file), params)]

    if not marks:
        return issue("collection_not_recognised")
    same_facts, same_title = marks["scales_and_measures"] == fingerprint(study), marks["title"] == study.study.title
    if not same_facts and not same_title:
        return issue("collection_other_study", value=marks["title"], expected=study.study.title)
    if marks["as_of"] != study.study.as_of.isoformat():
        return issue("collection_other_day", value=_day(marks["as_of"]), expected=_day(study.study.as_of.isoformat()))
    if marks["municipality"] not in study.municipality_by_id:
        known = tuple(study.municipality_by_id)
        return issue(
            "unknown_id", value=marks["municipality"], allowed=known, nearest=nearest(marks["municipality"], known)
        )
    return [] if same_facts else issue("collection_study_changed", "warning")


def _day(written: str) -> str:
    try:
        return date.fromisoformat(written).strftime("%d.%m.%Y")
    except ValueError:
        return written


def _table(sheets: Iterable[Sheet]) -> tuple[Sheet, int, Mapping[str, int]] | None:
    """The sheet with the ratings, the index of its header row and where its columns stand; None if there is none."""
    best: tuple[Sheet, int, Mapping[str, int]] | None = None
    for sheet in sheets:
        for index, (_, cells) in enumerate(sheet.rows[:SEARCHED_ROWS]):
            columns = _columns(cells)
            if len(columns) >= FEWEST and (best is None or len(columns) > len(best[2])):
                best = (sheet, index, columns)
    return best


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    words = {text(f"collection.column.{name}", lang).casefold(): name for name in COLUMNS for lang in LANGUAGES}
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        name = None if is_empty(cell) else words.get(" ".join(str(cell).split()).casefold())
        if name is not None:
            found.setdefault(name, index)
    return found


def _lost_headers(file: str, sheets: Sequence[Sheet], lost: Sequence[str], language: str) -> list[Issue]:
    lang = language if language in LANGUAGES else "de"
    found = _table(sheets)
    row = None if found is None else found[0].rows[found[1]][0]
    there = () if found is None else tuple(str(c).strip() for c in found[0].rows[found[1]][1] if not is_empty(c))
    return [
        Issue("collection_header_altered", where=Where(file, row, word), params={"column": word, "found": there})
        for word in (text(f"collection.column.{name}", lang) for name in lost)
    ]


def _read_rows(reading: _Reading, rows: Iterable[tuple[int, tuple[Cell, ...]]], columns: Mapping[str, int]) -> None:
    for row, cells in rows:
        found = {name: cells[i] if i < len(cells) else None for name, i in columns.items()}
        rating = _rating(reading, row, found)
        place = _place(reading, row, found, rating is not None)
        if place is None:
            continue
        reading.seen.add(place)
        if rating is not None:
            _keep(reading, row, place, rating)


def _rating(reading: _Reading, row: int, cells: Mapping[str, Cell]) -> Rating | None:
    """The answer in a row, not yet of any measure; None where nothing was answered or a cell cannot be read."""
    values: dict[str, Any] = {}
    for name in ("value", "abstain", "reason"):
        if not is_empty(cells.get(name)):
            try:
                values[name] = convert(Rating, name, cells[name])
            except CellError as error:
                reading.tell(error.code, row, name, value=str(cells[name]), allowed=error.allowed)
                return None
    answered = values.get("value") is not None or values.get("abstain", False)
    if not answered and values.get("reason"):
        reading.tell("collection_reason_only", row, "reason", warning=True)
    return Rating(measure="", criterion="", rater=reading.municipality, **values) if answered else None


def _place(reading: _Reading, row: int, cells: Mapping[str, Cell], answered: bool) -> tuple[str, str] | None:
    """The measure and criterion a row belongs to; None with an issue where its fixed cells no longer say so."""
    study = reading.study
    ids = {name: _as_text(cells[name]) for name in FIXED}
    if not any(ids.values()) and not answered:
        return None
    for name, known in (("measure", study.measure_by_id), ("key", study.criterion_by_id)):
        if ids[name] not in known:
            near = nearest(ids[name], known) if ids[name] else ""
            reading.tell("collection_cell_altered", row, name, value=ids[name] or "–", nearest=near)
            return None
    measure, leaf = study.measure_by_id[ids["measure"]], study.criterion_by_id[ids["key"]]
    if answered and not takes_part(study, measure, reading.municipality):
        reading.tell("collection_not_asked", row, "measure", value=measure.id)
        return None
    names = {"title": (measure.title, measure.title_en), "criterion": (leaf.label_de, leaf.label_en)}
    others = {"title": {m.title for m in study.measures}, "criterion": {c.label_de for c in study.criteria}}
    for name, expected in names.items():
        if not _same(ids[name], expected):
            harmless = reading.changed and not _same(ids[name], others[name])
            reading.tell("collection_cell_altered", row, name, harmless, value=ids[name] or "–", nearest=expected[0])
            if not harmless:
                return None
    if not _same(ids["scale"], [wording_of(study, leaf, language) for language in LANGUAGES]):
        reading.tell("collection_wording_altered", row, "scale", warning=True, criterion=leaf.label_de)
    return measure.id, leaf.id


def _as_text(cell: Cell) -> str:
    """A given cell's text; what an office program made of it otherwise (a date, a formula) reads as altered."""
    try:
        return "" if is_empty(cell) else str(convert(Rating, "reason", cell))
    except CellError:
        return str(cell)


def _same(written: str, expected: Iterable[str]) -> bool:
    """Equal but for blanks and line breaks, which office programs change on their own."""
    return "".join(written.split()) in {"".join(word.split()) for word in expected if word}


def _keep(reading: _Reading, row: int, place: tuple[str, str], rating: Rating) -> None:
    """Remember an answer; a second one to the same cell must say the same."""
    rating = rating.model_copy(update={"measure": place[0], "criterion": place[1]})
    before = reading.answers.get(place)
    if before is not None and answer_of(before[1]) != answer_of(rating):
        told = " / ".join(place)
        reading.tell("collection_row_contradiction", row, "value", value=told, other=str(before[0]))
    reading.answers.setdefault(place, (row, rating))


def answer_of(rating: Rating) -> tuple[float | None, bool]:
    """What a rating says, without its reason."""
    return rating.value, rating.abstain


def _answered(reading: _Reading, criteria: Sequence[str]) -> Returned:
    """The file's answers held against the rules of the study and against what was asked."""
    rows, ratings = zip(*reading.answers.values(), strict=True) if reading.answers else ((), ())
    alone = reading.study.model_copy(update={"ratings": ratings})
    for issue in ratings_on_scale(alone, lambda _table, index: rows[index]):
        column = reading.headers.get(issue.where.column, issue.where.column)
        reading.issues.append(replace(issue, where=Where(reading.file, issue.where.row, column)))
    _between_levels(reading)
    asked = [(m.id, c) for m in asked_measures(reading.study, reading.municipality) for c in criteria]
    gone = [place for place in asked if place not in reading.seen]
    if gone:
        names = tuple(dict.fromkeys(measure for measure, _ in gone))
        params: dict[str, Param] = {"count": len(gone), "measures": names}
        reading.issues.append(Issue("collection_rows_missing", "warning", Where(reading.file), params))
    rated = {(r.measure, r.criterion) for r in reading.study.ratings if r.rater == reading.municipality}
    left = tuple(place for place in asked if place not in reading.answers and place not in rated)
    return Returned(reading.file, reading.municipality, ratings, rows, left, tuple(reading.issues))


def _between_levels(reading: _Reading) -> None:
    """A rating between two levels of its scale counts, and is told: the list to choose from did not offer it."""
    for row, rating in reading.answers.values():
        levels = levels_of(reading.study, reading.study.criterion_by_id[rating.criterion])
        inside = levels and rating.value is not None and levels[0] <= rating.value <= levels[-1]
        if inside and not any(abs(level - (rating.value or 0)) < 1e-9 for level in levels):
            reading.tell("collection_between_levels", row, "value", warning=True, value=rating.value or 0)
