"""Finding a sheet or card in a picture: several guesses at its area, the best supported one taken.

Pure functions of pictures (BGR arrays); no device, no state. A guess is a region that differs from
the desk, is pale, or is enclosed by edges; of each the four sides are fitted, and that quadrilateral
wins whose sides have the clearest change of colour across them. Its sides are then measured again
in the full picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from drivers.camera.capture import load_cv2
from drivers.camera.page_sides import meet, refine, step_across

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float64]

cv2: Any = load_cv2()

_LOOK = 480  # pixels of the longer side in which the guesses are made
_SMALLEST = 0.03  # of the picture's area
_BORDER = 0.04
_DESK_COLOURS = 4
_STEP = 5.0  # change of colour across a side, in Lab units, that counts as seen
_ABRUPT = 0.62
_SIDES_SEEN = 0.68
_AT_EDGE = 2.5  # pixels of the small picture


@dataclass(frozen=True, slots=True)
class Outline:
    """A page in a picture. ``corners``: four points (x, y), clockwise as seen, beginning at the one
    nearest the picture's upper left. ``seen``: share of its sides with a change of colour across
    them. ``over``: edges of the picture (left, right, up, down) beyond which some of the page is.
    """

    corners: Floats = field(repr=False)
    seen: float
    over: tuple[str, ...] = ()

    @property
    def cut_off(self) -> bool:
        """True if the picture does not show the whole page."""
        return bool(self.over)


def find_page(picture: Picture) -> Outline | None:
    """The page in ``picture``, None if there is none of at least 3 % of the picture's area."""
    scale = _LOOK / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    lab = _without_text(small)
    best: tuple[float, Floats] | None = None
    for mask in _guesses(lab):
        for quad in _quads(mask):
            merit = _merit(lab, mask, quad)
            if merit is not None and (best is None or merit > best[0]):
                best = merit, quad
    if best is None:
        return None
    height, width = lab.shape[:2]
    over = _edges_reached(best[1], width, height)
    corners = refine(picture, best[1] / scale, at_edge=_AT_EDGE / scale)
    seen = _seen(lab, corners * scale)
    return Outline(_from_upper_left(corners), seen, over)


def _without_text(small: Picture) -> Picture:
    """In Lab, with dark strokes and fine texture smoothed away but edges of areas kept."""
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    smooth = cv2.medianBlur(closed, 5)
    lab: Picture = cv2.cvtColor(smooth, cv2.COLOR_BGR2LAB)
    return lab


def _guesses(lab: Picture) -> Iterator[Picture]:
    """Masks in which the page may be one region."""
    unlike = _unlike_desk(lab)
    threshold, mask = cv2.threshold(unlike, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    yield _tidy(mask)
    for part in (0.5, 0.25):
        yield _tidy((unlike > max(6.0, threshold * part)).astype(np.uint8) * 255)
    pale = _paleness(lab)
    threshold, mask = cv2.threshold(pale, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    yield _tidy(mask)
    for level in (threshold * 0.85, threshold * 1.12, threshold * 1.22):
        yield _tidy((pale > level).astype(np.uint8) * 255)
    for low in (12, 28):
        edges = np.zeros(pale.shape, np.uint8)
        for channel in cv2.split(lab):
            edges |= cv2.Canny(channel, low, low * 2.5)
        walls = cv2.dilate(edges, np.ones((3, 3), np.uint8))
        yield _tidy(cv2.bitwise_not(walls))
        yield walls


def _unlike_desk(lab: Picture) -> Picture:
    """How far every pixel is from the colours along the picture's border, 0 to 255."""
    rows, columns = lab.shape[:2]
    deep = max(3, round(max(rows, columns) * _BORDER))
    rim = np.ones((rows, columns), bool)
    rim[deep:-deep, deep:-deep] = False
    colours = lab[rim].astype(np.float32)[::3]
    cv2.setRNGSeed(1)  # the same picture gives the same page
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_MAX_ITER, 12, 0.5)
    _, labels, centres = cv2.kmeans(
        colours, _DESK_COLOURS, None, criteria, 2, cv2.KMEANS_PP_CENTERS
    )
    shares = np.bincount(labels.ravel(), minlength=_DESK_COLOURS) / len(colours)
    far = np.full((rows, columns), np.inf, np.float32)
    pixels = lab.astype(np.float32)
    for centre, share in zip(centres, shares, strict=True):
        # A page that reaches over the edge is part of the rim, but a small one.
        if share > 0.12:
            away = pixels - centre
            far = np.minimum(far, np.einsum("ijk,ijk->ij", away, away))
    clipped: Picture = np.clip(np.sqrt(far) * 2, 0, 255).astype(np.uint8)
    return clipped


def _paleness(lab: Picture) -> Picture:
    light, a, b = (channel.astype(np.float32) for channel in cv2.split(lab))
    colourful = np.hypot(a - 128, b - 128)
    pale: Picture = np.clip(light - 1.2 * colourful, 0, 255).astype(np.uint8)
    return pale


def _tidy(mask: Picture) -> Picture:
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    tidy: Picture = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    return tidy


def _quads(mask: Picture) -> Iterator[Floats]:
    """The quadrilaterals that regions of ``mask`` may be."""
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    area = mask.shape[0] * mask.shape[1]
    large = sorted(contours, key=cv2.contourArea, reverse=True)[:6]
    for contour in large:
        hull = cv2.convexHull(contour)
        if not _SMALLEST * area <= cv2.contourArea(hull) <= 0.97 * area:
            continue
        rough = _four_cornered(hull)
        if rough is not None:
            yield _fitted(hull, rough)


def _four_cornered(hull: Any) -> Floats | None:
    """The hull reduced to four corners, by as little change as possible."""
    length = cv2.arcLength(hull, True)
    for share in np.arange(0.01, 0.12, 0.005):
        corners = cv2.approxPolyDP(hull, share * length, True)
        if len(corners) == 4:
            found: Floats = corners.reshape(4, 2).astype(np.float64)
            return found
        if len(corners) < 4:
            break
    box: Floats = cv2.boxPoints(cv2.minAreaRect(hull)).astype(np.float64)
    return box


def _fitted(hull: Any, rough: Floats) -> Floats:
    """Straight lines through the middle of each side: corners of a card are round."""
    points = _along(hull.reshape(-1, 2).astype(np.float64))
    lines = []
    for start, end in zip(rough, np.roll(rough, -1, axis=0), strict=True):
        way = end - start
        length = float(np.hypot(*way))
        if length < 8:
            return rough
        share = (points - start) @ way / length**2
        away = np.abs((points - start) @ np.array([-way[1], way[0]])) / length
        near = points[(share > 0.12) & (share < 0.88) & (away < max(3.0, 0.03 * length))]
        if len(near) < 5:
            return rough
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((np.array([x, y]), np.array([vx, vy])))
    corners = meet(lines)
    if corners is None or np.abs(corners - rough).max() > 0.2 * np.max(np.ptp(rough, axis=0)):
        return rough
    return corners


def _along(hull: Floats) -> Floats:
    """Points about a pixel apart along a closed line, since a hull keeps only its bends."""
    pieces = []
    for start, end in zip(hull, np.roll(hull, -1, axis=0), strict=True):
        count = max(1, int(np.hypot(*(end - start))))
        pieces.append(start + (end - start) * (np.arange(count) / count)[:, None])
    return np.vstack(pieces)


def _merit(lab: Picture, mask: Picture, quad: Floats) -> float | None:
    """How good a page ``quad`` is; None if it is none."""
    height, width = mask.shape
    if not _plausible(quad):
        return None
    edges = _sides_at_edge(quad, width, height)
    if edges > 2:
        return None
    area = cv2.contourArea(quad.astype(np.float32))
    if area < _SMALLEST * height * width:
        return None
    seen = _seen(lab, quad)
    if seen < _SIDES_SEEN:
        return None
    evenness = _evenness(lab, quad)
    share = float(np.sqrt(area / (height * width)))
    return float(seen**2 * evenness * (share + 0.25) * (1 - 0.25 * edges))


def _plausible(quad: Floats) -> bool:
    """True for a convex quadrilateral whose corners are those of a sheet seen from above."""
    after = np.roll(quad, -1, axis=0) - quad
    before = np.roll(quad, 1, axis=0) - quad
    lengths = np.hypot(*after.T)
    if lengths.min() < 12:
        return False
    turns = after[:, 0] * before[:, 1] - after[:, 1] * before[:, 0]
    if not (np.all(turns > 0) or np.all(turns < 0)):
        return False
    cosine = np.sum(after * before, axis=1) / (lengths * np.hypot(*before.T))
    return bool(np.abs(cosine).max() < 0.6 and lengths.max() / lengths.min() < 4)


def _beyond(quad: Floats, width: int, height: int) -> dict[str, npt.NDArray[np.bool_]]:
    """For each edge of the picture, which corners lie at it or beyond."""
    x, y = quad.T
    return {
        "left": x < _AT_EDGE,
        "right": x > width - 1 - _AT_EDGE,
        "up": y < _AT_EDGE,
        "down": y > height - 1 - _AT_EDGE,
    }


def _edges_reached(quad: Floats, width: int, height: int) -> tuple[str, ...]:
    return tuple(
        name for name, corners in _beyond(quad, width, height).items() if bool(corners.any())
    )


def _sides_at_edge(quad: Floats, width: int, height: int) -> int:
    """How many sides lie along the picture's edge; at least 1 if a corner is beyond it."""
    beyond = _beyond(quad, width, height).values()
    along = sum(bool((corners & np.roll(corners, -1)).any()) for corners in beyond)
    return max(along, int(any(corners.any() for corners in beyond)))


def _seen(lab: Picture, quad: Floats) -> float:
    """Share of the sides within the picture with a change of colour across them.

    An abrupt one: where light fades into shadow the change grows with the distance.
    """
    steps = step_across(lab, quad, reach=4.0)
    wider = step_across(lab, quad, reach=8.0)
    inside = np.isfinite(steps)
    if not inside.any():
        return 0.0
    abrupt = ~(steps < _ABRUPT * wider)
    return float(np.mean((steps > _STEP)[inside] & abrupt[inside]))


def _evenness(lab: Picture, quad: Floats) -> float:
    """Near 1 for an area of one colour, as paper without its text is; less for a patterned one."""
    inner = np.zeros(lab.shape[:2], np.uint8)
    shrunk = quad.mean(axis=0) + (quad - quad.mean(axis=0)) * 0.92
    cv2.fillConvexPoly(inner, np.round(shrunk).astype(np.int32), 255)
    # Every other pixel either way: a share of thousands is as good as one of tens of thousands.
    colours = lab[::2, ::2][inner[::2, ::2] > 0].astype(np.float32)
    if len(colours) == 0:
        return 0.0
    middle = np.median(colours, axis=0)
    off = (colours - middle) * np.array((0.6, 1, 1), np.float32)
    return float(np.mean(np.einsum("ij,ij->i", off, off) < 18**2))


def _from_upper_left(corners: Floats) -> Floats:
    """Clockwise on the screen (y grows downwards), beginning at the upper left."""
    x, y = corners.T
    area = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    clockwise = corners if area > 0 else corners[::-1]
    return np.roll(clockwise, -int(np.argmin(clockwise.sum(axis=1))), axis=0)
