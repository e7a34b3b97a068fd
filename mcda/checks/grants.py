"""Checks of the grants a plan counts on (V29): pots too small, awards above the rules, money not yet granted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from mcda.errors import Finding, Param, Where
from mcda.funding.records import MeasureMoney
from mcda.study.model import Study

UNAPPROVED = 0.5
"""From this share of grants that nobody has approved yet, the plan is told to hang on them (a product default)."""

ZERO = Decimal(0)


def grants_at_risk(study: Study, money: Mapping[str, MeasureMoney]) -> Iterator[Finding]:
    """What a council should know of the grants behind the figures, one finding per kind."""
    yield from _pots(study, money)
    yield from _awards(study, money)
    yield from _unapproved(study, money)


def _pots(study: Study, money: Mapping[str, MeasureMoney]) -> Iterator[Finding]:
    """All that measures may get from a programme is more than it has to give."""
    asked: dict[str, Decimal] = defaultdict(Decimal)
    for found in money.values():
        bundle = found.possible or found.sure
        for part in bundle.parts if bundle else ():
            asked[part.programme] += part.grant
    for p in study.programmes:
        if p.pot_eur is not None and asked[p.id] > p.pot_eur:
            params: dict[str, Param] = {"programme": p.id, "asked_eur": float(asked[p.id]), "pot_eur": float(p.pot_eur)}
            yield Finding("pot_exceeded", "warning", Where("programmes", column="pot_eur"), params)


def _awards(study: Study, money: Mapping[str, MeasureMoney]) -> Iterator[Finding]:
    """Awarded grants that leave less than a programme's least own share: the figures or the rules are wrong."""
    over: list[str] = []
    for name, found in money.items():
        awarded = [a for a in found.assessments if a.bound == "awarded"]
        floor = max((study.programme_by_id[a.programme].min_own_share_pct or ZERO for a in awarded), default=ZERO)
        to_pay = found.life_cycle_gross - found.recoverable_vat
        if awarded and sum((a.grant_high for a in awarded), ZERO) > to_pay * (100 - floor) / 100:
            over.append(name)
    if over:
        where = Where("eligibility", column="awarded_eur")
        yield Finding("awarded_above_own_share", "warning", where, {"measures": tuple(over)})


def _unapproved(study: Study, money: Mapping[str, MeasureMoney]) -> Iterator[Finding]:
    """Much of the money counted is not granted yet: which programme carries most of it, and how many measures."""
    by_programme: dict[str, Decimal] = defaultdict(Decimal)
    granted = ZERO
    for found in money.values():
        awarded = {a.programme for a in found.assessments if a.bound == "awarded"}
        bundle = found.sure or found.possible
        for part in bundle.parts if bundle else ():
            if part.programme in awarded:
                granted += part.grant
            else:
                by_programme[part.programme] += part.grant
    waiting = sum(by_programme.values(), ZERO)
    if not waiting or float(waiting / (waiting + granted)) < UNAPPROVED:
        return
    largest = max(by_programme, key=lambda name: by_programme[name])
    params: dict[str, Param] = {
        "percent": round(100 * float(waiting / (waiting + granted))),
        "programme": largest,
        "share": round(100 * float(by_programme[largest] / waiting)),
    }
    yield Finding("grants_unapproved", "note", Where("eligibility"), params)
