"""Finds Noto CJK (Debian ``fonts-noto-cjk``), which has the rare characters of names."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection

SIMPLIFIED_CHINESE = 2
"""Index of the SC face in Debian's Noto CJK collections."""

SANS = "NotoSansCJK-Regular.ttc"
SERIF_BOLD = "NotoSerifCJK-Bold.ttc"


class FontMissingError(RuntimeError):
    """No Noto CJK font is installed; proofs can't be printed."""


def _directories() -> list[Path]:
    data_home = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share"))
    return [
        data_home / "fonts",
        Path.home() / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    ]


@cache
def find_font(name: str) -> Path:
    """The font file of this name. Raises :class:`FontMissingError`."""
    for directory in _directories():
        found = next(directory.rglob(name), None) if directory.is_dir() else None
        if found is not None:
            return found
    raise FontMissingError(f"{name} is not installed (Debian package fonts-noto-cjk)")


@cache
def _characters() -> frozenset[int]:
    with TTCollection(str(find_font(SANS)), lazy=True) as collection:
        return frozenset(collection.fonts[SIMPLIFIED_CHINESE].getBestCmap())


def can_print(text: str) -> bool:
    """Whether every character of ``text`` has a glyph."""
    return all(ord(character) in _characters() for character in text)
