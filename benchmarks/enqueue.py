"""What a durable enqueue costs, against a bare durable SQLite commit of the same bytes, and against
other projects' queues where they are installed (see peers.py).

Rounds of all contestants are interleaved in one run, so that a busy machine slows all alike;
the ratio is per round, its median and range are printed, and the processor time of each, which a busy
machine bends less. ``--quick`` for a smoke run,
``--slow-disk MS`` to add that much to every flush.

    python benchmarks/enqueue.py [--quick] [--slow-disk 5] [--directory DIR]
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path

import apsw
from joserfc.jwk import ECKey
from peers import installed_peers
from slow_disk import run_again_with_slow_flushes

from offline_queue import ItemView, Limits, NewItem, Outbox, Sealer, new_item_id

Enqueue = Callable[[list[bytes]], None]
_PAUSES: list[Callable[[int], None]] = []
"""What is done while nobody waits, before a round of so many."""
SIZES = {1 << 10: 800, 32 << 10: 240, 256 << 10: 40}
"""Bytes, and how many in a round: enough that the bare commit, too, fills its log and moves it to its
database, as SQLite does every 1000 pages. In shorter rounds its log only grows, which is another flush than
the same bytes written again, and who writes more pages pays alone for moving them."""


@contextmanager
def bare(directory: Path) -> Iterator[Enqueue]:
    """The floor: WAL, synchronous=FULL, exclusive; one insert, one commit."""
    db = apsw.Connection(str(directory / "bare.db"))
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        db.execute(f"PRAGMA {pragma}").fetchall()
    db.execute("CREATE TABLE item (no INTEGER PRIMARY KEY, body BLOB)")

    def enqueue(bodies: list[bytes]) -> None:
        for body in bodies:
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO item (body) VALUES (?)", (body,))
            db.execute("COMMIT")

    yield enqueue
    db.close()


@contextmanager
def outbox(
    directory: Path, *, seal: bool, together: bool = False, prepared: bool = False
) -> Iterator[Enqueue]:
    """Our enqueue. ``seal``: sealing included; ``together``: all handed over before waiting;
    ``prepared``: key agreements made ahead, in the pause before a round, as at a terminal, where
    submissions are minutes apart."""
    limits = Limits(items=10**9, items_per_case=10**9, bytes=1 << 50, free_bytes=0)
    key_pair: ECKey = ECKey.generate_key("P-256")
    public = key_pair.as_dict(private=False)
    sealer = Sealer({"keys": [{**public, "kid": "k", "receiver": "440500"}]})
    box = Outbox.open(directory / "outbox", limits=limits)
    if prepared:
        _PAUSES.append(lambda count: sealer.prepare("440500", count))

    def item(body: bytes) -> NewItem:
        key = new_item_id()
        if seal:
            body = sealer.seal(body, receiver="440500", header={"key": key}).encode()
        return NewItem(key, "440500", key, "case", body)

    def enqueue(bodies: list[bytes]) -> None:
        if together:
            futures = [box.accept(item(body)) for body in bodies]
            outcomes = [future.result() for future in futures]
        else:
            outcomes = [box.accept(item(body)).result() for body in bodies]
        if not all(isinstance(outcome, ItemView) for outcome in outcomes):
            raise RuntimeError(f"refused: {outcomes}")

    yield enqueue
    box.close(60.0)


CONTESTANTS: dict[str, Callable[[Path], AbstractContextManager[Enqueue]]] = {
    "bare commit": bare,
    "bare commit again": bare,
    "outbox": partial(outbox, seal=False),
    "outbox, sealing": partial(outbox, seal=True),
    "outbox, sealing prepared": partial(outbox, seal=True, prepared=True),
    "outbox, sealing, all at once": partial(outbox, seal=True, together=True),
    **installed_peers(),
}


def measure(
    directory: Path, size: int, count: int, rounds: int
) -> dict[str, list[tuple[float, float]]]:
    """Seconds for each enqueue of each contestant in each round: by the clock, and of processors."""
    spent: dict[str, list[tuple[float, float]]] = {}
    _PAUSES.clear()
    with ExitStack() as stack:
        entered: dict[str, Enqueue] = {}
        for name, contestant in CONTESTANTS.items():
            place = Path(tempfile.mkdtemp(dir=directory))
            entered[name] = stack.enter_context(contestant(place))
        for number in range(rounds + 1):
            bodies = [os.urandom(size) for _ in range(count)]
            for pause in _PAUSES:
                pause(count)
            names = list(entered)
            for name in names[number % len(names) :] + names[: number % len(names)]:
                start, worked = time.perf_counter(), time.process_time()
                entered[name](bodies)
                took = (time.perf_counter() - start) / count
                worked = (time.process_time() - worked) / count
                if number:  # the first round warms up
                    spent.setdefault(name, []).append((took, worked))
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a smoke run of a few seconds")
    parser.add_argument("--directory", type=Path, help="measure on this file system")
    parser.add_argument("--slow-disk", type=float, default=0.0, metavar="MS")
    arguments = parser.parse_args()
    run_again_with_slow_flushes(arguments.slow_disk)
    rounds, sizes = 11, SIZES
    if arguments.slow_disk:
        rounds, sizes = 5, {size: count // 2 for size, count in SIZES.items()}
    if arguments.quick:
        rounds, sizes = 3, {1 << 10: 20, 32 << 10: 20}
    print(f"SQLite {apsw.sqlite_lib_version()}; x = against the bare commit of the same round")
    print(
        f"{'size':>8}  {'':28} {'per s':>8} {'ms each':>8} {'ms cpu':>8} {'x median':>9} {'x range':>13}"
    )
    for size, count in sizes.items():
        with tempfile.TemporaryDirectory(dir=arguments.directory) as folder:
            spent = measure(Path(folder), size, count, rounds)
        for name, ours in spent.items():
            pairs = zip(spent["bare commit"], ours, strict=True)
            ratios = [floor[0] / one[0] for floor, one in pairs]
            took = statistics.median(one[0] for one in ours)
            worked = statistics.median(one[1] for one in ours)
            print(
                f"{size >> 10:>5} KiB  {name:28} {1 / took:>8.0f} {1e3 * took:>8.2f}"
                f" {1e3 * worked:>8.2f} {statistics.median(ratios):>9.2f}"
                f" {min(ratios):>6.2f}-{max(ratios):<6.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
