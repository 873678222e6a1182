"""A panel board at the far end of a pseudo-terminal."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from drivers.indicator.lines import (
    ANSWER,
    EVENT,
    MAX_FLASH_DHZ,
    REQUEST,
    VERSION,
    Line,
    LineReader,
    encode,
)
from drivers.ports import Light
from drivers.pty_line import PtyLine
from drivers.simulation import Commanded

DARK_AFTER_S = 10.0
"""Silence of the terminal after which a board puts out its lights."""

_FAULTS = {
    "silence": "no answer",
    "damage": "one character of the answer is another",
    "noise": "noise before the answer",
    "babble": "rubbish instead of the answer",
    "late": "the answer comes only with the next one",
    "pieces": "the answer comes byte by byte",
    "slow": "the answer is spread over a third of a second",
    "reset": "the board restarts instead of answering",
    "unplug": "the cable is pulled in the middle of the answer",
}
_SPREAD_S = 0.35
_PARTS = 7
_COMMANDS = {
    "approach": "a person comes near",
    "leave": "the person goes away",
    "lamp": "break or mend a lamp: light, broken",
    "sensor": "break or mend the sensor: broken",
    "restart": "the board restarts: lights out, BOOT is sent",
    "fault": f"kind={'|'.join(_FAULTS)}, count of answers (none: until cleared)",
    "clear_faults": "end all faults",
    "unplug": "pull the cable",
    "replug": "plug the cable in again, at the same address",
}


class PanelSimulator(Commanded):
    """Implements :class:`drivers.simulation.Simulator`.

    ``lights``: those the board has. ``sensor``: whether it has one. ``version``: of the protocol.
    ``events``: False for a board that loses its event lines, as a noisy cable may. ``uptime_s``:
    how long it has been running.
    """

    COMMANDS = _COMMANDS

    def __init__(
        self,
        link: Path | None = None,
        *,
        lights: Sequence[Light] = tuple(Light),
        sensor: bool = True,
        version: int = VERSION,
        events: bool = True,
        uptime_s: float = 0.0,
    ) -> None:
        self._names = [light.value.upper() for light in lights]
        self._sensor, self._version, self._events = sensor, version, events
        self._lock = threading.RLock()
        self._reader = LineReader()
        self._lights = dict.fromkeys(self._names, "OFF")
        self._near = False
        self._bad_lamps: set[str] = set()
        self._bad_sensor = False
        self._heard_at = time.monotonic()
        self._started_at = self._heard_at - uptime_s
        self._fault: str | None = None
        self._fault_left: int | None = None
        self._held: bytes = b""
        self._ended = threading.Event()
        self._requests = 0
        self._line = PtyLine(link, self._received)

    @property
    def address(self) -> str:
        """Path for the adapter's ``port`` option."""
        return str(self._line.path)

    def start(self) -> None:
        """Plug it in."""
        self._line.plug()

    def stop(self) -> None:
        """Unplug it for good."""
        self._ended.set()
        self._line.stop()

    def state(self) -> Mapping[str, Any]:
        """Lights as a person sees them, person, faults, requests so far."""
        with self._lock:
            self._perhaps_dark()
            return {
                "plugged": self._line.plugged,
                "address": self.address,
                "lights": {name.lower(): word.lower() for name, word in self._lights.items()},
                "near": self._near,
                "fault": self._fault,
                "requests": self._requests,
            }

    # --- the board ----------------------------------------------------------------------------

    def _received(self, data: bytes) -> None:
        with self._lock:
            for line in self._reader.feed(data):
                if line.kind == REQUEST:
                    self._perhaps_dark()
                    self._heard_at = time.monotonic()
                    self._requests += 1
                    self._reply(encode(Line(ANSWER, line.number, self._answer(line.words))))

    def _perhaps_dark(self) -> None:
        if time.monotonic() - self._heard_at > DARK_AFTER_S:
            self._lights = dict.fromkeys(self._names, "OFF")

    def _answer(self, words: tuple[str, ...]) -> tuple[str, ...]:
        match words:
            case ("HELLO", version):
                if version != str(self._version):
                    return ("ERR", "VERSION", str(self._version))
                lights = ",".join(self._names) or "-"
                sensor = "YES" if self._sensor else "NO"
                return ("OK", version, f"LIGHTS={lights}", f"SENSOR={sensor}")
            case ("STATE",):
                lamps = ",".join(sorted(self._bad_lamps)) or "-"
                up = int(time.monotonic() - self._started_at)
                return ("OK", f"PERSON={self._person()}", f"LAMPS={lamps}", f"UP={up}")
            case ("LIGHT", name, ("ON" | "OFF") as wanted):
                return self._set(name, wanted)
            case ("LIGHT", name, "FLASH", rate) if rate.isdigit():
                return self._set(name, "FLASH") if 5 <= int(rate) <= MAX_FLASH_DHZ else _ARGUMENT
            case ("HELLO" | "STATE" | "LIGHT", *_):
                return _ARGUMENT
            case _:
                return ("ERR", "COMMAND")

    def _person(self) -> str:
        if not self._sensor:
            return "NONE"
        if self._bad_sensor:
            return "FAULT"
        return "NEAR" if self._near else "AWAY"

    def _set(self, name: str, wanted: str) -> tuple[str, ...]:
        if name not in self._lights:
            return ("ERR", "LIGHT")
        if name in self._bad_lamps:
            return ("ERR", "LAMP")
        self._lights[name] = wanted
        return ("OK",)

    def _reply(self, data: bytes) -> None:
        kind = self._fault
        if self._fault_left is not None:
            self._fault_left -= 1
            if self._fault_left <= 0:
                self._fault = self._fault_left = None
        held, self._held = self._held, b""
        match kind:
            case "silence":
                data = b""
            case "damage":
                data = data.replace(b" ", b"_", 1)
            case "noise":
                data = b"\x00\xff$12 x*00\r\n" + data
            case "babble":
                data = b"U" * 200
            case "late":
                # Comes only with the next answer.
                data, self._held = b"", data
            case "pieces" | "slow":
                self._spread(held + data, _SPREAD_S if kind == "slow" else 0.0)
                return
            case "reset":
                self._do_restart()
                return
            case "unplug":
                self._line.send(data[: len(data) // 2])
                self._line.pull()
                return
        self._line.send(held + data)

    def _spread(self, data: bytes, seconds: float) -> None:
        size = len(data) // _PARTS + 1 if seconds else 1
        for at in range(0, len(data), size):
            self._ended.wait(seconds / _PARTS)
            self._line.send(data[at : at + size])

    def _event(self, word: str) -> None:
        if self._events:
            self._line.send(encode(Line(EVENT, 0, (word,))))

    # --- commands -----------------------------------------------------------------------------

    def _do_approach(self) -> None:
        self._move(near=True)

    def _do_leave(self) -> None:
        self._move(near=False)

    def _move(self, *, near: bool) -> None:
        with self._lock:
            changed, self._near = self._near != near, near
            if changed and self._sensor and not self._bad_sensor:
                self._event("NEAR" if near else "AWAY")

    def _do_lamp(self, light: str, broken: bool = True) -> None:
        name = Light(light).value.upper()
        with self._lock:
            if broken:
                self._bad_lamps.add(name)
                self._lights[name] = "OFF"
            else:
                self._bad_lamps.discard(name)

    def _do_sensor(self, broken: bool = True) -> None:
        with self._lock:
            self._bad_sensor = broken

    def _do_restart(self) -> None:
        with self._lock:
            self._lights = dict.fromkeys(self._names, "OFF")
            self._started_at = time.monotonic()
            self._reader.reset()
            self._event("BOOT")

    def _do_fault(self, kind: str, count: int | None = None) -> None:
        if kind not in _FAULTS:
            raise ValueError(f"no fault {kind}; there are: {', '.join(_FAULTS)}")
        with self._lock:
            self._fault, self._fault_left = kind, count

    def _do_clear_faults(self) -> None:
        with self._lock:
            self._fault = self._fault_left = None

    def _do_unplug(self) -> None:
        self._line.pull()

    def _do_replug(self) -> None:
        self._do_restart()
        self._line.plug()


_ARGUMENT = ("ERR", "ARGUMENT")
