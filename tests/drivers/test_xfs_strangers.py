"""A service that wants a certificate of ours hangs up in one of many ways; each says the same."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection
from xfs_bench import context, refusal
from xfs_certificates import Certificates, certificates

from drivers.xfs import XfsLights

HangUp = Callable[[socket.socket, ssl.SSLContext], None]

_PATIENCE_S = 10.0
_RESET = struct.pack("ii", 1, 0)


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("pki"))


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    connection.close()


def _greeted(wire: socket.socket, tls: ssl.SSLContext) -> ssl.SSLSocket:
    """TLS is agreed upon; nobody is asked who he is, so that the rest is ours to play."""
    return tls.wrap_socket(wire, server_side=True)


def with_an_alert(wire: socket.socket, tls: ssl.SSLContext) -> None:
    tls.verify_mode = ssl.CERT_REQUIRED
    with suppress(ssl.SSLError, OSError):
        tls.wrap_socket(wire, server_side=True)
    wire.close()


def with_an_alert_of_tls_1_2(wire: socket.socket, tls: ssl.SSLContext) -> None:
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    with_an_alert(wire, tls)


def by_a_close(wire: socket.socket, tls: ssl.SSLContext) -> None:
    greeted = _greeted(wire, tls)
    greeted.close()


def by_a_close_after_the_request(wire: socket.socket, tls: ssl.SSLContext) -> None:
    greeted = _greeted(wire, tls)
    greeted.recv(4096)
    greeted.close()


def by_a_farewell(wire: socket.socket, tls: ssl.SSLContext) -> None:
    greeted = _greeted(wire, tls)
    greeted.recv(4096)
    with suppress(ssl.SSLError, OSError):
        greeted.unwrap()
    greeted.close()


def by_a_reset(wire: socket.socket, tls: ssl.SSLContext) -> None:
    _reset(_greeted(wire, tls))


def by_a_reset_after_the_request(wire: socket.socket, tls: ssl.SSLContext) -> None:
    greeted = _greeted(wire, tls)
    greeted.recv(4096)
    _reset(greeted)


def by_a_reset_in_the_handshake(wire: socket.socket, tls: ssl.SSLContext) -> None:
    wire.recv(4096)
    _reset(wire)


def by_a_close_in_the_handshake(wire: socket.socket, tls: ssl.SSLContext) -> None:
    wire.recv(4096)
    wire.close()


@contextmanager
def service(pki: Certificates, hang_up: HangUp) -> Iterator[str]:
    """A service that hangs up once on whoever comes; its address."""
    tls = pki.server()
    tls.load_verify_locations(pki.ca)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(_PATIENCE_S)

        def serve() -> None:
            wire, _ = listener.accept()
            wire.settimeout(_PATIENCE_S)
            hang_up(wire, tls)

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        yield f"wss://127.0.0.1:{listener.getsockname()[1]}/xfs4iot/v1.0/lights"
        serving.join()


def opened_by_a_stranger(address: str, ca: Path) -> tuple[str, str]:
    options = {"service": address, "ca_file": str(ca), "open_timeout_s": 10}
    failure = refusal(XfsLights(context(**options)).open())
    return failure.code, failure.detail


WAYS = (
    with_an_alert,
    with_an_alert_of_tls_1_2,
    by_a_close,
    by_a_close_after_the_request,
    by_a_farewell,
    by_a_reset,
    by_a_reset_after_the_request,
    by_a_reset_in_the_handshake,
    by_a_close_in_the_handshake,
)


@pytest.mark.parametrize("hang_up", WAYS)
def test_a_stranger_is_told_so_however_he_is_shown_out(pki: Certificates, hang_up: HangUp) -> None:
    with service(pki, hang_up) as address:
        told = opened_by_a_stranger(address, pki.ca)
    assert told == ("device.misconfigured", "the service does not accept us")


@pytest.mark.parametrize("hang_up", [with_an_alert, by_a_close, by_a_reset])
def test_a_stranger_shown_out_before_he_could_ask(
    pki: Certificates, hang_up: HangUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a loaded machine the hang-up is read before the WebSocket's request is sent."""
    ask = ClientConnection.handshake

    def late(self: ClientConnection, *args: Any) -> None:
        self.recv_events_thread.join()
        ask(self, *args)

    monkeypatch.setattr(ClientConnection, "handshake", late)
    with service(pki, hang_up) as address:
        told = opened_by_a_stranger(address, pki.ca)
    assert told == ("device.misconfigured", "the service does not accept us")


@pytest.mark.parametrize("hang_up", [with_an_alert, by_a_close, by_a_reset])
def test_a_stranger_shown_out_while_he_asks(
    pki: Certificates, hang_up: HangUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request meets a wire that is closed, before anything was read from it."""
    send = ssl.SSLSocket.sendall

    def too_late(self: ssl.SSLSocket, *args: Any) -> None:
        if not self.server_side:
            socket.socket.shutdown(self, socket.SHUT_WR)
        send(self, *args)

    monkeypatch.setattr(ssl.SSLSocket, "sendall", too_late)
    with service(pki, hang_up) as address:
        told = opened_by_a_stranger(address, pki.ca)
    assert told == ("device.misconfigured", "the service does not accept us")


def test_a_wire_without_tls_is_told_from_a_stranger(pki: Certificates) -> None:
    def plain(wire: socket.socket, _: ssl.SSLContext) -> None:
        wire.recv(4096)
        wire.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        wire.close()

    with service(pki, plain) as address:
        told = opened_by_a_stranger(address, pki.ca)
    assert told == ("device.misconfigured", "the service's TLS cannot be used")
