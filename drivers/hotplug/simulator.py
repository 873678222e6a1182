"""An invented machine: a tree like /sys and one like /dev, with sockets to plug devices into.

For tests and for trying out commands (``--root``): what stands behind a device file is any
simulator's pseudo-terminal.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from drivers.hotplug.inventory import PortKind, Roots

_HOST = "devices/pci0000:00/0000:00:14.0/usb1"
_CLASS = {
    PortKind.SERIAL: ("tty", ""),
    PortKind.PRINTER: ("usbmisc", "usb/"),
    PortKind.VIDEO: ("video4linux", ""),
    PortKind.HID: ("hidraw", ""),
}


@dataclass(frozen=True)
class Plugged:
    """A device in a socket, and the class entries it brought."""

    path: str
    node: Path
    entries: tuple[Path, ...]
    files: tuple[Path, ...]


class SimulatedMachine:
    """Sockets, and what is in them. ``roots`` is what the code under test is given."""

    def __init__(self, folder: Path) -> None:
        self.roots = Roots(folder / "sys", folder / "dev")
        self._number = 0
        self._in: dict[str, Plugged] = {}
        for name, _ in _CLASS.values():
            (self.roots.sys / "class" / name).mkdir(parents=True)
        (self.roots.sys / "bus/usb/devices").mkdir(parents=True)
        self.roots.dev.mkdir()

    def plug(
        self,
        path: str,
        vid_pid: str,
        *names: str,
        serial: str = "",
        kind: PortKind = PortKind.SERIAL,
        far_end: Path | str | None = None,
        model: str = "USB Serial",
        one_interface: bool = False,
    ) -> Plugged:
        """Put a device into socket ``path``; its ports get ``names`` (``ttyUSB0``), each its own
        interface. ``far_end``: what opening a port's device file leads to."""
        self._number += 1
        vendor, _, product = vid_pid.partition(":")
        hubs = path.partition("-")[2].split(".")[:-1]
        place = self.roots.sys / _HOST
        for depth in range(len(hubs)):
            place /= "1-" + ".".join(hubs[: depth + 1])
        node = place / path
        texts = {"idVendor": vendor, "idProduct": product, "product": model, "serial": serial}
        texts |= {"devnum": str(self._number), "manufacturer": "Invented"}
        node.mkdir(parents=True)
        for name, text in texts.items():
            if text:
                (node / name).write_text(f"{text}\n", "utf-8")
        (self.roots.sys / "bus/usb/devices" / path).symlink_to(node)
        made = [
            self._port(node, path, kind, name, *((0, n) if one_interface else (n, 0)), far_end)
            for n, name in enumerate(names)
        ]
        entries = tuple(entry for entry, _ in made)
        plugged = Plugged(path, node, entries, tuple(file for _, file in made))
        self._in[path] = plugged
        return plugged

    def _port(
        self,
        node: Path,
        path: str,
        kind: PortKind,
        name: str,
        interface: int,
        line: int,
        far_end: Path | str | None,
    ) -> tuple[Path, Path]:
        folder, below = _CLASS[kind]
        side = node / f"{path}:1.{interface}"
        parent = side / name if kind is PortKind.SERIAL else side
        entry = parent / folder / name
        entry.mkdir(parents=True)
        (side / "bInterfaceNumber").write_text(f"{interface:02x}\n", "ascii")
        (parent / "port_number").write_text(f"{line}\n", "ascii")
        (entry / "device").symlink_to(parent)
        (entry / "uevent").write_text(f"MAJOR=188\nDEVNAME={below}{name}\n", "ascii")
        file = self.roots.dev / below / name
        file.parent.mkdir(exist_ok=True)
        file.unlink(missing_ok=True)
        if far_end is not None:
            file.symlink_to(os.path.realpath(far_end))
        else:
            file.touch()
        (self.roots.sys / "class" / folder / name).symlink_to(entry)
        return self.roots.sys / "class" / folder / name, file

    def on_board(self, name: str, chip: str) -> None:
        """A serial port of the board itself; ``chip``: its type, 0 if nothing answers there."""
        entry = self.roots.sys / "devices/pnp0/00:00" / name / "tty" / name
        entry.mkdir(parents=True)
        (entry / "device").symlink_to(entry.parent.parent)
        (entry / "type").write_text(f"{chip}\n", "ascii")
        (entry / "uevent").write_text(f"DEVNAME={name}\n", "ascii")
        (self.roots.dev / name).touch()
        (self.roots.sys / "class/tty" / name).symlink_to(entry)

    def console(self, name: str) -> None:
        """A virtual terminal: a tty without a device."""
        entry = self.roots.sys / "devices/virtual/tty" / name
        entry.mkdir(parents=True)
        (self.roots.sys / "class/tty" / name).symlink_to(entry)

    def pull(self, path: str) -> None:
        """Take the device out of the socket; whoever holds its file keeps it, as with a real one."""
        plugged = self._in.pop(path)
        for entry in (*plugged.entries, *plugged.files):
            entry.unlink(missing_ok=True)
        (self.roots.sys / "bus/usb/devices" / path).unlink()
        shutil.rmtree(plugged.node)
