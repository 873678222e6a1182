"""Care for the panel while nobody is there: where marks stand from minute to minute.

What stands for hours stays on a panel as a shadow. So the attract screen moves by a few pixels each
minute, and once nobody came for a while it gives way to a dark one with a few words, which stand elsewhere
each minute.
"""

from __future__ import annotations

from datetime import datetime, timedelta

REST_AFTER = timedelta(minutes=10)
"""With nobody near and nothing touched."""
STEP_S = 60
ORBIT = ((0, 0), (1, 0), (2, 1), (2, 2), (1, 3), (0, 3), (-1, 2), (-1, 1))
"""Pixels of the baseline, one a step: closed, each next to the last, so that no move is seen."""
# The golden section of the plane: the next place is always far from the last ones, and none comes again.
_ACROSS, _DOWN = 0.7548776662466927, 0.5698402909980532


def step(now: datetime) -> int:
    """Steps since the epoch."""
    return int(now.timestamp()) // STEP_S


def place(now: datetime) -> tuple[float, float]:
    """Where the words of the dark screen stand: shares of the free width and height."""
    number = step(now)
    return number * _ACROSS % 1.0, number * _DOWN % 1.0


def shift(now: datetime) -> tuple[int, int]:
    """By how many pixels of the baseline the attract screen is moved."""
    return ORBIT[step(now) % len(ORBIT)]
