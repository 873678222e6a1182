"""A watch on the GUI thread: every gap between two turns of its event loop, and what was in it.

A timer beats every 5 ms. Where no beat came for longer than is allowed, the kernel's alarm interrupts
the GUI thread, which writes down its own stack there and then (``faulthandler``, which needs no lock of
the interpreter for that). No other thread's stack is read from outside: it changes while it is read,
and that ended the process now and then. What the others do is asked under the interpreter's lock, as
the gap ends.

The time of a gap has three parts, by the kernel's account of the thread (``/proc/…/schedstat``):

- computed: the thread had a processor;
- ready: it could have gone on and got no processor. That is the machine's;
- waited: it slept, for a lock, the interpreter's among them, or for a device, and nothing woke it. Who
  holds the lock needs a processor as well: what the most delayed of our other threads stood ready
  without one was the machine's too, and so was the lateness of a sibling process that only sleeps and
  looks at the clock.

Ours is what it computed, and what it waited less the larger of these two. So a run on a machine that
others load, too, tells whether we stand still; only the time computed gets longer there, as two threads
of one core share it.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import re
import signal
import statistics
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from thread_accounts import ThreadAccounts

BEAT_MS = 5
ALLOWED_MS = 50.0
_NOTED_MS = 15.0
"""Shorter latenesses of the sibling and passes of the collector are not worth a note."""
_WAITING = frozenset(
    ["wait", "select", "poll", "accept", "_worker", "recv", "readinto", "get", "_next", "_read"]
)
"""Functions that a thread with nothing to do stands in."""
_FRAME = re.compile(r'^  File "(.+)", line (\d+) in (.+)$', re.MULTILINE)
_IMPORTING = "<frozen importlib._bootstrap>"


@dataclass(frozen=True)
class Gap:
    """From one beat to the next, seconds of the monotonic clock. ``cpu_s``: the thread computed;
    ``ready_s``: it had no processor; ``all_s``: all threads of the process computed, those that held
    the interpreter's lock among them; ``held_s``: the most delayed of the others had no processor.
    ``stack``: the thread's own, 50 ms after the last beat; ``beside``: what other threads were at as it
    ended; ``collected``: passes of Python's collector in it; ``where``: the moment of a visit."""

    begin: float
    end: float
    cpu_s: float
    all_s: float
    ready_s: float
    held_s: float
    stack: list[str]
    beside: list[str]
    collected: list[str]
    where: str


@dataclass(frozen=True)
class Judged:
    """A gap and the sibling's lateness in it, milliseconds."""

    gap: Gap
    late_ms: float

    @property
    def ms(self) -> float:
        return (self.gap.end - self.gap.begin) * 1000

    @property
    def computed_ms(self) -> float:
        return 1000 * self.gap.cpu_s

    @property
    def ready_ms(self) -> float:
        return 1000 * self.gap.ready_s

    @property
    def waited_ms(self) -> float:
        """Without what the machine took of it."""
        asleep = self.ms - self.computed_ms - self.ready_ms
        return max(0.0, asleep - max(self.late_ms, 1000 * self.gap.held_s))

    @property
    def ours_ms(self) -> float:
        return self.computed_ms + self.waited_ms


class GuiWatch:
    """Made and used on the GUI thread, with a running event loop from :meth:`start` to :meth:`stop`.
    The process's alarm signal is its own. ``where``: tells the moment of a visit."""

    def __init__(self, where: Callable[[], str] = str) -> None:
        self._where, self._started = where, 0.0
        self._dump, name = tempfile.mkstemp()
        os.unlink(name)
        self._thread = threading.get_ident()
        self._accounts = ThreadAccounts()
        self.beats: list[float] = []
        self.computed: list[float] = []
        self._gaps: list[Gap] = []
        self._collected: list[tuple[float, float, int]] = []
        self._collecting = 0.0
        self._last = self._cpu = self._all = self._ready = 0.0
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
        faulthandler.register(signal.SIGALRM, file=self._dump, all_threads=False)
        gc.callbacks.append(self._note_pass)
        self._started = time.monotonic()
        self._begin()
        self._timer.start()

    def _begin(self) -> None:
        self._last, (self._cpu, self._ready) = time.monotonic(), self._accounts.own()
        self._all = time.process_time()
        self._collected.clear()
        signal.setitimer(signal.ITIMER_REAL, ALLOWED_MS / 1000)

    def _note_pass(self, phase: str, info: dict[str, int]) -> None:
        now = time.monotonic()
        if phase == "start":
            self._collecting = now
        elif (now - self._collecting) * 1000 > _NOTED_MS:
            self._collected.append((self._collecting, now, info["generation"]))

    def _beat(self) -> None:
        if not self._timer.isActive():  # one was on its way when the loop ended
            return
        now, (cpu, ready) = time.monotonic(), self._accounts.own()
        held = self._accounts.kept_back()
        self.beats.append(now - self._last)
        self.computed.append(cpu - self._cpu)
        if (now - self._last) * 1000 > ALLOWED_MS:
            signal.setitimer(signal.ITIMER_REAL, 0)
            every = time.process_time() - self._all
            shares = cpu - self._cpu, every, ready - self._ready, held
            told = self._stack(), self._beside(), self._passes()
            where = f"{now - self._started:.0f} s after the start, {self._where()}"
            self._gaps.append(Gap(self._last, now, *shares, *told, where))
        self._begin()

    def _stack(self) -> list[str]:
        end = os.lseek(self._dump, 0, os.SEEK_CUR)
        text = os.pread(self._dump, end, 0).decode("utf-8", "replace")
        os.ftruncate(self._dump, 0)
        os.lseek(self._dump, 0, os.SEEK_SET)
        text = text.partition("Stack ")[2].partition("Stack ")[0]  # the first, should it be late
        frames = [found.groups() for found in _FRAME.finditer(text) if found[1] != _IMPORTING]
        return [f"{Path(file).name}:{line} {name}" for file, line, name in frames]

    def _beside(self) -> list[str]:
        """Innermost first, of threads that do not just wait in the standard library."""
        found = []
        for thread, frame in sys._current_frames().items():
            inner = traceback.extract_stack(frame)[:-4:-1]
            if thread != self._thread and inner and inner[0].name not in _WAITING:
                found.append(
                    " < ".join(
                        f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in inner
                    )
                )
        return found

    def _passes(self) -> list[str]:
        return [
            f"{1000 * (end - begin):.0f} ms of the collector's generation {generation}"
            for begin, end, generation in self._collected
        ]

    def halt(self) -> None:
        """The event loop ends: no beat is due any more."""
        if self._timer.isActive():
            self._timer.stop()
            signal.setitimer(signal.ITIMER_REAL, 0)
            gc.callbacks.remove(self._note_pass)

    def stop(self) -> list[Judged]:
        """Every gap longer than is allowed, the sibling heard."""
        self.halt()
        self._pipe.send("end")
        late: list[tuple[float, float]] = self._pipe.recv()
        self._sibling.join(5)
        self._accounts.close()
        return [Judged(gap, 1000 * overlap(gap, late)) for gap in self._gaps]


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
            "computed", "waited", "ready")  # fmt: skip


def heading(title: str) -> str:
    """The first line of the table."""
    return f"{title:38}" + "".join(f"{name:>{max(9, len(name) + 1)}}" for name in HEADINGS)


def row(name: str, watch: GuiWatch, judged: list[Judged]) -> str:
    """One line of the table. The last three columns: the most of each that one gap had, of the time
    computed between any two beats."""
    ms = sorted(1000 * beat for beat in watch.beats)
    ours = [one.ours_ms for one in judged]
    cells = (
        f"{len(ms)}", f"{statistics.median(ms):.1f}", f"{ms[int(len(ms) * 0.999) - 1]:.1f}",
        f"{ms[-1]:.1f}", f"{len(judged)}", f"{sum(one > ALLOWED_MS for one in ours)}",
        f"{max(ours, default=0.0):.1f}", f"{1000 * max(watch.computed):.1f}",
        f"{max((one.waited_ms for one in judged), default=0.0):.1f}",
        f"{max((one.ready_ms for one in judged), default=0.0):.1f}",
    )  # fmt: skip
    return f"{name:38}" + "".join(
        f"{cell:>{max(9, len(title) + 1)}}" for title, cell in zip(HEADINGS, cells, strict=True)
    )


def offenders(judged: list[Judged], depth: int = 10) -> list[str]:
    """Our gaps with the GUI thread's innermost frames, the collector's passes in them and, if the
    thread waited, what else ran Python."""
    told = []
    for one in judged:
        if one.ours_ms <= ALLOWED_MS:
            continue
        gap = one.gap
        told.append(
            f"{one.ms:.0f} ms, {gap.where}: "
            f"{one.computed_ms:.0f} computed (all threads: {1000 * gap.all_s:.0f}), "
            f"{one.ready_ms:.0f} ready, {one.waited_ms:.0f} waited, another thread "
            f"{1000 * gap.held_s:.0f} ready, sibling {one.late_ms:.0f} late: "
            + " < ".join(gap.stack[:depth] or ["no stack"])
        )
        told += [f"    {what}" for what in gap.collected]
        if one.waited_ms > one.computed_ms:
            told += [f"    beside: {what}" for what in gap.beside]
    return told
