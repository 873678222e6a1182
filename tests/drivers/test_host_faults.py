"""Crashes, hangs, unplugging, quarantine, and the end of it all, with real child processes."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from host_bench import PATIENCE_S, QUICK, child_pids, code, outcome, running, until_ended, value

from drivers.host import DeviceHost, DeviceRack, HostSpec, HostState
from drivers.host.process import ChildProcess
from drivers.results import Failure

pytestmark = pytest.mark.logs(
    r"drivers\.host\.supervisor \w+: device\.(host_crashed|hung)",
    r"drivers\.host\.runner \w+: the adapter cannot be made",
)

HERE = Path(__file__).parent


@pytest.mark.parametrize("operation", ["exit_now", "segfault"])
def test_a_crash_ends_the_operation_and_the_host_comes_back(operation: str) -> None:
    with running("Well") as (host, watcher):
        first_pid = value(host.call("echo", 0, timeout_s=20))[2]
        assert code(host.call(operation, timeout_s=20)) == "device.host_crashed"
        assert value(host.call("echo", 1, timeout_s=20))[2] != first_pid
        watcher.until_failure(None)
        assert [s.failure for s in watcher.statuses] == [None, "device.host_crashed", None]


def test_killed_from_outside_during_an_operation() -> None:
    with running("Well") as (host, watcher):
        running_call = host.call("wait_cancelled", timeout_s=25)
        waiting = host.call("echo", 5, timeout_s=25)
        watcher.until_event("waiting")
        assert host.pid is not None
        os.kill(host.pid, signal.SIGKILL)
        assert code(running_call) == "device.host_crashed"
        assert value(waiting)[0] == 5
        assert host.state is HostState.READY


def test_a_hang_that_holds_the_interpreter_lock(caplog: pytest.LogCaptureFixture) -> None:
    with running("Well", replace(QUICK, hang_s=0.6)) as (host, _):
        assert code(host.call("hold_gil", timeout_s=25)) == "device.hung"
        assert "in hold_gil" in caplog.text  # the fault handler noted where it hung
        assert value(host.call("echo", 1, timeout_s=20))[0] == 1


def test_an_operation_that_ignores_its_time_limit() -> None:
    with running("Well") as (host, _):
        value(host.call("dots_per_line", timeout_s=20))
        assert code(host.call("ignore_timeout", timeout_s=0.2)) == "device.hung"
        assert value(host.call("echo", 1, timeout_s=20))[0] == 1


def test_a_stopped_process_is_hung() -> None:
    with running("Well", replace(QUICK, hang_s=0.6)) as (host, _):
        value(host.call("echo", 0, timeout_s=20))
        assert host.pid is not None
        os.kill(host.pid, signal.SIGSTOP)
        assert value(host.call("echo", 1, timeout_s=20))[0] == 1


@pytest.mark.parametrize("adapter", ["HangsInOpen", "HangsInStatus"])
def test_a_hang_outside_any_operation(adapter: str, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.touch()
    with running(
        adapter, replace(QUICK, start_limit_s=1.5, upkeep_limit_s=0.6), path=str(trap)
    ) as (host, watcher):
        watcher.until_failure("device.hung")
        assert value(host.call("echo", 1, timeout_s=20))[0] == 1


def test_unplugged_and_plugged_in_again(tmp_path: Path) -> None:
    port = tmp_path / "port"
    with running("Well", path=str(port)) as (host, watcher):
        assert code(host.call("echo", 0, timeout_s=20)) == "device.gone"
        watcher.until_failure("device.gone")
        first_pid = host.pid
        port.write_text("paper", "ascii")
        watcher.until_failure(None)
        assert value(host.call("echo", 1, timeout_s=20))[0] == 1
        port.unlink()
        watcher.until_failure("device.gone")
        port.write_text("paper", "ascii")
        watcher.until_failure(None)
        assert host.pid == first_pid


def test_status_is_pushed_once_per_change(tmp_path: Path) -> None:
    port = tmp_path / "port"
    port.write_text("paper", "ascii")
    with running("Well", replace(QUICK, status_poll_s=0.01), path=str(port)) as (host, watcher):
        for n in range(30):  # the wording of detail changes with every question
            value(host.call("echo", n, timeout_s=20))
        port.write_text("out", "ascii")
        watcher.until(lambda: len(watcher.statuses) >= 2)
        for n in range(30):
            value(host.call("echo", n, timeout_s=20))
        assert [s.paper for s in watcher.statuses] == ["full", "out"]
        assert not host.status.usable


def test_quarantine_and_reset(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.touch()
    policy = replace(QUICK, quarantine_after=3)
    with running("CrashesOnOpen", policy, path=str(trap)) as (host, watcher):
        watcher.until_failure("device.quarantined")
        assert host.state is HostState.QUARANTINED
        assert host.pid is None
        assert code(host.call("echo", 0, timeout_s=20)) == "device.quarantined"
        trap.unlink()
        host.reset()
        watcher.until_failure(None)
        assert value(host.call("echo", 1, timeout_s=20))[0] == 1


def test_quarantine_gives_one_more_chance(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.touch()
    policy = replace(QUICK, quarantine_after=2, quarantine_retry_s=0.05)
    with running("CrashesOnOpen", policy, path=str(trap)) as (host, watcher):
        watcher.until_failure("device.quarantined")
        trap.unlink()
        watcher.until_failure(None)
        assert value(host.call("echo", 1, timeout_s=20))[0] == 1
        assert host.state is HostState.READY


@pytest.mark.parametrize(
    "adapter", ["RefusesOptions", "Missing", "nowhere.at.all:X", "sdt-seriel:"]
)
def test_an_adapter_that_cannot_be_made(adapter: str) -> None:
    with running(adapter) as (host, watcher):
        assert code(host.call("echo", 0, timeout_s=20)) == "device.misconfigured"
        watcher.until_failure("device.misconfigured")


def test_an_unknown_name_costs_no_process(caplog: pytest.LogCaptureFixture) -> None:
    host = DeviceHost(HostSpec("a", "id_card_reader", "sdt-seriel"), policy=QUICK)
    host.start()
    assert code(host.call("echo", 0, timeout_s=20)) == "device.misconfigured"
    assert host.pid is None
    assert "sdt-serial" in caplog.text
    host.stop()


def test_a_callback_that_raises_disturbs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("callback")

    spec = HostSpec("a", "camera", "host_adapters:Well")
    host = DeviceHost(spec, on_status=broken, on_event=broken, policy=QUICK)
    host.start()
    value(host.call("read_card", timeout_s=20))
    assert value(host.call("echo", 1, timeout_s=20))[0] == 1
    host.stop()
    assert "on_event raised" in caplog.text


def test_stop_closes_the_device_cancels_calls_and_leaves_no_process(tmp_path: Path) -> None:
    before = child_pids()
    note = tmp_path / "note"
    with running("Well", close_note=str(note)) as (host, watcher):
        running_call = host.call("wait_cancelled", timeout_s=25)
        waiting = host.call("echo", 0, timeout_s=25)
        watcher.until_event("waiting")
        assert child_pids() > before
    assert code(running_call) == "device.cancelled"
    assert code(waiting) == "device.cancelled"
    assert note.read_text("ascii") == "closed"
    assert child_pids() == before


def test_stop_kills_what_does_not_listen() -> None:
    before = child_pids()
    with running("Well") as (host, watcher):
        call = host.call("ignore_timeout", timeout_s=25)
        watcher.until_event("entered")
        host.stop(timeout_s=0.1)
        assert isinstance(outcome(call), Failure)
        assert code(call) == "device.cancelled"
    assert child_pids() == before


def test_a_child_slow_to_die_is_taken_leave_of_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def signalled(child: ChildProcess) -> None:
        pidfd_of_child.append(os.dup(child.pidfd))
        dropped.append(weakref.ref(child))

    # The kernel has not got round to it when the host looks: as on a machine under load.
    pidfd_of_child: list[int] = []
    dropped: list[weakref.ref[ChildProcess]] = []
    monkeypatch.setattr(ChildProcess, "kill", signalled)
    before = child_pids()
    with running("Well") as (host, watcher):
        call = host.call("ignore_timeout", timeout_s=25)
        watcher.until_event("entered")
        host.stop(timeout_s=0.1)
        assert code(call) == "device.cancelled"
        # Its supervisor's thread has ended, which kills it.
        until_ended(pidfd_of_child[0])
        for reaper in [one for one in threading.enumerate() if one.name.startswith("reaper-")]:
            reaper.join(PATIENCE_S)
    assert child_pids() == before
    gc.collect()
    assert dropped[0]() is None


def test_hosts_of_a_rack_stand_side_by_side() -> None:
    before = child_pids()
    specs = [HostSpec(n, "receipt_printer", "host_adapters:Well") for n in ("one", "two")]
    rack = DeviceRack(specs, policy=QUICK)
    rack.start()
    busy = rack["one"].call("wait_cancelled", timeout_s=25)
    pids = {value(rack["two"].call("echo", 1, timeout_s=20))[2]}
    assert code(rack["two"].call("exit_now", timeout_s=20)) == "device.host_crashed"
    pids.add(value(rack["two"].call("echo", 1, timeout_s=20))[2])
    assert not busy.done()
    assert rack["one"].pid not in pids
    assert set(rack.statuses()) == {"one", "two"}
    assert [host.name for host in rack.of_port("receipt_printer")] == ["one", "two"]
    rack.stop()
    assert code(busy) == "device.cancelled"
    assert child_pids() == before
    with pytest.raises(ValueError, match="one"):
        DeviceRack([specs[0], specs[0]])


PARENT = """
import json, sys
sys.path[:0] = json.loads(sys.argv[1])
from drivers.host import DeviceRack, HostSpec
specs = [HostSpec(n, "camera", "host_adapters:Well") for n in ("idle", "busy", "stuck")]
rack = DeviceRack(specs)
rack.start()
for host in rack.hosts:
    host.call("dots_per_line", timeout_s=20).result()
rack["busy"].call("wait_cancelled", timeout_s=60)
rack["stuck"].call("hold_gil", timeout_s=60)
print(json.dumps([host.pid for host in rack.hosts]), flush=True)
{end}
"""


@pytest.mark.parametrize("end", ["sys.stdin.read()", "pass"])
def test_no_child_outlives_the_terminal(end: str) -> None:
    """Killed by SIGKILL while one child holds its interpreter lock; or simply without stop()."""
    paths = json.dumps([str(HERE), str(HERE.parent.parent)])
    script = PARENT.replace("{end}", end if end == "pass" else f"print(flush=True); {end}")
    with subprocess.Popen(
        [sys.executable, "-c", script, paths], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        pids = json.loads(parent.stdout.readline())
        assert len(set(pids)) == 3
        pidfds = [fd for pid in pids if (fd := pidfd_of(pid)) is not None]
        if end != "pass":
            assert len(pidfds) == 3
            parent.kill()
        for pidfd in pidfds:
            until_ended(pidfd)


def pidfd_of(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None
