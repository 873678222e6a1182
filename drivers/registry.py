"""Names of adapters and the classes behind them.

The adapters shipped here are known without package metadata, so that a checkout works uninstalled;
other packages add theirs under the entry-point group ``citizen_window.drivers``. A shipped name
cannot be taken over by another package. ``"module:Class"`` names a class directly.
"""

from __future__ import annotations

import importlib
from functools import cache
from types import MappingProxyType

from drivers.ports import Adapter

ENTRY_POINT_GROUP = "citizen_window.drivers"

SHIPPED = MappingProxyType(
    {
        "sdt-serial": "drivers.sdt:SdtSerialReader",
        "sdt-usb": "drivers.sdt:SdtUsbReader",
        "pcsc-smart-card": "drivers.smartcard:PcscSmartCardReader",
        "pcsc-id-card": "drivers.smartcard:PcscIdCardReader",
        "escpos-tcp": "drivers.escpos:EscposTcpPrinter",
        "escpos-serial": "drivers.escpos:EscposSerialPrinter",
        "escpos-usb": "drivers.escpos:EscposUsbPrinter",
        "ipp": "drivers.ipp:IppPrinter",
        "cups-queue": "drivers.cups:CupsQueuePrinter",
        "opencv-camera": "drivers.camera:OpenCvCamera",
        "opencv-document-camera": "drivers.camera.document:OpenCvDocumentCamera",
        "serial-scanner": "drivers.scanner:SerialScanner",
        "camera-scanner": "drivers.scanner:CameraScanner",
        "serial-panel": "drivers.indicator:SerialPanel",
        "nut": "drivers.ups:NutPowerSupply",
        "evdev-headset": "drivers.headset:EvdevHeadsetJack",
        "xfs-receipt-printer": "drivers.xfs:XfsReceiptPrinter",
        "xfs-barcode-reader": "drivers.xfs:XfsScanner",
        "xfs-lights": "drivers.xfs:XfsLights",
        "xfs-presence": "drivers.xfs:XfsPresence",
        "xfs-card-reader": "drivers.xfs:XfsCardReader",
        "xfs-camera": "drivers.xfs:XfsCamera",
    }
)
"""The twin of the entry points in ``pyproject.toml``; a test holds the two together."""


class UnknownAdapterError(LookupError):
    """No usable adapter under this name; the message holds the reason and the nearest names."""


@cache
def _foreign() -> dict[str, tuple[str, ...]]:
    """Adapters of other installed packages: name to the distinct targets declared for it."""
    from importlib.metadata import entry_points  # a tenth of a device host's start, seldom needed

    found: dict[str, tuple[str, ...]] = {}
    for point in entry_points(group=ENTRY_POINT_GROUP):
        if point.name not in SHIPPED and point.value not in found.get(point.name, ()):
            found[point.name] = (*found.get(point.name, ()), point.value)
    return found


def _near(name: str, known: list[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, known, n=3, cutoff=0.4)


def adapter_names() -> list[str]:
    """Every name a configuration may use, sorted."""
    return sorted({*SHIPPED, *_foreign()})


def adapter_target(name: str) -> str:
    """The ``"module:Class"`` behind ``name``, found without importing the adapter.

    Raises :class:`UnknownAdapterError` for a name nobody declared, or that two packages did.
    """
    if ":" in name:
        return name
    if name in SHIPPED:
        return SHIPPED[name]
    targets = _foreign().get(name, ())
    if len(targets) == 1:
        return targets[0]
    if targets:
        raise UnknownAdapterError(
            f"adapter {name!r} is declared by several packages ({', '.join(targets)}); "
            "name one of them as module:Class"
        )
    near = _near(name, adapter_names())
    hint = f"did you mean {', '.join(near)}?" if near else f"known: {', '.join(adapter_names())}"
    raise UnknownAdapterError(f"no adapter is called {name!r}; {hint}")


def adapter_class(name: str) -> type[Adapter]:
    """Import and return the adapter class behind ``name`` (or ``"module:Class"``).

    Raises :class:`UnknownAdapterError`; an :class:`ImportError` of the adapter's own imports (a
    vendor library that is not installed) passes through.
    """
    target = adapter_target(name)
    module_name, _, attribute = target.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not (module_name + ".").startswith(error.name + "."):
            raise
        raise UnknownAdapterError(f"adapter {name!r}: there is no module {module_name!r}") from None
    found = getattr(module, attribute, None)
    if not isinstance(found, type):
        classes = [key for key, value in vars(module).items() if isinstance(value, type)]
        near = _near(attribute, classes)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise UnknownAdapterError(f"{module_name!r} has no class {attribute!r}{hint}")
    return found
