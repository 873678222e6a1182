"""TLS that one thread reads while another writes, against OpenSSL itself at the other end."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from xfs_certificates import Certificates, certificates

from drivers.xfs.tls import Identity
from drivers.xfs.tls_socket import TlsSocket, connected

Serve = Callable[[ssl.SSLSocket], object]
A_LOT = bytes(range(256)) * 8192  # more than both kernels' buffers hold


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("tls"))


@contextmanager
def server(pki: Certificates, serve: Serve) -> Iterator[tuple[TlsSocket, Future[object]]]:
    """A client's socket to one who does ``serve``, and what that came to."""
    made = Identity(ca_file=str(pki.ca)).context("wss://127.0.0.1")
    assert made.value is not None
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        pool = stack.enter_context(ThreadPoolExecutor(1))

        def one() -> object:
            with listener.accept()[0] as wire, pki.server().wrap_socket(wire, True) as tls:
                return serve(tls)

        served = pool.submit(one)
        client = connected("127.0.0.1", listener.getsockname()[1], made.value, 30.0)
        stack.callback(client.close)
        yield client, served


def exactly(read: Callable[[int], bytes], count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = read(65536)
        assert piece, "it ended too early"
        data += piece
    return data


def test_much_goes_both_ways_at_the_same_time(pki: Certificates) -> None:
    def serve(tls: ssl.SSLSocket) -> bytes:
        tls.sendall(A_LOT)  # not read by the client before it has sent its own
        return exactly(tls.recv, len(A_LOT))

    with server(pki, serve) as (client, served), ThreadPoolExecutor(1) as reader:
        got = reader.submit(exactly, client.recv, len(A_LOT))
        client.sendall(A_LOT)
        assert got.result(30) == A_LOT
        assert served.result(30) == A_LOT


def test_tickets_are_no_data_and_the_end_is_one(pki: Certificates) -> None:
    asked = threading.Event()

    def serve(tls: ssl.SSLSocket) -> bytes:
        assert tls.version() == "TLSv1.3"
        request = tls.recv(100)  # its tickets were sent with the handshake
        tls.sendall(b"answer")
        asked.wait(30)
        return request

    with server(pki, serve) as (client, served), ThreadPoolExecutor(1) as reader:
        answer = reader.submit(client.recv, 1)
        client.sendall(b"request")
        assert answer.result(30) == b"answer", "all that there is, whatever was asked for"
        asked.set()
        assert served.result(30) == b"request"
        assert client.recv(100) == b""


def test_closing_ends_the_wait_of_another_thread(pki: Certificates) -> None:
    done = threading.Event()
    with server(pki, lambda tls: done.wait(30)) as (client, _), ThreadPoolExecutor(1) as reader:
        waits = reader.submit(client.recv, 100)
        client.close()
        assert isinstance(waits.exception(30), OSError) or waits.result() == b""
        done.set()


def test_a_server_that_never_greets_is_given_up(pki: Certificates) -> None:
    made = Identity(ca_file=str(pki.ca)).context("wss://127.0.0.1")
    assert made.value is not None
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(TimeoutError):
        connected("127.0.0.1", silent.getsockname()[1], made.value, 0.1)
