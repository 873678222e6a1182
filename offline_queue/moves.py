"""What moves an item from state to state. Runs on the writer thread, inside a transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from offline_queue import lanes
from offline_queue.attachments import AttachmentView, NewAttachment, manifest
from offline_queue.gauge import refusal
from offline_queue.items import ItemState, ItemView, Limits, NewItem, Refusal
from offline_queue.rows import Row
from offline_queue.store import Store
from offline_queue.verdicts import (
    Delivered,
    NoAnswer,
    NotReached,
    NotThere,
    Rejected,
    RetryLater,
    Verdict,
)

#: verdicts after which there is more to do
_Open = RetryLater | NotReached | NoAnswer | NotThere

_attributes = json.JSONEncoder(ensure_ascii=False).encode

CLAIMED_BYTES = 8 << 20
"""Bodies of one claim, but for the last."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Work for the courier: deliver ``attachments`` and then ``body``, or ask when it is ``None``."""

    item: ItemView
    body: bytes | None
    tries: int
    attachments: tuple[AttachmentView, ...] = ()


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a claim. ``verdict`` ``None``: it was handed back untouched.

    ``delay_s`` until the next try; ``ask_next``: ask before it is sent again;
    ``give_up``: the tries are used up; ``spoiled``: a chunk of it is not the accepted one;
    ``unsent``: nothing but attachments was sent.
    """

    claim: Claim
    verdict: Verdict | None
    delay_s: float = 0.0
    ask_next: bool = False
    give_up: bool = False
    spoiled: bool = False
    unsent: bool = False


def accept(
    store: Store, item: NewItem, wall: float, attachments: Sequence[NewAttachment] = ()
) -> ItemView | Refusal:
    """Take ``item`` in with its attachments, unless a limit forbids it or it is here already."""
    digest = sha256(item.body).digest()
    attached = manifest(one.view(n) for n, one in enumerate(attachments, start=1))
    if (known := store.find(item.item_id)) is not None:
        same = known.digest == digest and known.manifest == attached
        if not same or known.destination != item.destination:
            return Refusal("outbox.duplicate_mismatch", "this id was used for another body")
        return known.view(store.time)
    size = len(item.body) + sum(one.size for one in attachments)
    refused = _too_large(store.limits, item, attachments) or refusal(store, size)
    if refused is not None:
        return refused
    lane = lanes.find(store, item.destination, item.case_id)
    if lane is not None and _pending_of_case(store, lane[0]) >= store.limits.items_per_case:
        return Refusal("outbox.full", "too many items of this case are waiting")
    row = _new_row(store, item, wall, digest, *(lane[:2] if lane else (0, 1)))
    row.manifest, row.size = attached, size
    if lane is None:
        lanes.begin(store, row)
    store.insert(row, item.body)
    store.enclosures.put(row, attachments)
    if lane is not None:
        lanes.join(store, row)
    view = row.view(store.time)
    store.publish(row, view)
    return view


def _too_large(
    limits: Limits, item: NewItem, attachments: Sequence[NewAttachment]
) -> Refusal | None:
    attached = sum(one.size for one in attachments)
    if len(item.body) > limits.body_bytes:
        return Refusal("outbox.too_large", f"{len(item.body)} bytes")
    if len(attachments) > limits.attachments or attached > limits.attached_bytes:
        return Refusal("outbox.too_large", f"{len(attachments)} attachments, {attached} bytes")
    if any(one.step > limits.chunk_bytes for one in attachments):
        return Refusal("outbox.too_large", f"chunks of more than {limits.chunk_bytes} bytes")
    return None


def withdraw(store: Store, item_id: str) -> ItemView | None:
    """Take an item back if nothing of it was sent; otherwise nothing changes."""
    row = store.find(item_id)
    if row is not None and row.waiting_unsent:
        _end(store, row, ItemState.WITHDRAWN, "outbox.withdrawn", "withdrawn")
    return None if row is None else row.view(store.time)


def expire(store: Store) -> int:
    """Withdraw what could not be sent in its time; how many."""
    now = store.time.now()
    late = [
        row
        for row in store.rows("WHERE live = 1 AND expires_at IS NOT NULL AND expires_at <= ?", now)
        if row.waiting_unsent
    ]
    for row in late:
        _end(store, row, ItemState.WITHDRAWN, "outbox.expired", "withdrawn")
    return len(late)


def next_expiry(store: Store) -> float | None:
    """When the next item that can expire does (steady seconds)."""
    found: float | None = store.db.execute(
        "SELECT expires_at FROM item WHERE live = 1 AND expires_at IS NOT NULL"
        " AND sends = 0 AND state = 'queued' ORDER BY expires_at LIMIT 1"
    ).get
    return found


def retry(store: Store, item_id: str) -> ItemView | None:
    """Make a waiting item due now; bring a dead one back if its body is sound."""
    row = store.find(item_id)
    if row is None or row.state == ItemState.IN_FLIGHT:
        return None if row is None else row.view(store.time)
    lane_state = None
    if row.state == ItemState.DEAD and store.seals.holds(row) and store.whole(row):
        row.state = ItemState.UNKNOWN if row.sends else ItemState.QUEUED
        lane_state, store.oldest_from = "free", 0
    if ItemState(row.state).pending:
        row.due, row.tries = store.time.now(), 0
        store.save(row)
        lanes.refresh(store, row.lane_id, state=lane_state)
        store.event(row, "retried")
    return row.view(store.time)


def hasten(store: Store, destination: str | None) -> int:
    """Make the waiting heads of ``destination`` (all, if ``None``) due now; how many."""
    now = store.time.now()
    heads = store.rows(
        "WHERE no IN (SELECT head FROM lane WHERE state = 'free' AND due > ?"
        " AND (? IS NULL OR destination = ?))",
        now,
        destination,
        destination,
    )
    count = 0
    for row in list(heads):
        if store.seals.holds(row):  # a changed row is not sealed anew; claiming will find it
            row.due = now
            store.save(row)
            lanes.refresh(store, row.lane_id)
            count += 1
    return count


def release(store: Store, destination: str, case_id: str) -> bool:
    """Let a blocked case go on past its rejected or dead item."""
    lane = lanes.find(store, destination, case_id)
    if lane is None or lane[2] != "blocked":
        return False
    lanes.refresh(store, lane[0], state="free")
    return True


def claim(store: Store, destination: str, limit: int, ask_after_s: float) -> list[Claim]:
    """Up to ``limit`` due heads of ``destination``, marked in flight (or being asked about); fewer
    where their bodies are large, as all are in memory at once."""
    found = store.rows(
        "WHERE no IN (SELECT head FROM lane WHERE state = 'free' AND destination = ?"
        " AND due <= ? ORDER BY due LIMIT ?) ORDER BY no",
        destination,
        store.time.now(),
        limit,
    )
    claims: list[Claim] = []
    room = CLAIMED_BYTES
    for row in list(found):
        if room <= 0:
            break
        body, attached = store.body(row), store.enclosures.of(row)
        if not store.seals.holds(row) or body is None or attached is None:
            _end(store, row, ItemState.DEAD, "outbox.tampered", "answer")
        elif row.expired(store.time.now()):
            _end(store, row, ItemState.WITHDRAWN, "outbox.expired", "withdrawn")
        else:
            claims.append(_take(store, row, body, attached, ask_after_s))
            room -= len(body)
    return claims


def settle(store: Store, settlement: Settlement) -> ItemView | None:
    """Record what became of a claim."""
    row = store.recall(settlement.claim.item.item_id)
    if row is None or not ItemState(row.state).pending:
        return None if row is None else row.view(store.time)
    asked = settlement.claim.body is None
    if settlement.spoiled:
        _end(store, row, ItemState.DEAD, "outbox.tampered", "answer")
        return row.view(store.time)
    match settlement.verdict:
        case Delivered(receipt):
            row.receipt = json.dumps(dict(receipt), ensure_ascii=False)
            _end(store, row, ItemState.DELIVERED, "delivered", "answer")
        case Rejected(code, _, receipt):
            row.receipt = None if receipt is None else json.dumps(dict(receipt))
            _end(store, row, ItemState.REJECTED, code, "answer")
        case verdict:
            _put_back(store, row, settlement, verdict, asked)
    return row.view(store.time)


def _put_back(
    store: Store, row: Row, settlement: Settlement, verdict: _Open | None, asked: bool
) -> None:
    row.due = store.time.now() + settlement.delay_s
    row.state = _state_after(verdict, asked, settlement.ask_next)
    unsent = verdict is None or isinstance(verdict, NotReached) or settlement.unsent
    if not asked and unsent:
        row.sends -= 1
    if verdict is not None:
        row.tries += 1
        row.verdict = "outbox.not_there" if isinstance(verdict, NotThere) else verdict.code
    elif not asked:
        row.attempts -= 1
    if settlement.give_up and row.state == ItemState.QUEUED:
        _end(store, row, ItemState.DEAD, "outbox.tries_used_up", "answer")
    elif row.expired(store.time.now()):
        lanes.refresh(store, row.lane_id, state="free")
        _end(store, row, ItemState.WITHDRAWN, "outbox.expired", "withdrawn")
    else:
        store.save(row)
        lanes.refresh(store, row.lane_id, state="free")
        store.event(row, "answer" if verdict is not None else "handed_back", row.verdict)


def _state_after(verdict: _Open | None, asked: bool, ask_next: bool) -> ItemState:
    match verdict:
        case NotThere() if asked:
            return ItemState.QUEUED
        case None | NotReached() if not asked:
            return ItemState.QUEUED
        case RetryLater() if not asked and not ask_next:
            return ItemState.QUEUED
        case _:
            return ItemState.UNKNOWN


def _take(
    store: Store,
    row: Row,
    body: bytes,
    attached: tuple[AttachmentView, ...],
    ask_after_s: float,
) -> Claim:
    stale = row.sends > 0 and store.time.now() - row.accepted > ask_after_s
    ask = row.state == ItemState.UNKNOWN or (stale and row.verdict != "outbox.not_there")
    if ask:
        row.state = ItemState.UNKNOWN
    else:
        row.state = ItemState.IN_FLIGHT
        row.attempts += 1
        row.sends += 1
    tries, row.due = row.tries, None
    store.save(row)
    store.keep(row)
    lanes.occupy(store, row.lane_id)
    store.event(row, "asked" if ask else "sent")
    return Claim(row.view(store.time), None if ask else body, tries, attached)


def _end(store: Store, row: Row, state: ItemState, code: str, kind: str) -> None:
    """Bring ``row`` to a final state. A dead one keeps its body, for a person to decide."""
    row.state, row.verdict, row.due = state, code, None
    if state != ItemState.DEAD:
        store.erase(row)
    if code != "outbox.tampered":
        store.save(row)
    else:
        condemn(store, row)
    stuck = state in (ItemState.REJECTED, ItemState.DEAD) and not row.skips
    # Withdrawing or expiring an item further back says nothing about the head's lane.
    settled = kind == "answer"
    lanes.refresh(store, row.lane_id, state="blocked" if stuck else "free" if settled else None)
    store.event(row, kind, code)


def condemn(store: Store, row: Row) -> None:
    """Mark a tampered row dead without sealing the forgery as ours."""
    store.db.execute(
        "UPDATE item SET state = 'dead', verdict = 'outbox.tampered', live = 0, due = NULL,"
        " ended = ? WHERE no = ?",
        (store.time.now(), row.no),
    )
    store.forget(row)
    store.ended_untold(row)
    store.moved += 1
    row.live = 0
    store.ledger.pending = store.db.execute("SELECT count(*) FROM item WHERE live = 1").get
    row.state, row.verdict, row.due = ItemState.DEAD, "outbox.tampered", None
    store.publish(row)


def _pending_of_case(store: Store, lane_id: int) -> int:
    return int(
        store.db.execute("SELECT count(*) FROM item WHERE lane_id = ? AND live = 1", (lane_id,)).get
    )


def _new_row(
    store: Store, item: NewItem, wall: float, digest: bytes, lane_id: int, seq: int
) -> Row:
    now, after = store.time.now(), item.expires_after_s
    return Row(
        no=store.ledger.head + 1,
        item_id=item.item_id,
        lane_id=lane_id,
        destination=item.destination,
        case_id=item.case_id,
        seq=seq,
        operation=item.operation,
        attributes=_attributes(dict(item.attributes)),
        on_rejection=item.on_rejection,
        state=ItemState.QUEUED,
        live=1,
        attempts=0,
        sends=0,
        tries=0,
        accepted=now,
        accepted_wall=wall,
        expires_after=after,
        expires_at=None if after is None else now + after,
        due=now,
        verdict="",
        receipt=None,
        digest=digest,
        size=len(item.body),
        held="inline",
        ended=None,
        link=b"",
    )
