"""A pseudo-terminal as a cable: what a simulated or replayed reader hangs on."""

from __future__ import annotations

import contextlib
import os
import select
import termios
import threading
import time
import tty
from collections import deque
from collections.abc import Callable
from pathlib import Path

from drivers.sdt.frames import FRAME_BYTES, FrameDecoder
from drivers.sdt.simulated_sam import Chunk

BITS_PER_BYTE = 10  # 8N1
_PACE_BYTES = 64  # bytes put on a paced line at once
_FULL_LINE_S = 0.01  # pause when nobody takes bytes off the line
_SPEEDS = {getattr(termios, f"B{baud}"): baud for baud in (9600, 19200, 38400, 57600, 115200)}


class PtyCable:
    """One pseudo-terminal from plug to pull, and the thread serving it.

    ``respond(body, baud)`` makes the answer; a body of None stands for a request with a wrong check
    byte. ``baud`` is the speed the near end has set, None for one no reader has.
    """

    def __init__(
        self,
        link: Path,
        line_speed: int | None,
        respond: Callable[[bytes | None, int | None], list[Chunk]],
    ) -> None:
        self._link, self._line_speed, self._respond = link, line_speed, respond
        self._decoder = FrameDecoder()
        self._outgoing: deque[Chunk] = deque()
        self._next_at = 0.0
        self._wake_read, self._wake_write = os.pipe()
        # The far side stays open here: else reading would fail each time the adapter closes it.
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._place_link()
        self._thread = threading.Thread(target=self._serve, name="sdt-simulator", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """Take the device away: the adapter's descriptor hangs up, the path is gone."""
        os.write(self._wake_write, b"x")
        self._thread.join()
        with contextlib.suppress(FileNotFoundError):
            self._link.unlink()
        for descriptor in (self._master, self._slave, self._wake_read, self._wake_write):
            os.close(descriptor)

    def _place_link(self) -> None:
        target = os.ttyname(self._slave)
        fresh = self._link.with_name(f".{self._link.name}.new")
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()
        fresh.symlink_to(target)
        fresh.replace(self._link)

    def _serve(self) -> None:
        while True:
            ready, _, _ = select.select([self._master, self._wake_read], [], [], self._pause())
            if self._wake_read in ready:
                return
            if self._master in ready:
                self._take_in(os.read(self._master, 4096))
            self._put_out()

    def _pause(self) -> float | None:
        return max(0.0, self._next_at - time.monotonic()) if self._outgoing else None

    def _take_in(self, data: bytes) -> None:
        for item in self._decoder.feed(data):
            body = item if isinstance(item, bytes) else None
            answer = self._respond(body, self._near_baud())
            if self._line_speed is not None and body is not None and answer:
                # The request took its time on the line too, though this end had it at once.
                sent_s = (len(body) + FRAME_BYTES) * BITS_PER_BYTE / self._line_speed
                answer[0] = Chunk(answer[0].delay_s + sent_s, answer[0].data)
            for chunk in answer:
                self._queue(chunk)

    def _near_baud(self) -> int | None:
        return _SPEEDS.get(termios.tcgetattr(self._slave)[5])

    def _queue(self, chunk: Chunk) -> None:
        pieces = [chunk] if self._line_speed is None else _paced(chunk, self._line_speed)
        if not self._outgoing:
            self._next_at = time.monotonic() + pieces[0].delay_s
        self._outgoing.extend(pieces)

    def _put_out(self) -> None:
        while self._outgoing and time.monotonic() >= self._next_at:
            chunk = self._outgoing[0]
            try:
                written = os.write(self._master, chunk.data)
            except BlockingIOError:
                self._next_at = time.monotonic() + _FULL_LINE_S
                return
            if written < len(chunk.data):
                self._outgoing[0] = Chunk(0.0, chunk.data[written:])
                continue
            self._outgoing.popleft()
            if self._outgoing:
                self._next_at += self._outgoing[0].delay_s


def _paced(chunk: Chunk, line_speed: int) -> list[Chunk]:
    """``chunk`` in small pieces, each after the time its bits (8N1) take on the line."""
    pieces = []
    for at in range(0, len(chunk.data), _PACE_BYTES):
        data = chunk.data[at : at + _PACE_BYTES]
        lead = chunk.delay_s if at == 0 else 0.0
        pieces.append(Chunk(lead + len(data) * BITS_PER_BYTE / line_speed, data))
    return pieces
