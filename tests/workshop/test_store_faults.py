"""What goes wrong with a database is told as what it is, nothing is half stored, and afterwards all is well again."""

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event as hooks
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

import postgres
from mcda.workshop.store import Store, StoreError, open_store
from stored import append, event, opened

NOBODY = 65534


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may write everywhere, so root is somebody else for a while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def code_of(error: pytest.ExceptionInfo[StoreError]) -> str:
    """The issue's code, where both languages have its sentence."""
    issue = error.value.issue
    assert str(issue.params["where"]) in issue.sentence("de")
    assert str(issue.params["where"]) in issue.sentence("en")
    return issue.code


def file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


def append_many(store: Store, room_id: int, count: int, size: int) -> None:
    """So many events in one write."""
    with store.writing(room_id) as log:
        for seq in range(2, count + 2):
            log.append(event(seq, content="x" * size))


def append_each(store: Store, room_id: int, count: int, content: str) -> None:
    """So many events, each in its own write."""
    for _ in range(count):
        append(store, room_id, content=content)


def append_around(store: Store, room_id: int, server: postgres.Server, early: bool) -> None:
    """Event 2, with the server restarted before or after it in the same write."""
    with store.writing(room_id) as log:
        if early:
            server.restart()
        log.append(event(2, token="t"))
        if not early:
            server.restart()


@pytest.fixture
def hasty(sqlite_url: str) -> Iterator[Store]:
    """A store on a file, which waits a tenth of a second."""
    made = open_store(sqlite_url, patience=100)
    yield made
    made.close()


@pytest.fixture
def tiny_disk() -> Iterator[Path]:
    """A folder on a disk of 16 megabytes, outside pytest's folders, which are closed to a server's user."""
    folder = Path(tempfile.mkdtemp())
    options = ["-t", "tmpfs", "-o", "size=16m,mode=777", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("no right to mount a small disk here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def test_a_busy_file_is_told_and_nothing_is_written(hasty: Store, sqlite_url: str) -> None:
    row = opened(hasty)
    other = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError) as caught:
        append(hasty, row.id)
    assert code_of(caught) == "store_locked"
    for change in (lambda: opened(hasty, "BBBBBB"), lambda: hasty.delete_room(row.id)):
        with pytest.raises(StoreError, match="busy"):
            change()
    with pytest.raises(StoreError, match="busy"):
        open_store(sqlite_url, patience=100)
    assert hasty.last_seq(row.id) == 1
    other.execute("ROLLBACK")
    other.close()
    assert append(hasty, row.id) == 2
    assert [r.code for r in hasty.rooms()] == ["ABCDEF"]


def test_a_writer_who_takes_too_long_is_not_waited_for(store_url: str) -> None:
    store = open_store(store_url, patience=100)
    row = opened(store)
    other = open_store(store_url, patience=100)
    for second in (other, store):  # another program, and another thread of this one
        with store.writing(row.id) as log:
            with pytest.raises(StoreError) as caught:  # even before the first one has written
                append(second, row.id)
            assert code_of(caught) == "store_locked"
            log.append(event(len(log.records()) + 1))
    assert append(other, row.id) == 4
    other.close()
    store.close()


def test_writers_of_different_rooms_do_not_wait_for_each_other_on_a_server(postgres_url: str) -> None:
    store = open_store(postgres_url, patience=100)
    first, second = opened(store, "AAAAAA"), opened(store, "BBBBBB")
    with store.writing(first.id) as log:
        log.append(event(2))
        assert append(store, second.id) == 2
    store.close()


def test_a_full_file_is_told_and_nothing_is_half_written(hasty: Store) -> None:
    row = opened(hasty)

    @hooks.listens_for(hasty._engine, "begin")
    def _limit(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {limit}")  # type: ignore[attr-defined]

    limit = 20
    hasty._engine.dispose()
    with pytest.raises(StoreError) as caught:
        append_many(hasty, row.id, 100, 5000)
    assert code_of(caught) == "store_full"
    with pytest.raises(StoreError, match="no space"):
        opened(hasty, "BBBBBB", study="y" * 200_000)
    assert hasty.records(row.id) == (event(1),)
    limit = 100_000
    assert append(hasty, row.id) == 2


def test_a_full_disk_is_told_and_frees_itself_with_space(tiny_disk: Path) -> None:
    store = open_store(f"sqlite:///{tiny_disk / 'w.sqlite3'}")
    row = opened(store)
    (tiny_disk / "other").write_bytes(b"x" * 12_000_000)
    with pytest.raises(StoreError) as caught:
        append_each(store, row.id, 20, "x" * 1_000_000)
    assert code_of(caught) == "store_full"
    stored = store.last_seq(row.id)
    assert [record.seq for record in store.records(row.id)] == list(range(1, stored + 1))
    with pytest.raises(StoreError, match="no space"):
        append(store, row.id, content="x" * 5_000_000)
    assert store.last_seq(row.id) == stored
    (tiny_disk / "other").unlink()
    assert append(store, row.id, content="x" * 1_000_000) == stored + 1
    store.close()


def test_a_full_disk_of_a_server_is_told(tiny_disk: Path, postgres_url: str) -> None:
    place = tiny_disk / "tables"
    place.mkdir(mode=0o700)
    chown_like_server(place)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
    store = open_store(postgres_url)
    row = opened(store)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE events SET TABLESPACE small")
    (tiny_disk / "other").write_bytes(b"x" * 15_000_000)
    with pytest.raises(StoreError) as caught:
        append_each(store, row.id, 300, os.urandom(40_000).hex())
    assert code_of(caught) == "store_full"
    stored = store.last_seq(row.id)
    assert len(store.records(row.id)) == stored
    (tiny_disk / "other").unlink()
    assert append(store, row.id) == stored + 1
    store.close()
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP TABLE events")
        connection.execute("DROP TABLESPACE small")


def chown_like_server(folder: Path) -> None:
    if stranger := postgres.other_user():
        os.chown(folder, stranger.pw_uid, stranger.pw_gid)


@pytest.mark.parametrize("held_fast", ["file", "folder"])
def test_a_database_nobody_may_write_to_is_found_on_opening(
    hasty: Store, sqlite_url: str, held_fast: str, tmp_path: Path
) -> None:
    opened(hasty)
    hasty.close()
    file = file_of(sqlite_url)
    for folder in (tmp_path, *tmp_path.parents[:2]):  # pytest's own folders let nobody else in
        folder.chmod(0o755)
    file.parent.chmod(0o555 if held_fast == "folder" else 0o777)
    file.chmod(0o444)
    with without_rights(), pytest.raises(StoreError) as caught:
        open_store(sqlite_url)
    assert code_of(caught) == "store_unusable"
    file.parent.chmod(0o755)
    file.chmod(0o644)
    store = open_store(sqlite_url)
    assert store.room("ABCDEF") is not None
    store.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with without_rights(), pytest.raises(StoreError) as caught:
        open_store("sqlite:////proc/rooms/here.sqlite3")
    assert code_of(caught) == "store_unusable"
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{tmp_path / 'file' / 'deeper' / 'w.sqlite3'}")
    assert code_of(caught) == "store_unusable"


@pytest.mark.parametrize("content", ["", "no database\n" * 1000, "short", "folder"])
def test_a_file_that_is_something_else_is_left_as_it_is(tmp_path: Path, content: str) -> None:
    file = tmp_path / "notes.txt"
    if content == "folder":
        file.mkdir()
    else:
        file.write_text(content, encoding="utf-8")
    if not content:  # an empty file is an empty database
        open_store(f"sqlite:///{file}").close()
        return
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{file}")
    assert code_of(caught) == "store_unusable"
    assert file.is_dir() or file.read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    "url",
    [
        *("", "nonsense", "sqlite://", "sqlite:///:memory:", "sqlite:///a\0b", "http://u:geheim@x/y"),
        *("mysql://u:geheim@h/db", "postgresql+psycopg2://u:geheim@h/db", "postgresql://u:geheim@h:port/db"),
        *(
            "postgresql://u:geheim@h",
            "postgresql://u:12@geheim@h/db",
        ),
        *("postgresql://u:geheim@127.0.0.1:1/db?nonsense=1", "postgresql://u:geheim@127.0.0.1:1/db?sslmode=odd"),
    ],
)
def test_an_address_that_is_none_is_told_without_the_password(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert code_of(caught) == "store_unusable"
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("at", ["127.0.0.1:1", "no-such-host.invalid"])
def test_a_server_that_does_not_answer_is_gone(at: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(f"postgresql://u:12/geheim@{at}/db?password=geheim")
    assert code_of(caught) == "store_gone"
    assert caught.value.issue.params["where"] == f"postgresql://{at}/db"
    assert "geheim" not in str(caught.value)


def test_a_server_that_refuses_is_unusable_and_keeps_the_password_out(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS guarded")
        connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'offen-42'")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    base = postgres_url.partition("@")[2]
    addresses = {
        f"postgresql://guarded:geheim@{base}": "password",
        f"postgresql://guarded:offen-42@{base}": "permission denied",
        postgres_url + "_missing": "does not exist",
        f"postgresql://nobody_at_all@{base}": "does not exist",
    }
    for url, reason in addresses.items():
        with pytest.raises(StoreError, match=reason) as caught:
            open_store(url)
        assert code_of(caught) == "store_unusable"
        assert not any(password in str(caught.value) for password in ("geheim", "offen-42"))


def test_a_server_that_stops_is_gone_and_comes_back(postgres_url: str, server: postgres.Server) -> None:
    store = open_store(postgres_url)
    row = opened(store)
    server.stop()
    try:
        for question in (lambda: store.last_seq(row.id), lambda: append(store, row.id), lambda: store.rooms()):
            with pytest.raises(StoreError) as caught:
                question()
            assert code_of(caught) == "store_gone"
    finally:
        server.start()
    assert store.last_seq(row.id) == 1
    assert append(store, row.id) == 2
    server.restart()
    assert append(store, row.id) == 3
    server.restart()
    assert store.last_seq(row.id) == 3
    store.close()


def test_a_restart_during_a_write_takes_it_back_once(postgres_url: str, server: postgres.Server) -> None:
    store = open_store(postgres_url)
    row = opened(store)
    for early in (True, False):
        with pytest.raises(StoreError) as caught:
            append_around(store, row.id, server, early)
        assert code_of(caught) == "store_gone"
        assert store.last_seq(row.id) == 1
    assert append(store, row.id, token="t") == 2
    store.close()


def test_a_read_whose_connection_dies_is_tried_again_and_a_write_is_not(postgres_url: str) -> None:
    store = open_store(postgres_url)
    row = opened(store)
    killed = []

    @hooks.listens_for(store._engine, "before_cursor_execute")
    def _kill(connection: object, cursor: psycopg.Cursor[object], statement: str, *_: object) -> None:
        if len(killed) < wanted and "events" in statement:
            killed.append(statement)
            with psycopg.connect(postgres_url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [cursor.connection.info.backend_pid])

    wanted = 1
    assert store.records(row.id) == (event(1),)
    assert len(killed) == 1
    wanted = 3
    with pytest.raises(StoreError) as caught:
        store.records(row.id)
    assert code_of(caught) == "store_gone"
    assert len(killed) == 3
    wanted = 4
    with pytest.raises(StoreError) as caught, store.writing(row.id) as log:
        log.append(event(2))
    assert code_of(caught) == "store_gone"
    assert store.last_seq(row.id) == 1
    assert append(store, row.id) == 2
    store.close()


def test_a_defect_of_ours_keeps_its_traceback(hasty: Store, sqlite_url: str) -> None:
    row = opened(hasty)
    with sqlite3.connect(file_of(sqlite_url)) as other:
        other.execute("DROP TABLE keys")
    other.close()
    with pytest.raises(OperationalError, match="no such table"):
        hasty.participant_of(row.id, "k")
