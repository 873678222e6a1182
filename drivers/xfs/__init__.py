"""XFS4IoT: devices behind a bank terminal's service providers, over WebSocket and JSON."""

from drivers.xfs.lights import XfsLights
from drivers.xfs.printer import XfsReceiptPrinter
from drivers.xfs.scanner import XfsScanner

__all__ = ["XfsLights", "XfsReceiptPrinter", "XfsScanner"]
