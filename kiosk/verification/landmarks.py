"""FaceMesh: 468 points of one face, found in a rotated square around the detector's box."""

from __future__ import annotations

import math

import cv2
import numpy as np

from kiosk.verification.detector import DetectedFace, Floats
from kiosk.verification.frames import Image
from kiosk.verification.models import as_path

_SIDE = 192
_ENLARGE = 1.5

# Canonical FaceMesh indices. "left" and "right" are as seen in the picture.
LEFT_EYE_OUTER, LEFT_EYE_INNER = 33, 133
RIGHT_EYE_INNER, RIGHT_EYE_OUTER = 362, 263
LEFT_EYE_LIDS = ((159, 145), (158, 153))
RIGHT_EYE_LIDS = ((386, 374), (385, 380))
NOSE_TIP, NOSE_BASE = 1, 2
MOUTH_LEFT, MOUTH_RIGHT, LIP_UPPER, LIP_LOWER = 61, 291, 13, 14


class FaceMesh:
    """The landmark network, loaded from bytes already checked."""

    def __init__(self, model: bytes) -> None:
        with as_path(model) as path:
            self._net = cv2.dnn.readNetFromTFLite(path, cv2.dnn.ENGINE_CLASSIC)

    def find(self, frame: Image, face: DetectedFace) -> tuple[Floats, float]:
        """468x2 points in frame pixels and the network's confidence (0-1) that a face is there."""
        (x0, y0), (x1, y1) = face.eyes
        angle = math.atan2(y1 - y0, x1 - x0)
        half = face.size * _ENLARGE / 2
        right = np.array([math.cos(angle), math.sin(angle)], np.float32) * half
        down = np.array([-math.sin(angle), math.cos(angle)], np.float32) * half
        centre = np.array(face.centre, np.float32)
        corners = np.stack([centre - right - down, centre + right - down, centre - right + down])
        target = np.array([[0, 0], [_SIDE, 0], [0, _SIDE]], np.float32)
        there = cv2.getAffineTransform(corners.astype(np.float32), target)
        crop = cv2.warpAffine(frame, there, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR)
        self._net.setInput(cv2.dnn.blobFromImage(crop, 1 / 255.0, swapRB=True))
        points, presence = self._net.forward(["conv2d_20", "conv2d_30"])
        crop.fill(0)
        flat = points.reshape(-1, 3)[:, :2].astype(np.float32)
        back = cv2.invertAffineTransform(there)
        located = flat @ back[:, :2].T + back[:, 2]
        logit = float(np.clip(presence.reshape(-1)[0], -80, 80))
        return located.astype(np.float32), 1.0 / (1.0 + math.exp(-logit))
