"""Cost and financing by calendar year (Kosten- und Finanzierungsübersicht), by measure, by payer and in all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mcda.funding.costs import ZERO
from mcda.funding.records import MeasureMoney
from mcda.funding.years import MeasureYears, YearMoney, money_by_years
from mcda.locale import label, text
from mcda.report.exhibits.catalogue import gates_by_measure, in_language, title_of
from mcda.report.exhibits.payers import key_text
from mcda.report.exhibits.programmes import programme_text
from mcda.report.exhibits.ranked_list import Cell, Column, Kind, Listing
from mcda.result import Result
from mcda.study.model import Measure

YEARS_SHOWN = 6
"""So many years have a column each; what comes later is one column."""

ROUGH = ("rough", "")
"""Kinds of cost figure that are marked, because they may be far off."""

Row = tuple[Cell, ...]
Columns = tuple[tuple[str, Kind, int], ...]


FLOWS: tuple[tuple[str, Callable[[YearMoney], Decimal]], ...] = (
    ("cost", lambda y: y.cost),
    ("grant", lambda y: y.grant),
    ("co_payment", lambda y: y.co_payment),
    ("recoverable_vat", lambda y: y.recoverable_vat),
    ("own", lambda y: y.own_contribution),
)
"""What is paid in a year, and from which pockets."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the overview is about: measures in order, their years, and the calendar years with a column each.

    `outside` are measures that are excluded and thus paid by nobody, `unknown` those that state no cost, `unsplit`
    those whose own contribution nobody can split.
    """

    result: Result
    measures: tuple[str, ...]
    years: Mapping[str, MeasureYears]
    columns: tuple[int, ...]
    outside: tuple[str, ...]
    unknown: tuple[str, ...]
    unsplit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """A listing whose last row is the sum of those above it; without rows there is none."""

    listing: Listing

    @property
    def total(self) -> frozenset[int]:
        """The number of the row with the sums."""
        return frozenset({len(self.listing.rows) - 1}) if self.listing.rows else frozenset()


def plan(result: Result, measures: Sequence[str] = (), municipality: str = "") -> Plan:
    """Measures in rank order, mandatory tasks after them; with `measures` or `municipality` those it concerns."""
    gates = gates_by_measure(result)
    outside = tuple(name for name, found in gates.items() if not found[0].mandatory)
    mandatory = [name for name, found in gates.items() if found[0].mandatory]
    wanted = [
        name for name in (*(line.measure for line in result.ranking), *mandatory) if name in measures or not measures
    ]
    known = result.study.measure_by_id
    concerned = [name for name in wanted if not municipality or municipality in known[name].municipalities]
    found = money_by_years(result.study, {name: result.money[name] for name in concerned})
    listed = tuple(name for name in concerned if name in found)
    return Plan(
        result=result,
        measures=listed,
        years=found,
        columns=_columns(found.values()),
        outside=tuple(name for name in outside if not measures or name in measures),
        unknown=tuple(name for name in concerned if name not in found),
        unsplit=tuple(name for name in listed if result.money[name].share_issue),
    )


def has_grants(plan: Plan) -> bool:
    """Whether anything is said of grants: the study knows programmes, or somebody was awarded one."""
    return bool(plan.result.study.programmes) or any(plan.result.money[name].grant for name in plan.measures)


def financing_table(plan: Plan, language: str) -> Totals:
    """One row per measure: what it costs over its life, how sure that figure is, and who pays it."""
    granted = has_grants(plan)
    rows = [_financing(plan.result, name, language, granted) for name in plan.measures]
    columns: Columns = (
        ("id", "text", 9),
        ("title", "text", 40),
        ("lead", "text", 26),
        ("quality", "text", 16),
        ("cost", "cents", 16),
        ("eligible", "cents", 16),
        ("programme", "text", 40),
        ("grant", "cents", 16),
        ("others", "cents", 16),
        ("own", "cents", 16),
    )
    rows_and_sums = _summed(rows, 4, language, gaps=(6,), name=1)
    return Totals(_told(_listing("financing", columns, rows_and_sums, language)))


def years_table(plan: Plan, language: str, municipality: str = "") -> Totals:
    """One row per measure: the own contribution by year, or one municipality's part of it."""
    rows: list[Row] = [
        (name, _title(plan.result, name, language), *_by_columns(plan, plan.years[name].years, _own(municipality)))
        for name in plan.measures
        if not municipality or municipality in plan.result.money[name].shares
    ]
    named: Columns = (("id", "text", 9), ("title", "text", 44))
    return Totals(_yearly("years", named, _summed(rows, 2, language, name=1), plan, language))


def flows_table(plan: Plan, language: str) -> Listing:
    """All measures together by year: what is paid, and from which pockets."""
    every = [year for name in plan.measures for year in plan.years[name].years]
    rows: list[Row] = [
        (text(f"kofi.flow.{name}", language), *_by_columns(plan, every, amount)) for name, amount in FLOWS
    ]
    always = ("cost", "grant", "own") if has_grants(plan) else ("cost", "own")
    kept = [row for row, (name, _) in zip(rows, FLOWS, strict=True) if row[-1] or name in always]
    return _yearly("flows", (("flow", "text", 44),), kept, plan, language)


def flows_by_year(plan: Plan, language: str, municipality: str = "") -> Totals:
    """One row per calendar year: what is paid and from which pockets, all measures of the plan together.

    With `municipality` its share of the own contribution stands in a column of its own. Pockets nobody pays from are
    left out.
    """
    years: dict[int, list[YearMoney]] = {}
    for name in plan.measures:
        for one in plan.years[name].years:
            years.setdefault(one.year, []).append(one)
    parts = [(name, amount) for name, amount in FLOWS if name in ("cost", "own") or _any(years, amount)]
    if municipality:
        parts.append(("share", _own(municipality)))
    rows: list[Row] = [
        (str(year), *(sum((amount(one) for one in years[year]), ZERO) for _, amount in parts)) for year in sorted(years)
    ]
    columns = [Column("year", text("kofi.column.year", language), "text", 8)]
    columns += [Column(name, text(f"kofi.flow.{name}", language), "cents", 18) for name, _ in parts]
    listing = Listing(text("kofi.table.by_year", language), tuple(columns), tuple(_summed(rows, 1, language)))
    return Totals(listing)


def _any(years: Mapping[int, Sequence[YearMoney]], amount: Callable[[YearMoney], Decimal]) -> bool:
    return any(amount(one) for found in years.values() for one in found)


def payers_table(plan: Plan, language: str) -> Totals:
    """One row per municipality: its part of all own contributions by year; what nobody can split yet is its own row."""
    study = plan.result.study
    rows: list[Row] = []
    for home in study.municipalities:
        paid = [year for name in plan.measures for year in plan.years[name].years if home.id in year.shares]
        if paid:
            amounts = _by_columns(plan, paid, _own(home.id))
            rows.append((home.name, home.population, home.population_date, *amounts))
    open_ = [year for name in plan.unsplit for year in plan.years[name].years]
    if open_:
        rows.append((text("kofi.unsplit", language), None, None, *_by_columns(plan, open_, _own(""))))
    named: Columns = (("municipality", "text", 30), ("population", "number", 13), ("population_date", "day", 13))
    return Totals(_told(_yearly("payers", named, _summed(rows, 3, language), plan, language)))


def shares_table(plan: Plan, language: str, municipality: str = "") -> Totals:
    """One row per municipality and measure: what it pays in which year, by which key; for one, or for all of them."""
    study = plan.result.study
    rows: list[Row] = []
    for home in study.municipalities:
        if municipality not in ("", home.id):
            continue
        for name in plan.measures:
            if home.id in plan.result.money[name].shares:
                amounts = _by_columns(plan, plan.years[name].years, _own(home.id))
                key = key_text(plan.result, name, language)
                rows.append((home.name, name, _title(plan.result, name, language), key, *amounts))
    named: Columns = (("municipality", "text", 22), ("id", "text", 9), ("title", "text", 40), ("key", "text", 26))
    return Totals(_yearly("shares", named, _summed(rows, 4, language), plan, language))


def own_by_year(plan: Plan) -> tuple[tuple[int, Decimal], ...]:
    """The own contribution of all measures in each calendar year, without gaps."""
    found: dict[int, Decimal] = {}
    for name in plan.measures:
        for year in plan.years[name].years:
            found[year.year] = found.get(year.year, ZERO) + year.own_contribution
    return tuple(sorted(found.items()))


def remarks(plan: Plan, language: str, municipality: str = "") -> tuple[str, ...]:
    """What the figures assume and leave out, one sentence each; only what applies."""
    result, study = plan.result, plan.result.study

    def names(found: Iterable[str]) -> str:
        return ", ".join(found)

    said = [text("kofi.remark.even", language)] if plan.measures else []
    started = [name for name in plan.measures if plan.years[name].start_assumed]
    lasting = [name for name in plan.measures if plan.years[name].duration_assumed]
    rough = [name for name in plan.measures if study.measure_by_id[name].cost_quality in ROUGH]
    for key, found in (
        ("start", started),
        ("duration", lasting),
        ("rough", rough),
        ("unknown", plan.unknown if plan.measures else ()),
        ("outside", plan.outside),
    ):
        if found:
            year = study.study.as_of.year + 1
            said.append(text(f"kofi.remark.{key}", language, measures=names(found), year=str(year)))
    for issue in dict.fromkeys(result.money[name].share_issue for name in plan.unsplit):
        alike = names(name for name in plan.unsplit if result.money[name].share_issue == issue)
        said.append(
            text("kofi.remark.unsplit", language, measures=alike, reason=text(f"share_issue.{issue}", language))
        )
    if any(result.money[name].grant_high for name in plan.measures):
        said.append(text("kofi.remark.brackets", language))
    if study.study.discount_rate_pct and plan.measures:
        said.append(text("kofi.remark.nominal", language, rate=study.study.discount_rate_pct))
    if municipality or study.municipalities:
        keys = dict.fromkeys(key_text(result, name, language) for name in plan.measures if result.money[name].shares)
        if keys:
            said.append(text("kofi.remark.keys", language, keys="; ".join(keys)))
    return tuple(said)


def column_names(plan: Plan, language: str) -> tuple[str, ...]:
    """The headers of the years, of what is later where there is any, and of the sum."""
    shown = [str(year) for year in plan.columns]
    if _has_later(plan):
        shown.append(text("kofi.later", language, year=str(plan.columns[-1] + 1)))
    return (*shown, text("kofi.sum", language))


def _columns(found: Iterable[MeasureYears]) -> tuple[int, ...]:
    every = [year.year for one in found for year in one.years if year.cost]
    if not every:
        return ()
    return tuple(range(min(every), min(max(every), min(every) + YEARS_SHOWN - 1) + 1))


def _has_later(plan: Plan) -> bool:
    last = plan.columns[-1] if plan.columns else 0
    return any(year.year > last and year.cost for one in plan.years.values() for year in one.years)


def _by_columns(plan: Plan, years: Iterable[YearMoney], amount: Callable[[YearMoney], Decimal]) -> tuple[Decimal, ...]:
    """Amounts by the columns of the plan: each year, what is later where there is any, the sum."""
    found = dict.fromkeys(plan.columns, ZERO)
    later = ZERO
    for year in years:
        if year.year in found:
            found[year.year] += amount(year)
        else:
            later += amount(year)
    rest = (later,) if _has_later(plan) else ()
    return (*found.values(), *rest, sum(found.values(), later))


def _own(municipality: str) -> Callable[[YearMoney], Decimal]:
    if municipality:
        return lambda year: year.shares.get(municipality, ZERO)
    return lambda year: year.own_contribution


def _financing(result: Result, name: str, language: str, granted: bool) -> Row:
    measure, money = result.study.measure_by_id[name], result.money[name]
    return (
        name,
        title_of(measure, language),
        in_language(measure, "lead", language),
        quality_text(measure, language),
        money.life_cycle_gross,
        money.best.eligible_cost if money.best else None,
        programme_text(money, result.study, language),
        money.grant if granted else None,
        others_pay(money) or None,
        money.own_contribution,
    )


def others_pay(money: MeasureMoney) -> Decimal:
    """What neither grants nor municipalities pay: somebody outside, and VAT that comes back."""
    return money.co_payment + money.recoverable_vat


def quality_text(measure: Measure, language: str) -> str:
    """How sure the cost figure is, in words; a rough one carries a sign too."""
    said = label("ui.cost_quality", measure.cost_quality, language) if measure.cost_quality else ""
    return f"≈ {said}".strip() if said and measure.cost_quality in ROUGH else said


def _title(result: Result, name: str, language: str) -> str:
    return title_of(result.study.measure_by_id[name], language)


def _summed(rows: Sequence[Row], first: int, language: str, gaps: Sequence[int] = (), name: int = 0) -> list[Row]:
    """The rows with their sum below, from column `first` on; `gaps` are columns of words in between. That it is the
    sum is said in column `name`."""
    if not rows:
        return []
    sums: list[Cell] = [""] * first
    sums[name] = text("kofi.total", language)
    for at in range(first, len(rows[0])):
        amounts = (cell for cell in (row[at] for row in rows) if isinstance(cell, Decimal))
        sums.append("" if at in gaps else sum(amounts, ZERO))
    return [*rows, tuple(sums)]


def _told(listing: Listing) -> Listing:
    """The listing without columns that say nothing in any row above the sums."""
    body = listing.rows[:-1]
    kept = [at for at in range(len(listing.columns)) if any(row[at] not in (None, "") for row in body)]
    rows = tuple(tuple(row[at] for at in kept) for row in listing.rows)
    return Listing(listing.title, tuple(listing.columns[at] for at in kept), rows) if body else listing


def _listing(title: str, columns: Columns, rows: Sequence[Row], language: str) -> Listing:
    shown = (Column(key, text(f"kofi.column.{key}", language), kind, width) for key, kind, width in columns)
    return Listing(text(f"kofi.table.{title}", language), tuple(shown), tuple(rows))


def _yearly(title: str, named: Columns, rows: Sequence[Row], plan: Plan, language: str) -> Listing:
    shown = [Column(key, text(f"kofi.column.{key}", language), kind, width) for key, kind, width in named]
    amounts = [Column(f"y{at}", name, "cents", 15) for at, name in enumerate(column_names(plan, language))]
    return Listing(text(f"kofi.table.{title}", language), (*shown, *amounts), tuple(rows))
