"""Phosphor icons by name, for QML."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

FALLBACK = "circle"


class Icons(QObject):
    """Glyphs of the icon font; an unknown name becomes a plain circle."""

    def __init__(self, glyphs: dict[str, str]) -> None:
        super().__init__()
        self._glyphs = glyphs

    @Slot(str, result=str)
    def glyph(self, name: str) -> str:
        """The character that draws this icon."""
        return self._glyphs.get(name) or self._glyphs[FALLBACK]

    def knows(self, name: str) -> bool:
        """Is there an icon of this name?"""
        return name in self._glyphs
