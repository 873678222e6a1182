"""The outbox against a dictionary: random sequences of everything that can happen to it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)
from outbox_helpers import WAIT, an_item

from offline_queue import (
    Delivered,
    ItemState,
    ItemView,
    Limits,
    ManualClock,
    NewItem,
    NoAnswer,
    NotReached,
    NotThere,
    OnRejection,
    Outbox,
    Refusal,
    Rejected,
    RetryLater,
    Verdict,
)
from offline_queue.moves import Claim, Settlement
from offline_queue.store import Store

LIMITS = Limits(free_bytes=0, items=12, items_per_case=5, inline_bytes=200)
CASES = [("440500", "a"), ("440500", "b"), ("440100", "a")]


@dataclass
class Model:
    """What we believe of one item."""

    item: NewItem
    seq: int
    state: ItemState = ItemState.QUEUED
    sent: bool = False
    expires_at: float | None = None
    due: float = 0.0


def stowed(store: Store) -> tuple[int, int]:
    """How many large bodies the rows speak of, and how many bytes the file has no other use for."""
    count: int = store.db.execute("SELECT count(*) FROM stowed").get
    return count, store.stowage._room.end - store.stowage.spare


class OutboxMachine(RuleBasedStateMachine):
    items = Bundle("items")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = ManualClock()
        self.believed: dict[str, Model] = {}
        self.claims: dict[str, tuple[Claim, bool]] = {}
        self.blocked: set[tuple[str, str]] = set()
        self.box = self.open()

    def open(self) -> Outbox:
        return Outbox.open(Path(self.folder.name) / "box", limits=LIMITS, clock=self.clock)

    def teardown(self) -> None:
        assert self.box.close()
        self.folder.cleanup()

    @rule(
        target=items,
        lane=st.sampled_from(CASES),
        size=st.sampled_from([10, 500]),
        expires=st.sampled_from([None, None, 30.0]),
        on_rejection=st.sampled_from(OnRejection),
    )
    def accept(
        self, lane: tuple[str, str], size: int, expires: float | None, on_rejection: OnRejection
    ) -> str:
        item = an_item()
        item = NewItem(
            item.item_id,
            *lane,
            "case",
            item.body * (size // 10),
            expires_after_s=expires,
            on_rejection=on_rejection,
        )
        ours = [m for m in self.believed.values() if (m.item.destination, m.item.case_id) == lane]
        pending = [m for m in self.believed.values() if m.state.pending]
        full = len(pending) >= LIMITS.items
        full = full or sum(m.state.pending for m in ours) >= LIMITS.items_per_case
        outcome = self.box.accept(item).result(WAIT)
        assert isinstance(outcome, Refusal if full else ItemView)
        if isinstance(outcome, ItemView):
            at = None if expires is None else self.clock.wall() + expires
            self.believed[item.item_id] = Model(item, len(ours) + 1, expires_at=at)
            assert outcome.seq == len(ours) + 1
        return item.item_id

    @rule(item_id=items)
    def accept_again(self, item_id: str) -> None:
        if item_id in self.believed:
            model = self.believed[item_id]
            outcome = self.box.accept(model.item).result(WAIT)
            assert isinstance(outcome, ItemView)
            assert outcome.state == model.state

    @rule(item_id=items)
    def withdraw(self, item_id: str) -> None:
        view = self.box.withdraw(item_id).result(WAIT)
        model = self.believed.get(item_id)
        if model is None:
            assert view is None
        elif model.state == ItemState.QUEUED and not model.sent:
            model.state = ItemState.WITHDRAWN

    @rule(destination=st.sampled_from(["440500", "440100"]), limit=st.integers(1, 3))
    def claim(self, destination: str, limit: int) -> None:
        claims = self.box.claim(destination, limit, 1e9).result(WAIT)
        heads = self.heads(destination)
        assert len(claims) == min(limit, len(heads))
        for claim in claims:
            model = self.believed[claim.item.item_id]
            assert model in heads
            asking = model.state == ItemState.UNKNOWN
            assert claim.body == (None if asking else model.item.body)
            self.claims[claim.item.item_id] = claim, model.sent
            if not asking:
                model.state, model.sent = ItemState.IN_FLIGHT, True

    @precondition(lambda self: self.claims)
    @rule(
        data=st.data(),
        delay=st.sampled_from([0.0, 0.0, 20.0]),
        verdict=st.sampled_from(
            [
                Delivered({"n": 1}),
                Rejected("no"),
                RetryLater("later"),
                NotReached("down"),
                NoAnswer("lost"),
                NotThere(),
                None,
            ]
        ),
    )
    def settle(self, data: st.DataObject, delay: float, verdict: Verdict | None) -> None:
        item_id = data.draw(st.sampled_from(sorted(self.claims)))
        claim, sent_before = self.claims.pop(item_id)
        asked = claim.body is None
        if isinstance(verdict, NotThere) and not asked:
            verdict = NoAnswer("lost")
        self.box.settle(Settlement(claim, verdict, delay)).result(WAIT)
        model = self.believed[item_id]
        model.due = self.clock.wall() + delay
        match verdict:
            case Delivered():
                model.state = ItemState.DELIVERED
            case Rejected():
                model.state = ItemState.REJECTED
                if model.item.on_rejection == OnRejection.BLOCK:
                    self.blocked.add((model.item.destination, model.item.case_id))
            case NotThere():
                model.state = ItemState.QUEUED
            case RetryLater() if not asked:
                model.state = ItemState.QUEUED
            case None | NotReached() if not asked:
                model.state, model.sent = ItemState.QUEUED, sent_before
            case _:
                model.state = ItemState.UNKNOWN
        self.pass_time()

    @rule(seconds=st.sampled_from([1.0, 25.0, 100.0]))
    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.pass_time()

    @rule(lane=st.sampled_from(CASES))
    def release(self, lane: tuple[str, str]) -> None:
        assert self.box.release(*lane).result(WAIT) == (lane in self.blocked)
        self.blocked.discard(lane)

    @rule()
    def reopen(self) -> None:
        """As after a crash: whoever was talking is gone."""
        assert self.box.close()
        self.box = self.open()
        assert self.box.verification.sound
        self.claims.clear()
        for model in self.believed.values():
            if model.state == ItemState.IN_FLIGHT:
                model.state, model.due = ItemState.UNKNOWN, 0.0
        self.pass_time()

    @invariant()
    def agrees(self) -> None:
        views = {view.item_id: view for view in self.box.items().result(WAIT)}
        assert {i: v.state for i, v in views.items()} == {
            i: m.state for i, m in self.believed.items()
        }
        counts = self.box.summary().result(WAIT).counts
        assert sum(counts.values()) == len(self.believed)
        large = [m for m in self.believed.values() if len(m.item.body) >= 200 and m.state.pending]
        assert self.box._do(stowed).result(WAIT) == (len(large), 4096 * len(large))

    # -- the model's own reckoning ---------------------------------------------------

    def heads(self, destination: str) -> list[Model]:
        heads: dict[str, Model] = {}
        for model in sorted(self.believed.values(), key=lambda m: m.seq):
            if model.item.destination == destination and model.state.pending:
                heads.setdefault(model.item.case_id, model)
        return [
            model
            for case, model in heads.items()
            if (destination, case) not in self.blocked
            and model.item.item_id not in self.claims
            and model.due <= self.clock.wall()
        ]

    def pass_time(self) -> None:
        for model in self.believed.values():
            late = model.expires_at is not None and model.expires_at <= self.clock.wall()
            if late and model.state == ItemState.QUEUED and not model.sent:
                model.state = ItemState.WITHDRAWN


OutboxMachine.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestOutboxAgainstModel = OutboxMachine.TestCase
