"""Trying out one device with a real operation, for technicians (``kiosk devices test``)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from config.text import Text
from drivers.host import DeviceHost
from drivers.ports import (
    Headset,
    Light,
    LightState,
    PageImage,
    PageVerdict,
    PowerReport,
    PowerSource,
    Presence,
    PrintOutcome,
)
from drivers.results import Failure, Ok, Result
from kiosk.documents import Slip, render
from kiosk.documents.layout import Note, Pair, Qr, Rule, Title
from kiosk.technician.remedies import remedy
from kiosk.words import words_for

CARD_S = 30.0
PRINT_S = 60.0
CAMERA_S = 6.0
SCAN_S = 30.0
ASK_S = 5.0
LOOK_S = 1.0
Trial = tuple[bool, Text]
"""Whether it worked, and words for the technician."""
_TALKED_TO = frozenset({"smartcard.needs_authentication", "smartcard.unsupported"})
PAGE_S = 20.0


def try_device(
    host: DeviceHost, say: Callable[[Text], object] = str, look_s: float = LOOK_S
) -> Trial:
    """One operation of the device's port.

    ``say`` is told what the technician has to do meanwhile; ``look_s``: how long each state of the
    lights is shown.
    """
    match host.spec.port:
        case "id_card_reader":
            say(_wait("请把身份证放在读卡区", "Lay a card on the reader", CARD_S))
            read = host.call("read_card", timeout_s=CARD_S).result()
            return _said(read, Text(zh="读到了一张证件", en="a card was read"))
        case "smart_card_reader":
            say(_wait("请插入或放上社保卡", "Insert or lay down a social-security card", CARD_S))
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
            say(Text(zh="请在高拍台上放一张纸。", en="Put a page on the shelf."))
            return _page(host)
        case "scanner":
            say(_wait("请把一个码对准扫码窗", "Hold a code before the scanner", SCAN_S))
            return _code(host.call("scan", timeout_s=SCAN_S).result())
        case "indicator_light":
            say(_WATCH)
            return _lights(host, look_s)
        case "presence_sensor":
            return _presence(host.call("presence", timeout_s=ASK_S).result())
        case "power_supply":
            return _power(host.call("power", timeout_s=ASK_S).result())
        case "headset_jack":
            return _headset(host.call("headset", timeout_s=ASK_S).result())
        case port:
            return False, Text(zh=f"没有适合 {port} 的试用方法", en=f"no trial for port {port}")


_WATCH = Text(
    zh="请看指示灯：会一个接一个地亮、闪、灭。",
    en="Watch the lights: each comes on, flashes and goes out, one after another.",
)


def _wait(zh: str, en: str, limit_s: float) -> Text:
    return Text(zh=f"{zh}，{limit_s:.0f} 秒内有效。", en=f"{en}; waiting {limit_s:.0f} s.")


def _code(result: Result[Any]) -> Trial:
    """What stands in a code may be a person's credential: only its kind and length are told."""
    if isinstance(result, Failure):
        return _failed(result)
    code = result.value
    kind, length = code.symbology.value, len(code.text)
    return True, Text(
        zh=f"读到了一个码：{kind}，{length} 个字符",
        en=f"a code was read: {kind}, {length} characters",
    )


def _lights(host: DeviceHost, look_s: float) -> Trial:
    """Every light through every state; a board need not have all of them."""
    pause = threading.Event()
    had: list[Text] = []
    for light in Light:
        for state in (LightState.ON, LightState.FLASH, LightState.OFF):
            shown = host.call("show", light, state, timeout_s=ASK_S).result()
            if isinstance(shown, Failure) and shown.code == "indicator.no_light":
                break
            if isinstance(shown, Failure):
                words = _words(shown)
                where = _LIGHTS[light]
                return False, Text(
                    zh=f"{where.zh}指示灯：{words.zh}", en=f"light {where.en}: {words.en}"
                )
            pause.wait(look_s)
        else:
            had.append(_LIGHTS[light])
    if not had:
        return False, _words(Failure("indicator.no_light", "the board has none of the lights"))
    return True, Text(
        zh=f"已点过：{'、'.join(name.zh for name in had)}。亮没亮，要靠您的眼睛看。",
        en=f"shown: {', '.join(name.en for name in had)}. Whether they shone, only your eyes can tell.",
    )


def _presence(result: Result[Any]) -> Trial:
    if isinstance(result, Failure):
        return _failed(result)
    state = result.value.value
    return True, Text(zh=f"感应器的回答：{_NEAR[result.value]}", en=f"the sensor says: {state}")


def _headset(result: Result[Any]) -> Trial:
    if isinstance(result, Failure):
        return _failed(result)
    state = result.value.value
    return True, Text(zh=f"耳机：{_PLUGGED[result.value]}", en=f"a headset is {state}")


def _power(result: Result[PowerReport]) -> Trial:
    if isinstance(result, Failure):
        return _failed(result)
    report = result.value
    told = [_SOURCES[report.source]]
    if report.charge_percent is not None:
        charge = f"{report.charge_percent:.0f} %"
        told.append(Text(zh=f"电量 {charge}", en=f"charged to {charge}"))
    if report.runtime_s is not None:
        minutes = f"{report.runtime_s / 60:.0f}"
        told.append(Text(zh=f"电池可撑 {minutes} 分钟", en=f"{minutes} minutes on battery"))
    troubles = (
        (report.low, Text(zh="电池快没电了", en="battery low")),
        (report.replace_battery, Text(zh="电池该换了", en="battery to be replaced")),
        (report.overload, Text(zh="超过负载", en="overloaded")),
    )
    wrong = [words for is_so, words in troubles if is_so]
    said = told + wrong
    return not wrong, Text(zh="，".join(w.zh for w in said), en=", ".join(w.en for w in said))


_LIGHTS = {
    Light.CARD: Text(zh="读卡区", en="card"),
    Light.RECEIPT: Text(zh="凭条出口", en="receipt"),
    Light.DOCUMENT: Text(zh="证明出口", en="document"),
    Light.CAMERA: Text(zh="摄像头", en="camera"),
    Light.STAFF: Text(zh="呼叫", en="staff"),
}
_NEAR = {Presence.NEAR: "有人", Presence.AWAY: "没有人"}
_PLUGGED = {Headset.IN: "已插入", Headset.OUT: "没有插入"}
_SOURCES = {
    PowerSource.MAINS: Text(zh="市电供电", en="on mains"),
    PowerSource.BATTERY: Text(zh="电池供电", en="on battery"),
}
_PAGES = {
    PageVerdict.READABLE: "看得清",
    PageVerdict.NO_PAGE: "没有纸",
    PageVerdict.UNSTEADY: "纸在动",
    PageVerdict.CUT_OFF: "没有拍全",
    PageVerdict.TOO_DARK: "太暗",
    PageVerdict.GLARE: "反光",
    PageVerdict.UNEVEN_LIGHT: "光线不匀",
    PageVerdict.BLURRED: "不清楚",
    PageVerdict.TOO_SMALL: "太小",
}


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


def _frame(host: DeviceHost) -> Trial:
    from drivers.camera import FrameReader

    result = host.call("start", timeout_s=CAMERA_S).result()
    if isinstance(result, Failure):
        return _failed(result)
    with FrameReader(result.value) as reader:
        frame = reader.latest()
    host.call("stop", timeout_s=2.0).result()
    if frame is None:
        return False, _words(Failure("camera.no_frame"))
    size, age = f"{frame.width} × {frame.height}", f"{frame.age_s * 1000:.0f}"
    return True, Text(zh=f"取到一帧 {size}，{age} 毫秒前", en=f"a frame of {size}, {age} ms old")


def _card(result: Result[Any]) -> Trial:
    """A card that asks for a key was talked to all the same: the reader works."""
    if isinstance(result, Failure) and result.code in _TALKED_TO:
        words = _words(result)
        return True, Text(
            zh=f"和卡通了话；这张卡不能直接读\n{words.zh}",
            en=f"a card was talked to; it is not read freely\n{words.en}",
        )
    return _said(result, Text(zh="读到了一张社保卡", en="a social-security card was read"))


def _page(host: DeviceHost) -> Trial:
    result = host.call("capture_page", timeout_s=PAGE_S).result()
    if isinstance(result, Failure):
        return _failed(result)
    page: PageImage = result.value
    verdict = page.verdict.value
    if not page.jpeg:
        return False, Text(zh=f"没有拍到纸：{_PAGES[page.verdict]}", en=f"no page: {verdict}")
    size, dpi = f"{page.width} × {page.height}", page.dpi or "?"
    sharp, bright = f"{page.sharpness:.2f}", f"{page.brightness:.2f}"
    return page.verdict is PageVerdict.READABLE, Text(
        zh=f"{_PAGES[page.verdict]}：{size} 像素，{dpi} dpi，清晰度 {sharp}，亮度 {bright}",
        en=f"{verdict}: {size} pixels, {dpi} dpi, sharpness {sharp}, brightness {bright}",
    )


def _printed(result: Result[Any]) -> Trial:
    match result:
        case Ok(value) if value.outcome is PrintOutcome.CONFIRMED:
            return True, Text(
                zh="打印好了，打印机已确认", en="printed, and confirmed by the printer"
            )
        case Ok(value):
            return False, _words(Failure(value.reason or "printer.unconfirmed"))
        case Failure():
            return False, _words(result)


def _said(result: Result[Any], good: Text) -> Trial:
    return (False, _words(result)) if isinstance(result, Failure) else (True, good)


def _failed(failure: Failure) -> Trial:
    return False, _words(failure)


def _words(failure: Failure) -> Text:
    said, do = words_for(failure.code), remedy(failure.code)
    return Text(
        zh=f"{said.zh}\n→ {do.zh}\n{failure.code} {failure.detail}".rstrip(),
        en=f"{failure.code}: {said.en}\n{failure.detail}\n→ {do.en}",
    )
