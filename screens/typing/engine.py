"""What an input engine is asked and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

MAX_LETTERS = 24
"""Letters of one composition that are looked up; more are waited for to be chosen away. The
dictionary library ends its process at 40 and more (measured with version 0.1.2)."""

Stroke = Sequence[tuple[float, float]]
"""One stroke's points, in the order they were drawn, in any unit with y downwards."""

Strokes = Sequence[Stroke]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Characters offered for the first ``used`` letters of a composition. ``told``: what tells them
    from others of the same sound, for who only hears them."""

    text: str
    used: int
    told: str = field(default="", compare=False)


class SoundEngine(Protocol):
    """Characters and words by pinyin, full or initials; nothing is learned."""

    def words(self, letters: str, limit: int) -> list[Candidate]:
        """Offers for ``letters`` (a–z and the dividing ``'``), best first, at most ``limit``."""


class StrokeEngine(Protocol):
    """Characters by handwriting."""

    def characters(self, strokes: Strokes, width: float, height: float, limit: int) -> list[str]:
        """Offers for one character drawn on a field of this size, best first."""
