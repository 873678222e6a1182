"""The clocks of a visit (A7–A9) and its end (A28), by the real reducer and no waiting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from types import MappingProxyType

from kiosk.visit import advance, effects, events
from kiosk.visit.model import (
    Assistance,
    Contrast,
    PrintJob,
    PrintState,
    Step,
    TextSize,
    Visit,
    personal_residue,
)
from screens.audit.judges import Fault

IDLE_S, IDLE_VOICE_S = (120.0, 300.0), 180.0
WARNING_S, WARNING_VOICE_S = 30.0, 60.0
EXTENSIONS = 10
EVERYTHING = Assistance(
    text_size=TextSize.LARGEST,
    contrast=Contrast.HIGH,
    low_reach=True,
    slower=True,
    voice=True,
    reduced_motion=True,
    rate=2.0,
    volume=5,
)
_WORK = ("item", "route", "card", "code", "face", "staff", "query", "slots", "store", "document")


class _Clock:
    """A visit at home, and the timers it asked for."""

    def __init__(self, assist: Assistance) -> None:
        self.timers: dict[str, tuple[int, float]] = {}
        self.visit = Visit()
        self.happen(events.Started("audit"))
        self.happen(events.AssistChanged(assist))

    def happen(self, event: events.Event) -> None:
        self.visit, wanted = advance(self.visit, event)
        for effect in wanted:
            if isinstance(effect, effects.StartTimer):
                self.timers[effect.timer] = (effect.generation, effect.seconds)
            elif isinstance(effect, effects.StopTimer):
                self.timers.pop(effect.timer, None)

    def seconds(self, timer: str) -> float:
        """Until it fires; 0 if it does not run."""
        return self.timers.get(timer, (0, 0.0))[1]

    def fire(self, timer: str) -> None:
        """Time passes until this timer is due."""
        generation, _ = self.timers.pop(timer)
        self.happen(events.TimerFired(timer, generation))


def idle() -> Iterator[Fault]:
    """A7: the plain pace."""
    clock = _Clock(Assistance())
    low, high = IDLE_S
    if not low <= clock.seconds("idle") <= high:
        yield "A7", f"the warning comes after {clock.seconds('idle'):.0f} s"
    for n in range(EXTENSIONS):
        clock.fire("idle")
        if not clock.visit.idle_warning or clock.seconds("warning") < WARNING_S:
            yield "A7", f"the warning lasts {clock.seconds('warning'):.0f} s"
            return
        clock.happen(events.Touched())
        if clock.visit.idle_warning or not clock.seconds("idle"):
            yield "A7", f"the touch number {n + 1} does not extend"
            return


def idle_with_voice() -> Iterator[Fault]:
    """A8."""
    clock = _Clock(Assistance(voice=True))
    if clock.seconds("idle") < IDLE_VOICE_S:
        yield "A8", f"with voice the warning comes after {clock.seconds('idle'):.0f} s"
    clock.fire("idle")
    if clock.seconds("warning") < WARNING_VOICE_S:
        yield "A8", f"with voice the warning lasts {clock.seconds('warning'):.0f} s"


def at_work() -> Iterator[Fault]:
    """A9: whatever the terminal works at stops the clock; the farewell says what was kept."""
    for slot in _WORK:
        if _runs(Visit(visit_id="audit", step=Step.GUIDE, awaiting=MappingProxyType({slot: 1}))):
            yield "A9", f"the clock runs while {slot} is awaited"
    at_result = Visit(visit_id="audit", step=Step.RESULT)
    printing = {
        "receipt": replace(at_result, receipt_print=PrintJob("receipt", PrintState.PRINTING)),
        "proof": replace(at_result, proof_print=PrintJob("proof", PrintState.PRINTING)),
    }
    for name, visit in printing.items():
        if _runs(replace(visit, awaiting=MappingProxyType({f"print_{name}": 1}))):
            yield "A9", f"the clock runs while the {name} is printed"
    if _runs(Visit(visit_id="audit", step=Step.GUIDE, calling_staff=True)):
        yield "A9", "the clock runs while staff are on their way"


def _runs(visit: Visit) -> bool:
    after, _ = advance(visit, events.Touched())
    return "idle" in after.timers


def ended() -> Iterator[Fault]:
    """A28, and the end of A7: nobody answers the warning."""
    clock = _Clock(EVERYTHING)
    clock.happen(events.LanguageChosen("en"))
    clock.fire("idle")
    clock.fire("warning")
    if clock.visit.step is not Step.FAREWELL:
        yield "A9", f"an unanswered warning leads to {clock.visit.step.value}"
    clock.happen(events.Wiped(clock.visit.awaiting["wipe"]))
    clock.fire("farewell")
    blank = Visit()
    for field in fields(Assistance):
        if getattr(EVERYTHING, field.name) == getattr(blank.assist, field.name):
            yield "A28", f"nobody judges whether {field.name} is reset"
    if (clock.visit.assist, clock.visit.language) != (blank.assist, blank.language):
        yield "A28", "assistance or language outlives the visit"
    for name in personal_residue(clock.visit):
        yield "A28", f"{name} outlives the visit"
