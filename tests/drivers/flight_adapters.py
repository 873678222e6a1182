"""Adapters for the tests of the flight recorder."""

from __future__ import annotations

from drivers.flight import Kept
from drivers.flight.entry import Direction
from drivers.ports import AdapterContext
from drivers.results import Ok, Result
from drivers.status import DeviceState, DeviceStatus


class Talkative:
    """Says what it is told on a wire that leads nowhere, and names no redactor."""

    def __init__(self, context: AdapterContext) -> None:
        self._context = context

    def open(self) -> Result[None]:
        return Ok(None)

    def close(self) -> None:
        return

    def status(self) -> DeviceStatus:
        return DeviceStatus(DeviceState.ONLINE)

    def talk(self, text: str) -> Result[None]:
        self._context.tap("out", text.encode("ascii"))
        return Ok(None)


class _Broken:
    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        raise ValueError(data)

    def settle(self) -> Kept:
        return []


class BadlyRedacted(Talkative):
    """Its redactor raises, with what it was shown in the message."""

    flight_redactor = _Broken
