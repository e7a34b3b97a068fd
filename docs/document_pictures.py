"""Pictures of one document of each kind for the documentation: `python docs/document_pictures.py`.

The first page of each in German, of the example; the minutes are those of a rehearsed workshop.
"""

from pathlib import Path

from mcda.evaluate import evaluate
from mcda.report import BUILDERS, Request
from mcda.report.exports.pdf_file import page_images
from mcda.study.read import read_study

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "img"
DOTS = 90
WISHES = {
    "list": Request(),
    "kofi": Request(),
    "factsheets": Request(measures=("MV-01",)),
    "dossier": Request(measures=("MV-02",)),
    "council": Request(municipality="ISM"),
    "annex": Request(),
}
"""What is asked of each kind; minutes need a workshop and are pictured with it."""


def main() -> None:
    """Write docs/img/document_<kind>.png."""
    result = evaluate(read_study(ROOT / "data" / "nordallianz"))
    for kind, wish in WISHES.items():
        (page,) = page_images(BUILDERS[kind](result, wish), DOTS, most=1)
        (IMAGES / f"document_{kind}.png").write_bytes(page)


if __name__ == "__main__":
    main()
