"""Rooms are read back as they were written, and go as a whole: on both databases."""

import dataclasses
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from mcda.workshop.events import Event
from mcda.workshop.store import CodeTaken, RoomRow, Store, open_store
from stored import AT, LATER, append, event, opened

NASTY = "'; DROP TABLE events; -- \" \\ %s %(a)s :a ? {x} äöüß €🏛️\r\n\t<script>"


def test_a_room_is_read_back_as_it_was_opened(store: Store) -> None:
    row = opened(store, events=3)
    assert row == RoomRow(row.id, "ABCDEF", "f" * 64, "s1", AT, LATER)
    assert store.room("ABCDEF") == row
    assert store.rooms() == (row,)
    assert store.study_text("s1") == '{"study":"s1"}'
    assert store.records(row.id) == (event(1), event(2), event(3))
    assert store.records(row.id, after=2) == (event(3),)
    assert store.records(row.id, after=10**30) == ()
    assert store.last_seq(row.id) == 3


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.room("ABCDEF") is None
    assert store.rooms() == ()
    assert store.study_text("s1") is None
    assert store.records(7) == ()
    assert store.last_seq(7) == 0
    assert store.participant_of(7, "k") is None


@pytest.mark.parametrize("odd", ["A\0B", "\ud800", "", "abcdef", "%", "_" * 6])
def test_an_odd_question_finds_nothing(store: Store, odd: str) -> None:
    row = opened(store)
    assert store.room(odd) is None
    assert store.study_text(odd) is None
    assert store.participant_of(row.id, odd) is None
    with store.writing(row.id) as log:
        assert log.token_seq(odd) is None


def test_a_store_opened_again_holds_the_same(store_url: str) -> None:
    first = open_store(store_url)
    row = opened(first)
    first.close()
    again = open_store(store_url)
    assert again.room("ABCDEF") == row
    assert again.records(row.id) == (event(1),)
    again.close()


def test_a_code_is_given_once(store: Store) -> None:
    row = opened(store)
    with pytest.raises(CodeTaken):
        opened(store, study="s2")
    assert store.rooms() == (row,)
    assert store.study_text("s2") is None


def test_a_room_whose_first_events_cannot_be_stored_is_not_opened(store: Store) -> None:
    with pytest.raises(ValueError, match="cannot follow"):
        store.create_room("ABCDEF", "f", "s1", "{}", AT, LATER, [event(1), event(3)])
    assert store.rooms() == ()
    assert store.study_text("s1") is None


def test_rooms_share_a_study_until_the_last_of_them_goes(store: Store) -> None:
    first, second = opened(store, "AAAAAA"), opened(store, "BBBBBB")
    opened(store, "CCCCCC", study="s2")
    store.delete_room(first.id)
    assert store.study_text("s1") is not None
    store.delete_room(second.id)
    assert store.study_text("s1") is None
    assert store.study_text("s2") is not None


def test_a_deleted_room_leaves_nothing(store: Store) -> None:
    gone, stays = opened(store, "AAAAAA", events=3), opened(store, "BBBBBB", events=2)
    for row in (gone, stays):
        with store.writing(row.id) as log:
            log.add_key("p1", "k" * 64)
    store.delete_room(gone.id)
    assert store.room("AAAAAA") is None
    assert store.records(gone.id) == ()
    assert store.participant_of(gone.id, "k" * 64) is None
    assert store.participant_of(stays.id, "k" * 64) == "p1"
    assert store.last_seq(stays.id) == 2
    store.delete_room(gone.id)


def test_a_deleted_rooms_number_and_keys_never_come_back(store: Store) -> None:
    gone = opened(store)
    store.delete_room(gone.id)
    assert opened(store).id != gone.id


def test_nothing_is_written_to_a_room_that_is_gone(store: Store) -> None:
    row = opened(store)
    store.delete_room(row.id)
    with pytest.raises(LookupError), store.writing(row.id):
        pytest.fail("there is nothing to write to")
    with pytest.raises(LookupError):
        store.erase_content(row.id, [1])


def test_rooms_go_when_their_time_is_up(store: Store) -> None:
    opened(store, "AAAAAA", until="2026-03-05T00:00:00.000Z", study="s1")
    opened(store, "BBBBBB", until="2026-03-06T00:00:00.000Z", study="s2")
    opened(store, "CCCCCC", until="2026-03-06T00:00:00.001Z", study="s3")
    assert store.delete_expired("2026-03-04T23:59:59.999Z") == ()
    assert store.delete_expired("2026-03-06T00:00:00.000Z") == ("AAAAAA", "BBBBBB")
    assert [row.code for row in store.rooms()] == ["CCCCCC"]
    assert store.study_text("s1") is None
    assert store.study_text("s3") is not None


def test_events_follow_each_other_without_a_gap(store: Store) -> None:
    row = opened(store)
    for wrong in (0, 1, 3, -1):
        with pytest.raises(ValueError, match="cannot follow"), store.writing(row.id) as log:
            log.append(event(wrong))
    with store.writing(row.id) as log:
        log.append(event(2))
        log.append(event(3))
        assert log.records(after=1) == (event(2), event(3))
    assert store.last_seq(row.id) == 3


def test_a_token_is_stored_once_in_a_room(store: Store) -> None:
    row, other = opened(store, "AAAAAA"), opened(store, "BBBBBB")
    assert append(store, row.id, token="t1") == 2
    append(store, other.id, token="t1")
    with store.writing(row.id) as log:
        assert log.token_seq("t1") == 2
        assert log.token_seq("t2") is None
        assert log.token_seq("") is None
    with pytest.raises(ValueError, match="token"):
        append(store, row.id, token="t1")
    assert append(store, row.id) == 3
    assert append(store, row.id) == 4
    assert [record.token for record in store.records(row.id)] == ["", "t1", "", ""]


def test_a_fault_somebody_passes_over_still_takes_all_back(store: Store) -> None:
    row = opened(store)
    append(store, row.id, token="t1")

    def careless() -> None:
        with store.writing(row.id) as log:
            log.append(event(3))
            with suppress(ValueError):
                log.append(event(4, token="t1"))

    with pytest.raises(ValueError, match="token"):
        careless()
    assert store.last_seq(row.id) == 2


def test_an_exception_takes_everything_back(store: Store) -> None:
    row = opened(store)

    def interrupted() -> None:
        with store.writing(row.id) as log:
            log.append(event(2))
            log.add_key("p2", "k")
            log.erase_content([1])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert store.records(row.id) == (event(1),)
    assert store.participant_of(row.id, "k") is None


def test_a_key_stands_for_one_participant_of_one_room(store: Store) -> None:
    row, other = opened(store, "AAAAAA"), opened(store, "BBBBBB")
    with store.writing(row.id) as log:
        log.add_key("p1", "k")
    assert store.participant_of(row.id, "k") == "p1"
    assert store.participant_of(other.id, "k") is None
    with pytest.raises(ValueError, match="key"), store.writing(row.id) as log:
        log.add_key("p2", "k")
    assert store.participant_of(row.id, "k") == "p1"


def test_erasing_empties_the_content_and_nothing_else(store: Store) -> None:
    row, other = opened(store, "AAAAAA", events=4), opened(store, "BBBBBB", events=4)
    store.erase_content(row.id, [2])
    with store.writing(row.id) as log:
        log.erase_content([3, 99, -1, 10**30])
    store.erase_content(row.id, [])
    expected = [dataclasses.replace(event(n), content="" if n in (2, 3) else event(n).content) for n in (1, 2, 3, 4)]
    assert list(store.records(row.id)) == expected
    assert list(store.records(other.id)) == [event(n) for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Event) if f.name != "seq"])
def test_every_field_holds_any_text(store: Store, name: str) -> None:
    row = opened(store)
    append(store, row.id, **{name: NASTY})
    assert getattr(store.records(row.id)[1], name) == NASTY
    for bad in ("a\0b", "\udc00"):
        with pytest.raises(ValueError, match="NUL"):
            append(store, row.id, **{name: bad})
    assert store.last_seq(row.id) == 2


def test_rooms_and_keys_hold_any_text(store: Store) -> None:
    row = store.create_room(NASTY, NASTY, NASTY, NASTY, NASTY, NASTY, [])
    assert store.room(NASTY) == row
    assert store.study_text(NASTY) == NASTY
    with store.writing(row.id) as log:
        log.add_key(NASTY, NASTY)
        assert log.token_seq(NASTY) is None
    assert store.participant_of(row.id, NASTY) == NASTY
    assert store.last_seq(row.id) == 0


@pytest.mark.parametrize("place", range(6))
def test_a_nul_is_refused_wherever_it_stands(store: Store, place: int) -> None:
    texts = ["ABCDEF", "f", "s", "{}", AT, LATER]
    texts[place] += "\0"
    with pytest.raises(ValueError, match="NUL"):
        store.create_room(*texts, [])
    row = opened(store)
    for participant, key in (("p\0", "k"), ("p", "k\0")):
        with pytest.raises(ValueError, match="NUL"), store.writing(row.id) as log:
            log.add_key(participant, key)
    assert len(store.rooms()) == 1


def test_a_megabyte_comes_back_whole(store: Store) -> None:
    row = opened(store)
    long = "äb€" * 350_000
    append(store, row.id, content=long, effect=long)
    assert store.records(row.id)[1].content == long
    assert store.records(row.id)[1].effect == long


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET content = 'x' WHERE seq = 1",
        "UPDATE events SET at = 'x' WHERE seq = 1",
        "UPDATE events SET content = '', hash = 'x' WHERE seq = 1",
        "UPDATE events SET token = 'x' WHERE seq = 1",
        "UPDATE events SET seq = 9 WHERE seq = 1",
        "DELETE FROM events WHERE seq = 2",
    ],
)
def test_the_database_itself_holds_events_fast(store: Store, store_url: str, statement: str) -> None:
    row = opened(store, events=2)
    url = make_url(store_url)
    engine = create_engine(url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url)
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
    assert store.records(row.id) == (event(1), event(2))


def test_what_was_erased_is_in_none_of_the_files(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    kept = opened(store, "AAAAAA")
    gone = opened(store, "BBBBBB", study="s2")
    secrets = [f"secret-{n}-{'x' * 6000}" for n in range(3)]
    for secret in secrets[:2]:
        append(store, kept.id, content=secret)
    append(store, gone.id, content=secrets[2])
    folder = Path(make_url(sqlite_url).database or "").parent

    def found() -> int:
        held = b"".join(file.read_bytes() for file in folder.iterdir())
        return sum(secret[:9].encode() in held for secret in secrets)

    assert found() == 3
    store.erase_content(kept.id, [2])
    assert found() == 2
    with store.writing(kept.id) as log:
        log.erase_content([3])
    assert found() == 1
    store.delete_room(gone.id)
    assert found() == 0
    store.close()
