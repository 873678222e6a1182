"""Comparing the live face with the card: camera host and face service, side by side."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from drivers.host import DeviceHost
from drivers.ports import FrameBufferInfo
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceStatus
from kiosk.terminal.performing import Handler, Performers, Post
from kiosk.terminal.vault import Vault
from kiosk.verification import FaceCheck, FaceOutcome, FaceService, FrameSource
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import FaceRecord

log = logging.getLogger(__name__)

CAMERA_START_S = 6.0

_OUTCOMES = {
    FaceOutcome.MATCHED: "matched",
    FaceOutcome.NOT_MATCHED: "not_matched",
    FaceOutcome.NO_FACE: "no_face",
    FaceOutcome.SEVERAL_FACES: "several_faces",
    FaceOutcome.POOR_QUALITY: "poor_quality",
    FaceOutcome.POOR_CARD_PHOTO: "poor_card_photo",
    FaceOutcome.UNAVAILABLE: "unavailable",
    FaceOutcome.TIMED_OUT: "timed_out",
    FaceOutcome.CANCELLED: "cancelled",
}


class FaceDesk:
    """Performs CheckFace and StopFace."""

    def __init__(
        self,
        camera: DeviceHost | None,
        service: FaceService,
        performers: Performers,
        post: Post,
        vault: Vault,
    ) -> None:
        self._camera = camera
        self._service = service
        self._performers = performers
        self._post = post
        self._vault = vault
        self._lock = threading.Lock()
        self._running = 0
        self._frames: FrameBufferInfo | None = None

    @property
    def frames(self) -> FrameBufferInfo | None:
        """Where the live picture is while one is taken."""
        return self._frames

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {fx.CheckFace: self._check, fx.StopFace: self._stop}

    def progress(self, name: str, _data: Mapping[str, Any]) -> None:
        """Guidance from the face service."""
        running = self._running
        if running:
            self._post(ev.FaceGuided(running, name))

    def device_changed(self, name: str, status: DeviceStatus) -> None:
        """A camera that fails in the middle ends the comparison at once; trying again is offered."""
        if self._camera is None or name != self._camera.name or status.usable:
            return
        with self._lock:
            comparing = self._frames is not None
        if comparing:
            log.info("face.camera_lost code=%s", status.failure or "")
            self._service.cancel()

    def stop_camera(self) -> None:
        """No picture from here on; the shared frame is cleared by the host."""
        with self._lock:
            self._frames = None
            self._running = 0
        if self._camera is not None:
            self._camera.call("stop", timeout_s=2.0)

    def _check(self, effect: fx.CheckFace, _visit: Visit) -> None:
        photo = self._vault.get(effect.photo)
        if photo is None:
            self._answer(effect, FaceRecord("poor_card_photo", reason="no portrait"))
            return
        if self._camera is None:
            self._answer(effect, FaceRecord("unavailable", reason="no camera"))
            return
        with self._lock:
            self._running = effect.effect
        started = self._camera.call("start", timeout_s=CAMERA_START_S)
        started.add_done_callback(
            lambda done: self._performers.submit(effect, lambda: self._compare(effect, photo, done))
        )

    def _compare(self, effect: fx.CheckFace, photo: bytes, started: Future[Result[Any]]) -> None:
        match started.result():
            case Failure(code, detail):
                log.info("face.camera code=%s detail=%s", code, detail)
                self._answer(effect, FaceRecord("unavailable", reason=code))
                return
            case Ok(frames):
                pass
        with self._lock:
            wanted = self._running == effect.effect
            if wanted:
                self._frames = frames
        if not wanted:
            self.stop_camera()
            return
        source = FrameSource.shared_memory(frames)
        checked = self._service.check(photo, source, effect.timeout_s)

        def ended(done: Future[FaceCheck]) -> None:
            with self._lock:
                wanted = self._running == effect.effect
            if not (wanted and _worker_died(done.result())):
                self._checked(effect, done.result())
                return
            # Nobody is to blame for it, and a new one is there within a second: once more, not for ever.
            log.warning("face.again reason=%s", done.result().reason)
            again = self._service.check(photo, source, effect.timeout_s)
            again.add_done_callback(lambda last: self._checked(effect, last.result()))

        checked.add_done_callback(ended)

    def _checked(self, effect: fx.CheckFace, check: FaceCheck) -> None:
        record = FaceRecord(
            outcome=_OUTCOMES[check.outcome],
            compared=check.compared,
            matched=check.outcome is FaceOutcome.MATCHED if check.compared else None,
            score=check.score,
            threshold=check.threshold,
            recogniser=check.recogniser,
            liveness=check.liveness,
            calibrated=check.calibrated,
            reason=check.reason,
        )
        log.info(
            "face.checked outcome=%s score=%s reason=%s",
            record.outcome, record.score, record.reason,
        )  # fmt: skip
        self._answer(effect, record)

    def _answer(self, effect: fx.CheckFace, record: FaceRecord) -> None:
        with self._lock:
            mine = self._running in (effect.effect, 0)
        if mine:
            self.stop_camera()
        self._post(ev.FaceChecked(effect.effect, record))

    def _stop(self, _effect: fx.StopFace, _visit: Visit) -> None:
        self._service.cancel()
        self.stop_camera()


def _worker_died(check: FaceCheck) -> bool:
    return check.outcome is FaceOutcome.UNAVAILABLE and check.reason.startswith("worker_")
