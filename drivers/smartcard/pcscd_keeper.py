"""Keeps a pcscd of its own inside private namespaces; started by :mod:`drivers.smartcard.pcscd`.

Runs as a program, with nothing but the standard library. Its mounts and its network are nobody
else's: pcscd's fixed folder ``/run/pcscd`` is a folder of the simulator's, so are its drivers and the
devices it finds (:mod:`drivers.smartcard.usb_reader`), and the port on which the
virtual reader's driver waits for a card, on all interfaces there are, is on a loopback that only this
process can reach. So the card's connection is made here and handed out as a descriptor.

Orders come as packets on the socket whose number is the first argument: ``start CONFIG``, ``end
SIGNAL``, ``connect PORT``, ``listen PORT``, ``announce FILE`` (a message as udevd's). Each is answered
by ``ok`` or by what went wrong. When the socket closes, pcscd is killed.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
import threading

_MS_BIND = 0x1000
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1
_READY_LOOKS, _LOOK_S = 500, 0.02
_ENDING_S = 3.0
_SOCKET = "/run/pcscd/pcscd.comm"
_IN_PLACE_OF = {
    "run": "/run",
    "sys": "/sys",
    "drivers": "/usr/lib/pcsc/drivers",
    "hosts": "/etc/hosts",
}
_NETLINK_KOBJECT_UEVENT, _GROUP_UDEV = 15, 2


def _everybody() -> list[str]:
    """The option by which a pcscd built with polkit (Debian 13's) asks nobody who may use it."""
    option = "--disable-polkit"
    helped = subprocess.run(["pcscd", "--help"], capture_output=True, text=True, check=False)
    return [option] if option in helped.stdout + helped.stderr else []


class Keeper:
    """One pcscd, started and ended by order. ``folder``: holds what is mounted."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Put private folders in place of the machine's, and bring the loopback up."""
        libc = ctypes.CDLL(None, use_errno=True)
        for name, target in _IN_PLACE_OF.items():
            source = os.path.join(self._folder, name).encode()
            if libc.mount(source, target.encode(), None, _MS_BIND, None) != 0:
                raise OSError(ctypes.get_errno(), f"mount {target}")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _IFF_UP))

    def start(self, config: str) -> None:
        """Start pcscd and wait until it takes connections."""
        # libudev believes in no /sys that is not the kernel's, unless told to.
        environment = {**os.environ, "SYSTEMD_DEVICE_VERIFY_SYSFS": "0"}
        self._process = subprocess.Popen(
            ["pcscd", "--foreground", "--config", config, *_everybody()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        pause = threading.Event()
        for _ in range(_READY_LOOKS):
            with socket.socket(socket.AF_UNIX) as client, contextlib.suppress(OSError):
                client.connect(_SOCKET)
                return
            if self._process.poll() is not None:
                raise OSError(f"pcscd ended with {self._process.returncode}")
            pause.wait(_LOOK_S)
        raise OSError("pcscd does not answer")

    def end(self, number: int) -> None:
        """End pcscd by a signal, and reap it: a new one will not start beside its remains. A pcscd
        that a card holds up does not end politely."""
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(_ENDING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def announce(self, file: str) -> None:
        """Have libudev in pcscd hear what udevd would say of a device."""
        with (
            open(file, "rb") as said,
            socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_KOBJECT_UEVENT) as line,
        ):
            line.sendto(said.read(), (0, _GROUP_UDEV))

    def serve(self, orders: socket.socket) -> None:
        """Carry out orders until the other end closes."""
        while order := orders.recv(4096).decode():
            name, _, argument = order.partition(" ")
            try:
                if name == "connect":
                    with socket.create_connection(("127.0.0.1", int(argument)), 5) as card:
                        card.settimeout(None)  # a limit makes the descriptor itself non-blocking
                        socket.send_fds(orders, [b"ok"], [card.fileno()])
                    continue
                if name == "listen":
                    with socket.create_server(("127.0.0.1", int(argument))) as listener:
                        socket.send_fds(orders, [b"ok"], [listener.fileno()])
                    continue
                if name == "announce":
                    self.announce(argument)
                elif name == "start":
                    self.start(argument)
                elif name == "end":
                    self.end(int(argument))
                orders.send(b"ok")
            except (OSError, ValueError) as error:
                orders.send(str(error).encode() or b"failed")


def main() -> None:
    """The program: socket number and folder as arguments."""
    orders = socket.socket(fileno=int(sys.argv[1]))
    orders.set_inheritable(False)
    keeper = Keeper(sys.argv[2])
    keeper.prepare()
    orders.send(b"ok")
    try:
        keeper.serve(orders)
    finally:
        keeper.end(signal.SIGKILL)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, whose end is seen
    main()
