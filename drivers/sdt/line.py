"""The line to an SDT reader: one request, one answer, a deadline, and no exceptions."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from drivers.ports import Tap, no_tap
from drivers.results import Failure, Ok, Result
from drivers.sdt.frames import (
    SET_BAUD,
    Answer,
    BadFrame,
    Command,
    FrameDecoder,
    StatusWord,
    encode_request,
    parse_answer,
)
from drivers.sdt.wires import SerialWire, Wire, WireGoneError, WireStalledError

_SLICE_S = 0.04  # how long one look at an owed answer may take
GAP_S = 0.25
"""Silence that ends a begun or broken frame; USB adapters batch for some 16 ms."""
_LONGEST_FRAME = 2321
_LEAST_CONTENT = 4 + 256  # data of a read answer: two lengths and the text record

_RECORDS = (Command.READ_TEXT_PHOTO, Command.READ_TEXT_PHOTO_FINGERPRINT)
_EXACT_DATA = {
    Command.SAM_STATUS: 0,
    Command.SAM_NUMBER: 16,
    Command.READ_APPENDED_ADDRESS: 70,
    **dict.fromkeys(SET_BAUD.values(), 0),
}
_ONLY_FOR: dict[StatusWord, Command] = {
    StatusWord.CARD_FOUND: Command.FIND_CARD,
    StatusWord.NO_CARD: Command.FIND_CARD,
    StatusWord.SELECT_FAILED: Command.SELECT_CARD,
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for one answer: until ``deadline`` (monotonic seconds) or ``cancelled()``."""

    deadline: float
    cancelled: Callable[[], bool]

    @property
    def left_s(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.deadline - time.monotonic())


def fits(command: Command, answer: Answer) -> bool:
    """Whether ``answer`` can be the answer to ``command``.

    Answers carry no number; one that came late (its question was given up) must not be taken for
    the answer to another question, least of all a record read for somebody else.
    """
    status = answer.status
    if status is not None and status in _ONLY_FOR:
        return _ONLY_FOR[status] is command
    if status is not StatusWord.OK:
        return not answer.data
    if command in _RECORDS:
        return len(answer.data) >= _LEAST_CONTENT
    if command is Command.SELECT_CARD:
        return 0 < len(answer.data) <= 32
    if command in _EXACT_DATA:
        return len(answer.data) == _EXACT_DATA[command]
    return len(answer.data) < _LEAST_CONTENT


class SdtLine:
    """An open line. Every failure is ``device.*``; after ``device.gone`` the line is of no use.

    ``answer_s``: seconds of silence after which the reader counts as not answering. ``tap`` sees
    every byte in both directions.
    """

    def __init__(self, wire: Wire, answer_s: float, tap: Tap = no_tap) -> None:
        self._wire = wire
        self._answer_s = answer_s
        self._tap = tap
        self._decoder = FrameDecoder()
        self._owed_until = 0.0

    @classmethod
    def open(cls, path: str, baud: int, answer_s: float, tap: Tap = no_tap) -> Result[SdtLine]:
        """Open the serial port ``path``; failures as :meth:`SerialWire.open`."""
        opened = SerialWire.open(path, baud)
        return opened if isinstance(opened, Failure) else Ok(cls(opened.value, answer_s, tap))

    def close(self) -> None:
        """Give the port back; never raises."""
        self._wire.close()

    def exchange(self, command: Command, patience: Patience) -> Result[Answer]:
        """Ask and wait for the fitting answer.

        Failures: ``device.offline`` (silence for the reader's answer time), ``device.protocol``
        (bytes, but no sound answer), ``device.timeout`` (``patience`` ended first),
        ``device.cancelled``, ``device.gone``.
        """
        try:
            self._drain(patience)
            if patience.cancelled():
                return Failure("device.cancelled", command.name)
            if patience.left_s <= 0:
                return Failure("device.timeout", command.name)
            self._wire.discard_input()
            self._decoder.reset()
            request = encode_request(command)
            self._tap("out", request)
            self._wire.write(request)
            return self._await(command, patience)
        except WireStalledError:
            return Failure("device.offline", f"{command.name}: the line takes no bytes")
        except WireGoneError as error:
            return Failure("device.gone", f"{command.name}: {error}")

    def idle(self, seconds: float, patience: Patience) -> Result[None]:
        """Pass ``seconds``, swallowing noise; noticing an unplug or a cancellation at once."""
        until = min(time.monotonic() + seconds, patience.deadline)
        try:
            while (left := until - time.monotonic()) > 0:
                if patience.cancelled():
                    return Failure("device.cancelled")
                self._read(left)
        except WireGoneError as error:
            return Failure("device.gone", f"idle: {error}")
        return Ok(None)

    def _drain(self, patience: Patience) -> None:
        """Let the answer to a question given up earlier arrive and go by."""
        until = min(self._owed_until, patience.deadline)
        while time.monotonic() < until and not patience.cancelled():
            if any(isinstance(item, bytes) for item in self._decoder.feed(self._read(_SLICE_S))):
                break
        else:
            if time.monotonic() < self._owed_until:
                return
        self._owed_until = 0.0

    def _await(self, command: Command, patience: Patience) -> Result[Answer]:
        asked = last_byte = time.monotonic()
        # A babbling line keeps no one waiting: beyond this, even arriving bytes do not count.
        give_up = asked + 2 * (self._answer_s + self._frame_s)
        trouble = ""
        while True:
            if patience.cancelled() or patience.left_s <= 0:
                self._owed_until = asked + self._answer_s + self._frame_s
                return Failure(
                    "device.cancelled" if patience.cancelled() else "device.timeout", command.name
                )
            chunk = self._read(patience.left_s)
            now = time.monotonic()
            if chunk:
                last_byte = now
            items = self._decoder.feed(chunk)
            quiet = now - last_byte
            if self._decoder.inside_frame and quiet >= GAP_S:
                items += self._decoder.settle()
            for item in items:
                answer, trouble = _judge(command, item, trouble)
                if answer is not None:
                    return Ok(answer)
            begun = self._decoder.inside_frame
            if trouble and not begun and quiet >= GAP_S:
                return Failure("device.protocol", f"{command.name}: {trouble}")
            if now >= give_up or (quiet >= self._answer_s and not begun):
                if last_byte == asked:
                    return Failure("device.offline", f"{command.name}: no answer")
                return Failure("device.protocol", f"{command.name}: {trouble or 'noise only'}")

    @property
    def _frame_s(self) -> float:
        """Time the longest frame takes on the line."""
        return _LONGEST_FRAME * 10 / self._wire.bits_per_s

    def _read(self, at_most_s: float) -> bytes:
        chunk = self._wire.read(at_most_s)
        if chunk:
            self._tap("in", chunk)
        return chunk


def _judge(command: Command, item: bytes | BadFrame, trouble: str) -> tuple[Answer | None, str]:
    """The fitting answer, if ``item`` is it; else what was wrong."""
    if isinstance(item, BadFrame):
        return None, item.reason
    answer = parse_answer(item)
    if answer is None:
        return None, "answer too short"
    if not fits(command, answer):
        # A late answer to an older question may be followed by ours: not yet a failure.
        return None, trouble
    return answer, trouble
