"""Identify, face check, and the staff member who vouches instead."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from kiosk.personal import Personal
from kiosk.visit import events, model
from kiosk.visit.journey import needs_face, needs_signature
from kiosk.words import words_for
from screens.models.base import ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1
PIN_DIGITS = 8


@QmlElement
class IdentifyModel(ScreenModel):
    """``phase``: waiting, reading, done or empty (the reader is not running). ``code``: waiting
    where a scanner would read one, checking while the portal is asked, else empty. ``social``:
    waiting where a social-security card would do and can be put in, reading once one was seen, else
    empty. ``socialAlone``: it is enough without staff."""

    phase_changed, masked_name_changed, masked_number_changed = Signal(), Signal(), Signal()
    code_changed, social_changed = Signal(), Signal()
    phase = shown("phase", str, phase_changed, "")
    code = shown("code", str, code_changed, "")
    social = shown("social", str, social_changed, "")
    socialAlone = shown("social_alone", bool, social_changed, False)
    maskedName = shown("masked_name", str, masked_name_changed, "")
    maskedNumber = shown("masked_number", str, masked_number_changed, "")

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        holder, item = visit.holder, visit.item
        # Where one signs it is not offered; one that is put in all the same is explained.
        offered = visit.social_phase != "waiting" or item is None or not needs_signature(item)
        return {
            "phase": "done" if holder else visit.card_phase,
            "code": "" if holder else visit.code_phase,
            "social": visit.social_phase if offered and not holder else "",
            "social_alone": item is not None and not needs_face(item),
            "masked_name": holder.masked_name if holder else "",
            "masked_number": holder.masked_number if holder else "",
        }

    @Slot()
    def retry(self) -> None:
        """Read again."""
        self.post(events.Retried())


@QmlElement
class FaceModel(ScreenModel):
    """Live comparison with the card's photo: guidance, tries, and the way round it."""

    guidance_changed, tries_changed, outcome_changed = Signal(), Signal(), Signal()
    checking_changed = Signal()
    guidance = shown("guidance", str, guidance_changed, "")
    tries = shown("tries", int, tries_changed, 0)
    outcome = shown("outcome", str, outcome_changed, "")
    checking = shown("checking", bool, checking_changed, False)

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        record = visit.face
        matched = record is not None and record.matched is True
        return {
            "guidance": visit.face_guidance,
            "tries": visit.face_tries,
            "outcome": "matched" if matched else "",
            "checking": visit.trouble is None and not matched,
        }

    @Slot()
    def staff(self) -> None:
        """Ask for a person to verify instead."""
        self.post(events.StaffRequested())


@QmlElement
class StaffModel(ScreenModel):
    """A staff member compares card portrait and live picture and enters a PIN. ``witnessing``: the
    person confirmed instead of drawing, and whoever enters the PIN looked on."""

    length_changed, masked_name_changed, masked_number_changed = Signal(), Signal(), Signal()
    refused_changed, portrait_changed, authorising_changed = Signal(), Signal(), Signal()
    witnessing_changed = Signal()
    length = shown("length", int, length_changed, 0)
    maskedName = shown("masked_name", str, masked_name_changed, "")
    maskedNumber = shown("masked_number", str, masked_number_changed, "")
    refused = shown("refused", str, refused_changed, "")
    authorising = shown("authorising", bool, authorising_changed, False)
    witnessing = shown("witnessing", bool, witnessing_changed, False)
    hasPortrait = shown("portrait", bool, portrait_changed, False)

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._pin = ""

    def forget(self) -> None:
        """Also the digits typed."""
        self._pin = ""
        super().forget()

    def show(self, visit: model.Visit) -> None:
        """A refused PIN starts over."""
        if visit.trouble is not None:
            self._pin = ""
        super().show(visit)

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        holder = visit.holder
        return {
            "length": len(self._pin),
            "masked_name": holder.masked_name if holder else "",
            "masked_number": holder.masked_number if holder else "",
            "refused": self.say(words_for(visit.staff_code)) if visit.staff_code else "",
            "authorising": visit.signature is not None,
            "witnessing": isinstance(visit.signature, model.Confirmed),
            "portrait": self._port.card_photo() is not None,
        }

    def portrait(self) -> QImage:
        """The card's portrait, null while there is none; never cached."""
        data = self._port.card_photo()
        return QImage.fromData(data) if data else QImage()

    @Slot(str)
    def key(self, key: str) -> None:
        """A digit, ``back`` or ``clear``."""
        if key == "back":
            self._pin = self._pin[:-1]
        elif key == "clear":
            self._pin = ""
        elif key.isdigit() and len(self._pin) < PIN_DIGITS:
            self._pin += key
        self.refresh()

    @Slot()
    def enter(self) -> None:
        """Hand the PIN in and forget it here."""
        if self._pin:
            pin, self._pin = Personal(self._pin), ""
            self.refresh()
            self.post(events.StaffPinEntered(pin))
