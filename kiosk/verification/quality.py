"""The quality gate: is this live face good enough to compare, and if not, what should change?

Checks after ISO/IEC 29794-5's list (size, sharpness, exposure, evenness, pose, eyes, mouth);
the limits are starting values. Occlusion cannot be judged with these networks.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from kiosk.verification import landmarks as mesh
from kiosk.verification.detector import Floats
from kiosk.verification.frames import Image
from kiosk.verification.types import FaceProgress, QualityLimits

_EYES_APART = 64.0


def _distance(points: Floats, a: int, b: int) -> float:
    return float(np.hypot(*(points[a] - points[b])))


def eye_distance(points: Floats) -> float:
    """Pixels between the eye centres."""
    left = (points[mesh.LEFT_EYE_OUTER] + points[mesh.LEFT_EYE_INNER]) / 2
    right = (points[mesh.RIGHT_EYE_OUTER] + points[mesh.RIGHT_EYE_INNER]) / 2
    return float(np.hypot(*(right - left)))


def roll_and_nose(points: Floats) -> tuple[float, float]:
    """Tilt of the eye line in degrees, and the nose's sideways offset in eye distances."""
    left = (points[mesh.LEFT_EYE_OUTER] + points[mesh.LEFT_EYE_INNER]) / 2
    right = (points[mesh.RIGHT_EYE_OUTER] + points[mesh.RIGHT_EYE_INNER]) / 2
    along = right - left
    length = max(float(np.hypot(*along)), 1e-6)
    offset = float((points[mesh.NOSE_TIP] - (left + right) / 2) @ along) / (length * length)
    return math.degrees(math.atan2(float(along[1]), float(along[0]))), offset


def openness(points: Floats) -> tuple[float, float]:
    """Eye aspect ratio (mean of both eyes) and mouth aspect ratio (inner lips)."""
    ratios = []
    for outer, inner, lids in (
        (mesh.LEFT_EYE_OUTER, mesh.LEFT_EYE_INNER, mesh.LEFT_EYE_LIDS),
        (mesh.RIGHT_EYE_OUTER, mesh.RIGHT_EYE_INNER, mesh.RIGHT_EYE_LIDS),
    ):
        heights = [_distance(points, upper, lower) for upper, lower in lids]
        ratios.append(sum(heights) / len(heights) / max(_distance(points, outer, inner), 1e-6))
    mouth = _distance(points, mesh.LIP_UPPER, mesh.LIP_LOWER) / max(
        _distance(points, mesh.MOUTH_LEFT, mesh.MOUTH_RIGHT), 1e-6
    )
    return sum(ratios) / 2, mouth


def _face_grey(frame: Image, points: Floats) -> Image:
    """The face's inner rectangle in grey, scaled so that the eyes are 64 px apart."""
    height, width = frame.shape[:2]
    left, top = np.clip(points.min(0), 0, [width - 1, height - 1]).astype(int)
    right, bottom = np.clip(points.max(0), 0, [width - 1, height - 1]).astype(int) + 1
    grey = cv2.cvtColor(frame[top:bottom, left:right], cv2.COLOR_BGR2GRAY)
    scale = _EYES_APART / max(eye_distance(points), 1.0)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=way), np.uint8)


def _light(grey: Image, limits: QualityLimits) -> str:
    """The first thing wrong with the light, "" if it is fine."""
    inner = grey[:, grey.shape[1] // 8 : -max(1, grey.shape[1] // 8)]
    mean = float(inner.mean())
    half = inner.shape[1] // 2
    sides = float(inner[:, :half].mean()), float(inner[:, half:].mean())
    if mean < limits.mean_dark or float((inner < 30).mean()) > limits.dark_share:
        return "dark"
    if mean > limits.mean_bright or float((inner > 245).mean()) > limits.bright_share:
        return "bright"
    if float(inner.std()) < limits.contrast:
        return "flat"
    if abs(sides[0] - sides[1]) / max(mean, 1.0) > limits.uneven_light:
        return "uneven"
    return ""


def judge(frame: Image, points: Floats, limits: QualityLimits) -> tuple[FaceProgress, str] | None:
    """None if the face may be compared, else what to tell the person and the reason for the log."""
    if eye_distance(points) < limits.eye_distance_px:
        return FaceProgress.COME_CLOSER, "small"
    roll, nose = roll_and_nose(points)
    if abs(roll) > limits.roll_deg or abs(nose) > limits.nose_offset:
        return FaceProgress.LOOK_STRAIGHT, "pose"
    eyes, mouth = openness(points)
    if eyes < limits.eye_open or mouth > limits.mouth_open:
        return FaceProgress.HOLD_STILL, "eyes" if eyes < limits.eye_open else "mouth"
    grey = _face_grey(frame, points)
    trouble = _light(grey, limits)
    sharpness = float(cv2.Laplacian(grey, cv2.CV_64F).var())
    grey.fill(0)
    if trouble:
        return FaceProgress.TURN_TO_LIGHT, trouble
    if sharpness < limits.sharpness:
        return FaceProgress.HOLD_STILL, "blurred"
    return None
