"""What befalls an outbox from outside: its log damaged, exchanged or gone, reads that fail, a
thousand terminals coming back at once, receivers that change their keys."""

from __future__ import annotations

import heapq
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from joserfc import jwe
from joserfc.jwk import ECKey
from outbox_helpers import HASTY, WAIT, FaultyDisk, Portal, Watch, an_item

from offline_queue import (
    Courier,
    CourierPolicy,
    Delivered,
    ItemState,
    ItemView,
    ManualClock,
    NewItem,
    NotReached,
    Outbox,
    OutboxError,
    Refusal,
    RetryLater,
    Sealer,
    Verdict,
)
from offline_queue.attempts import Attempts
from offline_queue.moves import Claim

Opened = Callable[..., Outbox]
SentBy = Callable[..., Courier]


def filled(box: Outbox, count: int, size: int = 3000) -> dict[str, bytes]:
    bodies: dict[str, bytes] = {}
    for number in range(count):
        item = an_item(f"case-{number}", body=random.Random(number).randbytes(size))
        assert isinstance(box.accept(item).result(WAIT), ItemView)
        bodies[item.item_id] = item.body
    return bodies


def named(box: Outbox) -> set[str]:
    return {*box.verification.missing, *box.verification.tampered, *box.verification.damaged}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.logs(r"outbox storage failed", r"outbox not checkpointed")
def test_damage_to_the_log_while_it_runs_is_never_sent_and_never_silent(
    opened: Opened, tmp_path: Path, seed: int
) -> None:
    box = opened()
    bodies = filled(box, 20)
    rng = random.Random(seed)
    with (tmp_path / "outbox" / "outbox.db-wal").open("r+b") as log:
        size = log.seek(0, 2)
        for _ in range(40):
            log.seek(rng.randrange(size))
            log.write(rng.randbytes(64))
    sent: dict[str, bytes | None] = {}
    try:
        claims = box.claim("440500", 100, 1e9).result(WAIT)
        sent = {claim.item.item_id: claim.body for claim in claims}
    except OutboxError:
        pass  # noticed on the spot; the store has been opened anew
    assert sent.items() <= bodies.items()
    box.close()
    box = opened()
    held = {view.item_id: view.state for view in box.items().result(WAIT)}
    assert bodies.keys() - held.keys() <= named(box)
    for item_id in named(box) & held.keys():
        assert held[item_id] == ItemState.DEAD
    again = {claim.item.item_id: claim.body for claim in box.claim("440500", 100, 1e9).result(WAIT)}
    assert {item_id: body for item_id, body in again.items() if body}.items() <= bodies.items()
    assert isinstance(box.accept(an_item("new")).result(WAIT), ItemView)


@pytest.mark.parametrize("fate", ["gone", "another's", "cut"])
def test_a_log_that_is_not_the_one_it_wrote_is_noticed(
    opened: Opened, tmp_path: Path, fate: str
) -> None:
    box = opened()
    filled(box, 3)
    box.checkpoint().result(WAIT)
    lost = filled(box, 4, size=5000)
    copy, log = tmp_path / "copy", tmp_path / "copy" / "outbox.db-wal"
    shutil.copytree(tmp_path / "outbox", copy)  # as a power cut leaves it: with its log
    if fate == "gone":
        log.unlink()
    elif fate == "cut":
        log.write_bytes(log.read_bytes()[:10_000])
    else:
        other = opened(tmp_path / "other")
        filled(other, 9)
        log.write_bytes((tmp_path / "other" / "outbox.db-wal").read_bytes())
    box = opened(copy)
    held = {view.item_id for view in box.items().result(WAIT)}
    assert lost.keys() - held <= named(box)
    assert lost.keys() & named(box)
    assert isinstance(box.accept(an_item("new")).result(WAIT), ItemView)


@pytest.mark.logs(r"outbox storage failed")
def test_a_failing_read_is_a_storage_error_and_loses_nothing(
    opened: Opened, disk: FaultyDisk
) -> None:
    box = opened(vfs=disk.vfs_name)
    bodies = filled(box, 50, size=60_000)  # more than SQLite keeps in memory
    disk.fail(apsw.IOError, "read")
    failed = box.claim("440500", 32, 1e9).exception(WAIT)
    assert isinstance(failed, OutboxError)
    refused = box.accept(an_item("new")).result(WAIT)
    assert isinstance(refused, Refusal)
    assert refused.code == "outbox.storage_failed"
    disk.heal()
    claims = box.claim("440500", 100, 1e9).result(WAIT)
    assert {claim.item.item_id: claim.body for claim in claims} == bodies
    assert box.verify().result(WAIT).sound


def test_what_is_older_than_the_receivers_memory_is_asked_about_first(
    opened: Opened, sent_by: SentBy
) -> None:
    clock, watch = ManualClock(), Watch()
    box = opened(clock=clock, on_change=watch)
    portal = Portal(lambda call, item: RetryLater("portal.busy"))
    policy = CourierPolicy(shortest_s=1.0, longest_s=2.0, ask_after_s=86400.0)
    item = an_item()
    box.accept(item).result(WAIT)
    sent_by(box, portal, policy=policy, clock=clock)
    watch.until_tries(1, "portal.busy")
    portal.script = None
    clock.advance(2 * 86400.0)
    watch.until(ItemState.DELIVERED, item.item_id)
    assert [call for call, _, _ in portal.calls] == ["deliver", "ask", "deliver"]
    assert portal.applied == {item.item_id: item.body}


# --- many terminals -------------------------------------------------------------------------------


class _Down:
    """A destination away until ``back``."""

    def __init__(self, clock: ManualClock, back: float) -> None:
        self.clock, self.back = clock, back

    def deliver(self, item: ItemView, body: bytes) -> Verdict:
        return Delivered({}) if self.clock.monotonic() >= self.back else NotReached("down")

    def ask(self, item: ItemView) -> Verdict:
        raise AssertionError("nothing was ever sent")


@pytest.fixture(scope="module")
def a_claim(tmp_path_factory: pytest.TempPathFactory) -> Claim:
    box = Outbox.open(tmp_path_factory.mktemp("herd") / "box")
    box.accept(an_item()).result(WAIT)
    [claim] = box.claim("440500", 1, 1e9).result(WAIT)
    box.close()
    return claim


@pytest.mark.parametrize("outage_s", [60.0, 7200.0])
def test_a_thousand_terminals_do_not_come_back_together(a_claim: Claim, outage_s: float) -> None:
    """All lose the portal in the same second; it hears of them spread, one probe each."""
    clock, policy = ManualClock(), CourierPolicy()
    start = clock.monotonic()
    down = _Down(clock, start + outage_s)
    herd = [Attempts(down, policy, clock, random.Random(seed)) for seed in range(1000)]
    coming = [(start, number, 0) for number in range(len(herd))]
    returned: list[float] = []
    probes: Counter[int] = Counter()
    while coming:
        moment, number, tries = heapq.heappop(coming)
        clock.advance(moment - clock.monotonic())
        allowed, probing = herd[number].allowance("440500")
        assert allowed == (1 if probing else policy.group)
        settlement = herd[number].make("440500", a_claim)
        if probing:
            herd[number].probed("440500")
        if isinstance(settlement.verdict, Delivered):
            assert probing
            returned.append(moment)
            continue
        probes[int(moment)] += 1
        later = moment + max(settlement.delay_s, 0.1) if tries < 5 else moment
        heapq.heappush(coming, (max(later, herd[number].open_until("440500")), number, tries + 1))
    longest = max(returned) - down.back
    assert longest <= policy.longest_s
    in_a_second = Counter(int(moment) for moment in returned).most_common(1)[0][1]
    # Even would be 1,000 over the length of a pause; a herd would be all in one second.
    pause = min(policy.longest_s, outage_s) / 2
    assert in_a_second <= 4 * len(herd) / pause + 10
    if outage_s > 3600:
        late = [count for second, count in probes.items() if second > start + 3000]
        assert max(late) <= 20


def test_while_a_probe_is_under_way_nobody_else_tries(a_claim: Claim) -> None:
    clock = ManualClock()
    attempts = Attempts(
        _Down(clock, clock.monotonic() + 100.0), CourierPolicy(), clock, random.Random(1)
    )
    for _ in range(5):
        attempts.make("440500", a_claim)
    assert attempts.allowance("440500") == (0, False)
    clock.advance(101.0)
    assert attempts.allowance("440500") == (1, True)
    assert attempts.allowance("440500") == (0, False)
    assert attempts.allowance("440100") == (CourierPolicy().group, False)
    attempts.make("440500", a_claim)
    attempts.probed("440500")
    assert attempts.allowance("440500") == (CourierPolicy().group, False)


# --- keys -----------------------------------------------------------------------------------------


def test_what_waits_outlives_its_receivers_change_of_keys(opened: Opened, sent_by: SentBy) -> None:
    keys = {kid: ECKey.generate_key("P-256") for kid in ("old", "new")}
    published = [
        {**key.as_dict(private=False), "kid": kid, "receiver": "440500", "not_after": end}
        for (kid, key), end in zip(keys.items(), (9_000_000_000, 9_900_000_000), strict=True)
    ]
    watch, portal = Watch(), Portal(lambda call, item: NotReached("down"))
    box = opened(on_change=watch)
    sealed: dict[str, bytes] = {}
    for number, known in enumerate((published[:1], published, published[1:])):
        item = an_item(f"c{number}")
        header = {"key": item.item_id}
        text = Sealer({"keys": known}).seal(b"said", receiver="440500", header=header)
        sealed[item.item_id] = text.encode()
        box.accept(NewItem(item.item_id, "440500", item.case_id, "case", text.encode()))
    sent_by(box, portal, policy=HASTY)
    watch.until_tries(3, "down")
    portal.script = None
    watch.until(ItemState.DELIVERED, *sealed)
    assert portal.applied == sealed
    known_headers = jwe.JWERegistry(
        algorithms=["ECDH-ES+A256KW", "A256GCM"], strict_check_header=False
    )
    for body, kid in zip(sealed.values(), ("old", "new", "new"), strict=True):
        arrived = jwe.decrypt_compact(body, keys[kid], registry=known_headers)
        assert (arrived.plaintext, arrived.headers()["kid"]) == (b"said", kid)
