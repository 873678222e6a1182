"""The adapter: :class:`drivers.ports.IdCardReader` over an SDT reader on a serial port."""

from __future__ import annotations

from typing import ClassVar, Literal

from drivers.options import option, read_options
from drivers.ports import AdapterContext
from drivers.results import Failure, Ok, Result
from drivers.sdt.baud import BAUD_RATES, BaudNegotiation
from drivers.sdt.line import SdtLine
from drivers.sdt.reader import ReaderOptions, SdtReader
from drivers.sdt.wires import SerialWire


class SdtOptions(ReaderOptions):
    """Settings of a reader on a serial port.

    ``port``: path of the tty; the settings may have a binding for it, and never ``ttyUSBn``.
    ``baud``: line speed the reader is set to, or ``"auto"`` to try them all. ``switch_baud``: with
    ``"auto"``, the speed to set the reader to once it is found.
    """

    port: str = option(min_length=1)
    baud: int | Literal["auto"] = option(default=115200, one_of=(*BAUD_RATES, "auto"))
    switch_baud: int | None = option(default=None, one_of=tuple(BAUD_RATES))

    def complaint(self) -> str:
        """See the base class."""
        # A reader that was switched would not be found again at the one speed configured.
        if self.switch_baud is not None and self.baud != "auto":
            return 'switch_baud: needs baud = "auto"'
        return ""


class SdtSerialReader(SdtReader):
    """An ID-card reader speaking the SDT/SAM_V protocol on a serial port."""

    port_options: ClassVar = {"port": "serial"}

    def __init__(self, context: AdapterContext) -> None:
        super().__init__(context)
        self._wire: SerialWire | None = None

    def _connect(self) -> Result[tuple[SdtLine, ReaderOptions]]:
        parsed = read_options(SdtOptions, self._context.options)
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
