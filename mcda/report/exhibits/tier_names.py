"""What a tier is called, with and without its sign, and where in the list it starts."""

from collections.abc import Iterator

from mcda.locale import has_text, text
from mcda.locale.formats import percent
from mcda.result import Result


def signed_tier(tier: int | None, language: str) -> str:
    """'▲ Tier 1' as it stands in lists; '' for none, the bare number beyond the named ones."""
    name = f"export.tier.{tier}"
    return text(name, language) if has_text(name, language) else str(tier or "")


def tier_name(tier: int, language: str) -> str:
    """'Tier 1', without the sign it carries in lists."""
    return signed_tier(tier, language).split(" ", 1)[-1]


def tier_starts(result: Result, language: str, *, signed: bool) -> Iterator[str]:
    """'▲ Tier 1: from the first rank', '◆ Tier 2: from 25% of the list on', ...: only those that occur."""
    limits = (0.0, *result.study.study.tier_limits_pct)
    for tier in sorted({line.tier for line in result.ranking}):
        name = signed_tier(tier, language) if signed else tier_name(tier, language)
        key = "tier_first" if tier == 1 else "tier_from"
        yield text(f"list.legend.{key}", language, tier=name, share=percent(limits[tier - 1] / 100, language))
