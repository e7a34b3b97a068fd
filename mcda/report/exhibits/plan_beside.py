"""Where plan and ranking disagree, and the reason: money, a need, a decision, or little cost for what it brings."""

from collections.abc import Mapping, Sequence

from mcda.locale import text
from mcda.locale.formats import fixed, money
from mcda.portfolio import Plan, Planned
from mcda.portfolio.left_out import LeftOut, left_out
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.listing import Cell, Listing
from mcda.report.exhibits.plan_lists import Columns, left_out_reason, listing
from mcda.report.exhibits.plan_words import out_reason
from mcda.report.exhibits.tier_names import tier_name
from mcda.result import Result

LATE = 3
"""From this tier on it is worth a reason that the plan holds a measure (own default)."""


def disagreement(result: Result, made: Plan, language: str, *, found: Sequence[LeftOut] = ()) -> Listing:
    """Measures of the first tier that are not in the plan, and those of late tiers that are, by rank, with the reason.

    The ranking weighs cost and grants as criteria; the plan weighs benefits alone within what the money allows (D2).
    """
    columns: Columns = (
        *(("rank", "whole", 7), ("tier", "text", 10), ("id", "text", 9), ("title", "text", 40)),
        *(("in_plan", "text", 14), ("reason", "text", 60)),
    )
    why = _reasons_against(result, made, found, language)
    inside = {one.measure: one for one in made.chosen}
    top = min((line.tier for line in result.ranking), default=1)
    rows: list[tuple[Cell, ...]] = []
    for line in result.ranking:
        chosen = inside.get(line.measure)
        if chosen is None and line.tier == top:
            state, reason = "outside", why.get(line.measure, "")
        elif chosen is not None and line.tier >= LATE:
            state, reason = "inside", _reason_for(chosen, made, result, language)
        else:
            continue
        title = title_line(result.study.measure_by_id[line.measure], language)
        tier, told = tier_name(line.tier, language), text(f"plan_list.{state}", language)
        rows.append((line.rank, tier, line.measure, title, told, reason))
    return listing("beside", columns, rows, language)


def disagreement_sentence(result: Result, made: Plan, language: str) -> str:
    """How many measures of the first tier the plan leaves out, and how many of the late ones it holds."""
    top = min((line.tier for line in result.ranking), default=1)
    inside = set(made.measures)
    first = [line.measure for line in result.ranking if line.tier == top]
    late = [line.measure for line in result.ranking if line.tier >= LATE and line.measure in inside]
    out = [name for name in first if name not in inside]
    counts = {"out": len(out), "first": len(first), "late": len(late)}
    key = "beside" if out or late else "beside_same"
    return text(f"plan_said.{key}", language, tier=tier_name(top, language), **counts)


def _reasons_against(result: Result, made: Plan, found: Sequence[LeftOut], language: str) -> Mapping[str, str]:
    told = found or left_out(result, made)
    reasons = {one.measure: left_out_reason(one, made, result.study, language) for one in told}
    return reasons | {one.measure: out_reason(one.code, language) for one in made.out}


def _reason_for(one: Planned, made: Plan, result: Result, language: str) -> str:
    """Why a measure far down the ranking is in the plan."""
    if one.fixed:
        return text("plan_why.fixed", language)
    needed = [name for name in made.measures if one.measure in result.study.measure_by_id[name].depends_on]
    if needed:
        return text("plan_why.needed", language, names=tuple(needed))
    amounts = {"value": fixed(one.value, language, 1), "own": money(one.own, language, cents=False)}
    return text("plan_why.worth", language, **amounts)
