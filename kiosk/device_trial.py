"""Trying out one device with a real operation, for technicians (``kiosk devices test``)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from config.text import Text
from drivers.host import DeviceHost
from drivers.ports import Light, LightState, PageImage, PageVerdict, PowerReport, PrintOutcome
from drivers.results import Failure, Ok, Result
from kiosk.documents import Slip, render
from kiosk.documents.layout import Note, Pair, Qr, Rule, Title
from kiosk.words import remedy_for, words_for

CARD_S = 30.0
PRINT_S = 60.0
CAMERA_S = 6.0
SCAN_S = 30.0
ASK_S = 5.0
LOOK_S = 1.0
_TALKED_TO = frozenset({"smartcard.needs_authentication", "smartcard.unsupported"})
PAGE_S = 20.0


def try_device(
    host: DeviceHost, say: Callable[[str], object] = str, look_s: float = LOOK_S
) -> tuple[bool, str]:
    """One operation of the device's port; ``(worked, words for the technician)``.

    ``say`` is told what the technician has to do meanwhile; ``look_s``: how long each state of the
    lights is shown.
    """
    match host.spec.port:
        case "id_card_reader":
            say(f"Lay a card on the reader; waiting {CARD_S:.0f} s.")
            return _said(host.call("read_card", timeout_s=CARD_S).result(), "a card was read")
        case "smart_card_reader":
            say(f"Insert or lay down a social-security card; waiting {CARD_S:.0f} s.")
            return _card(host.call("read_social_card", timeout_s=CARD_S).result())
        case "receipt_printer":
            width = int(host.spec.options.get("dots_per_line", 576))
            image = render(test_slip(host.name), width)
            return _printed(host.call("print_receipt", image, timeout_s=PRINT_S).result())
        case "document_printer":
            pdf = test_page(host.name)
            return _printed(host.call("print_document", pdf, "test", timeout_s=PRINT_S).result())
        case "camera":
            return _frame(host)
        case "document_camera":
            say("Put a page on the shelf.")
            return _page(host)
        case "scanner":
            say(f"Hold a code before the scanner; waiting {SCAN_S:.0f} s.")
            return _code(host.call("scan", timeout_s=SCAN_S).result())
        case "indicator_light":
            say("Watch the lights: each comes on, flashes and goes out, one after another.")
            return _lights(host, look_s)
        case "presence_sensor":
            return _presence(host.call("presence", timeout_s=ASK_S).result())
        case "power_supply":
            return _power(host.call("power", timeout_s=ASK_S).result())
        case "headset_jack":
            return _headset(host.call("headset", timeout_s=ASK_S).result())
        case port:
            return False, f"no trial for port {port}"


def _code(result: Result[Any]) -> tuple[bool, str]:
    """What stands in a code may be a person's credential: only its kind and length are told."""
    if isinstance(result, Failure):
        return _said(result, "")
    code = result.value
    return True, f"a code was read: {code.symbology.value}, {len(code.text)} characters"


def _lights(host: DeviceHost, look_s: float) -> tuple[bool, str]:
    """Every light through every state; a board need not have all of them."""
    pause = threading.Event()
    had: list[str] = []
    for light in Light:
        for state in (LightState.ON, LightState.FLASH, LightState.OFF):
            shown = host.call("show", light, state, timeout_s=ASK_S).result()
            if isinstance(shown, Failure) and shown.code == "indicator.no_light":
                break
            if isinstance(shown, Failure):
                good, words = _said(shown, "")
                return good, f"light {light.value}: {words}"
            pause.wait(look_s)
        else:
            had.append(light.value)
    if not had:
        return False, _words(Failure("indicator.no_light", "the board has none of the lights"))
    return True, f"shown: {', '.join(had)}. Whether they shone, only your eyes can tell."


def _presence(result: Result[Any]) -> tuple[bool, str]:
    if isinstance(result, Failure):
        return _said(result, "")
    return True, f"the sensor says: {result.value.value}"


def _headset(result: Result[Any]) -> tuple[bool, str]:
    if isinstance(result, Failure):
        return _said(result, "")
    return True, f"a headset is {result.value.value}"


def _power(result: Result[PowerReport]) -> tuple[bool, str]:
    if isinstance(result, Failure):
        return _said(result, "")
    report = result.value
    parts = [f"on {report.source.value}"]
    if report.charge_percent is not None:
        parts.append(f"charged to {report.charge_percent:.0f} %")
    if report.runtime_s is not None:
        parts.append(f"{report.runtime_s / 60:.0f} minutes on battery")
    troubles = (
        (report.low, "battery low"),
        (report.replace_battery, "battery to be replaced"),
        (report.overload, "overloaded"),
    )
    wrong = [words for is_so, words in troubles if is_so]
    return not wrong, ", ".join(parts + wrong)


def test_slip(name: str) -> Slip:
    """A slip that shows whether every part of the print head and a QR code come out."""
    return Slip(
        (
            Title("打印测试 · Test"),
            Rule(),
            Pair("设备", name),
            Pair("生僻字", "李䶮 镕 堃 喆 𬭎"),
            Note("如果上面的字都清楚，打印机正常。If all of this is clear, the printer works."),
            Qr("citizen-window:test", "citizen-window:test"),
        )
    )


def test_page(name: str) -> bytes:
    """An A4 page with the same purpose."""
    from fpdf import FPDF

    from kiosk.documents.fonts import find_font

    pdf = FPDF(format="A4")
    pdf.add_page()
    font = str(find_font("NotoSansCJK-Regular.ttc"))
    pdf.add_font("sc", fname=font, collection_font_number=2)
    pdf.set_font("sc", size=24)
    pdf.multi_cell(0, 14, f"打印测试 · Test page\n{name}\n李䶮 镕 堃 喆 𬭎")
    return bytes(pdf.output())


def _frame(host: DeviceHost) -> tuple[bool, str]:
    from drivers.camera import FrameReader

    result = host.call("start", timeout_s=CAMERA_S).result()
    if isinstance(result, Failure):
        return _said(result, "")
    with FrameReader(result.value) as reader:
        frame = reader.latest()
    host.call("stop", timeout_s=2.0).result()
    if frame is None:
        return False, _words(Failure("camera.no_frame"))
    return True, f"a frame of {frame.width} × {frame.height}, {frame.age_s * 1000:.0f} ms old"


def _card(result: Result[Any]) -> tuple[bool, str]:
    """A card that asks for a key was talked to all the same: the reader works."""
    if isinstance(result, Failure) and result.code in _TALKED_TO:
        return True, f"a card was talked to; it is not read freely\n{_words(result)}"
    return _said(result, "a social-security card was read")


def _page(host: DeviceHost) -> tuple[bool, str]:
    result = host.call("capture_page", timeout_s=PAGE_S).result()
    if isinstance(result, Failure):
        return _said(result, "")
    page: PageImage = result.value
    if not page.jpeg:
        return False, f"no page: {page.verdict.value}"
    size = f"{page.width} × {page.height} pixels, {page.dpi or 'unknown'} dpi"
    measures = f"sharpness {page.sharpness:.2f}, brightness {page.brightness:.2f}"
    return page.verdict is PageVerdict.READABLE, f"{page.verdict.value}: {size}, {measures}"


def _printed(result: Result[Any]) -> tuple[bool, str]:
    match result:
        case Ok(value) if value.outcome is PrintOutcome.CONFIRMED:
            return True, "printed, and confirmed by the printer"
        case Ok(value):
            return False, _words(Failure(value.reason or "printer.unconfirmed"))
        case _:
            return _said(result, "")


def _said(result: Result[Any], good: str) -> tuple[bool, str]:
    return (False, _words(result)) if isinstance(result, Failure) else (True, good)


def _words(failure: Failure) -> str:
    words: Text = words_for(failure.code)
    return f"{failure.code}: {words.en}\n{failure.detail}\n→ {remedy_for(failure.code)}"
