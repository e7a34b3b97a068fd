"""Page Gewichte, part Abwägungen: what the weights in force say in amounts, correcting them, and the cost curve."""

from collections.abc import Callable
from html import escape

import streamlit as st

from mcda.errors import InputError, MethodError
from mcda.locale import text
from mcda.locale.formats import percent
from mcda.methods.curve import bent_criterion, curve_from_midpoints
from mcda.methods.levels import ends, level_of
from mcda.methods.values import value
from mcda.report.exhibits.catalogue import criterion_label
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.levels import level_text
from mcda.report.exhibits.trade_sentence import amount_text, step_text, trade_sentence
from mcda.result import Result
from mcda.study.model import Criterion, Study
from mcda.tradeoffs import TradeOff, correct, cross_check, trade_offs
from mcda.ui import state
from mcda.ui.amount import read_amount
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet

_TOLD = "weights_trade_told"
_WORTHS = (0.5, 0.25, 0.75)
"""The values whose levels are asked for: the middle first, the two quarters if somebody wants to."""


def show(result: Result, language: str) -> None:
    """Draw the part."""
    study = result.study
    try:
        found = trade_offs(study, result.weights)
    except InputError as error:
        st.info(literal(error.issues[0].sentence(language)))
        return
    if not found:
        st.info(text("trade.nothing", language))
        return
    with st.container(key="trade"):
        step = st.pills(
            text("trade.what", language),
            list(_STEPS),
            default="check",
            required=True,
            format_func=lambda name: text(f"trade.steps_of.{name}", language),
            key="trade_step",
            persist_state="session",
        )
        if told := st.session_state.pop(_TOLD, None):
            kind, sentence, lines = told
            (st.success if kind == "done" else st.error)(literal(sentence))
            for line in lines:
                st.markdown("- " + literal(line))
        _STEPS[step or "check"](result, found, language)
        if state.can_undo():
            st.button(text("trade.undo", language), key="trade_undo", on_click=state.undo)
        show_quiet(text("trade.additive", language))


def _check(result: Result, found: tuple[TradeOff, ...], language: str) -> None:
    """One question asked before the answer is shown: does the amount people mean fit their weights?"""
    study = result.study
    st.subheader(text("trade.check", language), anchor=False)
    trade = _which(study, found, "trade_check_leaf", language)
    _big(text("trade.question", language, **_names(study, trade, language)))
    with st.form("trade_check", border=False):
        typed = st.text_input(
            text("trade.amount", language, unit=_unit(study, trade, language)), key="trade_check_amount"
        )
        asked = st.form_submit_button(text("trade.compare", language), type="primary")
    if not asked:
        return
    amount = read_amount(typed)
    if amount is None:
        st.error(literal(text("trade.no_amount", language, value=typed)))
        return
    sign = 1 if trade.worth >= 0 else -1
    try:
        differs = cross_check(study, result.weights, trade.leaf, sign * amount, trade.at, reference=trade.reference)
    except InputError as error:
        st.error(literal(error.issues[0].sentence(language)))
        return
    if differs is None:
        st.success(literal(text("trade.fits", language)))
    else:
        st.warning(literal(finding_sentence(differs, study, language)))
    _big(trade_sentence(study, trade, language))
    st.button(
        text("trade.to_correct", language),
        key="trade_to_correct",
        on_click=_to_correct,
        args=(trade.leaf, typed),
    )


def _to_correct(leaf: str, typed: str) -> None:
    """On to correcting this trade-off, with the amount just given."""
    st.session_state["trade_step"] = "correct"
    st.session_state["trade_correct_leaf"] = leaf
    st.session_state["trade_correct_amount"] = typed


def _big(words: str) -> None:
    """What the step asks or says, to be read from the back of the room."""
    st.html(f"<p class='rf-asked'>{escape(words)}</p>")


def _correct(result: Result, found: tuple[TradeOff, ...], language: str) -> None:
    """Say what a step is worth; the weights follow, as weights of the scenario, and can be taken back."""
    study = result.study
    st.subheader(text("trade.correct", language), anchor=False)
    show_quiet(text("trade.correct_help", language))
    trade = _which(study, found, "trade_correct_leaf", language)
    _big(trade_sentence(study, trade, language))
    with st.form("trade_correct", border=False):
        typed = st.text_input(
            text("trade.rather", language, unit=_unit(study, trade, language)), key="trade_correct_amount"
        )
        asked = st.form_submit_button(text("trade.apply", language), type="primary")
    if asked:
        _put_right(result, trade, typed, language)
        st.rerun()
    with st.expander(text("trade.all", language), expanded=True):
        for one in found:
            st.markdown("- " + literal(trade_sentence(study, one, language)))


def _put_right(result: Result, trade: TradeOff, typed: str, language: str) -> None:
    """The corrected weights in force, or the reason why not."""
    study, amount = result.study, read_amount(typed)
    if amount is None:
        st.session_state[_TOLD] = ("fault", text("trade.no_amount", language, value=typed), ())
        return
    sign = 1 if trade.worth >= 0 else -1
    before = result.weights.overall
    try:
        points = correct(study, result.weights, trade, sign * amount)
    except InputError as error:
        st.session_state[_TOLD] = ("fault", error.issues[0].sentence(language), ())
        return
    state.apply(state.scenario().model_copy(update={"weights": points, "name": ""}))
    try:
        after = state.result().weights.overall
    except (InputError, MethodError) as error:
        state.undo()
        issue = error.issues[0] if isinstance(error, InputError) else error.issue
        st.session_state[_TOLD] = ("fault", issue.sentence(language), ())
        return
    lines = tuple(
        text(
            "trade.moved",
            language,
            name=criterion_label(study, key, language),
            before=percent(before[key], language, 1),
            after=percent(after[key], language, 1),
        )
        for key in study.children[""]
    )
    st.session_state[_TOLD] = ("done", text("trade.done", language), lines)


def _which(study: Study, found: tuple[TradeOff, ...], key: str, language: str) -> TradeOff:
    by_leaf = {trade.leaf: trade for trade in found}
    chosen = st.selectbox(
        text("trade.leaf", language),
        list(by_leaf),
        format_func=lambda leaf: criterion_label(study, leaf, language),
        key=key,
        persist_state="session",
    )
    return by_leaf.get(chosen, found[0])


def _names(study: Study, trade: TradeOff, language: str) -> dict[str, str]:
    leaf, base = study.criterion_by_id[trade.leaf], study.criterion_by_id[trade.reference]
    return {
        "leaf": criterion_label(study, leaf.id, language),
        "step": step_text(leaf, trade, language),
        "reference": criterion_label(study, base.id, language),
        "at": level_text(base, trade.at, language),
    }


def _unit(study: Study, trade: TradeOff, language: str) -> str:
    base = study.criterion_by_id[trade.reference]
    return "€" if "€" in amount_text(base, 1000, language) else criterion_label(study, base.id, language)


# ---- the cost curve -----------------------------------------------------------------------------------------------


def _curve(result: Result, found: tuple[TradeOff, ...], language: str) -> None:
    """What lies half-way between the worst and the best level: the value curve of the reference, asked by halving."""
    study = result.study
    base = study.criterion_by_id[found[0].reference]
    name = criterion_label(study, base.id, language)
    st.subheader(text("trade.curve", language, name=name), anchor=False)
    worst, best = ends(base)
    words = {"name": name, "worst": level_text(base, worst, language), "best": level_text(base, best, language)}
    _big(text("trade.curve_question", language, **words))
    with st.form("trade_curve", border=False):
        unit = "€" if "€" in amount_text(base, 1000, language) else base.unit
        boxes = {
            worth: st.text_input(
                text(f"trade.curve_{round(100 * worth)}", language, unit=unit, **words),
                key=f"trade_curve_{round(100 * worth)}",
            )
            for worth in _WORTHS
        }
        asked = st.form_submit_button(text("trade.curve_apply", language), type="primary")
    if asked:
        _bend(study, base, boxes, language)
        st.rerun()
    st.markdown(literal(text("trade.now", language)))
    st.html(curve_html(base, language))


def curve_html(base: Criterion, language: str) -> str:
    """The value curve as boxes: which level is worth how much, by tenths."""
    worst, best = ends(base)
    bars = []
    for tenth in range(11):
        worth = tenth / 10
        level = level_of(worth, base)
        said = level_text(base, float(f"{level:.2g}") if worst != level != best else level, language)
        bars.append(
            f"<li><span>{escape(said)}</span><i><em style='width:{100 * float(value(level, base)[0]):.1f}%'></em></i>"
            f"<b>{percent(worth, language)}</b></li>"
        )
    return f"<ul class='rf-curve'>{''.join(bars)}</ul>"


def _bend(study: Study, base: Criterion, boxes: dict[float, str], language: str) -> None:
    """Put the asked curve in the study, or say what is wrong with it."""
    typed = {worth: words for worth, words in boxes.items() if words.strip()}
    amounts = {worth: read_amount(words) for worth, words in typed.items()}
    if unread := [text("trade.no_amount", language, value=typed[w]) for w, a in amounts.items() if a is None]:
        st.session_state[_TOLD] = ("fault", unread[0], tuple(unread[1:]))
        return
    half = amounts.get(0.5)
    if half is None:
        st.session_state[_TOLD] = ("fault", text("trade.curve_half_missing", language), ())
        return
    worst, best = ends(base)
    try:
        points = curve_from_midpoints(best, worst, half, amounts.get(0.25), amounts.get(0.75))
        bent = bent_criterion(base, points)
        criteria = tuple(bent if c.id == base.id else c for c in study.criteria)
        state.change_study(study.model_copy(update={"criteria": criteria}))
    except InputError as error:
        first, *others = (issue.sentence(language) for issue in error.issues)
        st.session_state[_TOLD] = ("fault", first, tuple(others))
    except MethodError as error:
        st.session_state[_TOLD] = ("fault", error.issue.sentence(language), ())
    else:
        st.session_state[_TOLD] = ("done", text("trade.curve_done", language), ())


_STEPS: dict[str, Callable[[Result, tuple[TradeOff, ...], str], None]] = {
    "check": _check,
    "correct": _correct,
    "curve": _curve,
}
