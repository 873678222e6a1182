"""The worker process: the only place where faces become numbers. Started by :mod:`.service`.

    python -m kiosk.verification.worker FD PARENT_PID

FD is one end of a socket pair. Messages are JSON; a ``check`` is followed by one message with the
card photo's bytes. Between frames the worker looks for ``cancel`` and for the parent's end of file.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kiosk.verification.engine import FaceEngine
from kiosk.verification.frames import open_source
from kiosk.verification.models import ModelError
from kiosk.verification.session import Session
from kiosk.verification.types import (
    FaceCheck,
    FaceOutcome,
    FaceSettings,
    FrameSource,
    QualityLimits,
    RecogniserSettings,
)

_PR_SET_PDEATHSIG = 1


def settings_from_json(told: Mapping[str, Any]) -> FaceSettings:
    """The settings :func:`dataclasses.asdict` took apart on the other side."""
    parts = dict(told)
    parts["models_dir"] = Path(parts["models_dir"])
    parts["recogniser"] = RecogniserSettings(**parts["recogniser"])
    parts["quality"] = QualityLimits(**parts["quality"])
    return FaceSettings(**parts)


class Worker:
    """Serves checks one after another until the parent says stop or is gone."""

    def __init__(self, link: Connection) -> None:
        self._link = link
        self._check = 0
        self._cancelled = False

    def _send(self, kind: str, **data: Any) -> None:
        self._link.send_bytes(json.dumps({"kind": kind, "check": self._check, **data}).encode())

    def _receive(self) -> dict[str, Any]:
        return dict(json.loads(self._link.recv_bytes()))

    def serve(self) -> None:
        """Load, then answer. ``EOFError`` when the parent is gone."""
        settings = settings_from_json(self._receive()["settings"])
        try:
            engine = FaceEngine(settings)
        except ModelError as error:
            self._send("unavailable", reason=str(error))
            return
        self._send("ready", recogniser=engine.recogniser_name)
        while True:
            message = self._receive()
            if message["kind"] == "stop":
                return
            if message["kind"] == "check":
                self._run(engine, message)

    def _run(self, engine: FaceEngine, message: Mapping[str, Any]) -> None:
        self._check, self._cancelled = int(message["check"]), False
        photo = bytearray(self._link.recv_bytes()) if message["photo"] else None
        self._send("beat")
        try:
            frames = open_source(FrameSource(**message["source"]))
        except (OSError, ValueError, ImportError, AttributeError) as error:
            reason = f"frame_source: {type(error).__name__}"
            answer = FaceCheck(FaceOutcome.UNAVAILABLE, reason=reason)
            self._send("done", **asdict(answer))
            return
        try:
            session = Session(engine, frames, self._progress, self._pause)
            held = None if photo is None else bytes(photo)
            answer = session.run(held, float(message["timeout_s"]))
        finally:
            frames.close()
            if photo is not None:
                photo[:] = bytes(len(photo))
        self._send("done", **asdict(answer))

    def _progress(self, name: str, data: Mapping[str, Any]) -> None:
        self._send("progress", name=name, data=dict(data))

    def _pause(self, seconds: float) -> bool:
        """Wait for a message instead of sleeping; a beat shows the parent that we are alive."""
        self._send("beat")
        if self._link.poll(seconds):
            message = self._receive()
            if message["kind"] == "stop":
                raise EOFError
            if message["kind"] == "cancel" and message["check"] == self._check:
                self._cancelled = True
        return self._cancelled


def die_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends, even while it is busy in C code."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(0)


def main() -> None:
    die_with(int(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    link = Connection(int(sys.argv[1]))
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        Worker(link).serve()
    link.close()


if __name__ == "__main__":
    main()
