"""Opening the store, whatever state it is in.

A damaged database is never thrown away and never used on: a copy is put into quarantine, rows
whose seals and bodies verify are carried into a fresh file, and what the witness knows beyond
that is reported as missing. A marker makes a recovery that is itself cut short start again
from the quarantined copy.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import apsw

from offline_queue import lanes
from offline_queue.clock import Clock, rfc3339
from offline_queue.enclosures import Enclosures
from offline_queue.errors import OutboxStorageError
from offline_queue.items import ItemState, Limits
from offline_queue.place import DATABASE, Place, is_full, sync_directory, write_durably
from offline_queue.rotation import complete, settle_key
from offline_queue.rows import SELECT, Row
from offline_queue.schema import see_stowed, select_from
from offline_queue.store import Store
from offline_queue.stowage import Spot
from offline_queue.upkeep import forget, put_right
from offline_queue.verify import VerifyReport, verify
from offline_queue.witness import Mark

_log = logging.getLogger(__name__)
_MARKER = "recovering"
_DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.SchemaChangeError, apsw.SQLError)


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """A damaged database was replaced. ``quarantine`` is the folder of the damaged copy,
    ``salvaged`` rows were carried over, ``missing`` are pending items that were not."""

    quarantine: str
    salvaged: int
    missing: tuple[str, ...]


def open_store(
    place: Place, clock: Clock, limits: Limits, vfs: str | None
) -> tuple[Store, VerifyReport, RecoveryReport | None]:
    """The store of ``place``, verified and put right, recovered first if it is damaged.

    Opens on a full disk too, once, by giving up the ballast. Raises OutboxStorageError, apsw.Error,
    OSError.
    """
    try:
        opened = _open(place, clock, limits, vfs)
    except (apsw.Error, OSError) as error:
        if not is_full(error) or not place.drop_ballast():
            raise
        _log.error("the disk is full: the outbox gives up its ballast to open")
        return _open(place, clock, limits, vfs)
    place.stow_ballast()
    return opened


def _open(
    place: Place, clock: Clock, limits: Limits, vfs: str | None
) -> tuple[Store, VerifyReport, RecoveryReport | None]:
    marker = place.directory / _MARKER
    if not marker.exists():
        try:
            store = Store(place, clock, limits, vfs)
        except _DAMAGE:
            store = None
        if store is not None:
            try:
                settle_key(store, store.db)
                started = _start(store)
                complete(store)
                return (*started, None)
            except _DAMAGE:
                store.close()
            except BaseException:
                store.close()
                raise
        write_durably(marker, _quarantine(place, clock).encode())
    quarantine = marker.read_text()
    place.wal.unlink(missing_ok=True)  # else it would be replayed into the fresh file
    place.database.unlink(missing_ok=True)
    sync_directory(place.directory)
    store = Store(place, clock, limits, vfs)
    store.stowage.keep_all()
    try:
        salvaged = _salvage(store, place.directory / quarantine / DATABASE)
        report = _start(store)[1]
        store.checkpoint()
        complete(store)
        store.stowage.survey(store.db)
        marker.unlink()
        sync_directory(place.directory)
    except BaseException:
        store.close()
        raise
    return store, report, RecoveryReport(quarantine, salvaged, report.missing)


def _start(store: Store) -> tuple[Store, VerifyReport]:
    checked = store.db.execute("PRAGMA quick_check(1)").get
    if checked != "ok":
        raise apsw.CorruptError(str(checked))
    marks = store.witness.read()
    report = verify(store, marks)
    store.begin()
    put_right(store, report)
    forget(store)
    lost = [marks[item_id] for item_id in report.missing]
    store.witness.rewrite([*_open_marks(store), *lost])
    store.commit()
    store.checkpoint()
    return store, report


def _open_marks(store: Store) -> Iterator[Mark]:
    for row in store.rows("WHERE live = 1 ORDER BY no"):
        yield Mark(row.item_id, row.destination, "accepted")


def _quarantine(place: Place, clock: Clock) -> str:
    """Copy database and log into a new folder, durably; its name."""
    stamp = rfc3339(clock.wall()).translate({ord(c): None for c in ":-+."})
    number = 0
    while (folder := place.directory / f"quarantine-{stamp[:15]}-{number}").exists():
        number += 1
    folder.mkdir(mode=0o700)
    for path in (place.database, place.wal):
        if path.exists():
            write_durably(folder / path.name, path.read_bytes())
    sync_directory(place.directory)
    return folder.name


def _salvage(store: Store, damaged: Path) -> int:
    """Carry over the rows of ``damaged`` that verify, in their order; how many.

    Works on a scratch copy, as opening replays the log and so writes.
    """
    scratch = damaged.parent / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    try:
        for path in damaged.parent.glob(DATABASE + "*"):
            shutil.copy(path, scratch)
        return _carry_over(store, scratch / DATABASE)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _carry_over(store: Store, path: Path) -> int:
    try:
        source = apsw.Connection(str(path))
        source.execute("PRAGMA cell_size_check = ON").fetchall()
        last = source.execute("SELECT max(no) FROM item").get or 0
        select = select_from(source, SELECT)
        see_stowed(source)
    except (apsw.Error, OutboxStorageError):
        return 0
    settle_key(store, source)
    salvaged = 0
    store.begin()
    try:
        for no in range(1, last + 1):
            row, body = _read(source, store, select, no)
            if row is None or store.find(row.item_id) is not None:
                continue
            _copy(store, row, body, source)
            salvaged += 1
        store.commit()
    except BaseException:
        store.rollback()
        raise
    finally:
        source.close(True)
    return salvaged


def _read(
    source: apsw.Connection, store: Store, select: str, no: int
) -> tuple[Row | None, bytes | None]:
    try:
        found = source.execute(f"{select} WHERE no = ?", (no,)).fetchone()
        if found is None or not store.seals.holds(row := Row(*found)):
            return None, None
        enclosed = Enclosures(source, store.seals, store.stowage)
        if not (enclosed.whole(row) if row.held != "none" else enclosed.of(row) is not None):
            return None, None
        body = None if row.held == "none" else store.body(row, source)
        return (None, None) if body is None and row.held != "none" else (row, body)
    except (apsw.Error, UnicodeDecodeError):
        return None, None


def _copy(store: Store, row: Row, body: bytes | None, source: apsw.Connection) -> None:
    """Put ``row`` into the fresh chain under its next number, in its own place of its case."""
    lane = lanes.find(store, row.destination, row.case_id)
    old = replace(row)
    row.no = store.ledger.head + 1
    if lane is None:
        lanes.begin(store, row)
    else:
        row.lane_id = lane[0]
    stowed = store.stowage.has(source, Spot(old.no))
    store.insert(row, None if stowed else body)
    store.stowage.carry(source, Spot(old.no), store.db, Spot(row.no))
    store.enclosures.copy(Enclosures(source, store.seals, store.stowage), old, row)
    store.publish(row)
    store.db.execute(
        "UPDATE lane SET next_seq = max(next_seq, ?) WHERE lane_id = ?", (row.seq + 1, row.lane_id)
    )
    # Behind what blocked its case nothing goes on, unless something had gone on already.
    stuck = row.state in (ItemState.REJECTED, ItemState.DEAD) and not row.skips
    state = "blocked" if stuck else "free" if row.sends else None
    lanes.refresh(store, row.lane_id, state=state)
