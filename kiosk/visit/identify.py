"""Identify, face, staff: who is in front of the terminal."""

from __future__ import annotations

from dataclasses import replace

from kiosk.personal import Holder
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.journey import SOCIAL_CARD, face_matched, suffices
from kiosk.visit.model import BLANK, Confirmed, Step
from kiosk.visit.own import Own

CARD_TIMEOUT_S = 30.0
FACE_TIMEOUT_S = 20.0
FACE_TRIES = 3
HELP_S = 120.0
"""How long the idle clock stands still after a person was called."""

# Said once the time is over, while the card is still waited for: who found it at last just lays it
# down, and the idle clock ends the wait of who went away.
_WAITED_ON = frozenset({"idcard.none", "idcard.not_lifted"})

# What a person showed that brought no picture; anything else that lacks one is a poor card photo.
_WITHOUT_PHOTO = {
    "qr_code": "face.code_has_no_photo",
    SOCIAL_CARD: "face.social_card_has_no_photo",
}

# Outcomes of a comparison that another try can change.
_FACE_WORTH_RETRY = {
    "not_matched": "face.not_matched",
    "no_face": "face.no_face",
    "poor_quality": "face.no_face",
    "several_faces": "face.several",
    "timed_out": "face.no_face",
    "cancelled": "camera.no_frame",
}
_FACE_HOPELESS = {
    "poor_card_photo": "face.poor_card_photo",
    "unavailable": "face.unavailable",
}


def start_reading(d: Draft) -> None:
    """Ask for an ID card, a code and a social-security card: whichever comes first."""
    slower = 2.0 if d.visit.assist.slower else 1.0
    d.set(card_phase="waiting", code_phase="", social_phase="", trouble=None)
    d.issue("card", lambda n: fx.ReadCard(n, CARD_TIMEOUT_S * slower))
    d.issue("code", lambda n: fx.AwaitCode(n, CARD_TIMEOUT_S * slower))
    d.issue("social", lambda n: fx.AwaitSocialCard(n, CARD_TIMEOUT_S * slower))


def await_missing(d: Draft, port: str) -> None:
    """A reader beside the one that is waited at came back: it may be used too."""
    visit = d.visit
    if "card" not in visit.awaiting or visit.card_phase == "reading":
        return
    slower = 2.0 if visit.assist.slower else 1.0
    if port == "scanner" and "code" not in visit.awaiting:
        d.issue("code", lambda n: fx.AwaitCode(n, CARD_TIMEOUT_S * slower))
    if port == "smart_card_reader" and "social" not in visit.awaiting:
        d.issue("social", lambda n: fx.AwaitSocialCard(n, CARD_TIMEOUT_S * slower))


def read_again(d: Draft) -> None:
    """ "Try again": with the full time, unless something is being read or asked."""
    visit = d.visit
    if visit.card_phase == "reading" or visit.social_phase == "reading":
        return
    if visit.code_phase != "checking":
        stop_reading(d)
        start_reading(d)


def stop_reading(d: Draft) -> None:
    """No card and no code is wanted any more."""
    if "card" in d.visit.awaiting:
        d.do(fx.CancelRead())
    d.forget("card")
    d.set(card_phase="")
    _stop_others(d)


def _stop_others(d: Draft) -> None:
    _stop_code(d)
    if "social" in d.visit.awaiting:
        d.do(fx.StopSocialCard())
    d.forget("social")
    d.set(social_phase="")


def _stop_code(d: Draft) -> None:
    if "code" in d.visit.awaiting:
        d.do(fx.StopCode())
    d.forget("code")
    d.set(code_phase="")


def card_seen(d: Draft, event: ev.CardSeen) -> None:
    """The reader found a card: "hold still"."""
    if d.wants("card", event.effect):
        d.set(card_phase="reading")
        _found(d)


def card_not_lifted(d: Draft, event: ev.CardNotLifted) -> None:
    """The card lies there since the reading before: "lift it and lay it down again"."""
    if d.wants("card", event.effect):
        d.set(card_phase="unlifted")


def _found(d: Draft) -> None:
    """ "No card" was said, and now there is one."""
    if d.visit.trouble is not None and d.visit.trouble.code in _WAITED_ON:
        d.set(trouble=None)


def card_read(d: Draft, event: ev.CardRead) -> bool:
    """The person is known; True if the visit may go on."""
    if not d.wants("card", event.effect):
        return False
    d.forget("card")
    _known(d, event.holder)
    return d.visit.step is Step.IDENTIFY


def _known(d: Draft, holder: Holder) -> None:
    stop_reading(d)
    d.set(holder=holder, face=None, face_tries=0, staff_verified="")
    if d.visit.resumed is not None and d.visit.resumed.whose != holder.number:
        d.set(resumed=None, form=BLANK.form, form_errors=BLANK.form_errors, form_page=0)
    if d.visit.own is not None:
        d.set(own=Own())


def card_failed(d: Draft, event: ev.CardFailed) -> None:
    """Say why, offer another try and a person; not while something else is being read or asked."""
    if d.wants("card", event.effect):
        d.forget("card")
        d.set(card_phase="")
        if d.visit.code_phase != "checking" and d.visit.social_phase != "reading":
            _stop_others(d)
            if event.code in _WAITED_ON:
                start_reading(d)
            d.trouble(event.code, "retry", "staff", "back")


def code_awaited(d: Draft, event: ev.CodeAwaited) -> None:
    """A scanner waits: the screen may offer it."""
    if d.wants("code", event.effect) and d.visit.code_phase == "":
        d.set(code_phase="waiting")


def code_seen(d: Draft, event: ev.CodeSeen) -> None:
    """A code was read and is being checked."""
    if d.wants("code", event.effect):
        d.set(code_phase="checking")
        _found(d)


def code_typed(d: Draft, event: ev.CodeTyped) -> None:
    """A keyboard scanner's code, where one is asked for; none while another is being checked."""
    if d.visit.step is Step.IDENTIFY and d.visit.code_phase == "waiting":
        d.do(fx.StopCode())
        d.set(code_phase="checking", trouble=None)
        d.issue("code", lambda n: fx.RedeemCode(n, event.code))


def code_read(d: Draft, event: ev.CodeRead) -> bool:
    """The portal knows the person; True if the visit may go on."""
    if not d.wants("code", event.effect):
        return False
    d.forget("code")
    _known(d, event.holder)
    return d.visit.step is Step.IDENTIFY


# Nobody showed a code, or there is no scanner: the card is waited for as if nothing had been.
_NO_CODE = ("scanner.none", "device.", "camera.")


def code_failed(d: Draft, event: ev.CodeFailed) -> None:
    """Say why a code that was shown is no good; the next try takes card or code."""
    if not d.wants("code", event.effect):
        return
    checked = d.visit.code_phase == "checking"
    d.forget("code")
    d.set(code_phase="")
    if checked or not event.code.startswith(_NO_CODE):
        stop_reading(d)
        d.trouble(event.code, "retry", "staff", "back")


def social_awaited(d: Draft, event: ev.SocialCardAwaited) -> None:
    """A reader waits: the screen may offer it."""
    if d.wants("social", event.effect) and d.visit.social_phase == "":
        d.set(social_phase="waiting")


def social_seen(d: Draft, event: ev.SocialCardSeen) -> None:
    """A card is in the reader: "leave it there"."""
    if d.wants("social", event.effect):
        d.set(social_phase="reading")
        _found(d)


def social_read(d: Draft, event: ev.SocialCardRead) -> bool:
    """The card names a person; True if the visit may go on. What is signed takes the ID card."""
    if not d.wants("social", event.effect):
        return False
    d.forget("social")
    if not suffices(event.holder, d.visit.item):
        stop_reading(d)
        d.trouble("identity.id_card_needed", "retry", "staff", "back")
        return False
    _known(d, event.holder)
    return d.visit.step is Step.IDENTIFY


def social_failed(d: Draft, event: ev.SocialCardFailed) -> None:
    """Say why a card that was put in is no good; without one, or without a reader, nothing is."""
    if not d.wants("social", event.effect):
        return
    seen = d.visit.social_phase == "reading"
    d.forget("social")
    d.set(social_phase="")
    if seen and d.visit.code_phase != "checking":
        stop_reading(d)
        d.trouble(event.code, "retry", "staff", "back")


def forget_insufficient(d: Draft) -> None:
    """Whoever must show more than before is known again when that was shown."""
    if d.visit.holder is not None and not suffices(d.visit.holder, d.visit.item):
        d.set(holder=None, face=None, face_tries=0, staff_verified="")


def start_face(d: Draft) -> None:
    """Compare the live face with the card photo; without a photo only staff can."""
    holder = d.visit.holder
    d.set(face_guidance="", trouble=None)
    if holder is None or not holder.photo:
        method = holder.method if holder is not None else ""
        d.trouble(_WITHOUT_PHOTO.get(method, "face.poor_card_photo"), "staff", "back")
        return
    if d.visit.face_tries >= FACE_TRIES:
        d.trouble("face.not_matched", "staff", "back")
        return
    slower = 2.0 if d.visit.assist.slower else 1.0
    photo = holder.photo
    d.issue("face", lambda n: fx.CheckFace(n, photo, FACE_TIMEOUT_S * slower))


def forget_without_photo(d: Draft) -> None:
    """Whoever goes back from a comparison that is impossible may lay the ID card down instead."""
    holder = d.visit.holder
    if holder is not None and holder.method in _WITHOUT_PHOTO and not holder.photo:
        d.set(holder=None, face=None, face_tries=0)


def stop_face(d: Draft) -> None:
    """No frame is wanted any more."""
    if "face" in d.visit.awaiting:
        d.do(fx.StopFace())
    d.forget("face")
    d.set(face_guidance="")


def face_guided(d: Draft, event: ev.FaceGuided) -> None:
    """ "Come closer", "hold still" …"""
    if d.wants("face", event.effect):
        d.set(face_guidance=event.guidance)


def face_checked(d: Draft, event: ev.FaceChecked) -> bool:
    """True if the person was matched and the visit may go on. Nothing else passes silently."""
    if not d.wants("face", event.effect):
        return False
    d.forget("face")
    record = event.record
    d.set(face=record, face_guidance="")
    if d.visit.step is not Step.FACE:
        return False
    if face_matched(record):
        return True
    code = _FACE_HOPELESS.get(record.outcome)
    if code:
        d.trouble(code, "staff", "back")
        return False
    tries = d.visit.face_tries + 1
    d.set(face_tries=tries)
    code = _FACE_WORTH_RETRY.get(record.outcome, "face.unavailable")
    d.trouble(code, *(("retry", "staff", "back") if tries < FACE_TRIES else ("staff", "back")))
    return False


def ask_staff(d: Draft, reason: str) -> None:
    """A person of the hall is asked to vouch (``identity``), to authorise (``authorise``), or to
    stand by while something is confirmed instead of signed (``witness``)."""
    stop_face(d)
    d.set(staff_reason=reason, staff_code="")
    d.show(Step.STAFF)
    _call(d, reason)


def call_staff(d: Draft) -> None:
    """Help was asked for; once is enough until someone had time to come."""
    if not d.visit.calling_staff or d.visit.help_told is False:
        _call(d, "help")


def _call(d: Draft, reason: str) -> None:
    call = d.number()
    d.set(calling_staff=True, help_call=call, help_told=None)
    d.do(fx.CallStaff(reason, call))
    d.start_timer("help", HELP_S)


def staff_told(d: Draft, event: ev.StaffTold) -> None:
    """Staff see the call, or it did not get through."""
    if d.visit.calling_staff and d.visit.help_call == event.effect:
        d.set(help_told=event.told)


def end_call(d: Draft, how: str) -> None:
    """Nobody is waited for any more: the idle clock runs again."""
    if d.visit.help_call:
        d.do(fx.EndCall(d.visit.help_call, how))
    d.set(calling_staff=False, help_call=0, help_told=None)
    d.stop_timer("help")


def pin_entered(d: Draft, event: ev.StaffPinEntered) -> None:
    """Have the PIN checked."""
    if d.visit.step is Step.STAFF and "staff" not in d.visit.awaiting:
        d.set(staff_code="")
        d.issue("staff", lambda n: fx.VerifyStaff(n, event.pin))


def staff_answered(d: Draft, event: ev.StaffAnswered) -> bool:
    """True if the staff member vouched, authorised or looked on, and the visit may go on."""
    if not d.wants("staff", event.effect):
        return False
    d.forget("staff")
    if not event.staff:
        d.set(staff_code=event.code or "staff.pin_wrong")
        return False
    if d.visit.staff_reason == "authorise":
        d.set(staff_authorised=event.staff)
    elif d.visit.staff_reason != "witness":
        d.set(staff_verified=event.staff)
    signed = d.visit.signature
    if isinstance(signed, Confirmed):  # whoever authorises looks on as well
        d.set(signature=replace(signed, witness=event.staff))
    d.set(staff_code="")
    end_call(d, "came")
    d.do(fx.Record("staff.vouched", {"staff": event.staff, "for": d.visit.staff_reason}))
    return d.visit.step is Step.STAFF
