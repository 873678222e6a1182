"""How fast the courier brings a large attachment, against a bare ``requests`` PATCH of the same bytes.

The courier asks for the upload, notes it durably, reads and checks each chunk, hashes it twice, sends
it, then posts the case, records the delivery and erases everything; the floor sends the bytes and does
nothing else, in one request or in as many as there are chunks. All talk to one sink. Contestants take
turns in one run; ``accept`` is what keeping it costs before that. ``--slow-disk MS`` adds that much to
every flush.

    python benchmarks/upload.py [--quick] [--slow-disk 5] [--directory DIR]
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import requests
from sink import sink
from slow_disk import run_again_with_slow_flushes

from kiosk.terminal.enclosing import Paper, enclose
from kiosk.terminal.operations import CASE
from kiosk.terminal.transport import PortalTransport
from offline_queue import (
    Courier,
    CourierPolicy,
    ItemView,
    Limits,
    NewItem,
    Outbox,
    new_item_id,
)
from portal import PortalClient

SIZE = 5 << 20
CHUNK = 1 << 20
COUNT = 8
"""Attachments in one round, one item each."""


def bare(url: str, contents: list[bytes], step: int) -> float:
    """Seconds ``requests`` takes to PATCH the contents in pieces of ``step``."""
    session = requests.Session()
    session.trust_env = False
    headers = {"Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0"}
    start = time.perf_counter()
    for content in contents:
        for offset in range(0, len(content), step):
            answer = session.patch(
                url + "/v1/uploads/1",
                data=content[offset : offset + step],
                headers={**headers, "Upload-Offset": str(offset)},
            )
            answer.raise_for_status()
    return time.perf_counter() - start


def drained(url: str, contents: list[bytes], lanes: int, folder: Path) -> tuple[float, float]:
    """Seconds the outbox takes to accept the contents, and the courier to bring them."""
    box = Outbox.open(folder, limits=Limits(free_bytes=0))
    start = time.perf_counter()
    for content in contents:
        key = new_item_id()
        enclosed = enclose(key, [Paper("scan", "image/jpeg", content)], CHUNK)
        item = NewItem(key, "440500", key, CASE, os.urandom(1024))
        taken = box.accept(item, enclosed.attachments).result()
        if not isinstance(taken, ItemView):
            raise RuntimeError(f"not accepted: {taken}")
    accepting = time.perf_counter() - start
    left, done = [len(contents)], threading.Event()

    def changed(view: ItemView) -> None:
        if not view.state.pending:
            left[0] -= 1
            if not left[0]:
                done.set()

    box.listen(changed)
    client = PortalClient(url, terminal_id="ST-0001")
    courier = Courier(box, PortalTransport(client), policy=CourierPolicy(lanes=lanes))
    start = time.perf_counter()
    courier.start()
    if not done.wait(60):
        raise RuntimeError(f"{left[0]} attachments were not delivered")
    spent = time.perf_counter() - start
    courier.stop(10.0)
    client.close()
    box.close(60.0)
    return accepting, spent


def measure(rounds: int, url: str, folder: Path) -> None:
    """Run the contestants in turn and print their rates."""
    spent: dict[str, list[float]] = {}
    floor = "requests, one PATCH"
    for number in range(rounds + 1):
        contents = [os.urandom(SIZE) for _ in range(COUNT)]

        accepting: list[float] = []

        def courier(
            lanes: int, contents: list[bytes] = contents, accepting: list[float] = accepting
        ) -> float:
            place = Path(tempfile.mkdtemp(dir=folder)) / "outbox"
            taken, seconds = drained(url, contents, lanes, place)
            accepting.append(taken)
            return seconds

        contestants: list[tuple[str, Callable[[], float]]] = [
            (floor, lambda c=contents: bare(url, c, SIZE)),
            ("requests, a PATCH for each MiB", lambda c=contents: bare(url, c, CHUNK)),
            ("courier, one lane", lambda run=courier: run(1)),
            ("courier, 4 lanes", lambda run=courier: run(4)),
        ]
        shift = number % len(contestants)
        for name, run in contestants[shift:] + contestants[:shift]:
            seconds = run()
            if number:  # the first round warms up
                spent.setdefault(name, []).append(seconds)
        if number:
            spent.setdefault("accept, sealed and durable", []).append(min(accepting))
    for name, times in spent.items():
        ratios = [a / b for a, b in zip(spent[floor], times, strict=True)]
        rate = COUNT * SIZE / (1 << 20) / statistics.median(times)
        print(
            f"{name:34} {rate:>8.0f} {statistics.median(ratios):>8.2f}"
            f" {min(ratios):>7.2f}-{max(ratios):<6.2f}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a smoke run of a few seconds")
    parser.add_argument("--slow-disk", type=float, default=0.0, metavar="MS")
    parser.add_argument("--directory", type=Path, help="measure on this file system")
    arguments = parser.parse_args()
    run_again_with_slow_flushes(arguments.slow_disk)
    print(f"{COUNT} attachments of {SIZE >> 20} MiB; x = against one PATCH each, in the same round")
    print(f"{'':34} {'MiB/s':>8} {'x median':>8} {'x range':>12}")
    with sink() as url, tempfile.TemporaryDirectory(dir=arguments.directory) as folder:
        measure(2 if arguments.quick else 5, url, Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"peak memory {peak} MiB, of which the contents are {COUNT * SIZE >> 20}")


if __name__ == "__main__":
    main()
