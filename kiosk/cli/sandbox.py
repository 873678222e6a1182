"""``kiosk sandbox``."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kiosk.cli.common import fail

if TYPE_CHECKING:
    from portal.sandbox.authority import Authority


def run_sandbox(
    host: str, port: int, database: str, test_ca: Path | None, edition: Path | None
) -> None:
    """Serve the sandbox portal until Ctrl-C."""
    from portal.sandbox.authority import Authority

    try:
        authority = None if test_ca is None else Authority.load(test_ca)
    except (OSError, ValueError) as error:
        fail(f"{test_ca} is no folder of `kiosk portal test-ca`: {error}", 2)
    with ExitStack() as ends:
        if database == "postgres":
            database = _private_postgres(ends)
        elif database.startswith("sqlite:///"):
            Path(database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        _serve(host, port, database, test_ca, edition, authority)


def _private_postgres(ends: ExitStack) -> str:
    """The address of an empty PostgreSQL that ends with ``ends``."""
    from portal.sandbox.private_postgres import PostgresMissingError, PrivatePostgres

    try:
        return ends.enter_context(PrivatePostgres()).url
    except PostgresMissingError as error:
        fail(str(error), 3)


def _serve(
    host: str,
    port: int,
    database: str,
    test_ca: Path | None,
    edition: Path | None,
    authority: Authority | None,
) -> None:
    from config.shipped import load_catalogue
    from config.working_days import load_working_days
    from kiosk.world.portal_routes import resolve_route
    from portal.sandbox import SandboxServer, SandboxSettings

    settings = SandboxSettings(
        database_url=database,
        catalogue=load_catalogue().model_dump(mode="json", by_alias=True),
        routes=resolve_route,
        edition=edition,
        is_working_day=load_working_days().is_working_day,
        authority=authority,
    )
    certificate = None if test_ca is None else (test_ca / "server.pem", test_ca / "server.key")
    with SandboxServer(settings, host=host, port=port, certificate=certificate) as server:
        typer.echo(f"sandbox portal on {server.base_url}  (Ctrl-C ends it)")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("")
