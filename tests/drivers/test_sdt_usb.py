"""The USB variant over pipes driven by the simulated SAM; no hardware, and no pyusb needed."""

from __future__ import annotations

import errno
import sys
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from drivers.ports import AdapterContext, IdCardReader
from drivers.results import Failure, Ok, Result
from drivers.sdt import SdtUsbReader, demo_card
from drivers.sdt.frames import FrameDecoder, parse_request
from drivers.sdt.simulated_sam import SimulatedSam
from drivers.sdt.usb import (
    IN_BODY,
    IN_HEAD,
    OUT_BODY,
    OUT_HEAD,
    BulkEndpoints,
    EndpointsGoneError,
    PyUsbEndpoints,
)
from drivers.sdt.usb_adapter import SdtUsbOptions
from drivers.status import DeviceState


class FakePipes:
    """A reader on bulk pipes. ``split``: False for one that puts whole frames on the first pipe."""

    def __init__(self, split: bool = True, packet: int = 64) -> None:
        self.sam = SimulatedSam()
        self.split, self.packet = split, packet
        self.pipes: dict[int, deque[bytes]] = {IN_HEAD: deque(), IN_BODY: deque()}
        self.decoder = FrameDecoder()
        self.written: list[tuple[int, bytes]] = []
        self.unplugged = self.stalled = self.closed = False

    def write(self, endpoint: int, data: bytes, timeout_s: float) -> int:
        self._alive()
        if self.stalled:
            return 0
        self.written.append((endpoint, data))
        for item in self.decoder.feed(data):
            assert isinstance(item, bytes)
            for chunk in self.sam.answer(parse_request(item)):
                self._answer(chunk.data)
        return len(data)

    def _answer(self, frame: bytes) -> None:
        head = 7 if self.split else len(frame)
        for pipe, part in ((IN_HEAD, frame[:head]), (IN_BODY, frame[head:])):
            for at in range(0, len(part), self.packet):
                self.pipes[pipe].append(part[at : at + self.packet])

    def read(self, endpoint: int, size: int, timeout_s: float) -> bytes:
        self._alive()
        waiting = self.pipes[endpoint]
        return waiting.popleft() if waiting else b""

    def close(self) -> None:
        self.closed = True

    def _alive(self) -> None:
        if self.unplugged:
            raise EndpointsGoneError("no such device")


class OnFakePipes(SdtUsbReader):
    def __init__(self, context: AdapterContext, pipes: FakePipes) -> None:
        super().__init__(context)
        self.pipes = pipes

    def _endpoints(self, options: SdtUsbOptions) -> Result[BulkEndpoints]:
        return Ok(self.pipes)


def _context(**options: Any) -> AdapterContext:
    settings = {"poll_s": 0.02, "answer_s": 0.1, **options}
    return AdapterContext("reader", settings, lambda _n, _d: None, lambda: False)


def _code(result: Result[Any]) -> str:
    assert isinstance(result, Failure), result
    return result.code


@pytest.mark.parametrize("split", [True, False])
@pytest.mark.parametrize("packet", [64, 512, 4096])
def test_a_card_is_read_over_the_pipes(split: bool, packet: int) -> None:
    pipes = FakePipes(split, packet)
    reader = OnFakePipes(_context(fingerprint=True, appended_address=True), pipes)
    assert isinstance(reader, IdCardReader)
    assert reader.open() == Ok(None)
    card = replace(
        demo_card("elder", bytes(range(256)) * 4),
        fingerprint=b"\x05" * 1024,
        appended_address="广东省汕头市样例区演示街道三号",
    )
    pipes.sam.lay(card)
    assert reader.read_card(20.0) == Ok(card)
    assert {pipe for pipe, _ in pipes.written} == {OUT_HEAD, OUT_BODY}
    assert all(len(data) == 7 for pipe, data in pipes.written if pipe == OUT_HEAD)
    info = reader.device_info(5.0)
    assert isinstance(info, Ok)
    assert ("wire", "usb-bulk") in info.value.facts
    reader.close()
    assert pipes.closed


@pytest.mark.parametrize("kind", ["wrong_checksum", "fragment", "noise", "slow", "power_cycle"])
@pytest.mark.strikes("sdt-usb: fragmentation, noise, checksum, slow, power_cycle")
def test_a_bad_answer_is_asked_again(kind: str) -> None:
    pipes = FakePipes()
    reader = OnFakePipes(_context(), pipes)
    assert reader.open() == Ok(None)
    pipes.sam.lay(demo_card("resident"))
    pipes.sam.arm(kind, 1, "select", 0)
    assert reader.read_card(20.0) == Ok(demo_card("resident"))


@pytest.mark.strikes("sdt-usb: withdrawn")
def test_a_card_taken_away_between_find_and_select_is_told() -> None:
    pipes = FakePipes()
    reader = OnFakePipes(_context(), pipes)
    assert reader.open() == Ok(None)
    pipes.sam.lay(demo_card("resident"))
    pipes.sam.arm("remove_before_select", 1, None, 0)
    assert _code(reader.read_card(20.0)) == "idcard.removed"


def test_what_is_left_on_the_pipes_is_no_answer() -> None:
    pipes = FakePipes()
    reader = OnFakePipes(_context(), pipes)
    assert reader.open() == Ok(None)
    pipes.pipes[IN_HEAD].append(b"\xaa\xaa\xaa\x96\x69\x05\x08")
    pipes.pipes[IN_BODY].append(b"half a record of somebody")
    pipes.sam.lay(demo_card("resident"))
    assert reader.read_card(20.0) == Ok(demo_card("resident"))


@pytest.mark.strikes("sdt-usb: silence, unplug")
def test_silence_stall_and_unplug() -> None:
    pipes = FakePipes()
    reader = OnFakePipes(_context(), pipes)
    assert reader.open() == Ok(None)
    pipes.sam.arm("silence", 1, "any", 0)
    assert reader.status().failure == "device.offline"
    pipes.stalled = True
    assert _code(reader.read_card(5.0)) == "device.offline"
    pipes.stalled, pipes.unplugged = False, True
    assert reader.status().device is DeviceState.NO_DEVICE
    assert _code(reader.read_card(5.0)) == "device.offline"
    assert pipes.closed


@pytest.mark.parametrize("options", [{"vendor_id": 65536}, {"port": "x"}, {"serial": 5}])
def test_impossible_options(options: dict[str, Any]) -> None:
    assert _code(SdtUsbReader(_context(**options)).open()) == "device.misconfigured"


def test_without_pyusb_the_log_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usb", None)
    monkeypatch.setitem(sys.modules, "usb.core", None)
    opened = SdtUsbReader(_context()).open()
    assert _code(opened) == "device.misconfigured"
    assert isinstance(opened, Failure)
    assert "pip install pyusb" in opened.detail


class USBError(OSError):
    pass


class USBTimeoutError(USBError):
    pass


class NoBackendError(ValueError):
    pass


class FakeDevice:
    """As much of pyusb's Device as is used."""

    iSerialNumber = 3

    def __init__(self, serial: str, pipes: FakePipes) -> None:
        self.serial, self.pipes = serial, pipes
        self.detached: list[int] = []
        self.refusal: Exception | None = None
        self.knows_drivers = True

    def is_kernel_driver_active(self, interface: int) -> bool:
        if not self.knows_drivers:
            raise NotImplementedError("is_kernel_driver_active")
        return True

    def detach_kernel_driver(self, interface: int) -> None:
        self.detached.append(interface)

    def set_configuration(self) -> None:
        if self.refusal is not None:
            raise self.refusal

    def write(self, endpoint: int, data: bytes, timeout: int) -> int:
        assert timeout >= 1
        taken = self._do(lambda: self.pipes.write(endpoint, data, timeout / 1000))
        if not taken:
            raise USBTimeoutError(errno.ETIMEDOUT, "timed out")
        return int(taken)

    def read(self, endpoint: int, size: int, timeout: int) -> bytes:
        assert timeout >= 1
        data = self._do(lambda: self.pipes.read(endpoint, size, timeout / 1000))
        if not data:
            raise USBTimeoutError(errno.ETIMEDOUT, "timed out")
        return bytes(data)

    @staticmethod
    def _do(what: Callable[[], Any]) -> Any:
        try:
            return what()
        except EndpointsGoneError:
            raise USBError(errno.ENODEV, "gone") from None


Bus = SimpleNamespace


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Bus:
    """pyusb with two readers plugged in."""
    made = Bus(devices=[FakeDevice("A1", FakePipes()), FakeDevice("B2", FakePipes())], error=None)
    core, util, package = ModuleType("usb.core"), ModuleType("usb.util"), ModuleType("usb")

    def find(find_all: bool, idVendor: int, idProduct: int) -> Iterator[FakeDevice]:
        if made.error is not None:
            raise made.error
        return iter(made.devices if (idVendor, idProduct) == (0x0400, 0xC35A) else [])

    vars(core).update(
        find=find, USBError=USBError, USBTimeoutError=USBTimeoutError, NoBackendError=NoBackendError
    )
    made.released = []
    vars(util).update(
        get_string=lambda device, _index: device.serial,
        claim_interface=lambda _device, _interface: None,
        release_interface=lambda device, _interface: made.released.append(device),
        dispose_resources=lambda _device: None,
    )
    for name, module in (("usb", package), ("usb.core", core), ("usb.util", util)):
        monkeypatch.setitem(sys.modules, name, module)
    return made


def test_pyusb_is_used_as_it_is_meant(bus: Bus) -> None:
    reader = SdtUsbReader(_context(serial="B2", interface=1))
    assert reader.open() == Ok(None)
    assert bus.devices[1].detached == [1]
    bus.devices[1].pipes.sam.lay(demo_card("resident"))
    assert reader.read_card(20.0) == Ok(demo_card("resident"))
    bus.devices[1].pipes.stalled = True
    assert reader.status().failure == "device.offline"
    bus.devices[1].pipes.unplugged = True
    assert reader.status().failure == "device.gone"
    assert bus.released == [bus.devices[1]]


def test_where_the_system_knows_no_kernel_drivers_none_is_in_the_way(bus: Bus) -> None:
    bus.devices[1].knows_drivers = False
    reader = SdtUsbReader(_context(serial="B2", interface=1))
    assert reader.open() == Ok(None)
    assert bus.devices[1].detached == []
    bus.devices[1].pipes.sam.lay(demo_card("resident"))
    assert reader.read_card(20.0) == Ok(demo_card("resident"))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (USBError(errno.EBUSY, "busy"), "device.busy_elsewhere"),
        (USBError(errno.ENODEV, "gone"), "device.gone"),
        (USBError(errno.EACCES, "not permitted"), "device.misconfigured"),
        (NoBackendError("no libusb"), "device.misconfigured"),
    ],
)
def test_why_a_device_cannot_be_claimed(bus: Bus, error: Exception, code: str) -> None:
    bus.devices[0].refusal = error
    assert _code(SdtUsbReader(_context()).open()) == code


def test_no_such_device_or_no_library(bus: Bus) -> None:
    assert _code(SdtUsbReader(_context(vendor_id=1)).open()) == "device.gone"
    assert _code(PyUsbEndpoints.open(0x0400, 0xC35A, "C3")) == "device.gone"
    bus.error = NoBackendError("no backend")
    opened = PyUsbEndpoints.open(0x0400, 0xC35A)
    assert isinstance(opened, Failure)
    assert "libusb" in opened.detail
