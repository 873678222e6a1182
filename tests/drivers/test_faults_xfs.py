"""The same faults at every XFS4IoT adapter: its operation struck in the middle of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from xfs_bench import context, opened, refusal, simulated, until

from drivers.ports import Light, LightState, RasterImage
from drivers.results import Ok, Result
from drivers.xfs import (
    XfsCamera,
    XfsCardReader,
    XfsLights,
    XfsPresence,
    XfsReceiptPrinter,
    XfsScanner,
)
from drivers.xfs.simulator import XfsSimulator

WAIT = 20.0
SHORT = 0.8  # in which the command is still acknowledged on a busy machine
IMAGE = RasterImage(64, 8, b"\xff" * 64)


@dataclass(frozen=True)
class Struck:
    """An adapter, its service, one operation of it and the command that carries it out."""

    adapter: Callable[[Any], Any]
    service: str
    command: str
    operate: Callable[[Any, float], Result[Any]]
    unanswered: str = "device.timeout"


STRUCK = {
    "xfs-barcode-reader": Struck(
        XfsScanner,
        "barcodeReader",
        "BarcodeReader.Read",
        lambda it, s: it.scan(s),
        unanswered="scanner.none",
    ),
    "xfs-lights": Struck(
        XfsLights,
        "lights",
        "Lights.SetLight",
        lambda it, s: it.show(Light.CARD, LightState.ON, s),
    ),
    "xfs-presence": Struck(
        XfsPresence,
        "auxiliaries",
        "Common.Status",
        lambda it, s: it.presence(s),
        unanswered="device.offline",
    ),
    "xfs-card-reader": Struck(
        XfsCardReader,
        "cardReader",
        "CardReader.ChipIO",
        lambda it, s: it.read_bank_card(s),
        unanswered="smartcard.mute",
    ),
    "xfs-camera": Struck(
        XfsCamera,
        "camera",
        "Camera.TakePicture",
        lambda it, s: it.start(s),
        unanswered="camera.no_frame",
    ),
}
PRINTER = Struck(
    XfsReceiptPrinter, "printer", "Printer.PrintRaw", lambda it, s: it.print_receipt(IMAGE, s)
)
EVERY = {**STRUCK, "xfs-receipt-printer": PRINTER}


@pytest.fixture
def simulator() -> Iterator[XfsSimulator]:
    with simulated() as running:
        running.command("code", text="TICKET-1")
        yield running


@pytest.fixture
def at(simulator: XfsSimulator) -> Iterator[Callable[[Struck], Any]]:
    made: list[Any] = []

    def make(struck: Struck) -> Any:
        made.append(opened(struck.adapter(context(service=simulator.service(struck.service)))))
        # What lies in a reader at the opening is given back.
        simulator.command("insert_card", card="bank")
        return made[-1]

    yield make
    for adapter in made:
        adapter.close()


@pytest.mark.strikes(
    "xfs-barcode-reader: noise, silence, killed",
    "xfs-lights: noise, silence, killed",
    "xfs-presence: noise, silence, killed",
    "xfs-card-reader: noise, silence, killed",
    "xfs-camera: noise, silence, killed",
)
@pytest.mark.parametrize("name", STRUCK)
@pytest.mark.parametrize(
    ("kind", "code"),
    [("broken_json", "device.protocol"), ("killed", "device.gone"), ("silence", "")],
)
def test_an_operation_struck_in_the_middle_says_so(
    simulator: XfsSimulator, at: Callable[[Struck], Any], name: str, kind: str, code: str
) -> None:
    struck = STRUCK[name]
    adapter = at(struck)
    simulator.command("fault", name=struck.command, kind=kind)
    result = struck.operate(adapter, WAIT if code else SHORT)
    assert refusal(result).code == (code or struck.unanswered)


@pytest.mark.strikes("xfs-barcode-reader: slow")
def test_a_completion_that_takes_its_time_is_waited_for(
    simulator: XfsSimulator, at: Callable[[Struck], Any]
) -> None:
    struck = STRUCK["xfs-barcode-reader"]
    adapter = at(struck)
    simulator.command("fault", name=struck.command, kind="slow")
    assert isinstance(struck.operate(adapter, 2.0), Ok)


@pytest.mark.strikes(
    "xfs-barcode-reader: unplug",
    "xfs-lights: unplug",
    "xfs-card-reader: unplug",
    "xfs-camera: unplug",
)
@pytest.mark.parametrize("name", sorted(set(STRUCK) - {"xfs-presence"}))
def test_a_device_that_loses_power_in_mid_command_is_offline(
    simulator: XfsSimulator, at: Callable[[Struck], Any], name: str
) -> None:
    struck = STRUCK[name]
    adapter = at(struck)
    simulator.command("fault", name=struck.command, kind="error", code="deviceNotReady")
    assert refusal(struck.operate(adapter, WAIT)).code == "device.offline"


@pytest.mark.strikes("xfs-presence: unplug", "xfs-receipt-printer: unplug")
@pytest.mark.parametrize("name", ["xfs-presence", "xfs-receipt-printer"])
def test_a_device_without_power_is_not_asked(
    simulator: XfsSimulator, at: Callable[[Struck], Any], name: str
) -> None:
    struck = EVERY[name]
    adapter = at(struck)
    simulator.command("device", state="powerOff")
    until(lambda: adapter.status().failure == "device.gone")
    assert refusal(struck.operate(adapter, WAIT)).code == "device.gone"


@pytest.mark.strikes(
    "xfs-barcode-reader: power_cycle",
    "xfs-lights: power_cycle",
    "xfs-presence: power_cycle",
    "xfs-card-reader: power_cycle",
    "xfs-camera: power_cycle",
    "xfs-receipt-printer: power_cycle",
)
@pytest.mark.parametrize("name", EVERY)
def test_a_machine_that_starts_again_is_used_again(
    simulator: XfsSimulator, at: Callable[[Struck], Any], name: str
) -> None:
    struck = EVERY[name]
    adapter = at(struck)
    simulator.command("off")
    assert adapter.status().failure == "device.gone"
    simulator.command("on")
    simulator.command("take_card")
    assert isinstance(struck.operate(at(struck), WAIT), Ok)
