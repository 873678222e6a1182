"""Programs that are fed or listened to for a limited time, and can be killed from another thread."""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
import threading
import time
from collections.abc import Sequence
from enum import StrEnum

CHUNK = 65536
REAP_S = 0.5


class End(StrEnum):
    """How a child ended."""

    DONE = "done"
    FAILED = "failed"
    LATE = "late"
    CUT = "cut"
    MISSING = "missing"


class Child:
    """Runs one program at a time. :meth:`cut` is for any thread and does not wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._cuts = 0

    def cut(self) -> None:
        """Kill what runs now."""
        with self._lock:
            self._cuts += 1
            if self._running is not None:
                self._running.kill()

    def cuts(self) -> int:
        """How often :meth:`cut` was called: take it before deciding to run, hand it to :meth:`run`."""
        with self._lock:
            return self._cuts

    def run(
        self, command: Sequence[str], fed: bytes, within_s: float, cuts: int
    ) -> tuple[End, bytes]:
        """Feed ``fed`` to a program and take what it writes. It is killed after ``within_s`` seconds,
        or when :meth:`cut` was called since ``cuts`` was taken."""
        if self.cuts() != cuts:
            return End.CUT, b""
        try:
            child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError:
            return End.MISSING, b""
        with self._lock:  # not held while the program starts: cut() never waits
            self._running = child
            if self._cuts != cuts:
                child.kill()
        deadline = time.monotonic() + within_s
        written, in_time = _exchange(child, fed, deadline)
        in_time = _ended(child, deadline if in_time else 0.0) and in_time
        with self._lock:
            self._running = None
            if self._cuts != cuts:
                return End.CUT, b""
        if not in_time:
            return End.LATE, b""
        return (End.DONE if child.returncode == 0 else End.FAILED), written


def _exchange(child: subprocess.Popen[bytes], fed: bytes, deadline: float) -> tuple[bytes, bool]:
    """Until all is fed and the output has ended; what was written, and whether that was in time.
    Never blocks on a pipe: a program that hangs in its sound device may outlive its killing."""
    written = bytearray()
    left = memoryview(fed)
    with selectors.DefaultSelector() as ready:
        for pipe, what in (
            (child.stdin, selectors.EVENT_WRITE),
            (child.stdout, selectors.EVENT_READ),
        ):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
                ready.register(pipe, what)
        while ready.get_map():
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return b"", False
            for key, event in ready.select(remaining):
                if event & selectors.EVENT_READ:
                    read = os.read(key.fd, CHUNK)
                    written += read
                    done = not read
                else:
                    left = _write(key.fd, left)
                    done = not left
                if done:
                    ready.unregister(key.fileobj)
                    if child.stdin is not None and key.fileobj is child.stdin:
                        child.stdin.close()
    return bytes(written), True


def _write(pipe: int, left: memoryview) -> memoryview:
    """What is left after one write; nothing, if the program wants no more."""
    try:
        return left[os.write(pipe, left[:CHUNK]) :]
    except OSError:
        return left[:0]


def _ended(child: subprocess.Popen[bytes], deadline: float) -> bool:
    """Wait for the end until then, and make an end then."""
    try:
        child.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        child.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(REAP_S)  # one that is stuck in the kernel is reaped later
        return False
    finally:
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
    return True
