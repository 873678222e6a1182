"""A serial scanner at the far end of a pseudo-terminal."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from drivers.pty_line import PtyLine
from drivers.simulation import Commanded

_FAULTS = {
    "pieces": "the code comes byte by byte",
    "slow": "the code is spread over half a second",
    "stall": "the line falls silent in the middle of the code, for half a second",
    "noise": "noise runs into the code",
    "silence": "the scanner beeps, but nothing comes",
    "power_cycle": "power fails in the middle of the code and comes back: its port vanishes meanwhile",
}
_SPREAD_S = 0.5
_COMMANDS = {
    "scan": "read a code: text (or data as hexadecimal bytes)",
    "burst": "read several codes without a pause: texts",
    "garbage": "noise on the line: count of bytes, seed",
    "cut": "send only the first part of a code: text, keep (characters)",
    "fault": f"strikes the next codes: kind={'|'.join(_FAULTS)}, count of codes",
    "unplug": "pull the cable",
    "replug": "plug the cable in again, at the same address",
}


class SerialScannerSimulator(Commanded):
    """Implements :class:`drivers.simulation.Simulator`.

    ``link``: where the stable link to the port goes. ``terminator``, ``encoding``, ``identifier``
    (``b"]Q1"``): as a real scanner is set up. No state shows what was scanned.
    """

    COMMANDS = _COMMANDS

    def __init__(
        self,
        link: Path | None = None,
        *,
        terminator: bytes = b"\r",
        encoding: str = "utf-8",
        identifier: bytes = b"",
    ) -> None:
        self._terminator, self._encoding = terminator, encoding
        self._identifier = identifier
        # Scanners take commands; this one is never sent any by the adapter, and counts them.
        self._line = PtyLine(link, self._received)
        self._received_bytes = 0
        self._sent = 0
        self._fault, self._fault_left = "", 0
        self._ended = threading.Event()

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
        """Whether it is plugged in, codes sent, bytes received from the terminal."""
        return {
            "plugged": self._line.plugged,
            "address": self.address,
            "sent": self._sent,
            "received": self._received_bytes,
            "fault": self._fault if self._fault_left else None,
        }

    def _received(self, data: bytes) -> None:
        self._received_bytes += len(data)

    def _frame(self, text: str, data: str = "") -> bytes:
        body = bytes.fromhex(data) if data else text.encode(self._encoding)
        return self._identifier + body + self._terminator

    def _do_scan(self, text: str = "", data: str = "") -> None:
        frame = self._frame(text, data)
        if self._struck(frame) if self._fault_left else self._line.send(frame):
            self._sent += 1

    def _struck(self, frame: bytes) -> bool:
        """Send a code as the fault has it; True if all of it went out."""
        self._fault_left -= 1
        half = len(frame) // 2
        match self._fault:
            case "pieces":
                return self._spread(frame, 0.0)
            case "slow":
                return self._spread(frame, _SPREAD_S)
            case "stall":
                self._line.send(frame[:half])
                self._ended.wait(_SPREAD_S)
                return self._line.send(frame[half:])
            case "noise":
                return self._line.send(b"\x00\xff\xc3" + frame)
            case "power_cycle":
                self._line.send(frame[:half])
                self._line.pull()
                self._line.plug()
        return False

    def _spread(self, frame: bytes, seconds: float) -> bool:
        for at in range(len(frame)):
            if at:
                self._ended.wait(seconds / len(frame))
            if not self._line.send(frame[at : at + 1]):
                return False
        return True

    def _do_fault(self, kind: str, count: int = 1) -> None:
        if kind not in _FAULTS:
            raise ValueError(f"no fault {kind}; there are: {', '.join(_FAULTS)}")
        self._fault, self._fault_left = kind, count

    def _do_burst(self, texts: list[str]) -> None:
        if self._line.send(b"".join(self._frame(text) for text in texts)):
            self._sent += len(texts)

    def _do_garbage(self, count: int = 32, seed: int = 1) -> None:
        noise = random.Random(seed)  # noqa: S311 - noise, not a secret
        # Bytes of a wrong line speed: mostly not ASCII; a terminator among them is possible.
        self._line.send(bytes(noise.choice((0x00, 0x0D, 0x80, 0xC3, 0xFF)) for _ in range(count)))

    def _do_cut(self, text: str, keep: int | None = None) -> None:
        whole = self._identifier + text.encode(self._encoding)
        self._line.send(whole[: len(whole) // 2 if keep is None else keep])

    def _do_unplug(self) -> None:
        self._line.pull()

    def _do_replug(self) -> None:
        self._line.plug()
