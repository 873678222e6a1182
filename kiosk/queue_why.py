"""Why an item of the outbox stands where it does, in sentences for a technician."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kiosk.documents.slips import CHINA
from kiosk.words import known_codes, remedy_for
from offline_queue import ItemState, ItemView, Outbox

_MOST = 100_000
_STATES = {
    ItemState.QUEUED: "It waits to be sent; nothing of it has taken effect.",
    ItemState.IN_FLIGHT: "It is being sent now.",
    ItemState.UNKNOWN: "It was sent, and no answer came that can be trusted. The portal is asked "
    "about it before anything is sent again. It has not failed.",
    ItemState.DELIVERED: "The portal has it.",
    ItemState.REJECTED: "The portal refused it for good.",
    ItemState.DEAD: "It can't be delivered without a decision of yours: retry it, or export it.",
    ItemState.WITHDRAWN: "It was taken back, or ran out of time, before anything was sent.",
}


def why(outbox: Outbox, item_id: str) -> dict[str, Any] | None:
    """``state`` and ``reasons`` (sentences, the plainest first) of an item; None if unknown."""
    view = outbox.get(item_id).result()
    if view is None:
        return None
    reasons = [_STATES[view.state]]
    if view.state in (ItemState.QUEUED, ItemState.UNKNOWN):
        reasons += _waiting(outbox, view)
    if view.verdict and view.state is not ItemState.DELIVERED:
        reasons.append(_last_word(view))
    return {"item": item_id, "state": view.state.value, "reasons": reasons}


def _waiting(outbox: Outbox, view: ItemView) -> list[str]:
    ahead = [
        other
        for other in outbox.items(destination=view.destination, limit=_MOST).result()
        if other.case_id == view.case_id and other.seq < view.seq
    ]
    pending = [other for other in ahead if other.state.pending]
    if pending:
        return [
            f"{len(pending)} items of the same case go first; the first is {pending[0].item_id}."
        ]
    stuck = [other for other in ahead if other.state in (ItemState.REJECTED, ItemState.DEAD)]
    if stuck and view.next_try_at is None:
        last = stuck[-1]
        return [
            f"Its case is held: {last.item_id} before it is {last.state} ({last.verdict}), and this "
            "one may build on it."
        ]
    destination = outbox.summary().result().destinations.get(view.destination)
    reasons = []
    if destination is not None and destination.breaker != "closed":
        reasons.append(
            f"{view.destination} failed {destination.failures} times in a row and is left alone "
            "for a while, as for every item to it."
        )
    moment = max(
        (at for at in (view.next_try_at, destination and destination.next_try_at) if at),
        default=None,
    )
    if moment is not None:
        reasons.append(f"Next try: {datetime.fromtimestamp(moment, CHINA):%Y-%m-%d %H:%M:%S}.")
    return reasons


def _last_word(view: ItemView) -> str:
    said = f"After {view.attempts} tries the last answer was {view.verdict}."
    return f"{said} {remedy_for(view.verdict)}" if view.verdict in known_codes() else said
