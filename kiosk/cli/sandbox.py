"""``kiosk sandbox``."""

from __future__ import annotations

import threading
from pathlib import Path

import typer


def run_sandbox(host: str, port: int, database: str) -> None:
    """Serve the sandbox portal until Ctrl-C."""
    from config.shipped import load_catalogue
    from config.working_days import load_working_days
    from portal.sandbox import SandboxServer, SandboxSettings

    if database.startswith("sqlite:///"):
        Path(database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    settings = SandboxSettings(
        database_url=database,
        catalogue=load_catalogue().model_dump(mode="json", by_alias=True),
        is_working_day=load_working_days().is_working_day,
    )
    with SandboxServer(settings, host=host, port=port) as server:
        typer.echo(f"sandbox portal on {server.base_url}  (Ctrl-C ends it)")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("")
