"""Scanners of bar codes and QR codes (docs/devices/scanner.md).

Names are imported when first used: a serial scanner's host must not load OpenCV.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drivers.scanner.camera_scanner import CameraScanner, CameraScannerOptions
    from drivers.scanner.payload import Gs1Message, parse_gs1
    from drivers.scanner.serial_scanner import SerialScanner, SerialScannerOptions
    from drivers.scanner.simulator import SerialScannerSimulator
    from drivers.scanner.wedge import KeyboardWedge

__all__ = [
    "CameraScanner",
    "CameraScannerOptions",
    "Gs1Message",
    "KeyboardWedge",
    "SerialScanner",
    "SerialScannerOptions",
    "SerialScannerSimulator",
    "parse_gs1",
]

_HOMES = {
    "CameraScanner": "camera_scanner",
    "CameraScannerOptions": "camera_scanner",
    "Gs1Message": "payload",
    "KeyboardWedge": "wedge",
    "SerialScanner": "serial_scanner",
    "SerialScannerOptions": "serial_scanner",
    "SerialScannerSimulator": "simulator",
    "parse_gs1": "payload",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
