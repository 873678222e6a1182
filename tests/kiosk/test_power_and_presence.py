"""The desks for power and presence: what reaches the visit, over a real NUT wire; the shutdown."""

from __future__ import annotations

import json
import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import kiosk.shutdown
import kiosk.terminal.power
from config.settings import PowerSection
from drivers.host import DeviceHost, HostPolicy, HostSpec
from drivers.ports import PowerReport, PowerSource
from drivers.results import Failure, Ok
from drivers.status import DeviceState, DeviceStatus, MediaState
from drivers.ups.simulator import NutSimulator
from kiosk.audit import AuditLog
from kiosk.shutdown import SystemShutdown
from kiosk.terminal.clock import china_now
from kiosk.terminal.power import PowerDesk, judge_power
from kiosk.terminal.presence import PresenceDesk
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Power

WAIT_S = 20.0
MAINS, BATTERY, SCARCE, ENDING = Power.MAINS, Power.BATTERY, Power.SCARCE, Power.ENDING
LIMITS = PowerSection(min_charge_percent=30, min_runtime_s=300, shutdown_delay_s=0)


def on_battery(charge: float | None, runtime: float | None, low: bool = False) -> Ok[PowerReport]:
    return Ok(PowerReport(PowerSource.BATTERY, charge, runtime, low))


JUDGED = [
    (Ok(PowerReport(PowerSource.MAINS, 5.0)), ENDING, MAINS),
    (on_battery(100, 1800), MAINS, BATTERY),
    (on_battery(29.9, 1800), BATTERY, SCARCE),
    (on_battery(100, 299), MAINS, SCARCE),
    (on_battery(100, None), MAINS, BATTERY),
    (on_battery(None, 1800), MAINS, BATTERY),
    (on_battery(None, None), MAINS, SCARCE),
    (on_battery(100, 1800), SCARCE, SCARCE),
    (on_battery(100, 1800), ENDING, SCARCE),
    (on_battery(100, 1800, low=True), BATTERY, ENDING),
    (Failure("ups.stale"), MAINS, MAINS),
    (Failure("device.offline"), BATTERY, SCARCE),
    (Failure("ups.driver_down"), ENDING, ENDING),
]


@pytest.mark.parametrize(("asked", "before", "after"), JUDGED)
def test_what_a_report_means(asked: Any, before: Power, after: Power) -> None:
    assert judge_power(asked, before, LIMITS) is after


class Supply:
    """A UPS simulator, its device process, and the desk that watches it."""

    def __init__(self, shut_down: Callable[[], bool]) -> None:
        self.nut = NutSimulator()
        self.nut.start()
        self.posted: queue.Queue[ev.Event] = queue.Queue()
        spec = HostSpec("ups", "power_supply", "nut", {"port": self.nut.port})
        self.host = DeviceHost(
            spec,
            on_status=lambda name, status: self.desk.device_changed(name, status),
            on_event=lambda name, event, _data: self.desk.device_event(name, event),
            policy=HostPolicy(status_poll_s=0.05, reopen_max_s=0.2),
        )
        self.desk = PowerDesk(self.host, LIMITS, self.posted.put, shut_down)

    def next(self) -> Power:
        event = self.posted.get(timeout=WAIT_S)
        assert isinstance(event, ev.PowerChanged)
        return event.power

    def power_down(self) -> None:
        self.desk.handlers()[fx.PowerDown](fx.PowerDown(), Visit())


@pytest.fixture
def shut_downs() -> queue.Queue[bool]:
    return queue.Queue()


@pytest.fixture
def supply(monkeypatch: pytest.MonkeyPatch, shut_downs: queue.Queue[bool]) -> Iterator[Supply]:
    monkeypatch.setattr(kiosk.terminal.power, "POLL_S", 0.05)

    def shut_down() -> bool:
        shut_downs.put(True)
        return True

    one = Supply(shut_down)
    one.host.start()
    one.desk.start()
    yield one
    one.desk.stop()
    one.host.stop()
    one.nut.stop()


def test_the_mains_fail_the_battery_goes_down_and_the_mains_return(supply: Supply) -> None:
    supply.nut.command("mains_fail", charge=90, runtime=1500)
    assert supply.next() is BATTERY
    supply.nut.command("set", values={"battery.charge": "20"})  # no event tells this
    assert supply.next() is SCARCE
    supply.nut.command("mains_fail", charge=6, runtime=60, low=True)
    assert supply.next() is ENDING
    supply.nut.command("mains_return")
    assert supply.next() is MAINS
    assert supply.posted.empty()


def test_a_supply_that_falls_silent_on_battery_is_not_trusted_far(supply: Supply) -> None:
    supply.nut.command("mains_fail")
    assert supply.next() is BATTERY
    supply.nut.command("off")
    assert supply.next() is SCARCE
    supply.nut.command("mains_return")
    supply.nut.command("on")
    assert supply.next() is MAINS


def test_the_system_is_shut_down_once_and_only_while_the_battery_ends(
    supply: Supply, shut_downs: queue.Queue[bool]
) -> None:
    supply.nut.command("mains_fail", low=True)
    assert supply.next() is ENDING
    supply.nut.command("mains_return")
    assert supply.next() is MAINS
    supply.power_down()  # the visit asked too late: the mains are back
    supply.nut.command("mains_fail")
    assert supply.next() is BATTERY
    assert shut_downs.empty()
    supply.nut.command("mains_fail", low=True)
    assert supply.next() is ENDING
    supply.power_down()
    assert shut_downs.get(timeout=WAIT_S)
    supply.nut.command("mains_return")  # too late: nobody is told to come in again
    supply.desk.stop(WAIT_S)
    assert supply.posted.empty()
    assert shut_downs.empty()


# ---- asking the system ---------------------------------------------------------------------------


def audited(path: Path) -> list[str]:
    return [json.loads(line)["code"] for line in path.read_text().splitlines()]


def shutdown(folder: Path, *command: str) -> tuple[SystemShutdown, list[str], Path]:
    closed: list[str] = []
    path = folder / "audit.log"
    audit = AuditLog(path, china_now)
    return SystemShutdown(command, audit, lambda: closed.append("closed")), closed, path


def test_without_a_command_the_system_is_left_alone(tmp_path: Path) -> None:
    one, closed, path = shutdown(tmp_path)
    assert not one.ask()
    assert (closed, audited(path)) == ([], ["power.shutdown_off"])


def test_the_command_is_run_and_everything_closed(tmp_path: Path) -> None:
    mark = tmp_path / "; touch elsewhere"  # no shell looks at it
    one, closed, path = shutdown(tmp_path, "/usr/bin/env", "touch", str(mark))
    assert one.ask()
    assert mark.exists()
    assert (closed, audited(path)) == (["closed"], ["power.shutdown_asked", "power.closed"])


@pytest.mark.logs(r"power\.shutdown_failed")
@pytest.mark.parametrize(
    "command", [("/usr/bin/env", "false"), ("/nowhere/poweroff",), ("/usr/bin/env", "sleep", "60")]
)
def test_a_command_that_fails_closes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(kiosk.shutdown, "COMMAND_S", 0.3)
    one, closed, path = shutdown(tmp_path, *command)
    assert not one.ask()
    assert (closed, audited(path)) == ([], ["power.shutdown_asked", "power.shutdown_failed"])


def test_a_command_is_named_by_its_path() -> None:
    with pytest.raises(ValidationError, match="absolute path"):
        PowerSection(shutdown_command=("poweroff",))
    assert PowerSection().shutdown_command == ()


# ---- presence ------------------------------------------------------------------------------------

SEEN = DeviceStatus(DeviceState.ONLINE, MediaState.PRESENT)
UNSEEN = DeviceStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)


def presence(enabled: bool = True, **ports: str) -> tuple[PresenceDesk, list[bool | None]]:
    told: list[bool | None] = []

    def post(event: ev.Event) -> None:
        assert isinstance(event, ev.PresenceChanged)
        told.append(event.near)

    return PresenceDesk(ports or {"panel": "indicator_light"}, post, enabled=enabled), told


def test_a_board_s_sensor_is_told_once_a_change() -> None:
    desk, told = presence()
    desk.device_changed("panel", UNSEEN)
    desk.device_event("panel", "person_near")
    desk.device_changed("panel", SEEN)
    desk.device_event("panel", "something_else")
    desk.device_event("panel", "person_away")
    assert told == [False, True, False]


@pytest.mark.parametrize(
    "fault",
    [
        DeviceStatus(DeviceState.ONLINE, MediaState.UNKNOWN, failure="indicator.sensor_fault"),
        DeviceStatus(DeviceState.NO_DEVICE, MediaState.NOT_PRESENT, failure="device.gone"),
    ],
)
def test_a_sensor_that_fails_knows_nothing(fault: DeviceStatus) -> None:
    desk, told = presence()
    desk.device_changed("panel", UNSEEN)
    desk.device_changed("panel", fault)
    assert told == [False, None]


def test_lights_without_a_sensor_say_nothing_of_people() -> None:
    desk, told = presence()
    desk.device_changed("panel", DeviceStatus(DeviceState.ONLINE))
    assert told == []


def test_a_sensor_of_its_own_goes_before_the_board_s() -> None:
    desk, told = presence(panel="indicator_light", eye="presence_sensor")
    desk.device_event("panel", "person_near")
    desk.device_event("eye", "person_near")
    assert told == [True]


def test_the_technician_s_switch() -> None:
    desk, told = presence(enabled=False)
    desk.device_event("panel", "person_near")
    desk.device_changed("panel", SEEN)
    assert told == []
