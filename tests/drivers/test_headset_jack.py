"""The headset's socket: input events at a named pipe, faults in mid-report, and the kernel's answers."""

from __future__ import annotations

import errno
import fcntl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.flight.redaction import Redactor
from drivers.headset import EvdevHeadsetJack
from drivers.headset.device import ASK_SWITCHES, ASK_WHICH, find
from drivers.headset.events import (
    EV_SW,
    EV_SYN,
    SW_HEADPHONE,
    SYN_DROPPED,
    SYN_REPORT,
    EventReader,
    InputEvent,
    NotEventsError,
    Switch,
    encode,
)
from drivers.headset.redaction import EventRedactor
from drivers.headset.simulator import HeadsetSimulator
from drivers.hotplug.inventory import Roots
from drivers.ports import AdapterContext, Headset, HeadsetJack
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, MediaState

WAIT = 20.0
IN, END = InputEvent(EV_SW, SW_HEADPHONE, 1), InputEvent(EV_SYN, SYN_REPORT, 0)
OUT, DROPPED = InputEvent(EV_SW, SW_HEADPHONE, 0), InputEvent(EV_SYN, SYN_DROPPED, 0)
KEY = InputEvent(1, 30, 1)


class Bench:
    """A simulated socket, and what the adapters told."""

    def __init__(self) -> None:
        self.simulator = HeadsetSimulator()
        self.simulator.start()
        self.events: list[str] = []
        self.told = threading.Event()
        self.cancelled = threading.Event()
        self._made: list[EvdevHeadsetJack] = []

    def _emit(self, name: str, data: Any) -> None:
        self.events.append(name)
        self.told.set()

    def adapter(self, **options: Any) -> EvdevHeadsetJack:
        settings = {"port": self.simulator.address, **options}
        made = EvdevHeadsetJack(
            AdapterContext("headset", settings, self._emit, self.cancelled.is_set)
        )
        self._made.append(made)
        return made

    def opened(self) -> EvdevHeadsetJack:
        jack = self.adapter()
        assert jack.open() == Ok(None)
        assert jack.headset(WAIT) == Ok(Headset.OUT)
        return jack

    def do(self, name: str, **arguments: Any) -> None:
        self.simulator.command(name, **arguments)

    def close(self) -> None:
        for jack in self._made:
            jack.close()
        self.simulator.stop()


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def code(result: Result[Any]) -> str:
    assert isinstance(result, Failure), result
    return result.code


# --- the bytes ------------------------------------------------------------------------------------


@given(st.binary(max_size=200), st.integers(1, 40))
def test_any_bytes_are_events_or_refused(data: bytes, size: int) -> None:
    reader = EventReader()
    try:
        for at in range(0, len(data), size):
            for event in reader.feed(data[at : at + size]):
                assert event.kind <= 0x1F
    except NotEventsError:
        pass


EVENTS = st.lists(st.sampled_from([IN, OUT, END, KEY, DROPPED]), max_size=12)


@given(EVENTS, st.integers(1, 50))
def test_events_come_back_from_any_pieces(events: list[InputEvent], size: int) -> None:
    data = b"".join(map(encode, events))
    reader = EventReader()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert [event for piece in pieces for event in reader.feed(piece)] == events


@given(EVENTS)
def test_a_switch_is_as_its_last_whole_report_says(events: list[InputEvent]) -> None:
    switch = Switch(SW_HEADPHONE)
    asked = [event for event in events if not switch.take(event)]
    assert len(asked) <= events.count(DROPPED)
    whole = events[: len(events) - events[::-1].index(END)] if END in events else []
    if DROPPED not in events:
        last = [event for event in whole if event.kind == EV_SW]
        assert switch.on == (bool(last[-1].value) if last else None)


def test_what_came_with_lost_events_does_not_count() -> None:
    switch = Switch(SW_HEADPHONE)
    assert all(switch.take(event) for event in (IN, END))
    assert switch.on is True
    assert [switch.take(event) for event in (OUT, DROPPED, OUT, END)] == [True, True, True, False]
    assert switch.on is None


def test_only_switches_are_kept_by_the_flight_recorder() -> None:
    redactor: Redactor = EventRedactor()
    data = encode(KEY) + encode(IN) + encode(END)
    kept = [*redactor.take(1.0, "in", data[:30]), *redactor.take(1.0, "in", data[30:])]
    assert [entry.data for entry in kept] == [b"", encode(IN), encode(END)]
    assert [entry.elided for entry in kept] == [24, 0, 0]
    assert redactor.settle() == []


# --- at the simulator -----------------------------------------------------------------------------


def test_in_and_out_are_asked_and_told(bench: Bench) -> None:
    jack = bench.opened()
    assert isinstance(jack, HeadsetJack)
    assert bench.events == [], "an empty socket at the start is no news"
    assert jack.status().media is MediaState.NOT_PRESENT
    bench.do("plug_in")
    bench.do("key")
    assert jack.headset(WAIT) == Ok(Headset.IN)
    assert jack.status().media is MediaState.PRESENT
    bench.do("bounce", times=2)
    bench.do("pull_out")
    assert jack.status().media is MediaState.NOT_PRESENT
    # Of a loose plug the last position counts.
    assert bench.events == ["headset_in", "headset_out"]


def test_a_change_is_told_while_somebody_watches(bench: Bench) -> None:
    jack = bench.opened()
    ended: list[Result[None]] = []
    watching = threading.Thread(target=lambda: ended.append(jack.watch(WAIT)))
    watching.start()
    bench.do("plug_in")
    assert bench.told.wait(WAIT)
    assert ended == []
    bench.cancelled.set()
    watching.join(WAIT)
    assert code(ended[0]) == "device.cancelled"
    bench.cancelled.clear()
    assert jack.watch(0.05) == Ok(None)
    assert bench.events == ["headset_in"]


def test_a_headset_found_at_opening_is_news(bench: Bench) -> None:
    bench.do("plug_in")
    jack = bench.adapter()
    assert jack.open() == Ok(None)
    assert jack.headset(WAIT) == Ok(Headset.IN)
    assert bench.events == ["headset_in"]


@pytest.mark.parametrize("kind", ["pieces", "slow", "overrun"])
@pytest.mark.strikes("evdev-headset: fragmentation, slow")
def test_a_report_that_trickles_in_or_comes_again_is_understood(bench: Bench, kind: str) -> None:
    jack = bench.opened()
    bench.do("fault", kind=kind)
    bench.do("plug_in")
    assert jack.headset(WAIT) == Ok(Headset.IN)


@pytest.mark.strikes("evdev-headset: noise")
def test_bytes_that_are_no_events_end_the_connection(bench: Bench) -> None:
    jack = bench.opened()
    bench.do("fault", kind="noise")
    bench.do("plug_in")
    assert code(jack.headset(WAIT)) == "device.protocol"
    assert jack.status().failure == "device.offline"
    assert jack.open() == Ok(None)
    assert jack.headset(WAIT) == Ok(Headset.IN)


@pytest.mark.strikes("evdev-headset: silence")
def test_a_device_that_has_told_nothing_yet_is_unknown(bench: Bench) -> None:
    bench.do("fault", kind="silence")
    jack = bench.adapter()
    assert jack.open() == Ok(None)
    assert code(jack.headset(0.2)) == "headset.unknown"
    assert jack.status().media is MediaState.UNKNOWN
    bench.do("clear_faults")
    bench.do("plug_in")
    assert jack.headset(WAIT) == Ok(Headset.IN)


@pytest.mark.strikes("evdev-headset: unplug")
@pytest.mark.strikes("evdev-headset: power_cycle")
def test_a_sound_card_that_goes_in_mid_report_is_gone_and_found_again(bench: Bench) -> None:
    jack = bench.opened()
    bench.do("fault", kind="unplug")
    bench.do("plug_in")
    assert code(jack.watch(WAIT)) == "device.gone"
    assert code(jack.open()) == "device.gone"
    bench.do("replug")
    assert jack.open() == Ok(None)
    assert jack.headset(WAIT) == Ok(Headset.IN)
    bench.do("unplug")
    status = jack.status()
    assert (status.device, status.failure) == (DeviceState.NO_DEVICE, "device.gone")


# --- what a pipe cannot show ----------------------------------------------------------------------


def kernel(monkeypatch: pytest.MonkeyPatch, which: int, on: list[int]) -> None:
    """Answers as an event device does; ``on``: one answer after the other."""

    def ioctl(file: int, request: int, answer: bytearray) -> int:
        value = which if request == ASK_WHICH else on.pop(0)
        assert request in (ASK_WHICH, ASK_SWITCHES)
        answer[:] = value.to_bytes(len(answer), "little")
        return 0

    monkeypatch.setattr(fcntl, "ioctl", ioctl)


def test_the_requests_are_those_of_the_kernels_headers() -> None:
    assert (ASK_SWITCHES, ASK_WHICH) == (0x8004451B, 0x80044525)


def test_a_kernels_device_is_asked_at_opening_and_after_lost_events(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.do("fault", kind="silence")
    kernel(monkeypatch, 1 << SW_HEADPHONE | 1, [1 << SW_HEADPHONE, 0])
    jack = bench.adapter()
    assert jack.open() == Ok(None)
    assert bench.events == ["headset_in"]
    assert jack.headset(0.0) == Ok(Headset.IN)


def test_a_device_without_the_switch_is_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel(monkeypatch, 1 << 6, [1 << 6])
    assert code(bench.adapter().open()) == "headset.no_switch"
    assert bench.adapter(switch="lineout").open() == Ok(None)

    def gone(*_: object) -> int:
        raise OSError(errno.ENODEV, "No such device")

    monkeypatch.setattr(fcntl, "ioctl", gone)
    assert code(bench.adapter().open()) == "device.gone"


def test_settings_that_are_no_device(bench: Bench, tmp_path: Path) -> None:
    assert code(bench.adapter(port=str(tmp_path / "none")).open()) == "device.gone"
    (tmp_path / "file").write_text("")
    assert code(bench.adapter(port=str(tmp_path / "file")).open()) == "device.misconfigured"
    assert code(bench.adapter(switch="trumpet").open()) == "device.misconfigured"


def test_the_device_is_found_by_its_switch_and_name(tmp_path: Path) -> None:
    roots = Roots(tmp_path / "sys", tmp_path / "dev")
    for number, name, switches in (
        (10, "HDA Intel HDMI Headphone", "4"),
        (2, "Power Button", "0"),
        (3, "HDA Intel PCH Line Out", "40"),
        (4, "HDA Intel PCH Headphone", "0 14"),
        (5, "odd", "xyz"),
    ):
        device = roots.sys / f"class/input/event{number}/device"
        (device / "capabilities").mkdir(parents=True)
        (device / "name").write_text(name + "\n")
        (device / "capabilities/sw").write_text(switches + "\n")
    assert find(SW_HEADPHONE, "", roots) == Ok(str(roots.dev / "input/event4"))
    assert find(SW_HEADPHONE, "HDMI", roots) == Ok(str(roots.dev / "input/event10"))
    assert find(6, "", roots) == Ok(str(roots.dev / "input/event3"))
    assert code(find(SW_HEADPHONE, "USB", roots)) == "device.gone"
    context = AdapterContext("headset", {}, lambda name, data: None, lambda: False)
    assert code(EvdevHeadsetJack(context, roots).open()) == "device.gone"
