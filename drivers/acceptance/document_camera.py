"""Checks of :class:`drivers.ports.DocumentCamera`, beside those of every camera. Pages are looked at
in memory and kept nowhere."""

from __future__ import annotations

import time

from drivers.acceptance import waiting
from drivers.acceptance.bench import Bench, CheckFailed
from drivers.camera.framebuffer import FrameReader
from drivers.ports import FrameBufferInfo, PageImage, PageVerdict
from drivers.results import Ok

_EARLY = 0.5
_FRESH_S = 1.0
_JPEG = b"\xff\xd8\xff"
_ADVICE = frozenset(
    {"lay_page", "hold_still", "move_page", "closer", "more_light", "less_glare", "even_light"}
    | {"flatten"}
)
_WAYS = frozenset({"left", "right", "up", "down", "away"})


def _page(bench: Bench, timeout_s: float) -> PageImage:
    result = bench.call("capture_page", timeout_s=timeout_s)
    if not isinstance(result, Ok):
        raise CheckFailed("no page was handed out")
    if not isinstance(result.value, PageImage) or not isinstance(result.value.verdict, PageVerdict):
        raise CheckFailed("what was handed out is no PageImage")
    return result.value


def readable(bench: Bench) -> None:
    """A page lying well is called readable, and its picture is a JPEG of the size told."""
    bench.do("lay_page")
    page = _page(bench, bench.limits.operation_s)
    if page.verdict is not PageVerdict.READABLE:
        raise CheckFailed(f"the page is called {page.verdict.value}")
    if not page.jpeg.startswith(_JPEG):
        raise CheckFailed("the picture is no JPEG")
    if min(page.width, page.height) < 100 or page.dpi < 0:
        raise CheckFailed("not plausible: size")
    if not (0 < page.brightness <= 1 and 0 <= page.sharpness <= 1):
        raise CheckFailed("not plausible: measures")


def none(bench: Bench) -> None:
    """Nothing lies there: ``noPage``, without a picture, and not before the time limit."""
    bench.do("lift_page")
    limit = 2 * bench.limits.wait_s
    # Opening the source is not part of the wait.
    bench.call("start", timeout_s=bench.limits.open_s)
    try:
        began = time.monotonic()
        page = _page(bench, limit)
    finally:
        bench.call("stop", timeout_s=bench.limits.open_s)
    if page.verdict is not PageVerdict.NO_PAGE or page.jpeg:
        raise CheckFailed("an empty shelf gave a page")
    if time.monotonic() - began < _EARLY * limit:
        raise CheckFailed("gave up long before the time limit")


def covered(bench: Bench) -> None:
    """A covered lens is not called an empty shelf."""
    bench.do("cover_lens")
    try:
        page = _page(bench, bench.limits.notice_s)
        if page.verdict is not PageVerdict.TOO_DARK:
            raise CheckFailed(f"a covered lens is called {page.verdict.value}")
    finally:
        bench.restore("uncover_lens")


def cut_off(bench: Bench) -> None:
    """A page that reaches out of the picture is noticed."""
    bench.do("slide_page_out")
    try:
        page = _page(bench, bench.limits.operation_s)
        if page.verdict is not PageVerdict.CUT_OFF:
            raise CheckFailed(f"a page half out of view is called {page.verdict.value}")
    finally:
        bench.restore("lift_page")


def spoilt(bench: Bench) -> None:
    """A lamp's reflection on the page is noticed, and something is advised against it."""
    bench.do("shine_on_page")
    seen = len(bench.events)
    try:
        page = _page(bench, bench.limits.operation_s)
        if page.verdict is not PageVerdict.GLARE:
            raise CheckFailed(f"a page with a reflection is called {page.verdict.value}")
        if not any(name == "page_advice" for name, _ in bench.events[seen:]):
            raise CheckFailed("nothing was advised")
    finally:
        bench.restore("lift_page")


def cancel(bench: Bench) -> None:
    """Waiting for a page ends as ``device.cancelled``."""
    bench.do("lift_page")
    waiting.is_called_off(bench, "capture_page", bench.limits.operation_s)


def private(bench: Bench) -> None:
    """Events hold advice only, the log nothing of the picture, and nothing outlives the stop."""
    bench.do("lay_page")
    seen = len(bench.events)
    started = bench.call("start", timeout_s=bench.limits.open_s)
    if not isinstance(started, Ok) or not isinstance(started.value, FrameBufferInfo):
        raise CheckFailed("the camera did not start")
    with FrameReader(started.value) as reader, bench.listening() as logged:
        page = _page(bench, bench.limits.operation_s)
        frame = reader.latest()
        if frame is None or frame.age_s > _FRESH_S:
            raise CheckFailed("taking a page ended a stream that was on before")
        bench.call("stop", timeout_s=bench.limits.open_s)
        if reader.latest() is not None:
            raise CheckFailed("a picture outlived the stop")
    for name, data in bench.events[seen:]:
        if name == "page_advice" and not (
            data.get("advice") in _ADVICE
            and set(data) <= {"advice", "to"}
            and data.get("to", "away") in _WAYS
        ):
            raise CheckFailed("an event holds something else than advice")
        if name == "page_taken" and not set(data) <= {"verdict", "dpi"}:
            raise CheckFailed("an event holds something else than the verdict")
    if page.jpeg and any(repr(page.jpeg[:8])[2:-1] in text for text in logged):
        raise CheckFailed("the picture is in the log")
