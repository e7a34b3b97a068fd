"""Where the front end's entry, its settings and the example lie: beside the package, or inside it once installed."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def home() -> Path:
    """The folder of app.py, .streamlit and data: `mcda/_app` of an installed wheel, else the checkout."""
    installed = PACKAGE / "_app"
    return installed if installed.is_dir() else PACKAGE.parent
