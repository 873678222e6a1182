"""One check: newest frames in, one answer out. Keeps no frame and wipes every embedding."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from kiosk.verification.detector import DetectedFace, Floats, overlap
from kiosk.verification.engine import FaceEngine, View
from kiosk.verification.frames import Image, LatestFrames
from kiosk.verification.types import FaceCheck, FaceOutcome, FaceProgress

Progress = Callable[[str, Mapping[str, Any]], None]
Pause = Callable[[float], bool]
"""Wait up to so many seconds; True if the check was cancelled meanwhile."""

_POLL_S = 0.03
_BOX_EVERY_S = 0.1
_SAME_FACE = 0.4


class Session:
    """Runs one check to its end. ``pause`` is both the wait between frames and the cancel flag."""

    def __init__(
        self,
        engine: FaceEngine,
        frames: LatestFrames,
        progress: Progress,
        pause: Pause,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine, self._frames = engine, frames
        self._progress, self._pause, self._clock = progress, pause, clock
        self._guidance, self._reason = "", ""
        self._told_at = 0.0
        self._sequence = -1
        self._faces_seen = -1
        self._compared = 0
        self._agreed = 0
        self._agreed_face: DetectedFace | None = None
        self._best: float | None = None

    def run(self, card_photo: bytes | None, timeout_s: float) -> FaceCheck:
        """Compare live frames with the card photo until they agree, cannot, or time is up."""
        deadline = self._clock() + timeout_s
        if card_photo is None:
            return self._answer(FaceOutcome.POOR_CARD_PHOTO, "card_photo_missing")
        card = self._engine.embed_card(card_photo)
        if isinstance(card, str):
            return self._answer(FaceOutcome.POOR_CARD_PHOTO, card)
        try:
            return self._watch(card, deadline)
        finally:
            card.fill(0)

    def _watch(self, card: Floats, deadline: float) -> FaceCheck:
        while self._clock() < deadline:
            if self._pause(_POLL_S):
                return self._answer(FaceOutcome.CANCELLED)
            frame = self._frames.latest()
            if frame is None or frame.sequence == self._sequence:
                continue
            if frame.age_s > self._engine.settings.stale_frame_s:
                continue
            self._sequence = frame.sequence
            picture = frame.bgr()
            outcome = self._use(picture, card)
            if picture.flags.writeable:
                picture.fill(0)
            if outcome is not None:
                return self._answer(outcome)
        return self._answer(self._at_the_end(), self._reason)

    def _use(self, picture: Image, card: Floats) -> FaceOutcome | None:
        view = self._engine.look(picture)
        self._faces_seen = view.faces
        if view.face is None or view.points is None:
            self._agreed = 0
            self._reason = view.reason
            self._tell(view.guidance or FaceProgress.SEARCHING, view, picture)
            return None
        self._tell(FaceProgress.COMPARING, view, picture)
        live = self._engine.embed(picture, view.points)
        score = self._engine.likeness(card, live)
        live.fill(0)
        view.points.fill(0)
        return self._weigh(score, view.face)

    def _weigh(self, score: float, face: DetectedFace) -> FaceOutcome | None:
        settings = self._engine.settings
        self._compared += 1
        self._best = score if self._best is None else max(self._best, score)
        same = self._agreed_face is not None and overlap(self._agreed_face, face) > _SAME_FACE
        if score >= settings.recogniser.threshold:
            self._agreed = self._agreed + 1 if same else 1
            self._agreed_face = face
        else:
            self._agreed = 0
        if self._agreed >= settings.agreeing_frames:
            return FaceOutcome.MATCHED
        if self._compared >= settings.max_comparisons:
            return FaceOutcome.NOT_MATCHED
        return None

    def _at_the_end(self) -> FaceOutcome:
        if self._compared and self._faces_seen <= 1:
            return FaceOutcome.NOT_MATCHED
        if self._faces_seen < 0:
            self._reason = "no_frames"
            return FaceOutcome.TIMED_OUT
        if self._faces_seen == 0:
            return FaceOutcome.NO_FACE
        return FaceOutcome.POOR_QUALITY if self._faces_seen == 1 else FaceOutcome.SEVERAL_FACES

    def _tell(self, guidance: FaceProgress, view: View, picture: Image) -> None:
        """Say what to do when it changes, and where the face is about ten times a second."""
        now = self._clock()
        if guidance == self._guidance and now - self._told_at < _BOX_EVERY_S:
            return
        self._guidance, self._told_at = guidance, now
        data: dict[str, Any] = {}
        if view.face is not None:
            height, width = picture.shape[:2]
            left, top, right, bottom = view.face.box
            box = (left / width, top / height, (right - left) / width, (bottom - top) / height)
            data["box"] = [round(value, 3) for value in box]
        self._progress(str(guidance), data)

    def _answer(self, outcome: FaceOutcome, reason: str = "") -> FaceCheck:
        engine = self._engine
        return FaceCheck(
            outcome=outcome,
            compared=self._compared > 0,
            score=None if self._best is None else round(self._best, 4),
            threshold=engine.settings.recogniser.threshold if self._compared else None,
            recogniser=engine.recogniser_name,
            calibrated=engine.calibrated,
            reason=reason,
            guidance=self._guidance,
            policy=engine.settings.policy,
        )
