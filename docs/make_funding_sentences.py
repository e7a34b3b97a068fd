"""Makes docs/funding_sentences.md: for chosen pairs of the example the fact, the program's sentence, and the source.

Facts are written by hand in docs/funding_sentences.toml; a reason the program no longer gives is an error.
    python docs/make_funding_sentences.py
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import mcda

ROOT = Path(__file__).parents[1]

HEAD = """# What the funding check says

Made by `python docs/make_funding_sentences.py` from the example study and the facts of
[funding_sentences.toml](funding_sentences.toml). Fact and source are written by hand, the sentences are the program's.
Programmes, their figures and their sources are real as of the day beside them; measures are illustrative. The field is
the column of the programme in [data/nordallianz](../data/nordallianz) that the fact was written into. Signs: ✓ speaks
for it, ? is to be checked, ✗ speaks against it.

"""
SIGNS = {"yes": "✓", "check": "?", "no": "✗"}


def main() -> None:
    """Write the page."""
    (ROOT / "docs" / "funding_sentences.md").write_text(page(), encoding="utf-8")


def page() -> str:
    """The page's text."""
    cases = tomllib.loads((ROOT / "docs" / "funding_sentences.toml").read_text(encoding="utf-8"))["case"]
    study = mcda.read_study(ROOT / "data" / "nordallianz")
    results: dict[date | None, mcda.Result] = {}
    lines = ["| measure and programme | fact | sentence | Satz | source and field |", "|---|---|---|---|---|"]
    for case in cases:
        day = case.get("on")
        if day not in results:
            results[day] = mcda.evaluate(study, mcda.Scenario(as_of=day))
        lines.append(_row(results[day], case))
    return HEAD + "\n".join([*lines, ""])


def _row(result: mcda.Result, case: dict[str, Any]) -> str:
    measure = result.study.measure_by_id[case["measure"]]
    programme = result.study.programme_by_id[case["programme"]]
    found = next(a for a in result.money[measure.id].assessments if a.programme == programme.id)
    reason = next((r for r in found.reasons if r.code == case["code"]), None)
    if reason is None:
        given = [r.code for r in found.reasons]
        raise SystemExit(f"{measure.id} and {programme.id}: no reason {case['code']}, but {given}")
    pair = f"{measure.id} {measure.title_en or measure.title}<br>{programme.name_en or programme.name}"
    told = [f"{SIGNS[reason.verdict]} {_cell(reason.sentence(language))}" for language in ("en", "de")]
    seen = f", {programme.as_of.isoformat()}" if programme.as_of else ""
    source = f"{case.get('source', programme.source)}{seen}, `{case['field']}`"
    return f"| {pair} | {_cell(case['fact'])} | {told[0]} | {told[1]} | {source} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


if __name__ == "__main__":
    main()
