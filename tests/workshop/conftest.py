"""Rooms opened in tests are closed after each."""

from collections.abc import Iterator

import pytest

from hall import OPEN


@pytest.fixture(autouse=True)
def _halls_closed() -> Iterator[None]:
    yield
    while OPEN:
        OPEN.pop().desk.store.close()
