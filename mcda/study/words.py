"""Words for fixed choices: what a cell shows, in German or English, and what it means when read back.

The catalogue's labels are read as well as shown, in both languages; SYNONYMS are further words offices write.
"""

from collections.abc import Mapping
from functools import cache

from mcda.locale import LANGUAGES, catalogue, label

GROUPS: Mapping[str, str] = {
    "sense": "choice.sense",
    "kind": "choice.kind",
    "quantity": "choice.quantity",
    "value_function": "choice.value_function",
    "unit": "export.unit",
    "price_basis": "ui.price_basis",
    "verdict": "verdict",
    "time_horizon": "export.horizon",
    "category": "category",
    "cost_quality": "choice.cost_quality",
    "cost_key": "cost_key",
    "application_state": "choice.application_state",
    "status": "export.status",
    "method": "board.method",
    "language": "ui.language",
    "instrument": "choice.instrument",
    "vat_rule": "choice.vat_rule",
    "stacking": "choice.stacking",
    "max_grant_basis": "choice.cap_basis",
    "basis": "choice.cap_basis",
    "rate_kind": "choice.rate_kind",
    "condition": "grant_condition",
    "requires": "prerequisite",
    "fulfilled": "prerequisite",
    "running_cost_key": "cost_key",
    "intermunicipal": "choice.intermunicipal",
    "lead_form": "applicant",
    "applicant_types": "applicant",
    "cost_categories": "cost_kind",
    "eligible_costs": "cost_kind",
    "excluded_costs": "cost_kind",
    "funding_themes": "grant_theme",
    "themes": "grant_theme",
    "area": "grant_area",
    "elicitation": "elicitation",
    "areas": "grant_area",
}
"""The catalogue's group of labels for each column whose cells hold ids of a known list."""

SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "sense": {"nutzen": "max", "maximieren": "max", "kosten": "min", "minimieren": "min"},
    "kind": {"gegeben": "given", "bewertet": "given", "berechnet": "computed"},
    "unit": {"€": "EUR", "euro": "EUR"},
    "price_basis": {"brutto": "gross", "netto": "net"},
    "verdict": {"ja": "yes", "nein": "no", "prüfen": "check", "zu prüfen": "check"},
    "time_horizon": {"kurz": "short", "kurzfristig": "short", "mittel": "medium", "mittelfristig": "medium"}
    | {"lang": "long", "langfristig": "long"},
    "category": {
        "sofortmaßnahme": "quick_start",
        "schlüsselprojekt": "key_project",
        "leuchtturm": "key_project",
        "einzelprojekt": "single_project",
        "daueraufgabe": "standing_task",
        "prüfauftrag": "study_task",
    },
    "cost_quality": {"grob": "rough", "grob geschätzt": "rough", "geschätzt": "estimated"}
    | {"geschaetzt": "estimated", "berechnet": "calculated", "vergeben": "awarded"},
    "application_state": {"keiner": "none", "nein": "none", "geplant": "planned", "in vorbereitung": "planned"}
    | {"gestellt": "submitted", "eingereicht": "submitted", "beantragt": "submitted"}
    | {"bewilligt": "approved", "abgelehnt": "refused", "no": "none"},
    "stacking": {"rule_exists": "unknown", "subordinate": "capped", "capped_with_state": "capped"},
    "value_function": {"log": "logarithmic", "logarithmisch": "logarithmic", "stückweise": "piecewise"},
    "cost_key": {"gleich": "equal", "pro_kopf": "per_capita", "je einwohner": "per_capita"},
    "status": {"idee": "idea", "geprüft": "checked", "beschlossen": "decided", "läuft": "running"}
    | {"umgesetzt": "done", "verworfen": "dropped"},
}


@cache
def meanings(column: str) -> Mapping[str, str]:
    """The id each word means in a column's cells, by the word in small letters; empty for a column of free text."""
    group = f"{GROUPS[column]}." if column in GROUPS else ""
    found = {word.casefold(): meaning for word, meaning in SYNONYMS.get(column, {}).items()}
    for language in LANGUAGES if group else ():
        for key, word in catalogue(language).items():
            if key.startswith(group):
                found.setdefault(word.casefold(), key.removeprefix(group))
    return found


def shown(column: str, name: str, language: str) -> str:
    """The reader's word for an id in a column's cells; the id itself where no word reads back to it."""
    word = label(GROUPS[column], name, language) if column in GROUPS else name
    separated = ";" in word or "=" in word
    return word if not separated and meanings(column).get(word.casefold()) == name else name


def known_ids(column: str) -> tuple[str, ...]:
    """The ids a column's words are known for, in the catalogue's order."""
    group = f"{GROUPS[column]}."
    return tuple(key.removeprefix(group) for key in catalogue("de") if key.startswith(group))
