"""A real pcscd with virtual readers, apart from the machine's own: for simulator and tests.

Needs pcscd, the driver of vsmartcard-vpcd and ``unshare``; root, or a kernel that lets users have
namespaces of their own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from drivers.smartcard.usb_reader import lay_out, list_usb

READERS = ("Virtual PCD 00 00", "Virtual PCD 00 01")
"""The two slots of the driver's one reader, by the names pcscd gives them."""

_PORT = 35963
_DRIVERS = ("/usr/lib/pcsc/drivers/serial/libifdvpcd.so",)
_ORDER_S = 20.0


class PcscdError(OSError):
    """The private pcscd cannot be had; the message says what is missing."""


class PrivatePcscd:
    """A pcscd in a folder of its own. One thread at a time may use it; a lock sees to that."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pcsc-"))
        self._lock = threading.Lock()
        self._orders: socket.socket | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    @property
    def socket_path(self) -> str:
        """Where clients find it: their ``PCSCLITE_CSOCK_NAME``."""
        return str(self._folder / "run" / "pcscd" / "pcscd.comm")

    def open(self) -> None:
        """Make the namespaces; :meth:`start` starts pcscd in them. Raises :class:`PcscdError`."""
        driver = next((path for path in _DRIVERS if Path(path).exists()), None)
        if driver is None or shutil.which("unshare") is None:
            raise PcscdError("install pcscd, vsmartcard-vpcd and util-linux")
        (self._folder / "run/pcscd").mkdir(parents=True)
        lay_out(self._folder, Path(driver))
        self._folder.chmod(0o755)
        (self._folder / "reader.conf").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{_PORT:#x}\n'
            f"LIBPATH {driver}\nCHANNELID {_PORT:#x}\n"
        )
        (self._folder / "no-reader.conf").write_text("")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._keeper = subprocess.Popen(
                [
                    "unshare", "--mount", "--net",
                    *([] if os.geteuid() == 0 else ["--map-root-user"]),
                    sys.executable, "-I", str(Path(__file__).with_name("pcscd_keeper.py")),
                    str(theirs.fileno()), str(self._folder),
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin"},
            )  # fmt: skip
        ours.settimeout(_ORDER_S)
        self._orders = ours
        try:
            _answer(ours, 0)
        except PcscdError:
            self.close()
            raise

    def start(self, *, with_readers: bool = True) -> None:
        """Start pcscd, with the virtual readers or with none. Raises :class:`PcscdError`."""
        config = self._folder / ("reader.conf" if with_readers else "no-reader.conf")
        self._order(f"start {config}")

    def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End pcscd by a signal; harmless if it does not run."""
        self._order(f"end {number.value}")

    def connect(self, slot: int) -> socket.socket:
        """A card's connection to a slot; it is inserted as soon as pcscd looks."""
        with self._lock:
            descriptor = self._exchange(f"connect {_PORT + slot}", 1)
        return socket.socket(fileno=descriptor)

    def listen(self, port: int) -> socket.socket:
        """A socket on the private loopback, for a driver that calls."""
        with self._lock:
            descriptor = self._exchange(f"listen {port}", 1)
        return socket.socket(fileno=descriptor)

    def announce(self, event: str) -> None:
        """Have pcscd hear that the USB reader was plugged in (``add``) or pulled (``remove``)."""
        self._order(f"announce {self._folder / event}")

    def list_usb(self, *, there: bool) -> None:
        """Have the USB reader among the devices that a starting pcscd finds, or not."""
        list_usb(self._folder, there=there)

    def close(self) -> None:
        """End everything and remove the folder; safe to call twice."""
        with self._lock:
            orders, self._orders = self._orders, None
            keeper, self._keeper = self._keeper, None
        if orders is not None:
            orders.close()
        if keeper is not None:
            keeper.wait(_ORDER_S)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _order(self, text: str) -> None:
        with self._lock:
            self._exchange(text, 0)

    def _exchange(self, text: str, descriptors: int) -> int:
        if self._orders is None:
            raise PcscdError("not open")
        self._orders.send(text.encode())
        return _answer(self._orders, descriptors)


def _answer(orders: socket.socket, descriptors: int) -> int:
    """The descriptor that came with "ok", if one was asked for. Raises :class:`PcscdError`."""
    said = b""
    handed: list[int] = []
    with contextlib.suppress(OSError):
        said, handed, _, _ = socket.recv_fds(orders, 4096, 1)
    if said != b"ok" or len(handed) != descriptors:
        raise PcscdError(said.decode() or "the private pcscd could not be set up")
    return handed[0] if handed else -1
