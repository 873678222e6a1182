"""Adapters that break their port's promises, each in known ways; they need no device."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from drivers.camera.framebuffer import FrameWriter
from drivers.ports import (
    AdapterContext,
    BankCard,
    FrameBufferInfo,
    Headset,
    IdDocument,
    IdDocumentKind,
    Light,
    LightState,
    PageImage,
    PageVerdict,
    PowerReport,
    PowerSource,
    Presence,
    PrintOutcome,
    PrintResult,
    RasterImage,
    ScannedCode,
    SocialSecurityCard,
    Symbology,
)
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus


class _Careless:
    """Takes every setting, and never has anything to report."""

    def __init__(self, context: AdapterContext) -> None:
        self.context = context

    def open(self) -> Result[None]:
        return Ok(None)

    def close(self) -> None:
        return None

    def status(self) -> DeviceStatus:
        return DeviceStatus(DeviceState.ONLINE)


class BrokenReader(_Careless):
    """Ignores cancel, makes a card up (with a wrong check digit), and tells its name in an event."""

    def read_card(self, timeout_s: float) -> Result[IdDocument]:
        if timeout_s < 5:
            threading.Event().wait(timeout_s)
        document = IdDocument(
            kind=IdDocumentKind.RESIDENT,
            name="测试甲",
            number="440599199001010010",
            sex="1",
            birth=date(1990, 1, 1),
            valid_from=date(2020, 1, 1),
            valid_to=None,
            long_term=True,
        )
        self.context.emit("card_found", {"name": document.name})
        return Ok(document)


class BrokenChipReader(_Careless):
    """Finds every card broken at once, and gives a bank card's whole number."""

    def read_social_card(self, timeout_s: float) -> Result[SocialSecurityCard]:
        return Failure("smartcard.unreadable")

    def read_bank_card(self, timeout_s: float) -> Result[BankCard]:
        return Ok(BankCard("6200000000000005"))


class BrokenReceiptPrinter(_Careless):
    """Says "printed" to everything at once."""

    def dots_per_line(self) -> int:
        return 0

    def print_receipt(self, image: RasterImage, timeout_s: float) -> Result[PrintResult]:
        return Ok(PrintResult(PrintOutcome.CONFIRMED))


class BrokenDocumentPrinter(_Careless):
    """Says "doubtful" to everything, for no reason it could name."""

    def print_document(self, pdf: bytes, title: str, timeout_s: float) -> Result[PrintResult]:
        return Ok(PrintResult(PrintOutcome.DOUBTFUL))


class BrokenScanner(_Careless):
    """Returns at once what it read last, and tells it in an event."""

    def scan(self, timeout_s: float) -> Result[ScannedCode]:
        code = ScannedCode(Symbology.QR, "OLD-0001", b"OLD-0001")
        self.context.emit("code_unclear", {"text": code.text})
        return Ok(code)


class BrokenLights(_Careless):
    """A board without lamps."""

    def show(self, light: Light, state: LightState, timeout_s: float) -> Result[None]:
        return Failure("indicator.no_light")


class BrokenSensor(_Careless):
    """Sees somebody at all times."""

    def presence(self, timeout_s: float) -> Result[Presence]:
        return Ok(Presence.NEAR)


class BrokenSupply(_Careless):
    """Never notices anything, and is three times full."""

    def power(self, timeout_s: float) -> Result[PowerReport]:
        return Ok(PowerReport(PowerSource.MAINS, charge_percent=300))


class BrokenJack(_Careless):
    """Takes every socket for empty, and watches nothing."""

    def headset(self, timeout_s: float) -> Result[Headset]:
        return Ok(Headset.OUT)

    def watch(self, timeout_s: float) -> Result[None]:
        return Ok(None)


class BrokenCamera(_Careless):
    """Shows one old picture for ever, and leaves it where it is when told to stop."""

    def __init__(self, context: AdapterContext) -> None:
        super().__init__(context)
        self.writer: FrameWriter | None = None

    def start(self, timeout_s: float) -> Result[FrameBufferInfo]:
        if self.writer is None:
            self.writer = FrameWriter(32, 24)
            long_ago = time.monotonic_ns() - 10**10
            self.writer.write(bytes([200]) * (32 * 24 * 3), long_ago)
        return Ok(self.writer.info)

    def stop(self, timeout_s: float) -> Result[None]:
        return Ok(None)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.writer = None


class BrokenDocumentCamera(BrokenCamera):
    """Calls whatever it sees a readable page, at once, and tells everybody about it."""

    def capture_page(self, timeout_s: float) -> Result[PageImage]:
        self.context.emit("page_advice", {"advice": "the page of a person"})
        return Ok(PageImage(PageVerdict.READABLE, b"picture"))


class Absent(_Careless):
    """Its device is never there."""

    def open(self) -> Result[None]:
        return Failure("device.gone")

    def status(self) -> DeviceStatus:
        return DeviceStatus(DeviceState.NO_DEVICE, failure="device.gone")


class StatusChatter(_Careless):
    """Its status changes all the time, and uses a word of its own."""

    def __init__(self, context: AdapterContext) -> None:
        super().__init__(context)
        self.asked = 0

    def status(self) -> DeviceStatus:
        self.asked += 1
        words: Mapping[str, Any] = {"media": f"slot {self.asked}"}
        return DeviceStatus(DeviceState.ONLINE, **words)
