"""udev rules that give the terminal's user its devices, by what they are and not by their names."""

from __future__ import annotations

from collections.abc import Mapping

from config.settings import DeviceSection
from drivers.hotplug.binding import Binding, BindingError
from drivers.hotplug.inventory import PortKind
from kiosk.device_ports import options_at_ports

_SUBSYSTEMS = {
    PortKind.SERIAL: "tty",
    PortKind.PRINTER: "usbmisc",
    PortKind.VIDEO: "video4linux",
    PortKind.HID: "hidraw",
}
_PATTERN = frozenset('*?[]|"\\')  # they mean something in a rule and cannot be escaped

_HEAD = """\
# Made by: kiosk devices udev-rules. Install as /etc/udev/rules.d/70-citizen-window.rules, then:
#   udevadm control --reload && udevadm trigger
"""


def rules(devices: Mapping[str, DeviceSection], group: str) -> str:
    """The file: one rule for each device bound, or named by vendor and product (raw USB)."""
    lines = [_HEAD]
    for name, device in devices.items():
        for option, kind in options_at_ports(device).items():
            named = str(device.options.get(option, ""))
            if "://" in named:
                continue  # a camera in the network is at no port
            try:
                binding = Binding.parse(named)
            except BindingError:
                lines.append(f"# {_comment(name)}: not bound; bind it first")
                continue
            lines += [f"# {_comment(name)}", _rule(_SUBSYSTEMS[kind], binding, group)]
        if device.adapter == "sdt-usb":
            vendor, product = (
                _hex(device.options.get(key, default))
                for key, default in (("vendor_id", 0x0400), ("product_id", 0xC35A))
            )
            lines += [f"# {_comment(name)}", _rule("usb", Binding(vendor, product), group)]
    return "\n".join(lines) + "\n"


def _rule(subsystem: str, binding: Binding, group: str) -> str:
    matches = [f'ATTRS{{idVendor}}=="{binding.vendor}"', f'ATTRS{{idProduct}}=="{binding.product}"']
    if binding.serial is not None:
        # "?" fits any one character.
        serial = "".join(
            "?" if ch in _PATTERN or not ch.isprintable() else ch for ch in binding.serial
        )
        matches.append(f'ATTRS{{serial}}=="{serial}"')
    # ModemManager asks every new serial port whether it is a modem: bytes that no device expects.
    ignored = ', ENV{ID_MM_DEVICE_IGNORE}="1"' if subsystem == "tty" else ""
    return f'SUBSYSTEM=="{subsystem}", {", ".join(matches)}, GROUP="{group}", MODE="0660"{ignored}'


def _hex(value: object) -> str:
    return f"{value:04x}" if isinstance(value, int) else "0000"


def _comment(name: str) -> str:
    return "".join(ch if ch.isprintable() else "?" for ch in name)
