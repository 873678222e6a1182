"""A terminal's outbox, courier and client with a sandbox over TLS, for the tests of uploads."""

from __future__ import annotations

import contextlib
import json
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from kiosk.terminal.enclosing import Paper, enclose
from kiosk.terminal.operations import CASE
from kiosk.terminal.transport import PortalTransport
from kiosk.torture.certificate import make_certificate
from offline_queue import (
    Courier,
    CourierPolicy,
    ItemState,
    Limits,
    NewItem,
    Outbox,
    new_item_id,
)
from portal import PortalClient, Timeouts
from portal.contract import lookup_code, seal
from portal.outcomes import Answer, Outcome
from portal.sandbox import Fault, FaultKind, SandboxServer, SandboxSettings
from portal.uploads import Begun, Gone, UploadClient

STEP = 128 << 10
WAIT = 30.0
ITEM = "unemployment-registration"
PERSON = {"document_kind": "resident", "name": "李䶮", "number": "440599198001010014"}


class CountedUploads(UploadClient):
    """The client's uploads; counts what is sent, and breaks the line before chosen requests."""

    def __init__(self, inner: UploadClient, server: SandboxServer) -> None:
        super().__init__(inner._transport)
        self._server = server
        self.faults: dict[tuple[str, int], FaultKind] = {}
        self.calls: dict[str, int] = dict.fromkeys(("begin", "offset", "append", "terminate"), 0)
        self.sent = 0
        self.before: Callable[[str, int], None] = lambda call, number: None
        self.given_up: SimpleQueue[Outcome[None]] = SimpleQueue()

    def _count(self, call: str) -> None:
        self.calls[call] += 1
        number = self.calls[call]
        self.before(call, number)
        if (kind := self.faults.get((call, number))) is not None:
            self._server.add_fault(Fault(target="uploads", kind=kind, count=1))

    def begin(self, key: str, size: int, about: Mapping[str, str]) -> Outcome[Begun]:
        self._count("begin")
        return super().begin(key, size, about)

    def offset(self, location: str, size: int) -> Outcome[int | Gone]:
        self._count("offset")
        return super().offset(location, size)

    def append(
        self, location: str, offset: int, part: bytes, size: int
    ) -> Outcome[int | Gone | None]:
        self._count("append")
        self.sent += len(part)
        return super().append(location, offset, part, size)

    def terminate(self, location: str) -> Outcome[None]:
        self._count("terminate")
        outcome = super().terminate(location)
        self.given_up.put(outcome)
        return outcome


@contextlib.contextmanager
def a_portal(folder: Path) -> Iterator[tuple[SandboxServer, Path]]:
    """A sandbox that serves over TLS, and the CA that vouches for it."""
    authority, pem = make_certificate(folder)
    settings = SandboxSettings(
        database_url=f"sqlite:///{folder / 'portal.sqlite3'}",
        catalogue={
            "version": "test",
            "items": [
                {
                    "code": ITEM,
                    "kind": "apply",
                    "identification": "L1",
                    "name": {"zh": "失业登记", "en": "Unemployment registration"},
                }
            ],
        },
        gateway_hours=False,
        gateway_latency=0.0,
        check_contract=True,
    )
    with SandboxServer(settings, certificate=(pem, pem)) as server:
        yield server, authority


@dataclass
class Terminal:
    """An outbox and what empties it."""

    server: SandboxServer
    client: PortalClient
    folder: Path
    uploads: CountedUploads
    keys: Mapping[str, Any]
    states: dict[str, ItemState] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def open(self) -> Outbox:
        box = Outbox.open(self.folder, limits=Limits(free_bytes=0))
        box.listen(self._heard)
        return box

    def _heard(self, view: Any) -> None:
        with self.changed:
            self.states[view.item_id] = view.state
            self.changed.notify_all()

    def courier(self, box: Outbox) -> Courier:
        policy = CourierPolicy(shortest_s=0.01, longest_s=0.05, breaker_failures=50)
        courier = Courier(box, PortalTransport(self.client), policy=policy)
        courier.start()
        return courier

    def until(self, key: str, state: ItemState = ItemState.DELIVERED) -> None:
        with self.changed:
            reached = self.changed.wait_for(lambda: self.states.get(key) == state, WAIT)
        assert reached, self.states

    def accept(self, box: Outbox, *papers: bytes, media_type: str = "application/pdf") -> str:
        key = new_item_id()
        enclosed = enclose(key, [Paper("scan", media_type, paper) for paper in papers], STEP)
        content = {
            "item": ITEM,
            "kind": "apply",
            "route": {"mode": "local", "destination": "440500", "authority_zh": "示例局",
                      "authority_en": "Example Bureau", "level": "city", "division": "440500"},
            "subject": PERSON,
            "assurance": {"level": "L1", "methods": ["id_card"], "face": None},
            "form": {}, "consent": None, "signature": None, "pickup_hash": None, "slot_id": None,
            "bill_ids": None, "copies": None, "promised": None,
            "attachments": [one.model_dump() for one in enclosed.described],
        }  # fmt: skip
        cw = {"key": key, "destination": "440500", "item": ITEM}
        sealed = seal(json.dumps(content).encode(), self.keys, cw)
        envelope = {
            "key": key, "terminal": "T-1", "destination": "440500", "item": ITEM, "kind": "apply",
            "lookup_code": lookup_code(key), "accepted_at": "2026-11-22T10:00:00+08:00",
            "sealed": sealed, "uploads": [one.model_dump() for one in enclosed.referred],
        }  # fmt: skip
        item = NewItem(key, "440500", key, CASE, json.dumps(envelope).encode())
        box.accept(item, enclosed.attachments).result(WAIT)
        return key

    def stop_at(self, box: Outbox, call: str, number: int) -> None:
        """Deliver until just before a request is made, which is made still and no more."""
        under_way, stopped = threading.Event(), threading.Event()

        def hold(made: str, count: int) -> None:
            if (made, count) == (call, number):
                under_way.set()
                assert stopped.wait(WAIT)

        self.uploads.before = hold
        courier = self.courier(box)
        assert under_way.wait(WAIT)
        assert not courier.stop(0.0)
        stopped.set()
        assert courier.stop(WAIT)

    def run(self, *papers: bytes) -> str:
        """Accept, deliver, and see that it has arrived whole and once."""
        box = self.open()
        key = self.accept(box, *papers)
        courier = self.courier(box)
        self.until(key)
        assert courier.stop(WAIT)
        assert box.summary().result(WAIT).bytes == 0
        box.close()
        self.check(key, len(papers))
        return key

    def check(self, key: str, papers: int) -> None:
        assert self.server.effects(key) == 1
        assert len(self.server.world.uploads.held(key)) == papers
        watch = self.server.world.watch
        assert watch is not None
        assert watch.findings() == []


@contextlib.contextmanager
def a_terminal(server: SandboxServer, authority: Path, folder: Path) -> Iterator[Terminal]:
    """A terminal of it, whose outbox is in ``folder``."""
    timeouts = Timeouts(connect_s=5, read_s=10, total_s=20)
    with PortalClient(
        server.base_url, terminal_id="T-1", ca_file=authority, timeouts=timeouts
    ) as client:
        outcome = client.keys()
        assert isinstance(outcome, Answer)
        keys = {key.receiver: key.model_dump(mode="json") for key in outcome.value.keys}
        uploads = client.uploads = CountedUploads(client.uploads, server)
        yield Terminal(server, client, folder / "outbox", uploads, keys["440500"])
        server.clear_faults()


PICTURE = random.Random(7).randbytes(5 * STEP)
CHUNKS = 6
"""Of :data:`PICTURE`: each chunk carries its tag."""
