"""The message catalogue: both languages say the same things, in whole words, and every code has its sentence."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mcda.locale import LANGUAGES, catalogue, has_text, placeholders, text

PACKAGE = Path(__file__).parents[1] / "mcda"

ASCII_UMLAUTS = re.compile(
    r"\b\w*(?:ueber|uecke|stueck|fuer|fuenf|fuehr|gebuehr|gruen|kuerz|wuerd|beduerf|verfueg|pruef|guenst|schluess|muess|"
    r"foerder|moegl|koenn|hoeh|hoech|groess|aender|waehl|zaehl|naech|laeng|haett|traeg|massnahm|strasse|schliess|ausser)\w*",
    re.IGNORECASE,
)
"""Stems that are misspelt when written so: ü, ö, ä and ß are letters of their own."""


def dotted(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from dotted(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def test_both_languages_hold_the_same_keys() -> None:
    german, english = set(catalogue("de")), set(catalogue("en"))
    assert sorted(german - english) == []
    assert sorted(english - german) == []


def test_both_languages_use_the_same_placeholders() -> None:
    different = {
        key: (message, catalogue("en")[key])
        for key, message in catalogue("de").items()
        if placeholders(message) != placeholders(catalogue("en")[key])
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert [key for key, message in catalogue(language).items() if not message.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_given_twice_over_the_files(language: str) -> None:
    keys = Counter[str]()
    for file in sorted((PACKAGE / "locale" / language).glob("*.toml")):
        keys.update(dotted(tomllib.loads(file.read_text(encoding="utf-8"))))
    assert [key for key, times in keys.items() if times > 1] == []


def test_german_is_written_with_umlauts() -> None:
    found = {key: words for key, message in catalogue("de").items() if (words := ASCII_UMLAUTS.findall(message))}
    assert found == {}


def test_the_umlaut_test_can_fail() -> None:
    assert ASCII_UMLAUTS.search("Massnahmen für die Naechste")
    assert ASCII_UMLAUTS.search("fuer alle")
    assert not ASCII_UMLAUTS.search("Maßnahmen, Straße, neue Daten, aktuelle Werte, teuer, Bauer")


@cache
def calls_in(file: Path) -> tuple[ast.Call, ...]:
    """Every call a module makes; modules are read once for all questions."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Call))


CODE_AT = {"Issue": 0, "Finding": 0, "CellError": 0, "Reason": 2, "Gated": 2}


def literal_codes(name: str) -> Iterator[tuple[str, str]]:
    """(code, place) of every record `name(..., "code", ...)` written with a literal code."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in calls_in(file):
            if isinstance(node.func, ast.Name) and node.func.id == name:
                given = [k.value for k in node.keywords if k.arg == "code"] + node.args[CODE_AT[name] :][:1]
                for code in given[:1]:
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        yield code.value, f"{file.name}:{node.lineno}"


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("Issue", ("issue", "finding")),
        ("Finding", ("issue", "finding")),
        ("CellError", ("issue",)),
        ("Reason", ("reason",)),
        ("Gated", ("gate",)),
    ],
)
def test_every_code_in_the_source_has_a_sentence(name: str, tables: tuple[str, ...]) -> None:
    unsaid = {(code, place) for code, place in literal_codes(name) if not any(has_text(f"{t}.{code}") for t in tables)}
    assert unsaid == set()


def test_no_code_is_both_an_issue_and_a_finding() -> None:
    tables = [{key.split(".", 1)[1] for key in catalogue("en") if key.startswith(t)} for t in ("issue.", "finding.")]
    assert tables[0] & tables[1] == set()


def test_codes_are_found_in_the_source_at_all() -> None:
    assert len(list(literal_codes("Issue"))) > 20


def test_every_text_asked_for_by_its_whole_key_exists() -> None:
    missing = []
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in calls_in(file):
            if isinstance(node.func, ast.Name) and node.func.id == "text" and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value not in catalogue("en"):
                    missing.append((key.value, f"{file.name}:{node.lineno}"))
    assert missing == []


def test_numbers_in_sentences_follow_the_language() -> None:
    assert "1,5" in text("issue.weight_negative", "de", value=-1.5)
    assert "1.5" in text("issue.weight_negative", "en", value=-1.5)


def test_one_has_its_singular_where_the_catalogue_holds_it() -> None:
    told = {"measure": "A", "by": "B"}
    assert "1 Maßnahme)" in text("finding.dominated", "de", count=1, **told)
    assert "1 measure matches" in text("finding.dominated", "en", count="1", **told)
    assert "2 Maßnahmen)" in text("finding.dominated", "de", count=2, **told)


def test_a_parameter_with_its_own_full_stop_does_not_double_it() -> None:
    assert text("gate.knock_out", "de", reason="Gemeinderat lehnt ab.").endswith("lehnt ab.")
    assert text("gate.knock_out", "de", reason="Wartet ...").endswith("Wartet ....")


@pytest.mark.parametrize("value", [1e300, -1e300, Decimal("1e300"), 10**400, float("inf"), float("nan")])
def test_a_number_beyond_all_measure_is_written_as_it_stands(value: float | Decimal) -> None:
    assert str(value) in text("issue.not_an_integer", "de", value=value)


def test_an_unknown_language_or_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="fr"):
        catalogue("fr")
    with pytest.raises(KeyError):
        text("no.such.text")
