"""How fast the courier empties a backlog, against bare ``requests`` posting the same bytes.

The courier uses the terminal's own transport (built on ``requests``; it watches deadlines, judges
the answer, and the outbox claims, records and erases besides). All talk to one sink, which answers
with the receipt of a case. One case an item (nothing to wait for) and cases of five (order kept,
and checked). Contestants take turns in one run. "x cpu" compares processor time, which a busy machine
bends less. ``--slow-disk MS`` adds that much to every flush.

    python benchmarks/drain.py [--quick] [--slow-disk 5] [--directory DIR]
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from sink import sink
from slow_disk import run_again_with_slow_flushes

from kiosk.terminal.operations import CASE
from kiosk.terminal.transport import PortalTransport
from offline_queue import (
    Courier,
    CourierPolicy,
    Delivered,
    ItemView,
    Limits,
    NewItem,
    NotThere,
    Outbox,
    Verdict,
    new_item_id,
)
from portal import PortalClient

SIZES = (1 << 10, 32 << 10, 256 << 10)
ROOMY = Limits(items=10**9, items_per_case=10**9, bytes=1 << 50, free_bytes=0)
LANES = 4


class Post:
    """The terminal's transport; notes the order of arrival."""

    def __init__(self, client: PortalClient) -> None:
        self._inner = PortalTransport(client)
        self.order: list[tuple[str, int]] = []

    def deliver(self, item: ItemView, body: bytes) -> Verdict:
        """Send ``body``."""
        verdict = self._inner.deliver(item, body)
        if not isinstance(verdict, Delivered):
            raise RuntimeError(f"the sink was not believed: {verdict}")
        self.order.append((item.case_id, item.seq))
        return verdict

    def ask(self, item: ItemView) -> Verdict:
        """Nothing is ever lost here."""
        return NotThere()


def _headers(key: str) -> Mapping[str, str]:
    return {"Idempotency-Key": key, "Content-Type": "application/jose"}


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds, by the clock and of processors (of the sender alone)."""

    wall: float
    cpu: float

    @classmethod
    def since(cls, start: Spent) -> Spent:
        """From ``start``, a moment, until now."""
        return cls(time.perf_counter() - start.wall, time.process_time() - start.cpu)

    @classmethod
    def now(cls) -> Spent:
        """This moment."""
        return cls(time.perf_counter(), time.process_time())


def bare(url: str, bodies: list[bytes], lanes: int) -> Spent:
    """What ``requests`` takes for the bodies, on ``lanes`` connections."""
    sessions = threading.local()

    def post(body: bytes) -> None:
        if not hasattr(sessions, "one"):
            sessions.one = requests.Session()
            sessions.one.trust_env = False
        answer = sessions.one.post(url + "/v1/cases", data=body, headers=_headers(new_item_id()))
        answer.raise_for_status()
        answer.json()

    start = Spent.now()
    if lanes == 1:
        for body in bodies:
            post(body)
    else:
        with ThreadPoolExecutor(lanes) as pool:
            list(pool.map(post, bodies))
    return Spent.since(start)


def drained(url: str, bodies: list[bytes], lanes: int, per_case: int, folder: Path) -> Spent:
    """What the courier takes for the bodies, all recorded as delivered and erased."""
    box = Outbox.open(folder, limits=ROOMY)
    waiting = [
        box.accept(NewItem(new_item_id(), "440500", f"case-{n // per_case}", CASE, body))
        for n, body in enumerate(bodies)
    ]
    for future in waiting:
        future.result()
    client = PortalClient(url, terminal_id="ST-0001")
    post, left, done = Post(client), [len(bodies)], threading.Event()

    def changed(view: ItemView) -> None:
        if not view.state.pending:
            left[0] -= 1
            if not left[0]:
                done.set()

    box.listen(changed)
    courier = Courier(box, post, policy=CourierPolicy(lanes=lanes))
    start = Spent.now()
    courier.start()
    if not done.wait(600):
        raise RuntimeError(f"{left[0]} items were not delivered")
    spent = Spent.since(start)
    courier.stop(10.0)
    client.close()
    box.close(60.0)
    seen: dict[str, int] = {}
    for case, seq in post.order:
        if seq != seen.get(case, 0) + 1:
            raise RuntimeError(f"{case}: {seq} after {seen.get(case, 0)}")
        seen[case] = seq
    return spent


def measure(size: int, count: int, rounds: int, url: str, folder: Path) -> None:
    """Run the contestants in turn and print their rates."""
    spent: dict[str, list[Spent]] = {}
    for number in range(rounds + 1):
        bodies = [os.urandom(size) for _ in range(count)]

        def outbox(lanes: int, per_case: int, bodies: list[bytes] = bodies) -> Spent:
            place = Path(tempfile.mkdtemp(dir=folder))
            return drained(url, bodies, lanes, per_case, place / "outbox")

        contestants: list[tuple[str, Any]] = [
            ("requests, one connection", lambda b=bodies: bare(url, b, 1)),
            (f"requests, {LANES} connections", lambda b=bodies: bare(url, b, LANES)),
            ("courier, one lane at a time", lambda run=outbox: run(1, 1)),
            (f"courier, {LANES} lanes", lambda run=outbox: run(LANES, 1)),
            (f"courier, {LANES} lanes, cases of 5", lambda run=outbox: run(LANES, 5)),
        ]
        shift = number % len(contestants)
        for name, run in contestants[shift:] + contestants[:shift]:
            took = run()
            if number:  # the first round warms up
                spent.setdefault(name, []).append(took)
    floor = spent["requests, one connection"]
    for name in (entry[0] for entry in contestants):
        ours = spent[name]
        ratios = [a.wall / b.wall for a, b in zip(floor, ours, strict=True)]
        worked = [a.cpu / b.cpu for a, b in zip(floor, ours, strict=True)]
        rate = count / statistics.median(one.wall for one in ours)
        print(
            f"{size >> 10:>5} KiB  {name:34} {rate:>8.0f} {statistics.median(ratios):>8.2f}"
            f" {min(ratios):>7.2f}-{max(ratios):<6.2f} {statistics.median(worked):>8.2f}",
            flush=True,
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a smoke run of a few seconds")
    parser.add_argument("--slow-disk", type=float, default=0.0, metavar="MS")
    parser.add_argument("--directory", type=Path, help="measure on this file system")
    arguments = parser.parse_args()
    run_again_with_slow_flushes(arguments.slow_disk)
    rounds, count = (2, 100) if arguments.quick else (9, 150)
    print("x = against requests on one connection, in the same round")
    print(f"{'size':>9}  {'':34} {'per s':>8} {'x median':>8} {'x range':>12} {'x cpu':>10}")
    with sink() as url:
        for size in SIZES:
            with tempfile.TemporaryDirectory(dir=arguments.directory) as folder:
                measure(size, count, rounds, url, Path(folder))


if __name__ == "__main__":
    main()
