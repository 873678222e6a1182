"""``kiosk devices ports``, ``bind`` and ``udev-rules``: which port is whose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.common import ConfigOption, JsonOption, TrimOption, fail, load, print_json

if TYPE_CHECKING:
    from drivers.hotplug.inventory import Roots

RootOption = Annotated[
    Path | None,
    typer.Option(
        "--root", hidden=True, help="Look for ports in DIR/sys and DIR/dev, not on this machine."
    ),
]


def roots_of(root: Path | None) -> Roots:
    """The trees to look for ports in."""
    from drivers.hotplug.inventory import Roots

    return Roots() if root is None else Roots(root / "sys", root / "dev")


def list_ports(
    config: ConfigOption = None,
    trim: TrimOption = None,
    as_json: JsonOption = False,
    root: RootOption = None,
) -> None:
    """Ports attached to this machine, what is known of each, and whose it is. Nothing is opened."""
    from drivers.hotplug.inventory import attached_ports
    from kiosk.device_ports import name_for, place_of, port_json, users_of

    ports = attached_ports(roots_of(root))
    users = users_of(ports, load(config, trim).settings.devices, roots_of(root))
    if as_json:
        print_json(
            [{**port_json(p), "name": name_for(p, ports), "used_by": users.get(p)} for p in ports]
        )
        return
    for port in ports:
        usb = f": {port.usb}" if port.usb is not None else ""
        typer.echo(f"{port.kind.value:8} {place_of(port)}{usb}")
        user = users.get(port)
        whose = f"used by {user}" if user else "used by no device of the settings"
        typer.echo(f"{'':8} {whose}; its lasting name: {name_for(port, ports)}")
    if not ports:
        typer.echo("No ports are attached.")


def bind(
    name: Annotated[str | None, typer.Argument(help="A device's name in the settings.")] = None,
    port: Annotated[
        str | None, typer.Option("--port", help="Its socket (1-2.1), device file or binding.")
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask/--no-ask", help="Let the adapter ask the device who it is.")
    ] = True,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask the device and write without confirmation.")
    ] = False,
    config: ConfigOption = None,
    trim: TrimOption = None,
    as_json: JsonOption = False,
    root: RootOption = None,
) -> None:
    """Name a device by what does not change, so that it is found wherever its port is called.

    Exit code: 0 written (or so already), 1 refused or declined, 2 it cannot be asked for so.
    """
    from kiosk.cli.binding import BindRequest, run_bind

    if config is None:
        fail("which settings file? Give --config FILE", 2)
    settings = load(config, trim).settings
    request = BindRequest(config, name, port, ask=ask, yes=yes, as_json=as_json)
    raise typer.Exit(run_bind(settings, request, roots_of(root)))


def udev_rules(
    group: Annotated[str, typer.Option(help="The group of the terminal's user.")] = "kiosk",
    config: ConfigOption = None,
    trim: TrimOption = None,
) -> None:
    """Print udev rules that give the terminal's user its bound devices, by what they are."""
    from kiosk.udev_rules import rules

    typer.echo(rules(load(config, trim).settings.devices, group), nl=False)
