"""Where a case stands, by the code of its slip; nothing personal."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.evidence import evidence
from kiosk.lookup_codes import LENGTH, shown_lookup_code
from kiosk.visit import events, model
from screens import wording
from screens.models.base import ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LookupModel(ScreenModel):
    """The code as it is typed, and what it shows."""

    typed_changed, full_changed, busy_changed, found_changed = (Signal() for _ in range(4))
    code_changed, name_changed, now_changed, next_changed = (Signal() for _ in range(4))
    tone_changed, received_changed, authority_changed = Signal(), Signal(), Signal()
    promised_changed, estimated_changed, here_changed = Signal(), Signal(), Signal()
    typed = shown("typed", str, typed_changed, "")
    full = shown("full", bool, full_changed, False)
    busy = shown("busy", bool, busy_changed, False)
    found = shown("found", bool, found_changed, False)
    code = shown("code", str, code_changed, "")
    itemName = shown("name", str, name_changed, "")
    now = shown("now", str, now_changed, "")
    next = shown("next", str, next_changed, "")
    tone = shown("tone", str, tone_changed, "ok")
    receivedAt = shown("received", str, received_changed, "")
    authority = shown("authority", str, authority_changed, "")
    promised = shown("promised", str, promised_changed, "")
    promisedEstimated = shown("estimated", bool, estimated_changed, False)
    wrong_changed = Signal()
    wrong = shown("wrong", str, wrong_changed, "")
    """What has to be put right of what was refused."""
    here = shown("here", bool, here_changed, False)
    """This terminal's own word; the portal was not, or could not be, asked."""

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._typed = ""

    def forget(self) -> None:
        """Also the code typed."""
        self._typed = ""
        super().forget()

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        state: dict[str, Any] = {
            "typed": shown_lookup_code(self._typed),
            "full": len(self._typed) == LENGTH,
            "busy": visit.busy,
        }
        found = visit.found
        if found is None:
            return state
        words = evidence(found.state)
        return state | {
            "found": True,
            "code": shown_lookup_code(found.lookup_code),
            "name": self.say(found.service),
            "now": self.say(words.now),
            "next": self.say(words.next),
            "tone": words.tone,
            "received": wording.moment(found.received_at, self.lang) if found.received_at else "",
            "authority": self.say(found.authority),
            "promised": wording.day(found.promised, self.lang) if found.promised else "",
            "estimated": found.estimated,
            "here": found.here,
            "wrong": (", " if self.lang == "en" else "、").join(map(self.say, found.wrong)),
        }

    @Slot(str)
    def key(self, key: str) -> None:
        """A character of the code, or ``back``."""
        self._typed = self._typed[:-1] if key == "back" else (self._typed + key)[:LENGTH]
        self.refresh()

    @Slot()
    def ask(self) -> None:
        """Look the typed code up."""
        self.post(events.LookUpCodeTyped(self._typed))

    @Slot()
    def another(self) -> None:
        """Another code."""
        self._typed = ""
        self.refresh()
        self.post(events.LookUpCodeTyped(""))
