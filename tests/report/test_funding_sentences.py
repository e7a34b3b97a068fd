"""The clerk's table of docs/funding_sentences.md is what the program says today, for ten measures and more."""

import importlib.util
import tomllib
from pathlib import Path

from example import the_example

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_the_page_of_sentences_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_funding_sentences", DOCS / "make_funding_sentences.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    committed = (DOCS / "funding_sentences.md").read_text(encoding="utf-8")
    assert committed == script.page(), "run python docs/make_funding_sentences.py"


def test_the_facts_stand_for_ten_measures_and_name_real_columns() -> None:
    cases = tomllib.loads((DOCS / "funding_sentences.toml").read_text(encoding="utf-8"))["case"]
    assert len({case["measure"] for case in cases}) >= 10
    columns = {*type(the_example().programmes[0]).model_fields}
    tables = {"programme_rates", "programme_caps", "programme_calls"}
    assert {case["field"] for case in cases} <= columns | tables
