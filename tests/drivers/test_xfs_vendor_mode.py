"""A technician gets the devices once every client has agreed, and never in the middle of something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from xfs_bench import context, opened, refusal, simulated, until

from drivers.ports import Light, LightState, PrintOutcome, RasterImage
from drivers.results import Ok
from drivers.xfs import XfsCardReader, XfsLights, XfsReceiptPrinter, XfsScanner
from drivers.xfs.simulator import XfsSimulator

IMAGE = RasterImage(64, 8, b"\xff" * 64)


@pytest.fixture
def simulator() -> Iterator[XfsSimulator]:
    with simulated() as running:
        yield running


def registered(simulator: XfsSimulator, make: Any, service: str) -> Any:
    return opened(
        make(
            context(service=simulator.service(service), vendor_mode=simulator.service("vendorMode"))
        )
    )


def sent(simulator: XfsSimulator) -> list[str]:
    return [message.name for message in simulator.received]


def test_a_technician_is_given_the_device_and_gives_it_back(simulator: XfsSimulator) -> None:
    lights = registered(simulator, XfsLights, "lights")
    simulator.command("enter_vendor_mode")
    until(lambda: lights.status().failure is not None)
    refused = lights.show(Light.CARD, LightState.ON, 20)
    simulator.command("exit_vendor_mode")
    until(lambda: lights.status().failure is None)
    shown = lights.show(Light.CARD, LightState.ON, 20)
    lights.close()
    assert refusal(refused).code == "device.in_service"
    assert shown == Ok(None)


def test_every_client_must_agree_and_all_wait_for_the_end(simulator: XfsSimulator) -> None:
    lights = registered(simulator, XfsLights, "lights")
    scanner = registered(simulator, XfsScanner, "barcodeReader")
    simulator.command("enter_vendor_mode")
    until(lambda: lights.status().failure == "device.in_service")
    before = simulator.machine.vendor_mode
    until(lambda: scanner.status().failure == "device.in_service")
    after = simulator.machine.vendor_mode
    refused = lights.show(Light.CARD, LightState.ON, 20)
    lights.close()
    scanner.close()
    assert (before, after) == ("enterPending", "active")
    assert refusal(refused).code == "device.in_service"


def test_a_technician_who_is_there_already_at_the_opening(simulator: XfsSimulator) -> None:
    simulator.command("enter_vendor_mode")
    lights = registered(simulator, XfsLights, "lights")
    refused = lights.show(Light.CARD, LightState.ON, 20)
    simulator.command("exit_vendor_mode")
    until(lambda: lights.status().failure is None)
    lights.close()
    assert refusal(refused).code == "device.in_service"


def test_a_request_that_is_withdrawn_leaves_the_device_in_use(simulator: XfsSimulator) -> None:
    lights = registered(simulator, XfsLights, "lights")
    other = registered(simulator, XfsScanner, "barcodeReader")
    simulator.command("enter_vendor_mode")
    until(lambda: lights.status().failure == "device.in_service")
    simulator.command("withdraw_vendor_mode")
    until(lambda: lights.status().failure is None)
    assert lights.show(Light.CARD, LightState.ON, 20) == Ok(None)
    lights.close()
    other.close()


def test_a_mode_that_the_device_did_not_enter_leaves_it_in_use(simulator: XfsSimulator) -> None:
    lights = registered(simulator, XfsLights, "lights")
    simulator.command(
        "fault", name="VendorMode.EnterModeAcknowledge", kind="error", code="hardwareError"
    )
    simulator.command("enter_vendor_mode")
    until(
        lambda: lights.status() is not None and "VendorMode.EnterModeAcknowledge" in sent(simulator)
    )
    until(lambda: lights.status().failure is None)
    assert lights.show(Light.CARD, LightState.ON, 20) == Ok(None)
    lights.close()


def test_agreeing_too_late_changes_nothing(simulator: XfsSimulator) -> None:
    lights = registered(simulator, XfsLights, "lights")
    other = registered(simulator, XfsScanner, "barcodeReader")
    simulator.command("enter_vendor_mode")
    simulator.command("withdraw_vendor_mode")
    until(lambda: lights.status().failure is None)
    assert lights.show(Light.CARD, LightState.ON, 20) == Ok(None)
    lights.close()
    other.close()


def test_a_receipt_is_finished_before_the_technician_has_the_printer(
    simulator: XfsSimulator,
) -> None:
    printer = registered(simulator, XfsReceiptPrinter, "printer")
    simulator.command("fault", name="Printer.PrintRaw", kind="vendor_mode")
    printed = printer.print_receipt(IMAGE, 20)
    until(lambda: printer.status().failure == "device.in_service")
    printer.close()
    assert isinstance(printed, Ok)
    assert printed.value.outcome is PrintOutcome.CONFIRMED
    names = sent(simulator)
    assert names.index("Printer.ControlMedia") < names.index("VendorMode.EnterModeAcknowledge")


def test_a_card_is_given_back_before_the_technician_has_the_reader(
    simulator: XfsSimulator,
) -> None:
    reader = registered(simulator, XfsCardReader, "cardReader")
    simulator.command("insert_card", card="bank")
    simulator.command("fault", name="CardReader.ChipIO", kind="vendor_mode")
    assert isinstance(reader.read_bank_card(20), Ok)
    until(lambda: reader.status().failure == "device.in_service")
    reader.close()
    names = sent(simulator)
    assert simulator.machine.slot.where == "exit"
    assert names.index("CardReader.Move") < names.index("VendorMode.EnterModeAcknowledge")


def test_a_service_that_is_no_vendor_mode_service(simulator: XfsSimulator) -> None:
    adapter = XfsLights(
        context(service=simulator.service("lights"), vendor_mode=simulator.service("printer"))
    )
    failure = refusal(adapter.open())
    assert failure.code == "device.misconfigured"
    assert failure.detail == "the service does not offer VendorMode.Register"


def test_a_vendor_mode_service_that_ended_is_told(simulator: XfsSimulator) -> None:
    with simulated() as bank:
        lights = opened(
            XfsLights(
                context(service=simulator.service("lights"), vendor_mode=bank.service("vendorMode"))
            )
        )
        bank.command("off")
        until(lambda: lights.status().failure == "device.gone")
        assert refusal(lights.show(Light.CARD, LightState.ON, 20)).code == "device.gone"
        lights.close()
