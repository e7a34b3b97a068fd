"""A plan as listings: what is done, what is left out and why, who pays when, which limits bind, what was missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mcda.locale import text
from mcda.portfolio import Plan, Planned
from mcda.portfolio.left_out import LeftOut, left_out
from mcda.portfolio.options import MONTHS
from mcda.report.exhibits.catalogue import theme_label, title_line
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing, picked
from mcda.report.exhibits.plan_words import out_reason, rule_words
from mcda.report.exhibits.programmes import programme_name
from mcda.result import Result
from mcda.study.model import Study

ZERO = Decimal(0)
Columns = tuple[tuple[str, Kind, int], ...]
UNITS = ("eur", "measures", "fte")


@dataclass(frozen=True, slots=True)
class Summed:
    """A listing and the keys of its columns that can be summed; `total` are the sums below it, none without rows."""

    listing: Listing
    sums: tuple[str, ...] = ()

    @property
    def total(self) -> tuple[Cell, ...]:
        """The row of sums: in every summed column the sum, in the others nothing."""
        columns = [column.key for column in self.listing.columns]
        return tuple(
            sum((Decimal(str(row[at] or 0)) for row in self.listing.rows), ZERO) if key in self.sums else None
            for at, key in enumerate(columns)
        )


def plan_listing(result: Result, made: Plan, language: str) -> Summed:
    """What to do: a row per measure, by start and then in catalogue order. Columns that say nothing are left out."""
    columns: Columns = (
        *(("id", "text", 9), ("title", "text", 40), ("theme", "text", 26), ("start", "year", 8), ("end", "year", 8)),
        *(("programmes", "text", 30), ("cost", "money", 13), ("grant", "money", 13), ("own", "money", 13)),
        *(("later", "money", 12), ("value", "points", 9), ("rank", "whole", 7), ("standing", "text", 14)),
    )
    ranks = {line.measure: line.rank for line in result.ranking}
    rows = [_planned(result, made, one, ranks.get(one.measure), language) for one in in_order(made)]
    said = listing("plan", columns, rows, language)
    if made.years:
        said = _headed(said, "own", text("plan_list.column.own_in_years", language))
    return Summed(filled(said, ("id", "title", "cost", "own", "value")), ("cost", "grant", "own", "value"))


def in_order(made: Plan) -> tuple[Planned, ...]:
    """What is chosen, by start and then in catalogue order."""
    return tuple(sorted(made.chosen, key=lambda one: one.start or 0))


def left_out_listing(result: Result, made: Plan, language: str, *, found: Sequence[LeftOut] = ()) -> Listing:
    """What could have been planned and is not, by rank, with what stands against adding it."""
    columns: Columns = (
        *(("id", "text", 9), ("title", "text", 40), ("rank", "whole", 7), ("value", "points", 9)),
        *(("own", "money", 13), ("reason", "text", 60)),
    )
    ranks = {line.measure: line.rank for line in result.ranking}
    told = sorted(found or left_out(result, made), key=lambda one: ranks.get(one.measure, len(ranks) + 1))
    rows = [
        (
            *(
                one.measure,
                _title(result.study, one.measure, language),
                ranks.get(one.measure),
                round(one.value, 6),
                one.own,
            ),
            left_out_reason(one, made, result.study, language),
        )
        for one in told
    ]
    return listing("left_out", columns, rows, language)


def left_out_reason(one: LeftOut, made: Plan, study: Study, language: str) -> str:
    """Why a measure is left out, as a phrase: what does not fit, what it needs, what it excludes."""
    if not one.keys:
        key = "no_value" if one.value <= 0 else "proven" if made.status == "optimal" else "unproven"
        return text(f"plan_why.{key}", language)
    if any(key.startswith("never.") for key in one.keys):
        return text("plan_why.never", language)
    plain = [_decision(key, one.measure, language) for key in one.keys if key.partition(".")[0] in DECISIONS]
    limits = [rule_words(key, study, language) for key in one.keys if key.partition(".")[0] not in DECISIONS]
    tight = [text("plan_why.limit", language, rules="; ".join(limits))] if limits else []
    return "; ".join((*plain, *tight))


DECISIONS = ("requires", "excludes", "start")
"""Rules that are no limits: reasons of their own."""


def _decision(key: str, measure: str, language: str) -> str:
    kind, *names = key.split(".")
    other = next((name for name in names if name != measure), "")
    return text(f"plan_why.{kind}", language, other=other)


def out_listing(result: Result, made: Plan, language: str) -> Listing:
    """What no plan can hold, with the reason."""
    columns: Columns = (("id", "text", 9), ("title", "text", 40), ("reason", "text", 60))
    rows = [(o.measure, _title(result.study, o.measure, language), out_reason(o.code, language)) for o in made.out]
    return listing("out", columns, rows, language)


def year_listing(made: Plan, language: str) -> Summed:
    """Own money by planned year: what starts, what is paid, what that adds up to, and the limit where there is one."""
    columns: Columns = (
        *(("year", "year", 8), ("starts", "text", 40), ("own", "money", 14), ("own_so_far", "money", 16)),
        *(("limit", "money", 14), ("left", "money", 14)),
    )
    uses = {use.key: use for use in made.uses}
    rows: list[tuple[Cell, ...]] = []
    so_far = ZERO
    for year in made.years:
        own = sum((one.own_by_year.get(year, ZERO) for one in made.chosen), ZERO)
        so_far += own
        use = uses.get(f"budget.{year}")
        starts = ", ".join(one.measure for one in made.chosen if one.start == year)
        limits = (_amount(use.limit), _amount(use.left)) if use else (None, None)
        rows.append((year, starts, own, so_far, *limits))
    return Summed(filled(listing("years", columns, rows, language), ("year", "own")), ("own",))


def municipality_listing(result: Result, made: Plan, language: str) -> Summed:
    """What falls on each municipality: of own money, per head, by year where years are planned, beside its limit.
    What nobody can split has a row of its own at the end."""
    years: Columns = tuple((f"y{year}", "money", 12) for year in made.years)
    columns: Columns = (
        *(("municipality", "text", 26), ("measures", "whole", 10), ("own", "money", 14), ("per_head", "cents", 12)),
        *years,
        *(("limit", "money", 14), ("left", "money", 14)),
    )
    uses = {use.key: use for use in made.uses}
    rows: list[tuple[Cell, ...]] = []
    for who in result.study.municipalities:
        own = sum((one.shares.get(who.id, ZERO) for one in made.chosen), ZERO)
        by_year = [
            sum((one.shares_by_year.get((who.id, year), ZERO) for one in made.chosen), ZERO) for year in made.years
        ]
        head = round(own / who.population, 2) if who.population else None
        use = uses.get(f"municipality.{who.id}")
        limits = (_amount(use.limit), _amount(use.left)) if use else (None, None)
        there = sum(who.id in result.study.measure_by_id[one.measure].municipalities for one in made.chosen)
        rows.append((who.name, there, own, head, *by_year, *limits))
    if open_ := [one for one in made.chosen if one.own and not one.shares]:
        by_year = [sum((one.own_by_year.get(year, ZERO) for one in open_), ZERO) for year in made.years]
        rows.append(
            (
                *(text("plan_list.unsplit", language), len(open_), sum((one.own for one in open_), ZERO), None),
                *by_year,
                *(None, None),
            )
        )
    said = filled(listing("municipalities", columns, rows, language), ("municipality", "own"))
    return Summed(said, ("own", *(key for key, _, _ in years)))


def grant_listing(result: Result, made: Plan, language: str) -> Summed:
    """The programmes that pay in the plan, the largest first: for what, how much, and how much of it is awarded."""
    columns: Columns = (
        *(("programme", "text", 44), ("paid_for", "text", 44), ("grant", "money", 14)),
        ("awarded", "money", 14),
    )
    awarded = {(row.measure, row.programme) for row in result.study.eligibility if row.awarded_eur is not None}
    paid: dict[str, list[tuple[str, Decimal]]] = {}
    for one in made.chosen:
        for name, amount in one.grants.items():
            paid.setdefault(name, []).append((one.measure, amount))
    rows = [
        (
            *(programme_name(result.study, name, language), ", ".join(measure for measure, _ in parts)),
            sum((amount for _, amount in parts), ZERO),
            sum((amount for measure, amount in parts if (measure, name) in awarded), ZERO) or None,
        )
        for name, parts in paid.items()
    ]
    rows.sort(key=lambda row: -Decimal(str(row[2])))
    said = filled(listing("grants", columns, rows, language), ("programme", "paid_for", "grant"))
    return Summed(said, ("grant", "awarded"))


def use_listing(made: Plan, study: Study, language: str) -> Listing:
    """How far every limit is used, in its own unit, and whether it binds: whether more of it would let anything in."""
    columns: Columns = (
        *(("rule", "text", 44), ("unit", "text", 14), ("used", "number", 16), ("limit", "number", 16)),
        *(("left", "number", 16), ("binding", "text", 12)),
    )
    rows = [
        (
            *(rule_words(use.key, study, language), text(f"plan_list.unit.{use.unit}", language)),
            *(use.used, use.limit, round(use.left, 4)),
            text("plan_list.binding", language) if use.binding else "",
        )
        for use in made.uses
    ]
    return listing("uses", columns, rows, language)


def missed_listing(made: Plan, study: Study, language: str) -> Listing:
    """Soft minimums that are not reached."""
    columns: Columns = (
        ("rule", "text", 44),
        ("wanted", "whole", 10),
        ("reached", "whole", 10),
        ("points", "points", 10),
    )
    rows = [(rule_words(m.key, study, language), m.wanted, m.reached, m.points) for m in made.missed]
    return listing("missed", columns, rows, language)


def listing(name: str, columns: Columns, rows: Sequence[tuple[Cell, ...]], language: str) -> Listing:
    """A table whose title and headers stand in the catalogue under `plan_list`; a column 'y2027' is that year."""
    heads = tuple(
        Column(key, key[1:] if key[1:].isdigit() else text(f"plan_list.column.{key}", language), kind, width)
        for key, kind, width in columns
    )
    return Listing(text(f"plan_list.title.{name}", language), heads, tuple(rows))


def last_year(study: Study, one: Planned) -> int | None:
    """The year in which a planned measure is built to the end; None without years."""
    if one.start is None:
        return None
    return one.start + -(-(study.measure_by_id[one.measure].duration_months or MONTHS) // MONTHS) - 1


def _planned(result: Result, made: Plan, one: Planned, rank: int | None, language: str) -> tuple[Cell, ...]:
    study = result.study
    mandatory = any(gate.mandatory and gate.measure == one.measure for gate in result.gated)
    standing = text(f"plan_list.{'mandatory' if mandatory else 'decided'}", language) if one.fixed else ""
    programmes = " + ".join(programme_name(study, name, language) for name in one.programmes)
    return (
        *(one.measure, _title(study, one.measure, language)),
        *(theme_label(study, study.measure_by_id[one.measure].theme, language), one.start, last_year(study, one)),
        *(programmes, one.cost, one.grant or None, one.own, one.later if made.years else None),
        *(round(one.value, 6), rank, standing),
    )


def _headed(found: Listing, key: str, header: str) -> Listing:
    columns = tuple(Column(c.key, header if c.key == key else c.header, c.kind, c.width) for c in found.columns)
    return Listing(found.title, columns, found.rows)


def filled(found: Listing, always: tuple[str, ...]) -> Listing:
    """The listing without columns in which no row says anything."""
    kept = (
        column.key
        for at, column in enumerate(found.columns)
        if column.key in always or any(row[at] not in (None, "") for row in found.rows)
    )
    return picked(found, tuple(kept))


def _title(study: Study, measure: str, language: str) -> str:
    return title_line(study.measure_by_id[measure], language)


def _amount(euros: float) -> Decimal:
    return Decimal(str(round(euros, 2)))
