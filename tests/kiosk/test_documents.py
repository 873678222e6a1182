"""Slips: the truth in each state, on paper of any width, readable and without unmasked people."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from config.catalogue import DayUnit
from config.shipped import load_catalogue
from config.text import Text
from drivers.ports import RasterImage
from kiosk.device_trial import test_slip as trial_slip
from kiosk.documents import Slip, fonts, render, slip_for
from kiosk.documents.layout import Big, Note, Pair, Qr, Row, Rule, Title, wrap
from kiosk.documents.slips import SCALES, yuan
from kiosk.identity import check_digit
from kiosk.personal import Holder, Personal
from kiosk.terminal_port import Place
from kiosk.visit.model import (
    Assistance,
    Column,
    PaymentState,
    QueryAnswer,
    Route,
    Submission,
    SubmissionState,
    TextSize,
    Visit,
)

FIRST = "44059919400101001"
NUMBER = FIRST + check_digit(FIRST)
ADDRESS = "汕头市示例路7号"
URL = "https://portal.example.gov.cn/lookup/{code}"
CODE = "7K4M92QF3TX7"
NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
PLACE = Place(
    "ST-0042",
    Text(zh="龙湖区政务服务中心 · 一楼东侧", en="Longhu Service Centre · Ground floor east"),
    Text(zh="汕头市", en="Shantou"),
    Text(zh="每天", en="Daily"),
    "0754-8888-0000",
)
MARGIN = 24


def holder(name: str = "李䶮") -> Holder:
    return Holder(
        "resident", Personal(name), Personal(NUMBER), Personal("1"), Personal("01"),
        date(1940, 1, 1), Personal(ADDRESS), None,
    )  # fmt: skip


def a_visit(state: SubmissionState, **more: Any) -> Visit:
    item = load_catalogue().item("mz-0058")
    assert item is not None
    from config.catalogue import Level, Mode

    authority = Text(zh="龙祥街道公共服务办公室", en="Longxiang Subdistrict public service office")
    route = Route(
        Mode.LOCAL, "440500", authority, Level.TOWN, "440507002", "2026-12-11", True, 15, authority
    )
    receipt = more.pop("receipt", {"case_no": "44050020261122000017"})
    submission = Submission("key", CODE, state, "2026-11-22T02:42:07+00:00", receipt)
    return replace(Visit(item=item, route=route, holder=holder(), submission=submission), **more)


APPOINTMENT = {
    "appointment": {
        "date": "2026-12-01", "start": "09:00", "end": "09:30", "number": "B017",
        "place_zh": "市公安局出入境办证大厅", "place_en": "Exit-Entry Hall of the City Police",
    }
}  # fmt: skip
PAYMENT = {"payment": {"amount_fen": 40050, "order_id": "o"}}
ANSWER = QueryAnswer(
    Text(zh="社保缴费明细", en="Social insurance payments"), "2026-11-22",
    Text(zh="汕头市社会保险基金管理局", en="Shantou Social Insurance Bureau"),
    ((Text(zh="累计月数", en="Months in all"), "187"),),
    (
        Column("month", Text(zh="月份", en="Month")),
        Column("employer", Text(zh="单位", en="Employer")),
        Column("amount", Text(zh="金额", en="Amount"), "amount"),
    ),
    tuple(
        {"month": f"2026-{n % 12 + 1:02d}", "employer": "汕头市一家名字特别特别长的示例有限责任公司",
         "amount": "1,234.56" if n else None}
        for n in range(30)
    ),
)  # fmt: skip

VISITS = {
    "delivered": (a_visit(SubmissionState.DELIVERED), "submission"),
    "stored": (a_visit(SubmissionState.STORED, receipt={}), "submission"),
    "unknown": (a_visit(SubmissionState.UNKNOWN, receipt={}), "submission"),
    "stuck": (a_visit(SubmissionState.STUCK, receipt={}), "submission"),
    "rejected": (a_visit(SubmissionState.REJECTED, receipt={}), "submission"),
    "withdrawn": (a_visit(SubmissionState.WITHDRAWN, receipt={}), "submission"),
    "appointment": (a_visit(SubmissionState.DELIVERED, receipt=APPOINTMENT), "appointment"),
    "paid": (
        a_visit(SubmissionState.DELIVERED, receipt=PAYMENT, payment=PaymentState.PAID),
        "payment",
    ),
    "unpaid": (
        a_visit(SubmissionState.DELIVERED, receipt=PAYMENT, payment=PaymentState.PENDING),
        "payment",
    ),
    "answer": (replace(a_visit(SubmissionState.DELIVERED), answer=ANSWER), "answer"),
}


def slip(name: str, language: str = "zh_CN", size: TextSize = TextSize.NORMAL) -> Slip:
    visit, kind = VISITS[name]
    visit = replace(visit, language=language, assist=Assistance(text_size=size))
    return slip_for(visit, kind, PLACE, NOW, URL)


def words(found: Slip) -> str:
    return "\n".join(
        str(getattr(element, part.name)) for element in found.elements for part in fields(element)
    )


def dots(image: RasterImage) -> np.ndarray[Any, np.dtype[np.bool_]]:
    bits = np.unpackbits(np.frombuffer(image.data, np.uint8).reshape(image.height, -1), axis=1)
    assert not bits[:, image.width :].any(), "ink behind the last dot"
    return bits[:, : image.width].astype(bool)


def decoded(image: RasterImage) -> str:
    ink = dots(image)
    grey = np.where(ink, 0, 255).astype(np.uint8)
    padded = np.pad(grey, 40, constant_values=255)
    found = zxingcpp.read_barcodes(Image.fromarray(padded))
    assert len(found) == 1
    return str(found[0].text)


@pytest.mark.parametrize(
    ("language", "width", "size"),
    [
        ("zh_CN", 576, TextSize.NORMAL),
        ("zh_CN", 384, TextSize.LARGEST),
        ("en", 576, TextSize.LARGEST),
        ("en", 384, TextSize.LARGEST),
    ],
)
@pytest.mark.parametrize("name", VISITS)
def test_a_slip_fits_its_paper_and_its_code_can_be_scanned(
    name: str, language: str, width: int, size: TextSize
) -> None:
    found = slip(name, language, size)
    image = render(found, width)
    assert image.width == width
    assert len(image.data) == (width + 7) // 8 * image.height
    ink = dots(image)
    # Text keeps within the margins; glyphs may lean out of their box by a few dots, no more.
    assert not ink[:, : MARGIN - 6].any()
    assert not ink[:, width - MARGIN + 6 :].any()
    assert ink.any(axis=1)[-200:].any(), "an empty tail"
    if name != "answer":
        assert decoded(image) == URL.format(code=CODE)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", VISITS)
def test_no_slip_names_the_person_unmasked(name: str, language: str) -> None:
    said = words(slip(name, language))
    assert "李䶮" not in said
    assert NUMBER not in said
    assert NUMBER[3:14] not in said
    assert ADDRESS not in said
    assert "*䶮" in said
    assert "440***********" + NUMBER[-4:] in said
    for long in re.findall(r"[0-9]{15,}", said):
        assert long == "44050020261122000017"


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("delivered", "受理回执", "Acceptance receipt"),
        ("stored", "收件回执（尚未送达）", "Received here, not yet delivered"),
        ("unknown", "回执（等待确认）", "Sent, waiting for confirmation"),
        ("appointment", "预约凭条", "Appointment"),
        ("paid", "缴费凭条", "Payment slip"),
        ("unpaid", "缴费未完成", "Not paid"),
        ("answer", "社保缴费明细", "Social insurance payments"),
    ],
)
def test_the_heading_is_the_truth(name: str, zh: str, en: str) -> None:
    for language, title in (("zh_CN", zh), ("en", en)):
        assert slip(name, language).elements[0] == Title(title)


def test_a_slip_is_printed_in_traditional_characters_too() -> None:
    found = slip("delivered", "zh_HK")
    assert found.elements[0] == Title("受理回執")
    assert "*䶮" in words(found), "a name stays as it is on the card"
    assert found.face == 4
    same = replace(found, face=fonts.SIMPLIFIED)
    assert render(found, 576).data != render(same, 576).data, "in the shapes of Hong Kong"
    for mark in words(found):
        assert len(mark.encode("gb18030")) <= 2, f"{mark}: beyond GBK, which every printer here has"


@pytest.mark.parametrize("name", ["rejected", "withdrawn"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_was_not_taken_never_reads_as_a_receipt(name: str, language: str) -> None:
    said = words(slip(name, language))
    for claim in (
        "受理回执",
        "Acceptance",
        "收到时间",
        "Received",
        "2026-12-11",
        "已送达",
        "Delivered",
    ):
        assert claim not in said


def test_offline_and_unknown_slips_say_what_is_not_known() -> None:
    assert "已送达" not in words(slip("stored"))
    assert "不用您再来" in words(slip("stored"))
    assert "请不要重复办理" in words(slip("unknown"))
    assert "Delivered" not in words(slip("unknown", "en"))
    assert "失败" not in words(slip("unknown"))


def test_paid_and_due_are_not_mistaken_for_each_other() -> None:
    assert Big("已缴", "￥400.50") in slip("paid").elements
    assert Big("应缴（未付款）", "￥400.50") in slip("unpaid").elements


def test_dates_times_and_promise_are_those_of_the_country() -> None:
    said = words(slip("delivered"))
    assert "2026年11月22日 10:42" in said
    assert "2026-12-11（15 个工作日，预计）" in said
    assert "(15 working days, estimated)" in words(slip("delivered", "en"))


def test_a_promise_in_calendar_days_is_not_called_one_of_working_days() -> None:
    visit, kind = VISITS["delivered"]
    assert visit.item is not None
    legal_aid = visit.item.model_copy(update={"day_unit": DayUnit.CALENDAR})
    for language, said in (
        ("zh_CN", "（15 个自然日，预计）"),
        ("en", "(15 calendar days, estimated)"),
    ):
        changed = replace(visit, item=legal_aid, language=language)
        assert said in words(slip_for(changed, kind, PLACE, NOW, URL))


def test_a_long_table_says_what_is_missing_and_prints_no_empty_amounts() -> None:
    said = words(slip("answer"))
    assert "另有 6 行未打印" in said
    assert "None" not in said
    assert said.count("￥1,234.56") == 23


def test_a_visit_without_a_submission_prints_the_foot_only() -> None:
    found = slip_for(Visit(), "submission", PLACE, NOW, URL)
    assert not [e for e in found.elements if isinstance(e, (Title, Qr, Pair))]
    assert render(found, 576).height > 0


def test_amounts_for_reading() -> None:
    assert [yuan(f) for f in (0, 5, 40000, 123456789, -150)] == [
        "￥0.00", "￥0.05", "￥400.00", "￥1,234,567.89", "-￥1.50",
    ]  # fmt: skip


@pytest.mark.parametrize("char", ["䶮", "𬭎", "镕", "堃", "喆", "￥", "·", "—", "“"])
def test_rare_characters_are_drawn_not_boxed(char: str) -> None:
    for font in (fonts.sans(26), fonts.sans(26, bold=True), fonts.serif(40)):
        missing = bytes(font.getmask("\U000e0fff"))
        assert bytes(font.getmask(char))
        assert bytes(font.getmask(char)) != missing


@pytest.mark.parametrize("width", [384, 576])
@pytest.mark.parametrize(
    "elements",
    [
        (Big("查询码", "7K4M·92QF·3TX7"),),
        (Big("amount", "￥123,456,789,012,345.67"),),
        (Row("一家名字特别特别长的有限责任公司", "和右边同样特别特别特别特别特别特别长的文字"),),
        (Row("", "￥1.00"), Row("left", "")),
        (Pair("一个特别特别特别特别特别特别长的标签", "值" * 60),),
        (
            Note(
                "看https://portal.example.gov.cn/a/very/long/path/that/never/ends/"
                + "x" * 90
                + "。"
            ),
        ),
        (Title("标题" * 30), Rule(), Note("")),
        (Qr("x" * 600, "密"),),
    ],
)
def test_extreme_content_stays_on_the_paper(elements: tuple[Any, ...], width: int) -> None:
    for scale in SCALES.values():
        ink = dots(render(Slip(elements, scale), width))
        side = 0 if isinstance(elements[0], Qr) else MARGIN - 6
        assert not ink[:, :side].any()
        assert not ink[:, width - side :].any()


def test_there_is_paper_for_every_size_of_the_screen() -> None:
    assert set(SCALES) == set(TextSize)


def test_a_lookup_code_stays_on_one_line() -> None:
    for width in (384, 576):
        plain = render(Slip((Big("", "0"),), 2.0), width).height
        assert render(Slip((Big("", "7K4M·92QF·3TX7"),), 2.0), width).height <= plain


def by_class(text: str) -> float:
    return float(sum(2 if ord(char) > 0x2E80 else 1 for char in text))


@given(st.text(alphabet="龙湖区办，。、）” aB3.-!?(（\n", max_size=80), st.integers(4, 30))
def test_wrapped_lines_fit_and_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    lines = wrap(text, by_class, width)
    assert all(by_class(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.text(max_size=60))
def test_any_text_can_be_wrapped(text: str) -> None:
    lines = wrap(text, lambda part: float(len(part)), 10)
    assert all(len(line) <= 10 for line in lines)


def test_where_lines_break() -> None:
    assert wrap("请不要重复办理，谢谢", by_class, 14) == ["请不要重复办", "理，谢谢"]
    assert wrap("keep words whole here", by_class, 11) == ["keep words", "whole here"]
    assert wrap("a\n\nb", by_class, 5) == ["a", "", "b"]
    assert wrap("", by_class, 5) == [""]


def test_the_trial_slip_can_be_made_and_scanned() -> None:
    assert decoded(render(trial_slip("printer"), 576)) == "citizen-window:test"
