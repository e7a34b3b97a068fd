"""What has to be known beside the tables of scenarios: lists of different length, what regret leaves out."""

from collections.abc import Iterator, Mapping
from typing import Any

from mcda.batch.compare import regret_coverage
from mcda.locale import text
from mcda.report.exhibits.compare_lists import Compared, has_scenarios
from mcda.report.exhibits.setting import method_name


def compare_notes(found: Compared, language: str) -> Mapping[str, tuple[str, ...]]:
    """By the name of its listing what is said beside it; nothing where nothing has to be said."""
    if not has_scenarios(found):
        return {}
    told = {"ranges": tuple(_lengths(found, language)), "regrets": tuple(_left_out(found, language))}
    return {name: notes for name, notes in told.items() if notes}


def _lengths(found: Compared, language: str) -> Iterator[str]:
    """Per study between how many measures there are in a scenario, where that differs."""
    counts = found.batch.ranking.groupby(["study", "scenario"], sort=False).size()
    for study, of_study in counts.groupby("study", sort=False):
        least, most = int(of_study.min()), int(of_study.max())
        if least < most:
            yield _of(found, str(study), text("compare.lengths_differ", language, least=least, most=most))


def _left_out(found: Compared, language: str) -> Iterator[str]:
    """Per study how many scenarios and measures have no regret, and why."""
    rows: Any = regret_coverage(found.batch).to_dict("records")
    for row in rows:
        said = []
        if others := row["other_methods"]:
            method = method_name(row["method"], language)
            said.append(text("compare.other_methods", language, count=others, method=method))
        if missing := row["not_everywhere"]:
            said.append(text("compare.not_everywhere", language, count=missing, of=row["measures"]))
        if said:
            yield _of(found, row.get("study", ""), " ".join(said))


def _of(found: Compared, study: str, sentence: str) -> str:
    """The sentence, with the study it is about where there are several."""
    return f"{study}: {sentence}" if len(found.studies) > 1 else sentence
