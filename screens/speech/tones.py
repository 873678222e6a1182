"""Short tones in place of what a hall must not hear: one for each hidden digit or letter (A13)."""

from __future__ import annotations

import math
import re
import struct
from functools import cache

from screens.speech.synthesis import TONE, Sound

RATE = 22_050
HERTZ = 880.0
_SOUND_S, _PAUSE_S, _EDGE_S = 0.07, 0.05, 0.008
_AMPLITUDE = 9_000
_RUNS = re.compile(f"({TONE}+)")


def tones(count: int) -> str:
    """As many tones, in the words."""
    return TONE * count


def runs(sentence: str) -> list[str]:
    """Words and tones apart, in their order."""
    return [run for run in _RUNS.split(sentence) if run.strip("，,。. ")]


def sound(run: str) -> Sound | None:
    """The tones of a run that is made of them; None for words."""
    return Sound(RATE, _one() * len(run)) if run.startswith(TONE) else None


@cache
def _one() -> bytes:
    """A sine with soft edges (a hard one clicks), and the pause after it."""
    length, edge = int(RATE * _SOUND_S), RATE * _EDGE_S
    samples = [
        int(
            _AMPLITUDE
            * min(1.0, at / edge, (length - at) / edge)
            * math.sin(2 * math.pi * HERTZ * at / RATE)
        )
        for at in range(length)
    ]
    return struct.pack(f"<{length}h", *samples) + bytes(2 * int(RATE * _PAUSE_S))
