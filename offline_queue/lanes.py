"""Lanes: one a case, whose items go in the order of acceptance. Runs on the writer thread.

A lane's row names its head and when that is due, so that claiming looks at no item that has to wait.
"""

from __future__ import annotations

from offline_queue.items import ItemState
from offline_queue.rows import Row
from offline_queue.store import Store

Lane = tuple[int, int, str]
"""Number, the sequence number its next item gets, state."""


def find(store: Store, destination: str, case_id: str) -> Lane | None:
    """The lane of a case."""
    found: Lane | None = store.db.execute(
        "SELECT lane_id, next_seq, state FROM lane WHERE destination = ? AND case_id = ?",
        (destination, case_id),
    ).get
    return found


def held_back(store: Store, row: Row) -> bool:
    """Whether ``row`` waits for a person to decide about an item of its case that was refused for good.
    Behind a dead one, which may yet arrive, it only waits for its turn."""
    if row.state == ItemState.DEAD:
        return False
    found = store.db.execute(
        "SELECT 1 FROM lane WHERE lane_id = ?1 AND state = 'blocked' AND NOT EXISTS"
        " (SELECT 1 FROM item WHERE lane_id = ?1 AND state = 'dead' AND seq < ?2)",
        (row.lane_id, row.seq),
    ).get
    return found is not None


def begin(store: Store, row: Row) -> None:
    """Open a lane for the case of a new item, its first, which is numbered accordingly."""
    if row.destination not in store.destinations:
        store.db.execute("INSERT OR IGNORE INTO destination VALUES (?)", (row.destination,))
        store.destinations.add(row.destination)
    store.db.execute(
        "INSERT INTO lane (destination, case_id, next_seq, head, state, due)"
        " VALUES (?, ?, ?, ?, 'free', ?)",
        (row.destination, row.case_id, row.seq + 1, row.no, row.due),
    )
    row.lane_id = store.db.last_insert_rowid()


def join(store: Store, row: Row) -> None:
    """Put a new item at the end of its lane; it is the head only if none is waiting."""
    store.db.execute(
        "UPDATE lane SET next_seq = ?2 + 1, head = coalesce(head, ?3),"
        " due = CASE WHEN head IS NULL THEN ?4 ELSE due END,"
        " state = CASE state WHEN 'idle' THEN 'free' ELSE state END WHERE lane_id = ?1",
        (row.lane_id, row.seq, row.no, row.due),
    )


def occupy(store: Store, lane_id: int) -> None:
    """Mark a lane whose head has been claimed: nothing of it is due until that is settled."""
    store.db.execute("UPDATE lane SET state = 'busy', due = NULL WHERE lane_id = ?", (lane_id,))


def refresh(store: Store, lane_id: int, *, state: str | None = None) -> None:
    """Set a lane's head to its first pending item.

    ``state``: what the lane becomes; by default a busy or blocked lane stays that.
    """
    found = store.db.execute(
        "SELECT lane.state, item.no, item.due FROM lane LEFT JOIN item"
        " ON item.lane_id = lane.lane_id AND live = 1 WHERE lane.lane_id = ?"
        " ORDER BY seq LIMIT 1",
        (lane_id,),
    ).fetchone()
    now, *head = found or (None, None, None)
    if now == "blocked" and state not in (None, "blocked"):
        store.oldest_from = 0
    state = state or (now if now in ("busy", "blocked") else "free")
    if head[0] is None and state != "blocked":
        state = "idle"
    store.db.execute(
        "UPDATE lane SET head = ?, due = ?, state = ? WHERE lane_id = ?",
        (*head, state, lane_id),
    )
    store.moved += 1
