"""The same faults at every wire of a receipt printer, in the middle of a print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from escpos_bench import Bench, noise_image

from drivers.escpos import EscposUsbPrinter
from drivers.escpos.simulator import EscposSimulator
from drivers.ports import PrintOutcome, PrintResult
from drivers.results import Ok

WIRES = ("tcp", "serial", "usb")


class Desk:
    """A printer on one of the wires, and its adapter, opened."""

    def __init__(self, wire: str, folder: Path, **options: Any) -> None:
        bench = Bench()
        if wire == "tcp":
            self.simulator = EscposSimulator.on_tcp()
        elif wire == "serial":
            self.simulator = EscposSimulator.on_pty(folder / "printer")
        else:
            self.simulator = EscposSimulator.on_usb(folder / "printer")
        self.simulator.start()
        if wire == "usb":
            context = bench.context(device=self.simulator.address, silence_s=options["silence_s"])
            self.printer: Any = EscposUsbPrinter(context)
        else:
            self.printer = getattr(bench, wire)(self.simulator, **options)
        assert self.printer.open() == Ok(None)

    def close(self) -> None:
        self.printer.close()
        self.simulator.stop()


@pytest.fixture(params=WIRES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(request.param, tmp_path, silence_s=20)
    yield made
    made.close()


@pytest.mark.strikes(
    "escpos-tcp: fragmentation, slow",
    "escpos-serial: fragmentation, slow",
    "escpos-usb: fragmentation, slow",
)
def test_answers_in_pieces_and_a_slow_head_still_make_a_confirmed_print(desk: Desk) -> None:
    desk.simulator.command("pieces")
    desk.simulator.command("slow", rows_per_s=1000)
    image = noise_image(576, 300)
    assert desk.printer.print_receipt(image, 60) == Ok(PrintResult(PrintOutcome.CONFIRMED))
    [receipt] = desk.simulator.wait_for_receipts(1, 30)
    assert receipt.raster.data.startswith(image.data)


@pytest.mark.strikes("escpos-serial: noise")
def test_stray_bytes_on_a_serial_line_make_nothing_up(tmp_path: Path) -> None:
    desk = Desk("serial", tmp_path, silence_s=20)
    desk.simulator.command("noise")
    image = noise_image(576, 300)
    assert desk.printer.print_receipt(image, 60) == Ok(PrintResult(PrintOutcome.CONFIRMED))
    assert len(desk.simulator.wait_for_receipts(1, 30)) == 1
    desk.close()


@pytest.mark.strikes("escpos-serial: silence", "escpos-usb: silence")
@pytest.mark.parametrize("wire", ["serial", "usb"])
def test_a_printer_that_falls_silent_in_mid_print_leaves_it_in_doubt(
    wire: str, tmp_path: Path
) -> None:
    desk = Desk(wire, tmp_path, silence_s=0.5)
    desk.simulator.command("mute", after_bytes=20_000)
    result = desk.printer.print_receipt(noise_image(576, 600), 60)
    assert result == Ok(PrintResult(PrintOutcome.DOUBTFUL, "device.offline"))
    desk.close()
