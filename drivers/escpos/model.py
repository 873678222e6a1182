"""The simulated printer behind its wire: receive buffer, print head, paper, sensors, status bytes.

One thread prints. It stops between two dot rows when paper or cover say so, and leaves the receive
buffer as it is: a full buffer is what the host feels as back-pressure.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from drivers.escpos.interpreter import (
    AskInOrder,
    AskProcessId,
    Cut,
    Interpreter,
    Operation,
    Rows,
    SetAutomaticStatus,
)
from drivers.ports import RasterImage

_KEPT_RECEIPTS = 200
_CHUNK = 512
_REALTIME_QUERY = re.compile(rb"\x10\x04([\x01-\x04])")
_MAX_STRIP_ROWS = 100_000
_CUTTER_DISTANCE_ROWS = 96


@dataclass(frozen=True, slots=True)
class Receipt:
    """A piece of paper: ``raw`` bytes executed for it, ``raster`` what is on it.

    ``cut``: False for a strip ejected without a cut because it grew past all measure.
    """

    number: int
    raw: bytes = field(repr=False)
    raster: RasterImage = field(repr=False)
    cut: bool = True

    @property
    def image(self) -> Image.Image:
        """The paper as a 1-bit picture, black on white."""
        inverted = bytes(byte ^ 0xFF for byte in self.raster.data)
        return Image.frombytes("1", (self.raster.width, self.raster.height), inverted)

    def save(self, directory: Path) -> Path:
        """Write ``receipt-NNNN.png`` and ``.bin`` into ``directory``; returns the picture's path."""
        directory.mkdir(parents=True, exist_ok=True)
        picture = directory / f"receipt-{self.number:04d}.png"
        self.image.save(picture)
        picture.with_suffix(".bin").write_bytes(self.raw)
        return picture


class PrinterModel:
    """A printer's firmware and mechanics. Thread-safe; ``reply`` is called with answers to send.

    ``buffer_bytes``: receive buffer. ``rows_per_s``: print speed, None as fast as it goes.
    """

    def __init__(
        self,
        *,
        dots_per_line: int,
        buffer_bytes: int,
        rows_per_s: float | None,
        reply: Callable[[bytes], None],
        room_freed: Callable[[], None],
        on_receipt: Callable[[Receipt], None] | None,
    ) -> None:
        self._dots = dots_per_line
        self._capacity = buffer_bytes
        self._reply = reply
        self._room_freed = room_freed
        self._on_receipt = on_receipt
        self._changed = threading.Condition()
        self._buffer = bytearray()
        self._interpreter = Interpreter(dots_per_line)
        self._strip = bytearray()
        self._tail = b""
        self._generation = 0
        self._stopping = False
        self._asb_mask = 0
        self._rows_left: int | None = None
        self._rows_to_heat: int | None = None
        self._thread: threading.Thread | None = None
        self._count = 0
        self.rows_per_s = rows_per_s
        self.receipts: deque[Receipt] = deque(maxlen=_KEPT_RECEIPTS)
        self.powered = True
        self.has_gs_h = True
        self.has_cutter = True
        self.paper_out = False
        self.paper_low = False
        self.cover_open = False
        self.cutter_broken = False
        self.cutter_error = False
        self.head_hot = False

    # -- life ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the printing thread."""
        self._thread = threading.Thread(target=self._print_loop, name="escpos-model", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the printing thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def set_power(self, on: bool) -> None:
        """Switch on or off. Off: buffer, half-read command and modes are lost, the paper stays."""
        with self._changed:
            self.powered = on
            self._generation += 1
            self._buffer.clear()
            self._tail = b""
            self._asb_mask = 0
            self.cutter_error = False
            self._changed.notify_all()

    def update(self, **fields: Any) -> None:
        """Change sensors or faults; a change of status is pushed if the host asked for it.

        ``rows_left``: paper ends after so many more rows (None: never); ``rows_to_heat``: the head
        is too hot after so many.
        """
        with self._changed:
            if "rows_left" in fields:
                self._rows_left = fields.pop("rows_left")
            if "rows_to_heat" in fields:
                self._rows_to_heat = fields.pop("rows_to_heat")
            for name, value in fields.items():
                if not hasattr(self, name):
                    raise AttributeError(name)
                setattr(self, name, value)
            self._changed.notify_all()
            self._push_status()

    def ignore_motion_units(self, on: bool) -> None:
        """Whether GS P does nothing."""
        self._interpreter.has_motion_units = not on

    def ignore_raster(self, on: bool) -> None:
        """Whether GS v 0 and GS ( L are unknown, so that their data come out as text."""
        self._interpreter.has_raster = not on

    def tear_off(self) -> None:
        """Somebody takes the paper that is out, at the tear bar."""
        self._eject(cut=False)

    def wait_for(self, condition: Callable[[PrinterModel], bool], timeout_s: float) -> bool:
        """Wait until ``condition(model)`` holds; False if it did not in time."""
        with self._changed:
            return self._changed.wait_for(lambda: condition(self), timeout_s)

    # -- receiving ----------------------------------------------------------------------------

    def room(self) -> int:
        """Free bytes of the receive buffer."""
        with self._changed:
            return max(0, self._capacity - len(self._buffer))

    def receive(self, data: bytes) -> None:
        """Take in bytes; real-time queries in them are answered at once, wherever they stand."""
        with self._changed:
            if not self.powered:
                return
            self._buffer += data
            scanned = self._tail + data
            for query in _REALTIME_QUERY.findall(scanned):
                self._reply(bytes((self._realtime(query[0]),)))
            self._tail = scanned[-2:]
            self._changed.notify_all()

    # -- status -------------------------------------------------------------------------------

    @property
    def halted(self) -> bool:
        """True if the mechanics cannot go on."""
        return self.paper_out or self.cover_open or self.cutter_error or self.head_hot

    @property
    def _in_error(self) -> bool:
        return self.cutter_error or self.head_hot

    def _realtime(self, query: int) -> int:
        near = self.paper_low or self.paper_out
        bits = {
            1: 0x08 * self.halted,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * self._in_error,
            3: 0x08 * self.cutter_error | 0x40 * self.head_hot,
            4: 0x0C * near | 0x60 * self.paper_out,
        }
        return 0x12 | bits[query]

    def _paper_bits(self) -> int:
        return 0x03 * (self.paper_low or self.paper_out) | 0x0C * self.paper_out

    def _push_status(self) -> None:
        if self._asb_mask and self.powered:
            first = 0x10 | 0x08 * self.halted | 0x20 * self.cover_open
            second = 0x08 * self.cutter_error | 0x40 * self.head_hot
            self._reply(bytes((first, second, self._paper_bits(), 0)))

    # -- printing -----------------------------------------------------------------------------

    def _print_loop(self) -> None:
        generation = -1
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or (self._buffer and not self.halted))
                if self._stopping:
                    return
                if generation != self._generation:
                    generation = self._generation
                    self._interpreter.reset()
                chunk = bytes(self._buffer[:_CHUNK])
                del self._buffer[:_CHUNK]
            self._room_freed()
            self._interpreter.feed(chunk)
            while (operation := self._interpreter.step()) is not None:
                if not self._execute(operation, generation):
                    break

    def _execute(self, operation: Operation, generation: int) -> bool:
        match operation:
            case Rows(data):
                return self._print_rows(data, generation)
            case Cut() if not self.has_cutter:
                pass
            case Cut(feed_dots):
                rows = bytes((feed_dots + _CUTTER_DISTANCE_ROWS) * ((self._dots + 7) // 8))
                return self._print_rows(rows, generation) and self._cut(generation)
            case AskProcessId(identity):
                return self._in_order(b"\x37\x22" + identity + b"\0", generation, self.has_gs_h)
            case AskInOrder(query):
                paper = query in (1, 49)
                return self._in_order(bytes((self._paper_bits() if paper else 0,)), generation)
            case SetAutomaticStatus(mask):
                with self._changed:
                    self._asb_mask = mask if generation == self._generation else 0
                    self._push_status()
            case _:
                pass
        return True

    def _able(self, generation: int) -> bool:
        """Wait until the mechanics can go on; False if power went or the simulator stops."""
        self._changed.wait_for(
            lambda: self._stopping or generation != self._generation or not self.halted
        )
        return not self._stopping and generation == self._generation

    def _in_order(self, answer: bytes, generation: int, supported: bool = True) -> bool:
        with self._changed:
            if not self._able(generation):
                return False
            if supported:
                self._reply(answer)
            return True

    def _print_rows(self, rows: bytes, generation: int) -> bool:
        stride = (self._dots + 7) // 8
        for top in range(0, len(rows), stride):
            with self._changed:
                if not self._able(generation):
                    return False
                self._strip += rows[top : top + stride]
                if self.rows_per_s:
                    self._changed.wait_for(
                        lambda: self._stopping or generation != self._generation,
                        1 / self.rows_per_s,
                    )
                self._count_row()
                overlong = len(self._strip) >= _MAX_STRIP_ROWS * stride
            if overlong:
                self._eject(cut=False)
        return True

    def _count_row(self) -> None:
        """A row more is printed: what was announced for it happens."""
        before = self.halted
        if self._rows_left is not None:
            self._rows_left -= 1
            if self._rows_left <= 0:
                self._rows_left = None
                self.paper_out = True
        if self._rows_to_heat is not None:
            self._rows_to_heat -= 1
            if self._rows_to_heat <= 0:
                self._rows_to_heat = None
                self.head_hot = True
        if self.halted != before:
            self._push_status()
            self._changed.notify_all()

    def _cut(self, generation: int) -> bool:
        with self._changed:
            if self.cutter_broken:
                self.cutter_error = True
                self._push_status()
                self._changed.notify_all()
            if not self._able(generation):
                return False
        self._eject(cut=True)
        return True

    def _eject(self, *, cut: bool) -> None:
        raw = self._interpreter.take_raw()
        stride = (self._dots + 7) // 8
        with self._changed:
            rows = bytes(self._strip)
            self._strip.clear()
            if not any(rows):
                return
            self._count += 1
            raster = RasterImage(stride * 8, len(rows) // stride, rows)
            receipt = Receipt(self._count, raw, raster, cut)
            self.receipts.append(receipt)
            self._changed.notify_all()
        if self._on_receipt is not None:
            self._on_receipt(receipt)

    def state(self) -> Mapping[str, Any]:
        """JSON-able picture of the printer."""
        with self._changed:
            return {
                "powered": self.powered,
                "has_cutter": self.has_cutter,
                "paper": "out" if self.paper_out else "low" if self.paper_low else "full",
                "cover_open": self.cover_open,
                "cutter_error": self.cutter_error,
                "head_hot": self.head_hot,
                "buffered_bytes": len(self._buffer),
                "rows_on_strip": len(self._strip) // ((self._dots + 7) // 8),
                "receipts": self._count,
            }
