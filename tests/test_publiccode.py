"""publiccode.yml holds what the public catalogues require, within their limits (publiccode.yml standard, core)."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CONTENT = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "key",
    [
        *("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"),
        *("description", "legal", "maintenance", "localisation"),
    ],
)
def test_required_keys_are_there(key: str) -> None:
    assert CONTENT[key]


@pytest.mark.parametrize("language", ["de", "en"])
def test_descriptions_keep_their_limits(language: str) -> None:
    told = CONTENT["description"][language]
    assert len(told["shortDescription"]) <= 150
    assert 500 <= len(told["longDescription"]) <= 10_000
    assert all(len(feature) <= 100 for feature in told["features"])
    assert all((ROOT / picture).exists() for picture in told["screenshots"])


def test_licence_is_the_one_in_the_repository() -> None:
    assert CONTENT["legal"]["license"] == "EUPL-1.2"
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENCE").read_text(encoding="utf-8")
