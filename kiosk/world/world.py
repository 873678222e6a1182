"""Everything around a terminal: the far ends of its devices, the portal, and the line to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from drivers.camera.scenes import document_scenes
from drivers.camera.simulator import MjpegCameraSimulator
from drivers.escpos.simulator import EscposSimulator
from drivers.headset.simulator import HeadsetSimulator
from drivers.indicator.simulator import PanelSimulator
from drivers.ipp.simulator import IppPrinterSimulator
from drivers.sdt import SdtReaderSimulator
from drivers.simulation import Simulator
from drivers.ups.simulator import NutSimulator
from kiosk.world import cast
from kiosk.world.chips import ChipReader
from kiosk.world.line import HOST, Line
from kiosk.world.paper import PaperTray
from kiosk.world.papers import Papers
from kiosk.world.phone import CodeScanner
from kiosk.world.portal_desk import PortalDesk

_FPS = 12.5
SHELF_SIZE = (1280, 960)
EMPTY_SHELF = "shelf"
_ROWS_PER_S = 1200.0  # 150 mm/s at 203 dpi, an ordinary receipt printer
_PAGE_S = 2.0
_FAST_PAGE_S = 0.2


class CardReader(SdtReaderSimulator):
    """The reader simulator, with cards that may carry another person's face."""

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """As the simulator's; ``lay_card`` also takes ``face``, the drawn person on the card
        ("" for a card without a photo)."""
        if name == "lay_card" and "face" in arguments:
            face = str(arguments.pop("face"))
            arguments["photo"] = cast.photo_of(face) if face else b""
        return super().command(name, **arguments)


class World:
    """All simulators, the sandbox portal and the line, by name.

    ``folder``: for the reader's link and the sandbox's database. ``out``: where paper goes, if it
    is to be kept. ``fast``: printers take no longer than they must. ``terminal``: the one with a
    certificate, which the portal then demands over HTTPS.
    """

    def __init__(
        self,
        folder: Path,
        *,
        out: Path | None = None,
        fast: bool = False,
        terminal: str | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.paper = PaperTray(out)
        self.papers = None if terminal is None else Papers.issue(folder / "papers", terminal)
        authority = None if self.papers is None else self.papers.authority
        self.portal = PortalDesk(folder / "sandbox.sqlite3", authority)
        self.portal.start()
        self.line = Line((HOST, self.portal.server.port))
        self.card_reader = CardReader(folder / "reader", photos=cast.card_photos())
        self.receipt_printer = EscposSimulator.on_tcp(
            rows_per_s=None if fast else _ROWS_PER_S, on_receipt=self.paper.receipt
        )
        self.document_printer = IppPrinterSimulator(
            _FAST_PAGE_S if fast else _PAGE_S, on_document=self.paper.proof
        )
        self.camera = MjpegCameraSimulator(cast.scenes(_FPS), fps=_FPS)
        self.shelf = MjpegCameraSimulator(document_scenes(*SHELF_SIZE), *SHELF_SIZE, fps=_FPS)
        self.panel = PanelSimulator(folder / "panel")
        self.scanner = CodeScanner(folder / "scanner", self.portal)
        self.ups = NutSimulator()
        self.headset = HeadsetSimulator()
        self.chip_reader = ChipReader()

    @property
    def devices(self) -> Mapping[str, Simulator]:
        """What can be commanded, by name."""
        return {
            "card_reader": self.card_reader,
            "chip_reader": self.chip_reader,
            "receipt_printer": self.receipt_printer,
            "document_printer": self.document_printer,
            "camera": self.camera,
            "shelf": self.shelf,
            "panel": self.panel,
            "scanner": self.scanner,
            "ups": self.ups,
            "headset": self.headset,
            "line": self.line,
            "portal": self.portal,
        }

    def start(self) -> None:
        """Switch everything on; nobody stands before the camera, and nothing lies on the shelf."""
        cast.draw_all()
        for device in self.devices.values():
            device.start()
        self.camera.command("show", scene=cast.EMPTY)
        self.shelf.command("show", scene=EMPTY_SHELF)

    def stop(self) -> None:
        """Switch everything off, the line first."""
        devices = (
            self.line, self.camera, self.shelf, self.card_reader, self.receipt_printer,
            self.panel, self.scanner, self.ups, self.headset, self.chip_reader,
        )  # fmt: skip
        for device in devices:
            device.stop()
        self.document_printer.stop()
        self.portal.stop()

    def addresses(self) -> dict[str, str]:
        """Where each thing is found; ``line`` is the portal as the terminal knows it."""
        found = {name: device.address for name, device in self.devices.items()}
        scheme = "http" if self.papers is None else "https"
        return {**found, "line": f"{scheme}://{self.line.address}"}

    def portal_files(self) -> dict[str, str]:
        """What else a terminal's ``[portal]`` table needs here: CA, certificate, key."""
        return {} if self.papers is None else self.papers.settings()

    def missing(self) -> dict[str, str]:
        """What this machine cannot have, and why."""
        why = {"chip_reader": self.chip_reader.missing}
        return {name: reason for name, reason in why.items() if reason}

    def commands(self) -> dict[str, dict[str, str]]:
        """Device → command → one line of help."""
        return {name: dict(device.commands()) for name, device in self.devices.items()}

    def command(self, device: str, name: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do something to a device; returns its state.

        :class:`KeyError` for an unknown device, command or scene; :class:`ValueError` or
        :class:`TypeError` for arguments it cannot use.
        """
        return self.devices[device].command(name, **arguments)

    def state(self) -> dict[str, Any]:
        """The state of every device, and the papers so far."""
        states: dict[str, Any] = {name: device.state() for name, device in self.devices.items()}
        return {**states, "paper": self.paper.state()}
