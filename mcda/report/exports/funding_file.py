"""Grants as files: a workbook for a planner, CSV and JSON for programs."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

from mcda.funding.records import Assessment, Bundle, MeasureMoney, Reason
from mcda.report.exhibits.basis import basis
from mcda.report.exhibits.bundle_list import left_out_sentence
from mcda.report.exhibits.catalogue import best_verdict, title_of
from mcda.report.exhibits.funding_overview import deadlines, pair_counts
from mcda.report.exhibits.funding_tables import (
    PRINTED_PAIRS,
    bundle_table,
    closure_table,
    effect_table,
    pair_table,
    payer_table,
)
from mcda.report.exhibits.paid_shares import split_sentence
from mcda.report.exhibits.ranked_list import notice_of, study_title
from mcda.report.exports.csv_file import origin, plain, written
from mcda.report.exports.workbook import Formats, draw_blocks, draw_table, new_sheet, workbook
from mcda.result import Result
from mcda.robustness.grants import if_closed


def funding_xlsx(result: Result, language: str = "de", measure: str = "") -> bytes:
    """All about grants as .xlsx: pairs, bundles, payers, ranks with and without grants, closures, what it rests on.

    With `measure` the rows of that measure. Numbers are numbers, days are days, texts are never formulas or links; the
    same result gives the same bytes.
    """

    closures = if_closed(result.study, result.scenario)

    def draw(book: Workbook, formats: Formats) -> None:
        sheets = {
            "pairs": pair_table(result, language, measure),
            "bundles": bundle_table(result, language, measure),
            "payers": payer_table(result, language, measure),
            "effect": effect_table(result, closures, language, measure),
            "closures": closure_table(result, closures, language, measure),
        }
        for name, listing in sheets.items():
            sheet = new_sheet(book, name, result, language)
            printed = PRINTED_PAIRS if name == "pairs" else len(listing.columns)
            draw_table(sheet, listing, formats, printed)
            sheet.print_area(0, 0, len(listing.rows), printed - 1)
        draw_blocks(new_sheet(book, "basis", result, language), basis(result, language), formats)

    return workbook(result, language, draw)


def funding_csv(result: Result, language: str = "en", measure: str = "") -> bytes:
    """One row per pair of measure and programme, for programs: commas, decimal points, UTF-8, lines ending in CR LF.

    Verdicts and limits are codes, days ISO, reasons sentences in `language` joined by ' | '. What the numbers rest on
    stands in every row, as in the ranking's CSV.
    """
    told = origin(result, language)
    rows = [
        {"title": title_of(result.study.measure_by_id[name], language)}
        | _pair(found, language)
        | {"reasons": " | ".join(reason.sentence(language) for reason in found.reasons)}
        | told
        for name, money in _chosen(result, measure).items()
        for found in money.assessments
    ]
    header = list(rows[0]) if rows else []
    return written([header, *([plain(row[key]) for key in header] for row in rows)], ",").encode()


def funding_json(result: Result, language: str = "en", measure: str = "") -> bytes:
    """All about grants as UTF-8 JSON: study, provenance, summary (pairs by verdict), measures.

    Each measure has its verdict, money (EUR), bundles, what was left out and why, loans, shares, deadlines and every
    pair with all reasons. `language` is that of the sentences. The same result gives the same bytes.
    """
    content = {
        "study": {"title": study_title(result, language), "notice": notice_of(result, language)},
        "provenance": asdict(result.provenance),
        "summary": dict(pair_counts(result, measure)),
        "measures": [_measure(result, money, language) for money in _chosen(result, measure).values()],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _chosen(result: Result, measure: str) -> Mapping[str, MeasureMoney]:
    return {measure: result.money[measure]} if measure else result.money


def _measure(result: Result, money: MeasureMoney, language: str) -> dict[str, Any]:
    def known(amount: Decimal) -> float | None:
        return float(amount) if money.cost_known else None

    return {
        "id": money.measure,
        "title": title_of(result.study.measure_by_id[money.measure], language),
        "verdict": best_verdict(money),
        "life_cycle_cost_eur": known(money.life_cycle_gross),
        "grant_low_eur": known(money.grant_low),
        "grant_eur": known(money.grant),
        "grant_high_eur": known(money.grant_high),
        "co_payment_eur": known(money.co_payment),
        "own_contribution_low_eur": known(money.own_contribution_low),
        "own_contribution_eur": known(money.own_contribution),
        "own_contribution_high_eur": known(money.own_contribution_high),
        "sure": _bundle(money.sure),
        "possible": _bundle(money.possible),
        "left_out": [
            {
                "programme": out.programme,
                "code": out.code,
                "other": out.other,
                "alone_eur": float(out.alone),
                "sentence": left_out_sentence(result.study, out, language),
            }
            for out in money.left_out
        ],
        "alternatives": [_bundle(bundle) for bundle in money.alternatives],
        "loans": [{"programme": programme, "amount_eur": float(amount)} for programme, amount in money.loans],
        "cost_key": money.cost_key,
        "running_cost_key": money.running_cost_key,
        "shares_eur": {who: float(part) for who, part in money.shares.items()},
        "shares_running_eur": {who: float(part) for who, part in money.shares_running.items()},
        "split": split_sentence(result, money.measure, language),
        "deadlines": [
            {"day": d.day.isoformat(), "programme": d.programme, "kind": "opens" if d.opens else "closes"}
            for d in deadlines(money)
        ],
        "pairs": [
            _pair(found, language) | {"reasons": [_reason(reason, language) for reason in found.reasons]}
            for found in money.assessments
        ],
    }


def _bundle(bundle: Bundle | None) -> dict[str, Any] | None:
    if bundle is None:
        return None
    parts = [
        {"programme": p.programme, "verdict": p.verdict, "grant_eur": float(p.grant), "alone_eur": float(p.alone)}
        for p in bundle.parts
    ]
    return {
        "total_eur": float(bundle.total),
        "bound": bundle.bound,
        "bound_by": bundle.bound_by,
        "to_check": bundle.to_check,
        "programmes": parts,
    }


def _pair(found: Assessment, language: str) -> dict[str, Any]:
    return {
        "measure": found.measure,
        "programme": found.programme,
        "candidate": found.candidate,
        "verdict": found.verdict,
        "computed_verdict": found.computed_verdict,
        "eligible_cost_eur": float(found.eligible_cost),
        "rate_pct": None if found.rate_pct is None else float(found.rate_pct),
        "grant_low_eur": float(found.grant_low),
        "grant_high_eur": float(found.grant_high),
        "loan_eur": float(found.loan_eur),
        "bound": found.bound,
        "closes": found.closes.isoformat() if found.closes else None,
        "opens": found.opens.isoformat() if found.opens else None,
        "finding": found.finding.verdict if found.finding else None,
        "finding_reason": _finding(found, language),
    }


def _finding(found: Assessment, language: str) -> str:
    row = found.finding
    return "" if row is None else (row.reason_en if language == "en" else "") or row.reason


def _reason(reason: Reason, language: str) -> dict[str, Any]:
    words = {"gate": reason.gate, "verdict": reason.verdict, "code": reason.code}
    return words | {"sentence": reason.sentence(language)}
