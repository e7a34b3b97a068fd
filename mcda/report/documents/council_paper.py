"""The council paper (Beschlussvorlage): the facts, what is to be decided, what it costs, what else is possible."""

from collections.abc import Iterator
from datetime import date

from mcda.locale import text
from mcda.locale.formats import day
from mcda.report.document import Beside, Blank, Bullets, Document, Facts, Heading, Paragraph, Part
from mcda.report.documents.confidential import marked, names_amounts
from mcda.report.documents.council_effects import effects
from mcda.report.documents.council_facts import facts
from mcda.report.documents.council_resolution import resolution
from mcda.report.documents.council_scope import Scope, scope_of
from mcda.report.documents.frame import framed
from mcda.report.exhibits.fact_sheet import Fact
from mcda.report.exhibits.money_sums import paid_measures
from mcda.report.exhibits.plan_short import plan_short
from mcda.report.exhibits.ranked_list import study_title
from mcda.report.request import Request
from mcda.result import Result


def build(result: Result, request: Request) -> Document:
    """One paper for the council of `request.municipality`, or without one for the body of all of them.

    In public it tells sums over several measures only; else also each measure's cost and grants, and is marked so.
    Raises InputError for a municipality the study does not hold.
    """
    scope = scope_of(result, request)
    decided = (*facts(scope), *resolution(scope), *effects(scope), *_plan(scope))
    parts = (*_head(scope), *decided, *_annexes(scope), *_signatures(scope))
    document = framed(scope.result, "council", parts, scope.language, subtitle=scope.say(f"subtitle.{scope.voice.key}"))
    return marked(document, scope.language, public=scope.public)


def _head(scope: Scope) -> Iterator[Part]:
    """Whose council, which part of the sitting, what about; day and number to be filled in."""
    title = study_title(scope.result, scope.language)
    rows = {
        "body": scope.say(f"of_body.{scope.voice.key}"),
        "part": scope.say("public" if scope.public else "not_public"),
        "subject": scope.say("subject", title=title) if scope.first else scope.say("subject_noted", title=title),
        "as_of": day(date.fromisoformat(scope.result.provenance.as_of), scope.language),
    }
    yield Facts(
        tuple(Fact(scope.say(f"head.{name}"), value) for name, value in rows.items()), scope.say("head.caption")
    )
    yield Beside((Blank(scope.say("blank.day")),), (Blank(scope.say("blank.number")),))


def _plan(scope: Scope) -> Iterator[Part]:
    """What was worked out to be done together, where it was, in a few sentences."""
    if scope.plan is not None:
        yield Heading(text("document.title.plan", scope.language))
        yield Paragraph(plan_short(scope.result, scope.plan, scope.language, public=scope.public))


def _annexes(scope: Scope) -> Iterator[Part]:
    """What is attached; what names the money of single measures belongs to the part that is not public."""
    priced = names_amounts(scope.result, paid_measures(scope.result))
    names = ["annex", "list", *(["kofi"] if priced else []), *(["plan"] if scope.plan else []), "factsheets"]
    names += ["protocol"] if scope.room else []
    sealed = scope.say("sealed_annex") if priced and scope.public else ""
    yield Heading(scope.say("heading.annexes"))
    yield Bullets(
        tuple(
            f"{text(f'document.title.{name}', scope.language)} {sealed if name in SEALED else ''}".rstrip()
            if name != "annex"
            else scope.say("annex" if priced else "annex_free")
            for name in names
        ),
        numbered=True,
    )


SEALED = ("list", "kofi", "plan", "factsheets")
"""Documents that tell the money of single measures."""


def _signatures(scope: Scope) -> Iterator[Part]:
    yield Heading(scope.say("heading.vote"))
    yield Beside((Blank(scope.say("blank.yes")),), (Blank(scope.say("blank.no")),))
    yield Blank(scope.say("blank.involved"))
    yield Heading(scope.say("heading.signatures"))
    yield Beside((Blank(scope.say("blank.place")),), (Blank(scope.say(f"blank.signature.{scope.voice.key}")),))
