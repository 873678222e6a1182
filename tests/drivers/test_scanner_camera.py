"""The camera scanner on real MJPEG streams with codes in the picture."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp
from host_bench import running, value

from drivers.camera.capture import Capture
from drivers.camera.options import CameraOptions
from drivers.camera.simulator import MjpegCameraSimulator
from drivers.failures import describe
from drivers.ports import AdapterContext, ScannedCode, Scanner, Symbology
from drivers.results import Failure, Ok, Result
from drivers.scanner import CameraScanner
from drivers.scanner.watch import CameraWatch
from drivers.status import DeviceState

WAIT = 30.0
SIZE = {"width": 640, "height": 480}
TEXT = "https://example.invalid/credential/0001"


def picture(*codes: tuple[str, zxingcpp.BarcodeFormat]) -> Any:
    """A grey picture with codes side by side."""
    canvas = np.full((480, 640, 3), 200, np.uint8)
    for index, (text, kind) in enumerate(codes):
        image = np.array(zxingcpp.create_barcode(text, kind).to_image(scale=4))
        rows, columns = image.shape[:2]
        left = 30 + index * 300
        canvas[100 : 100 + rows, left : left + columns] = image.reshape(rows, columns, -1)
    return canvas


QR = zxingcpp.BarcodeFormat.QRCode
SCENES = {
    "code": [picture((TEXT, QR))],
    "two": [picture(("first", QR), ("second", QR))],
    "twin": [picture(("same", QR), ("same", QR))],
    "changing": lambda index: picture((f"number {index}", QR)),
    "control": [picture(("a\x01b", QR))],
    "matrix": [picture(("0109521234543213", zxingcpp.BarcodeFormat.DataMatrix))],
}


@pytest.fixture(scope="module")
def camera() -> Iterator[MjpegCameraSimulator]:
    simulator = MjpegCameraSimulator(SCENES, **SIZE)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def events() -> list[tuple[str, Mapping[str, Any]]]:
    return []


def make(source: str, events: list[Any] | None = None, **options: Any) -> CameraScanner:
    seen: list[Any] = [] if events is None else events
    context = AdapterContext(
        "scanner",
        {"source": source, **SIZE, **options},
        lambda name, data: seen.append((name, data)),
        lambda: False,
    )
    return CameraScanner(context)


def opened(source: str, events: list[Any] | None = None, **options: Any) -> CameraScanner:
    scanner = make(source, events, **options)
    assert scanner.open() == Ok(None)
    return scanner


def _code(result: Result[Any]) -> str:
    assert isinstance(result, Failure), result
    describe(result.code)
    return result.code


def test_a_qr_code_is_read(camera: MjpegCameraSimulator) -> None:
    camera.command("show", scene="code")
    scanner = opened(camera.address)
    assert isinstance(scanner, Scanner)
    assert scanner.status().device is DeviceState.ONLINE
    assert scanner.scan(WAIT) == Ok(ScannedCode(Symbology.QR, TEXT, TEXT.encode()))


def test_the_same_code_twice_in_view_is_one(camera: MjpegCameraSimulator) -> None:
    camera.command("show", scene="twin")
    result = opened(camera.address).scan(WAIT)
    assert isinstance(result, Ok)
    assert result.value.text == "same"


def test_of_two_codes_none_is_chosen(camera: MjpegCameraSimulator, events: list[Any]) -> None:
    camera.command("show", scene="two")
    assert _code(opened(camera.address, events).scan(2.0)) == "scanner.several"
    assert events == [("scan_ready", {}), ("code_unclear", {"code": "scanner.several"})]


def test_one_reading_alone_is_not_believed(camera: MjpegCameraSimulator) -> None:
    camera.command("show", scene="changing")
    assert _code(opened(camera.address).scan(2.0)) == "scanner.none"
    result = opened(camera.address, equal_reads=1).scan(WAIT)
    assert isinstance(result, Ok)
    assert result.value.text.startswith("number ")


@pytest.mark.strikes("camera-scanner: silence")
def test_no_code_and_no_picture(camera: MjpegCameraSimulator) -> None:
    camera.command("blank")
    scanner = opened(camera.address)
    assert _code(scanner.scan(1.5)) == "scanner.none"
    camera.command("hang")
    try:
        assert _code(scanner.scan(0.5)) == "camera.no_frame"
    finally:
        camera.command("resume")


def test_content_is_limited(camera: MjpegCameraSimulator) -> None:
    camera.command("show", scene="control")
    assert _code(opened(camera.address).scan(1.0)) == "scanner.unreadable"
    camera.command("show", scene="code")
    assert _code(opened(camera.address, max_length=10).scan(WAIT)) == "scanner.too_long"


def test_only_the_formats_asked_for(camera: MjpegCameraSimulator) -> None:
    camera.command("show", scene="matrix")
    assert _code(opened(camera.address).scan(1.0)) == "scanner.none"
    result = opened(camera.address, formats=["qr", "dataMatrix"]).scan(WAIT)
    assert isinstance(result, Ok)
    assert result.value.symbology is Symbology.DATA_MATRIX


@pytest.mark.strikes("camera-scanner: power_cycle")
def test_the_stream_breaks_and_comes_back(camera: MjpegCameraSimulator) -> None:
    camera.command("blank")
    scanner = opened(camera.address)
    results: list[Result[ScannedCode]] = []
    thread = threading.Thread(target=lambda: results.append(scanner.scan(WAIT)))
    thread.start()
    camera.command("off")
    camera.command("show", scene="code")
    camera.command("on")
    thread.join()
    [result] = results
    assert isinstance(result, Ok)
    assert result.value.text == TEXT


@pytest.mark.strikes("camera-scanner: fragmentation, noise, checksum, slow")
@pytest.mark.parametrize("kind", ["pieces", "noise", "damage", "slow"])
def test_a_code_is_read_from_pictures_struck_on_the_wire(
    camera: MjpegCameraSimulator, kind: str
) -> None:
    camera.command("show", scene="code")
    scanner = opened(camera.address)
    camera.command("fault", kind=kind, count=3)
    result = scanner.scan(WAIT)
    assert isinstance(result, Ok)
    assert result.value.text == TEXT
    scanner.close()


@pytest.mark.strikes("camera-scanner: unplug")
def test_a_camera_pulled_while_a_code_is_waited_for(camera: MjpegCameraSimulator) -> None:
    camera.command("blank")
    scanner = opened(camera.address)
    assert _code(scanner.scan(0.5)) == "scanner.none"
    camera.command("off")
    try:
        assert _code(scanner.scan(1.0)) == "camera.no_frame"
    finally:
        camera.command("on")
        camera.command("resume")
    scanner.close()


def test_giving_up(camera: MjpegCameraSimulator) -> None:
    context = AdapterContext("s", {"source": camera.address}, lambda _n, _d: None, lambda: True)
    scanner = CameraScanner(context)
    assert scanner.open() == Ok(None)
    assert _code(scanner.scan(WAIT)) == "device.cancelled"
    scanner.close()
    assert _code(scanner.scan(WAIT)) == "device.offline"
    assert scanner.status().failure == "device.offline"


@pytest.mark.parametrize(
    "wrong", [{"formats": ["hanXin"]}, {"formats": []}, {"width": 1}, {"shutter": 1}]
)
def test_wrong_settings_name_their_key(wrong: dict[str, Any]) -> None:
    result = make("http://127.0.0.1:9/", **wrong).open()
    assert _code(result) == "device.misconfigured"
    assert isinstance(result, Failure)
    assert next(iter(wrong)) in result.detail


def test_a_camera_that_is_not_there() -> None:
    assert _code(make("http://127.0.0.1:9/video").open()) == "device.offline"
    assert _code(make("/nowhere/film.avi").open()) == "device.gone"
    simulator = MjpegCameraSimulator(**SIZE)
    simulator.start()
    scanner = opened(simulator.address)
    simulator.stop()
    assert scanner.status().failure == "device.offline"


def test_a_watch_lets_go_even_while_reading_hangs() -> None:
    reading, release = threading.Event(), threading.Event()

    class Stuck(Capture):
        def __init__(self, options: CameraOptions) -> None: ...

        opened = True

        def read(self, stop: threading.Event) -> Any:
            reading.set()
            release.wait(WAIT)
            return np.zeros((2, 2, 3), np.uint8)

        def release(self) -> None: ...

    watch = CameraWatch(CameraOptions("x"), Stuck)
    assert reading.wait(WAIT)
    assert watch.stop(0.0) is False
    release.set()
    assert watch.stop(WAIT) is True
    # The picture that came after the end was not kept.
    assert watch.next(0, 0.0) is None


def test_in_a_device_host(camera: MjpegCameraSimulator) -> None:
    camera.command("show", scene="code")
    options = {"source": camera.address, **SIZE}
    with running("drivers.scanner:CameraScanner", **options) as (host, watcher):
        watcher.until_failure(None)
        assert value(host.call("scan", timeout_s=20.0)).text == TEXT
    assert cv2.version.headless
