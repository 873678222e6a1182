"""Readers of bar codes and QR codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.ports.adapter import Adapter
from drivers.results import Result


class Symbology(StrEnum):
    """Kinds of bar codes; ``unknown`` where a scanner does not say."""

    QR = "qr"
    DATA_MATRIX = "dataMatrix"
    PDF417 = "pdf417"
    AZTEC = "aztec"
    HAN_XIN = "hanXin"
    CODE_128 = "code128"
    CODE_39 = "code39"
    CODE_93 = "code93"
    CODABAR = "codabar"
    EAN_UPC = "eanUpc"
    ITF = "itf"
    DATA_BAR = "dataBar"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """What a scanner read. ``text`` and ``data`` may be a person's credential: ``repr`` hides them.

    ``gs1``: True if the symbol declares GS1 element strings (FNC1 in first position); the separator
    in ``text`` is then U+001D, and there is no other control character in it.
    """

    symbology: Symbology
    text: str = field(repr=False)
    data: bytes = field(repr=False)
    gs1: bool = False


@runtime_checkable
class Scanner(Adapter, Protocol):
    """A reader of bar codes and QR codes."""

    def scan(self, timeout_s: float) -> Result[ScannedCode]:
        """Wait for one code; what was scanned before the call is never returned.

        Emits ``scan_ready`` once, when a code shown from now on counts: only then may a person be
        asked for one. Emits ``code_unclear`` when something was seen that could not be taken
        (noise, half a code, several codes at once). Failures: ``scanner.none`` (no code in time),
        ``scanner.partial``, ``scanner.unreadable``, ``scanner.several``, ``scanner.too_long``,
        ``camera.no_frame``, ``device.*``.
        """
        ...
