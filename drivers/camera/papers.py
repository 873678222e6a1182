"""Invented papers for simulated document cameras: letters, cards, blank sheets.

Flat pictures with the place of every character in them, so that a test can see whether what a
camera made of a paper can still be read. The text is drawn from common characters at random and
means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]

ALPHABET = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下"
    "过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都"
    "两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重"
    "新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想"
)
"""Characters the papers are written in."""

SIMPLIFIED = 2
"""Index of Simplified Chinese in Noto's collections."""
_FONT = "NotoSansCJK-Regular.ttc"
_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_INCH_MM = 25.4
_RED = (196, 30, 38)
_INK = (28, 28, 32)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and the box it was drawn in, pixels of the paper."""

    character: str
    left: int
    top: int
    size: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A flat paper, as from a perfect scanner. ``solid``: 255 where the paper is, 0 outside its
    rounded corners. ``stamp``: box of the red stamp (left, top, right, bottom), if any."""

    picture: Picture = field(repr=False)
    solid: Picture = field(repr=False)
    width_mm: float
    height_mm: float
    glyphs: tuple[Glyph, ...] = ()
    stamp: tuple[int, int, int, int] | None = None


class FontMissingError(Exception):
    """Noto Sans CJK (Debian's fonts-noto-cjk) is not installed."""


@lru_cache(maxsize=1)
def _font_file() -> str:
    for folder in _FOLDERS:
        for path in folder.rglob(_FONT):
            return str(path)
    raise FontMissingError(f"{_FONT} not found; install the package fonts-noto-cjk")


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The papers' font, ``size`` pixels high."""
    return ImageFont.truetype(_font_file(), size, index=SIMPLIFIED)


class _Sheet:
    """A paper being drawn. Lengths are in millimetres, text sizes in points."""

    def __init__(self, width_mm: float, height_mm: float, dpi: int, colour: tuple[int, int, int]):
        self._scale = dpi / _INCH_MM
        self._dpi = dpi
        self.size_mm = (width_mm, height_mm)
        self.image = Image.new("RGB", (self.px(width_mm), self.px(height_mm)), colour)
        self.draw = ImageDraw.Draw(self.image)
        self.glyphs: list[Glyph] = []
        self.stamp_box: tuple[int, int, int, int] | None = None

    def px(self, mm: float) -> int:
        return round(mm * self._scale)

    def line(self, text: str, left_mm: float, top_mm: float, points: float) -> None:
        size = round(points * self._dpi / 72)
        left, top = self.px(left_mm), self.px(top_mm)
        for number, character in enumerate(text):
            at = (left + number * size, top)
            self.draw.text(at, character, font=font(size), fill=_INK, anchor="lt")
            self.glyphs.append(Glyph(character, *at, size))

    def rule(self, box_mm: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = (self.px(mm) for mm in box_mm)
        self.draw.rectangle((left, top, right, bottom), outline=_INK, width=max(1, self.px(0.3)))

    def stamp(self, x_mm: float, y_mm: float, across_mm: float) -> None:
        x, y, r = self.px(x_mm), self.px(y_mm), self.px(across_mm / 2)
        self.draw.ellipse((x - r, y - r, x + r, y + r), outline=_RED, width=max(2, r // 14))
        self.draw.regular_polygon((x, y, r * 2 // 5), 5, fill=_RED)
        self.stamp_box = (x - r, y - r, x + r, y + r)

    def finish(self, corner_mm: float = 0.0) -> Paper:
        solid = Image.new("L", self.image.size, 0 if corner_mm else 255)
        if corner_mm:
            box = (0, 0, self.image.width - 1, self.image.height - 1)
            ImageDraw.Draw(solid).rounded_rectangle(box, self.px(corner_mm), fill=255)
        bgr = np.ascontiguousarray(np.asarray(self.image)[:, :, ::-1])
        return Paper(bgr, np.array(solid), *self.size_mm, tuple(self.glyphs), self.stamp_box)


def _words(dice: np.random.Generator, length: int) -> str:
    return "".join(ALPHABET[index] for index in dice.integers(0, len(ALPHABET), length))


def letter(seed: int, dpi: int = 200) -> Paper:
    """An A4 page: a title, paragraphs of 10.5 and 14 points, a table, a red stamp over text."""
    dice = np.random.default_rng(seed)
    sheet = _Sheet(210, 297, dpi, (248, 247, 244))
    sheet.line(_words(dice, 9), 58, 28, 30)
    top = 52.0
    for points in (14.0, 10.5):
        pitch, each = points * 0.62, points * _INCH_MM / 72
        per_line = int(160 / each)
        for _ in range(int(dice.integers(2, 4))):
            lines = int(dice.integers(2, 6))
            for number in range(lines):
                last = number == lines - 1
                count = int(dice.integers(per_line // 4, per_line)) if last else per_line
                indent = 2 if number == 0 else 0
                sheet.line(_words(dice, max(2, count - indent)), 25 + indent * each, top, points)
                top += pitch
            top += pitch / 2
    rows = min(4, int((262 - top) / 10))
    for row in range(rows):
        for column in range(4):
            left = 25 + column * 40
            sheet.rule((left, top + row * 10, left + 40, top + row * 10 + 10))
            sheet.line(_words(dice, int(dice.integers(2, 7))), left + 3, top + row * 10 + 3, 10.5)
    sheet.line(_words(dice, 10), 120, 268, 12)
    sheet.stamp(150, 262, 42)
    return sheet.finish()


def card(seed: int, dpi: int = 400) -> Paper:
    """A card of ID-1 size (85.6 × 54 mm, corners of 3.18 mm) with a portrait-like dark area."""
    dice = np.random.default_rng(seed)
    sheet = _Sheet(85.6, 53.98, dpi, (226, 236, 244))
    for row in range(4):
        sheet.line(_words(dice, int(dice.integers(4, 11))), 6, 7 + row * 8.2, 8)
    sheet.line(_words(dice, 16), 6, 44, 9)
    left, top = sheet.px(58), sheet.px(8)
    right, bottom = sheet.px(80), sheet.px(36)
    sheet.draw.rectangle((left, top, right, bottom), fill=(186, 204, 222))
    sheet.draw.ellipse((left + 40, top + 30, right - 40, bottom - 60), fill=(150, 120, 104))
    sheet.draw.pieslice((left, bottom - 150, right, bottom + 150), 180, 360, fill=(48, 50, 66))
    return sheet.finish(corner_mm=3.18)


def blank(seed: int, dpi: int = 200) -> Paper:
    """An empty A4 sheet; ``seed`` only keeps the signature of the other kinds."""
    return _Sheet(210, 297, dpi, (248, 248, 246)).finish()


PAPERS = {"letter": letter, "card": card, "blank": blank}
"""Kinds of paper by name; each takes a seed and a resolution in dots per inch."""
