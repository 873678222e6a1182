"""From the binding in a device's settings to the port it names, and why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drivers.hotplug.binding import SCHEME, Binding, BindingError
from drivers.hotplug.inventory import (
    AttachedPort,
    PortKind,
    Roots,
    attached_ports,
    look_again,
    usb_device_at,
)
from drivers.results import Failure, Ok, Result


def is_binding(value: object) -> bool:
    """True for an option's value that is meant as a binding."""
    return isinstance(value, str) and value.startswith(SCHEME)


def port_options(adapter: object) -> dict[str, PortKind]:
    """Which options of an adapter class name a port, and of which kind."""
    declared: Mapping[str, str] = getattr(adapter, "port_options", {})
    return {name: PortKind(kind) for name, kind in declared.items()}


def locate(text: str, kind: PortKind, roots: Roots | None = None) -> Result[AttachedPort]:
    """The one port that the binding ``text`` names.

    Failures: ``device.gone`` (not attached), ``device.swapped`` (another device is in its place),
    ``device.misconfigured`` (several fit, or it is no binding). No port is opened.
    """
    try:
        binding = Binding.parse(text)
    except BindingError as error:
        return Failure("device.misconfigured", f"{text}: {error}")
    ports = attached_ports(roots, kind)
    fitting = [port for port in ports if binding.matches(port)]
    if len(fitting) == 1:
        return Ok(fitting[0])
    if fitting:
        where = ", ".join(f"{port.device} at {_path(port)}" for port in fitting)
        return Failure(
            "device.misconfigured", f"{text} fits several ports ({where}); bind one of them"
        )
    return _why_none(binding, ports, roots)


def _why_none(binding: Binding, ports: list[AttachedPort], roots: Roots | None) -> Failure:
    wanted = binding.describe()
    there = usb_device_at(binding.path, roots) if binding.path is not None else None
    elsewhere = [
        port.usb.path
        for port in ports
        if port.usb is not None and binding.is_device(port.usb) and binding.is_part(port)
    ]
    moved = f"; the device bound is at {', '.join(elsewhere)} now" if elsewhere else ""
    if there is not None and not binding.is_device(there):
        return Failure(
            "device.swapped", f"at {binding.path}: expected {wanted}, there is {there}{moved}"
        )
    if there is not None:
        return Failure("device.gone", f"{wanted} is at {binding.path}, but has no such port (yet)")
    if moved:
        return Failure("device.gone", f"nothing at {binding.path}{moved}")
    at = f" at {binding.path}" if binding.path else ""
    return Failure("device.gone", f"{wanted} is not plugged in{at}{_alike(binding, ports)}")


def _alike(binding: Binding, ports: list[AttachedPort]) -> str:
    """Devices of the same make with other serial numbers: one may be its replacement."""
    make = Binding(binding.vendor, binding.product)
    alike = [f"{port.usb} at {_path(port)}" for port in ports if make.matches(port)]
    return f"; of the same make there is: {'; '.join(alike)}" if alike else ""


def _path(port: AttachedPort) -> str:
    return port.usb.path if port.usb is not None else port.device


def at_a_port(options: Mapping[str, Any]) -> bool:
    """True if an option names a port of this machine, by binding or by path."""
    return any(
        is_binding(value) or (isinstance(value, str) and value.startswith("/dev/"))
        for value in options.values()
    )


def concerns(options: Mapping[str, Any], port: AttachedPort) -> bool:
    """True if a device with these options may care that ``port`` came or went: it is the one named,
    one of the same make, or in the same socket."""
    return any(isinstance(value, str) and _names(value, port) for value in options.values())


def _names(value: str, port: AttachedPort) -> bool:
    if not is_binding(value):
        return value == port.device or value in port.links
    try:
        binding = Binding.parse(value)
    except BindingError:
        return False
    usb = port.usb
    return usb is not None and (
        binding.path == usb.path or (binding.vendor, binding.product) == (usb.vendor, usb.product)
    )


class BoundOptions:
    """An adapter's options with every binding replaced by the device file it leads to now."""

    def __init__(self, options: Mapping[str, Any], roots: Roots | None = None) -> None:
        self._options, self._roots = options, roots
        self._ports: list[AttachedPort] = []

    def resolve(self, adapter: object) -> Result[dict[str, Any]]:
        """The options to make an instance of ``adapter`` with. Failures: see :func:`locate`."""
        self._ports = []
        options = dict(self._options)
        for name, kind in port_options(adapter).items():
            value = options.get(name)
            if not isinstance(value, str) or not is_binding(value):
                continue
            found = locate(value, kind, self._roots)
            if isinstance(found, Failure):
                return Failure(found.code, f"{name}: {found.detail}")
            self._ports.append(found.value)
            options[name] = found.value.device
        return Ok(options)

    def lost(self) -> str | None:
        """The device file of a bound device that was pulled since :meth:`resolve`; None: all there.

        Needed for a device that is open only now and then: what is plugged in its place while
        nobody holds the file gets the same name.
        """
        gone = (port.device for port in self._ports if not look_again(port, self._roots))
        return next(gone, None)
