"""How full the outbox is, and whether it may take more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from offline_queue.items import Limits, Refusal
from offline_queue.place import free_bytes
from offline_queue.store import Store


def refusal(store: Store, room_for: int = 0) -> Refusal | None:
    """Why no new work can be accepted now, if so."""
    return why_not(store.limits, store.place.directory, gauge(store), store.time.now(), room_for)


@dataclass(frozen=True, slots=True)
class Gauge:
    """What limits are measured on: pending items, bytes held, since when the oldest waits.

    ``spare`` bytes of the database are free for new things. ``broken`` is set while the storage
    cannot be used.
    """

    pending: int = 0
    held: int = 0
    oldest: float | None = None
    broken: Refusal | None = None
    spare: int = 0


def gauge(store: Store) -> Gauge:
    """The gauge as it stands."""
    ledger = store.ledger
    return Gauge(ledger.pending, ledger.held, oldest(store), spare=store.spare())


def why_not(
    limits: Limits, directory: Path, gauge: Gauge, now: float, room_for: int = 0
) -> Refusal | None:
    """Why no new work of ``room_for`` bytes can be accepted, if so. Raises OSError."""
    if gauge.broken is not None:
        return gauge.broken
    if gauge.pending >= limits.items:
        return Refusal("outbox.full", f"{gauge.pending} items are waiting")
    if gauge.held + room_for > limits.bytes:
        return Refusal("outbox.full", f"{gauge.held} bytes are held")
    # What was erased in the database makes room there, if none on the disk; half of the reserve
    # must be free on the disk itself.
    free = free_bytes(directory) + min(gauge.spare, limits.free_bytes // 2)
    if free < limits.free_bytes + room_for:
        return Refusal("outbox.disk_full", "the free disk is down to its reserve")
    if gauge.oldest is not None and now - gauge.oldest > limits.age_s:
        return Refusal("outbox.too_old", "the oldest item has waited too long")
    return None


def oldest(store: Store) -> float | None:
    """When the oldest pending item came (steady seconds); blocked cases do not count."""
    if store.oldest_known is not None and store.oldest_known[0] == store.moved:
        return store.oldest_known[1]
    # From where the last answer stood: else every look would walk over all blocked cases in front.
    found = store.db.execute(
        "SELECT item.no, item.accepted FROM item JOIN lane USING (lane_id) WHERE item.live = 1"
        " AND item.no >= ? AND lane.state <> 'blocked' ORDER BY item.no LIMIT 1",
        (store.oldest_from,),
    ).fetchone()
    store.oldest_from, since = found or (store.ledger.head + 1, None)
    store.oldest_known = store.moved, since
    return since


def oldest_age(store: Store) -> float:
    """Seconds the oldest pending item has waited; those of blocked cases do not count."""
    since = oldest(store)
    return 0.0 if since is None else max(0.0, store.time.now() - since)
