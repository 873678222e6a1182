"""Broken storage: full disk, failing writes and flushes (through a SQLite VFS), damaged files,
changed and removed rows, and what is left on disk of a body."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest
from outbox_helpers import ROOMY, WAIT, FaultyDisk, Portal, Watch, an_item, edit, found

from offline_queue import Courier, ItemState, ItemView, Limits, ManualClock, Outbox, Refusal

pytestmark = pytest.mark.logs(
    r"outbox storage failed",
    r"gives up its ballast",
    r"outbox not checkpointed",
    r"a verdict could not be recorded yet: outbox\.(disk_full|storage)",
)

Opened = Callable[..., Outbox]
SentBy = Callable[..., Courier]


def accept(box: Outbox, **more: object) -> tuple[str, ItemView | Refusal]:
    item = an_item(f"case-{random.random()}", **more)
    return item.item_id, box.accept(item).result(WAIT)


@pytest.mark.parametrize("after", range(12))
def test_a_full_disk_refuses_and_what_was_accepted_stays(
    opened: Opened, disk: FaultyDisk, after: int
) -> None:
    box = opened(vfs=disk.vfs_name)
    kept = {accept(box)[0] for _ in range(3)}
    disk.fail(apsw.FullError, "write", after)
    outcomes = [accept(box) for _ in range(4)]
    assert isinstance(outcomes[-1][1], Refusal)
    for item_id, outcome in outcomes:
        if isinstance(outcome, Refusal):
            assert outcome.code == "outbox.disk_full"
        else:
            kept.add(item_id)
    disk.heal()
    item_id, outcome = accept(box)
    assert isinstance(outcome, ItemView)
    kept.add(item_id)
    assert {view.item_id for view in box.items().result(WAIT)} == kept
    assert box.verify().result(WAIT).sound
    box.close()
    box = opened()
    assert {view.item_id for view in box.items().result(WAIT)} == kept
    assert box.verification.sound


@pytest.mark.parametrize("operation", ["write", "sync"])
@pytest.mark.parametrize("after", range(6))
def test_after_an_io_error_the_refused_is_gone_and_the_accepted_is_there(
    opened: Opened, disk: FaultyDisk, operation: str, after: int
) -> None:
    box = opened(vfs=disk.vfs_name)
    kept = {accept(box)[0] for _ in range(3)}
    disk.fail(apsw.IOError, operation, after)
    refused = None
    for _ in range(8):
        item_id, outcome = accept(box)
        if isinstance(outcome, Refusal):
            assert outcome.code == "outbox.storage_failed"
            refused = item_id
            break
        kept.add(item_id)
    assert refused is not None
    offered = box.offered()
    assert offered is not None
    assert offered.code == "outbox.storage_failed"
    disk.heal()
    item_id, outcome = accept(box)
    assert isinstance(outcome, ItemView), outcome
    kept.add(item_id)
    assert box.offered() is None
    assert {view.item_id for view in box.items().result(WAIT)} == kept
    assert box.verify().result(WAIT).sound


def test_a_file_system_made_read_only_is_named_once_and_waited_out(
    opened: Opened, disk: FaultyDisk, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    box = opened(vfs=disk.vfs_name)
    kept = accept(box)[0]
    frozen, real = True, os.open

    def read_only(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if frozen and flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, "read-only")
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", read_only)
    disk.fail(apsw.IOError, "write")
    for _ in range(3):
        _, outcome = accept(box)
        assert outcome == Refusal("outbox.storage_failed", "the file system is read-only")
    assert box.offered() == Refusal("outbox.storage_failed", "the file system is read-only")
    assert caplog.text.count("read-only") == 1
    disk.heal()
    frozen = False
    item_id, outcome = accept(box)
    assert isinstance(outcome, ItemView), outcome
    assert {view.item_id for view in box.items().result(WAIT)} == {kept, item_id}


def test_a_verdict_waits_out_a_full_disk(opened: Opened, sent_by: SentBy, disk: FaultyDisk) -> None:
    watch = Watch()

    def fill(call: str, item: ItemView) -> None:
        disk.fail(apsw.FullError, "write")

    clock = ManualClock()
    box = opened(vfs=disk.vfs_name, on_change=watch, clock=clock)
    item_id, _ = accept(box)
    portal = Portal(fill)
    sent_by(box, portal, clock=clock)
    while not portal.applied:
        box.get(item_id).exception(WAIT)
    disk.heal()
    clock.advance(6.0)
    while ItemState.DELIVERED not in watch.states[item_id]:
        clock.advance(6.0)
        box.get(item_id).result(WAIT)
    assert [call for call, _, _ in portal.calls] == ["deliver"]


def damage_by_flips(content: bytearray, rng: random.Random) -> bytearray:
    for _ in range(60):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return content


def damage_by_page(content: bytearray, rng: random.Random) -> bytearray:
    start = rng.randrange(len(content) // 4096) * 4096
    content[start : start + 4096] = bytes(4096)
    return content


def damage_by_cutting(content: bytearray, rng: random.Random) -> bytearray:
    return content[: rng.randrange(len(content))]


@pytest.mark.parametrize("damage", [damage_by_flips, damage_by_page, damage_by_cutting])
@pytest.mark.parametrize("seed", range(6))
def test_damage_is_never_silent(
    opened: Opened, tmp_path: Path, damage: Callable[..., bytearray], seed: int
) -> None:
    box = opened()
    bodies: dict[str, bytes] = {}
    for number in range(30):
        item = an_item(f"case-{number}", body=random.Random(number).randbytes(3000))
        box.accept(item).result(WAIT)
        bodies[item.item_id] = item.body
    box.close()
    database = tmp_path / "outbox" / "outbox.db"
    database.write_bytes(damage(bytearray(database.read_bytes()), random.Random(seed)))

    box = opened()
    sound = {claim.item.item_id: claim.body for claim in box.claim("440500", 100, 1e9).result(WAIT)}
    assert sound.items() <= bodies.items()
    reported = {*box.verification.tampered, *box.verification.damaged, *box.verification.missing}
    assert bodies.keys() - sound.keys() <= reported
    if box.recovery is not None:
        folder = tmp_path / "outbox" / box.recovery.quarantine
        assert (folder / "outbox.db").exists()
        assert set(box.recovery.missing) == set(box.verification.missing)
    assert isinstance(accept(box)[1], ItemView)


def test_an_emptied_database_is_recovered_and_the_loss_named(
    opened: Opened, tmp_path: Path
) -> None:
    box = opened()
    ids = [accept(box)[0] for _ in range(3)]
    box.close()
    (tmp_path / "outbox" / "outbox.db").write_bytes(b"")
    box = opened()
    assert set(box.verification.missing) == set(ids)


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE item SET destination = '440100'",
        "UPDATE item SET state = 'unknown'",
        'UPDATE item SET attributes = \'{"a":"b"}\'',
        "UPDATE item SET seq = 99",
        "UPDATE item SET live = 0",
        "UPDATE item SET live = 0, ended = 0, state = 'delivered'",
        "UPDATE item SET live = 0, ended = 0, state = 'delivered', held = 'none'",
        "UPDATE body SET content = x'00'",
        "DELETE FROM body",
    ],
)
def test_a_changed_row_is_dead_and_never_sent(
    opened: Opened, sent_by: SentBy, tmp_path: Path, forgery: str
) -> None:
    box = opened()
    item_id, _ = accept(box)
    box.close()
    edit(tmp_path, forgery)
    watch, portal = Watch(), Portal()
    box = opened(on_change=watch)
    view = box.get(item_id).result(WAIT)
    assert view is not None
    assert (view.state, view.verdict) == (ItemState.DEAD, "outbox.tampered")
    assert item_id in {*box.verification.tampered, *box.verification.damaged}
    sent_by(box, portal)
    good, _ = accept(box, destination="440600")
    watch.until(ItemState.DELIVERED, good)
    assert item_id not in portal.applied
    again = box.retry(item_id).result(WAIT)
    assert again is not None
    assert again.state == ItemState.DEAD


@pytest.mark.parametrize("which", ["no = 1", "no = 2", "no = 3"])
def test_a_removed_row_is_noticed(opened: Opened, tmp_path: Path, which: str) -> None:
    box = opened()
    ids = [accept(box)[0] for _ in range(3)]
    box.close()
    edit(tmp_path, f"DELETE FROM body WHERE {which}", f"DELETE FROM item WHERE {which}")
    box = opened()
    assert box.verification.chain
    assert box.verification.missing == (ids[int(which[-1]) - 1],)


def test_an_old_copy_put_back_is_noticed(opened: Opened, tmp_path: Path) -> None:
    database = tmp_path / "outbox" / "outbox.db"
    box = opened()
    accept(box)
    box.close()
    old = database.read_bytes()
    box = opened()
    lost, _ = accept(box)
    box.close()
    database.write_bytes(old)
    assert opened().verification.missing == (lost,)


@pytest.mark.parametrize("size", [300, 20_000])
def test_nothing_of_a_body_is_left_after_delivery(
    opened: Opened, sent_by: SentBy, tmp_path: Path, size: int
) -> None:
    canary = b"canary-7f3a-" * (size // 12)
    watch = Watch()
    box = opened(on_change=watch)
    item_id, _ = accept(box, body=canary)
    assert found(tmp_path, b"canary-7f3a")
    sent_by(box, Portal())
    watch.until(ItemState.DELIVERED, item_id)
    box.checkpoint().result(WAIT)
    assert not found(tmp_path, b"canary-7f3a")
    assert box.summary().result(WAIT).bytes == 0


def test_erasure_comes_by_itself_in_time(opened: Opened, sent_by: SentBy, tmp_path: Path) -> None:
    clock, watch = ManualClock(), Watch()
    box = opened(clock=clock, on_change=watch, limits=Limits(free_bytes=0, erase_within_s=30.0))
    item_id, _ = accept(box, body=b"canary-7f3a" * 50)
    sent_by(box, Portal(), clock=clock)
    watch.until(ItemState.DELIVERED, item_id)
    assert found(tmp_path, b"canary-7f3a")  # still in the log
    clock.advance(31.0)
    box.get(item_id).result(WAIT)  # the writer looks at its timers before it takes the next
    box.get(item_id).result(WAIT)
    assert not found(tmp_path, b"canary-7f3a")


def test_orphans_of_large_bodies_are_swept(opened: Opened, tmp_path: Path) -> None:
    """Programs of schema 2 and before kept each in a file of its own."""
    opened().close()
    orphan = tmp_path / "outbox" / "bodies" / "0123.body"
    orphan.write_bytes(b"left by a crash")
    opened()
    assert not orphan.exists()


def test_a_recovery_cut_short_starts_again(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    ids = {accept(box)[0] for _ in range(3)}
    box.close()
    folder = tmp_path / "outbox"
    (folder / "quarantine-x").mkdir(mode=0o700)
    (folder / "outbox.db").rename(folder / "quarantine-x" / "outbox.db")
    (folder / "outbox.db").write_bytes(b"half written")
    (folder / "recovering").write_text("quarantine-x")
    box = opened(limits=ROOMY)
    assert box.recovery is not None
    assert (box.recovery.salvaged, box.recovery.missing) == (3, ())
    assert {view.item_id for view in box.items().result(WAIT)} == ids
    assert box.verify().result(WAIT).sound
