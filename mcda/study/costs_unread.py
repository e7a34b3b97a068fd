"""Headers that speak of costs in words the tables do not know: they would be kept as remarks, and the costs lost."""

from collections.abc import Collection

from mcda.locale import LANGUAGES
from mcda.study.columns import header
from mcda.study.flat.headings import heading

FIELDS = {"capex": "capex_eur", "opex": "opex_eur_per_year"}


def unread_costs(table: str, word: str, absent: Collection[str]) -> str:
    """The headers to use for a cost column of the measures that is absent, in both languages; '' if none is meant."""
    field = FIELDS.get(heading(word).key, "") if table == "measures" and word else ""
    if field not in absent:
        return ""
    return " / ".join(header(table, field, language) for language in LANGUAGES)


def in_other_units(word: str) -> bool:
    """Whether a header counts in thousands or millions, or without tax: correcting its spelling would not be enough."""
    said = heading(word)
    return (said.factor or 1) > 1 or said.basis == "net"
