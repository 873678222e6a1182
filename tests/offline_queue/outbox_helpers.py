"""Helpers of the outbox tests: items, a scripted receiver, a watcher of changes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import apsw

from offline_queue import (
    CourierPolicy,
    Delivered,
    ItemState,
    ItemView,
    Limits,
    NewAttachment,
    NewItem,
    NotThere,
    Outbox,
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


def an_attachment(
    content: bytes, step: int = 1000, kind: str = "scan", key: str | None = None
) -> NewAttachment:
    """``content``, taken for sealed, as an attachment in chunks of ``step``."""

    def chunks() -> Iterator[bytes]:
        return (content[start : start + step] for start in range(0, len(content), step))

    digest = sha256(content).digest()
    return NewAttachment(
        key or new_item_id(), kind, "image/jpeg", len(content), step, digest, chunks
    )


def content_of(box: Outbox, item_id: str, n: int = 1) -> bytes:
    """The chunks of an item's ``n``-th attachment that are held, joined."""
    view = box.attachments(item_id).result(WAIT)[n - 1]
    chunks = [box.chunk(item_id, n, index).result(WAIT) for index in range(view.chunks)]
    return b"".join(chunk for chunk in chunks if chunk is not None)


class FaultyDisk(apsw.VFS):
    """SQLite's own VFS, with writes or flushes failing once a countdown has run out.

    ``fault`` is the apsw error class raised; it goes on failing until :meth:`heal`.
    """

    def __init__(self) -> None:
        self.vfs_name = f"faulty-{id(self)}"
        self.heal()
        super().__init__(self.vfs_name, "")

    def heal(self) -> None:
        self.fault: type[apsw.Error] | None = None
        self.on = ""
        self.countdown = 0

    def fail(self, fault: type[apsw.Error], on: str, after: int = 0) -> None:
        self.fault, self.on, self.countdown = fault, on, after

    def check(self, operation: str) -> None:
        if self.fault is None or operation != self.on:
            return
        if self.countdown > 0:
            self.countdown -= 1
            return
        raise self.fault("injected")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> FaultyFile:
        return FaultyFile(self, name, flags)


class FaultyFile(apsw.VFSFile):
    def __init__(
        self, disk: FaultyDisk, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> None:
        self.disk = disk
        super().__init__("", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:
        self.disk.check("read")
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.check("write")
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        self.disk.check("sync")
        super().xSync(flags)


def edit(tmp_path: Path, *statements: str) -> None:
    """Change the closed database behind the outbox's back."""
    with sqlite3.connect(tmp_path / "outbox" / "outbox.db") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def found(tmp_path: Path, needle: bytes) -> list[str]:
    """Files below ``tmp_path`` that contain ``needle``."""
    return [
        path.name for path in tmp_path.rglob("*") if path.is_file() and needle in path.read_bytes()
    ]
