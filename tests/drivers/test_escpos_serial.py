"""Receipts over a real tty (pseudo-terminal), and the simulator as others drive it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from escpos_bench import Bench, noise_image, opened
from PIL import Image

from drivers.escpos import EscposSerialPrinter
from drivers.escpos.simulator import EscposSimulator
from drivers.failures import failure_catalogue
from drivers.ports import PrintOutcome, PrintResult, RasterImage
from drivers.results import Failure, Ok
from drivers.simulation import Simulator
from drivers.status import SupplyState

CONFIRMED = Ok(PrintResult(PrintOutcome.CONFIRMED))


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[EscposSimulator]:
    printer = EscposSimulator.on_pty(tmp_path / "receipt-printer")
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def printer(simulator: EscposSimulator, bench: Bench) -> Iterator[EscposSerialPrinter]:
    adapter = bench.serial(simulator, silence_s=3)
    opened(adapter)
    yield adapter
    adapter.close()


def test_paper_shows_the_image(simulator: EscposSimulator, printer: EscposSerialPrinter) -> None:
    image = noise_image(576, 800)
    assert printer.print_receipt(image, 20) == CONFIRMED
    [receipt] = simulator.wait_for_receipts(1)
    assert receipt.raster.data.rstrip(b"\0") == image.data.rstrip(b"\0")


@pytest.mark.strikes("escpos-serial: paper_out")
def test_paper_out_and_refill(
    simulator: EscposSimulator, printer: EscposSerialPrinter, bench: Bench
) -> None:
    bench.on_event = lambda name: (
        simulator.command("load_paper") and None if name == "paper_out" else None
    )
    simulator.command("paper_out", after_lines=333)
    image = noise_image(576, 800)
    assert printer.print_receipt(image, 20) == CONFIRMED
    assert bench.events == ["paper_out", "resumed"]
    [receipt] = simulator.receipts
    assert receipt.raster.data[: len(image.data)] == image.data


@pytest.mark.parametrize("boot_s", [0.5, 1.5])
@pytest.mark.strikes("escpos-serial: power_cycle")
def test_power_cycle_shows_only_as_a_lost_answer_and_is_doubtful(
    simulator: EscposSimulator, printer: EscposSerialPrinter, boot_s: float
) -> None:
    simulator.command("power_cycle", after_bytes=30_000, boot_s=boot_s)
    result = printer.print_receipt(noise_image(576, 800), 20)
    assert isinstance(result, Ok)
    assert result.value.outcome is PrintOutcome.DOUBTFUL
    assert result.value.reason in failure_catalogue()


@pytest.mark.strikes("escpos-serial: unplug")
def test_stalled_line_does_not_block(simulator: EscposSimulator, bench: Bench) -> None:
    simulator.command("power_off")
    printer = bench.serial(simulator)
    assert isinstance(answer := printer.open(), Failure)
    assert answer.code == "device.offline"
    simulator.command("power_on")
    opened(printer)
    printer.close()


def test_second_owner_is_refused(
    simulator: EscposSimulator, printer: EscposSerialPrinter, bench: Bench
) -> None:
    assert isinstance(answer := bench.serial(simulator).open(), Failure)
    assert answer.code == "device.busy_elsewhere"


def test_unplugged_then_back_under_the_same_name(
    simulator: EscposSimulator, printer: EscposSerialPrinter, bench: Bench, tmp_path: Path
) -> None:
    simulator.stop()
    assert printer.status().failure == "device.gone"
    gone = printer.print_receipt(noise_image(576, 10), 5)
    assert isinstance(gone, Failure)
    assert gone.code == "device.gone"
    assert isinstance(again := bench.serial(simulator).open(), Failure)
    assert again.code == "device.gone"
    back = EscposSimulator.on_pty(tmp_path / "receipt-printer")
    back.start()
    fresh = bench.serial(back)
    opened(fresh)
    assert fresh.status().paper is SupplyState.FULL
    fresh.close()
    back.stop()


def test_simulator_has_the_common_shape(simulator: EscposSimulator, tmp_path: Path) -> None:
    shared: Simulator = simulator
    assert "paper_out" in shared.commands()
    with pytest.raises(KeyError):
        shared.command("explode")
    for name in shared.commands():
        assert json.loads(json.dumps(shared.command(name)))["address"] == shared.address
    shared.stop()
    shared.stop()
    assert not (tmp_path / "receipt-printer").exists()


def test_receipts_are_kept_in_memory_and_saved_when_told(bench: Bench, tmp_path: Path) -> None:
    seen: list[int] = []
    simulator = EscposSimulator.on_tcp(on_receipt=lambda receipt: seen.append(receipt.number))
    simulator.start()
    printer = bench.tcp(simulator)
    opened(printer)
    code = Image.new("1", (576, 300), 1)
    barcode = zxingcpp.create_barcode("CW-0042", zxingcpp.BarcodeFormat.QRCode)
    picture = Image.fromarray(barcode.to_image(scale=8)).convert("1")
    code.paste(picture, (20, 20))
    raster = RasterImage(576, 300, bytes(byte ^ 0xFF for byte in code.tobytes()))
    assert printer.print_receipt(raster, 10) == CONFIRMED
    printer.close()
    [receipt] = simulator.wait_for_receipts(1)
    saved = receipt.save(tmp_path / "paper")
    simulator.stop()
    assert seen == [1]
    assert b"\x1dv0" in saved.with_suffix(".bin").read_bytes()
    assert b"\x1dV" in receipt.raw
    [found] = zxingcpp.read_barcodes(Image.open(saved).convert("L"))
    assert found.text == "CW-0042"
