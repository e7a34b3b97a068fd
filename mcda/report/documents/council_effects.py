"""What a decision would mean: money by year, staff, and what could be decided instead."""

from collections.abc import Iterator
from datetime import date

from mcda.funding.costs import ZERO
from mcda.locale import text
from mcda.locale.formats import day, number
from mcda.report.document import Bullets, Heading, Paragraph, Part, Table
from mcda.report.documents.council_scope import Scope
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.funding_overview import Deadline, deadlines
from mcda.report.exhibits.grants_counted import grants_counted
from mcda.report.exhibits.money_sums import cost_tellable, money_sum, rest_tellable, tellable, told_text
from mcda.report.exhibits.payer_sums import payer_table
from mcda.report.exhibits.payers import unsplit
from mcda.report.exhibits.programmes import programme_name
from mcda.report.exhibits.tier_sums import tier_table
from mcda.report.exhibits.upsets import upsets
from mcda.report.exhibits.year_shares import year_shares

NAMED = 6
"""So many measures or programmes are named in a sentence."""


def effects(scope: Scope) -> Iterator[Part]:
    """Money, staff and alternatives; each only where there is something to say."""
    if scope.first:
        yield from _money(scope)
        yield from _staff(scope)
        yield from _alternatives(scope)


def _money(scope: Scope) -> Iterator[Part]:
    if not scope.sums.measures:
        return
    yield Heading(scope.say("heading.money"))
    if not scope.told():
        yield Paragraph(text("annex.money_sealed", scope.language))
        return
    yield Paragraph(" ".join(_amounts(scope)))
    found = year_shares(scope.result, scope.first, scope.voice.municipality, scope.language, public=scope.public)
    yield Heading(scope.say("heading.years", called=scope.called), 2)
    yield Table(
        found.listing, " ".join(_assumed(scope, found.start_assumed, found.duration_assumed)), _last(found.listing.rows)
    )
    yield from _tiers(scope)
    yield from _payers(scope)
    if grants := _grants(scope):
        yield Paragraph(grants)


def _last(rows: tuple[object, ...]) -> frozenset[int]:
    return frozenset({len(rows) - 1}) if len(rows) > 1 else frozenset()


def _amounts(scope: Scope) -> Iterator[str]:
    """Cost, own contribution and share over the years, and how much more it could become."""
    sums, home = scope.sums, scope.voice.municipality

    def said(key: str) -> str:
        amount = {"cost": sums.cost, "own": sums.own, "share": sums.shares.get(home, ZERO)}[key]
        return told_text(amount, scope.language, public=scope.public)

    amounts = {key: said(key) for key in ("cost", "own", "share")}
    years = scope.result.study.study.horizon_years
    if scope.share_only():
        yield scope.say("money.share", called=scope.called, years=years, share=amounts["share"])
        yield from _rest_told(scope)
        return
    plain = cost_tellable(sums, public=scope.public)
    yield scope.say(f"money{'' if plain else '_own'}.{scope.voice.key}", called=scope.called, years=years, **amounts)
    if sums.unknown:
        yield text("annex.cost_unknown", scope.language, count=len(sums.unknown))
    open_ = [name for name in sums.measures if scope.result.money[name].grant_high > scope.result.money[name].grant_low]
    more = sums.grant - sums.grant_low
    if more and tellable(open_, public=scope.public):
        yield scope.say("money.more", amount=told_text(more, scope.language, public=scope.public))
    yield from _rest_told(scope)


def _rest_told(scope: Scope) -> Iterator[str]:
    waiting = [one for one in unsplit(scope.result, scope.language) if one.measure in scope.first]
    if waiting:
        yield scope.say("money.unsplit", count=len(waiting))
    if scope.public:
        yield text("sums.rounded", scope.language)


def _assumed(scope: Scope, starts: int, durations: int) -> Iterator[str]:
    info = scope.result.study.study
    yield scope.say("years.paid")
    if starts:
        yield scope.say("years.start_assumed", count=starts, year=str(info.as_of.year + 1))
    if durations:
        yield scope.say("years.duration_assumed", count=durations)
    if info.discount_rate_pct:
        yield scope.say("years.discounted")


def _tiers(scope: Scope) -> Iterator[Part]:
    """What else the council would have to expect, tier by tier."""
    home = scope.voice.municipality
    known = money_sum(scope.result, scope.mine).measures
    if not rest_tellable(scope.sums.measures, known, public=scope.public):
        return
    listing = tier_table(scope.result, scope.tiers, scope.language, public=scope.public, municipality=home)
    if len(listing.rows) > 1:
        yield Heading(scope.say("heading.tiers"), 2)
        yield Table(listing, totals=_last(listing.rows))


def _payers(scope: Scope) -> Iterator[Part]:
    """For the body of all: what falls on each municipality. A single council sees its own share alone."""
    if scope.voice.key != "alliance":
        return
    found = payer_table(
        scope.result, scope.first, scope.mine, scope.called, scope.language, public=scope.public, cents=True
    )
    if found.listing.rows:
        yield Heading(scope.say("heading.payers"), 2)
        yield Table(found.listing, totals=found.rows)


def _grants(scope: Scope) -> str:
    counted = grants_counted(scope.result, scope.first, scope.language)
    if not counted:
        return ""
    names = "; ".join(one.short for one in counted[:NAMED]) + ("; …" if len(counted) > NAMED else "")
    told = [scope.say("money.programmes", names=names)]
    if not any(one.awarded for one in counted):
        told.append(text("annex.nothing_awarded", scope.language))
    return " ".join(told)


def _staff(scope: Scope) -> Iterator[Part]:
    """Posts the measures need in all, and for how many nobody said."""
    stated = [scope.result.study.measure_by_id[name].staff_fte for name in scope.first]
    known = [posts for posts in stated if posts is not None]
    if not known:
        return
    said = [scope.say("staff.sum", posts=number(sum(known), scope.language), count=len(known))]
    if len(known) < len(stated):
        said.append(scope.say("staff.unknown", count=len(stated) - len(known)))
    if scope.voice.key == "one" and len(scope.result.study.municipalities) > 1:
        said.append(scope.say("staff.split"))
    yield Heading(scope.say("heading.staff"))
    yield Paragraph(" ".join(said))


def _alternatives(scope: Scope) -> Iterator[Part]:
    yield Heading(scope.say("heading.alternatives"))
    yield Bullets(tuple(_instead(scope)))


def _instead(scope: Scope) -> Iterator[str]:
    """Not taking part, only what is sure, another order, waiting: each with what it would mean."""
    nothing = scope.say(f"instead.nothing.{scope.voice.key}")
    lost = scope.say("instead.no_grants") if scope.sums.grant and scope.voice.key != "one" else ""
    yield f"{nothing} {lost}".rstrip()
    yield from _only_sure(scope)
    found = upsets(scope.result, scope.language, public=scope.public, people=False)
    if found:
        yield scope.say("instead.order", sentence=found[0])
    due = _next_deadline(scope)
    if due is None:
        yield scope.say("instead.wait" if scope.sums.grant_high else "instead.later")
        return
    measure, deadline = due
    yield scope.say(
        "instead.wait_until",
        day=day(deadline.day, scope.language),
        programme=programme_name(scope.result.study, deadline.programme, scope.language),
        title=title_of(scope.result.study.measure_by_id[measure], scope.language),
    )


def _only_sure(scope: Scope) -> Iterator[str]:
    labels = {} if scope.labels is None else scope.labels.by_measure()
    sure = [name for name in scope.first if name in labels and labels[name].label == "secure"]
    if not sure or len(sure) == len(scope.first):
        return
    names = "; ".join(title_of(scope.result.study.measure_by_id[name], scope.language) for name in sure[:NAMED])
    names += "; …" if len(sure) > NAMED else ""
    found, home = money_sum(scope.result, sure), scope.voice.municipality
    amount = found.shares.get(home, ZERO) if home else found.own
    told = bool(found.measures) and rest_tellable(found.measures, scope.sums.measures, public=scope.public)
    cost = (
        scope.say(f"instead.share.{scope.voice.key}", amount=told_text(amount, scope.language, public=scope.public))
        if told
        else ""
    )
    yield " ".join(filter(None, (scope.say("instead.sure", count=len(sure), names=names), cost)))


def _next_deadline(scope: Scope) -> tuple[str, Deadline] | None:
    """The first day to apply by, from the as-of date on, among the measures that come first."""
    today = date.fromisoformat(scope.result.provenance.as_of)
    ahead = [
        (name, due)
        for name in scope.first
        for due in deadlines(scope.result.money[name])
        if not due.opens and due.day >= today
    ]
    return min(ahead, key=lambda one: one[1].day, default=None)
