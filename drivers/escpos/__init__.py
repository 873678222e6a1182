"""ESC/POS receipt printers: protocol, transports, job engine, adapters and a simulator.

``drivers.escpos`` is not the python-escpos distribution, whose package is plain ``escpos``.
"""

from drivers.escpos.adapter import (
    EscposOptions,
    EscposSerialPrinter,
    EscposTcpPrinter,
    EscposUsbPrinter,
    SerialOptions,
    TcpOptions,
    UsbOptions,
)

__all__ = [
    "EscposOptions",
    "EscposSerialPrinter",
    "EscposTcpPrinter",
    "EscposUsbPrinter",
    "SerialOptions",
    "TcpOptions",
    "UsbOptions",
]
