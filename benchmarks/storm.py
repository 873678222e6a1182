"""The morning storm: 1,300 terminals come back, 128 at a time, each with a backlog to hand in.

The sandbox runs in a process of its own, on PostgreSQL (or SQLite) with every commit flushed, and
with the cities' simulated latencies. Each terminal asks for the time and the receivers' keys, then
hands in its backlog, one request after another, by the terminal's own client and by the outbox's rules:
retry with the same key, ask after an unknown end. Some answers are dropped after the commit. At the
end the database is asked what took effect: nothing may be missing and nothing there twice.

The floor: the same requests by the same client to a sink that does nothing, in the same run.

    python benchmarks/storm.py [--quick] [--terminals 1300] [--backlog 4] [--sqlite]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import random
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import uuid_utils
from sink import sink

from portal import Answer, PortalClient, Problem, Timeouts, Unreachable
from portal.contract import lookup_code, seal
from portal.outcomes import NoAnswer
from portal.sandbox import SandboxServer, SandboxSettings
from portal.sandbox.faults import Fault, FaultKind
from portal.sandbox.private_postgres import PrivatePostgres

CITIES = ("440500", "440100", "440600", "441900", "441300")
CATALOGUE = {
    "version": "storm",
    "items": [
        {
            "code": "apply-1",
            "kind": "apply",
            "identification": "L1",
            "name": {"zh": "失业登记", "en": "Unemployment registration"},
            "form": {"schema": {"type": "object"}},
        }
    ],
}
PERSON = {
    "document_kind": "resident_id_card",
    "name": "李䶮",
    "number": "440599198001010014",
    "sex": "女",
    "nation": "汉",
    "birth": "1980-01-01",
    "address": "汕头市示例路1号",
    "valid_to": None,
}
FORM = {"phone": "13800000000"}
AT_ONCE = 128
"""Terminals that talk at the same time; the others come as these are done. More threads than this
measure the sending machine's Python, not the portal."""
LONGEST_WAIT_S = 8.0
TIMEOUTS = Timeouts(connect_s=10, read_s=60, total_s=90)


@dataclass
class Figures:
    """What all terminals saw; lists are appended to from many threads."""

    seconds: list[float] = field(default_factory=list)
    retries: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def portal_process(pipe: Connection, sqlite: bool, dropped: int) -> None:
    """Run the portal until told to end; then tell what is in its database."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder / 'storm.db'}"
        if not sqlite:
            url = ends.enter_context(PrivatePostgres()).url
        settings = SandboxSettings(database_url=url, catalogue=CATALOGUE, gateway_hours=False)
        with SandboxServer(settings) as server:
            if dropped:
                server.add_fault(Fault(target="cases", kind=FaultKind.DROP_AFTER, count=dropped))
            pipe.send(server.base_url)
            pipe.recv()
            with server.world.database.read() as connection:
                rows = connection.exec_driver_sql("SELECT key, case_no FROM cases").all()
            usage = [
                resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            ]
            pipe.send(
                ([tuple(row) for row in rows], sum(one.ru_utime + one.ru_stime for one in usage))
            )


@contextmanager
def portal(sqlite: bool, dropped: int) -> Iterator[tuple[str, Connection]]:
    """A running portal: its address, and the pipe that ends it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=portal_process, args=(theirs, sqlite, dropped), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.join(30)


def name(terminal: int) -> str:
    """Its id at the portal."""
    return f"ST-{terminal:04d}"


def sealed(
    keys: dict[str, dict[str, Any]],
    terminal: int,
    destination: str,
    item: str = "apply-1",
    form: Mapping[str, str] = FORM,
) -> tuple[str, bytes]:
    """A key and the body to hand in with it."""
    key = str(uuid_utils.uuid7())
    submission = {
        "item": item, "kind": "apply",
        "route": {"mode": "local", "destination": destination, "authority_zh": "示例局",
                  "authority_en": "Example Bureau", "level": "city", "division": destination},
        "subject": PERSON,
        "assurance": {"level": "L3", "methods": ["id_card", "face"], "face": None},
        "form": dict(form),
        "consent": {"version": "1", "at": "2026-11-22T10:00:00+08:00", "given": True},
        "signature": {"width": 10, "height": 10, "strokes": [[[1, 2, 3], [2.5, 3, 4]]]},
        "pickup_hash": "0" * 64, "slot_id": None, "bill_ids": None, "copies": None,
        "promised": {"date": "2026-12-10", "estimated": False, "working_days": 10},
    }  # fmt: skip
    cw = {"key": key, "destination": destination, "item": item}
    envelope = {
        "key": key, "terminal": name(terminal), "destination": destination, "item": item,
        "kind": "apply", "lookup_code": lookup_code(key),
        "accepted_at": dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).isoformat(),
        "sealed": seal(json.dumps(submission).encode(), keys[destination], cw),
    }  # fmt: skip
    return key, json.dumps(envelope).encode()


class Terminal:
    """One terminal with its backlog."""

    def __init__(self, url: str, number: int, backlog: list[tuple[str, bytes]]) -> None:
        self._client = PortalClient(url, terminal_id=name(number), timeouts=TIMEOUTS)
        self._backlog = backlog
        self._random = random.Random(number)
        self._pause = threading.Event()  # never set: a pause that needs no sleep
        self._number = number

    def run(self, begin: threading.Event, figures: Figures, first_looks: bool) -> None:
        """Come back and hand everything in."""
        begin.wait()
        if first_looks:
            self._client.time()
            self._client.keys()
        for key, body in self._backlog:
            self._hand_in(key, body, figures)
        self._client.close()

    def _hand_in(self, key: str, body: bytes, figures: Figures) -> None:
        wait = 1.0
        while True:
            start = time.perf_counter()
            outcome: Any = self._client.submit_case(body, key)
            figures.seconds.append(time.perf_counter() - start)
            while isinstance(outcome, NoAnswer):
                figures.asked.append(key)
                outcome = self._client.case_by_key(key)
            if isinstance(outcome, Answer):
                return
            if (
                isinstance(outcome, Problem)
                and not outcome.retryable
                and outcome.code != "not_found"
            ):
                raise RuntimeError(
                    f"refused: {outcome.code} {[(one.pointer, one.code) for one in outcome.fields]}"
                )
            assert isinstance(outcome, Problem | Unreachable)
            figures.retries.append(key)
            self._pause.wait(self._random.uniform(0, wait))
            wait = min(LONGEST_WAIT_S, wait * 2)


def storm(
    url: str, backlogs: list[list[tuple[str, bytes]]], first_looks: bool
) -> tuple[float, Figures]:
    """Seconds until the last item is in, and what the terminals saw."""
    figures, begin = Figures(), threading.Event()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [
            pool.submit(Terminal(url, number, backlog).run, begin, figures, first_looks)
            for number, backlog in enumerate(backlogs)
        ]
        start = time.perf_counter()
        begin.set()
        for one in waiting:
            one.result()
    return time.perf_counter() - start, figures


def line(title: str, spent: float, figures: Figures, count: int) -> None:
    """Print one row."""
    cuts = statistics.quantiles(figures.seconds, n=100)
    print(
        f"{title:32} {spent:7.1f} {count / spent:7.0f} {cuts[49] * 1e3:8.0f} {cuts[94] * 1e3:8.0f}"
        f" {cuts[98] * 1e3:8.0f} {max(figures.seconds) * 1e3:8.0f}"
        f" {len(figures.retries):7} {len(figures.asked):6}"
    )


def main() -> None:
    """Measure, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--terminals", type=int, default=1300)
    parser.add_argument("--backlog", type=int, default=4)
    parser.add_argument("--sqlite", action="store_true", help="SQLite instead of PostgreSQL")
    parser.add_argument("--quick", action="store_true", help="a smoke run of a few seconds")
    given = parser.parse_args()
    terminals, backlog = (60, 2) if given.quick else (given.terminals, given.backlog)
    count = terminals * backlog
    dropped = max(1, count // 50)
    print(
        f"{terminals} terminals, {backlog} items each, {dropped} answers dropped after the commit"
    )
    with portal(given.sqlite, dropped) as (url, pipe):
        with PortalClient(url, terminal_id="ST-0000") as client:
            outcome = client.keys()
            assert isinstance(outcome, Answer)
            keys = {key.receiver: key.model_dump(mode="json") for key in outcome.value.keys}
        backlogs = [
            [
                sealed(keys, number, CITIES[(number + place) % len(CITIES)])
                for place in range(backlog)
            ]
            for number in range(terminals)
        ]
        names = ("", "s", "per s", "p50 ms", "p95 ms", "p99 ms", "max ms", "retries", "asked")
        print("{:32} {:>7} {:>7} {:>8} {:>8} {:>8} {:>8} {:>7} {:>6}".format(*names))
        with sink() as floor:
            line("floor: a sink that does nothing", *storm(floor, backlogs, False), count)
        spent, figures = storm(url, backlogs, True)
        line("SQLite" if given.sqlite else "PostgreSQL", spent, figures, count)
        pipe.send("end")
        rows, cpu = pipe.recv()
    promised = [key for one in backlogs for key, _ in one]
    there = [key for key, _ in rows]
    lost, twice = set(promised) - set(there), len(there) - len(set(there))
    shared = len(rows) - len({case_no for _, case_no in rows})
    print(
        f"portal's CPU {cpu:.0f} s; promised {len(promised)}, in the database {len(there)}, "
        f"lost {len(lost)}, twice {twice}, case numbers shared {shared}"
    )
    if lost or twice or shared:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
