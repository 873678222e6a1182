"""A new key for the outbox's seals: nothing is lost, nothing is hidden, however it is cut short.

Power cuts in the middle of it: ``kiosk/torture/power.py``, in ``test_queue_torture``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from outbox_helpers import WAIT, FaultyDisk, an_attachment, an_item, edit

from offline_queue import Delivered, ItemState, ItemView, Outbox, OutboxStorageError, place
from offline_queue.moves import Settlement
from offline_queue.place import Place

Opened = Callable[..., Outbox]


def _filled(box: Outbox) -> dict[str, ItemState]:
    """Items in several states, with a large body and an attachment whose upload has begun."""
    items = [an_item("a"), an_item("b", body=b"x" * 70_000), an_item("c"), an_item("d")]
    for item in items[:3]:
        box.accept(item).result(WAIT)
    attachment = an_attachment(b"page" * 5000)
    box.accept(items[3], [attachment]).result(WAIT)
    box.note_upload(items[3].item_id, 1, "/v1/uploads/1").result(WAIT)
    (claim,) = box.claim("440500", 1, 1e9).result(WAIT)
    box.settle(Settlement(claim, Delivered({"case_no": "no-1"}))).result(WAIT)
    return _states(box)


def _states(box: Outbox) -> dict[str, ItemState]:
    return {view.item_id: view.state for view in box.items().result(WAIT)}


def _key(tmp_path: Path) -> bytes:
    return (tmp_path / "outbox" / place.KEY).read_bytes()


def _nothing_is_left_over(tmp_path: Path) -> None:
    assert not (tmp_path / "outbox" / place.NEXT_KEY).exists()


def test_all_is_sealed_anew_and_goes_on(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    states, before = _filled(box), _key(tmp_path)
    claims = box.claim("440500", 1, 1e9).result(WAIT)
    assert box.rotate_key().result(WAIT).sound
    assert _key(tmp_path) != before
    _nothing_is_left_over(tmp_path)
    assert box.verify().result(WAIT).sound
    # what was claimed under the old key is settled under the new one
    for claim in claims:
        view = box.settle(Settlement(claim, Delivered({}))).result(WAIT)
        assert view is not None
        states[view.item_id] = ItemState.DELIVERED
    assert isinstance(box.accept(an_item("e")).result(WAIT), ItemView)
    assert box.verify().result(WAIT).sound
    box.close(WAIT)
    again = opened()
    assert again.recovery is None
    assert again.verification.sound
    assert states.items() <= _states(again).items()
    last = list(states)[3]
    assert again.attachments(last).result(WAIT)[0].upload == "/v1/uploads/1"
    assert again.chunk(last, 1, 0).result(WAIT) is not None


def test_an_empty_outbox_takes_a_new_key(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    before = _key(tmp_path)
    assert box.rotate_key().result(WAIT).sound
    assert _key(tmp_path) != before
    box.accept(an_item()).result(WAIT)
    box.close(WAIT)
    assert opened().verification.sound


def test_what_does_not_add_up_is_not_sealed_anew(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    states, before = _filled(box), _key(tmp_path)
    box.close(WAIT)
    edit(tmp_path, "UPDATE item SET case_id = 'other' WHERE no = 3")
    box = opened()
    report = box.rotate_key().result(WAIT)
    assert report.tampered == (list(states)[2],)
    assert _key(tmp_path) == before
    _nothing_is_left_over(tmp_path)


@pytest.mark.logs(r"outbox storage failed", r"gives up its ballast", r"not checkpointed")
@pytest.mark.parametrize("operation", ["write", "sync"])
@pytest.mark.parametrize("fault", [apsw.IOError, apsw.FullError])
def test_the_disk_may_fail_at_any_write_or_flush(
    opened: Opened, tmp_path: Path, disk: FaultyDisk, operation: str, fault: type[apsw.Error]
) -> None:
    box = opened(vfs=disk.vfs_name)
    states = _filled(box)
    after, failed = 0, True
    while failed:
        disk.fail(fault, operation, after)
        failed = box.rotate_key().exception(WAIT) is not None
        disk.heal()
        assert _states(box) == states
        assert box.verify().result(WAIT).sound
        after += 1
    assert after > 1  # it failed at least once
    box.close(WAIT)
    _nothing_is_left_over(tmp_path)
    assert opened().verification.sound


@pytest.mark.logs(r"outbox storage failed")
@pytest.mark.parametrize("step", ["prepare_key", "adopt_key"])
def test_the_key_file_may_fail_too(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    box = opened()
    states = _filled(box)
    real, failures = getattr(Place, step), iter([OSError(5, "injected")])

    def fails_once(self: Place) -> bytes | None:
        for failure in failures:
            raise failure
        done: bytes | None = real(self)
        return done

    monkeypatch.setattr(Place, step, fails_once)
    with pytest.raises(OutboxStorageError):
        box.rotate_key().result(WAIT)
    assert _states(box) == states  # opened again by now, under whichever key is in force
    assert box.verify().result(WAIT).sound
    _nothing_is_left_over(tmp_path)
    assert box.rotate_key().result(WAIT).sound
    box.close(WAIT)
    assert opened().verification.sound


@pytest.mark.logs(r"outbox")
@pytest.mark.parametrize("adopted", [False, True])
def test_a_database_damaged_while_two_keys_were_there_is_salvaged_by_the_right_one(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, adopted: bool
) -> None:
    box = opened()
    states = _filled(box)
    if adopted:  # sealed with the new key, which is still beside the old one
        monkeypatch.setattr("offline_queue.rotation.complete", lambda store: None)
        assert box.rotate_key().result(WAIT).sound
    else:
        (tmp_path / "outbox" / place.NEXT_KEY).write_bytes(b"n" * 32)
    box.close(WAIT)
    monkeypatch.undo()
    database = tmp_path / "outbox" / place.DATABASE
    with sqlite3.connect(database) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'event'")
        (size,) = connection.execute("PRAGMA page_size")
    connection.close()
    content = bytearray(database.read_bytes())
    start = (page[0] - 1) * size[0]
    content[start : start + 8] = b"\xff" * 8
    database.write_bytes(content)
    again = opened()
    assert again.recovery is not None
    _nothing_is_left_over(tmp_path)
    assert _states(again) == states
    assert again.verify().result(WAIT).sound
