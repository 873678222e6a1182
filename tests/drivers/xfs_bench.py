"""What the tests of the XFS4IoT adapters share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from drivers.ports import AdapterContext
from drivers.results import Failure, Ok, Result
from drivers.xfs.simulator import XfsSimulator


@contextmanager
def simulated(**arguments: Any) -> Iterator[XfsSimulator]:
    """A running simulator; whatever did not follow the schemas fails the test."""
    simulator = XfsSimulator(**arguments)
    simulator.start()
    try:
        yield simulator
    finally:
        simulator.stop()
    assert simulator.violations == []


class Told:
    """Events an adapter emitted."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, name: str, data: Mapping[str, Any]) -> None:
        self.names.append(name)


def context(
    told: Told | None = None, cancelled: Callable[[], bool] = lambda: False, **options: Any
) -> AdapterContext:
    return AdapterContext("xfs", options, told or Told(), cancelled)


def opened(adapter: Any) -> Any:
    result = adapter.open()
    assert result == Ok(None), result
    return adapter


def refusal(result: Result[Any]) -> Failure:
    assert isinstance(result, Failure), result
    return result


def until(holds: Callable[[], bool]) -> None:
    """Ask the service again and again; each asking waits for its answer."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
