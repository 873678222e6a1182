"""What a device host costs beyond its vendor library: eight shipped adapters at their simulators.

The floor are bare interpreters that import the same vendor libraries and do nothing. Hosts and
floor take turns: all eight at once, and one by one. The processor time that a start takes is shown
beside the time it lasts, since only the former is the same on a busy machine. Private memory is from
``smaps_rollup``; a host forbids others to look into it, so that figure needs root.

    python benchmarks/hosts.py [--rounds 7] [--idle-s 10] [--quick]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from drivers.acceptance import running_rig
from drivers.acceptance.guide import Rig
from drivers.host import DeviceHost, HostSpec
from drivers.status import DeviceState, DeviceStatus

VENDOR: Mapping[str, tuple[str, ...]] = {
    "sdt-serial": ("serial",),
    "escpos-tcp": (),
    "ipp": (),
    "opencv-camera": ("numpy", "cv2"),
    "serial-scanner": ("serial",),
    "camera-scanner": ("numpy", "cv2", "zxingcpp"),
    "serial-panel": ("serial",),
    "nut": (),
}
"""What is not ours to make smaller, by adapter."""

_READY_S = 30.0


@dataclass(frozen=True)
class Memory:
    """Megabytes: private to the process, and its share of everything."""

    private: float
    share: float


@dataclass
class Cost:
    """Of one adapter or its floor."""

    alone_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    together_ms: list[float] = field(default_factory=list)
    memory: Memory = Memory(0.0, 0.0)


def memory(pid: int) -> Memory:
    """Of a process now."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    private = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return Memory(private / 1000, kilobytes["Pss"] / 1000)


def cpu_s(pid: int) -> float:
    """Seconds of processor that all threads of a process have used."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


class Bare:
    """An interpreter with the vendor's libraries."""

    def __init__(self, adapter: str) -> None:
        imports = "".join(f"import {name}; " for name in VENDOR[adapter])
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"{imports}print(flush=True); input()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def ready_ms(self) -> float:
        """Wait until everything is imported; milliseconds since the start."""
        assert self._process.stdout is not None
        if self._process.stdout.readline() != b"\n":
            raise SystemExit("a bare interpreter failed")
        return (time.perf_counter() - self._started) * 1000

    def end(self) -> None:
        """Let it go."""
        self._process.communicate(b"\n")


class Hosted:
    """A device host at a simulator that is running already."""

    def __init__(self, adapter: str, rig: Rig) -> None:
        self._online = threading.Event()
        self._at = 0.0
        spec = HostSpec(adapter, rig.port, adapter, rig.options())
        self._host = DeviceHost(spec, on_status=self._told)
        self._started = time.perf_counter()
        self._host.start()

    def _told(self, name: str, status: DeviceStatus) -> None:
        if status.device is DeviceState.ONLINE and not self._online.is_set():
            self._at = time.perf_counter()
            self._online.set()

    @property
    def pid(self) -> int:
        """The child process."""
        assert self._host.pid is not None
        return self._host.pid

    def ready_ms(self) -> float:
        """Wait until the device was opened and found online; milliseconds since the start."""
        if not self._online.wait(_READY_S):
            raise SystemExit(f"{self._host.name} is {self._host.status}")
        return (self._at - self._started) * 1000

    def end(self) -> None:
        """Stop it."""
        self._host.stop()


def one_by_one(rigs: Mapping[str, Rig], ours: dict[str, Cost], floor: dict[str, Cost]) -> None:
    """One start of each, nothing else running."""
    for adapter, rig in rigs.items():
        for run, cost in (Bare(adapter), floor[adapter]), (Hosted(adapter, rig), ours[adapter]):
            cost.alone_ms.append(run.ready_ms())
            cost.cpu_ms.append(cpu_s(run.pid) * 1000)
            run.end()


def together(rigs: Mapping[str, Rig], ours: dict[str, Cost], floor: dict[str, Cost]) -> None:
    """All bare interpreters at once, then all hosts at once."""
    for costs, runs in (
        (floor, {name: Bare(name) for name in rigs}),
        (ours, {name: Hosted(name, rig) for name, rig in rigs.items()}),
    ):
        for name, run in runs.items():
            costs[name].together_ms.append(run.ready_ms())
        for name, run in runs.items():
            costs[name].memory = memory(run.pid)
            run.end()


def idle(rigs: Mapping[str, Rig], seconds: float) -> tuple[float, dict[str, float]]:
    """Processor per second, in milliseconds: of this process, and of each child.

    This process is the terminal *and* all simulators, so its figure is an upper limit.
    """
    runs = {name: Hosted(name, rig) for name, rig in rigs.items()}
    for run in runs.values():
        run.ready_ms()
    settled = threading.Event()
    settled.wait(2.0)
    before = {name: cpu_s(run.pid) for name, run in runs.items()}
    own, start = time.process_time(), time.perf_counter()
    settled.wait(seconds)
    elapsed = time.perf_counter() - start
    own = (time.process_time() - own) * 1000 / elapsed
    children = {
        name: (cpu_s(run.pid) - before[name]) * 1000 / elapsed for name, run in runs.items()
    }
    for run in runs.values():
        run.end()
    return own, children


def show(ours: dict[str, Cost], floor: dict[str, Cost], children: Mapping[str, float]) -> None:
    """The table by adapter."""
    print(
        f"{'':16} {'--- ready alone, ms ---':>26} {'- processor of it, ms -':>26} "
        f"{'--- private, MB ---':>26} "
        f"{'PSS':>6} {'idle CPU':>9}"
    )
    columns = ("bare", "host", "beyond")
    print(f"{'':16} " + " ".join(f"{name:>8}" for name in columns * 3) + f" {'MB':>6} {'ms/s':>9}")
    for name, cost in ours.items():
        bare_ms = statistics.median(floor[name].alone_ms)
        host_ms = statistics.median(cost.alone_ms)
        bare_cpu = statistics.median(floor[name].cpu_ms)
        host_cpu = statistics.median(cost.cpu_ms)
        bare_mb, host_mb = floor[name].memory.private, cost.memory.private
        print(
            f"{name:16} {bare_ms:8.0f} {host_ms:8.0f} {host_ms - bare_ms:8.0f} "
            f"{bare_cpu:8.0f} {host_cpu:8.0f} {host_cpu - bare_cpu:8.0f} "
            f"{bare_mb:8.1f} {host_mb:8.1f} {host_mb - bare_mb:8.1f} "
            f"{cost.memory.share:6.1f} {children[name]:9.1f}"
        )


def all_ready(costs: dict[str, Cost]) -> float:
    """Median over the rounds of the time until the last of all was ready."""
    rounds = zip(*(cost.together_ms for cost in costs.values()), strict=True)
    return statistics.median(max(times) for times in rounds)


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--idle-s", type=float, default=10.0)
    parser.add_argument("--quick", action="store_true", help="two rounds, idle for three seconds")
    arguments = parser.parse_args()
    rounds, idle_s = (2, 3.0) if arguments.quick else (arguments.rounds, arguments.idle_s)
    ours, floor = ({name: Cost() for name in VENDOR} for _ in range(2))
    with ExitStack() as stack:
        rigs = {name: stack.enter_context(running_rig(name)) for name in VENDOR}
        for number in range(rounds + 1):
            one_by_one(rigs, ours, floor)
            together(rigs, ours, floor)
            if number == 0:  # the first round warms up
                ours, floor = ({name: Cost() for name in VENDOR} for _ in range(2))
        own, children = idle(rigs, idle_s)
    print(
        f"{rounds} rounds, {len(VENDOR)} devices; goals: beyond the vendor's library < 150 ms, < 30 MB"
    )
    show(ours, floor, children)
    bare_ms, host_ms = all_ready(floor), all_ready(ours)
    print(
        f"all at once, ms: bare {bare_ms:.0f}, hosts {host_ms:.0f}, beyond {host_ms - bare_ms:.0f}"
    )
    print(f"terminal and simulators, idle: {own:.1f} ms of processor a second")


if __name__ == "__main__":
    main()
