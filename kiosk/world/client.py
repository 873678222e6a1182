"""Playing the world from another process."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

TOKEN_HEADER = "X-World-Token"  # noqa: S105 - a header's name


class WorldError(Exception):
    """The world could not do what was asked; the message says why."""


class WorldClient:
    """Talks to a :class:`kiosk.world.control.ControlServer`. Thread-safe; each call is a request.

    Every method raises :class:`WorldError` for a command the world refuses, and :class:`OSError`
    when the world is gone.
    """

    def __init__(self, address: str, token: str, *, timeout_s: float = 10.0) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._token = token
        self._timeout_s = timeout_s

    def state(self) -> dict[str, Any]:
        """The state of every device, and the names of the papers so far."""
        return self._request("GET", "/state", None)

    def commands(self) -> dict[str, dict[str, str]]:
        """Device → command → one line of help."""
        return self._request("GET", "/commands", None)

    def command(self, device: str, name: str, /, **arguments: Any) -> dict[str, Any]:
        """Do something to a device; returns its state after it."""
        return self._request(
            "POST", "/command", {"device": device, "name": name, "arguments": arguments}
        )

    def _request(self, method: str, path: str, content: Any) -> dict[str, Any]:
        body = None if content is None else json.dumps(content).encode()
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout_s)
        try:
            connection.request(method, path, body, {TOKEN_HEADER: self._token})
            answer = connection.getresponse()
            status, text = answer.status, answer.read()
        except http.client.HTTPException as error:
            raise ConnectionError(f"the world broke off: {type(error).__name__}") from error
        finally:
            connection.close()
        found: dict[str, Any] = json.loads(text)
        if status != 200:
            raise WorldError(str(found.get("error", status)))
        return found
