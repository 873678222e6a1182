"""The adapter: :class:`drivers.ports.IdCardReader` over an SDT reader on a serial port."""

from __future__ import annotations

import time

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from drivers.ports import AdapterContext, IdDocument
from drivers.results import Failure, Ok, Result
from drivers.sdt.frames import Command, StatusWord
from drivers.sdt.line import Patience, SdtLine
from drivers.sdt.reading import Reading
from drivers.status import DeviceState, DeviceStatus, MediaState

BAUD_RATES = (115200, 57600, 38400, 19200, 9600)
_STATUS_S = 0.45
_OPENING_S = 3.0

_STATE_OF = {
    "device.gone": DeviceState.NO_DEVICE,
    "device.offline": DeviceState.OFFLINE,
    "device.timeout": DeviceState.OFFLINE,
    "device.cancelled": DeviceState.DEVICE_BUSY,
}


class SdtOptions(BaseModel):
    """Settings of a reader.

    ``port``: path of the tty; a stable link (``/dev/serial/by-id/...``), never ``ttyUSBn``.
    ``baud``: line speed the reader is set to. ``poll_s``: seconds between two looks for a card.
    ``answer_s``: seconds of silence after which the reader counts as offline.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    port: str = Field(min_length=1)
    baud: int = 115200
    poll_s: float = Field(default=0.2, ge=0.02, le=5.0)
    answer_s: float = Field(default=1.5, ge=0.1, le=10.0)

    @field_validator("baud")
    @classmethod
    def _baud_exists(cls, baud: int) -> int:
        if baud not in BAUD_RATES:
            raise ValueError(f"expected one of {', '.join(map(str, BAUD_RATES))}")
        return baud


class SdtSerialReader:
    """An ID-card reader speaking the SDT/SAM_V protocol on a serial port.

    Events: ``card_found``; ``card_not_lifted`` when the card read last still lies there.
    """

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options: SdtOptions | None = None
        self._line: SdtLine | None = None
        self._lift_pending = False

    def open(self) -> Result[None]:
        """Open the port and ask the SAM how it is.

        Failures: ``device.misconfigured``, ``device.gone``, ``device.busy_elsewhere``,
        ``device.offline``, ``device.protocol`` (something else answers), ``idcard.sam_fault``.
        """
        self.close()
        try:
            options = SdtOptions.model_validate(dict(self._context.options))
        except ValidationError as error:
            return Failure("device.misconfigured", _explain(error))
        opened = SdtLine.open(options.port, options.baud, options.answer_s)
        if isinstance(opened, Failure):
            return opened
        self._options, self._line = options, opened.value
        # Asked twice: the first answer may be spoilt by what a reader prints when its port opens.
        checked = self._check_sam(_OPENING_S)
        if isinstance(checked, Failure) and checked.code == "device.protocol":
            checked = self._check_sam(_OPENING_S)
        if isinstance(checked, Failure):
            self.close()
        return checked

    def close(self) -> None:
        """Give the port back."""
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
        if self._line is None or self._options is None:
            return Failure("device.offline", "not open")
        reading = Reading(
            line=self._line,
            patience=self._patience(timeout_s),
            poll_s=self._options.poll_s,
            emit=self._context.emit,
            lift_pending=self._lift_pending,
        )
        result = reading.run()
        self._lift_pending = reading.lift_pending
        if isinstance(result, Failure) and result.code == "device.gone":
            self.close()
        return result

    def _patience(self, seconds: float) -> Patience:
        return Patience(time.monotonic() + seconds, self._context.cancelled)

    def _check_sam(self, within_s: float) -> Result[None]:
        if self._line is None:
            return Failure("device.offline", "not open")
        result = self._line.exchange(Command.SAM_STATUS, self._patience(within_s))
        if isinstance(result, Failure):
            if result.code == "device.gone":
                self.close()
            return result
        match result.value.status:
            case StatusWord.OK:
                return Ok(None)
            case StatusWord.SAM_SELF_TEST_FAILED | StatusWord.SAM_NOT_AUTHORISED:
                return Failure("idcard.sam_fault", f"SW {result.value.status_text}")
            case _:
                return Failure("device.protocol", f"SW {result.value.status_text}")


def _explain(error: ValidationError) -> str:
    """The first mistake in the options, with its key."""
    first = error.errors()[0]
    key = ".".join(map(str, first["loc"])) or "options"
    return f"{key}: {first['msg']}"
