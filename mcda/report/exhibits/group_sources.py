"""Where a group's weights come from: how many answered and when, and where nobody did and the study's points hold."""

from collections.abc import Callable, Sequence
from datetime import date

from mcda.locale import text
from mcda.locale.formats import day
from mcda.report.exhibits.findings import criterion_name
from mcda.result import Source, Weights
from mcda.study.model import Study


def source_sentences(study: Study, joined: Weights, asked: Sequence[str], language: str) -> tuple[str, ...]:
    """What the weights of a group of these people rest on; a parent with one criterion needs no answer."""
    sources = [source for source in joined.sources if len(study.children[source.parent]) > 1]
    heard = {who for source in sources for who in source.people}
    last = max((source.answered_at for source in sources), default="")
    said = [text("group_page.source", language, count=len(heard), of=len(asked))]
    if len(last) >= len("2026-12-31"):
        said.append(text("group_page.source_last", language, day=day(date.fromisoformat(last[:10]), language)))
    partly = _under(study, sources, lambda source: 0 < len(source.people) < len(heard), language)
    silent = _under(study, sources, lambda source: not source.people, language)
    said += [text("group_page.source_partly", language, parents=partly)] if partly else []
    said += [text("group_page.source_silent", language, parents=silent)] if silent else []
    return tuple(said)


def _under(study: Study, sources: Sequence[Source], chosen: Callable[[Source], bool], language: str) -> str:
    """'Relevanz (4), Umsetzbarkeit (2)': the parents chosen, with how many answered where somebody did."""
    return ", ".join(
        criterion_name(study, source.parent, language) + (f" ({len(source.people)})" if source.people else "")
        for source in sources
        if chosen(source)
    )
