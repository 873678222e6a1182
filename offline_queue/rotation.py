"""A new key for the outbox's own seals, in one step that a crash or a power cut cannot halve.

The new key is written down beside the old one; one transaction seals everything anew; then the witness is
written again and the new key takes the old one's place. Whichever key is in force when the outbox is next
opened is told from the rows themselves: all of them changed in the same commit.
"""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from offline_queue.rows import SELECT, Row, Seals
from offline_queue.schema import select_from
from offline_queue.store import Store
from offline_queue.verify import VerifyReport, verify


def rotate(store: Store) -> VerifyReport:
    """Seal everything under a new key, if all of it adds up; else nothing is done, as new seals would
    hide what is wrong. Runs outside any transaction. Raises apsw.Error and OSError: the key in force is
    then found out when the outbox is opened again."""
    complete(store)
    report = verify(store, store.witness.read())
    if not report.sound:
        return report
    old, key = store.seals, store.place.prepare_key()
    store.begin()
    try:
        _seal_anew(store, Seals(key))
        store.rekey(key)
        store.commit()
    except BaseException:
        store.use(old)
        store.rollback()
        raise
    store.witness.believe(old)
    complete(store)
    return report


def complete(store: Store) -> None:
    """End a rotation: the prepared key takes the place of the other if it is in use; else it is dropped.
    Raises OSError."""
    key = store.place.next_key
    if key is None:
        return
    if store.seals.same(Seals(key)):
        store.witness.rewrite([mark for mark in store.witness.read().values() if mark.open])
        store.place.adopt_key()
    else:
        store.place.drop_key()


def settle_key(store: Store, source: apsw.Connection) -> None:
    """At the start, where a rotation was cut short: go by the key that ``source`` is sealed with."""
    key, old = store.place.next_key, store.seals
    if key is not None and in_force(source, old, Seals(key)):
        store.use(Seals(key))
        store.witness.believe(old)


def in_force(source: apsw.Connection, old: Seals, new: Seals) -> bool:
    """Whether ``source``, damaged perhaps, is sealed with ``new``. Where nothing tells, it is not."""
    for row in _readable(source):
        if new.holds(row):
            return True
        if old.holds(row):
            return False
    try:
        ends = source.execute("SELECT first, anchor, head, link, mac FROM ledger").fetchone()
        return ends is not None and new.ends(*ends[:4]) == ends[4]
    except (apsw.Error, TypeError):
        return False


def _readable(source: apsw.Connection) -> Iterator[Row]:
    try:
        last = source.execute("SELECT max(no) FROM item").get or 0
        select = select_from(source, SELECT)
    except apsw.Error:
        return
    for no in range(1, last + 1):
        try:
            found = source.execute(f"{select} WHERE no = ?", (no,)).fetchone()
        except (apsw.Error, UnicodeDecodeError):
            continue
        if found is not None:
            yield Row(*found)


def _seal_anew(store: Store, seals: Seals) -> None:
    """In a transaction: the seals of all rows and of all that is attached to them, and the chain."""
    ledger = store.ledger
    link = ledger.anchor
    for no in range(ledger.first, ledger.head + 1):
        row = store.one("WHERE no = ?", no)
        if row is None:
            raise apsw.CorruptError("a row that was there is gone")
        store.enclosures.seal_anew(row, seals)
        store.wrap_body_anew(row, seals)
        row.link = link = seals.link(link, no, row.item_id, row.digest)
        store.db.execute(
            "UPDATE item SET link = ?, mac = ? WHERE no = ?", (link, seals.row(row), no)
        )
    ledger.link = link
