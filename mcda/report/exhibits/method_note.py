"""How a ranking was made: the method in one paragraph, and every setting it was made with."""

from datetime import date

from mcda.locale import has_text, text
from mcda.locale.formats import day, number, percent
from mcda.report.exhibits.listing import Cell, Column, Listing
from mcda.report.exhibits.programmes import point_text
from mcda.report.exhibits.setting import method_name, scenario_name
from mcda.result import Result


def method_paragraph(result: Result, language: str, *, groups: bool = True) -> str:
    """The method in words for people who never heard of it; `groups`: also what a rank group is."""
    key = f"board.method_help.{result.method}"
    own = text(key if has_text(key, language) else "board.method_help.second_opinion", language)
    told = text("list.method.paragraph", language, method=own)
    return f"{told} {text('list.method.groups', language)}" if groups else told


def settings_listing(result: Result, language: str) -> Listing:
    """Every setting behind the ranking, a line each; on grants only where the study has programmes."""
    info = result.study.study
    facts = {
        "used": method_name(result.method, language),
        "setting": scenario_name(result, language),
        "as_of": day(date.fromisoformat(result.provenance.as_of), language),
        "horizon": text("list.method.years", language, count=info.horizon_years),
        "discount": percent(info.discount_rate_pct / 100, language, 1),
        "point": point_text(result.study, language),
        "tiers": text("list.method.tier_limits", language, limits=_limits(result, language)),
        "draws": str(result.provenance.seed),
    }
    if not result.study.programmes:
        del facts["as_of"], facts["point"]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (text(f"list.method.{key}", language), value) for key, value in facts.items()
    )
    heads = (Column("name", "", "text", 34), Column("value", "", "text", 90))
    return Listing(text("list.method.settings", language), heads, rows)


def _limits(result: Result, language: str) -> str:
    """'25, 50, 75 %'."""
    shares = result.study.study.tier_limits_pct
    return " / ".join(number(share, language) for share in shares) + (" %" if language == "de" else "%")
