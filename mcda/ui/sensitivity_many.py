"""Part "Many weightings" of the page Sensitivity: which ranks a measure gets, over the situations one chooses."""

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from mcda.errors import InputError, MethodError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.locale.formats import fixed, number, percent
from mcda.methods import METHODS
from mcda.report.exhibits.acceptability_map import (
    AcceptabilityMap,
    acceptability_map,
    acceptability_table,
    considered_sentence,
    entropy_sentence,
    exact_table,
    index_table,
    people_table,
)
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.doubtful import Shown, hidden_sentence
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.setting import method_name
from mcda.result import Result
from mcda.robustness.considered import (
    ALL,
    WEIGHTINGS,
    Considered,
    Weightings,
    ahead_of_second,
    open_values,
    sampled,
    sampled_by_person,
)
from mcda.robustness.doubts import no_clear_winner, sampling_error
from mcda.robustness.exact_first import exact_first
from mcda.robustness.labels import voters
from mcda.robustness.smaa import Acceptability, confidence_factors
from mcda.robustness.uncertain_ratings import DOUBT, RatingDoubt
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui.figures.acceptability_map import acceptability_figure
from mcda.ui.figures.look import CONFIG
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.pinned import choose_shown
from mcda.ui.segments import choose_one

_DRAWS = (2_000, 10_000, 50_000)
_SPREADS = (3.0, 6.0, 10.0)
_COST_SPREADS = (0.1, 0.2, 0.4)
_COMMON = (0.0, 0.5, 1.0)
_CONFIDENCE_DRAWS = 2_000


def show(result: Result, language: str) -> None:
    """Draw the part."""
    _many(result, language)


@st.fragment
def _many(result: Result, language: str) -> None:
    considered = _choose(result, language)
    if considered.weightings == "statements" and not considered.statements:
        st.info(text("acceptability.statement_missing", language))
        return
    try:
        found = acceptability_map(result, _sampled(result.study, result.scenario, considered), considered)
    except InputError as error:
        for issue in error.issues:
            st.error(literal(issue.sentence(language)))
        return
    except MethodError as error:
        st.info(literal(error.issue.sentence(language)))
        return
    if found.replaced:
        st.info(text("ui.sensitivity.acceptance_method", language))
    st.markdown(literal(considered_sentence(considered, result, language)))
    ahead = _ahead(result.study, result.scenario, considered)
    for doubt in (*no_clear_winner(result, found.found, ahead), *sampling_error(found.found)):
        st.warning(literal(finding_sentence(doubt, result.study, language)))
    _draw(found, result, considered, language)


def _choose(result: Result, language: str) -> Considered:
    """Which weightings, and whether ratings are open too."""
    offered = [name for name in WEIGHTINGS if name != "people" or voters(result)]
    kind: Weightings = st.pills(
        text("acceptability.which", language),
        offered,
        default="all",
        required=True,
        format_func=lambda name: text(f"acceptability.choice.{name}", language),
        key="sensitivity_weightings",
        persist_state="session",
    )
    chosen = replace(ALL, weightings=kind)
    if kind in ("around", "people"):
        chosen = replace(chosen, spread=_spread(language))
    if kind == "statements":
        chosen = replace(chosen, statements=_statements(language))
    left, right = st.columns(2)
    with left:
        ratings = st.toggle(
            text("acceptability.open", language),
            key="sensitivity_open_ratings",
            help=text("acceptability.open_help", language),
            persist_state="session",
        )
    with right:
        draws = choose_one(
            text("ui.sensitivity.acceptance_draws", language),
            _DRAWS,
            ALL.draws,
            shown=lambda count: number(count, language),
            key="sensitivity_draws",
        )
    if ratings:
        chosen = replace(chosen, doubt=_doubt(language))
    return replace(chosen, ratings=bool(ratings), draws=draws or ALL.draws)


def _doubt(language: str) -> RatingDoubt:
    """How far off a cost estimate may be, and how much of it all measures share."""
    spread, common = st.columns(2)
    with spread:
        cost = choose_one(
            text("acceptability.cost_spread", language),
            _COST_SPREADS,
            DOUBT.cost_spread,
            shown=lambda share: f"±{percent(share, language)}",
            key="sensitivity_cost_spread",
        )
    with common:
        shared = choose_one(
            text("acceptability.common_cost", language),
            _COMMON,
            DOUBT.common_cost,
            shown=lambda share: percent(share, language),
            key="sensitivity_common_cost",
            explained=text("acceptability.common_cost_help", language),
        )
    return replace(DOUBT, cost_spread=cost, common_cost=shared)


def _spread(language: str) -> float:
    points = choose_one(
        text("sensitivity_page.spread", language),
        _SPREADS,
        ALL.spread,
        shown=lambda value: text("sensitivity_page.points", language, points=value),
        key="sensitivity_many_spread",
    )
    return points or ALL.spread


def _statements(language: str) -> tuple[str, ...]:
    """One statement per line."""
    said = st.text_area(
        text("acceptability.statements", language),
        placeholder=text("acceptability.statements_example", language),
        help=text("acceptability.statements_help", language),
        key="sensitivity_statements",
        persist_state="session",
    )
    return tuple(line.strip() for line in (said or "").splitlines() if line.strip())


def _draw(found: AcceptabilityMap, result: Result, considered: Considered, language: str) -> None:
    shown = choose_shown(result, language)
    chart, table = st.columns([1, 1], gap="medium")
    with chart:
        st.plotly_chart(
            acceptability_figure(found, result.study, language, shown.measures),
            theme=None,
            config=CONFIG,
            key="sensitivity_acceptance_chart",
            alt=acceptance_alt(found, result, language),
        )
        _tell_hidden(shown, language)
    with table:
        st.subheader(text("ui.sensitivity.acceptance_table", language), anchor=False)
        frame = acceptability_table(found, result, language)
        fold = len(shown.measures)
        ordered = sorted(range(len(frame)), key=lambda i: found.measures[i] not in shown.measures)
        show_table(
            frame.iloc[ordered],
            text("ui.sensitivity.acceptance_table", language),
            numeric=range(1, 7),
            stack=True,
            fold=fold,
            more=text("ui.sensitivity.more_rows", language, count=len(frame) - fold),
        )
    st.markdown(literal(entropy_sentence(found, language)))
    if considered.weightings == "people":
        _people(result, considered, language)
    _indices(found, result, considered, language)
    _exact(result, language)
    show_quiet(
        text(
            "ui.sensitivity.acceptance_made",
            language,
            seed=str(found.seed),
            method=method_name(found.method, language),
            error=fixed(100 * found.largest_error, language, 2),
        )
    )


def _tell_hidden(shown: Shown, language: str) -> None:
    if hidden := hidden_sentence(shown, language):
        show_quiet(hidden)


def _indices(found: AcceptabilityMap, result: Result, considered: Considered, language: str) -> None:
    """What an analyst asks next, one click away."""
    with st.expander(text("acceptability.indices", language)):
        confidence = None
        if considered.ratings:
            ratings = open_values(result, considered)
            assert ratings is not None  # they are open
            confidence = confidence_factors(
                result.matrix,
                METHODS[found.method],
                found.found,
                ratings,
                draws=_CONFIDENCE_DRAWS,
                seed=result.scenario.seed,
            )
        frame = index_table(found, result, language, confidence)
        show_table(frame, text("acceptability.indices", language), numeric=range(1, len(frame.columns)), stack=True)
        show_quiet(text("acceptability.indices_help", language))


def _people(result: Result, considered: Considered, language: str) -> None:
    """Who would put whom first: never only the mean."""
    st.subheader(text("acceptability.people", language), anchor=False)
    table = people_table(_by_person(result.study, result.scenario, considered), result, language)
    show_table(table, text("acceptability.people", language), numeric=range(1, len(table.columns)), stack=True)


def _exact(result: Result, language: str) -> None:
    """For the weighted sum: volumes instead of draws."""
    found = exact_first(result)
    if found is None:
        return
    with st.expander(text("acceptability.exact", language)):
        frame = exact_table(found, result, language)
        show_table(frame, text("acceptability.exact", language), numeric=range(1, len(frame.columns)), stack=True)
        show_quiet(text("acceptability.exact_help", language, count=len(frame)))


def acceptance_alt(found: AcceptabilityMap, result: Result, language: str) -> str:
    """What the heat map shows, for those who do not see it."""
    best = int(found.shares[:, 0].argmax())
    return text(
        "ui.sensitivity.acceptance_alt",
        language,
        draws=found.draws,
        first=title_of(result.study.measure_by_id[found.measures[best]], language),
        share=percent(found.shares[best, 0], language),
    )


@lru_cache(maxsize=32)
def _sampled(study: Study, scenario: Scenario, considered: Considered) -> Acceptability:
    """Kept: what was considered once need not be drawn again."""
    return sampled(evaluate(study, scenario), considered)


@lru_cache(maxsize=8)
def _by_person(study: Study, scenario: Scenario, considered: Considered) -> dict[str, Acceptability]:
    return sampled_by_person(evaluate(study, scenario), considered)


@lru_cache(maxsize=32)
def _ahead(study: Study, scenario: Scenario, considered: Considered) -> float | None:
    return ahead_of_second(evaluate(study, scenario), considered)
