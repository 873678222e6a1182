"""The port of whatever speaks, and the one that only notes what it was to say."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

SLOWEST, FASTEST = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words as they are to be spoken (see :mod:`screens.speech.spoken`), in a visit's language.
    They may be personal, and so they are in no ``repr``."""

    text: str = field(repr=False)
    language: str = "zh_CN"


class Speaker(Protocol):
    """Speaks one thing after another. No method waits; all are for one thread."""

    @property
    def trouble(self) -> str:
        """Why nothing is heard at present, as a word for the log; "" if nothing is known."""
        ...

    def say(self, utterance: Utterance, *, interrupt: bool = True) -> None:
        """Speak now, or (not ``interrupt``) after what is being said."""
        ...

    def stop(self) -> None:
        """Be silent at once, and forget what was still to be said."""
        ...

    def set_rate(self, rate: float) -> None:
        """How fast, 0.5 to 2; from the next sentence on."""
        ...

    def close(self) -> None:
        """Stop for good."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """What was to be said, when (seconds of the recorder's clock), and at which rate."""

    at: float
    text: str
    language: str
    interrupt: bool
    rate: float


class Recorder:
    """A speaker that makes no sound: it notes. For tests, and for a look at what would be said."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.said: list[Said] = []
        self.stops: list[float] = []
        self.rate = 1.0
        self.closed = False
        self.trouble = ""

    def say(self, utterance: Utterance, *, interrupt: bool = True) -> None:
        """See :class:`Speaker`."""
        self.said.append(
            Said(self._clock(), utterance.text, utterance.language, interrupt, self.rate)
        )

    def stop(self) -> None:
        """See :class:`Speaker`."""
        self.stops.append(self._clock())

    def set_rate(self, rate: float) -> None:
        """See :class:`Speaker`."""
        self.rate = min(max(rate, SLOWEST), FASTEST)

    def close(self) -> None:
        """See :class:`Speaker`."""
        self.closed = True
