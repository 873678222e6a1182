"""The rows on disk: one connection, used by the writer thread only.

A :class:`Store` knows how rows, bodies, lanes and the chain are kept; what moves an item from
state to state is in :mod:`offline_queue.moves`. What must follow a commit (views to publish,
files to remove, witness lines) is collected in :class:`Effects` and done by :meth:`commit`.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path

import apsw

from offline_queue.clock import Clock, SteadyTime
from offline_queue.enclosures import Enclosures
from offline_queue.items import ItemState, ItemView, Limits
from offline_queue.place import Place
from offline_queue.rows import GENESIS, INSERT, SELECT, UPDATE, Row, Seals, update_values, values
from offline_queue.schema import connect
from offline_queue.stowage import Spot, Stowage
from offline_queue.witness import Mark, Witness

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ledger:
    """Counters and the chain's two ends: rows ``first``..``head``, ``anchor`` before them."""

    pending: int = 0
    held: int = 0
    seen: float = 0.0
    first: int = 1
    anchor: bytes = GENESIS
    head: int = 0
    link: bytes = GENESIS

    def copy(self) -> Ledger:
        """Another of the same; ``dataclasses.replace`` takes ten times as long."""
        return Ledger(
            *(self.pending, self.held, self.seen, self.first, self.anchor, self.head, self.link)
        )


@dataclass(slots=True)
class Effects:
    """What follows a commit."""

    #: rows that changed, and what they look like where that is known already
    changed: dict[str, tuple[Row, ItemView | None]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    doomed: list[Path] = field(default_factory=list)
    erased: bool = False


class Store:
    """The open database. Methods raise apsw.Error and OSError when the storage fails."""

    def __init__(self, place: Place, clock: Clock, limits: Limits, vfs: str | None) -> None:
        self.place = place
        self.limits = limits
        self.seals = Seals(place.key)
        self.witness = Witness(place.witness, self.seals)
        self.db = connect(place.database, vfs)
        try:
            self.stowage = Stowage(place.stowage, self.seals)
        except BaseException:
            self.db.close(True)
            raise
        self.enclosures = Enclosures(self.db, self.seals, self.stowage)
        self._spare: int | None = None
        self._page_size = int(self.db.pragma("page_size"))
        self.erasure_due: float | None = None
        self._effects = Effects()
        self._saved = Ledger()
        #: ids inserted by the transaction that is running, or whose commit is in doubt
        self.inserted: list[str] = []
        self._late_marks: list[Mark] = []
        self._doomed: deque[Path] = deque()
        self._claimed: dict[str, Row] = {}
        self._seals_changed = False
        #: no item before this number is pending in a case that can go on
        self.oldest_from = 0
        #: goes up with everything that may change which item is the oldest, or the first to expire
        self.moved = 0
        #: what the oldest was found to be, at which ``moved``
        self.oldest_known: tuple[int, float | None] | None = None
        #: numbers of items whose end may have to be told; ``None``: to be read from the rows
        self.untold: set[int] | None = None
        #: those that surely have a row
        self.destinations: set[str] = set()
        try:
            self.ledger = self._load_ledger()
            self.stowage.survey(self.db)
        except BaseException:
            self.db.close(True)
            self.stowage.close()
            raise
        self.time = SteadyTime(clock, not_before=self.ledger.seen)

    # -- transactions ------------------------------------------------------------------

    def begin(self) -> None:
        """Start a transaction."""
        self._effects = Effects()
        self._saved = self.ledger.copy()
        self.inserted = []
        self.db.execute("BEGIN IMMEDIATE")

    def commit(self) -> list[ItemView]:
        """Make the transaction durable and do what follows; the views that changed."""
        self._save_ledger()
        self.stowage.flush()
        self.db.execute("COMMIT")
        self.stowage.committed()
        self._saved, self.inserted = self.ledger.copy(), []
        effects = self._effects
        if effects.erased or self._spare:
            self._spare = None
        self._doomed += effects.doomed
        self._late_marks += effects.marks
        self._testify()
        if effects.erased and self.erasure_due is None:
            self.erasure_due = self.time.now() + self.limits.erase_within_s
        return [view or row.view(self.time) for row, view in effects.changed.values()]

    def rollback(self) -> None:
        """Undo the transaction, files written for it included."""
        if not self.db.get_autocommit():
            self.db.execute("ROLLBACK")
        self.ledger = self._saved
        self.inserted = []
        self.oldest_from = 0
        self.moved += 1
        self._spare = None
        self.destinations.clear()
        self.untold = None
        self._claimed.clear()
        self.stowage.rolled_back()

    def checkpoint(self) -> None:
        """Move everything from the log to the database and cut the log to nothing.

        After this no erased body is left in either (``secure_delete``), nor in a file.
        """
        while self.tidy():
            pass
        self.witness.flush()
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.stowage.trim()
        self.erasure_due = None

    def tidy(self) -> bool:
        """Remove the file of one erased body; whether there was one. Apart from the commit, as the file
        system may take its time, and nobody waits for it."""
        if self._doomed:
            _unlink(self._doomed.popleft())
            return True
        return False

    def close(self) -> None:
        """Close without a checkpoint; what is committed is durable already."""
        self.db.close(True)
        self.stowage.close()
        self.witness.close()

    def use(self, seals: Seals) -> None:
        """Seal and check with ``seals`` from now on."""
        self.seals = seals
        self.witness.use(seals)
        self.stowage.use(seals)
        self.enclosures.use(seals)
        self._claimed.clear()

    def rekey(self, key: bytes) -> None:
        """In a transaction in which every row is sealed with ``key``: use it from now on."""
        self.use(Seals(key))
        self._seals_changed = True

    # -- rows --------------------------------------------------------------------------

    def find(self, item_id: str) -> Row | None:
        """The row of ``item_id``."""
        return self.one("WHERE item_id = ?", item_id)

    def keep(self, row: Row) -> None:
        """Remember ``row``, just saved, until it is saved again: an item that is claimed comes back soon."""
        self._claimed[row.item_id] = row

    def forget(self, row: Row) -> None:
        """Read ``row`` anew the next time."""
        self._claimed.pop(row.item_id, None)

    def recall(self, item_id: str) -> Row | None:
        """The row of ``item_id``, as it was last saved."""
        return self._claimed.get(item_id) or self.find(item_id)

    def one(self, where: str, *bindings: apsw.SQLiteValue) -> Row | None:
        """The first row matching ``where``."""
        return next(self.rows(where + " LIMIT 1", *bindings), None)

    def rows(self, where: str, *bindings: apsw.SQLiteValue) -> Iterator[Row]:
        """The rows matching ``where``, read as they are asked for."""
        try:
            for found in self.db.execute(f"{SELECT} {where}", bindings):
                yield Row(*found)
        except UnicodeDecodeError as error:
            raise apsw.CorruptError("a text is not UTF-8") from error

    def insert(self, row: Row, body: bytes | None) -> None:
        """Append ``row`` to the chain and keep ``body`` with it."""
        ledger = self.ledger
        row.link = self.seals.link(ledger.link, row.no, row.item_id, row.digest)
        if body is not None:
            row.held = "file" if len(body) >= self.limits.inline_bytes else "inline"
        row.mac = self.seals.row(row)
        self.inserted.append(row.item_id)
        self.db.execute(INSERT, values(row))
        if body is not None and row.held == "file":
            self.stowage.put(self.db, Spot(row.no), body, said_of_body(row))
        elif row.held == "inline":
            self.db.execute("INSERT INTO body (no, content) VALUES (?, ?)", (row.no, body))
        ledger.head, ledger.link = row.no, row.link
        self.moved += not ledger.pending or row.expires_at is not None
        ledger.pending += row.live
        ledger.held += row.size if row.held != "none" else 0
        if row.live:
            self.mark(row, "accepted")

    def save(self, row: Row) -> None:
        """Write ``row`` back, sealed; keeps counters and witness in step with its state."""
        self.forget(row)
        self.moved += 1
        was_live, row.live = row.live, int(ItemState(row.state).pending)
        if row.live != was_live:
            self.ledger.pending += row.live - was_live
            row.ended = None if row.live else self.time.now()
            self.mark(row, "accepted" if row.live else row.state)
            if not row.live and row.state != ItemState.DELIVERED:
                self.ended_untold(row)
        row.mac = self.seals.row(row)
        self.db.execute(UPDATE, update_values(row))
        self.publish(row)

    def event(self, row: Row, kind: str, code: str = "") -> None:
        """Add to the timeline of ``row``; that it was accepted, and when, is in the row itself."""
        self.db.execute(
            "INSERT INTO event VALUES"
            " (?1, (SELECT coalesce(max(n), 0) + 1 FROM event WHERE no = ?1), ?2, ?3, ?4, ?5, ?6)",
            (row.no, self.time.now(), kind, row.state, code, row.due),
        )

    def publish(self, row: Row, view: ItemView | None = None) -> None:
        """Have ``row``, as it is at the commit, told to listeners; ``view`` if that is known."""
        self._effects.changed[row.item_id] = row, view

    def ended_untold(self, row: Row) -> None:
        """Remember that the end of ``row`` is still to be told."""
        if self.untold is not None:
            self.untold.add(row.no)

    def mark(self, row: Row, state: str) -> None:
        """Have the witness know that ``row`` is now ``state``."""
        self._effects.marks.append(Mark(row.item_id, row.destination, state))

    # -- bodies ------------------------------------------------------------------------

    def body(self, row: Row, db: apsw.Connection | None = None) -> bytes | None:
        """The body of ``row``, or ``None`` if it is not the one that was accepted. ``db``: the database
        that the row is from, if it is another."""
        db = db or self.db
        if row.held == "file":
            if self.stowage.has(db, Spot(row.no)):
                return self.stowage.get(db, Spot(row.no), said_of_body(row))
            try:
                content = self.body_path(row).read_bytes()
            except FileNotFoundError:
                return None
        elif row.held == "inline":
            content = db.execute("SELECT content FROM body WHERE no = ?", (row.no,)).get
        else:
            return None
        if not isinstance(content, bytes) or sha256(content).digest() != row.digest:
            return None
        return content

    def wrap_body_anew(self, row: Row, seals: Seals) -> None:
        """Put the key of a large body under another key of the outbox's."""
        if row.held == "file" and self.stowage.has(self.db, Spot(row.no)):
            self.stowage.wrap_anew(self.db, Spot(row.no), said_of_body(row), seals)

    def erase(self, row: Row) -> None:
        """Drop the body of ``row`` and its attachments' chunks; the caller saves the row."""
        if row.held == "none":
            return
        if row.held == "file" and not self.stowage.has(self.db, Spot(row.no)):
            self._effects.doomed.append(self.body_path(row))
        if row.held == "file" or row.manifest:
            self.stowage.erase(self.db, row.no)
        self.db.execute("DELETE FROM body WHERE no = ?", (row.no,))
        if row.manifest:
            self.enclosures.erase(row.no)
        row.held = "none"
        self.ledger.held -= row.size
        self._effects.erased = True

    def whole(self, row: Row) -> bool:
        """Whether the body of ``row`` and all of its attachments are those that were accepted."""
        return self.body(row) is not None and self.enclosures.whole(row)

    def spare(self) -> int:
        """Bytes of the database and the stowage that erased things have left to new ones."""
        if self._spare is None:
            free = int(self.db.pragma("freelist_count")) * self._page_size
            self._spare = free + self.stowage.spare
        return self._spare

    def body_path(self, row: Row) -> Path:
        """Where a program of schema 2 and before left a large body."""
        return self.place.bodies / f"{sha256(row.item_id.encode()).hexdigest()[:32]}.body"

    # -- inside ------------------------------------------------------------------------

    def _testify(self) -> None:
        try:
            if self._late_marks and self.witness.is_open:
                self.witness.append(self._late_marks)
                self._late_marks = []
        except OSError as error:
            # The rows are durable; their second record follows when there is room again.
            _log.warning("outbox witness not written, kept for later: errno %s", error.errno)

    def _load_ledger(self) -> Ledger:
        found = self.db.execute(
            "SELECT pending, bytes, seen, first, anchor, head, link FROM ledger"
        ).fetchone()
        if found is None:
            return Ledger()
        ledger = Ledger(*found)
        for one in fields(Ledger):
            if type(getattr(ledger, one.name)) is not type(one.default):
                raise apsw.CorruptError(f"the ledger's {one.name} is of a type we never write")
        return ledger

    def _save_ledger(self) -> None:
        led = self.ledger
        if led == self._saved and not self._seals_changed:
            return
        self._seals_changed = False
        led.seen = self.time.now()
        seal = self.seals.ends(led.first, led.anchor, led.head, led.link)
        self.db.execute(
            "INSERT OR REPLACE INTO ledger VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
            (led.pending, led.held, led.seen, led.first, led.anchor, led.head, led.link, seal),
        )


def said_of_body(row: Row) -> bytes:
    """Whose the body of ``row`` is, and which."""
    return b"%b|0|0|1|%b" % (row.item_id.encode(), row.digest)


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        # The commit stands; the sweep at the next start takes the file.
        _log.warning("outbox body file not removed: errno %s", error.errno)
