"""Page Gewichte, part Vergleichen: everybody's weights side by side, and with one of them into the live page."""

from functools import lru_cache
from html import escape

import pandas as pd
import streamlit as st

from mcda.errors import InputError
from mcda.locale import text
from mcda.locale.formats import percent
from mcda.report.exhibits.catalogue import criterion_label
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.profiles import Profile, ProfileRow, profile, profile_ids, profile_label, profile_rows
from mcda.report.exhibits.trade_sentence import heaviest_trade
from mcda.result import Result
from mcda.scenario import GROUP, Scenario
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.links import show_link
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.weights_ask import moment_text
from mcda.weights.objective import objective_weights

_SHOWN = 4
_NOTHING = "–"


def show(result: Result, language: str) -> None:
    """Draw the part."""
    study, base = result.study, without_weights(result.scenario)
    ids = profile_ids(study)
    if len(ids) < 2:
        st.info(text("compare_page.nobody", language))
        way_to_questions(language)
        return
    names = {name: _choice(study, name, language) for name in ids}
    chosen = st.multiselect(
        text("compare_page.which", language),
        list(ids),
        default=list(ids[: _SHOWN + 1]),
        format_func=lambda name: names.get(name, name),
        placeholder=text("compare_page.none", language),
        key=member_key("compare_which", ids),
        persist_state="session",
    )
    shown = _shown(study, base, [name for name in ids if name in chosen], language)
    if shown:
        st.html(profiles_html(study, shown, profile_rows(study, shown, language), language))
        show_quiet(text("compare_page.reading", language))
    _into_live(ids, names, language)
    _objective(result, language)


def _choice(study: Study, name: str, language: str) -> str:
    """What a profile is called where it is chosen: the group's name stays when its votes are counted anew."""
    return (
        text("compare_page.group", language)
        if name == GROUP
        else profile_label(study, Scenario(profile=name), language)
    )


def _shown(study: Study, base: Scenario, chosen: list[str], language: str) -> list[Profile]:
    """The profiles that have weights; what is wrong with the answers of the others is said once."""
    found: list[Profile] = []
    faults: dict[str, None] = {}
    for name in chosen:
        try:
            found.append(profile_of(study, base, name, language))
        except InputError as error:
            faults |= dict.fromkeys(finding_sentence(issue, study, language) for issue in error.issues)
    for fault in faults:
        st.error(literal(fault))
    return found


def member_key(name: str, people: tuple[str, ...]) -> str:
    """A widget's key that changes with who has answered: a new answer is in, and another study starts afresh."""
    return f"{name}_{'_'.join(people)}"


def _objective(result: Result, language: str) -> None:
    """Weights from the spread of the numbers, on request and as information only, with the reason why."""
    study = result.study
    with st.expander(text("objective.title", language)):
        show_quiet(text("objective.why", language))
        if not st.toggle(text("objective.show", language), key="compare_objective"):
            return
        found = objective_weights(result.matrix)
        columns = [text("objective.method", language), *(criterion_label(study, x, language) for x in study.leaves)]
        lines = [
            (text(f"elicitation.{name}", language), *(percent(share, language, 1) for share in weights.leaf.tolist()))
            for name, weights in found.items()
        ]
        show_table(
            pd.DataFrame(lines, columns=columns),
            text("objective.caption", language),
            numeric=range(1, len(columns)),
            stack=True,
        )


def without_weights(scenario: Scenario) -> Scenario:
    """The scenario's method, day and group settings without its own weights, profile and name."""
    return scenario.model_copy(update={"weights": {}, "profile": "", "name": ""})


@lru_cache(maxsize=256)
def profile_of(study: Study, scenario: Scenario, name: str, language: str) -> Profile:
    """A profile, kept: it ranks the whole catalogue."""
    return profile(study, scenario, name, language)


def profiles_html(study: Study, shown: list[Profile], rows: tuple[ProfileRow, ...], language: str) -> str:
    """One row per criterion, one column per profile; on a phone every profile is a line below the criterion."""
    heads = "".join(f"<th scope='col'>{escape(one.name)}</th>" for one in shown)
    body = "".join(_row(row, shown, language) for row in rows)
    foot = "".join(
        _foot(text(f"compare_page.{key}", language), said, shown)
        for key, said in (
            ("how", [[one.how] for one in shown]),
            ("at", [[moment_text(one.at) or _NOTHING] for one in shown]),
            ("contradictions", [[one.contradictions or _NOTHING] for one in shown]),
            ("trade", [[heaviest_trade(study, one.weights, language) or _NOTHING] for one in shown]),
            ("first", [list(one.first) or [_NOTHING] for one in shown]),
        )
        if said != [[_NOTHING]] * len(shown)
    )
    caption = escape(text("compare_page.caption", language))
    first = escape(text("compare_page.criterion", language))
    return (
        f"<div class='rf-profiles' style='--profiles:{len(shown)}'><table>"
        f"<caption class='rf-unseen'>{caption}</caption><thead><tr><th scope='col'>{first}</th>{heads}</tr></thead>"
        f"<tbody>{body}{foot}</tbody></table></div>"
    )


def _row(row: ProfileRow, shown: list[Profile], language: str) -> str:
    span = ""
    if row.span is not None:
        low, high = (percent(end, language) for end in row.span)
        span = f"<small>{escape(text('compare_page.span', language, low=low, high=high))}</small>"
    cells = "".join(
        f"<td data-name='{escape(one.name)}' data-criterion='{escape(row.criterion)}' data-profile='{escape(one.id)}'"
        f" data-weight='{weight!r}'><b>{percent(weight, language, 1)}</b>"
        f"<i><em style='width:{100 * weight:.2f}%'></em></i></td>"
        for one, weight in zip(shown, row.overall, strict=True)
    )
    look = "rf-main" if row.depth == 0 else f"rf-sub' style='--depth:{row.depth}"
    return f"<tr class='{look}'><th scope='row'>{escape(row.name)}{span}</th>{cells}</tr>"


def _foot(name: str, said: list[list[str]], shown: list[Profile]) -> str:
    cells = "".join(_foot_cell(one.name, lines) for one, lines in zip(shown, said, strict=True))
    return f"<tr class='rf-foot'><th scope='row'>{escape(name)}</th>{cells}</tr>"


def _foot_cell(name: str, lines: list[str]) -> str:
    """A phone leaves out the cells that say nothing: each takes two lines there."""
    look = " class='rf-none'" if lines == [_NOTHING] else ""
    return f"<td{look} data-name='{escape(name)}'>{'<br>'.join(escape(line) for line in lines)}</td>"


def _into_live(ids: tuple[str, ...], names: dict[str, str], language: str) -> None:
    """One set of weights into the live page; it can be taken back there."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.selectbox(
            text("compare_page.take", language),
            list(ids),
            format_func=lambda name: names.get(name, name),
            key="compare_take",
            persist_state="session",
        )
        st.button(
            text("compare_page.into_live", language),
            key="compare_into_live",
            type="primary",
            on_click=take,
            args=(without_weights(state.scenario()).model_copy(update={"profile": wanted or ""}),),
        )
    told_in_force(language)


def take(wanted: Scenario) -> None:
    """Put weights in force; undoable on the live page."""
    state.apply(wanted)


def way_to_questions(language: str) -> None:
    """To the part of this page where people answer."""
    st.button(
        text("group_page.to_questions", language),
        key="weights_to_questions",
        type="primary",
        on_click=lambda: st.session_state.update(weights_part="ask"),
    )


def told_in_force(language: str) -> None:
    """Which weights the ranking uses now, and the way to it."""
    now = state.scenario()
    name = text("board.own_weights", language) if now.weights else profile_label(state.study(), now, language)
    show_quiet(text("compare_page.in_force", language, name=name))
    show_link("live", text("weights_page.to_live", language), language)
