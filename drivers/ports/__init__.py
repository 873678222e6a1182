"""What a terminal needs of each kind of device: a handful of operations per port.

An adapter implements one port. It runs single-threaded inside its device host: the host calls its
operations one at a time, so an adapter needs no locks, but every operation must return within its
``timeout_s`` and should give up soon after ``cancelled()`` turns true.
"""

from drivers.ports.adapter import Adapter, AdapterContext, Describable, DeviceInfo, Tap, no_tap
from drivers.ports.cameras import (
    Camera,
    DocumentCamera,
    FrameBufferInfo,
    PageImage,
    PageVerdict,
    Upright,
)
from drivers.ports.cards import (
    BankCard,
    IdCardReader,
    IdDocument,
    IdDocumentKind,
    SmartCardReader,
    SocialSecurityCard,
)
from drivers.ports.panel import IndicatorLight, Light, LightState, Presence, PresenceSensor
from drivers.ports.power import PowerReport, PowerSource, PowerSupply
from drivers.ports.printers import (
    DocumentPrinter,
    PrintOutcome,
    PrintResult,
    RasterImage,
    ReceiptPrinter,
)
from drivers.ports.scanners import ScannedCode, Scanner, Symbology
from drivers.ports.sound import Headset, HeadsetJack

__all__ = [
    "Adapter",
    "AdapterContext",
    "BankCard",
    "Camera",
    "Describable",
    "DeviceInfo",
    "DocumentCamera",
    "DocumentPrinter",
    "FrameBufferInfo",
    "Headset",
    "HeadsetJack",
    "IdCardReader",
    "IdDocument",
    "IdDocumentKind",
    "IndicatorLight",
    "Light",
    "LightState",
    "PageImage",
    "PageVerdict",
    "PowerReport",
    "PowerSource",
    "PowerSupply",
    "Presence",
    "PresenceSensor",
    "PrintOutcome",
    "PrintResult",
    "RasterImage",
    "ReceiptPrinter",
    "ScannedCode",
    "Scanner",
    "SmartCardReader",
    "SocialSecurityCard",
    "Symbology",
    "Tap",
    "Upright",
    "no_tap",
]
