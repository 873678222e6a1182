"""The XFS4IoT adapters against services at a real WebSocket server."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xfs_bench import Told, context, opened, refusal, simulated, until

from drivers.ports import Light, LightState, Presence, PrintOutcome, RasterImage
from drivers.results import Ok
from drivers.status import DeviceState, MediaState, SupplyState
from drivers.xfs import XfsLights, XfsPresence, XfsReceiptPrinter, XfsScanner
from drivers.xfs.messages import XfsProtocolError, decode
from drivers.xfs.redaction import XfsRedactor
from drivers.xfs.simulated_services import Machine
from drivers.xfs.simulator import XfsSimulator

IMAGE = RasterImage(64, 8, b"\xff" * 64)


@pytest.fixture
def simulator() -> Iterator[XfsSimulator]:
    with simulated() as running:
        yield running


@pytest.mark.parametrize("says_success", [False, True])
def test_every_flow_follows_the_schemas(says_success: bool) -> None:
    with simulated(says_success=says_success) as simulator:
        printer = opened(XfsReceiptPrinter(context(publisher=simulator.address)))
        scanner = opened(XfsScanner(context(publisher=simulator.address)))
        lights = opened(XfsLights(context(publisher=simulator.address)))
        printed = printer.print_receipt(IMAGE, 20)
        simulator.command("code", text="TICKET-1")
        read = scanner.scan(20)
        shown = lights.show(Light.CARD, LightState.FLASH, 20)
        about = printer.device_info(20)
        for adapter in (printer, scanner, lights):
            adapter.close()
    assert isinstance(printed, Ok)
    assert printed.value.outcome is PrintOutcome.CONFIRMED
    assert isinstance(read, Ok)
    assert read.value.text == "TICKET-1"
    assert shown == Ok(None)
    assert simulator.machine.lights == {"cardReader": {"center": {"flashRate": "slow"}}}
    assert isinstance(about, Ok)
    assert (about.value.model, about.value.serial) == ("Simulated", "SIM-1")


def test_without_paper_nothing_is_sent(simulator: XfsSimulator) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("paper", state="out")
    assert printer.status().paper is SupplyState.OUT
    result = printer.print_receipt(IMAGE, 20)
    printer.close()
    assert refusal(result).code == "printer.paper_out"
    assert simulator.machine.printed == []


def test_a_fault_is_met_by_one_reset(simulator: XfsSimulator) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("heal", state="hardwareError")
    assert printer.status().failure == "printer.hardware"
    printed = printer.print_receipt(IMAGE, 20)
    simulator.command("device", state="hardwareError")
    assert printer.status().failure == "printer.hardware"
    for _ in range(2):
        assert refusal(printer.print_receipt(IMAGE, 20)).code == "printer.hardware"
    printer.close()
    assert isinstance(printed, Ok)
    resets = [message for message in simulator.received if message.name == "Printer.Reset"]
    assert len(resets) == 2


def test_a_device_that_sleeps_says_how_long(simulator: XfsSimulator) -> None:
    printer = opened(XfsReceiptPrinter(context(service=simulator.service("printer"))))
    simulator.command("power_saving", seconds=12)
    status = printer.status()
    printer.close()
    assert status.usable
    assert "ready again in 12 s" in status.detail


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("starting", DeviceState.OFFLINE),
        ("powerOff", DeviceState.POWER_OFF),
        ("noDevice", DeviceState.NO_DEVICE),
        ("fraudAttempt", DeviceState.HARDWARE_ERROR),
        ("potentialFraud", DeviceState.ONLINE),
    ],
)
def test_words_for_a_device(simulator: XfsSimulator, word: str, state: DeviceState) -> None:
    lights = opened(XfsLights(context(service=simulator.service("lights"))))
    simulator.command("device", state=word)
    assert lights.status().device is state
    lights.close()


def test_a_change_that_was_pushed_counts_before_anything_is_sent(simulator: XfsSimulator) -> None:
    lights = opened(XfsLights(context(service=simulator.service("lights"))))
    simulator.command("device", state="powerOff")
    until(lambda: not isinstance(lights.show(Light.CARD, LightState.ON, 20), Ok))
    gone = lights.show(Light.CARD, LightState.ON, 20)
    lights.close()
    assert isinstance(gone, Ok), "what was told is told once; the service decides from then on"


def test_a_light_is_set_where_the_service_has_it(simulator: XfsSimulator) -> None:
    service = simulator.service("lights")
    lights = opened(XfsLights(context(service=service, position="right")))
    assert lights.show(Light.RECEIPT, LightState.ON, 20) == Ok(None)
    assert refusal(lights.show(Light.CARD, LightState.ON, 20)).code == "indicator.no_light"
    assert refusal(lights.show(Light.STAFF, LightState.ON, 20)).code == "indicator.no_light"
    lights.close()
    assert simulator.machine.lights == {"receiptPrinter": {"right": {"flashRate": "continuous"}}}


def test_a_lamp_that_cannot_flash_slowly_is_lit() -> None:
    machine = Machine()
    flash = {"off": True, "slow": False, "quick": True, "continuous": True}
    machine.capable = {"lights": {"lights": {"cardReader": {"default": {"flashRate": flash}}}}}
    with simulated(machine=machine) as simulator:
        lights = opened(XfsLights(context(service=simulator.service("lights"))))
        assert lights.show(Light.CARD, LightState.FLASH, 20) == Ok(None)
        lights.close()
    assert machine.lights == {"cardReader": {"default": {"flashRate": "continuous"}}}


def test_no_code_and_two_codes(simulator: XfsSimulator) -> None:
    scanner = opened(XfsScanner(context(service=simulator.service("barcodeReader"))))
    none = scanner.scan(0.2)
    simulator.command("code", text="A")
    simulator.command("code", text="B")
    several = scanner.scan(20)
    scanner.close()
    assert refusal(none).code == "scanner.none"
    assert refusal(several).code == "scanner.several"


def test_who_came_and_went_between_two_questions_is_told(simulator: XfsSimulator) -> None:
    told = Told()
    sensor = opened(XfsPresence(context(told, service=simulator.service("auxiliaries"))))
    assert sensor.presence(20) == Ok(Presence.AWAY)
    simulator.command("person", near=True)
    simulator.command("person", near=False)
    assert sensor.status().media is MediaState.NOT_PRESENT
    until(lambda: sensor.presence(20) == Ok(Presence.AWAY) and len(told.names) == 2)
    sensor.close()
    assert told.names == ["person_near", "person_away"]


def test_half_a_surrogate_pair_is_no_text() -> None:
    header = {"type": "unsolicited", "name": "Common.ErrorEvent", "version": "2.0"}
    for text, sound in (("\\ud83d\\ude00", True), ("\\ud83d", False)):
        data = json.dumps({"header": header, "payload": {"eventId": "user", "action": "#"}})
        data = data.replace("#", text)
        if sound:
            decode(data)
        else:
            with pytest.raises(XfsProtocolError):
                decode(data)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_whatever_comes_is_a_message_or_refused(data: bytes | str) -> None:
    with pytest.raises(XfsProtocolError):
        decode(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEPT = ("BarcodeReader.Read", "CardReader.ChipIO", "CardReader.ReadRawData", "Camera.TakePicture")


def test_a_recording_keeps_states_and_error_codes() -> None:
    header = {"type": "completion", "name": "CardReader.ChipIO", "requestId": 7, "version": "3.0"}
    failed = {"header": {**header, "completionCode": "commandErrorCode"},
              "payload": {"errorCode": "noMedia", "chipData": "AAAA"}}  # fmt: skip
    told = {"header": {"type": "unsolicited", "name": "Common.StatusChangedEvent", "version": "3.0"},
            "payload": {"cardReader": {"media": "jammed", "maker": "x"}}}  # fmt: skip
    kept = [
        json.loads(entry.data)["payload"]
        for message in (failed, told)
        for entry in XfsRedactor().take(0.0, "in", json.dumps(message).encode())
    ]
    assert kept == [{"errorCode": "noMedia"}, {"cardReader": {"media": "jammed"}}]


@given(st.sampled_from(KEPT), JSON, JSON)
def test_no_payload_reaches_a_recording(name: str, payload: object, code: object) -> None:
    header = {
        "type": "completion",
        "name": name,
        "requestId": 1,
        "version": "2.0",
        "completionCode": code,
    }
    secret = {"chipData": "SECRETDATA", "pictureFile": "SECRETDATA", "more": payload}
    data = json.dumps({"header": header, "payload": secret}).encode()
    for entry in XfsRedactor().take(0.0, "in", data):
        assert b"SECRET" not in entry.data


def test_an_earlier_form_of_the_protocol_is_named() -> None:
    header = {"type": "completion", "name": "Common.Status", "requestId": 1}
    with pytest.raises(XfsProtocolError, match="earlier form"):
        decode(json.dumps({"header": header, "payload": {"completionCode": "success"}}))
