"""The world as a process: ``python -m kiosk.world --dir DIR [--out DIR] [--fast] [--terminal ID]``.

Prints one JSON line (addresses, control address, token) when everything is on, and ends when its
standard input closes, when its parent dies, or on SIGTERM or SIGINT.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import secrets
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from kiosk.world.control import ControlServer
from kiosk.world.world import World

_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Run until told to end; returns the exit code."""
    parser = argparse.ArgumentParser(prog="kiosk.world", description=__doc__.splitlines()[0])
    parser.add_argument("--dir", type=Path, required=True, help="reader link, sandbox database")
    parser.add_argument("--out", type=Path, help="keep receipts and proofs here")
    parser.add_argument("--fast", action="store_true", help="printers take no time")
    parser.add_argument("--terminal", help="the portal demands this terminal's certificate")
    given = parser.parse_args()
    ended = threading.Event()
    _end_with_parent(ended)
    world = World(given.dir.resolve(), out=given.out, fast=given.fast, terminal=given.terminal)
    token = secrets.token_urlsafe(24)
    control = ControlServer(world, token)
    try:
        world.start()
        control.start()
        ready = {"addresses": world.addresses(), "control": control.address, "token": token}
        more = {
            "missing": world.missing(),
            "pid": os.getpid(),
            "portal_files": world.portal_files(),
        }
        print(json.dumps({**ready, **more}), flush=True)
        ended.wait()
    finally:
        control.stop()
        world.stop()
    return 0


def _end_with_parent(ended: threading.Event) -> None:
    parent = os.getppid()

    def told(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    def orphaned(_number: int, _frame: FrameType | None) -> None:
        # The kernel also signals when only the *thread* that started us has ended.
        if os.getppid() != parent:
            ended.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    signal.signal(signal.SIGUSR1, orphaned)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGUSR1), 0, 0, 0)
    threading.Thread(target=_watch_stdin, args=(ended,), name="stdin", daemon=True).start()


def _watch_stdin(ended: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        continue
    ended.set()


if __name__ == "__main__":
    sys.exit(main())
