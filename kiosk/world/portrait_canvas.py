"""A small soft-light drawing kit: smooth outlines, inflated to solids and lit from upper left."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.world.portrait_people import Colour

Field = npt.NDArray[np.float32]
UNIT = 100
"""Pixels a face unit."""
LEFT, TOP, RIGHT, BOTTOM = -2.7, -2.0, 2.7, 3.2
WIDTH, HEIGHT = int((RIGHT - LEFT) * UNIT), int((BOTTOM - TOP) * UNIT)
_LIGHT = np.array([-0.34, -0.50, 0.80], np.float32) / float(np.linalg.norm([0.34, 0.50, 0.80]))

X, Y = np.meshgrid(
    np.linspace(LEFT, RIGHT, WIDTH, dtype=np.float32),
    np.linspace(TOP, BOTTOM, HEIGHT, dtype=np.float32),
)

Point = tuple[float, float]


def blur(field: Field, units: float) -> Field:
    """Gaussian blur with a standard deviation in face units."""
    return np.asarray(cv2.GaussianBlur(field, (0, 0), max(units * UNIT, 0.3)), np.float32)


def bump(x: float, y: float, rx: float, ry: float, turn: float = 0.0) -> Field:
    """A Gaussian hill of height 1 at (x, y), with radii ``rx`` and ``ry``, turned by radians."""
    dx, dy = X - x, Y - y
    if turn:
        c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        dx, dy = dx * c + dy * s, dy * c - dx * s
    return np.exp(-((dx / rx) ** 2) - (dy / ry) ** 2).astype(np.float32)


def smooth_outline(points: Sequence[Point], closed: bool = True) -> npt.NDArray[np.float32]:
    """A curve through the control points (Catmull-Rom), in face units."""
    p = np.array(points, np.float32)
    if not closed:
        p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    count = len(p) if closed else len(p) - 3
    t = np.linspace(0, 1, 16, endpoint=False, dtype=np.float32)[:, None]
    parts = []
    for i in range(count):
        offset = -1 if closed else 0
        a, b, c, d = (p[(i + k + offset) % len(p)] for k in range(4))
        parts.append(
            0.5
            * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
               + (3 * b - a - 3 * c + d) * t**3)
        )  # fmt: skip
    if not closed:
        parts.append(p[-2:-1])
    return np.vstack(parts).astype(np.float32)


def _pixels(curve: npt.NDArray[np.float32]) -> npt.NDArray[np.int32]:
    shifted = (curve - np.array([LEFT, TOP], np.float32)) * UNIT * 16
    return np.round(shifted).astype(np.int32)


def area(points: Sequence[Point], soft: float = 0.008) -> Field:
    """Coverage (0-1) of a smooth closed outline, its edge softened."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillPoly(mask, [_pixels(smooth_outline(points))], 255, cv2.LINE_AA, 4)
    return blur(mask.astype(np.float32) / 255.0, soft)


def stroke(points: Sequence[Point], width: float, soft: float = 0.008) -> Field:
    """Coverage of a smooth open line of ``width`` units."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    thickness = max(1, round(width * UNIT))
    curve = _pixels(smooth_outline(points, closed=False))
    cv2.polylines(mask, [curve], False, 255, thickness, cv2.LINE_AA, 4)
    return blur(mask.astype(np.float32) / 255.0, soft)


def inflate(coverage: Field, depth: float, rim: float) -> Field:
    """A rounded solid over an outline: ``depth`` high, its rim ``rim`` units wide."""
    inside = (coverage > 0.5).astype(np.uint8)
    distance = cv2.distanceTransform(inside, cv2.DIST_L2, 5).astype(np.float32) / UNIT
    t = 1.0 - np.clip(distance / rim, 0, 1)
    return blur((depth * np.sqrt(np.clip(1 - t * t, 0, 1))).astype(np.float32), 0.05)


def shade(height: Field, strength: float = 1.0) -> tuple[Field, Field]:
    """Diffuse light (about 0.5-1.15) and a soft highlight (0-1) of a height field."""
    gy, gx = np.gradient(height * UNIT * strength)
    norm = 1.0 / np.sqrt(gx * gx + gy * gy + 1.0)
    facing = (-gx * _LIGHT[0] - gy * _LIGHT[1] + _LIGHT[2]) * norm
    fill = (gx * 0.25 + 0.9) * norm
    diffuse = 0.50 + 0.50 * np.clip(facing, 0, 1) + 0.14 * np.clip(fill, 0, 1)
    highlight = np.clip(facing, 0, 1) ** 18
    return diffuse.astype(np.float32), highlight.astype(np.float32)


def paint(base: Field, colour: Colour | Field, coverage: Field) -> None:
    """Lay a colour (RGB) over an RGB picture in place."""
    tint = np.array(colour, np.float32)
    base += (tint - base) * coverage[..., None]


def plain(colour: Colour) -> Field:
    """A picture of one colour."""
    return np.full((HEIGHT, WIDTH, 3), colour, np.float32)


def strands(seed: int, across: float, along: float, turn: float = 0.0) -> Field:
    """Hair-like streaks, mean 0, about -1..1; finer across than along."""
    random = np.random.default_rng(seed)
    noise = random.standard_normal((HEIGHT, WIDTH)).astype(np.float32)
    streaks = cv2.GaussianBlur(noise, (0, 0), across * UNIT, sigmaY=along * UNIT)
    if turn:
        centre = ((0 - LEFT) * UNIT, (0 - TOP) * UNIT)
        matrix = cv2.getRotationMatrix2D(centre, turn, 1.0)
        streaks = cv2.warpAffine(streaks, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(streaks / max(float(streaks.std()) * 2, 1e-6), np.float32)
