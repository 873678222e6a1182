"""Arbitrary events in arbitrary states: the reducer never raises and its rules hold."""

from __future__ import annotations

from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.simulation.invariants import Invariants
from kiosk.simulation.performer import Performer
from kiosk.simulation.persons import Person
from kiosk.visit import Step, Visit, advance
from kiosk.visit import events as ev
from kiosk.visit.model import FaceRecord, PaymentState, SubmissionState

FACES = st.builds(
    FaceRecord,
    outcome=st.sampled_from(("matched", "not_matched", "several_faces", "unavailable", "garbage")),
    compared=st.booleans(),
    matched=st.sampled_from((True, False, None)),
)
RECEIPTS = st.sampled_from(
    ({}, {"payment": {"order_id": "o-1"}}, {"payment": "x"}, {"payment": {}}, {"document": 7},
     {"document": {"document_id": "d-1"}})
)  # fmt: skip


class VisitMachine(RuleBasedStateMachine):
    @initialize(seed=st.integers(0, 10_000), faults=st.sampled_from((0.0, 0.2, 0.6)))
    def begin(self, seed: int, faults: float) -> None:
        self.random = Random(seed)
        self.visit, self.now = Visit(), 0.0
        self.due: list[tuple[float, int, ev.Event]] = []
        self.count = 0
        self.rules = Invariants()
        self.performer = Performer(self.random, self.post, faults)
        self.person = Person(self.random, 10**6, 0.0, 0.1, 1.0)
        self.handle(ev.Started("visit-0", self.random.random() < 0.3))

    def post(self, delay: float, event: ev.Event) -> None:
        self.count += 1
        self.due.append((self.now + delay, self.count, event))

    def handle(self, event: ev.Event) -> None:
        before = self.visit
        self.visit, effects = advance(before, event)
        assert advance(before, event) == (self.visit, effects)
        self.rules.check(before, event, self.visit, effects, self.now)
        for effect in effects:
            self.performer.perform(effect)

    def next_due(self) -> None:
        due = min(self.due)
        self.due.remove(due)
        self.now = due[0]
        self.handle(due[2])

    @rule(times=st.integers(1, 25))
    def person_goes_on_and_world_answers(self, times: int) -> None:
        for _ in range(times):
            touch = self.person.touch(self.visit)
            if touch is not None:
                self.handle(touch)
            for _ in range(2):
                if self.due and min(self.due)[0] < self.now + 10:
                    self.next_due()

    @rule(times=st.integers(1, 8))
    def time_passes(self, times: int) -> None:
        for _ in range(times):
            if self.due:
                self.next_due()

    @rule(seed=st.integers(0, 10_000))
    def person_strays(self, seed: int) -> None:
        self.handle(Person(Random(seed), 1, 1.0, 0, 0).touch(self.visit) or ev.Touched())

    @rule(
        effect=st.integers(-1, 200),
        exact=st.booleans(),
        kind=st.integers(0, 17),
        face=FACES,
        code=st.sampled_from((*sorted(ground.SHOWABLE), "", "no.such.code")),
    )
    def outcome_of_any_number(
        self, effect: int, exact: bool, kind: int, face: FaceRecord, code: str
    ) -> None:
        wanted = sorted(self.visit.awaiting.values())
        if exact and wanted:
            effect = wanted[effect % len(wanted)]
        self.handle(self.any_outcome(effect, face, code)[kind])

    def any_outcome(self, effect: int, face: FaceRecord, code: str) -> list[ev.Event]:
        return [
            ev.ItemRefused(effect, code), ev.RouteRefused(effect, code), ev.CardSeen(effect),
            ev.CardRead(effect, ground.person(self.random)), ev.CardFailed(effect, code),
            ev.FaceGuided(effect, "?"), ev.FaceChecked(effect, face),
            ev.StaffAnswered(effect, "", code), ev.StaffAnswered(effect, "s-02"),
            ev.QueryFailed(effect, code), ev.SlotsFailed(effect, code),
            ev.StoreRefused(effect, code), ev.Stored(effect, f"key-{effect}", "L", "now"),
            ev.PaymentChanged(effect, PaymentState.NONE), ev.DocumentFetched(effect, "", 0),
            ev.DocumentFailed(effect, code), ev.PrintPhase(effect, "?", code),
            ev.PrintEnded(effect, "?", code),
        ]  # fmt: skip

    @rule(state=st.sampled_from(SubmissionState), receipt=RECEIPTS, known=st.booleans())
    def verdict(self, state: SubmissionState, receipt: dict[str, object], known: bool) -> None:
        submission = self.visit.submission
        key = submission.key if known and submission is not None else ""
        self.handle(ev.VerdictArrived(key, state, receipt, "portal.slot_taken"))

    @rule(lost=st.booleans(), code=st.sampled_from(("", "service.outbox")))
    def service(self, lost: bool, code: str) -> None:
        self.handle(ev.ServiceLost(code) if lost else ev.ServiceRestored())

    @rule(name=st.text(max_size=8), value=st.text(max_size=40))
    def garbage_typed(self, name: str, value: str) -> None:
        self.handle(ev.FormEdited(name, Personal(value)))
        self.handle(ev.PrintRequested(value))
        self.handle(ev.TimerFired(name, len(value)))
        self.handle(ev.LanguageChosen(value))

    def teardown(self) -> None:
        """Whatever the state: doing nothing leads to the end, in bounded steps."""
        if not hasattr(self, "visit"):
            return
        for _ in range(400):
            if self.visit.step in (Step.ATTRACT, Step.OUT_OF_SERVICE) or not self.due:
                break
            self.next_due()
        assert self.visit.step in (Step.ATTRACT, Step.OUT_OF_SERVICE)


TestVisit = VisitMachine.TestCase
TestVisit.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
