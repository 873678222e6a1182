"""A4 printers over the Internet Printing Protocol, and a printer simulator (docs/devices/ipp.md)."""

from drivers.ipp.adapter import IppOptions, IppPrinter

__all__ = ["IppOptions", "IppPrinter"]
