"""Starting the world beside a terminal, and telling the terminal where everything is."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from kiosk.terminal.staff import hash_pin
from kiosk.world.chips import READER
from kiosk.world.client import WorldClient

DEMO_PIN = "2468"
"""The demo staff member's PIN; exists only in demonstrations, where everybody may know it."""
DEMO_STAFF = "demo-01"
_START_S = 60.0
_STOP_S = 8.0
_ROOT = Path(__file__).resolve().parents[2]


class WorldNotStarted(RuntimeError):  # noqa: N818 - says what happened
    """The world's process ended or stayed silent; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the world's things are.

    ``portal`` is the portal as the terminal reaches it, over the line that can be cut; ``sandbox``
    the same portal directly, for assertions. ``chips``: pcscd's socket, empty where this machine has
    no reader for chip cards.
    """

    reader: str
    receipt_printer: tuple[str, int]
    document_printer: str
    camera: str
    shelf: str
    panel: str
    scanner: str
    ups: tuple[str, int]
    headset: str
    chips: str
    portal: str
    sandbox: str
    control: str


def addresses_of(found: Mapping[str, str], control: str) -> Addresses:
    """From what :meth:`kiosk.world.world.World.addresses` tells, and the control door's address."""
    return Addresses(
        reader=found["card_reader"],
        receipt_printer=_host_and_port(found["receipt_printer"]),
        document_printer=found["document_printer"],
        camera=found["camera"],
        shelf=found["shelf"],
        panel=found["panel"],
        scanner=found["scanner"],
        ups=_host_and_port(found["ups"]),
        headset=found["headset"],
        chips=found["chip_reader"],
        portal=found["line"],
        sandbox=found["portal"],
        control=control,
    )


class RunningWorld:
    """A world in a process of its own. A context manager; :meth:`stop` ends it.

    ``client`` plays it; ``missing`` names what this machine cannot have, and why. The process ends by
    itself when this one does.
    """

    def __init__(self, process: subprocess.Popen[bytes], ready: dict[str, Any]) -> None:
        self._process = process
        self.addresses = addresses_of(ready["addresses"], ready["control"])
        self.pid: int = process.pid
        self.client = WorldClient(ready["control"], ready["token"])
        self.token: str = ready["token"]
        self.missing: Mapping[str, str] = ready["missing"]
        self._portal_files: Mapping[str, str] = ready["portal_files"]

    @property
    def running(self) -> bool:
        """False once the process has ended."""
        return self._process.poll() is None

    def settings_overlay(self) -> dict[str, Any]:
        """The ``[devices.*]``, ``[portal]`` and ``[staff]`` tables of a terminal in this world."""
        return {
            "portal": {"url": self.addresses.portal, **self._portal_files},
            "staff": {"pins": {DEMO_STAFF: hash_pin(DEMO_PIN)}},
            "devices": devices(self.addresses),
        }

    def stop(self) -> None:
        """End the world and wait for it; safe to call twice."""
        process = self._process
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def devices(at: Addresses) -> dict[str, dict[str, Any]]:
    """The ``[devices.*]`` tables of a terminal whose devices are at these addresses."""
    host, port = at.receipt_printer
    ups_host, ups_port = at.ups
    chips = {"socket": at.chips, "reader": READER}
    found = {"chip_reader": _device("smart_card_reader", "pcsc-smart-card", **chips)}
    return {
        **(found if at.chips else {}),
        "card_reader": _device("id_card_reader", "sdt-serial", port=at.reader),
        "receipt_printer": _device("receipt_printer", "escpos-tcp", host=host, port=port),
        "document_printer": _device("document_printer", "ipp", uri=at.document_printer),
        "camera": _device("camera", "opencv-camera", source=at.camera, width=640, height=480),
        "shelf": _device(
            "document_camera", "opencv-document-camera", source=at.shelf, width=1280, height=960
        ),
        "panel": _device("indicator_light", "serial-panel", port=at.panel),
        "scanner": _device("scanner", "serial-scanner", port=at.scanner),
        "ups": _device("power_supply", "nut", host=ups_host, port=ups_port),
        "headset": _device("headset_jack", "evdev-headset", port=at.headset),
    }


def _host_and_port(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host, int(port)


def _device(kind: str, adapter: str, /, **options: Any) -> dict[str, Any]:
    return {"port": kind, "adapter": adapter, "options": options}


def launch_world(
    folder: Path, out: Path | None = None, fast: bool = False, terminal: str | None = None
) -> RunningWorld:
    """Start a world and wait until everything in it is on.

    ``folder``: for the reader's link, the sandbox's database and the world's log; ``out``: where
    paper is kept; ``fast``: printers take no time. ``terminal``: the one that gets a certificate, which
    the portal then demands. :class:`WorldNotStarted` if it does not come up.
    """
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "kiosk.world", "--dir", str(folder.resolve())]
    command += ["--out", str(out.resolve())] if out is not None else []
    command += ["--fast"] if fast else []
    command += ["--terminal", terminal] if terminal is not None else []
    log = folder / "world.log"
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, "PYTHONPATH": path},
        )
    line = _first_line(process, monotonic() + _START_S)
    if not line:
        process.kill()
        process.communicate()
        tail = log.read_text("utf-8", "replace")[-2000:]
        raise WorldNotStarted(f"the simulated world did not start.\n{tail}")
    return RunningWorld(process, json.loads(line))


def _first_line(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    """The process's first line of output; empty if it ended or the deadline passed."""
    assert process.stdout is not None  # noqa: S101  opened as a pipe
    descriptor, line = process.stdout.fileno(), bytearray()
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - monotonic()))
        data = os.read(descriptor, 4096) if ready else b""
        if not data:
            return b""
        line += data
    return bytes(line)
