"""The fact sheet as HTML: headings, tables and lists a screen reader and a printer can use. Texts are escaped."""

from collections.abc import Iterable
from html import escape

from mcda.locale import text
from mcda.report.exhibits.catalogue import description_of, in_language
from mcda.report.exhibits.fact_sheet import CriterionLine, Fact, FactSheet, ProgrammeLine, Voice

MARKS = {"yes": "✓", "check": "?", "no": "✗"}


def sheet_html(sheet: FactSheet, language: str) -> str:
    """The whole sheet in one piece of markup."""
    return (
        "<div class='rf-sheet'>"
        f"{_about(sheet, language)}"
        f"<div class='rf-grid'><section>{_section('position', facts_html(sheet.position), language)}"
        f"{_parts(sheet, language)}</section>"
        f"<section>{_section('money', facts_html(sheet.money, amounts=True), language)}"
        f"{_shares(sheet, language)}</section>"
        f"</div><div class='rf-grid'><section>{_section('ratings', _criteria(sheet, language), language)}</section>"
        f"<section>{_section('programmes', programmes_html(sheet.programmes, language), language)}</section>"
        "</div></div>"
    )


def verdict_html(verdict: str, language: str) -> str:
    """A verdict as sign, word and colour, so that none of them stands alone."""
    word = text(f"board.verdict.{verdict}", language)
    return f"<span class='rf-verdict rf-{verdict}'>{MARKS[verdict]} {escape(word)}</span>"


def _section(name: str, body: str, language: str) -> str:
    return f"<h2>{escape(text(f'ui.sheet.{name}', language))}</h2>{body}" if body else ""


def _about(sheet: FactSheet, language: str) -> str:
    measure = sheet.measure
    description = f"<p>{escape(description_of(measure, language))}</p>" if measure.description else ""
    facts = {name: in_language(measure, name, language) for name in ("lead", "partners", "source_kind")}
    facts["source"] = facts.pop("source_kind") or measure.source
    notes = " · ".join(text(f"ui.sheet.{name}", language, **{name: fact}) for name, fact in facts.items() if fact)
    verdict = f"<p>{verdict_html(sheet.verdict, language)}</p>"
    return f"{verdict}{description}{_texts(sheet.texts)}<p class='rf-note'>{escape(notes)}</p>"


def _texts(texts: Iterable[Fact]) -> str:
    """What the study says of the measure, sentences and steps as they were written, line by line."""
    rows = "".join(f"<tr><th scope='row'>{escape(fact.label)}</th><td>{escape(fact.value)}</td></tr>" for fact in texts)
    return f"<table class='rf-texts'><tbody>{rows}</tbody></table>" if rows else ""


def facts_html(facts: Iterable[Fact], *, amounts: bool = False) -> str:
    """Labelled values as a table; amounts stand right."""
    rows = "".join(
        f"<tr{' class=rf-strong' if fact.strong else ''}><th scope='row'>{escape(fact.label)}{_note(fact.note)}</th>"
        f"<td class='{'rf-value' if amounts else 'rf-text'}'>{escape(fact.value)}</td></tr>"
        for fact in facts
    )
    return f"<table><tbody>{rows}</tbody></table>" if rows else ""


def _note(note: str) -> str:
    return f"<span class='rf-note'>{escape(note)}</span>" if note else ""


def _parts(sheet: FactSheet, language: str) -> str:
    if not sheet.parts:
        return ""
    return f"<h3>{escape(text('ui.sheet.parts', language))}</h3>{facts_html(sheet.parts, amounts=True)}"


def _shares(sheet: FactSheet, language: str) -> str:
    heading = escape(text("ui.sheet.shares", language))
    return (
        f"<h3>{heading}</h3><p class='rf-note'>{escape(sheet.share_note)}</p>{facts_html(sheet.shares, amounts=True)}"
    )


def _criteria(sheet: FactSheet, language: str) -> str:
    return "".join(_criterion(line, language) for line in sheet.criteria)


def _criterion(line: CriterionLine, language: str) -> str:
    place = escape(text("ui.sheet.weighs", language, top=line.top, weight=line.weight))
    wording = f"<p>{escape(line.wording)}</p>" if line.wording else ""
    share = 0 if line.share is None else round(100 * line.share)
    bar = f"<span class='rf-bar' aria-hidden='true'><i style='width:{share}%'></i></span>"
    spread = f" · {escape(line.spread)}" if line.spread else ""
    return (
        f"<h3>{escape(line.label)}: {escape(line.value)}</h3><p>{_levels(line, language) or bar}</p>{wording}"
        f"<p class='rf-note'>{place}{spread}</p>{_voices(line.voices, language)}"
    )


def _levels(line: CriterionLine, language: str) -> str:
    boxes = "".join(
        f"<span class='rf-level{' rf-said' if count else ''}'>{escape(level)}<b>{count or '·'}</b></span>"
        for level, count in line.counts
    )
    said = ", ".join(f"{level}: {count}" for level, count in line.counts if count)
    alt = escape(text("ui.sheet.levels_alt", language, said=said), quote=True)
    return f"<span class='rf-levels' role='img' aria-label='{alt}'>{boxes}</span>" if boxes else ""


def _voices(voices: tuple[Voice, ...], language: str) -> str:
    reasons = "".join(
        f"<li>– {escape(voice.rater)} ({escape(voice.value)}): {escape(voice.reason)}</li>"
        for voice in voices
        if voice.reason
    )
    everyone = ", ".join(f"{voice.rater} {voice.value}" for voice in voices)
    summary = escape(text("ui.sheet.voices", language, count=len(voices)))
    who = f"<details><summary>{summary}</summary><p>{escape(everyone)}</p></details>" if voices else ""
    return (f"<ul>{reasons}</ul>" if reasons else "") + who


def programmes_html(lines: tuple[ProgrammeLine, ...], language: str) -> str:
    """Every programme with verdict, amount, all reasons and source; those nobody has in mind fold away."""
    candidates = "".join(_programme(line, language) for line in lines if line.candidate)
    others = [line for line in lines if not line.candidate]
    if not candidates:
        candidates = f"<p>{escape(text('ui.sheet.no_candidates', language))}</p>"
    if not others:
        return candidates
    summary = escape(text("ui.sheet.other_programmes", language, count=len(others)))
    rest = "".join(_programme(line, language) for line in others)
    return f"{candidates}<details><summary>{summary}</summary>{rest}</details>"


def _programme(line: ProgrammeLine, language: str) -> str:
    role = f" · {escape(line.role)}" if line.role else ""
    grant = escape(text("ui.sheet.grant_of", language, grant=line.grant))
    limit = f" ({escape(line.limit)})" if line.limit else ""
    computed = ""
    if line.finding:
        rules = escape(text("ui.sheet.computed", language)) + " " + verdict_html(line.computed, language)
        computed = f"<p><strong>{escape(line.finding)}</strong><br>{rules}</p>"
    reasons = "".join(f"<li>{MARKS[verdict]} {escape(reason)}</li>" for verdict, reason in line.reasons)
    return (
        f"<div class='rf-programme'><h3>{escape(line.name)}</h3><p>{verdict_html(line.verdict, language)}{role}</p>"
        f"<p>{grant}{limit}</p>{computed}<ul>{reasons}</ul>{_sources(line, language)}</div>"
    )


def _sources(line: ProgrammeLine, language: str) -> str:
    source = text("ui.sheet.programme_source", language, source=line.source, as_of=line.as_of) if line.source else ""
    unsure = text("ui.sheet.not_verified", language, facts=line.not_verified) if line.not_verified else ""
    return "".join(f"<span class='rf-note'>{escape(note)}</span>" for note in (source, unsure) if note)
