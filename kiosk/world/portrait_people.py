"""The invented people of the demonstration: numbers for the drawing program, nobody's likeness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Colour = tuple[int, int, int]
"""Red, green, blue, 0-255."""


@dataclass(frozen=True, slots=True)
class Person:
    """What tells one drawn person from another.

    Lengths are in face units (eye centres 0.84 apart on average; the eye line is y = 0, y grows
    downwards). Factors multiply the average face. ``age`` (0 young - 1 old) draws lines.
    """

    key: str
    skin: Colour
    hair: Colour
    clothes: Colour
    background: Colour
    hair_style: Literal["short", "long", "bob", "crew", "receding", "bun"]
    width: float = 1.0
    jaw: float = 1.0
    chin: float = 1.53
    forehead: float = 1.0
    eye_apart: float = 0.42
    eye_size: float = 1.0
    eye_open: float = 1.0
    eye_tilt: float = 0.0
    brow_height: float = 0.30
    brow_thick: float = 1.0
    brow_tilt: float = 0.0
    nose_length: float = 0.58
    nose_width: float = 1.0
    mouth_y: float = 0.98
    mouth_width: float = 1.0
    lips: float = 1.0
    lip_colour: Colour = (176, 92, 86)
    smile: float = 0.02
    cheeks: float = 1.0
    age: float = 0.0
    stubble: float = 0.0
    glasses: Literal["", "thin", "thick"] = ""
    collar: Literal["shirt", "round"] = "round"


PEOPLE: dict[str, Person] = {
    person.key: person
    for person in (
        Person(
            "lin",
            skin=(238, 201, 176),
            hair=(38, 30, 30),
            clothes=(214, 222, 226),
            background=(196, 206, 212),
            hair_style="long",
            width=0.93,
            jaw=0.86,
            chin=1.46,
            eye_size=1.12,
            eye_open=1.22,
            eye_tilt=0.04,
            brow_thick=0.7,
            brow_height=0.33,
            nose_length=0.52,
            nose_width=0.84,
            mouth_y=0.92,
            mouth_width=0.9,
            lips=1.12,
            lip_colour=(196, 88, 92),
            smile=0.035,
        ),
        Person(
            "chen",
            skin=(214, 170, 138),
            hair=(28, 26, 27),
            clothes=(58, 74, 98),
            background=(200, 204, 200),
            hair_style="short",
            width=1.06,
            jaw=1.20,
            chin=1.60,
            eye_apart=0.44,
            eye_size=0.92,
            eye_open=0.95,
            brow_thick=1.5,
            brow_height=0.26,
            brow_tilt=-0.03,
            nose_length=0.66,
            nose_width=1.18,
            mouth_y=1.06,
            mouth_width=1.16,
            lips=0.9,
            lip_colour=(158, 92, 82),
            age=0.4,
            stubble=0.5,
            glasses="thick",
            collar="shirt",
        ),
        Person(
            "huang",
            skin=(205, 160, 128),
            hair=(176, 176, 174),
            clothes=(112, 104, 92),
            background=(208, 202, 194),
            hair_style="receding",
            width=0.95,
            jaw=0.95,
            chin=1.68,
            forehead=1.12,
            eye_apart=0.40,
            eye_size=0.9,
            eye_open=0.9,
            eye_tilt=-0.05,
            brow_thick=1.15,
            brow_tilt=0.05,
            nose_length=0.72,
            nose_width=1.06,
            mouth_y=1.13,
            mouth_width=1.02,
            lips=0.62,
            lip_colour=(160, 98, 88),
            smile=0.03,
            cheeks=0.7,
            age=1.0,
            collar="shirt",
        ),
        Person(
            "zheng",
            skin=(184, 134, 100),
            hair=(22, 20, 20),
            clothes=(150, 62, 52),
            background=(190, 202, 198),
            hair_style="crew",
            width=1.13,
            jaw=1.12,
            chin=1.44,
            eye_apart=0.455,
            eye_size=0.96,
            eye_open=1.0,
            eye_tilt=0.02,
            brow_thick=1.25,
            brow_height=0.34,
            brow_tilt=0.04,
            nose_length=0.54,
            nose_width=1.28,
            mouth_y=0.94,
            mouth_width=1.08,
            lips=1.35,
            lip_colour=(158, 84, 78),
            smile=0.02,
            cheeks=1.35,
            stubble=0.15,
        ),
        Person(
            "cai",
            skin=(230, 192, 166),
            hair=(120, 114, 112),
            clothes=(116, 88, 118),
            background=(206, 204, 212),
            hair_style="bun",
            width=1.02,
            jaw=0.98,
            chin=1.50,
            eye_apart=0.415,
            eye_size=0.98,
            eye_open=0.95,
            eye_tilt=-0.03,
            brow_thick=0.6,
            brow_height=0.31,
            brow_tilt=0.05,
            nose_length=0.58,
            nose_width=1.02,
            mouth_y=0.97,
            mouth_width=0.98,
            lips=0.75,
            lip_colour=(178, 96, 94),
            smile=0.045,
            age=0.75,
            glasses="thin",
        ),
    )
}
