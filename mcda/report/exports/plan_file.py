"""A plan as files: a workbook for people, JSON and CSV for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from importlib.metadata import version
from math import isfinite
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from mcda.portfolio import Plan
from mcda.portfolio.left_out import left_out
from mcda.portfolio.plan import GAP
from mcda.report.exhibits.basis import basis
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.listing import Listing
from mcda.report.exhibits.plan_answers import Answers
from mcda.report.exhibits.plan_basis import plan_basis
from mcda.report.exhibits.plan_lists import (
    Summed,
    in_order,
    last_year,
    left_out_listing,
    missed_listing,
    municipality_listing,
    out_listing,
    plan_listing,
    use_listing,
    year_listing,
)
from mcda.report.exhibits.plan_questions import answer_listings, answer_sentences
from mcda.report.exhibits.plan_words import plan_finding_lines, status_sentence, sum_sentence
from mcda.report.exhibits.ranked_list import notice_of, study_title
from mcda.report.exports.csv_file import origin, plain, written
from mcda.report.exports.workbook import Formats, draw_blocks, draw_table, new_sheet, row_height, workbook
from mcda.result import Result


def plan_xlsx(result: Result, made: Plan, found: Answers | None = None, language: str = "de") -> bytes:
    """The plan as .xlsx: what, by year, by municipality, limits, what is left out, a sheet per answer, and where all of
    it comes from. Amounts are numbers, sums formulas that carry their value; the same plan gives the same bytes."""
    answered = found or Answers()

    def draw(book: Workbook, formats: Formats) -> None:
        notes = [status_sentence(made, language) + ".", sum_sentence(made, language)]
        notes += [line.sentence for line in plan_finding_lines(made, result.study, language)]
        for name, table, below in (
            ("plan", plan_listing(result, made, language), notes),
            ("plan_years", year_listing(made, language), []),
            ("plan_members", municipality_listing(result, made, language), []),
            ("plan_limits", Summed(use_listing(made, result.study, language)), []),
            ("plan_missed", Summed(missed_listing(made, result.study, language)), []),
            ("plan_left_out", Summed(_not_in(result, made, language)), []),
            *_answered(result, made, answered, language),
        ):
            _sheet(book, name, table, below, result, formats, language)
        blocks = (plan_basis(made, language), *basis(result, language))
        draw_blocks(new_sheet(book, "basis", result, language), blocks, formats)

    return workbook(result, language, draw)


def _answered(result: Result, made: Plan, found: Answers, language: str) -> Sequence[tuple[str, Summed, Sequence[str]]]:
    said = answer_sentences(result, made, found, language)
    listings = answer_listings(result, made, found, language)
    return [(f"plan_{name}", Summed(listing), said.get(name, ())) for name, listing in listings]


def _not_in(result: Result, made: Plan, language: str) -> Listing:
    """What is left out and what cannot be planned, one below the other."""
    left = left_out_listing(result, made, language)
    never = out_listing(result, made, language).rows
    wide = len(left.columns) - 3
    return Listing(left.title, left.columns, (*left.rows, *((*row[:2], *(None,) * wide, row[2]) for row in never)))


def _sheet(
    book: Workbook,
    name: str,
    table: Summed,
    notes: Sequence[str],
    result: Result,
    formats: Formats,
    language: str,
) -> None:
    """A table with its sums as formulas and its sentences below; nothing where the table is empty."""
    listing = table.listing
    if not listing.rows and not notes:
        return
    sheet = new_sheet(book, name, result, language)
    draw_table(sheet, listing, formats, len(listing.columns))
    last = len(listing.rows)
    if table.sums and listing.rows:
        _sums(sheet, last, table, formats)
        last += 1
    for below, note in enumerate(notes, start=last + 2):
        _note(sheet, below, note, listing, formats)
    sheet.print_area(0, 0, last + 1 + len(notes), len(listing.columns) - 1)


def _sums(sheet: Worksheet, rows: int, table: Summed, formats: Formats) -> None:
    for at, (column, value) in enumerate(zip(table.listing.columns, table.total, strict=True)):
        if column.key not in table.sums:
            sheet.write_blank(rows + 1, at, None, formats["total_words"])
            continue
        letter = xl_col_to_name(at)
        formula = f"=SUM({letter}2:{letter}{rows + 1})"
        kind = "total" if column.kind in ("money", "cents") else "total_words"
        sheet.write_formula(rows + 1, at, formula, formats[kind], round(float(str(value)), 6))


def _note(sheet: Worksheet, row: int, note: str, listing: Listing, formats: Formats) -> None:
    """A sentence below a table, over its whole width."""
    wide = sum(column.width for column in listing.columns)
    if len(listing.columns) > 1:
        sheet.merge_range(row, 0, row, len(listing.columns) - 1, "", formats["text"])
    sheet.write_string(row, 0, note, formats["text"])
    sheet.set_row(row, row_height(-(-int(1.15 * len(note)) // max(wide, 1))))


def plan_csv(result: Result, made: Plan, language: str = "en") -> bytes:
    """One row per measure of the plan, for programs: commas, decimal points, UTF-8, lines ending in CR LF. How far the
    plan is proven and where the numbers come from stand in every row."""
    told = {"plan_status": made.status, "plan_gap": _finite(made.gap), "plan_task": json.dumps(made.task.canonical())}
    rows = [
        {"id": row["id"], "title": title_of(result.study.measure_by_id[row["id"]], language)}
        | {key: value for key, value in row.items() if key not in ("grants_eur", "own_eur_by_year", "shares_eur")}
        | {"programmes": "; ".join(row["programmes"])}
        | told
        | origin(result, language)
        for row in _chosen(result, made)
    ]
    header = list(rows[0]) if rows else ["id"]
    return written([header, *([plain(row[key]) for key in header] for row in rows)], ",").encode()


def plan_json(
    result: Result, made: Plan, found: Answers | None = None, language: str = "en", *, seconds: float | None = None
) -> bytes:
    """The plan as UTF-8 JSON: study, provenance (with task, gap, limit of time, solver), plan, answers, findings.

    Amounts are EUR as numbers, values points, gaps fractions (null: not bounded). Rules stand by their keys.
    """
    content = {
        "study": {"title": study_title(result, language), "notice": notice_of(result, language)},
        "provenance": asdict(result.provenance)
        | {"task": made.task.canonical(), "gap_wanted": GAP, "seconds": seconds, "scipy": version("scipy")},
        "plan": _plan(result, made),
        "answers": _answers(found or Answers()),
        "findings": [{"code": one.code, "level": one.level, "params": dict(one.params)} for one in made.findings],
        "sentences": [
            status_sentence(made, language),
            *(line.sentence for line in plan_finding_lines(made, result.study, language)),
        ],
    }
    return (json.dumps(_plain(content), ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _plan(result: Result, made: Plan) -> dict[str, Any]:
    return {
        "status": made.status,
        "value": made.value,
        "bound": made.bound,
        "gap": made.gap,
        "years": list(made.years),
        "cost_eur": made.cost,
        "grant_eur": made.grant,
        "own_eur": made.own,
        "own_whole_eur": made.whole,
        "later_eur_per_year": made.later,
        "chosen": _chosen(result, made),
        "left_out": [
            {"id": one.measure, "value": one.value, "own_eur": one.own, "rules": list(one.keys)}
            for one in (left_out(result, made) if made.solved else ())
        ],
        "out": [{"id": one.measure, "code": one.code} for one in made.out],
        "uses": [asdict(use) for use in made.uses],
        "missed": [asdict(one) for one in made.missed],
    }


def _chosen(result: Result, made: Plan) -> list[dict[str, Any]]:
    ranks = {line.measure: line.rank for line in result.ranking}
    return [
        {
            "id": one.measure,
            "rank": ranks.get(one.measure),
            "start": one.start,
            "end": last_year(result.study, one),
            "delay": one.delay,
            "programmes": list(one.programmes),
            "cost_eur": float(one.cost),
            "grant_eur": float(one.grant),
            "own_eur": float(one.own),
            "own_whole_eur": float(one.whole),
            "later_eur_per_year": float(one.later) if made.years else None,
            "value": one.value,
            "fixed": one.fixed,
            "grants_eur": dict(one.grants),
            "own_eur_by_year": {str(year): amount for year, amount in one.own_by_year.items()},
            "shares_eur": dict(one.shares),
        }
        for one in in_order(made)
    ]


def _answers(found: Answers) -> dict[str, Any]:
    """What was answered, by name."""
    told: dict[str, Any] = {
        name: [asdict(one) for one in some]
        for name in ("prices", "more", "line", "failing", "hanging", "fair")
        if (some := getattr(found, name))
    }
    told |= {n: asdict(one) for n in ("step", "frontier", "core", "budgets") if (one := getattr(found, n)) is not None}
    if found.fairest is not None:
        fair = found.fairest
        told["fairest"] = {
            "by": fair.by,
            "floor": fair.floor,
            "before": fair.before,
            "price": fair.price,
            "proven": fair.proven,
            "measures": list(fair.plan.measures),
        }
    return told


def _plain(value: Any) -> Any:
    """Plain values: amounts as numbers, what is not bounded as null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return float(value)
    return _finite(value) if isinstance(value, float) else value


def _finite(value: float) -> float | None:
    return float(value) if isfinite(value) else None
