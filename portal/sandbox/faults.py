"""Faults on demand: pure ASGI, on the very connection, so that a dropped one is really dropped."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.contract.base import ProblemCode
from portal.sandbox.problems import Refusal, problem_response

TRANSPORT = "citizen_window.transport"
"""Scope extension: the connection's asyncio transport (see ``server.DroppableProtocol``)."""

_MAX_BODY = 8 * 1024 * 1024
_LOGIN_PAGE = b"<!doctype html><html><title>Login</title><form>Wi-Fi</form></html>"


class FaultKind(StrEnum):
    """What goes wrong. ``*_after`` kinds do the work first; ``cut`` lets half of the body in."""

    HTTP_429 = "http_429"
    HTTP_500 = "http_500"
    HTTP_502_HTML = "http_502_html"
    HTTP_503 = "http_503"
    GARBAGE = "garbage"
    HTML_200 = "html_200"
    REDIRECT = "redirect"
    SLOW = "slow"
    DRIBBLE = "dribble"
    HANG = "hang"
    HANG_AFTER = "hang_after"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    TRUNCATE = "truncate"
    CUT = "cut"


class Fault(BaseModel):
    """One armed fault.

    ``target``: ``portal`` (everything), an endpoint (``cases``, ``queries``, ``keys`` …) or a
    destination's code (cases and queries for it). ``count``: how many requests, None: all.
    ``seconds``: delay of ``slow``, or between the bytes of ``dribble``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    target: str = "portal"
    kind: FaultKind
    count: Annotated[int, Field(ge=1)] | None = None
    seconds: Annotated[float, Field(ge=0, le=3600)] = 1.0


class Faults:
    """The armed faults. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed: list[tuple[Fault, list[int]]] = []
        self._waiting: set[Callable[[], None]] = set()

    def add(self, fault: Fault) -> None:
        """Arm a fault; earlier ones come first."""
        with self._lock:
            self._armed.append((fault, [fault.count or 0]))

    def clear(self) -> None:
        """Disarm all and let hanging requests go."""
        with self._lock:
            self._armed.clear()
            waiting, self._waiting = self._waiting, set()
        for release in waiting:
            release()

    def listing(self) -> list[Fault]:
        """What is armed, with the counts that are left."""
        with self._lock:
            return [
                fault.model_copy(update={"count": left[0] if fault.count else None})
                for fault, left in self._armed
            ]

    def looks_at_bodies(self) -> bool:
        """Whether any fault is armed for a destination."""
        with self._lock:
            return any(fault.target.isdigit() for fault, _ in self._armed)

    def take(self, targets: set[str]) -> Fault | None:
        """The first fault for one of ``targets``, used up by one."""
        with self._lock:
            for index, (fault, left) in enumerate(self._armed):
                if fault.target in targets:
                    left[0] -= 1
                    if fault.count is not None and left[0] == 0:
                        del self._armed[index]
                    return fault
        return None

    async def wait_cleared(self) -> None:
        """Wait until :meth:`clear`."""
        loop, cleared = asyncio.get_running_loop(), asyncio.Event()

        def release() -> None:
            loop.call_soon_threadsafe(cleared.set)

        with self._lock:
            self._waiting.add(release)
        try:
            await cleared.wait()
        finally:
            with self._lock:
                self._waiting.discard(release)


class FaultMiddleware:
    """Plays the armed faults on requests below ``/v1``."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        targets = {"portal", scope["path"].split("/")[2]}
        if self._faults.looks_at_bodies() and scope["method"] == "POST":
            body = await _read_body(receive)
            receive = _replaying(body, receive)
            targets |= _destination(body)
        fault = self._faults.take(targets)
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await self._play(fault, scope, receive, send)

    async def _play(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        match fault.kind:
            case FaultKind.SLOW:
                await asyncio.sleep(fault.seconds)
                await self._app(scope, receive, send)
            case FaultKind.HANG:
                await self._hang(receive)
            case FaultKind.DROP_BEFORE:
                await _drop(scope, receive)
            case FaultKind.DROP_AFTER | FaultKind.HANG_AFTER | FaultKind.TRUNCATE:
                await self._after(fault, scope, receive, send)
            case FaultKind.CUT:
                await self._cut(scope, receive)
            case FaultKind.DRIBBLE:
                await self._dribble(fault, scope, receive, send)
            case _:
                await _canned(fault.kind, scope, receive, send)

    async def _hang(self, receive: Receive) -> None:
        gone = asyncio.ensure_future(_disconnected(receive))
        cleared = asyncio.ensure_future(self._faults.wait_cleared())
        _, pending = await asyncio.wait({gone, cleared}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    async def _after(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, keep)
        if fault.kind is FaultKind.HANG_AFTER:
            await self._hang(receive)
            return
        if fault.kind is FaultKind.TRUNCATE:
            await send(messages[0])
            body = b"".join(message.get("body", b"") for message in messages[1:])
            half = body[: len(body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            scope["extensions"][TRANSPORT].close()
            await _disconnected(receive)
            return
        await _drop(scope, receive)

    async def _cut(self, scope: Scope, receive: Receive) -> None:
        """Let half of the request's body through, then reset the connection under it."""
        left = int(dict(scope["headers"]).get(b"content-length", b"0")) // 2
        gone: Message = {"type": "http.disconnect"}

        async def until_half() -> Message:
            nonlocal left
            message = await receive() if left > 0 else gone
            if message["type"] == "http.request":
                body = message.get("body", b"")[:left]
                left -= len(body)
                return {"type": "http.request", "body": body, "more_body": True}
            return gone

        async def unheard(message: Message) -> None:
            """Nobody is there to read it."""

        await self._app(scope, until_half, unheard)
        await _drop(scope, receive)

    async def _dribble(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_disconnected(receive))
        await send(_start(200, b"application/json", 1_000_000))
        while not gone.done():
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
            await asyncio.wait({gone}, timeout=fault.seconds)


async def _canned(kind: FaultKind, scope: Scope, receive: Receive, send: Send) -> None:
    problems = {
        FaultKind.HTTP_429: (ProblemCode.RATE_LIMITED, 2),
        FaultKind.HTTP_500: (ProblemCode.INTERNAL, None),
        FaultKind.HTTP_503: (ProblemCode.MAINTENANCE, 5),
    }
    if kind in problems:
        code, retry = problems[kind]
        await problem_response(Refusal(code, retry_after_s=retry))(scope, receive, send)
        return
    pages = {
        FaultKind.GARBAGE: (200, b"application/json", b'{"key": "\xff\xfe'),
        FaultKind.HTML_200: (200, b"text/html", _LOGIN_PAGE),
        FaultKind.HTTP_502_HTML: (502, b"text/html", b"<h1>502 Bad Gateway</h1>"),
        FaultKind.REDIRECT: (302, b"text/html", b""),
    }
    status, media, body = pages[kind]
    if kind is FaultKind.GARBAGE and scope["method"] == "POST" and "queries" not in scope["path"]:
        status = 201  # looks right until it is read
    await send(_start(status, media, len(body)))
    await send({"type": "http.response.body", "body": body})


def _start(status: int, media: bytes, length: int) -> Message:
    headers = [(b"content-type", media), (b"content-length", str(length).encode())]
    if status == 302:
        headers.append((b"location", b"http://login.invalid/"))
    return {"type": "http.response.start", "status": status, "headers": headers}


async def _drop(scope: Scope, receive: Receive) -> None:
    """Reset the connection (RST) without a byte of an answer."""
    transport: asyncio.Transport = scope["extensions"][TRANSPORT]
    sock = transport.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    # the server writes a 500 if we return before it noticed that the peer is gone
    await _disconnected(receive)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


async def _read_body(receive: Receive) -> bytes:
    body = bytearray()
    while len(body) <= _MAX_BODY:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            break
    return bytes(body)


def _replaying(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


def _destination(body: bytes) -> set[str]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return set()
    return {str(document["destination"])} if "destination" in (document or ()) else set()
