"""Who plays in the demonstration: which drawn face belongs to which demo card, and the scenes.

Every person, number and portrait here is invented (:mod:`drivers.sdt.cards`,
:mod:`kiosk.world.portrait_people`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from drivers.sdt import DEMO_CARDS, pack_stand_in_photo
from kiosk.world import portraits

Picture = npt.NDArray[np.uint8]
Scene = Callable[[int], Picture]

EMPTY = "empty"
"""The scene with nobody in it."""
TWO = "two"
"""The scene with two people in it."""

FACES: Mapping[str, str] = MappingProxyType(
    {
        "resident": "chen",
        "elder": "cai",
        "rare_name": "zheng",
        "expired": "lin",
        "wrong_check_digit": "huang",
        "hmt_permit": "lin",
        "foreigner_2017": "lin",
        "foreigner_2023": "huang",
    }
)
"""Demo card → the drawn person on it."""


def card_photos() -> dict[str, bytes]:
    """Demo card → the photo bytes it carries."""
    drawn = {face: photo_of(face) for face in sorted(set(FACES.values()))}
    return {card: drawn[FACES[card]] for card in DEMO_CARDS}


def photo_of(face: str) -> bytes:
    """The 1,024 photo bytes of a card with this face; :class:`ValueError` for an unknown one."""
    if face not in portraits.PERSONS:
        raise ValueError(f"no face {face}; there are: {', '.join(portraits.PERSONS)}")
    return pack_stand_in_photo(portraits.encode_card_photo(face))


def scenes(fps: float) -> dict[str, Scene]:
    """Camera scenes: nobody, each person alone, and two together."""

    def alone(person: str, index: int) -> Picture:
        return portraits.scene(person, index / fps)

    found: dict[str, Scene] = {
        EMPTY: lambda index: portraits.empty_scene(index / fps),
        TWO: lambda index: portraits.two_people("chen", "lin", index / fps),
    }
    return found | {person: partial(alone, person) for person in portraits.PERSONS}


def draw_all() -> None:
    """Draw every sprite once (about a second each when none is in the cache), so that no camera
    frame has to wait for a drawing."""
    for person in portraits.PERSONS:
        for opening in (100, 0):
            portraits.sprite(person, opening)
