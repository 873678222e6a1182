"""Runs the sandbox: in a thread for tests and the demo, or as a program of its own."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from portal.contract.base import GatewayState
from portal.sandbox.app import create_app
from portal.sandbox.faults import TRANSPORT, Fault
from portal.sandbox.settings import SandboxSettings
from portal.sandbox.tls import issued_context, server_context
from portal.sandbox.world import World


class DroppableProtocol(H11Protocol):
    """HTTP/1.1 whose applications may close the connection under their own answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inner: ASGIApp = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[TRANSPORT] = self.transport
            await inner(scope, receive, send)

        self.app = with_transport


class _AnnouncedServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


class SandboxServer:
    """A sandbox on a port of its own (0: any free one), served from a thread.

    ``certificate``: PEM files (certificate chain, key) for HTTPS; ``base_url`` then says
    ``https://localhost``. With an authority in the settings it is always HTTPS, by default with a
    fresh certificate of that authority; ``strict`` refuses clients without one in the handshake
    already, phones included. A context manager; raises OSError if the port is taken.
    """

    def __init__(
        self,
        settings: SandboxSettings,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        certificate: tuple[Path, Path] | None = None,
        strict: bool = False,
    ) -> None:
        context = _tls(settings, certificate, strict)
        app = create_app(settings)
        self.world: World = app.state.world
        self._socket = _bound(host, port)
        self.port: int = self._socket.getsockname()[1]
        scheme, name = ("http", host) if context is None else ("https", "localhost")
        self.base_url = f"{scheme}://{name}:{self.port}"
        self._server = _AnnouncedServer(_config(app, context))
        self._thread = threading.Thread(target=self._serve, name="sandbox-portal", daemon=True)
        self._thread.start()
        self._server.ready.wait()
        if not self._server.started:
            raise RuntimeError("the sandbox did not start; see its log")

    def stop(self) -> None:
        """Let hanging requests go, finish the others, close the database."""
        self.world.faults.clear()
        self._server.should_exit = True
        self._thread.join()

    def add_fault(self, fault: Fault) -> None:
        """As ``POST /sandbox/faults``."""
        self.world.faults.add(fault)

    def clear_faults(self) -> None:
        """As ``DELETE /sandbox/faults``."""
        self.world.faults.clear()

    def set_gateway(self, destination: str, state: GatewayState | None) -> None:
        """As ``POST /sandbox/gateways/{destination}``."""
        self.world.gateways.force(destination, state)

    def effects(self, key: str) -> int:
        """How often a key took effect: 0 or 1, or the sandbox is broken."""
        return int(self.world.effects(key)["effects"])

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()
            # also when start-up failed, so that nobody waits for it
            self._server.ready.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def run(
    host: str,
    port: int,
    database_url: str,
    catalogue_path: Path,
    *,
    public_base_url: str | None = None,
    auto_pay_after_s: float | None = None,
    certificate: tuple[Path, Path] | None = None,
) -> None:
    """Serve in the foreground until interrupted. ``catalogue_path``: the document as JSON."""
    settings = SandboxSettings(
        database_url=database_url,
        catalogue=json.loads(catalogue_path.read_text(encoding="utf-8")),
        public_base_url=public_base_url,
        auto_pay_after_s=auto_pay_after_s,
    )
    with _bound(host, port) as sock:
        context = _tls(settings, certificate, strict=False)
        uvicorn.Server(_config(create_app(settings), context)).run(sockets=[sock])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
    except OSError:
        sock.close()
        raise
    return sock


def _tls(
    settings: SandboxSettings, certificate: tuple[Path, Path] | None, strict: bool
) -> ssl.SSLContext | None:
    if certificate is not None:
        return server_context(certificate, settings.authority, strict=strict)
    if settings.authority is not None:
        return issued_context(settings.authority.server(), settings.authority, strict=strict)
    return None


def _config(app: ASGIApp, context: ssl.SSLContext | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=DroppableProtocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        access_log=False,
        log_level="warning",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
        # the loop checks client certificates itself
        ssl_context_factory=None if context is None else lambda *_: context,
    )
