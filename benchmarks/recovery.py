"""A device's process is killed by SIGKILL: how soon is its call ended, and the device usable again?

Shipped adapters at their simulators, which run in another process. This one is the terminal: it
holds the hosts and, as the screens do, a Qt event loop (offscreen), whose timer of 5 ms measures how
late it comes, at rest and during each recovery. An operation that takes long is killed in the middle;
of one too short for that, the process is stopped first, so that the call lies before it unbegun, and
is done by the next process.

    python benchmarks/recovery.py [--rounds 7] [--quick]
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from far_ends import FarEnds
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from drivers.acceptance.printing import test_document, test_slip
from drivers.camera import FrameReader
from drivers.host import DeviceHost, HostSpec
from drivers.ports import Light, LightState
from drivers.results import Failure, Ok
from drivers.status import DeviceStatus

GOAL_MS = 2000
BEAT_MS = 5
IDLE_S = 1.0
INTO_THE_OPERATION_S = 0.2
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Case:
    """``long``: what is killed in the middle, None if every operation is short. ``work``: what is
    asked for next. ``before``, ``show``: acts at the simulator before the first, and for the second
    (at the event ``when``, if that is named)."""

    adapter: str
    work: tuple[Any, ...]
    long: tuple[Any, ...] | None = None
    before: str = ""
    show: str = ""
    when: str = ""


SLIP = test_slip(576, 200)
CASES = (
    Case("sdt-serial", ("read_card",), ("read_card",), before="no_card", show="lay_card"),
    Case(
        "pcsc-smart-card",
        ("read_social_card",),
        ("read_social_card",),
        before="no_card",
        show="social_card",
    ),
    Case("escpos-tcp", ("print_receipt", SLIP), ("print_receipt", test_slip(576, 2400))),
    Case(
        "ipp",
        ("print_document", test_document(1), "next"),
        ("print_document", test_document(2), "killed"),
    ),
    Case("opencv-camera", ("start",)),
    Case(
        "serial-scanner",
        ("scan",),
        ("scan",),
        before="no_code",
        show="show_code",
        when="scan_ready",
    ),
    Case("serial-panel", ("show", Light.CARD, LightState.ON)),
    Case("nut", ("power",)),
)


class Heart:
    """The GUI thread's timer: when it beat, and how late."""

    def __init__(self) -> None:
        self._beats: list[tuple[float, float]] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._beats.append((now, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def late_ms(self, since: float) -> float:
        """The most that a beat came late since then, in milliseconds."""
        return max((late for at, late in self._beats[:] if at >= since), default=0.0)


@dataclass
class Times:
    """Milliseconds of all rounds, from the kill; ``late`` and ``idle_late`` are the Qt loop's."""

    ended: list[float] = field(default_factory=list)
    usable: list[float] = field(default_factory=list)
    done: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    idle_late: list[float] = field(default_factory=list)
    as_what: set[str] = field(default_factory=set)


class Killed:
    """One device, one kill."""

    def __init__(self, case: Case, ends: FarEnds) -> None:
        self._case, self._ends = case, ends
        port, options = ends.found[case.adapter]
        self._usable = threading.Event()
        self._usable_at = 0.0
        spec = HostSpec(case.adapter, port, case.adapter, options)
        self._host = DeviceHost(spec, on_status=self._told, on_event=self._happened)
        self._armed = False

    def _told(self, name: str, status: DeviceStatus) -> None:
        if not status.usable:
            self._usable.clear()
        elif not self._usable.is_set():
            self._usable_at = time.perf_counter()
            self._usable.set()

    def _happened(self, name: str, event: str, data: Mapping[str, Any]) -> None:
        if self._armed and event == self._case.when:
            self._armed = False
            threading.Thread(target=self._show).start()

    def _show(self) -> None:
        self._ends.act(self._case.adapter, self._case.show)

    def measure(self, heart: Heart, times: Times) -> None:
        """Start, kill in the midst of a call, and work again."""
        if self._case.before:
            self._ends.act(self._case.adapter, self._case.before)
        self._host.start()
        try:
            self._wait_usable("it did not start")
            rest = time.perf_counter()
            threading.Event().wait(IDLE_S)
            times.idle_late.append(heart.late_ms(rest))
            self._kill(heart, times)
        finally:
            self._host.stop()

    def _kill(self, heart: Heart, times: Times) -> None:
        pid = self._host.pid
        assert pid is not None
        ended_at: list[float] = []
        if self._case.long is None:
            os.kill(pid, signal.SIGSTOP)
        call = self._call(self._case.long or self._case.work)
        call.add_done_callback(lambda _: ended_at.append(time.perf_counter()))
        threading.Event().wait(INTO_THE_OPERATION_S)
        if call.done():
            raise SystemExit(f"{self._case.adapter}: over before it was killed: {call.result()}")
        killed = time.perf_counter()
        os.kill(pid, signal.SIGKILL)
        result = call.result(PATIENCE_S)
        times.as_what.add(result.code if isinstance(result, Failure) else "done by the next")
        self._work_again()
        done = time.perf_counter()
        self._wait_usable("it did not come back")
        times.ended.append((ended_at[0] - killed) * 1000)
        times.usable.append((self._usable_at - killed) * 1000)
        times.done.append((done - killed) * 1000)
        times.late.append(heart.late_ms(killed))

    def _call(self, operation: tuple[Any, ...]) -> Future[Any]:
        name, *arguments = operation
        return self._host.call(name, *arguments, timeout_s=PATIENCE_S)

    def _work_again(self) -> None:
        self._armed = bool(self._case.when)
        if self._case.show and not self._case.when:
            self._show()
        result = self._call(self._case.work).result(PATIENCE_S)
        if not isinstance(result, Ok):
            raise SystemExit(f"{self._case.adapter}: not done after the kill: {result}")
        if self._case.work[0] == "start":
            with FrameReader(result.value) as frames:
                pause = threading.Event()
                while frames.latest() is None:
                    pause.wait(0.002)

    def _wait_usable(self, otherwise: str) -> None:
        if not self._usable.wait(PATIENCE_S):
            raise SystemExit(f"{self._case.adapter}: {otherwise}: {self._host.status}")


def measure_all(heart: Heart, rounds: int) -> dict[str, Times]:
    """Rounds through all devices, the first to warm up."""
    times: dict[str, Times] = {}
    with FarEnds(tuple(case.adapter for case in CASES)) as ends:
        for number in range(rounds + 1):
            if number < 2:
                times = {case.adapter: Times() for case in CASES}
            for case in CASES:
                Killed(case, ends).measure(heart, times[case.adapter])
    return times


def show(times: Mapping[str, Times], rounds: int) -> None:
    """The table."""

    def column(values: list[float]) -> str:
        return f"{min(values):6.0f}{statistics.median(values):6.0f}{max(values):6.0f}"

    print(
        f"{rounds} kills of each; ms from the kill: least, median, most; goal: usable <= {GOAL_MS}"
    )
    print(
        f"{'':16} {'call ended':>18} {'usable again':>18} {'next work done':>18} "
        f"{'Qt late':>8} {'at rest':>8}  the call in flight"
    )
    for name, found in times.items():
        print(
            f"{name:16} {column(found.ended)} {column(found.usable)} {column(found.done)} "
            f"{max(found.late):8.1f} {max(found.idle_late):8.1f}  {', '.join(found.as_what)}"
        )


def in_background(work: Callable[[], None]) -> None:
    """Run the Qt loop here and ``work`` beside it; raises what that raised."""
    app = QCoreApplication.instance()
    assert app is not None
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # to be raised in the main thread
            failed.append(error)
        app.exit()

    thread = threading.Thread(target=run)
    thread.start()
    app.exec()
    thread.join()
    if failed:
        raise failed[0]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="two rounds")
    arguments = parser.parse_args()
    rounds = 2 if arguments.quick else arguments.rounds
    logging.getLogger("drivers").setLevel(logging.CRITICAL)  # each kill would be logged
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = QGuiApplication([])
    heart = Heart()
    in_background(lambda: show(measure_all(heart, rounds), rounds))
    del qt


if __name__ == "__main__":
    main()
