"""``kiosk run``: the window first, then the first screen, and the whole terminal behind it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiosk.cli.early import window
from kiosk.cli.loading import effective, fail

if TYPE_CHECKING:
    from config.changes import LoadWith
    from config.remote import Effective
    from kiosk.app import Application, Bench
    from kiosk.terminal import Front
    from screens.opening import Opening


class _First(NamedTuple):
    found: Effective
    front: Front


def run_terminal(config: Path | None, trim: str | None, *, verbose: bool) -> int:
    """Serve until the window is closed; returns the exit code."""
    opening = window(config, trim)
    try:
        first = opening.meanwhile(lambda: _first(config, trim, verbose=verbose))
        load = _again(config, trim)
        return _run_window(first.front, lambda: _put_together(first, load), opening)
    finally:
        opening.close()


def _again(config: Path | None, trim: str | None) -> LoadWith:
    """How the settings are loaded at the next start, with other changes of a technician."""
    from config.remote import load_effective

    return lambda changed: load_effective(config, trim=trim, changed=changed).loaded


def _first(config: Path | None, trim: str | None, *, verbose: bool) -> _First:
    """What the first screen needs; with it come the modules that show it."""
    # Looking for plugins of it, among all that is installed, would be the first thing that pydantic does.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from kiosk.first import harden, make_front
    from kiosk.logs import setup_logging
    from screens import run  # noqa: F401 - loaded here, where the window need not wait for it

    found = effective(config, trim)
    settings = found.loaded.settings
    setup_logging(settings.terminal.data_dir / "log", verbose=verbose)
    harden()
    return _First(found, make_front(settings))


def _put_together(first: _First, load: LoadWith) -> Application:
    from kiosk.app import Application, SecondInstanceError
    from kiosk.remote_upkeep import tell

    tell(first.found)
    try:
        return Application(first.front.settings, front=first.front, load=load)
    except SecondInstanceError as error:
        fail(f"Another terminal already runs with the data folder {error}. Stop it first.", 3)


def _run_window(front: Front, put_together: Callable[[], Application], opening: Opening) -> int:
    """Show the first screen, make the terminal whole behind it, and serve until the window is closed.

    The devices' processes start last of all: they would take the processor from the screen.
    """
    from kiosk.watchdog import notify
    from screens.run import run_shell
    from screens.shell import ShellOptions
    from screens.speech import Outputs

    screen = front.settings.screen
    options = ShellOptions(
        fullscreen=screen.fullscreen,
        orientation=screen.orientation,
        staff_authorisation=front.settings.staff.authorisation,
        keyboard_scanner=front.settings.scanner.keyboard,
        prompts=screen.prompts,
        outputs=Outputs(speaker=screen.sound.speaker, headset=screen.sound.headset),
        panel=screen.panel,
    )
    whole: list[Application] = []

    def serve() -> Bench:
        app = put_together()
        whole.append(app)
        app.start()
        notify("READY=1")
        return app.bench

    front.start()
    try:
        return run_shell(
            front, options, beat=lambda: notify("WATCHDOG=1"), opening=opening, behind=serve
        )
    finally:
        notify("STOPPING=1")
        for app in whole:
            app.stop()
        front.stop()
