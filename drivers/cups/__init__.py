"""Document printers behind a CUPS queue. See ``docs/devices/cups.md``."""

from drivers.cups.adapter import CupsQueuePrinter

__all__ = ["CupsQueuePrinter"]
