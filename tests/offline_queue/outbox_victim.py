"""The process the kill tests kill: accepts and delivers until it dies.

Arguments: directory, seed. Writes ``<id> <body hash>`` to standard output once an item's acceptance
is durable; the receiver's effects go, durably and once per key, to ``effects.log`` beside
the directory.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import threading
from pathlib import Path

from offline_queue import (
    Courier,
    CourierPolicy,
    Delivered,
    ItemView,
    Limits,
    NewItem,
    NoAnswer,
    NotReached,
    NotThere,
    Outbox,
    Refusal,
    Verdict,
    new_item_id,
)


class Receiver:
    """Applies each key once, in a file that survives; loses some answers."""

    def __init__(self, log: Path, rng: random.Random) -> None:
        self._rng = rng
        self._file = os.open(log, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        self._applied = {line.split()[0] for line in log.read_text().splitlines()}
        self._lock = threading.Lock()

    def deliver(self, item: ItemView, body: bytes) -> Verdict:
        fate = self._rng.random()
        if fate < 0.1:
            return NotReached("down")
        with self._lock:
            if item.item_id not in self._applied:
                digest = hashlib.sha256(body).hexdigest()
                line = f"{item.item_id} {item.case_id} {item.seq} {digest}\n"
                os.write(self._file, line.encode())
                self._applied.add(item.item_id)
        return NoAnswer("lost") if fate < 0.3 else Delivered({"n": item.seq})

    def ask(self, item: ItemView) -> Verdict:
        return Delivered({"n": item.seq}) if item.item_id in self._applied else NotThere()


def main() -> None:
    directory, seed = Path(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    outbox = Outbox.open(directory, limits=Limits(free_bytes=0, items=100000, items_per_case=1000))
    receiver = Receiver(directory.parent / "effects.log", random.Random(seed + 1))
    policy = CourierPolicy(shortest_s=0.001, longest_s=0.005, breaker_open_s=0.002)
    Courier(outbox, receiver, policy=policy).start()
    assert outbox.verification.sound, outbox.verification
    print("open", flush=True)
    while True:
        body = rng.randbytes(70_000 if rng.random() < 0.1 else rng.randrange(10, 3000))
        item = NewItem(new_item_id(), "440500", f"case-{rng.randrange(4)}", "case", body)
        view = outbox.accept(item).result()
        assert not isinstance(view, Refusal), view
        print(view.item_id, hashlib.sha256(body).hexdigest(), flush=True)


main()
