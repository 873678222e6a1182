"""The monitor: what is told of devices and portal, and when the courier is woken."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from drivers.status import DeviceState, DeviceStatus, MediaState, SupplyState
from kiosk.terminal.clock import ClockJudge, china_now
from kiosk.terminal.monitor import Monitor, readiness_code
from kiosk.words import known_codes
from offline_queue import DestinationSummary, Refusal
from portal.contract.answers import Gateway, TimeAnswer
from portal.contract.base import GatewayState
from portal.outcomes import Answer, Unreachable, UnreachableCode

WAIT = 10.0
DOWN = Unreachable(UnreachableCode.REFUSED)
OPENS = datetime(2026, 11, 28, 7, tzinfo=UTC)
PORTS = {
    "reader": "id_card_reader", "slips": "receipt_printer", "sheets": "document_printer",
    "shelf": "document_camera",
    "cam": "camera",
}  # fmt: skip
ONLINE = DeviceStatus(DeviceState.ONLINE)


class World:
    """A portal that answers as told, and a courier, keys and outbox that write down."""

    def __init__(self) -> None:
        self.answers: queue.Queue[Any] = queue.Queue()
        self.down: tuple[str, ...] = ()
        self.closed: tuple[str, ...] = ()
        self.open: dict[str, str] = {}
        self.happened: queue.Queue[str] = queue.Queue()
        self.refusal: Refusal | None = None
        self.ahead_s = 0.0
        self.asked: queue.Queue[str] = queue.Queue()
        self.clock = ClockJudge()
        me: Any = self
        self.monitor = Monitor(
            client=me, keys=me, clock=self.clock, outbox=me, courier=me, ports=PORTS,
            on_change=lambda: self.happened.put("changed"),
        )  # fmt: skip

    def breakers(self) -> dict[str, DestinationSummary]:
        return {name: DestinationSummary(1, None, state) for name, state in self.open.items()}

    def health(self) -> Any:
        answer = self.answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def time(self) -> Any:
        self.asked.put("time")
        now = china_now() - timedelta(seconds=self.ahead_s)
        return Answer(TimeAnswer(now=now, tz="Asia/Shanghai"))

    def gateways(self) -> Any:
        return Answer(
            tuple(
                Gateway(destination=city, name_zh=city, name_en=city, state=GatewayState.DOWN)
                for city in self.down
            )
            + tuple(
                Gateway(
                    destination=city,
                    name_zh=city,
                    name_en=city,
                    state=GatewayState.CLOSED,
                    next_open=OPENS,
                )
                for city in self.closed
            )
        )

    def refresh(self) -> bool:
        self.happened.put("keys")
        return True

    def nudge(self) -> None:
        self.happened.put("nudge")

    def offered(self) -> Refusal | None:
        return self.refusal

    def expect(self, *words: str) -> None:
        assert [self.happened.get(timeout=WAIT) for _ in words] == list(words)


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    world.monitor.start()
    yield world
    world.answers.put(DOWN)
    world.monitor._stop.set()
    world.answers.put(DOWN)
    world.monitor.stop(WAIT)
    assert not world.monitor._thread.is_alive()


def poll(world: World, answer: Any) -> None:
    world.answers.put(answer)
    world.monitor.look_now()


@pytest.mark.logs(r"portal\.(un)?reachable", r"monitor\.failed error=ZeroDivisionError")
def test_transitions_are_told_once_and_wake_the_courier(world: World) -> None:
    poll(world, Answer(None))
    world.expect("keys")
    poll(world, DOWN)
    world.expect("changed")
    assert not world.monitor.circumstances().portal_reachable
    poll(world, DOWN)
    poll(world, ZeroDivisionError())
    poll(world, Answer(None))
    world.expect("nudge", "changed", "keys")
    assert world.monitor.circumstances().portal_reachable


@pytest.mark.logs(r"portal\.(un)?reachable")
def test_a_partner_city_that_is_down_is_told(world: World) -> None:
    poll(world, DOWN)
    world.expect("changed")
    world.down = ("441900",)
    poll(world, Answer(None))
    world.expect("nudge", "changed", "keys", "changed")
    assert world.monitor.circumstances().cities_down == {"441900"}


@pytest.mark.logs(r"portal\.(un)?reachable")
def test_a_city_that_cases_do_not_reach_is_told_while_its_breaker_is_open(world: World) -> None:
    """Its gateway is said to be well all the while."""
    poll(world, Answer(None))
    world.expect("keys")
    world.open = {"440600": "open", "440100": "half_open", "441900": "closed"}
    poll(world, Answer(None))
    world.expect("changed")
    assert world.monitor.circumstances().cities_down == {"440600"}
    world.open = {}
    assert world.monitor.circumstances().cities_down == frozenset()  # at once, not at the next look
    world.open = {"440600": "open"}
    poll(world, DOWN)
    world.expect("changed")
    told = world.monitor.circumstances()  # with the line cut that is the reason, not a city
    assert (told.portal_reachable, told.cities_down) == (False, frozenset())
    world.open = {"440600": "half_open"}
    poll(world, Answer(None))
    world.expect("nudge", "changed", "keys", "changed")
    assert world.monitor.circumstances().cities_down == frozenset()


@pytest.mark.logs(r"portal\.(un)?reachable")
def test_a_partner_city_outside_its_hours_is_told_with_the_hour_it_opens(world: World) -> None:
    poll(world, DOWN)
    world.expect("changed")
    world.closed = ("440600",)
    poll(world, Answer(None))
    world.expect("nudge", "changed", "keys", "changed")
    told = world.monitor.circumstances()
    assert (told.cities_down, told.cities_closed) == ({"440600"}, {"440600": OPENS})


def test_devices_make_their_port_usable_and_unusable() -> None:
    monitor = World().monitor
    assert monitor.circumstances().unusable == frozenset()
    gone = DeviceStatus(DeviceState.NO_DEVICE, failure="device.gone")
    assert monitor.device_changed("reader", gone) == ""
    monitor.device_changed("sheets", DeviceStatus(DeviceState.ONLINE, paper=SupplyState.OUT))
    assert monitor.circumstances().unusable == {"id_card_reader", "document_printer"}
    assert monitor.device_changed("reader", ONLINE) == "id_card_reader"
    assert monitor.device_changed("reader", ONLINE) == ""
    monitor.device_changed("stranger", DeviceStatus(DeviceState.OFFLINE))
    assert monitor.circumstances().unusable == {"document_printer"}
    assert monitor.statuses()["reader"] == ONLINE


def test_what_is_not_configured_is_unusable_from_the_start() -> None:
    me: Any = World()
    monitor = Monitor(
        client=me, keys=me, clock=me.clock, outbox=None, courier=None, ports={"cam": "camera"},
        on_change=lambda: None,
    )  # fmt: skip
    missing = {"id_card_reader", "document_printer", "document_camera"}
    assert monitor.circumstances().unusable == missing
    monitor.device_changed("cam", ONLINE)
    assert monitor.circumstances().unusable == missing


def test_the_outboxs_refusal_is_in_the_picture() -> None:
    world = World()
    assert world.monitor.circumstances().outbox_refusal == ""
    world.refusal = Refusal("outbox.full")
    assert world.monitor.circumstances().outbox_refusal == "outbox.full"


def test_readiness_names_the_trouble() -> None:
    assert readiness_code(ONLINE) == "ok"
    assert readiness_code(DeviceStatus(DeviceState.ONLINE, failure="x.y")) == "x.y"
    told = {
        readiness_code(DeviceStatus(state, media=media, paper=paper))
        for state in DeviceState
        for media in MediaState
        for paper in SupplyState
    }
    assert told == {"ok", "device.offline", "printer.jam", "printer.paper_out"}
    assert told - {"ok"} <= known_codes()


@pytest.mark.logs(r"clock\.wrong skew_s=7200", r"portal\.unreachable")
def test_the_clock_is_compared_and_a_wrong_one_named_once(world: World) -> None:
    world.ahead_s = 7200.0
    poll(world, Answer(None))
    world.expect("keys")
    poll(world, Answer(None))
    assert [world.asked.get(timeout=WAIT) for _ in range(2)] == ["time", "time"]
    assert not world.clock.sure()
    world.ahead_s = 0.0
    poll(world, Answer(None))
    assert world.asked.get(timeout=WAIT) == "time"
