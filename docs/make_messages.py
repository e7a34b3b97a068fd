"""Makes docs/messages.md: what planners' files hold, what the reader answers, and what the planner does next.

The files are those of tests/files; a code without its next step here, or a step nobody needs, is an error.
    python docs/make_messages.py
"""

import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "study"))

from corpus import Case, cases, read  # noqa: E402 -- beside the tests

HEAD = """# What the reader answers

Made by `python docs/make_messages.py` from the files of [tests/files](../tests/files). Every file is read whole: all
that is wrong is told at once, nothing is half-read. Where a file gives several messages of one kind the first stands
here with the number of the others. Messages come in the reader's language.

"""


def main() -> None:
    """Write the page."""
    (ROOT / "docs" / "messages.md").write_text(page(), encoding="utf-8")


def page() -> str:
    """The page's text."""
    steps = tomllib.loads((ROOT / "docs" / "messages.toml").read_text(encoding="utf-8"))
    lines = ["| input | message | Meldung | what the planner does next |", "|---|---|---|---|"]
    used: set[str] = set()
    for case in cases():
        if "issues" in case.expected:
            lines += _rows(case, steps, used)
    unneeded = sorted(set(steps) - used)
    if unneeded:
        raise SystemExit(f"next steps nobody needs: {unneeded}")
    good = ["| file | what is in it |", "|---|---|"]
    good += [f"| `{c.name}` | {c.expected['input']} |" for c in cases() if "issues" not in c.expected]
    return "\n".join([HEAD + "## Files that are read", "", *good, "", "## Files that are not, and why", "", *lines, ""])


def _rows(case: Case, steps: dict[str, str], used: set[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        _, issues = read(case.name, Path(folder))
    rows = []
    for code in dict.fromkeys(issue.code for issue in issues):
        same = [issue for issue in issues if issue.code == code]
        told = [
            _cell(same[0].sentence(language)) + (f" (+ {len(same) - 1})" if len(same) > 1 else "")
            for language in ("en", "de")
        ]
        head = f"{_cell(case.expected['input'])}<br>`{case.name}`" if not rows else ""
        rows.append(f"| {head} | {told[0]} | {told[1]} | {_cell(steps[code])} |")
        used.add(code)
    return rows


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


if __name__ == "__main__":
    main()
