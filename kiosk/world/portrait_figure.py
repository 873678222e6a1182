"""Hair, neck and clothes around a drawn face, and the finished sprite."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kiosk.world import portrait_canvas as c
from kiosk.world import portrait_face as f
from kiosk.world.portrait_canvas import Field, Point
from kiosk.world.portrait_people import PEOPLE, Person

Sprite = tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]


def _hair_colour(p: Person, coverage: Field, seed: int, depth: float) -> Field:
    """Hair under the light, with streaks and a soft gloss."""
    streak = c.strands(seed, 0.010, 0.22) * 0.6 + c.strands(seed + 1, 0.03, 0.4) * 0.4
    height = (c.inflate(coverage, depth, 0.55) + 0.006 * streak).astype(np.float32)
    lit, shine = c.shade(height)
    base = np.array(p.hair, np.float32)
    gloss = 34 * shine + 9 * np.clip(streak, 0, 2) * lit
    return np.asarray(base * (0.72 + 0.5 * (lit - 0.6))[..., None] + gloss[..., None], np.float32)


def _back_hair(p: Person) -> list[Point] | None:
    w = p.width
    if p.hair_style == "long":
        return f.mirrored([(0.0, -1.55), (0.62 * w, -1.42), (1.08 * w, -0.95), (1.24 * w, -0.2),
                            (1.22 * w, 0.8), (1.20 * w, 1.7), (1.02, 2.35), (0.55, 2.45),
                            (0.3, 1.9), (0.0, 1.7)])  # fmt: skip
    if p.hair_style == "bob":
        return f.mirrored([(0.0, -1.5), (0.7 * w, -1.3), (1.12 * w, -0.7), (1.2 * w, 0.3),
                            (1.12 * w, 1.25), (0.7, 1.35), (0.0, 1.2)])  # fmt: skip
    if p.hair_style == "bun":
        return f.mirrored([(0.0, -1.86), (0.32, -1.78), (0.40, -1.52), (0.62 * w, -1.38),
                            (1.02 * w, -0.8), (1.06 * w, -0.1), (0.98 * w, 0.3), (0.0, 0.4)])  # fmt: skip
    if p.hair_style in ("short", "crew"):
        return f.mirrored([(0.0, -1.40), (0.58 * w, -1.30), (0.94 * w, -0.90), (1.01 * w, -0.35),
                            (0.96 * w, 0.0), (0.0, 0.2)])  # fmt: skip
    return None


def _front_hair(p: Person) -> list[list[Point]]:
    w, t = p.width, p.forehead
    if p.hair_style == "long":
        return [
            [(0.10, -1.53), (0.66 * w, -1.40), (1.06 * w, -0.98), (1.20 * w, -0.25), (1.17 * w, 0.55),
             (1.0 * w, 0.62), (0.92 * w, -0.10), (0.74 * w, -0.60), (0.40, -0.86), (0.12, -1.02)],
            [(0.14, -1.53), (-0.62 * w, -1.42), (-1.06 * w, -0.98), (-1.20 * w, -0.25),
             (-1.17 * w, 0.55), (-1.0 * w, 0.62), (-0.93 * w, -0.10), (-0.82 * w, -0.52),
             (-0.42, -0.70), (0.0, -0.92), (0.16, -1.05)],
        ]  # fmt: skip
    if p.hair_style == "bun":
        return [f.mirrored([(0.0, -1.46), (0.60 * w, -1.34), (0.98 * w, -0.86), (1.03 * w, -0.15),
                             (0.95 * w, -0.12), (0.84 * w, -0.55), (0.50, -0.90), (0.0, -0.97)])]  # fmt: skip
    if p.hair_style == "crew":
        return [f.mirrored([(0.0, -1.42), (0.60 * w, -1.33), (0.96 * w, -0.92), (1.03 * w, -0.35),
                             (1.0 * w, -0.05), (0.95 * w, -0.30), (0.84 * w, -0.72), (0.50, -0.88),
                             (0.0, -0.91)])]  # fmt: skip
    if p.hair_style == "receding":
        return [
            [(s * 0.50, -1.30 * t), (s * 0.86 * w, -1.02 * t), (s * 1.03 * w, -0.40),
             (s * 1.02 * w, 0.10), (s * 0.95 * w, 0.02), (s * 0.91 * w, -0.42), (s * 0.74 * w, -0.86 * t),
             (s * 0.46, -1.10 * t)]
            for s in (-1, 1)
        ] + [f.mirrored([(0.0, -1.36 * t), (0.42, -1.31 * t), (0.58, -1.20 * t), (0.30, -1.10 * t),
                          (0.0, -1.12 * t)])]  # fmt: skip
    return [
        [(-0.96 * w, -0.10), (-1.06 * w, -0.45), (-1.00 * w, -1.00), (-0.60 * w, -1.46), (0.0, -1.56),
         (0.64 * w, -1.44), (1.02 * w, -0.98), (1.06 * w, -0.42), (0.97 * w, -0.08), (0.93 * w, -0.40),
         (0.82 * w, -0.74), (0.42, -0.86), (-0.05, -0.80), (-0.50, -0.72), (-0.84 * w, -0.58),
         (-0.93 * w, -0.34)]
    ]  # fmt: skip


def _body(p: Person, picture: Field, alpha: Field) -> None:
    """Neck, shoulders and collar."""
    width = 0.50 * (0.8 + 0.2 * p.jaw) * p.width
    neck = c.area(f.mirrored([(0.0, 0.9), (width, 0.95), (width, 1.7), (width + 0.16, 2.15),
                               (0.0, 2.5)]), 0.012)  # fmt: skip
    lit, shine = c.shade(c.inflate(neck, 0.35, 0.5))
    cast = 1 - 0.42 * np.clip(c.bump(0.06, p.chin + 0.02, 0.85, 0.36), 0, 1)
    c.paint(picture, f.lit_skin(p, lit * cast, shine * 0.2, np.zeros_like(lit)), neck)
    shoulders = c.area(
        f.mirrored([(0.0, 2.26), (0.42, 2.04), (0.80, 1.98), (1.55, 2.22), (2.15, 2.62),
                     (2.45, 3.6), (0.0, 3.7)]), 0.012,
    )  # fmt: skip
    if p.collar == "shirt":
        opening = c.area([(-0.36, 1.9), (0.36, 1.9), (0.0, 2.62)], 0.01)
    else:
        opening = c.area(
            [(-0.56, 1.8), (0.56, 1.8), (0.34, 2.22), (0.0, 2.34), (-0.34, 2.22)], 0.01
        )
    cloth = shoulders * (1 - opening)
    folds = c.strands(41, 0.14, 0.5, 14.0)
    lit, _ = c.shade(c.inflate(shoulders, 0.55, 0.9) + 0.02 * folds)
    c.paint(
        picture, np.asarray(np.array(p.clothes, np.float32) * lit[..., None], np.float32), cloth
    )
    alpha[:] = np.maximum(alpha, np.maximum(neck, cloth))
    if p.collar == "shirt":
        for s in (-1, 1):
            flap = c.area(
                [(s * 0.50, 1.86), (s * 0.66, 2.04), (s * 0.40, 2.56), (s * 0.02, 2.60)], 0.01
            )
            tone = np.array(p.clothes, np.float32) * 0.35 + 150
            lit, _ = c.shade(c.inflate(flap, 0.10, 0.2))
            c.paint(picture, np.asarray(tone * lit[..., None], np.float32), flap)
            alpha[:] = np.maximum(alpha, flap)


def draw(key: str, opening_percent: int = 100) -> Sprite:
    """BGR picture and alpha (0-255) of a person; ``opening_percent``: how far the eyes are open.

    Raises :class:`KeyError` for a name not in :data:`PEOPLE`.
    """
    p = PEOPLE[key]
    picture = c.plain(p.background)
    alpha = np.zeros((c.HEIGHT, c.WIDTH), np.float32)
    back = _back_hair(p)
    if back is not None:
        coverage = c.area(back, 0.02)
        c.paint(
            picture, np.asarray(_hair_colour(p, coverage, 61, 0.3) * 0.82, np.float32), coverage
        )
        alpha = np.maximum(alpha, coverage)
    _body(p, picture, alpha)
    face = f.draw_face(p, picture, opening_percent / 100)
    alpha = np.maximum(alpha, np.maximum(face, _ears(p)))
    for number, outline in enumerate(_front_hair(p)):
        coverage = c.area(outline, 0.035 if p.hair_style in ("crew", "receding") else 0.018)
        thin = 0.90 if p.hair_style in ("crew", "receding") else 1.0
        shadow = np.roll(c.blur(coverage, 0.05), int(0.05 * c.UNIT), axis=0) * face
        c.paint(picture, f.darker(p.skin, 0.5), 0.30 * shadow * (1 - coverage))
        c.paint(picture, _hair_colour(p, coverage, 71 + number, 0.32), thin * coverage)
        alpha = np.maximum(alpha, coverage)
    f.draw_glasses(p, picture)
    finished = np.clip(c.blur(picture, 0.006), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(finished[:, :, ::-1]), (alpha * 255).astype(np.uint8)


def _ears(p: Person) -> Field:
    coverage = np.zeros_like(c.X)
    for side in () if p.hair_style == "long" else (-1, 1):
        x = side * 0.99 * p.width
        outline = [(x - side * 0.1, -0.18), (x + side * 0.10, -0.22), (x + side * 0.17, -0.02),
                   (x + side * 0.10, 0.36), (x - side * 0.06, 0.46)]  # fmt: skip
        coverage = np.maximum(coverage, c.area(outline, 0.012))
    return coverage
