"""Findings as sentences for people: criteria by their names, like findings told once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mcda.errors import Finding, Level, Param, Where
from mcda.locale import label, text
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
    """Ids as people know them: criteria and stakeholders by name, a single measure by its title, measures in a list
    by their ids, ways of counting votes in words."""
    people = {p.id: (p.label_en if language == "en" else "") or p.label_de for p in study.stakeholders}

    def named(value: Param) -> Param:
        if isinstance(value, tuple):
            return tuple(criterion_name(study, v, language) if v in study.criterion_by_id else v for v in value)
        if value in study.measure_by_id:
            measure = study.measure_by_id[str(value)]
            title = (measure.title_en if language == "en" else "") or measure.title
            return text("finding.measure", language, title=title)
        return criterion_name(study, str(value), language) if value in study.criterion_by_id else value

    said = {key: named(value) for key, value in params.items()}
    if "people" in params and isinstance(params["people"], tuple):
        said |= {"people": tuple(people.get(who, who) for who in params["people"])}
    if "key" in params:
        said |= {"key": label("voting_key", str(params["key"]), language)}
    return said | ({"parent": criterion_name(study, "", language)} if params.get("parent") == "" else {})
