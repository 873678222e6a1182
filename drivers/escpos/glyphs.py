"""Lines of text and column images of the simulated printer, composed into dot rows."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

_CELL = 24
_PLAIN = ImageFont.Layout.BASIC  # single glyphs need no shaping
_FONT_NAMES = ("NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "DejaVuSans.ttf")
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_loaded: list[_Font] = []


def _font() -> _Font:
    """A font of the machine with Chinese glyphs, else Pillow's own."""
    if not _loaded:
        for name in _FONT_NAMES:
            try:
                _loaded.append(ImageFont.truetype(name, 20, layout_engine=_PLAIN))
                break
            except OSError:
                continue
        else:
            _loaded.append(ImageFont.load_default(20))
    return _loaded[0]


class LineComposer:
    """The print line: gathers characters and column images, yields rows when the line ends.

    ``spacing``: dots from line to line (ESC 2, ESC 3). ``chinese``: FS & is on, the default of
    models for the Chinese market: bytes from 0x81 on are GB18030; off, they are code page 437.
    """

    def __init__(self, dots: int) -> None:
        self.spacing = 30
        self.chinese = True
        self._dots = (dots + 7) // 8 * 8
        self._align = 0
        self._scale = (1, 1)
        self._pieces: list[Image.Image] = []
        self._width = 0

    def align(self, value: int) -> None:
        """ESC a: 0 left, 1 centre, 2 right."""
        self._align = value

    def scale(self, width: int, height: int) -> None:
        """Character size as multiples of the cell."""
        self._scale = (width, height)

    def character_length(self, data: bytes | bytearray) -> int:
        """Bytes of the character ``data`` starts with; 0 if it is not complete."""
        if not self.chinese or not 0x81 <= data[0] <= 0xFE:
            return 1
        if len(data) < 2:
            return 0
        if not 0x30 <= data[1] <= 0x39:
            # a second byte that is none (0x0A, ESC ...) ends the broken character
            return 2 if 0x40 <= data[1] <= 0xFE and data[1] != 0x7F else 1
        if len(data) < 4:
            return 0
        return 4 if 0x81 <= data[2] <= 0xFE and 0x30 <= data[3] <= 0x39 else 1

    def add(self, encoded: bytes) -> bytes:
        """Add one character; returns the rows of the line it no longer fitted in, else ``b""``."""
        text = encoded.decode("gb18030" if self.chinese else "cp437", "replace")
        if len(text) != 1 or not text.isprintable():
            text = "\N{WHITE SQUARE}"
        cell = _CELL // 2 if len(encoded) == 1 else _CELL
        glyph = Image.new("L", (cell, _CELL), 0)
        ImageDraw.Draw(glyph).text((cell / 2, _CELL / 2), text, 255, font=_font(), anchor="mm")
        wide, high = self._scale
        glyph = glyph.resize((cell * wide, _CELL * high))
        return self._append(glyph.point(lambda value: 255 if value > 110 else 0))

    def add_columns(self, data: bytes, *, tall: bool, double_width: bool) -> None:
        """ESC *: columns of 8 or 24 dots, most significant bit on top."""
        height = 24 if tall else 8
        step = height // 8
        columns = min(len(data) // step, self._dots)
        image = Image.new("L", (max(1, columns), height), 0)
        pixels = [0] * (max(1, columns) * height)
        for x in range(columns):
            bits = int.from_bytes(data[x * step : (x + 1) * step], "big")
            for y in range(height):
                if bits >> (height - 1 - y) & 1:
                    pixels[y * columns + x] = 255
        image.putdata(pixels)
        # 8-dot columns are three dots high at the head's resolution
        size = (image.width * (2 if double_width else 1), height if tall else 24)
        self._append(image.resize(size, Image.Resampling.NEAREST))

    def _append(self, piece: Image.Image) -> bytes:
        full = b""
        if self._width + piece.width > self._dots and self._pieces:
            full = self.end_line()
        self._pieces.append(piece)
        self._width += piece.width
        return full

    def flush(self) -> bytes:
        """Rows of what is on the line, without line spacing; ``b""`` if it is empty."""
        if not self._pieces:
            return b""
        height = max(piece.height for piece in self._pieces)
        line = Image.new("L", (self._dots, height), 0)
        x = max(0, (self._dots - self._width) * self._align // 2)
        for piece in self._pieces:
            line.paste(piece, (x, height - piece.height))
            x += piece.width
        self._pieces.clear()
        self._width = 0
        return line.convert("1", dither=Image.Dither.NONE).tobytes()

    def end_line(self) -> bytes:
        """Rows of the line, filled up to the line spacing."""
        rows = self.flush()
        return rows.ljust(self.spacing * self._dots // 8, b"\0")
