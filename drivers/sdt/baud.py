"""Finding out and changing the speed at which a reader on a serial port listens."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from drivers.failure_codes import FailureCode
from drivers.ports import Tap, no_tap
from drivers.results import Failure, Ok, Result
from drivers.sdt.frames import SET_BAUD, Command, StatusWord
from drivers.sdt.line import Patience, SdtLine
from drivers.sdt.wires import SerialWire, WireGoneError

log = logging.getLogger(__name__)

BAUD_RATES = tuple(SET_BAUD)
"""The speeds there are, fastest first."""

_PROBE_S = 0.4  # a status answer takes 12 ms at the slowest speed


class BaudNegotiation:
    """Probing one port. ``answer_s``: the reader's answer time, of which a probe takes its part."""

    def __init__(
        self,
        wire: SerialWire,
        answer_s: float,
        cancelled: Callable[[], bool],
        tap: Tap = no_tap,
    ) -> None:
        self._wire = wire
        # A line of its own: what is owed at one speed cannot arrive at the next.
        self._line = SdtLine(wire, min(answer_s, _PROBE_S), tap)
        self._probe_s = 4 * min(answer_s, _PROBE_S)
        self._cancelled = cancelled

    def find(self) -> Result[int]:
        """Ask for the SAM's status at every speed, fastest first; the speed that was answered.

        Failures: ``device.offline`` (silent at all), ``device.protocol`` (only noise),
        ``device.gone``, ``device.cancelled``.
        """
        noise = False
        for baud in BAUD_RATES:
            asked = self._probe(baud)
            if isinstance(asked, Ok):
                return Ok(baud)
            if asked.code in ("device.gone", "device.cancelled"):
                return asked
            noise = noise or asked.code == "device.protocol"
        code: FailureCode = "device.protocol" if noise else "device.offline"
        return Failure(code, "no sound answer at any speed")

    def switch(self, now: int, wanted: int) -> Result[int]:
        """Tell a reader that listens at ``now`` to use ``wanted``; the speed it then listens at.

        A reader that refuses, or is silent at the new speed, is kept at the old one.
        Failures: as :meth:`find`.
        """
        told = self._line.exchange(SET_BAUD[wanted], self._patience())
        if isinstance(told, Failure) and told.code in ("device.gone", "device.cancelled"):
            return told
        if isinstance(told, Ok) and told.value.status is not StatusWord.OK:
            log.warning("stays at %d baud: SW %s", now, told.value.status_text)
            return Ok(now)
        # Also after silence: the answer may have been given at the new speed.
        for baud in (wanted, now):
            asked = self._probe(baud)
            if isinstance(asked, Ok):
                log.info("now at %d baud", baud)
                return Ok(baud)
            if asked.code in ("device.gone", "device.cancelled"):
                return asked
        return self.find()

    def _probe(self, baud: int) -> Result[None]:
        try:
            self._wire.set_baud(baud)
        except WireGoneError as error:
            return Failure("device.gone", str(error))
        asked = self._line.exchange(Command.SAM_STATUS, self._patience())
        return asked if isinstance(asked, Failure) else Ok(None)

    def _patience(self) -> Patience:
        return Patience(time.monotonic() + self._probe_s, self._cancelled)
