"""Headers and table names as people write them, in German and English.

The catalogue's headers (`header.TABLE.FIELD`) are read as well as shown; COLUMN_ALIASES are further ones.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import cache

from mcda.locale import LANGUAGES, text
from mcda.study.model import TABLES

NEAR_TABLE, NEAR_COLUMN = 0.85, 0.88
"""How alike (difflib's ratio) a word must be to a known one to be taken for a slip of the pen."""

TABLE_ALIASES: Mapping[str, str] = {
    "studie": "study",
    "handlungsfelder": "themes",
    "kriterien": "criteria",
    "stufen": "levels",
    "maßnahmen": "measures",
    "massnahmen": "measures",
    "bewertungen": "ratings",
    "kommunen": "municipalities",
    "gemeinden": "municipalities",
    "programme": "programmes",
    "förderprogramme": "programmes",
    "programs": "programmes",
    "förderfähigkeit": "eligibility",
    "beteiligte": "stakeholders",
    "vergleiche": "judgements",
    "gewichte": "weights",
}

COLUMN_ALIASES: Mapping[str, Mapping[str, str]] = {
    "": {"kennung": "id", "nr": "id", "nr.": "id", "quelle": "source", "stand": "as_of", "begründung": "reason"},
    "study": {"titel": "title", "stichtag": "as_of", "hinweis": "notice", "methode": "method", "sprache": "language"},
    "criteria": {
        "oberkriterium": "parent",
        "bezeichnung": "label_de",
        "label": "label_de",
        "richtung": "sense",
        "einheit": "unit",
        "bester_wert": "best",
        "schlechtester_wert": "worst",
        "wertfunktion": "value_function",
        "gewicht": "weight",
        "mindestwert": "minimum",
    },
    "levels": {"kriterium": "criterion", "stufe": "value", "bezeichnung": "label_de", "label": "label_de"},
    "themes": {"bezeichnung": "label_de", "label": "label_de"},
    "stakeholders": {"bezeichnung": "label_de", "label": "label_de"},
    "measures": {
        "titel": "title",
        "maßnahme": "title",
        "handlungsfeld": "theme",
        "kategorie": "category",
        "typ": "category",
        "beschreibung": "description",
        "ziele": "goal",
        "goals": "goal",
        "zielgruppen": "target_group",
        "target_groups": "target_group",
        "meilensteine": "milestones",
        "arbeitsschritte_meilensteine": "milestones",
        "indikatoren": "indicator",
        "indicators": "indicator",
        "risk": "risks",
        "risiken_und_hemmnisse": "risks",
        "rechtsgrundlagen": "legal_basis",
        "bemerkungen": "remark",
        "remarks": "remark",
        "förderantrag": "application_state",
        "federführung": "lead",
        "kommunen": "municipalities",
        "beteiligte_kommunen": "municipalities",
        "partner": "partners",
        "zeithorizont": "time_horizon",
        "startjahr": "start_year",
        "dauer_monate": "duration_months",
        "investition_eur": "capex_eur",
        "laufende_kosten_eur_pro_jahr": "opex_eur_per_year",
        "preisbasis": "price_basis",
        "mwst_satz_pct": "vat_rate_pct",
        "personal_vzä": "staff_fte",
        "pflichtaufgabe": "mandatory",
        "ausschlussgrund": "knock_out",
    },
    "ratings": {"maßnahme": "measure", "kriterium": "criterion", "bewertet_von": "rater", "wert": "value"},
    "municipalities": {"kommune": "name", "gemeinde": "name", "einwohner": "population", "landkreis": "district"},
    "programmes": {"programm": "name", "fördersatz_pct": "rate_pct", "höchstbetrag_eur": "max_grant_eur"},
    "eligibility": {"maßnahme": "measure", "programm": "programme", "ergebnis": "verdict", "durch": "by"}
    | {"datum": "date", "bewilligt_eur": "awarded_eur"},
}


def table_name(written: str) -> str | None:
    """The table a sheet or file name means, or None."""
    word = unicodedata.normalize("NFC", written).strip().casefold()
    return word if word in TABLES else _tables().get(word)


def table_like(written: str) -> tuple[str, str]:
    """The table a sheet's name holds or nearly spells, and the name meant; empty texts if none."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", written).casefold().replace("_", " "))
    names = {**_tables(), **{name: name for name in TABLES}}
    for word in words:
        near = get_close_matches(word, names, n=1, cutoff=NEAR_TABLE)
        if near:
            return names[near[0]], near[0]
    return "", ""


def table_title(table: str, language: str) -> str:
    """The name of a table's sheet as people read it; it reads back to its table."""
    return text(f"table.{table}", language)


@cache
def _tables() -> Mapping[str, str]:
    return {table_title(name, lang).casefold(): name for name in TABLES for lang in LANGUAGES} | dict(TABLE_ALIASES)


def column_name(table: str, written: str) -> str | None:
    """The model's field a header means, or None if it is not known."""
    return _columns_of(table).get(_folded(written))


@cache
def _columns_of(table: str) -> Mapping[str, str]:
    fields = {name: name for name in TABLES[table].model_fields if name != "extra_columns"}
    aliases = {**COLUMN_ALIASES[""], **COLUMN_ALIASES.get(table, {})}
    headers = {header(table, name, language): name for name in fields for language in LANGUAGES}
    known = {_folded(alias): name for alias, name in aliases.items() if name in fields}
    return {_folded(word): name for word, name in headers.items()} | known | fields


def column_like(table: str, written: str, absent: Collection[str]) -> str:
    """The header that an unknown one nearly spells, if it means a column that is absent; '' if none."""
    if not absent:
        return ""
    known = _columns_of(table)
    near = get_close_matches(_folded(written), known, n=1, cutoff=NEAR_COLUMN)
    return near[0] if near and known[near[0]] in absent else ""


def header(table: str, field: str, language: str) -> str:
    """The header people read above a column; it reads back to its field."""
    return text(f"header.{table}.{field}", language)


def _folded(written: str) -> str:
    """A header without case, signs and units' spelling: 'MwSt.-Satz in % *' is mwst_satz_pct, '€' is eur."""
    word = unicodedata.normalize("NFC", written).casefold().replace("€", " eur ").replace("%", " pct ")
    word = re.sub(r"[\s\-/_()\[\].:*]+", "_", word).strip("_")
    return re.sub(r"_in_(?=eur|pct)", "_", word)
