"""What a timer that ran out means."""

from __future__ import annotations

from types import MappingProxyType

from kiosk.visit import ending, identify, power, submit
from kiosk.visit import events as ev
from kiosk.visit import navigation as nav
from kiosk.visit.draft import Draft
from kiosk.visit.model import Step


def fired(d: Draft, event: ev.TimerFired) -> None:
    """A late shot of a timer that was stopped or started anew means nothing."""
    if d.visit.timers.get(event.timer) != event.generation:
        return
    left = {name: n for name, n in d.visit.timers.items() if name != event.timer}
    d.set(timers=MappingProxyType(left))
    match event.timer:
        case "idle":
            _idle(d)
        case "away":
            if ending.is_away(d.visit):
                _idle(d)
        case "power":
            power.grace_over(d)
        case "warning":
            ending.end(d, "idle")
        case "farewell":
            ending.farewell_fired(d)
        case "verdict":
            if submit.verdict_timeout(d):
                nav.go_on(d, Step.SUBMITTING)
        case "help":
            identify.end_call(d, "unanswered")
        case _:
            pass


def _idle(d: Draft) -> None:
    if d.visit.step in (Step.ATTRACT, Step.OUT_OF_SERVICE):
        ending.start_over(d)  # someone changed the language and walked away
    else:
        ending.idle_fired(d)
