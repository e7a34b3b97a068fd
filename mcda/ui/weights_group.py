"""Page Gewichte, part Gruppe: how far people agree, what to talk about, and whether counting votes decides."""

from collections.abc import Mapping
from functools import lru_cache
from string import ascii_uppercase

import pandas as pd
import streamlit as st

from mcda.errors import InputError, MethodError
from mcda.locale import text
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.group_sheet import (
    Names,
    agreement_sentences,
    camp_sentences,
    compared_sentences,
    dispute_lines,
    influence_sentence,
    key_headline,
    key_lines,
    key_name,
    key_sentences,
    missing_sentence,
)
from mcda.report.exhibits.group_sources import source_sentences
from mcda.report.exhibits.profiles import profile_rows
from mcda.report.exhibits.setting import person_name
from mcda.result import Result, Weights
from mcda.robustness.key_check import KeyCheck
from mcda.robustness.voting_keys import KEYS, voting_keys
from mcda.scenario import GROUP, GroupMethod, Scenario, VotingKey
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.asking.weights_so_far import bars_html, show_trades
from mcda.ui.kept import keep_choices
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.weights_compare import (
    member_key,
    profile_of,
    profiles_html,
    take,
    told_in_force,
    way_to_questions,
    without_weights,
)
from mcda.weights.agenda import agenda
from mcda.weights.clusters import Clusters, clusters
from mcda.weights.comparable import comparable
from mcda.weights.consensus import consensus
from mcda.weights.influence import influence
from mcda.weights.stored import people_with_answers
from mcda.weights.tree import tree_weights
from mcda.weights.voices import voices

_TOP = 5
_METHODS: tuple[GroupMethod, ...] = ("aip", "aij")


def show(result: Result, language: str) -> None:
    """Draw the part."""
    study = result.study
    everybody = people_with_answers(study)
    if len(everybody) < 2:
        st.info(text("group_page.too_few", language))
        way_to_questions(language)
        return
    names = _names(study, everybody, language)
    wanted = _settings(study, everybody, names, without_weights(result.scenario), language)
    if len(wanted.people) < 2:
        st.info(text("group_page.choose_two", language))
        return
    try:
        alone = everybody_s_weights(study, wanted)
        joined = tree_weights(study, wanted)
    except InputError as error:
        for issue in error.issues:
            st.error(literal(issue.sentence(language)))
        return
    _warned(study, joined, names, language)
    _agreement(study, wanted, alone, names, language)
    _agenda(study, alone, names, language)
    _camps(study, wanted, alone, names, language)
    _keys(study, wanted, names, language)
    _influence(study, wanted, alone, names, language)
    _weights(study, wanted, joined, language)


@lru_cache(maxsize=64)
def everybody_s_weights(study: Study, wanted: Scenario) -> Mapping[str, Weights]:
    """Each member's weights of the whole tree, by person."""
    how = wanted.ahp_priorities
    return {who: tree_weights(study, Scenario(profile=who, ahp_priorities=how)) for who in wanted.people}


@lru_cache(maxsize=32)
def camps_of(study: Study, wanted: Scenario) -> Clusters:
    """The camps, kept: they are held against hundreds of groups of one mind."""
    alone = everybody_s_weights(study, wanted)
    same = comparable(study, alone)
    return clusters(same.stack, same.people, same.items, seed=wanted.seed)


@lru_cache(maxsize=32)
def key_check_of(study: Study, wanted: Scenario) -> KeyCheck:
    """The check of voting keys, kept: it ranks the catalogue ten thousand times."""
    return voting_keys(study, wanted, everybody_s_weights(study, wanted))


def _settings(study: Study, everybody: tuple[str, ...], names: Names, base: Scenario, language: str) -> Scenario:
    """Who belongs to the group, how votes are counted, and what is joined; at first as in the scenario in force."""
    people = st.multiselect(
        text("group_page.people", language),
        list(everybody),
        default=list(everybody),
        format_func=names,
        placeholder=text("compare_page.none", language),
        key=member_key("group_people", everybody),
        persist_state="session",
    )
    usable, missing = usable_keys(study, tuple(people) or everybody)
    key, method = st.columns(2)
    with key:
        counted: VotingKey = st.selectbox(
            text("group_page.key", language),
            list(usable),
            index=usable.index(base.voting_key) if base.voting_key in usable else 0,
            format_func=lambda name: key_name(name, language),
            key="group_key",
            persist_state="session",
        )
        show_quiet(text(f"group_page.key_about_{counted}", language))
        for name in missing:
            show_quiet(missing_sentence(study, tuple(people) or everybody, name, language))
    with method:
        joined: GroupMethod = st.selectbox(
            text("group_page.method", language),
            list(_METHODS),
            index=_METHODS.index(base.group_method),
            format_func=lambda name: text(f"group_page.method_{name}", language),
            key="group_method",
            persist_state="session",
        )
        show_quiet(text(f"group_page.method_about_{joined}", language))
    chosen = tuple(name for name in everybody if name in people)
    return base.model_copy(update={"profile": GROUP, "people": chosen, "voting_key": counted, "group_method": joined})


def usable_keys(study: Study, people: tuple[str, ...]) -> tuple[tuple[VotingKey, ...], tuple[VotingKey, ...]]:
    """The voting keys under which somebody has a vote, and the others."""
    usable: list[VotingKey] = []
    for key in KEYS:
        try:
            voices(study, people, key)
        except InputError:
            continue
        usable.append(key)
    return tuple(usable) or ("equal",), tuple(key for key in KEYS if key not in usable)


def _names(study: Study, people: tuple[str, ...], language: str) -> Names:
    """People by role, or by letters while the switch is on."""
    hidden = st.toggle(
        text("group_page.without_names", language),
        key="group_without_names",
        on_change=keep_choices,
        persist_state="session",
    )
    if not hidden:
        return lambda who: person_name(study, who, language)
    letters = {who: _letter(n) for n, who in enumerate(people)}
    return lambda who: letters.get(who, who)


def _letter(n: int) -> str:
    """A, B ... Z, AA, AB ..."""
    return (_letter(n // 26 - 1) if n >= 26 else "") + ascii_uppercase[n % 26]


def _warned(study: Study, joined: Weights, names: Names, language: str) -> None:
    """Who has no vote, and where the average was taken another way; people are called as on the rest of the page."""
    called = [who.model_copy(update={"label_de": names(who.id), "label_en": ""}) for who in study.stakeholders]
    renamed = study.model_copy(update={"stakeholders": tuple(called)})
    for finding in joined.findings:
        st.warning(literal(finding_sentence(finding, renamed, language)))


def _agreement(study: Study, wanted: Scenario, alone: Mapping[str, Weights], names: Names, language: str) -> None:
    st.subheader(text("group_page.agreement", language), anchor=False)
    shares = voices(study, wanted.people, wanted.voting_key).shares
    same = comparable(study, alone)
    votes = [shares.get(who, 0.0) for who in same.people]
    if sum(votes) > 0:
        for sentence in agreement_sentences(consensus(same.stack, votes), language):
            st.markdown(literal(sentence))
    for sentence in compared_sentences(study, same, names, language):
        show_quiet(sentence)
    with st.expander(text("group_page.terms", language)):
        st.markdown(literal(text("group_page.terms_text", language)))


def _agenda(study: Study, alone: Mapping[str, Weights], names: Names, language: str) -> None:
    st.subheader(text("group_page.agenda", language), anchor=False)
    lines = dispute_lines(study, agenda(study, alone), names, language)
    if not lines:
        st.markdown(text("group_page.agenda_none", language))
        return
    for line in lines[:_TOP]:
        st.markdown(f"- **{literal(line.title)}:** {literal(line.sentence)}")
    if lines[_TOP:]:
        with st.expander(text("group_page.agenda_more", language, count=len(lines) - _TOP)):
            for line in lines[_TOP:]:
                st.markdown(f"- **{literal(line.title)}:** {literal(line.sentence)}")


def _camps(study: Study, wanted: Scenario, alone: Mapping[str, Weights], names: Names, language: str) -> None:
    st.subheader(text("group_page.camps", language), anchor=False)
    found = camps_of(study, wanted)
    first, *camps = camp_sentences(study, found, names, language)
    st.markdown(literal(first))
    for sentence, camp in zip(camps, found.clusters, strict=False):
        words, button = st.columns([4, 2], vertical_alignment="center")
        words.markdown("- " + literal(sentence))
        button.button(
            text("group_page.take_camp", language),
            key=f"group_camp_{camp.members[0]}",
            on_click=take,
            args=(wanted.model_copy(update={"people": camp.members}),),
        )
    if state.scenario().people in [camp.members for camp in found.clusters] and len(found.clusters) > 1:
        told_in_force(language)


def _keys(study: Study, wanted: Scenario, names: Names, language: str) -> None:
    st.subheader(text("group_page.keys", language), anchor=False)
    try:
        found = key_check_of(study, wanted)
    except (InputError, MethodError) as error:
        issues = error.issues if isinstance(error, InputError) else (error.issue,)
        for issue in issues:
            st.info(literal(finding_sentence(issue, study, language)))
        return
    st.markdown(f"**{literal(key_headline(found, language))}**")
    columns = [text(f"group_page.column_{name}", language) for name in ("key", "first", "others")]
    lines = [(line.key, line.first, line.others) for line in key_lines(study, found, language)]
    show_table(pd.DataFrame(lines, columns=columns), text("group_page.keys", language), numeric=(2,), stack=True)
    for sentence in key_sentences(study, found, names, language):
        st.markdown("- " + literal(sentence))
    if wanted.group_method == "aij":
        show_quiet(text("group_page.keys_by_weights", language))


def _influence(study: Study, wanted: Scenario, alone: Mapping[str, Weights], names: Names, language: str) -> None:
    st.subheader(text("group_page.most", language), anchor=False)
    found = influence(study, alone, wanted.voting_key)
    st.markdown(literal(influence_sentence(study, found, names, language)))


def _weights(study: Study, wanted: Scenario, joined: Weights, language: str) -> None:
    """The group's weights, what they rest on, and the way with them into the live page."""
    st.subheader(text("group_page.weights", language), anchor=False)
    top = Weights({name: joined.local[name] for name in study.children[""]}, joined.overall, joined.leaf)
    st.html(bars_html(study, top, {}, language))
    show_quiet(" ".join(source_sentences(study, joined, wanted.people, language)))
    with st.expander(text("group_page.all_criteria", language)):
        group = [profile_of(study, wanted, GROUP, language)]
        st.html(profiles_html(study, group, profile_rows(study, group, language), language))
    show_trades(study, wanted, language)
    st.button(
        text("group_page.into_live", language), key="group_into_live", type="primary", on_click=take, args=(wanted,)
    )
    told_in_force(language)
