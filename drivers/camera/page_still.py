"""Whether what is before a camera has come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from drivers.camera.capture import load_cv2

if TYPE_CHECKING:
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float64]

cv2: Any = load_cv2()

_COLUMNS, _ROWS = 96, 54
_BLOCK = 6
_MOVED = 5.0  # grey levels, on average over a block, that are no noise


class StillWatch:
    """Fed with pictures as they come; tells for how long nothing has moved.

    Looked at in blocks, so that a hand in one corner counts, and against the picture with which the
    rest began, so that a slow drift counts too. An even change of brightness is the camera's
    exposure and no movement.
    """

    def __init__(self) -> None:
        self._rest: Floats | None = None
        self._since = 0.0
        self._seen = 0

    def feed(self, picture: Picture, at: float) -> float:
        """Seconds of rest up to this picture, taken at ``at`` (monotonic); 0 while moving and for
        the first two pictures of a rest."""
        small = cv2.resize(picture, (_COLUMNS, _ROWS), interpolation=cv2.INTER_AREA)
        grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float64)
        if self._rest is None or _largest_change(grey, self._rest) > _MOVED:
            self._rest, self._since, self._seen = grey, at, 0
        self._seen += 1
        return at - self._since if self._seen > 2 else 0.0


def _largest_change(now: Floats, before: Floats) -> float:
    brighter = float(np.clip(np.median(now) / max(1.0, np.median(before)), 0.8, 1.25))
    change = np.abs(now / brighter - before)
    blocks = change.reshape(_ROWS // _BLOCK, _BLOCK, _COLUMNS // _BLOCK, _BLOCK)
    return float(np.max(blocks.mean(axis=(1, 3))))
