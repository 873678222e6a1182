"""An acceptance report on paper: one table, the verdict, and the signature it belongs to."""

from __future__ import annotations

import json
from collections.abc import Sequence

from fpdf import FPDF

from drivers.acceptance import AcceptanceReport, CheckResult, Outcome, Verdict, check_title
from kiosk.documents.fonts import find_font

_SC = 2
_COLUMNS = (78, 20, 16, 76)
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


def write_pdf(report: AcceptanceReport, signed: str) -> bytes:
    """A4 pages of ``report``; ``signed``: the signed JSON this paper goes with.

    Raises :class:`kiosk.documents.fonts.FontsMissingError`.
    """
    pdf = FPDF(format="A4")
    pdf.set_title(f"Driver acceptance: {report.device}")
    font = str(find_font("NotoSansCJK-Regular.ttc"))
    pdf.add_font("sc", fname=font, collection_font_number=_SC)
    pdf.set_auto_page_break(True, margin=15)
    pdf.add_page()
    _head(pdf, report)
    _table(pdf, report.checks)
    _foot(pdf, signed)
    return bytes(pdf.output())


def _line(pdf: FPDF, text: str, size: float, height: float) -> None:
    pdf.set_font("sc", size=size)
    pdf.multi_cell(0, height, text, new_x="LMARGIN", new_y="NEXT")


def _head(pdf: FPDF, report: AcceptanceReport) -> None:
    _line(pdf, "设备驱动验收报告 · Driver acceptance report", 16, 9)
    _line(pdf, _VERDICTS[report.verdict], 14, 9)
    pairs = (
        ("设备 device", report.device),
        ("类别 port", report.port),
        ("驱动 adapter", f"{report.adapter} ({report.target})"),
        ("版本 version", report.version or "–"),
        ("时间 time", report.at),
        ("方式 tried with", _GUIDES.get(report.guide, report.guide)),
    )
    for name, value in pairs:
        _line(pdf, f"{name}: {value}", 10, 5.5)
    pdf.ln(3)


def _table(pdf: FPDF, checks: Sequence[CheckResult]) -> None:
    pdf.set_font("sc", size=8)
    with pdf.table(
        col_widths=_COLUMNS, line_height=4.5, text_align="LEFT", first_row_as_headings=False
    ) as table:
        table.row(("检查 check", "结果 result", "秒 s", "代码与说明 codes and note"))
        for check in checks:
            title = check_title(check.check)
            table.row(
                (
                    f"{title.zh}\n{title.en}",
                    _OUTCOMES[check.outcome],
                    f"{check.seconds:.1f}",
                    "\n".join(part for part in (", ".join(check.codes), check.note) if part),
                )
            )


def _foot(pdf: FPDF, signed: str) -> None:
    signature = json.loads(signed)["signature"]
    pdf.ln(4)
    _line(
        pdf,
        "签名针对同名 JSON 文件。The signature is that of the JSON file of the same name.",
        8,
        4.5,
    )
    for name in ("algorithm", "public_key", "value"):
        _line(pdf, f"{name}: {signature[name]}", 7, 4)
