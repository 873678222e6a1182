"""Voice guidance: reads what Qt's accessibility tree tells, while the visit wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickView

from config.text import Text
from screens import accessible_tree
from screens.models import SessionModel
from screens.speech import Speaker, Utterance, phrases
from screens.speech.phrases import Node
from screens.speech.spoken import spoken

SOON_MS = 40
"""From the first sign of a change to a look at the tree: focus, title and errors come together."""
DRAWN_MS = 200
"""How soon after a new frame what changed by itself is noticed."""
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)

WELCOME: Final = Text(
    zh="语音导览已打开。按“朗读整页”可以听完整的一页，按任意键就停下来。",
    en="Voice guidance is on. Press Read this page to hear all of it; any key stops it.",
)
_ENDS = ("。", "！", "？", ".", "!", "?")
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)


class Reader(QObject):
    """Says the title and summary of a new page, then each thing that gets the focus, and alerts as
    they appear. As an event filter of the window it hears every press: whatever is being said stops.

    Keys: F1 reads the whole page (and switches voice guidance on where it is off), F2 says the last
    thing again, F3 is silence, F4 slower, F5 faster. ``private``: only the person hears it.
    """

    def __init__(self, session: SessionModel, speaker: Speaker) -> None:
        super().__init__()
        self._session = session
        self._speaker = speaker
        self._view: QQuickView | None = None
        self._on = False
        self._forget()
        self.private = False
        self._soon = self._timer(SOON_MS)
        self._drawn = self._timer(DRAWN_MS)
        self._keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_F1: self.read_page,
            Qt.Key.Key_F2: self.repeat,
            Qt.Key.Key_F3: speaker.stop,
            Qt.Key.Key_F4: lambda: self._change_rate(-1),
            Qt.Key.Key_F5: lambda: self._change_rate(1),
        }

    def _timer(self, after_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(self._look)
        return timer

    def _forget(self) -> None:
        """Nothing of a visit stays: what was said may be personal."""
        self._page: tuple[str, str, str] | None = None
        self._focus: Node | None = None
        self._calls: list[str] = []
        self._last: list[str] = []
        self._reminders = 0
        self._rate = RATES.index(1.0)

    def attach(self, view: QQuickView) -> None:
        """Follow this window."""
        self._view = view
        view.installEventFilter(self)
        view.activeFocusItemChanged.connect(self._something_changed)
        view.frameSwapped.connect(self._frame_drawn)
        self._session.voice_changed.connect(self._switch)
        self._session.reading.connect(self.read_page)
        self._switch()

    def close(self) -> None:
        """Let the window go, before it goes."""
        self._soon.stop()
        self._drawn.stop()
        if self._view is not None:
            self._view.removeEventFilter(self)
            self._view.activeFocusItemChanged.disconnect(self._something_changed)
            self._view.frameSwapped.disconnect(self._frame_drawn)
            self._session.voice_changed.disconnect(self._switch)
            self._session.reading.disconnect(self.read_page)
            self._view = None
        self._speaker.close()

    # What happens

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its own keys; everything else goes on to the scene."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())
        if self._on and event.type() in _PRESSES:
            self._speaker.stop()
        return False

    def _key(self, key: int) -> bool:
        if not self._on:
            if key == Qt.Key.Key_F1:
                self._session.setVoice(True)
                return True
            return False
        self._speaker.stop()
        act = self._keys.get(key)
        if act is not None:
            act()
        return act is not None

    def _switch(self) -> None:
        on = self._session.visit.assist.voice
        if on == self._on:
            return
        self._on = on
        self._forget()
        self._speaker.set_rate(RATES[self._rate])
        if on:
            self._say([WELCOME.in_language(self._session.visit.language)])
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
            said += phrases.summary(nodes)
            said += calls
        else:
            first = False
            said += [call for call in calls if call not in self._calls]
        self._calls = calls
        at = self._of_focus(accessible_tree.focused(self._view.activeFocusItem()))
        said += at
        if said:
            self._say(said, interrupt=(turned and not first) or (bool(at) and not turned))

    def _of_focus(self, node: Node | None) -> list[str]:
        before, self._focus = self._focus, node
        if node is None or node == before:
            return []
        language = self._session.visit.language
        if before is None or (node.key, node.name) != (before.key, before.name):
            return [phrases.described(node, language, private=self.private)]
        if node.value != before.value:
            words = phrases.typed(before.value, node.value, language, private=self.private)
            return [words] if words else []
        return [phrases.described(node, language, private=self.private)]

    def read_page(self) -> None:
        """Say everything on the page."""
        if self._on:
            language = self._session.visit.language
            self._say(phrases.whole_page(self.nodes(), language, private=self.private))

    def remind(self, number: int) -> None:
        """A page that has not changed calls for attention once more (a card left in the reader)."""
        if self._on and number > self._reminders:
            self._page = None
            self._something_changed()
        self._reminders = number

    def repeat(self) -> None:
        """Say the last thing again."""
        if self._last:
            self._say(self._last)

    def _change_rate(self, by: int) -> None:
        self._rate = min(max(self._rate + by, 0), len(RATES) - 1)
        self._speaker.set_rate(RATES[self._rate])
        self.repeat()

    def _say(self, sentences: list[str], *, interrupt: bool = True) -> None:
        language = self._session.visit.language
        self._last = sentences
        words = [spoken(one, language, private=self.private) for one in sentences]
        stop = "。" if language.startswith("zh") else "."
        text = " ".join(one if one.endswith(_ENDS) else one + stop for one in words if one)
        if text:
            self._speaker.say(Utterance(text, language), interrupt=interrupt)
