"""Rules on measures and programmes: what excludes what it needs, who takes part, what a programme promises."""

from collections.abc import Iterator, Mapping

from mcda.errors import Issue, Param, Where
from mcda.study.model import Measure, Programme, Study
from mcda.study.rules_ids import RowOf

PER_HEAD = frozenset({"per_capita", "base_plus_per_capita", "mixed_50_50"})
"""Cost keys that count inhabitants."""

HUNDRED = 100


def exclusions(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Nothing excludes itself, what it builds on, or builds on two that exclude each other (through any number of
    steps). An exclusion named on one side holds for both: told in one note."""
    apart = {frozenset((m.id, other)) for m in study.measures for other in m.excludes}
    needs = {m.id: m.depends_on for m in study.measures}
    for index, m in enumerate(study.measures):
        where = Where("measures", row_of("measures", index), "excludes" if m.excludes else "depends_on")
        if m.id in m.excludes:
            yield Issue("excludes_itself", where=where, params={"value": m.id})
        together = sorted({m.id, *_needed(m.id, needs)}) if m.depends_on and apart else []
        clash = next(((a, b) for a in together for b in together if a < b and frozenset((a, b)) in apart), None)
        if clash is not None:
            params: dict[str, Param] = {"value": m.id, "a": clash[0], "b": clash[1]}
            yield Issue("excludes_what_it_needs", where=where, params=params)
    lists = {m.id: m.excludes for m in study.measures}
    pairs = tuple(f"{m} – {o}" for m, others in lists.items() for o in others if o in lists and m not in lists[o])
    if pairs:
        yield Issue("exclusion_one_sided", "note", Where("measures", column="excludes"), {"pairs": pairs})


def _needed(measure: str, needs: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    ahead = list(needs.get(measure, ()))
    while ahead:
        other = ahead.pop()
        if other not in found:
            found.add(other)
            ahead += needs.get(other, ())
    return found


def participants(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """In a study with municipalities every measure says who takes part: its ratings and its costs depend on it."""
    alone = tuple(m.id for m in study.measures if not m.municipalities)
    if alone and study.municipalities:
        where = Where("measures", column="municipalities")
        yield Issue("participants_missing", "warning", where, {"measures": alone})


def key_facts(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """The cost key's facts are there: inhabitants of every participant where it counts heads; pieces, benefit,
    base share or payer where it goes by them. Without them the costs of the measure are not split."""
    no_heads: dict[str, list[str]] = {}
    open_key: list[str] = []
    for m in study.measures:
        key = m.cost_key or study.study.cost_key
        members = [study.municipality_by_id[i] for i in m.municipalities if i in study.municipality_by_id]
        for member in members:
            if key in PER_HEAD and member.population is None:
                no_heads.setdefault(member.id, []).append(m.id)
        if members and _lacks(m, key):
            open_key.append(m.id)
    if no_heads:
        concerned = tuple(dict.fromkeys(m for ids in no_heads.values() for m in ids))
        params: dict[str, Param] = {"municipalities": tuple(no_heads), "measures": concerned}
        yield Issue("population_missing", "warning", Where("municipalities", column="population"), params)
    if open_key:
        where = Where("measures", column="cost_key")
        yield Issue("key_facts_missing", "warning", where, {"measures": tuple(open_key)})


def _lacks(measure: Measure, key: str) -> bool:
    """Whether the measure itself lacks what its cost key goes by."""
    if key in {"per_unit", "benefit"}:
        given = dict(measure.units if key == "per_unit" else measure.benefit_shares)
        return any(i not in given for i in measure.municipalities) or not any(given.values())
    if key == "base_plus_per_capita":
        return measure.base_share_pct is None
    return key == "single_payer" and not measure.payer and len(measure.municipalities) > 1


def programme_dates(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A programme ends after it begins, no minimum is above its maximum, and the raised rate is the higher one.
    Rate and least own share of more than 100 % together cannot both hold: one warning names the programmes."""
    for index, p in enumerate(study.programmes):
        for column, code, low, high in _reversed(p):
            params: dict[str, Param] = {"value": low, "other": high}
            yield Issue(code, where=Where("programmes", row_of("programmes", index), column), params=params)
    over = tuple(p.id for p in study.programmes if _promises(p) > HUNDRED)
    if over:
        yield Issue("rates_above_hundred", "warning", Where("programmes"), {"programmes": over})


def _reversed(p: Programme) -> Iterator[tuple[str, str, str, str]]:
    """(column, code, its value, the other value) of every pair in the wrong order."""
    for column in ("valid_to", "latest_project_end"):
        end = getattr(p, column)
        if p.valid_from and end and end < p.valid_from:
            yield column, "dates_reversed", end.isoformat(), p.valid_from.isoformat()
    pairs = (
        ("min_grant_eur", "max_grant_eur"),
        ("min_eligible_cost_eur", "max_eligible_cost_eur"),
        ("population_min", "population_max"),
    )
    for least, most in pairs:
        low, high = getattr(p, least), getattr(p, most)
        if low is not None and high is not None and high and low > high:
            yield least, "minimum_above_maximum", str(low), str(high)
    if p.rate_pct is not None and p.rate_raised_pct is not None and p.rate_raised_pct < p.rate_pct:
        yield "rate_raised_pct", "raised_rate_lower", str(p.rate_raised_pct), str(p.rate_pct)


def _promises(p: Programme) -> float:
    return float(max(p.rate_pct or 0, p.rate_raised_pct or 0)) + float(p.min_own_share_pct or 0)
