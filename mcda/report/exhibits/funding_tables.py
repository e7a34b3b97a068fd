"""Grants as tables of typed cells: every pair, the bundles, who pays, ranks with and without, closures."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from mcda.funding.records import Assessment, MeasureMoney
from mcda.locale import label, text
from mcda.report.exhibits.bundle_list import BundleLine, bundle_lines
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.funding_list import finding_text, reasons_text
from mcda.report.exhibits.paid_shares import PaidShare, paid_shares, split_sentence
from mcda.report.exhibits.programmes import programme_name
from mcda.report.exhibits.ranked_list import Cell, Column, Kind, Listing, points
from mcda.result import Result
from mcda.robustness.grants import Closure, by_own_contribution, hanging_on_one, without_grants

Row = tuple[Cell, ...]
Columns = tuple[tuple[str, Kind, int], ...]

_PAIRS: Columns = (
    ("measure", "text", 9),
    ("title", "text", 30),
    ("programme_name", "text", 30),
    ("verdict", "text", 19),
    ("computed", "text", 19),
    ("grant_low", "cents", 16),
    ("grant_high", "cents", 16),
    ("bound", "text", 18),
    ("closes", "day", 12),
    ("opens", "day", 12),
    ("finding", "text", 34),
    ("reasons", "text", 80),
    ("candidate", "text", 12),
    ("programme", "text", 18),
    ("eligible_cost", "cents", 16),
    ("rate", "percent", 11),
    ("loan", "cents", 16),
    ("source", "text", 44),
    ("as_of", "day", 12),
)
PRINTED_PAIRS = 12
"""Columns that are printed on paper; the rest is for the screen."""

_BUNDLES: Columns = (
    ("measure", "text", 9),
    ("title", "text", 36),
    ("kind", "text", 20),
    ("programme_name", "text", 48),
    ("verdict", "text", 19),
    ("grant", "cents", 16),
    ("alone", "cents", 16),
    ("total", "cents", 16),
    ("why", "text", 60),
)
_PAYERS: Columns = (
    ("municipality", "text", 26),
    ("measure", "text", 9),
    ("title", "text", 40),
    ("share", "cents", 17),
    ("share_running", "cents", 17),
    ("population", "number", 13),
    ("population_date", "day", 13),
    ("split", "text", 60),
)
_EFFECT: Columns = (
    ("measure", "text", 9),
    ("title", "text", 44),
    ("rank", "whole", 12),
    ("rank_without", "whole", 12),
    ("moved", "whole", 12),
    ("points", "points", 10),
    ("points_without", "points", 10),
    ("hangs_on", "text", 36),
    ("rank_by_own", "whole", 19),
)
_CLOSURES: Columns = (
    ("programme_name", "text", 40),
    ("programme", "text", 18),
    ("lost", "cents", 18),
    ("paid_for", "text", 36),
    ("changes", "whole", 12),
    ("which_changes", "text", 60),
)


def pair_table(result: Result, language: str, measure: str = "") -> Listing:
    """One row per measure and programme, every one of them: those considered for a measure first, yes before no."""
    found = (a for name in _names(result, measure) for a in in_order(result.money[name]))
    return _listing("pairs", _PAIRS, (_pair(result, a, language) for a in found), language)


def bundle_table(result: Result, language: str, measure: str = "") -> Listing:
    """One row per programme in or beside a measure's bundle."""
    rows = (
        _bundle(result, name, line, language)
        for name in _names(result, measure)
        for line in bundle_lines(result.study, result.money[name], language)
    )
    return _listing("bundles", _BUNDLES, rows, language)


def payer_table(result: Result, language: str, measure: str = "") -> Listing:
    """One row per municipality and measure with the sum of each municipality and of all, then what nobody can split."""
    return _listing("payers", _PAYERS, _payers(result, language, measure), language)


def effect_table(result: Result, closures: Sequence[Closure], language: str, measure: str = "") -> Listing:
    """Every rank with grants, without any, and where own contribution is weighed instead of cost and funding."""
    hanging = hanging_on_one(closures)
    own = {change.measure: change.other_rank for change in by_own_contribution(result.study, result.scenario)}
    rows = (
        (
            change.measure,
            title_of(result.study.measure_by_id[change.measure], language),
            change.rank,
            change.other_rank,
            change.moved,
            points(result, change.score),
            points(result, change.other_score),
            _programmes(result, hanging.get(change.measure, ()), language),
            own.get(change.measure),
        )
        for change in without_grants(result.study, result.scenario)
        if measure in ("", change.measure)
    )
    return _listing("effect", _EFFECT, rows, language)


def closure_table(result: Result, closures: Sequence[Closure], language: str, measure: str = "") -> Listing:
    """Per programme that brings money today: what is lost if it closes and whose rank changes.

    For one measure: the programmes that pay for it.
    """
    rows = (
        (
            programme_name(result.study, closure.programme, language),
            closure.programme,
            closure.lost,
            ", ".join(closure.measures),
            len(closure.changes),
            ", ".join(f"{c.measure} {c.rank} → {c.other_rank}" for c in closure.changes),
        )
        for closure in closures
        if not measure or measure in closure.measures
    )
    return _listing("closures", _CLOSURES, rows, language)


def _listing(title: str, columns: Columns, rows: Iterator[Row], language: str) -> Listing:
    shown = (Column(key, text(f"funding_column.{key}", language), kind, width) for key, kind, width in columns)
    return Listing(text(f"export.sheet.{title}", language), tuple(shown), tuple(rows))


def in_order(money: MeasureMoney) -> list[Assessment]:
    """A measure's programmes as people read them: those considered first, yes before to be checked before no."""
    return sorted(money.assessments, key=lambda a: (not a.candidate, "yes check no".index(a.verdict)))


def _names(result: Result, measure: str) -> tuple[str, ...]:
    return (measure,) if measure else tuple(result.money)


def _programmes(result: Result, programmes: tuple[str, ...], language: str) -> str:
    return ", ".join(programme_name(result.study, name, language) for name in programmes)


def _pair(result: Result, found: Assessment, language: str) -> Row:
    study = result.study
    programme = study.programme_by_id[found.programme]
    return (
        found.measure,
        title_of(study.measure_by_id[found.measure], language),
        programme_name(study, found.programme, language),
        text(f"export.verdict.{found.verdict}", language),
        text(f"export.verdict.{found.computed_verdict}", language),
        found.grant_low,
        found.grant_high,
        text(f"bound.{found.bound}", language),
        found.closes,
        found.opens,
        finding_text(found, language),
        reasons_text(found, language),
        text("export.funding.candidate", language) if found.candidate else "",
        found.programme,
        found.eligible_cost,
        None if found.rate_pct is None else found.rate_pct / Decimal(100),
        found.loan_eur or None,
        programme.source,
        programme.as_of,
    )


def _bundle(result: Result, measure: str, line: BundleLine, language: str) -> Row:
    kind = text(f"funding_kind.{line.kind}", language)
    return (
        measure,
        title_of(result.study.measure_by_id[measure], language),
        f"{kind} {line.number}" if line.number else kind,
        programme_name(result.study, line.programme, language),
        text(f"export.verdict.{line.verdict}", language),
        line.grant or None,
        line.alone,
        line.total or None,
        line.sentence,
    )


def _payers(result: Result, language: str, measure: str) -> Iterator[Row]:
    paid = [share for name in _names(result, measure) for share in paid_shares(result, name)]
    for who in [m.id for m in result.study.municipalities]:
        own = [share for share in paid if share.municipality == who]
        yield from (_share(result, share, language) for share in own)
        if own:
            yield _total(text("funding_words.total_of", language, who=own[0].name), own)
    if paid:
        yield _total(text("funding_words.total", language), paid)
    for name in _names(result, measure):
        if not paid_shares(result, name):
            title = title_of(result.study.measure_by_id[name], language)
            yield "–", name, title, None, None, None, None, split_sentence(result, name, language)


def _share(result: Result, share: PaidShare, language: str) -> Row:
    when: date | None = share.population_date
    title = title_of(result.study.measure_by_id[share.measure], language)
    key = label("cost_key", share.key, language)
    return share.name, share.measure, title, share.amount, share.running, share.population, when, key


def _total(name: str, shares: list[PaidShare]) -> Row:
    running = [share.running for share in shares if share.running is not None]
    amount = sum((share.amount for share in shares), Decimal(0))
    return name, "", "", amount, sum(running, Decimal(0)) if running else None, None, None, ""
