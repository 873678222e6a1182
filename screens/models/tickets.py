"""Breaking off and going on elsewhere: the claim ticket shown, and the claim ticket asked for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.lookup_codes import LENGTH, shown_lookup_code
from kiosk.personal import Personal
from kiosk.visit import events, model
from screens import wording
from screens.models.base import ScreenModel, shown
from screens.models.print_look import print_look

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class KeptModel(ScreenModel):
    """The ticket, and what became of its slip. ``code`` is also the square code's content."""

    code_changed, shown_changed, until_changed, receipt_changed = (Signal() for _ in range(4))
    code = shown("code", str, code_changed, "")
    shownCode = shown("shown", str, shown_changed, "")
    until = shown("until", str, until_changed, "")
    receipt = shown("receipt", "QVariantMap", receipt_changed, {})

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        job, kept = visit.receipt_print, visit.kept
        state = {"receipt": print_look(job, self.say)}
        if kept is None:
            return state
        code = kept.ticket.reveal()
        return state | {
            "code": code,
            "shown": shown_lookup_code(code),
            "until": wording.day(kept.until, self.lang),
        }

    @Slot()
    def printAgain(self) -> None:
        """The slip, after it failed."""
        self.post(events.PrintRequested("receipt"))

    @Slot()
    def goWithout(self) -> None:
        """The code on the screen will do."""
        self.post(events.PaperDropped("receipt"))

    @Slot()
    def done(self) -> None:
        """The person has the code."""
        self.post(events.Continued())


@QmlElement
class ResumeModel(ScreenModel):
    """The ticket as it is typed; ``fetching`` once its holder was identified."""

    typed_changed, full_changed, busy_changed, fetching_changed = (Signal() for _ in range(4))
    typed = shown("typed", str, typed_changed, "")
    full = shown("full", bool, full_changed, False)
    busy = shown("busy", bool, busy_changed, False)
    fetching = shown("fetching", bool, fetching_changed, False)

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._typed = ""

    def forget(self) -> None:
        """Also the ticket typed."""
        self._typed = ""
        super().forget()

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        return {
            "typed": shown_lookup_code(self._typed),
            "full": len(self._typed) == LENGTH,
            "busy": visit.busy,
            "fetching": visit.busy and "ticket" not in visit.awaiting,
        }

    @Slot(str)
    def key(self, key: str) -> None:
        """A character of the ticket, or ``back``."""
        self._typed = self._typed[:-1] if key == "back" else (self._typed + key)[:LENGTH]
        self.refresh()

    @Slot()
    def ask(self) -> None:
        """Go on with the typed ticket."""
        self.post(events.TicketTyped(Personal(self._typed)))
