"""The tables of the good study as a planner types them, and the words of their headers in both languages."""

# ruff: noqa: E501 -- tables and cases stand one to a line

from datetime import date, datetime
from typing import Any

Rows = list[list[Any]]

TABLES: dict[str, Rows] = {
    "study": [
        ["field", "value"],
        ["title", "Digitalkonzept Isarraum"],
        ["region", "Landkreis München"],
        ["as_of", date(2026, 6, 30)],
        ["horizon_years", 12],
        ["discount_rate_pct", 1.5],
    ],
    "themes": [
        ["id", "label_de", "funding_themes"],
        ["verkehr", "Verkehr & Mobilität", "mobility"],
        ["verwaltung", "Digitale Verwaltung", None],
    ],
    "criteria": [
        ["id", "parent", "label_de", "sense", "unit", "kind", "quantity", "best", "worst", "step", "value_function", "weight"],
        ["relevance", None, "Relevanz", "max", None, "given", None, None, None, None, None, 35],
        ["goals", "relevance", "Zielbeitrag", "max", None, "given", None, 5, 1, 1, None, 62.5],
        ["urgency", "relevance", "Dringlichkeit", "max", None, "given", None, 5, 1, 1, None, 37.5],
        ["feasibility", None, "Umsetzbarkeit", "max", None, "given", None, 5, 1, 0.5, None, 25],
        ["cost", None, "Kosten", "min", "EUR", "computed", "life_cycle_cost_eur", 10000, 10000000, None, "logarithmic", 20],
        ["funding", None, "Förderung", "max", None, "computed", "funding_share", 0.9, 0, None, None, 20],
    ],
    "levels": [
        ["criterion", "value", "label_de"],
        ["urgency", 1, "kann warten"],
        ["urgency", 5, "sofort"],
    ],
    "municipalities": [
        ["id", "name", "population", "population_date", "latitude"],
        ["ISM", "Ismaning", 18043, date(2024, 12, 31), 48.2267],
        ["GAR", "Garching b. München", 17577, date(2024, 12, 31), 48.249],
        ["UNT", "Unterföhring", 11655, date(2023, 12, 31), 48.1919],
    ],
    "measures": [
        ["id", "title", "theme", "municipalities", "description", "capex_eur", "opex_eur_per_year", "vat_rate_pct",
         "vat_deductible", "staff_fte", "start_year", "time_horizon", "depends_on", "mandatory"],
        ["M1", "Rufbus „Nord“ – Ausbau 🚌", "verkehr", "ISM;GAR", "Bedarfsverkehr abends\nund am Wochenende", 34567.89, 12500,
         19, False, 0.5, 2027, "short", None, None],
        ["M2", "Radwege-App", "verkehr", "UNT", None, 120000, None, 7, True, 1.25, 2026, "short", None, None],
        ["M3", "Bürgerportal & e-Akte", "verwaltung", "ISM;GAR;UNT", "Größtes Vorhaben", 890000.5, 45678.9, 19, False, 2,
         2028, "long", "M2", True],
        ["M4", "Glasfaser für Schulen", "verwaltung", "GAR", None, 2345678, 9000, 19, False, None, 2026, "medium", None, None],
    ],
    "ratings": [
        ["measure", "criterion", "value"],
        *([m, c, v] for m, values in {"M1": (4, 3.5, 3), "M2": (2, 3, 4.5), "M3": (5, 4, 2), "M4": (3, 5, 1.5)}.items()
          for c, v in zip(("goals", "urgency", "feasibility"), values, strict=True)),
    ],
    "programmes": [
        ["id", "name", "rate_pct", "rate_raised_pct", "max_grant_eur", "min_own_share_pct", "valid_from", "valid_to"],
        ["DIGI", "Förderrichtlinie Digital", 60, 62.5, 200000, 10, date(2026, 1, 1), date(2027, 12, 31)],
    ],
    "eligibility": [
        ["measure", "programme", "verdict", "reason", "date"],
        ["M1", "DIGI", "yes", "Bescheid liegt vor", date(2026, 5, 4)],
        ["M3", "DIGI", "check", None, None],
    ],
}  # fmt: skip

SHEETS = {
    "study": "Studie", "themes": "Handlungsfelder", "criteria": "Kriterien", "levels": "Stufen", "measures": "Maßnahmen",
    "municipalities": "Gemeinden", "ratings": "Bewertungen", "programmes": "Förderprogramme",
    "eligibility": "Förderfähigkeit",
}  # fmt: skip

GERMAN = {
    "study": {"field": "Feld", "value": "Wert", "title": "Titel", "region": "Region", "as_of": "Stichtag"}
    | {"horizon_years": "Betrachtungszeitraum (Jahre)", "discount_rate_pct": "Abzinsung (%)"},
    "themes": {"id": "Kennung", "label_de": "Bezeichnung", "funding_themes": "Förderthemen"},
    "criteria": {
        "id": "Kennung",
        "parent": "Oberkriterium",
        "label_de": "Bezeichnung",
        "sense": "Richtung",
        "kind": "Art",
    }
    | {"unit": "Einheit", "quantity": "Berechnete Größe", "best": "Bester Wert", "worst": "Schlechtester Wert"}
    | {"step": "Schrittweite", "value_function": "Wertfunktion", "weight": "Gewicht"},
    "levels": {"criterion": "Kriterium", "value": "Stufe", "label_de": "Bezeichnung"},
    "municipalities": {"id": "Kennung", "name": "Gemeinde", "population": "Einwohner", "latitude": "Breitengrad"}
    | {"population_date": "Stand der Einwohnerzahl"},
    "measures": {"id": "Nr.", "title": "Maßnahme", "theme": "Handlungsfeld", "municipalities": "Kommunen"}
    | {
        "description": "Beschreibung",
        "capex_eur": "Investition (€)",
        "opex_eur_per_year": "Laufende Kosten pro Jahr (EUR)",
    }
    | {"vat_rate_pct": "MwSt.-Satz in %", "vat_deductible": "Vorsteuer abziehbar", "staff_fte": "Personal (VZÄ)"}
    | {
        "start_year": "Startjahr",
        "time_horizon": "Zeithorizont",
        "depends_on": "Setzt voraus",
        "mandatory": "Pflichtaufgabe",
    },
    "ratings": {"measure": "Maßnahme", "criterion": "Kriterium", "value": "Wert"},
    "programmes": {
        "id": "Kennung",
        "name": "Programm",
        "rate_pct": "Fördersatz (%)",
        "max_grant_eur": "Höchstbetrag (EUR)",
    }
    | {"rate_raised_pct": "Erhöhter Fördersatz (%)", "min_own_share_pct": "Mindest-Eigenanteil (%)"}
    | {"valid_from": "Gültig ab", "valid_to": "Gültig bis"},
    "eligibility": {"measure": "Maßnahme", "programme": "Programm", "verdict": "Ergebnis", "reason": "Begründung"}
    | {"date": "Datum"},
}
WORDS = {
    "max": "Nutzen", "min": "Kosten", "given": "bewertet", "computed": "berechnet", "logarithmic": "logarithmisch",
    "short": "kurzfristig", "medium": "mittelfristig", "long": "langfristig", "check": "zu prüfen", "yes": "ja",
}  # fmt: skip
CHOICES = frozenset({"sense", "kind", "value_function", "time_horizon", "verdict"})


def rows_of(table: str, language: str = "en") -> Rows:
    """A table's rows, headers and choices in one language; numbers and dates stay values."""
    header, *rows = [list(row) for row in TABLES[table]]
    if language == "en":
        return [header, *rows]
    words = GERMAN[table]
    for row in rows:
        for i, cell in enumerate(row):
            if header[i] in CHOICES and cell in WORDS:
                row[i] = WORDS[cell]
            if table == "study" and i == 0:
                row[i] = words[cell]
    return [[words[name] for name in header], *rows]


def workbook_rows(language: str = "en") -> dict[str, Rows]:
    """All tables by the name of their sheet."""
    return {name if language == "en" else SHEETS[name]: rows_of(name, language) for name in TABLES}


def written(value: Any, language: str, grouped: bool = False) -> str:
    """A value as it is typed in one language; `grouped` thousands."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "de": ("nein", "ja")}[language][value]
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}" if language == "de" else f"{value:%Y-%m-%d}"
    if isinstance(value, int | float):
        text = f"{value:,}" if grouped and abs(value) >= 10_000 else f"{value}"
        return text.translate(str.maketrans(",.", ".,")) if language == "de" else text
    return str(value)


def texts_of(table: str, language: str, grouped: bool = False) -> list[list[str]]:
    """A table's rows as typed texts."""
    return [[written(cell, language, grouped) for cell in row] for row in rows_of(table, language)]
