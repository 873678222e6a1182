"""``kiosk devices``: what is configured, how it is, and trying one out."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.common import (
    ConfigOption,
    JsonOption,
    LanguageOption,
    TrimOption,
    fail,
    load,
    print_json,
    tongue,
)
from kiosk.cli.ports import RootOption, bind, list_ports, roots_of, udev_rules

if TYPE_CHECKING:
    from config.settings import Settings
    from drivers.host import DeviceRack
    from drivers.hotplug.inventory import Roots
    from drivers.hotplug.watch import PortChange

app = typer.Typer(help="The terminal's devices.", no_args_is_help=True)

SETTLE_S = 8.0


@app.command(name="list")
def list_devices(
    config: ConfigOption = None,
    trim: TrimOption = None,
    as_json: JsonOption = False,
    root: RootOption = None,
) -> None:
    """Configured devices with their present state and their ports, and the adapters installed."""
    from drivers.registry import adapter_names
    from kiosk.device_ports import whereabouts
    from kiosk.device_words import state_words
    from kiosk.terminal.monitor import readiness_code
    from kiosk.words import remedy_for

    settings = load(config, trim).settings
    states: dict[str, str] = {}
    with _rack(settings, roots=roots_of(root)) as rack:
        rows = []
        places = {n: whereabouts(d, roots_of(root)) for n, d in settings.devices.items()}
        for name, status in settled(rack).items():
            code = readiness_code(status)
            place = places[name]
            states[name] = state_words(settings.devices[name].port, status)
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
                    "place": place.as_json() if place is not None else None,
                }
            )
    if as_json:
        print_json({"devices": rows, "adapters": adapter_names()})
        return
    if not rows:
        typer.echo("No devices are configured. Adapters installed: " + ", ".join(adapter_names()))
    for row in rows:
        device, code, detail = (str(row[key]) for key in ("name", "code", "detail"))
        wrong = "" if code == "ok" else f": {code}"
        typer.echo(f"{device:18} {row['port']:17} {row['adapter']:15} {states[device]}{wrong}")
        where = places[device]
        if where is not None:
            typer.echo(f"{'':18} {where}")
        if detail and not (where is not None and where.problem and where.problem in detail):
            typer.echo(f"{'':18} {detail}")
        if row["remedy"]:
            typer.echo(f"{'':18} → {row['remedy']}")


@app.command()
def watch(config: ConfigOption = None, trim: TrimOption = None, root: RootOption = None) -> None:
    """Print every real change of status, and every port that comes or goes, until Ctrl-C."""
    from drivers.host import DeviceRack
    from drivers.hotplug.watch import PortWatcher
    from kiosk.device_ports import place_of
    from kiosk.device_words import change_words

    settings = load(config, trim).settings

    def told(who: str, what: str) -> None:
        typer.echo(f"{time.strftime('%H:%M:%S')} {who:18} {what}")

    def changed(name: str, status: DeviceStatus) -> None:
        told(name, change_words(settings.devices[name].port, status))

    def port_changed(change: PortChange) -> None:
        usb = f" {change.port.usb}" if change.port.usb is not None else ""
        told("port", ("+ " if change.attached else "- ") + place_of(change.port) + usb)

    rack = DeviceRack(_specs(settings, roots_of(root)), on_status=changed)
    ports = PortWatcher(port_changed, roots=roots_of(root))
    rack.start()
    ports.start()
    typer.echo("Watching; Ctrl-C ends it.", err=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        typer.echo("")
    finally:
        ports.stop()
        rack.stop()


app.command(name="ports")(list_ports)
app.command()(bind)
app.command(name="udev-rules")(udev_rules)


@app.command(name="test")
def try_out(
    name: Annotated[str, typer.Argument(help="A device's name in the settings.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
    language: LanguageOption = None,
    root: RootOption = None,
) -> None:
    """Do one real operation on a device: read a card or code, print, take a picture, light the lights."""
    from kiosk.device_ports import whereabouts
    from kiosk.device_trial import try_device

    settings = load(config, trim).settings
    spoken = tongue(language)
    if name not in settings.devices:
        fail(f"no device {name!r}; configured: {', '.join(settings.devices) or 'none'}", 2)
    if (place := whereabouts(settings.devices[name], roots_of(root))) is not None:
        typer.echo(f"{name}: {getattr(place.words(), spoken)}")
    with _rack(settings, only=name, roots=roots_of(root)) as rack:
        good, words = try_device(rack[name], lambda text: typer.echo(getattr(text, spoken)))
    typer.echo(getattr(words, spoken))
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
    root: RootOption = None,
) -> None:
    """Say what a failure code means, its likely causes and what to do; or a device's status now."""
    from kiosk.device_explain import as_lines, near_codes
    from kiosk.device_explain import explain as explain_code
    from kiosk.words import known_codes

    status: dict[str, str] = {}
    now = ""
    code = name
    if name not in known_codes():
        settings = load(config, trim).settings
        if name not in settings.devices:
            near = [*near_codes(name), *settings.devices]
            fail(f"{name!r} is no failure code and no device; near: {', '.join(near) or '–'}", 2)
        code, status, now = _code_now(settings, name, roots_of(root))
    answer = {**status, **(explain_code(code) if code != "ok" else {"code": "ok"})}
    if as_json:
        print_json(answer)
        return
    if now:
        typer.echo(f"{name}: {now}")
    if place := status.get("place"):
        typer.echo(place)
    for line in as_lines(answer) if code != "ok" else ["Nothing is wrong with it."]:
        typer.echo(line)


def _code_now(settings: Settings, name: str, roots: Roots) -> tuple[str, dict[str, str], str]:
    """The code of what is wrong with the device (``ok`` if nothing), its status, and that in words."""
    from kiosk.device_ports import whereabouts
    from kiosk.device_words import change_words
    from kiosk.terminal.monitor import readiness_code

    place = whereabouts(settings.devices[name], roots)
    with _rack(settings, only=name, roots=roots) as rack:
        status = settled(rack)[name]
    words = {
        "device": status.device.value,
        "media": status.media.value,
        "paper": status.paper.value,
        "toner": status.toner.value,
        "detail": status.detail,
        "place": str(place or ""),
    }
    code = status.failure or readiness_code(status)
    return code, {"name": name, **words}, change_words(settings.devices[name].port, status)


@app.command()
def recording(
    name: Annotated[str, typer.Argument(help="A device's name in the settings.")],
    config: ConfigOption = None,
    trim: TrimOption = None,
) -> None:
    """Write the last minutes of a device's wire traffic, redacted, one JSON line a piece."""
    from kiosk.cli.recording import write_traffic

    write_traffic(load(config, trim).settings.terminal.data_dir, name)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="What `kiosk devices recording` wrote; - is stdin.")],
    timeout: Annotated[float, typer.Option(help="Seconds an operation may take.")] = 60.0,
    config: ConfigOption = None,
    trim: TrimOption = None,
    as_json: JsonOption = False,
) -> None:
    """Do a recording's operations again, at a stand-in that answers as the device did then."""
    from kiosk.cli.recording import play_traffic

    settings = load(config, trim).settings
    if not play_traffic(settings, file, timeout_s=timeout, as_json=as_json):
        raise typer.Exit(1)


@contextmanager
def _rack(
    settings: Settings, only: str | None = None, roots: Roots | None = None
) -> Iterator[DeviceRack]:
    from drivers.host import DeviceRack

    specs = _specs(settings, roots or roots_of(None))
    rack = DeviceRack([spec for spec in specs if only in (None, spec.name)])
    rack.start()
    try:
        yield rack
    finally:
        rack.stop()


def _specs(settings: Settings, roots: Roots) -> list[HostSpec]:
    from drivers.host import HostSpec

    return [
        HostSpec(name, device.port, device.adapter, device.options, roots)
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
