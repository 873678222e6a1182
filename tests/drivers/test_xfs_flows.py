"""The XFS4IoT adapters against services at a real WebSocket server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.ports import AdapterContext, Light, LightState, PrintOutcome, RasterImage
from drivers.results import Failure, Ok
from drivers.status import SupplyState
from drivers.xfs import XfsLights, XfsReceiptPrinter, XfsScanner
from drivers.xfs.messages import XfsProtocolError, decode
from drivers.xfs.redaction import XfsRedactor
from drivers.xfs.simulator import XfsSimulator

IMAGE = RasterImage(64, 8, b"\xff" * 64)


@pytest.fixture
def simulator() -> Iterator[XfsSimulator]:
    running = XfsSimulator()
    running.start()
    yield running
    running.stop()


def context(**options: Any) -> AdapterContext:
    return AdapterContext("xfs", options, lambda name, data: None, lambda: False)


def opened(adapter: Any) -> Any:
    assert adapter.open() == Ok(None)
    return adapter


def test_every_flow_follows_the_schemas(simulator: XfsSimulator) -> None:
    printer = opened(XfsReceiptPrinter(context(publisher=simulator.address)))
    scanner = opened(XfsScanner(context(publisher=simulator.address)))
    lights = opened(XfsLights(context(publisher=simulator.address)))
    printed = printer.print_receipt(IMAGE, 20)
    simulator.command("code", text="TICKET-1")
    read = scanner.scan(20)
    shown = lights.show(Light.CARD, LightState.FLASH, 20)
    for adapter in (printer, scanner, lights):
        adapter.close()
    assert isinstance(printed, Ok)
    assert printed.value.outcome is PrintOutcome.CONFIRMED
    assert isinstance(read, Ok)
    assert read.value.text == "TICKET-1"
    assert shown == Ok(None)
    assert simulator.lights == {"cardReader": {"default": {"flashRate": "slow"}}}
    assert simulator.violations == []


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("silence", "device.timeout"),
        ("no_acknowledge", "device.offline"),
        ("wrong_id", "device.timeout"),
        ("broken_json", "device.protocol"),
        ("huge", "device.gone"),
        ("invalid_payload", "device.protocol"),
        ("close", "device.gone"),
        ("paper_out", "printer.paper_out"),
    ],
)
def test_a_receipt_struck_after_it_was_sent_is_doubtful(
    simulator: XfsSimulator, kind: str, reason: str
) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("fault", name="Printer.PrintRaw", kind=kind)
    result = printer.print_receipt(
        IMAGE, 0.3 if reason in ("device.timeout", "device.offline") else 20
    )
    printer.close()
    assert isinstance(result, Ok)
    assert (result.value.outcome, result.value.reason) == (PrintOutcome.DOUBTFUL, reason)


def test_without_paper_nothing_is_sent(simulator: XfsSimulator) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("paper", state="out")
    assert printer.status().paper is SupplyState.OUT
    result = printer.print_receipt(IMAGE, 20)
    printer.close()
    assert isinstance(result, Failure)
    assert result.code == "printer.paper_out"
    assert simulator.printed == []


def test_no_code_and_two_codes(simulator: XfsSimulator) -> None:
    scanner = opened(XfsScanner(context(service=simulator.service("barcodeReader"))))
    none = scanner.scan(0.2)
    assert isinstance(none, Failure)
    assert none.code == "scanner.none"
    simulator.command("code", text="A")
    simulator.command("code", text="B")
    several = scanner.scan(20)
    scanner.close()
    assert isinstance(several, Failure)
    assert several.code == "scanner.several"


def until(holds: Callable[[], bool]) -> None:
    """Ask the service again and again; each asking waits for its answer."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"


def test_a_technician_is_given_the_device_and_gives_it_back(simulator: XfsSimulator) -> None:
    lights = opened(
        XfsLights(
            context(
                service=simulator.service("lights"), vendor_mode=simulator.service("vendorMode")
            )
        )
    )
    simulator.command("enter_vendor_mode")
    until(lambda: lights.status().failure is not None)
    refused = lights.show(Light.CARD, LightState.ON, 20)
    simulator.command("exit_vendor_mode")
    until(lambda: lights.status().failure is None)
    shown = lights.show(Light.CARD, LightState.ON, 20)
    lights.close()
    assert isinstance(refused, Failure)
    assert refused.code == "device.in_service"
    assert shown == Ok(None)
    assert simulator.violations == []


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_whatever_comes_is_a_message_or_refused(data: bytes | str) -> None:
    with pytest.raises(XfsProtocolError):
        decode(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(JSON, JSON)
def test_no_payload_reaches_a_recording(payload: object, code: object) -> None:
    header = {
        "type": "completion",
        "name": "BarcodeReader.Read",
        "requestId": 1,
        "version": "2.0",
        "completionCode": code,
    }
    secret = {"readOutput": [{"barcodeData": "SECRETDATA"}], "more": payload}
    data = json.dumps({"header": header, "payload": secret}).encode()
    for entry in XfsRedactor().take(0.0, "in", data):
        assert b"SECRET" not in entry.data
