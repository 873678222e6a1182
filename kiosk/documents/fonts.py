"""Finding the CJK fonts on this machine (Debian's fonts-noto-cjk)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
)
SIMPLIFIED = 2
"""The face of Simplified Chinese in Noto's CJK collections (JP, KR, SC, TC, HK)."""


class FontsMissingError(Exception):
    """The CJK fonts are not installed; the message says which and how."""


@lru_cache(maxsize=8)
def find_font(file: str) -> Path:
    """Path of a font file by its name."""
    for folder in _FOLDERS:
        for path in folder.rglob(file):
            return path
    raise FontsMissingError(f"{file} not found; install the package fonts-noto-cjk")


@lru_cache(maxsize=32)
def sans(size: int, *, bold: bool = False, face: int = SIMPLIFIED) -> ImageFont.FreeTypeFont:
    """Noto Sans CJK of ``size`` dots."""
    file = "NotoSansCJK-Bold.ttc" if bold else "NotoSansCJK-Regular.ttc"
    return ImageFont.truetype(str(find_font(file)), size, index=face)


@lru_cache(maxsize=8)
def serif(size: int, *, face: int = SIMPLIFIED) -> ImageFont.FreeTypeFont:
    """Noto Serif CJK bold of ``size`` dots, for what is official."""
    return ImageFont.truetype(str(find_font("NotoSerifCJK-Bold.ttc")), size, index=face)
