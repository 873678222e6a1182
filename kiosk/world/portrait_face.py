"""Draws an invented person from the front: face, features, hair, clothes, as a colour sprite."""

from __future__ import annotations

import numpy as np

from kiosk.world import portrait_canvas as c
from kiosk.world.portrait_canvas import Field, Point
from kiosk.world.portrait_people import Colour, Person


def mirrored(right: list[Point]) -> list[Point]:
    """A closed outline from its right half, top to bottom."""
    return right + [(-x, y) for x, y in reversed(right) if x > 1e-6]


def darker(colour: Colour, factor: float) -> Colour:
    return (int(colour[0] * factor), int(colour[1] * factor), int(colour[2] * factor))


def face_outline(p: Person) -> list[Point]:
    """The outline of head and jaw."""
    w, j = 0.95 * p.width, p.jaw
    top = -1.22 * p.forehead
    return mirrored(
        [
            (0.0, top), (0.45 * w, top + 0.08), (0.83 * w, -0.72), (0.97 * w, -0.25),
            (0.99 * w, 0.22), (0.94 * w, 0.62), (0.84 * w * (0.5 + 0.5 * j), 0.96),
            (0.60 * w * j, p.chin - 0.22), (0.27 * w * j, p.chin - 0.02), (0.0, p.chin),
        ]
    )  # fmt: skip


def _relief(p: Person, face: Field) -> Field:
    """The height of the face: sockets, nose, cheeks, lips and chin over a rounded head."""
    nl, nw, my = p.nose_length, p.nose_width, p.mouth_y
    z = c.inflate(face, 0.62, 0.80)
    for side in (-1, 1):
        z -= 0.11 * c.bump(side * p.eye_apart * 0.98, -0.02, 0.27, 0.17)
        z += 0.045 * c.bump(side * p.eye_apart, 0.03, 0.19, 0.10)
        z += 0.05 * c.bump(side * 0.42, -p.brow_height + 0.04, 0.33, 0.11)
        z += 0.09 * p.cheeks * c.bump(side * 0.52 * p.width, 0.50, 0.27, 0.24)
        z += 0.06 * c.bump(side * 0.17 * nw, nl - 0.02, 0.085 * nw, 0.085)
        z -= 0.020 * (0.15 + p.age) * c.bump(side * 0.40, my - 0.18, 0.05, 0.22, side * 0.55)
    z += 0.13 * c.bump(0, nl * 0.35, 0.12 * (0.6 + 0.4 * nw), nl * 0.62)
    z += 0.15 * c.bump(0, nl - 0.06, 0.145 * nw, 0.135)
    z -= 0.014 * c.bump(0, (nl + my) / 2 + 0.04, 0.045, 0.09)
    z += 0.045 * c.bump(0, my - 0.055, 0.26 * p.mouth_width, 0.06 * p.lips)
    z += 0.055 * c.bump(0, my + 0.085, 0.20 * p.mouth_width, 0.07 * p.lips)
    z -= 0.05 * c.bump(0, my + 0.22, 0.24, 0.07)
    z += 0.08 * c.bump(0, p.chin - 0.22, 0.27 * p.jaw, 0.17)
    return z


def lit_skin(p: Person, lit: Field, shine: Field, grain: Field) -> Field:
    """Skin colour under the light: warmer in the shade, a little rosy on cheeks and nose."""
    rosy = np.zeros_like(lit)
    for side in (-1, 1):
        rosy += 0.5 * c.bump(side * 0.55 * p.width, 0.48, 0.26, 0.22)
    rosy += 0.4 * c.bump(0, p.nose_length - 0.04, 0.16, 0.14)
    skin = np.array(p.skin, np.float32) * (1 + 0.022 * grain[..., None])
    skin = skin * (1 - rosy[..., None] * np.array([0.0, 0.09, 0.08], np.float32))
    shadow = np.clip(1.05 - lit, 0, 1)[..., None]
    tint = 1 - shadow * np.array([0.55, 0.85, 0.95], np.float32)
    return np.asarray(skin * lit[..., None] * tint + 26 * shine[..., None], np.float32)


def _lines(p: Person, picture: Field) -> None:
    """Lines of age: forehead, crow's feet, nose to mouth, under the eyes."""
    tone = darker(p.skin, 0.66)
    age = p.age
    if age > 0.2:
        for k, y in enumerate((-0.56, -0.68, -0.80)):
            wave = c.stroke([(-0.42 + 0.05 * k, y + 0.03), (0, y), (0.42 - 0.05 * k, y + 0.03)],
                            0.016, 0.018)  # fmt: skip
            c.paint(picture, tone, 0.36 * age * wave)
    for side in (-1, 1):
        e = side * p.eye_apart
        bag = c.stroke([(e - 0.17, 0.15), (e, 0.20), (e + 0.17, 0.15)], 0.018, 0.022)
        c.paint(picture, tone, (0.16 + 0.34 * age) * bag)
        nose = p.nose_length
        fold = c.stroke(
            [(side * 0.24, nose - 0.02), (side * 0.36, nose + 0.18), (side * 0.43, p.mouth_y)],
            0.02, 0.025,
        )  # fmt: skip
        c.paint(picture, tone, (0.05 + 0.50 * age) * fold)
        for k in (-1, 0, 1):
            ray = c.stroke(
                [(e + side * 0.25, 0.02 + 0.03 * k), (e + side * 0.36, 0.02 + 0.075 * k)],
                0.010, 0.012,
            )  # fmt: skip
            c.paint(picture, tone, 0.40 * age * ray)


def _eye_lids(p: Person, side: int, opening: float) -> tuple[list[Point], list[Point]]:
    """The upper and the lower lid's edge, from the outer to the inner corner (picture left/right)."""
    e, half = side * p.eye_apart, 0.205 * p.eye_size
    up, low = 0.094 * p.eye_open * opening, 0.062 * p.eye_open * (0.35 + 0.65 * opening)
    tilt = p.eye_tilt
    outer, inner = (e + side * half, -tilt), (e - side * half, 0.022)
    drop = 0.045 * (1 - opening)
    upper = [outer, (e + side * 0.10, -up * 0.92 - tilt * 0.5 + drop), (e, -up + drop),
             (e - side * 0.11, -up * 0.72 + drop), inner]  # fmt: skip
    lower = [outer, (e + side * 0.10, low * 0.95), (e, low), (e - side * 0.11, low * 0.8), inner]
    return upper, lower


def _eye(p: Person, picture: Field, side: int, opening: float) -> None:
    upper, lower = _eye_lids(p, side, opening)
    e = side * p.eye_apart
    if opening > 0.15:
        white = c.area(upper + lower[-2:0:-1], 0.006)
        shade = 1 - 0.30 * c.bump(e, -0.11, 0.30, 0.09)[..., None]
        c.paint(picture, np.asarray(c.plain((232, 226, 220)) * shade, np.float32), white)
        radius, at = 0.094 * (0.75 + 0.25 * p.eye_size), -0.014
        distance = np.hypot(c.X - e, c.Y - at)
        iris = np.clip((radius - distance) * c.UNIT * 0.7, 0, 1).astype(np.float32)
        ring = np.clip(distance / radius, 0, 1)[..., None]
        brown = np.array((92, 58, 38), np.float32) * (1.05 - 0.55 * ring**3)
        c.paint(picture, np.asarray(brown, np.float32), iris * white)
        pupil = np.clip((radius * 0.45 - distance) * c.UNIT, 0, 1).astype(np.float32)
        c.paint(picture, (14, 10, 10), pupil * white)
        c.paint(picture, (250, 250, 250), 0.9 * white * c.bump(e - 0.032, at - 0.036, 0.019, 0.019))
    lash = darker(p.hair, 0.5) if p.age < 0.6 else (58, 46, 42)
    c.paint(picture, lash, 0.88 * c.stroke(upper, 0.026, 0.007))
    c.paint(picture, darker(p.skin, 0.55), 0.45 * c.stroke(lower, 0.012, 0.010))
    fold = [(x, y - 0.052 - 0.012 * p.age) for x, y in upper[:-1]]
    c.paint(picture, darker(p.skin, 0.58), 0.55 * c.stroke(fold, 0.014, 0.012))


def _brows(p: Person, picture: Field, fine: Field) -> None:
    for side in (-1, 1):
        e, h, k = side * p.eye_apart, -p.brow_height, 0.052 * p.brow_thick
        t = p.brow_tilt
        outline = [
            (e - side * 0.24, h + 0.035 + k * 0.9), (e - side * 0.23, h - k * 0.2 + 0.02 - t),
            (e + side * 0.06, h - k - 0.03), (e + side * 0.29, h + 0.05 + t),
            (e + side * 0.05, h + k * 0.75 - 0.02),
        ]  # fmt: skip
        hairs = np.clip(0.74 + 0.30 * fine, 0.2, 1)
        tone = p.hair if sum(p.hair) < 300 else darker(p.hair, 0.72)
        c.paint(picture, tone, 0.86 * c.area(outline, 0.020) * hairs)


def _nose(p: Person, picture: Field) -> None:
    nl, nw = p.nose_length, p.nose_width
    dark = darker(p.skin, 0.34)
    under = c.bump(0, nl + 0.085, 0.22 * nw, 0.045)
    c.paint(picture, darker(p.skin, 0.55), 0.42 * under)
    for side in (-1, 1):
        hole = c.bump(side * 0.098 * nw, nl + 0.052, 0.058 * nw, 0.026, side * -0.25)
        c.paint(picture, dark, 0.85 * hole)
        wing = [
            (side * 0.225 * nw, nl - 0.10),
            (side * 0.258 * nw, nl),
            (side * 0.19 * nw, nl + 0.06),
        ]
        c.paint(picture, darker(p.skin, 0.5), 0.45 * c.stroke(wing, 0.018, 0.016))


def _mouth(p: Person, picture: Field, lit: Field) -> None:
    w, y, s, f = 0.335 * p.mouth_width, p.mouth_y, p.smile, p.lips
    upper = [(-w, y - s), (-0.16, y - 0.060 * f), (-0.055, y - 0.088 * f), (0, y - 0.070 * f),
             (0.055, y - 0.088 * f), (0.16, y - 0.060 * f), (w, y - s), (0.13, y + 0.016),
             (0, y + 0.020), (-0.13, y + 0.016)]  # fmt: skip
    lower = [(-w * 0.93, y - s + 0.006), (-0.13, y + 0.010), (0, y + 0.014), (0.13, y + 0.010),
             (w * 0.93, y - s + 0.006), (0.17, y + 0.108 * f), (0, y + 0.140 * f),
             (-0.17, y + 0.108 * f)]  # fmt: skip
    lips = np.array(p.lip_colour, np.float32) * lit[..., None]
    c.paint(picture, np.asarray(lips * 0.88, np.float32), 0.80 * c.area(upper, 0.016))
    c.paint(picture, np.asarray(lips * 1.06, np.float32), 0.78 * c.area(lower, 0.018))
    c.paint(picture, (255, 236, 230), 0.16 * c.bump(-0.03, y + 0.07 * f, 0.14, 0.03))
    parting = c.stroke([(-w, y - s), (-0.14, y + 0.014), (0, y + 0.012), (0.14, y + 0.014),
                        (w, y - s)], 0.020, 0.009)  # fmt: skip
    c.paint(picture, darker(p.lip_colour, 0.42), 0.85 * parting)
    for side in (-1, 1):
        c.paint(picture, darker(p.skin, 0.5), 0.45 * c.bump(side * (w + 0.015), y - s, 0.04, 0.03))


def draw_glasses(p: Person, picture: Field) -> None:
    if not p.glasses:
        return
    thick = 0.052 if p.glasses == "thick" else 0.020
    tone: Colour = (30, 28, 30) if p.glasses == "thick" else (126, 104, 84)
    frame = np.zeros_like(c.X)
    for side in (-1, 1):
        e = side * (p.eye_apart + 0.015)
        rim = [(e + dx, 0.03 + dy) for dx, dy in (
            (-0.31, -0.16), (0, -0.215), (0.31, -0.16), (0.325, 0.05), (0.2, 0.215), (0, 0.24),
            (-0.2, 0.215), (-0.325, 0.05), (-0.31, -0.16))]  # fmt: skip
        frame = np.maximum(frame, c.stroke(rim, thick, 0.006))
        lens = c.area(rim[:-1], 0.01)
        c.paint(picture, (236, 242, 246), 0.05 * lens)
        arm = [(e + side * 0.31, -0.06), (side * 0.97 * p.width, -0.08)]
        frame = np.maximum(frame, c.stroke(arm, thick * 0.9, 0.006))
    bridge = [(-0.11, -0.03), (0, -0.065), (0.11, -0.03)]
    frame = np.maximum(frame, c.stroke(bridge, thick, 0.006))
    shadow = np.roll(c.blur(frame, 0.02), int(0.035 * c.UNIT), axis=0)
    c.paint(picture, darker(p.skin, 0.5), 0.22 * shadow)
    c.paint(picture, tone, 0.94 * frame)


def draw_face(p: Person, picture: Field, opening: float) -> Field:
    """Paint ears, neck and face onto ``picture`` in place; returns the face's coverage."""
    fine = c.strands(17, 0.008, 0.02)
    grain = c.blur(c.strands(5, 0.02, 0.02), 0.01)
    for side in () if p.hair_style == "long" else (-1, 1):
        x = side * 0.99 * p.width
        ear = c.area([(x - side * 0.1, -0.18), (x + side * 0.10, -0.22), (x + side * 0.17, -0.02),
                      (x + side * 0.10, 0.36), (x - side * 0.06, 0.46)], 0.012)  # fmt: skip
        lit, shine = c.shade(c.inflate(ear, 0.14, 0.13))
        c.paint(picture, lit_skin(p, lit * 0.92, shine * 0.2, grain), ear)
        c.paint(picture, darker(p.skin, 0.6), 0.5 * c.bump(x + side * 0.03, 0.08, 0.05, 0.15) * ear)
    face = c.area(face_outline(p), 0.012)
    lit, shine = c.shade(_relief(p, face), 0.92)
    c.paint(picture, lit_skin(p, lit, shine, grain), face)
    if p.stubble:
        beard = c.bump(0, p.chin - 0.16, 0.62 * p.jaw, 0.36) + 0.8 * c.bump(
            0, p.mouth_y - 0.17, 0.3, 0.07
        )
        c.paint(
            picture,
            darker(p.hair, 1.6),
            p.stubble * np.clip(beard, 0, 1) * face * (0.24 + 0.1 * fine),
        )
    _lines(p, picture)
    _nose(p, picture)
    _mouth(p, picture, lit)
    for side in (-1, 1):
        socket = c.bump(side * (p.eye_apart - 0.02), -0.10, 0.24, 0.085)
        c.paint(picture, darker(p.skin, 0.62), 0.26 * socket)
        _eye(p, picture, side, opening)
    _brows(p, picture, fine)
    return face
