"""What a claim, a settlement and an acceptance cost with 10^4 to 10^6 items waiting.

Cases of twenty items; half of the cities are out of reach, their items waiting in front. Reading
up the last lines: the goal is at most twice from end to end. Also: how long the start takes, which
reads and checks every row, and the memory of the process.

    python benchmarks/scale.py [--quick] [--directory DIR]
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from offline_queue import Delivered, ItemView, Limits, NewItem, Outbox, RetryLater, new_item_id
from offline_queue.moves import Settlement

ROOMY = Limits(items=10**9, items_per_case=10**9, bytes=1 << 50, free_bytes=0, age_s=1e9)
CITIES = ("440500", "440100", "440600", "441300", "441400", "441600", "441800", "441900")
DOWN = CITIES[len(CITIES) // 2 :]
CASE = 20
NEVER_S = 1e9


def fill(box: Outbox, count: int) -> None:
    """``count`` items of 1 KiB, cases of twenty, one city after the other within a case's rank;
    then every case of the cities that are out of reach is tried once and put off."""
    body = os.urandom(1024)
    for start in range(0, count, 2000):
        waiting = [
            box.accept(
                NewItem(
                    new_item_id(), CITIES[(n // CASE) % len(CITIES)], f"c{n // CASE}", "case", body
                )
            )
            for n in range(start, min(start + 2000, count))
        ]
        for future in waiting:
            if not isinstance(future.result(), ItemView):
                raise RuntimeError("refused")
    for city in DOWN:
        while claims := box.claim(city, 500, NEVER_S).result():
            put_off = [Settlement(c, RetryLater("portal.maintenance"), 1e6) for c in claims]
            for done in [box.settle(one) for one in put_off]:
                done.result()


def each(run: Callable[[], object], times: int) -> float:
    """Median milliseconds of ``run``."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def measure(count: int, folder: Path, times: int) -> dict[str, float]:
    """All measures with ``count`` items waiting, in milliseconds."""
    box = Outbox.open(folder, limits=ROOMY)
    fill(box, count)
    ready = [city for city in CITIES if city not in DOWN]
    turn = [0]

    def claim_and_settle() -> None:
        turn[0] += 1
        for claim in box.claim(ready[turn[0] % len(ready)], 1, NEVER_S).result():
            box.settle(Settlement(claim, Delivered({}))).result()

    def accept() -> None:
        box.accept(NewItem(new_item_id(), CITIES[0], new_item_id(), "case", b"x" * 1024)).result()

    found = {
        "claim + settle": each(claim_and_settle, times),
        "accept": each(accept, times),
        "what is due": each(lambda: box.due().result(), times),
    }
    box.close(60.0)
    start = time.perf_counter()
    box = Outbox.open(folder, limits=ROOMY)
    found["start (s)"] = time.perf_counter() - start
    found["memory (MiB, most so far)"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    box.close(60.0)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="up to 10^5 items only")
    parser.add_argument("--directory", type=Path, help="measure on this file system")
    arguments = parser.parse_args()
    sizes = (10**3, 10**4, 10**5) if arguments.quick else (10**4, 10**5, 10**6)
    with tempfile.TemporaryDirectory(dir=arguments.directory) as place:
        columns = [measure(size, Path(place) / str(size), 200) for size in sizes]
    print(f"{'ms unless said':28}" + "".join(f"{size:>12,}" for size in sizes) + f"{'x':>8}")
    for name in columns[0]:
        row = [column[name] for column in columns]
        print(f"{name:28}" + "".join(f"{v:>12.2f}" for v in row) + f"{row[-1] / row[0]:>8.2f}")


if __name__ == "__main__":
    main()
