"""The adapter: :class:`drivers.ports.IdCardReader` over an SDT reader on a serial port."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from drivers.ports import AdapterContext
from drivers.results import Failure, Ok, Result
from drivers.sdt.baud import BAUD_RATES, BaudNegotiation
from drivers.sdt.line import SdtLine
from drivers.sdt.reader import ReaderOptions, SdtReader, parse_options
from drivers.sdt.wires import SerialWire


class SdtOptions(ReaderOptions):
    """Settings of a reader on a serial port.

    ``port``: path of the tty; the settings may have a binding for it, and never ``ttyUSBn``.
    ``baud``: line speed the reader is set to, or ``"auto"`` to try them all. ``switch_baud``: with
    ``"auto"``, the speed to set the reader to once it is found.
    """

    port: str = Field(min_length=1)
    baud: int | Literal["auto"] = 115200
    switch_baud: int | None = None

    @field_validator("baud", "switch_baud")
    @classmethod
    def _baud_exists(cls, baud: int | str | None) -> int | str | None:
        if isinstance(baud, int) and baud not in BAUD_RATES:
            raise ValueError(f"expected one of {', '.join(map(str, BAUD_RATES))}")
        return baud

    @model_validator(mode="after")
    def _switching_needs_finding(self) -> Self:
        # A reader that was switched would not be found again at the one speed configured.
        if self.switch_baud is not None and self.baud != "auto":
            raise ValueError('switch_baud needs baud = "auto"')
        return self


class SdtSerialReader(SdtReader):
    """An ID-card reader speaking the SDT/SAM_V protocol on a serial port."""

    port_options: ClassVar = {"port": "serial"}

    def __init__(self, context: AdapterContext) -> None:
        super().__init__(context)
        self._wire: SerialWire | None = None

    def _connect(self) -> Result[tuple[SdtLine, ReaderOptions]]:
        parsed = parse_options(SdtOptions, self._context)
        if isinstance(parsed, Failure):
            return parsed
        options = parsed.value
        start = BAUD_RATES[0] if options.baud == "auto" else options.baud
        opened = SerialWire.open(options.port, start)
        if isinstance(opened, Failure):
            return opened
        wire = opened.value
        if options.baud == "auto":
            settled = self._negotiate(wire, options)
            if isinstance(settled, Failure):
                wire.close()
                return settled
        self._wire = wire
        return Ok((SdtLine(wire, options.answer_s, self._context.tap), options))

    def _negotiate(self, wire: SerialWire, options: SdtOptions) -> Result[int]:
        """Find the reader's speed, change it if wanted, and leave our end at what it is then."""
        talk = BaudNegotiation(wire, options.answer_s, self._context.cancelled, self._context.tap)
        found = talk.find()
        wanted = options.switch_baud
        if isinstance(found, Failure) or wanted is None or wanted == found.value:
            return found
        return talk.switch(found.value, wanted)

    def _facts(self) -> tuple[tuple[str, str], ...]:
        return () if self._wire is None else (("baud", str(self._wire.bits_per_s)),)
