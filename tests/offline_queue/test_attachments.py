"""Attachments in the outbox: all or nothing, sealed in their place, erased."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from outbox_helpers import WAIT, FaultyDisk, an_attachment, an_item, content_of, edit, found

from offline_queue import (
    Delivered,
    ItemState,
    ItemView,
    Limits,
    ManualClock,
    NewAttachment,
    Outbox,
    Refusal,
)
from offline_queue.moves import Settlement
from offline_queue.rows import Seals

Opened = Callable[..., Outbox]
pytestmark = pytest.mark.logs(r"outbox storage failed", r"gives up its ballast")


def kept(box: Outbox, content: bytes, step: int = 1000, **more: object) -> str:
    item = an_item(**more)
    assert isinstance(box.accept(item, [an_attachment(content, step)]).result(WAIT), ItemView)
    return item.item_id


def test_attachments_are_there_after_reopening_in_their_order(opened: Opened) -> None:
    box = opened()
    item, first, second = an_item(), random.randbytes(2500), random.randbytes(1000)
    attached = [an_attachment(first), an_attachment(second, kind="signature")]
    box.accept(item, attached).result(WAIT)
    assert box.summary().result(WAIT).bytes == len(item.body) + 3500
    box.close()

    box = opened()
    assert box.verification.sound
    views = box.attachments(item.item_id).result(WAIT)
    assert [(view.key, view.kind, view.size, view.chunks) for view in views] == [
        (attached[0].key, "scan", 2500, 3),
        (attached[1].key, "signature", 1000, 1),
    ]
    assert content_of(box, item.item_id, 1) == first
    assert content_of(box, item.item_id, 2) == second
    claim = box.claim("440500", 1, 1e9).result(WAIT)[0]
    assert claim.attachments == views
    box.note_upload(item.item_id, 2, "/v1/uploads/x").result(WAIT)
    box.close()
    uploads = [view.upload for view in opened().attachments(item.item_id).result(WAIT)]
    assert uploads == ["", "/v1/uploads/x"]


def test_the_same_item_has_the_same_attachments(opened: Opened) -> None:
    box = opened()
    item, attachment = an_item(), an_attachment(b"x" * 1500)
    first = box.accept(item, [attachment]).result(WAIT)
    assert box.accept(item, [attachment]).result(WAIT) == first
    for other in ([], [attachment, an_attachment(b"y")], [replace(attachment, kind="photo")]):
        refused = box.accept(item, other).result(WAIT)
        assert isinstance(refused, Refusal)
        assert refused.code == "outbox.duplicate_mismatch"


@pytest.mark.parametrize(
    "change",
    [
        {"size": 2400},
        {"size": 2600},
        {"size": 3500},
        {"digest": bytes(32)},
    ],
)
def test_what_is_not_as_it_was_said_is_not_taken_in(
    opened: Opened, tmp_path: Path, change: dict[str, object]
) -> None:
    box = opened()
    wrong = replace(an_attachment(b"canary-attached-" * 156 + b"1234"), **change)
    future = box.accept(an_item(), [an_attachment(b"canary-attached-" * 90), wrong])
    with pytest.raises(ValueError, match="attachment 2"):
        future.result(WAIT)
    assert box.items().result(WAIT) == []
    assert box.summary().result(WAIT).bytes == 0
    box.checkpoint().result(WAIT)
    kept(box, b"z" * 10)
    assert box.verify().result(WAIT).sound
    assert not found(tmp_path, b"canary-attached-" * 80)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(free_bytes=0, attached_bytes=2999), "outbox.too_large"),
        (Limits(free_bytes=0, attachments=1), "outbox.too_large"),
        (Limits(free_bytes=0, chunk_bytes=999), "outbox.too_large"),
        (Limits(free_bytes=0, bytes=3000), "outbox.full"),
        (Limits(free_bytes=1 << 60), "outbox.disk_full"),
    ],
)
def test_beyond_a_limit_nothing_is_read_or_kept(opened: Opened, limits: Limits, code: str) -> None:
    def unread() -> Iterator[bytes]:
        raise AssertionError("a chunk was asked for")

    box = opened(limits=limits)
    attachment: NewAttachment = replace(an_attachment(b"x" * 1500), chunks=unread)
    refused = box.accept(an_item(), [attachment, replace(attachment, key="2")]).result(WAIT)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert box.items().result(WAIT) == []


@pytest.mark.parametrize("after", [0, 5, 19])
@pytest.mark.parametrize("fault", [apsw.FullError, apsw.IOError, errno.ENOSPC, errno.EIO, None])
def test_a_disk_that_fails_in_the_middle_leaves_nothing_half(
    opened: Opened,
    disk: FaultyDisk,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
    fault: type[apsw.Error] | int | None,
) -> None:
    """In the database, or in the file of the chunks, which may also take a part only."""
    box = opened(vfs=disk.vfs_name)
    sound = kept(box, b"sound" * 999, case="other")
    if isinstance(fault, type):
        disk.fail(fault, "write", after)
    else:
        failing = FailingFile(after, fault)
        monkeypatch.setattr(os, "pwrite", failing.pwrite)
        monkeypatch.setattr(os, "fdatasync", failing.fdatasync)
    refused = box.accept(an_item(), [an_attachment(b"canary-attached-" * 90_000, 65_536)])
    assert isinstance(refused.result(WAIT), Refusal)
    disk.heal()
    monkeypatch.undo()
    again = kept(box, b"again" * 999)
    assert {view.item_id for view in box.items().result(WAIT)} == {sound, again}
    assert box.verify().result(WAIT).sound
    box.close()
    box = opened()
    assert box.verification.sound
    assert content_of(box, sound) == b"sound" * 999
    assert content_of(box, again) == b"again" * 999


class FailingFile:
    """Python's writes into the middle of a file, of which those from the ``after``-th fail with ``error``
    (``None``: are cut short), as do flushes."""

    def __init__(self, after: int, error: int | None) -> None:
        self.left, self.error, self.real = after, error, os.pwrite

    def pwrite(self, file: int, data: bytes, offset: int) -> int:
        self.left -= 1
        if self.left >= 0:
            return self.real(file, data, offset)
        if self.error is not None:
            raise OSError(self.error, "injected")
        return self.real(file, data[: len(data) // 2], offset)

    def fdatasync(self, file: int) -> None:
        raise OSError(self.error or errno.EIO, "injected")


def test_a_large_attachment_is_never_in_memory_whole(opened: Opened) -> None:
    alive: set[int] = set()
    most = [0]

    class Chunk(bytes):
        def __del__(self) -> None:
            alive.discard(id(self))

    def chunks() -> Iterator[bytes]:
        for _ in range(24):
            chunk = Chunk(1 << 20)
            alive.add(id(chunk))
            most[0] = max(most[0], len(alive))
            yield chunk

    box = opened()
    digest = an_attachment(bytes(24 << 20)).digest
    attachment = NewAttachment("1", "scan", "image/jpeg", 24 << 20, 1 << 20, digest, chunks)
    before = apsw.memory_used()
    apsw.memory_high_water(True)
    item = an_item()
    assert isinstance(box.accept(item, [attachment]).result(WAIT), ItemView)
    assert most[0] <= 3
    assert box.verify().result(WAIT).sound
    assert apsw.memory_high_water() - before < 8 << 20


FORGERIES = [
    "UPDATE stowed SET key = x'00' WHERE i = 1",
    "UPDATE stowed SET key = zeroblob(60) WHERE i = 1",
    "UPDATE stowed SET place = 0 WHERE i = 1",
    "UPDATE stowed SET place = 1 << 62, size = 1 << 40 WHERE i = 1",
    "UPDATE stowed SET place = -4096, size = -1 WHERE i = 1",
    "UPDATE stowed SET size = size - 1 WHERE i = 0",
    "DELETE FROM stowed WHERE i = 2",
    "UPDATE stowed SET i = -1 WHERE i = 0; UPDATE stowed SET i = 0 WHERE i = 1;"
    " UPDATE stowed SET i = 1 WHERE i = -1",
    # the chunks of one attachment for those of another, of the same size
    "UPDATE stowed SET n = 3 WHERE n = 1; UPDATE stowed SET n = 1 WHERE n = 2;"
    " UPDATE stowed SET n = 2 WHERE n = 3",
    # one that the database holds as schema 2 did, without a seal
    "DELETE FROM stowed WHERE n = 1 AND i = 0;"
    " INSERT INTO chunk VALUES (1, 1, 1, 0, zeroblob(1000), zeroblob(32))",
    "UPDATE attachment SET size = 2000 WHERE n = 1",
    "UPDATE attachment SET digest = zeroblob(32)",
    "UPDATE attachment SET media_type = 'text/html'",
    "DELETE FROM stowed WHERE n = 2; DELETE FROM attachment WHERE n = 2",
    "UPDATE item SET manifest = x''",
]


@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_was_changed_is_dead_and_never_handed_out(
    opened: Opened, tmp_path: Path, forgery: str
) -> None:
    box = opened()
    item = an_item()
    box.accept(item, [an_attachment(bytes([n]) * 2500) for n in (1, 2)]).result(WAIT)
    box.close()
    edit(tmp_path, *forgery.split(";"))
    box = opened()
    assert item.item_id in {*box.verification.tampered, *box.verification.damaged}
    view = box.get(item.item_id).result(WAIT)
    assert view is not None
    assert (view.state, view.verdict) == (ItemState.DEAD, "outbox.tampered")
    assert box.claim("440500", 1, 1e9).result(WAIT) == []
    again = box.retry(item.item_id).result(WAIT)
    assert again is not None
    assert again.state == ItemState.DEAD


def test_an_upload_that_somebody_wrote_in_is_not_believed(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    item_id = kept(box, b"x" * 10)
    box.note_upload(item_id, 1, "/v1/uploads/ours").result(WAIT)
    box.close()
    edit(tmp_path, "UPDATE attachment SET upload = '/v1/uploads/theirs'")
    box = opened()
    assert [view.upload for view in box.attachments(item_id).result(WAIT)] == [""]


def test_chunks_of_another_item_do_not_pass(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    ids = {kept(box, b"a" * 1500, case="1"), kept(box, b"b" * 1500, case="2")}
    box.close()
    edit(
        tmp_path,
        "UPDATE stowed SET i = i + 10 WHERE no = 1",
        "UPDATE stowed SET no = 1 WHERE no = 2",
        "UPDATE stowed SET no = 2, i = i - 10 WHERE i >= 10",
    )
    assert set(opened().verification.damaged) == ids


def test_nothing_opens_an_attachment_after_delivery(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped: list[bytes] = []
    wrap = Seals.wrap

    def noted(seals: Seals, key: bytes, said: bytes) -> bytes:
        wrapped.append(wrap(seals, key, said))
        assert not found(tmp_path, key)
        return wrapped[-1]

    monkeypatch.setattr(Seals, "wrap", noted)
    box = opened()
    item_id = kept(box, b"canary-attached-" * 20_000, body=b"canary-body" * 9999)
    assert len(wrapped) == 321
    assert all(found(tmp_path, key) for key in wrapped[::64])
    assert not found(tmp_path, b"canary-")
    claim = box.claim("440500", 1, 1e9).result(WAIT)[0]
    box.settle(Settlement(claim, Delivered({}))).result(WAIT)
    assert box.chunk(item_id, 1, 0).result(WAIT) is None
    box.checkpoint().result(WAIT)
    assert not any(found(tmp_path, key) for key in wrapped)
    assert box.summary().result(WAIT).bytes == 0
    assert box.verify().result(WAIT).sound
    # What it was stays known as long as the item does.
    assert [view.kind for view in box.attachments(item_id).result(WAIT)] == ["scan"]


def test_records_go_with_their_item(opened: Opened, tmp_path: Path) -> None:
    clock = ManualClock()
    box = opened(clock=clock, limits=Limits(free_bytes=0, record_retention_s=60.0))
    kept(box, b"x" * 2500)
    claim = box.claim("440500", 1, 1e9).result(WAIT)[0]
    box.settle(Settlement(claim, Delivered({}))).result(WAIT)
    clock.advance(7200.0)
    box.summary().result(WAIT)
    box.summary().result(WAIT)
    assert box.items().result(WAIT) == []
    assert box.verify().result(WAIT).sound
    box.close()
    with sqlite3.connect(tmp_path / "outbox" / "outbox.db") as connection:
        assert connection.execute("SELECT count(*) FROM attachment").fetchone() == (0,)
    connection.close()


def test_a_recovery_carries_attachments_over_or_says_what_is_missing(
    opened: Opened, tmp_path: Path
) -> None:
    box = opened()
    whole, broken = kept(box, b"a" * 2500, case="1"), kept(box, b"b" * 2500, case="2")
    box.note_upload(whole, 1, "/v1/uploads/7").result(WAIT)
    box.close()
    edit(tmp_path, "DELETE FROM stowed WHERE no = 2 AND i = 1")
    folder = tmp_path / "outbox"
    (folder / "quarantine-x").mkdir(mode=0o700)
    (folder / "outbox.db").rename(folder / "quarantine-x" / "outbox.db")
    (folder / "recovering").write_text("quarantine-x")
    box = opened()
    assert box.recovery is not None
    assert (box.recovery.salvaged, box.recovery.missing) == (1, (broken,))
    assert content_of(box, whole) == b"a" * 2500
    assert [view.upload for view in box.attachments(whole).result(WAIT)] == ["/v1/uploads/7"]
    assert box.verify().result(WAIT).missing == (broken,)
    # What was carried over lies where it lay, and what comes next elsewhere.
    other = kept(box, b"c" * 2500, case="3")
    assert [content_of(box, one) for one in (whole, other)] == [b"a" * 2500, b"c" * 2500]


def test_places_are_used_again_and_given_back(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "outbox" / "outbox.stowage"
    box, sizes = opened(), []
    for case in range(30):
        kept(box, b"x" * 1_000_000, case=str(case), step=1 << 20)
        if case > 2:
            (claim,) = box.claim("440500", 1, 1e9).result(WAIT)
            box.settle(Settlement(claim, Delivered({}))).result(WAIT)
        sizes.append(file.stat().st_size)
    assert max(sizes) < 5_000_000
    for claim in box.claim("440500", 9, 1e9).result(WAIT):
        box.settle(Settlement(claim, Delivered({}))).result(WAIT)
    many = [an_attachment(b"x" * (1 << 20), 1 << 20) for _ in range(20)]
    item = an_item("large")
    assert isinstance(box.accept(item, many).result(WAIT), ItemView)
    box.withdraw(item.item_id).result(WAIT)
    box.checkpoint().result(WAIT)
    assert file.stat().st_size == 16 << 20
