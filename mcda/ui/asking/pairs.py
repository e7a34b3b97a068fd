"""The careful door: one comparison at a time, as a sentence with both ranges."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

import streamlit as st

from mcda.locale import text
from mcda.report.exhibits.questions import Swing, pair_question, question_plan, swing_of
from mcda.report.exhibits.revision_sentence import answer_sentence
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.asking.draft import Draft, Pair, asking, draft_of, keep, remember
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet

STRENGTHS = tuple(range(2, 10))
_SIDES = ("a", "equal", "b")


def show_pairs(study: Study, who: str, parent: str, language: str) -> None:
    """The open question, how far one is, and the answers given, each of which can be opened again."""
    draft = draft_of(study, who, parent, "pairs")
    plan, enough = question_plan(study.children[parent])
    pair = _open_pair(plan, draft, who, parent)
    done = sum(1 for one in plan if answer_to(draft, one) is not None)
    said = "progress" if done >= enough or enough == len(plan) else "progress_enough"
    st.progress(done / len(plan), text(f"weights_page.{said}", language, done=done, all=len(plan), enough=enough))
    if pair is None:
        st.success(text("weights_page.all_pairs", language))
    else:
        if done >= enough and answer_to(draft, pair) is None:
            show_quiet(text("weights_page.optional", language))
        _question(study, who, parent, pair, draft, language)
        _back(plan, pair, draft, who, parent, language)
    _answers(study, who, parent, plan, draft, language)


def answer_to(draft: Draft, pair: Pair) -> float | None:
    """How many times as important the first is, whichever way round it was asked; None where it is open."""
    if pair in draft.pairs:
        return draft.pairs[pair]
    turned = draft.pairs.get((pair[1], pair[0]))
    return None if turned is None else 1 / turned


def open_question(who: str, parent: str, pair: Pair) -> None:
    """Put one question on screen again."""
    now = asking()
    remember(replace(now, open_pair={**now.open_pair, (who, parent): pair}, strength_of=None))


def give(who: str, parent: str, pair: Pair, value: float) -> None:
    """Answer one question and go on to the next open one."""
    draft = draft_of(state.study(), who, parent, "pairs")
    pairs = {one: said for one, said in draft.pairs.items() if set(one) != set(pair)}
    _go_on(who, parent)
    keep(who, parent, replace(draft, pairs={**pairs, pair: value}))


def _open_pair(plan: tuple[Pair, ...], draft: Draft, who: str, parent: str) -> Pair | None:
    wanted = asking().open_pair.get((who, parent))
    asked = next((pair for pair in plan if wanted is not None and set(pair) == set(wanted)), None)
    if asked is not None:
        return asked
    return next((pair for pair in plan if answer_to(draft, pair) is None), None)


def _question(study: Study, who: str, parent: str, pair: Pair, draft: Draft, language: str) -> None:
    """Which of two swings matters more, and by how much."""
    a, b = (swing_of(study, one, language) for one in pair)
    sentence = pair_question(study, *pair, language)
    st.html(
        f"<p class='rf-question' role='heading' aria-level='2'><span class='rf-unseen'>{escape(sentence)}</span>"
        f"<span aria-hidden='true'>{escape(text('weights_page.which', language))}</span></p>"
    )
    said = answer_to(draft, pair)
    left, middle, right = st.columns([5, 2, 5], vertical_alignment="center")
    key = f"{who}_{parent}_{pair[0]}_{pair[1]}"
    for column, side, swing in ((left, "a", a), (right, "b", b)):
        with column:
            st.html(_card(swing, language))
            st.button(
                text("weights_page.this_one", language, name=literal(swing.name)),
                key=f"pair_{side}_{key}",
                type="primary" if _chosen(who, pair, said) == side else "secondary",
                width="stretch",
                on_click=_side,
                args=(who, parent, pair, side),
            )
    with middle:
        st.button(
            text("weights_page.both_equal", language),
            key=f"pair_equal_{key}",
            type="primary" if _chosen(who, pair, said) == "equal" else "secondary",
            width="stretch",
            on_click=_side,
            args=(who, parent, pair, "equal"),
        )
    _strength(study, who, parent, pair, said, language)


def _back(plan: tuple[Pair, ...], pair: Pair, draft: Draft, who: str, parent: str, language: str) -> None:
    """The question before this one, and from a question opened again the way on."""
    place = plan.index(pair)
    with st.container(horizontal=True):
        if place > 0:
            st.button(
                text("weights_page.back", language),
                key=f"pair_back_{who}_{parent}",
                on_click=open_question,
                args=(who, parent, plan[place - 1]),
            )
        if (who, parent) in asking().open_pair and answer_to(draft, pair) is not None:
            st.button(
                text("weights_page.go_on", language), key=f"pair_on_{who}_{parent}", on_click=_go_on, args=(who, parent)
            )


def _go_on(who: str, parent: str) -> None:
    """Leave the question opened again as it is answered, for the next open one."""
    now = asking()
    others = {key: found for key, found in now.open_pair.items() if key != (who, parent)}
    remember(replace(now, open_pair=others, strength_of=None))


def _chosen(who: str, pair: Pair, said: float | None) -> str:
    """Which side is marked: the one just clicked, else the one answered before."""
    clicked = asking().strength_of
    if clicked is not None and clicked[0] == who and set(clicked[1]) == set(pair):
        return "a" if clicked[1] == pair else "b"
    if said is None:
        return ""
    return "equal" if said == 1 else "a" if said > 1 else "b"


def _side(who: str, parent: str, pair: Pair, side: str) -> None:
    if side == "equal":
        give(who, parent, pair, 1.0)
        return
    open_question(who, parent, pair)
    remember(replace(asking(), strength_of=(who, pair if side == "a" else (pair[1], pair[0]))))


def _strength(study: Study, who: str, parent: str, pair: Pair, said: float | None, language: str) -> None:
    """How many times as much the chosen one counts; nothing before a side is chosen."""
    side = _chosen(who, pair, said)
    if side not in ("a", "b"):
        return
    first, second = pair if side == "a" else (pair[1], pair[0])
    value = None if said is None else said if side == "a" else 1 / said
    names = {"a": swing_of(study, first, language).name, "b": swing_of(study, second, language).name}
    words = strength_words(language)
    st.pills(
        literal(text("weights_page.how_much", language, **names)),
        list(STRENGTHS),
        default=round(value) if value is not None and round(value) in STRENGTHS else None,
        format_func=lambda number: words[number],
        key=f"strength_{who}_{parent}_{first}_{second}_{said}",
        on_change=_stronger,
        args=(who, parent, (first, second), f"strength_{who}_{parent}_{first}_{second}_{said}"),
    )


def strength_words(language: str) -> Mapping[int, str]:
    """The steps of the scale with their words: '3 · somewhat'."""
    return {n: text(f"weights_page.strength_{n}", language) for n in STRENGTHS}


def _stronger(who: str, parent: str, pair: Pair, key: str) -> None:
    number = st.session_state.get(key)
    if number is not None:
        give(who, parent, pair, float(number))


def _card(swing: Swing, language: str) -> str:
    """A criterion with its range, as one of the two cards."""
    said = {name: escape(part) for name, part in (("worst", swing.worst), ("best", swing.best))}
    words = escape(text("weights_page.range", language, worst="\0", best="\1"))
    words = words.replace("\0", f"<b>{said['worst']}</b>").replace("\1", f"<b>{said['best']}</b>")
    return f"<div class='rf-card'><strong>{escape(swing.name)}</strong><span>{words}</span></div>"


def _answers(study: Study, who: str, parent: str, plan: tuple[Pair, ...], draft: Draft, language: str) -> None:
    """The answers given, each a sentence and a button that opens its question again."""
    given = [(pair, value) for pair in plan if (value := answer_to(draft, pair)) is not None]
    if not given:
        return
    with st.expander(text("weights_page.your_answers", language, count=len(given))):
        for pair, value in given:
            words, again = st.columns([5, 2], vertical_alignment="center")
            words.markdown(literal(answer_sentence(study, *pair, value, language)))
            again.button(
                text("weights_page.again", language),
                key=f"again_{who}_{parent}_{pair[0]}_{pair[1]}",
                on_click=open_question,
                args=(who, parent, pair),
            )
