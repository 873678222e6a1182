"""Receipts over real TCP to the simulated printer: what is printed, confirmed, doubtful, refused."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from escpos_bench import Bench, noise_image, opened

from drivers.escpos import EscposTcpPrinter
from drivers.escpos.simulator import EscposSimulator
from drivers.ports import PrintOutcome, PrintResult, RasterImage, ReceiptPrinter
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, SupplyState

CONFIRMED = Ok(PrintResult(PrintOutcome.CONFIRMED))


def doubtful(reason: str) -> Ok[PrintResult]:
    return Ok(PrintResult(PrintOutcome.DOUBTFUL, reason))


def failure_of(result: Result[object]) -> str:
    assert isinstance(result, Failure), result
    return result.code


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def simulator() -> Iterator[EscposSimulator]:
    printer = EscposSimulator.on_tcp()
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def printer(simulator: EscposSimulator, bench: Bench) -> Iterator[EscposTcpPrinter]:
    adapter = bench.tcp(simulator, silence_s=1.5)
    opened(adapter)
    yield adapter
    adapter.close()


@pytest.fixture
def closing() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as stack:
        yield stack


def printed(simulator: EscposSimulator, count: int = 1) -> list[RasterImage]:
    receipts = simulator.wait_for_receipts(count)
    assert len(receipts) == count
    return [receipt.raster for receipt in receipts]


def assert_shows(paper: RasterImage, image: RasterImage) -> None:
    assert paper.width == image.width
    assert paper.data[: len(image.data)] == image.data
    assert not any(paper.data[len(image.data) :])


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("height", [1, 56, 57, 1200])
def test_paper_shows_the_image_dot_for_dot(bench: Bench, width: int, height: int) -> None:
    simulator = EscposSimulator.on_tcp(dots_per_line=width)
    simulator.start()
    printer = bench.tcp(simulator, dots_per_line=width)
    try:
        opened(printer)
        assert isinstance(printer, ReceiptPrinter)
        image = noise_image(width, height)
        assert printer.print_receipt(image, 20) == CONFIRMED
        assert_shows(printed(simulator)[0], image)
        assert printer.dots_per_line() == width
    finally:
        printer.close()
        simulator.stop()


def test_jobs_follow_each_other(simulator: EscposSimulator, printer: EscposTcpPrinter) -> None:
    images = [noise_image(576, 200, seed) for seed in range(5)]
    assert [printer.print_receipt(image, 10) for image in images] == [CONFIRMED] * 5
    for paper, image in zip(printed(simulator, 5), images, strict=True):
        assert_shows(paper, image)


@pytest.mark.parametrize(
    ("fault", "code"),
    [("paper_out", "printer.paper_out"), ("cover_open", "printer.cover_open")],
)
def test_not_ready_before_the_job_is_a_failure_and_prints_nothing(
    simulator: EscposSimulator, printer: EscposTcpPrinter, fault: str, code: str
) -> None:
    simulator.command(fault)
    assert failure_of(printer.print_receipt(noise_image(576, 100), 5)) == code
    simulator.command("load_paper")
    simulator.command("cover_close")
    image = noise_image(576, 100, 9)
    assert printer.print_receipt(image, 5) == CONFIRMED
    assert_shows(printed(simulator)[0], image)


@pytest.mark.parametrize("confirm", ["auto", "gs_h", "gs_r"])
@pytest.mark.parametrize("after_lines", [1, 300, 1190])
@pytest.mark.strikes("escpos-tcp: paper_out")
def test_paper_ends_in_mid_job_and_is_refilled(
    simulator: EscposSimulator, bench: Bench, confirm: str, after_lines: int
) -> None:
    printer = bench.tcp(simulator, confirm=confirm)
    opened(printer)
    refill = {"paper_out": "load_paper"}
    bench.on_event = lambda name: name in refill and simulator.command(refill[name]) and None
    simulator.command("paper_out", after_lines=after_lines)
    image = noise_image(576, 1200)
    try:
        assert printer.print_receipt(image, 30) == CONFIRMED
    finally:
        printer.close()
    assert bench.events == ["paper_out", "resumed"]
    assert bench.progress == ["printing", "sent"]
    assert_shows(printed(simulator)[0], image)


def test_cover_opened_in_mid_job(
    simulator: EscposSimulator, printer: EscposTcpPrinter, bench: Bench
) -> None:
    # as staff do it: the roll ends, the lid is opened, the new roll goes in, the lid is closed
    steps = {"paper_out": ["cover_open", "load_paper"], "cover_open": ["cover_close"]}
    bench.on_event = lambda name: [simulator.command(step) for step in steps.get(name, [])] and None
    simulator.command("paper_out", after_lines=150)
    image = noise_image(576, 600)
    assert printer.print_receipt(image, 20) == CONFIRMED
    assert bench.events == ["paper_out", "cover_open", "resumed"]
    assert_shows(printed(simulator)[0], image)


@pytest.mark.strikes("escpos-tcp: half_printed")
def test_paper_not_refilled_in_time_is_doubtful_and_the_next_receipt_is_clean(
    simulator: EscposSimulator, printer: EscposTcpPrinter
) -> None:
    simulator.command("paper_out", after_lines=100)
    first, second = noise_image(576, 1200, 1), noise_image(576, 300, 2)
    assert printer.print_receipt(first, 1.0) == doubtful("printer.paper_out")
    assert printer.status().paper is SupplyState.OUT
    assert failure_of(printer.print_receipt(second, 5)) == "printer.paper_out"
    simulator.command("load_paper")
    assert printer.print_receipt(second, 10) == CONFIRMED
    remains, whole = printed(simulator, 2)
    assert_shows(whole, second)
    stub = len(remains.data) - 96 * 72
    assert 0 < stub < len(first.data)
    assert remains.data[:stub] == first.data[:stub]


@pytest.mark.parametrize("confirm", ["gs_h", "gs_r"])
def test_a_late_confirmation_is_not_taken_for_the_next_job(
    simulator: EscposSimulator, bench: Bench, closing: contextlib.ExitStack, confirm: str
) -> None:
    printer = bench.tcp(simulator, confirm=confirm)
    closing.callback(printer.close)
    opened(printer)
    simulator.command("paper_out", after_lines=150)  # within the feed to the cutter
    first, second = noise_image(576, 100, 1), noise_image(576, 400, 2)
    assert printer.print_receipt(first, 0.6) == doubtful("printer.paper_out")
    simulator.command("load_paper")
    simulator.command("cutter_fault")
    # the answer to the first job may arrive now; the second cannot be done
    result = printer.print_receipt(second, 5)
    assert result == doubtful("printer.cutter") or failure_of(result) == "printer.cutter"
    simulator.command("cutter_fault", on=False)
    third = noise_image(576, 200, 3)
    assert printer.print_receipt(third, 10) == CONFIRMED
    papers = [receipt.raster for receipt in simulator.receipts]
    assert_shows(papers[0], first)
    assert_shows(papers[-1], third)


@pytest.mark.parametrize("after_bytes", [200, 5000, 40000, 86000])
@pytest.mark.strikes("escpos-tcp: power_cycle")
def test_power_cycle_in_mid_job_is_doubtful(
    simulator: EscposSimulator, printer: EscposTcpPrinter, bench: Bench, after_bytes: int
) -> None:
    simulator.command("power_cycle", after_bytes=after_bytes, boot_s=0.05)
    result = printer.print_receipt(noise_image(576, 1200), 10)
    assert result == doubtful("device.gone")
    assert simulator.receipts == ()
    assert printer.status().device is DeviceState.NO_DEVICE
    fresh = bench.tcp(simulator)
    # a connection is refused until the printer has booted
    for _ in range(100):
        if fresh.open() == Ok(None):
            break
        threading.Event().wait(0.02)
    image = noise_image(576, 50)
    assert fresh.print_receipt(image, 10) == CONFIRMED
    fresh.close()
    assert printed(simulator)[0].data.endswith(image.data + bytes(96 * 72))


def test_silent_before_the_job(simulator: EscposSimulator, printer: EscposTcpPrinter) -> None:
    simulator.command("mute")
    assert failure_of(printer.print_receipt(noise_image(576, 100), 5)) == "device.offline"
    assert printer.status().failure == "device.offline"
    assert simulator.receipts == ()


@pytest.mark.strikes("escpos-tcp: silence")
def test_silent_in_mid_job_is_doubtful(
    simulator: EscposSimulator, printer: EscposTcpPrinter
) -> None:
    simulator.command("mute", after_bytes=20_000)
    assert printer.print_receipt(noise_image(576, 1200), 30) == doubtful("device.offline")


@pytest.mark.parametrize("confirm", ["auto", "gs_r"])
def test_clone_without_process_ids(simulator: EscposSimulator, bench: Bench, confirm: str) -> None:
    simulator.command("no_gs_h")
    printer = bench.tcp(simulator, confirm=confirm)
    opened(printer)
    images = [noise_image(576, 300, seed) for seed in (1, 2)]
    assert [printer.print_receipt(image, 20) for image in images] == [CONFIRMED] * 2
    printer.close()
    for paper, image in zip(printed(simulator, 2), images, strict=True):
        assert_shows(paper, image)


def test_cutter_fault_is_doubtful_with_its_reason(
    simulator: EscposSimulator, printer: EscposTcpPrinter
) -> None:
    simulator.command("cutter_fault")
    assert printer.print_receipt(noise_image(576, 100), 10) == doubtful("printer.cutter")
    shown = printer.status()
    assert (shown.device, shown.failure) == (DeviceState.HARDWARE_ERROR, "printer.cutter")
    assert failure_of(printer.print_receipt(noise_image(576, 100), 5)) == "printer.cutter"


def test_a_slow_printer_with_a_small_buffer_loses_nothing(bench: Bench) -> None:
    simulator = EscposSimulator.on_tcp(buffer_bytes=256, rows_per_s=1500)
    simulator.start()
    printer = bench.tcp(simulator)
    opened(printer)
    image = noise_image(576, 900)
    try:
        assert printer.print_receipt(image, 30) == CONFIRMED
        assert_shows(printed(simulator)[0], image)
    finally:
        printer.close()
        simulator.stop()


def test_cancelled_in_mid_job_is_doubtful_and_cut_off(
    simulator: EscposSimulator, printer: EscposTcpPrinter, bench: Bench
) -> None:
    def give_up(name: str) -> None:
        bench.give_up = name == "resumed"
        if name == "paper_out":
            simulator.command("load_paper")

    bench.on_event = give_up
    simulator.command("paper_out", after_lines=200)
    first, second = noise_image(576, 1200), noise_image(576, 100, 3)
    assert printer.print_receipt(first, 20) == doubtful("device.cancelled")
    bench.give_up = False
    assert printer.print_receipt(second, 20) == CONFIRMED
    assert_shows(printed(simulator, 2)[1], second)


def test_cancelled_before_the_first_row_is_a_failure(
    printer: EscposTcpPrinter, bench: Bench
) -> None:
    bench.give_up = True
    assert failure_of(printer.print_receipt(noise_image(576, 100), 5)) == "device.cancelled"


def test_status_follows_the_printer(simulator: EscposSimulator, printer: EscposTcpPrinter) -> None:
    assert printer.status().paper is SupplyState.FULL
    simulator.command("paper_low")
    assert (printer.status().paper, printer.status().usable) == (SupplyState.LOW, True)
    simulator.command("paper_out")
    assert printer.status().failure == "printer.paper_out"
    simulator.command("load_paper")
    simulator.command("cover_open")
    assert printer.status().device is DeviceState.USER_ERROR
    simulator.command("cover_close")
    assert printer.status().usable


def test_gone_at_start_then_back(simulator: EscposSimulator, bench: Bench) -> None:
    simulator.command("power_off")
    printer = bench.tcp(simulator)
    assert failure_of(printer.open()) == "device.gone"
    assert printer.status().failure == "device.gone"
    assert failure_of(printer.print_receipt(noise_image(576, 10), 5)) == "device.gone"
    simulator.command("power_on")
    opened(printer)
    assert printer.print_receipt(noise_image(576, 10), 5) == CONFIRMED
    printer.close()


@pytest.mark.strikes("escpos-tcp: unplug")
def test_unplugged_while_open(simulator: EscposSimulator, printer: EscposTcpPrinter) -> None:
    simulator.command("power_off")
    assert printer.status().failure == "device.gone"
    assert failure_of(printer.print_receipt(noise_image(576, 10), 5)) == "device.gone"


def test_a_second_client_gets_no_answer(
    simulator: EscposSimulator, printer: EscposTcpPrinter, bench: Bench
) -> None:
    second = bench.tcp(simulator)
    assert failure_of(second.open()) == "device.offline"
    assert printer.print_receipt(noise_image(576, 10), 5) == CONFIRMED


def test_something_else_on_the_port_is_not_a_printer(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            client = server.accept()[0]
            with client, contextlib.suppress(OSError):
                client.sendall(b"\xff\xfe\xfd")
                while client.recv(100):
                    pass

        thread = threading.Thread(target=answer)
        thread.start()
        port = server.getsockname()[1]
        printer = EscposTcpPrinter(bench.context(host="127.0.0.1", port=port))
        assert failure_of(printer.open()) == "device.protocol"
        thread.join()


@pytest.mark.parametrize(
    "options", [{}, {"host": ""}, {"host": "h", "port": 0}, {"host": "h", "wide": 1}]
)
def test_bad_options_are_named(bench: Bench, options: dict[str, object]) -> None:
    assert failure_of(EscposTcpPrinter(bench.context(**options)).open()) == "device.misconfigured"


def test_an_image_wider_than_the_paper_is_a_bug(printer: EscposTcpPrinter) -> None:
    with pytest.raises(ValueError, match="584 dots"):
        printer.print_receipt(noise_image(584, 1), 5)


@pytest.mark.parametrize("confirm", ["gs_h", "gs_r"])
@pytest.mark.parametrize("after_lines", [1, 400, 1190])
def test_a_head_too_hot_pauses_the_job(
    simulator: EscposSimulator, bench: Bench, confirm: str, after_lines: int
) -> None:
    printer = bench.tcp(simulator, confirm=confirm)
    opened(printer)

    def cool(name: str) -> None:
        if name == "too_hot":
            shown = printer.status()
            assert (shown.device, shown.failure) == (DeviceState.DEVICE_BUSY, "printer.too_hot")
            simulator.command("head_hot", on=False)

    bench.on_event = cool
    simulator.command("head_hot", after_lines=after_lines)
    image = noise_image(576, 1200)
    try:
        assert printer.print_receipt(image, 60) == CONFIRMED
    finally:
        printer.close()
    assert bench.events == ["too_hot", "resumed"]
    assert_shows(printed(simulator)[0], image)


def test_a_hot_head_before_the_job_is_waited_for(
    simulator: EscposSimulator, printer: EscposTcpPrinter, bench: Bench
) -> None:
    simulator.command("head_hot")
    assert failure_of(printer.print_receipt(noise_image(576, 50), 0.6)) == "printer.too_hot"
    bench.on_event = lambda name: (
        name == "too_hot" and simulator.command("head_hot", on=False) and None
    )
    image = noise_image(576, 100, 4)
    assert printer.print_receipt(image, 60) == CONFIRMED
    assert_shows(printed(simulator)[0], image)
