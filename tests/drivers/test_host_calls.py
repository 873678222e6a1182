"""Calls into a real child process: results, events, time limits, cancellation."""

from __future__ import annotations

import logging
import os
import threading

import pytest
from host_adapters import Own
from host_bench import QUICK, code, outcome, running, value

from drivers.host import DeviceHost, HostSpec
from drivers.ports import IdDocument

pytestmark = pytest.mark.logs(
    r"drivers\.host\.runner reader: (event|the (adapter|result))",
    r"drivers\.host\.supervisor reader: (result refused|unknown outcome)",
)


def test_a_call_runs_in_the_child_and_gets_the_rest_of_its_time() -> None:
    with running("Well") as (host, _):
        echoed, timeout_s, pid, _ = value(host.call("echo", {"a": [1, "市民"]}, timeout_s=20))
        assert echoed == {"a": [1, "市民"]}
        assert 0 < timeout_s <= 20
        assert pid == host.pid != os.getpid()
        assert host.status.usable


def test_an_operation_without_time_limit_or_result_type_is_wrapped() -> None:
    with running("Well") as (host, _):
        assert value(host.call("dots_per_line", timeout_s=20)) == 576


def test_progress_comes_before_the_result_and_personal_data_stays_out_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with running("Well") as (host, watcher):
        document = value(host.call("read_card", timeout_s=20))
        assert isinstance(document, IdDocument)
        assert document.number not in caplog.text
        assert document.name not in caplog.text
        assert watcher.events == [("card_found", {"slot": 1})]


def test_calls_queue_and_keep_their_order() -> None:
    with running("Well") as (host, _):
        futures = [host.call("echo", n, timeout_s=25) for n in range(20)]
        assert [value(f)[0] for f in futures] == list(range(20))


def test_the_child_is_set_up_as_promised() -> None:
    with running("Well") as (host, _):
        facts = value(host.call("facts", timeout_s=20))
        assert facts["sigint_ignored"]
        assert facts["group"]
        assert not facts["leads_session"]
        assert facts["main_thread"]
        others = [fd for fd in facts["fds"] if fd != "/dev/null" and "/proc/" not in fd]
        assert sorted(fd.partition(":")[0] for fd in others) == [
            "/memfd",
            "/memfd",
            "socket",
        ], others


@pytest.mark.parametrize("operation", ["unpicklable", "foreign_type", "huge"])
def test_a_result_that_cannot_be_sent_is_a_protocol_failure(operation: str) -> None:
    with running("Well") as (host, _):
        assert code(host.call(operation, timeout_s=20)) == "device.protocol"
        assert value(host.call("dots_per_line", timeout_s=20)) == 576


def test_data_classes_of_the_adapters_own_package_pass() -> None:
    with running("Well") as (host, _):
        assert value(host.call("own", timeout_s=20)) == Own(7)


def test_large_arguments_and_results_pass_whole() -> None:
    data = os.urandom(1024) * 5000
    with running("Well") as (host, _):
        assert value(host.call("large", data, timeout_s=25)) == data[::-1]


def test_arguments_too_large_or_not_to_be_sent() -> None:
    with running("Well") as (host, _):
        assert code(host.call("large", bytes(40_000_000), timeout_s=20)) == "device.protocol"
        with pytest.raises(TypeError, match="arguments of echo"):
            host.call("echo", threading.Lock(), timeout_s=1)


def test_events_that_cannot_be_sent_are_dropped() -> None:
    with running("Well") as (host, watcher):
        value(host.call("emit_badly", timeout_s=20))
        assert [event for event, _ in watcher.events] == ["good"]


@pytest.mark.parametrize("operation", ["no_such", "open", "_private", "context"])
def test_only_public_operations_can_be_called(operation: str) -> None:
    with running("Well") as (host, _):
        assert code(host.call(operation, timeout_s=20)) == "device.misconfigured"


def test_an_exception_becomes_a_failure_without_its_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with running("Well") as (host, _):
        assert code(host.call("raise_oserror", timeout_s=20)) == "device.offline"
        failed = outcome(host.call("raise_error", "440599", timeout_s=20))
        assert "device.protocol" in repr(failed)
        assert "440599" not in repr(failed)
        assert "raise_error raised: ValueError at host_adapters.py" in caplog.text
        assert "440599" not in caplog.text


@pytest.mark.parametrize(
    ("failure", "fresh"),
    [
        ("idcard.none", False),
        ("device.timeout", False),
        ("device.cancelled", False),
        ("device.gone", True),
        ("device.protocol", True),
    ],
)
def test_which_failures_cost_the_adapter_its_instance(failure: str, fresh: bool) -> None:
    with running("Well") as (host, _):
        before = value(host.call("echo", 0, timeout_s=20))
        assert code(host.call("fail", failure, timeout_s=20)) == failure
        after = value(host.call("echo", 0, timeout_s=20))
        assert (after[3] != before[3]) == fresh
        assert after[2] == before[2]  # the process stays in any case


def test_an_unknown_code_does_not_reach_the_screens() -> None:
    with running("Well") as (host, _):
        assert code(host.call("fail", "made.up", timeout_s=20)) == "device.protocol"


def test_cancel_reaches_a_running_operation_and_ends_the_row() -> None:
    with running("Well") as (host, watcher):
        first = host.call("wait_cancelled", timeout_s=25)
        watcher.until_event("waiting")
        row = [host.call("echo", n, timeout_s=25) for n in range(3)]
        host.cancel()
        assert [code(f) for f in [first, *row]] == ["device.cancelled"] * 4
        assert value(host.call("echo", 9, timeout_s=20))[0] == 9


def test_a_call_whose_turn_does_not_come_in_time() -> None:
    with running("Well") as (host, watcher):
        first = host.call("wait_cancelled", timeout_s=25)
        watcher.until_event("waiting")
        assert code(host.call("echo", 1, timeout_s=0.05)) == "device.timeout"
        assert not first.done()
        host.cancel()
        outcome(first)


def test_a_host_not_started_or_stopped_answers_at_once() -> None:
    host = DeviceHost(HostSpec("a", "camera", "host_adapters:Well"), policy=QUICK)
    assert code(host.call("echo", 1, timeout_s=20)) == "device.offline"
    host.start()
    assert value(host.call("dots_per_line", timeout_s=20)) == 576
    host.stop()
    assert code(host.call("echo", 1, timeout_s=20)) == "device.offline"
    assert host.pid is None
    host.start()
    assert value(host.call("dots_per_line", timeout_s=20)) == 576
    host.stop()
