"""Rules on measures: what excludes what it needs, who takes part, who pays."""

from collections.abc import Iterator, Mapping

from mcda.errors import Issue, Param, Where, nearest
from mcda.study.model import Measure, Study
from mcda.study.rules_ids import RowOf

PER_HEAD = frozenset({"per_capita", "base_plus_per_capita", "mixed_50_50"})
"""Cost keys that count inhabitants."""

HUNDRED = 100

MIXABLE = ("equal", "per_capita", "per_unit", "benefit", "fixed", "base_plus_per_capita", "mixed_50_50")
"""Cost keys a mixed key may name."""


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
    if key == "fixed":
        return any(i not in dict(measure.fixed_shares_pct) for i in measure.municipalities if i not in measure.opt_outs)
    if key == "mixed":
        return not measure.key_mix_pct or any(_lacks(measure, name) for name, _ in measure.key_mix_pct)
    if key == "base_plus_per_capita":
        return measure.base_share_pct is None
    return key == "single_payer" and not measure.payer and len(measure.municipalities) > 1


def cost_keys(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Parts of a key add up to 100 and a mixed key names keys that exist; a co-payer bears a share or an amount, not
    both; who opts out or is limited takes part."""
    for index, m in enumerate(study.measures):
        for column, code, params in _key_faults(m):
            yield Issue(code, where=Where("measures", row_of("measures", index), column), params=params)


def _key_faults(m: Measure) -> Iterator[tuple[str, str, dict[str, Param]]]:
    for column, parts in (("key_mix_pct", m.key_mix_pct), ("fixed_shares_pct", m.fixed_shares_pct)):
        total = sum(part for _, part in parts)
        if parts and total != HUNDRED:
            yield column, "parts_not_hundred", {"value": f"{total.normalize():f}" if total else "0"}
    for name, _ in m.key_mix_pct:
        if name not in MIXABLE:
            yield "key_mix_pct", "not_a_choice", {"value": name, "allowed": MIXABLE, "nearest": nearest(name, MIXABLE)}
    if m.co_payer_pct is not None and m.co_payer_eur is not None:
        yield "co_payer_eur", "co_payer_twice", {"value": f"{m.co_payer_eur:f}", "other": f"{m.co_payer_pct:f}"}
    for column, ids in (("opt_outs", m.opt_outs), ("share_caps_eur", tuple(i for i, _ in m.share_caps_eur))):
        for name in ids:
            if m.municipalities and name not in m.municipalities:
                yield column, "not_a_participant", {"value": name, "allowed": m.municipalities}
