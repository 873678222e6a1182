"""Printer reasons read into the house's vocabulary."""

from __future__ import annotations

import pytest

from drivers.failures import failure_catalogue
from drivers.ipp.constants import PrinterState
from drivers.ipp.reasons import PrinterCondition, trouble
from drivers.status import DeviceState, MediaState, SupplyState

IDLE, BUSY, STOPPED = PrinterState.IDLE, PrinterState.PROCESSING, PrinterState.STOPPED


@pytest.mark.parametrize(
    ("state", "reasons", "device", "failure"),
    [
        (IDLE, (), DeviceState.ONLINE, None),
        (BUSY, (), DeviceState.DEVICE_BUSY, None),
        (IDLE, ("media-low-report",), DeviceState.ONLINE, None),
        (BUSY, ("media-empty-warning",), DeviceState.DEVICE_BUSY, "printer.paper_out"),
        (STOPPED, ("media-empty-error",), DeviceState.USER_ERROR, "printer.paper_out"),
        (STOPPED, ("media-needed",), DeviceState.USER_ERROR, "printer.paper_out"),
        (STOPPED, ("input-media-supply-empty-error",), DeviceState.USER_ERROR, "printer.paper_out"),
        (STOPPED, ("media-jam-error",), DeviceState.USER_ERROR, "printer.jam"),
        (STOPPED, ("door-open-report",), DeviceState.USER_ERROR, "printer.cover_open"),
        (STOPPED, ("interlock-open",), DeviceState.USER_ERROR, "printer.cover_open"),
        (STOPPED, ("paused",), DeviceState.OFFLINE, "device.offline"),
        (STOPPED, ("shutdown",), DeviceState.POWER_OFF, "device.offline"),
        (STOPPED, ("fuser-over-temp-error",), DeviceState.HARDWARE_ERROR, "printer.hardware"),
        (STOPPED, (), DeviceState.HARDWARE_ERROR, "printer.hardware"),
        (None, ("com.example-purring",), DeviceState.ONLINE, None),
    ],
)
def test_condition(
    state: PrinterState | None, reasons: tuple[str, ...], device: DeviceState, failure: str | None
) -> None:
    status = PrinterCondition(state, reasons, accepting=True).status()
    assert (status.device, status.failure) == (device, failure)
    assert failure is None or failure in failure_catalogue()


def test_supplies() -> None:
    status = PrinterCondition(IDLE, ("media-low-warning", "toner-empty-error"), True).status()
    assert (status.paper, status.toner) == (SupplyState.LOW, SupplyState.OUT)
    status = PrinterCondition(IDLE, ("marker-supply-low-report", "media-empty"), True).status()
    assert (status.paper, status.toner) == (SupplyState.OUT, SupplyState.LOW)
    assert not status.usable
    assert PrinterCondition(IDLE, (), True).status().paper is SupplyState.FULL


def test_printer_that_takes_no_jobs_is_offline() -> None:
    status = PrinterCondition(IDLE, (), accepting=False).status()
    assert (status.device, status.failure) == (DeviceState.OFFLINE, "document_printer.rejected")


def test_cover_comes_before_jam_before_paper() -> None:
    assert trouble(["media-empty", "media-jam", "cover-open"]) == "printer.cover_open"
    assert trouble(["media-empty", "media-jam"]) == "printer.jam"
    assert trouble(["media-low", "none"]) is None


def test_jam_shows_in_the_transport() -> None:
    assert PrinterCondition(STOPPED, ("media-jam",), True).status().media is MediaState.JAMMED
