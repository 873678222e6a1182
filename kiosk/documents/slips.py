"""What each slip says: the truth in each state, and nothing personal that need not be there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from config.catalogue import DayUnit
from config.languages import language
from config.text import Text
from kiosk.china import CHINA
from kiosk.documents.case_slips import (
    act_heading,
    act_lines,
    evidence_of,
    handed_in_lines,
)
from kiosk.documents.claim_tickets import claim_ticket_slip
from kiosk.documents.layout import Big, Element, Note, Pair, Qr, Row, Rule, Slip, Title
from kiosk.documents.policy_slips import policy_lines
from kiosk.evidence import ENDED, evidence
from kiosk.lookup_codes import shown_lookup_code
from kiosk.terminal_port import Place
from kiosk.visit.cases import act_of
from kiosk.visit.finder import opened
from kiosk.visit.model import (
    Column,
    Confirmed,
    PaymentState,
    Submission,
    SubmissionState,
    TextSize,
    Visit,
)
from kiosk.visit.signature import SIGNED_HOW

Say = Callable[[str, str], str]
MAX_TABLE_ROWS = 24
SCALES = {
    TextSize.SMALL: 1.0,
    TextSize.NORMAL: 1.0,
    TextSize.LARGE: 1.4,
    TextSize.LARGEST: 2.0,
}
"""Large print for who reads the screen large, and none smaller than usual: running text has a capital H of
2.2, 3.1 and 4.4 mm on a printer of 8 dots a millimetre. Slips are pictures: the printer's own sizes play no
part."""


def slip_for(visit: Visit, kind: str, place: Place, now: datetime, lookup_url: str) -> Slip:
    """The slip of ``kind`` (see :class:`kiosk.visit.effects.PrintReceipt`) for what ``visit`` shows.

    ``now`` carries its zone; ``lookup_url`` is where the QR code leads, ``{code}`` in it.
    """
    spoken = language(visit.language)
    say = spoken.render
    body: tuple[Element, ...] = (
        _answer(visit, say)
        if kind == "answer"
        else claim_ticket_slip(visit, say)
        if kind == "ticket"
        else _submission(visit, kind, say, lookup_url)
    )
    scale = SCALES[visit.assist.text_size]
    return Slip((*body, *_foot(visit, place, now, say)), scale=scale, face=spoken.face)


def _text(text: Text | None, visit: Visit) -> str:
    return text.in_language(visit.language) if text else ""


def _submission(visit: Visit, kind: str, say: Say, lookup_url: str) -> tuple[Element, ...]:
    submission = visit.submission
    if submission is None or visit.item is None:
        return ()
    receipt = submission.receipt
    elements: list[Element] = [Title(_heading(visit, kind, say)), Rule()]
    elements += act_lines(visit, say) or _headline(visit, kind, receipt, say)
    elements.append(Pair(say("办什么", "Service"), _text(visit.item.name, visit)))
    elements += handed_in_lines(visit, say)
    taken = submission.state not in _NOT_TAKEN
    if taken:
        elements.append(Pair(say("收到时间", "Received"), _moment(submission.accepted_at, say)))
    if visit.route is not None:
        elements.append(Pair(say("办理单位", "Handled by"), _text(visit.route.authority, visit)))
        if visit.route.promised and taken and receipt.get("state") not in ENDED:
            elements.append(Pair(say("最晚办好", "Done by"), _promise(visit, say)))
    if visit.holder is not None:
        masked = f"{visit.holder.masked_name}  {visit.holder.masked_number}"
        elements.append(Pair(say("申请人", "Applicant"), masked))
    elements += _signed(visit, say)
    elements.append(Pair(say("现在", "Status"), _state(visit, submission, say)))
    elements += [Rule(), *_advice(visit, say)]
    if submission.lookup_code:
        url = lookup_url.format(code=submission.lookup_code)
        elements.append(Qr(url, say("扫码看办到哪了", "Scan to follow your case")))
        code = shown_lookup_code(submission.lookup_code)
        elements.append(Big(say("查询码（不含个人信息）", "Look-up code (nothing personal)"), code))
    return tuple(elements)


def _signed(visit: Visit, say: Say) -> list[Element]:
    """How it was signed, where that was not by drawing."""
    if not isinstance(visit.signature, Confirmed):
        return []
    words = SIGNED_HOW[visit.signature.method]
    return [Pair(say("签名", "Signature"), say(words.zh, words.en))]


def _heading(visit: Visit, kind: str, say: Say) -> str:
    state = visit.submission.state if visit.submission else SubmissionState.STORED
    if state is SubmissionState.STORED:
        return say("收件回执（尚未送达）", "Received here, not yet delivered")
    if state is SubmissionState.UNKNOWN:
        return say("回执（等待确认）", "Sent, waiting for confirmation")
    if state is SubmissionState.STUCK:
        return say("收件回执（需工作人员处理）", "Received here, staff must see to it")
    if state in _NOT_TAKEN:
        return say("没有办成（不是回执）", "Not done (no receipt)")
    if act_of(visit) is not None:
        return act_heading(visit, say)
    if kind == "payment":
        paid = visit.payment is PaymentState.PAID
        return say("缴费凭条", "Payment slip") if paid else say("缴费未完成", "Not paid")
    if kind == "appointment":
        return say("预约凭条", "Appointment")
    return say("受理回执", "Acceptance receipt")


_NOT_TAKEN = (
    SubmissionState.PREPARING,
    SubmissionState.REJECTED,
    SubmissionState.WITHDRAWN,
    SubmissionState.REFUSED,
)
"""States in which nothing was received: no slip may read as a receipt then."""


def _headline(visit: Visit, kind: str, receipt: Mapping[str, Any], say: Say) -> list[Element]:
    appointment, payment = receipt.get("appointment"), receipt.get("payment")
    if kind == "appointment" and appointment:
        when = f"{appointment['date']}  {appointment['start']}–{appointment['end']}"
        where = say(str(appointment["place_zh"]), str(appointment["place_en"]))
        return [
            Big(say("预约号", "Number"), str(appointment["number"])),
            Pair(say("时间", "Time"), when),
            Pair(say("地点", "Place"), where),
        ]
    if kind == "payment" and payment:
        amount = yuan(int(payment["amount_fen"]))
        if visit.payment is PaymentState.PAID:
            caption = say("已缴", "Paid")
        else:
            caption = say("应缴（未付款）", "Due (not paid)")
        return [Big(caption, amount)]
    if receipt.get("case_no"):
        return [Pair(say("办件编号", "Case no."), str(receipt["case_no"]))]
    return []


_EVIDENCE = {
    SubmissionState.STORED: "stored",
    SubmissionState.UNKNOWN: "unknown",
    SubmissionState.STUCK: "stuck",
    SubmissionState.DELIVERED: "arrived",
    SubmissionState.REJECTED: "rejected",
}


def _state(visit: Visit, submission: Submission, say: Say) -> str:
    own = _EVIDENCE.get(submission.state, "taken_back")
    now = evidence(evidence_of(visit, submission.state, own)).now
    return say(now.zh, now.en)


def _advice(visit: Visit, say: Say) -> list[Element]:
    assert visit.submission is not None  # noqa: S101
    if visit.submission.state in _NOT_TAKEN:
        return []
    return [*_next_step(visit, visit.submission.state, say), *_clock_note(visit.submission, say)]


def _clock_note(submission: Submission, say: Say) -> list[Element]:
    if submission.clock_sure:
        return []
    words = say(
        "收到时，本机时钟还没有和政务平台核对过，时间可能有出入。",
        "When it was received, this terminal's clock had not been compared with the platform's: "
        "the time may be off.",
    )
    return [Note(words)]


def _next_step(visit: Visit, state: SubmissionState, say: Say) -> list[Element]:
    if state is SubmissionState.DELIVERED:
        return []
    words = evidence(evidence_of(visit, state, _EVIDENCE[state])).next
    return [Note(say(words.zh, words.en), strong=True)]


def _answer(visit: Visit, say: Say) -> tuple[Element, ...]:
    answer = visit.answer
    if answer is None:
        return ()
    elements: list[Element] = [Title(_text(answer.title, visit)), Rule()]
    if visit.holder is not None:
        masked = f"{visit.holder.masked_name}  {visit.holder.masked_number}"
        elements.append(Pair(say("查询人", "For"), masked))
    if opened(visit) is None:  # else the slip is about that one alone
        elements += [Pair(_text(label, visit), value) for label, value in answer.summary]
        elements.append(Rule())
    if answer.rows:
        labels = [_text(column.label, visit) for column in answer.columns]
        elements.append(Note("  ".join(labels)))
    for row in answer.rows[:MAX_TABLE_ROWS]:
        cells = [_cell(column, row) for column in answer.columns]
        left = "  ".join(cells[:-1]) if len(cells) > 1 else cells[0] if cells else ""
        elements.append(Row(left, cells[-1] if len(cells) > 1 else ""))
    if len(answer.rows) > MAX_TABLE_ROWS:
        more = len(answer.rows) - MAX_TABLE_ROWS
        elements.append(Note(say(f"另有 {more} 行未打印", f"{more} more rows not printed")))
    elements += policy_lines(visit, say)
    elements.append(Rule())
    source = _text(answer.source, visit)
    elements.append(
        Note(say(f"数据来自{source}，仅供参考。", f"Source: {source}. For information only."))
    )
    return tuple(elements)


def _cell(column: Column, row: Mapping[str, Any]) -> str:
    value = row.get(column.key)
    if value is None or value == "":
        return ""
    return f"￥{value}" if column.kind == "amount" else str(value)


def _foot(visit: Visit, place: Place, now: datetime, say: Say) -> tuple[Element, ...]:
    site = place.site.in_language(visit.language)
    stamp = now.strftime("%Y-%m-%d %H:%M")
    return (
        Rule(),
        Note(
            say(
                f"市民之窗 {place.terminal_id} · {site}",
                f"Citizen Window {place.terminal_id} · {site}",
            )
        ),
        Note(
            say(
                f"{stamp} 打印 · 咨询 {place.staff_phone}",
                f"Printed {stamp} · Help {place.staff_phone}",
            )
        ),
    )


def _promise(visit: Visit, say: Say) -> str:
    route = visit.route
    if route is None or not route.promised:
        return ""
    unit = DayUnit.WORKING if visit.item is None else visit.item.day_unit
    counted = unit.of(route.working_days)
    days = say(counted.zh, counted.en)
    guess = say("，预计", ", estimated") if route.promised_estimated else ""
    return say(f"{route.promised}（{days}{guess}）", f"{route.promised} ({days}{guess})")


def _moment(accepted_at: str, say: Say) -> str:
    if not accepted_at:
        return ""
    moment = datetime.fromisoformat(accepted_at).astimezone(CHINA)
    return say(
        f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}", f"{moment:%Y-%m-%d %H:%M}"
    )


def yuan(fen: int) -> str:
    """An amount of 0.01-yuan units for reading: 40000 → ￥400.00."""
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}￥{fen // 100:,}.{fen % 100:02d}"
