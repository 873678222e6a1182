"""What the rest of the kiosk says to and hears from face verification; no image library needed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from drivers.ports import FrameBufferInfo

CARD_PHOTO_WIDTH = 102
CARD_PHOTO_HEIGHT = 126
CARD_PHOTO_BYTES = CARD_PHOTO_WIDTH * CARD_PHOTO_HEIGHT * 3


def default_models_dir() -> Path:
    """Where models are looked for: ``CW_MODELS_DIR`` if set, else ``var/models`` of the checkout."""
    told = os.environ.get("CW_MODELS_DIR")
    return Path(told) if told else Path(__file__).resolve().parents[2] / "var" / "models"


class FaceOutcome(StrEnum):
    """How a check ended. Only ``MATCHED`` and ``NOT_MATCHED`` say anything about two faces."""

    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    POOR_QUALITY = "poor_quality"
    POOR_CARD_PHOTO = "poor_card_photo"
    UNAVAILABLE = "unavailable"
    TIMED_OUT = "timed_out"
    CANCELLED = "cancelled"


class FaceProgress(StrEnum):
    """What the person in front of the camera should be told now."""

    SEARCHING = "searching"
    COME_CLOSER = "come_closer"
    HOLD_STILL = "hold_still"
    TURN_TO_LIGHT = "turn_to_light"
    LOOK_STRAIGHT = "look_straight"
    ONE_PERSON = "one_person"
    COMPARING = "comparing"


@dataclass(frozen=True, slots=True)
class QualityLimits:
    """Limits of the quality gate for live frames. Starting values, to be set at the real camera.

    Distances in pixels of the frame; ``sharpness`` is the Laplacian variance with the eyes
    64 px apart; brightness is the mean grey level (0-255) of the face; shares, ratios and offsets
    (in eye distances) are plain fractions; ``roll_deg`` in degrees.
    """

    eye_distance_px: float = 60.0
    sharpness: float = 60.0
    mean_dark: float = 70.0
    mean_bright: float = 200.0
    dark_share: float = 0.25
    bright_share: float = 0.05
    contrast: float = 20.0
    uneven_light: float = 0.35
    roll_deg: float = 12.0
    nose_offset: float = 0.14
    eye_open: float = 0.18
    mouth_open: float = 0.30


@dataclass(frozen=True, slots=True)
class RecogniserSettings:
    """The recogniser an operator put into the models folder.

    ``kind``: ``dlib_resnet`` (dlib's ResNet v1 file) or ``embed112`` (an ONNX network taking an
    ArcFace-aligned 112x112 face, BGR, ``(pixel - mean) * scale``). ``sha256`` must be the file's.
    ``threshold`` is the lowest score that counts as a match. ``calibration``: name of a report in
    the models folder, see :mod:`kiosk.verification.calibration`; "" if there is none. ``golden``:
    name of a JSON list with the embedding of the built-in golden picture, or "" for a known model.
    """

    kind: Literal["dlib_resnet", "embed112"] = "dlib_resnet"
    file: str = "dlib_face_recognition_resnet_model_v1.dat"
    sha256: str = "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30"
    threshold: float = 0.50
    mean: float = 127.0
    scale: float = 0.0078125
    calibration: str = ""
    golden: str = ""


@dataclass(frozen=True, slots=True)
class FaceSettings:
    """How faces are compared on this terminal.

    ``policy``: ``assist`` (a result helps staff or adds to another check) or ``auto`` (a match
    may decide by itself); ``auto`` without a calibration report for exactly this recogniser keeps
    the service unavailable. ``agreeing_frames``: how many good frames in a row, of the same face,
    must match. ``max_comparisons``: after so many frames without a match the answer is no, since
    every further try would also help an impostor.
    """

    models_dir: Path = field(default_factory=default_models_dir)
    policy: Literal["assist", "auto"] = "assist"
    recogniser: RecogniserSettings = RecogniserSettings()
    quality: QualityLimits = QualityLimits()
    face_score: float = 0.5
    bystander_score: float = 0.4
    agreeing_frames: int = 2
    max_comparisons: int = 12
    stale_frame_s: float = 1.0


@dataclass(frozen=True, slots=True)
class FaceCheck:
    """The answer to one check: numbers and words, never a picture or an embedding.

    ``score`` grows with likeness (``1 - distance`` for dlib, the cosine for others) and is the
    best frame's; ``None`` if nothing was compared. ``recogniser`` is kind and short hash, ``""``
    when none ran. ``liveness`` is always ``not_checked``: no liveness test is built in.
    ``reason`` is for the log, ``guidance`` the last :class:`FaceProgress` shown.
    """

    outcome: FaceOutcome
    compared: bool = False
    score: float | None = None
    threshold: float | None = None
    recogniser: str = ""
    liveness: str = "not_checked"
    calibrated: bool = False
    reason: str = ""
    guidance: str = ""
    policy: str = "assist"

    @property
    def decides(self) -> bool:
        """True only if this match may stand alone; otherwise staff or another way must follow."""
        return (
            self.outcome is FaceOutcome.MATCHED
            and self.compared
            and self.calibrated
            and self.policy == "auto"
        )


@dataclass(frozen=True, slots=True)
class FrameSource:
    """Where the worker finds live frames: ``factory`` is ``"module:callable"``.

    The callable gets ``options`` as keyword arguments and returns a
    :class:`~kiosk.verification.frames.LatestFrames`.
    """

    factory: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def shared_memory(cls, info: FrameBufferInfo) -> FrameSource:
        """The block a camera host keeps its newest frame in."""
        return cls(
            "kiosk.verification.frames:shared_memory",
            {"name": info.name, "width": info.width, "height": info.height},
        )
