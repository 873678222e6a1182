"""What an ESC/POS printer says about itself: decoding of its status bytes, without any I/O.

Protocol: Epson *ESC/POS Command Reference* (DLE EOT, GS a, GS r, GS ( H); how the answers are told
apart in one stream: the fixed bits of each kind, as in Citizen's published command reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from drivers.failure_codes import FailureCode

XON = 0x11
XOFF = 0x13
_BLOCK_HEADER = 0x37
_PROCESS_ID = 0x22
_PROCESS_ID_LENGTH = 7
_ASB_LENGTH = 4


class ReplyKind(StrEnum):
    """The kinds of answer in a printer's byte stream."""

    REALTIME = "realtime"
    ASB = "asb"
    IN_ORDER = "inOrder"
    PROCESS_ID = "processId"
    XON = "xon"
    XOFF = "xoff"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. ``data``: the status byte(s); for a process ID its four characters."""

    kind: ReplyKind
    data: bytes


def classify(byte: int) -> ReplyKind:
    """Kind of the answer that starts with this byte; ``NOISE`` if no answer starts so.

    A leading 0x37 is reported as :attr:`ReplyKind.PROCESS_ID`: only the next byte tells for sure.
    """
    if byte == XON:
        return ReplyKind.XON
    if byte == XOFF:
        return ReplyKind.XOFF
    if byte == _BLOCK_HEADER:
        return ReplyKind.PROCESS_ID
    if byte & 0x93 == 0x12:
        return ReplyKind.REALTIME
    if byte & 0x93 == 0x10:
        return ReplyKind.ASB
    if byte & 0x90 == 0x00:
        return ReplyKind.IN_ORDER
    return ReplyKind.NOISE


class ReplyParser:
    """Splits the mixed stream of answers, in pieces of any size. Holds at most six bytes back."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> list[Reply]:
        """Answers completed by ``data``. Bytes that fit no answer come out as ``NOISE``."""
        self._pending += data
        replies: list[Reply] = []
        while self._pending:
            reply, used = self._next()
            if used == 0:
                break
            del self._pending[:used]
            replies.append(reply)
        return replies

    @property
    def held(self) -> int:
        """Bytes that may still become an answer."""
        return len(self._pending)

    def reset(self) -> None:
        """Forget a half-received answer."""
        self._pending.clear()

    def _next(self) -> tuple[Reply, int]:
        kind = classify(self._pending[0])
        if kind is ReplyKind.ASB:
            return self._asb()
        if kind is ReplyKind.PROCESS_ID:
            return self._process_id()
        return Reply(kind, bytes(self._pending[:1])), 1

    def _asb(self) -> tuple[Reply, int]:
        block = bytes(self._pending[:_ASB_LENGTH])
        if any(byte & 0x90 for byte in block[1:]):
            return Reply(ReplyKind.NOISE, block[:1]), 1
        return Reply(ReplyKind.ASB, block), len(block) if len(block) == _ASB_LENGTH else 0

    def _process_id(self) -> tuple[Reply, int]:
        block = bytes(self._pending[:_PROCESS_ID_LENGTH])
        wrong = (
            (len(block) > 1 and block[1] != _PROCESS_ID)
            or any(not 0x20 <= byte <= 0x7E for byte in block[2:6])
            or (len(block) == _PROCESS_ID_LENGTH and block[6] != 0)
        )
        if wrong:
            return Reply(ReplyKind.NOISE, block[:1]), 1
        complete = len(block) == _PROCESS_ID_LENGTH
        return Reply(ReplyKind.PROCESS_ID, block[2:6]), len(block) if complete else 0


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What is known of the printer; a field is False if the printer did not say otherwise."""

    offline: bool = False
    waiting_for_recovery: bool = False
    feed_button: bool = False
    cover_open: bool = False
    stopped_by_paper_end: bool = False
    error: bool = False
    mechanical_error: bool = False
    cutter_error: bool = False
    unrecoverable_error: bool = False
    auto_recoverable_error: bool = False
    paper_near_end: bool = False
    paper_end: bool = False

    @property
    def failure(self) -> FailureCode | None:
        """Failure code of what keeps the printer from printing now, the most telling first.

        An open cover goes before missing paper: with the cover open the sensor sees no roll. The
        error that heals by itself is the head (or its driver) being too hot.
        """
        if self.cover_open:
            return "printer.cover_open"
        if self.paper_end or self.stopped_by_paper_end:
            return "printer.paper_out"
        if self.cutter_error:
            return "printer.cutter"
        if self.unrecoverable_error:
            return "printer.hardware"
        if self.mechanical_error:
            return "printer.jam"
        if self.auto_recoverable_error:
            return "printer.too_hot"
        if self.offline:
            return "device.offline"
        return None

    @property
    def heals_by_itself_or_hand(self) -> bool:
        """True if printing goes on after a refill, a closed cover or a pause, without a restart."""
        return not (self.cutter_error or self.unrecoverable_error)


_REALTIME_FIELDS: Mapping[int, tuple[tuple[str, int], ...]] = {
    1: (("offline", 0x08), ("waiting_for_recovery", 0x20), ("feed_button", 0x40)),
    2: (("cover_open", 0x04), ("stopped_by_paper_end", 0x20), ("error", 0x40)),
    3: (
        ("mechanical_error", 0x04),
        ("cutter_error", 0x08),
        ("unrecoverable_error", 0x20),
        ("auto_recoverable_error", 0x40),
    ),
    4: (("paper_near_end", 0x0C), ("paper_end", 0x60)),
}
_ASB_FIELDS: tuple[tuple[int, str, int], ...] = (
    (0, "offline", 0x08),
    (0, "cover_open", 0x20),
    (0, "feed_button", 0x40),
    (1, "waiting_for_recovery", 0x01),
    (1, "mechanical_error", 0x04),
    (1, "cutter_error", 0x08),
    (1, "unrecoverable_error", 0x20),
    (1, "auto_recoverable_error", 0x40),
    (2, "paper_near_end", 0x03),
    (2, "paper_end", 0x0C),
)


def merge_realtime(status: PrinterStatus, query: int, byte: int) -> PrinterStatus:
    """``status`` with the fields that DLE EOT ``query`` (1-4) answers set from ``byte``.

    Raises :class:`ValueError` for another query or a byte that is no DLE EOT answer.
    """
    if query not in _REALTIME_FIELDS:
        raise ValueError(f"DLE EOT {query} is not one of 1-4")
    if classify(byte) is not ReplyKind.REALTIME:
        raise ValueError(f"0x{byte:02X} is not an answer to DLE EOT")
    return replace(status, **{name: bool(byte & mask) for name, mask in _REALTIME_FIELDS[query]})


def decode_realtime(answers: Mapping[int, int]) -> PrinterStatus:
    """Status from answers to DLE EOT, keyed by query number."""
    status = PrinterStatus()
    for query, byte in answers.items():
        status = merge_realtime(status, query, byte)
    return status


def decode_asb(block: bytes) -> PrinterStatus:
    """Status from the four bytes of an automatic status (GS a). :class:`ValueError` if malformed."""
    if len(block) != _ASB_LENGTH or classify(block[0]) is not ReplyKind.ASB:
        raise ValueError("automatic status is four bytes, the first 0xx1xx00")
    return PrinterStatus(**{name: bool(block[at] & mask) for at, name, mask in _ASB_FIELDS})


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """Answer to GS r 1."""

    near_end: bool = field(default=False)
    end: bool = field(default=False)


def decode_paper(byte: int) -> PaperStatus:
    """Paper sensors from the answer to GS r 1. :class:`ValueError` if it cannot be one."""
    if classify(byte) is not ReplyKind.IN_ORDER:
        raise ValueError(f"0x{byte:02X} is not an answer to GS r")
    return PaperStatus(near_end=bool(byte & 0x03), end=bool(byte & 0x0C))
