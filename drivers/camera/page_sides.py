"""The sides of a page: the change of colour across them, and where exactly they run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from drivers.camera.capture import load_cv2

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float64]
    Line = tuple[Floats, Floats]

cv2: Any = load_cv2()

_SAMPLES = 64
_ENDS = 0.1  # of a side, left out at both ends: corners may be round, bent, or under a finger
_ROUNDS = 2
_ON_LINE = 1.5  # pixels
_SOFT_REACH = 12.0
_CLEAR_STEP = 20.0


def meet(lines: Sequence[Line]) -> Floats | None:
    """The corners where each line (point, direction) meets the one before; None if two are
    parallel."""
    corners = []
    for (point, way), (other, other_way) in zip([lines[-1], *lines[:-1]], lines, strict=True):
        matrix = np.column_stack([way, -other_way])
        if abs(np.linalg.det(matrix)) < 1e-3:
            return None
        along = np.linalg.solve(matrix, other - point)[0]
        corners.append(point + along * way)
    return np.array(corners)


def _stations(quad: Floats, side: int) -> tuple[Floats, Floats]:
    """Points along a side, and the unit vector that points out of the page."""
    start, end = quad[side], quad[(side + 1) % 4]
    shares = np.linspace(_ENDS, 1 - _ENDS, _SAMPLES)
    way = (end - start) / max(1e-9, float(np.hypot(*(end - start))))
    out = np.array([way[1], -way[0]])
    if out @ (quad.mean(axis=0) - start) > 0:
        out = -out
    return start + np.outer(shares, end - start), out


def _sample(picture: Picture, points: Floats) -> Floats:
    """Colours at ``points``; NaN outside the picture."""
    flat = points.reshape(-1, 2).astype(np.float32)
    found = cv2.remap(
        picture,
        flat[:, 0][None],
        flat[:, 1][None],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )[0].astype(np.float64)
    height, width = picture.shape[:2]
    inside = (flat >= 0).all(axis=1) & (flat <= (width - 1, height - 1)).all(axis=1)
    found[~inside] = np.nan
    colours: Floats = found.reshape(*points.shape[:-1], picture.shape[2])
    return colours


def step_across(picture: Picture, quad: Floats, reach: float) -> Floats:
    """Distance of the colours ``reach`` pixels on either side, for points along all four sides;
    NaN where that is outside the picture."""
    steps = []
    for side in range(4):
        points, out = _stations(quad, side)
        apart = _sample(picture, points + out * reach) - _sample(picture, points - out * reach)
        steps.append(np.linalg.norm(apart, axis=1))
    return np.concatenate(steps)


def refine(picture: Picture, quad: Floats, at_edge: float) -> Floats:
    """``quad`` with its sides moved to where the colour changes most, to a fraction of a pixel.

    A side nearer to the picture's edge than ``at_edge`` pixels is left where it is.
    """
    height, width = picture.shape[:2]
    reach = max(4.0, max(picture.shape[:2]) / 160)
    for _ in range(_ROUNDS):
        lines: list[Line] = []
        for side in range(4):
            start, end = quad[side], quad[(side + 1) % 4]
            middle = (start + end) / 2
            edge = min(*middle, width - 1 - middle[0], height - 1 - middle[1])
            line = None if edge < at_edge + reach / 2 else _side_line(picture, quad, side, reach)
            way = (end - start) / max(1e-9, float(np.hypot(*(end - start))))
            lines.append(line or (start, way))
        corners = meet(lines)
        if corners is None or np.abs(corners - quad).max() > 4 * reach:
            return quad
        quad, reach = corners, max(3.0, reach / 2)
    return quad


def _side_line(picture: Picture, quad: Floats, side: int, reach: float) -> Line | None:
    """The line through the strongest changes across one side; None if there are too few."""
    points, out = _stations(quad, side)
    offsets = np.arange(-reach, reach + 0.5, 0.5)
    grid = points[:, None] + offsets[None, :, None] * out
    profile = _sample(picture, grid)
    third = len(offsets) // 3
    # Along the line from the page's colour to the desk's, a stamp or a stroke of text is no change.
    beyond, within = _mean_colour(profile[:, -third:]), _mean_colour(profile[:, :third])
    if beyond is None or within is None:
        return None
    apart = beyond - within
    size = float(np.linalg.norm(apart))
    if size < 4:
        return None
    change = np.gradient(profile @ (apart / size), axis=1)
    change = np.where(np.isfinite(change), change, -np.inf)
    best = np.argmax(change[:, 1:-1], axis=1) + 1
    index = np.arange(len(best))
    around = np.stack([change[index, best + step] for step in (-1, 0, 1)])
    valid = np.isfinite(around).all(axis=0) & (around[1] > 1)
    before, at, after = np.where(valid, around, 0.0)
    bend = before - 2 * at + after
    bend = np.where(np.abs(bend) > 1e-9, bend, -1.0)
    shift = np.clip(0.5 * (before - after) / bend, -1, 1)
    where = points + (offsets[best] + shift * 0.5)[:, None] * out
    return _robust_line(where[valid])


def _mean_colour(colours: Floats) -> Floats | None:
    """Of those within the picture; None if there are none."""
    known = colours[np.isfinite(colours).all(axis=-1)]
    mean: Floats | None = known.mean(axis=0) if len(known) else None
    return mean


def _robust_line(points: Floats) -> Line | None:
    """The line most of the points lie on; None if fewer than a third agree."""
    total = len(points)
    if total < _SAMPLES // 4:
        return None
    kept = points
    for limit in (8.0, 4.0, 2.0, _ON_LINE):
        vx, vy, x, y = cv2.fitLine(kept.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        away = np.abs((points - (x, y)) @ np.array([-vy, vx]))
        close = points[away < limit]
        if len(close) < total / 3:
            return None
        kept = close
    return np.array([x, y], np.float64), np.array([vx, vy], np.float64)


def softness(picture: Picture, quad: Floats) -> float | None:
    """Standard deviation in pixels of the blur at the page's own sides; None where they do not
    stand out. For a page without print."""
    offsets = np.arange(-_SOFT_REACH, _SOFT_REACH + 0.5, 0.5)
    widths = []
    for side in range(4):
        points, out = _stations(quad, side)
        profile = _sample(picture, points[:, None] + offsets[None, :, None] * out).mean(axis=2)
        size = np.ptp(profile, axis=1)
        slope = np.abs(np.diff(profile, axis=1)).max(axis=1) * 2
        clear = np.isfinite(size) & (size > _CLEAR_STEP)
        widths.append(size[clear] / np.maximum(slope[clear], 1e-3) / np.sqrt(2 * np.pi))
    found = np.concatenate(widths)
    return float(np.percentile(found, 25)) if len(found) >= _SAMPLES // 4 else None
