"""Weights on the command line: side by side, answers worth a second look, and what the group makes of them."""

from collections.abc import Iterator, Sequence

from mcda.errors import InputError
from mcda.locale import text
from mcda.locale.formats import percent
from mcda.report.exhibits.group_sheet import agreement_sentences, camp_sentences, compared_sentences, dispute_lines
from mcda.report.exhibits.profiles import Profile, profile, profile_ids, profile_rows
from mcda.report.exhibits.ranked_list import notice_of, study_title
from mcda.report.exhibits.revision_sentence import revision_sentence
from mcda.report.exhibits.setting import person_name
from mcda.report.exhibits.trade_sentence import heaviest_trade
from mcda.result import Result
from mcda.scenario import GROUP, Scenario
from mcda.study.model import Study
from mcda.weights.agenda import agenda
from mcda.weights.clusters import clusters
from mcda.weights.comparable import comparable
from mcda.weights.consensus import consensus
from mcda.weights.revision import revisions
from mcda.weights.stored import comparisons_answered, people_with_answers
from mcda.weights.together import shares_among
from mcda.weights.tree import tree_weights

TOP = 5
WIDTH = 9
IN = "  "


def weights_lines(result: Result, language: str) -> list[str]:
    """What the command prints: plain lines, nothing cut off."""
    return list(_lines(result, language))


def _lines(result: Result, language: str) -> Iterator[str]:
    study, base = result.study, result.scenario.model_copy(update={"weights": {}, "profile": "", "name": ""})
    yield study_title(result, language)
    if notice := notice_of(result, language):
        yield notice
    shown, faults = [], []
    for name in profile_ids(study):
        try:
            shown.append(profile(study, base, name, language))
        except InputError as error:
            faults += [issue.sentence(language) for issue in error.issues]
    yield ""
    yield from _table(study, shown, language)
    yield ""
    for number, one in enumerate(shown, 1):
        yield f"{number}. {one.name}: {'; '.join(part for part in (one.how, one.contradictions) if part)}"
        if said := heaviest_trade(study, one.weights, language):
            yield f"{IN}{said}"
        yield from (f"{IN}{line}" for line in _second_looks(study, one, language))
    yield from faults
    if len(people_with_answers(study)) > 1:
        yield ""
        yield from _group(study, base, language)


def _table(study: Study, shown: Sequence[Profile], language: str) -> Iterator[str]:
    """Criteria down the tree with the weight under each profile, profiles by number."""
    rows = profile_rows(study, shown, language)
    names = [f"{IN * row.depth}{row.name}" for row in rows]
    wide = max(len(name) for name in names)
    yield " " * wide + "".join(f"{number:>{WIDTH}}" for number in range(1, len(shown) + 1))
    for name, row in zip(names, rows, strict=True):
        yield f"{name:<{wide}}" + "".join(f"{percent(share, language, 1):>{WIDTH}}" for share in row.overall)


def _second_looks(study: Study, one: Profile, language: str) -> Iterator[str]:
    """The answer to look at again in every set of comparisons that contradicts itself beyond its limit."""
    if one.id in ("", GROUP):
        return
    for found in one.weights.consistency:
        comparisons = comparisons_answered(study, one.id, found.parent)
        if comparisons is not None and found.ratio > found.limit:
            yield from (revision_sentence(study, look, language) for look in revisions(comparisons, most=1))


def _group(study: Study, base: Scenario, language: str) -> Iterator[str]:
    """How far people agree, what to talk about, and whether there are camps."""
    people = tuple(who for who in people_with_answers(study) if not base.people or who in base.people)
    alone = {who: tree_weights(study, base.model_copy(update={"profile": who})) for who in people}

    def called(who: str) -> str:
        return person_name(study, who, language)

    yield text("group_page.agreement", language)
    same, shares = comparable(study, alone), shares_among(study, people, base.voting_key)
    votes = [shares.get(who, 0.0) for who in same.people]
    if sum(votes) > 0:
        found = consensus(same.stack, votes)
        yield from (f"{IN}{sentence}" for sentence in agreement_sentences(found, language))
    yield from (f"{IN}{sentence}" for sentence in compared_sentences(study, same, called, language))
    yield text("group_page.agenda", language)
    for line in dispute_lines(study, agenda(study, alone)[:TOP], called, language):
        yield f"{IN}{line.title}: {line.sentence}"
    yield text("group_page.camps", language)
    camps = clusters(same.stack, same.people, same.items, seed=base.seed)
    yield from (f"{IN}{sentence}" for sentence in camp_sentences(study, camps, called, language))
