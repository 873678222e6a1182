"""What a person may set for themselves; all of it lasts for one visit (A28)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class TextSize(StrEnum):
    """×0.75, ×1, ×1.35, ×1.7: the four heights of capitals that A2 asks for."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


class Contrast(StrEnum):
    """Paper-like light theme, white and yellow on black, or black on white."""

    NORMAL = "normal"
    HIGH = "high"
    HIGH_LIGHT = "high_light"


RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
LOUDEST = 5


@dataclass(frozen=True, slots=True)
class Assistance:
    """The assistance sheet's settings; kept for the visit, reset at its end (A28)."""

    text_size: TextSize = TextSize.NORMAL
    contrast: Contrast = Contrast.NORMAL
    low_reach: bool = False
    slower: bool = False
    voice: bool = False
    reduced_motion: bool = False
    rate: float = 1.0
    """How fast the voice speaks, one of :data:`RATES`."""
    volume: int = 3
    """How loud, 1 to :data:`LOUDEST`; steps of 6 dB below what the sound system is set to (A14)."""

    def limited(self) -> Assistance:
        """With volume and rate within their limits."""
        rate = min(RATES, key=lambda known: abs(known - self.rate))
        return replace(self, rate=rate, volume=min(max(self.volume, 1), LOUDEST))


PLAIN = Assistance()
"""Before anybody chose anything."""
