"""What must hold after every event of every visit, whoever sends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from config.catalogue import Identification, ServiceItem
from kiosk.personal import Personal
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit import papers
from kiosk.visit.ending import WARNING_S, WARNING_SLOW_S, closed
from kiosk.visit.errand import assurance, consent_version
from kiosk.visit.journey import face_matched, face_settled, needs_face, suffices
from kiosk.visit.model import Confirmed, Power, Step, SubmissionState, Visit, personal_residue
from kiosk.visit.own import Act
from kiosk.visit.page import Page
from kiosk.visit.power import GRACE_S, only_finish
from kiosk.visit.signature import STATEMENT

_ENDED = (Step.FAREWELL, Step.ATTRACT, Step.OUT_OF_SERVICE)
_ALIVE = (
    SubmissionState.PREPARING,
    SubmissionState.STORED,
    SubmissionState.UNKNOWN,
    SubmissionState.STUCK,
    SubmissionState.DELIVERED,
)
_TOUCHLESS = frozenset(
    {"lookup", "item", "route", "card", "code", "social", "face", "staff", "query", "slots", "store",
     "document", "print_receipt", "print_proof", "keep", "ticket", "claim", "cases", "case"}
)  # fmt: skip


_PERSONAL = (
    ev.CardRead
    | ev.SocialCardRead
    | ev.CodeRead
    | ev.CodeTyped
    | ev.FormEdited
    | ev.StaffPinEntered
    | ev.TicketTyped
    | ev.DraftKept
    | ev.DraftClaimed
)


class InvariantViolationError(AssertionError):
    """A visit broke a rule; the message names it and holds nothing personal."""


class Invariants:
    """Watches one terminal's visits, event by event."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._warning: tuple[int, float, float] | None = None
        self._low_since: float | None = None

    def check(
        self,
        before: Visit,
        event: ev.Event,
        after: Visit,
        effects: Iterable[fx.Effect],
        now: float,
    ) -> None:
        """Raise :class:`InvariantViolationError` if a rule is broken. ``now``: virtual seconds."""
        effects = tuple(effects)
        self._notice(event)
        _ids_grow(before, after, effects)
        _has_way_on(after)
        _nobody_passes_unchecked(before, after)
        _begins_with_power(before, after, effects)
        if after.power is not Power.ENDING:
            self._low_since = None
        elif self._low_since is None:
            self._low_since = now
        _nothing_is_looked_at(before, after, effects)
        for effect in effects:
            if isinstance(effect, fx.Submit):
                _submission_is_due(before, after, effect)
            elif isinstance(effect, fx.RunQuery):
                _query_is_due(after)
            elif isinstance(effect, fx.ListCases | fx.OpenCase):
                _cases_are_their_owners(after, effect)
            elif isinstance(effect, fx.ActOnCase):
                _act_is_due(before, after, effect)
            elif isinstance(effect, fx.KeepDraft):
                _draft_is_due(before, effect)
            elif isinstance(effect, fx.ClaimDraft):
                _claim_is_due(after, effect)
            elif isinstance(effect, fx.StartTimer) and effect.timer == "warning":
                self._warning = (effect.generation, now, effect.seconds)
            elif isinstance(effect, fx.Record) and effect.code == "visit.ended":
                self._was_warned(before, event, effect, now)
                self._had_grace(effect, now)
        _ticket_is_alone(after)
        if after.step in _ENDED and after.step is not before.step:
            self._nothing_is_left(after)
        elif after.step in _ENDED and after is not before and personal_residue(after):
            _fail("residue", f"{personal_residue(after)} at {after.step}")

    def _notice(self, event: ev.Event) -> None:
        if isinstance(event, _PERSONAL):
            self._seen.update(text for text in _personal_texts(event) if text.strip())

    def _was_warned(self, before: Visit, event: ev.Event, effect: fx.Record, now: float) -> None:
        if effect.data.get("reason") != "idle":
            return
        if not isinstance(event, ev.TimerFired) or self._warning is None:
            _fail("warned", "a visit ended as idle without a warning")
            return
        generation, since, seconds = self._warning
        slow = before.assist.slower or before.assist.voice
        if not before.idle_warning or generation != event.generation:
            _fail("warned", "the warning was not on the screen when the visit ended")
        if seconds < WARNING_S or now - since < seconds - 1e-6:
            _fail("warned", f"the warning was shown {now - since:.1f} s of {seconds:.1f}")
        if slow and seconds < WARNING_SLOW_S:
            _fail("warned", "the slower pace was not respected")

    def _had_grace(self, effect: fx.Record, now: float) -> None:
        if effect.data.get("reason") != "power":
            return
        if self._low_since is None or now - self._low_since < GRACE_S - 1e-6:
            _fail("power", "a visit ended for want of power without the words standing long enough")

    def _nothing_is_left(self, after: Visit) -> None:
        if personal_residue(after):
            _fail("residue", f"{personal_residue(after)} at {after.step}")
        if after.done or after.staff_verified or after.consent or after.form_errors:
            _fail("residue", "traces of the errand remain")
        left = [text for text in _personal_texts(after) if text in self._seen]
        if left:
            _fail("residue", f"{len(left)} personal values reachable at {after.step}")
        if after.step is not Step.FAREWELL:
            self._seen.clear()


def _fail(rule: str, words: str) -> None:
    raise InvariantViolationError(f"{rule}: {words}")


def _ids_grow(before: Visit, after: Visit, effects: tuple[fx.Effect, ...]) -> None:
    if after.effects_issued < before.effects_issued:
        _fail("ids", "the effect counter went back")
    last = before.effects_issued
    for effect in effects:
        number = getattr(effect, "effect", None) or getattr(effect, "generation", None)
        if number is None:
            continue
        if not last < number <= after.effects_issued:
            _fail("ids", f"effect {number} is not new")
        last = number


def _has_way_on(visit: Visit) -> None:
    """A screen, and something that leads on from it though nobody touches anything."""
    if not isinstance(visit.step, Step):
        _fail("step", "no such screen")
    timers, awaiting = visit.timers, visit.awaiting
    match visit.step:
        case Step.ATTRACT | Step.OUT_OF_SERVICE:
            return
        case Step.FAREWELL:
            alive = "farewell" in timers
        case Step.SUBMITTING:
            alive = "store" in awaiting or "verdict" in timers
        case _:
            alive = (
                "idle" in timers
                or ("warning" in timers and visit.idle_warning)
                or (visit.calling_staff and "help" in timers)
                or not _TOUCHLESS.isdisjoint(awaiting)
            )
    if not alive:
        _fail("way_on", f"nothing leads on from {visit.step}")


def _nobody_passes_unchecked(before: Visit, after: Visit) -> None:
    """Behind FACE only who was matched or vouched for; behind IDENTIFY only who is known."""
    if after.step is before.step or after.step not in after.trail or after.item is None:
        return
    here = after.trail.index(after.step)
    if Step.IDENTIFY in after.trail and here > after.trail.index(Step.IDENTIFY):
        if after.holder is None:
            _fail("unchecked", f"nobody is known at {after.step}")
        if not suffices(after.holder, after.item):
            _fail("unchecked", f"what was shown is not enough at {after.step}")
        in_person = after.step is Step.STAFF and after.staff_reason == "identity"
        faced = after.trail.index(Step.FACE) if Step.FACE in after.trail else 0
        behind = needs_face(after.item) and here > faced
        if behind and not in_person and not face_settled(after):
            _fail("unchecked", f"no face and no vouching at {after.step}")


def _begins_with_power(before: Visit, after: Visit, effects: tuple[fx.Effect, ...]) -> None:
    """Nothing begins on a scarce battery, and nobody sees a terminal open that is not."""
    # What the portal has given back already began before.
    begins = fx.ClaimDraft if after.resumed is not None else fx.ClaimDraft | fx.OpenItem
    if only_finish(before) and any(isinstance(effect, begins) for effect in effects):
        _fail("power", "an errand began on a scarce battery")
    if after.step is Step.ATTRACT and closed(after):
        _fail("power", "the terminal looks open and is not")
    shut_down = any(isinstance(effect, fx.PowerDown) for effect in effects)
    if shut_down and (after.power is not Power.ENDING or after.step is not Step.OUT_OF_SERVICE):
        _fail("power", "shut down while somebody is served, or with power")


def _submission_is_due(before: Visit, after: Visit, effect: fx.Submit) -> None:
    item = after.item
    if item is None or not effect.consent or effect.consent != consent_version(after):
        _fail("consent", "submitted without consent to the text shown")
        return
    if not before.consent:
        _fail("consent", "consent was not given before the submission")
    level = assurance(after)["level"]
    if level < item.identification.value or effect.assurance_level != level:
        _fail("assurance", f"submitted at {level}, {item.identification} is demanded")
    if needs_face(item) and not face_settled(after):
        _fail("assurance", "submitted without face or vouching")
    if item.identification is Identification.L3 and effect.signature is None:
        _fail("signature", "submitted unsigned")
    _confirmed_in_earnest(before, after, effect)
    if Step.STAFF in after.trail and not after.staff_authorised:
        _fail("authorisation", "submitted without the staff's authorisation")
    wanted = Step.MATERIALS in after.trail and not papers.complete(after)
    if wanted or effect.pages != papers.enclosed(after):
        _fail("papers", "submitted without the papers asked for")
    if before.submission is not None and before.submission.state in _ALIVE:
        _fail("twice", f"submitted again while {before.submission.state}")


def _confirmed_in_earnest(before: Visit, after: Visit, effect: fx.Submit) -> None:
    """Who signs without drawing has pressed twice under the words, compared or with staff beside."""
    signed = effect.signature
    if not isinstance(signed, Confirmed):
        return
    if before.step is Step.SIGN and before.confirming != "pressed":
        _fail("signature", "one press signed")
    if not signed.witness and not face_matched(after.face):
        _fail("signature", "confirmed by nobody that was compared, and nobody looked on")
    if signed.statement != STATEMENT:
        _fail("signature", f"confirmed {signed.statement}, which was not shown")


def _nothing_is_looked_at(before: Visit, after: Visit, effects: tuple[fx.Effect, ...]) -> None:
    """The document camera stops when its step is left, and no picture but the visit's own stays."""
    left = before.step is Step.MATERIALS and after.step is not Step.MATERIALS
    if left and ("page" in after.awaiting or fx.StopShelf() not in effects):
        _fail("shelf", f"the shelf is still looked at in {after.step}")
    kept = {page.handle for page in _pages_of(after)}
    dropped = {h for e in effects if isinstance(e, fx.DropPages) for h in e.handles}
    lost = {page.handle for page in _pages_of(before)} - kept - dropped
    if kept & dropped:
        _fail("pages", "a picture was dropped that the visit still has")
    if lost and not any(isinstance(effect, fx.WipeVisit) for effect in effects):
        _fail("pages", "a picture that nobody needs stays in the vault")


def _pages_of(visit: Visit) -> Iterable[Page]:
    poor = () if visit.poor_page is None else (visit.poor_page,)
    begun = visit.own.begun.papers if visit.own is not None else {}
    laid = (*visit.papers.values(), *begun.values())
    return (*(page for taken in laid for page in taken), *poor)


def _query_is_due(after: Visit) -> None:
    item = after.item
    if item is not None and needs_face(item) and not face_settled(after):
        _fail("assurance", "records were asked for without face or vouching")


def _cases_are_their_owners(after: Visit, effect: fx.ListCases | fx.OpenCase) -> None:
    """Cases are shown to whoever was compared or vouched for, and only those listed are opened."""
    holder, own = after.holder, after.own
    if holder is None or own is None or not face_settled(after):
        _fail("cases", "cases were asked for without face or vouching")
    elif isinstance(effect, fx.ListCases) and effect.holder != holder:
        _fail("cases", "cases were asked for in somebody else's name")
    elif isinstance(effect, fx.OpenCase) and effect.case not in (own.cases or ()):
        _fail("cases", "a case was opened that was not listed")


def _act_is_due(before: Visit, after: Visit, effect: fx.ActOnCase) -> None:
    opened = after.own.opened if after.own is not None else None
    if opened is None or (effect.case_key, effect.case_no) != (opened.key, opened.case.number):
        _fail("cases", "something was done to a case that is not open")
    if effect.holder != after.holder or not face_settled(after):
        _fail("assurance", "a case was acted on without face or vouching")
    if effect.act is Act.SUPPLEMENT:
        if not before.consent or effect.consent != consent_version(after):
            _fail("consent", "a supplement was handed in without consent to the text shown")
        if not papers.complete(after) or len(effect.pages) != len(papers.enclosed(after)):
            _fail("papers", "a supplement without the papers asked for")
    elif before.step is not Step.WITHDRAW or effect.expires_after_s is None:
        _fail("cases", "withdrawn without its consequences on the screen, or kept for later")
    if before.submission is not None and before.submission.state in _ALIVE:
        _fail("twice", f"a case was acted on again while {before.submission.state}")


def _draft_is_due(before: Visit, effect: fx.KeepDraft) -> None:
    """Broken off is only what its owner filled in and did not hand in; nothing the card says."""
    if before.holder is None or effect.holder != before.holder:
        _fail("ticket", "a journey was broken off for nobody who is known")
    if before.submission is not None and before.submission.state in _ALIVE:
        _fail("ticket", f"broken off while the submission is {before.submission.state}")
    item = before.item
    locked = {n for n, f in item.form.fields.items() if f.locked} if item and item.form else set()
    if locked & set(effect.form):
        _fail("ticket", "what the card says went into the draft")


def _claim_is_due(after: Visit, effect: fx.ClaimDraft) -> None:
    if after.holder is None or effect.holder != after.holder or after.ticket != effect.ticket:
        _fail("ticket", "claimed for somebody who is not the one identified")


def _ticket_is_alone(visit: Visit) -> None:
    """On the ticket's screen nothing of the errand is left; nobody else sees what was given back."""
    if visit.step is Step.KEPT and (visit.kept is None or visit.form or visit.item is not None):
        _fail("ticket", "the errand is still there beside its ticket, or there is none")
    if visit.kept is not None and visit.step is not Step.KEPT:
        _fail("ticket", f"a ticket is held at {visit.step}")
    resumed, holder = visit.resumed, visit.holder
    if resumed is not None and holder is not None and resumed.whose != holder.number:
        _fail("ticket", "somebody else has what was given back")


def _personal_texts(root: object) -> Iterable[str]:
    """Every personal text reachable from ``root`` over data classes, mappings and sequences."""
    stack: list[Any] = [root]
    while stack:
        thing = stack.pop()
        kind: Any = type(thing)
        if kind in _NOT_PERSONAL:
            continue
        if isinstance(thing, Personal):
            yield thing.reveal()
        elif isinstance(thing, Mapping):
            stack.extend(thing.values())
        elif isinstance(thing, list | tuple | set | frozenset):
            stack.extend(thing)
        else:
            stack.extend(getattr(thing, name) for name in _field_names(kind))


_NOT_PERSONAL = frozenset({ServiceItem, str, int, float, bool, type(None)})


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()
