"""Cards with a chip: what is read from them, and readers on PC/SC. See docs/devices/pcsc.md.

The ``read_...`` functions know no reader: they are given a function that sends one command and
returns the answer (:data:`Transmit`), which any adapter can provide.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drivers.smartcard.adapter import PcscIdCardReader, PcscSmartCardReader
    from drivers.smartcard.apdu import Transmit
    from drivers.smartcard.bank import read_bank_card
    from drivers.smartcard.resident import read_resident_card
    from drivers.smartcard.simulator import PcscSimulator
    from drivers.smartcard.social import read_social_card

__all__ = [
    "PcscIdCardReader",
    "PcscSimulator",
    "PcscSmartCardReader",
    "Transmit",
    "read_bank_card",
    "read_resident_card",
    "read_social_card",
]

_HOMES = {
    "PcscIdCardReader": "adapter",
    "PcscSimulator": "simulator",
    "PcscSmartCardReader": "adapter",
    "Transmit": "apdu",
    "read_bank_card": "bank",
    "read_resident_card": "resident",
    "read_social_card": "social",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
