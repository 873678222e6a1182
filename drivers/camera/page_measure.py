"""What can be measured of a straightened page: sharpness, brightness, reflections, contrast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from drivers.camera.capture import load_cv2
from drivers.camera.page_light import evenness

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float64]

cv2: Any = load_cv2()

_BURNT = 250
_STROKE_CONTRAST = 0.22  # of the paper's brightness
_STROKES_NEEDED = 400  # pixels on edges of strokes, below which a page counts as empty
_WINDOW = 7
_MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one page. ``sharpness``: 1 for edges as steep as pixels allow, about 1 / width of an edge
    in pixels of the measured page; None on a page without strokes. ``brightness``: of the paper,
    0 to 1. ``evenness``: worst light against best, 0 to 1. ``glare``: share of the page burnt out by
    a reflection. ``noise``: standard deviation, as a share of the paper's brightness.
    """

    sharpness: float | None
    brightness: float
    evenness: float
    glare: float
    noise: float


def measure(page: Picture, light: Floats, reduce: float = 1.0) -> Measures:
    """Measure a page not yet evened out; ``light`` is its :func:`page_light.light_map`.

    ``reduce``: factor, at most 1, by which the page is made smaller before sharpness is measured.
    """
    rows, columns = page.shape[:2]
    edge_y, edge_x = round(rows * _MARGIN), round(columns * _MARGIN)
    inner = page[edge_y : rows - edge_y, edge_x : columns - edge_x]
    grey = cv2.cvtColor(inner, cv2.COLOR_BGR2GRAY)
    paper = max(1.0, float(np.median(light)))
    noise = _noise(grey) / paper
    if reduce < 1:
        grey = cv2.resize(grey, None, fx=reduce, fy=reduce, interpolation=cv2.INTER_AREA)
    return Measures(
        sharpness=_sharpness(grey, noise * paper),
        brightness=paper / 255,
        evenness=evenness(light),
        glare=_glare(inner, paper),
        noise=noise,
    )


def _sharpness(grey: Picture, noise: float) -> float | None:
    """Steepest slope against the contrast around it, at the strokes' edges, in the direction that
    is worse: a hand or paper that moves blurs one direction only.

    Independent of contrast and exposure: a sharp edge rises by its whole contrast within about one
    pixel, a blurred one within many.
    """
    found = [_sharpness_along(part, noise) for part in (grey, np.ascontiguousarray(grey.T))]
    known = [value for value in found if value is not None]
    return min(known) if known else None


def _sharpness_along(grey: Picture, noise: float) -> float | None:
    """Of the strokes' edges met when going along the rows."""
    smooth = cv2.GaussianBlur(grey, (1, 5), 0)
    window = np.ones((1, _WINDOW), np.uint8)
    high = cv2.dilate(smooth, window).astype(np.float32)
    contrast = high - cv2.erode(smooth, window)
    strokes = contrast > np.maximum(high * _STROKE_CONTRAST, max(12.0, 5 * noise))
    if int(strokes.sum()) < _STROKES_NEEDED:
        return None
    slope = np.abs(cv2.filter2D(smooth, cv2.CV_32F, np.array([[-1, 0, 1]], np.float32)))
    steepest = cv2.dilate(slope, window)
    return float(min(1.0, np.median(steepest[strokes] / contrast[strokes])))


def _glare(page: Picture, paper: float) -> float:
    """Share of the page in burnt-out patches.

    An evenly bright page is overexposed paper and no reflection, as long as its strokes are there.
    """
    if paper >= _BURNT - 8:
        return 0.0
    darkest = cv2.min(cv2.min(page[:, :, 0], page[:, :, 1]), page[:, :, 2])
    burnt = (darkest >= _BURNT).astype(np.uint8)
    kernel = max(5, round(max(page.shape[:2]) / 100) | 1)
    patches = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((kernel, kernel), np.uint8))
    return float(patches.mean())


def _noise(grey: Picture) -> float:
    """Standard deviation of the sensor's noise, from differences that strokes hardly touch."""
    part = grey[::2].astype(np.float32)
    second = part[:, 1:-1] * 2 - part[:, :-2] - part[:, 2:]
    return float(np.percentile(np.abs(second), 40) / 0.5244 / np.sqrt(6))
