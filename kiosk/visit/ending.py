"""Idle, leaving, rating, wipe, and the next person."""

from __future__ import annotations

from dataclasses import replace

from kiosk.visit import effects as fx
from kiosk.visit import lookup, papers, resume
from kiosk.visit.draft import Draft
from kiosk.visit.identify import end_call, stop_face, stop_reading
from kiosk.visit.model import Power, PrintState, Step, SubmissionState, Visit, at_rest
from kiosk.visit.printing import call_off
from kiosk.visit.submit import give_up_waiting, stop_payment

IDLE_S = 120.0
"""Who reads slowly, looks for glasses or asks somebody must not be hurried (A7: 120 to 300)."""
IDLE_SLOW_S = 240.0
IDLE_VOICE_S = 180.0
"""Who listens to a page takes longer than who reads it (A8)."""
WARNING_S = 30.0
WARNING_SLOW_S = 60.0
FAREWELL_S = 10.0
FAREWELL_SLOW_S = 25.0
"""So long that the last words are heard to their end, slowly too."""
PAYMENT_IDLE_S = 180.0
AWAY_S = 8.0
"""How soon the warning comes once the sensor sees nobody; it is as long and as loud as ever."""
AWAY_SLOW_S = 20.0
AWAY_PAYING_S = 60.0
CARD_REMINDERS = 5
"""So many farewells longer the terminal asks for a card left in a reader, then it calls staff."""

# While one of these is awaited, the terminal works and the person waits: no idle clock (A9).
_WORKING = frozenset(
    {
        "lookup",
        "cases",
        "case",
        "keep",
        "ticket",
        "claim",
        "item",
        "route",
        "card",
        "code",
        "face",
        "staff",
        "query",
        "slots",
        "store",
        "document",
    }
)
_QUIET = (Step.FAREWELL, Step.SUBMITTING)
_NOBODYS = (Step.ATTRACT, Step.OUT_OF_SERVICE)


def keep_time(d: Draft, *, fresh: bool) -> None:
    """Run the idle clock exactly while the terminal waits for the person.

    ``fresh``: the person did something, or has a new screen to read; either gets the full time.
    """
    visit = d.visit
    if visit.step in _QUIET or _untouched(visit) or _working(visit):
        _stop_idle(d)
        return
    if visit.idle_warning and not fresh:
        return
    if fresh or "idle" not in visit.timers:
        if visit.idle_warning:
            d.set(idle_warning=False, extensions=visit.extensions + 1)
            d.stop_timer("warning")
        d.start_timer("idle", idle_seconds(visit))
    _keep_away(d, fresh=fresh)


def _keep_away(d: Draft, *, fresh: bool) -> None:
    """While nobody is seen, a shorter clock runs beside the idle clock."""
    if not is_away(d.visit):
        d.stop_timer("away")
    elif fresh or "away" not in d.visit.timers:
        d.start_timer("away", away_seconds(d.visit))


def is_away(visit: Visit) -> bool:
    """The sensor sees nobody, and there is no reason to doubt it."""
    return visit.near is False and not visit.presence_doubted


def away_seconds(visit: Visit) -> float:
    """Seconds without a touch until the warning, once the person is seen no more."""
    if visit.step is Step.PAYMENT:
        return AWAY_PAYING_S
    return AWAY_SLOW_S if visit.assist.slower or visit.assist.voice else AWAY_S


def touched(d: Draft) -> None:
    """Whoever touches the screen is there, whatever the sensor says.

    One that did not see a visit's person come is taken to know nothing until it tells of a change.
    """
    d.set(began_again=False)
    if d.visit.near is False:
        d.set(near=None) if d.visit.step is Step.ATTRACT else d.set(presence_doubted=True)


def idle_seconds(visit: Visit) -> float:
    """Seconds without a touch until the warning."""
    return max(
        IDLE_S,
        IDLE_SLOW_S if visit.assist.slower else 0.0,
        IDLE_VOICE_S if visit.assist.voice else 0.0,
        PAYMENT_IDLE_S if visit.step is Step.PAYMENT else 0.0,
    )


def warning_seconds(visit: Visit) -> float:
    """Seconds of warning before the visit ends by itself."""
    return WARNING_SLOW_S if visit.assist.slower or visit.assist.voice else WARNING_S


def farewell_seconds(visit: Visit) -> float:
    """Seconds until the next person's screen."""
    return FAREWELL_SLOW_S if visit.assist.voice or visit.assist.slower else FAREWELL_S


def _untouched(visit: Visit) -> bool:
    """Nobody's screen, as the next person is meant to find it."""
    resting = at_rest(visit, visit.step)
    return visit.step in _NOBODYS and (visit.assist, visit.language, visit.voice_notice) == (
        resting.assist,
        resting.language,
        resting.voice_notice,
    )


def _working(visit: Visit) -> bool:
    awaiting = set(visit.awaiting)
    if visit.trouble is not None:
        awaiting -= {"card", "code"}  # a card waited for behind "no card was found"
    return visit.calling_staff or not _WORKING.isdisjoint(awaiting) or printing(visit)


def printing(visit: Visit) -> bool:
    """Something is coming out of a printer."""
    return _printing(visit, "print_receipt", visit.receipt_print.state) or _printing(
        visit, "print_proof", visit.proof_print.state
    )


def _printing(visit: Visit, slot: str, state: PrintState) -> bool:
    """A printer waiting for paper is no work: nobody may ever come to refill it."""
    return slot in visit.awaiting and state is not PrintState.WAITING


def _stop_idle(d: Draft) -> None:
    for timer in ("idle", "away", "warning"):
        d.stop_timer(timer)
    if d.visit.idle_warning:
        d.set(idle_warning=False)


def idle_fired(d: Draft) -> None:
    """Nobody touched anything: warn, calmly."""
    away = is_away(d.visit)
    d.set(idle_warning=True)
    d.stop_timer("idle")
    d.stop_timer("away")
    d.start_timer("warning", warning_seconds(d.visit))
    d.do(fx.Record("visit.idle_warned", {"step": d.visit.step.value, "away": away}))


_NOTHING_TO_LOSE = (
    Step.HOME, Step.LOOKUP, Step.RESUME, Step.RESULT, Step.KEPT, Step.RATING, Step.ANSWER,
    Step.POLICIES, Step.CASES, Step.CASE, Step.WITHDRAW,
)  # fmt: skip


def leave_requested(d: Draft) -> None:
    """Ask first where something would be lost."""
    visit = d.visit
    if visit.step in (Step.ATTRACT, Step.FAREWELL, Step.OUT_OF_SERVICE, Step.SUBMITTING):
        return
    if visit.step in _NOTHING_TO_LOSE and visit.resumed is None:
        finish(d)
    else:
        d.set(leaving=True)


def finish(d: Draft) -> None:
    """The regular end: rating where something can be rated, then farewell."""
    visit = d.visit
    if visit.step in (Step.RESULT, Step.ANSWER, Step.POLICIES) and Step.RATING in visit.trail:
        d.set(leaving=False)
        stop_payment(d)
        d.show(Step.RATING)
    else:
        end(d, "finished")


def rated(d: Draft, grade: int | None) -> None:
    """One rating a case, voluntary; then farewell."""
    visit = d.visit
    if visit.step is not Step.RATING:
        return
    if grade is not None and 1 <= grade <= 5:
        d.set(rating=grade)
        submission = visit.submission
        if submission is not None and submission.key and submission.state in _RATEABLE:
            d.do(fx.Evaluate(submission.key, grade))
        d.do(fx.Record("visit.rated", {"grade": grade}))
    end(d, "finished")


_RATEABLE = (SubmissionState.DELIVERED, SubmissionState.STORED, SubmissionState.UNKNOWN)
"""A stuck case's lane stands still: a rating behind it would only wait with it."""


def end(d: Draft, reason: str) -> None:
    """Stop everything, forget the person at once, say farewell."""
    visit = d.visit
    end_call(d, "left")
    stop_reading(d)
    stop_face(d)
    stop_payment(d)
    papers.stop(d)
    lookup.stop(d)
    resume.stop(d)
    give_up_waiting(d)
    call_off(d)
    d.do(fx.Record("visit.ended", {"reason": reason, "step": visit.step.value}))
    for timer in tuple(d.visit.timers):
        d.stop_timer(timer)
    keep = d.visit
    d.visit = replace(
        at_rest(keep, Step.FAREWELL),
        visit_id=keep.visit_id,
        language=keep.language,
        assist=keep.assist,
        item=keep.item if keep.own is None else None,
        submission=keep.submission,
        receipt_print=replace(keep.receipt_print, picture="", pictures=0),
        proof_print=replace(keep.proof_print, handle="", picture="", pictures=0),
    )
    d.issue("wipe", fx.WipeVisit)
    d.start_timer("farewell", farewell_seconds(d.visit))


def wiped(d: Draft, effect: int) -> None:
    """The terminal has cleared its side too."""
    first = d.visit.awaiting.get("wipe")
    # Any wipe asked for since the end will do, also a slow one that was asked for again meanwhile.
    if first is not None and first <= effect <= d.visit.effects_issued:
        d.forget("wipe")
        d.set(wiped=True)


def farewell_fired(d: Draft) -> None:
    """The next person, if everything of this one is gone and no card is left behind."""
    if d.visit.step is not Step.FAREWELL:
        return
    if not d.visit.wiped:
        d.do(fx.WipeVisit(d.number()))
        d.start_timer("farewell", FAREWELL_S)
    elif d.visit.card_lies and d.visit.card_reminders < CARD_REMINDERS:
        d.set(card_reminders=d.visit.card_reminders + 1)
        d.start_timer("farewell", farewell_seconds(d.visit))
    else:
        if d.visit.card_lies:
            d.do(fx.CallStaff("card_left"))
        start_over(d)


def closed(visit: Visit) -> str:
    """Why no visit can begin now (a code of words); "" if one can."""
    return visit.out_of_service or _NO_POWER.get(visit.power, "")


_NO_POWER = {Power.SCARCE: "power.no_new", Power.ENDING: "power.ending"}


def start_over(d: Draft) -> None:
    """Back to attract (or out of service), with nothing kept but what is true of the terminal."""
    end_call(d, "left")
    for timer in tuple(d.visit.timers):
        d.stop_timer(timer)
    d.visit = at_rest(d.visit, Step.OUT_OF_SERVICE if closed(d.visit) else Step.ATTRACT)
    if d.visit.power is Power.ENDING:
        d.do(fx.PowerDown())
