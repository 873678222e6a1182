"""Helpers of the outbox tests: items, a scripted receiver, a watcher of changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from offline_queue import (
    CourierPolicy,
    Delivered,
    ItemState,
    ItemView,
    Limits,
    NewItem,
    NotThere,
    Verdict,
    new_item_id,
)

ROOMY = Limits(free_bytes=0)
HASTY = CourierPolicy(shortest_s=0.005, longest_s=0.02, breaker_failures=3, breaker_open_s=0.01)
WAIT = 20.0


def an_item(case: str = "case-1", destination: str = "440500", **more: Any) -> NewItem:
    """An item with a body of its own."""
    item_id = more.pop("item_id", None) or new_item_id()
    body = more.pop("body", None) or b"sealed:" + item_id.encode()
    return NewItem(item_id, destination, case, more.pop("operation", "case"), body, **more)


class Portal:
    """A transport that plays the receiver: applies once per key, answers as scripted.

    ``script`` gets ("deliver" | "ask", item) and returns a verdict, or ``None`` for the honest
    one. ``applied`` maps keys to the bytes applied; ``order`` is that of first application.
    """

    def __init__(self, script: Callable[[str, ItemView], Verdict | None] | None = None) -> None:
        self.script = script
        self.applied: dict[str, bytes] = {}
        self.order: list[str] = []
        self.calls: list[tuple[str, str, bytes]] = []
        self.lock = threading.Lock()

    def apply(self, key: str, body: bytes) -> None:
        with self.lock:
            if key in self.applied:
                assert self.applied[key] == body
            else:
                self.applied[key] = body
                self.order.append(key)

    def deliver(self, item: ItemView, body: bytes) -> Verdict:
        with self.lock:
            self.calls.append(("deliver", item.item_id, body))
        scripted = self.script("deliver", item) if self.script else None
        if scripted is not None:
            return scripted
        self.apply(item.item_id, body)
        return Delivered({"case_no": f"no-{item.seq}"})

    def ask(self, item: ItemView) -> Verdict:
        with self.lock:
            self.calls.append(("ask", item.item_id, b""))
        scripted = self.script("ask", item) if self.script else None
        if scripted is not None:
            return scripted
        known = item.item_id in self.applied
        return Delivered({"case_no": f"no-{item.seq}"}) if known else NotThere()


class Watch:
    """Hears of every change of an outbox, and waits for states."""

    def __init__(self) -> None:
        self.states: dict[str, list[ItemState]] = {}
        self._tries: set[tuple[str, int, str]] = set()
        self._condition = threading.Condition()

    def __call__(self, view: ItemView) -> None:
        with self._condition:
            if view.state != ItemState.IN_FLIGHT and view.attempts:
                self._tries.add((view.item_id, view.attempts, view.verdict))
            self.states.setdefault(view.item_id, []).append(view.state)
            self._condition.notify_all()

    def until(self, state: ItemState, *item_ids: str) -> None:
        """Wait until each item has been seen in ``state``."""

        def seen() -> bool:
            return all(state in self.states.get(item_id, ()) for item_id in item_ids)

        with self._condition:
            assert self._condition.wait_for(seen, WAIT), self.states

    def until_tries(self, count: int, code: str) -> None:
        """Wait until ``count`` tries in all have ended with ``code``."""

        def seen() -> bool:
            return sum(verdict == code for _, _, verdict in self._tries) >= count

        with self._condition:
            assert self._condition.wait_for(seen, WAIT), self._tries
