"""Which way up a page is, as far as that can be told without reading it.

Lines of text show the axis: between them is more white than between characters. Which of the two
ends is the head cannot be seen that way. A QR code on the page tells it; without one the page is
taken to lie as the person laid it, the head away from them and so up in the camera's picture.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np

from drivers.camera.capture import load_cv2
from drivers.ports import Upright

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float64]

cv2: Any = load_cv2()

_LOOK = 900  # pixels of the longer side in which lines are looked for
_MARGIN = 0.04
_STRIPS = 6
_CLEARLY = 1.15
_FAINT = 0.004


def turn_upright(page: Picture, corners: Floats) -> tuple[int, Upright]:
    """Quarter turns counter-clockwise that bring ``page`` upright, and how far that is known.

    ``page``: straightened and in even light; ``corners``: where its upper left, upper right, lower
    right and lower left were in the camera's picture.
    """
    code = _turn_of_code(page)
    if code is not None:
        return code, Upright.PROVEN
    across, along = _line_strength(page)
    if max(across, along) < _FAINT or max(across, along) < _CLEARLY * min(across, along):
        return 0, Upright.UNKNOWN
    # Turning by k brings side k (0 top, 1 right, 2 bottom, 3 left) to the top.
    sides = (0, 2) if across > along else (1, 3)
    heights = (corners + np.roll(corners, -1, axis=0))[:, 1]
    return min(sides, key=lambda side: float(heights[side])), Upright.LIKELY


def _line_strength(page: Picture) -> tuple[float, float]:
    """How clearly there are lines of text from left to right, and from top to bottom.

    The page is looked at in strips, since paragraphs and tables differ from one side to the other.
    """
    scale = min(1.0, _LOOK / max(page.shape[:2]))
    grey = cv2.cvtColor(
        cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA),
        cv2.COLOR_BGR2GRAY,
    )
    cut = round(max(grey.shape) * _MARGIN)
    grey = grey[cut:-cut, cut:-cut]
    background = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    ink = cv2.subtract(background, grey).astype(np.float64) / 255
    ink[ink < 0.12] = 0
    return _gaps(ink), _gaps(ink.T)


def _gaps(ink: Floats) -> float:
    """Variation of the ink from row to row, without the slow change from paragraph to margin."""
    total = []
    for strip in np.array_split(ink, _STRIPS, axis=1):
        rows = strip.mean(axis=1)
        slow = cv2.GaussianBlur(rows.reshape(-1, 1), (0, 0), 14).ravel()
        total.append(float(np.mean((rows - slow) ** 2)))
    return float(np.sqrt(np.mean(total)))


def _turn_of_code(page: Picture) -> int | None:
    """Quarter turns by the QR codes on the page; None without one, or if they disagree."""
    zxing = importlib.import_module("zxingcpp")
    found = zxing.read_barcodes(page, formats=(zxing.BarcodeFormat.QRCode,))
    turns = {round(code.orientation / 90) % 4 for code in found if code.valid}
    return turns.pop() if len(turns) == 1 else None
