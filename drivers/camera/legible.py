"""How much of a simulated paper's text can still be read in what a document camera made of it.

The measure against which verdicts are judged, so it looks at characters and at nothing that the
verdicts look at: each is compared with every character the papers are written in. An optical reader
of whole texts, or a person, guesses more from the context.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

from drivers.camera.capture import load_cv2
from drivers.camera.papers import ALPHABET, Glyph, font
from drivers.camera.shelf import Photo

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.floating[Any]]

cv2: Any = load_cv2()

_CELL = 28  # pixels a character is brought to
_SHIFT = 3
_SAMPLED = 40
LEGIBLE = 0.95
"""Share of characters from which on a page counts as one that can be read."""


@lru_cache(maxsize=1)
def _templates() -> Floats:
    """Every character as a row of pixels, of mean 0 and length 1."""
    rows = []
    for character in ALPHABET:
        image = Image.new("L", (_CELL * 4, _CELL * 4), 0)
        ImageDraw.Draw(image).text((0, 0), character, font=font(_CELL * 4), fill=255, anchor="lt")
        small = cv2.resize(np.array(image), (_CELL, _CELL), interpolation=cv2.INTER_AREA)
        rows.append(_normal(small.ravel()))
    return np.array(rows)


def _normal(row: Picture) -> Floats:
    centred = row - row.mean(dtype=np.float32)
    length = float(np.linalg.norm(centred))
    unit: Floats = centred / length if length > 1e-6 else centred
    return unit


def share_read(page: Picture, photo: Photo, corners: Floats) -> float:
    """Share of the paper's characters, of its smallest print, told apart from all others in
    ``page``; ``corners``: where the page's corners are in the photo, clockwise from its upper left.
    """
    rows, columns = page.shape[:2]
    flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32) - 0.5
    to_page = cv2.getPerspectiveTransform(corners.astype(np.float32), flat) @ photo.to_frame
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    smallest = min(glyph.size for glyph in photo.paper.glyphs)
    small = [glyph for glyph in photo.paper.glyphs if glyph.size <= smallest * 1.15]
    chosen = small[:: max(1, len(small) // _SAMPLED)]
    read = sum(_read(grey, glyph, to_page) == glyph.character for glyph in chosen)
    return read / len(chosen)


def _read(grey: Picture, glyph: Glyph, to_page: Floats) -> str:
    """The character most like what is at ``glyph``'s place, moved by up to a tenth of its size."""
    wide = _CELL + 2 * _SHIFT
    unit = glyph.size / _CELL
    cell = np.array([[0, 0], [wide, 0], [wide, wide], [0, wide]], np.float64) - 0.5
    paper = (cell - _SHIFT + 0.5) * unit + (glyph.left - 0.5, glyph.top - 0.5)
    place = cv2.perspectiveTransform(paper.reshape(1, 4, 2), to_page)[0]
    matrix = cv2.getPerspectiveTransform(place.astype(np.float32), cell.astype(np.float32))
    seen = 255 - cv2.warpPerspective(grey, matrix, (wide, wide), flags=cv2.INTER_AREA)
    cells = np.lib.stride_tricks.sliding_window_view(seen, (_CELL, _CELL))
    shifts = np.stack([_normal(cell.ravel()) for row in cells for cell in row])
    likeness = (_templates() @ shifts.T).max(axis=1)
    return ALPHABET[int(np.argmax(likeness))]
