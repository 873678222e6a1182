"""Thousands of short histories of terminal, portal, clock and faults, each from one number.

No thread, no network and no real time: outbox, courier's decisions and a portal take turns on a
virtual clock, in an order drawn from the seed. A history that goes wrong is played again by its
seed. What a real process, disk and wire do is :mod:`kiosk.torture.campaign`'s part.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
import uuid
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from kiosk.torture.verdict import Verdict
from offline_queue import (
    CourierPolicy,
    Delivered,
    ItemState,
    ItemView,
    Limits,
    ManualClock,
    NewItem,
    NoAnswer,
    NotReached,
    NotThere,
    OnRejection,
    Refusal,
    Rejected,
    RetryLater,
    moves,
    views,
)
from offline_queue import Verdict as Word
from offline_queue.attempts import Attempts
from offline_queue.place import BALLAST, Place
from offline_queue.recovery import open_store
from offline_queue.store import Store

T = TypeVar("T")
CITIES = ("440500", "440100", "441900")
POLICY = CourierPolicy(tries=200, ask_after_s=3 * 86400.0, group=3)
LIMITS = Limits(
    items=12,
    items_per_case=6,
    free_bytes=0,
    inline_bytes=400,
    age_s=1e12,
    # a clock that is wrong by years must not hide from the comparison what became of an item
    record_retention_s=1e12,
)
_STEPS = 30
_NEVER = float("inf")
_END_S = 20 * 86400.0
_MOODS = ("well", "well", "well", "away", "busy", "lossy", "late")


@dataclass
class City:
    """A partner city's gateway, its mood, and what has taken effect there."""

    mood: str = "well"
    effects: list[tuple[str, str, int]] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    under_way: list[tuple[ItemView, bytes]] = field(default_factory=list)


class World:
    """One history. ``run`` plays it; what went wrong is in ``wrong``."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - a history can be played again
        self._folder = folder
        self._clock = ManualClock()
        self._cities = {name: City() for name in CITIES}
        self._promised: dict[str, NewItem] = {}
        self._withdrawn: set[str] = set()
        self.wrong: list[str] = []
        self._store = self._open()
        self._attempts = self._new_attempts()

    # -- the portal's side: a Transport ------------------------------------------------

    def deliver(self, item: ItemView, body: bytes) -> Word:
        """What the city makes of it."""
        city = self._cities[item.destination]
        luck = self._rng.random()
        match city.mood:
            case "away":
                return NotReached("network.refused")
            case "busy" if luck < 0.7:
                return RetryLater("portal.maintenance", self._rng.choice((None, 5.0, 900.0)), True)
            case "lossy" if luck < 0.3:
                return NoAnswer("network.reset")
            case "lossy" if luck < 0.6:
                self._apply(city, item, body)
                return NoAnswer("network.reset")
            case "late" if luck < 0.5:
                city.under_way.append((item, body))
                return NoAnswer("network.read_timeout")
        self._apply(city, item, body)
        if item.item_id in city.refused:
            return Rejected("portal.form_invalid")
        return Delivered({"case_no": item.item_id[-8:]})

    def ask(self, item: ItemView) -> Word:
        """What the city knows of it."""
        city = self._cities[item.destination]
        if city.mood == "away":
            return NotReached("network.refused")
        if city.mood in ("lossy", "busy") and self._rng.random() < 0.4:
            return NoAnswer("network.reset")
        if item.item_id in city.refused:
            return Rejected("portal.form_invalid")
        return Delivered({}) if item.item_id in city.digests else NotThere()

    def _apply(self, city: City, item: ItemView, body: bytes) -> None:
        digest = hashlib.sha256(body).hexdigest()
        if item.item_id in city.digests:
            if city.digests[item.item_id] != digest:
                self.wrong.append(f"{item.item_id} was sent again with another body")
            return
        city.digests[item.item_id] = digest
        if body.startswith(b"refuse"):
            city.refused.add(item.item_id)
        else:
            city.effects.append((item.item_id, item.case_id, item.seq))

    # -- the terminal's side -----------------------------------------------------------

    def run(self) -> None:
        """Thirty things happen; then all cities are well, and everything must come to its end."""
        for _ in range(_STEPS):
            self._rng.choices(
                (self._accept, self._deliver_due, self._pass_time, self._change_mood,
                 self._arrive_late, self._crash, self._withdraw, self._retry, self._set_clock),
                (8, 10, 6, 4, 2, 1, 1, 1, 1),
            )[0]()  # fmt: skip
        for city in self._cities.values():
            city.mood = "well"
        self._let_everything_end()
        self._compare()
        self._close()

    def _in_transaction(self, run: Callable[[Store], T]) -> T:
        self._store.begin()
        result = run(self._store)
        self._store.commit()
        return result

    def _accept(self) -> None:
        start = b"refuse" if self._rng.random() < 0.05 else b"keep"
        item = NewItem(
            str(uuid.UUID(int=self._rng.getrandbits(128), version=4)),
            self._rng.choice(CITIES),
            f"case-{self._rng.randrange(2)}",
            "case",
            start + self._rng.randbytes(self._rng.choice((20, 600))),
            expires_after_s=self._rng.choice((None, None, 3600.0)),
            on_rejection=self._rng.choice(list(OnRejection)),
        )
        taken = self._in_transaction(lambda store: moves.accept(store, item, self._clock.wall()))
        if not isinstance(taken, Refusal):
            self._promised[item.item_id] = item

    def _deliver_due(self) -> None:
        self._in_transaction(moves.expire)
        due = views.due(self._store)
        for city in self._rng.sample(CITIES, len(CITIES)):
            if due.get(city, _NEVER) <= self._clock.monotonic():
                self._deliver_to(city)

    def _deliver_to(self, city: str) -> None:
        limit, probing = self._attempts.allowance(city)
        if not limit:
            return
        claims = self._in_transaction(
            lambda store: moves.claim(store, city, limit, POLICY.ask_after_s)
        )
        for claim in claims:
            settlement = self._attempts.make(city, claim)
            if self._rng.random() < 0.03:
                self._crash()  # sent, perhaps answered, and never recorded
                return
            self._in_transaction(partial(moves.settle, settlement=settlement))
        if probing:
            self._attempts.probed(city)

    def _pass_time(self) -> None:
        self._clock.advance(self._rng.choice((1.0, 30.0, 700.0, 4000.0, 100_000.0)))

    def _change_mood(self) -> None:
        self._cities[self._rng.choice(CITIES)].mood = self._rng.choice(_MOODS)

    def _arrive_late(self) -> None:
        for city in self._cities.values():
            while city.under_way:
                self._apply(city, *city.under_way.pop(0))

    def _crash(self) -> None:
        self._close()
        self._store = self._open()
        self._attempts = self._new_attempts()

    def _withdraw(self) -> None:
        if self._promised:
            key = self._rng.choice(list(self._promised))
            self._in_transaction(lambda store: moves.withdraw(store, key))

    def _retry(self) -> None:
        if self._promised:
            key = self._rng.choice(list(self._promised))
            self._in_transaction(lambda store: moves.retry(store, key))

    def _set_clock(self) -> None:
        self._clock.step_wall(self._rng.choice((-1e8, -3600.0, 3600.0, 1e8)))

    # -- the end -----------------------------------------------------------------------

    def _let_everything_end(self) -> None:
        end = self._clock.monotonic() + _END_S
        while self._clock.monotonic() < end:
            self._arrive_late()
            for city in CITIES:
                for case in ("case-0", "case-1"):
                    self._in_transaction(partial(moves.release, destination=city, case_id=case))
            self._deliver_due()
            if not self._store.ledger.pending:
                return
            due = views.due(self._store)
            wait = min(
                (max(moment, self._attempts.open_until(city)) for city, moment in due.items()),
                default=self._clock.monotonic() + 60.0,
            )
            self._clock.advance(max(1.0, wait - self._clock.monotonic()))
        self.wrong.append(f"{self._store.ledger.pending} items never came to an end")

    def _compare(self) -> None:
        rows = {row.item_id: row for row in self._store.rows("ORDER BY no")}
        for key, item in self._promised.items():
            city, row = self._cities[item.destination], rows.get(key)
            if row is None:
                self.wrong.append(f"{key} is gone")
                continue
            took_effect = sum(effect[0] == key for effect in city.effects)
            expected = {
                ItemState.DELIVERED: took_effect == 1,
                ItemState.REJECTED: took_effect == 0 and key in city.refused,
                ItemState.WITHDRAWN: took_effect == 0 and key not in city.digests,
                ItemState.DEAD: row.verdict == "outbox.tries_used_up",
            }.get(ItemState(row.state), False)
            if not expected:
                self.wrong.append(f"{key} is {row.state} with {took_effect} effects")
        if len(rows) != len(self._promised):
            self.wrong.append("items appeared that nobody was promised")
        for city in self._cities.values():
            for case in ("case-0", "case-1"):
                seqs = [seq for _, of, seq in city.effects if of == case]
                if seqs != sorted(set(seqs)):
                    self.wrong.append(f"{case} took effect in the order {seqs}")

    def _open(self) -> Store:
        self._place = Place(self._folder)
        store, report, recovered = open_store(self._place, self._clock, LIMITS, None)
        if not report.sound or recovered is not None:
            self.wrong.append(f"opened unsound: {report}")
        return store

    def _close(self) -> None:
        self._store.close()
        self._place.release()

    def _new_attempts(self) -> Attempts:
        return Attempts(self, POLICY, self._clock, self._rng)


def simulate(seeds: range, verdict: Verdict) -> None:
    """Play the histories of ``seeds``, in memory where the system offers that."""
    memory = Path("/dev/shm")  # noqa: S108 - nothing of anybody's is in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        fresh, place = Path(folder) / "fresh", Path(folder) / "world"
        World(fresh, 0)._close()
        (fresh / BALLAST).write_bytes(b"")  # making one anew each time would be half of the work
        for seed in seeds:
            shutil.copytree(fresh, place)
            world = World(place, seed)
            world.run()
            verdict.count("histories")
            verdict.count("submissions", len(world._promised))
            for wrong in world.wrong:
                verdict.found("a history ends well", f"seed {seed}: {wrong}")
            shutil.rmtree(place)


def simulate_in_parallel(first: int, count: int, workers: int) -> Verdict:
    """The same in ``workers`` processes."""
    share = -(-count // workers)
    parts = [range(first + n * share, min(first + count, first + (n + 1) * share))
             for n in range(workers)]  # fmt: skip
    verdict = Verdict()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for part in pool.map(_part, parts):
            for name, value in part.figures.items():
                verdict.count(name, value)
            verdict.findings += part.findings
    return verdict


def _part(seeds: range) -> Verdict:
    verdict = Verdict()
    simulate(seeds, verdict)
    return verdict
