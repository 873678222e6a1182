"""The line to a panel board: one request, one answer with its number, events in between."""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.indicator.lines import ANSWER, EVENT, REQUEST, Line, LineReader, encode
from drivers.results import Failure, Ok, Result
from drivers.serial_port import PortLostError, SerialPort

TRIES = 3
_SLICE_S = 0.04  # bounds the delay of a cancellation


class PanelLine:
    """``on_event(word)`` is called for each event line, in whatever method it arrives.

    ``answer_s``: silence after which a request is sent again; every request may be repeated.
    """

    def __init__(self, port: SerialPort, answer_s: float, on_event: Callable[[str], None]) -> None:
        self._port, self._answer_s, self._on_event = port, answer_s, on_event
        self._reader = LineReader()
        self._number = 0

    def close(self) -> None:
        """Give the port back; never raises."""
        self._port.close()

    def ask(
        self, words: tuple[str, ...], deadline: float, cancelled: Callable[[], bool]
    ) -> Result[tuple[str, ...]]:
        """The words of the answer to a request.

        Failures: ``device.offline`` (no sound line came), ``device.protocol`` (damaged lines only),
        ``device.timeout`` (``deadline``, monotonic seconds, came first), ``device.cancelled``,
        ``device.gone``.
        """
        damaged = self._reader.damaged
        try:
            for _ in range(TRIES):
                self._number = (self._number + 1) % 100
                request = encode(Line(REQUEST, self._number, words))
                if not self._port.write(request, min(self._answer_s, _left(deadline))):
                    break
                until = min(time.monotonic() + self._answer_s, deadline)
                answer = self._await(until, cancelled)
                if answer is not None:
                    return Ok(answer)
                if cancelled():
                    return Failure("device.cancelled", words[0])
                if _left(deadline) <= 0:
                    return Failure("device.timeout", words[0])
        except PortLostError as error:
            return Failure("device.gone", f"{words[0]}: {error}")
        if self._reader.damaged > damaged:
            return Failure("device.protocol", f"{words[0]}: damaged lines only")
        return Failure("device.offline", f"{words[0]}: no answer")

    def _await(self, until: float, cancelled: Callable[[], bool]) -> tuple[str, ...] | None:
        while True:
            left = _left(until)
            answer = None
            for line in self._reader.feed(self._port.read(min(_SLICE_S, left))):
                if line.kind == EVENT:
                    self._on_event(line.words[0])
                elif line.kind == ANSWER and line.number == self._number:
                    answer = line.words
            # An answer with another number is to a request given up before.
            if answer is not None or left <= 0 or cancelled():
                return answer


def _left(until: float) -> float:
    return max(0.0, until - time.monotonic())
