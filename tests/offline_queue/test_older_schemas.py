"""Outboxes of older schemas go on, whatever happens while they are changed."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from outbox_helpers import (
    ROOMY,
    WAIT,
    FaultyDisk,
    an_attachment,
    an_item,
    content_of,
    edit,
    found,
)

from offline_queue import Delivered, ItemView, ManualClock, Outbox, OutboxStorageError
from offline_queue.moves import Settlement

Opened = Callable[..., Outbox]
DATA = Path(__file__).with_name("data")
"""Outboxes as the last programs of schemas 1 and 2 left them in the middle of their work."""

pytestmark = pytest.mark.logs(r"outbox storage failed", r"gives up its ballast")


def kept(box: Outbox, content: bytes) -> str:
    item = an_item("new")
    assert isinstance(box.accept(item, [an_attachment(content)]).result(WAIT), ItemView)
    return item.item_id


def unpack_old(tmp_path: Path, schema: int) -> Path:
    folder = tmp_path / "outbox"
    folder.mkdir(mode=0o700)
    (folder / "bodies").mkdir(mode=0o700)
    with tarfile.open(DATA / f"outbox_schema_{schema}.bin") as archive:
        archive.extraction_filter = lambda member, _folder: member  # ours; Debian 12 knows none
        archive.extractall(folder)
    return folder


BODIES = {
    2: None,
    3: b"behind the refused" * 10,
    4: b"in flight" * 10,
    5: b"large" * 20_000,
    6: b"queued" * 10,
    7: b"in the log only" * 10,
}


ENCLOSED = b"enclosed" * 300
"""Attached to the sixth in schema 2."""


def old_id(number: int) -> str:
    return f"01900000-0000-7000-8000-{number:012d}"


def check_old(box: Outbox) -> None:
    states = {view.item_id[-1]: view.state.value for view in box.items().result(WAIT)}
    assert states == {
        "1": "delivered",
        "2": "rejected",
        "3": "queued",
        "4": "unknown",
        "5": "queued",
        "6": "queued",
        "7": "queued",
    }
    assert box.release("440500", "b").result(WAIT)
    claims = {claim.item.item_id: claim.body for claim in box.claim("440500", 9, 1e9).result(WAIT)}
    assert claims.pop(old_id(4)) is None  # to be asked about
    assert claims == {old_id(number): BODIES[number] for number in (3, 5, 6, 7)}


@pytest.mark.parametrize("schema", [1, 2])
def test_an_outbox_of_an_older_schema_goes_on(opened: Opened, tmp_path: Path, schema: int) -> None:
    folder = unpack_old(tmp_path, schema)
    box = opened(clock=ManualClock())
    assert box.recovery is None
    assert box.verification.sound
    assert box.verification.rows == 7
    if schema == 2:
        assert content_of(box, old_id(6)) == ENCLOSED
    check_old(box)
    assert box.rotate_key().result(WAIT).sound
    item_id = kept(box, b"new" * 999)
    assert box.verify().result(WAIT).sound
    box.close()
    box = opened(clock=ManualClock())
    assert box.verification.sound
    assert content_of(box, item_id) == b"new" * 999
    if schema == 2:
        assert content_of(box, old_id(6)) == ENCLOSED
        assert [view.upload for view in box.attachments(old_id(6)).result(WAIT)] == [
            "/v1/uploads/6"
        ]
    # What has gone of it leaves as little behind as it did with the program that took it in.
    for claim in box.claim("440500", 9, 1e9).result(WAIT):
        box.settle(Settlement(claim, Delivered({}))).result(WAIT)
    box.checkpoint().result(WAIT)
    assert list((folder / "bodies").iterdir()) == []
    assert not found(folder, b"enclosed")


@pytest.mark.parametrize("schema", [1, 2])
def test_a_migration_cut_short_has_not_happened(
    opened: Opened, disk: FaultyDisk, tmp_path: Path, schema: int
) -> None:
    folder = unpack_old(tmp_path, schema)
    shutil.copytree(folder, tmp_path / "kept")
    for after in range(0, 60, 6):
        disk.fail(apsw.IOError, "write", after)
        try:
            box = opened(clock=ManualClock(), vfs=disk.vfs_name)
        except OutboxStorageError:
            disk.heal()
            check_old(box := opened(clock=ManualClock()))
            box.close()
            shutil.rmtree(folder)
            shutil.copytree(tmp_path / "kept", folder)
        else:
            break
    disk.heal()
    assert after > 6, "nothing was interrupted"


@pytest.mark.parametrize("schema", [1, 2])
def test_a_damaged_outbox_of_an_older_schema_is_recovered(
    opened: Opened, tmp_path: Path, schema: int
) -> None:
    folder = unpack_old(tmp_path, schema)
    (folder / "quarantine-x").mkdir(mode=0o700)
    for name in ("outbox.db", "outbox.db-wal"):
        (folder / name).rename(folder / "quarantine-x" / name)
    (folder / "recovering").write_text("quarantine-x")
    box = opened(clock=ManualClock())
    assert box.recovery is not None
    assert (box.recovery.salvaged, box.recovery.missing) == (7, ())
    if schema == 2:
        assert content_of(box, old_id(6)) == ENCLOSED
    check_old(box)


def test_a_newer_schema_is_left_alone(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    item_id = kept(box, b"x" * 10)
    box.close()
    edit(tmp_path, "PRAGMA user_version = 4")
    before = (tmp_path / "outbox" / "outbox.db").read_bytes()
    with pytest.raises(OutboxStorageError, match="schema 4, this program knows 3"):
        opened()
    assert (tmp_path / "outbox" / "outbox.db").read_bytes() == before
    edit(tmp_path, "PRAGMA user_version = 3")
    assert content_of(opened(limits=ROOMY), item_id) == b"x" * 10
