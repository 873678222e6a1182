"""A row of the item table, and the seals that show whether somebody changed it.

Each row carries an HMAC over all it says (state and body digest included) and a link that
chains it to the row accepted before it, so that a changed, inserted or removed row is seen.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring_ascii as _text
from math import isfinite
from operator import attrgetter
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from offline_queue.clock import SteadyTime, rfc3339
from offline_queue.items import ItemState, ItemView, OnRejection

GENESIS = bytes(32)


@dataclass(slots=True, repr=False)
class Row:
    """One item, all of it but the body. Times are steady seconds unless they say wall."""

    no: int
    item_id: str
    lane_id: int
    destination: str
    case_id: str
    seq: int
    operation: str
    attributes: str
    on_rejection: str
    state: str
    live: int
    attempts: int
    sends: int
    tries: int
    accepted: float
    accepted_wall: float
    expires_after: float | None
    expires_at: float | None
    due: float | None
    verdict: str
    receipt: str | None
    digest: bytes
    size: int
    held: str
    ended: float | None
    link: bytes
    mac: bytes = b""
    #: digest over what its attachments are; empty: it has none (and its seal is that of schema 1)
    manifest: bytes = b""

    @property
    def waiting_unsent(self) -> bool:
        """Whether it is queued and nothing of it can have reached the receiver."""
        return self.state == ItemState.QUEUED and self.sends == 0

    @property
    def skips(self) -> bool:
        """Whether later items of the case go on if this one is rejected."""
        return self.on_rejection == OnRejection.SKIP

    def expired(self, now: float) -> bool:
        """Whether it must be given up, nothing of it having been sent in time."""
        return self.waiting_unsent and self.expires_at is not None and self.expires_at <= now

    def view(self, time: SteadyTime) -> ItemView:
        """The row as callers see it."""
        due = None if self.due is None or not self.live else time.on_the_wall(self.due)
        return ItemView(
            item_id=self.item_id,
            destination=self.destination,
            case_id=self.case_id,
            seq=self.seq,
            operation=self.operation,
            state=ItemState(self.state),
            attempts=self.attempts,
            accepted_at=_accepted_at(self.accepted_wall),
            next_try_at=due,
            receipt=None if self.receipt is None else _mapping(self.receipt),
            verdict=self.verdict,
            attributes=_mapping(self.attributes),
            on_rejection=OnRejection.SKIP if self.skips else OnRejection.BLOCK,
        )


COLUMNS = tuple(field.name for field in fields(Row))
SELECT = f"SELECT {', '.join(COLUMNS)} FROM item"  # noqa: S608 - our own column names
INSERT = f"INSERT INTO item ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
#: what changes after acceptance; naming the others would make SQLite write all indexes anew
_CHANGING = (
    "state", "live", "attempts", "sends", "tries", "expires_at", "due", "verdict", "receipt",
    "held", "ended", "mac",
)  # fmt: skip
UPDATE = f"UPDATE item SET {', '.join(f'{c} = ?' for c in _CHANGING)} WHERE no = ?"  # noqa: S608

values: Callable[[Row], tuple[Any, ...]] = attrgetter(*COLUMNS)
"""The row's values in the order of :data:`COLUMNS`."""

update_values: Callable[[Row], tuple[Any, ...]] = attrgetter(*_CHANGING, "no")
"""What :data:`UPDATE` is given."""


_BLOCK = 64
"""Bytes of a block of SHA-256; the outbox's key is shorter."""

_NONCE = 12
"""Bytes of a nonce of AES-GCM."""

_int = int.__repr__
_null = "null"


def said_of(row: Row) -> str:
    """What ``row`` says, as a JSON array in the order of :data:`COLUMNS`, bytes in hex, without the seal
    and an empty manifest. Written out, as each item is sealed and checked several times on its way.

    Raises TypeError for a value of a type we never write.
    """
    rest = f',"{row.manifest.hex()}"]' if row.manifest else "]"
    return (
        f"[{_int(row.no)},{_text(row.item_id)},{_int(row.lane_id)},{_text(row.destination)},"
        f"{_text(row.case_id)},{_int(row.seq)},{_text(row.operation)},{_text(row.attributes)},"
        f"{_text(row.on_rejection)},{_text(row.state)},{_int(row.live)},{_int(row.attempts)},"
        f"{_int(row.sends)},{_int(row.tries)},{_time(row.accepted)},{_time(row.accepted_wall)},"
        f"{_time(row.expires_after)},{_time(row.expires_at)},{_time(row.due)},{_text(row.verdict)},"
        f"{_null if row.receipt is None else _text(row.receipt)},"
        f'"{row.digest.hex()}",{_int(row.size)},{_text(row.held)},{_time(row.ended)},'
        f'"{row.link.hex()}"{rest}'
    )


def _time(value: float | None) -> str:
    if value is None:
        return _null
    # An endless one, or one that a caller gave as a whole number, is written as JSON has it.
    return float.__repr__(value) if type(value) is float and isfinite(value) else json.dumps(value)


class Seals:
    """The HMACs of rows, chain and witness, under the outbox's local key."""

    def __init__(self, key: bytes) -> None:
        padded = key.ljust(_BLOCK, b"\0")
        self._inner = bytes(byte ^ 0x36 for byte in padded)
        self._outer = bytes(byte ^ 0x5C for byte in padded)
        self._wrapping = AESGCM(self._of("wrap", b""))

    def same(self, other: Seals) -> bool:
        """Whether ``other`` seals alike."""
        return hmac.compare_digest(self._inner, other._inner)

    def row(self, row: Row) -> bytes:
        """The seal over everything ``row`` says."""
        return self._of("row", said_of(row).encode())

    def holds(self, row: Row) -> bool:
        """Whether ``row`` is as the outbox last wrote it."""
        try:
            return hmac.compare_digest(self.row(row), row.mac)
        except (TypeError, ValueError, AttributeError):
            return False  # a value of a type we never write

    def link(self, before: bytes, no: int, item_id: str, digest: bytes) -> bytes:
        """The chain's next link: this item came after the one with link ``before``."""
        return self._of("link", b"%b|%d|%b|%b" % (before, no, item_id.encode(), digest))

    def ends(self, first: int, anchor: bytes, head: int, link: bytes) -> bytes:
        """The seal over the chain's two ends, against rows cut off there."""
        return self._of("ends", b"%d|%b|%d|%b" % (first, anchor, head, link))

    def chunk(self, item_id: str, n: int, index: int, count: int, content: bytes) -> bytes:
        """The seal of a chunk in its place: ``index`` of ``count`` of an item's attachment ``n``."""
        place = b"%b|%d|%d|%d|" % (item_id.encode(), n, index, count)
        return self._of("chunk", place + sha256(content).digest())

    def upload(self, item_id: str, n: int, upload: str) -> bytes:
        """The seal of what the receiver calls the upload of an attachment."""
        return self._of("upload", b"%b|%d|%b" % (item_id.encode(), n, upload.encode()))

    def line(self, text: bytes) -> str:
        """The seal of a witness line."""
        return self._of("line", text).hex()[:32]

    def wrap(self, key: bytes, said: bytes) -> bytes:
        """The key of one large thing, encrypted; it comes out again only with the same ``said``."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._wrapping.encrypt(nonce, key, said)

    def unwrap(self, wrapped: bytes, said: bytes) -> bytes | None:
        """What was wrapped, if it was here and with ``said``."""
        try:
            return self._wrapping.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], said)
        except (InvalidTag, ValueError, TypeError):
            return None

    def _of(self, purpose: str, message: bytes) -> bytes:
        # HMAC (RFC 2104), spelled out: a sixth of the time of hmac.digest.
        inner = sha256(b"%b%b\0%b" % (self._inner, purpose.encode(), message)).digest()
        return sha256(self._outer + inner).digest()


_accepted_at = lru_cache(4096)(rfc3339)
"""An item is viewed several times on its way, a group of them at a time."""


def _mapping(text: str) -> dict[str, Any]:
    return dict(_parsed(text)) if isinstance(text, str) else {}


@lru_cache(256)
def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return {}  # only a row somebody changed; its view must still be told
    return found if isinstance(found, dict) else {}
