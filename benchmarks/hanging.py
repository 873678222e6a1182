"""Adapters that never come back, for :mod:`benchmarks.touch_to_frame`."""

from __future__ import annotations

import threading
from typing import Any

from drivers.ports import AdapterContext
from drivers.results import Ok, Result
from drivers.status import DeviceState, DeviceStatus


class HangingDevice:
    """Opens, says it is online, and hangs in every operation."""

    def __init__(self, context: AdapterContext) -> None:
        self._never = threading.Event()

    def open(self) -> Result[None]:
        return Ok(None)

    def close(self) -> None:
        pass

    def status(self) -> DeviceStatus:
        return DeviceStatus(DeviceState.ONLINE)

    def read_card(self, timeout_s: float) -> Result[Any]:
        return self._hang()

    def print_receipt(self, image: Any, timeout_s: float) -> Result[Any]:
        return self._hang()

    def print_document(self, pdf: bytes, title: str, timeout_s: float) -> Result[Any]:
        return self._hang()

    def start(self, timeout_s: float) -> Result[Any]:
        return self._hang()

    def stop(self, timeout_s: float) -> Result[None]:
        return self._hang()

    def _hang(self) -> Result[Any]:
        self._never.wait()
        return Ok(None)
