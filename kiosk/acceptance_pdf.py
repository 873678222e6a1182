"""An acceptance report on paper: the verdict, one table, and the signature it belongs to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from fpdf import FPDF, FontFace

from drivers.acceptance import AcceptanceReport, CheckResult, Outcome, Verdict, check_title
from kiosk.documents.fonts import find_font

_SC = 2
_COLUMNS = (80, 22, 12, 76)
_VERDICTS = {
    Verdict.ACCEPTED: "通过 · accepted",
    Verdict.REJECTED: "未通过 · rejected",
    Verdict.INCOMPLETE: "未完成 · incomplete",
}
_OUTCOMES = {
    Outcome.PASSED: "通过 passed",
    Outcome.FAILED: "失败 failed",
    Outcome.NOT_RUN: "未做 not run",
}
_GUIDES = {
    "simulator": "模拟器，未接实物 · a simulator, no hardware",
    "person": "人员在场 · a person at the device",
    "nobody": "无人在场 · nobody at the device",
}
# Words say it all; colour only finds the row. Dark enough to be read in black and white.
_GREEN, _RED, _AMBER = (20, 100, 50), (165, 25, 25), (135, 85, 0)
_VERDICT_COLOURS = {
    Verdict.ACCEPTED: _GREEN,
    Verdict.REJECTED: _RED,
    Verdict.INCOMPLETE: _AMBER,
}
_OUTCOME_COLOURS = {Outcome.PASSED: _GREEN, Outcome.FAILED: _RED, Outcome.NOT_RUN: _AMBER}
_GREY, _SHADE, _RULE = (85, 85, 85), (232, 232, 232), (190, 190, 190)
_NAMES_MM = 38


class _Paper(FPDF):
    """A4 with the device and the page's number at the foot of each page."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("sc", size=7)
        self.set_text_color(*_GREY)
        self.cell(0, 4, self._foot)
        self.set_x(self.l_margin)
        self.cell(0, 4, f"{self.page_no()} / {{nb}}", align="R")
        self.set_text_color(0)


def write_pdf(report: AcceptanceReport, signed: str) -> bytes:
    """A4 pages of ``report``; ``signed``: the signed JSON this paper goes with.

    Raises :class:`kiosk.documents.fonts.FontsMissingError`.
    """
    pdf = _Paper(f"{report.device} · {_moment(report.at)}")
    pdf.set_title(f"Driver acceptance: {report.device}")
    font = str(find_font("NotoSansCJK-Regular.ttc"))
    pdf.add_font("sc", fname=font, collection_font_number=_SC)
    pdf.set_auto_page_break(True, margin=18)
    pdf.add_page()
    _head(pdf, report)
    _table(pdf, report.checks)
    _foot(pdf, signed)
    return bytes(pdf.output())


def _moment(at: str) -> str:
    """The time as people write it; as it stands if it is none."""
    try:
        told = datetime.fromisoformat(at)
    except ValueError:
        return at
    offset = told.strftime("%z")
    return f"{told:%Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:5]}" if offset else f"{told}"


def _line(pdf: FPDF, text: str, size: float, height: float) -> None:
    pdf.set_font("sc", size=size)
    pdf.multi_cell(0, height, text, new_x="LMARGIN", new_y="NEXT")


def _head(pdf: FPDF, report: AcceptanceReport) -> None:
    _line(pdf, "设备驱动验收报告 · Driver acceptance report", 16, 9)
    pdf.ln(1)
    _verdict(pdf, report)
    pdf.ln(2)
    pairs = (
        ("设备 device", report.device),
        ("类别 port", report.port),
        ("驱动 adapter", f"{report.adapter} ({report.target})"),
        ("版本 version", report.version or "–"),
        ("时间 time", _moment(report.at)),
        ("方式 tried with", _GUIDES.get(report.guide, report.guide)),
    )
    for name, value in pairs:
        pdf.set_text_color(*_GREY)
        pdf.set_font("sc", size=10)
        pdf.cell(_NAMES_MM, 5.5, name)
        pdf.set_text_color(0)
        _line(pdf, value, 10, 5.5)
    pdf.ln(3)


def _verdict(pdf: FPDF, report: AcceptanceReport) -> None:
    """The verdict in a band, and how many checks ended how."""
    ended = Counter(check.outcome for check in report.checks)
    counts = " · ".join(f"{words} {ended[outcome]}" for outcome, words in _OUTCOMES.items())
    pdf.set_fill_color(*_VERDICT_COLOURS[report.verdict])
    pdf.set_text_color(255)
    pdf.set_font("sc", size=14)
    pdf.cell(80, 10, f" {_VERDICTS[report.verdict]}", fill=True)
    pdf.set_font("sc", size=9)
    pdf.cell(0, 10, f"{counts} ", fill=True, align="R", new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)
    pdf.set_fill_color(255)  # the table's cells take it over


def _table(pdf: FPDF, checks: Sequence[CheckResult]) -> None:
    pdf.set_font("sc", size=8)
    pdf.set_draw_color(*_RULE)
    with pdf.table(
        col_widths=_COLUMNS,
        line_height=4.2,
        padding=(0.9, 1.2),
        text_align=("LEFT", "LEFT", "RIGHT", "LEFT"),
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="", fill_color=_SHADE),
    ) as table:
        table.row(("检查 check", "结果 result", "秒 s", "出现的代码与说明 codes met, and note"))
        for check in checks:
            title = check_title(check.check)
            row = table.row()
            row.cell(f"{title.zh}\n{title.en}")
            row.cell(
                _OUTCOMES[check.outcome], style=FontFace(color=_OUTCOME_COLOURS[check.outcome])
            )
            row.cell(f"{check.seconds:.1f}")
            row.cell("\n".join(part for part in (", ".join(check.codes), check.note) if part))


def _foot(pdf: FPDF, signed: str) -> None:
    signature = json.loads(signed)["signature"]
    pdf.ln(4)
    pdf.set_text_color(*_GREY)
    _line(
        pdf,
        "代码包括检查有意引起、理应出现的故障；含义：kiosk devices explain 代码。\n"
        "Codes include faults that a check brings about on purpose and that must be told; their "
        "meaning: kiosk devices explain CODE.",
        8,
        4.5,
    )
    pdf.ln(2)
    _line(
        pdf,
        "签名针对同名 JSON 文件。The signature is that of the JSON file of the same name.",
        8,
        4.5,
    )
    for name in ("algorithm", "public_key", "value"):
        _line(pdf, f"{name}: {signature[name]}", 7, 4)
    pdf.set_text_color(0)
