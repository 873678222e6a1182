"""One city's gateway dies or crawls: do the others' submissions still arrive as fast?

A terminal's outbox and courier, with its real transport, hand in submissions for nine cities, to the
sandbox in a process of its own. In turns, within one run: all cities well; one slow (a request takes
seconds); one hung (no answer at all); one that refuses. Told is how long a submission for one of the
*other* cities takes from being accepted to being delivered.

    python benchmarks/bulkhead.py [--quick] [--rounds 5] [--items 160]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import requests
from storm import name, portal, sealed

from kiosk.terminal.operations import CASE
from kiosk.terminal.transport import PortalTransport
from offline_queue import Courier, CourierPolicy, ItemView, Limits, NewItem, Outbox
from portal import Answer, PortalClient, Timeouts

CITIES = ("440500", "440100", "440600", "440700", "441900", "441300", "441800", "441400", "441600")
SICK = "441600"
ROOMY = Limits(items=10**9, items_per_case=10**9, bytes=1 << 50, free_bytes=0)
EVERY_S = 0.05
"""One submission comes so long after the other, as people do: what is measured is no backlog."""
STATES: dict[str, dict[str, Any] | None] = {
    "all well": None,
    "one city slow (4 s)": {"target": SICK, "kind": "slow", "seconds": 4.0},
    "one city hung": {"target": SICK, "kind": "hang"},
    "one city answers 503": {"target": SICK, "kind": "http_503"},
}


def round_trip(url: str, keys: dict[str, dict[str, Any]], items: int, folder: Path) -> list[float]:
    """Seconds from acceptance to delivery of each submission for a city that is well."""
    box = Outbox.open(folder, limits=ROOMY)
    client = PortalClient(
        url, terminal_id=name(1), timeouts=Timeouts(connect_s=2, read_s=8, total_s=12)
    )
    accepted: dict[str, float] = {}
    spent: dict[str, float] = {}
    done = threading.Event()
    pause = threading.Event()  # never set: a pause that needs no sleep
    cities = [CITIES[number % len(CITIES)] for number in range(items)]
    healthy = sum(city != SICK for city in cities)

    def changed(view: ItemView) -> None:
        if view.state.pending or view.destination == SICK or view.item_id in spent:
            return
        spent[view.item_id] = time.perf_counter() - accepted[view.item_id]
        if len(spent) == healthy:
            done.set()

    box.listen(changed)
    courier = Courier(box, PortalTransport(client), policy=CourierPolicy())
    courier.start()
    bodies = [sealed(keys, 1, city) for city in cities]
    for (key, body), city in zip(bodies, cities, strict=True):
        accepted[key] = time.perf_counter()
        box.accept(NewItem(key, city, key, CASE, body)).result()
        pause.wait(EVERY_S)
    if not done.wait(120):
        raise RuntimeError(f"{healthy - len(spent)} submissions for healthy cities did not arrive")
    courier.stop(20.0)
    client.close()
    box.close(20.0)
    return list(spent.values())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a smoke run of a few seconds")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--items", type=int, default=180)
    given = parser.parse_args()
    rounds, items = (1, 45) if given.quick else (given.rounds, given.items)
    spent: dict[str, list[float]] = {state: [] for state in STATES}
    with portal(True, 0) as (url, pipe), tempfile.TemporaryDirectory() as folder:
        with PortalClient(url, terminal_id=name(1)) as client:
            outcome = client.keys()
            assert isinstance(outcome, Answer)
            keys = {key.receiver: key.model_dump(mode="json") for key in outcome.value.keys}
        order = list(STATES)
        for number in range(rounds):
            for state in order[number % len(order) :] + order[: number % len(order)]:
                if (fault := STATES[state]) is not None:
                    requests.post(f"{url}/sandbox/faults", json=fault, timeout=5).raise_for_status()
                place = Path(tempfile.mkdtemp(dir=folder)) / "outbox"
                spent[state] += round_trip(url, keys, items, place)
                requests.delete(f"{url}/sandbox/faults", timeout=5).raise_for_status()
        pipe.send("end")
        pipe.recv()
    print(f"{rounds} rounds of {items} submissions, one each {EVERY_S * 1e3:.0f} ms, sick: {SICK}")
    print(
        f"{'the other cities, accepted to delivered':40} {'p50 ms':>8} {'p95 ms':>8} {'p95 x':>7}"
    )
    floor = statistics.quantiles(spent["all well"], n=20)[18]
    for state, seconds in spent.items():
        p50, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[18]
        print(f"{state:40} {p50 * 1e3:8.0f} {p95 * 1e3:8.0f} {p95 / floor:7.2f}")


if __name__ == "__main__":
    main()
