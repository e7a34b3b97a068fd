"""Rules that stand or fall together: a limit in all its years is one rule to people."""

from collections.abc import Iterable

from mcda.portfolio.rules import Row

_NAMED = frozenset({"municipality", "pot"})
_ALONE = frozenset({"budget", "staff", "later"})


def family(key: str) -> str:
    """What a person ignores or relaxes as one: 'budget' for 'budget.2027', 'pot.IKZ' for 'pot.IKZ.2027'."""
    kind, _, rest = key.partition(".")
    if kind in _ALONE:
        return kind
    return f"{kind}.{rest.partition('.')[0]}" if kind in _NAMED else key


def families(rows: Iterable[Row]) -> tuple[str, ...]:
    """The families of rows, each once, in order."""
    return tuple(dict.fromkeys(family(row.key) for row in rows))
