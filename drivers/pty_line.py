"""The simulators' end of a serial line: a pseudo-terminal behind a link that outlives unplugging."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import tempfile
import threading
import time
import tty
from collections.abc import Callable
from pathlib import Path

_FULL_LINE_S = 1.0  # a UART without flow control loses what nobody takes off it


class PtyLine:
    """A serial line that can be pulled and plugged. Thread-safe.

    ``link``: a stable path like those in ``/dev/serial/by-id``, present while plugged; without one,
    a private directory holds it until :meth:`stop`. ``received(data)`` is called by the line's own
    thread with what the terminal sent, and may call :meth:`send` and :meth:`pull`.
    """

    def __init__(self, link: Path | None, received: Callable[[bytes], None]) -> None:
        self._private = Path(tempfile.mkdtemp(prefix="line-")) if link is None else None
        self.path = link if link is not None else Path(str(self._private)) / "port"
        self._received = received
        self._lock = threading.RLock()
        self._cable: _Cable | None = None

    @property
    def plugged(self) -> bool:
        """True while the device is there."""
        return self._cable is not None

    def plug(self) -> None:
        """Make the device appear; nothing happens if it is there."""
        with self._lock:
            if self._cable is None:
                self._cable = _Cable(self.path, self._received)

    def pull(self) -> None:
        """Take it away: open descriptors hang up, the path is gone."""
        with self._lock:
            cable, self._cable = self._cable, None
        # Outside the lock: the cable's thread may be waiting for it to answer.
        if cable is not None:
            cable.pull()

    def send(self, data: bytes) -> bool:
        """Put ``data`` on the line; False if unplugged, or if not all of it was taken."""
        with self._lock:
            return self._cable is not None and self._cable.send(data)

    def stop(self) -> None:
        """Pull, and clear up; safe to call twice."""
        self.pull()
        if self._private is not None:
            shutil.rmtree(self._private, ignore_errors=True)


class _Cable:
    """One pseudo-terminal from plug to pull, and the thread that reads it."""

    def __init__(self, link: Path, received: Callable[[bytes], None]) -> None:
        self._link, self._received = link, received
        self._wake_read, self._wake_write = os.pipe()
        self._pulled = False
        # The far side stays open here: else reading would fail each time the adapter closes it.
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        fresh = link.with_name(f".{link.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(self._slave))
        fresh.replace(link)
        self._thread = threading.Thread(target=self._serve, name="pty-line", daemon=True)
        self._thread.start()

    def send(self, data: bytes) -> bool:
        deadline = time.monotonic() + _FULL_LINE_S
        while data:
            left = max(0.0, deadline - time.monotonic())
            if not select.select([], [self._master], [], left)[1]:
                return False
            with contextlib.suppress(BlockingIOError):
                data = data[os.write(self._master, data) :]
        return True

    def pull(self) -> None:
        self._pulled = True
        os.write(self._wake_write, b"x")
        if self._thread is not threading.current_thread():
            self._thread.join()
        self._link.unlink(missing_ok=True)
        for descriptor in (self._master, self._slave, self._wake_read, self._wake_write):
            os.close(descriptor)

    def _serve(self) -> None:
        # Not "until woken" alone: whoever pulls from within _received closes what is waited for.
        while not self._pulled:
            ready = select.select([self._master, self._wake_read], [], [])[0]
            if self._wake_read in ready:
                return
            self._received(os.read(self._master, 4096))
