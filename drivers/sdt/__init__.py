"""Resident-ID readers speaking the SDT/SAM_V serial protocol. See docs/devices/sdt.md."""

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
from drivers.sdt.simulator import SdtReaderSimulator

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
    "SdtSerialReader",
    "card_from_fields",
    "decode_photo",
    "demo_card",
    "pack_stand_in_photo",
]
