"""Many scenarios from one file: listed, as a grid, drawn at random, or one for each of something in the study.

A file in TOML (or JSON of the same structure, by its ending .json). Every part is optional::

    name = "Workshop"                        # any field of a scenario: the base of every scenario in the file
    weights = { relevance = 40, cost = 20 }
    include = ["base.toml"]                  # files beside this one: their base fields are defaults under this file's,
                                             # their scenarios come first; a file is expanded once, however often named
    each = ["stakeholder", "as_of:2026-01-01,2026-07-01"]   # also "municipality", "programme" (each closed in turn,
                                             # beside those closed already)
    [[scenarios]]                            # each is the base with these fields over it, weights key by key
    name = "Cost first"
    weights = { cost = 60 }

    [grid]                                   # every combination, in the order of the file, the last key fastest
    "weights.cost" = [10, 20, 30]            # quotes keep the order where keys of one table are not side by side
    method = ["topsis", "weighted_sum"]
    without_programmes = [[], ["*"]]

    [random]
    design = "latin_hypercube"               # or "dirichlet"
    count = 1000
    seed = 7                                 # 0 where it is not named
    [random.ranges]                          # of the Latin hypercube: from, to
    "weights.funding" = [5, 40]
    # [random.weights]                       # of Dirichlet weights around the base's points for these criteria, or
    # over = ["relevance", "cost"]           # around equal ones where it has none; a weight w of their sum has the
    # concentration = 10                     # standard deviation sqrt(w (1 - w) / (concentration + 1))

The parts are nested: scenarios (or the base), then the grid, then `each`, then the draws, the last fastest. A file with
none of them is one scenario; included, it gives only its fields.

Names are unique in the whole: a scenario's own, or its place in the list after the base's name, then what makes it:
'Cost first: weights.cost=10, method=topsis, draw=1'.
"""

from mcda.scenario_set.expand import MOST, read_scenarios, scenarios_in
from mcda.scenario_set.schema import scenarios_json_schema
from mcda.scenario_set.written import distinct, scenarios_json, scenarios_toml

__all__ = [
    "MOST",
    "distinct",
    "read_scenarios",
    "scenarios_in",
    "scenarios_json",
    "scenarios_json_schema",
    "scenarios_toml",
]
