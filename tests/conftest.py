"""Property tests draw the same examples everywhere and are never judged by the clock: machines differ.

Both databases for the tests of the workshop: an empty one for each.

With several workers a file stays with one of them, and all that Chromium does with another: it comes first, because it
takes longest, and two browsers at once would keep each other waiting.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import postgres
from mcda.workshop.store import Store, open_store

EXAMPLES = int(os.environ.get("RANGFOLGE_EXAMPLES", "25"))
"""How many examples a property is tried on; `make long` takes 200."""

settings.register_profile("steady", max_examples=EXAMPLES, deadline=None, derandomize=True, print_blob=True)
settings.load_profile("steady")
os.environ["MCDA_DATABASE_URL"] = f"sqlite:///{tempfile.mkdtemp(prefix='rangfolge-tests-')}/workshop.sqlite3"
"""No test touches the rooms of whoever runs it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return "browser" if "/test_browser" in file else file

    return ByFile(config, log)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of this session's (under xdist: of this worker's) own."""
    where = postgres.programs()
    if where is None:
        pytest.skip("no PostgreSQL here: tools/postgres.sh installs it, or set POSTGRES_BIN to the folder of initdb")
    made = postgres.make(where)
    postgres.add_database(made, "rooms")
    yield made
    postgres.throw_away(made)


@pytest.fixture
def postgres_url(server: postgres.Server) -> Iterator[str]:
    """The address of an empty database on it; emptied afterwards, which is quicker than to make another."""
    url = server.url("rooms")
    yield url
    postgres.empty(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'rooms' / 'workshop.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a new, empty database: each test runs on both."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """The store on it, opened."""
    opened = open_store(store_url)
    yield opened
    opened.close()
