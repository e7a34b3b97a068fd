"""Which grant programmes are counted on: for how many measures, how much is sure, how much at most."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mcda.funding.costs import ZERO
from mcda.report.exhibits.programmes import programme_name
from mcda.result import Result

_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Counted:
    """One programme: for how many measures it is counted on, and what it brings in them (EUR): `sure` by the rules as
    they stand, `high` with what is still to be checked, `awarded` of it already granted. `short` is the name without
    what stands in brackets, mostly codes of directives, where no other programme here is called so."""

    programme: str
    name: str
    short: str
    measures: int
    sure: Decimal
    high: Decimal
    awarded: Decimal


def grants_counted(result: Result, measures: Iterable[str], language: str) -> tuple[Counted, ...]:
    """The programmes in the best permitted bundles of these measures, the highest amount first.

    `sure` adds up to the sum of the sure grants, `high` to that of the highest possible ones.
    """
    found: dict[str, tuple[set[str], list[Decimal]]] = {}
    for name in measures:
        money = result.money[name]
        awarded = {a.programme for a in money.assessments if a.bound == "awarded"}
        for place, bundle in enumerate((money.sure, money.possible or money.sure)):
            for part in bundle.parts if bundle and money.cost_known else ():
                of, amounts = found.setdefault(part.programme, (set(), [ZERO, ZERO, ZERO]))
                of.add(name)
                amounts[place] += part.grant
                amounts[2] += part.grant if place == 0 and part.programme in awarded else ZERO
    names = {name: programme_name(result.study, name, language) for name in found}
    short = _short_names(names)
    counted = [
        Counted(name, names[name], short[name], len(of), amounts[0], amounts[1], amounts[2])
        for name, (of, amounts) in found.items()
    ]
    return tuple(sorted(counted, key=lambda one: (-one.high, -one.sure, one.name)))


def _short_names(names: Mapping[str, str]) -> Mapping[str, str]:
    short = {key: _BRACKETS.sub("", name).strip() or name for key, name in names.items()}
    times = Counter(short.values())
    return {key: short[key] if times[short[key]] == 1 else name for key, name in names.items()}
