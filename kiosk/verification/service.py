"""The terminal's side of face verification: owns the worker process and never waits for it.

One supervisor thread starts the worker, passes checks to it and watches it. A worker that ends,
falls silent or overruns its time is killed; the check it had ends ``UNAVAILABLE`` and a fresh
worker is started, after a pause that grows with repeated failures.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, InvalidStateError
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from drivers.ports import FrameBufferInfo
from kiosk.verification.types import FaceCheck, FaceOutcome, FaceSettings, FrameSource

_START_S = 30.0
_SILENCE_S = 5.0
_GRACE_S = 2.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 10.0
_MODEL_PAUSE_S = 60.0
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

ProgressHandler = Callable[[str, Mapping[str, Any]], None]


@dataclass
class _Check:
    """A check on its way; the photo is dropped as soon as it is handed over."""

    number: int
    photo: bytes | None = field(repr=False)
    source: FrameSource
    timeout_s: float
    deadline: float
    future: Future[FaceCheck]
    sent: bool = False

    def finish(self, answer: FaceCheck) -> None:
        self.photo = None
        with contextlib.suppress(InvalidStateError):
            self.future.set_result(answer)


class _Worker:
    """The child process and our end of its line."""

    def __init__(self, settings: FaceSettings) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "kiosk.verification.worker"]
        command += [str(theirs.fileno()), str(os.getpid())]
        path = os.pathsep.join(p for p in (_ROOT, os.environ.get("PYTHONPATH", "")) if p)
        self.process = subprocess.Popen(
            command,
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        theirs.close()
        self.link = Connection(ours.detach())
        told = asdict(settings)
        told["models_dir"] = str(settings.models_dir)
        self.send({"kind": "settings", "settings": told})

    def send(self, message: Mapping[str, Any], photo: bytes | None = None) -> None:
        with contextlib.suppress(OSError):  # a dead worker is noticed by its end of file
            self.link.send_bytes(json.dumps(message).encode())
            if photo is not None:
                self.link.send_bytes(photo)

    def receive(self) -> dict[str, Any] | None:
        """The next message, or None if the worker is gone."""
        try:
            return dict(json.loads(self.link.recv_bytes()))
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        self.link.close()
        self.process.kill()
        self.process.wait()


class FaceService:
    """Compares a card photo with the live person. Thread-safe; call :meth:`stop` when done.

    ``on_progress(name, data)`` is called on the service's thread with a
    :class:`~kiosk.verification.types.FaceProgress` value and, if a face is seen,
    ``{"box": [left, top, width, height]}`` as shares of the frame. It must return at once.
    """

    def __init__(
        self, settings: FaceSettings, *, on_progress: ProgressHandler | None = None
    ) -> None:
        self._settings = settings
        self._on_progress = on_progress
        self._lock = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._check: _Check | None = None
        self._numbers = 0
        self._ready = False
        self._reason = "not_started"
        self._pid: int | None = None
        self._wake_out, self._wake_in = -1, -1

    @property
    def ready(self) -> bool:
        """True while a worker is loaded and self-tested."""
        with self._lock:
            return self._ready

    @property
    def unavailable_reason(self) -> str:
        """Why there is no recognition now (``model_missing: …``, ``starting``), "" when ready."""
        with self._lock:
            return "" if self._ready else self._reason

    @property
    def worker_pid(self) -> int | None:
        """The worker's process id while there is one, for health reports."""
        with self._lock:
            return self._pid

    def wait_settled(self, timeout_s: float) -> bool:
        """Wait until the first load has ended, well or not; True if :attr:`ready`."""
        with self._lock:
            self._lock.wait_for(lambda: self._ready or self._reason != "starting", timeout_s)
            return self._ready

    def start(self) -> None:
        """Start the worker in the background; does nothing if started already."""
        with self._lock:
            if self._thread is not None:
                return
            self._stopping, self._reason = False, "starting"
            self._wake_out, self._wake_in = os.pipe()
            self._thread = threading.Thread(target=self._supervise, name="face", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the worker; a running check ends ``CANCELLED``. Safe to call twice."""
        with self._lock:
            thread, self._stopping = self._thread, True
            self._poke()
        if thread is None:
            return
        thread.join()
        with self._lock:
            os.close(self._wake_out)
            os.close(self._wake_in)
            self._thread, self._reason = None, "not_started"
            check, self._check = self._check, None
        if check is not None:
            check.finish(self._nothing(FaceOutcome.CANCELLED, "stopped"))

    def check(
        self,
        card_photo_bgr: bytes | None,
        frames: FrameSource | FrameBufferInfo,
        timeout_s: float,
    ) -> Future[FaceCheck]:
        """Compare the 102x126 BGR card photo with live frames for at most ``timeout_s``.

        The future always gets a result, never an exception. A check still running is cancelled.
        """
        source = frames if isinstance(frames, FrameSource) else FrameSource.shared_memory(frames)
        future: Future[FaceCheck] = Future()
        future.set_running_or_notify_cancel()
        self.cancel()
        with self._lock:
            final = not self._ready and self._reason != "starting"
            if self._thread is None or final:
                reason = self._reason
            else:
                self._numbers += 1
                deadline = time.monotonic() + timeout_s
                self._check = _Check(
                    self._numbers, card_photo_bgr, source, timeout_s, deadline, future
                )
                self._poke()
                return future
        future.set_result(self._nothing(FaceOutcome.UNAVAILABLE, reason))
        return future

    def cancel(self) -> None:
        """End the running check, if any, with ``CANCELLED``, at once."""
        with self._lock:
            check, self._check = self._check, None
            self._poke()
        if check is not None:
            check.finish(self._nothing(FaceOutcome.CANCELLED))

    def _nothing(self, outcome: FaceOutcome, reason: str = "") -> FaceCheck:
        return FaceCheck(outcome, reason=reason, policy=self._settings.policy)

    def _poke(self) -> None:
        if self._thread is not None:
            os.write(self._wake_in, b".")

    def _supervise(self) -> None:
        pause = _FIRST_PAUSE_S
        while not self._stopping:
            worker = _Worker(self._settings)
            with self._lock:
                self._pid = worker.process.pid
            try:
                reason = self._serve(worker)
            finally:
                worker.end()
            served = self._lost(reason)
            if reason == "stopped":
                return
            pause = _FIRST_PAUSE_S if served else min(pause * 2, _LONGEST_PAUSE_S)
            pause = pause if reason.startswith("worker_") else _MODEL_PAUSE_S
            self._idle(pause)
            with self._lock:
                if self._reason.startswith("worker_"):
                    self._reason = "starting"

    def _idle(self, seconds: float) -> None:
        """Wait before the next start; only stopping cuts it short."""
        until = time.monotonic() + seconds
        while not self._stopping and (left := until - time.monotonic()) > 0:
            if wait([self._wake_out], left):
                os.read(self._wake_out, 4096)

    def _lost(self, reason: str) -> bool:
        """Record why there is no worker and end its check; True if it had been ready."""
        with self._lock:
            served, self._ready, self._pid = self._ready, False, None
            crashed = reason.startswith("worker_") and served
            self._reason = "starting" if crashed else reason
            check, self._check = self._check, None
            self._lock.notify_all()
        if check is not None:
            outcome = FaceOutcome.CANCELLED if reason == "stopped" else FaceOutcome.UNAVAILABLE
            check.finish(self._nothing(outcome, reason))
        return served

    def _serve(self, worker: _Worker) -> str:
        """Talk to one worker until it must be given up; returns why."""
        heard = time.monotonic()
        current: _Check | None = None
        while True:
            current, busy = self._hand_over(worker, current)
            if self._stopping:
                return "stopped"
            limit = _START_S if not self._ready else _SILENCE_S
            waiting = busy or not self._ready
            ready = wait([worker.link, self._wake_out], 0.25 if waiting else None)
            if self._wake_out in ready:
                os.read(self._wake_out, 4096)
                if not waiting:
                    heard = time.monotonic()
            if worker.link in ready:
                message = worker.receive()
                if message is None:
                    return "worker_ended"
                heard = time.monotonic()
                if message["kind"] == "unavailable":
                    return str(message["reason"])
                self._take(message)
            if waiting and time.monotonic() - heard > limit:
                return "worker_silent"
            if self._overrun():
                return "worker_overran"

    def _overrun(self) -> bool:
        with self._lock:
            check = self._check
            return check is not None and time.monotonic() > check.deadline + _GRACE_S

    def _hand_over(self, worker: _Worker, sent: _Check | None) -> tuple[_Check | None, bool]:
        """Pass a new check on, or tell the worker that the one it has is not wanted any more."""
        with self._lock:
            check = self._check
            if not self._ready:
                return sent, check is not None
        if sent is not None and sent is not check:
            worker.send({"kind": "cancel", "check": sent.number})
            sent = None
        if check is not None and not check.sent:
            left = max(check.deadline - time.monotonic(), 0.0)
            photo, check.photo, check.sent = check.photo, None, True
            message = {
                "kind": "check",
                "check": check.number,
                "photo": photo is not None,
                "timeout_s": left,
                "source": {"factory": check.source.factory, "options": dict(check.source.options)},
            }
            worker.send(message, photo)
            sent = check
        return sent, check is not None

    def _take(self, message: Mapping[str, Any]) -> None:
        """One message of a living worker; what belongs to an abandoned check is dropped."""
        if message["kind"] == "ready":
            with self._lock:
                self._ready, self._reason = True, ""
                self._lock.notify_all()
            return
        with self._lock:
            check = self._check
            if check is None or message["check"] != check.number:
                return
            if message["kind"] == "done":
                self._check = None
        if message["kind"] == "done":
            names = FaceCheck.__dataclass_fields__
            answer = {key: value for key, value in message.items() if key in names}
            answer["outcome"] = FaceOutcome(answer["outcome"])
            check.finish(FaceCheck(**answer))
        elif message["kind"] == "progress" and self._on_progress is not None:
            self._on_progress(message["name"], message["data"])
