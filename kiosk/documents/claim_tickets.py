"""The slip of a journey that was broken off: nothing on it tells whose it is or what it is about."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.documents.layout import Big, Element, Note, Pair, Qr, Rule, Title
from kiosk.lookup_codes import shown_lookup_code
from kiosk.visit.model import Visit


def claim_ticket_slip(visit: Visit, say: Callable[[str, str], str]) -> tuple[Element, ...]:
    """Code, square code, how long it is good, and how to go on. It is no receipt, and says so."""
    kept = visit.kept
    if kept is None:
        return ()
    code = kept.ticket.reveal()
    how = say(
        "到任意一台终端，在首页点“用接续单接着办”，输入或扫这个码，再用同一个证件核验身份。"
        "本机断网时，要等网络恢复后才能接着办。",
        "At any terminal touch “Go on with a ticket”, type or scan this code, and identify yourself "
        "again with the same document. If this terminal has no network, you can go on once it is back.",
    )
    return (
        Title(say("接续单（尚未提交）", "Ticket to go on (nothing handed in)")),
        Rule(),
        Big(
            say("接续码（不含个人信息）", "Ticket code (nothing personal)"), shown_lookup_code(code)
        ),
        Qr(code, say("在终端扫码接着办", "Scan at a terminal to go on")),
        Pair(say("有效到", "Good until"), kept.until),
        Rule(),
        Note(how, strong=True),
        Note(
            say(
                "填写的内容已加密，只能用一次，只给本人。同意和签名要重新做。",
                "What you filled in is encrypted, given back once, and to you only. "
                "You will agree and sign anew.",
            )
        ),
    )
