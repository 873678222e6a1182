"""A headset's socket at a named pipe, in the bytes of an input device.

A pipe cannot be asked (``EVIOCGSW``), so the simulated device reports its switch to everybody who
opens it, and again twice a second, should it have missed that somebody else did. Whoever has it
open sees the end of the file when it is unplugged.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from drivers.headset.events import (
    EV_SW,
    EV_SYN,
    SW_HEADPHONE,
    SYN_DROPPED,
    SYN_REPORT,
    InputEvent,
    encode,
)
from drivers.simulation import Commanded

_FAULTS = {
    "pieces": "the report comes byte by byte",
    "slow": "the report is spread over half a second",
    "noise": "bytes that are no event come before the report",
    "overrun": "events were lost: SYN_DROPPED instead of the report, then the report again",
    "unplug": "the device goes in the middle of the report",
    "silence": "nothing is reported, until clear_faults",
}
_SPREAD_S = 0.5
_LOOK_S = 0.05
_AGAIN_S = 0.5
_COMMANDS = {
    "plug_in": "put a headset in",
    "pull_out": "take it out",
    "bounce": "a loose plug: out and in again times=3",
    "key": "report a key, which is no switch",
    "fault": f"in the next report: kind={'|'.join(_FAULTS)}",
    "clear_faults": "no more faults",
    "unplug": "the sound card goes",
    "replug": "it comes back",
}
_END = InputEvent(EV_SYN, SYN_REPORT, 0)


class HeadsetSimulator(Commanded):
    """Implements :class:`drivers.simulation.Simulator`. One reader at a time, as a host is."""

    COMMANDS = _COMMANDS

    def __init__(self, inserted: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="headset-"))
        self._path = self._folder / "event"
        self._changed = threading.Condition()
        self._inserted = inserted
        self._fault: str | None = None
        self._there = False
        self._writer = -1
        self._told = 0
        self._told_at = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="headset", daemon=True)

    @property
    def address(self) -> str:
        """Path for the adapter's ``port`` option."""
        return str(self._path)

    def start(self) -> None:
        """Plug the sound card in."""
        self._do_replug()
        self._thread.start()

    def stop(self) -> None:
        """Take it away for good; safe to call twice."""
        self._stopping.set()
        self._do_unplug()
        if self._thread.is_alive():
            self._thread.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def state(self) -> Mapping[str, Any]:
        """Headset, card, fault to come, and whether somebody has the device open."""
        with self._changed:
            return {
                "plugged": self._there,
                "address": self.address,
                "inserted": self._inserted,
                "fault": self._fault,
                "opened": self._writer >= 0,
                "reports": self._told,
            }

    # --- the device ---------------------------------------------------------------------------

    def _serve(self) -> None:
        """Wait for a reader, report the switch to it, and notice that it left."""
        while not self._stopping.is_set():
            with self._changed:
                if not self._there:
                    self._changed.wait(_LOOK_S)
                    continue
                if self._writer < 0:
                    if self._meet_reader():
                        self._report()
                elif self._left():
                    self._hang_up()
                    continue
                elif time.monotonic() - self._told_at >= _AGAIN_S and self._fault is None:
                    self._report()
            self._stopping.wait(_LOOK_S)

    def _meet_reader(self) -> bool:
        """Under the lock. True if somebody has just opened the device."""
        with contextlib.suppress(OSError):  # nobody reads
            self._writer = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK)
        return self._writer >= 0

    def _left(self) -> bool:
        poll = select.poll()
        poll.register(self._writer, 0)
        return bool(poll.poll(0))

    def _hang_up(self) -> None:
        if self._writer >= 0:
            os.close(self._writer)
            self._writer = -1

    def _report(self) -> None:
        """Under the lock."""
        if self._writer < 0:
            return
        data = encode(InputEvent(EV_SW, SW_HEADPHONE, int(self._inserted))) + encode(_END)
        self._told_at = time.monotonic()
        if self._fault == "silence":
            return
        fault, self._fault = self._fault, None
        match fault:
            case "noise":
                data = b"\xff" * len(data) + data
            case "overrun":
                dropped = encode(InputEvent(EV_SYN, SYN_DROPPED, 0))
                data = dropped + data + data
            case "unplug":
                self._write(data[: len(data) // 2 - 1])
                self._do_unplug()
                return
            case "pieces" | "slow":
                for at in range(len(data)):
                    self._write(data[at : at + 1])
                    if fault == "slow":
                        self._stopping.wait(_SPREAD_S / len(data))
                self._told += 1
                return
        self._write(data)
        self._told += 1

    def _write(self, data: bytes) -> None:
        try:
            os.write(self._writer, data)
        except BlockingIOError:
            return  # nobody reads: a device's own buffer would be full, too
        except OSError:
            self._hang_up()

    # --- commands -----------------------------------------------------------------------------

    def _switch(self, *, inserted: bool) -> None:
        with self._changed:
            changed, self._inserted = self._inserted != inserted, inserted
            if changed:
                self._report()

    def _do_plug_in(self) -> None:
        self._switch(inserted=True)

    def _do_pull_out(self) -> None:
        self._switch(inserted=False)

    def _do_bounce(self, times: int = 3) -> None:
        inserted = self._inserted
        for _ in range(times):
            self._switch(inserted=not inserted)
            self._switch(inserted=inserted)

    def _do_key(self) -> None:
        with self._changed:
            if self._writer >= 0:
                self._write(encode(InputEvent(1, 113, 1)) + encode(_END))

    def _do_fault(self, kind: str) -> None:
        if kind not in _FAULTS:
            raise ValueError(f"no fault {kind}; there are: {', '.join(_FAULTS)}")
        with self._changed:
            self._fault = kind

    def _do_clear_faults(self) -> None:
        with self._changed:
            self._fault = None

    def _do_unplug(self) -> None:
        with self._changed:
            if self._writer < 0:
                self._meet_reader()  # one whom nobody has met would not see the end
            self._there = False
            self._path.unlink(missing_ok=True)
            self._hang_up()
            self._changed.notify_all()

    def _do_replug(self) -> None:
        with self._changed:
            if not self._there:
                os.mkfifo(self._path, 0o600)
                self._there = True
                self._changed.notify_all()
