"""What strikes an XFS4IoT command in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from xfs_bench import Told, context, opened, refusal, simulated, until

from drivers.ports import Light, LightState, PrintOutcome, RasterImage
from drivers.results import Ok
from drivers.xfs import XfsLights, XfsPresence, XfsReceiptPrinter, XfsScanner
from drivers.xfs.simulator import XfsSimulator

IMAGE = RasterImage(64, 8, b"\xff" * 64)


@pytest.fixture
def simulator() -> Iterator[XfsSimulator]:
    with simulated() as running:
        yield running


@pytest.mark.parametrize(
    ("kind", "code", "reason"),
    [
        ("silence", "", "device.timeout"),
        ("no_acknowledge", "", "device.offline"),
        ("wrong_id", "", "device.timeout"),
        ("broken_json", "", "device.protocol"),
        ("huge", "", "device.protocol"),
        ("no_text", "", "device.protocol"),
        ("invalid_payload", "", "device.protocol"),
        ("close", "", "device.gone"),
        ("killed", "", "device.gone"),
        ("error", "paperOut", "printer.paper_out"),
        ("error", "paperJammed", "printer.jam"),
        ("error", "mediaRetracted", "printer.unconfirmed"),
        ("error", "hardwareError", "printer.unconfirmed"),
    ],
)
@pytest.mark.strikes("xfs-receipt-printer: noise, silence, half_printed, paper_out, killed")
def test_a_receipt_struck_after_it_was_sent_is_doubtful(
    simulator: XfsSimulator, kind: str, code: str, reason: str
) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("fault", name="Printer.PrintRaw", kind=kind, code=code)
    unanswered = reason == "device.timeout" or kind == "no_acknowledge"
    result = printer.print_receipt(IMAGE, 0.3 if unanswered else 20)
    printer.close()
    assert isinstance(result, Ok)
    assert (result.value.outcome, result.value.reason) == (PrintOutcome.DOUBTFUL, reason)


def test_what_failed_before_anything_was_printed_may_be_tried_again(
    simulator: XfsSimulator,
) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("fault", name="Printer.PrintRaw", kind="error", code="blackMark")
    result = printer.print_receipt(IMAGE, 20)
    printer.close()
    assert refusal(result).code == "printer.hardware"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("tooManyRequests", "device.offline"),
        ("invalidMessage", "device.protocol"),
        ("invalidRequestID", "device.protocol"),
    ],
)
def test_a_command_that_was_not_taken_left_nothing_in_doubt(
    simulator: XfsSimulator, status: str, code: str
) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("fault", name="Printer.PrintRaw", kind="refuse", code=status)
    failure = refusal(printer.print_receipt(IMAGE, 20))
    printer.close()
    assert (failure.code, failure.detail) == (code, f"Printer.PrintRaw: {status}")


def test_why_it_was_this_side_that_closed(simulator: XfsSimulator) -> None:
    scanner = opened(XfsScanner(context(service=simulator.service("barcodeReader"))))
    simulator.command("fault", name="BarcodeReader.Read", kind="huge")
    failure = refusal(scanner.scan(20))
    scanner.close()
    assert failure.code == "device.protocol"
    assert failure.detail == "BarcodeReader.Read: a message larger than is taken"


@pytest.mark.strikes("xfs-receipt-printer: slow")
def test_a_completion_after_the_time_counts_nevertheless(simulator: XfsSimulator) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("fault", name="Printer.PrintRaw", kind="late")
    result = printer.print_receipt(IMAGE, 0.3)
    printer.close()
    assert isinstance(result, Ok)
    assert simulator.wait_received("Common.Cancel")
    assert len(simulator.machine.printed) == 1


def until_well(adapter: XfsLights | XfsScanner) -> None:
    """One question has half a second; on a busy machine a flood takes longer to be read."""
    until(lambda: adapter.status().failure is None)


def test_a_flood_of_events_hides_no_answer(simulator: XfsSimulator) -> None:
    lights = opened(XfsLights(context(service=simulator.service("lights"))))
    simulator.command("fault", name="Lights.SetLight", kind="flood")
    shown = lights.show(Light.CARD, LightState.ON, 20)
    until_well(lights)
    lights.close()
    assert shown == Ok(None)


def test_a_wait_given_up_is_cancelled_at_the_service(simulator: XfsSimulator) -> None:
    def gone() -> bool:
        return any(message.name == "BarcodeReader.Read" for message in simulator.received)

    scanner = opened(
        XfsScanner(context(cancelled=gone, service=simulator.service("barcodeReader")))
    )
    simulator.command("fault", name="BarcodeReader.Read", kind="flood")
    result = scanner.scan(20)
    assert refusal(result).code == "device.cancelled"
    assert simulator.wait_received("Common.Cancel")
    until_well(scanner)
    scanner.close()


@pytest.mark.parametrize(
    ("code", "expected"),
    [("invalidLight", "indicator.no_light"), ("lightError", "indicator.lamp_fault")],
)
def test_lights_that_are_not_there_or_broken(
    simulator: XfsSimulator, code: str, expected: str
) -> None:
    lights = opened(XfsLights(context(service=simulator.service("lights"))))
    simulator.command("fault", name="Lights.SetLight", kind="error", code=code)
    result = lights.show(Light.CARD, LightState.ON, 20)
    lights.close()
    assert refusal(result).code == expected


def test_a_lamp_that_is_not_set_in_time(simulator: XfsSimulator) -> None:
    lights = opened(XfsLights(context(service=simulator.service("lights"))))
    simulator.command("fault", name="Lights.SetLight", kind="silence")
    failure = refusal(lights.show(Light.CARD, LightState.ON, 0.2))
    lights.close()
    assert failure.code == "device.timeout"
    assert failure.detail == "Lights.SetLight: acknowledged, but not completed"


def test_a_code_that_cannot_be_read(simulator: XfsSimulator) -> None:
    told = Told()
    scanner = opened(XfsScanner(context(told, service=simulator.service("barcodeReader"))))
    simulator.command("fault", name="BarcodeReader.Read", kind="error", code="barcodeInvalid")
    simulator.command("code", text="A")
    result = scanner.scan(20)
    scanner.close()
    assert refusal(result).code == "scanner.unreadable"
    assert told.names == ["scan_ready", "code_unclear"]


def test_a_code_longer_than_is_wanted(simulator: XfsSimulator) -> None:
    scanner = opened(XfsScanner(context(service=simulator.service("barcodeReader"), max_length=8)))
    simulator.command("code", text="TOO-LONG-1")
    result = scanner.scan(20)
    scanner.close()
    assert refusal(result).code == "scanner.too_long"


def test_what_a_person_does_to_a_printer_besides_is_an_open_cover(simulator: XfsSimulator) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("device", state="userError")
    result = printer.print_receipt(IMAGE, 20)
    printer.close()
    assert refusal(result).code == "printer.cover_open"
    assert simulator.machine.printed == []


def test_a_sensor_that_the_status_tells_nothing_of(simulator: XfsSimulator) -> None:
    simulator.machine.senses = False
    sensor = opened(XfsPresence(context(service=simulator.service("auxiliaries"))))
    result = sensor.presence(20)
    sensor.close()
    assert refusal(result).code == "indicator.no_sensor"


@pytest.mark.strikes("xfs-lights: power_cycle")
def test_a_service_that_ended_is_found_again_by_opening(simulator: XfsSimulator) -> None:
    lights = opened(XfsLights(context(service=simulator.service("lights"))))
    simulator.command("off")
    assert lights.status().failure == "device.gone"
    assert refusal(lights.open()).code == "device.gone"
    simulator.command("on")
    opened(lights)
    assert lights.show(Light.CARD, LightState.ON, 20) == Ok(None)
    lights.close()


def test_a_silent_service_is_offline_at_its_next_status(simulator: XfsSimulator) -> None:
    lights = opened(XfsLights(context(service=simulator.service("lights"))))
    simulator.command("fault", name="Common.Status", kind="silence")
    status = lights.status()
    lights.close()
    assert status.failure == "device.offline"
    assert "Common.Cancel" not in [message.name for message in simulator.received]
