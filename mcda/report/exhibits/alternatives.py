"""Scenarios worth a look beside the present one: grants close, everything costs more, each person's weights, ..."""

from collections.abc import Callable, Iterator, Mapping

from mcda.locale import text
from mcda.methods import METHODS
from mcda.report.exhibits.setting import method_name, person_name
from mcda.robustness.stacked import STACKED
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.weights.stored import people_with_answers

DEARER = 1.3
Make = Callable[[Study, Scenario, str], Iterator[Scenario]]


def alternatives(study: Study, present: Scenario, kinds: tuple[str, ...], language: str) -> tuple[Scenario, ...]:
    """The present scenario first, then those of each kind, all named in the reader's language and different from it."""
    first = present.model_copy(update={"name": text("compare.scenario.present", language)})
    return (first, *(one for kind in kinds for one in _KINDS[kind](study, present, language)))


def kinds_for(study: Study) -> tuple[str, ...]:
    """The kinds that make sense for this study, those without a scenario of their own left out."""
    return tuple(kind for kind, make in _KINDS.items() if next(make(study, Scenario(), "de"), None) is not None)


def states_to_compare(
    present: Scenario, baseline: Scenario, kept: tuple[Scenario, ...], language: str
) -> tuple[Scenario, ...]:
    """The study's own settings, the comparison of the live page, and states kept under names: what of them differs
    from the present scenario, and each but once, the kept ones first to be named."""
    own = Scenario(name=text("compare.scenario.study", language))
    compared = baseline.model_copy(update={"name": text("compare.scenario.baseline", language)})
    found = {_unnamed(one): one for one in (compared, own, *reversed(kept))}
    found.pop(_unnamed(present), None)
    order = (own, compared, *kept)
    return tuple(one for one in order if found.get(_unnamed(one)) is one)


def _unnamed(scenario: Scenario) -> Scenario:
    return scenario.model_copy(update={"name": "", "columns": ()})


def _grants(study: Study, present: Scenario, language: str) -> Iterator[Scenario]:
    if study.programmes:
        name = text("compare.scenario.grants", language)
        yield present.model_copy(update={"name": name, "without_programmes": ("*",)})


def _cost(study: Study, present: Scenario, language: str) -> Iterator[Scenario]:
    if any(m.capex_eur or m.opex_eur_per_year for m in study.measures):
        name = text("compare.scenario.cost", language, percent=round(100 * (DEARER - 1)))
        factors = {**present.cost_factors, "*": present.cost_factors.get("*", 1.0) * DEARER}
        yield present.model_copy(update={"name": name, "cost_factors": factors})


def _people(study: Study, present: Scenario, language: str) -> Iterator[Scenario]:
    for who in people_with_answers(study):
        if who != present.profile:
            name = text("compare.scenario.person", language, name=person_name(study, who, language))
            yield present.model_copy(update={"name": name, "profile": who, "weights": {}, "people": ()})


def _municipalities(study: Study, present: Scenario, language: str) -> Iterator[Scenario]:
    for home in study.municipalities if len(study.municipalities) > 1 else ():
        if home.id != present.municipality:
            name = text("compare.scenario.municipality", language, name=home.name)
            yield present.model_copy(update={"name": name, "municipality": home.id})


def _methods(study: Study, present: Scenario, language: str) -> Iterator[Scenario]:
    for name in STACKED:
        if name != (present.method or study.study.method) and name in METHODS:
            told = text("compare.scenario.method", language, name=method_name(name, language))
            yield present.model_copy(update={"name": told, "method": name})


_KINDS: Mapping[str, Make] = {
    "grants": _grants,
    "cost": _cost,
    "people": _people,
    "methods": _methods,
    "municipalities": _municipalities,
}
