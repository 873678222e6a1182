"""A pcscd that serves others only, as Debian 13's does without a polkit rule for the terminal."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from smartcard import scard

from drivers.smartcard.service import failure_of

_HEADER = struct.Struct("=II")  # length of what follows, command
_VERSION = struct.Struct("=iiI")  # major, minor, code: the answer to the first command
_OPEN = """
import sys
from drivers.ports import AdapterContext
from drivers.smartcard import PcscSmartCardReader
options = {"socket": sys.argv[1]}
context = AdapterContext("reader", options, lambda *_: None, lambda: False, lambda *_: None)
print(PcscSmartCardReader(context).open())
"""


@pytest.fixture
def barred(tmp_path: Path) -> Iterator[str]:
    """The socket of a service that answers each client's first words by a refusal."""
    path = str(tmp_path / "pcscd.comm")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    clients: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            clients.append(client)
            length, _ = _HEADER.unpack(client.recv(_HEADER.size, socket.MSG_WAITALL))
            major, minor, _ = _VERSION.unpack(client.recv(length, socket.MSG_WAITALL))
            client.sendall(_VERSION.pack(major, minor, scard.SCARD_W_SECURITY_VIOLATION))

    thread = threading.Thread(target=serve)
    thread.start()
    yield path
    listener.shutdown(socket.SHUT_RDWR)
    thread.join()
    for end in (listener, *clients):
        end.close()


def test_who_is_not_let_in_is_told_so_and_not_that_nobody_is_there(barred: str) -> None:
    # In a process of its own: libpcsclite remembers the first socket it used.
    asked = subprocess.run(
        [sys.executable, "-c", _OPEN, barred], capture_output=True, text=True, check=True
    )
    assert "device.misconfigured" in asked.stdout
    assert "pcscd does not serve this account" in asked.stdout


def test_a_card_that_pcscd_does_not_give_out_is_no_unreadable_one() -> None:
    found = failure_of(scard.SCARD_W_SECURITY_VIOLATION, "connect")
    assert found.code == "device.misconfigured"
