"""A programme with its child tables, gathered once per study, and the answers it has already given."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mcda.funding.records import Reason
from mcda.study.model import Municipality, Programme, ProgrammeCall, ProgrammeCap, ProgrammeRate, Study


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """One programme: its row, its rates, bonuses and loans, its caps and calls.

    `state_money`: the programme spends money of the Land; `invests`: it pays for investment, not for operation alone;
    `limited`: only some participants may fall under it (area, population); `least`: it has a smallest cost or grant.
    `rate_answers`, `notes` and `insiders` remember rates, remarks and participants inside the area for measures of the
    same kind.
    """

    programme: Programme
    rates: tuple[ProgrammeRate, ...] = ()
    bonuses: tuple[ProgrammeRate, ...] = ()
    loans: tuple[ProgrammeRate, ...] = ()
    caps: tuple[ProgrammeCap, ...] = ()
    calls: tuple[ProgrammeCall, ...] = ()
    state_money: bool = False
    invests: bool = True
    limited: bool = False
    least: bool = False
    rate_answers: dict[tuple[int, int, int], tuple[Any, tuple[Reason, ...]]] = field(default_factory=dict, repr=False)
    notes: dict[str, tuple[Reason, ...]] = field(default_factory=dict, repr=False)
    insiders: dict[int, tuple[Municipality, ...]] = field(default_factory=dict, repr=False)


def rules_of(study: Study, without: Iterable[str] = ()) -> tuple[Rules, ...]:
    """The rules of every programme of the study but those left out ('*': all), in table order."""
    left_out = frozenset(without)
    if "*" in left_out:
        return ()
    rates, caps, calls = defaultdict(list), defaultdict(list), defaultdict(list)
    for rate in study.programme_rates:
        rates[rate.programme, rate.rate_kind].append(rate)
    for cap in study.programme_caps:
        caps[cap.programme].append(cap)
    for call in study.programme_calls:
        calls[call.programme].append(call)
    return tuple(
        Rules(
            programme=p,
            rates=tuple(rates[p.id, "rate"]),
            bonuses=tuple(rates[p.id, "bonus"]),
            loans=tuple(rates[p.id, "loan"]),
            caps=tuple(caps[p.id]),
            calls=tuple(calls[p.id]),
            state_money=is_state_money(p),
            invests=takes_investment(p),
            least=p.min_eligible_cost_eur is not None or p.min_grant_eur is not None,
            limited=bool(p.area) or p.population_min is not None or p.population_max is not None,
        )
        for p in study.programmes
        if p.id not in left_out
    )


def is_state_money(programme: Programme) -> bool:
    """Whether the Free State or another Land pays, alone or with others ('Land', 'Land+Bund', 'state')."""
    words = programme.level.replace("+", " ").replace(",", " ").replace(";", " ").casefold().split()
    return not {"land", "freistaat", "state"}.isdisjoint(words)


RUNNING_KINDS = frozenset({"operation", "operating", "operating_deficit", "maintenance"})
"""Kinds of cost that arise every year; everything else is investment."""

INVESTMENT_KINDS = frozenset({"investment", "capex"})
"""Words for investment as a whole, in a programme's eligible or excluded costs."""


def takes_investment(programme: Programme) -> bool:
    """Whether the programme pays for investment at all, not for operation alone."""
    eligible = set(programme.eligible_costs)
    return not INVESTMENT_KINDS & set(programme.excluded_costs) and not (eligible and eligible <= RUNNING_KINDS)
