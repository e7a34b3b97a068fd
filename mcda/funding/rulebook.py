"""A programme with its child tables, gathered once per study, and the answers it has already given."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from mcda.funding.records import Reason
from mcda.study.model import Programme, ProgrammeCall, ProgrammeCap, ProgrammeRate, Study

Answers = dict[int, "Reason | None"]


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """One programme: its row, its rates, bonuses and loans, its caps and calls.

    `state_money`: the programme spends money of the Land. `answers` remembers what a gate said to a facet on the day
    the rules are asked for, so that a thousand measures of one kind ask once.
    """

    programme: Programme
    rates: tuple[ProgrammeRate, ...] = ()
    bonuses: tuple[ProgrammeRate, ...] = ()
    loans: tuple[ProgrammeRate, ...] = ()
    caps: tuple[ProgrammeCap, ...] = ()
    calls: tuple[ProgrammeCall, ...] = ()
    state_money: bool = False
    answers: tuple[Answers, ...] = field(default_factory=lambda: tuple({} for _ in range(16)), repr=False)


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
        )
        for p in study.programmes
        if p.id not in left_out
    )


def is_state_money(programme: Programme) -> bool:
    """Whether the Free State or another Land pays, alone or with others ('Land', 'Land+Bund', 'state')."""
    words = programme.level.replace("+", " ").replace(",", " ").replace(";", " ").casefold().split()
    return not {"land", "freistaat", "state"}.isdisjoint(words)
