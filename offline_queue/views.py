"""Looking at the outbox: lists, timelines, the summary. Runs on the writer thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from offline_queue.clock import rfc3339
from offline_queue.gauge import oldest_age, refusal
from offline_queue.items import (
    DestinationSummary,
    ItemState,
    ItemView,
    Summary,
    TimelineEntry,
)
from offline_queue.store import Store


def items(
    store: Store, states: Sequence[ItemState] | None, destination: str | None, limit: int
) -> list[ItemView]:
    """The latest ``limit`` items asked for, in the order of acceptance."""
    where, bindings = ["1"], []
    if states is not None:
        where.append(f"state IN ({', '.join('?' * len(states))})")
        bindings += [str(state) for state in states]
    if destination is not None:
        where.append("destination = ?")
        bindings.append(destination)
    found = store.rows(
        f"WHERE {' AND '.join(where)} ORDER BY no DESC LIMIT ?", *bindings, max(0, limit)
    )
    return [row.view(store.time) for row in found][::-1]


def items_with(store: Store, name: str, value: str, limit: int = 20) -> list[ItemView]:
    """The latest ``limit`` items with this attribute. Reads every row: for a person's question."""
    found = store.rows(
        "WHERE json_valid(attributes) AND json_extract(attributes, ?) = ? ORDER BY no DESC LIMIT ?",
        f'$."{name}"',
        value,
        limit,
    )
    return [row.view(store.time) for row in found][::-1]


def timeline(store: Store, item_id: str) -> list[TimelineEntry]:
    """Everything that happened to an item, oldest first."""
    row = store.find(item_id)
    if row is None:
        return []
    wall = store.time.on_the_wall
    entries = [
        TimelineEntry(
            rfc3339(wall(at)), kind, ItemState(state), code, None if due is None else wall(due)
        )
        for at, kind, state, code, due in store.db.execute(
            "SELECT at, kind, state, code, due FROM event WHERE no = ? ORDER BY n", (row.no,)
        )
    ]
    if not any(entry.kind == "accepted" for entry in entries[:1]):
        # what older programs wrote down as an event of its own
        at = wall(row.accepted)
        entries.insert(0, TimelineEntry(rfc3339(at), "accepted", ItemState.QUEUED, "", at))
    return entries


def summary(store: Store, breakers: Mapping[str, DestinationSummary]) -> Summary:
    """The outbox at a glance."""
    counts = dict.fromkeys(ItemState, 0)
    for state, count in store.db.execute("SELECT state, count(*) FROM item GROUP BY state"):
        counts[ItemState(state)] += count
    destinations: dict[str, DestinationSummary] = {}
    waiting: dict[str, int] = dict(
        store.db.execute("SELECT destination, count(*) FROM item WHERE live = 1 GROUP BY 1")
    )
    for name, moment in _due(store).items():
        known = breakers.get(name, DestinationSummary(0, None))
        due = None if moment is None else store.time.on_the_wall(moment)
        if due is not None and known.next_try_at is not None:
            due = max(due, known.next_try_at)
        destinations[name] = replace(known, pending=waiting.get(name, 0), next_try_at=due)
    blocked = store.db.execute("SELECT count(*) FROM lane WHERE state = 'blocked'").get
    return Summary(
        counts, oldest_age(store), store.ledger.held, blocked, destinations, refusal(store)
    )


def due(store: Store) -> dict[str, float]:
    """When each destination's next item is due, in the clock's monotonic seconds."""
    return {
        name: store.time.monotonic(moment)
        for name, moment in _due(store).items()
        if moment is not None
    }


def _due(store: Store) -> dict[str, float | None]:
    # One index probe a destination, however many items wait.
    return dict(
        store.db.execute(
            "SELECT name, (SELECT due FROM lane WHERE state = 'free' AND destination = name"
            " ORDER BY due LIMIT 1) FROM destination"
        )
    )
