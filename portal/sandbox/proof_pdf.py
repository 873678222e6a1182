"""Renders a proof as PDF: a specimen (样张), and it says so on every page."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import qrcode
from fpdf import FPDF

from portal.contract.answers import Column, SummaryLine
from portal.sandbox.fonts import SANS, SERIF_BOLD, SIMPLIFIED_CHINESE, find_font

_FIRST_PAGE_ROWS = 14
_PAGE_ROWS = 26
_ROW_MM = 8.0
_LEFT_MM = 20.0
_WIDTH_MM = 170.0
_VERMILION = (200, 48, 32)
_GREY = (110, 110, 110)


@dataclass(frozen=True, slots=True)
class Proof:
    """What the proof says. Holds personal data: never printed by ``repr``."""

    title_zh: str
    title_en: str
    issuer_zh: str
    holder: str = field(repr=False)
    number_masked: str = field(repr=False)
    summary: Sequence[SummaryLine] = field(repr=False)
    columns: Sequence[Column] = field(repr=False)
    rows: Sequence[dict[str, str]] = field(repr=False)
    issued_at: dt.datetime
    verify_code: str
    verify_url: str


def page_count(rows: int) -> int:
    """Pages of a proof with so many table rows."""
    rest = max(0, rows - _FIRST_PAGE_ROWS)
    return 1 + -(-rest // _PAGE_ROWS)


def render(proof: Proof) -> bytes:
    """The PDF, A4. Raises :class:`FontMissingError` without Noto CJK."""
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(proof.issued_at)
    pdf.set_title(f"{proof.title_zh} 样张 SPECIMEN")
    for family, name in (("sans", SANS), ("serif", SERIF_BOLD)):
        pdf.add_font(family, fname=str(find_font(name)), collection_font_number=SIMPLIFIED_CHINESE)
    pages = page_count(len(proof.rows))
    for page in range(pages):
        pdf.add_page()
        _page_frame(pdf, proof, page + 1, pages)
        top = _head(pdf, proof) if page == 0 else 30.0
        start = 0 if page == 0 else _FIRST_PAGE_ROWS + (page - 1) * _PAGE_ROWS
        count = _FIRST_PAGE_ROWS if page == 0 else _PAGE_ROWS
        _table(pdf, proof, proof.rows[start : start + count], top)
        if page == pages - 1:
            _seal(pdf, proof.issuer_zh)
    return bytes(pdf.output())


def _page_frame(pdf: FPDF, proof: Proof, page: int, pages: int) -> None:
    pdf.set_text_color(*_VERMILION)
    pdf.set_font("sans", size=9)
    _at(
        pdf,
        _LEFT_MM,
        10,
        _WIDTH_MM,
        "沙盒演示 · 样张 · 无任何效力  SANDBOX SPECIMEN, NOT VALID",
        "C",
    )
    pdf.set_text_color(*_GREY)
    pdf.image(_qr_png(proof.verify_url), x=_LEFT_MM, y=252, w=28, h=28)
    _at(pdf, 52, 255, 130, f"验证码 {proof.verify_code}")
    _at(pdf, 52, 261, 130, "扫码核验真伪 Scan to verify")
    _at(pdf, 52, 267, 130, f"打印时间 {proof.issued_at:%Y-%m-%d %H:%M}")
    _at(pdf, 52, 273, 130, "对内容有疑问，请到出具单位窗口核对。")
    _at(pdf, _LEFT_MM, 284, _WIDTH_MM, f"{page} / {pages}", "C")
    pdf.set_text_color(0, 0, 0)


def _head(pdf: FPDF, proof: Proof) -> float:
    pdf.set_font("serif", size=20)
    _at(pdf, _LEFT_MM, 22, _WIDTH_MM, proof.title_zh, "C", 12)
    pdf.set_font("sans", size=10)
    _at(pdf, _LEFT_MM, 34, _WIDTH_MM, proof.title_en, "C")
    pdf.set_font("sans", size=12)
    _at(pdf, _LEFT_MM, 46, 85, f"姓名 {proof.holder}")
    _at(pdf, 105, 46, 85, f"证件号码 {proof.number_masked}")
    top = 56.0
    for line in proof.summary:
        _at(pdf, _LEFT_MM, top, _WIDTH_MM, f"{line.label_zh} {line.label_en}：{line.value}")
        top += 7
    return top + 4


def _table(pdf: FPDF, proof: Proof, rows: Sequence[dict[str, str]], top: float) -> None:
    if not proof.columns:
        return
    width = _WIDTH_MM / len(proof.columns)
    pdf.set_font("sans", size=10)
    pdf.set_draw_color(*_GREY)
    for place, column in enumerate(proof.columns):
        _cell(pdf, _LEFT_MM + place * width, top, width, column.label_zh, "C")
    for index, row in enumerate(rows, start=1):
        for place, column in enumerate(proof.columns):
            align = "R" if column.align == "end" else "L"
            text = row.get(column.key, "")
            _cell(pdf, _LEFT_MM + place * width, top + index * _ROW_MM, width, text, align)


def _cell(pdf: FPDF, x: float, y: float, width: float, text: str, align: str) -> None:
    size = 10.0
    pdf.set_font_size(size)
    while size > 5 and pdf.get_string_width(text) > width - 3:
        size -= 0.5
        pdf.set_font_size(size)
    pdf.set_xy(x, y)
    pdf.cell(width, _ROW_MM, text, border=1, align=align)


def _seal(pdf: FPDF, issuer: str) -> None:
    pdf.set_draw_color(*_VERMILION)
    pdf.set_text_color(*_VERMILION)
    pdf.set_line_width(1.0)
    pdf.ellipse(142, 208, 42, 42)
    pdf.set_font("serif", size=13)
    _at(pdf, 142, 222, 42, "沙盒演示", "C")
    pdf.set_font("serif", size=11)
    _at(pdf, 142, 229, 42, "样 张", "C")
    pdf.set_line_width(0.2)
    pdf.set_text_color(0, 0, 0)
    pdf.set_font("sans", size=11)
    _at(pdf, _LEFT_MM, 226, 110, f"出具单位 {issuer}")


def _at(
    pdf: FPDF, x: float, y: float, width: float, text: str, align: str = "L", height: float = 6
) -> None:
    pdf.set_xy(x, y)
    pdf.cell(width, height, text, align=align)


def _qr_png(url: str) -> io.BytesIO:
    code = qrcode.QRCode(border=1)
    code.add_data(url)
    image = code.make_image()
    buffer = io.BytesIO()
    image.save(buffer)
    buffer.seek(0)
    return buffer
