"""What each municipality pays for what: its shares of every own contribution, with total, key and population's date."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mcda.locale import label, text
from mcda.locale.formats import day, number
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.ranked_list import Cell, Column, Kind, Listing, study_title
from mcda.result import Result
from mcda.study.model import Municipality


@dataclass(frozen=True, slots=True)
class Share:
    """What one municipality pays for one measure (EUR, over its whole lifetime), of which own contribution, by which
    key."""

    measure: str
    title: str
    rank: int | None
    share: Decimal
    own_contribution: Decimal
    key: str


@dataclass(frozen=True, slots=True)
class Payer:
    """One municipality with all it pays; `population` names its date, empty where nobody stated it."""

    id: str
    name: str
    population: str
    shares: tuple[Share, ...]

    @property
    def total(self) -> Decimal:
        """The sum of its shares, to the cent."""
        return sum((share.share for share in self.shares), Decimal(0))


@dataclass(frozen=True, slots=True)
class Unsplit:
    """An own contribution nobody can split yet, and the sentence saying what is missing."""

    measure: str
    title: str
    own_contribution: Decimal
    sentence: str


def payers(result: Result, language: str) -> tuple[Payer, ...]:
    """Every municipality of the study with its shares in rank order, measures outside the ranking last."""
    return tuple(
        Payer(m.id, m.name, population_text(m, language), tuple(_shares(result, m.id, language)))
        for m in result.study.municipalities
    )


def unsplit(result: Result, language: str) -> tuple[Unsplit, ...]:
    """The measures whose own contribution has no split, with the reason; those without a stated cost are left out.
    In a study without municipalities there is nobody to split among, and nothing to say."""
    if not result.study.municipalities:
        return ()
    return tuple(
        Unsplit(
            name,
            title_of(result.study.measure_by_id[name], language),
            money.own_contribution,
            text(f"share_issue.{money.share_issue}", language),
        )
        for name, money in result.money.items()
        if money.share_issue and money.cost_known
    )


def population_text(row: Municipality, language: str) -> str:
    """'18.043 (31.12.2023)': nobody splits by a number without its date."""
    if row.population is None:
        return ""
    at = "" if row.population_date is None else f" ({day(row.population_date, language)})"
    return f"{number(row.population, language, 0)}{at}"


def key_text(result: Result, measure: str, language: str) -> str:
    """The measure's cost key in words, and that of its running cost where it differs."""
    money = result.money[measure]
    key = label("cost_key", money.cost_key, language)
    if not money.running_cost_key:
        return key
    return text(
        "funding.payers.two_keys", language, once=key, running=label("cost_key", money.running_cost_key, language)
    )


_COLUMNS: tuple[tuple[str, Kind, int], ...] = (
    ("municipality", "text", 24),
    ("population", "text", 24),
    ("rank", "whole", 6),
    ("id", "text", 9),
    ("title", "text", 48),
    ("share", "money", 16),
    ("own_contribution", "money", 16),
    ("key", "text", 32),
)


def payers_list(result: Result, language: str = "de") -> Listing:
    """One row per municipality and measure, and a total below each municipality: the list to take along."""
    return Listing(
        title=study_title(result, language),
        columns=tuple(Column(name, text(f"funding.payers.{name}", language), kind, w) for name, kind, w in _COLUMNS),
        rows=tuple(row for payer in payers(result, language) for row in _listed(payer, language)),
    )


def _listed(payer: Payer, language: str) -> Iterator[tuple[Cell, ...]]:
    for s in payer.shares:
        yield payer.name, payer.population, s.rank, s.measure, s.title, s.share, s.own_contribution, s.key
    yield payer.name, payer.population, None, "", text("funding.payers.total", language), payer.total, None, ""


def _shares(result: Result, municipality: str, language: str) -> Iterator[Share]:
    ranks = {line.measure: line.rank for line in result.ranking}
    for measure in (*ranks, *(name for name in result.money if name not in ranks)):
        money = result.money[measure]
        if municipality not in money.shares or not money.cost_known:
            continue
        yield Share(
            measure=measure,
            title=title_of(result.study.measure_by_id[measure], language),
            rank=ranks.get(measure),
            share=money.shares[municipality],
            own_contribution=money.own_contribution,
            key=key_text(result, measure, language),
        )
