"""From a picture to a page: found, straightened, judged, evened out, as a bounded JPEG.

Pure: the same picture and limits give the same page, and nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from drivers.camera.capture import load_cv2
from drivers.camera.page_find import Outline, find_page
from drivers.camera.page_light import even_out, light_map
from drivers.camera.page_measure import Measures, measure
from drivers.camera.page_sides import softness
from drivers.camera.page_straight import dots_per_inch, long_side_mm, straighten
from drivers.camera.page_upright import turn_upright
from drivers.ports import PageImage, PageVerdict, Upright

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float64]

cv2: Any = load_cv2()

_QUALITIES = (90, 82, 74, 64, 52, 40)
_SHRINK = 0.8
_CARD_MM = 100.0
_A4_INCHES = 297 / 25.4
_MEASURED_PRINT_PX = 22.0  # finer than that, sharpness cannot be told within its window
_SIGMA_PER_BLUR = 1.5
_COVERED = 26.0  # brightness below which a whole picture shows nothing


@dataclass(frozen=True, slots=True)
class PageLimits:
    """From when on a page counts as readable; the defaults are measured (docs/devices/camera.md).

    ``print_pt``, ``card_print_pt``: the smallest print that must stay readable, of pages and of ID
    cards, in points. ``min_print_px``: pixels it is high at least. ``max_blur``: softness of
    strokes' edges, as a share of that height. ``min_brightness``: of the paper, 0 to 1;
    ``max_noise``: as a share of it. ``min_evenness``: worst light against best. ``max_glare``: share
    of the page burnt out. ``longest``: of the JPEG's sides, pixels; ``max_bytes``: of the JPEG.
    ``view_mm``: width of the shelf that the picture shows, 0 if unknown.
    """

    print_pt: float = 10.5
    card_print_pt: float = 8.0
    min_print_px: float = 12.0
    max_blur: float = 0.05
    min_brightness: float = 0.18
    max_noise: float = 0.12
    min_evenness: float = 0.28
    max_glare: float = 0.004
    longest: int = 3508
    max_bytes: int = 2_000_000
    view_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """What was made of one picture. ``corners``: where ``page``'s upper left, upper right, lower
    right and lower left are in it. ``page``: straightened, upright, in even light."""

    verdict: PageVerdict
    outline: Outline | None = None
    measures: Measures | None = None
    page: Picture | None = field(default=None, repr=False)
    corners: Floats | None = field(default=None, repr=False)
    dpi: int = 0
    upright: Upright = Upright.UNKNOWN


def look_at(picture: Picture, limits: PageLimits) -> Look:
    """Find and judge the page in ``picture`` (BGR)."""
    outline = find_page(picture)
    if outline is None:
        dark = float(np.percentile(picture[::8, ::8].max(axis=2), 98)) < _COVERED
        return Look(PageVerdict.TOO_DARK if dark else PageVerdict.NO_PAGE)
    flat, matrix = straighten(picture, outline.corners, limits.longest)
    light = light_map(flat)
    rows, columns = flat.shape[:2]
    scale = _scale_of(matrix, outline.corners)
    dpi = dots_per_inch(columns, rows, limits.view_mm, picture.shape[1], scale)
    height = _print_height(columns, rows, dpi, limits)
    reduce = min(1.0, _MEASURED_PRINT_PX / height)
    measures = measure(flat, light, reduce)
    evened = even_out(flat, light)
    turns, upright = turn_upright(evened, outline.corners)
    soft = softness(picture, outline.corners) if measures.sharpness is None else None
    return Look(
        verdict=_verdict(
            outline.cut_off, measures, height, _blur(measures, reduce, soft, scale), limits
        ),
        outline=outline,
        measures=measures,
        page=np.ascontiguousarray(np.rot90(evened, turns)),
        corners=np.roll(outline.corners, -turns, axis=0),
        dpi=dpi,
        upright=upright,
    )


def _scale_of(matrix: Floats, corners: Floats) -> float:
    """How much larger the straightened page is than the page in the picture, in length."""
    flat = cv2.perspectiveTransform(corners.reshape(1, 4, 2), matrix)[0]
    areas = [cv2.contourArea(quad.astype(np.float32)) for quad in (flat, corners)]
    return float(np.sqrt(areas[0] / max(1.0, areas[1])))


def _print_height(columns: int, rows: int, dpi: int, limits: PageLimits) -> float:
    """Pixels that the smallest print is high; a page of unknown size is taken for A4."""
    long, short = max(columns, rows), min(columns, rows)
    card = 0 < (long_side_mm(long / short) or 0.0) < _CARD_MM
    if dpi and limits.view_mm > 0:
        card = long * 25.4 / dpi < _CARD_MM
    points = limits.card_print_pt if card else limits.print_pt
    return max(1.0, points / 72 * (dpi or long / _A4_INCHES))


def _blur(seen: Measures, reduce: float, soft: float | None, scale: float) -> float:
    """Softness beyond that of the pixels themselves, in pixels of the straightened page."""
    if seen.sharpness is not None:
        return float(np.sqrt(max(0.0, 1 / max(seen.sharpness, 1e-2) ** 2 - 1))) / reduce
    return (soft or 0.0) * scale / _SIGMA_PER_BLUR


def _verdict(
    cut_off: bool, seen: Measures, height: float, blur: float, limits: PageLimits
) -> PageVerdict:
    """The first thing that is wrong, in the order in which a person can put it right."""
    wrong = {
        PageVerdict.CUT_OFF: cut_off,
        PageVerdict.TOO_DARK: seen.brightness < limits.min_brightness
        or seen.noise > limits.max_noise,
        PageVerdict.GLARE: seen.glare > limits.max_glare,
        PageVerdict.TOO_SMALL: height < limits.min_print_px,
        PageVerdict.UNEVEN_LIGHT: seen.evenness < limits.min_evenness,
        PageVerdict.BLURRED: blur > limits.max_blur * height,
    }
    return next((verdict for verdict, found in wrong.items() if found), PageVerdict.READABLE)


def page_image(look: Look, limits: PageLimits) -> PageImage:
    """The page as it is handed out."""
    if look.page is None or look.measures is None:
        return PageImage(look.verdict)
    jpeg, page = encode(look.page, limits.max_bytes)
    return PageImage(
        verdict=look.verdict,
        jpeg=jpeg,
        width=page.shape[1],
        height=page.shape[0],
        dpi=round(look.dpi * page.shape[1] / look.page.shape[1]),
        sharpness=round(look.measures.sharpness or 0.0, 3),
        brightness=round(look.measures.brightness, 3),
        evenness=round(look.measures.evenness, 3),
        glare=round(look.measures.glare, 4),
        upright=look.upright,
    )


def encode(page: Picture, max_bytes: int) -> tuple[bytes, Picture]:
    """JPEG of at most ``max_bytes``, of the best quality that fits; a page that does not fit even
    then is made smaller. Returns the page it shows too. Without any metadata."""
    while True:
        for quality in _QUALITIES:
            ok, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if ok and (len(data) <= max_bytes or max(page.shape[:2]) < 64):
                return bytes(data), page
        page = cv2.resize(page, None, fx=_SHRINK, fy=_SHRINK, interpolation=cv2.INTER_AREA)
