"""What each kind of document has to say of the example: ranks, money and weights of the result, added up by hand."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from documents_made import SOME, example
from mcda.result import Result
from paper_words import Said, euro, label, points, share, title
from portfolio_parts import over_five_years

TIERS = {"de": ("Stufe 1", "Stufe 2", "Stufe 3", "später"), "en": ("Tier 1", "Tier 2", "Tier 3", "later")}


def of_list(result: Result, language: str) -> Iterator[Said]:
    for line in result.ranking:
        money = result.money[line.measure]
        tier = TIERS[language][line.tier - 1]
        cost, grant, own = (
            euro(amount, language, cents=False)
            for amount in (money.life_cycle_gross, money.grant, money.own_contribution)
        )
        yield (
            str(line.rank), line.measure, ..., tier, ..., title(result, line.measure, language), ..., cost,
            ..., grant, own,
        )  # fmt: skip
    for top in result.study.children[""]:
        yield (label(result, top, language), share(result.weights.overall[top], language))
    yield from _leaves(result, language)


def _leaves(result: Result, language: str) -> Iterator[Said]:
    """The weights of criteria that stand under another."""
    for top in result.study.children[""]:
        for leaf in result.study.children.get(top, ()):
            yield (label(result, leaf, language), share(result.weights.overall[leaf], language))


def of_kofi(result: Result, language: str) -> Iterator[Said]:
    for line in result.ranking:
        money = result.money[line.measure]
        cost, own = euro(money.life_cycle_gross, language), euro(money.own_contribution, language)
        grant = (euro(money.grant, language),) if money.grant else ()
        yield (line.measure, title(result, line.measure, language), ..., cost, ..., *grant, ..., own)
    for home in result.study.municipalities:
        paid = (money.shares.get(home.id, Decimal(0)) for money in result.money.values())
        yield (home.name, ..., euro(sum(paid, Decimal(0)), language))
    own = sum((money.own_contribution for money in result.money.values()), Decimal(0))
    yield ({"de": "Summe", "en": "Sum"}[language], ..., euro(own, language))


def of_factsheets(result: Result, language: str) -> Iterator[Said]:
    every = len(result.ranking)
    for line in result.ranking:
        if line.measure in SOME:
            place = {"de": f"{line.rank} von {every}", "en": f"{line.rank} of {every}"}[language]
            yield (line.measure, title(result, line.measure, language), ...)
            yield ({"de": "Rang", "en": "Rank"}[language], ..., place, ..., points(result, line, language))
            yield from _purse(result, line.measure, language)


def _purse(result: Result, name: str, language: str) -> Iterator[Said]:
    money = result.money[name]
    yield (euro(money.life_cycle_gross, language), ..., euro(money.own_contribution, language))
    for home, part in money.shares.items():
        yield (result.study.municipality_by_id[home].name, ..., euro(part, language))


def of_dossier(result: Result, language: str) -> Iterator[Said]:
    for line in result.ranking:
        if line.measure in SOME:
            yield (line.measure, title(result, line.measure, language))
            yield from _purse(result, line.measure, language)
            money = result.money[line.measure]
            yield from ((euro(amount, language),) for amount in (money.grant_low, money.grant_high) if amount)


def of_council(result: Result, language: str, home: str = "ISM") -> Iterator[Said]:
    """The paper of one council, with the money of every measure."""
    first = [x for x in result.ranking if x.tier == 1 and home in result.money[x.measure].shares]
    for line in first:
        money = result.money[line.measure]
        amounts = (money.life_cycle_gross, money.grant_low, money.grant_high, money.own_contribution)
        shown = (euro(amount, language, cents=False) for amount in amounts)
        part = euro(money.shares[home], language)
        yield (str(line.rank), title(result, line.measure, language), *shown, part)
    paid = sum((result.money[line.measure].shares[home] for line in first), Decimal(0))
    yield (euro(paid, language),)
    for top in result.study.children[""]:
        yield (label(result, top, language), share(result.weights.overall[top], language))


def of_annex(result: Result, language: str) -> Iterator[Said]:
    """The annex that is not public: amounts as they are."""
    for line in result.ranking[:10]:
        money = result.money[line.measure]
        amounts = (money.life_cycle_gross, money.grant, money.own_contribution)
        shown = (euro(amount, language, cents=False) for amount in amounts)
        yield (str(line.rank), title(result, line.measure, language), str(line.rank_group), ..., *shown)
    for top in result.study.children[""]:
        yield (label(result, top, language), share(result.weights.overall[top], language))
    yield from _leaves(result, language)
    for home in result.study.municipalities:
        parts = [(line.tier, result.money[line.measure].shares.get(home.id, Decimal(0))) for line in result.ranking]
        first = sum((part for tier, part in parts if tier == 1), Decimal(0))
        whole = sum((part for _, part in parts), Decimal(0))
        yield (home.name, euro(first, language, cents=False), euro(whole, language, cents=False))


def of_protocol(result: Result, language: str) -> Iterator[Said]:
    """The minutes of the evening that put what was fifth in the study first and what was first third."""
    before, after = example().ranking, result.ranking
    moved = {1: before[4].measure, 3: before[0].measure}
    others = [line for line in after if line.measure not in moved.values()]
    for place in range(1, 11):
        line = next(x for x in after if x.measure == moved[place]) if place in moved else others.pop(0)
        tier = TIERS[language][line.tier - 1]
        yield (str(place), title(result, line.measure, language), str(line.rank), tier)
    for top in result.study.children[""]:
        weights = (result.study.criterion_by_id[top].weight / 100, result.weights.local[top])
        yield (label(result, top, language), *(share(weight, language, 1) for weight in weights))


def of_plan(result: Result, language: str) -> Iterator[Said]:
    """The plan's own money added up by hand: by measure, by municipality, in all."""
    made = over_five_years()
    for one in sorted(made.chosen, key=lambda one: one.start or 0):
        amounts = (euro(amount, language, cents=False) for amount in (one.cost, *((one.grant,) if one.grant else ())))
        own = euro(one.own, language, cents=False)
        yield (one.measure, title(result, one.measure, language), str(one.start), ..., *amounts, own)
    for home in result.study.municipalities:
        paid = sum((one.shares.get(home.id, Decimal(0)) for one in made.chosen), Decimal(0))
        yield (home.name, ..., euro(paid, language, cents=False))
    yield ({"de": "Summe", "en": "Sum"}[language], ..., euro(made.own, language, cents=False))


OF_KIND: Mapping[str, Callable[[Result, str], Iterator[Said]]] = {
    "list": of_list,
    "kofi": of_kofi,
    "factsheets": of_factsheets,
    "dossier": of_dossier,
    "council": of_council,
    "annex": of_annex,
    "plan": of_plan,
    "protocol": of_protocol,
}
