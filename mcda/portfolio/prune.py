"""Options that no plan needs: another one of the same measure and start costs nobody more and asks no pot for more."""

from dataclasses import replace
from decimal import Decimal

from mcda.portfolio.options import Offered, Option
from mcda.portfolio.rules import pots_of
from mcda.portfolio.task import PlanTask, ignored
from mcda.study.model import Study

ZERO = Decimal(0)


def pruned(study: Study, offer: Offered, task: PlanTask) -> Offered:
    """The offer without them. Ignored pots ask for nothing."""
    pots = tuple(name for name in pots_of(study, task) if not ignored(f"pot.{name}", task.ignore))
    kept: list[Option] = []
    alike: dict[tuple[str, int | None], list[Option]] = {}
    for option in offer.options:
        others = alike.setdefault((option.measure, option.start), [])
        if not any(_as_good(other, option, pots) for other in others):
            others.append(option)
    for option in offer.options:
        others = alike[option.measure, option.start]
        if option in others and not any(o is not option and _better(o, option, pots) for o in others):
            kept.append(option)
    return replace(offer, options=tuple(kept))


def _better(one: Option, other: Option, pots: tuple[str, ...]) -> bool:
    return _as_good(one, other, pots) and not _as_good(other, one, pots)


def _as_good(one: Option, other: Option, pots: tuple[str, ...]) -> bool:
    pairs = [
        (one.own, other.own),
        (one.whole, other.whole),
        *((amount, other.own_by_year.get(year, ZERO)) for year, amount in one.own_by_year.items()),
        *((amount, other.later_by_year.get(year, ZERO)) for year, amount in one.later_by_year.items()),
        *((amount, other.shares.get(who, ZERO)) for who, amount in one.shares.items()),
        *((amount, other.shares_by_year.get(key, ZERO)) for key, amount in one.shares_by_year.items()),
        *((one.choice.grants.get(name, ZERO), other.choice.grants.get(name, ZERO)) for name in pots),
    ]
    return all(mine <= theirs for mine, theirs in pairs)
