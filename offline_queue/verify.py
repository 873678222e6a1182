"""Whether the outbox is as it was left: every seal, the chain, every body, the witness."""

from __future__ import annotations

from dataclasses import dataclass

from offline_queue.rows import Row
from offline_queue.store import Store
from offline_queue.witness import Mark


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What does not add up. Ids only.

    ``tampered``: rows whose seal does not hold, or whose attachments are not those it names.
    ``damaged``: pending or dead rows whose body, or a chunk of an attachment, is not the accepted
    one. ``chain``: numbers at which the chain breaks (a row before it was
    removed, inserted or moved). ``missing``: items the witness knows as pending and the
    database does not have. ``rows`` were read.
    """

    rows: int = 0
    tampered: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    chain: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether everything adds up."""
        return not (self.tampered or self.damaged or self.chain or self.missing)


def verify(store: Store, marks: dict[str, Mark], *, bodies: bool = True) -> VerifyReport:
    """Read every row, and check it; ``marks`` are the witness's. Changes nothing."""
    ledger, seals = store.ledger, store.seals
    tampered: list[str] = []
    damaged: list[str] = []
    chain: list[int] = []
    expected, link, count = ledger.first, ledger.anchor, 0
    unseen = {mark.item_id for mark in marks.values() if mark.open}
    for row in store.rows("ORDER BY no"):
        count += 1
        unseen.discard(row.item_id)
        if not seals.holds(row) or store.enclosures.of(row) is None:
            tampered.append(str(row.item_id))
        elif bodies and row.held != "none" and not store.whole(row):
            damaged.append(row.item_id)
        if row.no != expected or not _follows(store, link, row):
            chain.append(row.no)
        expected, link = row.no + 1, row.link
    if expected != ledger.head + 1 or link != ledger.link or not _ends_hold(store):
        chain.append(expected)
    return VerifyReport(count, tuple(tampered), tuple(damaged), tuple(chain), tuple(sorted(unseen)))


def _follows(store: Store, link: bytes, row: Row) -> bool:
    try:
        return store.seals.link(link, row.no, row.item_id, row.digest) == row.link
    except (TypeError, AttributeError):
        return False


def _ends_hold(store: Store) -> bool:
    ledger = store.ledger
    seal = store.db.execute("SELECT mac FROM ledger").get
    if seal is None:
        return ledger.head == 0
    return bool(seal == store.seals.ends(ledger.first, ledger.anchor, ledger.head, ledger.link))
