"""Where weights come from: one file per way of asking, and what several people make of it together.

>>> from mcda.weights import elicit_ahp, elicit_swing, read_comparisons, revisions
>>> asked = elicit_swing({"cost": 40, "relevance": 100, "feasibility": 60}, ["relevance", "feasibility", "cost"])
>>> {name: round(weight, 2) for name, weight in asked.local.items()}
{'relevance': 0.5, 'feasibility': 0.3, 'cost': 0.2}
>>> answers = read_comparisons([[1, 2, 3, 8], [1 / 2, 1, 1 / 4, 4], [1 / 3, 4, 1, 4], [1 / 8, 1 / 4, 1 / 4, 1]], "abcd")
>>> found = elicit_ahp(answers)
>>> found.consistency[0].ratio > found.consistency[0].limit
True
>>> worth_a_look = revisions(answers)[0]
>>> worth_a_look.a, worth_a_look.b, worth_a_look.answer, worth_a_look.nearest
('b', 'c', 0.25, 1.0)

Every elicitation takes answers by criterion, never by position, and returns `Weights`: fractions among siblings with
their sources, quality measures and findings. `elicit_rank_order` (ROC, rank sum, reciprocals; `ordinal_bounds` says
what an order leaves open), `elicit_swing`, `elicit_direct`, `elicit_best_worst`, and `elicit_ahp` on `Comparisons`,
which `read_comparisons` makes of a table and `comparisons_of` of answers; `priorities` gives weights and consistency
alone, `contradictions` what is wrong in detail, `rounding_intervals` how exact weights can be. `objective_weights`
measure how much the numbers spread, not what anybody values.

A study stores answers: `person_weights` and `group_weights` compute weights from them, `store_answers` puts new ones in
place, `tree_weights` gives those of a whole tree under a scenario. Of several people `consensus` says how far they
agree, `agenda` what to talk about, `clusters` who thinks alike, `influence` whose answers count most, `voices` how
votes are counted. What needs a ranking is asked in `mcda.robustness`: `voting_keys`, `ordinal`. Amounts instead of
weights: `mcda.tradeoffs`.
"""

from mcda.weights.agenda import agenda
from mcda.weights.ahp import elicit_ahp, priorities
from mcda.weights.best_worst import elicit_best_worst
from mcda.weights.clusters import clusters
from mcda.weights.comparisons import Comparisons, comparisons_of, read_comparisons
from mcda.weights.consensus import consensus
from mcda.weights.contradictions import contradictions
from mcda.weights.direct import elicit_direct
from mcda.weights.influence import influence
from mcda.weights.objective import objective_weights
from mcda.weights.rank_order import elicit_rank_order, ordinal_bounds
from mcda.weights.revision import revisions
from mcda.weights.rounding import rounding_intervals
from mcda.weights.stored import person_weights, store_answers
from mcda.weights.swing import elicit_swing
from mcda.weights.together import group_weights
from mcda.weights.tree import tree_weights
from mcda.weights.voices import voices

__all__ = [
    # ways of asking
    "elicit_rank_order",
    "elicit_swing",
    "elicit_direct",
    "elicit_best_worst",
    "elicit_ahp",
    # pairwise answers, and how far they agree
    "Comparisons",
    "read_comparisons",
    "comparisons_of",
    "priorities",
    "contradictions",
    "revisions",
    "rounding_intervals",
    "ordinal_bounds",
    # information, not preference
    "objective_weights",
    # what a study stores
    "store_answers",
    "person_weights",
    "group_weights",
    "tree_weights",
    # several people
    "voices",
    "consensus",
    "agenda",
    "clusters",
    "influence",
]
