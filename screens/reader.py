"""Voice guidance: reads what Qt's accessibility tree tells, while the visit wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickView

from config.text import Text
from kiosk.visit.assistance import LOUDEST, RATES
from kiosk.visit.model import PrintState
from screens import accessible_tree
from screens.lock import is_known
from screens.models import SessionModel
from screens.speech import Speaker, Utterance, phrases
from screens.speech.notice import Notice
from screens.speech.phrases import Kind, Node
from screens.speech.spoken import spoken

SOON_MS = 40
"""From the first sign of a change to a look at the tree: focus, title and errors come together."""
DRAWN_MS = 200
"""How soon after a new frame what changed by itself is noticed."""

SLIP_SAYS: Final = Text(zh="凭条上印着：", en="Your slip says:")
_ENDS = ("：", ":", "。", "！", "？", ".", "!", "?")
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)


class Reader(QObject):
    """Says the title and summary of a new page, then each thing that gets the focus, and alerts as
    they appear. As an event filter of the window it hears every press: whatever is being said stops.

    Keys: F1 reads the whole page (and switches voice guidance on where it is off), F2 says the last
    thing again, F3 is silence, F4 slower, F5 faster, F6 pauses and goes on, F7 skips a sentence, F8
    softer, F9 louder. ``private``: a headset is in, and only the person hears it.
    """

    def __init__(self, session: SessionModel, speaker: Speaker) -> None:
        super().__init__()
        self._session = session
        self._speaker = speaker
        self._view: QQuickView | None = None
        self._on = False
        self._forget()
        self.private = False
        self._pace = (1.0, 3)
        self._cut = False
        self._soon = self._timer(SOON_MS)
        self._drawn = self._timer(DRAWN_MS)
        self._keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_F1: self.read_page,
            Qt.Key.Key_F2: self.repeat,
            Qt.Key.Key_F3: speaker.stop,
            Qt.Key.Key_F4: lambda: self._change_rate(-1),
            Qt.Key.Key_F5: lambda: self._change_rate(1),
            Qt.Key.Key_F6: self._pause_or_go_on,
            Qt.Key.Key_F7: speaker.skip,
            Qt.Key.Key_F8: lambda: self._change_volume(-1),
            Qt.Key.Key_F9: lambda: self._change_volume(1),
        }

    def _timer(self, after_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(self._look)
        return timer

    def _forget(self) -> None:
        """Nothing of a visit stays: what was said may be personal."""
        self._session.show_paused(False)
        self._page: tuple[str, str, str] | None = None
        self._focus: Node | None = None
        self._notice = Notice()
        self._calls: list[str] = []
        self._last: list[str] = []
        self._printed: PrintState = PrintState.NONE
        self._reminders = 0

    def attach(self, view: QQuickView) -> None:
        """Follow this window."""
        self._view = view
        view.installEventFilter(self)
        view.activeFocusItemChanged.connect(self._something_changed)
        view.frameSwapped.connect(self._frame_drawn)
        for changed in self._changes():
            changed.connect(self._follow)
        self._session.reading.connect(self._read_pause_or_go_on)
        self._session.repeating.connect(self.repeat)
        self._follow()

    def _changes(self) -> tuple[SignalInstance, ...]:
        session = self._session
        return (
            session.voice_changed,
            session.headset_changed,
            session.rate_changed,
            session.volume_changed,
        )

    def close(self) -> None:
        """Let the window go, before it goes."""
        self._soon.stop()
        self._drawn.stop()
        if self._view is not None:
            self._view.removeEventFilter(self)
            self._view.activeFocusItemChanged.disconnect(self._something_changed)
            self._view.frameSwapped.disconnect(self._frame_drawn)
            for changed in self._changes():
                changed.disconnect(self._follow)
            self._session.reading.disconnect(self._read_pause_or_go_on)
            self._session.repeating.disconnect(self.repeat)
            self._view = None
        self._speaker.close()

    # What happens

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its own keys; everything else goes on to the scene."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key()) if is_known(event) else False
        if self._on and event.type() in _PRESSES:
            self._hush()
        return False

    def _hush(self) -> None:
        """Silence as soon as somebody acts; what was cut short can be gone on with."""
        self._cut = self._speaker.pause()

    def _key(self, key: int) -> bool:
        if not self._on:
            if key == Qt.Key.Key_F1:
                self._session.setVoice(True)
                return True
            return False
        self._hush()
        act = self._keys.get(key)
        if act is not None:
            act()
        return act is not None

    def _follow(self) -> None:
        """The person's settings, and the headset's socket."""
        visit = self._session.visit
        headset, pace = visit.headset is True, (visit.assist.rate, visit.assist.volume)
        if headset != self.private:
            self.private = headset
            self._speaker.use_headset(headset)
        anew, self._pace = pace != self._pace, pace
        self._speaker.set_rate(visit.assist.rate)
        self._speaker.set_volume(visit.assist.volume)
        if visit.assist.voice != self._on:
            self._switch(visit.assist.voice)
        elif anew and self._on:
            self.repeat()

    def _switch(self, on: bool) -> None:
        self._on = on
        self._forget()
        if on:
            self._something_changed()
        else:
            self._speaker.stop()

    def _something_changed(self) -> None:
        if self._on and not self._soon.isActive():
            self._soon.start()

    def _frame_drawn(self) -> None:
        if self._on and not self._drawn.isActive():
            self._drawn.start()

    # What is said

    def nodes(self) -> list[Node]:
        """All that can be reached now, the topmost sheet alone if there is one."""
        if self._view is None:
            return []
        return list(phrases.on_top(accessible_tree.visible(self._view)))

    def _look(self) -> None:
        if not self._on or self._view is None:
            return
        self._session.note_silence(bool(self._speaker.trouble))
        nodes = self.nodes()
        page = (self._session.visit.step.value, self._session.visit.language, phrases.title(nodes))
        calls = [
            phrases.described(node, self._session.visit.language, private=self.private)
            for node in phrases.calls(nodes)
        ]
        said: list[str] = []
        if turned := page != self._page:
            first, self._page, self._focus = self._page is None, page, None
            # Who has just put a headset in hears that first.
            said += calls + phrases.summary(nodes) if first else phrases.summary(nodes) + calls
        else:
            first = False
            said += [call for call in calls if call not in self._calls]
        self._calls = calls
        said += [line for line in self._notice.arrived(nodes, page[:2]) if line not in said]
        focus = accessible_tree.focused(self._view.activeFocusItem())
        said += [self._typed(*change) for change in self._notice.written(nodes, focus)]
        at = self._of_focus(focus)
        said += at
        printed, self._printed = self._printed, self._session.visit.receipt_print.state
        if printed is not self._printed and (slip := self._slip()):
            said += slip
        if said:
            self._say(said, interrupt=(turned and not first) or (bool(at) and not turned))

    def _typed(self, before: Node, now: Node) -> str:
        private = self.private or now.open
        return phrases.typed(before.value, now.value, self._session.visit.language, private=private)

    def _of_focus(self, node: Node | None) -> list[str]:
        before, self._focus = self._focus, node
        if node is None or node == before:
            return []
        language = self._session.visit.language
        if before is None or (node.key, node.name) != (before.key, before.name):
            return [phrases.described(node, language, private=self.private)]
        if node.value != before.value:
            words = self._typed(before, node)
            return [words] if words else []
        return [phrases.described(node, language, private=self.private)]

    def read_page(self) -> None:
        """Say everything on the page."""
        if self._on:
            language = self._session.visit.language
            page = phrases.whole_page(self.nodes(), language, private=self.private)
            self._say([*page, *self._slip()])

    def _slip(self) -> list[str]:
        """What stands on paper, for who can't read it (A26); nothing while nothing was printed."""
        covered = any(node.kind is Kind.DIALOG for node in self.nodes()[:1])
        slip = [] if covered else self._session.slip()
        return [SLIP_SAYS.in_language(self._session.visit.language), *slip] if slip else []

    def known(self) -> list[str]:
        """What was said last and could be said again; nothing once nobody listens."""
        return [*self._last, *self._calls]

    def remind(self, number: int) -> None:
        """A page that has not changed calls for attention once more (a card left in the reader)."""
        if self._on and number > self._reminders:
            self._page = None
            self._something_changed()
        self._reminders = number

    def _pause_or_go_on(self) -> None:
        """Whoever spoke until this press stays silent; whoever did not goes on."""
        if not self._cut:
            self._speaker.resume()
        self._session.show_paused(self._cut)

    def _read_pause_or_go_on(self) -> None:
        """One button for all three, where there is room for one."""
        if self._view is not None:  # the finger's button has the focus now, and needs no naming
            self._focus = accessible_tree.focused(self._view.activeFocusItem())
        if self._cut or self._session.readingPaused:
            self._pause_or_go_on()
        else:
            self.read_page()

    def repeat(self) -> None:
        """Say the last thing again."""
        if self._on and self._last:
            self._say(self._last)

    def _change_rate(self, by: int) -> None:
        at = RATES.index(self._session.visit.assist.rate) + by
        if 0 <= at < len(RATES):
            self._session.setRate(RATES[at])
        else:
            self.repeat()

    def _change_volume(self, by: int) -> None:
        volume = self._session.visit.assist.volume + by
        if 1 <= volume <= LOUDEST:
            self._session.setVolume(volume)
        else:
            self.repeat()

    def _say(self, sentences: list[str], *, interrupt: bool = True) -> None:
        language = self._session.visit.language
        self._last = sentences
        words = [spoken(one, language, private=self.private) for one in sentences]
        stop = "。" if language.startswith("zh") else "."
        text = " ".join(one if one.endswith(_ENDS) else one + stop for one in words if one)
        if text:
            self._session.show_paused(False)
            self._speaker.say(Utterance(text, language), interrupt=interrupt)
