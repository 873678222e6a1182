"""How long does a search over 10,000 services take, against a plain scan of all names and aliases?

    .venv/bin/python benchmarks/search.py [--items 10000] [--rounds 5]

The shipped services are multiplied with two characters and a number of their own in each name. The scan
compares the query with every text by the same library (rapidfuzz) and keeps the best twelve. Contestants
take turns. One frame at 60 Hz is 16.7 ms.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
from pathlib import Path
from time import perf_counter

from rapidfuzz import fuzz

from config.catalogue import Catalogue
from config.shipped import load_catalogue
from config.text import Text
from kiosk.search import SearchIndex

PHRASES = Path(__file__).parents[1] / "tests/kiosk/data/everyday_phrasings.txt"
FRAME_MS = 1000.0 / 60.0


def enlarged(size: int) -> Catalogue:
    """The shipped catalogue, multiplied to ``size`` services."""
    shipped = load_catalogue()
    items = []
    for number in range(size):
        item = shipped.items[number % len(shipped.items)]
        turn = number // len(shipped.items)
        mark = chr(0x4E00 + turn % 500) + chr(0x5E00 + turn % 700) if turn else ""
        items.append(
            item.model_copy(
                update={
                    "code": f"{item.code}-{turn}",
                    "name": Text(zh=item.name.zh + mark, en=item.name.en),
                    "aliases": tuple(alias + mark for alias in item.aliases),
                }
            )
        )
    return shipped.model_copy(update={"items": tuple(items)})


def scan(texts: list[tuple[str, int]], query: str) -> list[int]:
    """The dictionary scan: every text compared, the best twelve kept."""
    scored = sorted(((-fuzz.ratio(query, text), owner) for text, owner in texts))
    return [owner for _, owner in scored[:12]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    lines = PHRASES.read_text("utf-8").splitlines()
    queries = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]
    catalogue = enlarged(given.items)
    begun = perf_counter()
    index = SearchIndex(catalogue)
    built = perf_counter() - begun
    texts = [
        (text, n)
        for n, item in enumerate(catalogue.items)
        for text in (item.name.zh, *item.aliases)
    ]
    took: dict[str, list[float]] = {"index": [], "scan": []}
    for _ in range(given.rounds):
        for query in queries:
            begun = perf_counter()
            index.search(query, 12)
            took["index"].append((perf_counter() - begun) * 1000)
        for query in queries[::20]:  # a scan is slow: a twentieth of the queries is enough
            begun = perf_counter()
            scan(texts, query)
            took["scan"].append((perf_counter() - begun) * 1000)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(
        f"{given.items} services, {len(texts)} texts, {len(queries)} queries; built in {built:.1f} s"
    )
    for name, times in took.items():
        times.sort()
        p99 = times[int(len(times) * 0.99) - 1]
        print(f"{name:6} median {statistics.median(times):7.2f} ms   99 % {p99:7.2f} ms")
    within = sum(t <= FRAME_MS for t in took["index"]) / len(took["index"])
    print(f"within one frame ({FRAME_MS:.1f} ms): {within:.1%} of the searches of the index")


if __name__ == "__main__":
    main()
