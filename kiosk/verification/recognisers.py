"""Recognisers: aligned face in, embedding and likeness out. A slot, not a model.

``dlib_resnet``: Davis King's ResNet v1 (128 numbers; likeness = 1 - Euclidean distance), fed with
the 150x150 chip of dlib's five-point mean shape. ``embed112``: any ONNX network on the ArcFace
112x112 template (likeness = cosine).
"""

from __future__ import annotations

from typing import Any, Protocol

import cv2
import dlib
import numpy as np

from kiosk.verification import landmarks as mesh
from kiosk.verification.detector import Floats
from kiosk.verification.frames import Image
from kiosk.verification.models import ModelError, as_path
from kiosk.verification.types import RecogniserSettings

# dlib's five-point mean face (image_transforms/interpolation.h): outer and inner corner of the eye
# on the right of the picture, the same on the left, base of the nose; with a 25 % margin.
_DLIB_POINTS = (
    mesh.RIGHT_EYE_OUTER,
    mesh.RIGHT_EYE_INNER,
    mesh.LEFT_EYE_OUTER,
    mesh.LEFT_EYE_INNER,
    mesh.NOSE_BASE,
)
_DLIB_MEAN = np.array(
    [
        [0.8595674595992, 0.2134981538014],
        [0.6460604764104, 0.2289674387677],
        [0.1205750620789, 0.2137274526848],
        [0.3340850613712, 0.2290642403242],
        [0.4901123135679, 0.6277975316475],
    ]
)
_DLIB_SIDE = 150
_DLIB_MARGIN = 0.25

# The ArcFace template (insightface): eye centres, nose tip, mouth corners in 112x112.
_ARC_TEMPLATE = np.array(
    [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
    ],
    dtype=np.float32,
)
_ARC_SIDE = 112


class Recogniser(Protocol):
    """What the engine needs of a recogniser."""

    def embed(self, frame: Image, points: Floats) -> Floats:
        """The embedding of the face with these 468 points; the caller wipes it after use."""
        ...

    def likeness(self, a: Floats, b: Floats) -> float:
        """How alike two embeddings are; grows with likeness."""
        ...


def similarity(source: Floats, target: Floats) -> Floats:
    """The least-squares turn, scale and shift taking ``source`` points to ``target`` (Umeyama)."""
    source_mean, target_mean = source.mean(0), target.mean(0)
    a, b = source - source_mean, target - target_mean
    norm = float((a * a).sum())
    cosine = float((a * b).sum()) / norm
    sine = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / norm
    turn = np.array([[cosine, -sine], [sine, cosine]])
    shift = target_mean - turn @ source_mean
    return np.hstack([turn, shift[:, None]]).astype(np.float32)


def aligned(frame: Image, source: Floats, target: Floats, side: int) -> Image:
    """The face moved onto a template; smoothed first when it shrinks, to avoid aliasing."""
    transform = similarity(source.astype(np.float32), target.astype(np.float32))
    scale = float(np.hypot(transform[0, 0], transform[1, 0]))
    if scale < 0.6:
        frame = np.asarray(cv2.GaussianBlur(frame, (0, 0), 0.45 / scale), np.uint8)
    chip = cv2.warpAffine(
        frame, transform, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(chip, np.uint8)


class DlibResnet:
    """dlib's face recognition ResNet v1."""

    def __init__(self, model: bytes) -> None:
        with as_path(model) as path:
            try:
                self._net: Any = dlib.face_recognition_model_v1(path)
            except RuntimeError as error:
                raise ModelError("model_unreadable: dlib_resnet") from error
        target = (_DLIB_MEAN + _DLIB_MARGIN) / (1 + 2 * _DLIB_MARGIN) * _DLIB_SIDE
        self._target: Floats = target.astype(np.float32)

    def embed(self, frame: Image, points: Floats) -> Floats:
        chip = aligned(frame, points[list(_DLIB_POINTS)], self._target, _DLIB_SIDE)
        rgb = np.ascontiguousarray(chip[:, :, ::-1])
        embedding = np.array(self._net.compute_face_descriptor(rgb), np.float32)
        chip.fill(0)
        rgb.fill(0)
        return embedding

    def likeness(self, a: Floats, b: Floats) -> float:
        return 1.0 - float(np.linalg.norm(a - b))


class Embed112:
    """An ONNX network on the ArcFace template."""

    def __init__(self, model: bytes, mean: float, scale: float) -> None:
        try:
            self._net = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
        except cv2.error as error:
            raise ModelError("model_unreadable: embed112") from error
        self._mean = mean
        self._scale = scale

    def embed(self, frame: Image, points: Floats) -> Floats:
        left_eye = (points[mesh.LEFT_EYE_OUTER] + points[mesh.LEFT_EYE_INNER]) / 2
        right_eye = (points[mesh.RIGHT_EYE_OUTER] + points[mesh.RIGHT_EYE_INNER]) / 2
        rest = points[[mesh.NOSE_TIP, mesh.MOUTH_LEFT, mesh.MOUTH_RIGHT]]
        chip = aligned(frame, np.vstack([left_eye, right_eye, rest]), _ARC_TEMPLATE, _ARC_SIDE)
        mean = (self._mean, self._mean, self._mean)
        self._net.setInput(cv2.dnn.blobFromImage(chip, self._scale, mean=mean))
        embedding = np.array(self._net.forward(), np.float32).reshape(-1)
        chip.fill(0)
        norm = float(np.linalg.norm(embedding))
        return (embedding / norm).astype(np.float32) if norm > 0 else embedding

    def likeness(self, a: Floats, b: Floats) -> float:
        return float(a @ b)


def load_recogniser(settings: RecogniserSettings, model: bytes) -> Recogniser:
    """The recogniser of the configured kind; :class:`ModelError` if the file is not one."""
    if settings.kind == "dlib_resnet":
        return DlibResnet(model)
    return Embed112(model, settings.mean, settings.scale)
