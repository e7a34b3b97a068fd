"""The tables of every version reach today's, and two programs that start at once do not get into each other's way."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from mcda.workshop.store import Store, StoreError, open_store
from mcda.workshop.store.engine import _file_engine, _server_engine
from mcda.workshop.store.migrate import SCRIPTS, VERSION_TABLE, migrate
from mcda.workshop.store.place import place_of_database
from mcda.workshop.store.schema import metadata
from serving import PATIENCE_S, started
from stored import open_and_close, opened


def bare(url: str) -> Engine:
    """An engine on a database that nobody has migrated."""
    place = place_of_database(url)
    return _file_engine(place, 5000) if place.is_file else _server_engine(place, 5000)


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_an_empty_database_gets_the_tables_the_program_uses(store_url: str) -> None:
    open_store(store_url).close()
    engine = bare(store_url)
    assert differences(engine) == []
    for name, table in metadata.tables.items():
        looked = inspect(engine)
        assert set(looked.get_pk_constraint(name)["constrained_columns"]) == {c.name for c in table.primary_key}
        assert {fk["options"].get("ondelete") for fk in looked.get_foreign_keys(name)} == {
            fk.ondelete for fk in table.foreign_keys
        }
    engine.dispose()


def test_the_comparison_can_fail(store_url: str) -> None:
    open_store(store_url).close()
    engine = bare(store_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE rooms ADD COLUMN colour TEXT"))
    assert len(differences(engine)) == 1
    engine.dispose()


def test_a_database_of_the_first_version_keeps_its_rooms(store_url: str) -> None:
    engine = bare(store_url)
    with engine.begin() as connection:
        migrate(connection, "here", target="0001")
        connection.execute(text("INSERT INTO studies VALUES ('s', '{}')"))
        connection.execute(text("INSERT INTO rooms VALUES (5, 'ABCDEF', 'f', 's', 'a', 'b')"))
        row = "5, 1, 'at', 'facilitator', 'facilitator', 'opened', '{}', '{}', 'd', 'h', NULL"
        connection.execute(text(f"INSERT INTO events VALUES ({row})"))
    store = open_store(store_url)
    assert differences(engine) == []
    assert [(record.kind, record.hash) for record in store.records(5)] == [("opened", "h")]
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM events"))
    store.close()
    engine.dispose()


def test_a_migration_that_fails_leaves_the_database_as_it_was(store_url: str) -> None:
    engine = bare(store_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE keys (theirs TEXT)"))
    with pytest.raises(StoreError) as caught:
        open_store(store_url)
    assert caught.value.issue.code == "store_unusable"
    assert inspect(engine).get_table_names() == ["keys"]
    engine.dispose()


def test_a_newer_database_is_left_alone(store: Store, store_url: str) -> None:
    row = opened(store)
    engine = bare(store_url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version") as caught:
        open_store(store_url)
    assert caught.value.issue.code == "store_newer"
    assert caught.value.issue.params["detail"] == "9999"
    assert "neueren Version" in caught.value.issue.sentence("de")
    with engine.begin() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() == "9999"
    assert store.room("ABCDEF") == row
    engine.dispose()


def test_programs_that_start_at_once_all_open_it(store_url: str) -> None:
    programs = [started(open_and_close, store_url) for _ in range(3)]
    for program in programs:
        program.join(PATIENCE_S)
    assert [program.exitcode for program in programs] == [0] * 3


def test_threads_that_open_it_at_once_all_do(store_url: str) -> None:
    together = Barrier(6)

    def work(_: int) -> int:
        together.wait()
        store = open_store(store_url)
        found = len(store.rooms())
        store.close()
        return found

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(work, range(6))) == [0] * 6


def test_every_step_is_a_file_of_the_package() -> None:
    steps = sorted(file.name for file in (SCRIPTS / "versions").glob("revision_*.py"))
    assert [name[9:13] for name in steps] == [f"{number:04d}" for number in range(1, len(steps) + 1)]
    assert all((folder / "__init__.py").exists() for folder in (SCRIPTS, SCRIPTS / "versions"))
    assert SCRIPTS.is_relative_to(Path(__file__).parents[2] / "mcda")
