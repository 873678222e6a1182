"""The small pages that the QR codes of a demo lead to, on the person's own phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from portal.codes import shown_lookup_code
from portal.contract.answers import LookupAnswer, Payment, Refused, Verification
from portal.contract.base import PaymentState

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body{{font:18px/1.6 sans-serif;margin:0 auto;max-width:32rem;padding:1.5rem;color:#222}}
h1{{font-size:1.4rem}}dt{{color:#666}}dd{{margin:0 0 .8rem;font-size:1.15rem}}
button{{font-size:1.2rem;padding:.8rem 2rem;width:100%;background:#0a5fb4;color:#fff;border:0;
border-radius:.5rem}}small{{color:#a33}}</style></head>
<body><h1>{title}</h1>{body}
<p><small>沙盒演示，不是真实业务。Sandbox demo, not a real service.</small></p></body></html>"""

_PAYMENT_STATES = {
    PaymentState.PENDING: "待支付 Pending",
    PaymentState.PAID: "已支付 Paid",
    PaymentState.EXPIRED: "已过期 Expired",
    PaymentState.CANCELLED: "已取消 Cancelled",
}
_CASE_STATES = {
    "draft": "未提交 Draft",
    "submitted": "已提交 Submitted",
    "accepted": "已受理 Accepted",
    "not_accepted": "不予受理 Not accepted",
    "supplement_required": "待补正材料 Supplement required",
    "in_process": "办理中 In process",
    "decided": "已办结 Completed",
    "delivered": "已送达 Delivered",
    "withdrawn": "已撤回 Withdrawn",
}

_WAIT = "正在办理，不用再来 It is being handled; you need not come back"
_NEXT = {
    "draft": "还没有提交 Not submitted yet",
    "not_accepted": "请向办理单位问明原因 Please ask the authority for the reason",
    "supplement_required": "请到终端验证身份后补交 Identify yourself at a terminal and hand it in",
    "decided": "到终端验证身份后查看或打印 Identify yourself at a terminal to see or print it",
    "delivered": "已经办完 All done",
    "withdrawn": "需要的话请重新办理 Submit it again if you need it",
}

_ENDED = {
    "expired": (
        "没有提交：过了时限还没送出去 Not submitted: it could not be sent in time",
        "没有生效，请重新办理 It had no effect; please submit it again",
    ),
    "withdrawn": (
        "没有提交：送出之前已撤回 Not submitted: taken back before it was sent",
        "没有生效，需要的话请重新办理 It had no effect; submit it again if you need it",
    ),
    "stuck": (
        "已存在终端，送不出去 Kept at the terminal that took it, and can't be sent on",
        "请把凭条给工作人员看 Please show your slip to staff",
    ),
    "spoiled": (
        "没有提交：存在终端的内容被改动过 Not submitted: what the terminal kept was changed",
        "没有生效，请把凭条给工作人员看 It had no effect; please show your slip to staff",
    ),
}
"""How it ended with its terminal: where it stands, and what to do. What was refused says why instead."""
_AGAIN = "没有生效，改好后请重新办理 It had no effect; put it right and submit it again"
_REASONS = {
    "identity_rejected": "身份核验的方式不够 The way of identifying was not sufficient",
    "slot_taken": "选的时段已约满 The time chosen was taken",
    "bill_changed": "应缴金额有变化 The amount due had changed",
}


def payment_page(payment: Payment) -> str:
    """What the phone opens from the payment code: the amount and a button that pays."""
    body = _facts(
        [
            ("订单 Order", payment.order_id),
            ("金额 Amount", f"¥{payment.amount_fen / 100:.2f}"),
            ("状态 State", _PAYMENT_STATES[payment.state]),
        ]
    )
    if payment.state is PaymentState.PENDING:
        action = escape(f"/pay/{payment.order_id}")
        body += f'<form method="post" action="{action}"><button>支付 Pay</button></form>'
    return _page("缴费 Payment", body)


def lookup_page(
    code: str, found: LookupAnswer, item_name: str, titles: Callable[[Sequence[str]], list[str]]
) -> str:
    """Where a case stands. ``titles``: what the service calls its form fields and materials."""
    following = _AGAIN if found.refused is not None else _NEXT.get(found.state.value, _WAIT)
    usual = _CASE_STATES[found.state.value], following
    state, following = _ENDED.get(found.ended.how if found.ended else "", usual)
    received = found.received_at
    if received is None and found.ended is None:
        received = found.accepted_at
    facts = [
        ("查询码 Code", shown_lookup_code(code)),
        ("事项 Service", item_name),
        ("状态 State", state),
        ("收到时间 Received", f"{received:%Y-%m-%d %H:%M}" if received is not None else ""),
        ("办理单位 Authority", f"{found.authority_zh} {found.authority_en}".strip()),
    ]
    if found.ended is not None:
        facts.insert(4, ("结束时间 Ended", f"{found.ended.at:%Y-%m-%d %H:%M}"))
    if found.promised is not None:
        estimated = "（预计 estimated）" if found.promised.estimated else ""
        facts.append(("承诺办结 Promised", f"{found.promised.date}{estimated}"))
    if found.refused is not None:
        facts.append(("原因 Reason", _reason(found.refused, titles)))
    facts.append(("下一步 Next", following))
    return _page("办件进度 Progress", _facts([fact for fact in facts if fact[1]]))


def _reason(refused: Refused, titles: Callable[[Sequence[str]], list[str]]) -> str:
    if refused.materials:
        named = "，".join(titles(refused.materials))
        return f"材料看不了 A paper could not be read: {named}"
    if refused.form:
        named = "，".join(titles(refused.form))
        return f"填写的内容有误 Something in the form was wrong: {named}"
    return _REASONS.get(refused.code, "请工作人员看看原因 Please ask staff for the reason")


def verification_page(found: Verification) -> str:
    """Whether a proof was issued here."""
    facts = [
        ("结果 Result", "沙盒出具过此样张 Issued by this sandbox"),
        ("文件 Document", f"{found.title_zh} {found.title_en}"),
        ("持有人 Holder", found.holder_masked),
        ("出具单位 Issuer", found.issuer_zh),
        ("出具时间 Issued", f"{found.issued_at:%Y-%m-%d %H:%M}"),
    ]
    return _page("证明核验 Verification", _facts(facts))


def missing_page() -> str:
    """Nothing under this code."""
    return _page("没有找到 Not found", "<p>请核对查询码。Please check the code.</p>")


def mistyped_page() -> str:
    """The check character does not fit."""
    words = "查询码抄错了，请再核对一遍。This code has a slip in it: please compare it again."
    return _page("查询码不对 Mistyped", f"<p>{words}</p>")


def not_known_page() -> str:
    """Nothing under this code, which may still be on its way."""
    words = (
        "可能已在终端受理、还没有送达，也可能没有这个码。"
        "Accepted at a terminal, not yet delivered, or unknown."
    )
    return _page("政务平台还查不到 Not known here", f"<p>{words}</p>")


def too_many_page() -> str:
    """Too many codes that do not exist."""
    words = "查错的次数太多，请过十分钟再试。Too many wrong codes: please try again in ten minutes."
    return _page("请稍后再试 Try again later", f"<p>{words}</p>")


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f"<dl>{rows}</dl>"


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=escape(title), body=body)
