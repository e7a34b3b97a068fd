"""The best permitted set of programmes for one measure, found exactly by branch and bound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from mcda.funding.costs import CENT, HUNDRED, ZERO, cents
from mcda.funding.grants import Scope
from mcda.funding.records import Bundle, LeftOut, Part
from mcda.funding.rulebook import Rules
from mcda.funding.stacking import Pairing, gives_way, pairing
from mcda.study.model import Verdict


@dataclass(frozen=True, slots=True)
class Offer:
    """What one programme would pay alone and beside others, and what it looks at; `awarded` is already granted,
    `sure` what it pays at least where that is less than `alone`."""

    rules: Rules
    verdict: Verdict
    alone: Decimal
    combined: Decimal
    scope: Scope
    awarded: bool = False
    sure: Decimal | None = None

    @property
    def id(self) -> str:
        """The programme's id."""
        return self.rules.programme.id


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the sum of several grants: its name, whose rule it is, and the amount."""

    name: str
    programme: str
    amount: Decimal


def best_bundle(offers: Sequence[Offer], to_pay: Decimal, *, unsure: bool = False, with_id: str = "") -> Bundle:
    """The permitted set of offers that pays most in all; ties go to fewer programmes, then to larger grants.

    `to_pay` is the most anybody can get (EUR). Where nobody knows whether two may be combined, the general rule holds
    that they may not (several grants for one thing are excluded as a rule, domain reference 3.2); `unsure` lets them.
    `with_id`: the set must hold this programme. Awarded grants are facts and always in it. A subsidiary programme steps
    back where another one surely pays. Exact: every set is either looked at or cannot pay more than the best found.
    """
    if not offers:
        return Bundle()
    if len(offers) == 1 and not with_id:
        return _bundle(offers, to_pay)
    ranked = sorted(offers, key=lambda o: (not o.awarded and o.id != with_id, -o.alone))
    fixed = sum(1 for o in ranked if o.awarded or o.id == with_id)
    allowed = [[_allowed(a, b, offers, unsure) for b in ranked] for a in ranked]
    rest = [ZERO] * (len(ranked) + 1)
    for number in range(len(ranked) - 1, -1, -1):
        rest[number] = rest[number + 1] + ranked[number].alone
    most, last = _most(ranked, to_pay), len(ranked)
    best: tuple[Decimal, int] | None = None
    found: list[Offer] = []

    def look(number: int, chosen: list[int], paid: Decimal) -> None:
        nonlocal best, found
        if best is not None:
            reach = min((paid + rest[number], to_pay, *(most[i] for i in chosen)))
            if reach < best[0]:
                return
            fewer = -best[1] - 1 - len(chosen)  # only a smaller set can still be better
            if reach == best[0] and (fewer < 0 or paid + rest[number] - rest[min(number + fewer, last)] < best[0]):
                return
        if number == len(ranked):
            picked = [ranked[i] for i in chosen]
            key = total_of(picked, to_pay)[0], -len(picked)
            if best is None or key > best:
                best, found = key, picked
            return
        if number < fixed or all(allowed[number][i] for i in chosen):
            look(number + 1, [*chosen, number], paid + ranked[number].alone)
        if number >= fixed:
            look(number + 1, chosen, paid)

    look(0, [], ZERO)
    return _bundle(found, to_pay)


def _most(offers: Sequence[Offer], to_pay: Decimal) -> list[Decimal]:
    """The most a set can pay in all once it holds this offer: its limits at the widest scope."""
    once = max(o.scope.once_borne for o in offers)
    running = max(o.scope.running_borne for o in offers)
    sure = sum((o.alone for o in offers if o.awarded), ZERO)
    limits = [min((limit.amount for limit in _own_limits(o, once + running)), default=to_pay) for o in offers]
    return [max(limit, sure, o.alone) for limit, o in zip(limits, offers, strict=True)]


def total_of(offers: Sequence[Offer], to_pay: Decimal) -> tuple[Decimal, Limit | None]:
    """What a set of offers pays together, and the limit that cuts it (None where nothing does).

    No euro is paid for twice: investment and running cost, and the part inside a programme's area, each bring no more
    than they cost.
    """
    amounts = _amounts(offers)
    plain = sum((amount for _, amount in amounts), ZERO)
    sure = sum((o.alone for o in offers if o.awarded), ZERO)
    limits = [*_limits(offers), Limit("cost", "", min(to_pay, plain - sum(_paid_twice(amounts), ZERO)))]
    limit = min(limits, key=lambda one: one.amount)
    most = max(limit.amount, min(sure, to_pay))
    return (plain, None) if plain <= most else (most, limit)


def _paid_twice(amounts: Sequence[tuple[Offer, Decimal]]) -> tuple[Decimal, Decimal]:
    """How much of investment and of running cost would be paid for more than once.

    Of a programme that looks at more than another, the part that falls on the other's scope counts there too; scopes
    are taken to lie within each other, the narrower in the wider.
    """
    if len(amounts) < 2:
        return ZERO, ZERO
    once = [(o.scope.once_borne, _once(o, amount)) for o, amount in amounts]
    running = [(o.scope.running_borne, amount - _once(o, amount)) for o, amount in amounts]
    return _overlap(once), _overlap(running)


def _overlap(parts: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    found = ZERO
    for scope in {scope for scope, paid in parts if paid}:
        inside = sum((paid * min(scope / wider, Decimal(1)) for wider, paid in parts if wider), ZERO)
        found = max(found, inside - scope)
    return found.quantize(CENT, rounding=ROUND_UP)


def permitted(offers: Sequence[Offer], pool: Sequence[Offer], *, unsure: bool = False) -> bool:
    """Whether a set may stand together, given everything that could pay (`pool`)."""
    pairs = [(a, b) for n, a in enumerate(offers) for b in offers[n + 1 :]]
    alone = len(offers) != 1 or offers[0].awarded or not _steps_back(offers[0], pool)
    return alone and all(_allowed(a, b, pool, unsure) for a, b in pairs)


def left_out(offers: Sequence[Offer], bundle: Bundle, *, unsure: bool = False) -> tuple[LeftOut, ...]:
    """Why every paying offer outside the bundle is outside, in table order."""
    inside = [o for o in offers if o.id in bundle.programmes]
    return tuple(_why_out(o, offers, inside, unsure) for o in offers if o not in inside)


def standing(offers: Iterable[Offer]) -> list[Offer]:
    """The offers without those that step back because another one surely pays."""
    pool = list(offers)
    return [o for o in pool if o.awarded or not _steps_back(o, pool)]


def _why_out(out: Offer, offers: Sequence[Offer], inside: Sequence[Offer], unsure: bool) -> LeftOut:
    ahead = next((o for o in offers if o is not out and gives_way(out.rules, o.rules) and _surely_pays(o)), None)
    if ahead is not None and not out.awarded:
        return LeftOut(out.id, "subsidiary", ahead.id, out.alone)
    for other in inside:
        found = pairing(out.rules, other.rules)
        if not _may(found, unsure):
            return LeftOut(out.id, found.code, other.id, out.alone)
    return LeftOut(out.id, "no_more", alone=out.alone)


def _steps_back(one: Offer, pool: Sequence[Offer]) -> bool:
    return any(o is not one and _surely_pays(o) and gives_way(one.rules, o.rules) for o in pool)


def _surely_pays(offer: Offer) -> bool:
    return offer.verdict == "yes" and (offer.sure is None or offer.sure > 0)


def _allowed(a: Offer, b: Offer, pool: Sequence[Offer], unsure: bool) -> bool:
    if a is b:
        return True
    return _may(pairing(a.rules, b.rules), unsure) or (a.awarded and b.awarded)


def _may(found: Pairing, unsure: bool) -> bool:
    return found.permission == "yes" or (unsure and found.permission == "check")


def _amounts(offers: Sequence[Offer]) -> list[tuple[Offer, Decimal]]:
    several = len(offers) > 1
    return [(o, o.combined if several and not o.awarded else o.alone) for o in offers]


def _limits(offers: Sequence[Offer]) -> list[Limit]:
    """Least own share of the cost all of them look at together, and common limits of public money."""
    if len(offers) < 2:
        return []
    once = max(o.scope.once_borne for o in offers)
    running = max(o.scope.running_borne for o in offers)
    return [limit for o in offers for limit in _own_limits(o, once + running)]


def _own_limits(offer: Offer, borne: Decimal) -> list[Limit]:
    """What one programme's own rules allow in all: its least own share of what is to pay, its common limit."""
    programme = offer.rules.programme
    found: list[Limit] = []
    if programme.min_own_share_pct:
        open_part = borne * (HUNDRED - programme.min_own_share_pct) / HUNDRED
        found.append(Limit("own_share", offer.id, cents(open_part)))
    if programme.stacking == "capped":
        share = HUNDRED if programme.stacking_cap_pct is None else programme.stacking_cap_pct
        limit = max(cents(offer.scope.eligible * share / HUNDRED), offer.alone)
        found.append(Limit("common_limit", offer.id, limit))
    return found


def _bundle(offers: Sequence[Offer], to_pay: Decimal) -> Bundle:
    """The set as a record. What a limit cuts is taken from the programme whose limit it is, then from the smallest."""
    total, limit = total_of(offers, to_pay)
    amounts = _amounts(offers)
    owner = limit.programme if limit else ""
    order = sorted(amounts, key=lambda pair: (pair[0].awarded, pair[0].id != owner, pair[1]))
    twice_once, twice_running = _paid_twice(amounts)
    once = _cut({o.id: _once(o, amount) for o, amount in order}, twice_once)
    running = _cut({o.id: amount - _once(o, amount) for o, amount in order}, twice_running)
    excess = sum(once.values(), ZERO) + sum(running.values(), ZERO) - total
    running = _cut(running, excess)
    once = _cut(once, sum(once.values(), ZERO) + sum(running.values(), ZERO) - total)
    parts = [
        Part(o.id, o.verdict, once[o.id] + running[o.id], o.alone, once[o.id])
        for o in offers
        if once[o.id] + running[o.id] > 0
    ]
    open_pairs = any(
        pairing(a.rules, b.rules).permission == "check" for n, a in enumerate(offers) for b in offers[n + 1 :]
    )
    return Bundle(
        parts=tuple(sorted(parts, key=lambda part: -part.grant)),
        total=total,
        bound=limit.name if limit else "",
        bound_by=owner,
        to_check=open_pairs,
    )


def _cut(amounts: dict[str, Decimal], excess: Decimal) -> dict[str, Decimal]:
    """The amounts less what is too much, taken from the first ones."""
    left = dict(amounts)
    for name, amount in amounts.items():
        less = min(max(excess, ZERO), amount)
        left[name] = amount - less
        excess -= less
    return left


def _once(offer: Offer, amount: Decimal) -> Decimal:
    """The part of a grant that pays investment, in proportion to the eligible cost."""
    whole = offer.scope.once + offer.scope.running
    return cents(amount * offer.scope.once / whole) if whole else amount
