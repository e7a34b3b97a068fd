"""How a setting is called and what it changes: one wording for screen, files and terminal."""

from mcda.locale import label, text
from mcda.locale.formats import number
from mcda.methods import PREFIX
from mcda.report.exhibits.catalogue import criterion_label
from mcda.result import Result
from mcda.scenario import GROUP, Scenario
from mcda.study.model import Study
from mcda.weights.direct import TOTAL
from mcda.weights.stored import people_with_answers
from mcda.weights.tree import tree_weights

SAME = 1e-9
"""Two shares of a group that differ by less are the same weight."""


def scenario_name(result: Result, language: str) -> str:
    """What a person calls the setting: its name, the profile it follows, own weights, or the study's."""
    scenario = result.scenario
    if scenario.name:
        return scenario.name
    if scenario.weights:
        return text("board.own_weights", language)
    return profile_name(result, language) or text("board.as_study", language)


def profile_name(result: Result, language: str) -> str:
    """The stakeholder, or the group, whose weights the setting starts from; empty when it starts from the study's."""
    if result.scenario.profile == GROUP:
        return group_name(result.study, result.scenario, language)
    return person_name(result.study, result.scenario.profile, language)


def person_name(study: Study, who: str, language: str) -> str:
    """A stakeholder's name in the reader's language; the id of one the study does not hold."""
    for person in study.stakeholders:
        if person.id == who:
            return (person.label_en if language == "en" else "") or person.label_de
    return who


def members(result: Result, language: str) -> str:
    """Who belongs to the group, by name and in the order given."""
    study, asked = result.study, result.scenario.people or people_with_answers(result.study)
    return "; ".join(person_name(study, who, language) for who in asked)


def group_name(study: Study, scenario: Scenario, language: str) -> str:
    """The group with how many belong to it and how votes are counted, in words; answers joined are told too."""
    count = len(scenario.people or people_with_answers(study))
    key = text(f"voting_key.{scenario.voting_key}", language)
    name = "setting.group_aij" if scenario.group_method == "aij" else "setting.group"
    return text(name, language, count=count, key=key)


def setting_line(result: Result, language: str) -> str:
    """'Weights: Group: 3 stakeholders, one person one vote', and what is changed on top; '' for the study's own."""
    scenario = result.scenario
    if not (scenario.name or scenario.profile or scenario.weights):
        return ""
    start = profile_name(result, language) or text("board.as_study", language)
    names = dict.fromkeys(name for name in (scenario.name, start) if name)
    changed = changed_weights(result, language)
    return text("setting.changed" if changed else "setting.weights", language, name=" · ".join(names), changed=changed)


def changed_weights(result: Result, language: str) -> str:
    """The weights that differ from the study's own, or from the profile's, in points among siblings; else empty."""
    scenario, study = result.scenario, result.study
    start = tree_weights(study, scenario.model_copy(update={"weights": {}})).local
    return "; ".join(
        text(
            "export.basis.changed_weight",
            language,
            criterion=criterion_label(study, name, language),
            now=number(TOTAL * share, language, 1),
            before=number(TOTAL * start[name], language, 1),
        )
        for name, share in result.weights.local.items()
        if abs(share - start[name]) > SAME
    )


def method_name(method: str, language: str) -> str:
    """The plain name of a ranking method; of one without a plain name, its own."""
    return label("board.method", method, language).removeprefix(PREFIX)
