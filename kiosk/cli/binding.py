"""``kiosk devices bind``: find the port a device is at, make sure, and write it into the settings."""

from __future__ import annotations

import difflib
import queue
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from config.edit import EditError, read_text, replace_text, with_value
from config.settings import DeviceSection, Settings
from drivers.hotplug.inventory import AttachedPort, PortKind, Roots, attached_ports
from drivers.hotplug.watch import POLL_S, PortChange, PortWatcher
from kiosk.cli.common import fail, print_json
from kiosk.device_ports import (
    Probe,
    name_for,
    options_at_ports,
    pick,
    place_of,
    port_json,
    probe,
    users_of,
)
from kiosk.words import remedy_for

PLUG_IN_S = 60.0
PROBE_S = 20.0
_LISTEN_S = 10.0


@dataclass(frozen=True)
class BindRequest:
    """What the technician asked for. ``ask``: let the adapter ask the device who it is."""

    file: Path
    name: str | None
    port: str | None
    ask: bool
    yes: bool
    as_json: bool
    poll_s: float = POLL_S


def run_bind(settings: Settings, request: BindRequest, roots: Roots) -> int:
    """Bind one device. Returns the exit code: 0 written, 1 refused or declined."""
    name, device, option, kind = _device(settings, request.name)
    ports = attached_ports(roots, kind)
    users = users_of(ports, settings.devices, roots)
    if request.port is not None:
        port = _named(request.port, ports, kind)
    else:
        port = _chosen(ports, users, kind, request, roots)
    ports = attached_ports(roots, kind)
    user = users.get(port)
    if user not in (None, name):
        _say(f"Beware: {place_of(port)} is what {user} is at now.")
    heard = _ask(name, device, option, port, request) if request.ask else None
    if heard is not None:
        _tell(heard)
    if heard is not None and heard.code != "ok":
        _report(request, port, heard, None, False)
        return 1
    value = name_for(port, ports)
    before = _file_text(request.file)
    try:
        after = with_value(before, ("devices", name, "options", option), value)
    except EditError as error:
        fail(f"{request.file.name}: {error}")
    written = _write(request, before, after)
    _report(request, port, heard, value, written)
    return 0 if written or before == after else 1


def _device(settings: Settings, name: str | None) -> tuple[str, DeviceSection, str, PortKind]:
    at_ports = {n: o for n, d in settings.devices.items() if (o := options_at_ports(d))}
    if name is None and len(at_ports) == 1:
        name = next(iter(at_ports))
    if name is None or name not in settings.devices:
        named = f"no device {name!r}" if name else "which device?"
        fail(f"{named}; those at a port: {', '.join(at_ports) or 'none'}", 2)
    if name not in at_ports:
        adapter = settings.devices[name].adapter
        fail(f"{name}: the adapter {adapter} is at no port of this machine", 2)
    option, kind = next(iter(at_ports[name].items()))
    return name, settings.devices[name], option, kind


def _named(text: str, ports: list[AttachedPort], kind: PortKind) -> AttachedPort:
    meant = pick(text, ports)
    if len(meant) != 1:
        there = ", ".join(place_of(port) for port in ports) or "none"
        wrong = "several ports fit" if meant else "no port fits"
        fail(f"{wrong} {text!r}; attached of kind {kind}: {there}", 2)
    return meant[0]


def _chosen(
    ports: list[AttachedPort],
    users: dict[AttachedPort, str],
    kind: PortKind,
    request: BindRequest,
    roots: Roots,
) -> AttachedPort:
    if request.yes:
        fail("with --yes, name the port: --port SOCKET, or its device file", 2)
    _say(f"Ports of kind {kind}:")
    for number, port in enumerate(ports, 1):
        user = f"  [{users[port]}]" if port in users else ""
        _say(f"  {number}  {place_of(port):32} {port.usb or ''}{user}")
    while True:
        answer = typer.prompt(
            "Number, or Enter to plug the device in now",
            default="",
            show_default=False,
            err=True,
        ).strip()
        if not answer:
            return _plugged_in(kind, request, roots)
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(ports):
            return ports[int(answer) - 1]
        _say("There is no such number.")


def _plugged_in(kind: PortKind, request: BindRequest, roots: Roots) -> AttachedPort:
    """The port that appears within a minute."""
    came: queue.SimpleQueue[AttachedPort] = queue.SimpleQueue()

    def changed(change: PortChange) -> None:
        if change.attached and change.port.kind is kind:
            came.put(change.port)

    watcher = PortWatcher(changed, roots=roots, poll_s=request.poll_s)
    watcher.start()
    try:
        watcher.wait_listening(_LISTEN_S)
        _say(f"Plug the device in now (pull it first if it is in); waiting {PLUG_IN_S:.0f} s.")
        port = came.get(timeout=PLUG_IN_S)
    except queue.Empty:
        fail("nothing was plugged in")
    finally:
        watcher.stop()
    _say(f"There it is: {place_of(port)}, {port.usb or 'no USB'}")
    return port


def _ask(
    name: str, device: DeviceSection, option: str, port: AttachedPort, request: BindRequest
) -> Probe:
    if not request.yes and not typer.confirm(
        f"Let {device.adapter} ask the device at {place_of(port)} who it is?",
        default=True,
        err=True,
    ):
        fail("not asked; --no-ask binds without asking")
    return probe(name, device, option, port.device, PROBE_S)


def _file_text(path: Path) -> str:
    try:
        return read_text(path)
    except EditError as error:
        fail(f"{path.name}: {error}", 2)


def _write(request: BindRequest, before: str, after: str) -> bool:
    if before == after:
        _say(f"{request.file.name} says so already.")
        return False
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, request.file.name, request.file.name, n=1):
        _say(line.rstrip("\r\n"))
    if not request.yes and not typer.confirm(f"Write {request.file}?", default=True, err=True):
        return False
    try:
        replace_text(request.file, before, after)
    except EditError as error:
        fail(f"{request.file.name}: {error}")
    return True


def _report(
    request: BindRequest, port: AttachedPort, heard: Probe | None, value: str | None, written: bool
) -> None:
    if request.as_json:
        print_json(
            {
                "port": port_json(port),
                "answer": None if heard is None else _answer(heard),
                "binding": value,
                "written": written,
                "file": str(request.file),
            }
        )
        return
    if written:
        typer.echo(f"Bound to {value}. A running terminal takes it up when it is started again.")
    elif value is None:
        typer.echo("Nothing was written. --no-ask binds without asking the device.")


def _tell(heard: Probe) -> None:
    if heard.code != "ok":
        _say(f"It does not answer as it should: {heard.code} ({heard.detail})")
        _say(f"→ {remedy_for(heard.code)}")
        return
    _say("It answers." if heard.certain else "The port opens; this kind of device cannot be asked.")
    info = heard.info
    if info is not None:
        said = (info.maker, info.model, info.serial, info.firmware)
        _say("  " + " ".join(filter(None, said)))


def _answer(heard: Probe) -> dict[str, Any]:
    return {"code": heard.code, "detail": heard.detail, "certain": heard.certain}


def _say(text: str) -> None:
    """To the person; stdout is for the outcome."""
    typer.echo(text, err=True)
