"""A visit led by hand: flawless devices answer by themselves, any moment can be played instead."""

from __future__ import annotations

from random import Random

from kiosk.simulation import world as ground
from kiosk.simulation.invariants import Invariants
from kiosk.simulation.performer import Performer
from kiosk.simulation.persons import Person
from kiosk.visit import Step, Visit, advance
from kiosk.visit import effects as fx
from kiosk.visit import events as ev


class Walk:
    """One visit with flawless devices, unless a step is played by hand."""

    def __init__(self, code: str, seed: int = 1) -> None:
        self.code, self.now, self.n = code, 0.0, 0
        self.visit, self.rules = Visit(), Invariants()
        self.due: list[tuple[float, int, ev.Event]] = []
        self.effects: list[fx.Effect] = []
        self.steps: list[Step] = []
        self.performer = Performer(Random(seed), self.post, 0.0)
        self.performer.circumstances = type(self.performer.circumstances)()
        self.person = Person(Random(seed), 10**6, 0.0, 1.0, 1.0)
        self.happen(ev.Started("v"))

    def post(self, delay: float, event: ev.Event) -> None:
        self.n += 1
        self.due.append((self.now + delay, self.n, event))

    def happen(self, event: ev.Event, perform: bool = True) -> None:
        before = self.visit
        self.visit, effects = advance(before, event)
        self.rules.check(before, event, self.visit, effects, self.now)
        self.effects += effects
        if self.visit.step is not before.step:
            self.steps.append(self.visit.step)
        for effect in effects if perform else ():
            self.performer.perform(effect)

    def wait(self) -> None:
        first = min(self.due)
        self.due.remove(first)
        self.now = first[0]
        self.happen(first[2])

    def to(self, step: Step) -> Walk:
        for _ in range(3000):
            if self.visit.step is step:
                return self
            touch = self.person.touch(self.visit)
            if self.visit.step is Step.HOME:
                touch = ev.ItemChosen(self.code)
            if self.visit.step is Step.PLACE and self.visit.trouble is not None:
                touch = ev.TroubleDismissed()  # it can't be done there: another place is tried
            if self.visit.trouble is not None and self.visit.trouble.code == "submit.withdrawn":
                touch = ev.Retried()  # no verdict came in time
            if touch is not None and not self.visit.busy:
                self.happen(touch)
            idle = self.visit.busy or self.visit.step in (
                Step.SUBMITTING, Step.PAYMENT, Step.FAREWELL, Step.IDENTIFY, Step.FACE,
                Step.MATERIALS,
            )  # fmt: skip
            if self.due and (idle or min(self.due)[0] < self.now + 20):
                self.wait()
        raise AssertionError(f"{step} not reached from {self.visit.step}")


def submitted(code: str) -> Walk:
    """At SUBMITTING, stored under a key of the test's own; nobody else answers."""
    walk = Walk(code).to(Step.REVIEW)
    walk.happen(ev.ConsentChanged(f"{code}/{walk.visit.item.version if walk.visit.item else 0}"))
    walk.happen(ev.Continued(), perform=False)
    if walk.visit.step is Step.SIGN:
        walk.happen(ev.SignatureDrawn(ground.signature(Random(1))))
        walk.happen(ev.Continued(), perform=False)
    number = walk.visit.awaiting["store"]
    walk.happen(ev.Stored(number, "key", "LOOKUP", "now"), perform=False)
    return walk


def timer(walk: Walk, name: str) -> None:
    walk.happen(ev.TimerFired(name, walk.visit.timers[name]), perform=False)
