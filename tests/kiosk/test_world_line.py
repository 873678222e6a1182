"""The line that can be cut, with real sockets on both ends."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator

import pytest

from kiosk.world.line import Line

DEADLINE_S = 10.0
BODY = b"0123456789" * 500


class Far:
    """A far end that answers every line it gets with ``BODY``."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._listening.getsockname()
        self.asked = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                while connection.recv(4096):
                    self.asked.release()
                    connection.sendall(BODY)
            except OSError:
                return

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(DEADLINE_S)


@pytest.fixture
def far() -> Iterator[Far]:
    server = Far()
    yield server
    server.close()


@pytest.fixture
def line(far: Far) -> Iterator[Line]:
    forwarding = Line(far.address)
    forwarding.start()
    yield forwarding
    forwarding.stop()


def call(line: Line) -> socket.socket:
    host, port = line.address.split(":")
    return socket.create_connection((host, int(port)), DEADLINE_S)


def ask(connection: socket.socket) -> None:
    connection.sendall(b"?\n")


def receive(connection: socket.socket, size: int = len(BODY)) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(4096)
        if not piece:
            break
        data += piece
    return bytes(data)


def test_a_working_line_passes_everything(line: Line) -> None:
    with call(line) as connection:
        ask(connection)
        assert receive(connection) == BODY
        ask(connection)
        assert receive(connection) == BODY


def test_a_refused_line_resets_what_is_open_and_takes_nothing(line: Line) -> None:
    address = line.address
    with call(line) as connection:
        ask(connection)
        receive(connection)
        line.command("refuse")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    with pytest.raises(ConnectionRefusedError):
        call(line)
    line.command("up")
    assert line.address == address
    with call(line) as connection:
        ask(connection)
        assert receive(connection) == BODY


def test_a_black_hole_holds_back_until_the_line_is_up(line: Line, far: Far) -> None:
    with call(line) as old, old:
        ask(old)
        receive(old)
        assert far.asked.acquire(timeout=DEADLINE_S)
        line.command("drop")
        ask(old)
        with call(line) as new:
            ask(new)
            readable, _, _ = select.select([old, new], [], [], 0.3)
            assert not readable
            assert not far.asked.acquire(blocking=False)
            line.command("up")
            assert receive(old) == BODY
            assert receive(new) == BODY


def test_an_answer_is_cut_off_in_the_middle(line: Line, far: Far) -> None:
    line.command("reset", after_bytes=1234)
    with call(line) as connection:
        ask(connection)
        # A reset also discards what lies unread in the receiver's buffer.
        with pytest.raises(ConnectionResetError):
            receive(connection)
    assert far.asked.acquire(timeout=DEADLINE_S)
    assert line.state()["bytes"] == len(b"?\n") + 1234


def test_a_slow_line_is_slow_and_loses_nothing(line: Line) -> None:
    line.command("slow", bytes_per_s=20_000, delay_s=0.0)
    with call(line) as connection:
        ask(connection)
        first = connection.recv(len(BODY))
        assert 0 < len(first) < len(BODY)
        # Back up, the rest comes at once: a wait does not outlast the mode.
        line.command("up")
        assert first + receive(connection, len(BODY) - len(first)) == BODY


def test_the_end_of_a_connection_passes(line: Line) -> None:
    with call(line) as connection:
        ask(connection)
        connection.shutdown(socket.SHUT_WR)
        assert receive(connection, len(BODY) + 1) == BODY


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("explode", {}, KeyError),
        ("slow", {"bytes_per_s": 0}, ValueError),
        ("up", {"speed": 3}, ValueError),
    ],
)
def test_what_cannot_be_done_is_refused(
    line: Line, name: str, arguments: dict[str, int], error: type[Exception]
) -> None:
    with pytest.raises(error):
        line.command(name, **arguments)
    assert line.state()["mode"] == "up"


def test_stopping_twice_is_harmless(far: Far) -> None:
    line = Line(far.address)
    line.start()
    with call(line) as connection:
        ask(connection)
        receive(connection)
        line.stop()
        line.stop()
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
