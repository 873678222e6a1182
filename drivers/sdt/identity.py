"""Who a reader is: the number of its SAM."""

from __future__ import annotations

import struct

from drivers.ports import DeviceInfo

SAM_NUMBER_NOTE = "SAM number decoded as is customary; unverified against a vendor's document"

_LAYOUT = struct.Struct("<HHIII")


def sam_number_text(data: bytes) -> str:
    """The 16 bytes as ``05.01-20201231-1-2``: five little-endian numbers.

    Customary among public programs, not confirmed by a standard. :class:`ValueError` for another
    length.
    """
    if len(data) != _LAYOUT.size:
        raise ValueError(f"a SAM number has {_LAYOUT.size} bytes, not {len(data)}")
    maker, kind, day, serial, check = _LAYOUT.unpack(data)
    return f"{maker:02}.{kind:02}-{day:08}-{serial}-{check}"


def describe_sam(data: bytes, facts: tuple[tuple[str, str], ...] = ()) -> DeviceInfo:
    """What the answer to SAM number (``12 FF``) says of a reader."""
    return DeviceInfo(
        model="SDT/SAM_V",
        serial=sam_number_text(data),
        facts=(("sam_number_hex", data.hex()), *facts),
        note=SAM_NUMBER_NOTE,
    )
