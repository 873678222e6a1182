"""Fault drills: the technician breaks one thing by hand, mends it, and the terminal is graded by how soon
it noticed each. What is watched is what residents would be told, so nothing here is simulated."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from config.text import Text
from kiosk.terminal_port import TerminalPort

HAND_S = 60.0
"""How long hands may take for one thing."""
NOTICE_S = 15.0
"""How soon after the hands are done the terminal should know; the longest poll of a device, and some."""


@dataclass(frozen=True, slots=True)
class Drill:
    """``subject``: what of the terminal's readiness is watched; ``breaking`` and ``mending``: what hands
    have to do; ``port``: of the device, "" for the line."""

    code: str
    subject: str
    breaking: Text
    mending: Text
    port: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """Seconds from the word to the terminal's notice, hands included, None if it never came;
    ``seen``: the code it told."""

    passed: bool
    seen: str
    broken_s: float | None
    mended_s: float | None


_UNPLUG = (
    Text(zh="请拔掉这个设备的线。", en="Pull out this device's cable."),
    Text(zh="请把线插回去。", en="Plug the cable in again."),
)
_PAPER = (
    Text(zh="请打开上盖，取出纸卷。", en="Open the cover and take the paper out."),
    Text(zh="请装回纸卷，合上盖子。", en="Put the paper back and close the cover."),
)
_TRAY = (
    Text(zh="请抽出纸盒，拿走纸张。", en="Pull out the tray and take the paper away."),
    Text(zh="请放回纸张，推回纸盒。", en="Put the paper back and close the tray."),
)
_LINE = (
    Text(zh="请拔掉本机的网线。", en="Pull out the terminal's network cable."),
    Text(zh="请把网线插回去。", en="Plug the network cable in again."),
)
_BY_PORT = {"receipt_printer": ("paper", _PAPER), "document_printer": ("tray", _TRAY)}


def drills_for(ports: Mapping[str, str]) -> list[Drill]:
    """For these devices (name → port): each one unplugged, paper taken out of printers, the line cut."""
    drills = [Drill("line", "portal", *_LINE)]
    for name, port in ports.items():
        drills.append(Drill("unplug", name, *_UNPLUG, port))
        if port in _BY_PORT:
            code, words = _BY_PORT[port]
            drills.append(Drill(code, name, *words, port))
    return drills


class DrillRun:
    """One drill: :meth:`grade` says "break", waits for the terminal to notice, says "mend", and waits
    again. ``say`` is told ``break``, ``mend`` or ``done``."""

    def __init__(
        self,
        drill: Drill,
        port: TerminalPort,
        say: Callable[[str], object],
        *,
        limit_s: float = HAND_S + NOTICE_S,
    ) -> None:
        self._drill = drill
        self._port = port
        self._say = say
        self._limit_s = limit_s
        self._news = threading.Event()
        self._stopped = False

    def stop(self) -> None:
        """End it, from any thread."""
        self._stopped = True
        self._news.set()

    def grade(self) -> Graded:
        """Blocks until it is done, stopped, or took too long."""
        unsubscribe = self._port.on_change(self._news.set)
        try:
            return self._grade()
        finally:
            unsubscribe()
            self._say("done")

    def _grade(self) -> Graded:
        if self._code() != "ok":
            return Graded(False, self._code(), None, None)
        self._say("break")
        broken = self._wait(good=False)
        seen = self._code()
        if broken is None:
            return Graded(False, "", None, None)
        self._say("mend")
        mended = self._wait(good=True)
        return Graded(mended is not None, seen, broken, mended)

    def _code(self) -> str:
        return self._port.readiness().get(self._drill.subject, "")

    def _wait(self, *, good: bool) -> float | None:
        began = time.monotonic()
        while not self._stopped:
            self._news.clear()
            if (self._code() == "ok") is good:
                return time.monotonic() - began
            left = began + self._limit_s - time.monotonic()
            if left <= 0 or not (self._stopped or self._news.wait(left)):
                return None
        return None
