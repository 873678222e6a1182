"""The ports that are attached now, read from sysfs.

Nothing is opened and nothing is sent to a device. What a device says of itself (serial number,
maker, product) is believed for telling devices apart, and never printed with control characters.
Layout of sysfs: Linux ``Documentation/ABI/testing/sysfs-bus-usb`` and ``sysfs-class-tty``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class PortKind(StrEnum):
    """What kind of device file an adapter talks through."""

    SERIAL = "serial"
    PRINTER = "printer"
    VIDEO = "video"
    HID = "hid"


_CLASSES = {
    PortKind.SERIAL: ("tty", re.compile(r"tty[A-Za-z]+[0-9]+")),
    PortKind.PRINTER: ("usbmisc", re.compile(r"lp[0-9]+")),
    PortKind.VIDEO: ("video4linux", re.compile(r"video[0-9]+")),
    PortKind.HID: ("hidraw", re.compile(r"hidraw[0-9]+")),
}
_LINK_FOLDERS = ("serial/by-id", "serial/by-path", "v4l/by-id", "v4l/by-path")

BRIDGES = {
    ("1a86", "7523"): "CH340",
    ("1a86", "5523"): "CH341",
    ("1a86", "55d4"): "CH9102",
    ("10c4", "ea60"): "CP210x",
    ("067b", "2303"): "PL2303",
    ("0403", "6001"): "FT232",
    ("0403", "6015"): "FT231X",
}
"""Converters between USB and serial: their identity says nothing of the device behind them."""


@dataclass(frozen=True, slots=True)
class Roots:
    """Where the kernel's two trees are; a test has its own."""

    sys: Path = Path("/sys")
    dev: Path = Path("/dev")


@dataclass(frozen=True, slots=True)
class UsbIdentity:
    """A USB device. ``vendor``, ``product``: four hex digits. ``path``: the socket, as the kernel
    numbers it (bus, then the ports of the hubs on the way: ``1-2.1``). ``serial``: empty if the
    device has none. ``number``: given anew each time a device is plugged in."""

    vendor: str
    product: str
    path: str
    serial: str = ""
    maker: str = ""
    model: str = ""
    number: int = 0

    @property
    def vid_pid(self) -> str:
        """``1a86:7523``."""
        return f"{self.vendor}:{self.product}"

    @property
    def bridge(self) -> str:
        """The chip, if this is only a converter to a serial line; else empty."""
        return BRIDGES.get((self.vendor, self.product), "")

    def __str__(self) -> str:
        serial = f"serial number {printable(self.serial)}" if self.serial else "no serial number"
        words = " ".join(filter(None, (self.maker, self.model or self.bridge)))
        return f"{self.vid_pid}, {serial}" + (f" ({words})" if words else "")


@dataclass(frozen=True, slots=True)
class AttachedPort:
    """One device file. ``device``: its path, which may be another after the next plugging.
    ``usb``: None for a port soldered to the board. ``interface``: of the USB device, two hex
    digits. ``line``: which of several ports of one interface. ``links``: udev's lasting names."""

    kind: PortKind
    device: str
    usb: UsbIdentity | None = None
    interface: str = ""
    line: int = 0
    links: tuple[str, ...] = ()


def attached_ports(roots: Roots | None = None, kind: PortKind | None = None) -> list[AttachedPort]:
    """All ports of ``kind`` (None: of every kind) attached now, by their device files."""
    roots = roots or Roots()
    links = _links(roots)
    kinds = list(PortKind) if kind is None else [kind]
    found = [port for each in kinds for port in _of_kind(roots, each, links)]
    return sorted(found, key=lambda port: (port.kind, len(port.device), port.device))


def look_again(port: AttachedPort, roots: Roots | None = None) -> bool:
    """True while the very device that ``port`` told of is still plugged in there."""
    roots = roots or Roots()
    folder, _ = _CLASSES[port.kind]
    now = _port(roots, port.kind, roots.sys / "class" / folder / Path(port.device).name, {})
    return now is not None and (now.device, now.usb, now.interface, now.line) == (
        port.device,
        port.usb,
        port.interface,
        port.line,
    )


def usb_device_at(path: str, roots: Roots | None = None) -> UsbIdentity | None:
    """The USB device in this socket, whether or not it offers a port."""
    roots = roots or Roots()
    return _usb(roots.sys / "bus" / "usb" / "devices" / path)


def printable(text: str) -> str:
    """``text`` as it may be shown: a device's strings can hold anything."""
    return "".join(ch if ch.isprintable() else "?" for ch in text)


def _of_kind(roots: Roots, kind: PortKind, links: dict[str, list[str]]) -> Iterator[AttachedPort]:
    folder, name = _CLASSES[kind]
    try:
        entries = sorted(os.listdir(roots.sys / "class" / folder))
    except OSError:
        return  # no driver of this class is loaded
    for entry in entries:
        if name.fullmatch(entry):
            port = _port(roots, kind, roots.sys / "class" / folder / entry, links)
            if port is not None:
                yield port


def _port(
    roots: Roots, kind: PortKind, entry: Path, links: dict[str, list[str]]
) -> AttachedPort | None:
    if not (entry / "device").exists():
        return None  # a virtual console, or gone in this moment
    # Of a camera's nodes the first gives pictures, the others data about them.
    if kind is PortKind.VIDEO and _text(entry / "index") not in ("", "0"):
        return None
    device = str(roots.dev / (_uevent(entry).get("DEVNAME") or entry.name))
    names = tuple(links.get(os.path.realpath(device), ())) if links else ()
    usb, interface = _usb_above(Path(os.path.realpath(entry)), roots.sys)
    if usb is None:
        if kind is not PortKind.SERIAL or _text(entry / "type") == "0":
            return None  # no chip answers behind this number: the kernel reserves some
        return AttachedPort(kind, device, links=names)
    line = _text(entry / "device" / "port_number")
    return AttachedPort(
        kind, device, usb, interface, int(line) if line.isascii() and line.isdigit() else 0, names
    )


def _usb_above(place: Path, top: Path) -> tuple[UsbIdentity | None, str]:
    """The USB device a node belongs to, and the number of the interface on the way there."""
    interface = ""
    top = Path(os.path.realpath(top))
    while place not in (top, place.parent):
        interface = interface or _text(place / "bInterfaceNumber")
        usb = _usb(place)
        if usb is not None:
            return usb, interface
        place = place.parent
    return None, ""


def _usb(place: Path) -> UsbIdentity | None:
    vendor, product = _text(place / "idVendor"), _text(place / "idProduct")
    if not vendor or not product:
        return None
    number = _text(place / "devnum")
    return UsbIdentity(
        vendor=vendor.lower(),
        product=product.lower(),
        path=place.name,
        serial=_text(place / "serial"),
        maker=printable(_text(place / "manufacturer")).strip(),
        model=printable(_text(place / "product")).strip(),
        number=int(number) if number.isascii() and number.isdigit() else 0,
    )


def _uevent(entry: Path) -> dict[str, str]:
    lines = _text(entry / "uevent").splitlines()
    return {key: value for key, _, value in (line.partition("=") for line in lines)}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").removesuffix("\n")
    except OSError:
        return ""  # absent, or the device went while it was read


def _links(roots: Roots) -> dict[str, list[str]]:
    """udev's lasting names by what they lead to."""
    found: dict[str, list[str]] = {}
    for folder in _LINK_FOLDERS:
        try:
            names = sorted(os.listdir(roots.dev / folder))
        except OSError:
            continue
        for name in names:
            link = roots.dev / folder / name
            found.setdefault(os.path.realpath(link), []).append(str(link))
    return found
