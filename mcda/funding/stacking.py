"""May two programmes pay for the same measure? The stacking rules, pair by pair.

Each rule belongs to a programme's own text (domain reference 3.2: they differ by directive). Loans stand outside.
"""

from dataclasses import dataclass
from typing import Literal

from mcda.funding.rulebook import Rules

Permission = Literal["yes", "check", "no"]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Whether two programmes may stand together; `code` is the rule that says no or leaves it open."""

    permission: Permission
    code: str = ""


FREE = Pairing("yes")


def pairing(one: Rules, other: Rules) -> Pairing:
    """The answer for two different programmes, the same in either order."""
    rules = {one.programme.stacking, other.programme.stacking}
    if "exclusive" in rules:
        return Pairing("no", "exclusive")
    if "state_exclusive" in rules and _both_state(one, other):
        return Pairing("no", "state_exclusive")
    if rules == {"subsidiary"}:
        return Pairing("check", "stacking_unknown")
    if "subsidiary" in rules:
        return Pairing("no", "subsidiary")
    if "unknown" in rules:
        return Pairing("check", "stacking_unknown")
    return FREE


def gives_way(one: Rules, other: Rules) -> bool:
    """Whether the first steps back because the second could pay."""
    return one.programme.stacking == "subsidiary" and other.programme.stacking != "subsidiary"


def _both_state(one: Rules, other: Rules) -> bool:
    """Whether the one that bars other money of the Land meets some; the bar itself need not be state money."""
    bars = [(a, b) for a, b in ((one, other), (other, one)) if a.programme.stacking == "state_exclusive"]
    return any(b.state_money for _, b in bars)
