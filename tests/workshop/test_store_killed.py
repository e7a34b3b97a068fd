"""A program that is killed while it writes: what it had acknowledged is there, and nothing is half there."""

import subprocess
import sys
from pathlib import Path

import pytest

from mcda.workshop.store import Store, open_store
from stored import append, opened

HERE = Path(__file__).parent
pytestmark = pytest.mark.long

APPEND_FOR_EVER = """
import sys
from stored import append
from mcda.workshop.store import open_store

store, row = open_store(sys.argv[1]), int(sys.argv[2])
while True:
    print(append(store, row, content='{"long":"' + 'x' * 3000 + '"}'), flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 7, 30])
def test_what_was_acknowledged_survives_a_kill(store: Store, store_url: str, acknowledged: int) -> None:
    row = opened(store)
    command = [sys.executable, "-c", APPEND_FOR_EVER, store_url, str(row.id)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE) as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(acknowledged)]
        child.kill()
        told += [int(line) for line in child.stdout.read().splitlines() if line]
    again = open_store(store_url)
    stored = [record.seq for record in again.records(row.id)]
    assert stored == list(range(1, len(stored) + 1))
    assert set(told) <= set(stored)
    assert len(stored) <= told[-1] + 1
    assert append(again, row.id) == len(stored) + 1
    again.close()
