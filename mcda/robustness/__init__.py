"""How sure a ranking is, one question per file; what has a closed form is exact, the rest drawn with a seed.

>>> from mcda import evaluate, read_study
>>> from mcda.robustness import Considered, robustness_labels, sampled, what_if
>>> result = evaluate(read_study("data/nordallianz"))
>>> first = robustness_labels(result).lines[0]
>>> first.measure, first.label
('DO-08', 'secure')
>>> what_if(result, "WS-04", "DO-08").weights.points < 5
True
>>> found = sampled(result, Considered("statements", statements=("cost >= 20 %",), draws=2_000))
>>> round(float(found.within(40).min()), 6), found.draws, found.seed
(1.0, 2000, 0)

One weight moves: `crossovers` on a `slider_path`, `stability_intervals` and `critical_weights`, `first_places`; several
at once: `tornado`, `ternary_map`. What it would take: `what_if` (or one lever alone: `weight_shift`, `ratings_needed`,
`cost_needed`, `grant_needed`), and `critical_cells` for every rating.

Many situations: `sampled` looks at what `Considered` says and gives an `Acceptability`; below it `rank_acceptability`,
`pairwise_winning` and `confidence_factors` take any draw of weights (`uniform_weights`, `weights_around`,
`people_weights`, `ordered_weights`, `weights_within` what `read_statements` makes of texts) and of ratings
(`uncertain_values` under a `RatingDoubt`). `exact_first` needs no draws. `robustness_labels` with `LabelSettings` says
in one word how sure a place is, and why. `sobol_indices` and `what_moves_the_lead` are for experts.

Other ways: `method_agreement`, `rank_reversals`, `value_choices`, `tau_b`, `ws`; other people: `voting_keys`,
`order_alone`, the orders `kemeny`, `borda` and `copeland` make of many; other grants: `without_grants`, `if_closed`,
`by_own_contribution`.
Worth a warning: `fragile`, `no_clear_winner`, `sampling_error`.
"""

from mcda.rank_correlation import tau_b, ws
from mcda.robustness.consensus_order import borda, copeland, kemeny
from mcda.robustness.considered import Considered, sampled
from mcda.robustness.cost_needed import cost_needed
from mcda.robustness.crossover import crossovers, slider_path
from mcda.robustness.doubts import fragile, no_clear_winner, sampling_error
from mcda.robustness.exact_first import exact_first
from mcda.robustness.global_sensitivity import sobol_indices, what_moves_the_lead
from mcda.robustness.grant_needed import grant_needed
from mcda.robustness.grants import by_own_contribution, if_closed, without_grants
from mcda.robustness.labels import LabelSettings, robustness_labels
from mcda.robustness.method_agreement import method_agreement
from mcda.robustness.ordinal import order_alone, ordered_weights
from mcda.robustness.rating_needed import critical_cells, ratings_needed
from mcda.robustness.reversal import rank_reversals
from mcda.robustness.smaa import Acceptability, confidence_factors, pairwise_winning, rank_acceptability
from mcda.robustness.stability import critical_weights, first_places, stability_intervals
from mcda.robustness.statement_reader import read_statements
from mcda.robustness.ternary import ternary_map
from mcda.robustness.tornado import tornado
from mcda.robustness.uncertain_ratings import RatingDoubt, uncertain_values
from mcda.robustness.value_choices import value_choices
from mcda.robustness.voting_keys import voting_keys
from mcda.robustness.weight_draws import people_weights, uniform_weights, weights_around
from mcda.robustness.weight_shift import weight_shift
from mcda.robustness.weight_statements import weights_within
from mcda.robustness.what_if import what_if

__all__ = [
    # one weight, or a few
    "slider_path",
    "crossovers",
    "stability_intervals",
    "critical_weights",
    "first_places",
    "tornado",
    "ternary_map",
    # what it would take
    "what_if",
    "weight_shift",
    "ratings_needed",
    "critical_cells",
    "cost_needed",
    "grant_needed",
    # many situations
    "Considered",
    "sampled",
    "Acceptability",
    "rank_acceptability",
    "pairwise_winning",
    "confidence_factors",
    "exact_first",
    "uniform_weights",
    "weights_around",
    "people_weights",
    "ordered_weights",
    "read_statements",
    "weights_within",
    "RatingDoubt",
    "uncertain_values",
    "sobol_indices",
    "what_moves_the_lead",
    # in one word
    "LabelSettings",
    "robustness_labels",
    "fragile",
    "no_clear_winner",
    "sampling_error",
    # other methods, scales, people, grants
    "method_agreement",
    "rank_reversals",
    "value_choices",
    "tau_b",
    "ws",
    "voting_keys",
    "order_alone",
    "kemeny",
    "borda",
    "copeland",
    "without_grants",
    "if_closed",
    "by_own_contribution",
]
