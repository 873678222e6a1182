"""Contrast of what is really drawn, and whether two pictures differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from kiosk.visit.model import Contrast
from screens.audit.judges import Fault
from screens.audit.snapshot import Box, Snapshot, Words

Pixels = NDArray[np.uint32]

TEXT = {Contrast.NORMAL: 7.0, Contrast.HIGH: 10.0, Contrast.HIGH_LIGHT: 10.0}
GRAPHIC = 3.0
TOLD = 1.3
"""Brightness that tells two controls beside each other apart, as a contrast ratio."""
_EDGE = 6
"""Pixels of a control's edge in which its border lies."""
_NEAR = 24
"""Steps of 255 by which antialiasing may shift the heart of a stroke."""


def pixels(image: QImage) -> Pixels:
    """0xRRGGBB by row and column."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), -1)
    return rows[:, : plain.width()] & np.uint32(0xFFFFFF)


def luminance(colour: int) -> float:
    """WCAG 2.2 relative luminance of 0xRRGGBB."""

    def linear(c: float) -> float:
        return c / 12.92 if c <= 0.03928 else float(((c + 0.055) / 1.055) ** 2.4)

    r, g, b = (linear((colour >> shift & 0xFF) / 255) for shift in (16, 8, 0))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(one: int, other: int) -> float:
    """Contrast, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _part(picture: Pixels, box: Box) -> Pixels:
    top, left = max(0, int(box.y)), max(0, int(box.x))
    return picture[top : int(box.y + box.height), left : int(box.x + box.width)]


def measured(picture: Pixels, words: Words) -> float | None:
    """Contrast of a text with its ground; None where too little of it is in sight to tell.

    The ground is the commonest colour that is not the text's own. The stroke is the pixel
    nearest to the declared colour, so that a veil or an opacity shows.
    """
    part = _part(picture, words.seen)
    if words.seen.height < 2 * words.capital or part.size < 64:
        return None
    colours, counts = np.unique(part, return_counts=True)
    distance = _distance(colours, words.colour)
    grounds = counts * (distance > _NEAR)
    if not grounds.any():
        return 1.0
    ground = int(colours[grounds.argmax()])
    stroke = int(colours[distance.argmin()])
    return ratio(ground, stroke)


def _distance(colours: Pixels, wanted: int) -> NDArray[np.int64]:
    """Largest difference of a channel."""
    red, green, blue = (
        np.abs((colours >> shift & 0xFF).astype(np.int64) - (wanted >> shift & 0xFF))
        for shift in (16, 8, 0)
    )
    return np.maximum(np.maximum(red, green), blue)


def contrast(snap: Snapshot, picture: Pixels, mode: Contrast) -> Iterator[Fault]:
    """A5, of what is awake; WCAG asks nothing of what can't be used now."""
    for words in snap.words:
        faded = any(not fade.cut(words.seen).empty for fade in snap.fades)
        if not words.enabled or words.seen.empty or faded:
            continue
        least = GRAPHIC if words.icon or words.mark else TEXT[mode]
        found = measured(picture, words)
        if found is not None and found < least - 0.05:
            kind = "an icon" if words.icon else f"“{words.text[:16]}”"
            yield "A5", f"{kind} {found:.1f}:1, {least:.0f} wanted"


def edges(snap: Snapshot, picture: Pixels) -> Iterator[Fault]:
    """A5: where a line to type in begins and ends is seen by its border."""
    for control in snap.controls:
        if control.kind != "Field" or not control.enabled or control.seen != control.box:
            continue
        box = control.box
        middle = box.y + box.height / 2
        strip = _part(picture, Box(box.x - _EDGE, middle, 2 * _EDGE, 1)).ravel()
        if strip.size and max(ratio(int(strip[0]), int(shade)) for shade in strip) < GRAPHIC - 0.05:
            yield "A5", f"the border of {control.name} is hardly seen"


def grey(snap: Snapshot, picture: Pixels) -> Iterator[Fault]:
    """A6: what is chosen differs from what isn't without any colour: by its marks, or by how bright
    its edge or its ground is."""
    told = [c for c in snap.controls if c.enabled and c.seen == c.box and not c.listed]
    for kind in sorted({control.kind for control in told if control.on}):
        on = [c for c in told if c.kind == kind and c.on]
        off = [c for c in told if c.kind == kind and not c.on]
        for one, other in product(on, off):
            if one.marks != other.marks:
                continue
            pairs = zip(_brightness(picture, one.box), _brightness(picture, other.box), strict=True)
            if all((max(a, b) + 0.05) / (min(a, b) + 0.05) < TOLD for a, b in pairs):
                yield "A6", f"{one.name} is chosen and {other.name} is not, by hue alone"


def _brightness(picture: Pixels, box: Box) -> tuple[float, float]:
    """Of the edge, on average, and of the commonest colour: relative luminance."""
    part = _part(picture, box)
    ring = np.concatenate(
        [
            part[:_EDGE].ravel(),
            part[-_EDGE:].ravel(),
            part[:, :_EDGE].ravel(),
            part[:, -_EDGE:].ravel(),
        ]
    )
    shades, counts = np.unique(ring, return_counts=True)
    edge = sum(luminance(int(s)) * int(n) for s, n in zip(shades, counts, strict=True)) / ring.size
    colours, sums = np.unique(part, return_counts=True)
    return edge, luminance(int(colours[sums.argmax()]))


def differing(one: Pixels, other: Pixels) -> int:
    """Number of pixels that are not the same."""
    return int((one != other).sum())
