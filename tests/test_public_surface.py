"""`mcda.__all__` is the public surface: nothing more is offered, nothing in it is missing, importing it is cheap."""

import doctest
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import mcda
import mcda.funding
import mcda.robustness
import mcda.weights

HEAVY = (
    "streamlit",
    "plotly",
    "pymcdm",
    "scipy.stats",
    "scipy.optimize",
    "scipy.cluster",
    "matplotlib",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "rich",
)
PUBLIC = {
    *("read_study", "write_study", "read_scenario", "evaluate", "Study", "Scenario", "Result", "METHODS"),
    *("Issue", "Finding", "McdaError", "InputError", "MethodError", "__version__", "run_batch", "read_scenarios"),
    *("Batch", "read_batch", "plan", "PlanTask", "read_task"),
}

PUBLIC_FUNDING = {
    *("measure_money", "rules_of", "best_bundle", "cost_shares", "split", "split_within", "MeasureMoney"),
    *("Assessment", "Reason", "Bundle", "Part", "LeftOut", "Rules", "Offer", "Scope"),
}
PUBLIC_WEIGHTS = {
    *("elicit_rank_order", "elicit_swing", "elicit_direct", "elicit_best_worst", "elicit_ahp", "Comparisons"),
    *("read_comparisons", "comparisons_of", "priorities", "contradictions", "revisions", "rounding_intervals"),
    *("ordinal_bounds", "objective_weights", "store_answers", "person_weights", "group_weights", "tree_weights"),
    *("voices", "consensus", "agenda", "clusters", "influence"),
}
PUBLIC_ROBUSTNESS = {
    *("slider_path", "crossovers", "stability_intervals", "critical_weights", "first_places", "tornado", "ternary_map"),
    *("what_if", "weight_shift", "ratings_needed", "critical_cells", "cost_needed", "grant_needed", "Considered"),
    *("sampled", "Acceptability", "rank_acceptability", "pairwise_winning", "confidence_factors", "exact_first"),
    *("uniform_weights", "weights_around", "people_weights", "ordered_weights", "read_statements", "weights_within"),
    *("RatingDoubt", "uncertain_values", "sobol_indices", "what_moves_the_lead", "LabelSettings", "robustness_labels"),
    *(
        "fragile",
        "no_clear_winner",
        "sampling_error",
        "method_agreement",
        "rank_reversals",
        "value_choices",
        "tau_b",
        "ws",
    ),
    *("voting_keys", "order_alone", "kemeny", "borda", "copeland", "without_grants", "if_closed"),
    "by_own_contribution",
}
ROOT = Path(__file__).parents[1]


def test_public_names_are_the_promised_ones() -> None:
    assert set(mcda.__all__) == PUBLIC
    assert len(mcda.__all__) == len(PUBLIC)


def test_every_public_name_exists_and_no_other_is_lying_about() -> None:
    offered = {name for name in vars(mcda) if not name.startswith("_")}
    modules = {name for name in offered if isinstance(getattr(mcda, name), ModuleType)}
    assert offered - modules | set(mcda._LATER) == PUBLIC - {"__version__"}


def test_public_functions_and_classes_are_explained() -> None:
    bare = [name for name in mcda.__all__ if callable(getattr(mcda, name)) and not getattr(mcda, name).__doc__]
    assert not bare


def test_importing_the_engine_brings_funding_and_nothing_heavy_nor_does_importing_robustness() -> None:
    heavy = f"print(*(m for m in {HEAVY!r} if m in sys.modules))"
    program = f"import sys, mcda; print(mcda.funding.measure_money.__name__); {heavy}; import mcda.robustness; {heavy}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["measure_money"]


def test_the_funding_engine_offers_the_promised_names_explained() -> None:
    assert set(mcda.funding.__all__) == PUBLIC_FUNDING
    assert len(mcda.funding.__all__) == len(PUBLIC_FUNDING)
    assert not [name for name in mcda.funding.__all__ if not getattr(mcda.funding, name).__doc__]
    assert all(name in str(mcda.funding.__doc__) for name in PUBLIC_FUNDING - {"Part", "Rules"})


def test_the_funding_engines_example_is_what_it_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    told = doctest.testmod(mcda.funding)
    assert told.attempted
    assert not told.failed


def test_weights_offer_the_promised_names_explained() -> None:
    assert set(mcda.weights.__all__) == PUBLIC_WEIGHTS
    assert len(mcda.weights.__all__) == len(PUBLIC_WEIGHTS)
    assert not [name for name in mcda.weights.__all__ if not getattr(mcda.weights, name).__doc__]
    assert all(name in str(mcda.weights.__doc__) for name in PUBLIC_WEIGHTS)


def test_the_weights_example_is_what_it_prints() -> None:
    told = doctest.testmod(mcda.weights)
    assert told.attempted
    assert not told.failed


def test_robustness_offers_the_promised_names_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(mcda.robustness.__all__) == PUBLIC_ROBUSTNESS
    assert len(mcda.robustness.__all__) == len(PUBLIC_ROBUSTNESS)
    assert not [name for name in mcda.robustness.__all__ if not getattr(mcda.robustness, name).__doc__]
    assert all(f"`{name}`" in str(mcda.robustness.__doc__) for name in PUBLIC_ROBUSTNESS)
    monkeypatch.chdir(ROOT)
    told = doctest.testmod(mcda.robustness)
    assert told.attempted
    assert not told.failed
