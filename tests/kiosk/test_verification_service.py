"""The face service with its real worker process. Drawn people: plumbing, never accuracy."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drivers.camera.framebuffer import FrameWriter
from drivers.ports import FrameBufferInfo
from kiosk.verification import (
    FaceOutcome,
    FaceService,
    FaceSettings,
    RecogniserSettings,
    default_models_dir,
)
from kiosk.world import portraits

WAIT_S = 40.0
NO_CAMERA = FrameBufferInfo("citizen-window-frames-none", 640, 480)


class Stage:
    """A camera stand-in: writes a drawn scene into real shared memory at about 20 frames/s."""

    def __init__(self) -> None:
        portraits.prepare("lin")
        self._writer = FrameWriter(640, 480)
        self.info = self._writer.info
        self._person = "lin"
        self._other: str | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def show(self, person: str, other: str | None = None) -> None:
        portraits.prepare(*(name for name in (person, other) if name), "lin")
        self._person, self._other = person, other

    def _frame(self, t: float) -> bytes:
        if not self._person:
            return portraits.empty_scene(t).tobytes()
        if self._other:
            return portraits.two_people(self._person, self._other, t).tobytes()
        return portraits.scene(self._person, t).tobytes()

    def _run(self) -> None:
        number = 0
        while not self._ended.wait(0.05):
            self._writer.write(self._frame(number * 0.05))
            number += 1

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._writer.close()


class Progress:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.names: list[str] = []
        self.boxes: list[list[float]] = []

    def __call__(self, name: str, data: Mapping[str, Any]) -> None:
        with self._changed:
            self.names.append(name)
            self.boxes += [data["box"]] if "box" in data else []
            self._changed.notify_all()

    def wait_for(self, name: str) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: name in self.names, WAIT_S), self.names


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.close()


@pytest.fixture(scope="module")
def heard() -> Progress:
    return Progress()


@pytest.fixture(scope="module")
def service(heard: Progress) -> Iterator[FaceService]:
    made = FaceService(FaceSettings(), on_progress=heard)
    made.start()
    assert made.wait_settled(WAIT_S), made.unavailable_reason
    yield made
    made.stop()


def card(person: str) -> bytes:
    return portraits.decode_card_photo(portraits.encode_card_photo(person)).tobytes()


def test_same_drawn_person_matches_and_never_decides_alone(
    service: FaceService, stage: Stage, heard: Progress
) -> None:
    answer = service.check(card("lin"), stage.info, 20).result(WAIT_S)
    assert answer.outcome is FaceOutcome.MATCHED
    assert answer.compared
    assert answer.score is not None
    assert answer.threshold is not None
    assert answer.score >= answer.threshold
    assert answer.recogniser.startswith("dlib_resnet:")
    assert answer.liveness == "not_checked"
    assert not answer.calibrated
    assert not answer.decides
    assert "comparing" in heard.names
    assert all(0 <= value <= 1 for value in heard.boxes[-1])


def test_a_different_drawn_person_is_refused(service: FaceService, stage: Stage) -> None:
    stage.show("huang")
    answer = service.check(card("lin"), stage.info, 20).result(WAIT_S)
    assert answer.outcome is FaceOutcome.NOT_MATCHED
    assert answer.compared


def test_nobody_there(service: FaceService, stage: Stage) -> None:
    stage.show("")
    answer = service.check(card("lin"), stage.info, 1.0).result(WAIT_S)
    assert answer.outcome is FaceOutcome.NO_FACE
    assert not answer.compared


def test_two_people_are_never_compared(service: FaceService, stage: Stage) -> None:
    stage.show("lin", "chen")
    answer = service.check(card("lin"), stage.info, 1.5).result(WAIT_S)
    assert answer.outcome is FaceOutcome.SEVERAL_FACES
    assert answer.guidance == "one_person"
    assert not answer.compared


@pytest.mark.parametrize("photo", [None, b"short", bytes(102 * 126 * 3), os.urandom(102 * 126 * 3)])
def test_unfit_card_photos(service: FaceService, stage: Stage, photo: bytes | None) -> None:
    answer = service.check(photo, stage.info, 5).result(WAIT_S)
    assert answer.outcome is FaceOutcome.POOR_CARD_PHOTO
    assert answer.reason.startswith("card_photo_")
    assert not answer.compared


def test_no_frames_times_out(service: FaceService) -> None:
    writer = FrameWriter(640, 480)
    answer = service.check(card("lin"), writer.info, 0.5).result(WAIT_S)
    writer.close()
    assert answer.outcome is FaceOutcome.TIMED_OUT
    assert answer.reason == "no_frames"


def test_cancel_and_then_use_again(service: FaceService, stage: Stage, heard: Progress) -> None:
    stage.show("")
    heard.names.clear()
    running = service.check(card("lin"), stage.info, 60)
    heard.wait_for("searching")
    service.cancel()
    assert running.result(WAIT_S).outcome is FaceOutcome.CANCELLED
    stage.show("lin")
    again = service.check(card("lin"), stage.info, 20).result(WAIT_S)
    assert again.outcome is FaceOutcome.MATCHED


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_worker_killed_or_hung_mid_check(
    service: FaceService, stage: Stage, heard: Progress, blow: signal.Signals
) -> None:
    stage.show("")
    heard.names.clear()
    running = service.check(card("lin"), stage.info, 60)
    heard.wait_for("searching")
    victim = service.worker_pid
    assert victim is not None
    os.kill(victim, blow)
    answer = running.result(WAIT_S)
    assert answer.outcome is FaceOutcome.UNAVAILABLE
    assert answer.reason in {"worker_ended", "worker_silent"}
    stage.show("lin")
    again = service.check(card("lin"), stage.info, 30).result(WAIT_S)
    assert again.outcome is FaceOutcome.MATCHED
    assert service.worker_pid not in {None, victim}


def refused(settings: FaceSettings) -> str:
    service = FaceService(settings)
    service.start()
    try:
        assert not service.wait_settled(WAIT_S)
        answer = service.check(card("lin"), NO_CAMERA, 5).result(WAIT_S)
        assert answer.outcome is FaceOutcome.UNAVAILABLE
        assert answer.recogniser == ""
        return answer.reason
    finally:
        service.stop()


def test_missing_model(tmp_path: Path) -> None:
    assert refused(FaceSettings(models_dir=tmp_path)).startswith("model_missing")


def test_changed_model(tmp_path: Path) -> None:
    shutil.copytree(default_models_dir(), tmp_path, dirs_exist_ok=True)
    changed = tmp_path / RecogniserSettings().file
    data = bytearray(changed.read_bytes())
    data[-1] ^= 1
    changed.write_bytes(data)
    assert refused(FaceSettings(models_dir=tmp_path)).startswith("model_hash")


def test_auto_needs_a_calibration_report() -> None:
    assert refused(replace(FaceSettings(), policy="auto")).startswith("calibration_missing")


def test_not_started_is_unavailable() -> None:
    answer = FaceService(FaceSettings()).check(None, NO_CAMERA, 5).result(0)
    assert answer.outcome is FaceOutcome.UNAVAILABLE


def test_worker_ends_with_its_parent() -> None:
    program = (
        "import os, signal\n"
        "from kiosk.verification import FaceService, FaceSettings\n"
        "s = FaceService(FaceSettings()); s.start(); assert s.wait_settled(40)\n"
        "print(s.worker_pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = str(Path(portraits.__file__).parents[2])
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root)
    worker = Path(f"/proc/{ran.stdout.strip()}/stat")
    gone = threading.Event()
    for _ in range(400):
        if not worker.exists() or worker.read_text().rpartition(")")[2].split()[0] == "Z":
            gone.set()
            break
        threading.Event().wait(0.05)
    assert gone.is_set()
