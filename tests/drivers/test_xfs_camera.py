"""Single pictures of a Camera service as a camera's frames."""

from __future__ import annotations

from typing import Any

import pytest
from xfs_bench import context, opened, refusal, simulated, until

from drivers.camera.framebuffer import FrameReader
from drivers.results import Ok
from drivers.status import DeviceState
from drivers.xfs import XfsCamera, pictures
from drivers.xfs.simulated_camera import SimulatedCamera
from drivers.xfs.simulated_services import Machine
from drivers.xfs.simulator import XfsSimulator


def with_camera(camera: SimulatedCamera) -> Any:
    return simulated(machine=Machine(camera=camera))


def camera_at(simulator: XfsSimulator, **options: Any) -> XfsCamera:
    adapter: XfsCamera = opened(
        XfsCamera(context(service=simulator.service("camera"), period_s=0.05, **options))
    )
    return adapter


def test_pictures_follow_each_other_until_the_stop() -> None:
    with simulated() as simulator:
        camera = camera_at(simulator)
        started = camera.start(20)
        assert isinstance(started, Ok)
        with FrameReader(started.value) as reader:
            first = reader.latest()
            assert first is not None
            until(lambda: (frame := reader.latest()) is not None and frame.sequence > 3)
            assert camera.status().failure is None
            assert camera.start(20) == started
            assert camera.stop(20) == Ok(None)
            assert reader.latest() is None
        camera.close()
        taken = simulator.machine.camera.taken
    assert (first.width, first.height) == (160, 120)
    assert taken >= 4


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("error", "mediaFull", "camera.no_frame"),
        ("error", "cameraInoperable", "camera.no_frame"),
        ("error", "cameraNotSupported", "device.misconfigured"),
        ("error", "timeOut", "camera.no_frame"),
        ("error", "hardwareError", "device.offline"),
        ("broken_json", "", "device.protocol"),
        ("killed", "", "device.gone"),
    ],
)
def test_what_strikes_a_picture(kind: str, code: str, expected: str) -> None:
    with simulated() as simulator:
        camera = camera_at(simulator)
        simulator.command("fault", name="Camera.TakePicture", kind=kind, code=code)
        result = camera.start(20)
        camera.close()
    assert refusal(result).code == expected


def test_a_service_that_ends_while_streaming_is_told_and_no_old_picture_kept() -> None:
    with simulated() as simulator:
        camera = camera_at(simulator)
        started = camera.start(20)
        assert isinstance(started, Ok)
        simulator.command("off")
        assert camera.status().failure == "device.gone"
        camera.close()
        with FrameReader(started.value) as reader:
            assert reader.latest() is None


@pytest.mark.strikes("xfs-camera: freeze")
def test_a_camera_that_falls_silent_is_frozen_and_a_broken_one_told() -> None:
    with simulated() as simulator:
        camera = camera_at(simulator)
        assert isinstance(camera.start(20), Ok)
        simulator.command("fault", name="Camera.TakePicture", kind="silence")
        until(lambda: camera.status().failure == "camera.frozen")
        until(lambda: camera.status().failure is None)
        simulator.command("camera_state", state="inop")
        until(lambda: camera.status().device is DeviceState.HARDWARE_ERROR)
        simulator.command("camera_state", state="ok")
        camera.close()


def test_a_service_that_does_not_let_go_is_told_and_keeps_no_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "_PICTURE_S", 60.0)
    with simulated() as simulator:
        camera = camera_at(simulator)
        started = camera.start(20)
        assert isinstance(started, Ok)
        simulator.command("fault", name="Camera.TakePicture", kind="silence")
        until(lambda: camera.status().failure == "camera.frozen")
        assert refusal(camera.stop(0.1)).code == "device.hung"
        with FrameReader(started.value) as reader:
            assert reader.latest() is None
        camera.close()


def test_a_technician_is_let_in_after_the_pictures_have_ended() -> None:
    with simulated() as simulator:
        camera = camera_at(simulator, vendor_mode=simulator.service("vendorMode"))
        started = camera.start(20)
        assert isinstance(started, Ok)
        simulator.command("enter_vendor_mode")
        until(lambda: camera.status().failure == "device.in_service")
        with FrameReader(started.value) as reader:
            assert reader.latest() is None
        assert refusal(camera.start(20)).code == "device.in_service"
        camera.close()


@pytest.mark.parametrize(
    ("camera", "options", "detail"),
    [
        (SimulatedCamera(("room",)), {}, "the service has no camera called person (camera)"),
        (
            SimulatedCamera(most_kept=500),
            {},
            "the service keeps every picture on a recording medium (recorded)",
        ),
    ],
)
def test_a_camera_that_must_not_be_used_is_refused(
    camera: SimulatedCamera, options: dict[str, Any], detail: str
) -> None:
    with with_camera(camera) as simulator:
        failure = refusal(XfsCamera(context(publisher=simulator.address, **options)).open())
    assert (failure.code, failure.detail) == ("device.misconfigured", detail)


def test_recording_may_be_accepted() -> None:
    with with_camera(SimulatedCamera(most_kept=500)) as simulator:
        camera_at(simulator, recorded="accept").close()
