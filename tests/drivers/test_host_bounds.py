"""What a device host may cost: memory, start-up, processes; and how restarts are spread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from host_bench import QUICK, Watcher, child_pids, code, running, value
from hypothesis import given
from hypothesis import strategies as st

from drivers.host import DeviceRack, HostPolicy, HostSpec, HostState
from drivers.host.crashes import CrashRecord

TIGHT = replace(QUICK, memory_limit=96 << 20)


@pytest.mark.logs(r"reader: device\.outgrown")
def test_a_host_that_grows_is_restarted_and_its_call_ends() -> None:
    before = child_pids()
    with running("Leaks", TIGHT) as (host, watcher):
        first_pid = value(host.call("echo", 0, timeout_s=20))[2]
        waiting = host.call("leak", timeout_s=25), host.call("echo", 1, timeout_s=25)
        assert code(waiting[0]) == "device.outgrown"
        watcher.until_failure(None)
        assert value(waiting[1])[2] != first_pid
        assert [s.failure for s in watcher.statuses] == [None, "device.outgrown", None]
        assert "at most 96 are allowed" in watcher.statuses[1].detail
    assert child_pids() == before


@pytest.mark.logs(r"burst raised: MemoryError")
def test_one_allocation_beyond_all_measure_fails_alone() -> None:
    with running("Leaks", TIGHT) as (host, _):
        pid = value(host.call("echo", 0, timeout_s=20))[2]
        assert code(host.call("burst", 1 << 33, timeout_s=20)) == "device.outgrown"
        assert value(host.call("burst", 1 << 20, timeout_s=20)) == 1 << 20
        assert value(host.call("echo", 0, timeout_s=20))[2] == pid


@pytest.mark.logs(r"reader: device\.outgrown")
def test_a_host_that_keeps_growing_ends_in_quarantine() -> None:
    policy = replace(TIGHT, quarantine_after=2)
    with running("Leaks", policy) as (host, watcher):
        for _ in range(2):
            assert code(host.call("leak", timeout_s=25)) == "device.outgrown"
        watcher.until_failure("device.quarantined")
        assert host.state is HostState.QUARANTINED
        assert watcher.statuses[-1].detail == "last: device.outgrown"


def test_hosts_start_side_by_side(tmp_path: Path) -> None:
    names = [f"device{n}" for n in range(4)]
    options = {"folder": str(tmp_path), "count": len(names)}
    watcher = Watcher()
    specs = [HostSpec(n, "scanner", "host_adapters:MeetsTheOthers", options) for n in names]
    rack = DeviceRack(specs, on_status=watcher.on_status, policy=QUICK)
    rack.start()
    watcher.until(lambda: len(watcher.statuses) >= len(names))
    assert {status.failure for status in rack.statuses().values()} == {None}
    rack.stop()


@given(st.integers(1, 7), st.integers(0, 10_000))
def test_restarts_are_spread_and_bounded(crashes: int, at: int) -> None:
    policy = HostPolicy(quarantine_after=8)
    record = CrashRecord(policy)
    for n in range(crashes):
        pause = record.crashed(at + n * 0.1, None)
        longest = min(policy.backoff_max_s, policy.backoff_first_s * 2**n)
        assert pause is not None
        assert longest / 2 <= pause <= longest


def test_devices_felled_together_do_not_come_back_together() -> None:
    pauses = {CrashRecord(HostPolicy()).crashed(0.0, None) for _ in range(20)}
    assert len(pauses) > 1
