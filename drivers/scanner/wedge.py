"""Telling a keyboard-wedge scanner from a person typing. Pure; for a screen's key events.

A scanner in keyboard mode types a code at some 1 to 20 ms a key and presses Enter. Whoever shows
key events holds them back until it is known what they are; input methods and Caps Lock spoil codes
all the same, which is why the serial mode is to be preferred (docs/devices/scanner.md).
"""

from __future__ import annotations

from collections.abc import Callable


class KeyboardWedge:
    """``clock``: monotonic seconds. ``gap_s``: the longest pause between two keys of a scan.
    ``min_length``, ``max_length``: characters of a code; more are no code at all."""

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        gap_s: float = 0.035,
        min_length: int = 4,
        max_length: int = 1024,
    ) -> None:
        if gap_s <= 0 or not 1 <= min_length <= max_length:
            raise ValueError("gap and lengths must be positive and in order")
        self._clock, self.gap_s = clock, gap_s
        self.min_length, self._max_length = min_length, max_length
        self._burst: list[str] = []
        self._too_long = False
        self._last_at: float | None = None

    @property
    def in_burst(self) -> bool:
        """True while keys have been coming too fast for a person: hold back their effects."""
        return len(self._burst) >= self.min_length and not self._late(self._clock())

    def key(self, text: str) -> str | None:
        """A key was pressed, with the text it gives (``""`` for Shift and the like, ``"\\r"`` or
        ``"\\n"`` for Enter). Returns a code when Enter ends a fast burst."""
        if not text:
            return None
        now = self._clock()
        if self._late(now):
            self.reset()
        self._last_at = now
        if text in ("\r", "\n", "\r\n"):
            code, too_long = "".join(self._burst), self._too_long
            self.reset()
            return code if len(code) >= self.min_length and not too_long else None
        if not text.isprintable():
            self.reset()
            return None
        if sum(map(len, self._burst)) + len(text) > self._max_length:
            # What follows at this pace belongs to the same code, and is passed over with it.
            self._too_long = True
        else:
            self._burst.append(text)
        return None

    def reset(self) -> None:
        """Forget the keys so far."""
        self._burst.clear()
        self._too_long = False
        self._last_at = None

    def _late(self, now: float) -> bool:
        return self._last_at is None or now - self._last_at > self.gap_s
