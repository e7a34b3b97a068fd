"""The methods by name."""

import numpy as np
import pytest

from mcda.errors import InputError
from mcda.methods import METHODS, method
from problems import decision_matrix


def test_the_own_methods_and_which_of_them_keep_old_orders() -> None:
    assert {name: entry.fixed_bounds for name, entry in METHODS.items()} == {
        "topsis": True,
        "weighted_sum": True,
        "weighted_product": True,
        "topsis_vector": False,
        "topsis_minmax": False,
    }
    assert all(method(name).id == name for name in METHODS)


def test_a_second_opinion_is_asked_for_by_its_prefix() -> None:
    found = method("pymcdm:VIKOR")
    assert found.id == "pymcdm:VIKOR"
    assert not found.fixed_bounds
    assert method("pymcdm:SPOTIS").fixed_bounds
    matrix = decision_matrix([[0.2, 0.9], [0.7, 0.4], [0.1, 0.1]])
    assert found.score(matrix, np.array([[0.5, 0.5], [0.9, 0.1]])).shape == (2, 3)
    assert found.split(matrix, np.array([0.5, 0.5])).shape == (3, 2)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("topsi", "topsis"),
        ("Weighted_Sum", "weighted_sum"),
        ("VIKOR", "pymcdm:VIKOR"),
        ("pymcdm:vikor", "pymcdm:VIKOR"),
    ],
)
def test_an_unknown_method_is_named_with_the_allowed_ones_and_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(InputError) as error:
        method(name)
    issue = error.value.issues[0]
    assert issue.code == "unknown_method"
    assert issue.params["nearest"] == nearest
    assert "topsis" in issue.params["allowed"]
