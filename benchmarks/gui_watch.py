"""A watch on the GUI thread: every gap between two turns of its event loop, and what was in it.

A timer beats every 5 ms. The interpreter's own watchdog thread (``faulthandler``), which needs no
lock of the interpreter, writes down all stacks once no beat came for longer than is allowed. Three
witnesses tell the machine's gaps from ours: the kernel's account of how long the GUI thread stood
ready without getting a processor (``/proc/…/schedstat``), a sibling process that sleeps and looks at
the clock, and the watchdog itself: where it wrote nothing, it got no processor either. What the larger of
the first two leaves over is ours; without stacks, what the thread computed.

Apart from the gaps it counts what the thread computed from beat to beat, in time of the processor: of
use where the machine is too busy for a gap to mean anything.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import re
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

BEAT_MS = 5
ALLOWED_MS = 50.0
_NOTED_MS = 15.0
"""Shorter latenesses of the sibling are not worth a note."""


@dataclass(frozen=True)
class Gap:
    """From one beat to the next, seconds of the monotonic clock. ``waited_s``: the thread was ready and
    had no processor; ``cpu_s``: it computed; ``all_s``: all threads of the process did, those that held the
    interpreter's lock among them. ``stacks``: of all threads, 50 ms after the last beat."""

    begin: float
    end: float
    cpu_s: float
    all_s: float
    waited_s: float
    stacks: str


@dataclass(frozen=True)
class Judged:
    """A gap, and what of it the machine took."""

    gap: Gap
    machine_ms: float

    @property
    def ms(self) -> float:
        return (self.gap.end - self.gap.begin) * 1000

    @property
    def ours_ms(self) -> float:
        return max(0.0, self.ms - self.machine_ms) if self.gap.stacks else 1000 * self.gap.cpu_s


class GuiWatch:
    """Made and used on the GUI thread, with a running event loop from :meth:`start` to :meth:`stop`."""

    def __init__(self) -> None:
        self._dump, name = tempfile.mkstemp()
        os.unlink(name)
        self._schedstat = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self.beats: list[float] = []
        self._gaps: list[Gap] = []
        self._last = self._cpu = self._all = self._waited = 0.0
        self.computed: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._sibling = context.Process(target=sibling, args=(theirs,), daemon=True)
        self._sibling.start()

    def start(self) -> None:
        self._pipe.recv()  # it looks at the clock by now
        self._last, (self._cpu, self._waited) = time.monotonic(), self._account()
        self._all = time.process_time()
        self._arm()
        self._timer.start()

    def _account(self) -> tuple[float, float]:
        computed, waited, _turns = self._schedstat.read_text().split()
        return int(computed) / 1e9, int(waited) / 1e9

    def _arm(self) -> None:
        faulthandler.dump_traceback_later(ALLOWED_MS / 1000, file=self._dump)

    def _beat(self) -> None:
        if not self._timer.isActive():  # one was on its way when the loop ended
            return
        now = time.monotonic()
        gap = now - self._last
        (cpu, waited), every = self._account(), time.process_time()
        self.beats.append(gap)
        self.computed.append(cpu - self._cpu)
        if gap * 1000 > ALLOWED_MS:
            shares = cpu - self._cpu, every - self._all, waited - self._waited
            self._gaps.append(Gap(self._last, now, *shares, self._stacks()))
        self._last, self._cpu, self._all, self._waited = now, cpu, every, waited
        self._arm()

    def _stacks(self) -> str:
        faulthandler.cancel_dump_traceback_later()
        end = os.lseek(self._dump, 0, os.SEEK_CUR)
        text = os.pread(self._dump, end, 0).decode("utf-8", "replace")
        os.ftruncate(self._dump, 0)
        os.lseek(self._dump, 0, os.SEEK_SET)
        return text

    def halt(self) -> None:
        """The event loop ends: no beat is due any more."""
        self._timer.stop()
        faulthandler.cancel_dump_traceback_later()

    def stop(self) -> list[Judged]:
        """Every gap longer than is allowed, the sibling heard."""
        self.halt()
        self._pipe.send("end")
        late: list[tuple[float, float]] = self._pipe.recv()
        self._sibling.join(5)
        return [Judged(gap, 1000 * max(gap.waited_s, overlap(gap, late))) for gap in self._gaps]


def overlap(gap: Gap, late: list[tuple[float, float]]) -> float:
    """Seconds of the gap in which the sibling, too, should have run and did not."""
    return sum(max(0.0, min(gap.end, to) - max(gap.begin, since)) for since, to in late)


def sibling(pipe: Connection) -> None:
    """Sleep, look at the clock, note each lateness; until told to end."""
    late: list[tuple[float, float]] = []
    pipe.send("ready")
    due = time.monotonic() + BEAT_MS / 1000
    while not pipe.poll(max(0.0, due - time.monotonic())):
        now = time.monotonic()
        if (now - due) * 1000 > _NOTED_MS:
            late.append((due, now))
        due = now + BEAT_MS / 1000
    pipe.send(late)


HEADINGS = ("beats", "p50 ms", "p99.9", "longest", "> 50 ms", "ours > 50", "longest",
            "computed > 50", "most")  # fmt: skip


def heading(title: str) -> str:
    """The first line of the table."""
    return f"{title:38}" + "".join(f"{name:>{max(9, len(name) + 1)}}" for name in HEADINGS)


def row(name: str, watch: GuiWatch, judged: list[Judged]) -> str:
    """One line of the table; the last two columns are time of the processor between two beats."""
    ms = sorted(1000 * beat for beat in watch.beats)
    ours = [one.ours_ms for one in judged]
    computed = [1000 * one for one in watch.computed]
    cells = (
        f"{len(ms)}", f"{statistics.median(ms):.1f}", f"{ms[int(len(ms) * 0.999) - 1]:.1f}",
        f"{ms[-1]:.1f}", f"{len(judged)}", f"{sum(one > ALLOWED_MS for one in ours)}",
        f"{max(ours, default=0.0):.1f}", f"{sum(one > ALLOWED_MS for one in computed)}",
        f"{max(computed):.1f}",
    )  # fmt: skip
    return f"{name:38}" + "".join(
        f"{cell:>{max(9, len(title) + 1)}}" for title, cell in zip(HEADINGS, cells, strict=True)
    )


_THREAD = re.compile(r"^Thread 0x\w+.*?:$|^Current thread 0x\w+.*?:$", re.MULTILINE)


def offenders(judged: list[Judged], depth: int = 6) -> list[str]:
    """Our gaps with the main thread's innermost frames and, if it waited, what else ran Python."""
    told = []
    for one in judged:
        if one.ours_ms <= ALLOWED_MS:
            continue
        parts = _THREAD.split(one.gap.stacks)[1:]
        main = parts[-1] if parts else "(no stack)"  # faulthandler writes the main thread last
        frames = [line.strip() for line in main.strip().splitlines()[:depth]]
        if "gui_watch.py" in frames[0]:
            frames = ["over when it was looked at"]
        told.append(
            f"{one.ms:.0f} ms, {1000 * one.gap.cpu_s:.0f} of them computing (all threads: "
            f"{1000 * one.gap.all_s:.0f}), {one.machine_ms:.0f} the machine's: "
            + " < ".join(frames)
        )
        for part in parts[:-1]:
            inner = part.strip().splitlines()[:3]
            if inner and not any(word in inner[0] for word in ("wait", "select", "poll", "accept")):
                told.append("    beside: " + " < ".join(line.strip() for line in inner))
    return told
