"""Connections are kept for the next request, whoever makes it, as long as they can be trusted."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal import Answer, NoAnswer, PortalClient, exchange
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
    monkeypatch.setattr(exchange, "_IDLE_S", 0.0)
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
