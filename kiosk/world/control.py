"""The world's own door for scripts and the demo panel: JSON over HTTP on loopback, with a token."""

from __future__ import annotations

import hmac
import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from drivers.loopback_http import LoopbackHttpServer
from kiosk.world.world import World

TOKEN_HEADER = "X-World-Token"  # noqa: S105 - a header's name
MAX_BODY = 64 * 1024


class ControlServer:
    """``GET /state``, ``GET /commands``, ``POST /command`` {device, name, arguments}.

    Without the token in ``X-World-Token`` everything is 403, so that no web page open in a browser
    of this machine can play the world.
    """

    def __init__(self, world: World, token: str) -> None:
        self._http = LoopbackHttpServer(_handler(world, token))

    def start(self) -> None:
        """Listen."""
        self._http.start()

    def stop(self) -> None:
        """End; safe to call twice."""
        self._http.stop()

    @property
    def address(self) -> str:
        """``http://127.0.0.1:port``."""
        return f"http://127.0.0.1:{self._http.port}"


def _handler(world: World, token: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self._allowed():
                return
            if self.path == "/state":
                self._answer(200, world.state())
            elif self.path == "/commands":
                self._answer(200, world.commands())
            else:
                self._answer(404, {"error": "no such page"})

        def do_POST(self) -> None:
            if not self._allowed():
                return
            if self.path != "/command":
                self._answer(404, {"error": "no such page"})
                return
            try:
                wanted = json.loads(self._body())
                done = world.command(
                    str(wanted["device"]), str(wanted["name"]), wanted.get("arguments", {})
                )
            except KeyError as error:
                self._answer(404, {"error": f"there is no {error}"})
            except (ValueError, TypeError, AttributeError) as error:
                self._answer(400, {"error": str(error)})
            else:
                self._answer(200, done)

        def _allowed(self) -> bool:
            given = self.headers.get(TOKEN_HEADER, "")
            if hmac.compare_digest(given.encode(), token.encode()):
                return True
            self._answer(403, {"error": "the token is missing or wrong"})
            return False

        def _body(self) -> bytes:
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > MAX_BODY:
                raise ValueError("the body has no length, or is too long")
            return self.rfile.read(int(length))

        def _answer(self, status: int, content: Any) -> None:
            body = json.dumps(content, ensure_ascii=False, default=str).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """No log: whoever plays the world sees its state."""

    return Handler
