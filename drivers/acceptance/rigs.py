"""The simulators of adapters, ready for the kit: those shipped here, and other packages' own.

A package offers one as an entry point of the group ``citizen_window.simulators`` under the
adapter's name: a function without arguments that returns a :class:`Rig` not yet started.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from drivers.acceptance.camera_rigs import camera_rig, document_camera_rig
from drivers.acceptance.guide import Rig
from drivers.registry import SHIPPED
from drivers.simulation import Simulator

if TYPE_CHECKING:
    from drivers.escpos.simulator import EscposSimulator
    from drivers.ipp.simulator import IppPrinterSimulator

RIG_GROUP = "citizen_window.simulators"

RigFactory = Callable[[], Rig]

_CODE = "ACCEPTANCE-TEST-0001"
_PAGE_S = 0.3
_SLIP_ROWS_PER_S = 2000.0
_POWER_CUT_AFTER_BYTES = 20_000


class NoSimulatorError(LookupError):
    """No simulator is known for the adapter, or it cannot run on this machine."""


def sdt_rig() -> Rig:
    """A card reader at a pseudo-terminal."""
    from drivers.sdt.simulator import SdtReaderSimulator

    simulator = SdtReaderSimulator()

    def snatch() -> None:
        simulator.command("fault", kind="remove_during_read", count=1)
        simulator.command("lay_card")

    return Rig(
        "id_card_reader",
        simulator,
        lambda: {"port": simulator.address, "poll_s": 0.05, "answer_s": 0.4},
        {
            "no_card": lambda: simulator.command("remove_card"),
            "lay_card": lambda: simulator.command("lay_card"),
            "snatch_card": snatch,
            "unplug": lambda: simulator.command("unplug"),
            "replug": lambda: simulator.command("replug"),
        },
    )


def escpos_tcp_rig() -> Rig:
    """A receipt printer on TCP."""
    from drivers.escpos.simulator import EscposSimulator

    simulator = EscposSimulator.on_tcp(rows_per_s=_SLIP_ROWS_PER_S)

    def options() -> dict[str, object]:
        host, _, port = simulator.address.rpartition(":")
        return {"host": host, "port": int(port), "silence_s": 1.5}

    return _escpos(simulator, options)


def escpos_serial_rig() -> Rig:
    """A receipt printer at a pseudo-terminal."""
    from drivers.escpos.simulator import EscposSimulator

    simulator = EscposSimulator.on_pty(rows_per_s=_SLIP_ROWS_PER_S)
    return _escpos(simulator, lambda: {"port": simulator.address, "silence_s": 1.5})


def escpos_usb_rig() -> Rig:
    """A receipt printer at a character device that vanishes with the power."""
    from drivers.escpos.simulator import EscposSimulator

    simulator = EscposSimulator.on_usb(rows_per_s=_SLIP_ROWS_PER_S)
    return _escpos(simulator, lambda: {"device": simulator.address, "silence_s": 1.5})


def _escpos(simulator: EscposSimulator, options: Callable[[], Mapping[str, Any]]) -> Rig:
    seen = [0]

    def slip_complete() -> bool:
        before, seen[0] = seen[0], len(simulator.wait_for_receipts(seen[0] + 1))
        receipt = simulator.receipts[-1]
        return seen[0] > before and receipt.cut and _framed(receipt.raster.data)

    return Rig(
        "receipt_printer",
        simulator,
        options,
        {
            "paper_out": lambda: simulator.command("paper_out"),
            "load_paper": lambda: simulator.command("load_paper"),
            "cover_open": lambda: simulator.command("cover_open"),
            "cover_close": lambda: simulator.command("cover_close"),
            "power_cut": lambda: simulator.command(
                "power_cycle", after_bytes=_POWER_CUT_AFTER_BYTES, boot_s=0.3
            ),
            "unplug": lambda: simulator.command("power_off"),
            "replug": lambda: simulator.command("power_on"),
        },
        {"slip_complete": slip_complete, "cut_in_time": lambda: True},
    )


def _framed(raster: bytes) -> bool:
    """True if the first row of the paper is all black, as a test slip's is."""
    return raster[:8] == b"\xff" * 8


def ipp_rig() -> Rig:
    """An A4 printer on HTTP."""
    from drivers.ipp.simulator import IppPrinterSimulator

    simulator = IppPrinterSimulator(page_s=_PAGE_S)
    return _document(
        simulator, simulator, lambda: {"uri": simulator.address, "poll_s": 0.05, "stall_s": 0.3}
    )


def _document(
    simulator: Simulator, printer: IppPrinterSimulator, options: Callable[[], Mapping[str, Any]]
) -> Rig:
    def pages_of_last() -> tuple[int, str]:
        documents = printer.documents
        return (documents[-1].pages_done, documents[-1].sides) if documents else (0, "")

    return Rig(
        "document_printer",
        simulator,
        options,
        {
            "paper_out": lambda: printer.command("paper_out"),
            "load_paper": lambda: printer.command("load_paper"),
            "cover_open": lambda: printer.command("open_cover"),
            "cover_close": lambda: printer.command("close_cover"),
            "one_sheet": lambda: printer.command("paper_out", after_pages=1),
            "unplug": lambda: printer.command("power_off"),
            "replug": lambda: printer.command("power_on"),
        },
        {
            "pages_complete": lambda: pages_of_last() == (2, "one-sided"),
            "one_page_out": lambda: pages_of_last()[0] == 1,
        },
    )


def cups_queue_rig() -> Rig:
    """A queue of a private cupsd, with an A4 printer on HTTP behind it."""
    from drivers.cups.simulator import CupsQueueSimulator

    simulator = CupsQueueSimulator(page_s=_PAGE_S)
    options = {"queue": simulator.queue, "poll_s": 0.05, "stall_s": 0.3, "gone_s": 1.0}
    return _document(simulator, simulator.printer, lambda: {"server": simulator.address, **options})


def serial_scanner_rig() -> Rig:
    """A scanner at a pseudo-terminal."""
    from drivers.scanner.simulator import SerialScannerSimulator

    simulator = SerialScannerSimulator()
    return Rig(
        "scanner",
        simulator,
        lambda: {"port": simulator.address},
        {
            "no_code": lambda: None,
            "show_code": lambda: simulator.command("scan", text=_CODE),
            "unplug": lambda: simulator.command("unplug"),
            "replug": lambda: simulator.command("replug"),
        },
    )


def camera_scanner_rig() -> Rig:
    """A network camera with codes held before it."""
    from drivers.camera.simulator import MjpegCameraSimulator

    simulator = MjpegCameraSimulator(
        {"code": [_code_picture()], "pattern": [_grey_picture()]}, width=320, height=240
    )
    simulator.command("show", scene="pattern")
    return Rig(
        "scanner",
        simulator,
        lambda: {"source": simulator.address, "width": 320, "height": 240},
        {
            "no_code": lambda: simulator.command("show", scene="pattern"),
            "show_code": lambda: simulator.command("show", scene="code"),
            "unplug": lambda: simulator.command("off"),
            "replug": lambda: simulator.command("on"),
        },
    )


def _grey_picture() -> Any:
    import numpy as np

    return np.full((240, 320, 3), 200, np.uint8)


def _code_picture() -> Any:
    import numpy as np
    import zxingcpp

    canvas = _grey_picture()
    code = zxingcpp.create_barcode(_CODE, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    image = np.array(code)
    rows, columns = image.shape[:2]
    canvas[40 : 40 + rows, 80 : 80 + columns] = image.reshape(rows, columns, -1)
    return canvas


def panel_rig() -> Rig:
    """A panel board at a pseudo-terminal: lights and a presence sensor."""
    from drivers.indicator.simulator import PanelSimulator

    simulator = PanelSimulator()

    def all_lights(word: str) -> bool:
        return set(simulator.state()["lights"].values()) == {word}

    return Rig(
        "indicator_light",
        simulator,
        lambda: {"port": simulator.address, "answer_s": 0.5},
        {
            "person_comes": lambda: simulator.command("approach"),
            "person_leaves": lambda: simulator.command("leave"),
            "unplug": lambda: simulator.command("unplug"),
            "replug": lambda: simulator.command("replug"),
        },
        {
            "lights_on": lambda: all_lights("on"),
            "lights_flash": lambda: all_lights("flash"),
            "lights_off": lambda: all_lights("off"),
        },
        more_ports=("presence_sensor",),
    )


def nut_rig() -> Rig:
    """A power supply behind upsd."""
    from drivers.ups.simulator import NutSimulator

    simulator = NutSimulator()
    return Rig(
        "power_supply",
        simulator,
        lambda: {"port": simulator.port},
        {
            "mains_fail": lambda: simulator.command("mains_fail"),
            "mains_return": lambda: simulator.command("mains_return"),
            "unplug": lambda: simulator.command("off"),
            "replug": lambda: simulator.command("on"),
        },
    )


def headset_rig() -> Rig:
    """A headset's socket at a named pipe."""
    from drivers.headset.simulator import HeadsetSimulator

    simulator = HeadsetSimulator()
    return Rig(
        "headset_jack",
        simulator,
        lambda: {"port": simulator.address},
        {
            "headset_in": lambda: simulator.command("plug_in"),
            "headset_out": lambda: simulator.command("pull_out"),
            "unplug": lambda: simulator.command("unplug"),
            "replug": lambda: simulator.command("replug"),
        },
    )


def _later(module: str, function: str) -> RigFactory:
    """A rig whose module is imported only when it is wanted."""

    def make() -> Rig:
        rig: Rig = getattr(importlib.import_module(f"drivers.acceptance.{module}"), function)()
        return rig

    return make


_SHIPPED_RIGS: Mapping[str, RigFactory] = {
    "sdt-serial": sdt_rig,
    "pcsc-smart-card": _later("pcsc_rigs", "smart_card_rig"),
    "pcsc-id-card": _later("pcsc_rigs", "id_card_rig"),
    "escpos-tcp": escpos_tcp_rig,
    "escpos-serial": escpos_serial_rig,
    "escpos-usb": escpos_usb_rig,
    "ipp": ipp_rig,
    "cups-queue": cups_queue_rig,
    "opencv-camera": camera_rig,
    "opencv-document-camera": document_camera_rig,
    "serial-scanner": serial_scanner_rig,
    "camera-scanner": camera_scanner_rig,
    "serial-panel": panel_rig,
    "nut": nut_rig,
    "evdev-headset": headset_rig,
    "xfs-receipt-printer": _later("xfs_rigs", "receipt_printer_rig"),
    "xfs-barcode-reader": _later("xfs_rigs", "scanner_rig"),
    "xfs-lights": _later("xfs_rigs", "lights_rig"),
    "xfs-presence": _later("xfs_rigs", "presence_rig"),
    "xfs-card-reader": _later("xfs_rigs", "card_reader_rig"),
    "xfs-camera": _later("xfs_rigs", "camera_rig"),
}

WITHOUT_RIG: Mapping[str, str] = {
    "sdt-usb": "it needs a USB device; tests/drivers/test_sdt_usb.py gives it pipes instead",
}
"""Shipped adapters that the kit cannot try without hardware, and why."""


def rig_names() -> tuple[str, ...]:
    """Shipped adapters with a simulator for the kit."""
    return tuple(_SHIPPED_RIGS)


@contextmanager
def running_rig(adapter: str) -> Iterator[Rig]:
    """The adapter's simulator, started, until the end of the ``with``.

    Raises :class:`NoSimulatorError`, also for one that cannot run on this machine.
    """
    rig = _factory(adapter)()
    try:
        rig.simulator.start()
    except OSError as error:
        rig.simulator.stop()
        raise NoSimulatorError(f"the simulator for {adapter!r} cannot run here: {error}") from error
    try:
        yield rig
    finally:
        rig.simulator.stop()


def _factory(adapter: str) -> RigFactory:
    if adapter in _SHIPPED_RIGS:
        return _SHIPPED_RIGS[adapter]
    from importlib.metadata import entry_points

    if adapter in WITHOUT_RIG:
        raise NoSimulatorError(f"no simulator for {adapter!r}: {WITHOUT_RIG[adapter]}")
    # A shipped adapter's name is not up for grabs here either.
    points = entry_points(group=RIG_GROUP, name=adapter) if adapter not in SHIPPED else ()
    for point in points:
        factory: RigFactory = point.load()
        return factory
    raise NoSimulatorError(
        f"no simulator is known for {adapter!r}; its package would declare one in {RIG_GROUP}"
    )
