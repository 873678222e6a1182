"""The window's door-keeper: lets through what the terminal's screens know, and nothing else.

What a desktop takes for itself before an application sees it (virtual terminals, the window
manager's keys) is the session's to refuse: docs/session.md.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointerEvent, QWheelEvent
from PySide6.QtQuick import QQuickView

_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_KNOWN: Final = frozenset(
    {
        Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter,
        Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Home,
        Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
        Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock,
        Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5,
        Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9,
    }
)  # fmt: skip
"""Keys without a character that some screen, or voice guidance, has a use for."""
_KEYS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_PRESSES: Final = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
)
_TOUCHES: Final = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate)
_NEVER: Final = frozenset(
    {
        QEvent.Type.ContextMenu, QEvent.Type.NativeGesture, QEvent.Type.DragEnter,
        QEvent.Type.DragMove, QEvent.Type.Drop, QEvent.Type.FileOpen, QEvent.Type.TabletPress,
        QEvent.Type.WhatsThisClicked, QEvent.Type.QueryWhatsThis,
    }
)  # fmt: skip


class Guard(QObject):
    """Event filter of the terminal's window. ``kept``: the window is the whole terminal, and so is
    neither closed, minimised nor made smaller; a window on a desktop may be."""

    def __init__(self, view: QQuickView, *, kept: bool) -> None:
        super().__init__()
        self._view = view
        self._kept = kept

    def release(self) -> None:
        """The program itself wants to close the window."""
        self._kept = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for what goes no further."""
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent):
            return not is_known(event)
        if kind in _PRESSES and isinstance(event, QMouseEvent):
            return event.button() is not Qt.MouseButton.LeftButton
        if kind is QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            return bool(event.modifiers() & _COMMANDS)
        if kind in _TOUCHES and isinstance(event, QPointerEvent):
            return event.pointCount() > 1
        if kind in _NEVER:
            return True
        return self._kept and self._window_event(kind, event)

    def _window_event(self, kind: QEvent.Type, event: QEvent) -> bool:
        if kind is QEvent.Type.Close:
            event.ignore()
            return True
        if kind is QEvent.Type.WindowStateChange and (
            self._view.windowStates() != Qt.WindowState.WindowFullScreen
        ):
            self._view.showFullScreen()
        return False


def is_known(event: QKeyEvent) -> bool:
    """A character, or a key that the screens have a use for; with Shift at most."""
    if event.modifiers() & _COMMANDS:
        return False
    return event.key() in _KNOWN or (len(event.text()) > 0 and event.text().isprintable())
