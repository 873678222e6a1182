"""A virtual reader on USB, which comes and goes while pcscd runs, as a reader with a plug does.

pcscd's hot-plug is its own: libudev in it lists a private ``/sys`` and hears messages like udevd's, and
the driver it starts is a copy of vpcd's under the vendor number of the virtual device. Of the name by
which pcscd opens a USB device, ``usb:VID/PID:...``, vpcd makes "connect to host usb, port VID"; so here
the driver calls, and the card answers. Both its slots hold a card as long as the reader is plugged in:
a line that ends makes this mode of vpcd crash pcscd.
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from drivers.hotplug.simulated_udev import message
from drivers.smartcard.simulated_cards import SimulatedCard
from drivers.smartcard.virtual_slot import VirtualSlot

USB_READERS: Final = ("Virtual USB 00 00", "Virtual USB 00 01")
"""The two slots, by the names pcscd gives them."""

_PORT = 3596  # all decimal digits: vpcd reads the vendor number, in hexadecimal, as a decimal port
_CALLED_S = 20.0
_DEVICE = "devices/usb1/1-1"
_INTERFACE = f"{_DEVICE}/1-1:1.0"
_LISTED = "bus/usb/devices"

_DRIVER_INFO = f"""<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>driver.so</string>
<key>ifdCapabilities</key><string>0x00000000</string>
<key>ifdVendorID</key><array><string>0x{_PORT}</string></array>
<key>ifdProductID</key><array><string>0x0001</string></array>
<key>ifdFriendlyName</key><array><string>Virtual USB</string></array>
</dict></plist>
"""

_SYS = {
    "devices/usb1/uevent": "DEVTYPE=usb_device\n",
    f"{_DEVICE}/uevent": "MAJOR=189\nMINOR=1\nDEVNAME=bus/usb/001/002\nDEVTYPE=usb_device\n",
    f"{_DEVICE}/idVendor": f"{_PORT}\n",
    f"{_DEVICE}/idProduct": "0001\n",
    f"{_DEVICE}/bNumInterfaces": " 1\n",
    f"{_DEVICE}/product": "Virtual USB\n",
    f"{_INTERFACE}/uevent": "DEVTYPE=usb_interface\nINTERFACE=11/0/0\n",
    f"{_INTERFACE}/bInterfaceNumber": "00\n",
    f"{_INTERFACE}/bInterfaceClass": "0b\n",
}


class UsbService(Protocol):
    """What the reader needs of the private pcscd."""

    def listen(self, port: int) -> socket.socket:
        """A socket on which the driver's calls arrive."""

    def announce(self, event: str) -> None:
        """Have libudev hear one of :func:`lay_out`'s events, ``add`` or ``remove``."""

    def list_usb(self, *, there: bool) -> None:
        """Have the device among those that ``/sys`` lists, or not."""


def lay_out(folder: Path, driver: Path) -> None:
    """Write what goes in place of ``/sys``, of pcscd's folder of drivers (nothing of the machine's
    own is in either), of ``/etc/hosts``, and the messages."""
    sys_folder, drivers = folder / "sys", folder / "drivers"
    for name, text in _SYS.items():
        (sys_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (sys_folder / name).write_text(text)
    (sys_folder / _LISTED).mkdir(parents=True)
    for name in ("devices/usb1", _DEVICE, _INTERFACE):
        up = "../" * (name.count("/") + 1)
        (sys_folder / name / "subsystem").symlink_to(f"{up}bus/usb")
    for name in ("serial", "virtual.bundle/Contents/Linux"):
        (drivers / name).mkdir(parents=True)
    (drivers / "virtual.bundle/Contents/Info.plist").write_text(_DRIVER_INFO)
    # Two copies, for two sets of vpcd's global variables.
    shutil.copy(driver, drivers / "virtual.bundle/Contents/Linux/driver.so")
    shutil.copy(driver, drivers / "serial" / driver.name)
    (folder / "hosts").write_text("127.0.0.1 localhost usb\n")
    (folder / "run/udev").mkdir(parents=True)
    (folder / "run/udev/control").touch()  # libudev listens only if a udevd seems to run
    for event in ("add", "remove"):
        told = message(event, f"/{_INTERFACE}", "usb", "usb_interface")
        (folder / event).write_bytes(told)


def list_usb(folder: Path, *, there: bool) -> None:
    """Have the device in the private ``/sys``'s list, or not."""
    for name in ("devices/usb1", _DEVICE, _INTERFACE):
        link = folder / "sys" / _LISTED / Path(name).name
        link.unlink(missing_ok=True)
        if there:
            link.symlink_to(f"../../../{name}")


class UsbReader:
    """The reader and the cards in it."""

    def __init__(self, service: UsbService) -> None:
        self._service = service
        self._listeners: dict[int, socket.socket] = {}
        self.plugged = False
        self.slots = tuple(VirtualSlot(partial(self._called, n)) for n in range(len(USB_READERS)))

    def plug(self, make_card: Callable[[], SimulatedCard], *, running: bool) -> None:
        """Plug the reader in, with a card in each slot. ``running``: pcscd does."""
        if self.plugged:
            return
        for number, slot in enumerate(self.slots):
            slot.end_line(_CALLED_S)
            slot.insert(make_card(), connected=False)
            if number not in self._listeners:
                self._listeners[number] = self._service.listen(_PORT + number)
        self.plugged = True
        self._service.list_usb(there=True)
        if running:
            self._service.announce("add")
            self.make_contact()

    def make_contact(self) -> None:
        """Take the driver's calls: pcscd has found the reader."""
        for slot in self.slots:
            slot.make_contact()

    def unplug(self, *, running: bool) -> None:
        """Pull the plug. A card that hangs in a command holds its line until it is let go."""
        if not self.plugged:
            return
        self.plugged = False
        self._service.list_usb(there=False)
        if running:
            self._service.announce("remove")

    def close(self) -> None:
        """Forget the cards and listen no more; pcscd has ended."""
        for slot in self.slots:
            slot.withdraw()
        for listener in self._listeners.values():
            listener.close()
        self._listeners.clear()

    def _called(self, number: int) -> socket.socket:
        listener = self._listeners[number]
        listener.settimeout(_CALLED_S)
        line, _ = listener.accept()
        line.settimeout(None)
        return line
