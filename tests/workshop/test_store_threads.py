"""Many write at once: everything is there, once, in order."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

from mcda.workshop.store import CodeTaken, Store
from serving import PATIENCE_S, started
from stored import append, append_some, event, opened


def test_two_threads_lose_nothing_and_leave_no_gap(store: Store) -> None:
    row, together = opened(store), Barrier(2)

    def work(actor: str) -> list[int]:
        together.wait()
        return [append(store, row.id, actor=actor) for _ in range(100)]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(work, ("a", "b"))
    assert sorted(first + second) == list(range(2, 202))
    records = store.records(row.id)
    assert [record.seq for record in records] == list(range(1, 202))
    assert {record.seq for record in records if record.actor == "a"} == set(first)


def test_forty_threads_in_several_rooms_all_get_their_turn(store: Store) -> None:
    rows = [opened(store, f"ROOM0{n}") for n in range(4)]

    def work(number: int) -> int:
        row = rows[number % 4]
        seq = append(store, row.id, token=f"t{number}")
        assert store.last_seq(row.id) >= seq
        return seq

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(work, range(80)))
    assert [store.last_seq(row.id) for row in rows] == [21] * 4


def test_several_programs_share_a_room(store: Store, store_url: str) -> None:
    row = opened(store)
    programs = [started(append_some, store_url, row.id, actor) for actor in "ab"]
    for program in programs:
        program.join(PATIENCE_S)
    assert [program.exitcode for program in programs] == [0, 0]
    actors = [record.actor for record in store.records(row.id, after=1)]
    assert (actors.count("a"), actors.count("b")) == (30, 30)


def test_one_of_many_gets_a_code(store: Store) -> None:
    together = Barrier(8)

    def work(number: int) -> bool:
        together.wait()
        try:
            opened(store, study=f"s{number}")
        except CodeTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 1
    assert len(store.rooms()) == 1


def test_rooms_on_one_study_open_and_close_at_once(store: Store) -> None:
    def work(number: int) -> None:
        for turn in range(10):
            store.delete_room(opened(store, f"R{number}-{turn}").id)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert store.rooms() == ()
    assert store.study_text("s1") is None


def test_readers_see_whole_steps_while_others_write(store: Store) -> None:
    row, seen = opened(store), []

    def pairs() -> None:
        for seq in range(2, 100, 2):
            with store.writing(row.id) as log:
                log.append(event(seq))
                log.append(event(seq + 1))

    writer = Thread(target=pairs)
    writer.start()
    while writer.is_alive():
        seen.append(len(store.records(row.id)))
    writer.join()
    assert {count % 2 for count in seen} <= {1}
    assert seen == sorted(seen)
