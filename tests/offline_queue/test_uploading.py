"""The courier and attachments: they go first, whole, and what has arrived is not sent again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue

import pytest
from outbox_helpers import HASTY, ROOMY, WAIT, Portal, Watch, an_attachment, an_item, edit

from offline_queue import (
    AttachmentView,
    Courier,
    Interrupted,
    ItemState,
    ItemView,
    ManualClock,
    NewItem,
    NotReached,
    Outbox,
    Parcel,
    Rejected,
    RetryLater,
    Uploaded,
    UploadVerdict,
    Verdict,
    new_item_id,
)

Opened = Callable[..., Outbox]
SentBy = Callable[..., Courier]


@dataclass
class Received:
    """What a receiver has of one attachment."""

    chunks: list[bytes] = field(default_factory=list)
    sent: int = 0


class UploadPortal(Portal):
    """Takes attachments, too; ``cut`` says whether the line breaks before the next chunk."""

    def __init__(
        self,
        cut: Callable[[], UploadVerdict | None] = lambda: None,
        forgets: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__()
        self.cut = cut
        self.forgets = forgets
        self.asked: SimpleQueue[str] = SimpleQueue()
        self.received: dict[str, Received] = {}
        self.remembered: list[str] = []

    def upload(self, item: ItemView, view: AttachmentView, parcel: Parcel) -> UploadVerdict:
        assert item.item_id not in self.applied
        self.remembered.append(view.upload)
        if not view.upload:
            parcel.began(view, f"upload-of-{view.key}")
        received = self.received.setdefault(view.key, Received())
        while len(received.chunks) < view.chunks:
            if parcel.stopping:
                return Interrupted()
            if (broken := self.cut()) is not None:
                return broken
            received.chunks.append(parcel.chunk(view, len(received.chunks)))
            received.sent += 1
        return Uploaded()

    def give_up(self, upload: str) -> bool:
        self.asked.put(upload)
        return self.forgets()


def test_attachments_go_before_their_item_and_resume(opened: Opened, sent_by: SentBy) -> None:
    cuts = iter([None, NotReached("network.reset"), None, RetryLater("portal.internal"), None])
    watch, portal = Watch(), UploadPortal(lambda: next(cuts, None))
    box = opened(on_change=watch)
    item, content = an_item(), bytes(range(250)) * 12
    attached = [an_attachment(content), an_attachment(b"second" * 100, kind="signature")]
    box.accept(item, attached).result(WAIT)
    sent_by(box, portal)
    watch.until(ItemState.DELIVERED, item.item_id)
    assert b"".join(portal.received[attached[0].key].chunks) == content
    assert b"".join(portal.received[attached[1].key].chunks) == b"second" * 100
    assert sum(received.sent for received in portal.received.values()) == 4
    remembered = f"upload-of-{attached[0].key}"
    assert portal.remembered == ["", remembered, remembered, ""]
    assert portal.applied == {item.item_id: item.body}
    # The case itself was sent once: nothing had to be asked.
    assert [call for call, _, _ in portal.calls] == ["deliver"]


def test_until_it_is_sent_itself_an_item_can_be_taken_back(opened: Opened, sent_by: SentBy) -> None:
    watch = Watch()
    portal = UploadPortal(lambda: RetryLater("portal.maintenance", 3600.0, destination_wide=True))
    box = opened(on_change=watch)
    item = an_item()
    box.accept(item, [an_attachment(b"x" * 10)]).result(WAIT)
    sent_by(box, portal)
    watch.until_tries(1, "portal.maintenance")
    view = box.withdraw(item.item_id).result(WAIT)
    assert view is not None
    assert view.state == ItemState.WITHDRAWN
    assert portal.calls == []


def test_a_refused_attachment_is_the_items_refusal(opened: Opened, sent_by: SentBy) -> None:
    watch, portal = Watch(), UploadPortal(lambda: Rejected("portal.invalid_request"))
    box = opened(on_change=watch)
    item = an_item()
    box.accept(item, [an_attachment(b"x" * 10)]).result(WAIT)
    sent_by(box, portal)
    watch.until(ItemState.REJECTED, item.item_id)
    assert portal.calls == []
    assert box.chunk(item.item_id, 1, 0).result(WAIT) is None


@pytest.mark.logs(r"outbox attachment spoiled")
def test_a_chunk_that_is_spoiled_under_way_ends_it(opened: Opened, sent_by: SentBy) -> None:
    class Astray(UploadPortal):
        def upload(self, item: ItemView, view: AttachmentView, parcel: Parcel) -> UploadVerdict:
            return super().upload(item, replace(view, size=view.size + 1), parcel)

    watch, portal = Watch(), Astray()
    box = opened(on_change=watch)
    item = an_item()
    box.accept(item, [an_attachment(b"x" * 3000)]).result(WAIT)
    sent_by(box, portal)
    watch.until(ItemState.DEAD, item.item_id)
    view = box.get(item.item_id).result(WAIT)
    assert view is not None
    assert view.verdict == "outbox.tampered"
    assert portal.applied == {}


def test_stopping_does_not_wait_for_a_long_upload(opened: Opened, sent_by: SentBy) -> None:
    under_way, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        under_way.set()
        assert go_on.wait(WAIT)

    portal = UploadPortal(wait)
    box = opened()
    item = an_item()
    box.accept(item, [an_attachment(b"x" * 100_000)]).result(WAIT)
    courier = sent_by(box, portal)
    assert under_way.wait(WAIT)
    assert not courier.stop(0.0)
    go_on.set()
    assert courier.stop(WAIT)
    view = box.get(item.item_id).result(WAIT)
    assert view is not None
    assert (view.state, view.attempts) == (ItemState.QUEUED, 0)
    assert sum(received.sent for received in portal.received.values()) == 1


def test_a_transport_that_carries_none_leaves_them_waiting(opened: Opened, sent_by: SentBy) -> None:
    watch, portal = Watch(), Portal()
    box = opened(on_change=watch)
    item = an_item()
    box.accept(item, [an_attachment(b"x" * 10)]).result(WAIT)
    sent_by(box, portal)
    watch.until_tries(2, "outbox.no_uploads")
    assert portal.calls == []


# --- what an item that ended has left at its receiver ---------------------------------------------


def test_what_was_uploaded_in_vain_is_given_up_and_asked_again_until_it_is(
    opened: Opened, sent_by: SentBy
) -> None:
    answers = iter([False, False, True])
    watch = Watch()
    portal = UploadPortal(lambda: Rejected("portal.invalid_request"), lambda: next(answers))
    box = opened(on_change=watch)
    item, attached = an_item(), an_attachment(b"x" * 10)
    box.accept(item, [attached]).result(WAIT)
    courier = sent_by(box, portal)
    upload = f"upload-of-{attached.key}"
    assert [portal.asked.get(timeout=WAIT) for _ in range(3)] == [upload] * 3
    assert courier.stop(WAIT)
    assert box.leavings().result(WAIT) == []
    assert box.timeline(item.item_id).result(WAIT)[-1].kind == "upload_ended"


@pytest.mark.logs(r"transport failed to give up an upload")
def test_a_crash_before_it_is_noted_costs_one_request(
    opened: Opened, sent_by: SentBy, tmp_path: Path
) -> None:
    dying = threading.Event()

    def die() -> bool:
        dying.set()
        raise RuntimeError("after the receiver did it")

    portal = UploadPortal(lambda: Rejected("portal.invalid_request"), die)
    box = opened()
    box.accept(an_item(), [an_attachment(b"x" * 10)]).result(WAIT)
    courier = sent_by(box, portal)
    assert dying.wait(WAIT)
    assert courier.stop(WAIT)
    assert box.close()
    box, again = opened(), UploadPortal()
    courier = sent_by(box, again)
    again.asked.get(timeout=WAIT)
    assert courier.stop(WAIT)
    assert box.leavings().result(WAIT) == []


def with_an_upload(box: Outbox, sent_by: SentBy, verdict: Verdict | None) -> NewItem:
    """An item whose attachment is at its receiver, and which was answered with ``verdict``."""
    watch = Watch()
    unlisten = box.listen(watch)
    portal = UploadPortal()
    portal.script = lambda call, item: verdict
    item = an_item(case=new_item_id())
    box.accept(item, [an_attachment(b"x" * 10)]).result(WAIT)
    courier = sent_by(box, portal, policy=replace(HASTY, tries=1))
    watch.until(ItemState.DELIVERED if verdict is None else ItemState.DEAD, item.item_id)
    assert courier.stop(WAIT)
    unlisten()
    return item


def test_what_may_yet_be_needed_is_left(opened: Opened, sent_by: SentBy) -> None:
    box = opened()
    with_an_upload(box, sent_by, None)
    dead = with_an_upload(box, sent_by, RetryLater("busy"))
    assert box.leavings().result(WAIT) == []
    assert box.attachments(dead.item_id).result(WAIT)[0].upload


def test_what_was_tampered_with_is_given_up_and_a_forged_name_is_not(
    opened: Opened, sent_by: SentBy, tmp_path: Path
) -> None:
    box = opened()
    items = [with_an_upload(box, sent_by, RetryLater("busy")) for _ in range(2)]
    for item in items:
        assert box.retry(item.item_id).result(WAIT)
    assert box.close()
    edit(
        tmp_path,
        "UPDATE item SET destination = 'elsewhere'",
        "UPDATE attachment SET upload = 'another' WHERE no = 2",
    )
    left = opened().leavings().result(WAIT)
    assert [one.item_id for one in left] == [items[0].item_id]


def test_what_has_expired_long_ago_is_asked_of_nobody(opened: Opened) -> None:
    clock = ManualClock()
    box = opened(clock=clock)
    item = an_item()
    box.accept(item, [an_attachment(b"x" * 10)]).result(WAIT)
    box.note_upload(item.item_id, 1, "upload").result(WAIT)
    box.withdraw(item.item_id).result(WAIT)
    clock.advance(ROOMY.uploads_kept_s - 1)
    assert len(box.leavings().result(WAIT)) == 1
    clock.advance(2)
    assert box.leavings().result(WAIT) == []
