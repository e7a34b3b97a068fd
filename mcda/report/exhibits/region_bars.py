"""Own contribution per head, region by region: what the bars show, in a sentence and in words for who cannot see it."""

from dataclasses import dataclass
from statistics import median

from mcda.batch.lessons import FAR_ABOVE
from mcda.batch.lessons_record import LEAST_FOR_MEDIAN
from mcda.batch.side_by_side import SideBySide
from mcda.locale import text
from mcda.locale.formats import money


@dataclass(frozen=True, slots=True)
class RegionBars:
    """Names and amounts per head in EUR, the highest first; the middle one, and who is `far` above it."""

    lines: tuple[tuple[str, float], ...]
    middle: float
    far: tuple[str, ...]


def region_bars(side: SideBySide) -> RegionBars | None:
    """The regions whose inhabitants are known; None with fewer than two of them, or where nobody pays."""
    table = side.regions[side.regions["own_per_head_eur"].notna()]
    told = [(str(name), float(own)) for name, own in zip(table["study"], table["own_per_head_eur"], strict=True)]
    if len(told) < 2 or not any(own for _, own in told):
        return None
    middle = median(own for _, own in told)
    far = tuple(n for n, own in told if len(told) >= LEAST_FOR_MEDIAN and middle and own >= FAR_ABOVE * middle)
    return RegionBars(tuple(sorted(told, key=lambda pair: -pair[1])), middle, far)


def region_bars_sentence(bars: RegionBars, language: str) -> str:
    """Who pays most and least per head, and how much it is in the middle."""
    (high, high_eur), (low, low_eur) = bars.lines[0], bars.lines[-1]
    amounts = {"high_eur": high_eur, "low_eur": low_eur, "middle_eur": bars.middle}
    shown = {key: money(amount, language, cents=False) for key, amount in amounts.items()}
    return text("compare_regions.chart_lead", language, high=high, low=low, **shown)


def region_bars_alt(bars: RegionBars, language: str) -> str:
    """The bars in words."""
    values = "; ".join(f"{name} {money(own, language, cents=False)}" for name, own in bars.lines)
    middle = money(bars.middle, language, cents=False)
    return text("compare_regions.chart_alt", language, values=values, middle_eur=middle)
