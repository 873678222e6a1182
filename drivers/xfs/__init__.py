"""XFS4IoT: devices behind a bank terminal's service providers, over WebSocket and JSON."""

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
