"""A resident-ID reader at the far end of a pseudo-terminal, speaking real frames.

The kernel's tty layer and the adapter above it are the ones of a real terminal; only what a cable
would carry is made here. A pseudo-terminal knows neither line speed nor parity: speed is modelled
by pacing the bytes.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import tempfile
import threading
import time
import tty
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from drivers.ports import IdDocument
from drivers.sdt.cards import DEMO_CARDS, card_from_fields, demo_card
from drivers.sdt.frames import FrameDecoder, parse_request
from drivers.sdt.simulated_sam import FAULTS, Chunk, SimulatedSam

_PACE_BYTES = 64  # bytes put on a paced line at once
_FULL_LINE_S = 0.01  # pause when nobody takes bytes off the line


class SdtReaderSimulator:
    """Implements :class:`drivers.simulation.Simulator`.

    ``link``: where the symbolic link to the pseudo-terminal goes; it survives unplugging, the
    terminal's own name does not. Without one, a private directory holds it until :meth:`stop`.
    ``line_speed``: baud to pace the answers at, None for as fast as possible.
    ``photos``: the 1,024 photo bytes a demo card carries, by the card's name.
    ``lift_before_next_read``: after a read the card is not found again until lifted.
    """

    def __init__(
        self,
        link: Path | None = None,
        *,
        line_speed: int | None = None,
        photos: Mapping[str, bytes] | None = None,
        lift_before_next_read: bool = True,
    ) -> None:
        self._private = Path(tempfile.mkdtemp(prefix="sdt-")) if link is None else None
        self._link = link if link is not None else Path(str(self._private)) / "reader"
        self._line_speed = line_speed
        self._photos = dict(photos or {})
        self._lock = threading.Lock()
        self._sam = SimulatedSam(lift_before_next_read)
        self._card_label = ""
        self._cable: _Cable | None = None
        self._commands: dict[str, tuple[str, Callable[..., None]]] = {
            "lay_card": (
                f"put a card down: card={'|'.join(DEMO_CARDS)} or a dictionary of fields; "
                "photo, type_letter",
                self._lay_card,
            ),
            "remove_card": ("take the card away", self._remove_card),
            "fault": (
                f"kind={'|'.join(FAULTS)}, count (none: until cleared), "
                "step=any|status|find|select|read, sw",
                self._fault,
            ),
            "clear_faults": ("end all faults", self._clear_faults),
            "unplug": ("pull the cable", self._unplug),
            "replug": ("plug the cable in again", self._plug),
        }

    @property
    def address(self) -> str:
        """Path for the adapter's ``port`` option."""
        return str(self._link)

    def start(self) -> None:
        """Open the line and serve it."""
        self._plug()

    def stop(self) -> None:
        """Close the line and remove the link."""
        self._unplug()
        if self._private is not None:
            shutil.rmtree(self._private, ignore_errors=True)

    def commands(self) -> Mapping[str, str]:
        """What can be done to it."""
        return {name: text for name, (text, _) in self._commands.items()}

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """Do one of :meth:`commands`. :class:`ValueError` for arguments it cannot use."""
        self._commands[name][1](**arguments)
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """Cable, card (by label), faults waiting, requests seen by name."""
        with self._lock:
            return {
                "plugged": self._cable is not None,
                "address": self.address,
                "line_speed": self._line_speed,
                "card": self._card_label if self._sam.card is not None else None,
                "faults": [
                    {"kind": fault.kind, "step": fault.step, "left": fault.left}
                    for fault in self._sam.faults
                ],
                "requests": dict(self._sam.counts),
            }

    def _lay_card(
        self,
        card: str | Mapping[str, Any] | IdDocument = DEMO_CARDS[0],
        photo: bytes | None = None,
        type_letter: str | None = None,
    ) -> None:
        if isinstance(card, IdDocument):
            laid, label = card, "custom"
        elif isinstance(card, str):
            if card not in DEMO_CARDS:
                raise ValueError(f"no demo card {card}; there are: {', '.join(DEMO_CARDS)}")
            laid, label = demo_card(card, self._photo(card, photo)), card
        else:
            base = str(card.get("base", DEMO_CARDS[0]))
            laid, label = card_from_fields(card, self._photo(base, photo)), "custom"
        with self._lock:
            self._sam.lay(laid, type_letter)
            self._card_label = label

    def _photo(self, name: str, given: bytes | None) -> bytes:
        return self._photos.get(name, b"") if given is None else given

    def _remove_card(self) -> None:
        with self._lock:
            self._sam.lay(None)

    def _fault(
        self, kind: str, count: int | None = None, step: str | None = None, sw: int = 0x24
    ) -> None:
        with self._lock:
            self._sam.arm(kind, count, step, sw)

    def _clear_faults(self) -> None:
        with self._lock:
            self._sam.faults.clear()

    def _plug(self) -> None:
        with self._lock:
            if self._cable is None:
                self._cable = _Cable(self._link, self._line_speed, self._respond)

    def _unplug(self) -> None:
        with self._lock:
            cable, self._cable = self._cable, None
        # Outside the lock: the cable's thread may be waiting for it.
        if cable is not None:
            cable.pull()

    def _respond(self, body: bytes | None) -> list[Chunk]:
        with self._lock:
            if body is None:
                return self._sam.damaged_request()
            return self._sam.answer(parse_request(body))


class _Cable:
    """One pseudo-terminal from plug to pull, and the thread serving it.

    ``respond(body)`` makes the answer; a body of None stands for a request with a wrong check byte.
    """

    def __init__(
        self,
        link: Path,
        line_speed: int | None,
        respond: Callable[[bytes | None], list[Chunk]],
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
            for chunk in self._respond(item if isinstance(item, bytes) else None):
                self._queue(chunk)

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
        pieces.append(Chunk(lead + len(data) * 10 / line_speed, data))
    return pieces
