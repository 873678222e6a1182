"""The simulator's own pictures: a moving test pattern and a covered lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]

_BARS = ((235, 235, 235), (16, 235, 235), (235, 235, 16), (16, 235, 16), (16, 16, 235))
_BLOCK = 16


def moving_pattern(index: int, width: int, height: int) -> Picture:
    """Frame ``index``: colour bars, and a white square that walks along the bottom line by line.

    Any two of ``(width // 16) * 3`` successive frames differ, also after JPEG compression.
    """
    import numpy as np

    picture = np.empty((height, width, 3), np.uint8)
    bar = -(-width // len(_BARS))
    for number, colour in enumerate(_BARS):
        picture[:, number * bar : (number + 1) * bar] = colour
    band = _BLOCK * 3
    picture[-band:] = 16
    columns = max(1, width // _BLOCK)
    left = index % columns * _BLOCK
    top = height - band + index // columns % 3 * _BLOCK
    picture[top : top + _BLOCK, left : left + _BLOCK] = 255
    return picture


def covered_lens(index: int, width: int, height: int) -> Picture:
    """Frame ``index`` of a camera in the dark: black, with the noise of a live sensor."""
    import numpy as np

    noise = np.random.default_rng(index).integers(0, 12, (height // 8, width // 8, 1), np.uint8)
    dark = noise.repeat(3, axis=2).repeat(8, axis=0).repeat(8, axis=1)
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: dark.shape[0], : dark.shape[1]] = dark
    return picture
