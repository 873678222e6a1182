"""What an errand is: somebody who comes for something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.world.client import WorldClient
from screens.journeys.person import Cue
from screens.journeys.words import Words

EVERYBODY = (
    *(("resident", "chen"), ("elder", "cai")),
    *(("rare_name", "zheng"), ("hmt_permit", "lin")),
)
"""Cards of the demonstration, and the faces on them."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What to look out for, and who comes: demo cards and the faces on them, one pair a visit, since
    a bill is paid once. ``trim``: of the terminal. ``first``: an errand that is done before; ``before``:
    what then happens elsewhere."""

    cues: Callable[[Words], tuple[Cue, ...]]
    people: tuple[tuple[str, str], ...] = (("resident", "chen"),)
    trim: str = "citizen-window"
    first: str = ""
    before: Callable[[WorldClient], object] = lambda world: None
