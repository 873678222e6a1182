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

    def pause(self) -> bool:
        """Be silent at once, and keep the sentence and what follows it until :meth:`resume` or until
        something else is said. True if something was being said."""
        ...

    def resume(self) -> bool:
        """Go on after a pause, from the beginning of its sentence. False if there was none."""
        ...

    def skip(self) -> None:
        """Go on with the next sentence."""
        ...

    def set_rate(self, rate: float) -> None:
        """How fast, 0.5 to 2; from the next sentence on."""
        ...

    def set_volume(self, volume: int) -> None:
        """How loud, 1 to 5, 6 dB a step; from the next sentence on."""
        ...

    def use_headset(self, on: bool) -> None:
        """Into a headset instead of to the hall, or back; what was being said ends."""
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
        self.volume = 3
        self.headset = False
        self.skips = 0
        self.speaking = False
        """As if nothing ever came to its end by itself."""
        self.paused = False
        self.closed = False
        self.trouble = ""

    def say(self, utterance: Utterance, *, interrupt: bool = True) -> None:
        """See :class:`Speaker`."""
        self.said.append(
            Said(self._clock(), utterance.text, utterance.language, interrupt, self.rate)
        )
        self.speaking, self.paused = True, False

    def stop(self) -> None:
        """See :class:`Speaker`."""
        self.stops.append(self._clock())
        self.speaking = self.paused = False

    def pause(self) -> bool:
        """See :class:`Speaker`."""
        was, self.speaking = self.speaking, False
        self.paused = self.paused or was
        self.stops.append(self._clock())
        return was

    def resume(self) -> bool:
        """See :class:`Speaker`."""
        was, self.paused = self.paused, False
        self.speaking = was
        return was

    def skip(self) -> None:
        """See :class:`Speaker`."""
        self.skips += 1

    def set_rate(self, rate: float) -> None:
        """See :class:`Speaker`."""
        self.rate = min(max(rate, SLOWEST), FASTEST)

    def set_volume(self, volume: int) -> None:
        """See :class:`Speaker`."""
        self.volume = volume

    def use_headset(self, on: bool) -> None:
        """See :class:`Speaker`."""
        self.headset = on

    def close(self) -> None:
        """See :class:`Speaker`."""
        self.closed = True
