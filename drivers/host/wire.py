"""Messages between supervisor and child, and their framing on the private socket pair.

A frame is a length (4 bytes, big-endian) and a pickle. Pickle is chosen for the port types
(dataclasses, enumerations, dates, bytes), but the supervisor does not trust it blindly: it loads
only plain values and the data classes and enumerations of ``drivers`` and of the adapter's own
package (:func:`restricted_loads`). What an adapter returned travels as bytes inside the message, so
that a value which cannot be loaded spoils one result and not the connection.

Personal data passes here and only here; messages therefore show no payload in ``repr``.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from drivers.hotplug.inventory import Roots
from drivers.status import DeviceStatus

MAX_MESSAGE = 32 * 1024 * 1024
"""Bytes in a frame: an A4 document of scans fits, a runaway does not."""

MAX_PAYLOAD = MAX_MESSAGE - 1024
"""Bytes of arguments or of a result, which travel inside a message."""

MAX_EVENT = 64 * 1024
"""Bytes of data in one progress event."""

MAX_LOG_TEXT = 2000
"""Characters of one forwarded log line."""

MAX_STEPS = 200_000
"""Steps of a pickle: far more than any result has, and a bound on what loading it may build."""

_LENGTH = struct.Struct(">I")


class WireError(Exception):
    """The peer broke the protocol: oversized frame, foreign type, or damaged pickle."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Supervisor to child, first: which adapter to run and how."""

    name: str
    target: str
    options: dict[str, Any] = field(repr=False)
    heartbeat_s: float
    status_poll_s: float
    reopen_first_s: float
    reopen_max_s: float
    reopen_refused_s: float
    nudge_pause_s: float
    memory_ceiling: int
    roots: Roots
    log_level: int


@dataclass(frozen=True, slots=True)
class Call:
    """Do ``operation``; ``deadline`` is on the monotonic clock, which processes share."""

    id: int
    operation: str
    arguments: bytes = field(repr=False)
    deadline: float


@dataclass(frozen=True, slots=True)
class Cancel:
    """All calls up to and including this id are given up by their caller."""

    up_to: int


@dataclass(frozen=True, slots=True)
class Nudge:
    """A port came or went: see to the device now, not when the next look is due."""


@dataclass(frozen=True, slots=True)
class Bye:
    """Close the device and end."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Child to supervisor: the adapter was loaded and the first opening was tried."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The interpreter runs. ``upkeep_s``: seconds spent so far in opening, closing or asking the
    device for its status; 0 outside these."""

    upkeep_s: float


@dataclass(frozen=True, slots=True)
class StatusReport:
    """The device's status changed."""

    status: DeviceStatus


@dataclass(frozen=True, slots=True)
class Started:
    """The adapter was entered for this call; from here on it may have had effects."""

    id: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The call ended; ``result`` is a pickled ``Ok`` or ``Failure``."""

    id: int
    result: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """An event of the adapter; ``data`` is a pickled dict."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LogLine:
    """A log record of the adapter's package."""

    logger: str
    level: int
    text: str


class _Pickler(pickle.Pickler):
    """Writes an enumeration's member as its class called with its value.

    Python 3.11.0 to 3.11.3 (Debian 12) would write a call of ``getattr``, which no reader here
    may allow.
    """

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, Enum):
            return type(value), (value.value,)
        return NotImplemented


def dumps(value: object, limit: int = MAX_MESSAGE) -> bytes:
    """Pickle ``value``; whatever goes wrong is a :class:`WireError` that names only the type."""
    try:
        buffer = io.BytesIO()
        _Pickler(buffer, protocol=5).dump(value)
    except Exception as error:
        # The message of a pickling error may quote the value, so it is left out.
        raise WireError(f"{type(value).__name__} cannot be sent: {type(error).__name__}") from None
    data = buffer.getvalue()
    if len(data) > limit:
        raise WireError(f"{type(value).__name__} of {len(data)} bytes is too large to send")
    return data


def frame(message: object) -> bytes:
    """One message, ready for the socket. Raises :class:`WireError` as :func:`dumps` does."""
    data = dumps(message)
    return _LENGTH.pack(len(data)) + data


_PLAIN = {
    # Neither set nor bytearray: protocol 5 has steps for them, and bytearray(10**10) is short to say.
    "builtins": {"complex", "range", "slice"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "decimal": {"Decimal"},
    "uuid": {"UUID"},
}


# Every step dumps() can write. Not PUT: seven bytes of it make the reader set aside gigabytes.
_STEPS = """
ADDITEMS APPEND APPENDS BINBYTES BINBYTES8 BINFLOAT BINGET BININT BININT1 BININT2 BINUNICODE
BINUNICODE8 BUILD BYTEARRAY8 EMPTY_DICT EMPTY_LIST EMPTY_SET EMPTY_TUPLE FRAME FROZENSET LONG1 LONG4
LONG_BINGET MARK MEMOIZE NEWFALSE NEWOBJ NEWOBJ_EX NEWTRUE NONE POP POP_MARK PROTO REDUCE SETITEM
SETITEMS SHORT_BINBYTES SHORT_BINUNICODE STACK_GLOBAL STOP TUPLE TUPLE1 TUPLE2 TUPLE3
"""


def _check_steps(data: bytes) -> None:
    """Refuse a pickle that is cut short, too long, or takes a step that :func:`dumps` never writes,
    before any memory is spent on it."""
    from pickletools import genops  # large, and the child needs none of it

    allowed = frozenset(_STEPS.split())
    for number, (step, _, _) in enumerate(genops(data)):
        if step.name not in allowed:
            raise WireError(f"step {step.name} is not allowed in a message")
        if number >= MAX_STEPS:
            raise WireError("too many steps in a message")


class _RestrictedUnpickler(pickle.Unpickler):
    def __init__(self, data: bytes, roots: frozenset[str]) -> None:
        super().__init__(io.BytesIO(data))
        self._roots = roots

    def find_class(self, module: str, name: str) -> Any:
        if name in _PLAIN.get(module, ()):
            return super().find_class(module, name)
        # A dotted name would walk from an allowed module into whatever it imported.
        if module.partition(".")[0] in self._roots and "." not in name:
            found = super().find_class(module, name)
            is_type = isinstance(found, type) and found.__module__ == module
            if is_type and (dataclasses.is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise WireError(f"type {module}.{name} is not allowed in a message")


def restricted_loads(data: bytes, roots: frozenset[str] = frozenset({"drivers"})) -> Any:
    """Load plain values and the data classes and enumerations of packages in ``roots``.

    Raises :class:`WireError` for anything else. Memory spent is bounded by the size of ``data``.
    """
    try:
        _check_steps(data)
        return _RestrictedUnpickler(data, roots).load()
    except WireError:
        raise
    except Exception as error:
        raise WireError(f"damaged message: {type(error).__name__}") from None


class FrameReader:
    """Cuts a byte stream into frames; feed it what arrived, in any portions."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The frames completed by ``data``. Raises :class:`WireError` on an oversized one."""
        self._buffer += data
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > MAX_MESSAGE:
                raise WireError(f"frame of {length} bytes is too large")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[_LENGTH.size : end])
            del self._buffer[:end]
            yield body
