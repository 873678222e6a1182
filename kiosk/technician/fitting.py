"""Putting a terminal's workshop together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from config.changes import LoadWith, changes_of
from config.remote import remote_store
from config.settings import Settings
from drivers.host import DeviceRack
from kiosk.audit import AuditLog
from kiosk.portal_check import PortalCheck
from kiosk.technician.accounts import Accounts
from kiosk.technician.bench import Bench, Parts
from kiosk.technician.gate import Gate
from kiosk.terminal import Terminal
from kiosk.terminal.clock import Now
from offline_queue import Outbox
from portal import PortalClient


def accounts_of(folder: Path) -> Accounts:
    """Where a terminal's technicians are kept."""
    return Accounts(folder / "technicians.json")


def make_bench(
    settings: Settings,
    *,
    terminal: Terminal,
    rack: DeviceRack,
    outbox: Outbox | None,
    audit: AuditLog,
    audit_file: Path,
    client: Callable[[], PortalClient],
    renewal: Callable[[], dict[str, Any]],
    load: LoadWith,
    now: Now,
) -> Bench:
    """The bench of this terminal. ``client``: makes a portal client for a check; ``renewal``: the last
    try to renew the certificate."""
    folder = settings.terminal.data_dir

    def check() -> PortalCheck:
        return PortalCheck(
            settings.portal, client, now, renewal=renewal(), remote=remote_store(settings)
        )

    gate = Gate(accounts_of(folder), folder / "technician-tries.json", now, audit.append)
    return Bench(
        Parts(
            settings=settings,
            port=terminal,
            rack=rack,
            outbox=outbox,
            audit=audit,
            audit_file=audit_file,
            log=_log_file(folder),
            gate=gate,
            check=check,
            changes=changes_of(settings),
            load=load,
            now=now,
            serve=partial(_serve, terminal),
        )
    )


def _log_file(folder: Path) -> Path:
    """Where this process logs to; where a terminal would, if to no file."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.FileHandler):
            return Path(handler.baseFilename)
    return folder / "log" / "terminal.log"


def _serve(terminal: Terminal, residents: bool) -> None:
    terminal.serve() if residents else terminal.serve_nobody("service.technician")
