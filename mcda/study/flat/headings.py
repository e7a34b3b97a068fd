"""What a header says a column is: words of planners' lists in German and English, units, scales."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Literal

from mcda.study.flat.spelling import bare, fold

HEADINGS: tuple[tuple[str, str], ...] = (
    ("rank", r"^(rang\w*|ranking|platz\w*|rank|reihenfolge|reihung)\b"),
    (
        "result",
        r"^((gesamt|summe|gesamtsumme|total|sum|mittelwert|durchschnitt|average|score|ergebnis|nutzwert|punkte|"
        r"punktzahl|gesamtpunkt\w*|gesamtbewertung|gesamtwertung|gesamtscore|gesamtnote|gesamtwert)"
        r"( der)?( punkt\w*| bewertung\w*| score| points| wertung\w*)?|(total|overall) (score|points|rating))$",
    ),
    (
        "id",
        r"^((lfd|laufende)? ?(nr|no|nummer)|id|kennung|kuerzel|code|lfdnr|"
        r"(massnahmen?|projekt|vorhaben|m|p|measure|project) ?(nr|nummer|id|kuerzel|no|number|code))$",
    ),
    ("grade", r"^(schul)?noten?$|^grade$"),
    (
        "opex",
        r"laufende? ?(kosten|aufwend\w*|ausgaben|r aufwand)|^laufend$|folgekosten|betriebskosten|unterhalt|"
        r"jaehrlich|jahreskosten|\bp a\b|(pro|je) jahr|per year|annual|running|opex|operating",
    ),
    ("funding_rate", r"foerder(quote|satz|anteil)|zuschuss(quote|satz|anteil)|(funding|grant) (rate|share|quota)"),
    ("grant", r"zuschuss|zuwendung|foerder(summe|mittel|betrag|hoehe|volumen)|\bgrants?\b|subsid"),
    ("own", r"eigen(anteil|mittel|leistung)|own (share|contribution|funds)"),
    (
        "programme",
        r"foerder(programm|moeglichkeit|kulisse|topf|toepfe|geber|stelle|quelle)|"
        r"funding (programme|program|source|option)|^programme?$",
    ),
    ("funding", r"foerder|finanzierung|funding|fundab"),
    ("mandatory", r"pflicht|mandatory|statutory"),
    (
        "situation",
        r"ausgangslage|ausgangssituation|^anlass$|^problem\w*$|^(initial |current )?situation$|starting point",
    ),
    ("goal", r"^(projekt)?ziele?$|^ziel(setzung|stellung)(en)?$|^goals?$|^objectives?$"),
    ("target_group", r"zielgruppe|target group"),
    ("milestones", r"meilenstein|(arbeits|umsetzungs)schritt|^schritte$|milestone|work steps?$"),
    ("indicator", r"indikator|kennzahl|^kpis?$|indicator"),
    ("synergies", r"synerg"),
    ("legal_basis", r"rechts?grundlage|legal basis"),
    ("risks", r"^(risi\w+|hemmnis\w*)( (und|and) (risi\w+|hemmnis\w*))?$|^risks?$"),
    ("description", r"beschreibung|erlaeuterung|\binhalt|description|summary"),
    ("remark", r"bemerk|anmerk|kommentar|notiz|hinweis|\bquelle|^stand$|begruendung|remark|comment|^notes?$"),
    ("status", r"^status|umsetzungsstand|sachstand|bearbeitungsstand"),
    ("municipalities", r"kommunen?\b|gemeinden?\b|staedte\b|ortsteil|^orte?$|municipalit|^beteiligte$|^towns?$"),
    ("lead", r"federfuehr|verantwort|zustaendig|ansprechpartner|projektleit|\blead\b|responsib|\bowner|traeger\b"),
    ("partners", r"partner|akteur|stakeholder|beteiligte"),
    (
        "theme",
        r"handlungsfeld|themenfeld|^thema\b|^themen\b|handlungsbereich|^bereich|schwerpunkt|^cluster|^theme|^topic|"
        r"^field|aktionsfeld|themengebiet",
    ),
    ("category", r"kategorie|\btyp\b|massnahmentyp|massnahmenart|^art\b|category|^type\b"),
    ("time_horizon", r"horizont|fristigkeit|zeitraum|zeitrahmen|zeitplan|horizon\b|umsetzungszeit|time ?frame"),
    ("duration", r"dauer\b|umsetzungsdauer|laufzeit|duration"),
    ("start", r"\bstart|start\b|beginn\b|umsetzungsjahr|^jahr\b|^year\b"),
    ("staff", r"\bvzae\b|\bfte\b|stellen\b|personal(bedarf|stellen|einsatz)?\b|\bstaff\b"),
    (
        "relevance",
        r"relevan|nutzen|wirk|wichtig|bedeutung|\bprio|dringlich|zielbeitrag|zielerreich|beitrag|strateg|reichweite|"
        r"akzeptanz|mehrwert|benefit|impact|urgen|importan|effekt",
    ),
    ("capex", r"kosten|invest|budget|ausgaben|betrag|volumen|\bcosts?\b|capex|^euro?$|expenditure|^price"),
    (
        "feasibility",
        r"umsetzbar|machbar|realisier|aufwand|komplex|risik|reife|ressource|feasib|effort|complex|\brisks?\b|"
        r"schwierig|hemmnis|personal|kompetenz|readiness|maturity|difficult",
    ),
    (
        "title",
        r"^(massnahmen?|projekte?|titel|vorhaben|bezeichnung|name|projektidee|ideen?|measures?|projects?|actions?)\b|"
        r"(massnahmen|projekt)(titel|name|bezeichnung)|titel$|title",
    ),
)
"""What a folded header means, the special before the general; the first match wins."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "title": ("massnahme", "massnahmen", "projekt", "titel", "bezeichnung", "vorhaben", "measure", "project"),
    "theme": ("handlungsfeld", "themenfeld", "schwerpunkt"),
    "category": ("kategorie", "category"),
    "description": ("beschreibung", "kurzbeschreibung", "description"),
    "lead": ("federfuehrung", "verantwortlich", "responsible"),
    "municipalities": ("kommunen", "gemeinden", "municipalities"),
    "capex": ("kosten", "gesamtkosten", "investition", "investitionskosten", "investment"),
    "opex": ("folgekosten", "betriebskosten"),
    "grant": ("zuschuss", "foerdermittel", "zuwendung"),
    "funding_rate": ("foerderquote", "foerdersatz"),
    "funding": ("foerderfaehigkeit",),
    "relevance": ("relevanz", "relevance", "prioritaet", "priority", "dringlichkeit", "urgency", "nutzen", "wirkung"),
    "feasibility": ("umsetzbarkeit", "machbarkeit", "feasibility", "aufwand", "komplexitaet"),
    "time_horizon": ("zeithorizont",),
    "remark": ("bemerkung", "bemerkungen", "anmerkung", "kommentar"),
}
"""Whole words a mistyped header is compared with."""

LESS_IS_BETTER = re.compile(r"aufwand|risik|komplex|schwierig|hemmnis|kosten|effort|risk|complex|difficult|cost|invest")
PRIORITY = re.compile(r"\bprio")
TYPO = 0.84
"""How alike a header and a known word are (difflib ratio) to be taken for a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A header taken apart: `key` is what it means ('' unknown), the rest what it says beside that."""

    key: str
    by: Literal["header", "similar", ""]
    basis: Literal["net", "gross"] | None
    factor: int | None
    percent: bool
    scale: tuple[float, float] | None
    better: Literal["more", "less"] | None
    less_is_better: bool
    priority: bool
    months: int | None
    awarded: bool


@cache
def heading(header: str, hint: str = "") -> Heading:
    """What a header says; `hint` is what stands above or below it (a merged group header, a row of units)."""
    own, everything = fold(header), fold(f"{header} {hint}")
    key, by = _key(own)
    if not key and hint:
        key, by = _key(fold(f"{hint} {header}"))
    less = bool(LESS_IS_BETTER.search(own))
    return Heading(
        key=key,
        by=by,
        basis=_basis(everything),
        factor=_factor(everything),
        percent="%" in everything or "prozent" in everything or "percent" in everything,
        scale=_scale(everything) or ((1.0, 6.0) if "schulnote" in own else None),
        better=_better(everything, less),
        less_is_better=less,
        priority=bool(PRIORITY.search(own)),
        months=12 if re.search(r"jahre?n?\b|years?\b", own) else 1 if re.search(r"monat|month", own) else None,
        awarded=bool(re.search(r"bewilligt|zugesagt|awarded|granted|approved", everything)),
    )


def _key(folded: str) -> tuple[str, Literal["header", "similar", ""]]:
    outside = bare(re.sub(r"\(.*?\)|\[.*?\]", " ", folded)) or bare(folded)
    for key, pattern in HEADINGS:
        if re.search(pattern, outside):
            return key, "header"
    words = {word: key for key, many in WORDS.items() for word in many}
    near = get_close_matches(outside, words, n=1, cutoff=TYPO) if len(outside) > 4 else []
    return (words[near[0]], "similar") if near else ("", "")


def _basis(text: str) -> Literal["net", "gross"] | None:
    net = re.search(r"\bnetto|\bnet\b|(zzgl|ohne|excl?|plus)\.? ?(mwst|ust|vat)", text)
    gross = re.search(r"\bbrutto|\bgross\b|(inkl|mit|incl)\.? ?(mwst|ust|vat)", text)
    return "net" if net and not gross else "gross" if gross and not net else None


def _factor(text: str) -> int | None:
    """Euros to one of the column's units, where the header names the unit."""
    if re.search(r"\bmio|million|\bm ?€|meur", text):
        return 1_000_000
    if re.search(r"\btsd|tausend|thousand|\bt ?€|\bteur|\bt eur|\bk ?€|\bkeur|1\.?000 ?€", text):
        return 1_000
    return 1 if re.search(r"€|\beuro?\b", text) else None


def _scale(text: str) -> tuple[float, float] | None:
    """The ends a header names: (1-5), 0 bis 10, 1 = gering ... 5 = hoch."""
    legend = [float(number) for number, _ in _legend(text)]
    if len(legend) > 1:
        return min(legend), max(legend)
    found = re.search(r"(?<![\d.,])(\d{1,3})\s*(?:-|–|—|bis|to|\.\.+|…)\s*(\d{1,3})(?![\d.,])", text)
    if not found:
        return None
    low, high = sorted((float(found[1]), float(found[2])))
    return (low, high) if high <= 100 and low < high and low <= 1 else None


def _legend(text: str) -> list[tuple[str, str]]:
    return re.findall(r"(?<![\d.,])(\d{1,3})\s*(?:=|:)\s*([a-z][a-z ]*)", text)


def _better(text: str, less: bool) -> Literal["more", "less"] | None:
    """The better end where the header words its ends: 1 = sehr gut, 6 = ungenügend."""
    if re.search(r"schulnote", text):
        return "less"
    good = r"(sehr )?(gut|hoch|gross|wichtig|dringend|stark|leicht|einfach|best|high|good|easy|sehr \w+)"
    ends = sorted((float(n), bool(re.match(good, word))) for n, word in _legend(text))
    if len(ends) < 2 or ends[0][1] == ends[-1][1]:
        return None
    praised = re.search(r"= ?(sehr )?(gut|leicht|einfach|best|good|easy)", text)
    upward = ends[-1][1] if praised or not less else not ends[-1][1]
    return "more" if upward else "less"
