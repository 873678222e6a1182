"""The engine, gate and session in process, on drawn people: plumbing, never accuracy."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.verification import FaceCheck, FaceOutcome, FaceSettings, RecogniserSettings
from kiosk.verification import landmarks as mesh
from kiosk.verification.calibration import applies
from kiosk.verification.engine import FaceEngine
from kiosk.verification.frames import Image
from kiosk.verification.models import ModelError
from kiosk.verification.quality import judge
from kiosk.verification.recognisers import Embed112, similarity
from kiosk.verification.session import Session
from kiosk.verification.types import default_models_dir
from kiosk.world import portraits


@pytest.fixture(scope="module")
def engine() -> FaceEngine:
    portraits.prepare("lin", "huang")
    return FaceEngine(FaceSettings())


@dataclass
class StillFrame:
    picture: Image
    sequence: int
    age_s: float = 0.0

    def bgr(self) -> Image:
        return self.picture.copy()


class Script:
    """Frames and a clock in one: every look moves time on by ``step`` seconds."""

    def __init__(self, pictures: list[Image], age_s: float = 0.0, step: float = 0.1) -> None:
        self.now, self._pictures, self._age_s, self._step = 0.0, pictures, age_s, step
        self._number = 0

    def latest(self) -> StillFrame:
        self.now += self._step
        self._number += 1
        picture = self._pictures[min(self._number, len(self._pictures)) - 1]
        return StillFrame(picture, self._number, self._age_s)

    def close(self) -> None:
        return


def run(
    engine: FaceEngine, script: Script, person: str = "lin", timeout_s: float = 2.0
) -> FaceCheck:
    def progress(name: str, data: Mapping[str, Any]) -> None:
        assert name
        assert set(data) <= {"box"}

    session = Session(engine, script, progress, lambda _: False, lambda: script.now)
    return session.run(portraits.card_portrait(person).tobytes(), timeout_s)


@pytest.mark.parametrize("person", portraits.PERSONS)
def test_every_drawn_person_is_one_face_fit_to_compare(engine: FaceEngine, person: str) -> None:
    portraits.prepare(person)
    view = engine.look(portraits.scene(person, 1.0))
    assert view.faces == 1
    assert view.points is not None, view.reason
    assert len(portraits.encode_card_photo(person)) <= portraits.CARD_PHOTO_LIMIT
    assert not isinstance(engine.embed_card(portraits.card_portrait(person).tobytes()), str)


@pytest.mark.parametrize(("shut", "reason"), [(True, "eyes"), (False, "mouth")])
def test_shut_eyes_and_open_mouth_are_not_compared(
    engine: FaceEngine, shut: bool, reason: str
) -> None:
    frame = portraits.scene("lin", 1.0)
    points = engine.look(frame).points
    assert points is not None
    assert judge(frame, points, engine.settings.quality) is None
    if shut:
        for upper, lower in (*mesh.LEFT_EYE_LIDS, *mesh.RIGHT_EYE_LIDS):
            points[upper] = points[lower]
    else:
        points[mesh.LIP_LOWER] += (0, 60)
    assert judge(frame, points, engine.settings.quality) == ("hold_still", reason)


@pytest.mark.parametrize(
    ("spoil", "guidance"),
    [
        (lambda f: cv2.resize(f, (320, 240)), "come_closer"),
        (lambda f: (f * 0.25).astype(np.uint8), "turn_to_light"),
        (lambda f: cv2.GaussianBlur(f, (0, 0), 5), "hold_still"),
        (
            lambda f: cv2.warpAffine(
                f, cv2.getRotationMatrix2D((320, 210), 20, 1), (640, 480), borderMode=1
            ),
            "look_straight",
        ),
    ],
)
def test_gate_says_what_to_change(engine: FaceEngine, spoil: Any, guidance: str) -> None:
    view = engine.look(spoil(portraits.scene("lin", 1.0)))
    assert view.points is None
    assert view.guidance == guidance


def test_one_lucky_frame_is_not_a_match(engine: FaceEngine) -> None:
    lin, huang = portraits.scene("lin", 1.0), portraits.scene("huang", 1.0)
    answer = run(engine, Script([lin, huang, lin, huang, lin, huang, lin, huang]), timeout_s=0.75)
    assert answer.outcome is FaceOutcome.NOT_MATCHED
    assert answer.score is not None
    assert answer.threshold is not None
    assert answer.score > answer.threshold


def test_tries_are_limited(engine: FaceEngine) -> None:
    script = Script([portraits.scene("huang", 1.0)])
    answer = run(engine, script, timeout_s=1000)
    assert answer.outcome is FaceOutcome.NOT_MATCHED
    assert script.now < 10


def test_stale_frames_are_not_used(engine: FaceEngine) -> None:
    answer = run(engine, Script([portraits.scene("lin", 1.0)], age_s=5))
    assert answer.outcome is FaceOutcome.TIMED_OUT
    assert not answer.compared


def test_poor_frames_to_the_end(engine: FaceEngine) -> None:
    blurred = cv2.GaussianBlur(portraits.scene("lin", 1.0), (0, 0), 5)
    answer = run(engine, Script([np.asarray(blurred, np.uint8)]))
    assert answer.outcome is FaceOutcome.POOR_QUALITY
    assert answer.reason == "blurred"


def test_embedding_of_the_card_is_wiped(
    engine: FaceEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = np.ones(128, np.float32)
    monkeypatch.setattr(engine, "embed_card", lambda photo: kept)
    run(engine, Script([portraits.empty_scene(0)]))
    assert not kept.any()


@given(angle=st.floats(-3, 3), scale=st.floats(0.1, 10), x=st.floats(-99, 99), y=st.floats(-99, 99))
def test_similarity_finds_the_transform(angle: float, scale: float, x: float, y: float) -> None:
    points = np.array([[0, 0], [10, 1], [4, 8], [-3, 5]], np.float32)
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    moved = points @ np.array([[c, s], [-s, c]]) + [x, y]
    found = similarity(points, moved.astype(np.float32))
    assert np.allclose(points @ found[:, :2].T + found[:, 2], moved, atol=0.02)


def _field(number: int, data: bytes | int) -> bytes:
    """One protocol-buffer field: a varint or a length-delimited value (under 16,384 bytes)."""

    def varint(value: int) -> bytes:
        return bytes([value]) if value < 128 else bytes([value & 127 | 128, value >> 7])

    if isinstance(data, int):
        return varint(number << 3) + varint(data)
    return varint(number << 3 | 2) + varint(len(data)) + data


def tiny_onnx() -> bytes:
    """An ONNX model that averages each colour of a 112x112 picture: 3 numbers as an 'embedding'."""

    def value(name: bytes, shape: tuple[int, ...]) -> bytes:
        dims = b"".join(_field(1, _field(1, size)) for size in shape)
        return _field(1, name) + _field(2, _field(1, _field(1, 1) + _field(2, dims)))

    pool = _field(1, b"x") + _field(2, b"p") + _field(4, b"GlobalAveragePool")
    flat = _field(1, b"p") + _field(2, b"y") + _field(4, b"Flatten")
    graph = _field(1, pool) + _field(1, flat) + _field(2, b"g")
    graph += _field(11, value(b"x", (1, 3, 112, 112))) + _field(12, value(b"y", (1, 3)))
    return _field(1, 7) + _field(8, _field(1, b"") + _field(2, 13)) + _field(7, graph)


def operator_folder(folder: Path, model: bytes) -> RecogniserSettings:
    """A models folder with an operator's own ONNX recogniser in it."""
    import hashlib

    for path in default_models_dir().glob("*.tflite"):
        (folder / path.name).symlink_to(path)
    (folder / "own.onnx").write_bytes(model)
    return RecogniserSettings(
        "embed112", "own.onnx", hashlib.sha256(model).hexdigest(), 0.45, golden="own.json"
    )


def test_operators_own_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = operator_folder(tmp_path, tiny_onnx())
    settings = FaceSettings(models_dir=tmp_path, recogniser=slot)
    with pytest.raises(ModelError, match="no golden vector"):
        FaceEngine(settings)
    with monkeypatch.context() as untested:
        untested.setattr(FaceEngine, "_self_test", lambda self: None)
        vector = FaceEngine(settings).golden_embedding()
    assert np.linalg.norm(vector) == pytest.approx(1)
    (tmp_path / "own.json").write_text(json.dumps(vector.tolist()))
    assert FaceEngine(settings).recogniser_name.startswith("embed112:")
    (tmp_path / "own.json").write_text(json.dumps([1.0, -1.0, 0.0]))
    with pytest.raises(ModelError, match="golden embedding differs"):
        FaceEngine(settings)


def test_garbage_is_not_a_model() -> None:
    with pytest.raises(ModelError, match="model_unreadable"):
        Embed112(struct.pack("<40Q", *range(40)), 127.0, 1 / 128)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, ""),
        ({"recogniser_sha256": "0" * 64}, "calibration_mismatch"),
        ({"threshold": 0.4}, "calibration_mismatch"),
        ({"subjects": 40}, "calibration_weak"),
        ({"false_match_rate": 1e-6}, "calibration_weak"),
        ({"subjects": None}, "calibration_unreadable"),
    ],
)
def test_calibration_report(tmp_path: Path, change: Mapping[str, Any], verdict: str) -> None:
    slot = replace(RecogniserSettings(), calibration="pilot.json")
    settings = FaceSettings(models_dir=tmp_path, policy="auto", recogniser=slot)
    report: dict[str, Any] = {
        "recogniser_sha256": slot.sha256,
        "threshold": slot.threshold,
        "subjects": 260,
        "genuine_pairs": 260,
        "impostor_pairs": 33670,
        "false_match_rate": 1e-3,
    }
    (tmp_path / "pilot.json").write_text(json.dumps({**report, **change}))
    if verdict:
        with pytest.raises(ModelError, match=verdict):
            applies(settings)
    else:
        assert applies(settings)
