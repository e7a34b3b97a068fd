"""The example's documents of every kind, in both languages: each made once, however many tests look at it."""

from functools import cache

from council_log import council_log
from example import ranked_example
from mcda.locale import LANGUAGES
from mcda.report import BUILDERS, Request, formats, report
from mcda.result import Result
from mcda.workshop.baseline import in_force
from mcda.workshop.fold import fold
from mcda.workshop.log_file import RoomLog
from portfolio_parts import over_five_years

POINTS = {"relevance": 30.0, "feasibility": 30.0, "cost": 20.0, "funding": 20.0}
SOME = ("DO-08", "KB-02", "MV-02")
"""The first place, the last without a programme, one with programmes and many shares: for sheets and dossiers."""

KINDS = tuple(BUILDERS)
LONG = ("list", "kofi", "dossier")
"""Kinds whose Word files take a while: tables of many rows are looked at in one language."""

IN_PDF = tuple((kind, language) for kind in KINDS for language in LANGUAGES)
IN_WORD = tuple((kind, language) for kind, language in IN_PDF if language == "de" or kind not in LONG)
IN_EXCEL = tuple((kind, language) for kind, language in IN_PDF if "xlsx" in formats(kind))


@cache
def example() -> Result:
    return ranked_example()


@cache
def evening() -> RoomLog:
    """A workshop on the example that agreed on weights and moved two measures."""
    order = [line.measure for line in example().ranking]
    decided = [(order[4], 1, "Die Förderfrist läuft ab."), (order[0], 3, "Personal erst ab Herbst.")]
    return council_log(example().study, decided, POINTS)


@cache
def decided() -> Result:
    """The example as it was evaluated when the workshop ended."""
    return in_force(evening().study, fold(evening().events))


def request_for(kind: str, language: str) -> Request:
    """What is asked of a kind: money of single measures told, the workshop where the kind is about one."""
    return Request(
        language=language,
        measures=SOME if kind in ("factsheets", "dossier") else (),
        municipality="ISM" if kind == "council" else "",
        public=False,
        room=evening() if kind == "protocol" else None,
        plan=over_five_years() if kind == "plan" else None,
    )


@cache
def made(kind: str, form: str, language: str = "de") -> bytes:
    result = decided() if kind == "protocol" else example()
    return report(result, kind, form, request_for(kind, language))
