"""Speaks as udevd does: messages of libudev's monitor, sent to everybody who listens on this machine.

Layout: systemd ``src/libsystemd/sd-device/device-monitor.c`` (``monitor_netlink_header``). The kernel
of a listener drops what carries another subsystem's hash (MurmurHash2), and libudev what root did not
send.
"""

from __future__ import annotations

import socket
import struct

_NETLINK_KOBJECT_UEVENT = 15
_GROUP_UDEV = 2
_MAGIC = 0xFEEDCAFE
_HEADER_BYTES = 40
_WORD = 0xFFFFFFFF


def murmur2(data: bytes) -> int:
    """MurmurHash2 with seed 0, by Austin Appleby (public domain), as systemd uses it."""
    mix = 0x5BD1E995
    found = len(data)
    whole = len(data) - len(data) % 4
    for (word,) in struct.iter_unpack("<I", data[:whole]):
        word = word * mix & _WORD
        word = (word ^ word >> 24) * mix & _WORD
        found = (found * mix & _WORD) ^ word
    if rest := data[whole:]:
        found = (found ^ int.from_bytes(rest, "little")) * mix & _WORD
    found = (found ^ found >> 13) * mix & _WORD
    return found ^ found >> 15


def message(action: str, path: str, subsystem: str, kind: str = "") -> bytes:
    """What udevd tells when it has dealt with a device. ``kind``: its ``DEVTYPE``."""
    properties = {"ACTION": action, "DEVPATH": path, "SUBSYSTEM": subsystem, "SEQNUM": "1"}
    if kind:
        properties["DEVTYPE"] = kind
    body = b"".join(f"{key}={value}\0".encode() for key, value in properties.items())
    sizes = struct.pack("=III", _HEADER_BYTES, _HEADER_BYTES, len(body))
    of_kind = murmur2(kind.encode()) if kind else 0
    filters = struct.pack("!IIII", murmur2(subsystem.encode()), of_kind, 0, 0)
    return b"libudev\0" + struct.pack("!I", _MAGIC) + sizes + filters + body


def say(action: str, path: str, subsystem: str) -> None:
    """Send it. Only root may."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_KOBJECT_UEVENT) as line:
        line.sendto(message(action, path, subsystem), (0, _GROUP_UDEV))
