"""A card in a virtual reader: the protocol of vsmartcard's vpcd, and faults that strike in mid-talk.

Each message is a big-endian length of two bytes and so many bytes. A message of one byte from the
reader is an order (0 power off, 1 power on, 2 reset, 4 give the answer to reset); any other is a
command APDU, answered by a response APDU.
"""

from __future__ import annotations

import contextlib
import math
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from drivers.smartcard.simulated_cards import SimulatedCard

_LOOKS_EVERY_S = 0.45
_OFF, _ON, _RESET, _GIVE_ATR = 0, 1, 2, 4

FAULTS = ("withdraw_after", "withdraw_during", "slow", "hang", "cut", "status")
"""What can go wrong at a command: the card leaves right after its answer, or before it; it takes
``seconds``; it never answers; its answer is one byte; it answers a status word of its own."""


@dataclass(slots=True)
class Fault:
    """``after``: commands still answered soundly. ``count``: how many it strikes then."""

    kind: str
    after: int = 0
    count: int = 1
    seconds: float = 1.0
    status: int = 0x6F00


class VirtualSlot:
    """One slot. ``connect``: makes a connection to the reader's driver; a card in the slot is made
    known by it, and withdrawn by its end."""

    def __init__(self, connect: Callable[[], socket.socket]) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._freed = threading.Event()
        self._lost_at = -math.inf
        self.card: SimulatedCard | None = None
        self.faults: list[Fault] = []
        self.commands = 0

    @property
    def inserted(self) -> bool:
        """The reader has the card."""
        with self._lock:
            return self._line is not None

    def insert(self, card: SimulatedCard, *, connected: bool = True) -> None:
        """Put the card in, instead of what was in it. ``connected``: False if the reader is away or
        without power; :meth:`make_contact` follows then."""
        self.withdraw()
        self.card, self.commands = card, 0
        if connected:
            self.make_contact()

    def make_contact(self) -> None:
        """Connect the card that is in the slot, if there is one and the reader does not have it."""
        card = self.card
        if card is None or self.inserted:
            return
        # pcscd looks every 0.4 s. A card that comes between two looks is taken for the one before
        # it, and never powered; no hand is that quick.
        threading.Event().wait(max(0.0, self._lost_at + _LOOKS_EVERY_S - time.monotonic()))
        line = self._connect()
        with self._lock:
            self._line, self._freed = line, threading.Event()
            freed = self._freed
        self._thread = threading.Thread(
            target=self._serve, args=(line, card, freed), name="virtual-card", daemon=True
        )
        self._thread.start()

    def withdraw(self) -> None:
        """Take the card out; the slot forgets it."""
        self.lose_contact()
        self.card = None

    def lose_contact(self, *, service_ended: bool = False) -> None:
        """End the connection, as when the reader loses its power; the card stays where it is."""
        with self._lock:
            line, self._line = self._line, None
            self._freed.set()
        if line is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            if self._thread is not None:
                self._thread.join()
            line.close()
            self._lost_at = time.monotonic()
        if service_ended:
            self._lost_at = -math.inf

    def end_line(self, within_s: float) -> None:
        """Wait until the reader has ended the connection. Raises :class:`TimeoutError`."""
        thread = self._thread
        if thread is not None:
            thread.join(within_s)
            if thread.is_alive():
                raise TimeoutError("the reader still holds the card's line")

    def fault(self, fault: Fault) -> None:
        """Have something go wrong."""
        with self._lock:
            self._freed.clear()
            self.faults.append(fault)

    def clear_faults(self) -> None:
        """Nothing goes wrong any more; a card that hangs answers."""
        with self._lock:
            self.faults.clear()
            self._freed.set()

    def _serve(self, line: socket.socket, card: SimulatedCard, freed: threading.Event) -> None:
        left = False
        with contextlib.suppress(OSError):
            while not left and (message := _receive(line)) is not None:
                if len(message) == 1:
                    if message[0] == _GIVE_ATR:
                        _send(line, card.atr)
                    elif message[0] in (_OFF, _ON, _RESET):
                        card.reset()
                else:
                    left = not self._answer(line, card, message, freed)
        with self._lock:
            if self._line is not line:
                return  # somebody else has taken the card out, and closes the line
            self._line = None
            self._lost_at = time.monotonic()
            if left:
                self.card = None
        line.close()

    def _answer(
        self, line: socket.socket, card: SimulatedCard, apdu: bytes, freed: threading.Event
    ) -> bool:
        """Answer one command; False if the card is gone."""
        self.commands += 1
        fault = self._due()
        kind = "" if fault is None else fault.kind
        if kind == "withdraw_during":
            return False
        response = card.respond(apdu) if len(apdu) >= 4 else b"\x67\x00"
        if fault is not None and kind == "slow":
            freed.wait(fault.seconds)
        elif kind == "hang":
            freed.wait()
        elif kind == "cut":
            response = response[:1]
        elif fault is not None and kind == "status":
            response = fault.status.to_bytes(2, "big")
        _send(line, response)
        return kind != "withdraw_after"

    def _due(self) -> Fault | None:
        with self._lock:
            for fault in self.faults:
                if fault.after > 0:
                    fault.after -= 1
                    continue
                fault.count -= 1
                if fault.count <= 0:
                    self.faults.remove(fault)
                return fault
        return None


def _receive(line: socket.socket) -> bytes | None:
    head = _exactly(line, 2)
    return None if head is None else _exactly(line, int.from_bytes(head, "big"))


def _exactly(line: socket.socket, length: int) -> bytes | None:
    data = b""
    while len(data) < length:
        # The driver sends length and body apart, and the second waits for our acknowledgement:
        # without this each command takes over 40 ms. The kernel forgets it after each receive.
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = line.recv(length - len(data))
        if not part:
            return None
        data += part
    return data


def _send(line: socket.socket, payload: bytes) -> None:
    line.sendall(len(payload).to_bytes(2, "big") + payload)
