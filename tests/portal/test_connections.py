"""Connections are kept for the next request, whoever makes it, as long as they can be trusted."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal import Answer, NoAnswer, PortalClient, connections
from portal.outcomes import NoAnswerCode


class _Far(BaseHTTPRequestHandler):
    """Takes uploads whole, redirects every other question with a body of its own."""

    protocol_version = "HTTP/1.1"

    def do_PATCH(self) -> None:
        received = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.digests.append(hashlib.sha256(received).hexdigest())
        self._answer(204, b"", {"Upload-Offset": str(len(received))})

    def do_GET(self) -> None:
        self._answer(307, b"elsewhere", {"Location": "/elsewhere", "Content-Length": "9"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.server.came_from.add(self.client_address)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def far():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Far) as server:
        server.came_from, server.digests = set(), []
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def client(far):
    with PortalClient(f"http://127.0.0.1:{far.server_port}", terminal_id="T-1") as client:
        yield client


def _send(client, part: bytes = b"part") -> None:
    assert client.uploads.append("/v1/uploads/1", 0, part, len(part)) == Answer(len(part))


def test_an_answer_without_a_body_leaves_the_connection_to_the_next_thread(far, client):
    for _ in range(3):
        with ThreadPoolExecutor(1) as thread:
            thread.submit(_send, client).result()
    assert len(far.came_from) == 1


def test_a_connection_idle_too_long_is_not_used_again(far, client, monkeypatch):
    _send(client)
    monkeypatch.setattr(connections, "_IDLE_S", 0.0)
    _send(client)
    assert len(far.came_from) == 2


def test_what_was_not_read_to_its_end_is_not_the_next_answer(far, client):
    assert client.health() == NoAnswer(NoAnswerCode.REDIRECT, 307)
    _send(client)
    assert len(far.came_from) == 2


def test_a_large_body_arrives_as_it_is(far, client):
    content = bytes(range(256)) * 1025
    _send(client, content)
    assert far.digests == [hashlib.sha256(content).hexdigest()]


@pytest.mark.parametrize(
    ("method", "url", "headers"),
    [
        ("GET /other", "/v1/health", {}),
        ("GET", "/v1/health HTTP/1.1\r\nA: b", {}),
        ("GET", "/v1/health", {"Terminal-Id": "T-1\r\nAuthorization: Bearer x"}),
        ("GET", "/v1/health", {"Terminal-Id: T-2\r\nA": "b"}),
        ("GET", "/v1/health", {"Pickup-Key": "汕头"}),
    ],
)
def test_nothing_is_sent_that_would_say_something_else(far, client, method, url, headers):
    adapter = connections.WatchedAdapter(f"http://127.0.0.1:{far.server_port}", None, None)
    sent = connections.prepared(method, "http://127.0.0.1" + url, headers, None)
    with pytest.raises(ValueError, match=r"no request line|no header|latin-1"):
        adapter.send(sent, timeout=(5.0, 5.0))
    assert not far.came_from


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (b"Content-Length: 4\r\nContent-Length: 8\r\n\r\nabcdefgh", NoAnswerCode.GARBAGE),
        (b"Content-Length: 9\r\n\r\nabcdefgh", NoAnswerCode.TRUNCATED),
        (b"Transfer-Encoding: chunked\r\n\r\n8\r\nabcd", NoAnswerCode.TRUNCATED),
        (b"Content-Length: 9999999\r\n\r\na", NoAnswerCode.TOO_LARGE),
        (b"\r\n" + bytes(5 << 20), NoAnswerCode.TOO_LARGE),
        (b"Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\na", NoAnswerCode.GARBAGE),
    ],
    ids=["two lengths", "short", "short chunk", "too long", "endless", "encoded"],
)
def test_a_body_that_is_not_as_it_was_said_is_no_answer(answer, meaning):
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as thread:
        thread.submit(_answer_once, server, b"HTTP/1.1 200 OK\r\n" + answer)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        with PortalClient(address, terminal_id="T-1") as client:
            outcome = client.health()
    assert isinstance(outcome, NoAnswer)
    assert outcome.code is meaning


def _answer_once(server: socket.socket, answer: bytes) -> None:
    there, _ = server.accept()
    with there:
        there.recv(1 << 16)
        with contextlib.suppress(ConnectionError):
            there.sendall(answer)


def test_a_client_let_go_without_closing_it_leaves_no_socket(far) -> None:
    adapter = connections.WatchedAdapter(f"http://127.0.0.1:{far.server_port}", None, None)
    request = connections.prepared("GET", f"http://127.0.0.1:{far.server_port}/", {}, None)
    answering = adapter.send(request, timeout=(5, 5)).raw
    answering.read(100)
    kept = answering.connection.sock
    adapter.release(answering)
    assert kept.fileno() > 0
    del adapter
    gc.collect()
    assert kept.fileno() == -1
