"""The camera adapter against a real MJPEG server, files, and sources that are not there."""

from __future__ import annotations

import importlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera import CameraOptions, FrameReader, OpenCvCamera
from drivers.camera.capture import UnsuitableOpenCvError, load_cv2
from drivers.camera.options import SourceKind
from drivers.camera.simulator import MjpegCameraSimulator
from drivers.ports import AdapterContext, Camera
from drivers.results import Failure, Ok
from drivers.status import DeviceState, DeviceStatus

SMALL = {"width": 160, "height": 120}


def camera_for(
    source: str | int, cancelled: Callable[[], bool] = lambda: False, **options: Any
) -> OpenCvCamera:
    settings = {"source": source, **SMALL, **options}
    return OpenCvCamera(AdapterContext("camera", settings, lambda name, data: None, cancelled))


def started(camera: OpenCvCamera) -> FrameReader:
    assert camera.open() == Ok(None)
    result = camera.start(timeout_s=10)
    assert isinstance(result, Ok), result
    return FrameReader(result.value)


def wait_for(condition: Callable[[], bool], timeout_s: float = 20) -> None:
    deadline = time.monotonic() + timeout_s
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        pause.wait(0.02)


def sequence(reader: FrameReader) -> int:
    frame = reader.latest()
    return 0 if frame is None else frame.sequence


@pytest.fixture
def simulator() -> Iterator[MjpegCameraSimulator]:
    simulator = MjpegCameraSimulator(width=160, height=120)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def camera(simulator: MjpegCameraSimulator) -> Iterator[OpenCvCamera]:
    camera = camera_for(simulator.address)
    yield camera
    camera.close()


def test_is_a_camera(camera: OpenCvCamera) -> None:
    assert isinstance(camera, Camera)


def test_streams_and_leaves_no_frame_behind(
    simulator: MjpegCameraSimulator, camera: OpenCvCamera
) -> None:
    with started(camera) as reader:
        assert camera.status() == DeviceStatus(DeviceState.ONLINE)
        first = sequence(reader)
        wait_for(lambda: sequence(reader) > first + 3)
        frame = reader.latest()
        assert frame is not None
        # The pattern's leftmost bar is nearly white, its third bar is not.
        assert frame.bgr()[10, 5].min() > 200
        assert frame.bgr()[10, 5 + 2 * 32].min() < 60
        block = Path("/dev/shm") / reader.info.name
        assert block.exists()
        assert camera.stop(timeout_s=10) == Ok(None)
        assert reader.latest() is None
        assert not block.exists()
    assert camera.stop(timeout_s=1) == Ok(None)
    assert camera.status().device is DeviceState.ONLINE
    wait_for(lambda: simulator.state()["viewers"] == 0)


def test_starts_again_after_stop(camera: OpenCvCamera) -> None:
    with started(camera) as reader:
        assert camera.start(timeout_s=1) == Ok(reader.info)
        camera.stop(timeout_s=10)
        again = camera.start(timeout_s=10)
        assert isinstance(again, Ok)
        assert again.value.name != reader.info.name


@pytest.mark.strikes("opencv-camera: freeze")
def test_frozen_picture_is_noticed_reopened_and_recovers(
    simulator: MjpegCameraSimulator, camera: OpenCvCamera
) -> None:
    with started(camera) as reader:
        simulator.command("freeze")
        wait_for(lambda: camera.status().failure == "camera.frozen")
        frame = reader.latest()
        assert frame is not None
        assert frame.age_s > 1
        wait_for(lambda: camera.status().device is DeviceState.OFFLINE)
        assert camera.status().failure in ("camera.frozen", "camera.no_frame")
        simulator.command("resume")
        wait_for(lambda: camera.status() == DeviceStatus(DeviceState.ONLINE))
        assert sequence(reader) > frame.sequence


def test_hanging_stream_is_reopened_and_recovers(
    simulator: MjpegCameraSimulator, camera: OpenCvCamera
) -> None:
    with started(camera) as reader:
        simulator.command("hang")
        wait_for(lambda: camera.status().failure in ("camera.frozen", "camera.no_frame"))
        before = sequence(reader)
        wait_for(lambda: camera.status().device is DeviceState.OFFLINE)
        simulator.command("resume")
        wait_for(lambda: camera.status() == DeviceStatus(DeviceState.ONLINE))
        assert sequence(reader) > before


def test_dropped_connection_is_reopened(
    simulator: MjpegCameraSimulator, camera: OpenCvCamera
) -> None:
    with started(camera) as reader:
        before = sequence(reader)
        simulator.command("drop")
        wait_for(lambda: sequence(reader) > before + 10)


@pytest.mark.strikes("opencv-camera: unplug, power_cycle")
def test_camera_switched_off_and_on(simulator: MjpegCameraSimulator, camera: OpenCvCamera) -> None:
    with started(camera) as reader:
        address = simulator.address
        assert simulator.command("off")["on"] is False
        wait_for(lambda: camera.status().device is DeviceState.OFFLINE)
        assert camera.status().failure == "camera.no_frame"
        before = sequence(reader)
        simulator.command("on")
        assert simulator.address == address
        wait_for(lambda: camera.status() == DeviceStatus(DeviceState.ONLINE))
        assert sequence(reader) > before
        # Idle now: whether the host answers is looked up instead.
        camera.stop(timeout_s=10)
        simulator.command("off")
        wait_for(lambda: camera.status().failure == "device.gone")


@pytest.mark.strikes("opencv-camera: silence")
def test_silent_source_gives_no_frame(simulator: MjpegCameraSimulator) -> None:
    simulator.command("hang")
    camera = camera_for(simulator.address)
    assert camera.open() == Ok(None)
    failure = camera.start(timeout_s=0.5)
    assert isinstance(failure, Failure)
    assert failure.code == "camera.no_frame"
    simulator.command("resume")
    assert isinstance(camera.start(timeout_s=10), Ok)
    camera.close()
    assert camera.start(timeout_s=1) == Failure("device.offline", "not open")


def test_giving_up_while_waiting_for_the_first_frame(simulator: MjpegCameraSimulator) -> None:
    simulator.command("hang")
    camera = camera_for(simulator.address, cancelled=lambda: True)
    assert camera.open() == Ok(None)
    assert camera.start(timeout_s=60) == Failure("device.cancelled")
    camera.close()


def test_absent_sources() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}/video.mjpg"
        results = [camera_for(source).open() for source in (url, 9, "/nonexistent/film.avi")]
    assert [item.code for item in results if isinstance(item, Failure)] == [
        "device.offline",
        "device.gone",
        "device.gone",
    ]


def write_film(path: Path, pictures: int, size: tuple[int, int]) -> None:
    cv2 = load_cv2()
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 50, size)
    for number in range(pictures):
        picture = np.zeros((size[1], size[0], 3), np.uint8)
        picture[:, : size[0] // 2] = (40, 40, 40 + 20 * number)
        writer.write(picture)
    writer.release()


def test_file_is_repeated_and_mirrored(tmp_path: Path) -> None:
    film = tmp_path / "film.avi"
    write_film(film, pictures=4, size=(160, 120))
    camera = camera_for(str(film), mirror=True)
    with started(camera) as reader:
        wait_for(lambda: sequence(reader) > 10)  # the film has only four pictures
        frame = reader.latest()
        assert frame is not None
        assert frame.bgr()[60, 20].max() < 30
        assert frame.bgr()[60, 140].max() >= 35
    camera.close()


def test_wide_source_is_cropped_around_its_centre(tmp_path: Path) -> None:
    film = tmp_path / "wide.avi"
    write_film(film, pictures=4, size=(320, 120))
    camera = camera_for(str(film))
    with started(camera) as reader:
        frame = reader.latest()
        assert frame is not None
        assert frame.bgr().shape == (120, 160, 3)
        edge = int(np.argmax(frame.bgr()[60, :, 0] < 20))
        assert abs(edge - 80) <= 2
    camera.close()


def test_still_file_is_not_taken_for_frozen(tmp_path: Path) -> None:
    film = tmp_path / "still.avi"
    write_film(film, pictures=1, size=(160, 120))
    camera = camera_for(str(film))
    with started(camera) as reader:
        wait_for(lambda: sequence(reader) > 60)  # more than a second of equal pictures
        assert camera.status() == DeviceStatus(DeviceState.ONLINE)
    camera.close()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"source": ""},
        {"source": True},
        {"source": 0, "widht": 640},
        {"source": 0, "width": 1},
        {"source": 0, "fps": "fast"},
        {"source": 0, "mirror": "yes"},
        {"source": "rtsp://user:geheim@camera:abc/1"},
        {"source": "rtsp://user:geheim@camera:99999/1"},
        {"source": "rtsp://user:geheim@[::1/1"},
        {"source": "http://"},
        {"source": "ftp://user:geheim@camera/1"},
    ],
)
def test_wrong_options_are_explained(options: Mapping[str, Any]) -> None:
    context = AdapterContext("camera", options, lambda name, data: None, lambda: False)
    result = OpenCvCamera(context).open()
    assert isinstance(result, Failure)
    assert result.code == "device.misconfigured"
    assert any(key in result.detail for key in ("source", "widht", "width", "fps", "mirror"))
    assert "geheim" not in result.detail


@given(st.text() | st.text().map("rtsp://[".__add__) | st.text().map("ftp://".__add__))
def test_no_source_upsets_the_settings(source: str) -> None:
    result = OpenCvCamera(
        AdapterContext("camera", {"source": source}, lambda name, data: None, lambda: True)
    ).open()
    assert isinstance(result, Failure)
    assert result.code in ("device.misconfigured", "device.gone", "device.offline")


def test_a_device_may_be_named_by_its_place_on_the_bus() -> None:
    options = CameraOptions.parse({"source": "/dev/v4l/by-path/pci-0000:00:14.0-usb-0:3:1.0-video"})
    assert options.kind is SourceKind.V4L2
    assert options.absent(1.0) == f"{options.source} does not exist"
    assert CameraOptions.parse({"source": "/dev/null"}).absent(1.0) is None


def test_a_host_that_cannot_be_a_name_is_absent() -> None:
    name = "x" * 70  # longer than a label of a host name may be
    assert CameraOptions.parse({"source": f"rtsp://{name}/1"}).absent(1.0) is not None


def test_device_index_may_be_text() -> None:
    assert CameraOptions.parse({"source": "2"}).source == 2


def test_opencv_with_a_window_system_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    windowed = SimpleNamespace(version=SimpleNamespace(headless=False))
    monkeypatch.setitem(sys.modules, "cv2", windowed)
    with pytest.raises(UnsuitableOpenCvError, match="headless"):
        load_cv2()
    result = camera_for(0).open()
    assert isinstance(result, Failure)
    assert result.code == "device.misconfigured"


def test_adapter_module_does_not_import_opencv() -> None:
    import subprocess

    code = "import drivers.camera, sys; sys.exit('cv2' in sys.modules or 'numpy' in sys.modules)"
    root = Path(importlib.import_module("drivers").__file__ or "").parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_scenes_of_the_simulator(simulator: MjpegCameraSimulator) -> None:
    red = np.zeros((120, 160, 3), np.uint8)
    red[:] = (0, 0, 255)
    dark_red = red // 2
    simulator.add_scene("red", [red, dark_red])
    with pytest.raises(KeyError):
        simulator.command("show", scene="nobody")
    with pytest.raises(KeyError):
        simulator.command("dance")
    assert simulator.command("show", scene="red")["scene"] == "red"
    camera = camera_for(simulator.address)
    with started(camera) as reader:
        frame = reader.latest()
        assert frame is not None
        blue, _, red_level = frame.bgr()[60, 80].tolist()
        assert blue < 20
        assert red_level > 100
        simulator.command("blank")
        wait_for(lambda: (newest := reader.latest()) is not None and newest.bgr().max() < 60)
        before = sequence(reader)
        wait_for(lambda: sequence(reader) > before + 30)  # a covered lens is not a frozen camera
        assert camera.status() == DeviceStatus(DeviceState.ONLINE)
    camera.close()
    assert set(simulator.commands()) >= {"show", "freeze", "hang", "drop", "off", "on", "blank"}


def test_simulator_refuses_other_paths(simulator: MjpegCameraSimulator) -> None:
    import requests

    with requests.get(simulator.address + "x", timeout=5) as response:
        assert response.status_code == 404
    simulator.stop()
    simulator.stop()
