"""A receipt printer's recording, played to a printer's simulator (or a printer) at a TCP address.

Dots are not recorded, so what prints is a grey pattern of the same length, and text, which this
adapter never sends, a row of letters; commands, feeds, cuts and every status question are those of
the recording. Compared is what the printer said of itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from drivers.escpos.redaction import EscposRedactor, commands
from drivers.escpos.status import ReplyKind, ReplyParser
from drivers.flight.entry import Entry, Recording
from drivers.flight.retrace import Observation, Retraced, StreamRetrace, TcpEnd

_GREY = b"\x55"
_ASK_STATUS = b"\x10\x04"
_TOPICS = {
    ReplyKind.ASB: "automatic status",
    ReplyKind.IN_ORDER: "paper sensor",
    ReplyKind.PROCESS_ID: "process id",
}


def retrace(recording: Recording, host: str, port: int, patience_s: float = 3.0) -> Retraced:
    """Play ``recording`` to the printer at ``host`` and ``port``; see :class:`StreamRetrace`."""
    player = StreamRetrace(
        lambda: TcpEnd(host, port), EscposRedactor, filler=_GREY, patience_s=patience_s
    )
    return player.play(recording, observations)


def observations(entries: Iterable[Entry]) -> Iterator[Observation]:
    """What the printer said: each answer to DLE EOT under its question, and what it told unasked."""
    asked: deque[int] = deque()
    for place, entry in enumerate(entries):
        if entry.direction == "out":
            asked.extend(_questions(entry.data))
        elif entry.direction == "in" and entry.data:
            topic = _topic(entry.data, asked)
            if topic:
                yield Observation(topic, entry.data.hex(), place)


def _questions(sent: bytes) -> list[int]:
    """The numbers of the DLE EOT in what was kept of one piece."""
    return [command[2] for command in commands(sent) if command.startswith(_ASK_STATUS)]


def _topic(answer: bytes, asked: deque[int]) -> str:
    """What ``answer`` is about; the redactor keeps each answer as one entry."""
    replies = ReplyParser().feed(answer)
    kind = replies[0].kind if len(replies) == 1 else ReplyKind.NOISE
    if kind is ReplyKind.REALTIME:
        return f"DLE EOT {asked.popleft()}" if asked else "DLE EOT, not asked"
    return _TOPICS.get(kind, "")
