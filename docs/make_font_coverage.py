"""Writes which characters the shipped fonts can show: `python docs/make_font_coverage.py`."""

from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[1] / "mcda" / "report" / "fonts"


def covered() -> set[int]:
    """The code points some shipped font has a picture for."""
    return {point for file in FOLDER.glob("*.ttf") for point in TTFont(file).getBestCmap()}


def ranges(points: Iterable[int]) -> list[tuple[int, int]]:
    """Code points as runs, both ends included."""
    found: list[tuple[int, int]] = []
    for point in sorted(points):
        if found and point == found[-1][1] + 1:
            found[-1] = (found[-1][0], point)
        else:
            found.append((point, point))
    return found


def main() -> None:
    """One run per line, in hexadecimal."""
    lines = (f"{first:x} {last:x}\n" for first, last in ranges(covered()))
    (FOLDER / "covered.txt").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
