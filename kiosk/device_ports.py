"""Which ports the configured devices are at, and finding out what is at a port."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.settings import DeviceSection
from config.text import Text
from drivers.host import DeviceHost, HostSpec
from drivers.hotplug.binding import Binding, BindingError, binding_for
from drivers.hotplug.inventory import AttachedPort, PortKind, Roots, attached_ports
from drivers.hotplug.locate import is_binding, locate, port_options
from drivers.ports import DeviceInfo
from drivers.registry import UnknownAdapterError, adapter_class
from drivers.results import Failure, Ok
from drivers.status import DeviceStatus

_INFO_S = 3.0


def options_at_ports(device: DeviceSection) -> dict[str, PortKind]:
    """Which options of the device name a port; none for an adapter that cannot be loaded."""
    try:
        return port_options(adapter_class(device.adapter))
    except (UnknownAdapterError, ImportError):
        return {}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a device is: ``named`` is the option's value, ``port`` what it leads to now, and
    ``problem`` why it leads nowhere."""

    option: str
    named: str
    port: AttachedPort | None
    problem: str = ""

    @property
    def bound(self) -> bool:
        """True if named by what does not change."""
        return is_binding(self.named)

    def __str__(self) -> str:
        if self.bound:
            there = place_of(self.port) if self.port is not None else self.problem
            return f"bound to {self.named}: {there}"
        if self.port is None or self.port.usb is None:
            return f"at {self.named}"
        return f"at {self.named}, a name that may change: bind it ({self.port.usb})"

    def words(self) -> Text:
        """The same for a technician, in both languages."""
        named = self.named
        if self.bound:
            there = place_of(self.port) if self.port is not None else self.problem
            zh = f"已绑定 {named}：{there}"
        elif self.port is None or self.port.usb is None:
            zh = f"在 {named}"
        else:
            zh = f"在 {named}，这个名字会变，请绑定（{self.port.usb}）"
        return Text(zh=zh, en=str(self))

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        port = port_json(self.port) if self.port is not None else None
        return {
            "option": self.option,
            "named": self.named,
            "bound": self.bound,
            "attached": port,
            "problem": self.problem,
        }


def whereabouts(device: DeviceSection, roots: Roots) -> Whereabouts | None:
    """Where the device is plugged in; None if it is not at a port of this machine."""
    for option, kind in options_at_ports(device).items():
        named = device.options.get(option)
        if not isinstance(named, str):
            continue
        if is_binding(named):
            found = locate(named, kind, roots)
            if isinstance(found, Failure):
                return Whereabouts(option, named, None, found.detail)
            return Whereabouts(option, named, found.value)
        port = next((p for p in attached_ports(roots, kind) if named in (p.device, *p.links)), None)
        if port is not None or named.startswith("/dev/"):
            return Whereabouts(option, named, port)
    return None


def users_of(
    ports: list[AttachedPort], devices: Mapping[str, DeviceSection], roots: Roots
) -> dict[AttachedPort, str]:
    """The configured device at each port that has one."""
    found: dict[AttachedPort, str] = {}
    for name, device in devices.items():
        where = whereabouts(device, roots)
        if where is not None and where.port in ports:
            found[where.port] = name
    return found


def pick(text: str, ports: list[AttachedPort]) -> list[AttachedPort]:
    """The ports that a technician may mean by ``text``: device file, lasting name, socket, binding."""
    if is_binding(text):
        try:
            binding = Binding.parse(text)
        except BindingError:
            return []
        return [port for port in ports if binding.matches(port)]
    return [
        port
        for port in ports
        if text in (port.device, Path(port.device).name, *port.links)
        or (port.usb is not None and text == port.usb.path)
    ]


def name_for(port: AttachedPort, ports: list[AttachedPort]) -> str:
    """What to write into the settings: the binding, or the path of a port on the board."""
    binding = binding_for(port, ports)
    return port.device if binding is None else str(binding)


def place_of(port: AttachedPort) -> str:
    """``/dev/ttyUSB0 in socket 1-2.1``."""
    where = f"in socket {port.usb.path}" if port.usb is not None else "on the board"
    return f"{port.device} {where}"


def port_json(port: AttachedPort) -> dict[str, Any]:
    """For ``--json``."""
    usb = port.usb
    return {
        "kind": port.kind.value,
        "device": port.device,
        "links": list(port.links),
        "usb": None
        if usb is None
        else {
            "vid_pid": usb.vid_pid,
            "serial": usb.serial,
            "path": usb.path,
            "maker": usb.maker,
            "model": usb.model,
            "bridge": usb.bridge,
        },
    }


@dataclass(frozen=True, slots=True)
class Probe:
    """What the adapter found at a port. ``code``: ``ok`` or a failure's. ``certain``: False where
    the adapter opens its port without making the device answer."""

    code: str
    detail: str
    certain: bool
    info: DeviceInfo | None = None


def probe(name: str, device: DeviceSection, option: str, path: str, timeout_s: float) -> Probe:
    """Open the device at ``path`` with its adapter, in a process of its own, and hear what it says.

    This sends the adapter's question to whatever is there: only with the technician's consent.
    """
    options = {**device.options, option: path}
    settled = threading.Event()
    heard: list[DeviceStatus] = []

    def on_status(_name: str, status: DeviceStatus) -> None:
        heard.append(status)
        settled.set()

    host = DeviceHost(HostSpec(name, device.port, device.adapter, options), on_status=on_status)
    adapter = adapter_class(device.adapter)
    certain = bool(getattr(adapter, "asks_at_opening", True))
    host.start()
    try:
        if not settled.wait(timeout_s):
            return Probe("device.timeout", "the adapter did not come to an end", certain)
        status = heard[-1]
        # A printer without paper has answered; only device.* means that nobody understood.
        if (status.failure or "").startswith("device."):
            return Probe(str(status.failure), status.detail, certain)
        info = None
        if hasattr(adapter, "device_info"):
            asked = host.call("device_info", timeout_s=_INFO_S).result()
            info = asked.value if isinstance(asked, Ok) else None
        return Probe("ok", status.detail, certain, info)
    finally:
        host.stop()
