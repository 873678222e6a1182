"""Calls that pile up are refused, events that flood end the process that tells them."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from host_bench import QUICK, code, running, value
from hypothesis import given
from hypothesis import strategies as st

from drivers.failures import describe
from drivers.host import HostState
from drivers.host.limits import Allowance, Room
from drivers.host.mailbox import Mailbox
from drivers.host.requests import CancelAll, NudgeHost

FEW = replace(QUICK, most_calls=4, most_call_bytes=100_000)
CALM = replace(QUICK, most_events=20, events_per_s=0.001, quarantine_after=2)


def test_calls_piled_onto_a_hung_device_are_refused_and_it_serves_again() -> None:
    with running("Well", FEW) as (host, watcher):
        hung = host.call("wait_cancelled", timeout_s=25)
        watcher.until_event("waiting")
        row = [host.call("echo", n, timeout_s=25) for n in range(3)]
        refused = [host.call("echo", n, timeout_s=25) for n in range(200)]
        assert all(call.done() for call in refused), "at once, not when its time is over"
        assert {code(call) for call in refused} == {"device.overloaded"}
        assert not any(call.done() for call in (hung, *row))
        host.cancel()
        assert {code(call) for call in (hung, *row)} == {"device.cancelled"}
        assert value(host.call("echo", 7, timeout_s=25))[0] == 7


def test_the_bytes_of_waiting_calls_are_bounded_too() -> None:
    with running("Well", FEW) as (host, watcher):
        hung = host.call("wait_cancelled", timeout_s=25)
        watcher.until_event("waiting")
        fits = host.call("large", bytes(60_000), timeout_s=25)
        assert code(host.call("large", bytes(60_000), timeout_s=25)) == "device.overloaded"
        host.cancel()
        assert {code(hung), code(fits)} == {"device.cancelled"}
        alone = host.call("large", bytes(200_000), timeout_s=25)
        assert len(value(alone)) == 200_000, "alone it has room"


@pytest.mark.logs(r"reader: device\.(flooding|quarantined)")
@pytest.mark.parametrize("size", [0, 30_000])
def test_a_process_that_floods_is_started_again_and_at_last_set_aside(size: int) -> None:
    with running("Floods", CALM) as (host, watcher):
        first_pid = value(host.call("echo", 0, timeout_s=25))[2]
        assert code(host.call("flood", size, timeout_s=25)) == "device.flooding"
        assert len(watcher.events) <= CALM.most_events
        assert value(host.call("echo", 0, timeout_s=25))[2] != first_pid
        assert "events beyond 20 at once" in next(
            status.detail for status in watcher.statuses if status.failure == "device.flooding"
        )
        assert code(host.call("flood", size, timeout_s=25)) == "device.flooding"
        watcher.until_failure("device.quarantined")
        assert host.state is HostState.QUARANTINED
        assert len(watcher.events) <= 2 * CALM.most_events


def test_as_many_events_as_are_allowed_come_through() -> None:
    with running("Floods", CALM) as (host, watcher):
        assert value(host.call("tell", 15, timeout_s=25)) == 15
        assert [data["number"] for _, data in watcher.events] == list(range(15))


@pytest.mark.logs(r"reader: line \d+")
def test_log_lines_beyond_all_measure_are_left_out(caplog: pytest.LogCaptureFixture) -> None:
    with running("Floods", CALM) as (host, _):
        pid = value(host.call("echo", 0, timeout_s=25))[2]
        assert value(host.call("write", 300, timeout_s=25)) == 300
        assert value(host.call("echo", 0, timeout_s=25))[2] == pid, "it costs the lines only"
    lines = [record for record in caplog.records if "reader: line" in record.getMessage()]
    assert 1 <= len(lines) <= CALM.most_events
    assert logging.WARNING in {record.levelno for record in lines}


def test_what_is_asked_twice_before_anybody_looked_is_asked_once() -> None:
    box: Mailbox[CancelAll | NudgeHost] = Mailbox()
    for _ in range(1000):
        assert box.put(NudgeHost())
    box.put(CancelAll())
    box.put(NudgeHost())
    assert box.take_all() == [NudgeHost(), CancelAll(), NudgeHost()]
    box.close()


def test_who_refuses_and_who_restarts_is_in_the_catalogue() -> None:
    assert describe("device.overloaded").action == "retry"
    assert describe("device.flooding").action == "reset"


@given(st.lists(st.integers(0, 50), max_size=60), st.data())
def test_room_is_never_exceeded_but_by_a_lone_call(sizes: list[int], data: st.DataObject) -> None:
    room = Room(5, 100)
    inside: list[int] = []
    for size in sizes:
        if room.enter(size * 3):
            inside.append(size * 3)
            assert len(inside) == 1 or (len(inside) <= 5 and sum(inside) <= 100)
        else:
            assert len(inside) == 5 or sum(inside) + size * 3 > 100
        if inside and data.draw(st.booleans()):
            room.leave(inside.pop())
    for size in inside:
        room.leave(size)
    assert room.enter(10_000)


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0.5, 4)), max_size=80))
def test_an_allowance_gives_no_more_than_it_holds_and_regains(
    steps: list[tuple[float, float]],
) -> None:
    allowance = Allowance(per_s=2.0, most=10.0)
    now, given_out, refused = 0.0, 0.0, 0
    for pause, cost in steps:
        now += pause
        if allowance.take(now, cost):
            given_out += cost
        else:
            refused += 1
        assert given_out <= 10.0 + 2.0 * now + 1e-6
    assert allowance.settle() == refused
    assert allowance.settle() == 0
    assert allowance.take(now + 5.0, 10.0), "after a while all of it is there again"
