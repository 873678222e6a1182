"""The courier against a scripted receiver: ambiguity, order, outages, restarts."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from outbox_helpers import WAIT, Portal, Watch, an_item

from offline_queue import (
    Courier,
    CourierPolicy,
    Delivered,
    ItemState,
    ItemView,
    ManualClock,
    NoAnswer,
    NotReached,
    OnRejection,
    Outbox,
    Rejected,
    RetryLater,
    Verdict,
)
from offline_queue.policy import Breaker, BreakerState

pytestmark = pytest.mark.logs(r"transport failed")

Opened = Callable[..., Outbox]
SentBy = Callable[..., Courier]


def test_delivers_with_receipt(opened: Opened, sent_by: SentBy) -> None:
    watch, portal = Watch(), Portal()
    box = opened(on_change=watch)
    sent_by(box, portal)
    item = an_item()
    box.accept(item).result(WAIT)
    watch.until(ItemState.DELIVERED, item.item_id)
    view = box.get(item.item_id).result(WAIT)
    assert view is not None
    assert (view.receipt, view.attempts) == ({"case_no": "no-1"}, 1)
    assert portal.applied == {item.item_id: item.body}


def test_no_answer_is_asked_about_and_found_delivered(opened: Opened, sent_by: SentBy) -> None:
    watch = Watch()

    def script(call: str, item: ItemView) -> Verdict | None:
        if call == "deliver":
            portal.apply(item.item_id, b"as applied")
            return NoAnswer("timeout")
        return None

    portal = Portal(script)
    box = opened(on_change=watch)
    item = an_item()
    sent_by(box, portal)
    box.accept(item).result(WAIT)
    watch.until(ItemState.DELIVERED, item.item_id)
    assert [call for call, _, _ in portal.calls] == ["deliver", "ask"]
    assert ItemState.UNKNOWN in watch.states[item.item_id]
    assert not {ItemState.REJECTED, ItemState.DEAD} & set(watch.states[item.item_id])


def test_not_there_sends_the_same_bytes_and_key_again(opened: Opened, sent_by: SentBy) -> None:
    watch, failures = Watch(), iter([NoAnswer("reset"), NoAnswer("reset")])
    portal = Portal(lambda call, item: next(failures, None) if call == "deliver" else None)
    box = opened(on_change=watch)
    item = an_item()
    sent_by(box, portal)
    box.accept(item).result(WAIT)
    watch.until(ItemState.DELIVERED, item.item_id)
    calls = [call for call, _, _ in portal.calls]
    assert calls == ["deliver", "ask", "deliver", "ask", "deliver"]
    sent = {(key, body) for call, key, body in portal.calls if call == "deliver"}
    assert sent == {(item.item_id, item.body)}


def test_asking_goes_on_until_it_is_answered(opened: Opened, sent_by: SentBy) -> None:
    watch = Watch()
    answers = iter([NoAnswer("x"), NotReached("y"), RetryLater("z"), Delivered({"n": 1})])
    portal = Portal(
        lambda call, item: next(answers) if call == "ask" else NoAnswer("timeout"),
    )
    box = opened(on_change=watch)
    item = an_item()
    sent_by(box, portal)
    box.accept(item).result(WAIT)
    watch.until(ItemState.DELIVERED, item.item_id)
    assert Counter(call for call, _, _ in portal.calls) == {"deliver": 1, "ask": 4}


def test_a_transport_that_raises_is_no_answer(opened: Opened, sent_by: SentBy) -> None:
    watch, broken = Watch(), iter([True])

    def script(call: str, item: ItemView) -> Verdict | None:
        if next(broken, False):
            raise RuntimeError("a bug in the transport")
        return None

    portal = Portal(script)
    box = opened(on_change=watch)
    item = an_item()
    sent_by(box, portal)
    box.accept(item).result(WAIT)
    watch.until(ItemState.DELIVERED, item.item_id)
    assert ItemState.UNKNOWN in watch.states[item.item_id]
    assert [call for call, _, _ in portal.calls] == ["deliver", "ask", "deliver"]


def test_a_case_is_delivered_in_order_through_failures(opened: Opened, sent_by: SentBy) -> None:
    rng, watch = random.Random(7), Watch()

    def script(call: str, item: ItemView) -> Verdict | None:
        if call == "deliver" and rng.random() < 0.5:
            return rng.choice([NotReached("n"), NoAnswer("a"), RetryLater("r")])
        return None

    portal = Portal(script)
    box = opened(on_change=watch)
    items = [an_item(f"case-{number % 3}") for number in range(24)]
    for item in items:
        box.accept(item).result(WAIT)
    sent_by(box, portal)
    watch.until(ItemState.DELIVERED, *(item.item_id for item in items))
    for case in range(3):
        ours = [item.item_id for item in items[case::3]]
        assert [key for key in portal.order if key in ours] == ours


def test_a_hanging_destination_holds_up_no_other(opened: Opened, sent_by: SentBy) -> None:
    watch, hang = Watch(), threading.Event()

    def script(call: str, item: ItemView) -> Verdict | None:
        if item.destination == "440100":
            hang.wait(WAIT)
            return NoAnswer("timeout")
        return None

    box = opened(on_change=watch)
    stuck = [an_item(f"s{n}", "440100") for n in range(5)]
    fine = [an_item(f"f{n}", "440500") for n in range(20)]
    courier = sent_by(box, Portal(script))
    for item in (*stuck, *fine):
        box.accept(item).result(WAIT)
    watch.until(ItemState.DELIVERED, *(item.item_id for item in fine))
    assert not courier.stop(0.0)  # it does not wait for the network
    hang.set()
    assert courier.stop(WAIT)
    summary = box.summary().result(WAIT)
    assert summary.counts[ItemState.DELIVERED] == 20
    assert summary.destinations["440100"].pending == 5
    assert summary.destinations["440500"].pending == 0


def test_a_hanging_case_holds_up_no_other_of_its_destination(
    opened: Opened, sent_by: SentBy
) -> None:
    watch, hanging, go_on = Watch(), threading.Event(), threading.Event()

    def script(call: str, item: ItemView) -> Verdict | None:
        if item.case_id == "slow":
            hanging.set()
            assert go_on.wait(WAIT)
        return None

    box = opened(on_change=watch)
    sent_by(box, Portal(script))
    slow = an_item("slow")
    box.accept(slow).result(WAIT)
    assert hanging.wait(WAIT)
    others = [an_item(f"case-{number}") for number in range(5)]
    for item in others:
        box.accept(item).result(WAIT)
    watch.until(ItemState.DELIVERED, *(item.item_id for item in others))
    assert watch.states[slow.item_id][-1] == ItemState.IN_FLIGHT
    go_on.set()
    watch.until(ItemState.DELIVERED, slow.item_id)


def test_a_hanging_case_holds_up_none_that_was_claimed_with_it(
    opened: Opened, sent_by: SentBy
) -> None:
    watch, go_on = Watch(), threading.Event()

    def script(call: str, item: ItemView) -> Verdict | None:
        if item.case_id == "slow":
            assert go_on.wait(WAIT)
        return None

    box = opened(on_change=watch)
    slow, *others = [an_item(case) for case in ("slow", "a", "b", "c")]
    for item in (slow, *others):
        box.accept(item).result(WAIT)
    sent_by(box, Portal(script))
    watch.until(ItemState.DELIVERED, *(item.item_id for item in others))
    assert watch.states[slow.item_id][-1] == ItemState.IN_FLIGHT
    go_on.set()
    watch.until(ItemState.DELIVERED, slow.item_id)


def test_parallel_workers_keep_the_order_of_each_case_and_leave_room_for_other_destinations(
    opened: Opened, sent_by: SentBy
) -> None:
    watch, together, most = Watch(), threading.Semaphore(0), 4
    busy: Counter[str] = Counter()
    at_once: Counter[str] = Counter()
    lock = threading.Lock()

    def script(call: str, item: ItemView) -> Verdict | None:
        with lock:
            busy[item.destination] += 1
            at_once[item.destination] = max(at_once[item.destination], busy[item.destination])
            if busy["crowded"] == most:
                together.release(most)
        if item.destination == "crowded":
            assert together.acquire(timeout=WAIT)  # until all of the team are here
            together.release()
        with lock:
            busy[item.destination] -= 1
        return None

    box, portal = opened(on_change=watch), Portal(script)
    items = [an_item(f"case-{n % 8}", "crowded") for n in range(40)] + [
        an_item("case-1", "quiet") for _ in range(3)
    ]
    for future in [box.accept(item) for item in items]:
        future.result(WAIT)
    sent_by(box, portal, policy=CourierPolicy(workers=16, lanes=most, group=2))
    watch.until(ItemState.DELIVERED, *(item.item_id for item in items))
    assert at_once == {"crowded": most, "quiet": 1}
    seqs: dict[tuple[str, str], list[int]] = {}
    for item in items:
        seqs.setdefault((item.destination, item.case_id), []).append(
            portal.order.index(item.item_id)
        )
    assert all(places == sorted(places) for places in seqs.values())


def test_a_rejected_head_blocks_its_case_until_released(opened: Opened, sent_by: SentBy) -> None:
    watch = Watch()
    portal = Portal(
        lambda call, item: Rejected("form_rejected") if item.operation == "bad" else None
    )
    box = opened(on_change=watch)
    bad, after, elsewhere = an_item("a", operation="bad"), an_item("a"), an_item("b")
    for item in (bad, after, elsewhere):
        box.accept(item).result(WAIT)
    sent_by(box, portal)
    watch.until(ItemState.REJECTED, bad.item_id)
    watch.until(ItemState.DELIVERED, elsewhere.item_id)
    waiting = box.get(after.item_id).result(WAIT)
    assert waiting is not None
    assert waiting.state == ItemState.QUEUED
    assert box.summary().result(WAIT).blocked_cases == 1
    assert box.release("440500", "a").result(WAIT)
    watch.until(ItemState.DELIVERED, after.item_id)
    assert not box.release("440500", "a").result(WAIT)


def test_a_rejected_item_nothing_builds_on_is_skipped(opened: Opened, sent_by: SentBy) -> None:
    watch = Watch()
    portal = Portal(lambda call, item: Rejected("late") if item.operation == "grade" else None)
    box = opened(on_change=watch)
    grade = an_item("a", operation="grade", on_rejection=OnRejection.SKIP)
    after = an_item("a")
    for item in (grade, after):
        box.accept(item).result(WAIT)
    sent_by(box, portal)
    watch.until(ItemState.DELIVERED, after.item_id)
    watch.until(ItemState.REJECTED, grade.item_id)


def test_tries_end_in_dead_and_retry_brings_it_back(opened: Opened, sent_by: SentBy) -> None:
    watch, refuse = Watch(), threading.Event()
    refuse.set()
    portal = Portal(lambda call, item: RetryLater("internal") if refuse.is_set() else None)
    box = opened(on_change=watch)
    policy = CourierPolicy(shortest_s=0.001, longest_s=0.002, tries=4, ask_every=1000)
    item = an_item()
    box.accept(item).result(WAIT)
    sent_by(box, portal, policy=policy)
    watch.until(ItemState.DEAD, item.item_id)
    assert len(portal.calls) == 4
    refuse.clear()
    view = box.retry(item.item_id).result(WAIT)
    assert view is not None
    watch.until(ItemState.DELIVERED, item.item_id)
    assert portal.applied == {item.item_id: item.body}


def test_refused_often_it_is_asked_about(opened: Opened, sent_by: SentBy) -> None:
    watch = Watch()
    portal = Portal(lambda call, item: RetryLater("internal") if call == "deliver" else None)
    box = opened(on_change=watch)
    item = an_item()
    box.accept(item).result(WAIT)
    policy = CourierPolicy(shortest_s=0.001, longest_s=0.002, ask_every=3, tries=6)
    sent_by(box, portal, policy=policy)
    watch.until(ItemState.DEAD, item.item_id)
    calls = [call for call, _, _ in portal.calls]
    assert calls[:4] == ["deliver", "deliver", "deliver", "ask"]


def test_what_was_in_flight_at_a_crash_is_asked_about(opened: Opened, sent_by: SentBy) -> None:
    box = opened()
    item = an_item()
    box.accept(item).result(WAIT)
    (claim,) = box.claim("440500", 8, 1e9).result(WAIT)
    portal = Portal()
    portal.deliver(claim.item, claim.body or b"")  # applied, but the answer never recorded
    box.close()
    watch = Watch()
    box = opened(on_change=watch)
    view = box.get(item.item_id).result(WAIT)
    assert view is not None
    assert view.state == ItemState.UNKNOWN
    sent_by(box, portal)
    watch.until(ItemState.DELIVERED, item.item_id)
    assert [call for call, _, _ in portal.calls] == ["deliver", "ask"]


def test_waits_for_its_time_and_a_nudge_cuts_it_short(opened: Opened, sent_by: SentBy) -> None:
    clock, watch = ManualClock(), Watch()
    away = threading.Event()
    away.set()
    portal = Portal(lambda call, item: NotReached("dns") if away.is_set() else None)
    box = opened(clock=clock, on_change=watch)
    item = an_item()
    policy = CourierPolicy(shortest_s=100.0, longest_s=600.0, breaker_failures=1)
    courier = sent_by(box, portal, policy=policy, clock=clock)
    tried = threading.Event()
    stop = box.listen(lambda view: tried.set() if view.verdict == "dns" else None)
    box.accept(item).result(WAIT)
    assert tried.wait(WAIT)
    stop()
    view = box.get(item.item_id).result(WAIT)
    assert view is not None
    assert view.next_try_at is not None
    assert view.next_try_at >= clock.wall() + 99.0
    assert box.summary().result(WAIT).destinations["440500"].breaker == BreakerState.OPEN
    away.clear()
    courier.nudge("440500")
    watch.until(ItemState.DELIVERED, item.item_id)
    assert len(portal.calls) == 2


def test_time_passing_brings_the_next_try(opened: Opened, sent_by: SentBy) -> None:
    clock, watch, first = ManualClock(), Watch(), iter([RetryLater("busy", after_s=50.0)])
    portal = Portal(lambda call, item: next(first, None))
    box = opened(clock=clock, on_change=watch)
    item = an_item()
    sent_by(box, portal, clock=clock)
    tried = threading.Event()
    stop = box.listen(lambda view: tried.set() if view.verdict == "busy" else None)
    box.accept(item).result(WAIT)
    assert tried.wait(WAIT)
    stop()
    clock.advance(49.0)
    assert box.due().result(WAIT)["440500"] > clock.monotonic()
    clock.advance(2.0)
    watch.until(ItemState.DELIVERED, item.item_id)


def test_expires_while_unreachable(opened: Opened, sent_by: SentBy) -> None:
    clock, watch = ManualClock(), Watch()
    box = opened(clock=clock, on_change=watch)
    portal = Portal(lambda call, item: NotReached("no_route"))
    item = an_item(expires_after_s=8.0)
    policy = CourierPolicy(shortest_s=100.0)
    sent_by(box, portal, policy=policy, clock=clock)
    tried = threading.Event()
    stop = box.listen(lambda view: tried.set() if view.verdict == "no_route" else None)
    box.accept(item).result(WAIT)
    assert tried.wait(WAIT)
    stop()
    clock.advance(8.5)
    watch.until(ItemState.WITHDRAWN, item.item_id)
    assert len(portal.calls) == 1


def test_withdrawing_against_the_courier_ends_one_way(opened: Opened, sent_by: SentBy) -> None:
    watch, portal = Watch(), Portal()
    box = opened(on_change=watch)
    sent_by(box, portal)
    for number in range(40):
        item = an_item(f"race-{number}")
        box.accept(item)
        view = box.withdraw(item.item_id).result(WAIT)
        assert view is not None
        if view.state == ItemState.WITHDRAWN:
            assert item.item_id not in portal.applied
        else:
            watch.until(ItemState.DELIVERED, item.item_id)
    counts = box.summary().result(WAIT).counts
    assert counts[ItemState.DELIVERED] == len(portal.applied)
    assert counts[ItemState.DELIVERED] + counts[ItemState.WITHDRAWN] == 40


def test_breaker_opens_probes_once_and_closes() -> None:
    policy = CourierPolicy(breaker_failures=3, breaker_open_s=10.0, longest_s=40.0)
    breaker = Breaker(policy, random.Random(1))
    for _ in range(2):
        breaker.failed(0.0)
    assert breaker.state(0.0) == BreakerState.CLOSED
    breaker.failed(0.0)
    assert breaker.state(4.9) == BreakerState.OPEN
    assert breaker.state(10.0) == BreakerState.HALF_OPEN
    breaker.failed(10.0)
    assert 20.0 <= breaker.open_until <= 30.0
    for _ in range(50):
        breaker.failed(10.0)
    assert breaker.open_until <= 50.0
    breaker.answered()
    assert breaker.state(10.0) == BreakerState.CLOSED


@pytest.mark.parametrize("tries", [0, 1, 5, 60, 5000])
def test_backoff_stays_within_its_bounds_and_spreads(tries: int) -> None:
    policy, rng = CourierPolicy(), random.Random(3)
    waits = [policy.delay(tries, rng) for _ in range(200)]
    ceiling = min(600.0, 2.0 * 2.0 ** min(tries, 40))
    assert all(2.0 <= wait <= ceiling for wait in waits)
    assert len(set(waits)) > 100 or tries == 0
    assert policy.delay(tries, rng, after_s=1e12) == 3600.0
    assert policy.delay(tries, rng, after_s=-5.0) <= ceiling


def test_half_open_sends_one_probe(opened: Opened, sent_by: SentBy) -> None:
    clock, watch = ManualClock(), Watch()
    box = opened(clock=clock, on_change=watch)
    portal = Portal(lambda call, item: NotReached("down"))
    policy = CourierPolicy(shortest_s=1.0, longest_s=100.0, breaker_failures=3, breaker_open_s=50.0)
    for number in range(10):
        box.accept(an_item(f"c{number}")).result(WAIT)
    courier = sent_by(box, portal, policy=policy, clock=clock)
    watch.until_tries(3, "down")
    assert courier.breakers()["440500"].breaker == BreakerState.OPEN
    clock.advance(51.0)
    watch.until_tries(4, "down")
    assert courier.breakers()["440500"].breaker == BreakerState.OPEN
    assert courier.stop(WAIT)
    assert len(portal.calls) == 4
