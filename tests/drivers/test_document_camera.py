"""The document camera on a real MJPEG stream: rest, advice, verdicts, and no picture left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from host_bench import running, value

from drivers.camera import FrameReader
from drivers.camera.document import OpenCvDocumentCamera
from drivers.camera.framebuffer import PREFIX
from drivers.camera.scenes import document_scenes
from drivers.camera.simulator import MjpegCameraSimulator
from drivers.ports import AdapterContext, DocumentCamera, PageImage, PageVerdict
from drivers.results import Failure, Ok, Result

WAIT = 40.0
WIDTH, HEIGHT = 1280, 960
Events = list[tuple[str, Mapping[str, Any]]]


@pytest.fixture(scope="module")
def shelf() -> Iterator[MjpegCameraSimulator]:
    simulator = MjpegCameraSimulator(document_scenes(WIDTH, HEIGHT), WIDTH, HEIGHT, fps=10)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def events() -> Events:
    return []


Make = Callable[..., OpenCvDocumentCamera]


@pytest.fixture
def make(shelf: MjpegCameraSimulator, events: Events) -> Iterator[Make]:
    cameras: list[OpenCvDocumentCamera] = []

    def build(
        cancelled: Callable[[], bool] = lambda: False, **options: Any
    ) -> OpenCvDocumentCamera:
        settings = {
            "source": shelf.address, "width": WIDTH, "height": HEIGHT, "fps": 10,
            "still_s": 0.2, "better_s": 0.3, **options,
        }  # fmt: skip
        emit = lambda name, data: events.append((name, data))  # noqa: E731
        camera = OpenCvDocumentCamera(AdapterContext("shelf", settings, emit, cancelled))
        cameras.append(camera)
        assert camera.open() == Ok(None)
        return camera

    yield build
    for camera in cameras:
        camera.close()


def page(result: Result[PageImage]) -> PageImage:
    assert isinstance(result, Ok), result
    return result.value


def blocks() -> set[Path]:
    return set(Path("/dev/shm").glob(f"{PREFIX}*"))


def test_a_page_is_taken_and_nothing_is_left(
    shelf: MjpegCameraSimulator, make: Make, events: Events
) -> None:
    shelf.command("show", scene="page")
    camera = make()
    assert isinstance(camera, DocumentCamera)
    taken = page(camera.capture_page(WAIT))
    assert taken.verdict is PageVerdict.READABLE
    picture = cv2.imdecode(np.frombuffer(taken.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape[:2] == (taken.height, taken.width)
    assert taken.height > taken.width
    assert 95 < taken.dpi < 110
    assert events[-1] == ("page_taken", {"verdict": "readable", "dpi": taken.dpi})
    # It was not streaming before, so it is not now: its light is off, its frame gone.
    assert camera.status().usable
    deadline = threading.Event()
    while shelf.state()["viewers"]:
        deadline.wait(0.02)


def test_a_stream_that_was_on_stays_on_until_it_is_stopped(
    shelf: MjpegCameraSimulator, make: Make
) -> None:
    shelf.command("show", scene="card")
    camera = make()
    started = camera.start(WAIT)
    assert isinstance(started, Ok)
    with FrameReader(started.value) as reader:
        taken = page(camera.capture_page(WAIT))
        assert taken.verdict is PageVerdict.READABLE
        assert taken.width > taken.height
        assert reader.latest() is not None
        assert camera.stop(WAIT) == Ok(None)
        assert reader.latest() is None
    assert Path("/dev/shm") / started.value.name not in blocks()


@pytest.mark.parametrize(
    ("scene", "verdict", "advice"),
    [
        ("glare", PageVerdict.GLARE, {"advice": "less_glare"}),
        ("blurred", PageVerdict.BLURRED, {"advice": "flatten"}),
        ("cut_off", PageVerdict.CUT_OFF, {"advice": "move_page", "to": "left"}),
        ("too_small", PageVerdict.TOO_SMALL, {"advice": "closer"}),
        ("uneven", PageVerdict.UNEVEN_LIGHT, {"advice": "even_light"}),
        ("gloom", PageVerdict.TOO_DARK, {"advice": "more_light"}),
    ],
)
def test_a_bad_page_is_handed_out_with_advice(
    shelf: MjpegCameraSimulator,
    make: Make,
    events: Events,
    scene: str,
    verdict: PageVerdict,
    advice: Mapping[str, str],
) -> None:
    shelf.command("show", scene=scene)
    taken = page(make().capture_page(WAIT))
    assert taken.verdict is verdict
    assert taken.jpeg
    assert [data for name, data in events if name == "page_advice"] == [advice]


def test_advice_is_followed(shelf: MjpegCameraSimulator, make: Make, events: Events) -> None:
    shelf.command("show", scene="cut_off")
    camera = make(better_s=60)
    results: list[Result[PageImage]] = []
    thread = threading.Thread(target=lambda: results.append(camera.capture_page(WAIT)))
    thread.start()
    pause = threading.Event()
    while not events:
        pause.wait(0.02)
    shelf.command("show", scene="page")
    thread.join()
    assert page(results[0]).verdict is PageVerdict.READABLE
    assert events[0] == ("page_advice", {"advice": "move_page", "to": "left"})


def test_nothing_on_the_shelf_and_a_covered_lens(
    shelf: MjpegCameraSimulator, make: Make, events: Events
) -> None:
    shelf.command("show", scene="shelf")
    assert page(make().capture_page(2.5)) == PageImage(PageVerdict.NO_PAGE)
    assert ("page_advice", {"advice": "lay_page"}) in events
    shelf.command("blank")
    assert page(make().capture_page(WAIT)) == PageImage(PageVerdict.TOO_DARK)


def test_a_moving_page_is_waited_for(
    shelf: MjpegCameraSimulator, make: Make, events: Events
) -> None:
    shelf.command("show", scene="moving")
    camera = make(still_s=0.6)
    results: list[Result[PageImage]] = []
    thread = threading.Thread(target=lambda: results.append(camera.capture_page(WAIT)))
    thread.start()
    pause = threading.Event()
    while ("page_advice", {"advice": "hold_still"}) not in events:
        pause.wait(0.02)
    assert not results
    shelf.command("show", scene="page")
    thread.join()
    assert page(results[0]).verdict is PageVerdict.READABLE


@pytest.mark.strikes("opencv-document-camera: silence")
def test_giving_up_and_losing_the_picture(shelf: MjpegCameraSimulator, make: Make) -> None:
    shelf.command("show", scene="shelf")
    given_up = threading.Event()
    camera = make(cancelled=given_up.is_set)
    assert isinstance(camera.start(WAIT), Ok)
    given_up.set()
    assert camera.capture_page(WAIT) == Failure("device.cancelled")
    shelf.command("hang")
    try:
        other = make()
        silent = other.capture_page(0.5)
        assert isinstance(silent, Failure)
        assert silent.code == "camera.no_frame"
    finally:
        shelf.command("resume")
    other.close()
    assert other.capture_page(1.0) == Failure("device.offline", "not open")


@pytest.mark.parametrize(
    "wrong", [{"print_pt": 1}, {"max_bytes": "many"}, {"better_s": -1}, {"widht": 5}, {"width": 3}]
)
def test_wrong_settings_name_their_key(wrong: dict[str, Any]) -> None:
    context = AdapterContext("s", {"source": 0, **wrong}, lambda _n, _d: None, lambda: False)
    result = OpenCvDocumentCamera(context).open()
    assert isinstance(result, Failure)
    assert result.code == "device.misconfigured"
    assert next(iter(wrong)) in result.detail


def test_in_a_device_host(shelf: MjpegCameraSimulator) -> None:
    shelf.command("show", scene="page")
    options = {"source": shelf.address, "width": WIDTH, "height": HEIGHT, "still_s": 0.2}
    with running("drivers.camera.document:OpenCvDocumentCamera", **options) as (host, watcher):
        watcher.until_failure(None)
        taken = value(host.call("capture_page", timeout_s=30.0))
        assert taken.verdict is PageVerdict.READABLE
        watcher.until_event("page_taken")
