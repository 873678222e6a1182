"""What every SDT reader does, whatever wire it is on."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod

from drivers.options import Options, option
from drivers.ports import AdapterContext, DeviceInfo, IdDocument
from drivers.results import Failure, Ok, Result
from drivers.sdt.frames import Command, StatusWord
from drivers.sdt.identity import describe_sam
from drivers.sdt.line import Patience, SdtLine
from drivers.sdt.reading import Extras, Reading
from drivers.sdt.redaction import SdtRedactor
from drivers.status import DeviceState, DeviceStatus, MediaState

_STATUS_S = 0.45
_OPENING_S = 3.0

_STATE_OF = {
    "device.gone": DeviceState.NO_DEVICE,
    "device.offline": DeviceState.OFFLINE,
    "device.timeout": DeviceState.OFFLINE,
    "device.cancelled": DeviceState.DEVICE_BUSY,
}


class ReaderOptions(Options):
    """Settings of every reader.

    ``poll_s``: pause between two looks for a card, in seconds; what a resident
    waits before a card laid down is seen. ``answer_s``: seconds of silence after which
    the reader counts as offline. ``fingerprint``: read the card's fingerprint features too.
    ``appended_address``: read the address noted on the card later.
    """

    poll_s: float = option(default=0.01, ge=0.005, le=5.0)
    answer_s: float = option(default=1.5, ge=0.1, le=10.0)
    fingerprint: bool = False
    appended_address: bool = False


class SdtReader(ABC):
    """An ID-card reader speaking the SDT/SAM_V protocol.

    Events: ``card_found``; ``card_not_lifted`` when the card read last still lies there.
    """

    flight_redactor = SdtRedactor

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options = ReaderOptions()
        self._line: SdtLine | None = None
        self._lift_pending = False

    @abstractmethod
    def _connect(self) -> Result[tuple[SdtLine, ReaderOptions]]:
        """Read the options and open the line."""

    @abstractmethod
    def _facts(self) -> tuple[tuple[str, str], ...]:
        """What else is known of the connection, for :meth:`device_info`."""

    def open(self) -> Result[None]:
        """Open the line and ask the SAM how it is.

        Failures: ``device.misconfigured``, ``device.gone``, ``device.busy_elsewhere``,
        ``device.offline``, ``device.protocol`` (something else answers), ``idcard.sam_fault``.
        """
        self.close()
        connected = self._connect()
        if isinstance(connected, Failure):
            return connected
        self._line, self._options = connected.value
        # Asked twice: the first answer may be spoilt by what a reader prints when its port opens.
        checked = self._check_sam(_OPENING_S)
        if isinstance(checked, Failure) and checked.code == "device.protocol":
            checked = self._check_sam(_OPENING_S)
        if isinstance(checked, Failure):
            self.close()
        return checked

    def close(self) -> None:
        """Give the line back."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def status(self) -> DeviceStatus:
        """The SAM's own word, within 0.5 s.

        Media is always unknown: the only way to ask for a card is to find it, which would take it
        out of the idle state and hide it from the next reading.
        """
        checked = self._check_sam(_STATUS_S)
        if isinstance(checked, Ok):
            return DeviceStatus(DeviceState.ONLINE, MediaState.UNKNOWN)
        code = "device.offline" if checked.code == "device.timeout" else checked.code
        return DeviceStatus(
            _STATE_OF.get(checked.code, DeviceState.HARDWARE_ERROR),
            MediaState.UNKNOWN,
            failure=None if code == "device.cancelled" else code,
            detail=checked.detail,
        )

    def read_card(self, timeout_s: float) -> Result[IdDocument]:
        """Wait for a card and read it, within ``timeout_s`` seconds. See the port for failures."""
        if self._line is None:
            return Failure("device.offline", "not open")
        reading = Reading(
            line=self._line,
            patience=self._patience(timeout_s),
            poll_s=self._options.poll_s,
            emit=self._context.emit,
            lift_pending=self._lift_pending,
            extras=Extras(self._options.fingerprint, self._options.appended_address),
        )
        result = reading.run()
        self._lift_pending = reading.lift_pending
        if isinstance(result, Failure) and result.code == "device.gone":
            self.close()
        return result

    def device_info(self, timeout_s: float) -> Result[DeviceInfo]:
        """Ask for the SAM's number. Failures: ``device.*``, ``idcard.sam_fault``."""
        asked = self._ask(Command.SAM_NUMBER, timeout_s)
        return asked if isinstance(asked, Failure) else Ok(describe_sam(asked.value, self._facts()))

    def _patience(self, seconds: float) -> Patience:
        return Patience(time.monotonic() + seconds, self._context.cancelled)

    def _check_sam(self, within_s: float) -> Result[None]:
        asked = self._ask(Command.SAM_STATUS, within_s)
        return asked if isinstance(asked, Failure) else Ok(None)

    def _ask(self, command: Command, within_s: float) -> Result[bytes]:
        """The data of the answer to a question about the reader itself."""
        if self._line is None:
            return Failure("device.offline", "not open")
        result = self._line.exchange(command, self._patience(within_s))
        if isinstance(result, Failure):
            if result.code == "device.gone":
                self.close()
            return result
        match result.value.status:
            case StatusWord.OK:
                return Ok(result.value.data)
            case StatusWord.SAM_SELF_TEST_FAILED | StatusWord.SAM_NOT_AUTHORISED:
                return Failure("idcard.sam_fault", f"SW {result.value.status_text}")
            case _:
                return Failure("device.protocol", f"SW {result.value.status_text}")
