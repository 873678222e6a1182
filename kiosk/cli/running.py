"""``kiosk run``: the window first, the terminal behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.early import window
from kiosk.cli.loading import effective, fail

if TYPE_CHECKING:
    from config.changes import LoadWith
    from kiosk.app import Application


def run_terminal(config: Path | None, trim: str | None, *, verbose: bool) -> int:
    """Serve until the window is closed; returns the exit code."""
    opening = window(config, trim)
    try:
        application = opening.meanwhile(lambda: _put_together(config, trim, verbose=verbose))
        from kiosk.app import run_window

        return run_window(application, opening)
    finally:
        opening.close()


def _again(config: Path | None, trim: str | None) -> LoadWith:
    """How the settings are loaded at the next start, with other changes of a technician."""
    from config.remote import load_effective

    return lambda changed: load_effective(config, trim=trim, changed=changed).loaded


def _put_together(config: Path | None, trim: str | None, *, verbose: bool) -> Application:
    from kiosk.app import Application, SecondInstanceError, setup_logging
    from kiosk.remote_upkeep import tell

    found = effective(config, trim)
    settings = found.loaded.settings
    setup_logging(settings.terminal.data_dir / "log", verbose=verbose)
    tell(found)
    try:
        return Application(settings, load=_again(config, trim))
    except SecondInstanceError as error:
        fail(f"Another terminal already runs with the data folder {error}. Stop it first.", 3)
