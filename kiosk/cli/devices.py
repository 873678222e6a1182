"""``kiosk devices``: what is configured, how it is, and trying one out."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.common import ConfigOption, JsonOption, TrimOption, fail, load, print_json

if TYPE_CHECKING:
    from config.settings import Settings
    from drivers.host import DeviceRack

app = typer.Typer(help="The terminal's devices.", no_args_is_help=True)

SETTLE_S = 8.0


@app.command(name="list")
def list_devices(
    config: ConfigOption = None, trim: TrimOption = None, as_json: JsonOption = False
) -> None:
    """Configured devices with their present state, and the adapters installed."""
    from drivers.registry import adapter_names
    from kiosk.terminal.monitor import readiness_code
    from kiosk.words import remedy_for

    settings = load(config, trim).settings
    with _rack(settings) as rack:
        rows = []
        for name, status in settled(rack).items():
            code = readiness_code(status)
            rows.append(
                {
                    "name": name,
                    "port": settings.devices[name].port,
                    "adapter": settings.devices[name].adapter,
                    "device": status.device.value,
                    "media": status.media.value,
                    "paper": status.paper.value,
                    "code": code,
                    "detail": status.detail,
                    "remedy": "" if code == "ok" else remedy_for(code),
                }
            )
    if as_json:
        print_json({"devices": rows, "adapters": adapter_names()})
        return
    if not rows:
        typer.echo("No devices are configured. Adapters installed: " + ", ".join(adapter_names()))
    for row in rows:
        typer.echo(
            f"{row['name']:18} {row['port']:17} {row['adapter']:14} {row['device']:14} {row['code']}"
        )
        if row["remedy"]:
            typer.echo(f"{'':18} → {row['remedy']}")


@app.command()
def watch(config: ConfigOption = None, trim: TrimOption = None) -> None:
    """Print every real change of status until Ctrl-C."""
    from drivers.host import DeviceRack

    def changed(name: str, status: DeviceStatus) -> None:
        stamp = time.strftime("%H:%M:%S")
        typer.echo(
            f"{stamp} {name:18} {status.device.value:14} media={status.media.value} "
            f"paper={status.paper.value} {status.failure or ''} {status.detail}"
        )

    rack = DeviceRack(_specs(load(config, trim).settings), on_status=changed)
    rack.start()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        typer.echo("")
    finally:
        rack.stop()


@app.command(name="test")
def try_out(
    name: Annotated[str, typer.Argument(help="A device's name in the settings.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
) -> None:
    """Do one real operation on a device: read a card, print a test slip or page, take a frame."""
    from kiosk.device_trial import try_device

    settings = load(config, trim).settings
    if name not in settings.devices:
        fail(f"no device {name!r}; configured: {', '.join(settings.devices) or 'none'}", 2)
    with _rack(settings, only=name) as rack:
        good, words = try_device(rack[name])
    typer.echo(words)
    raise typer.Exit(0 if good else 1)


@app.command()
def accept(
    name: Annotated[
        str,
        typer.Argument(help="A device's name in the settings; with --simulated also an adapter's."),
    ],
    config: ConfigOption = None,
    trim: TrimOption = None,
    in_simulation: Annotated[
        bool, typer.Option("--simulated", help="Try the adapter at its simulator, not the device.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Where the signed report goes (JSON and PDF).")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Begin without asking whether the device may be used.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check everything a device's port promises, and write a signed certificate.

    Exit code: 0 accepted, 1 rejected, 3 incomplete (some checks could not be done).
    """
    from kiosk.cli.acceptance import run_acceptance

    settings = load(config, trim).settings
    raise typer.Exit(
        run_acceptance(
            settings, name, in_simulation=in_simulation, out=out, yes=yes, as_json=as_json
        )
    )


@app.command()
def explain(
    name: Annotated[str, typer.Argument(help="A failure code, or a device's name.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a failure code means, its likely causes and what to do; or a device's status now."""
    from kiosk.device_explain import as_lines, near_codes
    from kiosk.device_explain import explain as explain_code
    from kiosk.words import known_codes

    status: dict[str, str] = {}
    code = name
    if name not in known_codes():
        settings = load(config, trim).settings
        if name not in settings.devices:
            near = [*near_codes(name), *settings.devices]
            fail(f"{name!r} is no failure code and no device; near: {', '.join(near) or '–'}", 2)
        code, status = _code_now(settings, name)
    answer = {**status, **(explain_code(code) if code != "ok" else {"code": "ok"})}
    if as_json:
        print_json(answer)
        return
    if status:
        typer.echo(", ".join(f"{key}={value}" for key, value in status.items() if value))
    for line in as_lines(answer) if code != "ok" else ["Nothing is wrong with it."]:
        typer.echo(line)


def _code_now(settings: Settings, name: str) -> tuple[str, dict[str, str]]:
    """The code of what is wrong with the device, ``ok`` if nothing, and its status in words."""
    from kiosk.terminal.monitor import readiness_code

    with _rack(settings, only=name) as rack:
        status = settled(rack)[name]
    words = {
        "device": status.device.value,
        "media": status.media.value,
        "paper": status.paper.value,
        "toner": status.toner.value,
        "detail": status.detail,
    }
    return status.failure or readiness_code(status), {"name": name, **words}


@app.command()
def recording(
    name: Annotated[str, typer.Argument(help="A device's name in the settings.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
) -> None:
    """Write the last minutes of a device's wire traffic, redacted, one JSON line a piece."""
    from kiosk.cli.recording import write_traffic

    write_traffic(load(config, trim).settings.terminal.data_dir, name)


@contextmanager
def _rack(settings: Settings, only: str | None = None) -> Iterator[DeviceRack]:
    from drivers.host import DeviceRack

    rack = DeviceRack([spec for spec in _specs(settings) if only in (None, spec.name)])
    rack.start()
    try:
        yield rack
    finally:
        rack.stop()


def _specs(settings: Settings) -> list[HostSpec]:
    from drivers.host import HostSpec

    return [
        HostSpec(name, device.port, device.adapter, device.options)
        for name, device in settings.devices.items()
    ]


def settled(rack: DeviceRack, timeout_s: float = SETTLE_S) -> dict[str, DeviceStatus]:
    """The statuses once every device has answered or failed, at most ``timeout_s`` later."""
    from drivers.host import HostState

    deadline = time.monotonic() + timeout_s
    pause = threading.Event()
    while time.monotonic() < deadline:
        statuses = rack.statuses()
        if all(
            host.state is not HostState.STARTING
            and (statuses[name].usable or statuses[name].failure)
            for name, host in ((host.name, host) for host in rack.hosts)
        ):
            return statuses
        pause.wait(0.05)
    return rack.statuses()


if TYPE_CHECKING:
    from drivers.host import HostSpec
    from drivers.status import DeviceStatus
