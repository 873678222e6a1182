"""The simulated printer's wires: TCP for one client, a pseudo-terminal, a USB-like device."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import tempfile
import threading
import tty
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

_READ_BYTES = 2048


class Wire(ABC):
    """Moves bytes between a client and the printer, in one thread; reads only while there is room.

    Subclasses say how the wire opens, breaks and closes.
    """

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._wake_receiver, self._wake_sender = socket.socketpair()
        self._wake_receiver.setblocking(False)
        self._wake_sender.setblocking(False)
        self._stopping = False
        self._power_wanted = True
        self._power = True
        self._thread: threading.Thread | None = None
        self._room: Callable[[], int] = lambda: 0
        self._deliver: Callable[[bytes], None] = lambda data: None

    def start(self, room: Callable[[], int], deliver: Callable[[bytes], None]) -> None:
        """Open the wire and serve it."""
        self._room, self._deliver = room, deliver
        self._open()
        self._thread = threading.Thread(target=self._loop, name="escpos-wire", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the wire, as an unplugged printer would."""
        with self._lock:
            already, self._stopping = self._stopping, True
        self.wake()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        if not already:
            self._close()
            self._wake_receiver.close()
            self._wake_sender.close()

    def wake(self) -> None:
        """Make the thread look again (there is room, or a wish changed)."""
        with contextlib.suppress(OSError):
            self._wake_sender.send(b"w")

    def set_power(self, on: bool) -> None:
        """Switch; on return the wire shows it (except when called by the wire's own thread)."""
        with self._lock:
            self._power_wanted = on
        self.wake()
        if self._thread is not None and self._thread is not threading.current_thread():
            with self._lock:
                self._lock.wait_for(lambda: self._stopping or self._power == on, 5)

    def write(self, data: bytes) -> None:
        """Send an answer; lost if there is no client or it does not read."""
        with self._lock:
            descriptor = self._client_descriptor()
            if descriptor is not None and self._power:
                with contextlib.suppress(OSError):
                    os.write(descriptor, data)

    def _loop(self) -> None:
        while True:
            # asked outside our lock: the printer's own lock is never taken inside it
            room = self._room() > 0
            with self._lock:
                if self._stopping:
                    return
                if self._power != self._power_wanted:
                    self._power = self._power_wanted
                    self._switch(self._power)
                    self._lock.notify_all()
                descriptor = self._watched(room)
            watched = [self._wake_receiver.fileno()]
            if descriptor is not None:
                watched.append(descriptor)
            ready = select.select(watched, [], [])[0]
            if watched[0] in ready:
                with contextlib.suppress(BlockingIOError):
                    self._wake_receiver.recv(4096)
            if descriptor is not None and descriptor in ready:
                data = self._take(min(_READ_BYTES, max(1, self._room())))
                if data:
                    self._deliver(data)

    @property
    @abstractmethod
    def address(self) -> str:
        """Where a client finds the wire."""

    @abstractmethod
    def _open(self) -> None: ...

    @abstractmethod
    def _close(self) -> None: ...

    @abstractmethod
    def _switch(self, on: bool) -> None: ...

    @abstractmethod
    def _client_descriptor(self) -> int | None: ...

    @abstractmethod
    def _watched(self, room: bool) -> int | None:
        """What to wait for now: a client, its data if there is room for it, or nothing."""

    @abstractmethod
    def _take(self, limit: int) -> bytes: ...


class TcpWire(Wire):
    """TCP on loopback or elsewhere; further clients wait in the backlog, as on real printers."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__()
        self._host, self._port = host, port
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None

    @property
    def address(self) -> str:
        return f"{self._host}:{self._port}"

    def _bind(self, *, listening: bool) -> None:
        if self._listener is not None:
            self._listener.close()
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # inherited by the client's socket: a small window, as a printer's interface has
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.bind((self._host, self._port))
        self._port = self._listener.getsockname()[1]
        # switched off, the port stays bound (the address is stable) and refuses connections
        if listening:
            self._listener.listen(4)

    def _open(self) -> None:
        self._bind(listening=self._power)

    def _close(self) -> None:
        self._drop()
        if self._listener is not None:
            self._listener.close()

    def _switch(self, on: bool) -> None:
        self._drop()
        self._bind(listening=on)

    def _drop(self) -> None:
        if self._client is not None:
            # linger 0: the client sees a reset, as after a loss of power
            with contextlib.suppress(OSError):
                self._client.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
            self._client.close()
            self._client = None

    def _client_descriptor(self) -> int | None:
        return self._client.fileno() if self._client is not None else None

    def _watched(self, room: bool) -> int | None:
        if not self._power or self._listener is None:
            return None
        if self._client is None:
            return self._listener.fileno()
        return self._client.fileno() if room else None

    def _take(self, limit: int) -> bytes:
        if self._client is None:
            if self._listener is not None:
                client = self._listener.accept()[0]
                client.setblocking(False)
                with self._lock:
                    self._client = client
            return b""
        try:
            data = self._client.recv(limit)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            with self._lock:
                self._client.close()
                self._client = None
        return data


class PtyWire(Wire):
    """A pseudo-terminal. The line outlives a loss of power, as a USB converter's does.

    ``link``: a symbolic link to the terminal, a stable name like those in /dev/serial/by-id.
    """

    def __init__(self, link: Path | None = None) -> None:
        super().__init__()
        self._link = link
        self._master = self._slave = -1
        self._name = ""

    @property
    def address(self) -> str:
        return str(self._link) if self._link else self._name

    def _open(self) -> None:
        self._master, self._slave = os.openpty()
        # raw: no echo and no translation; the open slave keeps the line up between two clients
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._name = os.ttyname(self._slave)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(self._name)

    def _close(self) -> None:
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1

    def _switch(self, on: bool) -> None:
        """Nothing shows on the line; without power what arrives is dropped by the printer."""

    def _client_descriptor(self) -> int | None:
        return self._master

    def _watched(self, room: bool) -> int | None:
        return self._master if not self._power or room else None

    def _take(self, limit: int) -> bytes:
        try:
            return os.read(self._master, limit)
        except OSError:
            return b""


class UsbWire(PtyWire):
    """A character device that is there while the printer has power, as usblp's /dev/usb/lpN is.

    The far end of a pseudo-terminal: when power or cable go, the client's descriptor is hung up, the
    bytes under way are lost and the name disappears; afterwards there is a new device of that name.
    ``link``: the name; without one it lies in a directory made for it.
    """

    def __init__(self, link: Path | None = None) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        if link is None:
            self._folder = tempfile.TemporaryDirectory(prefix="escpos-usb-")
            link = Path(self._folder.name) / "lp0"
        super().__init__(link)

    def _switch(self, on: bool) -> None:
        super()._close()
        if on:
            self._open()

    def _close(self) -> None:
        super()._close()
        if self._folder is not None:
            self._folder.cleanup()

    def _client_descriptor(self) -> int | None:
        return self._master if self._master >= 0 else None

    def _watched(self, room: bool) -> int | None:
        return self._client_descriptor() if room else None
