"""The document camera's desk: pictures into the vault, and nothing of them after a stop or a wipe."""

from __future__ import annotations

import io
from concurrent.futures import Future
from typing import Any

from PIL import Image

from drivers.ports import FrameBufferInfo, PageImage, PageVerdict
from drivers.results import Failure, Ok, Result
from kiosk.terminal.papers import PaperDesk, papers_of
from kiosk.terminal.performing import Performers
from kiosk.terminal.vault import Vault
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.page import EnclosedPage, Page
from kiosk.visit.paper_events import NO_PAGE

FRAMES = FrameBufferInfo("block", 1280, 960)


def sheet() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(out, "JPEG")
    return out.getvalue()


SHEET = sheet()


class Camera:
    """The calls a device host was given; each is answered when the test says so."""

    name = "shelf"

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.open: dict[str, Future[Result[Any]]] = {}

    def call(self, operation: str, *_args: Any, timeout_s: float) -> Future[Result[Any]]:
        self.calls.append(operation)
        self.open[operation] = Future()
        return self.open[operation]

    def cancel(self) -> None:
        self.calls.append("cancel")

    def answer(self, operation: str, result: Result[Any]) -> None:
        self.open.pop(operation).set_result(result)


class AtOnce(Performers):
    """Work is done on the thread that brings it."""

    def submit(self, effect: Any, work: Any) -> None:
        work()


class Shelf:
    def __init__(self) -> None:
        self.posted: list[ev.Event] = []
        self.vault, self.camera = Vault(), Camera()
        camera: Any = self.camera
        self.desk = PaperDesk(camera, AtOnce(self.posted.append), self.posted.append, self.vault)

    def perform(self, effect: Any) -> None:
        self.desk.handlers()[type(effect)](effect, Visit())

    def taking(self, number: int = 1) -> None:
        self.perform(fx.TakePage(number, 20.0))
        self.camera.answer("start", Ok(FRAMES))

    def captured(self, verdict: PageVerdict = PageVerdict.READABLE, jpeg: bytes = SHEET) -> None:
        self.camera.answer("capture_page", Ok(PageImage(verdict, jpeg, 1240, 1754, 150)))


def test_a_page_lies_in_the_vault_whole_and_small_until_it_is_dropped() -> None:
    shelf = Shelf()
    shelf.taking()
    assert shelf.desk.frames == FRAMES
    shelf.desk.device_event("shelf", "page_advice", {"advice": "move_page", "to": "left"})
    shelf.captured()
    advised, taken = shelf.posted
    assert advised == ev.PageAdvised(1, "move_left")
    assert isinstance(taken, ev.PageTaken)
    handle = taken.page.handle
    papers = papers_of((EnclosedPage("invoice", handle),), shelf.vault)
    assert papers is not None
    assert (papers[0].kind, papers[0].media_type, papers[0].content) == (
        "invoice", "image/jpeg", SHEET,
    )  # fmt: skip
    shown = shelf.desk.shown(handle)
    assert shown is not None
    assert max(Image.open(io.BytesIO(shown)).size) <= 900
    shelf.perform(fx.DropPages((handle,)))
    assert shelf.desk.shown(handle) is None
    assert papers_of((EnclosedPage("invoice", handle),), shelf.vault) is None
    assert shelf.vault.wipe() == 0


def test_a_poor_picture_is_handed_on_with_its_verdict() -> None:
    shelf = Shelf()
    shelf.taking()
    shelf.captured(PageVerdict.BLURRED)
    (taken,) = shelf.posted
    assert isinstance(taken, ev.PageTaken)
    assert taken.page == Page(taken.page.handle, "blurred")


def test_an_empty_shelf_and_a_covered_lens_are_no_page() -> None:
    for verdict in (PageVerdict.NO_PAGE, PageVerdict.TOO_DARK):
        shelf = Shelf()
        shelf.taking()
        shelf.captured(verdict, b"")
        assert shelf.posted == [ev.PageFailed(1, NO_PAGE)]


def test_what_comes_after_the_stop_is_kept_nowhere() -> None:
    shelf = Shelf()
    shelf.taking()
    shelf.perform(fx.StopShelf())
    shelf.captured()
    assert shelf.posted == []
    assert shelf.vault.wipe() == 0
    assert shelf.desk.frames is None
    assert shelf.camera.calls == ["start", "capture_page", "cancel", "stop"]


def test_a_stop_before_the_camera_runs_lets_nothing_begin() -> None:
    shelf = Shelf()
    shelf.perform(fx.TakePage(1, 20.0))
    shelf.perform(fx.StopShelf())
    shelf.camera.answer("start", Ok(FRAMES))
    assert "capture_page" not in shelf.camera.calls


def test_a_picture_that_crosses_a_wipe_is_not_kept() -> None:
    shelf = Shelf()
    shelf.taking()
    shelf.vault.wipe()
    shelf.captured()
    assert shelf.vault.wipe() == 0


def test_a_camera_that_fails_says_why() -> None:
    for operation in ("start", "capture_page"):
        shelf = Shelf()
        shelf.perform(fx.TakePage(7, 20.0))
        if operation == "capture_page":
            shelf.camera.answer("start", Ok(FRAMES))
        shelf.camera.answer(operation, Failure("camera.no_frame", "nothing came"))
        assert shelf.posted == [ev.PageFailed(7, "camera.no_frame")]


def test_a_terminal_without_the_camera_says_so() -> None:
    posted: list[ev.Event] = []
    desk = PaperDesk(None, AtOnce(posted.append), posted.append, Vault())
    desk.handlers()[fx.TakePage](fx.TakePage(1, 20.0), Visit())
    assert posted == [ev.PageFailed(1, "device.gone")]
