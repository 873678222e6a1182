"""What is done at every start, and now and then: putting states right, forgetting in time."""

from __future__ import annotations

import contextlib
from typing import Any

from offline_queue import lanes
from offline_queue.items import ItemState
from offline_queue.moves import condemn
from offline_queue.rows import Row
from offline_queue.store import Store
from offline_queue.verify import VerifyReport

#: no due time written by an earlier run is believed beyond this (the clock may have been wrong)
_LONGEST_WAIT_S = 600.0


def put_right(store: Store, report: VerifyReport) -> None:
    """After opening, in a transaction: no row that fails its seal will be sent; what was in
    flight is unknown; due times and lanes agree with the rows."""
    now = store.time.now()
    for item_id in (*report.damaged, *report.tampered):
        row = store.find(item_id)
        if row is not None and (row.live or _holds_body(store, row)):
            condemn(store, row)
    # Only what is not as it should be is read: a backlog may be long.
    amiss = store.rows(
        "WHERE live = 1 AND (state = 'in_flight' OR due IS NULL OR due > ?"
        " OR expires_at > ? + expires_after) ORDER BY no",
        now + _LONGEST_WAIT_S,
        now,
    )
    for row in list(amiss):
        before = (row.state, row.due, row.expires_at)
        if row.state == ItemState.IN_FLIGHT:
            # The claim was durable before anything was sent: it may have arrived.
            row.state = ItemState.UNKNOWN if row.sends else ItemState.QUEUED
        row.due = now if row.due is None else min(row.due, now + _LONGEST_WAIT_S)
        if row.expires_at is not None and row.expires_after is not None:
            row.expires_at = min(row.expires_at, now + row.expires_after)
        if before != (row.state, row.due, row.expires_at):
            store.save(row)
        if before[0] != row.state:
            store.event(row, "recovered")
    store.ledger.pending = store.db.execute("SELECT count(*) FROM item WHERE live = 1").get
    store.ledger.held = store.db.execute(
        "SELECT coalesce(sum(size), 0) FROM item WHERE held <> 'none'"
    ).get
    _rebuild_lanes(store)
    _sweep_bodies(store)


def _holds_body(store: Store, row: Row) -> bool:
    """Of a changed row too: what it says of itself proves nothing."""
    kept = store.db.execute("SELECT 1 FROM body WHERE no = ?", (row.no,)).get
    return row.held != "none" or kept is not None


def forget(store: Store) -> None:
    """In a transaction: erase bodies of the long dead, drop records older than they are kept.

    Records go from the front of the chain only, so that what stays can still be verified.
    """
    now, limits, ledger = store.time.now(), store.limits, store.ledger
    for row in list(
        store.rows(
            "WHERE state = 'dead' AND held <> 'none' AND ended < ?", now - limits.dead_retention_s
        )
    ):
        store.erase(row)
        store.event(row, "erased")
        if store.seals.holds(row) or row.verdict != "outbox.tampered":
            store.save(row)
        else:
            store.db.execute("UPDATE item SET held = 'none' WHERE no = ?", (row.no,))
    for row in list(store.rows("ORDER BY no LIMIT 1000")):
        if row.live or row.ended is None or row.ended > now - limits.record_retention_s:
            break
        if _holds_body(store, row):
            break  # no mere record, whatever its row says
        store.db.execute("DELETE FROM event WHERE no = ?", (row.no,))
        store.enclosures.drop(row.no)
        store.db.execute("DELETE FROM item WHERE no = ?", (row.no,))
        ledger.first, ledger.anchor = row.no + 1, row.link
    store.db.execute(
        "DELETE FROM lane WHERE state = 'idle' AND NOT EXISTS"
        " (SELECT 1 FROM item WHERE item.lane_id = lane.lane_id)"
    )


def void(store: Store, item_ids: list[str]) -> None:
    """In a transaction: remove items whose acceptance was refused although the failing commit
    may have reached the disk. They are the last of the chain, nothing was done with them."""
    wanted = set(item_ids)
    for row in list(store.rows("ORDER BY no DESC LIMIT ?", len(wanted))):
        if row.item_id not in wanted:
            break
        before = store.db.execute("SELECT link FROM item WHERE no = ?", (row.no - 1,)).get
        store.erase(row)
        store.db.execute("DELETE FROM event WHERE no = ?", (row.no,))
        store.enclosures.drop(row.no)
        store.db.execute("DELETE FROM item WHERE no = ?", (row.no,))
        store.ledger.head, store.ledger.link = row.no - 1, before or store.ledger.anchor
        store.ledger.pending -= row.live
        store.mark(row, "void")
        lanes.refresh(store, row.lane_id)


def _rebuild_lanes(store: Store) -> None:
    found: list[Any] = store.db.execute(
        "SELECT lane_id, state FROM lane WHERE state <> 'idle'"
        " OR lane_id IN (SELECT lane_id FROM item WHERE live = 1)"
    ).fetchall()
    for lane_id, state in found:
        lanes.refresh(store, lane_id, state="blocked" if state == "blocked" else "free")


def _sweep_bodies(store: Store) -> None:
    """Remove body files nobody refers to: written before a commit that never came."""
    kept = {
        store.body_path(row).name
        for row in store.rows("WHERE held = 'file' AND (live = 1 OR state = 'dead')")
    }
    for path in store.place.bodies.iterdir():
        if path.name not in kept:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
