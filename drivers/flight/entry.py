"""What a recording consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from drivers.results import Failure, Ok

Direction = Literal["out", "in", "note"]

DIRECTIONS: tuple[Direction, ...] = ("out", "in", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened on a device's wire.

    ``at``: monotonic seconds, one clock for all processes of the machine. ``direction``: ``out``
    (to the device), ``in``, or ``note`` (``data`` is then ASCII text: the process began, an
    operation began or ended). ``data``: the bytes, redacted; fillers keep their number. ``elided``:
    how many further bytes, that followed ``data``, are not kept at all.
    """

    at: float
    direction: Direction
    data: bytes = b""
    elided: int = 0

    @property
    def note(self) -> str:
        """The text of a note."""
        return self.data.decode("ascii", "replace")


@dataclass(frozen=True, slots=True)
class Recording:
    """The newest traffic of one device, oldest first.

    ``taken_at``: monotonic seconds when it was taken; ``wall_time``: the same moment as ISO 8601
    UTC, to lay it beside a log. ``overwritten``: bytes of older entries that made room.
    """

    device: str
    adapter: str
    taken_at: float
    wall_time: str
    entries: tuple[Entry, ...] = ()
    overwritten: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """An operation that ended, as :func:`ending` tells it."""

    operation: str
    code: str


def ending(result: object) -> str:
    """How a recording tells a result: ``ok``, the code of a failure, or ``doubtful`` and the reason
    for what may or may not have been printed."""
    if isinstance(result, Failure):
        return result.code
    reason = getattr(result.value, "reason", "") if isinstance(result, Ok) else ""
    return f"doubtful {reason}" if reason else "ok"


def outcome(note: str) -> Outcome | None:
    """What a note says of an operation's end; None if it says something else."""
    head, _, rest = note.partition(" ")
    operation, _, code = rest.partition(" ")
    return Outcome(operation, code) if head == "end" and code else None


def outcomes(recording: Recording) -> tuple[Outcome, ...]:
    """The operations that ended within a recording, in order (``open`` among them)."""
    notes = (entry.note for entry in recording.entries if entry.direction == "note")
    return tuple(done for done in map(outcome, notes) if done is not None)
