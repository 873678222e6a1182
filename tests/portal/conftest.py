"""A real sandbox on loopback and real clients."""

from __future__ import annotations

import socket
import ssl
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from portal_support import Clerk, Site, make_settings

from portal import PortalClient, Timeouts
from portal.sandbox import SandboxServer
from portal.sandbox.private_postgres import PrivatePostgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivatePostgres]:
    """One server for all tests of the process; each takes a database of its own."""
    with PrivatePostgres() as running:
        yield running


@pytest.fixture
def on_postgres(request: pytest.FixtureRequest) -> bool:
    """Do this test's sandboxes live on PostgreSQL?"""
    return bool(request.config.getoption("--postgres"))


@pytest.fixture
def start(
    tmp_path: Path, request: pytest.FixtureRequest, on_postgres: bool
) -> Iterator[Callable[..., SandboxServer]]:
    servers: list[SandboxServer] = []
    place: dict[str, str] = {}
    if on_postgres:
        cluster: PrivatePostgres = request.getfixturevalue("postgres")
        place["database_url"] = cluster.create(f"t{uuid.uuid4().hex}")

    def start_one(certificate: tuple[Path, Path] | None = None, **changes: Any) -> SandboxServer:
        changes = {**place, **changes}
        servers.append(SandboxServer(make_settings(tmp_path, **changes), certificate=certificate))
        return servers[-1]

    yield start_one
    for server in servers:
        server.stop()
        assert server.world.watch is not None
        # what these tests ask is often wrong on purpose; what they are answered never is
        broken = [one for one in server.world.watch.findings() if one.side == "answer"]
        assert not broken, [str(one) for one in broken]


@pytest.fixture
def stored(
    tmp_path: Path, request: pytest.FixtureRequest, on_postgres: bool
) -> Callable[[], bytes]:
    """Reads every byte the sandboxes have on disk."""

    def read() -> bytes:
        if on_postgres:
            cluster: PrivatePostgres = request.getfixturevalue("postgres")
            return cluster.files()
        return b"".join(path.read_bytes() for path in tmp_path.glob("sandbox.sqlite3*"))

    return read


@pytest.fixture
def server(start: Callable[..., SandboxServer]) -> SandboxServer:
    return start()


@pytest.fixture
def client(server: SandboxServer) -> Iterator[PortalClient]:
    timeouts = Timeouts(connect_s=2, read_s=10, total_s=20)
    with PortalClient(server.base_url, terminal_id="T-1", timeouts=timeouts) as portal:
        yield portal


@pytest.fixture
def clerk_of() -> Iterator[Callable[[SandboxServer], tuple[PortalClient, Clerk]]]:
    """A client of a server that a test started itself, and a clerk who composes for it."""
    clients: list[PortalClient] = []

    def make(server: SandboxServer) -> tuple[PortalClient, Clerk]:
        timeouts = Timeouts(connect_s=2, read_s=10, total_s=20)
        clients.append(PortalClient(server.base_url, terminal_id="T-1", timeouts=timeouts))
        return clients[-1], Clerk(clients[-1])

    yield make
    for portal in clients:
        portal.close()


@pytest.fixture
def hasty(server: SandboxServer) -> Iterator[PortalClient]:
    """A client that gives up after 0.3 s of silence or 1 s in all."""
    timeouts = Timeouts(connect_s=0.3, read_s=0.3, total_s=1.0)
    with PortalClient(server.base_url, terminal_id="T-1", timeouts=timeouts) as portal:
        yield portal


@pytest.fixture
def clerk(client: PortalClient) -> Clerk:
    return Clerk(client)


@pytest.fixture
def tls_peer() -> Iterator[Callable[[ssl.SSLContext], int]]:
    """Starts servers that shake hands, once, and say nothing more; gives their port."""
    threads: list[threading.Thread] = []

    def start_one(context: ssl.SSLContext) -> int:
        listening = socket.create_server(("127.0.0.1", 0))

        def shake() -> None:
            # a client that refuses the certificate ends the handshake: that is what is looked at
            with listening, suppress(OSError), listening.accept()[0] as plain:
                context.wrap_socket(plain, server_side=True).close()

        threads.append(threading.Thread(target=shake))
        threads[-1].start()
        return int(listening.getsockname()[1])

    yield start_one
    for thread in threads:
        thread.join()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    found = Site(tmp_path_factory.mktemp("site"))
    yield found
    found.server.stop()
