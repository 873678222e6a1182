"""Resident-ID readers speaking the SDT/SAM_V protocol. See docs/devices/sdt.md.

Names are imported when first used: the photo decoder's child process starts for every card, and
must not load what only the adapter needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drivers.sdt.adapter import SdtOptions, SdtSerialReader
    from drivers.sdt.cards import DEMO_CARDS, card_from_fields, demo_card
    from drivers.sdt.photo import (
        BUILT_IN_DECODER,
        PHOTO_HEIGHT,
        PHOTO_WIDTH,
        STAND_IN_CAPACITY,
        DecodedPhoto,
        PhotoDecoder,
        decode_photo,
        pack_stand_in_photo,
    )
    from drivers.sdt.replay import SdtReplay
    from drivers.sdt.simulator import SdtReaderSimulator
    from drivers.sdt.usb_adapter import SdtUsbOptions, SdtUsbReader

__all__ = [
    "BUILT_IN_DECODER",
    "DEMO_CARDS",
    "PHOTO_HEIGHT",
    "PHOTO_WIDTH",
    "STAND_IN_CAPACITY",
    "DecodedPhoto",
    "PhotoDecoder",
    "SdtOptions",
    "SdtReaderSimulator",
    "SdtReplay",
    "SdtSerialReader",
    "SdtUsbOptions",
    "SdtUsbReader",
    "card_from_fields",
    "decode_photo",
    "demo_card",
    "pack_stand_in_photo",
]

_HOMES = {
    "SdtOptions": "adapter",
    "SdtSerialReader": "adapter",
    "SdtReaderSimulator": "simulator",
    "SdtReplay": "replay",
    "SdtUsbOptions": "usb_adapter",
    "SdtUsbReader": "usb_adapter",
    "DEMO_CARDS": "cards",
    "card_from_fields": "cards",
    "demo_card": "cards",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'photo')}"), name)
