"""BlazeFace (short range): boxes and six key points of every face in a frame.

Network and decoding after MediaPipe's model card and graph (Bazarevsky et al. 2019): 128x128 input,
896 anchors on 16x16 (two per cell) and 8x8 (six per cell), RGB in -1..1.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.verification.frames import Image
from kiosk.verification.models import as_path

Floats = npt.NDArray[np.float32]
_SIDE = 128
_OVERLAP = 0.3


@dataclass(frozen=True, slots=True)
class DetectedFace:
    """A face in frame pixels: box (left, top, right, bottom), eye centres, score 0-1.

    ``eyes[0]`` is the eye on the left of the picture.
    """

    box: tuple[float, float, float, float]
    eyes: tuple[tuple[float, float], tuple[float, float]]
    score: float

    @property
    def centre(self) -> tuple[float, float]:
        left, top, right, bottom = self.box
        return ((left + right) / 2, (top + bottom) / 2)

    @property
    def size(self) -> float:
        return max(self.box[2] - self.box[0], self.box[3] - self.box[1])


def _anchors() -> Floats:
    centres: list[tuple[float, float]] = []
    for cells, per_cell in ((16, 2), (8, 6)):
        for row in range(cells):
            for column in range(cells):
                centres += [((column + 0.5) / cells, (row + 0.5) / cells)] * per_cell
    return np.array(centres, np.float32)


def overlap(a: DetectedFace, b: DetectedFace) -> float:
    """Shared area of two boxes as a share of the smaller one."""
    width = min(a.box[2], b.box[2]) - max(a.box[0], b.box[0])
    height = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((f.box[2] - f.box[0]) * (f.box[3] - f.box[1]) for f in (a, b))
    return (width * height) / max(smaller, 1e-6)


def distinct(faces: list[DetectedFace]) -> list[DetectedFace]:
    """The best box of each face, best score first."""
    kept: list[DetectedFace] = []
    for face in sorted(faces, key=lambda f: f.score, reverse=True):
        if all(overlap(face, other) < _OVERLAP for other in kept):
            kept.append(face)
    return kept


class BlazeFace:
    """The detector network, loaded from bytes already checked."""

    def __init__(self, model: bytes) -> None:
        with as_path(model) as path:
            self._net = cv2.dnn.readNetFromTFLite(path, cv2.dnn.ENGINE_CLASSIC)
        self._anchors = _anchors()

    def find(self, frame: Image, min_score: float, *, thorough: bool) -> list[DetectedFace]:
        """Faces of at least ``min_score``, best first.

        ``thorough`` also looks at the left and the right end of the frame at a larger scale, where
        bystanders stand who are too small for the first look.
        """
        height, width = frame.shape[:2]
        faces = self._look(frame, 0, min_score)
        if thorough and width > height:
            for start in (0, width - height):
                faces += self._look(frame[:, start : start + height], start, min_score)
        return distinct(faces)

    def _look(self, part: Image, offset_x: int, min_score: float) -> list[DetectedFace]:
        height, width = part.shape[:2]
        longest = max(height, width)
        scale = _SIDE / longest
        shrunk = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = cv2.resize(part, shrunk, interpolation=cv2.INTER_AREA)
        canvas = np.zeros((_SIDE, _SIDE, 3), np.uint8)
        top, left = (_SIDE - small.shape[0]) // 2, (_SIDE - small.shape[1]) // 2
        canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
        blob = cv2.dnn.blobFromImage(canvas, 1 / 127.5, mean=(127.5, 127.5, 127.5), swapRB=True)
        self._net.setInput(blob)
        regressors, logits = self._net.forward(["regressors", "classificators"])
        scores = 1.0 / (1.0 + np.exp(-np.clip(logits.reshape(-1), -80, 80)))
        chosen = np.flatnonzero(scores >= min_score)
        points = regressors.reshape(-1, 8, 2)[chosen] / _SIDE
        points[:, [0, 2, 3, 4, 5, 6, 7]] += self._anchors[chosen][:, None, :]
        margin = np.array([left, top], np.float32)
        points_px = (points * _SIDE - margin) / scale + np.array([offset_x, 0], np.float32)
        sizes = points[:, 1] * _SIDE / scale
        return [_face(points_px[i], sizes[i], float(scores[chosen[i]])) for i in range(len(chosen))]


def _face(points: Floats, size: Floats, score: float) -> DetectedFace:
    (x, y), (w, h) = points[0], size
    first, second = sorted((float(p[0]), float(p[1])) for p in points[2:4])
    box = (float(x - w / 2), float(y - h / 2), float(x + w / 2), float(y + h / 2))
    return DetectedFace(box=box, eyes=(first, second), score=score)
