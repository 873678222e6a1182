"""Bound devices in their hosts: real adapters over real wires, in the sockets of an invented machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from host_bench import QUICK, Watcher, code, value

from drivers.escpos.simulator import EscposSimulator
from drivers.host import DeviceHost, HostPolicy, HostSpec, HostState
from drivers.hotplug.inventory import PortKind
from drivers.hotplug.simulator import SimulatedMachine
from drivers.indicator.simulator import PanelSimulator
from drivers.ports import IdDocument, Light, LightState
from drivers.sdt.simulator import SdtReaderSimulator
from drivers.status import DeviceState

BOUND = "usb:1a86:7523/serial=READER1/path=1-2"
PATIENT = replace(QUICK, reopen_first_s=600.0, reopen_max_s=600.0, reopen_refused_s=600.0)
"""Opens only when it is told to."""


@pytest.fixture
def machine(tmp_path: Path) -> SimulatedMachine:
    return SimulatedMachine(tmp_path / "machine")


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[SdtReaderSimulator]:
    simulator = SdtReaderSimulator(tmp_path / "reader")
    simulator.start()
    yield simulator
    simulator.stop()


@contextmanager
def bound(
    machine: SimulatedMachine,
    adapter: str = "sdt-serial",
    policy: HostPolicy = QUICK,
    **options: Any,
) -> Iterator[tuple[DeviceHost, Watcher]]:
    watcher = Watcher()
    spec = HostSpec("reader", "id_card_reader", adapter, options, machine.roots)
    host = DeviceHost(spec, on_status=watcher.on_status, policy=policy)
    host.start()
    try:
        yield host, watcher
    finally:
        host.stop()


def reader_options() -> dict[str, Any]:
    return {"port": BOUND, "poll_s": 0.02, "answer_s": 0.4}


def test_unplugged_and_back_under_another_name(
    machine: SimulatedMachine, reader: SdtReaderSimulator
) -> None:
    with bound(machine, **reader_options()) as (host, watcher):
        watcher.until_failure("device.gone")
        machine.plug("1-2", "1a86:7523", "ttyUSB0", serial="READER1", far_end=reader.address)
        watcher.until_failure(None)
        first_pid = host.pid
        reader.command("unplug")
        machine.pull("1-2")
        watcher.until_failure("device.gone")
        reader.command("replug")
        machine.plug("1-2", "1a86:7523", "ttyUSB4", serial="READER1", far_end=reader.address)
        watcher.until_failure(None)
        reader.command("lay_card")
        assert isinstance(value(host.call("read_card", timeout_s=20)), IdDocument)
        assert host.pid == first_pid
        assert [s.failure for s in watcher.statuses] == ["device.gone", None] * 2


def test_a_swap_is_told_in_plain_words_and_nothing_is_sent_to_the_stranger(
    machine: SimulatedMachine, reader: SdtReaderSimulator
) -> None:
    machine.plug("1-2", "1a86:7523", "ttyUSB0", serial="STRANGER", far_end=reader.address)
    with bound(machine, **reader_options()) as (host, watcher):
        watcher.until_failure("device.swapped")
        assert host.status.device is DeviceState.NO_DEVICE
        assert "expected 1a86:7523, serial number READER1" in host.status.detail
        assert "there is 1a86:7523, serial number STRANGER" in host.status.detail
        assert code(host.call("read_card", timeout_s=20)) == "device.swapped"
        assert reader.state()["requests"] == {}
        machine.pull("1-2")
        machine.plug("1-2", "1a86:7523", "ttyUSB0", serial="READER1", far_end=reader.address)
        watcher.until_failure(None)


def test_two_alike_without_a_socket_named(
    machine: SimulatedMachine, reader: SdtReaderSimulator
) -> None:
    machine.plug("1-2", "1a86:7523", "ttyUSB0", far_end=reader.address)
    machine.plug("1-3", "1a86:7523", "ttyUSB1")
    options = {**reader_options(), "port": "usb:1a86:7523"}
    policy = replace(QUICK, reopen_refused_s=0.1)
    with bound(machine, policy=policy, **options) as (host, watcher):
        watcher.until_failure("device.misconfigured")
        assert "fits several ports" in host.status.detail
        machine.pull("1-3")
        watcher.until_failure(None)
        machine.plug("1-3", "1a86:7523", "ttyUSB1")  # one more beside it disturbs nothing
        reader.command("lay_card")
        assert isinstance(value(host.call("read_card", timeout_s=20)), IdDocument)


def test_a_receipt_printer_of_the_printer_class(machine: SimulatedMachine, tmp_path: Path) -> None:
    printer = EscposSimulator.on_usb(tmp_path / "lp")
    printer.start()
    text = "usb:04b8:0202/path=1-4"
    with bound(machine, "escpos-usb", device=text, silence_s=1.5) as (host, watcher):
        watcher.until_failure("device.gone")
        machine.plug("1-4", "04b8:0202", "lp3", kind=PortKind.PRINTER, far_end=printer.address)
        watcher.until_failure(None)
        assert value(host.call("dots_per_line", timeout_s=20)) == 576
        printer.command("power_off")
        machine.pull("1-4")
        watcher.until_failure("device.gone")
    printer.stop()


def test_a_device_nobody_holds_open_is_missed_too(
    machine: SimulatedMachine, tmp_path: Path
) -> None:
    """A camera is opened only while it is used; another in its place would get its name."""
    film = tmp_path / "film"
    film.touch()
    text = "usb:046d:0825/serial=CAM1/path=1-5"
    camera = {"serial": "CAM1", "kind": PortKind.VIDEO, "far_end": film}
    machine.plug("1-5", "046d:0825", "video0", **camera)
    with bound(machine, "opencv-camera", source=text) as (_, watcher):
        watcher.until_failure(None)
        machine.pull("1-5")
        machine.plug("1-5", "046d:0825", "video0", **{**camera, "serial": "CAM2"})
        watcher.until_failure("device.swapped")
        machine.pull("1-5")
        machine.plug("1-5", "046d:0825", "video0", **camera)
        watcher.until_failure(None)


def test_a_nudge_opens_at_once(machine: SimulatedMachine, tmp_path: Path) -> None:
    board = PanelSimulator(tmp_path / "board")
    board.start()
    text = "usb:2341:0043/path=1-6"
    with bound(machine, "serial-panel", PATIENT, port=text, answer_s=0.5) as (host, watcher):
        watcher.until_failure("device.gone")
        machine.plug("1-6", "2341:0043", "ttyACM0", far_end=board.address)
        host.nudge()
        watcher.until_failure(None)
        assert value(host.call("show", Light.CARD, LightState.ON, timeout_s=20)) is None
        board.command("unplug")
        machine.pull("1-6")
        host.nudge()
        watcher.until_failure("device.gone")
    board.stop()


def test_a_storm_of_nudges_is_no_storm_of_openings(tmp_path: Path) -> None:
    attempts = tmp_path / "attempts"
    policy = replace(PATIENT, nudge_pause_s=0.3)
    spec = HostSpec(
        "reader", "id_card_reader", "host_adapters:CountsOpenings", {"path": str(attempts)}
    )
    watcher = Watcher()
    host = DeviceHost(spec, on_status=watcher.on_status, policy=policy)
    host.start()
    watcher.until_failure("device.gone")
    began = time.monotonic()
    for _ in range(2000):
        host.nudge()
    # Performed after all the nudges; it makes one attempt itself.
    assert code(host.call("echo", 1, timeout_s=20)) == "device.gone"
    pauses = (time.monotonic() - began) / policy.nudge_pause_s
    assert len(attempts.read_text("ascii")) <= 3 + pauses
    assert [s.failure for s in watcher.statuses] == ["device.gone"]
    assert host.state is HostState.READY
    host.stop()
