"""An XFS4IoT service that answers whatever it is asked with what a script says, however senseless.

A script is lines: ``code|payload`` answers the next command, ``!name|payload`` comes unasked before
it. When the script is over the service is gone. Nothing is waited for.
"""

from __future__ import annotations

import contextlib
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final
from unittest.mock import patch

from websockets.exceptions import ConnectionClosedOK

from drivers.ports import AdapterContext, Light, LightState, RasterImage, Tap, no_tap
from drivers.xfs import (
    XfsCamera,
    XfsCardReader,
    XfsLights,
    XfsPresence,
    XfsReceiptPrinter,
    XfsScanner,
    client,
)
from drivers.xfs.simulated_services import Machine, capabilities, status
from drivers.xfs.simulator import XfsSimulator

_IMAGE = RasterImage(64, 8, b"\xff" * 64)
_S = 5.0
_MOST_SILENCE = 3


def _one_picture(camera: Any) -> Any:
    started = camera.start(_S)
    camera.stop(_S)
    return started


OPERATIONS: Final[Mapping[str, tuple[type[Any], str, Callable[[Any], object]]]] = {
    "card": (XfsCardReader, "cardReader", lambda adapter: adapter.read_bank_card(_S)),
    "camera": (XfsCamera, "camera", _one_picture),
    "lights": (XfsLights, "lights", lambda a: a.show(Light.CARD, LightState.FLASH, _S)),
    "presence": (XfsPresence, "auxiliaries", lambda adapter: adapter.presence(_S)),
    "printer": (XfsReceiptPrinter, "printer", lambda adapter: adapter.print_receipt(_IMAGE, _S)),
    "scanner": (XfsScanner, "barcodeReader", lambda adapter: adapter.scan(_S)),
}
"""By a short name: the adapter, its service in the simulator, and what it is for."""


class Script:
    """Stands in for the WebSocket."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = deque(lines)
        self._waiting: deque[str] = deque()
        self._silence = 0

    def send(self, text: str) -> None:
        header = json.loads(text)["header"]
        while self._lines and self._lines[0].startswith("!"):
            name, _, payload = self._lines.popleft()[1:].partition("|")
            self._say(payload, type="unsolicited", name=name)
        if not self._lines:
            raise ConnectionClosedOK(None, None)
        code, _, payload = self._lines.popleft().partition("|")
        same = {"name": header["name"], "requestId": header["requestId"]}
        self._say("{}", type="acknowledge", **same)
        self._say(payload, type="completion", completionCode=code or None, **same)

    def _say(self, payload: str, **header: object) -> None:
        told = json.dumps({**header, "version": "2.0"})
        self._waiting.append(f'{{"header": {told}, "payload": {payload or "{}"}}}')

    def recv(self, timeout: float | None = None) -> str:
        if self._waiting:
            self._silence = 0
            return self._waiting.popleft()
        self._silence += 1
        if not self._lines or self._silence > _MOST_SILENCE:
            raise ConnectionClosedOK(None, None)
        raise TimeoutError


@contextlib.contextmanager
def _opened(script: Script) -> Iterator[Script]:
    yield script


def perform(name: str, lines: list[str]) -> Any:
    """Open the adapter, do what it is for, ask how it is, and leave; raises nothing. What the
    operation came to."""
    make, service, _ = OPERATIONS[name]
    script = Script(lines)
    with patch.object(client, "connect", lambda *_, **__: _opened(script)):
        return _use(name, make(_context(f"ws://127.0.0.1:1/{service}")))


def _context(
    service: str, tap: Tap = no_tap, emit: Callable[[str, Any], None] = lambda _, __: None
) -> AdapterContext:
    return AdapterContext("xfs", {"service": service}, emit, lambda: False, tap)


def _use(name: str, adapter: Any) -> Any:
    adapter.open()
    result = OPERATIONS[name][2](adapter)
    adapter.status()
    adapter.device_info(_S)
    adapter.close()
    return result


def perform_bytes(data: bytes) -> None:
    """For the fuzzer: the first byte says which adapter, the rest is the script."""
    name = sorted(OPERATIONS)[data[0] % len(OPERATIONS)] if data else "lights"
    perform(name, data[1:].decode("utf-8", "replace").split("\n"))


def seed(name: str) -> bytes:
    """An opening and a few plain answers, as :func:`perform_bytes` takes it."""
    service = OPERATIONS[name][1]
    machine = Machine()
    state = json.dumps(status(machine, service))
    lines = [json.dumps(capabilities(service, machine, {})), "{}", state, *[state, "{}"] * 3]
    number = sorted(OPERATIONS).index(name)
    return bytes([number]) + "\n".join(f"|{line}" for line in lines).encode()


@cache
def sound(name: str) -> tuple[str, ...]:
    """What the simulator answers: the opening, and one operation."""
    make, service, _ = OPERATIONS[name]
    heard: list[str] = []

    def tap(direction: str, data: bytes) -> None:
        whole = json.loads(data)
        if direction == "in" and whole["header"]["type"] == "completion":
            heard.append(f"|{json.dumps(whole.get('payload') or {})}")

    def emit(event: str, _: object) -> None:
        if event == "insert_card":  # one that lay there before would be given back first
            simulator.command("insert_card", card="bank")

    simulator = XfsSimulator()
    simulator.start()
    try:
        simulator.command("code", text="TICKET-1")
        _use(name, make(_context(simulator.service(service), tap, emit)))
    finally:
        simulator.stop()
    if (
        name == "camera"
    ):  # the pictures have a connection of their own, which is opened like the first
        heard[4:4] = heard[:3]
    return tuple(heard)
