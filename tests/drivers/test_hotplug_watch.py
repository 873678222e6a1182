"""What is plugged in and pulled is told at once, once, and to the host it concerns."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from host_bench import PATIENCE_S, QUICK, Watcher

from drivers.host import DeviceRack, HostSpec
from drivers.hotplug.inventory import PortKind, Roots, attached_ports
from drivers.hotplug.locate import at_a_port, concerns
from drivers.hotplug.simulated_udev import say
from drivers.hotplug.simulator import SimulatedMachine
from drivers.hotplug.watch import PortChange, PortWatcher, Source, best_source
from drivers.sdt.simulator import SdtReaderSimulator

UEVENT = Path("/sys/class/tty/ttyS0/uevent")
NEVER_S = 100_000.0


class Log:
    """Changes as they are told."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.lines: list[str] = []

    def __call__(self, change: PortChange) -> None:
        with self._changed:
            self.lines.append(f"{'+' if change.attached else '-'}{Path(change.port.device).name}")
            self._changed.notify_all()

    def until(self, *lines: str) -> None:
        with self._changed:
            wanted = list(lines)
            assert self._changed.wait_for(lambda: self.lines == wanted, PATIENCE_S), self.lines


@contextmanager
def watching(
    machine: SimulatedMachine, source: Source = Source.POLL, poll_s: float = 0.02
) -> Iterator[tuple[PortWatcher, Log]]:
    told = Log()
    watcher = PortWatcher(told, roots=machine.roots, source=source, poll_s=poll_s)
    watcher.start()
    assert watcher.wait_listening(PATIENCE_S)
    try:
        yield watcher, told
    finally:
        watcher.stop()


@pytest.fixture
def machine(tmp_path: Path) -> SimulatedMachine:
    return SimulatedMachine(tmp_path / "machine")


def test_what_comes_and_goes_is_told_once(machine: SimulatedMachine) -> None:
    machine.plug("1-1", "1a86:7523", "ttyUSB0")
    with watching(machine) as (_, told):
        machine.plug("1-2", "04b8:0202", "lp0", kind=PortKind.PRINTER)
        told.until("+lp0")
        machine.pull("1-1")
        told.until("+lp0", "-ttyUSB0")


def test_a_device_replugged_between_two_looks_went_and_came(machine: SimulatedMachine) -> None:
    machine.plug("1-1", "1a86:7523", "ttyUSB0", serial="A")
    before = attached_ports(machine.roots)
    machine.pull("1-1")
    machine.plug("1-1", "1a86:7523", "ttyUSB0", serial="A")
    assert attached_ports(machine.roots) != before


# A kernel gives an event for whoever may write this file; elsewhere none can be brought about.
KERNELS = [Source.KERNEL] if os.access(UEVENT, os.W_OK) else []
# libudev believes root alone.
UDEVDS = [Source.UDEV] if os.geteuid() == 0 else []


def real_event() -> None:
    UEVENT.write_text("change", "ascii")


def word_of_udevd() -> None:
    say("add", "/devices/platform/serial8250/tty/ttyS0", "tty")


def no_event() -> None:
    """Polling needs none."""


@pytest.mark.parametrize(
    ("source", "poll_s", "happens"),
    [
        (Source.POLL, 0.02, no_event),
        *((source, NEVER_S, real_event) for source in KERNELS),
        *((source, NEVER_S, word_of_udevd) for source in UDEVDS),
    ],
)
def test_each_source_wakes_the_watcher(
    machine: SimulatedMachine, source: Source, poll_s: float, happens: Callable[[], None]
) -> None:
    with watching(machine, source, poll_s) as (watcher, told):
        assert watcher.source is source
        machine.plug("1-2", "1a86:7523", "ttyUSB0")
        for _ in range(50):  # a storm
            happens()
        told.until("+ttyUSB0")


def test_events_that_cannot_be_had_are_replaced_by_looking(
    machine: SimulatedMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyudev", None)  # as if not installed
    with watching(machine, Source.KERNEL) as (watcher, told):
        assert watcher.source is Source.POLL
        machine.plug("1-2", "1a86:7523", "ttyUSB0")
        told.until("+ttyUSB0")


def test_the_source_fits_the_machine(
    machine: SimulatedMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert best_source(machine.roots) is Source.POLL
    monkeypatch.setattr("drivers.hotplug.watch._UDEVD", machine.roots.dev)
    assert best_source(Roots()) is Source.UDEV
    monkeypatch.setattr("drivers.hotplug.watch._UDEVD", machine.roots.dev / "none")
    assert best_source() is Source.KERNEL


def test_a_listener_that_raises_does_not_end_the_watch(
    machine: SimulatedMachine, caplog: pytest.LogCaptureFixture
) -> None:
    told = Log()

    def broken(change: PortChange) -> None:
        told(change)
        raise RuntimeError("listener")

    watcher = PortWatcher(broken, roots=machine.roots, poll_s=0.02)
    watcher.start()
    assert watcher.wait_listening(PATIENCE_S)
    machine.plug("1-1", "1a86:7523", "ttyUSB0")
    told.until("+ttyUSB0")
    machine.pull("1-1")
    told.until("+ttyUSB0", "-ttyUSB0")
    watcher.stop()
    assert "on_change raised" in caplog.text


@pytest.mark.parametrize(
    ("value", "concerned"),
    [
        ("usb:1a86:7523/serial=A/path=1-2", True),
        ("usb:1a86:7523/serial=OTHER", True),  # of the same make: it may have become ambiguous
        ("usb:0403:6001/path=1-2", True),  # in its socket: it was swapped
        ("usb:0403:6001/path=1-3", False),
        ("usb:nonsense", False),
        ("/dev/ttyUSB9", False),
        (9100, False),
    ],
)
def test_whom_a_change_concerns(machine: SimulatedMachine, value: object, concerned: bool) -> None:
    machine.plug("1-2", "1a86:7523", "ttyUSB0", serial="A")
    (port,) = attached_ports(machine.roots)
    assert concerns({"baud": 9600, "port": value}, port) is concerned
    assert concerns({"port": port.device}, port)


def test_only_devices_at_ports_need_a_watch() -> None:
    assert at_a_port({"port": "/dev/ttyS0"})
    assert at_a_port({"device": "usb:04b8:0202"})
    assert not at_a_port({"host": "192.0.2.1", "port": 9100})


def test_plugged_in_means_open_at_once(machine: SimulatedMachine, tmp_path: Path) -> None:
    """The hosts here look by themselves only every ten minutes: what brings them is the watch."""
    reader = SdtReaderSimulator(tmp_path / "reader")
    reader.start()
    policy = replace(QUICK, reopen_first_s=600.0, reopen_max_s=600.0, reopen_refused_s=600.0)
    options = {"port": "usb:1a86:7523/serial=A/path=1-2", "answer_s": 0.4}
    spec = HostSpec("reader", "id_card_reader", "sdt-serial", options, machine.roots)
    watcher = Watcher()
    rack = DeviceRack([spec], on_status=watcher.on_status, policy=policy, port_poll_s=0.02)
    rack.start()
    watcher.until_failure("device.gone")
    for round_trip in range(1, 4):
        name = f"ttyUSB{round_trip}"
        machine.plug("1-2", "1a86:7523", name, serial="A", far_end=reader.address)
        watcher.until_failure(None)
        reader.command("unplug")
        machine.pull("1-2")
        watcher.until_failure("device.gone")
        reader.command("replug")
        assert [s.failure for s in watcher.statuses] == ["device.gone", None] * round_trip + [
            "device.gone"
        ]
    rack.stop()
    reader.stop()
