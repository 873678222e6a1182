"""What every screen shares of the help a person gets: voice guidance, and a person called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, Signal, Slot

from kiosk.terminal_port import TerminalPort
from kiosk.visit import events, model
from kiosk.visit.model import PrintState
from kiosk.visit.printing import slip_kind
from kiosk.words import headline_and_rest, words_for
from screens import wording
from screens.models.base import ScreenModel, shown

_PRINTED = (PrintState.CONFIRMED, PrintState.DOUBTFUL)
_TOLD = {True: "yes", False: "no", None: ""}


class HelpedModel(ScreenModel):
    """Headset, volume and rate of voice guidance; since when somebody was called, and who knows."""

    headset_changed, rate_changed, volume_changed = Signal(), Signal(), Signal()
    voice_words_changed, voice_rest_changed, paused_changed = Signal(), Signal(), Signal()
    call_told_changed, call_since_changed = Signal(), Signal()
    reading, repeating = Signal(), Signal()
    """Somebody wants the whole page read (or a pause, or to go on); the last thing again."""

    headset = shown("headset", bool, headset_changed, False)
    rate = shown("rate", float, rate_changed, 1.0)
    volume = shown("volume", int, volume_changed, 3)
    voiceWords = shown("voice_words", str, voice_words_changed, "")
    """What has just changed about voice guidance, in one sentence."""
    voiceRest = shown("voice_rest", str, voice_rest_changed, "")
    """What to do."""
    callTold = shown("call_told", str, call_told_changed, "")
    """Of a call for a person: yes, no, or "" while it is not known whether staff see it."""
    callSince = shown("call_since", str, call_since_changed, "")

    def __init__(self, port: TerminalPort) -> None:
        super().__init__(port)
        self._paused = False
        self._call, self._called_at = 0, ""

    def compute_help(self, visit: model.Visit, now: Callable[[], datetime]) -> dict[str, Any]:
        """See the properties. A call's time is that at which it was first shown here."""
        if visit.help_call != self._call:
            self._call = visit.help_call
            self._called_at = wording.clock(now()) if visit.help_call else ""
        notice = self.say(words_for(visit.voice_notice)) if visit.voice_notice else ""
        voice_words, voice_rest = headline_and_rest(notice)
        return {
            "headset": visit.headset is True,
            "rate": visit.assist.rate,
            "volume": visit.assist.volume,
            "voice_words": voice_words,
            "voice_rest": voice_rest,
            "call_told": _TOLD[visit.help_told],
            "call_since": self._called_at,
        }

    def slip(self) -> list[str]:
        """What stands on the slip that was printed for this visit, sentence by sentence; empty while
        there is none."""
        visit = self._visit
        if visit.receipt_print.state not in _PRINTED:
            return []
        port = self._port
        from kiosk.documents import sentences, slip_for  # long there: a slip comes late in a visit

        made = slip_for(visit, slip_kind(visit), port.place, self.wall(), port.lookup_url)
        return sentences(made)

    def _get_paused(self) -> bool:
        return self._paused

    readingPaused = Property(bool, _get_paused, notify=paused_changed)

    def show_paused(self, paused: bool) -> None:
        """Whether voice guidance waits in the middle of something."""
        if paused != self._paused:
            self._paused = paused
            self.paused_changed.emit()

    def _assist(self, **change: Any) -> None:
        self.post(events.AssistChanged(replace(self._visit.assist, **change)))

    @Slot(float)
    def setRate(self, rate: float) -> None:
        """How fast the voice speaks; the visit keeps it within its limits."""
        self._assist(rate=rate)

    @Slot(int)
    def setVolume(self, volume: int) -> None:
        """How loud, 1 to 5."""
        self._assist(volume=volume)

    @Slot()
    def help(self) -> None:
        """Call a person."""
        self.post(events.HelpWanted())

    @Slot()
    def withdrawCall(self) -> None:
        """Nobody needs to come any more."""
        self.post(events.HelpWithdrawn())
