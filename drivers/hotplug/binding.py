"""A binding: the name of a port that holds when it is plugged in again.

    usb:1a86:7523/serial=A50285BI/path=1-2.1

Vendor and product, then what else must be right, in any order: ``serial`` (the device's serial
number), ``path`` (its socket), and where one device has several ports ``interface`` (two hex
digits) or ``line``. Characters with a meaning here are written ``%2F`` and so on. All that a
binding names must be as it says; what it does not name may be anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from drivers.hotplug.inventory import AttachedPort, UsbIdentity, printable

SCHEME = "usb:"
_ID = re.compile(r"[0-9a-f]{4}")
_PATH = re.compile(r"[0-9]{1,3}-[0-9]{1,3}(\.[0-9]{1,3}){0,6}")
_INTERFACE = re.compile(r"[0-9a-f]{2}")
_LINE = re.compile(r"[0-9]{1,3}")
_KEYS = ("serial", "path", "interface", "line")
_KEPT = "-._~:+"


class BindingError(ValueError):
    """Not a binding; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Binding:
    """See the module. None: the binding does not say."""

    vendor: str
    product: str
    serial: str | None = None
    path: str | None = None
    interface: str | None = None
    line: int | None = None

    @classmethod
    def parse(cls, text: str) -> Binding:
        """Read a binding. Raises :class:`BindingError`."""
        if not text.startswith(SCHEME):
            raise BindingError(f"a binding begins with {SCHEME!r}")
        ids, *parts = text.removeprefix(SCHEME).split("/")
        vendor, colon, product = ids.lower().partition(":")
        if not colon or not _ID.fullmatch(vendor) or not _ID.fullmatch(product):
            raise BindingError("expected usb:VVVV:PPPP, vendor and product as four hex digits each")
        values: dict[str, str] = {}
        for part in parts:
            key, equals, value = part.partition("=")
            if key not in _KEYS or not equals:
                raise BindingError(f"{part!r}: expected one of {', '.join(_KEYS)} with a value")
            if key in values:
                raise BindingError(f"{key} is named twice")
            values[key] = _checked(key, _unquoted(value))
        line = values.get("line")
        return cls(
            vendor,
            product,
            values.get("serial"),
            values.get("path"),
            values.get("interface"),
            int(line) if line is not None else None,
        )

    def __str__(self) -> str:
        serial = None if self.serial is None else quote(self.serial, safe=_KEPT)
        values = (serial, self.path, self.interface, self.line)
        named = [f"/{k}={v}" for k, v in zip(_KEYS, values, strict=True) if v is not None]
        return f"{SCHEME}{self.vendor}:{self.product}{''.join(named)}"

    def is_device(self, usb: UsbIdentity) -> bool:
        """True if this is the device meant, in whatever socket."""
        same = (usb.vendor, usb.product) == (self.vendor, self.product)
        return same and self.serial in (None, usb.serial)

    def is_part(self, port: AttachedPort) -> bool:
        """True if ``port`` is the one meant of its device's ports."""
        return self.interface in (None, port.interface) and self.line in (None, port.line)

    def matches(self, port: AttachedPort) -> bool:
        """True if everything the binding names is so."""
        usb = port.usb
        if usb is None or not self.is_device(usb) or not self.is_part(port):
            return False
        return self.path in (None, usb.path)

    def describe(self) -> str:
        """The device meant, for a technician."""
        serial = "" if self.serial is None else f", serial number {printable(self.serial)}"
        return f"{self.vendor}:{self.product}{serial}"


def binding_for(port: AttachedPort, others: list[AttachedPort]) -> Binding | None:
    """The binding that names ``port`` and none of ``others``; None for a port that is not USB."""
    usb = port.usb
    if usb is None:
        return None
    beside = [
        other
        for other in others
        if other.kind is port.kind and other.usb == usb and other.device != port.device
    ]
    return Binding(
        usb.vendor,
        usb.product,
        serial=usb.serial or None,
        path=usb.path,
        interface=port.interface if any(o.interface != port.interface for o in beside) else None,
        line=port.line if any(o.interface == port.interface for o in beside) else None,
    )


def _unquoted(value: str) -> str:
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError:
        raise BindingError("a %XX that is no UTF-8") from None


def _checked(key: str, value: str) -> str:
    match key:
        case "serial" if value:
            return value
        case "path" if _PATH.fullmatch(value):
            return value
        case "interface" if _INTERFACE.fullmatch(value.lower()):
            return value.lower()
        case "line" if _LINE.fullmatch(value):
            return value
    wanted = {
        "serial": "at least one character",
        "path": "a socket like 1-2.1",
        "interface": "two hex digits",
        "line": "a number",
    }
    raise BindingError(f"{key}: expected {wanted[key]}")
