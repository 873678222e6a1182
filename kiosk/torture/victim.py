"""The process that is killed: the terminal's way of a submission, without a screen.

``python -m kiosk.torture.victim JSON``, the JSON being :class:`Orders`. Writes a line
``promised KEY CASE SEQ DIGEST`` once a submission is durable, the moment a real terminal would
print its slip.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from kiosk.terminal.enclosing import Paper, enclose
from kiosk.terminal.operations import CASE
from kiosk.terminal.transport import PortalTransport
from kiosk.torture.person import paper, submission
from offline_queue import (
    Courier,
    CourierPolicy,
    ItemView,
    Limits,
    NewAttachment,
    NewItem,
    OnRejection,
    Outbox,
    SystemClock,
    new_item_id,
)
from portal import PortalClient, Timeouts
from portal.codes import lookup_code
from portal.contract.sealing import seal

LIMITS = Limits(items=60, items_per_case=40, free_bytes=0)
POLICY = CourierPolicy(shortest_s=0.001, longest_s=0.02, breaker_open_s=0.005, tries=10_000)
TIMEOUTS = Timeouts(connect_s=2.0, read_s=0.3, total_s=3.0)
_CASES = 6
_STEP = 4096
"""Small chunks, so that a life ends between two of them."""
_FULL_S = 0.05


@dataclass(frozen=True, slots=True)
class Orders:
    """``die_at``: kill yourself in the n-th write or flush of the database (0: be killed).
    ``torn``: half of that write has happened. ``clock_jump_s``: the wall clock's error."""

    folder: str
    url: str
    ca_file: str
    jwk: dict[str, Any]
    seed: int
    die_at: int = 0
    torn: bool = False
    clock_jump_s: float = 0.0


class JumpyClock(SystemClock):
    """The machine's clocks, the time of day set wrongly."""

    def __init__(self, error_s: float) -> None:
        self._error_s = error_s

    def wall(self) -> float:
        """Seconds since the epoch, never before it."""
        return max(1.0, super().wall() + self._error_s)


class DeadlyDisk(apsw.VFS):
    """SQLite's own file access, until the n-th write or flush, which kills the process."""

    def __init__(self, die_at: int, *, torn: bool) -> None:
        self._left, self._torn = die_at, torn
        super().__init__("deadly", "")

    def xOpen(self, name: Any, flags: Any) -> apsw.VFSFile:
        """Open a file that counts."""
        return _DeadlyFile(self, name, flags)

    def strike(self) -> bool:
        """Count; whether this is the one."""
        self._left -= 1
        return self._left == 0

    @property
    def torn(self) -> bool:
        """Whether the last write is half done."""
        return self._torn


class _DeadlyFile(apsw.VFSFile):
    def __init__(self, disk: DeadlyDisk, name: Any, flags: Any) -> None:
        self._disk = disk
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        if self._disk.strike():
            if self._disk.torn:
                super().xWrite(data[: len(data) // 2], offset)
            os.kill(os.getpid(), signal.SIGKILL)
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        if self._disk.strike():
            os.kill(os.getpid(), signal.SIGKILL)
        super().xSync(flags)


def new_submission(
    jwk: dict[str, Any], case: str, seq: int, rng: random.Random, papers: int = 0
) -> tuple[NewItem, tuple[NewAttachment, ...]]:
    """A sealed submission with ``papers``; one in fifty is of a kind the portal refuses for good."""
    key = new_item_id()
    enclosed = enclose(
        key,
        [
            Paper("scan", "image/jpeg", paper(case, seq, rng.randrange(10, 5 * _STEP)))
            for _ in range(papers)
        ],
        _STEP,
    )
    size = 70_000 if rng.random() < 0.08 else rng.randrange(10, 2500)
    filler = ("refuse" if rng.random() < 0.02 else "keep") + "x" * size
    content = submission(case, seq, filler, [one.model_dump() for one in enclosed.described])
    sealed = seal(content, jwk, {"key": key, "destination": "440500"})
    envelope = {
        "key": key,
        "terminal": "ST-0000",
        "destination": "440500",
        "item": "torture",
        "kind": "apply",
        "lookup_code": lookup_code(key),
        "accepted_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sealed": sealed,
        "uploads": [one.model_dump() for one in enclosed.referred],
    }
    body = json.dumps(envelope).encode()
    item = NewItem(key, "440500", case, CASE, body, on_rejection=OnRejection.SKIP)
    return item, enclosed.attachments


def main() -> None:
    """Live until killed."""
    orders = Orders(**json.loads(sys.argv[1]))
    rng = random.Random(orders.seed)  # noqa: S311 - a campaign can be repeated
    disk = DeadlyDisk(orders.die_at, torn=orders.torn) if orders.die_at else None
    box = Outbox.open(
        Path(orders.folder),
        limits=LIMITS,
        clock=JumpyClock(orders.clock_jump_s),
        vfs="deadly" if disk is not None else None,
        key_age_s=86400.0,  # with a clock that is wrong enough, a new key at each start
    )
    if not box.verification.sound:
        print("unsound", box.verification, flush=True)
    client = PortalClient(
        orders.url, terminal_id="ST-0000", ca_file=Path(orders.ca_file), timeouts=TIMEOUTS
    )
    Courier(box, PortalTransport(client), policy=POLICY).start()
    moved = threading.Event()
    box.listen(lambda _view: moved.set())
    print("open", flush=True)
    seqs = dict.fromkeys((f"case-{orders.seed}-{number}" for number in range(_CASES)), 0)
    while True:
        case = rng.choice(list(seqs))
        papers = rng.choice((0, 0, 0, 0, 0, 1, 2))
        item, attached = new_submission(orders.jwk, case, seqs[case] + 1, rng, papers)
        taken = box.accept(item, attached).result()
        if not isinstance(taken, ItemView):
            print("refused", taken.code, flush=True)
            moved.wait(_FULL_S)
            moved.clear()
            continue
        seqs[case] += 1
        digest = hashlib.sha256(item.body).hexdigest()
        print("promised", item.item_id, case, seqs[case], digest, flush=True)


if __name__ == "__main__":
    main()
