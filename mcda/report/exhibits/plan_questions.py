"""The answers about a plan as listings: what rules cost, what is near the line, what hangs on grants, the frontier,
what is always in, who gets and who bears."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from mcda.locale import text
from mcda.locale.formats import fixed, money, number, percent
from mcda.portfolio import (
    Fair,
    FairPlan,
    Flip,
    Frontier,
    GrantFails,
    Hanging,
    Inclusion,
    MoreMoney,
    Plan,
    Relaxation,
    RulePrice,
)
from mcda.portfolio.fairness import Measured
from mcda.portfolio.prices import changes
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.listing import Cell, Listing
from mcda.report.exhibits.plan_answers import Answers
from mcda.report.exhibits.plan_lists import Columns, filled, listing
from mcda.report.exhibits.plan_words import capital, measure_words, rule_words
from mcda.report.exhibits.programmes import programme_name
from mcda.result import Result
from mcda.study.model import Study

TIED = 1e-9
"""Figures this near are the same."""

MOVES: Columns = (("enters", "text", 30), ("leaves", "text", 30))


def answer_listings(result: Result, made: Plan, found: Answers, language: str) -> Iterator[tuple[str, Listing]]:
    """Every answer there is as a listing, each with its name, in the order of the questions."""
    study = result.study
    if found.prices:
        yield "prices", price_listing(found.prices, study, language)
    if found.more or found.step:
        yield "more", more_listing(found.more, found.step, language)
    if found.line:
        yield "line", line_listing(found.line, study, language)
    if found.failing:
        yield "failing", failing_listing(found.failing, study, language)
    if found.hanging:
        yield "hanging", hanging_listing(found.hanging, study, language)
    if found.frontier is not None:
        yield "frontier", frontier_listing(found.frontier, language)
    if found.core is not None:
        yield "core", core_listing(found.core, found.budgets, study, language)
    if found.fair:
        yield "fair", fair_listing(found.fair, study, language)


def answer_sentences(result: Result, made: Plan, found: Answers, language: str) -> dict[str, tuple[str, ...]]:
    """What goes with the listings, by their names: what was considered, what it comes to."""
    said: dict[str, tuple[str, ...]] = {}
    if found.frontier is not None and found.frontier.ratio:
        said["frontier"] = (ratio_sentence(found.frontier, language),)
    if found.core is not None:
        said["core"] = core_sentences(found.core, language)
    if found.fairest is not None:
        said["fair"] = fair_sentences(found.fairest, made, found.fair, result.study, language)
    return said


def price_listing(found: Sequence[RulePrice], study: Study, language: str) -> Listing:
    """What the plan would be worth without each rule, and what would change."""
    columns: Columns = (
        *(("rule", "text", 44), ("gain", "points", 12), ("own_more", "money", 14)),
        *(*MOVES, ("proven", "text", 20)),
    )
    rows = [
        (
            rule_words(o.key, study, language),
            o.gain,
            o.own_eur,
            *_moves(o.enters, o.leaves),
            _proven(o.proven, language),
        )
        for o in found
    ]
    return filled(listing("prices", columns, rows, language), ("rule", "gain"))


def more_listing(found: Sequence[MoreMoney], step: MoreMoney | None, language: str) -> Listing:
    """What more own money would buy, the smallest amount that buys anything among it."""
    columns: Columns = (("extra", "cents", 14), ("gain", "points", 12), *MOVES, ("proven", "text", 20))
    every = sorted((*found, *((step,) if step else ())), key=lambda one: one.extra_eur)
    rows = [(o.extra_eur, o.gain, *_moves(o.enters, o.leaves), _proven(o.proven, language)) for o in every]
    return filled(listing("more", columns, rows, language), ("extra", "gain"))


def line_listing(found: Sequence[Flip], study: Study, language: str) -> Listing:
    """The measures that could most easily have been decided the other way, and what that would cost."""
    columns: Columns = (("id", "text", 9), ("title", "text", 40), ("now", "text", 16), ("loss", "points", 12), *MOVES)
    rows = [
        (
            *(one.measure, title_line(study.measure_by_id[one.measure], language)),
            text(f"plan_list.{'inside' if one.inside else 'outside'}", language),
            *(one.loss, *_moves(one.enters, one.leaves)),
        )
        for one in found
    ]
    return listing("line", columns, rows, language)


def failing_listing(found: Sequence[GrantFails], study: Study, language: str) -> Listing:
    """Each programme taken away alone: what the plan loses, what falls out and what comes in."""
    columns: Columns = (
        *(("programme", "text", 40), ("grant", "money", 14), ("loss", "points", 12), ("own_more", "money", 14)),
        *(("falls_out", "text", 30), ("comes_in", "text", 30), ("note", "text", 24)),
    )
    rows = [
        (
            *(programme_name(study, one.programme, language), one.grant, one.loss, one.own_eur),
            *_moves(one.falls_out, one.comes_in),
            text("plan_list.no_plan", language) if one.loss is None else "",
        )
        for one in found
    ]
    return filled(listing("failing", columns, rows, language), ("programme", "grant", "loss"))


def hanging_listing(found: Sequence[Hanging], study: Study, language: str) -> Listing:
    """The measures that are in the plan only because somebody pays a grant for them."""
    columns: Columns = (
        *(("id", "text", 9), ("title", "text", 40), ("programmes", "text", 36), ("grant", "money", 14)),
        ("loss", "points", 12),
    )
    rows = [
        (
            *(one.measure, title_line(study.measure_by_id[one.measure], language)),
            " + ".join(programme_name(study, name, language) for name in one.programmes),
            *(one.grant, one.loss),
        )
        for one in found
    ]
    return listing("hanging", columns, rows, language)


def frontier_listing(found: Frontier, language: str) -> Listing:
    """The best that each amount of own money buys, and beside it what value per euro picks from the same amount."""
    columns: Columns = (
        *(("own", "money", 14), ("value", "points", 12), ("gap", "percent", 12), ("count", "whole", 10)),
        *(("ratio_value", "points", 14), ("ratio_loss", "percent", 12)),
    )
    rows: list[tuple[Cell, ...]] = []
    for point in found.points:
        ratio = max((one.value for one in found.ratio if one.budget_eur <= point.budget_eur), default=None)
        loss = None if ratio is None or point.value <= 0 else max(1.0 - ratio / point.value, 0.0)
        rows.append((point.own, point.value, point.gap, len(point.measures), ratio, loss))
    return filled(listing("frontier", columns, rows, language), ("own", "value", "count"))


def core_listing(found: Inclusion, budgets: Inclusion | None, study: Study, language: str) -> Listing:
    """In what share of the best plans each measure is, over weightings and over budgets; the surest first."""
    columns: Columns = (
        *(("id", "text", 9), ("title", "text", 40), ("core", "text", 16), ("share", "percent", 12)),
        *(("error", "percent", 12), ("budget_share", "percent", 14)),
    )
    names = sorted(found.shares, key=lambda name: -found.shares[name])
    rows = [
        (
            *(name, title_line(study.measure_by_id[name], language)),
            text(f"plan_list.core_{found.core(name)}", language),
            *(found.shares[name], found.errors.get(name), None if budgets is None else budgets.shares.get(name)),
        )
        for name in names
    ]
    return filled(listing("core", columns, rows, language), ("id", "title", "share"))


def fair_listing(found: Sequence[Fair], study: Study, language: str) -> Listing:
    """What each municipality gets of what it could get, per head and per own euro, and what it bears."""
    columns: Columns = (
        *(("municipality", "text", 26), ("value", "points", 12), ("potential_share", "percent", 14)),
        *(("per_1000_heads", "number", 14), ("own", "money", 14), ("per_head", "cents", 12)),
        ("per_10_000_eur", "number", 14),
    )
    rows = [
        (
            *(study.municipality_by_id[one.municipality].name, round(one.value, 6), one.share, one.per_1000_heads),
            *(one.own, None if one.own_per_head is None else round(one.own_per_head, 2), one.per_10_000_eur),
        )
        for one in found
    ]
    return filled(listing("fair", columns, rows, language), ("municipality", "value"))


def ratio_sentence(found: Frontier, language: str) -> str:
    """What taking the most value per euro first loses at worst."""
    return text("plan_said.ratio", language, percent=percent(found.largest_loss, language, 1))


def core_sentences(found: Inclusion, language: str) -> tuple[str, ...]:
    """How many measures are always in, depend, are never in, and what was considered."""
    kinds = [found.core(name) for name in found.shares]
    counts = {name: kinds.count(name) for name in ("always", "depends", "never")}
    said = [text("plan_said.core", language, **counts, plans=found.considered, distinct=found.distinct)]
    if found.unproven:
        said.append(text("plan_said.unproven", language, count=found.unproven))
    return tuple(said)


def fair_figure(one: Fair, by: Measured) -> float | None:
    """The figure a municipality is held against the others by."""
    return {"potential": one.share, "head": one.per_1000_heads, "own_euro": one.per_10_000_eur}[by]


def worst_off(now: Sequence[Fair], by: Measured, study: Study) -> tuple[str, ...]:
    """By name who has least; several where they have the same."""
    figures = [(one.municipality, fair_figure(one, by)) for one in now if one.potential > 0]
    known = [(who, figure) for who, figure in figures if figure is not None]
    least = min((figure for _, figure in known), default=0.0)
    return tuple(study.municipality_by_id[who].name for who, figure in known if figure <= least + TIED)


def fair_sentences(found: FairPlan, made: Plan, now: Sequence[Fair], study: Study, language: str) -> tuple[str, ...]:
    """Who gets least, what the fairest plan would give at least to everybody, what that costs, and what changes."""
    enters, leaves = changes(made, found.plan)
    share, who = found.by == "potential", worst_off(now, found.by, study)
    before, then = (
        percent(one, language, 1) if share else number(one, language, 2) for one in (found.before, found.floor)
    )
    price = fixed(found.price, language, 1)
    said = [text(f"plan_said.fair_{found.by}", language, who=who, now=before, then=then, price=price)]
    if enters or leaves:
        moved = {"enters": ", ".join(enters) or "–", "leaves": ", ".join(leaves) or "–"}
        said.append(text("plan_said.fair_changes", language, **moved))
    return (*said, text("plan_said.fair_choice", language))


def step_sentence(found: MoreMoney, study: Study, language: str) -> str:
    """'12.345 € mehr kaufen 3,4 Punkte: neu MV-04; dafür fällt WS-01 heraus.'"""
    amount = money(found.extra_eur.quantize(Decimal(1), rounding="ROUND_UP"), language, cents=False)
    moved = {
        "enters": ", ".join(measure_words(name, study, language) for name in found.enters) or "–",
        "leaves": ", ".join(measure_words(name, study, language) for name in found.leaves) or "–",
    }
    kind = "_instead" if found.leaves else "" if found.enters else "_earlier"
    key = f"plan_said.more{kind}"
    return text(key, language, amount=amount, gain=fixed(found.gain, language, 1), **moved)


def relaxation_sentence(one: Relaxation, study: Study, language: str) -> str:
    """The smallest change of one rule that lets a plan exist, as a sentence."""
    said = {"rule": capital(rule_words(one.key, study, language)), "needed": "", "limit": ""}
    if one.kind != "drop":
        said |= {"needed": _size(one.needed, one.unit, language), "limit": _size(one.limit, one.unit, language)}
    return text(f"plan_said.relax_{one.kind}", language, **said)


def relaxation_sentences(found: Sequence[Relaxation], study: Study, language: str) -> tuple[str, ...]:
    """All of them, with a line before that says whether one is enough or all are needed; empty for none."""
    if not found:
        return ()
    key = "relax_together" if any(one.together for one in found) else "relax_one" if len(found) > 1 else "relax_only"
    return (text(f"plan_said.{key}", language), *(relaxation_sentence(one, study, language) for one in found))


def _size(amount: float, unit: str, language: str) -> str:
    if unit == "eur":
        return money(amount, language, cents=not float(amount).is_integer())
    shown = number(amount, language, 2)
    return f"{shown} {text(f'plan_list.unit.{unit}', language, count=shown)}"


def _moves(enters: Iterable[str], leaves: Iterable[str]) -> tuple[str, str]:
    return ", ".join(enters), ", ".join(leaves)


def _proven(yes: bool, language: str) -> str:
    return "" if yes else text("plan_list.unproven", language)
