"""One card in one reader: connected, asked, let go. Everything that can go wrong has a failure."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from smartcard import scard

from drivers.ports import Tap
from drivers.results import Failure, Ok, Result
from drivers.smartcard.apdu import apdu_without_length
from drivers.smartcard.service import SUCCESS, disconnect, establish, failure_of, release
from drivers.smartcard.watcher import ReaderWatcher, Seen, SlotState
from drivers.smartcard.worker import GivenUp, NoAnswer, Worker

_SERVICE_S = 2.0
_NOTICE_S = 1.0
_PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one card may take: ``answer_s`` for one command, until ``deadline`` (monotonic) for
    all, and not after ``cancelled()``."""

    answer_s: float
    deadline: float
    cancelled: Callable[[], bool]

    def for_one(self) -> float:
        """Seconds for the next command."""
        return max(0.0, min(self.answer_s, self.deadline - time.monotonic()))


class CardSession:
    """The card in ``reader``. :meth:`transmit` is what the reading functions are given.

    Nobody else may use the card meanwhile. A new one is made for every reading: after any trouble
    contexts and handles are of no use.
    """

    def __init__(
        self, reader: str, watcher: ReaderWatcher, worker: Worker, patience: Patience, tap: Tap
    ) -> None:
        self._reader, self._watcher, self._worker = reader, watcher, worker
        self._patience, self._tap = patience, tap
        self._began = watcher.seen.readers.get(reader)
        self._context: Any = None
        self._card: Any = None
        self._protocol = 0

    def connect(self) -> Result[None]:
        """Power the card. Failures: ``smartcard.removed``, ``smartcard.mute`` (also when the service
        does not come back: the card before this one may still hang in it), ``smartcard.unreadable``,
        ``device.*``."""
        made = self._call(establish, _SERVICE_S, Failure("device.offline", "no service in time"))
        if isinstance(made, Failure):
            return made
        code, self._context = made.value
        if code != SUCCESS:
            return failure_of(code, "context")
        powered = self._call(
            lambda: scard.SCardConnect(
                self._context, self._reader, scard.SCARD_SHARE_EXCLUSIVE, _PROTOCOLS
            ),
            self._patience.for_one(),
            Failure("smartcard.mute", "no answer to connect"),
        )
        if isinstance(powered, Failure):
            return powered
        code, card, self._protocol = powered.value
        if code & 0xFFFFFFFF != SUCCESS:
            return self._explained(failure_of(code, "connect"))
        self._card = card
        return Ok(None)

    def transmit(self, apdu: bytes) -> Result[bytes]:
        """One command, one answer. Failures as for :meth:`connect`; ``smartcard.mute`` if the card
        does not answer within ``answer_s``."""
        if self._card is None:
            return Failure("smartcard.unreadable", "not connected")
        if self._protocol == scard.SCARD_PROTOCOL_T0 and len(apdu) > 5:
            apdu = apdu_without_length(apdu)  # T=0 has no length beside data
        self._tap("out", apdu)
        step = f"INS {apdu[1]:02X}"
        card, protocol, command = self._card, self._protocol, list(apdu)
        called = self._call(
            lambda: scard.SCardTransmit(card, protocol, command),
            self._patience.for_one(),
            Failure("smartcard.mute", f"{step}: no answer"),
        )
        if isinstance(called, Failure):
            return called
        code, answer = called.value
        # The binding hands out whatever was in its buffer along with a failure: not a byte of it.
        response = bytes(answer) if code & 0xFFFFFFFF == SUCCESS else b""
        if code & 0xFFFFFFFF != SUCCESS:
            return self._explained(failure_of(code, step))
        self._tap("in", response)
        if not response:  # "successful", without an answer: so a card leaves during a command
            return self._explained(Failure("smartcard.unreadable", f"{step}: an empty answer"))
        return Ok(response)

    def close(self) -> None:
        """Let the card go, powered down so that nothing on it stays selected; returns at once."""
        card, self._card = self._card, None
        context, self._context = self._context, None

        def let_go() -> None:
            if card is not None:
                disconnect(card)
            if context is not None:
                release(context)

        self._worker.post(let_go)

    def _call(self, function: Callable[[], Any], within_s: float, overdue: Failure) -> Result[Any]:
        try:
            return Ok(self._worker.call(function, within_s, self._patience.cancelled))
        except GivenUp:
            return Failure("device.cancelled")
        except NoAnswer:
            if time.monotonic() >= self._patience.deadline:
                return Failure("device.timeout", overdue.detail)
            return overdue

    def _explained(self, failure: Failure) -> Failure:
        """What really happened, by what the watcher sees: many codes mean that the card left."""
        if failure.code not in ("smartcard.unreadable", "smartcard.mute"):
            return failure
        slot = self._watcher.seen.readers.get(self._reader)
        if slot is not None and slot.state is SlotState.MUTE:
            return failure
        seen = self._watcher.wait(self._left, _NOTICE_S, self._patience.cancelled)
        if seen is None:
            return failure
        if not seen.service:
            return Failure("device.offline", failure.detail)
        if self._reader not in seen.readers:
            return Failure("device.gone", failure.detail)
        return Failure("smartcard.removed", failure.detail)

    def _left(self, seen: Seen) -> bool:
        slot = seen.readers.get(self._reader)
        if slot is None or self._began is None:
            return True
        return slot.state is SlotState.EMPTY or slot.changes != self._began.changes
