"""The mains: what begun may be finished, and an end in order before the battery is empty."""

from __future__ import annotations

from kiosk.visit import effects as fx
from kiosk.visit import elsewhere, ending
from kiosk.visit import navigation as nav
from kiosk.visit.draft import Draft
from kiosk.visit.journey import may_defer
from kiosk.visit.journey import only_finish as only_finish
from kiosk.visit.model import Power, Step, SubmissionState, Visit

GRACE_S = 20.0
"""From the low battery to the end of the visit, said on the screen; the mains may still return."""
GRACE_ROUNDS = 3
"""So many times longer it waits for something being stored or printed."""


def power_changed(d: Draft, power: Power) -> None:
    """On battery a visit goes on; near its end it ends in order; the mains put all back."""
    if power is d.visit.power:
        return
    d.set(power=power)
    d.do(fx.Record("power.changed", {"power": power.value}))
    match d.visit.step:
        case Step.ATTRACT:
            if ending.closed(d.visit):
                ending.start_over(d)
        case Step.OUT_OF_SERVICE:
            ending.start_over(d)
        case Step.FAREWELL:
            pass
        case _:
            if power is Power.ENDING:
                d.set(power_rounds=0)
                d.start_timer("power", GRACE_S)
            else:
                d.stop_timer("power")


def grace_over(d: Draft) -> None:
    """The battery is nearly empty still: end, but not in the middle of storing or printing."""
    visit = d.visit
    if visit.power is not Power.ENDING or visit.step in (Step.ATTRACT, Step.FAREWELL):
        return
    if _kept_here(visit):
        # It is durable: the person gets the slip that says so, instead of waiting for the verdict.
        d.stop_timer("verdict")
        nav.go_on(d, Step.SUBMITTING)
        d.start_timer("power", GRACE_S)
    elif elsewhere.keepable(visit) and visit.power_rounds < GRACE_ROUNDS:
        # The ticket is on the screen, and perhaps on paper, before the battery is empty.
        d.set(power_rounds=visit.power_rounds + 1)
        elsewhere.break_off(d, "power")
        d.start_timer("power", GRACE_S)
    elif (not _UNFINISHED.isdisjoint(visit.awaiting) or ending.printing(visit)) and (
        visit.power_rounds < GRACE_ROUNDS
    ):
        d.set(power_rounds=visit.power_rounds + 1)
        d.start_timer("power", GRACE_S)
    else:
        ending.end(d, "power")


_UNFINISHED = frozenset({"store", "keep", "claim"})


def _kept_here(visit: Visit) -> bool:
    submission, item = visit.submission, visit.item
    return (
        visit.step is Step.SUBMITTING
        and item is not None
        and may_defer(item)
        and submission is not None
        and submission.state in (SubmissionState.STORED, SubmissionState.UNKNOWN)
    )


def may_begin(d: Draft, at: Step = Step.HOME) -> bool:
    """At home (or ``at``), and with power enough; says so if there is not."""
    if d.visit.step is not at:
        return False
    if only_finish(d.visit):
        d.trouble("power.finish_only", "dismiss", "leave")
        return False
    return True
