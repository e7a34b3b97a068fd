"""What is said of a group: how far it agrees, what to talk about, camps, whether counting votes decides, who pulls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mcda.locale import text
from mcda.locale.formats import fixed, number, percent
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.shares import whole_percents
from mcda.robustness.key_check import KeyCheck, KeyOutcome, Tried
from mcda.scenario import VotingKey
from mcda.study.model import Study
from mcda.weights.agenda import Dispute
from mcda.weights.clusters import Cluster, Clusters
from mcda.weights.comparable import Comparable
from mcda.weights.consensus import Consensus
from mcda.weights.influence import Influence

Names = Callable[[str], str]
"""How a person is called: by the role, or by a letter while names are kept off."""


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One point of the agenda: the pair of criteria, and the sentence that says how far opinions lie apart."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One way of counting votes: who is first, and how many of the first ten are others than under the reference."""

    key: str
    first: str
    others: str


def agreement_sentences(found: Consensus, language: str) -> tuple[str, ...]:
    """How far people agree on the amounts, and on the order; of one vote alone there is nothing to say."""
    if found.people < 2:
        return (text("group_page.one_vote", language),)
    amounts = text(
        "group_page.amounts",
        language,
        word=text(f"consensus_word.{found.word}", language),
        value=percent(found.indicator, language),
        difference=percent(found.difference, language),
    )
    return amounts, text("group_page.order", language, value=fixed(found.concordance, language, 2))


def compared_sentences(study: Study, found: Comparable, names: Names, language: str) -> tuple[str, ...]:
    """What was compared where it was not everybody's whole tree: the main criteria alone, and who is left out."""
    said = []
    if len(found.people) < 2:
        said.append(text("group_page.not_comparable", language))
    elif found.items != study.leaves:
        said.append(text("group_page.main_only", language))
    if found.left_out:
        said.append(text("group_page.left_out", language, people="; ".join(names(who) for who in found.left_out)))
    return tuple(said)


def dispute_lines(study: Study, disputes: Sequence[Dispute], names: Names, language: str) -> tuple[DisputeLine, ...]:
    """The agenda, the weightiest first."""
    return tuple(_dispute(study, found, names, language) for found in disputes)


def camp_sentences(study: Study, found: Clusters, names: Names, language: str) -> tuple[str, ...]:
    """Whether there are camps, what justifies saying so, and what sets each apart."""
    state = text(f"cluster_state.{found.state}", language)
    if found.state in ("too_few", "alike"):
        return (state,)
    figures = {
        "silhouette": fixed(found.silhouette, language, 2),
        "reference": fixed(found.reference, language, 2),
        "draws": found.draws,
        "seed": str(found.seed),
    }
    said = [f"{state} {text('group_page.silhouette', language, **figures)}"]
    if found.state == "split":
        said += [_camp(study, camp, found, names, language) for camp in found.clusters]
    return tuple(said)


def key_lines(study: Study, found: KeyCheck, language: str) -> tuple[KeyLine, ...]:
    """Every named way of counting votes with what comes out."""
    base = set(found.named[found.reference].top)
    lines = []
    for key, outcome in found.named.items():
        others = len(base - set(outcome.top))
        reference = f" {text('group_page.reference', language)}" if key == found.reference else ""
        lines.append(KeyLine(key_name(key, language) + reference, first_names(study, outcome, language), str(others)))
    return tuple(lines)


def key_headline(found: KeyCheck, language: str) -> str:
    """Whether counting votes decides: between the named ways, or only under other shares of the votes."""
    if found.keys.first_changed or found.mixtures.first_changed:
        answer = "yes"
    elif found.first_decided_by_key:
        answer = "voices"
    else:
        answer = "top" if found.top_decided_by_key else "no"
    return text(f"group_page.keys_{answer}", language)


def key_sentences(study: Study, found: KeyCheck, names: Names, language: str) -> tuple[str, ...]:
    """Does the way of counting votes decide: among the named keys, their mixtures, and any voices at all?"""
    said = []
    for kind, tried in (("mixtures", found.mixtures), ("alone", found.alone), ("drawn", found.drawn)):
        said.append(_tried(study, kind, tried, found, names, language))
    leaving = [names(one.person) for one in found.leaving if one.first_changed]
    if leaving:
        said.append(text("group_page.leaving", language, people=_listed(leaving, language), count=len(leaving)))
    else:
        said.append(text("group_page.leaving_none", language))
    return tuple(said)


def missing_sentence(study: Study, people: Sequence[str], key: VotingKey, language: str) -> str:
    """Why nobody of the group has a vote under a key: what is missing for it."""
    homes = [person.municipality for person in study.stakeholders if person.id in people]
    nowhere = key in ("municipality", "population") and not any(home in study.municipality_by_id for home in homes)
    reason = "home" if nowhere else key
    return text(f"group_page.key_missing_{reason}", language, key=key_name(key, language))


def influence_sentence(study: Study, found: Sequence[Influence], names: Names, language: str) -> str:
    """Whose answers move the group most."""
    most = found[0]
    if most.moved < 5e-4:
        return text("group_page.no_influence", language)
    return text(
        "group_page.influence",
        language,
        person=names(most.person),
        moved=percent(most.moved, language, 1),
        criterion=criterion_label(study, most.criterion, language),
        change=number(100 * abs(most.change), language, 1),
        direction=text(f"group_page.{'would_more' if most.change > 0 else 'would_less'}", language),
    )


def key_name(key: str, language: str) -> str:
    """A way of counting votes in words."""
    return text(f"voting_key.{key}", language)


def first_names(study: Study, outcome: KeyOutcome, language: str) -> str:
    """Who is first; more than one where they are level."""
    return _listed([f"{m} · {title_of(study.measure_by_id[m], language)}" for m in outcome.first], language)


def _camp(study: Study, camp: Cluster, found: Clusters, names: Names, language: str) -> str:
    """What a camp raises above everybody else, with both shares; where another camp raises the same main criterion,
    also what parts it from the one most like it."""
    others = [one for one in found.clusters if one is not camp]
    favoured = _favoured(study, camp, others)
    said = text(
        "group_page.camp_alone" if len(camp.members) == 1 else "group_page.camp",
        language,
        members=_listed([names(who) for who in camp.members], language),
        favours=criterion_label(study, favoured, language),
        here=percent(_main(study, _mean([camp]))[favoured], language),
        there=percent(_main(study, _mean(others))[favoured], language),
    )
    alike = [one for one in others if _favoured(study, one, [o for o in found.clusters if o is not one]) == favoured]
    if not alike:
        return said
    nearest = min(alike, key=lambda one: _distance(camp, one))
    leaf = max(camp.weights, key=lambda key: round(abs(camp.weights[key] - nearest.weights[key]), 12))
    apart = text(
        "group_page.camp_apart",
        language,
        criterion=criterion_label(study, leaf, language),
        here=percent(camp.weights[leaf], language),
        there=percent(nearest.weights[leaf], language),
    )
    return f"{said} {apart}"


def _favoured(study: Study, camp: Cluster, others: Sequence[Cluster]) -> str:
    """The main criterion a camp raises most above everybody else, people counted alike."""
    here, there = _main(study, camp.weights), _main(study, _mean(others))
    return max(here, key=lambda top: round(here[top] - there[top], 12))


def _mean(camps: Sequence[Cluster]) -> dict[str, float]:
    """The mean weights of the people of several camps."""
    size = sum(len(one.members) for one in camps)
    return {leaf: sum(len(one.members) * one.weights[leaf] for one in camps) / size for leaf in camps[0].weights}


def _main(study: Study, weights: Mapping[str, float]) -> dict[str, float]:
    """The weights of the leaves summed up to the main criteria."""
    summed = dict.fromkeys(study.children[""], 0.0)
    for leaf, weight in weights.items():
        summed[study.top_of(leaf)] += weight
    return summed


def _distance(a: Cluster, b: Cluster) -> float:
    """How much of the weight two camps place differently."""
    return sum(abs(a.weights[leaf] - b.weights[leaf]) for leaf in a.weights) / 2


def _dispute(study: Study, found: Dispute, names: Names, language: str) -> DisputeLine:
    a, b = (criterion_label(study, name, language) for name in (found.a, found.b))
    sentence = text(
        "group_page.dispute",
        language,
        factor=number(found.highest_ratio / found.lowest_ratio, language, 1),
        share=percent(found.share, language),
        a=a,
        b=b,
        for_a=_listed([names(who) for who in found.for_a], language),
        for_b=_listed([names(who) for who in found.for_b], language),
    )
    return DisputeLine(text("group_page.against", language, a=a, b=b), sentence)


def _tried(study: Study, kind: str, tried: Tried, found: KeyCheck, names: Names, language: str) -> str:
    """One layer of the check: the example that changes the first place, or that none was found."""
    params = {"tried": tried.tried, "seed": str(found.seed), "top": tried.top_changed}
    if tried.first_example is None:
        return text(f"group_page.{kind}_none", language, **params)
    return text(
        f"group_page.{kind}_found",
        language,
        changed=tried.first_changed,
        voices=_voices(tried.first_example, names, language),
        first=first_names(study, tried.first_example, language),
        **params,
    )


def _voices(outcome: KeyOutcome, names: Names, language: str) -> str:
    """Voices as '50 % one vote each and 50 % by population' or by person; who decides alone by name only."""
    parts = outcome.parts or outcome.voices
    named = [key_name(key, language) if outcome.parts else names(key) for key in parts]
    if max(parts.values()) > 1 - 1e-9:
        return named[int(np.argmax(list(parts.values())))]
    shares = zip(named, whole_percents(list(parts.values())), strict=True)
    return _listed(
        [text("group_page.voice", language, share=percent(n / 100, language), name=name) for name, n in shares if n],
        language,
    )


def _listed(words: Sequence[str], language: str) -> str:
    """'A, B und C'; words that hold an 'und' themselves are kept apart by semicolons."""
    if len(words) < 2:
        return "".join(words)
    if any(text("group_page.and", language, first="", last="") in word for word in words):
        return "; ".join(words)
    return text("group_page.and", language, first=", ".join(words[:-1]), last=words[-1])
