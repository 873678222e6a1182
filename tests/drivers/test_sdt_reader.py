"""The adapter against the simulated reader on a real pseudo-terminal."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drivers.failures import describe
from drivers.ports import AdapterContext, IdCardReader, IdDocument
from drivers.results import Failure, Ok, Result
from drivers.sdt import DEMO_CARDS, SdtReaderSimulator, SdtSerialReader, demo_card
from drivers.simulation import Simulator
from drivers.status import DeviceState, MediaState

WAIT = 20.0  # ample: every test ends by an event, not by this limit


class Rig:
    """A simulated reader, an adapter on it, and the events the adapter emitted."""

    def __init__(self, link: Path, **simulator: Any) -> None:
        self.simulator = SdtReaderSimulator(link, **simulator)
        self.simulator.start()
        self.events: list[str] = []
        self.on_event: Callable[[str], None] = lambda _name: None
        self.cancelled = threading.Event()
        self.reader = self.adapter()

    def adapter(self, **options: Any) -> SdtSerialReader:
        settings = {"port": self.simulator.address, "poll_s": 0.02, "answer_s": 0.3, **options}
        return SdtSerialReader(
            AdapterContext("reader", settings, self._emit, self.cancelled.is_set)
        )

    def _emit(self, name: str, data: Mapping[str, Any]) -> None:
        assert data == {}
        self.events.append(name)
        self.on_event(name)

    def opened(self) -> SdtSerialReader:
        assert self.reader.open() == Ok(None)
        return self.reader

    def do(self, name: str, **arguments: Any) -> Mapping[str, Any]:
        return self.simulator.command(name, **arguments)

    def requests(self, name: str) -> int:
        return int(self.simulator.state()["requests"].get(name, 0))


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path / "reader")
    yield made
    made.reader.close()
    made.simulator.stop()


def _code(result: Result[Any]) -> str:
    assert isinstance(result, Failure), result
    describe(result.code)
    return result.code


def _card(result: Result[IdDocument]) -> IdDocument:
    assert isinstance(result, Ok), result
    return result.value


def test_shapes(rig: Rig) -> None:
    assert isinstance(rig.reader, IdCardReader)
    simulator: Simulator = rig.simulator
    assert set(simulator.commands()) >= {"lay_card", "remove_card", "fault", "unplug", "replug"}
    with pytest.raises(KeyError):
        simulator.command("dance")


@pytest.mark.parametrize("name", DEMO_CARDS)
def test_every_demo_card_is_read_whole(rig: Rig, name: str) -> None:
    photo = bytes(range(256)) * 4
    rig.do("lay_card", card=name, photo=photo)
    assert _card(rig.opened().read_card(WAIT)) == demo_card(name, photo)
    assert rig.events == ["card_found"]


def test_a_card_laid_while_waiting_is_read(rig: Rig) -> None:
    reader = rig.opened()
    finds = threading.Event()

    def lay_after_some_looks() -> None:
        while rig.requests("FIND_CARD") < 3 and not finds.wait(0.01):
            pass
        rig.do("lay_card", card={"base": "resident", "name": "林𬭎"})

    thread = threading.Thread(target=lay_after_some_looks)
    thread.start()
    try:
        assert _card(reader.read_card(WAIT)).name == "林𬭎"
    finally:
        finds.set()
        thread.join()


def test_no_card_in_time(rig: Rig) -> None:
    assert _code(rig.opened().read_card(0.2)) == "idcard.none"
    assert rig.events == []


def test_the_card_must_be_lifted_before_it_is_read_again(rig: Rig) -> None:
    reader = rig.opened()
    rig.do("lay_card")
    _card(reader.read_card(WAIT))
    assert _code(reader.read_card(0.3)) == "idcard.not_lifted"
    assert rig.events == ["card_found", "card_not_lifted"]
    rig.do("remove_card")
    assert _code(reader.read_card(0.2)) == "idcard.none"
    rig.do("lay_card", card="elder")
    assert _card(reader.read_card(WAIT)).name == "李䶮"


def test_lifting_when_asked_lets_the_reading_go_on(rig: Rig) -> None:
    reader = rig.opened()
    rig.do("lay_card")
    _card(reader.read_card(WAIT))

    def lift_and_lay(name: str) -> None:
        if name == "card_not_lifted":
            rig.do("remove_card")
            rig.do("lay_card", card="elder")

    rig.on_event = lift_and_lay
    assert _card(reader.read_card(WAIT)).name == "李䶮"


@pytest.mark.parametrize("step", ["status", "find", "select", "read"])
@pytest.mark.parametrize(
    "kind",
    ["fragment", "noise", "wrong_checksum", "cut_frame", "silence", "slow", "power_cycle"],
)
@pytest.mark.strikes("sdt-serial: fragmentation, noise, checksum, silence, slow, power_cycle")
def test_one_line_fault_at_any_step_is_overcome(rig: Rig, kind: str, step: str) -> None:
    if step != "status":
        rig.opened()
    rig.do("lay_card")
    rig.do("fault", kind=kind, count=1, step=step)
    if step == "status" and kind in ("silence", "power_cycle"):
        assert _code(rig.reader.open()) == "device.offline"
    rig.opened()
    assert _card(rig.reader.read_card(WAIT)) == demo_card("resident")
    assert rig.simulator.state()["faults"] == []


def test_a_card_that_reads_at_the_second_try_is_read(rig: Rig) -> None:
    rig.do("lay_card")
    rig.do("fault", kind="read_failed", count=1)
    assert _card(rig.opened().read_card(WAIT)) == demo_card("resident")
    assert rig.events == ["card_found"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "wrong_checksum"}, "idcard.unreadable"),
        ({"kind": "cut_frame"}, "idcard.unreadable"),
        ({"kind": "read_failed"}, "idcard.unreadable"),
        ({"kind": "status_word", "sw": 0x32}, "idcard.unreadable"),
        ({"kind": "status_word", "sw": 0x3F}, "idcard.unreadable"),
        ({"kind": "status_word", "sw": 0x81, "step": "select"}, "idcard.unreadable"),
        ({"kind": "remove_during_read"}, "idcard.removed"),
        ({"kind": "remove_before_select"}, "idcard.removed"),
        ({"kind": "unknown_type"}, "idcard.unknown_type"),
        ({"kind": "sam_fault"}, "idcard.sam_fault"),
        ({"kind": "status_word", "sw": 0x66, "step": "find"}, "idcard.sam_fault"),
        ({"kind": "status_word", "sw": 0x21, "step": "find"}, "device.protocol"),
        ({"kind": "status_word", "sw": 0x10, "step": "find"}, "device.protocol"),
        ({"kind": "status_word", "sw": 0x77, "step": "find"}, "device.protocol"),
        ({"kind": "wrong_checksum", "step": "find"}, "device.protocol"),
        ({"kind": "silence"}, "device.offline"),
        ({"kind": "silence", "step": "read"}, "device.offline"),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else value,
)
@pytest.mark.strikes("sdt-serial: withdrawn")
def test_lasting_faults_end_in_their_code(rig: Rig, fault: dict[str, Any], code: str) -> None:
    reader = rig.opened()
    rig.do("lay_card")
    rig.do("fault", **fault)
    assert _code(reader.read_card(WAIT)) == code
    rig.do("clear_faults")
    rig.do("lay_card", card="elder")
    assert _card(reader.read_card(WAIT)) == demo_card("elder")


def test_a_record_of_an_unknown_kind(rig: Rig) -> None:
    rig.do("lay_card", type_letter="Q")
    assert _code(rig.opened().read_card(WAIT)) == "idcard.unknown_type"


def test_a_record_that_makes_no_sense_is_unreadable_not_removed(rig: Rig) -> None:
    no_end = replace(demo_card("resident"), valid_to=None)
    rig.do("lay_card", card=no_end)
    reader = rig.opened()
    assert _code(reader.read_card(WAIT)) == "idcard.unreadable"
    assert _code(reader.read_card(0.2)) == "idcard.not_lifted"


def test_the_time_limit_ends_the_retries_with_their_trouble(rig: Rig) -> None:
    reader = rig.opened()
    rig.do("lay_card")
    rig.do("fault", kind="read_failed", count=1)

    def then_silence(name: str) -> None:
        if name == "card_found":
            rig.do("fault", kind="silence", step="find")

    rig.on_event = then_silence
    assert _code(reader.read_card(0.2)) == "idcard.unreadable"


def test_a_time_limit_during_a_slow_read_is_kept(rig: Rig) -> None:
    reader = rig.opened()
    rig.do("lay_card")
    rig.do("fault", kind="slow", count=1)
    assert _code(reader.read_card(0.3)) == "device.timeout"


def test_a_record_given_up_is_never_taken_for_the_next_person(rig: Rig) -> None:
    reader = rig.opened()
    rig.do("lay_card")
    rig.do("fault", kind="slow", count=1)
    assert _code(reader.read_card(0.3)) == "device.timeout"
    rig.do("lay_card", card="elder")
    assert _card(reader.read_card(WAIT)) == demo_card("elder")


def test_cancelling_ends_a_waiting_and_a_reading_call(rig: Rig) -> None:
    reader = rig.opened()
    threading.Timer(0.05, rig.cancelled.set).start()
    assert _code(reader.read_card(60.0)) == "device.cancelled"
    rig.cancelled.clear()
    rig.do("lay_card")
    rig.do("fault", kind="silence", count=1, step="read")
    rig.on_event = lambda _name: rig.cancelled.set()
    assert _code(reader.read_card(60.0)) == "device.cancelled"
    rig.cancelled.clear()
    rig.do("lay_card", card="elder")
    rig.on_event = lambda _name: None
    assert _card(reader.read_card(WAIT)) == demo_card("elder")


def test_status_tells_what_the_sam_says(rig: Rig) -> None:
    assert rig.reader.status().failure == "device.offline"
    reader = rig.opened()
    status = reader.status()
    assert (status.device, status.media, status.failure) == (
        DeviceState.ONLINE,
        MediaState.UNKNOWN,
        None,
    )
    rig.do("fault", kind="sam_fault", count=1)
    assert (reader.status().device, reader.status().device) == (
        DeviceState.HARDWARE_ERROR,
        DeviceState.ONLINE,
    )
    rig.do("fault", kind="silence", count=1)
    silent = reader.status()
    assert (silent.device, silent.failure) == (DeviceState.OFFLINE, "device.offline")
    rig.do("fault", kind="wrong_checksum", count=1, step="status")
    assert reader.status().failure == "device.protocol"
    assert reader.status().device is DeviceState.ONLINE
    rig.do("unplug")
    gone = reader.status()
    assert (gone.device, gone.failure) == (DeviceState.NO_DEVICE, "device.gone")


def test_unplugged_while_waiting_and_plugged_in_again(rig: Rig) -> None:
    reader = rig.opened()
    threading.Timer(0.05, rig.do, args=("unplug",)).start()
    assert _code(reader.read_card(60.0)) == "device.gone"
    fresh = rig.adapter()
    assert _code(fresh.open()) == "device.gone"
    rig.do("replug")
    rig.do("lay_card")
    assert fresh.open() == Ok(None)
    assert _card(fresh.read_card(WAIT)) == demo_card("resident")
    fresh.close()


@pytest.mark.strikes("sdt-serial: unplug")
def test_unplugged_during_a_read(rig: Rig) -> None:
    reader = rig.opened()
    rig.do("lay_card")
    rig.do("fault", kind="slow", count=1)
    rig.on_event = lambda _name: threading.Timer(0.1, rig.do, args=("unplug",)).start()
    assert _code(reader.read_card(WAIT)) == "device.gone"
    assert _code(reader.read_card(WAIT)) == "device.offline"


def test_a_port_is_owned_by_one(rig: Rig) -> None:
    rig.opened()
    second = rig.adapter()
    assert _code(second.open()) == "device.busy_elsewhere"
    rig.reader.close()
    assert second.open() == Ok(None)
    second.close()


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"port": ""}, "port"),
        ({"baud": 4711}, "baud"),
        ({"poll_s": 0}, "poll_s"),
        ({"speed": 1}, "speed"),
        ({"port": os.devnull}, os.devnull),
    ],
)
def test_bad_options_are_named(rig: Rig, options: dict[str, Any], key: str) -> None:
    result = rig.adapter(**options).open()
    assert _code(result) == "device.misconfigured"
    assert isinstance(result, Failure)
    assert key in result.detail


def test_opening_a_reader_with_a_broken_sam(rig: Rig) -> None:
    rig.do("fault", kind="sam_fault")
    assert _code(rig.reader.open()) == "idcard.sam_fault"
    rig.do("clear_faults")
    rig.do("fault", kind="status_word", sw=0x21, step="status")
    assert _code(rig.reader.open()) == "device.protocol"
    rig.do("clear_faults")
    assert rig.reader.open() == Ok(None)


def test_nothing_works_before_open_and_close_may_come_any_time(rig: Rig) -> None:
    rig.reader.close()
    assert _code(rig.reader.read_card(1.0)) == "device.offline"
    rig.opened()
    rig.reader.close()
    rig.reader.close()


def test_no_failure_tells_who_the_card_belongs_to(rig: Rig) -> None:
    rig.do("lay_card", card={"name": "郑样例", "number": "44059919880214301X"}, type_letter="Q")
    result = rig.opened().read_card(WAIT)
    assert isinstance(result, Failure)
    assert "郑" not in result.detail
    assert "4405" not in result.detail


def test_at_line_speed_a_read_takes_what_the_line_takes(tmp_path: Path) -> None:
    rig = Rig(tmp_path / "reader", line_speed=115200, photos={"resident": bytes(1024)})
    try:
        rig.do("lay_card")
        assert _card(rig.opened().read_card(WAIT)) == demo_card("resident", bytes(1024))
    finally:
        rig.reader.close()
        rig.simulator.stop()


def test_a_simulator_without_a_link_makes_and_removes_its_own() -> None:
    simulator = SdtReaderSimulator()
    simulator.start()
    address = Path(simulator.address)
    assert address.is_symlink()
    simulator.stop()
    simulator.stop()
    assert not address.parent.exists()


def test_the_simulator_refuses_what_it_does_not_know(rig: Rig) -> None:
    for name, arguments in (
        ("lay_card", {"card": "nobody"}),
        ("lay_card", {"card": {"shoe_size": 43}}),
        ("fault", {"kind": "fire"}),
        ("fault", {"kind": "silence", "step": "never"}),
        ("fault", {"kind": "silence", "count": 0}),
    ):
        with pytest.raises(ValueError, match=r"there are|no field|at least 1"):
            rig.do(name, **arguments)


def test_state_is_a_picture_without_a_person(rig: Rig) -> None:
    state = rig.do("lay_card", card={"name": "郑样例"})
    assert state["card"] == "custom"
    assert "郑" not in str(state)
    assert rig.do("lay_card", card="elder")["card"] == "elder"
    assert rig.do("fault", kind="noise", count=2)["faults"] == [
        {"kind": "noise", "step": "read", "left": 2}
    ]
    assert rig.do("remove_card")["card"] is None
    assert rig.do("unplug")["plugged"] is False
