"""XFS4IoT: devices behind a bank terminal's service providers, over WebSocket and JSON.

Names are imported when first used: the host of the lights must not load what a camera needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drivers.xfs.camera import XfsCamera
    from drivers.xfs.card_reader import XfsCardReader
    from drivers.xfs.lights import XfsLights
    from drivers.xfs.presence import XfsPresence
    from drivers.xfs.printer import XfsReceiptPrinter
    from drivers.xfs.scanner import XfsScanner

__all__ = [
    "XfsCamera",
    "XfsCardReader",
    "XfsLights",
    "XfsPresence",
    "XfsReceiptPrinter",
    "XfsScanner",
]

_HOMES = {
    "XfsCamera": "camera",
    "XfsCardReader": "card_reader",
    "XfsLights": "lights",
    "XfsPresence": "presence",
    "XfsReceiptPrinter": "printer",
    "XfsScanner": "scanner",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
