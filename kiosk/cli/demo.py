"""``kiosk demo``: the sandbox portal, simulated devices and the terminal, all on loopback."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from kiosk.cli.common import fail

if TYPE_CHECKING:
    from config.settings import Settings
    from kiosk.app import Application
    from kiosk.technician.accounts import Account
    from kiosk.world.launch import RunningWorld
    from screens.shell import ShellOptions

WINDOW_SCALE = 0.45
"""The demo's window, as a share of the design size: fits a laptop beside the panel."""
TERMINAL = "ST-DEMO-01"
MARKER = ".citizen-window-out"
DEMO_MIN_FREE_MIB = 64
DEMO_TECHNICIAN_PIN = "246810"
_MISSED = {"chip_reader": "a reader for social-security cards"}


def run_demo(*, headless: bool | None, out: Path, trim: str, verbose: bool) -> int:
    """Start the world and the terminal; returns the exit code."""
    from kiosk.logs import setup_logging
    from kiosk.world.launch import WorldNotStarted, launch_world

    alone = not _has_display() if headless is None else headless
    if alone:
        # Must stand before Qt is imported anywhere in this process.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _fresh(out)
    elif trouble := _display_trouble():
        fail(f"No window can be opened: {trouble}. Without one: --headless", 4)
    say = typer.echo
    with _workplace(out, alone) as folder:
        setup_logging(folder / "log", verbose=verbose)
        say("Starting the sandbox portal and the simulated devices …")
        started = time.monotonic()
        try:
            world = launch_world(
                folder / "world", out=out if alone else None, fast=alone, terminal=TERMINAL
            )
        except WorldNotStarted as error:
            fail(str(error), 4)
        with world:
            say(f"… ready after {time.monotonic() - started:.1f} s. Starting the terminal …")
            for device, why in world.missing.items():
                say(f"Without {_MISSED.get(device, device)}: {why}")
            settings = demo_settings(trim, folder, world)
            if alone:
                return _play_morning(settings, world, out)
            return _open_windows(settings, world)


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _display_trouble() -> str | None:
    from screens.display import display_trouble

    return display_trouble()


def _fresh(out: Path) -> None:
    """Empty ``out`` if it is ours; refuse to touch anything else."""
    if out.exists():
        if any(out.iterdir()) and not (out / MARKER).exists():
            fail(f"{out} is not empty and not a folder of an earlier demo; choose another --out", 2)
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / MARKER).touch()


@contextmanager
def _workplace(out: Path, alone: bool) -> Iterator[Path]:
    """Where the terminal keeps its data: below ``out`` for a scripted run, else for this run only."""
    if alone:
        yield out / "terminal"
        return
    with tempfile.TemporaryDirectory(prefix="citizen-window-demo-") as folder:
        yield Path(folder)


def demo_settings(trim: str, folder: Path, world: RunningWorld) -> Settings:
    """Of a terminal in this world, with its data below ``folder``."""
    from config.load import load_settings

    settings = load_settings(trim=trim).settings
    overlay: dict[str, Any] = world.settings_overlay()
    merged = settings.model_dump(mode="json")
    merged["terminal"]["id"] = TERMINAL
    merged["terminal"]["data_dir"] = str(folder / "data")
    merged["screen"]["fullscreen"] = False
    merged["queue"]["min_free_mib"] = DEMO_MIN_FREE_MIB
    merged["face"]["models_dir"] = str(settings.face.models_dir.resolve())
    merged["portal"].update(overlay["portal"])
    merged["staff"]["pins"] = overlay["staff"]["pins"]
    merged["devices"] = overlay["devices"]
    return type(settings).model_validate_json(_json(merged))


def _json(value: Any) -> str:
    import json

    return json.dumps(value)


def demo_technician(folder: Path) -> Account:
    """An account for the workshop of a demonstration's terminal."""
    from kiosk.technician.accounts import Account, Role, new_secret
    from kiosk.technician.fitting import accounts_of
    from kiosk.terminal.staff import hash_pin

    account = Account("1001", Role.MANAGE, hash_pin(DEMO_TECHNICIAN_PIN), new_secret())
    accounts_of(folder).put(account)
    return account


def demo_application(settings: Settings) -> Application:
    """The terminal, with a courier that is soon back after the network was gone."""
    from kiosk.app import Application
    from offline_queue import CourierPolicy

    # Demonstrations don't wait ten minutes for the network to be believed again.
    policy = CourierPolicy(shortest_s=0.5, longest_s=5.0, breaker_open_s=2.0)
    return Application(settings, courier_policy=policy)


def _play_morning(settings: Settings, world: RunningWorld, out: Path) -> int:
    from kiosk.demo import Hands, print_report, progress_line, run_morning
    from screens.panel import Finger, ScreenRecorder, TouchHands
    from screens.run import run_shell
    from screens.shell import Shell

    app = demo_application(settings)
    stage: dict[str, Any] = {}

    def prepare(shell: Shell) -> None:
        stage["hands"] = TouchHands(app.terminal, Finger(shell))
        stage["recorder"] = ScreenRecorder(shell, out)

    def script() -> int:
        hands: Hands = stage["hands"]
        typer.echo("A morning of visits, about three minutes:")
        report = run_morning(
            app.terminal,
            world,
            hands=hands,
            out=out,
            on_screen=stage["recorder"],
            rack=app.rack,
            on_visit=lambda row: typer.echo(progress_line(row)),
        )
        print_report(report)
        typer.echo(f"Look at {out / 'index.html'}: every screen, slip and proof.")
        return report.exit_code

    app.start()
    try:
        return run_shell(app.terminal, shell_options(settings), prepare=prepare, script=script)
    finally:
        app.stop()


def _open_windows(settings: Settings, world: RunningWorld) -> int:
    from screens.panel import PanelWindow
    from screens.run import run_shell

    account = demo_technician(settings.terminal.data_dir)
    app = demo_application(settings)
    app.start()
    try:
        return run_shell(
            app.terminal,
            shell_options(settings, scale=WINDOW_SCALE),
            bench=app.bench,
            beside=lambda shell: PanelWindow(
                world.client,
                language=settings.screen.language,
                pids=lambda: {host.name: host.pid for host in app.rack.hosts if host.pid},
                technician=lambda: (
                    f"{account.number} / {DEMO_TECHNICIAN_PIN} / {account.code(time.time())}"
                ),
                beside=shell.view,
            ),
        )
    finally:
        app.stop()


def shell_options(settings: Settings, scale: float = 1.0) -> ShellOptions:
    """Of its window."""
    from screens.shell import ShellOptions

    return ShellOptions(
        fullscreen=settings.screen.fullscreen,
        orientation=settings.screen.orientation,
        scale=scale,
        staff_authorisation=settings.staff.authorisation,
        keyboard_scanner=settings.scanner.keyboard,
        panel=settings.screen.panel,
    )
