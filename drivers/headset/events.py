"""Reports of an input device, as the kernel writes them: ``struct input_event``. Pure.

Layout and numbers: Linux ``include/uapi/linux/input.h`` and ``input-event-codes.h``.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

EVENT = struct.Struct("@LLHHi")
"""Seconds, microseconds, type, code, value. Two machine words and eight bytes: 24 on 64 bits."""

EV_SYN, EV_SW = 0x00, 0x05
SYN_REPORT, SYN_DROPPED = 0x00, 0x03
SW_HEADPHONE, SW_LINE_OUT, SW_JACK = 0x02, 0x06, 0x07
_EV_MAX = 0x1F
_CODE_MAX = 0x2FF
_MICROSECONDS = 1_000_000


class NotEventsError(ValueError):
    """What came is no row of input events."""


@dataclass(frozen=True, slots=True)
class InputEvent:
    """One event; ``value`` of a switch is 1 while it is on."""

    kind: int
    code: int
    value: int


def encode(event: InputEvent, seconds: int = 0, microseconds: int = 0) -> bytes:
    """The bytes of an event, as a device writes them."""
    return EVENT.pack(seconds, microseconds, event.kind, event.code, event.value)


class EventReader:
    """Cuts a byte stream into events. The kernel gives whole ones; a pipe may not."""

    def __init__(self) -> None:
        self._begun = b""

    def feed(self, data: bytes) -> list[InputEvent]:
        """The events that ``data`` completes. Raises :class:`NotEventsError`."""
        data = self._begun + data
        whole = len(data) // EVENT.size * EVENT.size
        self._begun = data[whole:]
        return [self._sound(fields) for fields in EVENT.iter_unpack(data[:whole])]

    @staticmethod
    def _sound(fields: tuple[int, ...]) -> InputEvent:
        _, microseconds, kind, code, value = fields
        if microseconds >= _MICROSECONDS or kind > _EV_MAX or code > _CODE_MAX:
            raise NotEventsError("no input event")
        return InputEvent(kind, code, value)


class Switch:
    """One switch of a device, from its events. A report counts when it is whole (``SYN_REPORT``).

    ``on``: None while it is not known: at first, and after events were lost.
    """

    def __init__(self, code: int) -> None:
        self.code = code
        self._coming: bool | None = None
        self._lost = False
        self.on: bool | None = None

    def set(self, on: bool | None) -> None:
        """What the device answered when it was asked."""
        self.on, self._coming = on, None

    def take(self, event: InputEvent) -> bool:
        """False if events were lost up to here: the device has to be asked again."""
        if (event.kind, event.code) == (EV_SYN, SYN_DROPPED):
            # What follows until the end of the report belongs to what was lost.
            self._lost, self._coming = True, None
        elif event.kind == EV_SYN and event.code == SYN_REPORT:
            lost, self._lost = self._lost, False
            if lost:
                self.set(None)
                return False
            if self._coming is not None:
                self.set(self._coming)
        elif (event.kind, event.code) == (EV_SW, self.code) and not self._lost:
            self._coming = event.value != 0
        return True
