"""The draft resolution (Beschlussvorschlag): a council decides for its own municipality and its own share alone."""

from collections.abc import Iterator
from datetime import date

from mcda.funding.costs import ZERO
from mcda.locale.formats import day
from mcda.report.document import Bullets, Heading, Paragraph, Part
from mcda.report.documents.council_scope import Scope
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.decided_order import decided_places, decisions_of
from mcda.report.exhibits.money_sums import told_text

NAMED = 6
"""So many measures are named in a sentence."""


def resolution(scope: Scope) -> Iterator[Part]:
    """What the council takes note of, then numbered what it decides; the body of all recommends it to the councils."""
    key = scope.voice.key
    as_of = day(date.fromisoformat(scope.result.provenance.as_of), scope.language)
    yield Heading(scope.say("heading.resolution"))
    if not scope.first:
        yield Paragraph(scope.say("resolve.noted", as_of=as_of), "resolution")
        return
    yield Paragraph(scope.say(f"resolve.{key}", as_of=as_of), "resolution")
    yield Bullets(tuple(_items(scope)), numbered=True)


def _items(scope: Scope) -> Iterator[str]:
    key, count = scope.voice.key, len(scope.first)
    yield scope.say(f"item.begin.{key}", count=count, called=scope.called)
    if count > 1:
        yield from _order(scope)
    if scope.sums.measures:
        yield _money(scope)
    if scope.sums.grant_high:
        yield scope.say(f"item.grants.{key}")
    if len(scope.mine) > count:
        yield scope.say("item.others")
    yield scope.say("item.report")


def _order(scope: Scope) -> Iterator[str]:
    """The order in which they begin, where one was decided."""
    places = decided_places(scope.result, decisions_of(scope.result, scope.room))
    order = sorted((name for name in scope.first if name in places), key=lambda name: places[name])
    if not order:
        return
    known, rest = scope.result.study.measure_by_id, len(order) - NAMED
    named = "; ".join(
        scope.say("place", place=str(places[name]), title=title_line(known[name], scope.language))
        for name in order[:NAMED]
    )
    yield scope.say("item.order_more", names=named, count=rest) if rest > 0 else scope.say("item.order", names=named)


def _money(scope: Scope) -> str:
    """The council's own share, or all of it where no municipality is asked; nothing the public may not know."""
    key = scope.voice.key
    if key == "one" and scope.sums.unsplit and not scope.sums.shares:
        return scope.say("item.share_open")
    if not scope.told():
        return scope.say("item.sealed")
    home = scope.voice.municipality
    amount = scope.sums.shares.get(home, ZERO) if home else scope.sums.own
    return scope.say(f"item.share.{key}", amount=told_text(amount, scope.language, public=scope.public))
