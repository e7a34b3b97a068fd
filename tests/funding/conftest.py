"""Fixtures that build small studies around one measure."""

from collections.abc import Callable
from typing import Any

import pytest

from around_one import make_measure, make_programme, make_study

Maker = Callable[..., Any]


@pytest.fixture(scope="session")
def measure() -> Maker:
    """Builds a measure with the given facts changed."""
    return make_measure


@pytest.fixture(scope="session")
def programme() -> Maker:
    """Builds a programme with the given rules changed."""
    return make_programme


@pytest.fixture(scope="session")
def study() -> Maker:
    """Builds a study around a measure and programmes."""
    return make_study
