"""The child's end of the private socket: orders in, reports out, heartbeat and cancellation.

The adapter runs in the main thread. A reader thread takes orders, so that a cancellation reaches an
adapter inside its operation; a second thread sends the heartbeat, and so proves that the
interpreter lock is still being handed round.
"""

from __future__ import annotations

import os
import pickle
import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from drivers.host.wire import Beat, Bye, Call, Cancel, FrameReader, Nudge, frame


class Link(Protocol):
    """What the adapter's runner needs of its supervisor."""

    def send(self, message: object) -> None:
        """Report something; from any thread."""
        ...

    def next_order(self, timeout_s: float) -> Call | Nudge | Bye | None:
        """The next order, or None if none came within ``timeout_s``."""
        ...

    def given_up(self, call_id: int) -> bool:
        """True once the caller of ``call_id`` cancelled it, or the host is to end.

        Id 0, the time between calls, cannot be cancelled.
        """
        ...

    def upkeep(self) -> AbstractContextManager[None]:
        """Marks time spent with the device outside any call, for the supervisor to limit."""
        ...


class SocketLink:
    """:class:`Link` over a connected socket. The end of the supervisor ends this process."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._frames = FrameReader()
        self._send_lock = threading.Lock()
        self._orders: queue.SimpleQueue[Call | Nudge | Bye] = queue.SimpleQueue()
        self._cancelled_up_to = 0
        self._closing = False
        self._nudged = False
        self._upkeep_since: float | None = None

    def first(self) -> object:
        """The first message (:class:`~drivers.host.wire.Setup`), before the threads start."""
        while data := self._socket.recv(65536):
            for body in self._frames.feed(data):
                # From our own parent, over a socket nobody else holds.
                return pickle.loads(body)  # noqa: S301
        raise EOFError("the supervisor is gone")

    def start(self, heartbeat_s: float) -> None:
        """Begin to take orders and to send the heartbeat."""
        threading.Thread(target=self._read, name="orders", daemon=True).start()
        threading.Thread(
            target=self._beat, args=(heartbeat_s,), name="heartbeat", daemon=True
        ).start()

    def send(self, message: object) -> None:
        data = frame(message)
        try:
            with self._send_lock:
                self._socket.sendall(data)
        except OSError:
            os._exit(0)  # nobody is left to work for

    def next_order(self, timeout_s: float) -> Call | Nudge | Bye | None:
        try:
            order = self._orders.get(timeout=max(0.0, timeout_s))
        except queue.Empty:
            return None
        if isinstance(order, Nudge):
            self._nudged = False
        return order

    def given_up(self, call_id: int) -> bool:
        return self._closing or 0 < call_id <= self._cancelled_up_to

    @contextmanager
    def upkeep(self) -> Iterator[None]:
        self._upkeep_since = time.monotonic()
        try:
            yield
        finally:
            self._upkeep_since = None

    def _read(self) -> None:
        data = b""  # orders may have come in one piece with the first message
        try:
            while True:
                for body in self._frames.feed(data):
                    self._take(pickle.loads(body))  # noqa: S301 - from our own parent
                if not (data := self._socket.recv(262144)):
                    break
        except OSError:
            pass
        os._exit(0)  # the supervisor is gone; the kernel closes the device

    def _take(self, message: object) -> None:
        match message:
            case Call():
                self._orders.put(message)
            case Cancel(up_to):
                self._cancelled_up_to = max(self._cancelled_up_to, up_to)
            case Nudge() if not self._nudged:
                self._nudged = True  # during a long operation more of them mean no more
                self._orders.put(message)
            case Bye():
                self._closing = True
                self._orders.put(message)

    def _beat(self, heartbeat_s: float) -> None:
        pause = threading.Event()
        while not pause.wait(heartbeat_s):
            since = self._upkeep_since
            self.send(Beat(0.0 if since is None else time.monotonic() - since))
