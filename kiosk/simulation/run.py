"""The virtual clock: events of one visit in the order they fall due."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from random import Random

from kiosk.simulation import world as ground
from kiosk.simulation.invariants import Invariants, InvariantViolationError
from kiosk.simulation.performer import Performer
from kiosk.simulation.persons import somebody
from kiosk.simulation.report import SimulationReport
from kiosk.simulation.surroundings import surround
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit import machine
from kiosk.visit.ending import closed
from kiosk.visit.model import Step, Visit

MAX_EVENTS = 4000
FAULTS = (0.0, 0.1, 0.3, 0.6)
"""How often operations fail; each visit draws one."""

Watch = Callable[[float, ev.Event, Visit], None]


class _Run:
    def __init__(self, seed: int, number: int, report: SimulationReport, watch: Watch | None):
        # A visit's own generator makes it replayable without those before it.
        self.random = Random(f"{seed}/{number}")  # noqa: S311 - dice, no secret
        self.report, self.watch = report, watch
        self.visit = Visit(effects_issued=self.random.randrange(10**6))
        self.now, self._tick = 0.0, 0
        self._due: list[tuple[float, int, ev.Event | None]] = []
        self._rules = Invariants()
        self._performer = Performer(self.random, self.post, self.random.choice(FAULTS))
        self._person = somebody(self.random)

    def post(self, delay: float, event: ev.Event | None) -> None:
        self._tick += 1
        heapq.heappush(self._due, (self.now + delay, self._tick, event))

    def to_the_end(self) -> None:
        """Until nothing is due any more; late answers reach the next person's attract screen."""
        self.post(0.0, ev.Started("visit-0", self.random.random() < 0.2))
        self.post(1.0, None)
        if self.random.random() < 0.05:
            lost = self.random.uniform(0.0, 200.0)
            self.post(lost, ev.ServiceLost(self.random.choice(ground.SERVICE)))
            self.post(lost + 600.0, ev.ServiceRestored())
        surround(self.random, self.post)
        handled, begun = 0, False
        while self._due:
            self.now, _, event = heapq.heappop(self._due)
            if isinstance(event, ev.TimerFired) and self._cancelled(event):
                continue
            if event is None:
                event = self._person.touch(self.visit)
                if self._person.patience > 0 and not (begun and self._over()):
                    self.post(self._person.pause(), None)
                if event is None or (begun and self._over()):
                    continue
            self.handle(event)
            begun = begun or self.visit.step is Step.HOME
            handled += 1
            if handled > MAX_EVENTS:
                raise InvariantViolationError("ends: the visit does not end")
        if not self._over():
            raise InvariantViolationError(f"ends: nothing is due any more at {self.visit.step}")

    def _cancelled(self, shot: ev.TimerFired) -> bool:
        """A stopped timer seldom fires all the same: only if both fall into one moment."""
        if self.visit.timers.get(shot.timer) == shot.generation:
            return False
        return self.random.random() < 0.95

    def _over(self) -> bool:
        return self.visit.step in (Step.ATTRACT, Step.OUT_OF_SERVICE)

    def handle(self, event: ev.Event) -> None:
        before = self.visit
        self.visit, effects = machine.advance(before, event)
        if self.watch is not None:
            self.watch(self.now, event, self.visit)
        self._count(before, event, effects)
        self._rules.check(before, event, self.visit, effects, self.now)
        for effect in effects:
            self._performer.perform(effect)

    def _count(self, before: Visit, event: ev.Event, effects: tuple[fx.Effect, ...]) -> None:
        report, visit = self.report, self.visit
        report.events[type(event).__name__] += 1
        for effect in effects:
            report.effects[type(effect).__name__] += 1
            if isinstance(effect, fx.Record) and effect.code == "visit.ended":
                report.outcomes[str(effect.data["reason"])] += 1
        if visit.step is not before.step:
            report.steps[visit.step.value] += 1
            report.transitions[f"{before.step.value} → {visit.step.value}"] += 1
            if visit.step is Step.RESULT and visit.item and visit.submission:
                report.journeys[visit.item.code] += 1
                report.outcomes[f"result {visit.submission.state.value}"] += 1
            elif visit.step in (Step.ANSWER, Step.POLICIES) and visit.item:
                report.journeys[visit.item.code] += 1
        for code in _codes(visit):
            if code:
                report.codes[code] += 1


def _codes(visit: Visit) -> tuple[str, ...]:
    opened = visit.own.opened if visit.own is not None else None
    return (
        opened.asking.obstacle if opened is not None and opened.asking is not None else "",
        visit.trouble.code if visit.trouble is not None else "",
        visit.availability.code,
        visit.staff_code,
        visit.receipt_print.code,
        visit.proof_print.code,
        closed(visit) if visit.step is Step.OUT_OF_SERVICE else "",
        "portal.not_confirmed"
        if visit.submission is not None and visit.submission.state == "unknown"
        else "",
    )


def play(seed: int, numbers: range) -> SimulationReport:
    """Visits ``numbers`` of ``seed``, one after another; stops at the first broken rule."""
    report = SimulationReport(seed)
    for number in numbers:
        try:
            _Run(seed, number, report, None).to_the_end()
        except InvariantViolationError as broken:
            report.violation, report.violated_in = str(broken), number
            break
        report.visits += 1
    return report


def replay(seed: int, visit_number: int) -> list[str]:
    """One simulated visit event by event: virtual seconds, event, step. Nothing personal."""
    lines: list[str] = []

    def watch(now: float, event: ev.Event, visit: Visit) -> None:
        code = getattr(event, "code", "") or getattr(event, "timer", "")
        lines.append(f"{now:9.2f} {type(event).__name__:18} {code:24} → {visit.step.value}")

    try:
        _Run(seed, visit_number, SimulationReport(seed), watch).to_the_end()
    except InvariantViolationError as broken:
        lines.append(f"RULE BROKEN: {broken}")
    return lines
