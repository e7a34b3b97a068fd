"""Words compared without case, umlauts and signs, and ids made from them."""

import re
import unicodedata
from collections.abc import Collection

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "\u00ad": ""})


def fold(written: object) -> str:
    """'  Maßnahme ' and 'MASSNAHME' are massnahme; blanks count once, signs stay."""
    text = unicodedata.normalize("NFC", str(written)).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.split())


def bare(written: object) -> str:
    """Folded letters and digits only: 'Kosten (in €)' and 'Kosten in EUR:' share 'kosten in'."""
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", fold(written)).split())


def slug(written: str, taken: Collection[str] = (), fallback: str = "x") -> str:
    """An id from a name: letters, digits and _, no dots, not among `taken`: 'Garching b. München' is
    garching_b_muenchen."""
    stem = re.sub(r"[^a-z0-9]+", "_", fold(written)).strip("_") or fallback
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    return name
