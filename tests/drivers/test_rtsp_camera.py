"""The RTSP camera simulator against OpenCV's own FFmpeg, and the camera adapter against it."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.acceptance import SIMULATED, SimulatorGuide, Verdict, accept
from drivers.acceptance.camera_rigs import rtsp_camera_rig
from drivers.camera import FrameReader, OpenCvCamera
from drivers.camera.rtp_jpeg import UnfitJpegError, interleaved, packets, parse
from drivers.camera.rtsp_simulator import RtspCameraSimulator
from drivers.host import HostSpec
from drivers.ports import AdapterContext
from drivers.results import Failure, Ok
from drivers.status import DeviceState, DeviceStatus

WIDTH, HEIGHT = 160, 120
ONLINE = DeviceStatus(DeviceState.ONLINE)


@pytest.fixture
def simulator() -> Iterator[RtspCameraSimulator]:
    simulator = RtspCameraSimulator(width=WIDTH, height=HEIGHT)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def camera(simulator: RtspCameraSimulator) -> Iterator[OpenCvCamera]:
    camera = camera_at(simulator.address)
    yield camera
    camera.close()


def camera_at(address: str) -> OpenCvCamera:
    options = {"source": address, "width": WIDTH, "height": HEIGHT}
    camera = OpenCvCamera(AdapterContext("camera", options, lambda _n, _d: None, lambda: False))
    assert camera.open() == Ok(None)
    return camera


def started(camera: OpenCvCamera) -> FrameReader:
    result = camera.start(timeout_s=20)
    assert isinstance(result, Ok), result
    return FrameReader(result.value)


def wait_for(condition: Callable[[], bool], timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        pause.wait(0.02)


def sequence(reader: FrameReader) -> int:
    frame = reader.latest()
    return 0 if frame is None else frame.sequence


def jpeg_of(picture: np.ndarray, *flags: int) -> bytes:
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90, *flags])[1])


def coloured(number: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    picture = np.zeros((height, width, 3), np.uint8)
    picture[:, : width // 2] = (200, 60, 20)
    picture[height // 2 :, width // 2 :] = (20, 90, 220)
    cv2.putText(picture, str(number), (8, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (255, 255, 255), 2)
    return picture


@pytest.mark.parametrize(
    "sampling",
    [cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422],
)
def test_ffmpeg_rebuilds_the_pictures_that_were_sent(
    simulator: RtspCameraSimulator, camera: OpenCvCamera, sampling: int
) -> None:
    shown = [
        jpeg_of(coloured(number), cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling) for number in range(4)
    ]
    simulator.add_scene("numbers", shown)
    simulator.command("show", scene="numbers")
    expected = [cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) for data in shown]
    with started(camera) as reader:
        assert camera.status() == ONLINE
        for _ in range(3):
            before = sequence(reader)
            wait_for(lambda before=before: sequence(reader) > before)
            frame = reader.latest()
            assert frame is not None
            apart = [float(cv2.absdiff(frame.bgr(), one).mean()) for one in expected]
            assert min(apart) < 3
            assert sorted(apart)[1] > min(apart) + 1
        assert camera.stop(timeout_s=10) == Ok(None)
        assert reader.latest() is None
    wait_for(lambda: simulator.state()["viewers"] == 0)


@pytest.mark.parametrize(
    ("fault", "how"), [("freeze", {}), ("hang", {}), ("slow", {"bytes_per_s": 400.0})]
)
def test_a_stream_in_trouble_is_noticed_and_recovers(
    simulator: RtspCameraSimulator, camera: OpenCvCamera, fault: str, how: dict[str, float]
) -> None:
    with started(camera) as reader:
        simulator.command(fault, **how)
        wait_for(lambda: camera.status().failure in ("camera.frozen", "camera.no_frame"))
        before = sequence(reader)
        simulator.command("resume")
        wait_for(lambda: camera.status() == ONLINE and sequence(reader) > before)


def test_a_connection_cut_in_the_middle_of_a_picture_is_made_anew(
    simulator: RtspCameraSimulator, camera: OpenCvCamera
) -> None:
    with started(camera) as reader:
        simulator.command("cut_mid_frame")
        wait_for(lambda: not simulator.state()["cutting"])
        before = sequence(reader)
        wait_for(lambda: sequence(reader) > before + 30)
        assert camera.status() == ONLINE


def test_a_changed_password_stops_new_streams_until_it_is_right_again(
    simulator: RtspCameraSimulator, camera: OpenCvCamera
) -> None:
    simulator.command("refuse")
    failure = camera.start(timeout_s=3)
    assert isinstance(failure, Failure)
    assert failure.code == "camera.no_frame"
    assert "terminal" not in repr(failure)
    assert simulator.state()["refusals"] > 0
    simulator.command("admit")
    with started(camera) as reader:
        assert sequence(reader) > 0


def test_a_wrong_password_shows_nothing(simulator: RtspCameraSimulator) -> None:
    address = simulator.address.replace("@", "-wrong@")
    camera = camera_at(address)
    assert isinstance(camera.start(timeout_s=2), Failure)
    assert simulator.state()["refusals"] > 0
    assert simulator.state()["frames"] == 0
    camera.close()


@pytest.mark.logs(r"device\.host_crashed")
def test_the_camera_adapter_is_accepted_over_rtsp() -> None:
    rig = rtsp_camera_rig()
    rig.simulator.start()
    try:
        spec = HostSpec("device", rig.port, "opencv-camera", rig.options())
        report = accept(spec, SimulatorGuide(rig), limits=SIMULATED)
    finally:
        rig.simulator.stop()
    assert report.verdict is Verdict.ACCEPTED, [check for check in report.checks if check.note]


def test_what_is_not_spoken_is_refused(simulator: RtspCameraSimulator) -> None:
    with socket.create_connection(("127.0.0.1", simulator.port), 10) as line:
        file = line.makefile("rwb")

        def ask(request: str) -> str:
            file.write(request.encode() + b"\r\nCSeq: 7\r\n\r\n")
            file.flush()
            status = file.readline().decode()
            head = [status, *iter(lambda: file.readline().decode().strip(), "")]
            assert "CSeq: 7" in head
            return "\n".join(head)

        assert " 200 " in ask("OPTIONS * RTSP/1.0")
        assert " 400 " in ask("garbage")
        refused = ask("DESCRIBE rtsp://x/live RTSP/1.0")
        assert " 401 " in refused
        assert 'Digest realm="camera"' in refused
        basic = ask("PLAY rtsp://x/live RTSP/1.0\r\nAuthorization: Basic dGVybWluYWw6eA==")
        assert " 401 " in basic
        stale = 'Digest username="terminal", nonce="0", uri="x", response="0"'
        assert " 401 " in ask(f"PLAY rtsp://x/live RTSP/1.0\r\nAuthorization: {stale}")


@settings(max_examples=40)
@given(
    st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**16 - 1), st.integers(0, 2**33)
)  # fmt: skip
def test_packets_hold_the_picture(columns: int, rows: int, number: int, timestamp: int) -> None:
    dice = np.random.default_rng(columns * rows)
    picture = dice.integers(0, 255, (rows * 8, columns * 8, 3), np.uint8)
    data = jpeg_of(picture)
    jpeg = parse(data)
    scan, sent = b"", list(packets(jpeg, number, timestamp, 77))
    for index, packet in enumerate(sent):
        first, second, seq, at, source = struct.unpack("!BBHII", packet[:12])
        assert (first, second & 0x7F, source) == (0x80, 26, 77)
        assert bool(second & 0x80) == (index == len(sent) - 1)
        assert (seq, at) == ((number + index) % 2**16, timestamp % 2**32)
        offset, kind, quality, across, down = struct.unpack("!IBBBB", packet[12:20])
        assert (offset, kind, quality) == (len(scan), 1, 255)
        assert (across, down) == (columns, rows)
        body = packet[20:]
        if index == 0:
            assert body[:4] == b"\0\0\0\x80"
            assert body[4:132] == jpeg.tables
            body = body[132:]
        scan += body
        assert interleaved(2, packet)[:4] == b"$\x02" + struct.pack("!H", len(packet))
    assert data.endswith(scan + b"\xff\xd9")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xd8\xff\xd9", b"\xff\xd8 no picture \xff\xd9",
        jpeg_of(np.zeros((16, 16), np.uint8)),
        jpeg_of(np.zeros((20, 16, 3), np.uint8)),
        jpeg_of(np.zeros((16, 2048, 3), np.uint8)),
        jpeg_of(np.zeros((64, 64, 3), np.uint8), cv2.IMWRITE_JPEG_RST_INTERVAL, 2),
        jpeg_of(np.zeros((64, 64, 3), np.uint8), cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
        jpeg_of(
            np.zeros((64, 64, 3), np.uint8),
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
        ),
    ],
)  # fmt: skip
def test_pictures_that_cannot_travel_are_refused(data: bytes) -> None:
    with pytest.raises(UnfitJpegError):
        parse(data)


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_parser(noise: bytes) -> None:
    with pytest.raises(UnfitJpegError):
        parse(b"\xff\xd8" + noise + b"\xff\xd9")
