"""What the flight recorder may keep of IPP: the attributes of a message, never a document."""

from __future__ import annotations

from drivers.flight.entry import Direction, Entry
from drivers.flight.redaction import Kept
from drivers.ipp.codec import IppFormatError, decode


class IppRedactor:
    """Implements :class:`drivers.flight.Redactor`; is shown one whole message at a time.

    Attributes are the terminal's own words and the printer's; a job's title holds nothing personal
    (see :class:`drivers.ports.DocumentPrinter`). What is no sound message is elided whole.
    """

    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        """See the protocol."""
        try:
            document = len(decode(data).data)
        except IppFormatError:
            return [Entry(at, direction, b"", len(data))]
        # Nothing but a document follows the attributes, so it is what the message ends with.
        return [Entry(at, direction, data[: len(data) - document], document)]

    def settle(self) -> Kept:
        """Nothing is ever held back."""
        return []
