"""Accepting, looking, withdrawing, expiring, limits."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from outbox_helpers import ROOMY, WAIT, Watch, an_item

from offline_queue import (
    ItemState,
    ItemView,
    Limits,
    ManualClock,
    NewItem,
    NotReached,
    Outbox,
    OutboxInUse,
    OutboxStorageError,
    Refusal,
    Rejected,
    RetryLater,
    new_item_id,
)
from offline_queue.moves import Settlement

Opened = Callable[..., Outbox]


def view_of(outcome: ItemView | Refusal) -> ItemView:
    assert isinstance(outcome, ItemView), outcome
    return outcome


def test_an_accepted_item_is_there_after_reopening(opened: Opened) -> None:
    box = opened()
    item = an_item(attributes={"trace": "t1"})
    view = view_of(box.accept(item).result(WAIT))
    assert (view.state, view.seq, view.attempts) == (ItemState.QUEUED, 1, 0)
    box.close()
    again = opened().get(item.item_id).result(WAIT)
    assert again is not None
    assert (again.item_id, again.attributes, again.accepted_at) == (
        item.item_id,
        {"trace": "t1"},
        view.accepted_at,
    )


def test_the_same_id_is_the_same_item_or_a_refusal(opened: Opened) -> None:
    box = opened()
    item = an_item()
    first = box.accept(item).result(WAIT)
    assert box.accept(item).result(WAIT) == first
    other = box.accept(an_item(item_id=item.item_id, body=b"other")).result(WAIT)
    assert isinstance(other, Refusal)
    assert other.code == "outbox.duplicate_mismatch"


def test_sequence_is_per_case(opened: Opened) -> None:
    box = opened()
    seqs = [
        view_of(box.accept(an_item(case)).result(WAIT)).seq for case in ("a", "b", "a", "a", "b")
    ]
    assert seqs == [1, 1, 2, 3, 2]


def test_withdrawing_before_anything_was_sent(opened: Opened) -> None:
    box = opened()
    item = an_item()
    box.accept(item).result(WAIT)
    view = box.withdraw(item.item_id).result(WAIT)
    assert view is not None
    assert (view.state, view.verdict) == (ItemState.WITHDRAWN, "outbox.withdrawn")
    assert box.summary().result(WAIT).bytes == 0
    assert box.withdraw("nobody").result(WAIT) is None


def test_what_may_have_been_sent_is_not_withdrawn(opened: Opened) -> None:
    box = opened()
    item = an_item()
    box.accept(item).result(WAIT)
    assert len(box.claim("440500", 1, 1e9).result(WAIT)) == 1
    view = box.withdraw(item.item_id).result(WAIT)
    assert view is not None
    assert view.state == ItemState.IN_FLIGHT


def test_expiry_comes_by_itself_and_only_to_the_unsent(opened: Opened) -> None:
    clock, watch = ManualClock(), Watch()
    box = opened(clock=clock, on_change=watch)
    unsent, sent = an_item("a", expires_after_s=5.0), an_item("b", "440100", expires_after_s=5.0)
    for item in (unsent, sent):
        box.accept(item).result(WAIT)
    assert box.claim("440100", 1, 1e9).result(WAIT)
    clock.advance(4.9)
    still = box.get(unsent.item_id).result(WAIT)
    assert still is not None
    assert still.state == ItemState.QUEUED
    clock.advance(0.2)
    watch.until(ItemState.WITHDRAWN, unsent.item_id)
    view = box.get(sent.item_id).result(WAIT)
    assert view is not None
    assert view.state == ItemState.IN_FLIGHT


def test_what_was_exported_may_arrive_and_is_neither_withdrawn_nor_expires(opened: Opened) -> None:
    """The stick may bring it at any time: nobody may be told that it was never sent."""
    clock, watch = ManualClock(), Watch()
    box = opened(clock=clock, on_change=watch)
    items = [an_item(case, expires_after_s=5.0) for case in "abc"]
    for item in items:
        box.accept(item).result(WAIT)
    flying, carried, left = (item.item_id for item in items)
    [claim] = box.claim("440500", 1, 1e9).result(WAIT)
    assert claim.item.item_id == flying
    for key in (carried, flying):
        assert box.export(key).result(WAIT) is not None
    box.settle(Settlement(claim, NotReached("network.refused"), 60.0)).result(WAIT)
    clock.advance(6.0)
    watch.until(ItemState.WITHDRAWN, left)
    for key in (carried, flying):
        view = box.withdraw(key).result(WAIT)
        assert view is not None
        assert view.state == ItemState.QUEUED
    assert box.verify().result(WAIT).tampered == ()


def test_a_case_that_waits_for_a_decision_is_not_carried_past_it(opened: Opened) -> None:
    box = opened()
    first, second = an_item("a"), an_item("a")
    for item in (first, second):
        box.accept(item).result(WAIT)
    [claim] = box.claim("440500", 1, 1e9).result(WAIT)
    assert box.export(second.item_id).result(WAIT) is not None  # its turn is kept by the file
    box.settle(Settlement(claim, Rejected("portal.form_rejected"))).result(WAIT)
    assert box.export(second.item_id).result(WAIT) is None
    assert box.release("440500", "a").result(WAIT)
    assert box.export(second.item_id).result(WAIT) is not None


def test_behind_a_dead_item_the_file_brings_both_in_order(opened: Opened) -> None:
    box = opened()
    items = [an_item("a"), an_item("a")]
    for item in items:
        box.accept(item).result(WAIT)
    [claim] = box.claim("440500", 1, 1e9).result(WAIT)
    settled = Settlement(claim, RetryLater("portal.busy"), give_up=True)
    view = box.settle(settled).result(WAIT)
    assert view is not None
    assert view.state == ItemState.DEAD
    assert all(box.export(item.item_id).result(WAIT) is not None for item in items)


def test_an_expired_item_is_not_handed_out(opened: Opened) -> None:
    clock = ManualClock()
    box = opened(clock=clock)
    item = an_item(expires_after_s=0.0)
    box.accept(item).result(WAIT)
    assert box.claim("440500", 8, 1e9).result(WAIT) == []
    view = box.get(item.item_id).result(WAIT)
    assert view is not None
    assert (view.state, view.verdict) == (ItemState.WITHDRAWN, "outbox.expired")


@pytest.mark.parametrize(
    ("limits", "items", "code"),
    [
        (Limits(free_bytes=0, items=2), 3, "outbox.full"),
        (Limits(free_bytes=0, bytes=100), 3, "outbox.full"),
        (Limits(free_bytes=0, items_per_case=2), 3, "outbox.full"),
        (Limits(free_bytes=0, body_bytes=10), 1, "outbox.too_large"),
        (Limits(free_bytes=1 << 60), 1, "outbox.disk_full"),
    ],
)
def test_beyond_a_limit_work_is_refused_and_nothing_lost(
    opened: Opened, limits: Limits, items: int, code: str
) -> None:
    box = opened(limits=limits)
    outcomes = [box.accept(an_item()).result(WAIT) for _ in range(items)]
    refused = outcomes[-1]
    assert isinstance(refused, Refusal)
    assert refused.code == code
    kept = [outcome for outcome in outcomes if isinstance(outcome, ItemView)]
    assert len(kept) == items - 1
    assert box.items(states=[ItemState.QUEUED]).result(WAIT) == kept


def test_offered_tells_before_anyone_tries(opened: Opened) -> None:
    clock = ManualClock()
    box = opened(limits=Limits(free_bytes=0, items=2, age_s=100.0), clock=clock)
    assert box.offered() is None
    first = an_item()
    box.accept(first).result(WAIT)
    clock.advance(101.0)
    refused = box.offered()
    assert refused is not None
    assert refused.code == "outbox.too_old"
    late = box.accept(an_item()).result(WAIT)
    assert isinstance(late, Refusal)
    assert late.code == "outbox.too_old"
    box.withdraw(first.item_id).result(WAIT)
    assert box.offered() is None


def test_a_second_instance_is_refused(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    with pytest.raises(OutboxInUse):
        Outbox.open(tmp_path / "outbox", limits=ROOMY)
    box.close()
    opened()


def test_another_users_directory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(OutboxStorageError) as caught:
        Outbox.open(tmp_path / "outbox", limits=ROOMY)
    assert caught.value.code == "outbox.wrong_owner"


def test_a_database_without_its_key_is_refused(opened: Opened, tmp_path: Path) -> None:
    opened().close()
    (tmp_path / "outbox" / "outbox.key").unlink()
    with pytest.raises(OutboxStorageError) as caught:
        Outbox.open(tmp_path / "outbox", limits=ROOMY)
    assert caught.value.code == "outbox.key_missing"


def test_only_the_owner_can_read_anything(opened: Opened, tmp_path: Path) -> None:
    opened().accept(an_item(body=b"x" * 100_000)).result(WAIT)
    folder = tmp_path / "outbox"
    for path in (folder, *folder.rglob("*")):
        allowed = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == allowed, path.name


def test_the_clock_set_back_changes_neither_order_nor_age(opened: Opened) -> None:
    clock = ManualClock()
    box = opened(clock=clock)
    items = [an_item("same") for _ in range(3)]
    for item in items:
        box.accept(item).result(WAIT)
        clock.step_wall(-3600.0)
        clock.advance(1.0)
    assert box.summary().result(WAIT).oldest_age_s == pytest.approx(3.0)
    box.close()
    clock.step_wall(-40 * 365 * 86400.0)
    box = opened(clock=clock)
    assert 0.0 <= box.summary().result(WAIT).oldest_age_s <= 4.0
    assert [v.item_id for v in box.items().result(WAIT)] == [i.item_id for i in items]


def test_the_timeline_tells_what_happened(opened: Opened) -> None:
    box = opened()
    item = an_item()
    box.accept(item).result(WAIT)
    box.withdraw(item.item_id).result(WAIT)
    entries = box.timeline(item.item_id).result(WAIT)
    assert [(entry.kind, entry.code) for entry in entries] == [
        ("accepted", ""),
        ("withdrawn", "outbox.withdrawn"),
    ]


def test_new_items_are_checked_and_print_no_body() -> None:
    with pytest.raises(ValueError, match="case_id"):
        an_item("")
    with pytest.raises(ValueError, match="expires_after_s"):
        an_item(expires_after_s=-1.0)
    assert "secret" not in repr(an_item(body=b"secret"))


def test_ids_grow() -> None:
    ids = [new_item_id() for _ in range(100)]
    assert sorted(ids) == ids
    assert len(set(ids)) == 100


def test_items_are_filtered_and_limited(opened: Opened) -> None:
    box = opened()
    ids = []
    for number in range(5):
        item: NewItem = an_item(f"case-{number}", "440100" if number % 2 else "440500")
        box.accept(item).result(WAIT)
        ids.append(item.item_id)
    assert [v.item_id for v in box.items(destination="440100").result(WAIT)] == ids[1::2]
    assert [v.item_id for v in box.items(limit=2).result(WAIT)] == ids[-2:]
    assert box.items(states=[ItemState.DEAD]).result(WAIT) == []
