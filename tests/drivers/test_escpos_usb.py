"""The USB printer-class device: the production transport at a character device that can vanish."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from escpos_bench import Bench, noise_image

from drivers.escpos import EscposUsbPrinter
from drivers.escpos.simulator import EscposSimulator
from drivers.escpos.transport import TransportError
from drivers.escpos.usb import UsbTransport, decode_port_status
from drivers.ports import PrintOutcome, PrintResult
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState

CONFIRMED = Ok(PrintResult(PrintOutcome.CONFIRMED))


def doubtful(reason: str) -> Ok[PrintResult]:
    return Ok(PrintResult(PrintOutcome.DOUBTFUL, reason))


def code_of(result: Result[object]) -> str:
    assert isinstance(result, Failure), result
    return result.code


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[EscposSimulator]:
    printer = EscposSimulator.on_usb(tmp_path / "lp0")
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def printer(simulator: EscposSimulator, bench: Bench) -> Iterator[EscposUsbPrinter]:
    adapter = EscposUsbPrinter(bench.context(device=simulator.address, silence_s=20))
    assert adapter.open() == Ok(None)
    yield adapter
    adapter.close()


def test_paper_shows_the_image(simulator: EscposSimulator, printer: EscposUsbPrinter) -> None:
    image = noise_image(576, 900)
    assert printer.print_receipt(image, 60) == CONFIRMED
    [receipt] = simulator.wait_for_receipts(1, 30)
    assert receipt.raster.data.rstrip(b"\0") == image.data.rstrip(b"\0")


@pytest.mark.strikes("escpos-usb: paper_out")
def test_paper_out_and_refill(
    simulator: EscposSimulator, printer: EscposUsbPrinter, bench: Bench
) -> None:
    bench.on_event = lambda name: (
        simulator.command("load_paper") and None if name == "paper_out" else None
    )
    simulator.command("paper_out", after_lines=333)
    image = noise_image(576, 800)
    assert printer.print_receipt(image, 60) == CONFIRMED
    assert bench.events == ["paper_out", "resumed"]
    [receipt] = simulator.wait_for_receipts(1, 30)
    assert receipt.raster.data.rstrip(b"\0") == image.data.rstrip(b"\0")


@pytest.mark.parametrize("after_bytes", [5000, 40_000])
@pytest.mark.strikes("escpos-usb: power_cycle")
def test_power_cycle_in_mid_job_is_doubtful_and_never_printed_again(
    simulator: EscposSimulator, printer: EscposUsbPrinter, after_bytes: int
) -> None:
    simulator.command("power_cycle", after_bytes=after_bytes, boot_s=0.05)
    assert printer.print_receipt(noise_image(576, 1200), 60) == doubtful("device.gone")
    assert simulator.receipts == ()
    until = time.monotonic() + 30
    while printer.open() != Ok(None) and time.monotonic() < until:
        threading.Event().wait(0.02)
    image = noise_image(576, 60, 3)
    assert printer.print_receipt(image, 60) == CONFIRMED
    [receipt] = simulator.wait_for_receipts(1, 30)
    # the torn-off part and the new receipt share the piece; nothing of the old one came again
    assert receipt.raster.data.rstrip(b"\0").endswith(image.data.rstrip(b"\0"))
    assert len(receipt.raster.data) < 72 * (1200 + 60)


@pytest.mark.strikes("escpos-usb: unplug")
def test_unplugged_in_mid_job_and_plugged_in_again(
    simulator: EscposSimulator, printer: EscposUsbPrinter, bench: Bench
) -> None:
    bench.on_event = lambda name: name == "paper_out" and simulator.command("power_off") and None
    simulator.command("paper_out", after_lines=200)
    assert printer.print_receipt(noise_image(576, 1200), 60) == doubtful("device.gone")
    assert not Path(simulator.address).exists()
    assert printer.status().device is DeviceState.NO_DEVICE
    assert code_of(printer.open()) == "device.gone"
    simulator.command("load_paper")
    simulator.command("power_on")
    assert printer.open() == Ok(None)
    assert printer.print_receipt(noise_image(576, 10), 60) == CONFIRMED


def test_the_device_admits_one_program(
    simulator: EscposSimulator, printer: EscposUsbPrinter, bench: Bench
) -> None:
    second = EscposUsbPrinter(bench.context(device=simulator.address))
    assert code_of(second.open()) == "device.busy_elsewhere"
    assert printer.print_receipt(noise_image(576, 10), 60) == CONFIRMED


def test_a_plain_file_is_no_printer(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    path.touch()
    assert code_of(EscposUsbPrinter(bench.context(device=str(path))).open()) == (
        "device.misconfigured"
    )
    assert code_of(EscposUsbPrinter(bench.context()).open()) == "device.misconfigured"
    folder = EscposUsbPrinter(bench.context(device=str(tmp_path)))
    assert code_of(folder.open()) == "device.misconfigured"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EBUSY, "device.busy_elsewhere"),
        (errno.EACCES, "device.misconfigured"),
        (errno.ENODEV, "device.gone"),
        (errno.ENXIO, "device.gone"),
    ],
)
def test_what_the_kernel_says_at_opening(
    monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("drivers.escpos.usb.os.open", refuse)
    with pytest.raises(TransportError) as caught:
        UsbTransport.open("lp0")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("number", "sent"), [(errno.EAGAIN, 10), (errno.ENOSPC, 10), (errno.ENODEV, None)]
)
def test_what_the_kernel_says_at_writing(
    simulator: EscposSimulator, monkeypatch: pytest.MonkeyPatch, number: int, sent: int | None
) -> None:
    transport = UsbTransport.open(simulator.address)
    write, refusals = os.write, [number]

    def once_refused(descriptor: int, data: bytes) -> int:
        if data == b"\x1b@" * 5 and refusals:
            raise OSError(refusals.pop(), "refused")
        return write(descriptor, data)

    monkeypatch.setattr("drivers.escpos.usb.os.write", once_refused)
    try:
        if sent is None:
            with pytest.raises(TransportError, match=r"device\.gone"):
                transport.send(b"\x1b@" * 5, time.monotonic() + 30)
        else:
            assert transport.send(b"\x1b@" * 5, time.monotonic() + 30) == sent
    finally:
        transport.close()


def test_a_one_way_interface_is_told(
    simulator: EscposSimulator, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_way(*_: object) -> bytes:
        raise OSError(errno.EINVAL, "Invalid argument")

    read = os.read
    monkeypatch.setattr(
        "drivers.escpos.usb.os.read",
        lambda descriptor, count: one_way() if count == 4096 else read(descriptor, count),
    )
    printer = EscposUsbPrinter(bench.context(device=simulator.address))
    assert code_of(printer.open()) == "device.protocol"


def test_a_silent_printer_is_asked_by_the_control_pipe(
    simulator: EscposSimulator, printer: EscposUsbPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator.command("mute")
    assert printer.status().failure == "device.offline"

    def port_status(descriptor: int, request: int, answer: bytearray) -> int:
        assert request == 0x060B
        answer[0] = 0x20 | 0x10
        return 0

    monkeypatch.setattr("drivers.escpos.usb.fcntl.ioctl", port_status)
    assert printer.status().failure == "printer.paper_out"


def test_the_port_status_byte() -> None:
    assert decode_port_status(0x18).failure is None
    assert decode_port_status(0x38).failure == "printer.paper_out"
    assert decode_port_status(0x10).failure == "device.offline"


def test_a_closed_transport_is_gone(simulator: EscposSimulator) -> None:
    transport = UsbTransport.open(simulator.address)
    transport.close()
    transport.close()
    with pytest.raises(TransportError, match=r"device\.gone"):
        transport.receive(0)
