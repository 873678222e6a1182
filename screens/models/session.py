"""What every screen shares: step, language, assistance, trail, and the overlays above a screen."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from config.languages import Language, language, languages
from kiosk.terminal.clock import china_now
from kiosk.terminal_port import TerminalPort
from kiosk.visit import events, model
from kiosk.visit.elsewhere import keepable
from kiosk.visit.ending import warning_seconds
from kiosk.visit.model import Contrast, Power, Step, TextSize
from kiosk.words import headline_and_rest, words_for
from screens import wording
from screens.models.base import shown
from screens.models.helped import HelpedModel
from screens.models.milestones import milestones
from screens.models.trouble_look import trouble_look

_TEXT_FACTORS = {
    TextSize.SMALL: 0.75,
    TextSize.NORMAL: 1.0,
    TextSize.LARGE: 1.35,
    TextSize.LARGEST: 1.7,
}
# One touch larger; whoever passed the largest finds the small one, and is back soon.
_NEXT_SIZE = {
    TextSize.NORMAL: TextSize.LARGE,
    TextSize.LARGE: TextSize.LARGEST,
    TextSize.LARGEST: TextSize.SMALL,
    TextSize.SMALL: TextSize.NORMAL,
}
_NEXT_CONTRAST = {
    Contrast.NORMAL: Contrast.HIGH,
    Contrast.HIGH: Contrast.HIGH_LIGHT,
    Contrast.HIGH_LIGHT: Contrast.NORMAL,
}
_TROUBLE_EVENTS: Mapping[str, Callable[[], events.PersonEvent]] = {
    "retry": events.Retried,
    "staff": events.StaffRequested,
    "back": events.WentBack,
    "leave": events.LeaveRequested,
    "dismiss": events.TroubleDismissed,
    "elsewhere": events.ElsewhereWanted,
    "later": events.PaperLeftOut,
}
_NO_BACK = {
    Step.ATTRACT, Step.HOME, Step.SUBMITTING, Step.PAYMENT, Step.RESULT, Step.KEPT,
    Step.RATING, Step.FAREWELL, Step.OUT_OF_SERVICE,
}  # fmt: skip
_POWER_WORDS = {
    Power.BATTERY: "power.on_battery",
    Power.SCARCE: "power.finish_only",
    Power.ENDING: "power.ending",
}
GUARD_S = 0.3
TOUCH_EVERY_S = 1.0
RING_MS = 250


def screen_name(step: Step) -> str:
    """``out_of_service`` → ``OutOfService``."""
    return "".join(part.capitalize() for part in step.value.split("_"))


class SessionModel(HelpedModel):
    """State of the shell around a screen. ``clock`` is monotonic seconds, ``now`` wall time."""

    screen_changed, step_changed, language_changed = Signal(), Signal(), Signal()
    site_changed, city_changed, hours_changed, phone_changed = (Signal() for _ in range(4))
    terminal_changed, time_changed, idle_left_changed = Signal(), Signal(), Signal()
    text_size_changed, text_factor_changed, contrast_changed = Signal(), Signal(), Signal()
    low_reach_changed, slower_changed, reduced_motion_changed = Signal(), Signal(), Signal()
    trail_changed, can_back_changed, active_changed, busy_changed = (Signal() for _ in range(4))
    idle_warning_changed, leaving_changed, calling_staff_changed = Signal(), Signal(), Signal()
    trouble_code_changed, trouble_words_changed, trouble_rest_changed = Signal(), Signal(), Signal()
    trouble_part_changed, trouble_drawing_changed = Signal(), Signal()
    trouble_button_changed, trouble_actions_changed = Signal(), Signal()
    item_name_changed, keeps_changed = Signal(), Signal()
    power_words_changed, power_rest_changed, power_ends_changed = Signal(), Signal(), Signal()
    voice_changed = Signal()
    voice_silent_changed = Signal()
    keepable_changed, resumed_changed = Signal(), Signal()
    next_language_changed, next_language_words_changed = Signal(), Signal()
    paperWanted = Signal(str, int)
    """Somebody wants to look at what is printed: the picture's handle, and how many pages it has."""

    screen = shown("screen", str, screen_changed, "Attract")
    step = shown("step", str, step_changed, "attract")
    language = shown("language", str, language_changed, "zh_CN")
    nextLanguage = shown("next_language", str, next_language_changed, "")
    nextLanguageWords = shown("next_language_words", str, next_language_words_changed, "")
    """What a touch of the language button leads to: on the button, and for who hears it."""
    site = shown("site", str, site_changed, "")
    city = shown("city", str, city_changed, "")
    hours = shown("hours", str, hours_changed, "")
    phone = shown("phone", str, phone_changed, "")
    terminal = shown("terminal", str, terminal_changed, "")
    textSize = shown("text_size", str, text_size_changed, "normal")
    textFactor = shown("text_factor", float, text_factor_changed, 1.0)
    contrast = shown("contrast", str, contrast_changed, "normal")
    lowReach = shown("low_reach", bool, low_reach_changed, False)
    slower = shown("slower", bool, slower_changed, False)
    voiceSilent = Property(bool, lambda self: self._silent, notify=voice_silent_changed)
    """Voice guidance has nothing to speak with at present."""
    voice = shown("voice", bool, voice_changed, False)
    reducedMotion = shown("reduced_motion", bool, reduced_motion_changed, False)
    trail = shown("trail", "QVariantList", trail_changed, [])
    canGoBack = shown("can_back", bool, can_back_changed, False)
    active = shown("active", bool, active_changed, False)
    busy = shown("busy", bool, busy_changed, False)
    idleWarning = shown("idle_warning", bool, idle_warning_changed, False)
    leaving = shown("leaving", bool, leaving_changed, False)
    keepsSubmission = shown("keeps", bool, keeps_changed, False)
    callingStaff = shown("calling_staff", bool, calling_staff_changed, False)
    troubleCode = shown("trouble_code", str, trouble_code_changed, "")
    troubleWords = shown("trouble_words", str, trouble_words_changed, "")
    """What is, in one sentence."""
    troubleRest = shown("trouble_rest", str, trouble_rest_changed, "")
    """What to do."""
    troublePart = shown("trouble_part", str, trouble_part_changed, "")
    """The part of this terminal to be pointed at, where a drawing of the part alone says too little."""
    troubleDrawing = shown("trouble_drawing", str, trouble_drawing_changed, "machine")
    troubleButton = shown("trouble_button", str, trouble_button_changed, "")
    """What the first of ``troubleActions`` is called."""
    troubleActions = shown("trouble_actions", "QVariantList", trouble_actions_changed, [])
    itemName = shown("item_name", str, item_name_changed, "")
    powerWords = shown("power_words", str, power_words_changed, "")
    """That the mains failed, in one sentence."""
    powerRest = shown("power_rest", str, power_rest_changed, "")
    """What that means for whoever stands here."""
    powerEnds = shown("power_ends", bool, power_ends_changed, False)
    canGoElsewhere = shown("keepable", bool, keepable_changed, False)
    """Asked only while leaving: what was filled in can be kept under a ticket."""
    resumedFrom = shown("resumed", str, resumed_changed, "")
    """When what is gone on with was broken off; empty for an errand begun here."""

    def __init__(
        self,
        port: TerminalPort,
        *,
        staff_authorisation: bool = False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = china_now,
    ) -> None:
        super().__init__(port)
        self._staff_authorisation = staff_authorisation
        self._clock = clock
        self._now = now
        self._accepted = -GUARD_S
        self._touched = -TOUCH_EVERY_S
        self._models: dict[str, QObject] = {}
        self._time = wording.clock(now())
        self._ticker = QTimer(self)
        self._ticker.setInterval(5_000)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start()
        self._silent = False
        self._warned = 0.0
        self._warning_s = 0.0
        self._ring = QTimer(self)
        self._ring.setInterval(RING_MS)
        self._ring.timeout.connect(self.idle_left_changed)

    def show(self, visit: model.Visit) -> None:
        """The warning's time is counted from when it began, at the pace that held then."""
        if visit.idle_warning and not self._ring.isActive():
            self._warned, self._warning_s = self._clock(), warning_seconds(visit)
            self._ring.start()
            self.idle_left_changed.emit()
        elif not visit.idle_warning:
            self._ring.stop()
        super().show(visit)

    def _idle_total(self) -> float:
        return self._warning_s

    def _idle_left(self) -> float:
        return max(0.0, self._warning_s - (self._clock() - self._warned))

    idleTotal = Property(float, _idle_total, notify=idle_left_changed)
    idleLeft = Property(float, _idle_left, notify=idle_left_changed)
    """Seconds until the visit ends by itself, meaningful while ``idleWarning``."""

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        place, assist, trouble = self._port.place, visit.assist, visit.trouble
        power_words, power_rest = headline_and_rest(self._power_words(visit))
        return {
            **self.compute_help(visit, self._now),
            "screen": screen_name(visit.step),
            "step": visit.step.value,
            "language": visit.language,
            "next_language": self._next(visit.language).short,
            "next_language_words": self._next(visit.language).switch,
            "site": self.say(place.site),
            "city": self.say(place.city),
            "hours": self.say(place.hours),
            "phone": place.staff_phone,
            "terminal": place.terminal_id,
            "text_size": assist.text_size.value,
            "text_factor": _TEXT_FACTORS[assist.text_size],
            "contrast": assist.contrast.value,
            "low_reach": assist.low_reach,
            "slower": assist.slower,
            "voice": assist.voice,
            "reduced_motion": assist.reduced_motion,
            "trail": milestones(visit),
            "can_back": visit.step not in _NO_BACK,
            "active": visit.step not in (Step.ATTRACT, Step.FAREWELL, Step.OUT_OF_SERVICE),
            "busy": visit.busy,
            "idle_warning": visit.idle_warning,
            "leaving": visit.leaving,
            "keeps": visit.submission is not None or bool(visit.done),
            "calling_staff": visit.calling_staff,
            **(trouble_look(trouble, visit.step, self.say) if trouble else {}),
            "item_name": self.say(visit.item.name) if visit.item else "",
            "power_words": power_words,
            "power_rest": power_rest,
            "power_ends": visit.power is Power.ENDING,
            "keepable": visit.leaving and keepable(visit),
            "resumed": self._resumed(visit),
        }

    def _resumed(self, visit: model.Visit) -> str:
        resumed = visit.resumed
        return wording.moment(resumed.broken_off_at, self.lang) if resumed is not None else ""

    def _power_words(self, visit: model.Visit) -> str:
        code = _POWER_WORDS.get(visit.power)
        # A terminal out of service says it large; there is nobody yet to calm at the attract screen.
        if code is None or visit.step in (Step.ATTRACT, Step.OUT_OF_SERVICE):
            return ""
        return self.say(words_for(code))

    def _get_time(self) -> str:
        return self._time

    time = Property(str, _get_time, notify=time_changed)

    def _tick(self) -> None:
        shown_time = wording.clock(self._now())
        if shown_time != self._time:
            self._time = shown_time
            self.time_changed.emit()

    def add_model(self, screen: str, screen_model: QObject) -> None:
        """Make a screen's view model known to QML."""
        self._models[screen] = screen_model

    def close(self) -> None:
        """Stop the clocks."""
        self._ticker.stop()
        self._ring.stop()

    @Slot(str, result=QObject)
    def modelFor(self, screen: str) -> QObject | None:
        """The view model of a screen."""
        return self._models.get(screen)

    @Slot(result=bool)
    def accepts(self) -> bool:
        """False within 300 ms of the last accepted press: a trembling hand presses once."""
        now = self._clock()
        if now - self._accepted < GUARD_S:
            return False
        self._accepted = now
        return True

    @Slot()
    def touched(self) -> None:
        """Any press or key; told to the visit at most once a second."""
        now = self._clock()
        if now - self._touched >= TOUCH_EVERY_S:
            self._touched = now
            self.post(events.Touched())

    @Slot()
    def start(self) -> None:
        """Begin a visit under a random name."""
        self.post(events.Started(secrets.token_hex(8), self._staff_authorisation))

    @Slot(str)
    def startIn(self, language: str) -> None:
        """Begin a visit in this language."""
        self.start()
        self.chooseLanguage(language)

    @Slot(str)
    def chooseLanguage(self, language: str) -> None:
        """Switch the language at any moment."""
        if language != self._visit.language or self._visit.step is Step.ATTRACT:
            self.post(events.LanguageChosen(language))

    @Slot()
    def switchLanguage(self) -> None:
        """To the next language: what the button in the header says."""
        self.chooseLanguage(self._next(self._visit.language).tag)

    @staticmethod
    def _next(tag: str) -> Language:
        offered = languages()
        return offered[(offered.index(language(tag)) + 1) % len(offered)]

    @Slot(result="QVariantList")
    def offered(self) -> list[dict[str, str]]:
        """All languages that can be chosen, each as its readers write it."""
        return [{"tag": one.tag, "name": one.name} for one in languages()]

    @Slot(str)
    def chooseTextSize(self, size: str) -> None:
        """small, normal, large or largest."""
        self._assist(text_size=TextSize(size))

    @Slot()
    def turnTextSize(self) -> None:
        """The next size, from the largest to the small one."""
        self._assist(text_size=_NEXT_SIZE[self._visit.assist.text_size])

    @Slot(str)
    def chooseContrast(self, contrast: str) -> None:
        """normal, high (white and yellow on black) or high_light (black on white)."""
        self._assist(contrast=Contrast(contrast))

    @Slot()
    def turnContrast(self) -> None:
        """The next one."""
        self._assist(contrast=_NEXT_CONTRAST[self._visit.assist.contrast])

    @Slot(bool)
    def setLowReach(self, on: bool) -> None:
        """Everything to press in the lower half."""
        self._assist(low_reach=on)

    @Slot(bool)
    def setSlower(self, on: bool) -> None:
        """Longer times."""
        self._assist(slower=on)

    @Slot(bool)
    def setVoice(self, on: bool) -> None:
        """Voice guidance."""
        self._assist(voice=on)

    def note_silence(self, silent: bool) -> None:
        """Whether voice guidance is heard."""
        if silent != self._silent:
            self._silent = silent
            self.voice_silent_changed.emit()

    @Slot(bool)
    def setReducedMotion(self, on: bool) -> None:
        """Nothing moves."""
        self._assist(reduced_motion=on)

    @Slot()
    def back(self) -> None:
        """The back button."""
        self.post(events.WentBack())

    @Slot()
    def leave(self) -> None:
        """Wants to end the visit."""
        self.post(events.LeaveRequested())

    @Slot(bool)
    def answerLeave(self, leave: bool) -> None:
        """Answer to "leave without finishing?"."""
        self.post(events.LeaveAnswered(leave))

    @Slot()
    def moreTime(self) -> None:
        """我还需要时间."""
        self.post(events.MoreTimeWanted())

    @Slot(str)
    def troubleAction(self, name: str) -> None:
        """A button of the trouble sheet."""
        make = _TROUBLE_EVENTS.get(name)
        if make is not None:
            self.post(make())
