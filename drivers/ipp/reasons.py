"""What a printer says is wrong with it: ``printer-state-reasons`` read into our vocabulary.

A keyword may carry ``-error``, ``-warning`` or ``-report`` (RFC 8011 section 5.4.12), and the same
trouble changes its suffix on the way through a print system, so only the stem is compared. A
reason says *what* is wrong, never *whether* the printer works: that is ``printer-state``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drivers.failure_codes import FailureCode
from drivers.ipp.codec import Group
from drivers.ipp.constants import PrinterState
from drivers.status import DeviceState, DeviceStatus, MediaState, SupplyState

_PAPER_OUT = (
    "media-empty",
    "media-needed",
    "input-tray-missing",
    "input-media-supply-empty",
    "input-media-tray-empty",
    "input-media-tray-missing",
    "input-cannot-feed-size-selected",
)
_PAPER_LOW = ("media-low", "input-media-supply-low")
_JAM = ("media-jam",)
_OPEN = ("cover-open", "door-open", "interlock-open")
_TONER_OUT = ("toner-empty", "marker-supply-empty")
_TONER_LOW = ("toner-low", "marker-supply-low")
_UNAVAILABLE = ("paused", "moving-to-paused", "timed-out", "connecting-to-device", "offline")
_SHUT_DOWN = ("shutdown", "power-down", "deactivated", "hibernate")

PAPER_OUT: FailureCode = "printer.paper_out"
JAM: FailureCode = "printer.jam"
COVER_OPEN: FailureCode = "printer.cover_open"


def _any(reasons: Iterable[str], stems: tuple[str, ...]) -> bool:
    return any(reason.startswith(stems) for reason in reasons)


def trouble(reasons: Sequence[str]) -> FailureCode | None:
    """The failure code of what a person must put right before printing goes on, or None.

    An open cover comes first and a jam before empty paper: the printer cannot tell the paper while
    the cover is open, and that is the order in which staff act.
    """
    if _any(reasons, _OPEN):
        return COVER_OPEN
    if _any(reasons, _JAM):
        return JAM
    if _any(reasons, _PAPER_OUT):
        return PAPER_OUT
    return None


@dataclass(frozen=True, slots=True)
class PrinterCondition:
    """``printer-state``, ``printer-state-reasons`` and ``printer-is-accepting-jobs``."""

    state: int | None
    reasons: tuple[str, ...]
    accepting: bool

    @classmethod
    def read(cls, group: Group) -> PrinterCondition:
        """From the printer group of a Get-Printer-Attributes answer."""
        reasons = group.strings("printer-state-reasons")
        return cls(
            state=group.integer("printer-state"),
            reasons=tuple(reason for reason in reasons if reason != "none"),
            accepting=group.boolean("printer-is-accepting-jobs") is not False,
        )

    @property
    def trouble(self) -> FailureCode | None:
        """See :func:`trouble`."""
        return trouble(self.reasons)

    @property
    def stopped(self) -> bool:
        """True if nothing is being printed until something changes."""
        return self.state == PrinterState.STOPPED

    def status(self) -> DeviceStatus:
        """The condition as the house's status."""
        device, failure = self._device()
        return DeviceStatus(
            device=device,
            media=self._media(),
            paper=_supply(self.reasons, _PAPER_OUT, _PAPER_LOW),
            toner=_supply(self.reasons, _TONER_OUT, _TONER_LOW),
            failure=failure,
            detail=", ".join(self.reasons),
        )

    def _media(self) -> MediaState:
        return MediaState.JAMMED if _any(self.reasons, _JAM) else MediaState.UNKNOWN

    def _device(self) -> tuple[DeviceState, FailureCode | None]:
        failure = self.trouble
        if self.stopped:
            return self._stopped(failure)
        if not self.accepting:
            return DeviceState.OFFLINE, "document_printer.rejected"
        if self.state == PrinterState.PROCESSING:
            return DeviceState.DEVICE_BUSY, failure
        return DeviceState.ONLINE, failure

    def _stopped(self, failure: FailureCode | None) -> tuple[DeviceState, FailureCode]:
        if failure is not None:
            return DeviceState.USER_ERROR, failure
        if _any(self.reasons, _SHUT_DOWN):
            return DeviceState.POWER_OFF, "device.offline"
        if _any(self.reasons, _UNAVAILABLE):
            return DeviceState.OFFLINE, "device.offline"
        return DeviceState.HARDWARE_ERROR, "printer.hardware"


def _supply(reasons: Sequence[str], out: tuple[str, ...], low: tuple[str, ...]) -> SupplyState:
    if _any(reasons, out):
        return SupplyState.OUT
    if _any(reasons, low):
        return SupplyState.LOW
    return SupplyState.FULL
