"""What every handler of the judge needs: whole bodies or none, problems, answers cut short."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from types import MappingProxyType

_NONE: Mapping[str, str] = MappingProxyType({})


class Answering(BaseHTTPRequestHandler):
    """HTTP/1.1, silent."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def body(self) -> bytes | None:
        """The whole body; a client killed in mid-send has sent nothing, and hears nothing."""
        length = int(self.headers.get("Content-Length", "0"))
        body = self.rfile.read(length)
        if len(body) == length:
            return body
        self.close_connection = True
        return None

    def problem(self, status: int, code: str, *, retryable: bool) -> None:
        """Refuse (RFC 9457)."""
        document = {
            "type": "about:blank",
            "title": code,
            "status": status,
            "code": code,
            "retryable": retryable,
            "trace_id": "0" * 32,
        }
        self.send(status, "application/problem+json", json.dumps(document).encode())

    def send(
        self,
        status: int,
        media: str,
        body: bytes,
        headers: Mapping[str, str] = _NONE,
        sent: int | None = None,
    ) -> None:
        """Answer with the first ``sent`` bytes (all) of ``body``."""
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body[:sent])
        self.wfile.flush()
