"""Light on a straightened page: how even it is, and making it even without changing colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from drivers.camera.capture import load_cv2

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float64]

cv2: Any = load_cv2()

_GRID = 96  # samples along the longer side of the page
_DEGREE = 3
_ROUNDS = 6
_PAPER = 242.0  # brightness paper is brought to
_GAIN_LIMITS = (0.8, 4.0)
_DARKEST_INK = 70.0


def light_map(page: Picture) -> Floats:
    """Brightness the paper has at every point, fitted: a small map of the page, 0 to 255.

    A smooth surface through the upper brightness of the page. The brightest channel is looked at, so
    that a red stamp counts as paper and not as shadow; and the surface is too stiff to follow a dark
    portrait or a coloured box, which would be bleached by dividing by it.
    """
    brightest = cv2.max(cv2.max(page[:, :, 0], page[:, :, 1]), page[:, :, 2])
    shrink = _GRID / max(page.shape[:2])
    kernel = max(3, round(1.5 / shrink) | 1)
    # Noise would otherwise pass for brighter paper.
    calm = cv2.GaussianBlur(brightest, (0, 0), 1.2)
    paper = cv2.dilate(calm, np.ones((kernel, kernel), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), kernel / 2)
    small = cv2.resize(paper, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    values = np.maximum(small.astype(np.float64), 1.0)
    rows, columns = values.shape
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    terms = np.stack([x**i * y**j for i in range(_DEGREE + 1) for j in range(_DEGREE + 1 - i)], -1)
    target = np.log(values).ravel()
    basis = terms.reshape(-1, terms.shape[-1])
    weights = np.ones(len(target))
    for _ in range(_ROUNDS):
        scaled = basis * weights[:, None]
        solved = np.linalg.lstsq(scaled.T @ basis, scaled.T @ target, rcond=None)[0]
        off = target - basis @ solved
        # What is darker than the surface is print or picture, what is much brighter a reflection.
        weights = np.where(off < -0.06, 0.02, np.where(off > 0.15, 0.05, 1.0))
    fitted: Floats = np.clip(np.exp(basis @ solved), 1.0, 255.0).reshape(rows, columns)
    return fitted


def evenness(light: Floats) -> float:
    """The worst lit tenth of the page against the best lit, 0 to 1."""
    low, high = np.percentile(light, (5, 95))
    return float(low / max(1.0, high))


def even_out(page: Picture, light: Floats) -> Picture:
    """The page as in even light, paper nearly white, ink dark.

    Every pixel's three channels are multiplied by the same number and lessened by the same number,
    so a hue stays what it is: a red stamp stays red.
    """
    gain = np.clip(_PAPER / light, *_GAIN_LIMITS).astype(np.float32)
    gain = cv2.resize(gain, page.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    lit = page.astype(np.float32) * gain[:, :, None]
    darkest = float(np.percentile(lit[::4, ::4].min(axis=2), 0.5))
    ink = min(_DARKEST_INK, max(0.0, darkest - 16))
    stretched = (lit - ink) * (_PAPER / (_PAPER - ink))
    evened: Picture = np.clip(stretched, 0, 255).astype(np.uint8)
    return evened
