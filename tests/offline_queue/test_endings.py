"""Receivers are told how items ended that were not delivered: durably, again after a crash, and once."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue

import apsw
import pytest
from outbox_helpers import HASTY, WAIT, FaultyDisk, Portal, Watch, an_item, edit

from offline_queue import (
    Courier,
    Ending,
    ItemState,
    ManualClock,
    NewItem,
    Outbox,
    OutboxStorageError,
    Rejected,
    RetryLater,
    Verdict,
    new_item_id,
)

Opened = Callable[..., Outbox]
SentBy = Callable[..., Courier]
BUSY = RetryLater("busy")


class HeraldPortal(Portal):
    """Is told of endings; ``hears`` says whether it is, each time."""

    def __init__(self, verdict: Verdict | None = None, hears: Callable[[str], bool] | None = None):
        super().__init__(lambda call, item: verdict)
        self.hears = hears or (lambda item_id: True)
        self.told: SimpleQueue[tuple[str, str, bool]] = SimpleQueue()

    def concerns(self, ending: Ending) -> bool:
        return ending.item.operation == "case"

    def tell(self, ending: Ending) -> bool:
        heard = self.hears(ending.item.item_id)
        verdict = ending.item.verdict
        self.told.put((ending.item.item_id, verdict, heard))
        return heard


def accepted(box: Outbox, **more: object) -> NewItem:
    item = an_item(case=new_item_id(), **more)
    box.accept(item).result(WAIT)
    return item


def untold(box: Outbox) -> list[str]:
    return [one.item.item_id for one in box.endings().result(WAIT)]


def heard_of(portal: HeraldPortal, count: int) -> list[tuple[str, str, bool]]:
    return [portal.told.get(timeout=WAIT) for _ in range(count)]


def test_each_end_but_delivery_is_told_once(opened: Opened, sent_by: SentBy) -> None:
    box = opened()
    back = accepted(box)
    box.withdraw(back.item_id).result(WAIT)
    late = accepted(box, expires_after_s=0.0)
    box.claim("440500", 9, 1e9).result(WAIT)
    portal = HeraldPortal(Rejected("portal.bad"))
    courier = sent_by(box, portal)
    assert sorted(heard_of(portal, 2)) == sorted(
        [(back.item_id, "outbox.withdrawn", True), (late.item_id, "outbox.expired", True)]
    )
    refused = accepted(box)
    courier.nudge()
    assert heard_of(portal, 1) == [(refused.item_id, "portal.bad", True)]
    assert courier.stop(WAIT)
    assert untold(box) == []
    assert box.timeline(refused.item_id).result(WAIT)[-1].kind == "told"


def test_nobody_is_told_of_what_arrived_waits_or_concerns_nobody(
    opened: Opened, sent_by: SentBy
) -> None:
    box = opened()
    arrived = accepted(box)
    aside = accepted(box, operation="evaluation")
    box.withdraw(aside.item_id).result(WAIT)
    watch = Watch()
    box.listen(watch)
    portal = HeraldPortal()
    courier = sent_by(box, portal)
    watch.until(ItemState.DELIVERED, arrived.item_id)
    last = accepted(box, expires_after_s=0.0)
    assert heard_of(portal, 1)[0][0] == last.item_id
    assert courier.stop(WAIT)
    accepted(box)
    assert untold(box) == [aside.item_id]
    assert all(one.kind != "told" for one in box.timeline(arrived.item_id).result(WAIT))


def test_a_silent_receiver_is_told_again_also_after_a_restart(
    opened: Opened, sent_by: SentBy
) -> None:
    box = opened()
    item = accepted(box)
    box.withdraw(item.item_id).result(WAIT)
    silent = HeraldPortal(hears=lambda _: False)
    courier = sent_by(box, silent)
    assert heard_of(silent, 3) == [(item.item_id, "outbox.withdrawn", False)] * 3
    assert courier.stop(WAIT)
    assert untold(box) == [item.item_id]
    assert box.close()
    box, portal = opened(), HeraldPortal()
    courier = sent_by(box, portal)
    assert heard_of(portal, 1) == [(item.item_id, "outbox.withdrawn", True)]
    assert courier.stop(WAIT)
    assert untold(box) == []
    assert box.close()
    box, again = opened(), HeraldPortal()
    courier = sent_by(box, again)
    assert courier.stop(WAIT)
    assert again.told.empty()


@pytest.mark.logs(r"transport failed to give up an upload, or to tell how an item ended")
def test_a_crash_before_it_is_noted_costs_one_request(opened: Opened, sent_by: SentBy) -> None:
    dying = threading.Event()

    def die(_: str) -> bool:
        dying.set()
        raise RuntimeError("after the receiver heard it")

    box = opened()
    item = accepted(box)
    box.withdraw(item.item_id).result(WAIT)
    courier = sent_by(box, HeraldPortal(hears=die))
    assert dying.wait(WAIT)
    assert courier.stop(WAIT)
    assert box.close()
    box, again = opened(), HeraldPortal()
    courier = sent_by(box, again)
    assert heard_of(again, 1)[0][0] == item.item_id
    assert courier.stop(WAIT)
    assert untold(box) == []


def test_what_its_receiver_does_not_hear_is_in_nobodys_way(opened: Opened, sent_by: SentBy) -> None:
    box = opened()
    odd, *others = [accepted(box) for _ in range(4)]
    for one in (odd, *others):
        box.withdraw(one.item_id).result(WAIT)
    portal = HeraldPortal(hears=lambda item_id: item_id != odd.item_id)
    courier = sent_by(box, portal)
    heard: list[str] = []
    while len(heard) < 3:
        item_id, _, known = portal.told.get(timeout=WAIT)
        heard += [item_id] if known else []
    assert heard == [one.item_id for one in others]
    assert courier.stop(WAIT)
    assert untold(box) == [odd.item_id]


def test_a_silent_receiver_is_tried_with_growing_pauses_and_at_once_when_the_line_is_back(
    opened: Opened, sent_by: SentBy
) -> None:
    clock = ManualClock()
    box = opened(clock=clock)
    item = accepted(box)
    box.withdraw(item.item_id).result(WAIT)
    portal = HeraldPortal(hears=lambda _: False)
    courier = sent_by(
        box, portal, clock=clock, rng=random.Random(1),
        policy=replace(HASTY, shortest_s=60.0, longest_s=600.0),
    )  # fmt: skip
    heard_of(portal, 1)
    courier.nudge()  # no step of the clock: without this nothing would come
    heard_of(portal, 1)
    portal.hears = lambda _: True
    courier.nudge()
    assert heard_of(portal, 1) == [(item.item_id, "outbox.withdrawn", True)]
    assert courier.stop(WAIT)


def test_what_was_brought_back_and_ended_anew_is_told_anew(opened: Opened, sent_by: SentBy) -> None:
    box = opened()
    item = accepted(box)
    portal = HeraldPortal(BUSY)
    courier = sent_by(box, portal, policy=replace(HASTY, tries=1))
    assert heard_of(portal, 1) == [(item.item_id, "outbox.tries_used_up", True)]
    assert courier.stop(WAIT)
    assert untold(box) == []
    assert box.retry(item.item_id).result(WAIT)
    assert untold(box) == []
    portal = HeraldPortal(Rejected("portal.bad"))
    courier = sent_by(box, portal)
    assert heard_of(portal, 1) == [(item.item_id, "portal.bad", True)]
    assert courier.stop(WAIT)


def test_an_answer_to_an_earlier_end_says_nothing_of_a_later_one(opened: Opened) -> None:
    box = opened()
    item = accepted(box)
    box.withdraw(item.item_id).result(WAIT)
    (ending,) = box.endings().result(WAIT)
    box.told(replace(ending, moment=ending.moment - 1.0)).result(WAIT)
    assert untold(box) == [item.item_id]
    box.told(ending).result(WAIT)
    assert untold(box) == []


@pytest.mark.logs(r"the disk is full|outbox not checkpointed")
def test_a_full_disk_forgets_no_end(opened: Opened, disk: FaultyDisk) -> None:
    box = opened(vfs=disk.vfs_name)
    first, second = accepted(box), accepted(box)
    box.withdraw(first.item_id).result(WAIT)
    (ending,) = box.endings().result(WAIT)
    disk.fail(apsw.FullError, "write")
    with pytest.raises(OutboxStorageError):
        box.told(ending).result(WAIT)
    with pytest.raises(OutboxStorageError):
        box.withdraw(second.item_id).result(WAIT)
    disk.heal()
    assert untold(box) == [first.item_id]
    box.told(ending).result(WAIT)
    box.withdraw(second.item_id).result(WAIT)
    assert untold(box) == [second.item_id]


def test_what_was_changed_is_told_as_spoiled(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    pending, ended = accepted(box), accepted(box)
    box.withdraw(ended.item_id).result(WAIT)
    assert box.close()
    edit(tmp_path, "UPDATE item SET attributes = '{}' || ' '")
    spoiled = {one.item.item_id: one.spoiled for one in opened().endings().result(WAIT)}
    assert spoiled[pending.item_id]


def test_an_end_that_somebody_made_up_is_told_as_spoiled(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    item = accepted(box)
    assert box.close()
    edit(
        tmp_path,
        "UPDATE item SET state = 'rejected', verdict = 'portal.bad', live = 0, ended = accepted",
    )
    (ending,) = opened().endings().result(WAIT)
    assert (ending.item.item_id, ending.spoiled) == (item.item_id, True)


def test_the_end_is_told_by_the_clock_as_it_is_set_now(opened: Opened) -> None:
    clock = ManualClock()
    box = opened(clock=clock)
    item = accepted(box)
    clock.advance(3600)
    box.withdraw(item.item_id).result(WAIT)
    (ending,) = box.endings().result(WAIT)
    view = box.get(item.item_id).result(WAIT)
    assert view is not None
    passed = datetime.fromisoformat(ending.at) - datetime.fromisoformat(view.accepted_at)
    assert passed.total_seconds() == 3600


@pytest.mark.parametrize("column", ["ended", "accepted_wall"])
@pytest.mark.parametrize("value", ["1e300", "-1e300", "9e999"])
def test_a_forged_time_keeps_nobody_from_being_told(
    opened: Opened, sent_by: SentBy, tmp_path: Path, column: str, value: str
) -> None:
    box = opened()
    forged = accepted(box)
    assert box.close()
    edit(tmp_path, "UPDATE item SET destination = 'elsewhere'")
    assert opened().close()
    edit(tmp_path, f"UPDATE item SET {column} = {value}")
    box, portal = opened(), HeraldPortal()
    honest = accepted(box)
    box.withdraw(honest.item_id).result(WAIT)
    courier = sent_by(box, portal)
    while portal.told.get(timeout=WAIT)[0] != honest.item_id:
        pass
    assert courier.stop(WAIT)
    assert untold(box) == []
    view = box.get(forged.item_id).result(WAIT)
    assert view is None or view.accepted_at, "it can be looked at, unless it is too old"
