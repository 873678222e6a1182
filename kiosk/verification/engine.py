"""The engine: detector, landmarks, gate and recogniser together; lives in the worker process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from kiosk.verification import calibration, models
from kiosk.verification.detector import BlazeFace, DetectedFace, Floats
from kiosk.verification.frames import Image
from kiosk.verification.landmarks import FaceMesh
from kiosk.verification.models import ModelError
from kiosk.verification.quality import judge
from kiosk.verification.recognisers import Recogniser, load_recogniser
from kiosk.verification.types import (
    CARD_PHOTO_BYTES,
    CARD_PHOTO_HEIGHT,
    CARD_PHOTO_WIDTH,
    FaceProgress,
    FaceSettings,
)

GOLDEN_PICTURE = Path(__file__).with_name("golden.png")
GOLDEN_VECTORS = Path(__file__).with_name("golden.json")
_GOLDEN_COSINE = 0.999
_MESH_PRESENCE = 0.5
_CARD_SCALE = 3.5
_CARD_CONTRAST = 12.0


@dataclass(frozen=True, slots=True)
class View:
    """What one live frame showed. ``points`` only when there is exactly one face."""

    faces: int
    face: DetectedFace | None = None
    points: Floats | None = None
    guidance: FaceProgress | None = None
    reason: str = ""


class FaceEngine:
    """Loads and self-tests every network; :class:`ModelError` if any may not be used."""

    def __init__(self, settings: FaceSettings) -> None:
        cv2.setNumThreads(1)
        self.settings = settings
        folder, slot = settings.models_dir, settings.recogniser
        self._detector = BlazeFace(
            models.read_pinned(folder / models.DETECTOR_FILE, models.DETECTOR_SHA256)
        )
        self._mesh = FaceMesh(
            models.read_pinned(folder / models.LANDMARKS_FILE, models.LANDMARKS_SHA256)
        )
        self._recogniser: Recogniser = load_recogniser(
            slot, models.read_pinned(folder / slot.file, slot.sha256)
        )
        self.calibrated = calibration.applies(settings)
        if settings.policy == "auto" and not self.calibrated:
            raise ModelError("calibration_missing: auto policy needs a report for this recogniser")
        self._self_test()

    @cached_property
    def recogniser_name(self) -> str:
        """Kind and short hash, for the record of a check."""
        return f"{self.settings.recogniser.kind}:{self.settings.recogniser.sha256[:12]}"

    def look(self, frame: Image) -> View:
        """Find the one face of a live frame and judge it; never looks closer at one of several."""
        found = self._detector.find(frame, self.settings.bystander_score, thorough=True)
        if len(found) != 1:
            guidance = FaceProgress.ONE_PERSON if found else FaceProgress.SEARCHING
            return View(len(found), guidance=guidance, reason="several" if found else "none")
        if found[0].score < self.settings.face_score:
            return View(1, found[0], guidance=FaceProgress.COME_CLOSER, reason="uncertain")
        points, presence = self._mesh.find(frame, found[0])
        if presence < _MESH_PRESENCE:
            return View(1, found[0], guidance=FaceProgress.LOOK_STRAIGHT, reason="landmarks")
        trouble = judge(frame, points, self.settings.quality)
        if trouble is not None:
            return View(1, found[0], guidance=trouble[0], reason=trouble[1])
        return View(1, found[0], points)

    def embed(self, frame: Image, points: Floats) -> Floats:
        """The embedding of a face found by :meth:`look`; wipe it after use."""
        return self._recogniser.embed(frame, points)

    def likeness(self, a: Floats, b: Floats) -> float:
        """Score of two embeddings, comparable with the recogniser's threshold."""
        return self._recogniser.likeness(a, b)

    def embed_card(self, photo: bytes) -> Floats | str:
        """The embedding of a card photo (102x126x3 BGR bytes), or the reason it is unfit.

        The photo is small, so it is looked at 3.5 times enlarged on white, then as it is. It is not
        gated on sharpness: it cannot be taken again.
        """
        if len(photo) != CARD_PHOTO_BYTES:
            return "card_photo_size"
        raw = np.frombuffer(photo, np.uint8).reshape(CARD_PHOTO_HEIGHT, CARD_PHOTO_WIDTH, 3)
        if float(raw.std()) < _CARD_CONTRAST:
            return "card_photo_flat"
        large = cv2.resize(raw, None, fx=_CARD_SCALE, fy=_CARD_SCALE, interpolation=cv2.INTER_CUBIC)
        height, width = large.shape[:2]
        sheet = np.full((480, 640, 3), 255, np.uint8)
        top, left = (480 - height) // 2, (640 - width) // 2
        sheet[top : top + height, left : left + width] = large
        try:
            for picture in (sheet, np.asarray(large, np.uint8)):
                embedding = self._embed_only_face(picture)
                if embedding is not None:
                    return embedding
        finally:
            sheet.fill(0)
            large.fill(0)
        return "card_photo_no_face"

    def _embed_only_face(self, picture: Image) -> Floats | None:
        found = self._detector.find(picture, self.settings.face_score, thorough=False)
        if len(found) != 1:
            return None
        points, presence = self._mesh.find(picture, found[0])
        return self._recogniser.embed(picture, points) if presence >= _MESH_PRESENCE else None

    def golden_embedding(self) -> Floats:
        """The embedding of the built-in drawn picture; :class:`ModelError` if no face is found."""
        picture = cv2.imread(str(GOLDEN_PICTURE), cv2.IMREAD_COLOR)
        if picture is None:
            raise ModelError("self_test: the golden picture is missing")
        embedding = self._embed_only_face(np.asarray(picture, np.uint8))
        if embedding is None:
            raise ModelError("self_test: no single face in the golden picture")
        return embedding

    def _self_test(self) -> None:
        """One picture through the whole chain must give the known embedding (cosine >= 0.999)."""
        slot = self.settings.recogniser
        path = self.settings.models_dir / slot.golden if slot.golden else GOLDEN_VECTORS
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            vector = stored if slot.golden else stored.get(slot.sha256)
            expected = np.array(vector, np.float32).reshape(-1)
        except (OSError, ValueError, TypeError) as error:
            raise ModelError(f"self_test: no golden vector ({path.name})") from error
        found = self.golden_embedding()
        if expected.shape != found.shape or not np.isfinite(found).all():
            raise ModelError("self_test: no golden vector for this recogniser")
        norms = float(np.linalg.norm(expected) * np.linalg.norm(found))
        if norms == 0 or float(expected @ found) / norms < _GOLDEN_COSINE:
            raise ModelError("self_test: the golden embedding differs")
