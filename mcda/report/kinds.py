"""Which documents there are, in which formats, and how each is made: the one table page, command and Python go by."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from mcda.errors import InputError, Issue, Where, nearest
from mcda.locale import text
from mcda.report.document import Document
from mcda.report.documents import annex, council_paper, dossier, fact_sheets, kofi, plan_paper, protocol, ranked_list
from mcda.report.exhibits.plan_lists import plan_listing
from mcda.report.exhibits.ranked_list import wanted_columns
from mcda.report.exports.csv_file import DIALECTS, csv_file, listing_csv
from mcda.report.exports.docx_file import docx_file
from mcda.report.exports.fact_sheet_docx import fact_sheet_docx
from mcda.report.exports.json_file import json_file
from mcda.report.exports.kofi_xlsx import kofi_csv, kofi_xlsx
from mcda.report.exports.packed import zipped
from mcda.report.exports.pdf_file import pdf_file
from mcda.report.exports.plan_file import plan_json, plan_xlsx
from mcda.report.exports.xlsx_file import xlsx_file
from mcda.report.request import Request
from mcda.result import Result
from mcda.workshop.fold import fold
from mcda.workshop.log_file import log_json
from mcda.workshop.room import Room

Build = Callable[[Result, Request], Document]
Make = Callable[[Result, Request], bytes]


def _rehearsal_told(build: Build) -> Build:
    """The same document; after a rehearsal every page says that it is none of a real workshop."""

    def built(result: Result, request: Request) -> Document:
        document, room = build(result, request), _room(request)
        if room is None or not room.opened.rehearsal:
            return document
        said = text("confidential.rehearsal", request.language)
        return replace(document, notice=f"{said} {document.notice}".rstrip())

    return built


BUILDERS: Mapping[str, Build] = {
    "list": _rehearsal_told(ranked_list.build),
    "kofi": _rehearsal_told(kofi.build),
    "factsheets": _rehearsal_told(fact_sheets.build),
    "dossier": _rehearsal_told(dossier.build),
    "council": _rehearsal_told(council_paper.build),
    "annex": _rehearsal_told(annex.build),
    "plan": _rehearsal_told(plan_paper.build),
    "protocol": _rehearsal_told(protocol.build),
}
"""How each kind is put together, for every format that prints."""

OF_MEASURES = ("list", "kofi", "factsheets", "dossier")
OF_MUNICIPALITY = ("kofi", "council")
OF_PLAN = ("plan", "list", "council")
"""Kinds that can be about some measures only, about one municipality, and that speak of a plan."""

PRINTS = ("pdf", "docx")
EVERY = "all"
"""Instead of a municipality: one paper for each, in an archive."""


def report(result: Result, kind: str, form: str = "pdf", request: Request | None = None) -> bytes:
    """A document as the bytes of a file. `kind` and `form` as `formats` lists them.

    The same result and request give the same bytes. With the municipality 'all' the file is a .zip with one document
    for each. Raises InputError: no such kind or form, a measure, municipality or column the study does not hold, a
    wish that would change nothing in this document, the minutes without a room, a plan's paper without a plan or with
    that of another study, a template that cannot be used, packages of the extra `report` missing.
    """
    wanted = request or Request()
    _check(result, kind, form, wanted)
    if wanted.municipality == EVERY:
        papers = {m.id: replace(wanted, municipality=m.id) for m in result.study.municipalities}
        made = {f"{kind}_{name}.{form}": _make(result, kind, form, one) for name, one in papers.items()}
        return zipped(made, date.fromisoformat(result.provenance.as_of))
    return _make(result, kind, form, wanted)


def formats(kind: str) -> tuple[str, ...]:
    """The forms a kind of document comes in, the usual one first."""
    return (*PRINTS, *(form for of, form in _OWN if of == kind and form not in PRINTS))


def _make(result: Result, kind: str, form: str, request: Request) -> bytes:
    if own := _OWN.get((kind, form)):
        return own(result, request)
    document = BUILDERS[kind](result, request)
    return pdf_file(document) if form == "pdf" else docx_file(document)


def _check(result: Result, kind: str, form: str, request: Request) -> None:
    issues = [*_unknown("--kind", (kind,), tuple(BUILDERS), "not_a_choice")]
    if not issues:
        issues += _unknown("--to", (form,), formats(kind), "not_a_choice")
    study = result.study
    idle = () if issues else _idle(result, kind, form, request)
    issues += idle
    issues += _plan_issues(result, kind, request)
    issues += _unknown("--measure", request.measures, tuple(study.measure_by_id), "unknown_id")
    if request.dialect:
        issues += _unknown("--dialect", (request.dialect,), DIALECTS, "not_a_choice")
    if request.municipality and not study.municipalities:
        issues.append(Issue("no_municipalities", where=Where("--municipality"), params={"value": request.municipality}))
    elif request.municipality:
        known = (*study.municipality_by_id, *((EVERY,) if study.municipalities else ()))
        issues += _unknown("--municipality", (request.municipality,), known, "unknown_id")
    if issues:
        raise InputError(issues)


def _idle(result: Result, kind: str, form: str, request: Request) -> list[Issue]:
    """Every wish that would change nothing in this document."""
    chosen = bool(wanted_columns(result, request.columns))
    heard = {
        "--measure": (request.measures, kind in OF_MEASURES, OF_MEASURES),
        "--municipality": (
            request.municipality,
            kind in OF_MUNICIPALITY or (kind == "list" and form in PRINTS and not chosen),
            (*OF_MUNICIPALITY, *(f"list --to {one}" for one in PRINTS)),
        ),
        "--columns": (
            request.columns,
            kind == "list" and form != "json",
            tuple(f"list --to {one}" for one in formats("list") if one != "json"),
        ),
        "--dialect": (request.dialect, (kind, form) == ("list", "csv"), ("list --to csv",)),
        "--plan": (
            request.plan,
            speaks_of_plan(kind, form),
            ("plan", "council", *(f"list --to {one}" for one in formats("list") if speaks_of_plan("list", one))),
        ),
        "--template": (request.template, (kind, form) == ("factsheets", "docx"), ("factsheets --to docx",)),
    }
    return [
        Issue("changes_nothing", where=Where(option), params={"allowed": allowed})
        for option, (wish, counts, allowed) in heard.items()
        if wish and not counts
    ]


def speaks_of_plan(kind: str, form: str) -> bool:
    """Whether a document in that form is about a plan, speaks of it, or tells places that its budget line is near."""
    return kind in OF_PLAN and (kind, form) != ("list", "json")


def _plan_issues(result: Result, kind: str, request: Request) -> list[Issue]:
    """No plan where one is needed, none that keeps all rules, or that of another study."""
    made = request.plan
    if made is None:
        return [Issue("plan_needed")] if kind == "plan" else []
    if made.provenance.input_hash != result.provenance.input_hash:
        return [Issue("plan_other_study", where=Where("--plan"))]
    return [] if made.solved else [Issue(f"plan_{made.status}", where=Where("--plan"))]


def _unknown(option: str, given: tuple[str, ...], known: tuple[str, ...], code: str) -> list[Issue]:
    return [
        Issue(code, where=Where(option), params={"value": one, "allowed": known, "nearest": nearest(one, known)})
        for one in given
        if one not in known
    ]


def _log(result: Result, request: Request) -> bytes:
    if request.room is None:
        raise InputError([Issue("room_needed")])
    return log_json(request.room.study, request.room.events)


def _room(request: Request) -> Room | None:
    return fold(request.room.events) if request.room is not None else None


def _plan_xlsx(result: Result, asked: Request) -> bytes:
    assert asked.plan is not None  # `_check` told people so before
    return plan_xlsx(result, asked.plan, language=asked.language)


def _plan_csv(result: Result, asked: Request) -> bytes:
    assert asked.plan is not None
    return listing_csv(plan_listing(result, asked.plan, asked.language).listing, result, asked.language)


def _plan_json(result: Result, asked: Request) -> bytes:
    assert asked.plan is not None
    return plan_json(result, asked.plan, language=asked.language)


def _list_xlsx(result: Result, asked: Request) -> bytes:
    return xlsx_file(result, asked.language, asked.columns, measures=asked.measures, room=_room(asked), plan=asked.plan)


def _list_csv(result: Result, asked: Request) -> bytes:
    dialect = asked.dialect or "office"
    return csv_file(
        result, asked.language, dialect, asked.columns, measures=asked.measures, room=_room(asked), plan=asked.plan
    )


def _list_json(result: Result, asked: Request) -> bytes:
    return json_file(result, asked.language, measures=asked.measures, room=_room(asked))


_OWN: Mapping[tuple[str, str], Make] = {
    ("list", "xlsx"): _list_xlsx,
    ("list", "csv"): _list_csv,
    ("list", "json"): _list_json,
    ("kofi", "xlsx"): kofi_xlsx,
    ("kofi", "csv"): kofi_csv,
    ("plan", "xlsx"): _plan_xlsx,
    ("plan", "csv"): _plan_csv,
    ("plan", "json"): _plan_json,
    ("factsheets", "docx"): fact_sheet_docx,
    ("protocol", "json"): _log,
}
"""Forms that are no print of the document: tables to go on calculating in, logs, the planner's own template."""
