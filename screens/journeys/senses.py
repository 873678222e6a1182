"""What a person is told by a terminal: read from its accessibility tree, or heard from its voice.

Neither knows coordinates, object names, pixels, or the visit.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtQuick import QQuickView

from screens import accessible_tree
from screens.journeys.keypad import wait
from screens.speech import Recorder, phrases
from screens.speech.phrases import Node

SOON_S = 5.0
"""How long a person waits for an answer to a key before the next one."""


class Page(str):
    """What stands on a page as a whole, line by line; anything else told is of one thing on it."""


class Sense(Protocol):
    """One way of being told."""

    def news(self, timeout_s: float = SOON_S) -> list[str]:
        """What was told since the last call, sentence by sentence; waits for some until then."""
        ...


class Ears:
    """Hears what the voice says."""

    def __init__(self, voice: Recorder) -> None:
        self._voice = voice
        self._heard = len(voice.said)

    def news(self, timeout_s: float = SOON_S) -> list[str]:
        """See :class:`Sense`."""
        wait(lambda: len(self._voice.said) > self._heard, timeout_s)
        new = self._voice.said[self._heard :]
        self._heard += len(new)
        return [said.text for said in new]


class Tree:
    """Reads the accessibility tree: the page with its lines when it has changed, and what has the focus."""

    def __init__(self, view: QQuickView, language: str) -> None:
        self._view = view
        self._language = language
        self._page: tuple[str, ...] = ()
        self._focus: Node | None = None

    def news(self, timeout_s: float = SOON_S) -> list[str]:
        """See :class:`Sense`."""
        wait(self._changed, timeout_s)
        page, focus = self._look()
        told: list[str] = []
        if page != self._page:
            told.append(Page("\n".join(page)))
        if focus is not None and focus != self._focus:
            told.append(phrases.described(focus, self._language, private=True))
        self._page, self._focus = page, focus
        return told

    def _changed(self) -> bool:
        page, focus = self._look()
        return page != self._page or (focus is not None and focus != self._focus)

    def _look(self) -> tuple[tuple[str, ...], Node | None]:
        nodes = phrases.on_top(accessible_tree.visible(self._view))
        lines = (f"{node.name} {node.value}" for node in nodes if node.value)
        page = (*phrases.summary(nodes), *(node.name for node in phrases.calls(nodes)), *lines)
        return page, accessible_tree.focused(self._view.activeFocusItem())
