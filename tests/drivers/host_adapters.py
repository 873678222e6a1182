"""Adapters that behave and misbehave, for the tests of the device host; run in its child process."""

from __future__ import annotations

import ctypes
import itertools
import logging
import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drivers.ports import AdapterContext, IdDocument, IdDocumentKind
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus, SupplyState

log = logging.getLogger("drivers.host_adapters")
INSTANCES = itertools.count(1)


@dataclass(frozen=True)
class Own:
    """A result type of the adapter's own package."""

    value: int


class Well:
    """Does what it is asked; options: ``path``, a file that stands for the device."""

    def __init__(self, context: AdapterContext) -> None:
        self.context = context
        self.instance = next(INSTANCES)
        self.path = Path(context.options["path"]) if "path" in context.options else None

    def open(self) -> Result[None]:
        if self.path is not None and not self.path.exists():
            return Failure("device.gone", "no such port")
        return Ok(None)

    def close(self) -> None:
        if note := self.context.options.get("close_note"):
            Path(note).write_text("closed", "ascii")

    def status(self) -> DeviceStatus:
        if self.path is None:
            return DeviceStatus(DeviceState.ONLINE)
        if not self.path.exists():
            return DeviceStatus(DeviceState.NO_DEVICE, failure="device.gone")
        paper = SupplyState.OUT if self.path.read_text("ascii") == "out" else SupplyState.FULL
        return DeviceStatus(DeviceState.ONLINE, paper=paper, detail=str(time.monotonic_ns()))

    def echo(self, value: Any, timeout_s: float) -> Result[Any]:
        return Ok((value, timeout_s, os.getpid(), self.instance))

    def dots_per_line(self) -> int:
        return 576

    def read_card(self, timeout_s: float) -> Result[IdDocument]:
        self.context.emit("card_found", {"slot": 1})
        return Ok(
            IdDocument(
                kind=IdDocumentKind.RESIDENT,
                name="测试甲",
                number="440599199001010019",
                sex="1",
                birth=None,
                valid_from=None,
                valid_to=None,
            )
        )

    def own(self, timeout_s: float) -> Result[Own]:
        return Ok(Own(7))

    def fail(self, code: str, timeout_s: float) -> Result[None]:
        return Failure(code, f"instance {self.instance}")

    def wait_cancelled(self, timeout_s: float) -> Result[None]:
        self.context.emit("waiting", {})
        until = time.monotonic() + timeout_s
        pause = threading.Event()
        while not self.context.cancelled():
            if time.monotonic() > until:
                return Failure("device.timeout")
            pause.wait(0.01)
        return Failure("device.cancelled")

    def raise_error(self, secret: str, timeout_s: float) -> Result[None]:
        raise ValueError(secret)

    def raise_oserror(self, timeout_s: float) -> Result[None]:
        raise OSError(5, "Input/output error")

    def unpicklable(self, timeout_s: float) -> Result[Any]:
        return Ok(threading.Lock())

    def foreign_type(self, timeout_s: float) -> Result[Any]:
        return Ok(Path("x"))

    def huge(self, timeout_s: float) -> Result[bytes]:
        return Ok(bytes(40 * 1024 * 1024))

    def large(self, data: bytes, timeout_s: float) -> Result[bytes]:
        return Ok(data[::-1])

    def emit_badly(self, timeout_s: float) -> Result[None]:
        self.context.emit("bad", {"lock": threading.Lock()})
        self.context.emit("big", {"data": bytes(100_000)})
        self.context.emit("good", {})
        return Ok(None)

    def exit_now(self, timeout_s: float) -> Result[None]:
        self.context.emit("entered", {})
        os._exit(3)

    def segfault(self, timeout_s: float) -> Result[None]:
        os.kill(os.getpid(), signal.SIGSEGV)
        return Ok(None)

    def hold_gil(self, timeout_s: float) -> Result[None]:
        self.context.emit("entered", {})
        ctypes.PyDLL(None).sleep(60)
        return Ok(None)

    def ignore_timeout(self, timeout_s: float) -> Result[None]:
        self.context.emit("entered", {})
        signal.pause()
        return Ok(None)

    def mark(self, number: int, path: str, stay_s: float, timeout_s: float) -> Result[int]:
        """An effect that cannot be undone, like a printed line; then ``stay_s`` of work."""
        with open(path, "a", encoding="ascii") as marks:
            marks.write(f"{number}\n")
        until = time.monotonic() + min(stay_s, timeout_s)
        pause = threading.Event()
        while time.monotonic() < until:
            if self.context.cancelled():
                return Failure("device.cancelled")
            pause.wait(0.005)
        return Ok(number)

    def facts(self, timeout_s: float) -> Result[dict[str, Any]]:
        fds = sorted(os.readlink(f"/proc/self/fd/{fd}") for fd in _open_fds())
        return Ok(
            {
                "sigint_ignored": signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
                "group": os.getpgrp() == os.getpid(),
                "leads_session": os.getsid(0) == os.getpid(),
                "fds": fds,
                "main_thread": threading.current_thread() is threading.main_thread(),
            }
        )


def _open_fds() -> list[int]:
    return [int(n) for n in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{n}")]


class CrashesOnOpen(Well):
    """Dies whenever it opens the device, while the file ``path`` exists."""

    def open(self) -> Result[None]:
        if self.path is not None and self.path.exists():
            os._exit(9)
        return Ok(None)

    def status(self) -> DeviceStatus:
        return DeviceStatus(DeviceState.ONLINE)


class HangsInStatus(Well):
    """Never answers the status question while the file ``path`` exists."""

    def open(self) -> Result[None]:
        return Ok(None)

    def status(self) -> DeviceStatus:
        if self.path is not None and self.path.exists():
            self.path.unlink()
            signal.pause()
        return DeviceStatus(DeviceState.ONLINE)


class HangsInOpen(Well):
    """The first opening never returns while the file ``path`` exists."""

    def open(self) -> Result[None]:
        if self.path is not None and self.path.exists():
            self.path.unlink()
            signal.pause()
        return Ok(None)

    def status(self) -> DeviceStatus:
        return DeviceStatus(DeviceState.ONLINE)


class RefusesOptions(Well):
    """Its settings are wrong."""

    def __init__(self, context: AdapterContext) -> None:
        super().__init__(context)
        raise KeyError("port")


class CountsOpenings(Well):
    """Never there; leaves a mark in the file ``path`` for each attempt."""

    def open(self) -> Result[None]:
        if self.path is not None:
            with self.path.open("a", encoding="ascii") as marks:
                marks.write("x")
        return Failure("device.gone", "never there")


class Leaks(Well):
    """Takes memory and never gives it back."""

    def leak(self, timeout_s: float) -> Result[None]:
        kept = []
        pause = threading.Event()
        while not self.context.cancelled():
            kept.append(os.urandom(1 << 18))
            pause.wait(0.002)  # a leak, not a burst: the supervisor is to see it grow
        return Ok(None)

    def burst(self, size: int, timeout_s: float) -> Result[int]:
        return Ok(len(bytearray(size)))


class Floods(Well):
    """Tells without end."""

    def flood(self, size: int, timeout_s: float) -> Result[None]:
        data = {"data": bytes(size)}
        while not self.context.cancelled():
            self.context.emit("again", data)
        return Ok(None)

    def tell(self, count: int, timeout_s: float) -> Result[int]:
        for number in range(count):
            self.context.emit("told", {"number": number})
        return Ok(count)

    def write(self, count: int, timeout_s: float) -> Result[int]:
        for number in range(count):
            log.warning("line %d", number)
        return Ok(count)


class MeetsTheOthers(Well):
    """Opens once all ``count`` of its kind are opening: only hosts started side by side manage."""

    def open(self) -> Result[None]:
        folder = Path(self.context.options["folder"])
        (folder / self.context.name).touch()
        deadline = time.monotonic() + 15
        pause = threading.Event()
        while len(list(folder.iterdir())) < self.context.options["count"]:
            if time.monotonic() > deadline:
                return Failure("device.timeout", "the others did not come")
            pause.wait(0.005)
        return Ok(None)
