"""The outbox: a durable queue of sealed items, for one process at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from offline_queue import endings, lanes, leavings, moves, views
from offline_queue.attachments import AttachmentView, NewAttachment
from offline_queue.clock import Clock, SystemClock
from offline_queue.errors import OutboxStorageError
from offline_queue.gauge import why_not
from offline_queue.items import (
    DestinationSummary,
    Ending,
    ItemState,
    ItemView,
    Limits,
    NewItem,
    Refusal,
    Summary,
    TimelineEntry,
)
from offline_queue.keeper import KeyKeeper
from offline_queue.leavings import Leaving
from offline_queue.moves import Claim, Settlement
from offline_queue.place import Place
from offline_queue.recovery import RecoveryReport, open_store
from offline_queue.rotation import rotate
from offline_queue.store import Store
from offline_queue.verify import VerifyReport, verify
from offline_queue.writer import STORAGE_ERRORS, Job, Writer

_log = logging.getLogger(__name__)


class Outbox:
    """Accepts items durably and keeps them until they are delivered, once in effect.

    Methods may be called from any thread and never wait for the disk; their futures do, and
    end with OutboxStorageError should it fail (``accept`` with a Refusal instead).
    ``recovery`` says what became of a damaged database, ``verification`` what was checked at
    the start.
    """

    recovery: RecoveryReport | None
    verification: VerifyReport

    def __init__(
        self,
        place: Place,
        limits: Limits,
        clock: Clock,
        on_change: Callable[[ItemView], None] | None,
        vfs: str | None,
    ) -> None:
        self._place = place
        self._limits = limits
        self._clock = clock
        self._vfs = vfs
        self._listeners: list[Callable[[ItemView], None]] = [on_change] if on_change else []
        self._listeners_lock = threading.Lock()
        self._breakers: Callable[[], dict[str, DestinationSummary]] | None = None
        self.recovery = None
        store = self._open_store()
        self._writer = Writer(store, self._open_store, clock, self._tell, place.read_only)

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        limits: Limits | None = None,
        clock: Clock | None = None,
        on_change: Callable[[ItemView], None] | None = None,
        vfs: str | None = None,
        secret: bytes | None = None,
        key_age_s: float | None = None,
    ) -> Outbox:
        """Open the outbox in ``directory``, created if missing.

        ``on_change`` is told every item that changed, after the commit, on the writer thread:
        it must not wait. ``vfs`` names a registered SQLite VFS (fault injection). ``secret`` protects
        the outbox's key on the disk. A key older than ``key_age_s`` seconds, or not protected although there
        is a secret, is changed for another at once, as by :meth:`rotate_key`.

        Raises OutboxInUse when it is open already, OutboxStorageError when the storage cannot
        be used. A damaged database is recovered: see ``recovery``.
        """
        place = Place(Path(directory), KeyKeeper(secret))
        clock = clock or SystemClock()
        try:
            box = cls(place, limits or Limits(), clock, on_change, vfs)
            if place.key_is_due(key_age_s, clock.wall()):
                box.rotate_key().add_done_callback(_say_of_rotation)
            return box
        except OutboxStorageError:
            place.release()
            raise
        except STORAGE_ERRORS as error:
            place.release()
            raise OutboxStorageError("outbox.storage_failed", type(error).__name__) from error
        except BaseException:
            place.release()
            raise

    # -- work --------------------------------------------------------------------------

    def accept(
        self, item: NewItem, attachments: Sequence[NewAttachment] = ()
    ) -> Future[ItemView | Refusal]:
        """Take ``item`` in with its ``attachments``, all or nothing. The future ends only once it
        is durable, or with a refusal; with ValueError when an attachment is not what it was said
        to be. Chunks are asked for on the writer's thread.

        The same id with the same body and attachments gives the item as it stands now.
        """
        wall, attached = self._clock.wall(), tuple(attachments)
        return self._writer.submit(
            Job(lambda store: moves.accept(store, item, wall, attached), Refusal)
        )

    def withdraw(self, item_id: str) -> Future[ItemView | None]:
        """Take an item back if nothing of it was sent; otherwise its unchanged view."""
        return self._do(lambda store: moves.withdraw(store, item_id))

    def retry(self, item_id: str) -> Future[ItemView | None]:
        """Make a waiting item due now; bring a dead one whose body is sound back."""
        return self._do(lambda store: moves.retry(store, item_id))

    def export(self, item_id: str) -> Future[tuple[ItemView, bytes] | None]:
        """An item that is not final, with its sealed body, to be carried by hand; ``None`` if there
        is no such body, or its case waits for :meth:`release`. From then on it counts as sent: it can
        arrive by the other way, so it is neither withdrawn nor does it expire. Whichever way brings it
        first, its key makes the other a repeat."""

        def run(store: Store) -> tuple[ItemView, bytes] | None:
            row = store.find(item_id)
            body = None if row is None or not store.seals.holds(row) else store.body(row)
            if row is None or body is None or lanes.held_back(store, row):
                return None
            row.sends += 1
            store.save(row)
            store.event(row, "exported")
            return row.view(store.time), body

        return self._do(run)

    def attachments(self, item_id: str) -> Future[tuple[AttachmentView, ...]]:
        """What is attached to an item; nothing when that is not what it was accepted with."""

        def run(store: Store) -> tuple[AttachmentView, ...]:
            row = store.find(item_id)
            return () if row is None else store.enclosures.of(row) or ()

        return self._do(run)

    def chunk(self, item_id: str, n: int, index: int) -> Future[bytes | None]:
        """A sealed chunk of an item's ``n``-th attachment; ``None`` when it is not held, or not the
        one that was accepted."""

        def run(store: Store) -> bytes | None:
            row = store.find(item_id)
            if row is None or not store.seals.holds(row):
                return None
            found = [one for one in store.enclosures.of(row) or () if one.n == n]
            return store.enclosures.chunk(row, found[0], index) if found else None

        return self._do(run)

    def note_upload(self, item_id: str, n: int, upload: str) -> Future[None]:
        """Remember what the receiver calls the upload of an item's ``n``-th attachment."""

        def run(store: Store) -> None:
            row = store.find(item_id)
            if row is not None:
                store.enclosures.note(row, n, upload)

        return self._do(run)

    def release(self, destination: str, case_id: str) -> Future[bool]:
        """Let a case blocked by a rejected or dead item go on; whether it was blocked."""

        def run(store: Store) -> bool:
            released = moves.release(store, destination, case_id)
            head = store.one(
                "WHERE live = 1 AND destination = ? AND case_id = ?", destination, case_id
            )
            if released and head is not None:
                store.publish(head)
            return released

        return self._do(run)

    # -- looking -----------------------------------------------------------------------

    def get(self, item_id: str) -> Future[ItemView | None]:
        """The item as it stands."""

        def run(store: Store) -> ItemView | None:
            row = store.find(item_id)
            return None if row is None else row.view(store.time)

        return self._do(run)

    def items(
        self,
        *,
        states: Iterable[ItemState] | None = None,
        destination: str | None = None,
        limit: int = 1000,
    ) -> Future[list[ItemView]]:
        """Items in the order of acceptance, the latest ``limit`` of those asked for."""
        wanted = None if states is None else tuple(states)
        return self._do(lambda store: views.items(store, wanted, destination, limit))

    def items_with(self, name: str, value: str) -> Future[list[ItemView]]:
        """The latest items whose attribute ``name`` is ``value``, in the order of acceptance."""
        return self._do(lambda store: views.items_with(store, name, value))

    def timeline(self, item_id: str) -> Future[list[TimelineEntry]]:
        """Everything that happened to an item, oldest first."""
        return self._do(lambda store: views.timeline(store, item_id))

    def summary(self) -> Future[Summary]:
        """The outbox at a glance."""
        breakers = self._breakers() if self._breakers else {}
        return self._do(lambda store: views.summary(store, breakers))

    def offered(self) -> Refusal | None:
        """Whether new work would be accepted now (``None``), or why not. Cheap, any thread."""
        writer = self._writer
        try:
            return why_not(self._limits, self._place.directory, writer.gauge, writer.time.now())
        except OSError:
            return Refusal("outbox.storage_failed", "the disk does not answer")

    def verify(self) -> Future[VerifyReport]:
        """Check every seal, the chain, every body held, and the witness."""
        return self._do(lambda store: verify(store, store.witness.read()))

    def rotate_key(self) -> Future[VerifyReport]:
        """Put every seal under a new key, if all of it adds up: the report is sound then. Else nothing
        is changed. Takes as long as :meth:`verify` and writes every record once."""
        return self._writer.submit(Job(rotate, alone=True))

    # -- life --------------------------------------------------------------------------

    def checkpoint(self) -> Future[None]:
        """Erase now what deliveries left in the log (done by itself in time otherwise)."""
        return self._writer.submit(Job(Store.checkpoint, alone=True))

    def close(self, timeout_s: float = 10.0) -> bool:
        """Finish what was asked, close, and let others open; whether that was in time."""
        closed = self._writer.close(timeout_s)
        if closed:
            self._place.release()
        return closed

    # -- for the courier ---------------------------------------------------------------

    def listen(self, listener: Callable[[ItemView], None]) -> Callable[[], None]:
        """Have ``listener`` told of changes as ``on_change`` is; call the result to stop."""
        with self._listeners_lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._listeners_lock:
                self._listeners.remove(listener)

        return stop

    def show_breakers(self, breakers: Callable[[], dict[str, DestinationSummary]] | None) -> None:
        """Where :meth:`summary` learns of the courier's circuit breakers."""
        self._breakers = breakers

    def hasten(self, destination: str | None) -> Future[int]:
        """Make what waits for ``destination`` (``None``: for all) due now; how many."""
        return self._do(lambda store: moves.hasten(store, destination))

    def due(self) -> Future[dict[str, float]]:
        """When each destination's next item is due, in monotonic seconds of the clock."""
        return self._do(views.due)

    def claim(self, destination: str, limit: int, ask_after_s: float) -> Future[list[Claim]]:
        """Take up to ``limit`` due items, durably marked before they are handed out."""
        return self._do(lambda store: moves.claim(store, destination, limit, ask_after_s))

    def settle(self, settlement: Settlement, *, patient: bool = False) -> Future[ItemView | None]:
        """Record what became of a claim; ``patient``: with others that come within a moment."""
        return self._writer.submit(
            Job(lambda store: moves.settle(store, settlement), patient=patient)
        )

    def leavings(self) -> Future[list[Leaving]]:
        """Uploads of ended items that their receiver is to give up."""
        return self._do(leavings.left)

    def gone(self, leaving: Leaving) -> Future[None]:
        """Remember that an upload need not be given up any more."""
        return self._do(lambda store: leavings.gone(store, leaving))

    def endings(self) -> Future[list[Ending]]:
        """Items that ended otherwise than by delivery, and whose receiver has not been told so."""
        return self._do(endings.untold)

    def told(self, ending: Ending) -> Future[None]:
        """Remember that its receiver knows how an item ended."""
        return self._do(lambda store: endings.told(store, ending))

    # -- inside ------------------------------------------------------------------------

    def _do(self, run: Callable[[Store], Any]) -> Future[Any]:
        return self._writer.submit(Job(run))

    def _open_store(self) -> Store:
        store, self.verification, recovery = open_store(
            self._place, self._clock, self._limits, self._vfs
        )
        self.recovery = recovery or self.recovery
        return store

    def _tell(self, changed: list[ItemView]) -> None:
        with self._listeners_lock:
            listeners = list(self._listeners)
        for listener in listeners:
            for view in changed:
                try:
                    listener(view)
                except Exception:
                    _log.exception("a listener of the outbox failed")


def _say_of_rotation(done: Future[VerifyReport]) -> None:
    error = done.exception()
    if error is not None:
        _log.error("outbox key not changed, will be tried at the next start: %s", error)
    elif not done.result().sound:
        _log.error("outbox key not changed: not everything adds up")
    else:
        _log.info("outbox key changed")
