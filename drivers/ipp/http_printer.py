"""IPP's way over HTTP, the printer's side (RFC 8010 section 3.3)."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

from drivers.ipp.codec import IppFormatError

MAX_REQUEST = 64 * 1024 * 1024


def handler(path: str, answer: Callable[[bytes], bytes | None]) -> type[BaseHTTPRequestHandler]:
    """A request handler for a printer at ``path``: ``answer(message)`` gives the message to send back,
    or None to hang up without a word. It may raise :class:`IppFormatError`, which is told as HTTP
    status 400."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self._body()
            if body is None:
                self.close_connection = True
                self.send_error(413)
                return
            if self.headers.get_content_type() != "application/ipp" or self.path != path:
                self.send_error(404 if self.path != path else 415)
                return
            try:
                said = answer(body)
            except IppFormatError as error:
                self.send_error(400, explain=str(error))
                return
            if said is None:
                self.close_connection = True
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def _body(self) -> bytes | None:
            """The request body, by length or in chunks; None if too long or malformed."""
            if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                return self._chunked_body()
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > MAX_REQUEST:
                return None
            return self.rfile.read(int(length))

        def _chunked_body(self) -> bytes | None:
            parts: list[bytes] = []
            total = 0
            while True:
                line = self.rfile.readline(1024).split(b";")[0].strip()
                try:
                    size = int(line, 16)
                except ValueError:
                    return None
                if size == 0:
                    while self.rfile.readline(1024).strip():
                        pass
                    return b"".join(parts)
                total += size
                if total > MAX_REQUEST:
                    return None
                parts.append(self.rfile.read(size))
                self.rfile.readline(1024)

        def log_message(self, format: str, *args: Any) -> None:
            """No log: job names have no business on a console."""

    return Handler
