"""Findings as sentences for people: criteria by their names, like findings told once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mcda.errors import Finding, Level, Param, Where
from mcda.locale import text
from mcda.result import Result
from mcda.study.model import Study

LEVELS: tuple[Level, ...] = ("error", "strong", "warning", "note")


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One sentence and how much it matters."""

    level: Level
    code: str
    sentence: str


def finding_lines(result: Result, language: str) -> tuple[FindingLine, ...]:
    """All findings of a result, weightiest first; the dominated measures and the criteria that hardly tell
    measures apart are one sentence each."""
    study = result.study
    lines = [
        FindingLine(f.level, f.code, finding_sentence(f, study, language))
        for f in result.findings
        if f.code != "dominated"
    ]
    dominated = [f for f in result.findings if f.code == "dominated"]
    if len(dominated) == 1:
        lines.append(FindingLine("note", "dominated", finding_sentence(dominated[0], study, language)))
    elif dominated:
        pairs = tuple(f"{f.params['measure']} ({f.params['by']})" for f in dominated)
        sentence = text("finding.dominated_list", language, count=str(len(pairs)), pairs=pairs)
        lines.append(FindingLine("note", "dominated", sentence))
    return tuple(sorted(lines, key=lambda line: LEVELS.index(line.level)))


def finding_sentence(finding: Finding, study: Study, language: str) -> str:
    """One finding, or one note on the study, as a sentence that calls criteria by name."""
    return replace(finding, where=Where(), params=_named(finding.params, study, language)).sentence(language)


def criterion_name(study: Study, criterion: str, language: str) -> str:
    """The name of a criterion in the reader's language; the whole tree for the empty id."""
    found = study.criterion_by_id.get(criterion)
    if found is None:
        return criterion or text("finding.top_level", language)
    return found.label_en if language == "en" and found.label_en else found.label_de


def _named(params: Mapping[str, Param], study: Study, language: str) -> dict[str, Param]:
    named = dict(params)
    for key in ("criterion", "parent"):
        if key in named:
            named[key] = criterion_name(study, str(named[key]), language)
    criteria = named.get("criteria")
    if isinstance(criteria, Sequence) and not isinstance(criteria, str):
        named["criteria"] = tuple(criterion_name(study, c, language) for c in criteria)
    return named
