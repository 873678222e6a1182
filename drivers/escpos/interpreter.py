"""The reading end of ESC/POS: a byte stream becomes rows of dots, cuts and questions.

Used by the simulator. It reads the stream in pieces of any size, holds a bounded number of bytes
back, never raises, and skips what it does not know by the length the command states. Parameters and
layouts after Epson's *ESC/POS Command Reference*.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.escpos.glyphs import LineComposer

_MAX_GRAPHICS_BYTES = 1 << 20
_MAX_RAW_BYTES = 4 << 20

# argument bytes after introducer and command; commands not listed have none
_FIXED_ESC = {
    **dict.fromkeys(b" !-3?EGJKMRTUVadetr{=%", 1),
    **dict.fromkeys(b"$\\c", 2),
    ord("p"): 3,
    ord("W"): 8,
}
_FIXED_GS = {**dict.fromkeys(b"!BHIbfhwarTE/", 1), **dict.fromkeys(b"LWP$\\z", 2), ord("^"): 3}
_FIXED_FS = {**dict.fromkeys(b"!-CW", 1), **dict.fromkeys(b"Sp", 2)}
_DLE_LENGTHS = {0x04: 3, 0x05: 3}
_DC4_LENGTHS = {0x01: 5, 0x02: 5, 0x03: 5, 0x07: 3, 0x08: 10}


@dataclass(frozen=True, slots=True)
class Rows:
    """Dot rows for the paper, each of the paper's width in bytes, 1 = black."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cut:
    """GS V, ESC i or ESC m. ``feed_dots``: fed before the cut, on top of the way to the cutter."""

    feed_dots: int = 0


@dataclass(frozen=True, slots=True)
class AskProcessId:
    """GS ( H fn 48."""

    identity: bytes


@dataclass(frozen=True, slots=True)
class AskInOrder:
    """GS r ``query``."""

    query: int


@dataclass(frozen=True, slots=True)
class SetAutomaticStatus:
    """GS a ``mask``."""

    mask: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A command without an effect here: settings, or unknown ones. ``code``: its first bytes."""

    code: bytes


Operation = Rows | Cut | AskProcessId | AskInOrder | SetAutomaticStatus | Skipped
_Step = tuple[int, Operation | None]
_MORE: _Step = (0, None)


class Interpreter:
    """Parser and line composer of one printer of ``dots`` printable dots a line."""

    def __init__(self, dots: int) -> None:
        self._stride = (dots + 7) // 8
        self._dots = dots
        self.has_motion_units = True
        self.has_raster = True
        self._buffer = bytearray()
        self._raw = bytearray()
        self._skip = 0
        self._raster_stride = 0
        self._raster_rows = 0
        self._raster_double = (1, 1)
        self._stored: bytes | None = None
        self._line = LineComposer(dots)

    def reset(self) -> None:
        """As after power-on: no half-read command, default modes."""
        self._buffer.clear()
        self._raw.clear()
        self._skip = self._raster_rows = 0
        self._stored = None
        self._line = LineComposer(self._dots)

    @property
    def pending_bytes(self) -> int:
        """Bytes of a command that is not complete yet."""
        return len(self._buffer)

    def take_raw(self) -> bytes:
        """Bytes executed since the last call (the newest 4 MiB of them)."""
        raw = bytes(self._raw)
        self._raw.clear()
        return raw

    def feed(self, data: bytes) -> None:
        """Append ``data``; :meth:`step` executes it."""
        self._buffer += data

    def step(self) -> Operation | None:
        """Next operation; None if more bytes are needed."""
        while self._buffer:
            used, operation = self._next()
            if used == 0 and operation is None:
                return None
            self._raw += self._buffer[:used]
            if len(self._raw) > _MAX_RAW_BYTES:
                del self._raw[: len(self._raw) - _MAX_RAW_BYTES]
            del self._buffer[:used]
            if operation is not None:
                return operation
        return None

    def _next(self) -> _Step:
        if self._skip:
            used = min(self._skip, len(self._buffer))
            self._skip -= used
            return used, Skipped(b"")
        if self._raster_rows:
            return self._raster_row()
        introducers: dict[int, Callable[[], _Step]] = {
            0x10: self._dle,
            0x1B: self._esc,
            0x1C: self._fs,
            0x1D: self._gs,
        }
        handler = introducers.get(self._buffer[0])
        return handler() if handler else self._text()

    # -- text ---------------------------------------------------------------------------------

    def _text(self) -> _Step:
        byte = self._buffer[0]
        if byte == 0x0A:
            return 1, Rows(self._line.end_line())
        if byte < 0x20:
            return 1, Skipped(bytes((byte,)))
        used = self._line.character_length(self._buffer)
        if used == 0:
            return _MORE
        overflow = self._line.add(bytes(self._buffer[:used]))
        return used, Rows(overflow) if overflow else Skipped(b"")

    # -- DLE, ESC, FS -------------------------------------------------------------------------

    def _need(self, length: int) -> bool:
        return len(self._buffer) >= length

    def _dle(self) -> _Step:
        # real-time commands were acted on when they were received; here they are only passed over
        if not self._need(2):
            return _MORE
        length = _DLE_LENGTHS.get(self._buffer[1], 1)
        if self._buffer[1] == 0x14:
            if not self._need(3):
                return _MORE
            length = _DC4_LENGTHS.get(self._buffer[2], 3)
        return (length, Skipped(b"\x10")) if self._need(length) else _MORE

    def _esc(self) -> _Step:
        if not self._need(2):
            return _MORE
        code = self._buffer[1]
        if code == ord("*"):
            return self._column_image()
        if code == ord("D"):  # tab stops up to NUL, 32 at most
            end = self._buffer.find(0, 2, 2 + 33)
            if end < 0:
                return (2, Skipped(b"\x1bD")) if self._need(2 + 33) else _MORE
            return end + 1, Skipped(b"\x1bD")
        length = 2 + _FIXED_ESC.get(code, 0)
        if not self._need(length):
            return _MORE
        argument = self._buffer[2] if length > 2 else 0
        return length, self._esc_effect(code, argument)

    def _esc_effect(self, code: int, argument: int) -> Operation:
        match chr(code):
            case "@":
                self._line = LineComposer(self._dots)
            case "d":
                rows = self._line.end_line()
                return Rows(rows + self._blank(max(0, argument - 1) * self._line.spacing))
            case "J":
                return Rows(self._line.flush() + self._blank(self._feed_rows(argument)))
            case "2":
                self._line.spacing = 30
            case "3":
                self._line.spacing = argument
            case "a":
                self._line.align(argument & 3)
            case "!":
                self._line.scale(2 if argument & 0x20 else 1, 2 if argument & 0x10 else 1)
            case "i" | "m":
                return Cut()
            case _:
                pass
        return Skipped(bytes((0x1B, code)))

    def _feed_rows(self, units: int) -> int:
        # without GS P a unit is the printer's own: here half a dot line
        return units if self.has_motion_units else units // 2

    def _blank(self, rows: int) -> bytes:
        return bytes(self._stride * rows)

    def _fs(self) -> _Step:
        if not self._need(2):
            return _MORE
        code = self._buffer[1]
        if code == ord("("):
            return self._parametrised(0x1C)
        length = 2 + _FIXED_FS.get(code, 0)
        if not self._need(length):
            return _MORE
        if code in b"&.":
            self._line.chinese = code == ord("&")
        return length, Skipped(bytes((0x1C, code)))

    # -- GS -----------------------------------------------------------------------------------

    def _gs(self) -> _Step:
        if not self._need(2):
            return _MORE
        code = self._buffer[1]
        if code == ord("("):
            return self._parametrised(0x1D)
        special: dict[int, Callable[[], _Step]] = {
            ord("v"): self._raster_header,
            ord("V"): self._cut,
            ord("8"): self._large_graphics,
            ord("k"): self._barcode,
            ord("*"): self._downloaded_image,
        }
        if code in special and (self.has_raster or code not in b"v8"):
            return special[code]()
        length = 2 + _FIXED_GS.get(code, 0)
        if not self._need(length):
            return _MORE
        argument = self._buffer[2] if length > 2 else 0
        match chr(code):
            case "r":
                return length, AskInOrder(argument)
            case "a":
                return length, SetAutomaticStatus(argument)
            case "!":
                self._line.scale((argument >> 4 & 7) + 1, (argument & 7) + 1)
        return length, Skipped(bytes((0x1D, code)))

    def _cut(self) -> _Step:
        if not self._need(3):
            return _MORE
        if self._buffer[2] in (0, 1, 48, 49):
            return 3, Cut()
        return (4, Cut(self._buffer[3])) if self._need(4) else _MORE

    def _barcode(self) -> _Step:
        if not self._need(4):
            return _MORE
        if self._buffer[2] >= 65:
            self._skip = self._buffer[3]
            return 4, Skipped(b"\x1dk")
        end = self._buffer.find(0, 3, 3 + 256)
        if end < 0:
            return (3, Skipped(b"\x1dk")) if self._need(3 + 256) else _MORE
        return end + 1, Skipped(b"\x1dk")

    def _downloaded_image(self) -> _Step:
        if not self._need(4):
            return _MORE
        self._skip = self._buffer[2] * self._buffer[3] * 8
        return 4, Skipped(b"\x1d*")

    def _parametrised(self, introducer: int) -> _Step:
        if not self._need(5):
            return _MORE
        length = int.from_bytes(self._buffer[3:5], "little")
        function = self._buffer[2]
        known = introducer == 0x1D and function in (b"HL" if self.has_raster else b"H")
        if not known:
            self._skip = length
            return 5, Skipped(bytes((introducer, ord("("), function)))
        if not self._need(5 + length):
            return _MORE
        parameters = bytes(self._buffer[5 : 5 + length])
        if function == ord("L"):
            return 5 + length, self._graphics(parameters)
        if length == 6 and parameters[:2] == b"00":
            return 5 + length, AskProcessId(parameters[2:])
        return 5 + length, Skipped(b"\x1d(H")

    def _large_graphics(self) -> _Step:
        if not self._need(7):
            return _MORE
        length = int.from_bytes(self._buffer[3:7], "little")
        if self._buffer[2] != ord("L") or length > _MAX_GRAPHICS_BYTES:
            self._skip = length
            return 7, Skipped(b"\x1d8")
        if not self._need(7 + length):
            return _MORE
        return 7 + length, self._graphics(bytes(self._buffer[7 : 7 + length]))

    def _graphics(self, parameters: bytes) -> Operation:
        """GS ( L: fn 112 stores a raster, fn 50 prints it."""
        if len(parameters) >= 10 and parameters[1] == 112:
            scale_x, scale_y = (2 if value == 2 else 1 for value in parameters[3:5])
            stride = (int.from_bytes(parameters[6:8], "little") + 7) // 8
            rows = int.from_bytes(parameters[8:10], "little")
            if 0 < stride * rows <= len(parameters) - 10:
                self._stored = b"".join(
                    self._fit(parameters[10 + y * stride : 10 + (y + 1) * stride], scale_x)
                    * scale_y
                    for y in range(min(rows, 4 * _MAX_GRAPHICS_BYTES // self._stride))
                )
        elif len(parameters) >= 2 and parameters[1] in (2, 50) and self._stored is not None:
            stored, self._stored = self._stored, None
            return Rows(stored)
        return Skipped(b"\x1d(L")

    # -- images -------------------------------------------------------------------------------

    def _raster_header(self) -> _Step:
        if not self._need(8):
            return _MORE
        if self._buffer[2] != ord("0"):
            return 2, Skipped(b"\x1dv")
        mode = self._buffer[3] & 3
        self._raster_double = (2 if mode & 1 else 1, 2 if mode & 2 else 1)
        self._raster_stride = int.from_bytes(self._buffer[4:6], "little")
        self._raster_rows = int.from_bytes(self._buffer[6:8], "little")
        if self._raster_stride == 0:
            self._raster_rows = 0
        flushed = self._line.flush()
        return 8, Rows(flushed) if flushed else Skipped(b"\x1dv0")

    def _raster_row(self) -> _Step:
        # as many whole rows as are there, up to 64: rows print as they arrive
        count = min(self._raster_rows, len(self._buffer) // self._raster_stride, 64)
        if count == 0:
            return _MORE
        self._raster_rows -= count
        width, height = self._raster_double
        rows = b"".join(
            self._fit(bytes(self._buffer[top : top + self._raster_stride]), width) * height
            for top in range(0, count * self._raster_stride, self._raster_stride)
        )
        return count * self._raster_stride, Rows(rows)

    def _fit(self, row: bytes, scale: int) -> bytes:
        if scale == 2:
            bits = "".join(bit * 2 for byte in row[: self._stride] for bit in f"{byte:08b}")
            row = int(bits, 2).to_bytes(len(row[: self._stride]) * 2, "big") if bits else b""
        return row[: self._stride].ljust(self._stride, b"\0")

    def _column_image(self) -> _Step:
        if not self._need(5):
            return _MORE
        mode = self._buffer[2]
        columns = int.from_bytes(self._buffer[3:5], "little")
        tall = mode in (32, 33)
        length = 5 + columns * (3 if tall else 1)
        if not self._need(length):
            return _MORE
        self._line.add_columns(
            bytes(self._buffer[5:length]), tall=tall, double_width=mode in (0, 32)
        )
        return length, Skipped(b"\x1b*")
