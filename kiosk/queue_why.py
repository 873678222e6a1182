"""Why an item of the outbox stands where it does, in sentences for a technician."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from config.text import Text
from kiosk.china import CHINA
from kiosk.technician.remedies import remedy
from kiosk.terminal.enclosing import PAPERS
from kiosk.terminal.refused_acts import EXPIRED
from kiosk.words import known_codes
from offline_queue import ItemState, ItemView, Outbox

_MOST = 100_000
_STATES = {
    ItemState.QUEUED: Text(
        zh="正在等待发送，对方还没有收到任何内容。",
        en="It waits to be sent; nothing of it has taken effect.",
    ),
    ItemState.IN_FLIGHT: Text(zh="正在发送。", en="It is being sent now."),
    ItemState.UNKNOWN: Text(
        zh="已经发出，但没有收到可信的答复。重发之前会先向政务平台查询，这不算失败。",
        en="It was sent, and no answer came that can be trusted. The portal is asked about it before "
        "anything is sent again. It has not failed.",
    ),
    ItemState.DELIVERED: Text(zh="政务平台已经收到。", en="The portal has it."),
    ItemState.REJECTED: Text(zh="政务平台拒收，不会再发。", en="The portal refused it for good."),
    ItemState.DEAD: Text(
        zh="需要您决定，否则送不出去：立即重发，或者导出。",
        en="It can't be delivered without a decision of yours: retry it, or export it.",
    ),
    ItemState.WITHDRAWN: Text(
        zh="发送之前已撤回，什么也没有发出。",
        en="It was taken back before anything was sent.",
    ),
}
_EXPIRED = Text(
    zh="过了时限还没送出去，已经放弃：什么也没有生效，内容已删除。请本人重新办理。",
    en="It could not be sent in time and was given up: nothing of it has taken effect, and its content is "
    "erased. The person has to submit it again.",
)


def why(outbox: Outbox, item_id: str) -> dict[str, Any] | None:
    """``state`` and ``reasons`` (English sentences, the plainest first) of an item; None if unknown."""
    view = outbox.get(item_id).result()
    if view is None:
        return None
    told = [reason.en for reason in _reasons(outbox, view)]
    return {"item": item_id, "state": view.state.value, "reasons": told}


def reasons(outbox: Outbox, item_id: str) -> list[Text]:
    """The same reasons in both languages; none for an item nobody knows."""
    view = outbox.get(item_id).result()
    return [] if view is None else _reasons(outbox, view)


def _reasons(outbox: Outbox, view: ItemView) -> list[Text]:
    found = [_stands(view)]
    if view.state in (ItemState.QUEUED, ItemState.UNKNOWN):
        found += _waiting(outbox, view)
    if view.verdict and view.state is not ItemState.DELIVERED:
        found.append(_last_word(view))
    return found


def _stands(view: ItemView) -> Text:
    if view.state is ItemState.WITHDRAWN and view.verdict == EXPIRED:
        return _EXPIRED
    papers = (view.receipt or {}).get(PAPERS, ())
    if view.state is ItemState.REJECTED and papers:
        named = ", ".join(papers)
        return Text(
            zh=f"政务平台拒收，不会再发：附件 {named} 有问题。什么也没有生效，请本人带材料重新办理。",
            en=f"The portal refused it for good, for what is attached to it: {named}. Nothing of it has "
            "taken effect; the person has to bring the paper and submit it again.",
        )
    return _STATES[view.state]


def _waiting(outbox: Outbox, view: ItemView) -> list[Text]:
    ahead = [
        other
        for other in outbox.items(destination=view.destination, limit=_MOST).result()
        if other.case_id == view.case_id and other.seq < view.seq
    ]
    pending = [other for other in ahead if other.state.pending]
    if pending:
        first = pending[0].item_id
        return [
            Text(
                zh=f"同一件事还有 {len(pending)} 项排在前面，第一项是 {first}。",
                en=f"{len(pending)} items of the same case go first; the first is {first}.",
            )
        ]
    stuck = [other for other in ahead if other.state in (ItemState.REJECTED, ItemState.DEAD)]
    if stuck and view.next_try_at is None:
        last = stuck[-1]
        return [
            Text(
                zh=f"同一件事的前一项 {last.item_id} 没有送成（{last.verdict}），这一项可能要以它为准，"
                "所以先不发。",
                en=f"Its case is held: {last.item_id} before it is {last.state} ({last.verdict}), and "
                "this one may build on it.",
            )
        ]
    return _paused(outbox, view)


def _paused(outbox: Outbox, view: ItemView) -> list[Text]:
    destination = outbox.summary().result().destinations.get(view.destination)
    found = []
    if destination is not None and destination.breaker != "closed":
        found.append(
            Text(
                zh=f"{view.destination} 连续失败 {destination.failures} 次，发往那里的都暂停一会儿。",
                en=f"{view.destination} failed {destination.failures} times in a row and is left "
                "alone for a while, as for every item to it.",
            )
        )
    moment = max(
        (at for at in (view.next_try_at, destination and destination.next_try_at) if at),
        default=None,
    )
    if moment is not None:
        at = f"{datetime.fromtimestamp(moment, CHINA):%Y-%m-%d %H:%M:%S}"
        found.append(Text(zh=f"下次发送：{at}。", en=f"Next try: {at}."))
    return found


def _last_word(view: ItemView) -> Text:
    zh = f"试了 {view.attempts} 次，最后的答复是 {view.verdict}。"
    en = f"After {view.attempts} tries the last answer was {view.verdict}."
    if view.verdict not in known_codes():
        return Text(zh=zh, en=en)
    do = remedy(view.verdict)
    return Text(zh=zh + do.zh, en=f"{en} {do.en}")
