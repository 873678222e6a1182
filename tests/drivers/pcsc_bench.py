"""A simulated reader for a whole test process, and adapters at it.

libpcsclite remembers the first socket it was told, so all tests of one process share one service.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from drivers.flight.entry import Direction
from drivers.ports import AdapterContext
from drivers.results import Failure, Ok
from drivers.smartcard import PcscIdCardReader, PcscSimulator, PcscSmartCardReader
from drivers.smartcard.reader import PcscReader

PATIENCE_S = 20.0


@cache
def _simulator() -> PcscSimulator:
    simulator = PcscSimulator()
    simulator.start()
    return simulator


def fresh_simulator() -> PcscSimulator:
    """The process's simulator with both slots empty, running, without faults."""
    simulator = _simulator()
    simulator.command("clear_faults")
    simulator.command("unplug_usb")
    for slot in (0, 1):
        simulator.command("withdraw_card", slot=slot)
    simulator.command("replug")  # a new pcscd, which has seen nothing yet
    return simulator


@dataclass
class Bench:
    """An open adapter, what it emitted and tapped. ``cancel``: set to give up an operation."""

    simulator: PcscSimulator
    kind: type[PcscReader]
    options: dict[str, Any] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    tapped: list[tuple[Direction, bytes]] = field(default_factory=list)
    cancel: threading.Event = field(default_factory=threading.Event)

    def make(self) -> Any:
        """An adapter, not opened."""

        def emit(name: str, data: Mapping[str, Any]) -> None:
            assert data == {}
            self.events.append(name)

        settings = {"socket": self.simulator.address, **self.options}

        def tap(way: str, data: bytes) -> None:
            self.tapped.append(("out" if way == "out" else "in", data))

        return self.kind(AdapterContext("reader", settings, emit, self.cancel.is_set, tap))


@contextmanager
def adapter(
    simulator: PcscSimulator, kind: type[PcscReader] = PcscSmartCardReader, **options: Any
) -> Iterator[tuple[Any, Bench]]:
    """An open adapter at the simulator."""
    bench = Bench(simulator, kind, options)
    made = bench.make()
    opened = made.open()
    assert isinstance(opened, Ok), opened
    try:
        yield made, bench
    finally:
        made.close()


def id_adapter(simulator: PcscSimulator, **options: Any) -> Any:
    return adapter(simulator, PcscIdCardReader, **options)


def code_of(result: object) -> str:
    assert isinstance(result, Failure), result
    return result.code


def until(condition: Callable[[], bool]) -> None:
    """Wait for the thing itself."""
    deadline = time.monotonic() + PATIENCE_S
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline
        pause.wait(0.01)
