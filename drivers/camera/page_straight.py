"""Cutting a page out of a picture and undoing the perspective."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from drivers.camera.capture import load_cv2

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float64]

cv2: Any = load_cv2()

A4_RATIO = 297 / 210
CARD_RATIO = 85.6 / 53.98
_SNAP = 0.035
_INCH_MM = 25.4
_PLAUSIBLE_FOCAL = (0.5, 6.0)  # of the picture's longer side


def known_ratio(ratio: float) -> float | None:
    """A4's or an ID card's ratio of long side to short if ``ratio`` is nearly that."""
    for known in (A4_RATIO, CARD_RATIO):
        if abs(ratio / known - 1) < _SNAP:
            return known
    return None


def long_side_mm(ratio: float) -> float | None:
    """Length of the longer side of a page of this ratio, None if it is neither A4 nor a card."""
    return {A4_RATIO: 297.0, CARD_RATIO: 85.6}.get(known_ratio(ratio) or 0.0)


def true_size(corners: Floats, frame: tuple[int, int]) -> tuple[float, float]:
    """Width and height in pixels of the page as seen from straight above.

    ``corners`` clockwise from the upper left, ``frame``: width and height of the picture. The ratio
    follows from the perspective itself if the lens looks at the middle of the picture (Zhang and
    He, "Whiteboard scanning and image enhancement"); without enough perspective to tell, from the
    sides' lengths.
    """
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    width, height = float(max(sides[0], sides[2])), float(max(sides[1], sides[3]))
    plain = float((sides[0] + sides[2]) / (sides[1] + sides[3]))
    ratio = _ratio_in_perspective(corners, frame) or plain
    if not 0.6 < ratio / plain < 1.7:
        ratio = plain
    long_over_short = max(ratio, 1 / ratio)
    snapped = known_ratio(long_over_short) or long_over_short
    ratio = snapped if ratio >= 1 else 1 / snapped
    # Nothing is scaled down: the better resolved direction decides.
    return (width, width / ratio) if width / ratio >= height else (height * ratio, height)


def _ratio_in_perspective(corners: Floats, frame: tuple[int, int]) -> float | None:
    centre = np.array(frame, np.float64) / 2
    unit = max(frame)
    points = [np.append((corners[i] - centre) / unit, 1.0) for i in (0, 1, 3, 2)]
    m1, m2, m3, m4 = points
    below2 = np.cross(m2, m4) @ m3
    below3 = np.cross(m3, m4) @ m2
    if abs(below2) < 1e-9 or abs(below3) < 1e-9:
        return None
    n2 = np.cross(m1, m4) @ m3 / below2 * m2 - m1
    n3 = np.cross(m1, m4) @ m2 / below3 * m3 - m1
    if min(abs(n2[2]), abs(n3[2])) < 0.02:
        return None
    squared = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    if not _PLAUSIBLE_FOCAL[0] ** 2 < squared < _PLAUSIBLE_FOCAL[1] ** 2:
        return None
    weights = np.array([1 / squared, 1 / squared, 1.0])
    return float(np.sqrt((n2 * weights) @ n2 / ((n3 * weights) @ n3)))


def straighten(picture: Picture, corners: Floats, longest: int) -> tuple[Picture, Floats]:
    """The page from straight above, its longer side at most ``longest`` pixels, and the homography
    from the picture to it. ``corners`` clockwise from the page's upper left."""
    height, width = picture.shape[:2]
    across, along = true_size(corners, (width, height))
    shrink = min(1.0, longest / max(across, along))
    columns, rows = max(16, round(across * shrink)), max(16, round(along * shrink))
    flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    page = cv2.warpPerspective(
        picture, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return page, matrix


def dots_per_inch(width: int, height: int, view_mm: float, frame_width: int, scale: float) -> int:
    """Resolution of a page of ``width`` × ``height`` pixels that was scaled by ``scale``.

    From the width of the shelf in view, ``view_mm``, where it was measured (more than 0); else from
    the page's shape if that is A4's or an ID card's; else 0, unknown.
    """
    if view_mm > 0:
        return round(frame_width * scale / view_mm * _INCH_MM)
    long, short = max(width, height), min(width, height)
    millimetres = long_side_mm(long / short)
    return round(long / millimetres * _INCH_MM) if millimetres else 0
