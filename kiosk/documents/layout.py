"""Laying out a slip as a 1-bit image, so that no name is ever lost to a printer's code page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M

from drivers.ports import RasterImage
from kiosk.documents import fonts

_MARGIN = 24
_LEADING = 1.35


@dataclass(frozen=True, slots=True)
class Title:
    """The slip's one heading, in serif."""

    text: str


@dataclass(frozen=True, slots=True)
class Big:
    """A number to be read out over the phone: look-up code, queue number, amount."""

    caption: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value."""

    label: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: text left, amount right."""

    left: str = field(repr=False)
    right: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence or two. ``strong`` for what must be noticed."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A hairline."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code with a caption below; the content holds nothing personal."""

    content: str
    caption: str


Element = Title | Big | Pair | Row | Note | Rule | Qr


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip to print; ``scale`` enlarges everything (large-print option, A26). ``face``: the fonts'
    shapes of its language (:class:`config.languages.Language`)."""

    elements: tuple[Element, ...] = field(repr=False)
    scale: float = 1.0
    face: int = fonts.SIMPLIFIED


def render(slip: Slip, width: int) -> RasterImage:
    """The slip as dots of a ``width``-dot line printer."""
    canvas = _Canvas(width, slip.scale, slip.face)
    for element in slip.elements:
        canvas.draw(element)
    return canvas.finish()


class _Canvas:
    """Draws top to bottom on a strip that grows as needed."""

    def __init__(self, width: int, scale: float, face: int) -> None:
        self._width = width
        self._scale = scale
        self._face = face
        self._image = Image.new("1", (width, 1200), 1)
        self._y = 16

    def finish(self) -> RasterImage:
        height = self._y + 16
        image = Image.new("1", (self._width, height), 1)
        image.paste(self._image.crop((0, 0, self._width, height)), (0, 0))
        stride = (self._width + 7) // 8
        raw = image.tobytes()  # 1 = white here, 1 = black for the printer
        inverted = bytes(byte ^ 0xFF for byte in raw)
        return RasterImage(self._width, height, _clear_padding(inverted, self._width, stride))

    def draw(self, element: Element) -> None:
        match element:
            case Title(text):
                self._centred(text, fonts.serif(self._px(40), face=self._face))
                self._y += self._px(8)
            case Big(caption, text):
                self._paragraph(caption, self._sans(self._px(22)))
                self._paragraph(text, self._fitting(text, 46))
            case Pair(label, value):
                self._pair(label, value)
            case Row(left, right):
                self._row(left, right)
            case Note(text, strong):
                self._paragraph(text, self._sans(self._px(24), bold=strong))
                self._y += self._px(4)
            case Rule():
                self._rule()
            case Qr(content, caption):
                self._qr(content, caption)

    def _fitting(self, text: str, size: int) -> ImageFont.FreeTypeFont:
        """A bold font in which ``text`` stays on one line, but never smaller than running text
        (in large print: than that of print less large, or it would not fit narrow paper)."""
        dots, smallest = self._px(size), round(26 * min(self._scale, 1.4))
        while dots > smallest and self._sans(dots, bold=True).getlength(text) > self._line_width:
            dots -= 2
        return self._sans(dots, bold=True)

    @property
    def _line_width(self) -> int:
        return self._width - 2 * _MARGIN

    def _sans(self, dots: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        return fonts.sans(dots, bold=bold, face=self._face)

    def _px(self, size: float) -> int:
        return round(size * self._scale)

    def _room(self, height: int) -> None:
        needed = self._y + height + 32
        if needed > self._image.height:
            taller = Image.new("1", (self._width, needed + 1200), 1)
            taller.paste(self._image, (0, 0))
            self._image = taller

    def _text(self, x: int, text: str, font: ImageFont.FreeTypeFont) -> None:
        ImageDraw.Draw(self._image).text((x, self._y), text, font=font, fill=0)

    def _line_height(self, font: ImageFont.FreeTypeFont) -> int:
        return round(font.size * _LEADING)

    def _centred(self, text: str, font: ImageFont.FreeTypeFont) -> None:
        for line in wrap(text, font.getlength, self._width - 2 * _MARGIN):
            self._room(self._line_height(font))
            self._text(round((self._width - font.getlength(line)) / 2), line, font)
            self._y += self._line_height(font)

    def _paragraph(self, text: str, font: ImageFont.FreeTypeFont, x: int = _MARGIN) -> None:
        for line in wrap(text, font.getlength, self._width - x - _MARGIN):
            self._room(self._line_height(font))
            self._text(x, line, font)
            self._y += self._line_height(font)

    def _pair(self, label: str, value: str) -> None:
        font = self._sans(self._px(24))
        column = _MARGIN + self._px(130)
        if font.getlength(label) > column - _MARGIN - 8:
            self._paragraph(label, font)
            self._paragraph(value, self._sans(self._px(26), bold=True))
        else:
            self._room(self._line_height(font))
            self._text(_MARGIN, label, font)
            self._paragraph(value, self._sans(self._px(24), bold=True), column)
        self._y += self._px(4)

    def _row(self, left: str, right: str) -> None:
        font = self._sans(self._px(24))
        space = self._line_width - round(font.getlength(right)) - 16
        if space < self._line_width / 3:  # two long texts: one below the other
            self._paragraph(left, font)
            self._paragraph(right, font, _MARGIN + self._px(24))
            return
        lines = wrap(left, font.getlength, space)
        self._room(self._line_height(font) * len(lines))
        self._text(round(self._width - _MARGIN - font.getlength(right)), right, font)
        for line in lines:
            self._text(_MARGIN, line, font)
            self._y += self._line_height(font)

    def _rule(self) -> None:
        self._room(20)
        self._y += 8
        box = (_MARGIN, self._y, self._width - _MARGIN, self._y)
        ImageDraw.Draw(self._image).line(box, fill=0, width=2)
        self._y += 12

    def _qr(self, content: str, caption: str) -> None:
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=1, border=2)
        code.add_data(content)
        matrix = code.get_matrix()
        dots = max(
            1, min(max(4, round(self._width * 0.4) // len(matrix)), self._width // len(matrix))
        )
        side = dots * len(matrix)
        self._room(side + 60)
        draw = ImageDraw.Draw(self._image)
        left, top = (self._width - side) // 2, self._y
        for y, line in enumerate(matrix):
            for x, dark in enumerate(line):
                if dark:
                    corner = (left + x * dots, top + y * dots)
                    draw.rectangle((*corner, corner[0] + dots - 1, corner[1] + dots - 1), fill=0)
        self._y += side
        self._centred(caption, self._sans(self._px(22)))


def wrap(text: str, length: Callable[[str], float], width: float) -> list[str]:
    """Lines no wider than ``width``: Chinese breaks anywhere (never before closing punctuation,
    which takes the character before it along), Latin words stay whole where they fit.

    Only spaces at a break are dropped. A character wider than ``width`` stands alone.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _tokens(paragraph):
            if length(line + word) <= width:
                line += word
                continue
            if line:
                kept, taken = _with_company(line, word)
                lines.append(kept.rstrip(" "))
                line = (taken + word).lstrip(" ")
            else:
                line = word
            while len(line) > 1 and length(line) > width:
                cut = _cut(line, length, width)
                lines.append(line[:cut].rstrip(" "))
                line = line[cut:].lstrip(" ")
        lines.append(line.rstrip(" "))
    return lines


def _with_company(line: str, word: str) -> tuple[str, str]:
    """What stays on the line, and what goes to the next one with ``word``."""
    taken = 0
    if _clings(word):
        taken = 1
        while taken < len(line) and _clings(line[-taken:]):
            taken += 1
        if taken >= len(line) or line[-taken] == " " or not _breakable(line[-taken]):
            taken = 0
    return line[: len(line) - taken], line[len(line) - taken :]


def _breakable(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _cut(line: str, length: Callable[[str], float], width: float) -> int:
    cut = len(line) - 1
    while cut > 1 and length(line[:cut]) > width:
        cut -= 1
    return cut


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for char in text:
        narrow = unicodedata.east_asian_width(char) not in "WF" and char not in " \n"
        if narrow and tokens and tokens[-1] not in (" ", "\n") and _narrow(tokens[-1]):
            tokens[-1] += char
        else:
            tokens.append(char)
    return tokens


def _narrow(word: str) -> bool:
    return unicodedata.east_asian_width(word[-1]) not in "WF"


def _clings(word: str) -> bool:
    return word[0] in "，。、；：？！）》”’,.;:?!)"


def _clear_padding(data: bytes, width: int, stride: int) -> bytes:
    """The bits behind the last dot of each row are 1 after inverting: make them white."""
    spare = stride * 8 - width
    if not spare:
        return data
    keep = 0xFF << spare & 0xFF
    rows = bytearray(data)
    for end in range(stride - 1, len(rows), stride):
        rows[end] &= keep
    return bytes(rows)
