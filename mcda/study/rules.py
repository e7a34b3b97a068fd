"""What must hold across the tables of a study: one function per rule, each yields issues."""

from collections.abc import Callable, Iterator

from mcda.errors import Issue
from mcda.study.model import Study
from mcda.study.rules_criteria import (
    criteria_rated,
    leaf_declarations,
    levels_on_scale,
    ratings_on_scale,
    tree_cycles,
    weights_usable,
)
from mcda.study.rules_frame import decided_ranks, limits_rise, places_on_earth
from mcda.study.rules_ids import (
    RowOf,
    duplicate_ids,
    duplicate_names,
    duplicate_rows,
    listed_twice,
    unknown_columns,
    unknown_ids,
    unknown_raters,
)
from mcda.study.rules_measures import cost_keys, exclusions, key_facts, participants
from mcda.study.rules_people import (
    answers_about_all,
    direct_weights_usable,
    judgement_pairs,
    judgements_agree,
    judgements_connected,
    moments,
    one_way_of_asking,
    points_or_rank,
)
from mcda.study.rules_programmes import programme_calls, programme_dates, stacking_facts


def check_study(study: Study, row_of: RowOf | None = None) -> tuple[Issue, ...]:
    """All issues of a study: errors that forbid using it, and warnings and notes that do not. `row_of` maps
    (table, index) to the row its author sees; without it, records count from row 2 (below a header)."""
    rows = row_of or (lambda _table, index: index + 2)
    return tuple(issue for rule in RULES for issue in rule(study, rows))


RULES: tuple[Callable[[Study, RowOf], Iterator[Issue]], ...] = (
    duplicate_ids,
    duplicate_rows,
    unknown_ids,
    tree_cycles,
    leaf_declarations,
    weights_usable,
    ratings_on_scale,
    programme_dates,
    judgement_pairs,
    unknown_columns,
    levels_on_scale,
    direct_weights_usable,
    criteria_rated,
    listed_twice,
    exclusions,
    participants,
    key_facts,
    duplicate_names,
    unknown_raters,
    limits_rise,
    decided_ranks,
    cost_keys,
    programme_calls,
    stacking_facts,
    places_on_earth,
    judgements_agree,
    judgements_connected,
    one_way_of_asking,
    points_or_rank,
    answers_about_all,
    moments,
)
"""Errors of a rule come in table order; warnings and notes are one per rule, with their lists inside."""
