"""A resident-ID reader at the far end of a pseudo-terminal, speaking real frames.

The kernel's tty layer and the adapter above it are the ones of a real terminal; only what a cable
would carry is made here. A pseudo-terminal knows neither line speed nor parity: speed is modelled
by pacing the bytes.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from drivers.ports import IdDocument
from drivers.sdt.cable import PtyCable
from drivers.sdt.cards import DEMO_CARDS, card_from_fields, demo_card
from drivers.sdt.frames import parse_request
from drivers.sdt.simulated_sam import FAULTS, Chunk, SimulatedSam


class SdtReaderSimulator:
    """Implements :class:`drivers.simulation.Simulator`.

    ``link``: where the symbolic link to the pseudo-terminal goes; it survives unplugging, the
    terminal's own name does not. Without one, a private directory holds it until :meth:`stop`.
    ``line_speed``: baud to pace the answers at, None for as fast as possible.
    ``photos``: the 1,024 photo bytes a demo card carries, by the card's name.
    ``lift_before_next_read``: after a read the card is not found again until lifted.
    ``reader_baud``: the speed the reader listens at: requests at another are lost on it. None: it
    understands every speed.
    """

    def __init__(
        self,
        link: Path | None = None,
        *,
        line_speed: int | None = None,
        photos: Mapping[str, bytes] | None = None,
        lift_before_next_read: bool = True,
        reader_baud: int | None = None,
    ) -> None:
        self._private = Path(tempfile.mkdtemp(prefix="sdt-")) if link is None else None
        self._link = link if link is not None else Path(str(self._private)) / "reader"
        self._line_speed = line_speed
        self._photos = dict(photos or {})
        self._lock = threading.Lock()
        self._sam = SimulatedSam(lift_before_next_read, baud=reader_baud)
        self._card_label = ""
        self._cable: PtyCable | None = None
        self._commands: dict[str, tuple[str, Callable[..., None]]] = {
            "lay_card": (
                f"put a card down: card={'|'.join(DEMO_CARDS)} or a dictionary of fields; "
                "photo, type_letter",
                self._lay_card,
            ),
            "remove_card": ("take the card away", self._remove_card),
            "fault": (
                f"kind={'|'.join(FAULTS)}, count (none: until cleared), "
                "step=any|status|find|select|read|address|baud, sw",
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
                "baud": self._sam.baud,
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
                self._cable = PtyCable(self._link, self._line_speed, self._respond)

    def _unplug(self) -> None:
        with self._lock:
            cable, self._cable = self._cable, None
        # Outside the lock: the cable's thread may be waiting for it.
        if cable is not None:
            cable.pull()

    def _respond(self, body: bytes | None, baud: int | None) -> list[Chunk]:
        with self._lock:
            if self._sam.baud not in (None, baud):
                return []  # at the wrong speed a request is noise
            if body is None:
                return self._sam.damaged_request()
            return self._sam.answer(parse_request(body))
