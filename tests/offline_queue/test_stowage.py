"""Places in the stowage's file: none is used twice at a time, none is lost, whatever becomes of a commit."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_queue.room import BLOCK, Room
from offline_queue.rows import Seals
from offline_queue.stowage import Spot, Stowage


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 5 * BLOCK)), max_size=60))
def test_places_never_overlap_and_come_back(steps: list[tuple[bool, int]]) -> None:
    room, taken = Room(), dict[int, int]()
    for take, size in steps:
        if take or not taken:
            start = room.take(size)
            assert start % BLOCK == 0
            for other, length in taken.items():
                assert start + size <= other or other + length <= start
            taken[start] = size
        else:
            start = sorted(taken)[size % len(taken)]
            room.give(start, taken.pop(start))
        blocks = sum(-(-length // BLOCK) for length in taken.values())
        assert room.end - room.free == blocks * BLOCK
        assert Room(taken.items()).end == room.end
        assert Room(taken.items()).free == room.free
    for start, length in taken.items():
        room.give(start, length)
    assert (room.end, room.free) == (0, 0)


@pytest.fixture
def db() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    connection.execute(
        "CREATE TABLE stowed (no, n, i, place, size, key, PRIMARY KEY (no, n, i)) WITHOUT ROWID"
    )
    return connection


def test_a_place_is_used_again_only_after_the_commit(db: apsw.Connection, tmp_path: Path) -> None:
    stowage = Stowage(tmp_path / "stowage", Seals(b"key"))
    stowage.put(db, Spot(1), b"first", b"one")
    stowage.flush()
    stowage.committed()

    db.execute("BEGIN")
    stowage.erase(db, 1)
    stowage.put(db, Spot(2), b"second", b"two")
    db.execute("ROLLBACK")
    stowage.rolled_back()
    assert stowage.get(db, Spot(1), b"one") == b"first"

    stowage.erase(db, 1)
    stowage.committed()
    stowage.put(db, Spot(3), b"third", b"three")
    assert db.execute("SELECT no, place FROM stowed").fetchall() == [(3, 0)]
    assert stowage.get(db, Spot(3), b"three") == b"third"
    stowage.close()


def test_nothing_opens_as_anothers_or_elsewhere(db: apsw.Connection, tmp_path: Path) -> None:
    stowage = Stowage(tmp_path / "stowage", Seals(b"key"))
    stowage.put(db, Spot(1), b"first", b"one")
    stowage.put(db, Spot(2), b"other", b"two")
    assert stowage.get(db, Spot(1), b"two") is None
    assert stowage.get(db, Spot(9), b"one") is None
    db.execute("UPDATE stowed SET place = place + 4096 WHERE no = 1")
    assert stowage.get(db, Spot(1), b"one") is None
    stowage.use(Seals(b"another key"))
    assert stowage.get(db, Spot(2), b"two") is None
    stowage.close()
